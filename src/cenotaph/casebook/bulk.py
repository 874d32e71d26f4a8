"""Many rows in and out of the store: ``executemany`` into SQLite, COPY into PostgreSQL, streams out of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

from cenotaph.casebook.failures import told_apart

Cell = Any
CHUNK = 5_000


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Insert rows within the open transaction; columns are in the order of each row's cells."""
    names = ", ".join(f'"{column}"' for column in columns)
    connection.ensure_connection()
    raw: Any = connection.connection
    if connection.vendor == "postgresql":
        into = f'COPY "{table}" ({names}) FROM STDIN'
        with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    # Table and column names come from the guarded tables' description, never from outside.
    with connection.wrap_database_errors:
        raw.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608


def stream_rows(sql: str, parameters: Sequence[Cell] = ()) -> Iterator[list[tuple[Cell, ...]]]:
    """Yield a query's rows in chunks without holding them all: from a server-side cursor where there is one."""
    with told_apart():
        connection.ensure_connection()
    if connection.vendor == "postgresql":
        with connection.chunked_cursor() as cursor:
            with told_apart():
                cursor.execute(sql, parameters)
            while chunk := _fetch(cursor):
                yield [tuple(_plain(cell) for cell in row) for row in chunk]
        return
    raw: Any = connection.connection
    cursor = raw.cursor()
    try:
        with told_apart(), connection.wrap_database_errors:
            cursor.execute(sql.replace("%s", "?"), parameters)
        while chunk := _fetch(cursor):
            yield chunk
    finally:
        cursor.close()


def _fetch(cursor: Any) -> list[tuple[Cell, ...]]:
    with told_apart(), connection.wrap_database_errors:
        return list(cursor.fetchmany(CHUNK))


def _plain(cell: Cell) -> Cell:
    return bytes(cell) if isinstance(cell, memoryview) else cell


def fetch_rows(sql: str, parameters: Sequence[Cell] = ()) -> list[tuple[Cell, ...]]:
    """Return all rows of a small query."""
    with told_apart(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [tuple(_plain(cell) for cell in row) for row in cursor.fetchall()]


def fetch_one(sql: str, parameters: Sequence[Cell] = ()) -> tuple[Cell, ...] | None:
    """Return the first row of a query, or None."""
    found = fetch_rows(sql, parameters)
    return found[0] if found else None


_MANY = 500


def fetch_by_id(sql: str, identifiers: Iterable[str]) -> dict[Cell, tuple[Cell, ...]]:
    """Return rows by their first column, asked for in batches and not one by one.

    Parameters
    ----------
    sql
        A query that ends where a list of ids in parentheses is to follow: ``... WHERE p.id IN``.
    """
    found: dict[Cell, tuple[Cell, ...]] = {}
    for chunk in split_chunks(dict.fromkeys(identifiers), _MANY):
        rows = fetch_rows(f"{sql} ({', '.join(['%s'] * len(chunk))})", chunk)
        found.update((row[0], row[1:]) for row in rows)
    return found


def split_chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield lists of up to ``size`` items."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk
