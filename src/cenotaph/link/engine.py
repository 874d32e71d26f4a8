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
            connection.execute("SET enable_progress_bar = false")
            yield connection
        finally:
            connection.close()


def fetch_numbers(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[float, ...]:
    """Return the one row that a query gives; the connection is free again afterwards."""
    (row,) = connection.execute(sql).fetchall()
    return tuple(float(number) for number in row)
