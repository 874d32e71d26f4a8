"""Rows salted and hashed ahead of their transaction, kept in files without names until it opens.

Hashing a row takes as long as reading it. Where there are many rows, a second process hashes them: it is fed batches through
a pipe and writes them behind their hashes into the same files. What lies in the files is the same either way.

A frame of a file is two whole numbers (rows, bytes of the marshalled cells), then salts, hashes, cells. Through the pipe go
frames without hashes, each after the number of its table.
"""

from __future__ import annotations

import errno
import json
import marshal
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Self

from cenotaph.casebook.commitment import BLOCK_ROWS, SALT_BYTES, Cell
from cenotaph.casebook.failures import FULL, told_apart
from cenotaph.casebook.guarded import GUARDED_BY_NAME, GuardedTable
from cenotaph.casebook.ledger import Limits, PreparedRow, Salts, prepare_rows, read_limits
from cenotaph.domain.errors import InputError, StoreError

ALONE_ROWS = 20_000
"""So many rows are hashed by the process itself before it starts a second one."""

_FRAME = struct.Struct("<II")
_TABLE = struct.Struct("<I")
_HASH_BYTES = 32
_FULL_DISK = 3
"""Exit code of the second process where its disk is full: there is no room for words then."""


class RowSpool:
    """Takes rows of some tables and gives them back salted and hashed, each table's in the order they came.

    Parameters
    ----------
    tables
        The tables they are for.
    salts
        Gives that many random bytes.
    folder
        Where the files lie; they have no names there.
    helper
        Whether a second process may hash where there are many rows.
    """

    def __init__(self, tables: Sequence[GuardedTable], salts: Salts, folder: Path, helper: bool = True) -> None:
        self._tables = tuple(tables)
        self._salts = salts
        self._helper = helper
        self._limits = [read_limits(table.name) for table in self._tables]
        self._stack = ExitStack()
        with told_apart():
            self._files = [self._open(folder) for _ in self._tables]
            self._errors = self._open(folder)
        self._child: subprocess.Popen[bytes] | None = None
        self._batches: list[list[Sequence[Cell]]] = [[] for _ in self._tables]
        self._passed = 0

    def _open(self, folder: Path) -> IO[bytes]:
        return self._stack.enter_context(tempfile.TemporaryFile(dir=folder, buffering=0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            assert self._child.stdin is not None
            with suppress(OSError):
                self._child.stdin.close()
        self._stack.close()

    def add(self, table: int, row: Sequence[Cell]) -> None:
        """Take one row of a table, by its place among the tables: its committed cells in the table's order.

        Raises
        ------
        DiskFullError, StoreError
            The files cannot be written.
        """
        batch = self._batches[table]
        batch.append(row)
        if len(batch) == BLOCK_ROWS:
            with told_apart():
                self._pass_on(table)

    def _pass_on(self, table: int) -> None:
        batch = self._batches[table]
        self._batches[table] = []
        self._passed += len(batch)
        pool = self._salts(SALT_BYTES * len(batch))
        if self._helper and self._child is None and self._passed > ALONE_ROWS:
            self._start()
        cells = marshal.dumps(batch)
        if self._child is None:
            _write_frame(self._files[table], self._tables[table], batch, pool, self._limits[table], cells)
            return
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(_TABLE.pack(table) + _FRAME.pack(len(batch), len(cells)) + pool + cells)
        except OSError as error:
            self._finish()
            raise StoreError(
                "The process that hashes rows went away.", "Nothing was written; run it again."
            ) from error

    def _start(self) -> None:
        """Start the second process; where that is not possible, go on alone."""
        targets = [file.fileno() for file in self._files]
        given = json.dumps(
            [
                [table.name, limits, target]
                for table, limits, target in zip(self._tables, self._limits, targets, strict=True)
            ]
        )
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-c", "from cenotaph.casebook.spool import hash_frames; hash_frames()", given],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=targets,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)},
            )
        except OSError:
            self._helper = False

    def _finish(self) -> None:
        """Wait for the second process, and raise what it found wrong."""
        if self._child is None:
            return
        assert self._child.stdin is not None
        with suppress(OSError):
            self._child.stdin.close()
        code = self._child.wait()
        if code == 0:
            return
        if code == _FULL_DISK:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._errors.seek(0)
        last = self._errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        try:
            message, hint = json.loads(last)
        except ValueError:
            hint = "Nothing was written; run it again."
            raise StoreError(f"The process that hashes rows failed: {last[:200]}", hint) from None
        raise InputError(message, hint)

    def close(self) -> None:
        """Take no more rows: hash what is left, and wait until everything is.

        Raises
        ------
        InputError
            A row holds what the record cannot keep.
        DiskFullError, StoreError
            The files cannot be written, or the second process failed.
        """
        with told_apart():
            for table, batch in enumerate(self._batches):
                if batch:
                    self._pass_on(table)
            self._finish()

    def rows(self, table: int) -> Iterator[PreparedRow]:
        """Yield a table's rows with their salts and hashes, once :meth:`close` was called."""
        stream = os.fdopen(os.dup(self._files[table].fileno()), "rb", buffering=1 << 20)
        with stream:
            stream.seek(0)
            while head := stream.read(_FRAME.size):
                count, size = _FRAME.unpack(head)
                salts, hashes = stream.read(SALT_BYTES * count), stream.read(_HASH_BYTES * count)
                # Written by this process or its helper, into a file that nobody else can open.
                for at, cells in enumerate(marshal.loads(stream.read(size))):
                    salt, row_hash = at * SALT_BYTES, at * _HASH_BYTES
                    yield PreparedRow(
                        salts[salt : salt + SALT_BYTES], hashes[row_hash : row_hash + _HASH_BYTES], cells
                    )


def _write_frame(
    stream: IO[bytes], table: GuardedTable, rows: list[Sequence[Cell]], pool: bytes, limits: Limits, cells: bytes
) -> None:
    hashes = b"".join(row.row_hash for row in prepare_rows(table, rows, lambda _: pool, limits))
    frame = memoryview(_FRAME.pack(len(rows), len(cells)) + pool + hashes + cells)
    while frame:  # Unbuffered, so that a write may stop short.
        frame = frame[stream.write(frame) :]


def hash_frames() -> None:
    """Be the second process: read batches from standard input, write frames into the files, until there are no more."""
    tables: list[tuple[GuardedTable, Limits, IO[bytes]]] = []
    for name, limits, target in json.loads(sys.argv[1]):
        checked = tuple((place, column, limit) for place, column, limit in limits)
        tables.append((GUARDED_BY_NAME[name], checked, os.fdopen(target, "wb", buffering=0)))
    source = sys.stdin.buffer
    while number := source.read(_TABLE.size):
        table, limits, stream = tables[_TABLE.unpack(number)[0]]
        count, size = _FRAME.unpack(source.read(_FRAME.size))
        pool, cells = source.read(SALT_BYTES * count), source.read(size)
        if len(cells) < size:  # The process that feeds this one was ended.
            sys.exit(2)
        try:
            _write_frame(stream, table, marshal.loads(cells), pool, limits, cells)
        except InputError as error:
            sys.stderr.write(json.dumps([error.message, error.hint]))
            sys.exit(1)
        except OSError as error:
            if error.errno not in FULL:
                raise
            sys.exit(_FULL_DISK)
