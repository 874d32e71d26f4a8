"""DuckDB over the derived columns: one connection, no extensions, no network, words only ever as parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cenotaph.count.membership import Chain
from cenotaph.count.selection import DOCUMENTS, NOT_DATED, STATED, RollUps, Selection
from cenotaph.domain.axes import UNKNOWN

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the derived columns lie, and what counting may use.

    Parameters
    ----------
    reports, changes
        The Parquet files.
    memory_mib, threads
        Limits on counting.
    """

    reports: Path
    changes: Path
    memory_mib: int = 1024
    threads: int = 2

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Open a connection that loads nothing and reaches nothing but these files."""
        import duckdb

        return duckdb.connect(
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "memory_limit": f"{self.memory_mib}MiB",
                "threads": self.threads,
            }
        )


# How a report is placed on each axis, as SQL over the derived columns. No word of any user's is in these texts.
def category_sql(axis: str) -> str:
    """Return the SQL of a report's key on an axis, before any roll-up."""
    match axis:
        case "age_band":
            low, high = "age_low // 10", "age_high // 10"
            return f"CASE WHEN {low} = {high} THEN ({low} * 10) || '-' || ({low} * 10 + 9) ELSE '{UNKNOWN}' END"
        case "death_year":
            return _period_sql("%Y", "1 YEAR")
        case "death_month":
            return _period_sql("%Y-%m", "1 MONTH")
        case "evidence":
            return "evidence"
        case "host":
            return f"COALESCE(hosts, '{UNKNOWN}')"
        case _:
            return (
                f'CASE WHEN "{axis}" IS NOT NULL THEN "{axis}" '
                f"WHEN \"{axis}_stated\" IS NOT NULL THEN '{STATED}' || \"{axis}_stated\" ELSE '{UNKNOWN}' END"
            )


def _period_sql(form: str, length: str) -> str:
    """The period that holds the whole interval of death; a wider interval is not dated at this precision."""
    unit = length.split()[1].lower()
    return (
        f"CASE WHEN death_from IS NOT NULL AND death_before <= date_trunc('{unit}', death_from) + INTERVAL {length} "
        f"THEN strftime(death_from, '{form}') ELSE '{NOT_DATED}' END"
    )


DIED_SQL = (
    "CASE WHEN CAST(? AS DATE) IS NULL THEN 'in' WHEN death_from IS NULL AND death_before IS NULL THEN 'undated' "
    "WHEN death_before <= CAST(? AS DATE) THEN 'in' WHEN death_from >= CAST(? AS DATE) THEN 'after' ELSE 'straddles' END"
)


def died_parameters(died_by: date | None) -> list[date | None]:
    """Return the parameters of :data:`DIED_SQL`: the first day that is too late, three times."""
    return [died_by + timedelta(days=1) if died_by else None] * 3


def standing_sql(columns: Columns, selection: Selection, chain: Chain) -> tuple[str, list[Any]]:
    """Return SQL, with its parameters, for the rows of the reports that stood."""
    reports = "read_parquet(?)"
    path = str(columns.reports)
    if selection.list_id == DOCUMENTS:
        conditions = ["list IS NULL"]
        parameters: list[Any] = [path]
        if selection.as_of:
            conditions.append("published_before <= CAST(? AS DATE)")
            parameters.append(selection.as_of + timedelta(days=1))
        if selection.known_at:
            conditions.append("known_at <= CAST(? AS TIMESTAMPTZ)")
            parameters.append(selection.known_at)
        return f"SELECT * FROM {reports} WHERE {' AND '.join(conditions)}", parameters
    numbers = [reading.number for reading in chain.readings]
    if len(numbers) <= 1:
        return f"SELECT * FROM {reports} WHERE reading = ?", [path, numbers[0] if numbers else -1]
    # The last word on a row wins; a withdrawal is -1, since arg_max passes over nulls.
    sql = f"""
        WITH chain AS (SELECT unnest(CAST(? AS INTEGER[])) AS reading, unnest(range(?)) AS place),
        events AS (
            SELECT row_key, report, place * 2 AS place FROM {reports} JOIN chain USING (reading)
            UNION ALL
            SELECT row_key, COALESCE(report, -1), place * 2 + 1 FROM read_parquet(?) JOIN chain USING (reading)
        ),
        standing AS (SELECT arg_max(report, place) AS report FROM events GROUP BY row_key)
        SELECT * FROM {reports} SEMI JOIN standing USING (report)
    """
    return sql, [numbers, len(numbers), path, str(columns.changes), path]


def where_sql(where: Sequence[tuple[str, str]], rollups: RollUps) -> tuple[str, list[Any]]:
    """Return the SQL of conditions on axes, with their parameters; roll-ups widen a key to its members."""
    conditions: list[str] = []
    parameters: list[Any] = []
    for axis, key in where:
        keys = list(rollups.members(key))
        conditions.append(f"list_contains(CAST(? AS VARCHAR[]), {category_sql(axis)})")
        parameters.append(keys)
    return (" AND ".join(conditions) or "TRUE"), parameters
