"""One attempt at a wanted address: the page fetched or loaded, kept, read, and written down as one entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cenotaph import __version__
from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.isolation import shared_process
from cenotaph.capture.media_types import WARC
from cenotaph.casebook.ledger import Actor, Entry, format_instant
from cenotaph.casebook.store import Casebook
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import CenotaphError, DiskFailedError, EncodingError, InputError
from cenotaph.services.capture_reading import tell_encoding
from cenotaph.services.capture_record import CaptureRecorder
from cenotaph.services.captures import read_limits
from cenotaph.services.fetch_queue import (
    GIVEN_UP,
    KEPT,
    REFUSED,
    TRY_AGAIN,
    WAITING,
    Request,
    add_attempt,
    read_host,
    say_not_before,
)
from cenotaph.services.intakes import Intakes
from cenotaph.services.reprints import describe_reprints
from cenotaph.services.sources import SourceRow

if TYPE_CHECKING:
    from cenotaph.capture.intake import HashingOut, Taken
    from cenotaph.capture.warc.entries import PayloadEntry
    from cenotaph.capture.web.client import FetchLimits, WebClient
    from cenotaph.capture.web.page import Page
    from cenotaph.capture.web.robots import Manners


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one attempt.

    Parameters
    ----------
    address
        What was asked for.
    state
        ``kept``, ``refused``, ``waiting`` (it is tried again later) or ``given up``.
    capture, document
        What it brought.
    title
        What the page calls itself.
    note
        What went wrong, or what is missing.
    """

    address: str
    state: str
    capture: str | None = None
    document: str | None = None
    title: str | None = None
    note: str = ""


@contextmanager
def guarded() -> Iterator[None]:
    """Make of whatever one address does to the libraries that ask for it a reason why it is refused: the others go on.

    Raises
    ------
    InputError
        Something that nobody foresaw went wrong inside.
    """
    try:
        yield
    except CenotaphError:
        raise
    except Exception as error:
        said = ascii(str(error))[1:-1][:160]
        raise InputError(
            f"It could not be asked for: {type(error).__name__}: {said}.", "Open it in a browser; if it works there, report it."
        ) from error


def keep_page(intakes: Intakes, page: Page, route: str, robots: str, address: str) -> tuple[Taken, list[PayloadEntry]]:
    """Keep a fetched page's records for now; return what they are kept as and what they hold."""
    from cenotaph.capture.warc.group import write_group

    entries: list[PayloadEntry] = []

    def write(out: HashingOut) -> None:
        software = f"Cenotaph/{__version__}"
        entries.extend(
            write_group(out, page.exchanges, page.requisites, software=software, route=route, robots=robots)
        )

    return intakes.keep_made(address, WARC, write, page.exchanges[0].at), entries


class Attempts:
    """Fetches one request after the other."""

    def __init__(
        self,
        casebook: Casebook,
        actor: Actor,
        client: WebClient,
        manners: Manners,
        limits: FetchLimits,
        intakes: Intakes,
        robots: str,
        language: str | None,
        browser: bool,
        encoding: str | None = None,
    ) -> None:
        self._encoding = encoding
        self._browser = browser
        self._kept: dict[str, Fetched] = {}
        self.waited_for: set[str] = set()
        self._casebook = casebook
        self._actor = actor
        self._client = client
        self._manners = manners
        self._limits = limits
        self._intakes = intakes
        self._robots = robots
        self._language = language

    def fetch(self, request: Request, speaker: SourceRow | None) -> Fetched:
        """Make one attempt and write down what came of it."""
        from cenotaph.capture.web.client import FetchFailed
        from cenotaph.capture.web.links import find_requisites
        from cenotaph.capture.web.page import AnsweredBadly, fetch_page
        from cenotaph.capture.web.wire import RouteFailed

        if (kept := self._kept.get(request.address)) is not None:  # Another report cites it too.
            with self._casebook.writing(self._actor, "capture fetch") as entry:
                self._add_attempt(entry, request, KEPT, None, kept.capture, "kept with another request", None)
                entry.detail.update({"outcome": KEPT, "capture": kept.capture})
            return kept
        try:
            if self._browser:
                return self._render(request, speaker)
            with guarded():
                page = fetch_page(
                    self._client,
                    request.address,
                    self._limits,
                    requisites=find_requisites if request.requisites else None,
                    before=self._manners.wait,
                )
        except (DiskFailedError, RouteFailed):
            raise
        except CenotaphError as error:
            status = error.status if isinstance(error, AnsweredBadly) else None
            again = error.transient if isinstance(error, AnsweredBadly) else isinstance(error, FetchFailed)
            return self._note_failure(request, error, status, again)
        try:
            return self._keep(request, page, speaker)
        finally:
            page.close()

    def _note_failure(self, request: Request, error: CenotaphError, status: int | None, again: bool) -> Fetched:
        from cenotaph.capture.web.page import AnsweredBadly

        outcome = TRY_AGAIN if again else REFUSED
        most = self._casebook.settings.number("fetch.attempts")
        reason = error.message
        after = error.after if isinstance(error, AnsweredBadly) else None
        if after is not None:
            reason = say_not_before(reason, after)
            self.waited_for.add(read_host(request.address))
        with self._casebook.writing(self._actor, "capture fetch") as entry:
            self._add_attempt(entry, request, outcome, status, None, reason, None)
            entry.detail.update({"outcome": outcome, "route": self._client.route.name})
        state = outcome if not again else GIVEN_UP if request.attempts + 1 >= most else WAITING
        return Fetched(request.address, state, note=str(error))

    def _render(self, request: Request, speaker: SourceRow | None) -> Fetched:
        from cenotaph.capture.warc.rendered import write_rendered
        from cenotaph.capture.web.browser import render_page
        from cenotaph.capture.web.page import ASKED_TO_WAIT, AnsweredBadly, read_retry_after

        with guarded():
            self._manners.wait(request.address)
            page = render_page(self._client, request.address, seconds=self._limits.seconds, most_bytes=self._limits.bytes)
        last = next((loaded for loaded in reversed(page.loaded) if loaded.address == page.final), None)
        status = last.status if last else None
        if last is not None and status is not None and not 200 <= status < 300:
            asked = next((value for name, value in last.headers if name.lower() == "retry-after"), None)
            after = read_retry_after(asked, last.at) if status in ASKED_TO_WAIT else None
            raise AnsweredBadly(f"The host answered {status}.", "Open it in a browser; run it again later.", status, after)
        entries: list[PayloadEntry] = []

        def write(out: HashingOut) -> None:
            software = f"Cenotaph/{__version__}"
            route = self._client.route.name
            entries.extend(write_rendered(out, page, software=software, route=route, robots=self._robots))

        taken = self._intakes.keep_made(request.address, WARC, write, page.at)
        note = f"{len(page.refused)} of what it shows was refused" if page.refused else ""
        return self._record(request, speaker, taken, entries, note, status, page.final, page.at)

    def _keep(self, request: Request, page: Page, speaker: SourceRow | None) -> Fetched:
        taken, entries = keep_page(self._intakes, page, self._client.route.name, self._robots, request.address)
        note = f"{len(page.missed)} of what it shows could not be had" if page.missed else ""
        last, at = page.last, page.exchanges[0].at
        return self._record(request, speaker, taken, entries, note, last.status, last.address, at)

    def _record(
        self,
        request: Request,
        speaker: SourceRow | None,
        taken: Taken,
        entries: list[PayloadEntry],
        note: str,
        status: int | None,
        final: str,
        at: datetime,
    ) -> Fetched:
        """Read what was kept, and write it down as one entry."""
        at_page = next(number for number, entry in enumerate(entries) if entry.role == "page")
        documents, problem = self._read(taken, entries[at_page])
        note = "; ".join(filter(None, (problem, note)))
        with self._casebook.writing(self._actor, "capture fetch") as entry:
            recorder = CaptureRecorder(entry, self._intakes, speaker, self._language, None)
            recorder.add_capture(taken)
            recorder.add_sighting(taken.sha256, "fetch", request.address, format_instant(at))
            payloads = recorder.add_payloads(taken.sha256, entries)
            identifiers = [recorder.add_document(taken.sha256, document, payloads[at_page]) for document in documents]
            recorder.write()
            self._add_attempt(entry, request, KEPT, status, taken.sha256, note or None, final)
            entry.detail.update(
                {"outcome": KEPT, "route": self._client.route.name, "capture": taken.sha256, "answers": len(entries)}
            )
        self._intakes.keep()
        if identifiers:
            told = describe_reprints([(identifiers[0], documents[0].text)])
            note = "; ".join(filter(None, (note, told.get(identifiers[0]))))
        facts = documents[0].facts if documents else None
        title = facts.title if facts else None
        first = identifiers[0] if identifiers else None
        self._kept[request.address] = Fetched(request.address, KEPT, taken.sha256, first, title, note)
        return self._kept[request.address]

    def _read(self, taken: Taken, record: PayloadEntry) -> tuple[list[TextDocument], str]:
        limits = read_limits(self._casebook.settings)
        try:
            kept = readable_path(self._intakes.objects, taken.sha256)
            found = shared_process().read(kept, WARC, limits, encoding=self._encoding, record=record)
            return found, tell_encoding(found)
        except CenotaphError as error:
            hint = f" {error.hint}" if isinstance(error, EncodingError) else ""
            return [], f"kept, not read: {error.message}{hint}"

    def _add_attempt(
        self,
        entry: Entry,
        request: Request,
        outcome: str,
        status: int | None,
        capture: str | None,
        reason: str | None,
        final: str | None,
    ) -> None:
        add_attempt(
            entry,
            request.id,
            request.attempts + 1,
            outcome,
            route=self._client.route.name,
            robots=self._robots,
            status=status,
            capture=capture,
            reason=reason,
            final=final,
        )
