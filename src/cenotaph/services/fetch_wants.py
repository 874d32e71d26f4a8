"""What is wanted of the web: addresses of files and of lists, put into the queue; what is no address is refused there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cenotaph.capture.web.addresses import PRIVATE, parse_address
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import FETCH_REQUEST
from cenotaph.casebook.ledger import Entry
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.errors import CenotaphError, InputError, NotFoundError
from cenotaph.services.fetch_queue import (
    ASKED_ANEW,
    GIVEN_UP,
    LEFT_OFF,
    OPEN,
    REFUSED,
    WAITING,
    Request,
    add_attempt,
    read_queue,
)

_PASSWORD = re.compile(r"//[^/@\s]*@")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address to be put into the queue.

    Parameters
    ----------
    address
        The address.
    report, source
        The report and the source, by id, that cite it.
    """

    address: str
    report: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A thing wanted that is no address, as it is shown, and why."""

    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Queued:
    """What became of addresses that were wanted.

    Parameters
    ----------
    added
        How many wait now that did not.
    refused
        What is no address; it stands in the queue as refused.
    standing
        The requests of those that were in the queue already.
    """

    added: int
    refused: tuple[Refused, ...] = ()
    standing: tuple[Request, ...] = ()


def read_address_file(path: Path) -> Iterator[Wanted | str]:
    """Yield the addresses of a file, one a line, after a tab the id of the report that cites it; as text what names no report.

    Raises
    ------
    InputError
        It cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.", "Check its name, and the folder that it lies in.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} cannot be read as a list of addresses.", "It is UTF-8, one address a line.") from error
    from cenotaph.services.seals import resolve_id

    for number, line in enumerate(lines, 1):
        words, _, report = line.partition("\t")
        if not words.strip() or words.lstrip().startswith("#"):
            continue
        try:
            yield Wanted(words.strip(), resolve_id("report", report.strip()) if report.strip() else None)
        except CenotaphError as error:
            yield f"line {number}: {error}"


def read_cited(list_id: str) -> list[Wanted]:
    """Return the addresses that a list's reports cite, each once, with the first report that does.

    Raises
    ------
    NotFoundError
        There is no such list.
    """
    if not bulk.fetch_one("SELECT 1 FROM casualty_list WHERE id = %s", [list_id]):
        raise NotFoundError(f"There is no list '{list_id}'.", "`cenotaph report list` names them.")
    sql = (
        "SELECT p.id, p.cites FROM report p JOIN reading r ON r.id = p.reading "
        'WHERE r.list = %s AND p.cites IS NOT NULL ORDER BY p."row"'
    )
    first: dict[str, str] = {}
    for chunk in bulk.stream_rows(sql, [list_id]):
        for report, cites in chunk:
            for source in json.loads(cites):
                first.setdefault(str(source), report)
    addresses = {
        identifier: url
        for chunk in bulk.stream_rows("SELECT id, url FROM source WHERE url IS NOT NULL")
        for identifier, url in chunk
        if identifier in first
    }
    return [Wanted(addresses[source], report, source) for source, report in first.items() if source in addresses]


def want(
    casebook: Casebook, entry: Entry, wanted: Iterable[Wanted], *, requisites: bool, again: bool, private: bool = False
) -> Queued:
    """Put addresses into the queue that are not there; what is none goes in as refused, with the reason.

    Parameters
    ----------
    again
        Ask anew for those that were kept, refused or given up before, and for those that wait for a pause of our own; never
        for those under seal, nor of a host before it wants to be asked.
    private
        Private addresses may be asked now: ask anew for those that were refused for being one.
    """
    options = canonical_json({"requisites": requisites})
    sealed = {row[0] for row in bulk.fetch_rows("SELECT id FROM fetch_request WHERE address IS NULL")}
    known = {(request.address, request.report): request for request in read_queue(casebook) if request.state != ASKED_ANEW}
    now = casebook.clock()
    rows: dict[str, tuple[str | None, ...]] = {}
    refused: dict[str, Refused] = {}
    standing: dict[str, Request] = {}
    for item in wanted:
        reason = None
        try:
            address = parse_address(item.address).text
        except CenotaphError as error:
            address, reason = _show(item.address), str(error)
        identifier = content_id("fetch request", address, item.report or "")
        if identifier in sealed or identifier in rows:
            continue
        if (request := known.get((address, item.report))) is not None:
            waits = request.state == WAITING and (request.next_at is None or request.next_at <= now or request.asked_until)
            was_private = request.state == REFUSED and (request.reason or "").endswith(PRIVATE)
            anew = again or (private and was_private)
            if request.state != LEFT_OFF and (reason or not anew or waits):
                standing[request.id] = request
                continue
            identifier = content_id("fetch request", address, item.report or "", str(entry.number))
        rows[identifier] = (identifier, entry.instant, item.source, item.report, address, options)
        if reason:
            refused[identifier] = Refused(address, reason)
    if rows:
        entry.add(FETCH_REQUEST, list(rows.values()))
    for identifier, item_refused in refused.items():
        add_attempt(entry, identifier, 1, REFUSED, reason=item_refused.reason)
    return Queued(len(rows) - len(refused), tuple(refused.values()), tuple(standing.values()))


def _show(words: str) -> str:
    """Return what is no address so that it can be kept and shown: on one line, without a password in it."""
    text = _PASSWORD.sub("//...@", " ".join(words.split())[:_LONGEST])
    return "".join(c if c.isprintable() else "\ufffd" for c in text) or "(nothing)"


def find_failed(casebook: Casebook) -> list[Wanted]:
    """Return what was refused or given up, to be asked for anew; not what is no address."""
    found = []
    for request in read_queue(casebook):
        if request.state in (REFUSED, GIVEN_UP):
            try:
                parse_address(request.address)
            except CenotaphError:
                continue
            found.append(Wanted(request.address, request.report, request.source))
    return found


def leave_off(casebook: Casebook, entry: Entry, addresses: Iterable[str]) -> list[Request]:
    """Take requests off the queue: what was refused or given up, or all that stands there of the addresses named.

    Returns
    -------
    list of Request
        What was taken off; captures stay, and so does the record of every attempt.

    Raises
    ------
    NotFoundError
        An address stands not in the queue.
    """
    named = {read_name(words) for words in addresses}
    open_states = OPEN if named else (REFUSED, GIVEN_UP)
    found = [r for r in read_queue(casebook) if r.state in open_states and (not named or r.address in named)]
    if missing := sorted(named - {request.address for request in found}):
        hint = "`cenotaph capture queue` shows what does."
        raise NotFoundError(f"{missing[0]} neither waits in the queue nor was it refused.", hint)
    for request in found:
        add_attempt(entry, request.id, request.attempts + 1, LEFT_OFF, reason=request.reason)
    return found


def read_name(words: str) -> str:
    """Return an address as the queue has it."""
    try:
        return parse_address(words).text
    except CenotaphError:
        return _show(words)
