"""What a list held after one of its readings, as the store has it: row keys with their standing reports."""

from __future__ import annotations

from dataclasses import dataclass, field

from cenotaph.casebook import bulk
from cenotaph.casebook.history import read_readings
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.lists import ListReading, order_day, order_releases


@dataclass(frozen=True, slots=True)
class Standing:
    """One row's standing report: its id, and the hash of the raw cells it was read from (None where sealed)."""

    report: str
    content: str | None


@dataclass
class ListState:
    """What a new reading is compared with: the same release as it was read before, else the latest earlier release.

    Parameters
    ----------
    base
        The reading that the new one's changes are relative to, or None where there is none.
    base_id
        Its id.
    compared
        The reading that ``rows`` is of.
    rows
        Standing report of each row key.
    reports
        Ids of all reports ever read from the list.
    sealed_rows, sealed_fields
        Row keys that are under seal whole, and of those that are in part the sealed values
        (:mod:`cenotaph.casebook.values`).
    last_number
        Number of the list's latest reading, 0 where there is none.
    later
        Releases of a later date that were read before: label, and the reading's hash of its mapping.
    reading_hash
        The mapping's hash of the reading that was compared with.
    reading_hashes
        Those of all the list's readings.
    moved_from
        The date that the same release had until now, where it has another one.
    """

    base: ListReading | None = None
    base_id: str | None = None
    compared: ListReading | None = None
    rows: dict[str, Standing] = field(default_factory=dict)
    reports: set[str] = field(default_factory=set)
    sealed_rows: set[str] = field(default_factory=set)
    sealed_fields: dict[str, set[str]] = field(default_factory=dict)
    last_number: int = 0
    later: tuple[tuple[str, str], ...] = ()
    reading_hash: str | None = None
    reading_hashes: set[str] = field(default_factory=set)
    moved_from: PartialDate | None = None


def read_state(list_id: str, release: str, released_on: PartialDate, complete: bool) -> ListState:
    """Return what a new reading of a release is compared with, and what its changes are relative to.

    A complete release that was read before is relative to that reading. An addition says all its rows itself and is
    relative to the release before it, also when it is read again.
    """
    readings = [reading for reading in read_readings() if reading.list_id == list_id]
    state = ListState(last_number=readings[-1].number if readings else 0)
    if not readings:
        return state
    ordered = order_releases(readings)
    again = next((r for r in ordered if r.release == release), None)
    if again is not None and again.released_on.edtf != released_on.edtf:
        state.moved_from = again.released_on
    order = order_day(released_on)
    if again is not None and order_day(again.released_on) == order:
        at = ordered.index(again)
        earlier, later = ordered[:at], ordered[at + 1 :]
    else:
        others = [r for r in ordered if r is not again]
        earlier = [r for r in others if order_day(r.released_on) <= order]
        later = others[len(earlier) :]
    state.base = earlier[-1] if earlier else None
    state.compared = again or state.base
    if again is not None and complete:
        if again.complete:
            state.base = again
        else:
            state.compared = state.base
    details = {
        number: (identifier, reading_hash)
        for number, identifier, reading_hash in bulk.fetch_rows(
            'SELECT "row", id, reading_hash FROM reading WHERE list = %s', [list_id]
        )
    }
    state.reading_hashes = {reading_hash for _, reading_hash in details.values()}
    state.later = tuple((r.release, details[r.number][1]) for r in later)
    state.base_id = details[state.base.number][0] if state.base else None
    if state.compared:
        state.reading_hash = details[state.compared.number][1]
    by_number = {reading.number: reading for reading in readings}
    chain: list[str] = []
    reading = state.compared
    while reading is not None:
        chain.insert(0, details[reading.number][0])
        reading = by_number[reading.base] if reading.base is not None else None
    _replay(state, list_id, chain)
    _read_seals(state, list_id)
    return state


def _replay(state: ListState, list_id: str, chain: list[str]) -> None:
    """Walk all reports of a list once, in the order they came, and replay those of a chain of readings, oldest first."""
    changes: dict[str, list[tuple[str, str | None, str | None]]] = {reading: [] for reading in chain}
    sql = (
        "SELECT c.reading, c.row_key, c.report, p.content FROM list_change c JOIN reading r ON r.id = c.reading "
        "LEFT JOIN report p ON p.id = c.report WHERE r.list = %s"
    )
    for chunk in bulk.stream_rows(sql, [list_id]):
        for reading, key, report, content in chunk:
            if reading in changes:
                changes[reading].append((key, report, content))
    waiting = list(reversed(chain))
    sql = (
        "SELECT p.reading, p.row_key, p.id, p.content FROM report p JOIN reading r ON r.id = p.reading "
        'WHERE r.list = %s ORDER BY p."row"'
    )
    for chunk in bulk.stream_rows(sql, [list_id]):
        for reading, key, report, content in chunk:
            state.reports.add(report)
            if reading not in changes:
                continue
            while (
                waiting[-1] != reading
            ):  # A reading's base came before it, so the chain's reports come in its order.
                _apply(state, changes[waiting.pop()])
            state.rows[key] = Standing(report, content)
    while waiting:
        _apply(state, changes[waiting.pop()])


def _apply(state: ListState, changes: list[tuple[str, str | None, str | None]]) -> None:
    for key, report, content in changes:
        if report is None:
            state.rows.pop(key, None)
        else:
            state.rows[key] = Standing(report, content)


def _read_seals(state: ListState, list_id: str) -> None:
    sql = (
        "SELECT p.row_key, s.field FROM seal s JOIN report p ON p.id = s.target JOIN reading r ON r.id = p.reading "
        "WHERE s.target_table = 'report' AND r.list = %s AND p.row_key IS NOT NULL"
    )
    for key, value in bulk.fetch_rows(sql, [list_id]):
        if value is None:
            state.sealed_rows.add(key)
        else:
            state.sealed_fields.setdefault(key, set()).add(value)
