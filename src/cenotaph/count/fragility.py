"""How fragile a list is: rows without a source, a date or an age, and sources that lie on one host."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cenotaph.count.membership import chain_readings
from cenotaph.count.query import LIVE_SQL, Columns, standing_sql
from cenotaph.count.selection import Selection
from cenotaph.domain.lists import ListReading


@dataclass(frozen=True, slots=True)
class Fragility:
    """Counts of a list's standing rows.

    Parameters
    ----------
    rows
        All of them, without the sealed.
    without_source
        Rows that cite nothing.
    without_death_date, without_birth_or_age
        Rows that lack them altogether.
    hosts
        Hosts of cited addresses with their rows, most first.
    examined
        Rows that somebody has examined.
    """

    rows: int
    without_source: int
    without_death_date: int
    without_birth_or_age: int
    hosts: tuple[tuple[str, int], ...]
    examined: int

    @property
    def cited(self) -> int:
        """Rows that cite something."""
        return self.rows - self.without_source


def measure_fragility(columns: Columns, readings: Iterable[ListReading], list_id: str) -> Fragility:
    """Measure how much of a list, as it stands now, rests on little."""
    selection = Selection(list_id)
    standing, parameters = standing_sql(columns, selection, chain_readings(readings, list_id))
    live = f"WITH live AS (SELECT * FROM ({standing}) WHERE {LIVE_SQL})"  # noqa: S608
    connection = columns.connect()
    try:
        row = connection.execute(
            f"{live} SELECT COUNT(*), COUNT(*) FILTER (own_evidence = 'without_source'), "  # noqa: S608
            "COUNT(*) FILTER (death_from IS NULL AND death_before IS NULL), "
            "COUNT(*) FILTER (birth_from IS NULL AND birth_before IS NULL AND age_low IS NULL), "
            "COUNT(*) FILTER (evidence = 'examined') FROM live",
            parameters,
        ).fetchone()
        hosts = connection.execute(
            f"{live} SELECT host, COUNT(*) FROM "  # noqa: S608
            "(SELECT unnest(string_split(hosts, ' ')) AS host FROM live WHERE hosts IS NOT NULL) "
            "GROUP BY host ORDER BY 2 DESC, 1",
            parameters,
        ).fetchall()
    finally:
        connection.close()
    assert row is not None
    return Fragility(row[0], row[1], row[2], row[3], tuple(hosts), row[4])
