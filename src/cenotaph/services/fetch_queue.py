"""The queue of addresses that wait to be fetched: read from the record itself, so that a killed fetch goes on where it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import FETCH_ATTEMPT
from cenotaph.casebook.ledger import Entry
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id

WAITING, KEPT, REFUSED, GIVEN_UP = "waiting", "kept", "refused", "given up"
ASKED_ANEW, LEFT_OFF = "asked anew", "left off"
OPEN = frozenset({WAITING, REFUSED, GIVEN_UP})
"""The states that somebody may still do something about."""
NOT_ASKED = "not asked"
"""The route, and what became of the rules for robots, of what nobody was asked for."""
_MOST_DOUBLINGS = 8
_NOT_BEFORE = re.compile(r" It asks not to be asked before (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\.$")
TRY_AGAIN = "failed"
"""The outcome of an attempt after which another is made; every other ends a request."""


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
        ``waiting``, ``kept``, ``refused``, ``given up``, ``asked anew`` (a later request stands for it) or ``left off`` (a
        person took it off the queue).
    attempts
        How many were made.
    next_at
        When it may be tried again; None at once.
    reason, capture
        What the last attempt said, and what it brought.
    tried_at
        When the last attempt was made, as it is written; None before the first.
    asked_until
        Before when its host asks not to be asked.
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
    tried_at: str | None = None
    asked_until: datetime | None = None


def say_not_before(reason: str, after: datetime) -> str:
    """Return an attempt's reason with the instant before which its host does not want to be asked again."""
    return f"{reason} It asks not to be asked before {after.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}."


def read_not_before(reason: str | None) -> datetime | None:
    """Return the instant that :func:`say_not_before` wrote into a reason."""
    match = _NOT_BEFORE.search(reason or "")
    return datetime.fromisoformat(match[1]) if match else None


def read_queue(casebook: Casebook) -> Iterator[Request]:
    """Yield every request whose address is not under seal, in the order in which they were asked for."""
    most = casebook.settings.number("fetch.attempts")
    pause = timedelta(minutes=casebook.settings.number("fetch.retry_minutes"))
    now = casebook.clock()
    last: dict[str, tuple[int, str, str, str | None, str | None]] = {}
    asked: dict[str, datetime] = {}
    sql = 'SELECT request, number, at, outcome, reason, capture FROM fetch_attempt ORDER BY "row"'
    for chunk in bulk.stream_rows(sql):
        for request, number, at, outcome, reason, capture in chunk:
            last[request] = (number, at, outcome, reason, capture)
            if outcome == TRY_AGAIN and (until := read_not_before(reason)):
                asked[request] = until
    hosts, standing = _read_hosts(asked)
    sql = 'SELECT id, address, source, report, options FROM fetch_request WHERE address IS NOT NULL ORDER BY "row"'
    for chunk in bulk.stream_rows(sql):
        for identifier, address, source, report, options in chunk:
            number, at, outcome, reason, capture = last.get(identifier, (0, "", TRY_AGAIN, None, None))
            state, next_at = outcome, None
            until = hosts.get(read_host(address))
            until = until if until is not None and until > now else None
            if outcome == TRY_AGAIN:
                state = GIVEN_UP if number >= most else WAITING
            if state != KEPT and standing[address, report] != identifier:
                state = ASKED_ANEW
            if state == WAITING:
                if number:
                    next_at = datetime.fromisoformat(at) + pause * 2 ** min(number - 1, _MOST_DOUBLINGS)
                if until is not None:  # What a host asks for holds for all that is wanted of it.
                    next_at = until if next_at is None else max(next_at, until)
            requisites = bool(json.loads(options or "{}").get("requisites"))
            yield Request(
                identifier, address, source, report, requisites, state, number, next_at, reason, capture, at or None, until
            )


def read_host(address: str) -> str:
    """Return the host, with its port, of an address in the queue; nothing of one that names none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _read_hosts(asked: dict[str, datetime]) -> tuple[dict[str, datetime], dict[tuple[str, str | None], str]]:
    """Return until when each host does not want to be asked, and of each address and report the request that stands."""
    hosts: dict[str, datetime] = {}
    standing: dict[tuple[str, str | None], str] = {}
    sql = 'SELECT id, address, report FROM fetch_request WHERE address IS NOT NULL ORDER BY "row"'
    for chunk in bulk.stream_rows(sql):
        for identifier, address, report in chunk:
            standing[address, report] = identifier
            if identifier in asked:
                host = read_host(address)
                hosts[host] = max(hosts.get(host, asked[identifier]), asked[identifier])
    return hosts, standing


def add_attempt(
    entry: Entry,
    request: str,
    number: int,
    outcome: str,
    *,
    route: str = NOT_ASKED,
    robots: str = NOT_ASKED,
    status: int | None = None,
    capture: str | None = None,
    reason: str | None = None,
    final: str | None = None,
) -> None:
    """Write down what came of an attempt at a request, or that none was made.

    Parameters
    ----------
    number
        Which attempt at the request it is, from 1.
    outcome
        ``failed``, ``kept``, ``refused`` or ``left off``.
    route, robots
        How it was asked for, and whether the site's rules for robots were kept to.
    status, capture, final
        What the host answered, what was kept, and the address that it came from at last.
    reason
        Why not, or what is missing.
    """
    identifier = content_id("fetch attempt", request, str(number), str(entry.number))
    row = (identifier, request, number, entry.instant, outcome, route, robots, status, capture, reason, final)
    entry.add(FETCH_ATTEMPT, [row])
