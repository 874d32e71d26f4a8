"""The database that a run of linkage works in: DuckDB in memory, offline, with limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MEMORY = "3GB"


@contextmanager
def open_engine(folder: str | None = None, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database that loads nothing from the network and keeps to its memory.

    Parameters
    ----------
    folder
        Where it may put what does not fit into memory; without it, a folder that is deleted afterwards.
    threads
        How many threads it may use; without it, as many as there are processors.
    """
    import tempfile

    import duckdb

    with tempfile.TemporaryDirectory(prefix="cenotaph-", dir=folder) as temporary:
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "temp_directory": temporary,
            "memory_limit": MEMORY,
            "preserve_insertion_order": False,
        }
        if threads:
            config["threads"] = threads
        connection = duckdb.connect(":memory:", config=config)
        try:
            yield connection
        finally:
            connection.close()


def fetch_numbers(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[float, ...]:
    """Return the one row that a query gives; the connection is free again afterwards."""
    (row,) = connection.execute(sql).fetchall()
    return tuple(float(number) for number in row)


LONGEST_EQUALITY = 400
"""Characters of a condition beyond which it is no plain equality of columns, which is all that Splink looks for in it."""


def quicken_splink() -> None:
    """Spare Splink the parsing of long conditions, where it asks of each whether it is an equality of columns.

    It brings each condition into conjunctive normal form to find that out, anew for every pass of training: for conditions as
    long as those on names that takes half a minute, whatever the number of reports.
    """
    from splink.internals.comparison_level import ComparisonLevel

    whole = ComparisonLevel._is_exact_match
    if not isinstance(whole, property) or whole.fget is None or getattr(whole.fget, "quick", False):
        return
    ask = whole.fget

    def answer(level: ComparisonLevel) -> bool:
        return len(level.sql_condition) <= LONGEST_EQUALITY and bool(ask(level))

    setattr(answer, "quick", True)  # noqa: B010
    ComparisonLevel._is_exact_match = property(answer)
