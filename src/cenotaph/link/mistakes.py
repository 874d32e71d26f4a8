"""How often reports of one person contradict each other, counted on pairs that other fields make sure: which fields may forbid.

In lists of the war dead a birth that contradicts is another person nearly always. In records whose dates and names were mistyped
often it is not: what forbids there would take people apart. Both are tables that this program is given, so it counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cenotaph.link.levels import BIRTH, DEATH, FATHER, GIVEN, columns_of, contradicts

if TYPE_CHECKING:
    import duckdb

    from cenotaph.link.levels import Field

OFTEN = 0.05
"""Share of sure pairs that contradict in a field from which it forbids nothing."""
_LARGEST = 12
_PAIRS = 200_000
_FEWEST = 2_000
"""Sure pairs below which a field is taken to be as it is among the war dead."""
_PLACED = "l.place_key = r.place_key"
_SERVED = "l.unit_key = r.unit_key"
_DIED = "l.death_day = r.death_day"


class Mistakes(NamedTuple):
    """How many of how many sure pairs contradict each other in a field."""

    contradicting: int
    pairs: int


class _Sure(NamedTuple):
    """The keys that sure pairs share, and what they must have in common besides."""

    field: Field
    keys: tuple[str, ...]
    besides: str


# Namesakes live in one town, and father and son die on one day in one house: neither place and name nor place and day make a
# pair sure. A unit beside another thing does, and so does the father's name beside the day of death.
_SURE = (
    _Sure(GIVEN, ("family_key", "birth_day"), f"{_SERVED} AND ({_PLACED} OR {_DIED})"),
    _Sure(
        BIRTH,
        ("given_key", "family_key"),
        f"(({_SERVED} AND ({_PLACED} OR {_DIED} OR l.father_key = r.father_key))"
        f" OR (l.father_key = r.father_key AND l.father_key <> l.given_key AND {_DIED}))"
        " AND l.birth_day IS NOT NULL AND r.birth_day IS NOT NULL",
    ),
    _Sure(FATHER, ("given_key", "family_key", "birth_day"), f"({_PLACED} OR {_SERVED} OR {_DIED})"),
    _Sure(
        DEATH,
        ("given_key", "family_key", "birth_day"),
        f"({_PLACED} OR {_SERVED} OR l.father_key = r.father_key) AND l.death_day IS NOT NULL AND r.death_day IS NOT NULL",
    ),
)


def measure_mistakes(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, float]:
    """Return the share of sure pairs that contradict each other, for every field of which there are enough such pairs."""
    return {name: found.contradicting / found.pairs for name, found in count_mistakes(connection, table).items()}


def count_mistakes(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, Mistakes]:
    """Return how many sure pairs contradict each other, for every field of which there are enough such pairs.

    A pair is sure by several things that the field does not say and that namesakes and kin do not share.
    """
    out = {}
    for sure in _SURE:
        pairs, contradicting = connection.execute(_count_sql(table, sure)).fetchall()[0]
        if pairs >= _FEWEST:
            out[sure.field.name] = Mistakes(int(contradicting), int(pairs))
    return out


def _count_sql(table: str, sure: _Sure) -> str:
    keys = ", ".join(sure.keys)
    told = " AND ".join(f"{key} IS NOT NULL" for key in sure.keys)
    columns = dict.fromkeys(
        name for sql in (sure.field.null, *(level.sql for level in sure.field.levels)) for name in columns_of(sql)
    )
    both = ", ".join(f"{side}.{column} AS {column}_{side}" for column in columns for side in "lr")
    return (
        f"WITH sized AS (SELECT {keys}, count(*) AS n FROM {table} WHERE {told} GROUP BY {keys}"
        f" HAVING count(*) BETWEEN 2 AND {_LARGEST}),"
        f" ordered AS (SELECT {keys}, sum(n * (n - 1) / 2) OVER (ORDER BY hash({keys}), {keys}) AS upto FROM sized),"
        f" side AS (SELECT {table}.* FROM {table} JOIN (SELECT {keys} FROM ordered WHERE upto <= {_PAIRS}) USING ({keys})),"
        f" pair AS (SELECT {both} FROM side l JOIN side r ON {' AND '.join(f'l.{key} = r.{key}' for key in sure.keys)}"
        f" AND l.row < r.row WHERE {sure.besides})"
        f" SELECT count({contradicts(sure.field)}), coalesce(sum({contradicts(sure.field)}), 0) FROM pair"
    )
