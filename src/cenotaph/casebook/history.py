"""When the casebook held what: the instants of ledger entries, and every reading of every list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from cenotaph.casebook import bulk
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import NotFoundError
from cenotaph.domain.lists import ListReading

NOW = 2**62
"""Number of a ledger entry that is later than all: what is read up to it is read as it stands."""


class Moment(NamedTuple):
    """The record as it was with one ledger entry: its number, when the casebook held it, and its last row of reports."""

    entry: int
    at: datetime
    report: int


def find_moment(entry_hash: str) -> Moment:
    """Return the moment of a ledger entry, named by its hash.

    Raises
    ------
    NotFoundError
        The ledger has no such entry.
    """
    found = bulk.fetch_one("SELECT number FROM ledger_entry WHERE hash = %s", [entry_hash])
    if found is None:
        raise NotFoundError(f"The ledger has no entry {entry_hash[:16]}.", "`cenotaph ledger show` lists them.")
    number = int(found[0])
    last = bulk.fetch_one('SELECT max("row") FROM report WHERE entry <= %s', [number])
    return Moment(number, read_instants()[number], (last[0] if last else None) or 0)


def parse_instant(text: str) -> datetime:
    """Return the instant that the record's text stands for."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def read_instants() -> dict[int, datetime]:
    """Return when the casebook held each ledger entry.

    That is the entry's own instant, or an earlier entry's where the clock was set back in between: what was held at an
    instant is always a beginning of the ledger.
    """
    found: dict[int, datetime] = {}
    latest = datetime.min.replace(tzinfo=UTC)
    for chunk in bulk.stream_rows("SELECT number, at FROM ledger_entry ORDER BY number"):
        for number, at in chunk:
            latest = max(latest, parse_instant(at))
            found[number] = latest
    return found


def read_readings(until: int = NOW) -> list[ListReading]:
    """Return every reading of every list, in the order they were taken in, up to a ledger entry."""
    rows = bulk.fetch_rows(
        'SELECT "row", id, list, release, released_on, complete, base, entry FROM reading WHERE entry <= %s ORDER BY "row"',
        [until],
    )
    numbers = {identifier: number for number, identifier, *_ in rows}
    instants = read_instants()
    return [
        ListReading(
            number,
            list_id,
            release,
            PartialDate.from_edtf(released_on),
            bool(complete),
            numbers[base] if base else None,
            instants[entry],
        )
        for number, _, list_id, release, released_on, complete, base, entry in rows
    ]


class Unread(NamedTuple):
    """What a reading could not read: rows that it left out, and values of rows that it took in."""

    rows: int = 0
    values: int = 0


NOTHING_UNREAD = Unread()


def read_unread(readings: Sequence[int]) -> dict[int, Unread]:
    """Return what some readings could not read, by their row numbers."""
    if not readings:
        return {}
    sql = f'SELECT "row", summary FROM reading WHERE "row" IN ({", ".join(["%s"] * len(readings))})'  # noqa: S608
    found: dict[int, Unread] = {}
    for number, text in bulk.fetch_rows(sql, list(readings)):
        summary = json.loads(text or "{}")
        found[number] = Unread(summary.get("failed", 0), summary.get("unreadable_values", 0))
    return found
