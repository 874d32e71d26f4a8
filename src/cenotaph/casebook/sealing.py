"""What a seal does to rows and bytes: destroy content and salt, keep what still proves the rest.

Only :class:`~cenotaph.casebook.ledger.Entry` writes rows; this module is the one exception that changes them, and the
triggers let it do so only while the seal's own entry is open.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable

from django.db import connection

from cenotaph.casebook import bulk
from cenotaph.casebook.commitment import commit_field, derive_salt, list_fields
from cenotaph.casebook.guarded import GUARDED_BY_NAME, SEAL, GuardedTable
from cenotaph.casebook.head import sync_folder
from cenotaph.casebook.ledger import Entry
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.errors import NotFoundError, RefusedError


def seal_row(entry: Entry, table: GuardedTable, target: str, field: str | None, reason_class: str, applied_again: str | None = None) -> bool:
    """Destroy a row's content and salt, or one of its fields, and write the tombstone.

    Parameters
    ----------
    target
        The row's id.
    field
        A column, or ``other.<key>``; None for the whole row.
    applied_again
        When the seal was first set, where it is set anew after an older backup was restored.

    Returns
    -------
    bool
        False where it was sealed already.

    Raises
    ------
    NotFoundError, RefusedError
        There is no such row or field, or the field is one that a seal keeps.
    """
    sql = f'SELECT {table.selection()} FROM "{table.name}" WHERE id = %s'  # noqa: S608
    found = bulk.fetch_one(sql, [target])
    if found is None:
        raise NotFoundError(f"There is no {table.name} with the id {target}.", "Look the id up with the list command.")
    row, _, salt, _, mark, *cells = found
    state = json.loads(mark) if mark else {}
    if salt is None and "fields" not in state:
        return False
    fields = list_fields(table.committed, cells)
    if field is not None and field in state.get("fields", {}):
        return False
    if field is not None:
        _check_field(table, target, field, fields)
    identifier = content_id("seal", table.name, target, field or "", str(entry.number))
    role = entry.actor.role
    entry.add(
        SEAL,
        [(identifier, table.name, row, target, field, reason_class, applied_again or entry.instant, role, entry.instant if applied_again else None)],
    )
    if field is None:
        _update(table, row, {"seal": identifier}, dict.fromkeys(table.content))
        return True
    salts = state.get("salts") or {name: derive_salt(bytes(salt), name).hex() for name in fields}
    commitments = dict(state.get("fields", {}))
    commitments[field] = commit_field(bytes.fromhex(salts.pop(field)), fields[field]).hex()
    column = field.split(".")[0]
    left: str | None = None
    if column == "other":
        rest = json.loads(cells[table.committed.index("other")])
        del rest[field.split(".", 1)[1]]
        left = canonical_json(rest) if rest else None
    _update(table, row, {"seal": identifier, "fields": commitments, "salts": salts}, {column: left})
    return True


def _check_field(table: GuardedTable, target: str, field: str, fields: dict[str, str]) -> None:
    sealable = [name for name in fields if name.split(".")[0] in table.content]
    if field not in sealable:
        raise RefusedError(
            f"{table.name} {target} has no value '{field}' that can be sealed.",
            f"It has: {', '.join(sealable) or 'none'}.",
        )


def _update(table: GuardedTable, row: int, mark: dict[str, object], changes: dict[str, str | None]) -> None:
    columns = "".join(f', "{column}" = %s' for column in changes)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table.name}" SET salt = NULL, sealed = %s{columns} WHERE "row" = %s',  # noqa: S608
            [json.dumps(mark, sort_keys=True), *changes.values(), row],
        )


def find_targets(table: str, column: str, value: str) -> list[str]:
    """Return the ids of a table's rows where a column has a value, in order."""
    name = GUARDED_BY_NAME[table].name
    return [row[0] for row in bulk.fetch_rows(f'SELECT id FROM "{name}" WHERE "{column}" = %s ORDER BY "row"', [value])]  # noqa: S608


def destroy_sealed(casebook: Casebook, destroy: Callable[[str], None]) -> None:
    """Destroy the bytes of every sealed capture, and clear the pages that held sealed rows; safe to repeat.

    Parameters
    ----------
    destroy
        Removes the bytes under a SHA-256 where they still lie.
    """
    for target in sealed_captures():
        destroy(target)
    write_seals(casebook)
    scrub_database()


def sealed_captures() -> list[str]:
    """Return the SHA-256 of every sealed capture, in order of sealing."""
    return [row[0] for row in bulk.fetch_rows("SELECT target FROM seal WHERE target_table = 'capture' ORDER BY \"row\"")]


def scrub_database() -> None:
    """Overwrite what deleted content leaves in the database's files, as far as the database can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in ("capture", "sighting", "document", "report"):
                cursor.execute(f'VACUUM FULL "{name}"')
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


SEAL_FILE_COLUMNS = ("target_table", "target", "field", "reason_class", "sealed_at", "role")


def write_seals(casebook: Casebook) -> None:
    """Write every tombstone to the file outside the database, so that an older backup can be sealed again."""
    columns = ", ".join(SEAL_FILE_COLUMNS)
    rows = bulk.fetch_rows(f'SELECT {columns} FROM seal ORDER BY "row"')  # noqa: S608
    write_seal_lines(casebook, (canonical_json(dict(zip(SEAL_FILE_COLUMNS, row, strict=True))) for row in rows))


def write_seal_lines(casebook: Casebook, lines: Iterable[str]) -> None:
    """Write lines to the file of tombstones, synced, in one step."""
    temporary = casebook.seals_file.with_suffix(".new")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.writelines(line + "\n" for line in lines)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, casebook.seals_file)
    sync_folder(temporary.parent)
