"""Which reports are compared: keys that two reports of one person probably share, none of them shared by too many.

Every rule is a column ``b0, b1, ...`` of 64-bit numbers, so that a join of equals is all an engine needs. A block that is larger
than its cap is no block: rules that add a date or a place to the same parts of a name take its reports up, and who has neither
says too little to be told from namesakes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cenotaph.link.engine import fetch_numbers

if TYPE_CHECKING:
    import duckdb

LARGEST_BLOCK = 300
PAIRS_PER_REPORT = 12
"""Comparisons that one rule may cost for each report; its cap is lowered until it keeps to them."""

_CAPS = (LARGEST_BLOCK, 200, 140, 100, 70, 50, 35, 25, 18, 12, 8, 5, 3)
_FEW = 20_000

# Given and family name in either order; the last is true or null.
_NAME = ("least(given_key, family_key)", "greatest(given_key, family_key)", "given_key = given_key AND family_key = family_key")
_BORN = ("floor(birth_middle / 730)", "floor((birth_middle + 365) / 730)")
_DIED = ("floor(death_day / 14)", "floor((death_day + 7) / 14)")


class Rule(NamedTuple):
    """A blocking rule: the values that must be equal, all of them told."""

    name: str
    values: tuple[str, ...]


RULES = (
    Rule("all parts of the name", ("name_key", "parts > 1 OR NULL")),
    Rule("given and family name", _NAME),
    Rule("given, father", ("given_formal_key", "father_key")),
    Rule("father, family", ("father_key", "family_key")),
    *(Rule(f"given, family, birth {at}", (*_NAME, born)) for at, born in enumerate(_BORN)),
    *(Rule(f"given, father, birth {at}", ("given_formal_key", "father_key", born)) for at, born in enumerate(_BORN)),
    *(Rule(f"father, family, birth {at}", ("father_key", "family_key", born)) for at, born in enumerate(_BORN)),
    Rule("given, family, place", ("given_formal_key", "family_key", "place_key")),
    *(Rule(f"given, family, death {at}", ("given_formal_key", "family_key", died)) for at, died in enumerate(_DIED)),
    Rule("family, birth day", ("family_key", "birth_day")),
    Rule("given, birth day", ("given_formal_key", "birth_day")),
    Rule("family, place, death day", ("family_key", "place_key", "death_day")),
    Rule("given, place, death day", ("given_formal_key", "place_key", "death_day")),
    *(Rule(f"family, place, birth {at}", ("family_key", "place_key", born)) for at, born in enumerate(_BORN)),
    *(Rule(f"given, place, birth {at}", ("given_formal_key", "place_key", born)) for at, born in enumerate(_BORN)),
    Rule("family", ("family_key", "length(family_key) > 2 OR NULL")),
)


class Block(NamedTuple):
    """What a rule costs."""

    name: str
    cap: int
    pairs: int
    dropped: int


def add_blocks(connection: duckdb.DuckDBPyConnection, source: str, target: str) -> tuple[Block, ...]:
    """Make a table with the columns of another and the rules' keys; return what each rule costs.

    Parameters
    ----------
    connection
        Where the tables are.
    source, target
        Names of the table of prepared reports, and of the one to make.
    """
    keys = ", ".join(f"{key_sql(rule)} AS k{at}" for at, rule in enumerate(RULES))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE block_key AS SELECT row, {keys} FROM {source}")
    (rows,) = fetch_numbers(connection, "SELECT count(*) FROM block_key")
    budget = max(PAIRS_PER_REPORT * int(rows), _FEW)
    blocks = [_cap(connection, at, rule.name, budget) for at, rule in enumerate(RULES)]
    joins, columns = [], []
    for at, block in enumerate(blocks):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE block_{at} AS SELECT k{at} AS k FROM block_key WHERE k{at} IS NOT NULL "
            f"GROUP BY 1 HAVING count(*) BETWEEN 2 AND {block.cap}"
        )
        joins.append(f"LEFT JOIN block_{at} ON block_{at}.k = block_key.k{at}")
        columns.append(f"block_{at}.k AS b{at}")
    connection.execute(
        f"CREATE OR REPLACE TABLE {target} AS SELECT {source}.*, {', '.join(columns)} FROM {source} JOIN block_key USING (row) "
        f"{' '.join(joins)} ORDER BY row"
    )
    return tuple(blocks)


def key_sql(rule: Rule) -> str:
    """Return the SQL of a rule's key: a number, null where anything is missing."""
    told = " AND ".join(f"({value}) IS NOT NULL" for value in rule.values)
    return f"CASE WHEN {told} THEN hash({', '.join(rule.values)}) END"


def rules_sql() -> tuple[str, ...]:
    """Return the rules as Splink takes them."""
    return tuple(f"l.b{at} = r.b{at}" for at in range(len(RULES)))


def _cap(connection: duckdb.DuckDBPyConnection, at: int, name: str, budget: int) -> Block:
    """Return the largest cap that keeps a rule within its budget."""
    sizes = connection.execute(
        f"SELECT n, count(*) FROM (SELECT count(*) AS n FROM block_key WHERE k{at} IS NOT NULL GROUP BY k{at}) WHERE n > 1 "
        "GROUP BY n ORDER BY n"
    ).fetchall()
    for cap in _CAPS:
        pairs = sum(n * (n - 1) // 2 * blocks for n, blocks in sizes if n <= cap)
        if pairs <= budget or cap == _CAPS[-1]:
            return Block(name, cap, pairs, sum(n * blocks for n, blocks in sizes if n > cap))
    raise AssertionError("the last cap always holds")
