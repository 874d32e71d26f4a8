"""Salted commitments to rows: what the ledger keeps of a row, so that the row can be proved, or destroyed.

A field's commitment is ``SHA-256(SHA-256(salt || name) || text)``, where ``text`` is the field's canonical text. A row's
hash is the SHA-256 of the schema number, the table's name and, in order of name, each field that is not null with its
commitment. So one field can be destroyed together with what guards it (the row's salt) while every other field still
verifies: the seal keeps the other fields' derived salts and the destroyed field's commitment.

Without the salt (128 random bits) nobody can try values against a commitment. A null is no field at all, so that a column
added later never changes an old hash.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from cenotaph.domain.canonical import canonical_json

ROW_SCHEMA = 1
SALT_BYTES = 16
BLOCK_ROWS = 1000

Cell = str | int | bool | None


def list_fields(names: Iterable[str], cells: Iterable[Cell]) -> dict[str, str]:
    """Return a row's fields that are not null, by name, as canonical texts.

    The column ``other`` holds a JSON object; each of its keys is a field of its own, ``other.<key>``, so that it can be
    sealed alone.
    """
    fields: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=True):
        if cell is None:
            continue
        if name == "other":
            for key, value in json.loads(str(cell)).items():
                fields[f"other.{key}"] = "j" + canonical_json(value)
        elif isinstance(cell, str):
            fields[name] = "s" + cell
        else:
            fields[name] = f"i{int(cell)}"
    return fields


def derive_salt(salt: bytes, name: str) -> bytes:
    """Return the salt of one field of a row."""
    return sha256(salt + name.encode()).digest()


def commit_field(field_salt: bytes, text: str) -> bytes:
    """Return the commitment to one field's canonical text."""
    return sha256(field_salt + text.encode("utf-8", "surrogatepass")).digest()


def commit_row(table: str, fields: Mapping[str, str], salt: bytes) -> bytes:
    """Return the hash of a row: 32 bytes."""
    parts = []
    for name in sorted(fields):
        encoded = name.encode()
        field_salt = sha256(salt + encoded).digest()
        parts.append(encoded + b"=" + sha256(field_salt + fields[name].encode("utf-8", "surrogatepass")).digest())
    return _hash_row(table, parts)


def combine_fields(table: str, commitments: Mapping[str, bytes]) -> bytes:
    """Return the hash of a row from its fields' commitments, as a row with a sealed value is checked."""
    return _hash_row(table, [name.encode() + b"=" + commitments[name] for name in sorted(commitments)])


def _hash_row(table: str, parts: list[bytes]) -> bytes:
    return sha256(b"cenotaph row %d\n%s\n" % (ROW_SCHEMA, table.encode()) + b"".join(parts)).digest()


def hash_block(table: str, first: int, hashes: Iterable[bytes]) -> bytes:
    """Return the hash of a block: consecutive rows of one table, from row number ``first``."""
    return sha256(b"cenotaph block %d\n%s %d\n" % (ROW_SCHEMA, table.encode(), first) + b"".join(hashes)).digest()
