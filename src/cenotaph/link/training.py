"""Numbers of a model learnt from the reports themselves: Splink's sampling and expectation maximisation, capped, and the
dependence of names within families, counted."""

from __future__ import annotations

import contextlib
import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cenotaph.link.engine import fetch_numbers
from cenotaph.link.levels import FIELDS, KIN, SHARED, SOURCE
from cenotaph.link.mistakes import OFTEN, measure_mistakes
from cenotaph.link.model import Model, make_settings, start_model
from cenotaph.link.repeating import list_unrepeated, measure_sources

if TYPE_CHECKING:
    import duckdb
    from splink.internals.blocking_rule_creator import BlockingRuleCreator

FEWEST_REPORTS = 1_000
"""Below this many reports the numbers to start from are better than any learnt from so few."""
TRAINED_REPORTS = 250_000
"""Reports drawn for training where there are more: shares of levels need no more."""
SAMPLED_PAIRS = 1_000_000
EM_PAIRS = 100_000
FEWEST_PAIRS = 200
KIN_PAIRS = 300_000
_TRUST = 0.9  # of what is learnt; the rest stays with the start, so that no level is ever impossible
_DIGITS = 9
_SIDED = re.compile(r"\b([a-z_]+[a-z])_([lr])\b")
_PASSES = (
    ("given_key", "family_key"),
    ("family_key", "birth_day"),
    ("father_key", "birth_day"),
    ("given_key", "death_day", "place_key"),
    ("family_key", "death_day"),
)
"""Blocks for expectation maximisation; every field is free in at least one of them."""


def train(connection: duckdb.DuckDBPyConnection, table: str, seed: int) -> Model:
    """Return a model trained on prepared reports.

    Parameters
    ----------
    connection, table
        The database, and the table of prepared reports in it.
    seed
        Of the pairs that are drawn.
    """
    from splink import DuckDBAPI, Linker

    rows = int(fetch_numbers(connection, f"SELECT count(*) FROM {table}")[0])
    start = start_model(rows)
    if rows < FEWEST_REPORTS:
        return start
    logging.getLogger("splink").setLevel(logging.ERROR)
    sample = table
    if rows > TRAINED_REPORTS:
        sample = "trained"
        connection.execute(
            f"CREATE OR REPLACE TABLE {sample} AS SELECT * FROM {table} WHERE row IN "
            f"(SELECT row FROM {table} ORDER BY hash(row, {seed}), row LIMIT {TRAINED_REPORTS}) ORDER BY row"
        )
    linker = Linker(DuckDBAPI(connection).register(sample), make_settings(start, dependent=False), log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=seed, min_count_per_level=None, num_chunks=1)
    _, u = _read_numbers(linker.misc.save_model_to_json())
    start = replace(start, u={f.name: _blend(u.get(f.name), start.u[f.name], 0.999) for f in FIELDS})
    sources = measure_sources(connection, table, start)
    apart = list_unrepeated(sources, start)
    for columns in _PASSES:
        if _pairs_sharing(connection, sample, columns, apart) >= FEWEST_PAIRS:
            # A block in which a level has no pair of one person ends Splink's iterations; other blocks teach what it cannot.
            with contextlib.suppress(ValueError):
                linker.training.estimate_parameters_using_expectation_maximisation(
                    _block(columns, apart), estimate_without_term_frequencies=True, max_pairs=EM_PAIRS
                )
    m, _ = _read_numbers(linker.misc.save_model_to_json())
    often = {name: share for name, share in measure_mistakes(connection, table).items() if share > OFTEN}
    trained = replace(
        start,
        m={f.name: _cap(f.name, _blend(m.get(f.name), start.m[f.name]), often.get(f.name, 0.0)) for f in FIELDS},
        reports=rows,
        seed=seed,
        loose=tuple(sorted(often)),
    )
    if sources:
        trained = replace(trained, m={**trained.m, SOURCE.name: tuple(_round(share) for share in sources)})
    return replace(trained, kin=measure_kin(connection, table))


def _block(columns: tuple[str, ...], apart: tuple[str, ...]) -> BlockingRuleCreator:
    """Return the rule of a block, without the pairs that what keeps two reports apart is true of."""
    from splink.blocking_rule_library import CustomRule, block_on

    return CustomRule(_block_sql(columns, apart)) if apart else block_on(*columns)


def _block_sql(columns: tuple[str, ...], apart: tuple[str, ...]) -> str:
    same = [f"l.{column} = r.{column}" for column in columns]
    sided = [_SIDED.sub(r"\2.\1", sql) for sql in apart]
    return " AND ".join([*same, *(f"NOT coalesce({sql}, false)" for sql in sided)])


def _pairs_sharing(connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...], apart: tuple[str, ...]) -> int:
    """Return how many pairs a block has; where some are left out, up to :data:`FEWEST_PAIRS`."""
    if apart:
        both = f"SELECT 1 FROM {table} l JOIN {table} r ON l.row < r.row AND {_block_sql(columns, apart)} LIMIT {FEWEST_PAIRS}"
        return int(fetch_numbers(connection, f"SELECT count(*) FROM ({both})")[0])
    keys = ", ".join(columns)
    told = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    pairs = f"SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM (SELECT count(*) AS n FROM {table} WHERE {told} GROUP BY {keys})"
    return int(fetch_numbers(connection, pairs)[0])


def _read_numbers(saved: dict[str, object]) -> tuple[dict[str, list[float | None]], dict[str, list[float | None]]]:
    """Return m and u of every field's levels from Splink's saved model."""
    m: dict[str, list[float | None]] = {}
    u: dict[str, list[float | None]] = {}
    comparisons = saved["comparisons"]
    assert isinstance(comparisons, list)
    for comparison in comparisons:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        m[comparison["output_column_name"]] = [_number(level.get("m_probability")) for level in levels]
        u[comparison["output_column_name"]] = [_number(level.get("u_probability")) for level in levels]
    return m, u


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _blend(learnt: list[float | None] | None, start: tuple[float, ...], trust: float = _TRUST) -> tuple[float, ...]:
    """Return numbers that add up to 1: what was learnt, with a little of the start."""
    if learnt is None or any(number is None for number in learnt):
        return start
    mixed = [trust * (number or 0.0) + (1 - trust) * begun for number, begun in zip(learnt, start, strict=True)]
    total = sum(mixed)
    return tuple(_round(number / total) for number in mixed)


_MOST_CONTRADICTING = {"given": 0.012, "father": 0.03, "family": 0.05, "sex": 0.005, "birth": 0.02, "death": 0.02}
"""The most pairs of one person that contradict each other in a field. Brothers who died together look like one man whose given
name is often wrong: no block that shares their family and day tells expectation maximisation which of the two it sees."""


_MOST_ELSEWHERE = {"given": 0.06, "father": 0.03, "family": 0.06}
"""The same for names that stand elsewhere in the other: brothers are named after their grandfather as often."""


def _cap(name: str, numbers: tuple[float, ...], counted: float = 0.0) -> tuple[float, ...]:
    """Hold the share of contradictions down to what is usual, or to what was counted where that is more."""
    if name in _MOST_ELSEWHERE:
        numbers = _hold(numbers, len(numbers) - 2, _MOST_ELSEWHERE[name])
    return _hold(numbers, len(numbers) - 1, max(_MOST_CONTRADICTING.get(name, 1.0), counted))


def _hold(numbers: tuple[float, ...], at: int, most: float) -> tuple[float, ...]:
    """Hold one of several shares down, and raise the others as much."""
    if numbers[at] <= most:
        return numbers
    kept = 1.0 - numbers[at]
    return tuple(most if number_at == at else _round(number / kept * (1.0 - most)) for number_at, number in enumerate(numbers))


def _round(number: float) -> float:
    """Round to significant digits: sums of many numbers depend on their order in the last one."""
    return float(f"{number:.{_DIGITS}g}")


def measure_kin(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, tuple[float, ...]]:
    """Return how much more often people of one family have things in common than chance alone would give.

    Pairs of one family name (and father) with clearly different given names are relatives. How often they share home, time of
    death and birth, against how often any two people do, is the factor by which these agreements are worth less within a family.
    """
    base = _count_shared(connection, _random_pairs(table))
    groups = {
        "father and family": _count_shared(connection, _kin_pairs(table, ("father_key", "family_key"))),
        "family": _count_shared(connection, _kin_pairs(table, ("family_key",))),
    }
    return {name: tuple(_lift(groups[row.group], base, row.things) for row in rows) for name, rows in KIN.items()}


_SIDES = (
    "row", "given_key", "given_fold", "place_key", "region_key", "death_day", "published", "birth_day", "birth_low", "birth_high",
)  # fmt: skip
_BOTH = ", ".join(f"{side}.{column} AS {column}_{side}" for column in _SIDES for side in "lr")
_DISTINCT = (
    "given_key_l <> given_key_r AND levenshtein(given_key_l, given_key_r) > 1"
    " AND (given_fold_l IS NULL OR given_fold_r IS NULL OR levenshtein(given_fold_l, given_fold_r) > 2)"
)


def _kin_pairs(table: str, columns: tuple[str, ...]) -> str:
    """Return SQL of pairs of one family with different given names: a fixed sample of families."""
    keys = ", ".join(columns)
    told = " AND ".join(f"{column} IS NOT NULL" for column in (*columns, "given_key"))
    on = " AND ".join(f"l.{column} = r.{column}" for column in columns)
    return (
        f"WITH sized AS (SELECT {keys}, count(*) AS n FROM {table} WHERE {told} GROUP BY {keys}"
        " HAVING count(*) BETWEEN 2 AND 400),"
        f" ordered AS (SELECT {keys}, sum(n * (n - 1) / 2) OVER (ORDER BY hash({keys}), {keys}) AS upto FROM sized),"
        f" drawn AS (SELECT {keys} FROM ordered WHERE upto <= {KIN_PAIRS}),"
        f" side AS (SELECT {table}.* FROM {table} JOIN drawn USING ({keys}) WHERE {told}),"
        f" pair AS (SELECT {_BOTH} FROM side l JOIN side r ON {on} AND l.row < r.row) SELECT * FROM pair WHERE {_DISTINCT}"
    )


def _random_pairs(table: str) -> str:
    """Return SQL of pairs drawn without regard to what they hold: every report with those some fixed distances away."""
    shifts = ", ".join(f"({shift})" for shift in (1, 7, 61, 501))
    return (
        f"WITH numbered AS (SELECT *, row_number() OVER (ORDER BY hash(row), row) AS place_no FROM {table}),"
        f" side AS (SELECT * FROM numbered WHERE place_no <= {KIN_PAIRS // 4})"
        f" SELECT {_BOTH} FROM side l JOIN (VALUES {shifts}) AS s(shift) ON true JOIN side r ON r.place_no = l.place_no + s.shift"
    )


_WHATS = tuple(SHARED)
_Counts = list[tuple[tuple[str, ...], int]]


def _count_shared(connection: duckdb.DuckDBPyConnection, pairs: str) -> _Counts:
    """Return how many pairs share what of home, time and birth."""
    shared = ", ".join(f"{sql} AS {name}" for name, sql in SHARED.items())
    rows = connection.execute(f"SELECT {shared}, count(*) FROM ({pairs}) GROUP BY ALL").fetchall()
    return [(tuple(row[:-1]), int(row[-1])) for row in rows]


def _lift(rows: _Counts, base: _Counts, things: tuple[tuple[str, str], ...]) -> float:
    """Return the share of relatives that have all of these in common, against the product of everybody's shares."""
    chance = 1.0
    for thing in things:
        chance *= _share(base, (thing,), 0.003)
    return _round(min(1e6, max(1.0, _share(rows, things, chance) / chance)))


def _share(rows: _Counts, things: tuple[tuple[str, str], ...], start: float) -> float:
    """Return the share of pairs that have these in common, with three pairs' worth of a start."""
    at = [(_WHATS.index(what), how) for what, how in things]
    agreeing = sum(number for shared, number in rows if all(shared[thing] == how for thing, how in at))
    return (agreeing + 3 * start) / (sum(number for _, number in rows) + 3)
