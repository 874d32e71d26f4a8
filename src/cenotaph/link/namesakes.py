"""What a name tells of a country: namesakes are countrymen, and what they share of country and region is no news.

Fields are weighed as if a name said nothing of them, so that a Persian name, an Iranian nationality and a region of Iran would be
counted three times over in a table of many peoples, where all three are rare. How often a stranger of the same given and family
name has the same country is counted on pairs whose births show that they are two, for every country by itself; an agreement in
region or nationality is worth less by as much as that is more than the country's share of all reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cenotaph.link.levels import BIRTH, contradicts
from cenotaph.link.model import TOGETHER_UNIT

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

NAME = "namesakes"
GATE = "given_key_l = given_key_r AND family_key_l = family_key_r"
"""What namesakes' names have in common."""
_PLACED = "(place_key_l = place_key_r OR region_key_l = region_key_r)"
_CITIZENS = "nationality_l = nationality_r"


class Shared(NamedTuple):
    """A level: what a reader is told, when two reports are on it, and the column by whose value it is weighed."""

    label: str
    sql: str
    column: str


LEVELS = (
    Shared(
        "of one name, so of one country: neither place nor nationality is news",
        f"{GATE} AND {_PLACED} AND {_CITIZENS}",
        "country_twice",
    ),
    Shared("of one name, so of one country", f"{GATE} AND ({_PLACED} OR {_CITIZENS})", "country_once"),
)
COLUMNS = tuple(level.column for level in LEVELS)
"""Both hold the country that a report tells: each has its own worth of every country."""
_PAIRS = 100_000
_LARGEST = 400
_USUAL, _DOUBT = 0.5, 20.0
"""Share of namesakes who are of one country before any are counted, and how many pairs it is worth."""


def countries_sql() -> str:
    """Return the SQL of the columns of countries."""
    return ", ".join(f"coalesce(nationality, country) AS {column}" for column in COLUMNS)


def measure_countries(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, pa.Table]:
    """Return for every country how much less an agreement is worth between namesakes, in units of the level's ``m``.

    Parameters
    ----------
    connection, table
        The database, and the table of prepared reports with the columns of :func:`countries_sql`.
    """
    import pyarrow as pa

    once = COLUMNS[1]
    reports, citizens = (_count(connection, table, column) for column in (once, "nationality"))
    same: dict[str, float] = {}
    told: dict[str, float] = {}
    for one, other, pairs in connection.execute(_pairs_sql(table, once)).fetchall():
        for value in (one, other):
            told[value] = told.get(value, 0.0) + pairs / 2
        if one == other:
            same[one] = same.get(one, 0.0) + pairs
    usual = (sum(same.values()) + _DOUBT * _USUAL) / (sum(told.values()) + _DOUBT)
    found: list[tuple[str, float, float]] = []
    for value in sorted(reports):
        share = (same.get(value, 0.0) + _DOUBT * usual) / (told.get(value, 0.0) + _DOUBT)
        lift = max(1.0, share * sum(reports.values()) / reports[value])
        # Beside the place the nationality says nothing more at all.
        again = sum(citizens.values()) / citizens[value] if value in citizens else 1.0
        found.append((value, TOGETHER_UNIT * lift * again, TOGETHER_UNIT * lift))
    values, *worths = ([row[at] for row in found] for at in range(3))
    return {
        column: pa.table({column: pa.array(values, pa.string()), f"tf_{column}": pa.array(worth, pa.float64())})
        for column, worth in zip(COLUMNS, worths, strict=True)
    }


def _count(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> dict[str, int]:
    """Return how many reports have every value of a column."""
    rows = connection.execute(f"SELECT {column}, count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1").fetchall()
    return {str(value): int(number) for value, number in rows}


def _pairs_sql(table: str, country: str) -> str:
    """Return SQL of the countries of two of one name whose births contradict each other, and how often, in a sample of names."""
    told = f"given_key IS NOT NULL AND family_key IS NOT NULL AND {country} IS NOT NULL AND birth_low IS NOT NULL"
    keys = "given_key, family_key"
    columns = ("birth_low", "birth_high", "birth_day", "birth_year", "birth_month", "birth_mday", country)
    both = ", ".join(f"{side}.{column} AS {column}_{side}" for column in columns for side in "lr")
    return (
        f"WITH sized AS (SELECT {keys}, count(*) AS n FROM {table} WHERE {told} GROUP BY {keys}"
        f" HAVING count(*) BETWEEN 2 AND {_LARGEST}),"
        f" ordered AS (SELECT {keys}, sum(n * (n - 1) / 2) OVER (ORDER BY hash({keys}), {keys}) AS upto FROM sized),"
        f" side AS (SELECT {table}.* FROM {table} JOIN (SELECT {keys} FROM ordered WHERE upto <= {_PAIRS}) USING ({keys})"
        f" WHERE {told}),"
        f" pair AS (SELECT {both} FROM side l JOIN side r ON l.given_key = r.given_key AND l.family_key = r.family_key"
        " AND l.row < r.row)"
        f" SELECT {country}_l, {country}_r, count(*) FROM pair WHERE {contradicts(BIRTH)} = 1 GROUP BY ALL"
    )
