"""The chain: what one writing service does is one entry, in the transaction that does it.

An entry commits to the rows it wrote: each row has a salted hash (:mod:`cenotaph.casebook.commitment`), up to a thousand
consecutive rows of a table make a block, and the entry's hash covers its blocks and the hash of the entry before it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from cenotaph.casebook import bulk
from cenotaph.casebook.commitment import BLOCK_ROWS, SALT_BYTES, Cell, commit_row, hash_block, list_fields
from cenotaph.casebook.entry_hash import Block, hash_blocks, hash_entry
from cenotaph.casebook.guarded import GUARDED_BY_NAME, SEAL, GuardedTable
from cenotaph.casebook.head import EMPTY, Head
from cenotaph.domain.canonical import JsonValue, canonical_json
from cenotaph.domain.errors import InputError, LedgerBrokenError, ValueFormatError

Salts = Callable[[int], bytes]
Limits = tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who writes: a role and an account, never a person's name unless the account is one."""

    role: str
    account: str


@dataclass(frozen=True, slots=True)
class PreparedRow:
    """A row ready to insert: its salt, its hash and its committed cells in the table's order."""

    salt: bytes
    row_hash: bytes
    cells: tuple[Cell, ...]


def prepare_rows(
    table: GuardedTable, rows: Iterable[Sequence[Cell]], salts: Salts, limits: Limits | None = None
) -> Iterator[PreparedRow]:
    """Salt and hash rows; may run long before the transaction that inserts them.

    ``limits`` are those of :func:`read_limits`, where the process that calls has no database.
    """
    names, name, content = table.committed, table.name, frozenset(table.content)
    limits = read_limits(name) if limits is None else limits
    pool, at = b"", 0
    for row in rows:
        if at == len(pool):
            pool, at = salts(SALT_BYTES * BLOCK_ROWS), 0
        salt = pool[at : at + SALT_BYTES]
        at += SALT_BYTES
        try:
            _check_limits(row, limits)
            row_hash = commit_row(name, list_fields(names, row), salt, content)
        except ValueFormatError as error:
            raise InputError(f"{name} {ascii(row[0])[1:65]}: {error.message}", error.hint) from error
        yield PreparedRow(salt, row_hash, tuple(row))


def read_limits(table: str) -> Limits:
    """Return place, column and limit of the columns that a database may hold to a length or a range."""
    from django.conf import settings

    return _read_limits(table) if settings.configured else ()  # Else rows are only hashed; nothing can be inserted.


@lru_cache(64)
def _read_limits(table: str) -> Limits:
    from django.apps import apps
    from django.db import models

    model = next(model for model in apps.get_app_config("casebook").get_models() if model._meta.db_table == table)
    found: list[tuple[int, str, int]] = []
    for place, column in enumerate(GUARDED_BY_NAME[table].committed):
        kind = model._meta.get_field(column)
        if isinstance(kind, models.IntegerField):
            found.append((place, column, 2**63 if isinstance(kind, models.BigIntegerField) else 2**31))
        elif isinstance(kind, models.CharField) and kind.max_length:
            found.append((place, column, kind.max_length))
    return tuple(found)


def _check_limits(row: Sequence[Cell], limits: Limits) -> None:
    """Refuse on every database what one of them cannot hold."""
    for place, column, limit in limits:
        cell = row[place]
        if cell is not None and (len(cell) > limit if isinstance(cell, str) else not -limit < cell < limit):
            words = f"{limit} characters" if isinstance(cell, str) else f"{limit - 1}"
            raise ValueFormatError(f"Its {column} is more than {words}.", "The record cannot hold it: give a shorter one.")


def check_text(where: str, text: str) -> str:
    """Return a text that every database can keep.

    Raises
    ------
    InputError
        It holds U+0000 or half a surrogate pair.
    """
    try:
        found = "U+0000" if 0 in text.encode() else ""
    except UnicodeEncodeError:
        found = "half a surrogate pair"
    if found:
        raise InputError(f"The {where} holds {found}.", "Not every database can keep that character: take it out.")
    return text


def read_last() -> Head:
    """Return the last entry in the database, or the empty ledger's head."""
    found = bulk.fetch_one("SELECT number, hash FROM ledger_entry ORDER BY number DESC LIMIT 1")
    return Head(found[0], found[1]) if found else EMPTY


def read_settings_name(head: Head) -> str | None:
    """Return the name of the settings under which an entry was made; None for the empty ledger."""
    found = bulk.fetch_one("SELECT detail FROM ledger_entry WHERE number = %s", [head.number])
    return json.loads(found[0]).get("settings") if found else None


def format_instant(instant: datetime) -> str:
    """Return an instant as the record writes it: UTC, microseconds, ``Z``."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass
class Entry:
    """One entry being written, inside its transaction.

    Parameters
    ----------
    previous
        The head it follows.
    actor, action, at
        Who, what, and when (UTC).
    salts
        Gives that many random bytes.
    """

    previous: Head
    actor: Actor
    action: str
    at: datetime
    salts: Salts
    detail: dict[str, JsonValue] = field(default_factory=dict)
    after_commit: list[Callable[[], None]] = field(default_factory=list)
    seals: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _next_rows: dict[str, int] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The entry's number, from 1."""
        return self.previous.number + 1

    @property
    def instant(self) -> str:
        """When the entry is written, as the record writes it."""
        return format_instant(self.at)

    @property
    def rows(self) -> int:
        """How many rows it has written so far."""
        return sum(block.rows for block in self._blocks)

    def add(self, table: GuardedTable, rows: Iterable[Sequence[Cell]]) -> int:
        """Insert rows of committed cells in the table's order; return how many there were."""
        return self.add_prepared(table, prepare_rows(table, rows, self.salts))

    def add_prepared(self, table: GuardedTable, rows: Iterable[PreparedRow]) -> int:
        """Insert rows that were salted and hashed before; return how many there were."""
        first = self._next_row(table.name)
        row = first
        for chunk in bulk.split_chunks(rows, BLOCK_ROWS):
            bulk.insert_rows(
                table.name,
                table.columns,
                ((row + at, self.number, item.salt, item.row_hash, None, *item.cells) for at, item in enumerate(chunk)),
            )
            block_hash = hash_block(table.name, row, [item.row_hash for item in chunk]).hex()
            self._blocks.append(Block(table.name, row, len(chunk), block_hash))
            row += len(chunk)
        self._next_rows[table.name] = row
        self.seals += (row - first) * (table is SEAL)
        return row - first

    def _next_row(self, table: str) -> int:
        if table not in self._next_rows:
            found = bulk.fetch_one(f'SELECT "row", entry FROM "{table}" ORDER BY "row" DESC LIMIT 1')  # noqa: S608
            last, entry = found or (0, 0)
            if entry >= self.number:
                raise LedgerBrokenError(
                    f"Table {table} has a row of entry {entry}, which was never written: it came around the services.",
                    "Run `cenotaph ledger verify`.",
                )
            self._next_rows[table] = last + 1
        return self._next_rows[table]

    def close(self) -> Head:
        """Write the entry itself, as the last thing of its transaction; return the new head."""
        found = bulk.fetch_one("SELECT MAX(number) FROM ledger_block")
        number = (found[0] if found else None) or 0
        bulk.insert_rows(
            "ledger_block",
            ("number", "entry", "table_name", "first", "rows", "hash"),
            [(number + at, self.number, b.table, b.first, b.rows, b.hash) for at, b in enumerate(self._blocks, 1)],
        )
        blocks_hash = hash_blocks(self._blocks)
        detail = check_text("detail of the entry", canonical_json(self.detail))
        role = check_text("role", self.actor.role)
        account = check_text("account", self.actor.account)
        values = (self.number, self.previous.hash, self.instant, role, account, self.action, detail)
        entry_hash = hash_entry(*values, self.rows, blocks_hash)
        bulk.insert_rows(
            "ledger_entry",
            ("number", "previous", "at", "role", "account", "action", "detail", "rows", "blocks_hash", "hash"),
            [(*values, self.rows, blocks_hash, entry_hash)],
        )
        return Head(self.number, entry_hash)
