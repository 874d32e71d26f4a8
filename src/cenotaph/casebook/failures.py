"""Errors of the database and the file system, told apart by their codes and said in plain words."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from cenotaph.domain.errors import (
    BusyError,
    CenotaphError,
    DiskFailedError,
    DiskFullError,
    LedgerBrokenError,
    RefusedError,
    StoreError,
)

NOTHING_WRITTEN = "Nothing was written."
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)

_REFUSAL = "append-only"


def name_database_error(error: Exception) -> CenotaphError:
    """Return the error of this project's tree that a database error stands for."""
    cause = error.__cause__ if error.__cause__ is not None else error
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if isinstance(cause, sqlite3.Error):
        return _name_sqlite_error(getattr(cause, "sqlite_errorcode", 0), text)
    return _name_postgres_error(getattr(cause, "sqlstate", None), text)


def _full() -> DiskFullError:
    return DiskFullError("The disk is full; nothing was written.", "Make room and run it again.")


def _name_sqlite_error(code: int, text: str) -> CenotaphError:
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER and _REFUSAL in text:
        return RefusedError(f"The database refused it: {text}.", "Only the services may write to the record.")
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return _full()
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return BusyError("Another process holds the casebook's database.", "Wait for it, or raise store.busy_seconds.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return LedgerBrokenError(f"The database's file is damaged: {text}.", "Restore the casebook from a backup.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            hint = "Who owns the casebook's folder, and is it read-only?"
            return StoreError(f"The database's file cannot be opened or written: {text}.", hint)
        case sqlite3.SQLITE_IOERR:
            return DiskFailedError(
                f"The disk is full or failed: {text}.", "Make room, or see whether the disk is sound, and run it again."
            )
    return StoreError(f"The database refused it: {text}.", NOTHING_WRITTEN)


def _name_postgres_error(state: str | None, text: str) -> CenotaphError:
    if state == "P0001" and _REFUSAL in text:
        return RefusedError(f"The database refused it: {text}.", "Only the services may write to the record.")
    match state:
        case "53100":
            return _full()
        case "58030":
            return DiskFailedError(
                f"The server's disk failed: {text}.", "Make room, or see whether the disk is sound, and run it again."
            )
        case "55P03" | "57014":
            return BusyError("Another process holds the casebook's database.", "Wait for it, or raise store.busy_seconds.")
        case "42501" | "25006":
            return StoreError(f"The database does not allow it: {text}.", "Its user must own the casebook's tables.")
        case "42P01":
            return LedgerBrokenError(f"The database lacks a table: {text}.", "Restore the casebook from a backup.")
    if state is None or state.startswith(("08", "57P", "28")) or state == "3D000":
        return StoreError(f"The database cannot be reached: {text}.", "Is the server up, and store.url right?")
    return StoreError(f"The database refused it: {text}.", NOTHING_WRITTEN)


def name_system_error(error: OSError) -> CenotaphError | None:
    """Return the error that a failure of the file system stands for; None where it is nothing foreseen."""
    where = f" at {error.filename}" if error.filename else ""
    if error.errno in FULL:
        return _full()
    if error.errno in _NOT_ALLOWED:
        return StoreError(
            f"The casebook's folder cannot be written{where}: {error.strerror}.",
            "It must be on a disk that can be written, and belong to who runs this.",
        )
    if error.errno == errno.EIO:
        return DiskFailedError(
            f"The disk failed{where}: {error.strerror}.", "Copy the casebook to a sound disk and verify it there."
        )
    return None


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn errors of the database and the file system into this project's own."""
    from django.db import DatabaseError, InterfaceError

    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        raise name_database_error(error) from error
    except OSError as error:
        named = name_system_error(error)
        if named is None:
            raise
        raise named from error
