"""Numbers of a model learnt from the reports themselves: Splink's sampling and expectation maximisation, capped, and the
dependence of names within families, counted."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from cenotaph.link.engine import fetch_numbers
from cenotaph.link.levels import FIELDS, kin_levels, together_levels
from cenotaph.link.model import Model, make_settings, start_model

if TYPE_CHECKING:
    import duckdb
    from splink import DuckDBAPI, SplinkDataFrame

FEWEST_REPORTS = 1_000
"""Below this many reports the numbers to start from are better than any learnt from so few."""
SAMPLED_PAIRS = 2_000_000
EM_PAIRS = 200_000
KIN_PAIRS = 300_000
_TRUST = 0.9  # of what is learnt; the rest stays with the start, so that no level is ever impossible
_DIGITS = 9
_PASSES = (
    ("given_key", "family_key"),
    ("family_key", "birth_day"),
    ("father_key", "birth_day"),
    ("given_key", "death_day", "place_key"),
    ("family_key", "death_day"),
)
"""Blocks for expectation maximisation; every field is free in at least one of them."""


def train(api: DuckDBAPI, reports: SplinkDataFrame, connection: duckdb.DuckDBPyConnection, table: str, seed: int) -> Model:
    """Return a model trained on prepared reports.

    Parameters
    ----------
    api, reports
        Splink's interface to the database, and the prepared reports registered with it.
    connection, table
        The database, and the table of prepared reports in it.
    seed
        Of the pairs that are drawn.
    """
    from splink import Linker, block_on

    rows = int(fetch_numbers(connection, f"SELECT count(*) FROM {table}")[0])
    start = start_model(rows)
    if rows < FEWEST_REPORTS:
        return start
    logging.getLogger("splink").setLevel(logging.ERROR)
    linker = Linker(reports, make_settings(start, dependent=False), log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=SAMPLED_PAIRS, seed=seed, min_count_per_level=None, num_chunks=1)
    for columns in _PASSES:
        if _pairs_sharing(connection, table, columns) >= 200:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns), max_pairs=EM_PAIRS)
    m, u = _read_numbers(linker.misc.save_model_to_json())
    trained = replace(
        start,
        m={f.name: _blend(m.get(f.name), start.m[f.name]) for f in FIELDS},
        u={f.name: _blend(u.get(f.name), start.u[f.name], 0.999) for f in FIELDS},
        reports=rows,
        seed=seed,
    )
    together, kin = measure_dependence(connection, table, trained)
    return replace(trained, together=together, kin=kin)


def _pairs_sharing(connection: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...]) -> int:
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


def _round(number: float) -> float:
    """Round to significant digits: sums of many numbers depend on their order in the last one."""
    return float(f"{number:.{_DIGITS}g}")


def measure_dependence(
    connection: duckdb.DuckDBPyConnection, table: str, model: Model
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return how much more often people of one family or stock have things in common than chance alone would give.

    Pairs that agree on two parts of the name and have clearly different third parts are two people: brothers, cousins, namesakes.
    How many there are, against how many there would be if parts were drawn apart, is the factor for parts of a name; how often
    such pairs share home, day of death and birth is the factor for those.
    """
    return _together(connection, table), _kin(connection, table)


def _distinct(part: str) -> str:
    return f"l.{part}_key <> r.{part}_key AND levenshtein(l.{part}_key, r.{part}_key) > 1"


def _together(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[float, ...]:
    pairs = {
        "father and family": ("father", "family", "given"),
        "given and family": ("given", "family", "father"),
        "given and father": ("given", "father", "family"),
    }
    lift: dict[str, float] = {}
    for name, (first, second, other) in pairs.items():
        shared = _count_pairs(connection, table, (first, second, other), (first, second)) - _count_pairs(
            connection, table, (first, second, other), (first, second, other)
        )
        total = _count_pairs(connection, table, (first, second, other), ())
        near = _share_distinct(connection, table, (first, second), other)
        one = _count_pairs(connection, table, (first, second, other), (first,)) / max(total, 1)
        two = _count_pairs(connection, table, (first, second, other), (second,)) / max(total, 1)
        expected = one * two * total
        lift[name] = _round(min(1e4, max(1.0, (shared * near + 1) / (expected + 1)))) if total else 2.0
    lift["given, father and family"] = lift["father and family"] * lift["given and family"] * lift["given and father"]
    return tuple(_round(lift[label]) for label, _ in together_levels())


def _count_pairs(connection: duckdb.DuckDBPyConnection, table: str, told: tuple[str, ...], shared: tuple[str, ...]) -> float:
    """Return the number of pairs of reports that tell some parts and have some of them in common."""
    where = " AND ".join(f"{part}_key IS NOT NULL" for part in told)
    group = f"GROUP BY {', '.join(f'{part}_key' for part in shared)}" if shared else ""
    sized = f"SELECT count(*)::DOUBLE AS n FROM {table} WHERE {where} {group}"
    return fetch_numbers(connection, f"SELECT coalesce(sum(n * (n - 1) / 2), 0) FROM ({sized})")[0]


def _sample(table: str, shared: tuple[str, ...], told: str, limit: int) -> str:
    """Return SQL of pairs that have columns in common, a fixed sample of their blocks."""
    keys = ", ".join(shared)
    where = " AND ".join(f"{column} IS NOT NULL" for column in shared)
    return (
        f"WITH sized AS (SELECT {keys}, count(*) AS n FROM {table} WHERE {where} AND {told} GROUP BY {keys} HAVING count(*) BETWEEN 2 AND 400),"
        f" ordered AS (SELECT {keys}, sum(n * (n - 1) / 2) OVER (ORDER BY hash({keys}), {keys}) AS upto FROM sized),"
        f" drawn AS (SELECT {keys} FROM ordered WHERE upto <= {limit}),"
        f" side AS (SELECT {table}.* FROM {table} JOIN drawn USING ({keys}) WHERE {told})"
    )


def _share_distinct(connection: duckdb.DuckDBPyConnection, table: str, shared: tuple[str, str], other: str) -> float:
    """Return the share of pairs with different third parts whose third parts are clearly two names, no slips of the pen."""
    columns = tuple(f"{part}_key" for part in shared)
    on = " AND ".join(f"l.{column} = r.{column}" for column in columns)
    distinct, differing = fetch_numbers(
        connection,
        f"{_sample(table, columns, f'{other}_key IS NOT NULL', KIN_PAIRS)} SELECT count(*) FILTER (WHERE {_distinct(other)}), count(*) "
        f"FROM side l JOIN side r ON {on} AND l.row < r.row WHERE l.{other}_key <> r.{other}_key",
    )
    return (distinct + 0.5) / (differing + 1.0)


_AGREE = {
    "place": ("l.place_key = r.place_key", "place_key"),
    "death": ("abs(l.death_day - r.death_day) <= 3", "death_day"),
    "birth": ("l.birth_day = r.birth_day", "birth_day"),
}


def _kin(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[float, ...]:
    """Return the factor of every combination that relatives, or bearers of one family name, share."""
    base = {name: _base_share(connection, table, name) for name in _AGREE}
    found: dict[str, float] = {}
    for kin, columns in (("father and family", ("father_key", "family_key")), ("family", ("family_key",))):
        on = " AND ".join(f"l.{column} = r.{column}" for column in columns)
        rows = connection.execute(
            f"{_sample(table, columns, 'given_key IS NOT NULL', KIN_PAIRS)} "
            f"SELECT {', '.join(f'{sql} AS {name}' for name, (sql, _) in _AGREE.items())}, count(*) "
            f"FROM side l JOIN side r ON {on} AND l.row < r.row WHERE {_distinct('given')} GROUP BY ALL"
        ).fetchall()
        for label, _ in kin_levels():
            group, _, shared = label.partition(": ")
            if group == kin:
                found[label] = _lift(rows, tuple(shared.split(", ")), base)
    return tuple(found[label] for label, _ in kin_levels())


def _lift(rows: list[tuple[bool | None, ...]], shared: tuple[str, ...], base: dict[str, float]) -> float:
    """Return the share of pairs that have all of these in common, among those that tell them, against chance."""
    at = [tuple(_AGREE).index(name) for name in shared]
    told = [row for row in rows if all(row[i] is not None for i in at)]
    total = sum(int(row[-1] or 0) for row in told)
    both = sum(int(row[-1] or 0) for row in told if all(row[i] for i in at))
    chance = 1.0
    for name in shared:
        chance *= base[name]
    # Two pairs' worth of the start, so that few relatives prove nothing.
    start = {"place": 0.2, "death": 0.05, "birth": 0.01}
    expected = 1.0
    for name in shared:
        expected *= start[name]
    share = (both + 2 * max(expected, chance)) / (total + 2)
    return _round(min(1e6, max(1.0, share / max(chance, 1e-9))))


def _base_share(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> float:
    """Return the share of pairs that have a thing in common, among all that tell it."""
    column = _AGREE[name][1]
    rows = connection.execute(
        f"SELECT {column}, count(*)::DOUBLE FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 1"
    ).fetchall()
    total = sum(n for _, n in rows)
    if total < 2:
        return {"place": 0.01, "death": 0.01, "birth": 0.0001}[name]
    if name != "death":
        same = sum(n * (n - 1) for _, n in rows)
    else:
        days = {int(day): n for day, n in rows}
        same = sum(n * (sum(days.get(day + shift, 0.0) for shift in range(-3, 4)) - 1) for day, n in days.items())
    return max(same / (total * (total - 1)), 1e-9)
