"""On which level two reports agree, for many pairs at once.

The levels are the SQL that Splink is given; what makes this fast is where it is worked out. Conditions that only ask whether
values are equal or missing are answered on numbers that stand for the values. All others are given to the database once for each
*two values*, not for each pair of reports: a million reports bear some ten thousand given names.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numba
import numpy as np

from cenotaph.link.levels import columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import numpy.typing as npt
    import pyarrow as pa
    from sqlglot import exp

    from cenotaph.link.comparisons import Comparison

    Rows = npt.NDArray[np.int32]
    Levels = npt.NDArray[np.int8]
    Flags = npt.NDArray[np.bool_]

NOT_TOLD = -1
_UNDECIDED = 127
_PART = 2_000_000
"""Rows that the database is given at a time."""
_FEW_VALUES, _ALWAYS = 0.25, 1_000
"""Distinct values against reports, from which on it is no use to look for pairs of values that come again; always so many."""
_WHOLE_NAME = "name_key"


class Truth(NamedTuple):
    """Where a condition is true and where it is false; where it is neither, something is missing."""

    true: Flags
    false: Flags


class Agreement:
    """Reports whose pairs are compared.

    Parameters
    ----------
    connection
        A database to evaluate in; nothing is left in it.
    prepared
        What is compared of every report.
    comparisons
        What is compared.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, prepared: pa.Table, comparisons: Sequence[Comparison]) -> None:
        self._connection = connection
        self._comparisons = tuple(comparisons)
        names = {name for found in comparisons for sql in _conditions(found) for name in columns_of(sql)}
        self._columns = {name: prepared[name].combine_chunks() for name in sorted(names)}
        self._count = len(prepared)
        self._codes = self._number_values()
        self._known: dict[str, Truth] = {}
        self._tuples: dict[tuple[str, ...], tuple[Rows, Rows] | None] = {}
        for found in self._comparisons:
            for columns in _segments(found):
                if columns not in self._tuples:
                    self._tuples[columns] = self._number_tuples(columns)

    def _number_values(self) -> dict[str, Rows]:
        """Return a number for every value of a column, -1 for none; columns that are compared with each other share numbers."""
        import pyarrow as pa

        family = {name: name for name in self._columns}
        wanted: set[str] = set()
        for found in self._comparisons:
            for sql in _conditions(found):
                tree = as_logic(sql)
                for one, other in _equalities(tree) if tree is not None else ():
                    wanted |= {one, other}
                    old, new = family[one], family[other]
                    family = {name: new if root == old else root for name, root in family.items()}
                if tree is not None:
                    wanted |= set(columns_of(sql))
        out: dict[str, Rows] = {}
        for root in sorted({family[name] for name in wanted}):
            members = sorted(name for name in wanted if family[name] == root)
            values = pa.chunked_array([self._columns[name] for name in members]).combine_chunks()
            if pa.types.is_boolean(values.type):
                codes = values.cast(pa.int8()).fill_null(-1).to_numpy().astype(np.int32)
            else:
                indices = values.dictionary_encode().indices
                codes = indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
            out |= dict(zip(members, np.split(codes, len(members)), strict=True))
        return out

    def _number_tuples(self, columns: tuple[str, ...]) -> tuple[Rows, Rows] | None:
        """Return the number of every row's values together, and a row of each; None where nearly every row has its own."""
        code = np.zeros(self._count, np.int32)
        first = np.zeros(1, np.int32)
        for name in columns:
            encoded = self._columns[name].dictionary_encode()
            size = len(encoded.dictionary) + 1
            values = encoded.indices.fill_null(size - 1).to_numpy(zero_copy_only=False).astype(np.int32)
            _, _, code, first = pair_values(code, values, max(size, len(first)))
            if len(first) > _FEW_VALUES * self._count + _ALWAYS:
                return None
        return code, first

    def find_levels(self, left: Rows, right: Rows) -> list[Levels]:
        """Return for every comparison the level of every pair: its number from nought, -1 where nothing is compared.

        Parameters
        ----------
        left, right
            Places of reports in the table.
        """
        self._known.clear()
        with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
            return list(pool.map(lambda comparison: self._find(comparison, left, right), self._comparisons))

    def _find(self, comparison: Comparison, left: Rows, right: Rows) -> Levels:
        out = np.full(len(left), len(comparison.levels) - 1, np.int8)
        unsettled = self._ask(comparison.gate, left, right).true.copy() if comparison.gate else np.ones(len(left), bool)
        for level, sql in _numbered(comparison)[: _leading(comparison)]:
            here = self._ask(sql, left, right).true & unsettled
            out[here] = level
            unsettled &= ~here
        rest = np.flatnonzero(unsettled)
        for columns, part in _segments(comparison).items():
            found = self._decide(columns, part, left[rest], right[rest])
            told = found != _UNDECIDED
            out[rest[told]] = found[told]
            rest = rest[~told]
        return out

    def _ask(self, sql: str, left: Rows, right: Rows) -> Truth:
        tree = as_logic(sql)
        assert tree is not None
        return _answer(tree, self._codes, {"l": left, "r": right}, self._known)

    def _decide(self, columns: tuple[str, ...], part: tuple[tuple[int, str], ...], left: Rows, right: Rows) -> Levels:
        """Return the level of every pair by conditions on some columns."""
        case = " ".join(f"WHEN {sql} THEN {level}" for level, sql in part)
        tuples = self._tuples[columns]
        if tuples is None:
            return self._query(case, columns, left, right)
        code, first = tuples
        one, other, which, _ = pair_values(code[left], code[right], len(first))
        return self._query(case, columns, first[one], first[other])[which]

    def _query(self, case: str, columns: tuple[str, ...], left: Rows, right: Rows) -> Levels:
        import pyarrow as pa

        out = np.empty(len(left), np.int8)
        with self._connection.cursor() as cursor:
            for at in range(0, len(left), _PART):
                sides = {"l": pa.array(left[at : at + _PART]), "r": pa.array(right[at : at + _PART])}
                table = {f"{name}_{side}": self._columns[name].take(rows) for name in columns for side, rows in sides.items()}
                count = len(sides["l"])
                cursor.register("values_of_pairs", pa.table({"number": pa.array(np.arange(count, dtype=np.int32)), **table}))
                found = cursor.sql(
                    f"SELECT number, CAST(CASE {case} ELSE {_UNDECIDED} END AS TINYINT) AS level FROM values_of_pairs"
                ).to_arrow_table()
                out[at + found["number"].to_numpy()] = found["level"].to_numpy()
                cursor.unregister("values_of_pairs")
        return out


def _conditions(comparison: Comparison) -> list[str]:
    return [sql for _, sql in _numbered(comparison)] + ([comparison.gate] if comparison.gate else [])


def _numbered(comparison: Comparison) -> list[tuple[int, str]]:
    """Return the conditions in the order in which they are asked, with the level of each."""
    levels = [(at, level.sql) for at, level in enumerate(comparison.levels) if level.sql != "ELSE"]
    return [(NOT_TOLD, comparison.null), *levels] if comparison.null else levels


def _leading(comparison: Comparison) -> int:
    """Return how many of the first conditions only ask for equal and missing values."""
    conditions = _numbered(comparison)
    return next((at for at, (_, sql) in enumerate(conditions) if as_logic(sql) is None), len(conditions))


def _segments(comparison: Comparison) -> dict[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """Return what the database is asked: conditions by the columns of all of them, those on whole names apart."""
    rest = _numbered(comparison)[_leading(comparison) :]
    split = next((at for at, (_, sql) in enumerate(rest) if _WHOLE_NAME in columns_of(sql)), len(rest))
    parts = [tuple(part) for part in (rest[:split], rest[split:]) if part]
    return {tuple(sorted({name for _, sql in part for name in columns_of(sql)})): part for part in parts}


@cache
def as_logic(sql: str) -> exp.Expr | None:
    """Return the tree of a condition that asks of nothing but whether values are equal or missing; None for any other."""
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(sql, read="duckdb")
    allowed = (exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.Is, exp.Null, exp.Column, exp.Identifier)
    if not all(isinstance(node, allowed) for node in tree.walk()):
        return None
    plain = all(isinstance(side, exp.Column) for node in tree.find_all(exp.EQ, exp.NEQ) for side in (node.this, node.expression))
    return tree if plain and all(isinstance(node.this, exp.Column) for node in tree.find_all(exp.Is)) else None


def _equalities(tree: exp.Expr) -> list[tuple[str, str]]:
    from sqlglot import exp

    return [(node.this.name[:-2], node.expression.name[:-2]) for node in tree.find_all(exp.EQ, exp.NEQ)]


def _answer(tree: exp.Expr, codes: dict[str, Rows], sides: dict[str, Rows], known: dict[str, Truth]) -> Truth:
    """Return where a condition holds, by SQL's rules for what is missing; what was answered before is known."""
    from sqlglot import exp

    if isinstance(tree, exp.Paren):
        return _answer(tree.this, codes, sides, known)
    if isinstance(tree, exp.Not):
        found = _answer(tree.this, codes, sides, known)
        return Truth(found.false, found.true)
    if isinstance(tree, exp.And | exp.Or):
        one, other = (_answer(side, codes, sides, known) for side in (tree.this, tree.expression))
        if isinstance(tree, exp.And):
            return Truth(one.true & other.true, one.false | other.false)
        return Truth(one.true | other.true, one.false & other.false)
    if isinstance(tree, exp.NEQ):
        found = _answer(exp.EQ(this=tree.this.copy(), expression=tree.expression.copy()), codes, sides, known)
        return Truth(found.false, found.true)
    name = tree.sql()
    if name not in known:
        values = [codes[node.name[:-2]][sides[node.name[-1]]] for node in tree.find_all(exp.Column)]
        if isinstance(tree, exp.Is):
            known[name] = Truth(values[0] < 0, values[0] >= 0)
        elif isinstance(tree, exp.Column):
            known[name] = Truth(values[0] == 1, values[0] == 0)
        else:
            equal, told = values[0] == values[1], (values[0] >= 0) & (values[1] >= 0)
            known[name] = Truth(equal & told, ~equal & told)
    return known[name]


def pair_values(left: Rows, right: Rows, count: int) -> tuple[Rows, Rows, Rows, Rows]:
    """Return the distinct pairs of numbers, both sides, which of them every pair is, and where each comes first.

    Parameters
    ----------
    left, right
        Numbers from nought.
    count
        The least number that is above all of them.
    """
    table = np.full(1 << max(10, int(2 * len(left)).bit_length()), -1, np.int32)
    which, first, keys = np.empty(len(left), np.int32), np.empty(len(left), np.int32), np.empty(len(left), np.int64)
    found = _pair_values(left, right, count, table, which, first, keys)
    distinct = keys[:found]
    return (distinct // count).astype(np.int32), (distinct % count).astype(np.int32), which, first[:found].copy()


@numba.njit(cache=True, nogil=True)
def _pair_values(left, right, count, table, which, first, keys):  # type: ignore[no-untyped-def]
    mask = len(table) - 1
    found = 0
    for at in range(len(left)):
        key = np.int64(left[at]) * count + right[at]
        place = np.int64((np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20)) & mask
        while table[place] >= 0 and keys[table[place]] != key:
            place = (place + 1) & mask
        if table[place] < 0:
            table[place] = found
            keys[found] = key
            first[found] = at
            found += 1
        which[at] = table[place]
    return found
