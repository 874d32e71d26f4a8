"""The walk that checks a casebook: head, chain, rows, captures, triggers; it names what does not match."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cenotaph.casebook import bulk
from cenotaph.casebook.commitment import hash_block
from cenotaph.casebook.entry_hash import Block, hash_blocks, hash_entry
from cenotaph.casebook.failures import told_apart
from cenotaph.casebook.guarded import GUARDED, GUARDED_BY_NAME, GuardedTable
from cenotaph.casebook.head import EMPTY
from cenotaph.casebook.rowcheck import Seals, check_row, read_seals
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import CenotaphError, DiskFailedError, LedgerBrokenError

Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not match what was committed.

    Parameters
    ----------
    where
        The record: an entry, a row, a block, a capture, a trigger, the head.
    message
        What is wrong with it, and what that shows.
    """

    where: str
    message: str


def _say_nothing(stage: str, done: int) -> None:
    del stage, done


def check_ledger(casebook: Casebook, progress: Progress = _say_nothing) -> Iterator[Problem]:
    """Yield every problem of head, chain, triggers and rows, the head first; captures are :func:`check_captures`'s.

    To be called within a snapshot or the writer's lock, so that all of it is one state.

    Parameters
    ----------
    progress
        Called with the name of what is being checked and how many of it are done.

    Raises
    ------
    DiskFailedError
        The disk is full or fails: nothing is said of the record.
    """
    try:
        casebook.check_head()
    except LedgerBrokenError as error:
        yield Problem("head", error.message)
    yield from _told("the ledger", _check_chain(progress))
    yield from _told("the triggers", _check_triggers())
    yield from _told("the database's file", _check_file())
    try:
        sealed = read_seals()
    except DiskFailedError:
        raise
    except CenotaphError as error:
        yield Problem("the seals", f"cannot be read: {error.message}")
        return
    for table in GUARDED:
        yield from _told(f"table {table.name}", _check_table(table, sealed, progress))


def _told(where: str, problems: Iterator[Problem]) -> Iterator[Problem]:
    """Pass problems on; what the database cannot even read is one of them, unless it is the disk that fails."""
    try:
        yield from problems
    except DiskFailedError:
        raise
    except CenotaphError as error:
        yield Problem(where, f"cannot be read on from here: {error.message}")


def _check_chain(progress: Progress) -> Iterator[Problem]:
    """Check every entry's number, link, hash and blocks."""
    blocks = _blocks_by_entry()
    waiting = next(blocks, None)
    expected, previous = 1, EMPTY.hash
    sql = "SELECT number, previous, at, role, account, action, detail, rows, blocks_hash, hash FROM ledger_entry ORDER BY number"
    for chunk in bulk.stream_rows(sql):
        for number, link, at, role, account, action, detail, rows, blocks_hash, entry_hash in chunk:
            if number != expected:
                yield Problem(f"entry {expected}", f"is missing: the chain goes on with entry {number}.")
                expected = number
            if link != previous:
                yield Problem(
                    f"entry {number}",
                    f"does not follow entry {number - 1}: it names another hash before it. "
                    "Entries were changed, swapped or removed here.",
                )
            if not _has_hash((number, link, at, role, account, action, detail, rows, blocks_hash), entry_hash):
                yield Problem(f"entry {number}", "was changed: its content does not have its hash.")
            own: list[Block] = []
            while waiting is not None and waiting[0] <= number:
                if waiting[0] == number:
                    own = waiting[1]
                else:
                    yield Problem(f"blocks of entry {waiting[0]}", "belong to no entry.")
                waiting = next(blocks, None)
            if _hash_own(own) != blocks_hash or sum(block.rows for block in own) != rows:
                yield Problem(f"entry {number}", "does not match its blocks: a block was added, changed or removed.")
            for block in own:
                if block.table not in GUARDED_BY_NAME:
                    yield Problem(f"entry {number}", f"has a block of '{block.table}', a table that this version does not know.")
            expected, previous = number + 1, entry_hash
        progress("entries", len(chunk))
    if waiting is not None:
        yield Problem(f"blocks of entry {waiting[0]}", "belong to no entry.")


def _has_hash(columns: tuple[Any, ...], entry_hash: str) -> bool:
    try:
        return hash_entry(*columns) == entry_hash
    except (TypeError, ValueError, CenotaphError):  # A cell of another type, or half a character.
        return False


def _hash_own(blocks: list[Block]) -> str:
    try:
        return hash_blocks(blocks)
    except (TypeError, ValueError):
        return ""


def _blocks_by_entry() -> Iterator[tuple[int, list[Block]]]:
    current, found = 0, list[Block]()
    for chunk in bulk.stream_rows('SELECT entry, table_name, first, "rows", hash FROM ledger_block ORDER BY entry, number'):
        for entry, table, first, rows, block_hash in chunk:
            if entry != current and found:
                yield current, found
                found = []
            current = entry
            found.append(Block(table, first, rows, block_hash))
    if found:
        yield current, found


def _check_triggers() -> Iterator[Problem]:
    from cenotaph.casebook.triggers import find_missing_triggers, find_strangers

    with told_apart():
        missing, strangers = find_missing_triggers(), find_strangers()
    for name in missing:
        yield Problem(
            f"trigger {name}",
            "is missing, switched off or changed: the database no longer refuses such writes. "
            "`cenotaph ledger mend-triggers` makes it again; the walk over the rows shows whether anything was written.",
        )
    for name in strangers:
        yield Problem(name, "is not of this casebook and can change what is written or read. Remove it by hand.")


def _check_file() -> Iterator[Problem]:
    """Check that an SQLite file is whole, its indexes too, which the walk over the rows does not use."""
    from django.db import connection

    if connection.vendor == "sqlite":
        for (text,) in bulk.fetch_rows("PRAGMA integrity_check(1)"):
            if text != "ok":
                yield Problem("the database's file", f"is damaged: {' '.join(str(text).split())}")


def _check_table(table: GuardedTable, sealed: Seals, progress: Progress) -> Iterator[Problem]:
    """Check a table's rows against the blocks, in order of row number."""
    blocks = iter(
        bulk.fetch_rows(
            'SELECT entry, first, "rows", hash FROM ledger_block WHERE table_name = %s ORDER BY first, number', [table.name]
        )
    )
    rows = _stream_table(table)
    row = next(rows, None)
    expected = 1
    for entry, first, count, block_hash in blocks:
        if first != expected:
            yield Problem(f"{table.name} block at row {first}", f"does not follow row {expected - 1}.")
        hashes: list[bytes] = []
        broken = False
        for number in range(first, first + count):
            while row is not None and row[0] < number:
                yield _stray(table, row)
                row = next(rows, None)
            if row is None or row[0] != number:
                yield Problem(f"{table.name} row {number}", f"is missing; entry {entry} wrote it.")
                broken = True
                continue
            message = check_row(table, row, entry, sealed)
            if message:
                yield Problem(f"{table.name} row {number}", message)
                broken = True
            else:
                hashes.append(row[3])
            row = next(rows, None)
        if not broken and hash_block(table.name, first, hashes).hex() != block_hash:
            yield Problem(
                f"{table.name} rows {first} to {first + count - 1}",
                f"do not have the hash that entry {entry} committed to: rows of this block were exchanged or written anew.",
            )
        progress(f"{table.name} rows", count)
        expected = first + count
    while row is not None:
        yield _stray(table, row)
        row = next(rows, None)


def _stray(table: GuardedTable, row: tuple[Any, ...]) -> Problem:
    return Problem(f"{table.name} row {row[0]}", f"({row[5]}) is in no ledger entry: it was written around the services.")


def _stream_table(table: GuardedTable) -> Iterator[tuple[Any, ...]]:
    sql = f'SELECT {table.selection()} FROM "{table.name}" ORDER BY "row"'  # noqa: S608
    for chunk in bulk.stream_rows(sql):
        yield from chunk


def check_captures(
    casebook: Casebook, check: Callable[[str], str | None], progress: Progress = _say_nothing
) -> Iterator[Problem]:
    """Yield every capture whose bytes are missing, changed, or still there though sealed.

    To be called outside a snapshot: captures may be sealed meanwhile, so what looks wrong is looked at again while no
    writer is at work.

    Parameters
    ----------
    check
        Re-hashes the bytes under a SHA-256; returns None where they are right, else what is wrong
        (``missing`` or ``changed``).
    """
    for chunk in bulk.stream_rows('SELECT id FROM capture ORDER BY "row"'):
        for (identifier,) in chunk:
            if _judge_capture(identifier, check(identifier)):
                with casebook.still():
                    message = _judge_capture(identifier, check(identifier))
                if message:
                    yield Problem(f"capture {identifier}", message)
            progress("captures", 1)


def _judge_capture(identifier: str, state: str | None) -> str | None:
    if state is None or state == "missing":
        sealed = bulk.fetch_one("SELECT 1 FROM seal WHERE target_table = 'capture' AND target = %s LIMIT 1", [identifier])
        if state is None and sealed:
            return "is sealed, but bytes lie under its hash: the seal was interrupted, or they were put back. Seal it again."
        if sealed:
            return None
    if state and state.startswith("locked"):
        return f"is {state}: nobody can read it."
    return f"is {state}: its bytes are not the ones that were kept." if state else None
