"""How often reports of one person stand in one list, in one source that is no list, and in two: counted, not iterated.

Who is free of duplicates cannot be learnt by expectation and maximisation: brothers who stand in one list share all but the given
name, so that iteration takes some of them for one person who stands there twice. Pairs of one whole name tell it. Where births
agree as well they are one person but for chance, and how many chance gives follows from those whose births contradict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.link.levels import BIRTH, SOURCE

if TYPE_CHECKING:
    import duckdb

    from cenotaph.link.model import Model

FEWEST = 50
"""Pairs of one person below which nothing is said."""
LEAST_LIFT = 1 / 64
"""A list that calls itself free of duplicates is evidence, and no law: two rows of it are one person so many times less often."""
UNREPEATED = 0.1
"""Two rows of one list, or of one source, are one person so many times less often than any two reports, from which on lists
count as having nobody twice: what such rows share, kin share, and nothing is learnt of one person's reports from them."""
_LARGEST = 12
_KEYS = "given_key, father_key, family_key"
_AGREEING = ("the same day", "may be the same month", "may be the same year")


def measure_sources(connection: duckdb.DuckDBPyConnection, table: str, model: Model) -> tuple[float, ...] | None:
    """Return the shares of :data:`cenotaph.link.levels.SOURCE`'s levels among pairs of one person; None where too few tell.

    Parameters
    ----------
    connection, table
        The database, and the table of prepared reports in it.
    model
        Its ``u``: how often births of strangers agree and contradict, and how often two strangers stand in one list.
    """
    labels = [level.label for level in BIRTH.levels]
    u_birth, u_source, start = model.u[BIRTH.name], model.u[SOURCE.name], model.m[SOURCE.name]
    by_chance = sum(u_birth[labels.index(label)] for label in _AGREEING) / u_birth[-1]
    counts = {(int(at), str(births)): int(number) for at, births, number in connection.execute(_count_sql(table)).fetchall()}
    numbers = range(len(SOURCE.levels))
    found = [max(0.0, counts.get((at, "agree"), 0) - by_chance * counts.get((at, "contradict"), 0)) for at in numbers]
    total = sum(found)
    if total < FEWEST:
        return None
    # Rows that tell so much are of lists more often than others: what counts is how often any two of *them* stand in one.
    chances = _count_chances(connection, table)
    shares = []
    for at in numbers:
        usual = start[at] / u_source[at]
        lift = (found[at] + 10 * usual * chances[at]) / (total + 10) / max(chances[at], 1e-9)
        shares.append(max(lift, LEAST_LIFT) * u_source[at])
    return tuple(share / sum(shares) for share in shares)


def list_unrepeated(shares: tuple[float, ...] | None, model: Model) -> tuple[str, ...]:
    """Return the SQL of the levels of one list and of one source, of those that have hardly anybody twice."""
    levels = zip(SOURCE.levels[:-1], shares or (), model.u[SOURCE.name], strict=False)
    return tuple(level.sql for level, share, usual in levels if share < UNREPEATED * usual)


_TOLD = (
    "given_key IS NOT NULL AND father_key IS NOT NULL AND family_key IS NOT NULL AND source IS NOT NULL"
    " AND birth_low IS NOT NULL AND birth_high IS NOT NULL"
)


def _count_chances(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[float, ...]:
    """Return how often any two rows that tell name and birth are rows of one list, of one source, and of two."""
    row = connection.execute(
        "WITH sized AS (SELECT count(*)::DOUBLE AS n, (count(*) FILTER (listed))::DOUBLE AS rows_of_list"
        f" FROM {table} WHERE {_TOLD} GROUP BY source)"
        " SELECT sum(rows_of_list * (rows_of_list - 1)), sum(n * (n - 1)), sum(n) * (sum(n) - 1) FROM sized"
    ).fetchall()[0]
    lists, sources, pairs = (float(number or 0) for number in row)
    pairs = max(pairs, 1.0)
    return lists / pairs, (sources - lists) / pairs, 1.0 - sources / pairs


def _count_sql(table: str) -> str:
    """Return SQL that counts, for every level of the source, pairs of one whole name whose births agree or contradict."""
    levels = " ".join(f"WHEN {level.sql} THEN {at}" for at, level in enumerate(SOURCE.levels[:-1]))
    width, gap = (BIRTH.levels[-2].sql, BIRTH.levels[3].sql)
    both = ", ".join(
        f"{side}.{column} AS {column}_{side}"
        for column in ("source", "listed", "birth_low", "birth_high", "birth_day")
        for side in "lr"
    )
    return (
        f"WITH told AS (SELECT * FROM {table} WHERE {_TOLD}),"
        f" sized AS (SELECT {_KEYS} FROM told GROUP BY {_KEYS} HAVING count(*) BETWEEN 2 AND {_LARGEST}),"
        f" side AS (SELECT told.* FROM told JOIN sized USING ({_KEYS})),"
        f" pair AS (SELECT {both} FROM side l JOIN side r USING ({_KEYS}) WHERE l.row < r.row)"
        f" SELECT CASE {levels} ELSE {len(SOURCE.levels) - 1} END, CASE WHEN {gap} THEN 'agree' WHEN {width} THEN 'near'"
        f" ELSE 'contradict' END, count(*) FROM pair GROUP BY ALL"
    )
