"""How common each value is, as Splink's term frequency tables: what a rare name is worth, and a common one is not.

The worth of an agreement is one over the share of *strangers'* reports that have the same value. A report's own person's other
reports are no strangers, relatives are: how many of those that share a value are strangers is measured, for values as common as
this one, by another field that tells them apart (the given name for a family name, births for a whole name).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cenotaph.link.levels import BIRTH, FAMILY, FATHER, FIELDS, GIVEN, TOGETHER, Field, columns_of, contradicts
from cenotaph.link.model import TOGETHER_UNIT, Model
from cenotaph.link.namesakes import measure_countries

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from splink import DuckDBAPI, Linker

_LARGEST_CLASS = 8
"""Values of 2 ** 8 bearers and more are shared by strangers nearly always."""
_DRAWN = 20_000
_UNSEEN = 0.15
"""Strangers expected beyond those that were seen."""
_LEAST_SHARE = 0.002
_TELLERS: dict[str, Field] = {"family": GIVEN, "given": FAMILY, "father": FAMILY, "place": BIRTH, "region": BIRTH, "unit": BIRTH}
_TOGETHER_TELLERS = {
    "given, father and family": (BIRTH,),
    "given and family": (FATHER, BIRTH),
    "father and family": (GIVEN,),
    "given and father": (FAMILY,),
}


class Strangers(NamedTuple):
    """For values that ``2 ** number`` reports have or more, how many other reports with one of them are strangers' on average."""

    numbers: tuple[float, ...]


def level_frequencies(connection: duckdb.DuckDBPyConnection, table: str, model: Model) -> dict[str, pa.Table]:
    """Return for each column of a level the share of strangers' reports that have a value, and so that reach the level by it.

    Not every pair with the same key reaches the level of the key (who has the same spelling is on the level before it), so its
    share is scaled by how many do.
    """
    out: dict[str, pa.Table] = {}
    for field in FIELDS:
        for at, level in enumerate(field.levels):
            if level.frequency is None or level.frequency in out:
                continue
            tellers = (_TELLERS[part],) if (part := level.frequency.split("_")[0]) in _TELLERS else ()
            known = measure_strangers(connection, table, level.frequency, tellers, model)
            exact, key = model.u[field.name][:2]
            share = key / (exact + key) if level.frequency.endswith("_key") and at == 1 else 1.0
            out[level.frequency] = _frequencies(connection, table, level.frequency, share, known)
    for label, column, parts in TOGETHER:
        known = measure_strangers(connection, table, column, _TOGETHER_TELLERS[label], model)
        out[column] = _lifts(connection, table, column, parts, known)
    return out | measure_countries(connection, table)


def measure_strangers(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, tellers: tuple[Field, ...], model: Model
) -> Strangers:
    """Return how many strangers share a value of a column, by how many reports have it.

    Of the pairs that share a value a part is of two people. A teller is a field that contradicts in a share ``m`` of the pairs of
    one person and ``u`` of two; where it contradicts in a share ``a``, the part is ``(a - m) / (u - m)``.
    """
    rows = connection.execute(_pairs_sql(table, column, tellers)).fetchall() if tellers else []
    sizes = connection.execute(
        f"WITH counted AS (SELECT count(*) AS c FROM {table} WHERE {column} IS NOT NULL GROUP BY {column} HAVING count(*) > 1)"
        f" SELECT least(floor(log2(c)), {_LARGEST_CLASS})::INT AS class, sum(c * (c - 1))::DOUBLE / sum(c) FROM counted"
        " GROUP BY 1"
    ).fetchall()
    partners = {int(number): float(others) for number, others in sizes}
    numbers = [_UNSEEN]
    for number in range(1, _LARGEST_CLASS + 1):
        others = partners.get(number, 2.0**number)
        found = [row for row in rows if int(row[0]) == number]
        share = _stranger_share(found[0][1:], tellers, model) if found and number < _LARGEST_CLASS else None
        if share is None:
            share = max(0.3, 1.0 - 3.0 / (others + 1.0)) if number < _LARGEST_CLASS else 1.0
        numbers.append(max(numbers[-1], share * others + _UNSEEN))
    return Strangers(tuple(numbers))


def _stranger_share(counts: tuple[float, ...], tellers: tuple[Field, ...], model: Model) -> float | None:
    """Return the part of pairs that are of two people, None where nothing tells."""
    weighed, total = 0.0, 0.0
    for at, teller in enumerate(tellers):
        contradicting, told = float(counts[2 * at] or 0), float(counts[2 * at + 1] or 0)
        m, u = min(model.m[teller.name][-1], 0.05), model.u[teller.name][-1]
        weighed += told * min(1.0, max(_LEAST_SHARE, (contradicting / max(told, 1.0) - m) / max(u - m, 0.1)))
        total += told
    # Ten pairs' worth of doubt, so that a few pairs that agree prove nothing.
    return (weighed + 10 * 0.1) / (total + 10) if total else None


def _pairs_sql(table: str, column: str, tellers: tuple[Field, ...]) -> str:
    """Return SQL that gives for every class of values how many pairs contradict, and how many tell, by each teller."""
    columns = dict.fromkeys(
        name for teller in tellers for sql in (teller.null, *(level.sql for level in teller.levels)) for name in columns_of(sql)
    )
    both = ", ".join(f"{side}.{name} AS {name}_{side}" for name in columns for side in "lr")
    counts = ", ".join(f"sum({contradicts(teller)}), count({contradicts(teller)})" for teller in tellers)
    return (
        f"WITH counted AS (SELECT {column} AS v, count(*) AS c FROM {table} WHERE {column} IS NOT NULL GROUP BY 1"
        f" HAVING count(*) BETWEEN 2 AND {2**_LARGEST_CLASS - 1}),"
        " classed AS (SELECT v, floor(log2(c))::INT AS class,"
        " sum(c * (c - 1) / 2) OVER (PARTITION BY floor(log2(c)) ORDER BY hash(v), v) AS upto"
        f" FROM counted), drawn AS (SELECT v, class FROM classed WHERE upto <= {_DRAWN}),"
        f" side AS (SELECT row, v, class, {', '.join(columns)} FROM {table} JOIN drawn ON {table}.{column} = drawn.v)"
        f" SELECT class, {counts} FROM (SELECT l.class, {both} FROM side l JOIN side r ON l.v = r.v AND l.row < r.row) GROUP BY 1"
    )


def _classes(known: Strangers, count: str) -> str:
    """Return SQL of the strangers of a value that so many reports have."""
    cases = " ".join(f"WHEN {count} < {2 ** (number + 1)} THEN {value!r}" for number, value in enumerate(known.numbers[:-1]))
    return f"CASE {cases} ELSE {count} END"


def _frequencies(connection: duckdb.DuckDBPyConnection, table: str, column: str, share: float, known: Strangers) -> pa.Table:
    return connection.sql(
        f"WITH counted AS (SELECT {column}, count(*)::DOUBLE AS c FROM {table} WHERE {column} IS NOT NULL GROUP BY 1),"
        " total AS (SELECT sum(c) AS n FROM counted) "
        f"SELECT {column}, least(1.0, {_classes(known, 'c')} / n * {share!r}) AS tf_{column} FROM counted, total ORDER BY 1"
    ).to_arrow_table()


def _lifts(connection: duckdb.DuckDBPyConnection, table: str, column: str, parts: tuple[str, ...], known: Strangers) -> pa.Table:
    """Return for every joint value how much more often strangers share it than its parts apart, in units of the level's ``m``."""
    keys = ", ".join(f"{part}_key" for part in parts)
    counted = ", ".join(
        f"c_{part} AS (SELECT {part}_key, count(*)::DOUBLE AS c FROM {table} WHERE {part}_key IS NOT NULL GROUP BY 1)"
        for part in parts
    )
    totals = ", ".join(f"(SELECT sum(c) FROM c_{part}) AS n_{part}" for part in parts)
    chance = " * ".join(f"(c_{part}.c / n_{part})" for part in parts)
    joins = " ".join(f"JOIN c_{part} USING ({part}_key)" for part in parts)
    return connection.sql(
        f"WITH joint AS (SELECT {column}, {keys}, count(*)::DOUBLE AS c FROM {table} WHERE {column} IS NOT NULL"
        " GROUP BY ALL HAVING count(*) > 1),"
        f" {counted}, total AS (SELECT (SELECT count(*)::DOUBLE FROM {table} WHERE {column} IS NOT NULL) AS n, {totals})"
        f" SELECT {column}, {TOGETHER_UNIT!r} * least(1e5, greatest(1.0, max({_classes(known, 'joint.c')} / n / ({chance}))))"
        f" AS tf_{column}"
        f" FROM joint {joins}, total GROUP BY 1 ORDER BY 1"
    ).to_arrow_table()


def register_frequencies(api: DuckDBAPI, linker: Linker, tables: dict[str, pa.Table]) -> None:
    """Give Splink the frequencies."""
    for column, frequencies in tables.items():
        linker.table_management.register_term_frequency_lookup(api.register(frequencies), column)
