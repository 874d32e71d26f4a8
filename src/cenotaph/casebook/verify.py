"""The walk that checks a casebook: head, chain, rows, captures, triggers; it names what does not match."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cenotaph.casebook import bulk
from cenotaph.casebook.commitment import combine_fields, commit_field, commit_row, hash_block, list_fields
from cenotaph.casebook.guarded import GUARDED, GuardedTable
from cenotaph.casebook.head import EMPTY, read_head, settle
from cenotaph.casebook.ledger import Block, hash_blocks, hash_entry, read_last
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import LedgerBrokenError

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

    Parameters
    ----------
    progress
        Called with the name of what is being checked and how many of it are done.
    """
    try:
        settle(read_head(casebook.head_file), read_last())
    except LedgerBrokenError as error:
        yield Problem("head", error.message)
    yield from _check_chain(progress)
    yield from _check_triggers()
    sealed = _read_seals()
    for table in GUARDED:
        yield from _check_table(table, sealed, progress)


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
            if hash_entry(number, link, at, role, account, action, detail, rows, blocks_hash) != entry_hash:
                yield Problem(f"entry {number}", "was changed: its content does not have its hash.")
            own: list[Block] = []
            while waiting is not None and waiting[0] <= number:
                if waiting[0] == number:
                    own = waiting[1]
                else:
                    yield Problem(f"blocks of entry {waiting[0]}", "belong to no entry.")
                waiting = next(blocks, None)
            if hash_blocks(own) != blocks_hash or sum(block.rows for block in own) != rows:
                yield Problem(f"entry {number}", "does not match its blocks: a block was added, changed or removed.")
            expected, previous = number + 1, entry_hash
        progress("entries", len(chunk))
    if waiting is not None:
        yield Problem(f"blocks of entry {waiting[0]}", "belong to no entry.")


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
    from cenotaph.casebook.triggers import find_missing_triggers

    for name in find_missing_triggers():
        yield Problem(
            f"trigger {name}",
            "is missing, switched off or changed: the database no longer refuses such writes. "
            "`cenotaph ledger mend-triggers` makes it again; the walk over the rows shows whether anything was written.",
        )


def _read_seals() -> dict[tuple[str, int], int]:
    return {
        (table, row): entry
        for table, row, entry in bulk.fetch_rows('SELECT target_table, target_row, entry FROM seal ORDER BY "row"')
    }


def _check_table(table: GuardedTable, sealed: dict[tuple[str, int], int], progress: Progress) -> Iterator[Problem]:
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
            problem = _check_row(table, row, entry, sealed)
            if problem:
                yield problem
                broken = True
            hashes.append(bytes(row[3]))
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


def _check_row(table: GuardedTable, row: tuple[Any, ...], entry: int, sealed: dict[tuple[str, int], int]) -> Problem | None:
    number, own_entry, salt, row_hash, mark, *cells = row
    where = f"{table.name} row {number}"
    if own_entry != entry:
        return Problem(where, f"says that entry {own_entry} wrote it; it was entry {entry}.")
    fields = list_fields(table.committed, cells)
    if salt is not None:
        if mark is not None:
            return Problem(where, "is marked as sealed, but its salt is still there.")
        if (table.name, number) in sealed:
            return Problem(where, f"was sealed by entry {sealed[table.name, number]}, but its content is back.")
        if commit_row(table.name, fields, bytes(salt)) != bytes(row_hash):
            return Problem(where, f"({row[5]}) was changed: it does not have the hash that entry {entry} committed to.")
        return None
    if (table.name, number) not in sealed:
        return Problem(where, "has lost its salt, and no seal entry says so.")
    return _check_sealed(table, where, fields, bytes(row_hash), json.loads(mark) if mark else {})


def _check_sealed(table: GuardedTable, where: str, fields: dict[str, str], row_hash: bytes, mark: dict[str, Any]) -> Problem | None:
    """Check what a seal left of a row: the other fields still verify; of a row sealed whole only the hash is left."""
    if "fields" not in mark:
        left = [name for name in fields if name.split(".")[0] in table.content]
        return Problem(where, f"is sealed, but its {left[0]} is still there.") if left else None
    commitments = {name: bytes.fromhex(value) for name, value in mark["fields"].items()}
    for name in commitments:
        if name in fields:
            return Problem(where, f"has a sealed {name}, but it is still there.")
    for name, text in fields.items():
        if name not in mark["salts"]:
            return Problem(where, f"has a {name} that was not there when the row was sealed.")
        commitments[name] = commit_field(bytes.fromhex(mark["salts"][name]), text)
    if combine_fields(table.name, commitments) != row_hash:
        return Problem(where, "was changed after one of its values was sealed.")
    return None


def check_captures(casebook: Casebook, check: Callable[[str], str | None], progress: Progress = _say_nothing) -> Iterator[Problem]:
    """Yield every capture whose bytes are missing, changed, or still there though sealed.

    Parameters
    ----------
    check
        Re-hashes the bytes under a SHA-256; returns None where they are right, else what is wrong
        (``missing`` or ``changed``).
    """
    destroyed = {target for (target,) in bulk.fetch_rows("SELECT target FROM seal WHERE target_table = 'capture'")}
    for chunk in bulk.stream_rows('SELECT id FROM capture ORDER BY "row"'):
        for (identifier,) in chunk:
            state = check(identifier)
            if identifier in destroyed:
                if state != "missing":
                    yield Problem(f"capture {identifier}", "is sealed, but bytes still lie under its hash.")
            elif state:
                yield Problem(f"capture {identifier}", f"is {state}: its bytes are not the ones that were kept.")
            progress("captures", 1)


