"""Rules and levels are SQL that Spark reads too: only functions that both engines have, and the same levels after a round trip.

There is no Spark here: that the engines agree was not run, only that the SQL is theirs both and means the same.
"""

from __future__ import annotations

import random

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import sqlglot
from sqlglot import exp
from tests.unit.test_link_scoring import made_table

from cenotaph.link.blocking import rules_sql
from cenotaph.link.comparisons import Comparison, list_comparisons
from cenotaph.link.engine import open_engine
from cenotaph.link.levels import columns_of
from cenotaph.link.model import start_model
from cenotaph.link.preparing import prepare

COMPARISONS = list_comparisons(start_model())
PERMITTED = (
    exp.Levenshtein, exp.Length, exp.Substring, exp.Upper, exp.Least, exp.Greatest, exp.StrPosition, exp.Replace, exp.Coalesce,
    exp.Nullif, exp.Concat, exp.Abs, exp.Floor, exp.Case, exp.If, exp.And, exp.Or, exp.Not,
)  # fmt: skip


def conditions(comparison: Comparison) -> list[str]:
    return [sql for sql in (comparison.null, *(level.sql for level in comparison.levels)) if sql and sql != "ELSE"]


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda comparison: comparison.name)
def test_levels_use_only_functions_that_both_engines_have(comparison: Comparison) -> None:
    for sql in conditions(comparison):
        used = {type(node) for node in sqlglot.parse_one(sql, read="duckdb").find_all(exp.Func)}
        assert used <= set(PERMITTED), sql


def test_rules_are_equalities_of_columns() -> None:
    for rule in rules_sql():
        tree = sqlglot.parse_one(rule, read="spark")
        assert isinstance(tree, exp.EQ)
        assert all(isinstance(side, exp.Column) for side in (tree.this, tree.expression))


def drawn_pairs(count: int, seed: int) -> pa.Table:
    """Return pairs of reports column by column: the same value, one a letter or a few days apart, another, or none."""
    draw = random.Random(seed)
    prepared = prepare(made_table(60, 4))
    columns: dict[str, pa.Array] = {}
    # Some pairs agree in most columns and some in few: levels that ask for several columns at once are met too.
    alike = [draw.choice((0.2, 0.6, 0.9, 0.97)) for _ in range(count)]
    for name in sorted({name for comparison in COMPARISONS for sql in conditions(comparison) for name in columns_of(sql)}):
        kind = prepared.schema.field(name).type
        pool = sorted({value for value in prepared[name].to_pylist() if value is not None}) or EMPTY[str(kind)]
        left = [draw.choice(pool) if draw.random() < 0.85 else None for _ in range(count)]
        largest = 120 if kind == pa.int8() else 10**6
        right = [
            value if draw.random() < same else near(value, pool, largest, draw) for value, same in zip(left, alike, strict=True)
        ]
        columns[f"{name}_l"], columns[f"{name}_r"] = pa.array(left, kind), pa.array(right, kind)
    # Every tenth has the given name where the other has the family name.
    crossed = pa.array([row % 10 == 0 for row in range(count)])
    sides = [(f"{a}_{what}", f"{b}_{what}") for what in ("key", "end") for a, b in (("given", "family"), ("family", "given"))]
    for one, other in sides:
        columns[f"{one}_r"] = pc.if_else(crossed, columns[f"{other}_l"], columns[f"{one}_r"])
    return pa.table(columns)


EMPTY: dict[str, list[object]] = {"string": ["ivn", "ptr", "krm"], "bool": [False, True]}


def near(value: object, pool: list[object], largest: int, draw: random.Random) -> object:
    kind = draw.random()
    if kind < 0.1 or value is None:
        return None if kind < 0.5 else draw.choice(pool)
    if kind < 0.5 or isinstance(value, bool):
        return draw.choice(pool)
    if isinstance(value, str):
        at = draw.randrange(len(value))
        return draw.choice((value[:at] + value[at + 1 :], value[:at] + "x" + value[at + 1 :], value[:1], value + "ka")) or None
    if isinstance(value, float):
        return value + draw.choice((-0.1, 0.1, 1.0))
    assert isinstance(value, int)
    return min(max(value + draw.choice((-1, 1, 3, 20, -40, 200, 366, 800, 4000)), 0), largest)


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda comparison: comparison.name)
def test_levels_written_for_spark_are_the_same_levels(comparison: Comparison) -> None:
    whens = " ".join(f"WHEN {sql} THEN {at}" for at, sql in enumerate(conditions(comparison)))
    ours = f"CASE {whens} ELSE 99 END"
    (spark,) = sqlglot.transpile(ours, read="duckdb", write="spark")
    (back,) = sqlglot.transpile(spark, read="spark", write="duckdb")
    with open_engine() as connection:
        connection.register("pair", drawn_pairs(16_000, 7))
        rows = connection.execute(f"SELECT {ours}, {back}, count(*) FROM pair GROUP BY ALL").fetchall()
    assert all(one == other for one, other, _ in rows)
    assert {one for one, _, _ in rows} >= set(range(len(conditions(comparison)))), "levels that no pair reached"
