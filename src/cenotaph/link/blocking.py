"""Which reports are compared: keys that two reports of one person probably share, none of them shared by too many.

Every rule is a column ``k0, k1, ...`` of 64-bit numbers, so that a join of equals is all an engine needs. A block that is larger
than its cap is no block: rules that add a date or a place to the same parts of a name take its reports up, and who has neither
says too little to be told from namesakes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cenotaph.link.levels import TOGETHER
from cenotaph.link.namesakes import COLUMNS, countries_sql

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from cenotaph.link.candidates import Blocks

    Keys = npt.NDArray[np.int64]

LARGEST_BLOCK = 300
_CAPS = (LARGEST_BLOCK, 200, 140, 100, 70, 50, 35, 25, 18, 12, 8, 5, 3)
_FEW = 300_000

# Given and family name in either order; the last is true or null.
_NAME = ("least(given_key, family_key)", "greatest(given_key, family_key)", "given_key = given_key AND family_key = family_key")
_BORN = ("floor(birth_middle / 730)", "floor((birth_middle + 365) / 730)")
_INITIAL = "substr(coalesce(given_fold, initials), 1, 1)"
_ENDS = ("substr(family_key, 1, 1)", "substr(family_key, length(family_key))", "length(family_key) > 2 OR NULL")
_BEGINNINGS = ("substr(given_key, 1, 2)", "substr(family_key, 1, 2)")
_DIED = ("floor(death_day / 14)", "floor((death_day + 7) / 14)")


class Rule(NamedTuple):
    """A blocking rule: the values that must be equal, all of them told, and the comparisons it may cost for each report."""

    name: str
    values: tuple[str, ...]
    budget: int = 2


RULES = (
    Rule("all parts of the name", ("name_key", "parts > 1 OR NULL"), 6),
    Rule("given and family name", _NAME, 6),
    Rule("given before family, together", ("coalesce(solo, pasted_given)",)),
    Rule("family before given, together", ("coalesce(solo, pasted_family)",)),
    Rule("given, father", ("given_formal_key", "father_key"), 3),
    Rule("father, family", ("father_key", "family_key"), 3),
    *(Rule(f"given, family, birth {at}", (*_NAME, born), 4) for at, born in enumerate(_BORN)),
    *(Rule(f"given, father, birth {at}", ("given_formal_key", "father_key", born)) for at, born in enumerate(_BORN)),
    *(Rule(f"father, family, birth {at}", ("father_key", "family_key", born)) for at, born in enumerate(_BORN)),
    Rule("given, family, place", ("given_formal_key", "family_key", "place_key")),
    *(Rule(f"given, family, death {at}", ("given_formal_key", "family_key", died), 4) for at, died in enumerate(_DIED)),
    Rule("family, birth day", ("family_key", "birth_day")),
    Rule("given, birth day", ("given_formal_key", "birth_day")),
    Rule("place, birth day", ("place_key", "birth_day")),
    Rule("unit, birth day", ("unit_key", "birth_day"), 1),
    Rule("family, place", ("family_key", "place_key"), 1),
    Rule("given, place", ("given_formal_key", "place_key"), 1),
    Rule("family, unit", ("family_key", "unit_key"), 1),
    Rule("given, unit", ("given_formal_key", "unit_key"), 1),
    Rule("family, place, death day", ("family_key", "place_key", "death_day")),
    Rule("initial, family", (_INITIAL, "family_key"), 1),
    # A slip of the pen in a family name leaves its beginning, its end, or its first and last letters as they are.
    Rule("given, beginning of family", ("given_formal_key", "substr(family_key, 1, 3)"), 1),
    Rule("given, end of family", ("given_formal_key", "substr(family_key, greatest(1, length(family_key) - 2))"), 1),
    Rule("given, ends of family", ("given_formal_key", *_ENDS), 1),
    *(Rule(f"family, birth {at}", ("family_key", born), 2) for at, born in enumerate(_BORN)),
    *(Rule(f"family, death {at}", ("family_key", died), 2) for at, died in enumerate(_DIED)),
    *(Rule(f"beginnings, birth {at}", (*_BEGINNINGS, born), 1) for at, born in enumerate(_BORN)),
    *(Rule(f"beginnings, death {at}", (*_BEGINNINGS, died), 1) for at, died in enumerate(_DIED)),
    Rule("family", ("family_key", "length(family_key) > 2 OR NULL"), 1),
)


class Block(NamedTuple):
    """What a rule costs."""

    name: str
    cap: int
    pairs: int
    dropped: int


def add_keys(connection: duckdb.DuckDBPyConnection, source: str, target: str) -> tuple[pa.Table, list[Keys]]:
    """Make a table with the columns of another and those of parts of a name together; return these, and each rule's keys.

    Parameters
    ----------
    connection
        Where the tables are.
    source, target
        Names of the table of prepared reports, ordered by ``row``, and of the one to make.
    """
    connection.execute(f"CREATE OR REPLACE TABLE {target} AS SELECT *, {together_sql()} FROM {source} ORDER BY row")
    columns = ", ".join((*(name for _, name, _ in TOGETHER), *COLUMNS))
    together = connection.sql(f"SELECT {columns} FROM {target} ORDER BY row").to_arrow_table()
    return together, read_keys(connection, target)


def find_blocks(keys: list[Keys]) -> tuple[Blocks, tuple[Block, ...]]:
    """Return the blocks of rows by each rule's keys, and what each rule costs."""
    from cenotaph.link.candidates import make_blocks

    costs: list[Block] = []

    def cap_of(at: int, sizes: Keys) -> int:
        costs.append(_cap(RULES[at].name, sizes, max(RULES[at].budget * len(keys[0]), _FEW)))
        return costs[-1].cap

    return make_blocks(keys, cap_of), tuple(costs)


def read_keys(connection: duckdb.DuckDBPyConnection, table: str) -> list[Keys]:
    """Return for each rule the keys of a table's rows in their order, -1 where a row has none."""
    import pyarrow.compute as pc

    found = connection.sql(f"SELECT {keys_sql()} FROM {table} ORDER BY row").to_arrow_table()
    return [pc.fill_null(found[f"k{at}"].combine_chunks(), -1).to_numpy(zero_copy_only=False) for at in range(len(RULES))]


def keys_sql() -> str:
    """Return the SQL of the rules' keys before any cap: the columns ``k0, k1, ...``."""
    return ", ".join(f"{key_sql(rule)} AS k{at}" for at, rule in enumerate(RULES))


def together_sql() -> str:
    """Return the SQL of the columns of parts of a name together, and of countries."""
    together = ", ".join(
        f"{key_sql(Rule(label, tuple(f'{part}_key' for part in parts)))} AS {name}" for label, name, parts in TOGETHER
    )
    return f"{together}, {countries_sql()}"


def key_sql(rule: Rule) -> str:
    """Return the SQL of a rule's key: a number, null where anything is missing."""
    told = " AND ".join(f"({value}) IS NOT NULL" for value in rule.values)
    return f"CASE WHEN {told} THEN (hash({', '.join(rule.values)}) >> 1)::BIGINT END"


def rules_sql() -> tuple[str, ...]:
    """Return the rules as Splink takes them, on reports with the columns of :func:`keys_sql`, the caps left to blocks' sizes."""
    return tuple(f"l.k{at} = r.k{at}" for at in range(len(RULES)))


def _cap(name: str, sizes: Keys, budget: int) -> Block:
    """Return the largest cap that keeps a rule within its budget."""
    for cap in _CAPS:
        kept = sizes[sizes <= cap]
        pairs = int((kept * (kept - 1) // 2).sum())
        if pairs <= budget or cap == _CAPS[-1]:
            return Block(name, cap, pairs, int(sizes[sizes > cap].sum()))
    raise AssertionError("the last cap always holds")
