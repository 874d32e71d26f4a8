"""How common each value is, as Splink's term frequency tables: what a rare name is worth, and a common one is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.link.levels import FIELDS
from cenotaph.link.model import Model

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from splink import DuckDBAPI, Linker

_UNSEEN = 0.3
"""Other bearers expected of a value that one person alone has been seen with."""


def level_frequencies(connection: duckdb.DuckDBPyConnection, table: str, model: Model, per_person: float) -> dict[str, pa.Table]:
    """Return for each column the share of pairs of two people that are on its level by each value.

    A value that ``c`` of ``n`` reports have belongs to ``c / r`` people of ``n / r``, with ``r`` reports a person; the chance to
    meet another one of them is ``(c / r - 1 + e) / (n / r)``. Its sum over values is scaled to the level's own ``u``, since not every pair
    with the same value reaches the level (another may be on a level before it).

    Parameters
    ----------
    per_person
        Reports for each person, on average.
    """
    out: dict[str, pa.Table] = {}
    for field in FIELDS:
        for at, level in enumerate(field.levels):
            if level.frequency is None or level.frequency in out:
                continue
            out[level.frequency] = _frequencies(connection, table, level.frequency, model.u[field.name][at], per_person)
    return out


def _frequencies(connection: duckdb.DuckDBPyConnection, table: str, column: str, u: float, per_person: float) -> pa.Table:
    return connection.sql(
        f"WITH counted AS (SELECT {column}, count(*)::DOUBLE AS c FROM {table} WHERE {column} IS NOT NULL GROUP BY 1),"
        f" total AS (SELECT sum(c) AS n, sum(c * c) / (sum(c) * sum(c)) AS same FROM counted) "
        f"SELECT {column}, least(1.0, (greatest(c / {per_person} - 1.0, 0.0) + {_UNSEEN}) * {per_person} / n * least(1.0, {u} / same)) AS tf_{column} "
        f"FROM counted, total ORDER BY 1"
    ).to_arrow_table()


def register_frequencies(api: DuckDBAPI, linker: Linker, tables: dict[str, pa.Table]) -> None:
    """Give Splink the frequencies."""
    for column, frequencies in tables.items():
        linker.table_management.register_term_frequency_lookup(api.register(frequencies), column)
