"""Addresses that are wanted: the queue lies in the record, so that a killed fetch goes on where it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cenotaph.capture.web.addresses import parse_address
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import FETCH_REQUEST
from cenotaph.casebook.ledger import Entry
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.errors import CenotaphError, InputError, NotFoundError

WAITING, KEPT, REFUSED, GIVEN_UP = "waiting", "kept", "refused", "given up"
_MOST_DOUBLINGS = 8
_NOT_BEFORE = re.compile(r" It asks not to be asked before (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\.$")
TRY_AGAIN = "failed"
"""The outcome of an attempt after which another is made; ``kept`` and ``refused`` end a request."""


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
class Request:
    """A place in the queue.

    Parameters
    ----------
    id, address, source, report
        What is wanted and what cites it.
    requisites
        Whether what the page shows is wanted too.
    state
        ``waiting``, ``kept``, ``refused`` or ``given up``.
    attempts
        How many were made.
    next_at
        When it may be tried again; None at once.
    reason, capture
        What the last attempt said, and what it brought.
    """

    id: str
    address: str
    source: str | None
    report: str | None
    requisites: bool
    state: str
    attempts: int
    next_at: datetime | None
    reason: str | None
    capture: str | None


def say_not_before(reason: str, after: datetime) -> str:
    """Return an attempt's reason with the instant before which its host does not want to be asked again."""
    return f"{reason} It asks not to be asked before {after.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}."


def read_not_before(reason: str | None) -> datetime | None:
    """Return the instant that :func:`say_not_before` wrote into a reason."""
    match = _NOT_BEFORE.search(reason or "")
    return datetime.fromisoformat(match[1]) if match else None


def read_address_file(path: Path) -> Iterator[Wanted | str]:
    """Yield the addresses of a file, one a line, after a tab the id of the report that cites it; bad lines as text.

    Raises
    ------
    InputError
        It cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} cannot be read as a list of addresses.", "It is UTF-8, one address a line.") from error
    from cenotaph.services.seals import resolve_id

    for number, line in enumerate(lines, 1):
        words, _, report = line.partition("\t")
        if not words.strip() or words.lstrip().startswith("#"):
            continue
        try:
            parse_address(words)
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


def want(entry: Entry, wanted: Iterable[Wanted], *, requisites: bool, again: bool) -> int:
    """Put addresses into the queue that are not there; return how many were new.

    Parameters
    ----------
    again
        Ask anew for those that were kept, refused or given up before; never for those under seal.
    """
    options = canonical_json({"requisites": requisites})
    standing = {row[0] for chunk in bulk.stream_rows("SELECT id FROM fetch_request") for row in chunk}
    sealed = {row[0] for row in bulk.fetch_rows("SELECT id FROM fetch_request WHERE address IS NULL")}
    waiting = {request.address for request in read_queue_states() if request.state == WAITING}
    rows: dict[str, tuple[str | None, ...]] = {}
    for item in wanted:
        address = parse_address(item.address).text
        identifier = content_id("fetch request", address, item.report or "")
        if identifier in standing:
            if not again or address in waiting or identifier in sealed:
                continue
            identifier = content_id("fetch request", address, item.report or "", str(entry.number))
        rows[identifier] = (identifier, entry.instant, item.source, item.report, address, options)
    return entry.add(FETCH_REQUEST, list(rows.values())) if rows else 0


def read_queue_states() -> Iterator[Request]:
    """Yield every request with its state, as of settings that allow one attempt more than any was made."""
    yield from _read(1 << 30, timedelta(0))


def read_queue(casebook: Casebook) -> Iterator[Request]:
    """Yield every request whose address is not under seal, in the order in which they were asked for."""
    attempts = casebook.settings.number("fetch.attempts")
    yield from _read(attempts, timedelta(minutes=casebook.settings.number("fetch.retry_minutes")))


def _read(most: int, pause: timedelta) -> Iterator[Request]:
    last: dict[str, tuple[int, str, str, str | None, str | None]] = {}
    asked: dict[str, datetime] = {}
    sql = 'SELECT request, number, at, outcome, reason, capture FROM fetch_attempt ORDER BY "row"'
    for chunk in bulk.stream_rows(sql):
        for request, number, at, outcome, reason, capture in chunk:
            last[request] = (number, at, outcome, reason, capture)
            if outcome == TRY_AGAIN and (until := read_not_before(reason)):
                asked[request] = until
    hosts = _read_hosts(asked)
    sql = 'SELECT id, address, source, report, options FROM fetch_request WHERE address IS NOT NULL ORDER BY "row"'
    for chunk in bulk.stream_rows(sql):
        for identifier, address, source, report, options in chunk:
            number, at, outcome, reason, capture = last.get(identifier, (0, "", TRY_AGAIN, None, None))
            state, next_at = outcome, None
            if outcome == TRY_AGAIN:
                state = GIVEN_UP if number >= most else WAITING
                if number and state == WAITING:
                    next_at = datetime.fromisoformat(at) + pause * 2 ** min(number - 1, _MOST_DOUBLINGS)
                until = hosts.get(read_host(address))
                if until is not None and state == WAITING:  # What a host asks for holds for all that is wanted of it.
                    next_at = until if next_at is None else max(next_at, until)
            requisites = bool(json.loads(options or "{}").get("requisites"))
            yield Request(identifier, address, source, report, requisites, state, number, next_at, reason, capture)


def read_host(address: str) -> str:
    """Return the host, with its port, of an address in the queue."""
    return address.split("/")[2]


def _read_hosts(asked: dict[str, datetime]) -> dict[str, datetime]:
    """Return until when each host does not want to be asked, from the requests that it said so of."""
    found: dict[str, datetime] = {}
    if asked:
        for chunk in bulk.stream_rows("SELECT id, address FROM fetch_request WHERE address IS NOT NULL"):
            for identifier, address in chunk:
                if identifier in asked:
                    host = read_host(address)
                    found[host] = max(found.get(host, asked[identifier]), asked[identifier])
    return found
