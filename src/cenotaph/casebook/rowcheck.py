"""One row against what was committed: its hash, and what a seal may have left of it."""

from __future__ import annotations

import json
from typing import Any

from cenotaph.casebook import bulk
from cenotaph.casebook.commitment import combine_parts, commit_field, commit_row, hash_part, list_fields
from cenotaph.casebook.guarded import GuardedTable
from cenotaph.casebook.values import belongs_to_any
from cenotaph.domain.errors import ValueFormatError

# A row's seals: the id of the last, the entry of the first, the values sealed (None: the whole row).
Seals = dict[tuple[str, int], tuple[str, int, set[str | None]]]


def read_seals() -> Seals:
    """Return the seals of every sealed row, by table and row number."""
    found: Seals = {}
    sql = 'SELECT target_table, target_row, id, entry, field FROM seal ORDER BY "row"'
    for table, row, identifier, entry, value in bulk.fetch_rows(sql):
        _, first, values = found.get((table, row), ("", entry, set()))
        found[table, row] = (identifier, first, values | {value})
    return found


def check_row(table: GuardedTable, row: tuple[Any, ...], entry: int, sealed: Seals) -> str | None:
    """Return what is wrong with a row, None where nothing is.

    Parameters
    ----------
    row
        Its columns in the table's order.
    entry
        The ledger entry that committed to it.
    sealed
        What :func:`read_seals` returned.
    """
    number, own_entry, salt, row_hash, mark, *cells = row
    if own_entry != entry:
        return f"says that entry {own_entry} wrote it; it was entry {entry}."
    if not isinstance(row_hash, bytes) or not isinstance(salt, bytes | None):
        return "was changed: its hash or salt is not bytes."
    seals = sealed.get((table.name, number))
    try:
        fields = list_fields(table.committed, cells)
        if salt is None:
            if seals is None:
                return "has lost its salt, and no seal entry says so."
            return _check_sealed(table, fields, row_hash, json.loads(mark) if mark else {}, seals)
        if mark is not None:
            return "is marked as sealed, but its salt is still there."
        if seals is not None:
            return f"was sealed by entry {seals[1]}, but its salt is back."
        if commit_row(table.name, fields, salt, table.content) != row_hash:
            return f"({row[5]}) was changed: it does not have the hash that entry {entry} committed to."
    except ValueFormatError as error:
        return f"was changed: {error.message}"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "was changed: what a seal left of it is not what seals write."
    return None


def _check_sealed(
    table: GuardedTable,
    fields: dict[str, str],
    row_hash: bytes,
    mark: dict[str, Any],
    seals: tuple[str, int, set[str | None]],
) -> str | None:
    """Check what a seal left of a row: nothing sealed is there, nothing else is gone, and the rest still verifies."""
    last, _, values = seals
    if mark.get("seal") != last:
        return "does not name the seal that was set on it last."
    parts: dict[bool, dict[str, bytes]] = {True: {}, False: {}}
    for name, text in fields.items():
        is_content = name.partition(".")[0] in table.content
        if is_content and belongs_to_any(name, values):
            return f"is sealed, but its {name} is still there."
        if name not in mark["salts"]:
            return f"has a {name} that was not there when the row was sealed."
        parts[is_content][name] = commit_field(bytes.fromhex(mark["salts"][name]), text)
    if None in values:
        content = bytes.fromhex(mark["content"])
    else:
        for name, commitment in mark["fields"].items():
            if name.partition(".")[0] not in table.content or not belongs_to_any(name, values) or name in fields:
                return f"has lost its {name}, and no seal entry says so."
            parts[True][name] = bytes.fromhex(commitment)
        content = hash_part(parts[True])
    if combine_parts(table.name, hash_part(parts[False]), content) != row_hash:
        return "was changed after it was sealed."
    return None
