"""Looking whether an address still serves what was captured from it: the same, something else, or nothing; with history."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.isolation import shared_process
from cenotaph.capture.media_types import WARC
from cenotaph.capture.readers.html_comments import NAME as COMMENT
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import LOOK, SIGHTING
from cenotaph.casebook.ledger import Actor, Entry, format_instant
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import CenotaphError, InputError, RefusedError
from cenotaph.services.capture_record import CaptureRecorder
from cenotaph.services.captures import read_limits
from cenotaph.services.fetch_attempts import guarded, keep_page
from cenotaph.services.fetching import IGNORED, OBEYED
from cenotaph.services.intakes import Intakes, taking_in
from cenotaph.services.seals import resolve_id

if TYPE_CHECKING:
    from cenotaph.capture.web.client import FetchLimits, WebClient
    from cenotaph.capture.web.page import Page
    from cenotaph.capture.web.robots import Manners

ARCHIVED = "archived elsewhere"
"""How an archived copy was seen; its address is the sighting's origin, when it was made its own time."""

_ACTION = "capture check: look"
_GONE = (404, 410, 451)
_MOST_DIFFERENCES = 20_000
_CONTEXT = 1


class Outcome(StrEnum):
    """What a look found."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at one address found.

    Parameters
    ----------
    capture, address
        What was captured, and where from.
    archived
        Whether the address is that of a copy in an archive elsewhere.
    outcome, status
        What was found, and what the host answered.
    now
        The capture of what it serves now, where it is something else.
    differences
        Lines that were taken away (``-``) and put in (``+``).
    reason
        Why nothing was found out.
    """

    capture: str
    address: str
    archived: bool
    outcome: Outcome
    status: int | None = None
    now: str | None = None
    differences: tuple[str, ...] = ()
    reason: str = ""


def note_archived(casebook: Casebook, actor: Actor, start: str, address: str, made: PartialDate | None) -> str:
    """Note that an archive elsewhere holds a copy of a capture; return the capture's id.

    Raises
    ------
    InputError
        The address is none, or the archive would have made it later than now.
    """
    from cenotaph.capture.web.addresses import parse_address

    capture = resolve_id("capture", start)
    text = parse_address(address).text
    # Anywhere on earth: where the day is ahead by most, it is 14 hours later than in UTC.
    if made is not None and made.start is not None and made.start > (casebook.clock() + timedelta(hours=14)).date():
        raise InputError(f"{made.edtf} is still to come: no archive made a copy then.", "Say in --made when it was made.")
    with casebook.writing(actor, "capture archived") as entry:
        identifier = content_id("sighting", capture, f"{entry.number}:0")
        entry.add(SIGHTING, [(identifier, capture, None, entry.instant, ARCHIVED, text, made.edtf if made else None)])
        entry.detail["capture"] = capture
    return capture


def look_again(
    casebook: Casebook,
    actor: Actor,
    client: WebClient,
    starts: Sequence[str] = (),
    *,
    obey_robots: bool = True,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Looked]:
    """Look at the addresses that captures were fetched from, and at archived copies of them; yield what each serves now.

    What is something else now is kept as a capture of its own. Each look is an entry of the ledger.

    Parameters
    ----------
    starts
        Captures by id or its beginning; none for all that were fetched.
    """
    from cenotaph.capture.web.client import FetchLimits
    from cenotaph.capture.web.robots import Manners

    settings = casebook.settings
    limits = FetchLimits(settings.number("fetch.page_bytes"), settings.number("fetch.seconds"))
    manners = Manners(client, limits, settings.share("fetch.pause_seconds"), obey_robots, clock, sleep)
    wanted = [resolve_id("capture", start) for start in starts]
    robots = OBEYED if obey_robots else IGNORED
    with taking_in(casebook, read_limits(settings)) as intakes:
        for capture, address, how in _find_addresses(wanted):
            page, failed = _ask(client, manners, limits, capture, address, how == ARCHIVED)
            if page is None:
                assert failed is not None
                _note(casebook, actor, client, failed)
                yield failed
                continue
            try:
                yield _compare(casebook, actor, client, intakes, page, robots, capture, address, how == ARCHIVED)
            finally:
                page.close()


def _ask(
    client: WebClient, manners: Manners, limits: FetchLimits, capture: str, address: str, archived: bool
) -> tuple[Page | None, Looked | None]:
    from cenotaph.capture.web.page import AnsweredBadly, fetch_page
    from cenotaph.capture.web.wire import RouteFailed

    try:
        with guarded():
            return fetch_page(client, address, limits, before=manners.wait), None
    except RouteFailed:
        raise
    except AnsweredBadly as error:
        outcome = Outcome.GONE if error.status in _GONE else Outcome.UNREACHABLE
        return None, Looked(capture, address, archived, outcome, error.status, reason=error.message)
    except RefusedError as error:
        return None, Looked(capture, address, archived, Outcome.NOT_ASKED, reason=error.message)
    except InputError as error:
        return None, Looked(capture, address, archived, Outcome.UNREACHABLE, reason=error.message)


def _compare(
    casebook: Casebook,
    actor: Actor,
    client: WebClient,
    intakes: Intakes,
    page: Page,
    robots: str,
    capture: str,
    address: str,
    archived: bool,
) -> Looked:
    """Hold what is served now against what was captured; keep it where it is something else."""
    taken, entries = keep_page(intakes, page, client.route.name, robots, address)
    at_page = len(page.exchanges) - 1
    try:
        kept = readable_path(casebook.objects, taken.sha256)
        texts = shared_process().read(kept, WARC, read_limits(casebook.settings), record=entries[at_page])
    except CenotaphError:
        texts = []
    before = _read_text(capture)
    differences: tuple[str, ...] = ()
    if before is None or not texts:
        same = _payload_hash(capture) == entries[at_page].sha256
    else:
        now = "\n".join(document.text for document in texts if document.reader != COMMENT)
        same = before.split() == now.split()
        differences = () if same else tuple(_differ(before, now))
    if same:  # Nothing will name its bytes, and what is kept after it must not keep them too.
        intakes.take_back(casebook)
        looked = Looked(capture, address, archived, Outcome.SAME, page.last.status)
        _note(casebook, actor, client, looked)
        return looked
    looked = Looked(capture, address, archived, Outcome.CHANGED, page.last.status, taken.sha256, differences)
    with casebook.writing(actor, _ACTION) as entry:
        recorder = CaptureRecorder(entry, intakes, None, None, None)
        recorder.add_capture(taken)
        recorder.add_sighting(taken.sha256, "fetch", address, format_instant(page.exchanges[0].at))
        payloads = recorder.add_payloads(taken.sha256, entries)
        for document in texts:
            recorder.add_document(taken.sha256, document, payloads[at_page])
        recorder.write()
        _add_look(entry, looked, client.route.name)
    intakes.keep()
    return looked


def _note(casebook: Casebook, actor: Actor, client: WebClient, looked: Looked) -> None:
    with casebook.writing(actor, _ACTION) as entry:
        _add_look(entry, looked, client.route.name)


def _add_look(entry: Entry, looked: Looked, route: str) -> None:
    differences = "\n".join(looked.differences) or looked.reason or None
    entry.add(
        LOOK,
        [
            (
                content_id("look", looked.capture, looked.address, str(entry.number)),
                looked.capture,
                entry.instant,
                looked.outcome.value,
                route,
                looked.status,
                looked.now,
                looked.address,
                differences,
            )
        ],
    )
    entry.detail.update({"capture": looked.capture, "outcome": looked.outcome.value})


@dataclass(frozen=True, slots=True)
class PastLook:
    """A look that was taken: when, at which address, what it found, and what differed or why nothing was found out."""

    at: str
    capture: str
    address: str | None
    outcome: str
    status: int | None
    now: str | None
    differences: str | None


def list_looks(starts: Sequence[str] = (), *, last: bool = False) -> Iterator[PastLook]:
    """Yield the looks that were taken, in order.

    Parameters
    ----------
    starts
        Only at these captures.
    last
        Only the last at each address of a capture: what stands there now, as far as is known.
    """
    wanted = {resolve_id("capture", start) for start in starts}
    sql = 'SELECT at, capture, address, outcome, status, now, differences FROM look ORDER BY "row"'
    found = [PastLook(*row) for chunk in bulk.stream_rows(sql) for row in chunk if not wanted or row[1] in wanted]
    if last:
        found = list({(look.capture, look.address): look for look in found}.values())
    yield from found


def _find_addresses(wanted: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return captures with the addresses to be looked at.

    Of an address that was captured several times, the last capture is the one to compare with, unless others are named.
    """
    sql = 'SELECT capture, origin, how FROM sighting WHERE how IN (%s, %s) AND origin IS NOT NULL ORDER BY "row"'
    last: dict[tuple[str, str], tuple[str, str, str]] = {}
    for capture, origin, how in bulk.fetch_rows(sql, ["fetch", ARCHIVED]):
        if wanted:
            if capture in wanted:
                last[capture, origin] = (capture, origin, how)
        else:
            last["", origin] = (capture, origin, how)
    return list(last.values())


def _read_text(capture: str) -> str | None:
    """Return what a capture says without the comments of readers, which come and go."""
    sql = 'SELECT text FROM document WHERE capture = %s AND text IS NOT NULL AND reader <> %s ORDER BY "row"'
    rows = bulk.fetch_rows(sql, [capture, COMMENT])
    return "\n".join(row[0] for row in rows) if rows else None


def _differ(before: str, now: str) -> Iterator[str]:
    """Yield the lines that differ, with a line around them, at most 20,000 characters."""
    length = 0
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), "as captured", "now", lineterm="", n=_CONTEXT)
    for line in lines:
        length += len(line)
        if length > _MOST_DIFFERENCES:
            yield "... and more"
            return
        yield line


def _payload_hash(capture: str) -> str | None:
    found = bulk.fetch_one("SELECT payload_hash FROM payload WHERE capture = %s AND role = 'page' LIMIT 1", [capture])
    return found[0] if found else None
