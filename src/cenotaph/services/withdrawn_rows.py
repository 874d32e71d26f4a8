"""Rows of lists that stand no more: a release has withdrawn them, or the reading that had them has been replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cenotaph.casebook import bulk
from cenotaph.casebook.history import read_readings
from cenotaph.count.membership import chain_readings
from cenotaph.services.judged_rows import read_standing_rows

_FEW = 2_000
"""So many rows are looked up one by one; of more, those are looked for that were ever withdrawn."""


def find_withdrawn(units: Collection[str]) -> frozenset[str]:
    """Return those of some units (keys of lists' rows, or reports from documents) that are rows which stand no more."""
    readings = read_readings()
    lists = {reading.list_id for reading in readings}
    chains = {name: [reading.number for reading in chain_readings(readings, name).readings] for name in lists}
    wanted = frozenset(units)
    of_list: dict[str, set[str]] = {}
    for key, name in _list_rows(wanted, {number for chain in chains.values() for number in chain}):
        if key in wanted:
            of_list.setdefault(name, set()).add(key)
    found: set[str] = set()
    for name, keys in of_list.items():
        standing = read_standing_rows(keys, chains[name])
        found |= {key for key in keys if standing.get(key, (None, None))[0] is None}
    return frozenset(found)


def _list_rows(wanted: frozenset[str], chained: set[int]) -> Iterable[tuple[str, str]]:
    """Yield rows that may stand no more, with their list."""
    of_report = "SELECT DISTINCT p.row_key, g.list FROM report p JOIN reading g ON g.id = p.reading WHERE "
    if len(wanted) <= _FEW:
        keys = sorted(wanted)
        for at in range(0, len(keys), 500):
            some = keys[at : at + 500]
            yield from bulk.fetch_rows(f"{of_report} p.row_key IN ({', '.join(['%s'] * len(some))})", some)
        return
    yield from bulk.fetch_rows(
        "SELECT DISTINCT c.row_key, g.list FROM list_change c JOIN reading g ON g.id = c.reading WHERE c.report IS NULL"
    )
    for (number,) in bulk.fetch_rows('SELECT "row" FROM reading'):
        if number not in chained:
            yield from bulk.fetch_rows(of_report + 'p.row_key IS NOT NULL AND g."row" = %s', [number])
