"""Fetching pages into captures: one ledger entry for each attempt, whatever came of it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cenotaph import __version__
from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.isolation import shared_process
from cenotaph.capture.media_types import WARC
from cenotaph.casebook.guarded import FETCH_ATTEMPT
from cenotaph.casebook.ledger import Actor, Entry, format_instant
from cenotaph.casebook.lock import hold
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import BusyError, CenotaphError, DiskFailedError
from cenotaph.services.capture_record import CaptureRecorder
from cenotaph.services.captures import read_limits
from cenotaph.services.fetch_queue import (
    GIVEN_UP,
    KEPT,
    REFUSED,
    TRY_AGAIN,
    WAITING,
    Request,
    Wanted,
    read_host,
    read_queue,
    say_not_before,
    want,
)
from cenotaph.services.intakes import Intakes, taking_in
from cenotaph.services.reprints import describe_reprints
from cenotaph.services.sources import SourceRow, check_kind, make_source

if TYPE_CHECKING:
    from cenotaph.capture.intake import HashingOut, Taken
    from cenotaph.capture.warc.entries import PayloadEntry
    from cenotaph.capture.web.client import FetchLimits, WebClient
    from cenotaph.capture.web.page import Page
    from cenotaph.capture.web.robots import Manners

OBEYED, IGNORED = "obeyed", "ignored"


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


def queue_addresses(
    casebook: Casebook,
    actor: Actor,
    wanted: Iterable[Wanted],
    *,
    requisites: bool = False,
    again: bool = False,
    dry_run: bool = False,
) -> int:
    """Put addresses into the queue; return how many were not there yet.

    Raises
    ------
    InputError
        One is no address of a page; none was put into the queue.
    """
    items = list(wanted)
    with casebook.writing(actor, "capture fetch: want", dry_run=dry_run) as entry:
        added = want(entry, items, requisites=requisites, again=again)
        entry.detail["addresses"] = added
    return added


def open_client(casebook: Casebook, route: str, allow_private: bool) -> WebClient:
    """Return a client that goes by one route.

    Raises
    ------
    UsageError
        The route is none.
    """
    from cenotaph.capture.web.client import WebClient
    from cenotaph.capture.web.routes import parse_route

    return WebClient(parse_route(route), agent=casebook.settings.text("fetch.agent"), allow_private=allow_private)


def fetch_waiting(
    casebook: Casebook,
    actor: Actor,
    client: WebClient,
    *,
    source: str | None = None,
    source_kind: str = "outlet",
    language: str | None = None,
    obey_robots: bool = True,
    patience: bool = False,
    browser: bool = False,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    progress: Callable[[str, int], None] = lambda *_: None,
) -> Iterator[Fetched]:
    """Fetch what waits in the queue, a host at a time in turn, and yield what became of each attempt.

    Parameters
    ----------
    client
        What asks; its route is the only one.
    source, source_kind, language
        Who speaks in the pages, where it is known.
    obey_robots
        Whether sites' rules for robots are kept to; the record says so either way.
    browser
        Have an installed Chromium load each page, and keep what it loaded, the page as it then was, a picture and a PDF.
    patience
        Wait for those that may be tried again only later, instead of leaving them in the queue.

    Raises
    ------
    BusyError
        Another fetch is at work in this casebook.
    RouteFailed
        The route cannot be used; what waits goes on waiting.
    """
    from cenotaph.capture.web.client import FetchLimits
    from cenotaph.capture.web.robots import Manners

    check_kind(source_kind)
    settings = casebook.settings
    limits = FetchLimits(settings.number("fetch.page_bytes"), settings.number("fetch.seconds"))
    manners = Manners(client, limits, settings.share("fetch.pause_seconds"), obey_robots, clock, sleep)
    speaker = make_source(source, source_kind, language) if source else None
    robots = OBEYED if obey_robots else IGNORED
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(casebook.root / "ledger" / "fetch.lock", 0))
        except BusyError as error:
            raise BusyError("Another fetch is at work in this casebook.", "Wait for it to end.") from error
        intakes = stack.enter_context(taking_in(casebook, read_limits(settings)))
        one = _Fetch(casebook, actor, client, manners, limits, intakes, robots, language, browser)
        while due := _find_due(casebook, patience):
            one.waited_for.clear()
            for request, seconds in due:
                if read_host(request.address) in one.waited_for:  # It asked to be left alone since the queue was read.
                    continue
                if seconds > 0:
                    sleep(seconds)
                yield one.fetch(request, speaker)
                progress("pages", 1)


def _find_due(casebook: Casebook, patience: bool) -> list[tuple[Request, float]]:
    """Return what may be tried now, hosts in turn; else, with patience, the first that may be tried later."""
    now = casebook.clock()
    waiting = [request for request in read_queue(casebook) if request.state == WAITING]
    ready = [request for request in waiting if request.next_at is None or request.next_at <= now]
    if not ready and patience and waiting:
        first = min(waiting, key=lambda request: request.next_at or now)
        return [(first, ((first.next_at or now) - now).total_seconds())]
    hosts: dict[str, deque[Request]] = {}
    for request in ready:
        hosts.setdefault(read_host(request.address), deque()).append(request)
    turns: list[tuple[Request, float]] = []
    while hosts:
        for host in list(hosts):
            turns.append((hosts[host].popleft(), 0.0))
            if not hosts[host]:
                del hosts[host]
    return turns


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


class _Fetch:
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
    ) -> None:
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
            return shared_process().read(kept, WARC, limits, record=record), ""
        except CenotaphError as error:
            return [], f"kept, not read: {error.message}"

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
        number = request.attempts + 1
        entry.add(
            FETCH_ATTEMPT,
            [
                (
                    content_id("fetch attempt", request.id, str(number), str(entry.number)),
                    request.id,
                    number,
                    entry.instant,
                    outcome,
                    self._client.route.name,
                    self._robots,
                    status,
                    capture,
                    reason,
                    final,
                )
            ],
        )
