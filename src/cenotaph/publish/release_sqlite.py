"""The SQLite file of a release: written by a process of its own where there is much to write, with the same bytes."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.processes import end_with_parent
from cenotaph.publish.release_tables import Cell, Kind, Table

if TYPE_CHECKING:
    import pyarrow as pa

_SQL = {Kind.STRING: "TEXT", Kind.INTEGER: "INTEGER", Kind.NUMBER: "REAL", Kind.BOOLEAN: "INTEGER"}
MANY = 100_000
"""So many rows are worth a process of their own."""


class SqliteFile:
    """A release's SQLite file, to which tables are added in order."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA page_size = 4096")
        self._connection.execute("PRAGMA journal_mode = OFF")

    def add(self, table: Table, rows: Iterable[Sequence[Cell]]) -> None:
        """Add a table with its rows."""
        columns = ", ".join(f'"{c.name}" {_SQL[c.kind]}' for c in table.columns)
        key = f", PRIMARY KEY ({', '.join(table.key)})" if table.key else ""
        self._connection.execute(f'CREATE TABLE "{table.name}" ({columns}{key})')
        marks = ", ".join("?" * len(table.columns))
        self._connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608

    def finish(self) -> None:
        """End it; what its header says of the library that wrote it is set to nothing."""
        self._connection.commit()
        self._connection.execute("VACUUM")
        self.close()
        with self._path.open("r+b") as stream:  # https://www.sqlite.org/fileformat2.html#the_database_header
            stream.seek(24)
            stream.write((1).to_bytes(4, "big"))
            stream.seek(92)
            stream.write((1).to_bytes(4, "big") + bytes(4))

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()


class SqliteBeside:
    """Writes a release's SQLite file beside, from the Parquet files of its tables, where these have many rows.

    Whatever hinders the other process, or its start, this one writes the file itself in the end.

    Parameters
    ----------
    tables
        All of them, in order.
    path
        The file to be.
    """

    def __init__(self, tables: Sequence[Table], path: Path) -> None:
        import multiprocessing

        self._tables, self._path = tables, path
        self._pool: ProcessPoolExecutor | None = None
        self._jobs: list[Future[None]] = []
        daemon = multiprocessing.current_process().daemon  # One that may not start others.
        if sum(len(table.rows) for table in tables) >= MANY and not daemon:
            # Spawned, not forked: threads of libraries that the caller uses do not survive a fork.
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), end_with_parent)
            self._submit(None, None)

    def add(self, table: Table, parquet: Path) -> None:
        """Add a table whose Parquet file is written."""
        self._submit(Table(table.name, table.title, table.columns, (), table.key), parquet)

    def finish(self) -> None:
        """Wait until the file is written."""
        try:
            if self._written():
                return
        finally:
            self.close()
        self._path.unlink(missing_ok=True)
        file = SqliteFile(self._path)
        try:
            for table in self._tables:
                file.add(table, table.rows)
            file.finish()
        finally:
            file.close()

    def close(self) -> None:
        """Let go of the other process; what it has begun it ends."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _submit(self, table: Table | None, parquet: Path | None) -> None:
        if self._pool is not None:
            with contextlib.suppress(Exception):  # It broke: its last job will say so.
                self._jobs.append(self._pool.submit(_work, self._path, table, parquet))

    def _written(self) -> bool:
        if self._pool is None:
            return False
        try:
            for job in (*self._jobs, self._pool.submit(_finish)):
                job.result()
        except Exception:
            return False
        return True


_FILES: list[SqliteFile] = []


def _work(path: Path, table: Table | None, parquet: Path | None) -> None:
    if table is None or parquet is None:
        _FILES[:] = [SqliteFile(path)]
        return
    import pyarrow.parquet as pq

    found = pq.read_table(parquet)
    _FILES[0].add(table, zip(*(_read_cells(found[column.name], column.kind) for column in table.columns), strict=True))


def _finish() -> None:
    _FILES[0].finish()


def _read_cells(column: pa.ChunkedArray, kind: Kind) -> list[Cell]:
    """Return a column's cells; of texts the way that takes a tenth of the time."""
    found: list[Cell] = column.to_numpy().tolist() if kind is Kind.STRING else column.to_pylist()
    return found
