"""Rules and levels are SQL that Spark reads too: only functions that both engines have, and the same levels after a round trip.

There is no Spark here: that the engines agree was not run, only that the SQL is theirs both and means the same.
"""

from __future__ import annotations

import pyarrow as pa
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


@pytest.mark.parametrize("comparison", [c for c in COMPARISONS if c.null], ids=lambda comparison: comparison.name)
def test_levels_written_for_spark_are_the_same_levels(comparison: Comparison) -> None:
    prepared = prepare(made_table(60, 4))
    whens = " ".join(f"WHEN {sql} THEN {at}" for at, sql in enumerate(conditions(comparison)))
    ours = f"CASE {whens} ELSE 99 END"
    (spark,) = sqlglot.transpile(ours, read="duckdb", write="spark")
    (back,) = sqlglot.transpile(spark, read="spark", write="duckdb")
    names = {name for sql in conditions(comparison) for name in columns_of(sql)}
    both = ", ".join(f"{side}.{name} AS {name}_{side}" for name in sorted(names) for side in "lr")
    with open_engine() as connection:
        connection.register("prepared", prepared)
        connection.execute(f"CREATE TABLE pair AS SELECT {both} FROM prepared l, prepared r WHERE l.row < r.row")
        rows = connection.execute(f"SELECT {ours}, {back}, count(*) FROM pair GROUP BY ALL").fetchall()
    assert all(one == other for one, other, _ in rows)
    assert len(rows) > 1


def test_what_is_compared_is_in_the_prepared_table() -> None:
    together = {"whole_name", "given_family", "father_family", "given_father"}
    names = {name for comparison in COMPARISONS for sql in conditions(comparison) for name in columns_of(sql)}
    assert names <= set(prepare(made_table(2, 1)).column_names) | together
    assert isinstance(prepare(made_table(2, 1)), pa.Table)
