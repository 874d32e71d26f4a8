"""DuckDB over the derived columns: one connection, no extensions, no network, words only ever as parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cenotaph.count.membership import Chain
from cenotaph.count.selection import DOCUMENTS, NOT_DATED, STATED, RollUps, Selection
from cenotaph.domain.axes import UNKNOWN
from cenotaph.tables.reports import SEALED

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the derived columns lie, and what counting may use.

    Parameters
    ----------
    reports, changes, examined, hosts
        The Parquet files of each kind; ``hosts`` may be empty where no host is asked for.
    memory_mib, threads
        Limits on counting.
    """

    reports: tuple[Path, ...]
    changes: tuple[Path, ...]
    examined: tuple[Path, ...]
    hosts: tuple[Path, ...] = ()
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


_FILES = "read_parquet(CAST(? AS VARCHAR[]))"


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


def fetch_selected(
    columns: Columns, selection: Selection, chain: Chain, rollups: RollUps, statement: str, most: int | None = None
) -> list[tuple[Any, ...]]:
    """Run a statement over the reports that a selection names, and fetch its rows, or as many as ``most`` of them.

    The statement reads from ``live``, takes :data:`DIED_SQL` once, and after it ``{where}``, the selection's conditions;
    ``{keys}`` stands for the reports' keys on its axes, each with a comma before it.
    """
    standing, parameters = standing_sql(columns, selection, chain)
    where, conditions = where_sql(selection.where, rollups)
    keys = "".join(f", {category_sql(axis)} AS key{at}" for at, axis in enumerate(selection.by))
    sql = f"WITH live AS ({standing}) {statement.format(keys=keys, where=where)}"
    connection = columns.connect()
    try:
        found = connection.execute(sql, [*parameters, *died_parameters(selection.died_by), *conditions])
        return found.fetchall() if most is None else found.fetchmany(most)
    finally:
        connection.close()


def standing_sql(
    columns: Columns, selection: Selection, chain: Chain, judged_by: datetime | None = None
) -> tuple[str, list[Any]]:
    """Return SQL, with its parameters, for the rows of the reports that stood, with their evidence and hosts as then known.

    ``evidence`` follows the judgements, of those given by ``judged_by`` where that is asked for; ``own_evidence`` is what the
    row had by itself.
    """
    rows, parameters = _standing_rows(columns, selection, chain)
    judged_by = judged_by or selection.known_at
    known = "TRUE" if judged_by is None else "known_at <= CAST(? AS TIMESTAMPTZ)"
    judged = f"SELECT report, arg_max(yes, judgement) AS yes FROM {_FILES} WHERE {known} GROUP BY report"  # noqa: S608
    parameters += [_paths(columns.examined), *([] if judged_by is None else [judged_by])]
    hosts = "SELECT NULL::BIGINT AS report, NULL::VARCHAR AS hosts WHERE FALSE"
    if columns.hosts:
        hosts = f"SELECT report, string_agg(host, ' ' ORDER BY host) AS hosts FROM {_FILES} GROUP BY report"  # noqa: S608
        parameters.append(_paths(columns.hosts))
    sql = (
        "SELECT r.* REPLACE (CASE WHEN j.yes THEN 'examined' ELSE r.evidence END AS evidence), r.evidence AS own_evidence, "  # noqa: S608
        f"h.hosts FROM ({rows}) r "
        f"LEFT JOIN ({judged}) j USING (report) LEFT JOIN ({hosts}) h USING (report)"
    )
    return sql, parameters


def _paths(files: Sequence[Path]) -> list[str]:
    return [str(path) for path in files]


# The last word on a row wins; a withdrawal is -1, since arg_max passes over nulls.
_STANDING = f"""
    chain AS (SELECT unnest(CAST(? AS INTEGER[])) AS reading, unnest(range(?)) AS place),
    events AS (
        SELECT row_key, report, place * 2 AS place FROM {_FILES} JOIN chain USING (reading)
        UNION ALL
        SELECT row_key, COALESCE(report, -1), place * 2 + 1 FROM {_FILES} JOIN chain USING (reading)
    ),
    standing AS (SELECT arg_max(report, place) AS report FROM events GROUP BY row_key)
"""  # noqa: S608


def _standing_rows(columns: Columns, selection: Selection, chain: Chain) -> tuple[str, list[Any]]:
    paths = _paths(columns.reports)
    if selection.list_id == DOCUMENTS:
        conditions = ["reading IS NULL"]
        parameters: list[Any] = [paths]
        if selection.as_of:
            conditions.append("published_before <= CAST(? AS DATE)")
            parameters.append(selection.as_of + timedelta(days=1))
        if selection.known_at:
            conditions.append("known_at <= CAST(? AS TIMESTAMPTZ)")
            parameters.append(selection.known_at)
        return f"SELECT * FROM {_FILES} WHERE {' AND '.join(conditions)}", parameters  # noqa: S608
    numbers = [reading.number for reading in chain.readings]
    if not numbers or (len(numbers) == 1 and not _has_changes(columns, numbers[0])):
        return f"SELECT * FROM {_FILES} WHERE reading = ?", [paths, numbers[0] if numbers else -1]  # noqa: S608
    sql = f"WITH {_STANDING} SELECT * FROM {_FILES} SEMI JOIN standing USING (report)"  # noqa: S608
    return sql, [numbers, len(numbers), paths, _paths(columns.changes), paths]


def count_standing(columns: Columns, chain: Sequence[int]) -> int:
    """Return how many rows of a list stood after a chain of its readings, of whatever fate and under seal or not."""
    sql = f"""
        WITH {_STANDING}
        SELECT COUNT(*) FROM standing WHERE report >= 0
    """  # noqa: S608
    connection = columns.connect()
    try:
        found = connection.execute(
            sql, [list(chain), len(chain), _paths(columns.reports), _paths(columns.changes)]
        ).fetchone()
        return int(found[0]) if found else 0
    finally:
        connection.close()


def _has_changes(columns: Columns, reading: int) -> bool:
    connection = columns.connect()
    try:
        sql = f"SELECT 1 FROM {_FILES} WHERE reading = ? LIMIT 1"  # noqa: S608
        return connection.execute(sql, [_paths(columns.changes), reading]).fetchone() is not None
    finally:
        connection.close()


# What a count adds up; everything else that stands is set aside.
LIVE_SQL = f"seal <> {SEALED}"
COUNTED_SQL = f"{LIVE_SQL} AND fate = 'dead'"


def where_sql(where: Sequence[tuple[str, str]], rollups: RollUps) -> tuple[str, list[Any]]:
    """Return the SQL of conditions on axes, with their parameters; roll-ups widen a key to its members."""
    conditions: list[str] = []
    parameters: list[Any] = []
    for axis, key in where:
        keys = list(rollups.members(key))
        conditions.append(f"list_contains(CAST(? AS VARCHAR[]), {category_sql(axis)})")
        parameters.append(keys)
    return (" AND ".join(conditions) or "TRUE"), parameters


def read_documents(columns: Columns) -> dict[str, datetime]:
    """Return every document that people entered reports from, with when the casebook first held one of them."""
    connection = columns.connect()
    try:
        sql = f"SELECT document, epoch_us(min(known_at)) FROM {_FILES} WHERE document IS NOT NULL GROUP BY document"  # noqa: S608
        rows = connection.execute(sql, [_paths(columns.reports)]).fetchall()
    finally:
        connection.close()
    return {document: _EPOCH + timedelta(microseconds=at) for document, at in rows}


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
