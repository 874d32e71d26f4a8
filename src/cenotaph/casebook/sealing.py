"""What a seal does to rows: destroy content and salt, keep what still proves the rest.

Only :class:`~cenotaph.casebook.ledger.Entry` writes rows; this module is the one exception that changes them, and the
triggers let it do so only while the seal's own entry is open.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.db import connection

from cenotaph.casebook import bulk
from cenotaph.casebook.commitment import commit_field, derive_salt, drop_fields, hash_part, list_fields
from cenotaph.casebook.failures import told_apart
from cenotaph.casebook.guarded import GUARDED_BY_NAME, SEAL, GuardedTable
from cenotaph.casebook.ledger import Entry
from cenotaph.casebook.values import belongs, list_values
from cenotaph.domain.canonical import content_id
from cenotaph.domain.errors import NotFoundError, RefusedError


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is said of a seal.

    Parameters
    ----------
    reason_class
        The class of the reason; nothing else of it is kept.
    sealed_at, role
        When and in which role it was first set, where it is set anew after an older backup was restored; else None.
    """

    reason_class: str
    sealed_at: str | None = None
    role: str | None = None


def seal_row(entry: Entry, table: GuardedTable, target: str, value: str | None, stone: Tombstone) -> bool:
    """Destroy a row's content and salt, or one of its values, and write the tombstone.

    Parameters
    ----------
    target
        The row's id.
    value
        A value of a report, as :mod:`cenotaph.casebook.values` names them; None for the whole row.

    Returns
    -------
    bool
        False where it was sealed already.

    Raises
    ------
    NotFoundError, RefusedError
        There is no such row or value, or the value is one that a seal keeps.
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
    content = {name for name in fields if name.partition(".")[0] in table.content}
    gone = {name for name in content if belongs(name, value)}
    if value is not None and not gone - {"content"}:
        if any(belongs(name, value) for name in state.get("fields", {}) if name != "content"):
            return False
        raise RefusedError(
            f"{table.name} {target} has no value '{value}' that can be sealed.",
            f"It has: {', '.join(list_values(content)) or 'none'}.",
        )
    again = stone.sealed_at is not None
    identifier = content_id("seal", table.name, target, value or "", str(entry.number))
    when, role = stone.sealed_at or entry.instant, stone.role or entry.actor.role
    entry.add(
        SEAL,
        [(identifier, table.name, row, target, value, stone.reason_class, when, role, entry.instant if again else None)],
    )
    salts = state.get("salts") or {name: derive_salt(bytes(salt), name).hex() for name in fields}
    commitments = dict(state.get("fields", {}))
    commitments.update({name: commit_field(bytes.fromhex(salts[name]), fields[name]).hex() for name in gone})
    left = {name: salts[name] for name in fields if name not in gone}
    if value is None:
        whole = hash_part({name: bytes.fromhex(text) for name, text in commitments.items()}).hex()
        _update(table, row, {"seal": identifier, "salts": left, "content": whole}, dict.fromkeys(table.content))
        return True
    columns: dict[str, str | None] = {name: None for name in gone if "." not in name}
    if len(columns) < len(gone):
        columns["other"] = drop_fields(cells[table.committed.index("other")], gone)
    _update(table, row, {"seal": identifier, "salts": left, "fields": commitments}, columns)
    return True


def _update(table: GuardedTable, row: int, mark: dict[str, object], changes: dict[str, str | None]) -> None:
    columns = "".join(f', "{column}" = %s' for column in sorted(changes))
    with told_apart(), connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table.name}" SET salt = NULL, sealed = %s{columns} WHERE "row" = %s',  # noqa: S608
            [json.dumps(mark, sort_keys=True, ensure_ascii=False), *(changes[column] for column in sorted(changes)), row],
        )


def find_targets(table: str, column: str, value: str) -> list[str]:
    """Return the ids of a table's rows where a column has a value, in order."""
    name = GUARDED_BY_NAME[table].name
    return [row[0] for row in bulk.fetch_rows(f'SELECT id FROM "{name}" WHERE "{column}" = %s ORDER BY "row"', [value])]  # noqa: S608
