"""Salted commitments to rows: what the ledger keeps of a row, so that the row can be proved, or destroyed.

A field's commitment is ``SHA-256(SHA-256(salt || name) || text)``, where ``text`` is the field's canonical text. A part's
hash is the SHA-256 of its fields in order of name, each as the length of its name, the name and the commitment; a null is
no field at all, so that a column added later never changes an old hash. A row has two parts, what a seal keeps and what it
destroys, and its hash is the SHA-256 of the schema number, the table's name and the hashes of the parts.

So one field, or the whole content, can be destroyed together with what guards it (the row's salt) while everything else
still verifies: the seal keeps the other fields' derived salts, and the commitment or the part's hash of what is gone.
Without the salt (128 random bits) nobody can try values against a commitment.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any, NoReturn

from cenotaph.domain.errors import ValueFormatError

ROW_SCHEMA = 1
SALT_BYTES = 16
BLOCK_ROWS = 1000

Cell = str | int | bool | None

_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def list_fields(names: Iterable[str], cells: Iterable[Cell]) -> dict[str, str]:
    """Return a row's fields that are not null, by name, as canonical texts.

    The column ``other`` holds a canonical JSON object; each of its keys is a field of its own, ``other.<key>``, and each key
    of an object in it too, ``other.<key>.<key>``, so that it can be sealed alone. A dot in a key is written ``~1`` and a
    tilde ``~0``, so that no two objects have the same fields.

    Raises
    ------
    ValueFormatError
        ``other`` is not a canonical JSON object, or a cell is neither text nor a whole number.
    """
    fields: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=True):
        if cell is None:
            continue
        if name == "other":
            fields.update(_list_other(cell))
        elif isinstance(cell, str):
            fields[name] = "s" + cell
        elif isinstance(cell, int):
            fields[name] = f"i{int(cell)}"
        else:
            raise ValueFormatError(f"Its {name} is of type {type(cell).__name__}.", "A cell is text or a whole number.")
    return fields


def _list_other(cell: Cell) -> Iterable[tuple[str, str]]:
    parsed = read_other(cell)
    for key, value in parsed.items():
        name = "other." + _escape(key)
        if isinstance(value, dict) and value:
            for inner, item in value.items():
                yield f"{name}.{_escape(inner)}", "j" + _dump(item)
        else:
            yield name, "j" + _dump(value)


def read_other(cell: object) -> dict[str, Any]:
    """Return the object that the column ``other`` holds.

    Raises
    ------
    ValueFormatError
        The text is not the canonical JSON of an object that is not empty.
    """
    try:
        parsed = json.loads(cell, parse_float=_refuse, parse_constant=_refuse) if isinstance(cell, str) else None
        if not isinstance(parsed, dict) or not parsed or _dump(parsed) != cell:
            _refuse("")
    except (ValueError, RecursionError):
        _refuse("")
    return parsed


def _refuse(text: str) -> NoReturn:
    del text
    raise ValueFormatError("Its column `other` is not a canonical JSON object.", "Keys sorted, no spaces, no fractions.")


def drop_fields(cell: str, gone: Collection[str]) -> str | None:
    """Return the text of ``other`` without some of its fields; None where nothing is left."""
    left: dict[str, Any] = {}
    for key, value in read_other(cell).items():
        name = "other." + _escape(key)
        if isinstance(value, dict) and value:
            rest = {inner: item for inner, item in value.items() if f"{name}.{_escape(inner)}" not in gone}
            if rest:
                left[key] = rest
        elif name not in gone:
            left[key] = value
    return _dump(left) if left else None


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace(".", "~1") if "." in key or "~" in key else key


def derive_salt(salt: bytes, name: str) -> bytes:
    """Return the salt of one field of a row."""
    return sha256(salt + name.encode()).digest()


def commit_field(field_salt: bytes, text: str) -> bytes:
    """Return the commitment to one field's canonical text."""
    return sha256(field_salt + text.encode()).digest()


def commit_row(table: str, fields: Mapping[str, str], salt: bytes, content: Collection[str]) -> bytes:
    """Return the hash of a row: 32 bytes.

    Parameters
    ----------
    content
        The table's columns that a seal destroys.

    Raises
    ------
    ValueFormatError
        A field holds U+0000 or half a surrogate pair, which not every database can keep.
    """
    kept: list[bytes] = []
    destroyed: list[bytes] = []
    name = ""
    try:
        for name in sorted(fields):
            column, encoded, prefix = _prefix(name)
            text = fields[name].encode()
            if 0 in text:
                _refuse_character(name, "U+0000")
            commitment = sha256(sha256(salt + encoded).digest() + text).digest()
            (destroyed if column in content else kept).append(prefix + commitment)
    except UnicodeEncodeError:
        _refuse_character(name, "half a surrogate pair")
    return combine_parts(table, sha256(b"".join(kept)).digest(), sha256(b"".join(destroyed)).digest())


@lru_cache(4096)
def _prefix(name: str) -> tuple[str, bytes, bytes]:
    """Return a field's column, its name, and the name with its length before it, so that no two run together."""
    encoded = name.encode()
    return name.partition(".")[0], encoded, b"%d:%s" % (len(encoded), encoded)


def _refuse_character(where: str, what: str) -> NoReturn:
    raise ValueFormatError(f"Its {where!a} holds {what}.", "Not every database can keep that character: take it out.")


def hash_part(commitments: Mapping[str, bytes]) -> bytes:
    """Return the hash of one part of a row from its fields' commitments."""
    return sha256(b"".join(_prefix(name)[2] + commitments[name] for name in sorted(commitments))).digest()


def combine_parts(table: str, kept: bytes, content: bytes) -> bytes:
    """Return the hash of a row from the hashes of its parts: what a seal keeps, and what it destroys."""
    return sha256(b"cenotaph row %d\n%s\n" % (ROW_SCHEMA, table.encode()) + kept + content).digest()


def hash_block(table: str, first: int, hashes: Iterable[bytes]) -> bytes:
    """Return the hash of a block: consecutive rows of one table, from row number ``first``."""
    return sha256(b"cenotaph block %d\n%s %d\n" % (ROW_SCHEMA, table.encode(), first) + b"".join(hashes)).digest()
