"""What a list held after one of its readings, as the store has it: row keys with their standing reports."""

from __future__ import annotations

from dataclasses import dataclass, field

from cenotaph.casebook import bulk
from cenotaph.casebook.derived import read_readings
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.lists import ListReading


@dataclass(frozen=True, slots=True)
class Standing:
    """One row's standing report: its id, and the hash of the raw cells it was read from (None where sealed)."""

    report: str
    content: str | None


@dataclass
class ListState:
    """A list as it stood after its last reading of or before some day.

    Parameters
    ----------
    base
        The reading that the state is of, or None where there is none.
    rows
        Standing report of each row key.
    reports
        Ids of all reports ever read from the list.
    sealed_rows, sealed_fields
        Row keys that are under seal whole, and of those that are in part the sealed values
        (:mod:`cenotaph.casebook.values`).
    """

    base: ListReading | None = None
    base_id: str | None = None
    rows: dict[str, Standing] = field(default_factory=dict)
    reports: set[str] = field(default_factory=set)
    sealed_rows: set[str] = field(default_factory=set)
    sealed_fields: dict[str, set[str]] = field(default_factory=dict)
    last_number: int = 0


def read_state(list_id: str, release: str, released_on: PartialDate) -> ListState:
    """Return what a new reading of a release is relative to: the list as the latest earlier release left it."""
    readings = [reading for reading in read_readings() if reading.list_id == list_id]
    state = ListState(last_number=readings[-1].number if readings else 0)
    if not readings:
        return state
    latest = {reading.release: reading for reading in readings}
    earlier = [r for r in latest.values() if r.release != release and _order(r.released_on) <= _order(released_on)]
    if earlier:
        state.base = max(earlier, key=lambda r: (*_order(r.released_on), r.number))
    _replay(state, {reading.number: reading for reading in readings})
    _read_seals(state, list_id)
    sql = "SELECT p.id FROM report p JOIN reading r ON r.id = p.reading WHERE r.list = %s"
    state.reports = {row[0] for chunk in bulk.stream_rows(sql, [list_id]) for row in chunk}
    return state


def _order(day: PartialDate) -> tuple[str, str]:
    return (day.start.isoformat() if day.start else "", day.end.isoformat() if day.end else "9999-12-31")


def _replay(state: ListState, readings: dict[int, ListReading]) -> None:
    chain: list[ListReading] = []
    reading = state.base
    while reading is not None:
        chain.append(reading)
        reading = readings[reading.base] if reading.base is not None else None
    for reading in reversed(chain):
        found = bulk.fetch_one('SELECT id FROM reading WHERE "row" = %s', [reading.number])
        assert found is not None
        state.base_id = found[0]
        sql = "SELECT row_key, id, content FROM report WHERE reading = %s"
        for chunk in bulk.stream_rows(sql, [state.base_id]):
            state.rows.update((key, Standing(report, content)) for key, report, content in chunk)
        sql = "SELECT c.row_key, c.report, p.content FROM list_change c LEFT JOIN report p ON p.id = c.report WHERE c.reading = %s"
        for chunk in bulk.stream_rows(sql, [state.base_id]):
            for key, report, content in chunk:
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
