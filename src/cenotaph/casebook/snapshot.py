"""One state of the database for everything that is read, however long the reading takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from cenotaph.casebook.failures import told_apart


@contextmanager
def read_transaction() -> Iterator[None]:
    """Begin a transaction that reads one state and writes nothing; the state is fixed when this returns.

    Django would begin SQLite's as a writer's, since the casebook's transactions are immediate: this one is begun by hand.
    Writers are not kept waiting.
    """
    with told_apart():
        connection.ensure_connection()
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with told_apart(), connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT 1 FROM ledger_entry LIMIT 1")
            yield
        return
    raw: Any = connection.connection
    with told_apart(), connection.wrap_database_errors:
        raw.execute("BEGIN DEFERRED")
    try:
        with told_apart(), connection.wrap_database_errors:
            raw.execute("SELECT 1 FROM ledger_entry LIMIT 1").fetchone()
        yield
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
