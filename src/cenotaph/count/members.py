"""The reports behind a number: the selection that counted them, run again for their ids."""

from __future__ import annotations

from collections.abc import Iterable

from cenotaph.count.membership import chain_readings
from cenotaph.count.query import COUNTED_SQL, DIED_SQL, Columns, fetch_selected
from cenotaph.count.selection import RollUps, Selection
from cenotaph.count.table import Member
from cenotaph.domain.axes import is_place
from cenotaph.domain.lists import ListReading

_MEMBERS_SQL = (
    f"SELECT report, lower(hex(id)){{keys}} FROM live WHERE {COUNTED_SQL} AND {DIED_SQL} = 'in' AND ({{where}}) "  # noqa: S608
    "ORDER BY report"
)


def list_members(
    columns: Columns, readings: Iterable[ListReading], selection: Selection, rollups: RollUps | None = None
) -> list[Member]:
    """Return the reports that a cell counts, in the order of the record.

    The conditions are those of :func:`cenotaph.count.tabulation.count_table`, so that there are as many of them as the cell says.
    """
    return [member for members in group_members(columns, readings, selection, rollups).values() for member in members]


def group_members(
    columns: Columns, readings: Iterable[ListReading], selection: Selection, rollups: RollUps | None = None
) -> dict[tuple[str, ...], list[Member]]:
    """Return the reports behind every inner cell of a table, by its keys, each in the order of the record."""
    rollups = rollups or RollUps()
    chain = chain_readings(readings, selection.list_id, selection.as_of, selection.known_at)
    found = fetch_selected(columns, selection, chain, rollups, _MEMBERS_SQL)
    places = [is_place(axis) for axis in selection.by]
    members: dict[tuple[str, ...], list[Member]] = {}
    for report, identifier, *raw in found:
        key = tuple(rollups.apply(k) if place else k for k, place in zip(raw, places, strict=True))
        members.setdefault(key, []).append(Member(report, identifier))
    return members
