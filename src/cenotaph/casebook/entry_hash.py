"""What an entry of the ledger commits to: the hash of its blocks, and the hash of all its columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cenotaph.domain.canonical import JsonValue, canonical_json

ENTRY_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Block:
    """An entry's commitment to consecutive rows of one table."""

    table: str
    first: int
    rows: int
    hash: str


def hash_blocks(blocks: Iterable[Block]) -> str:
    """Return the one hash of an entry's blocks, in order: 64 hexadecimal digits."""
    digest = sha256(b"cenotaph blocks %d\n" % ENTRY_SCHEMA)
    for block in blocks:
        digest.update(f"{block.table} {block.first} {block.rows} {block.hash}\n".encode())
    return digest.hexdigest()


def entry_text(
    number: int, previous: str, at: str, role: str, account: str, action: str, detail: str, rows: int, blocks_hash: str
) -> str:
    """Return all of an entry's columns in canonical form: what its hash is the SHA-256 of."""
    form: dict[str, JsonValue] = {
        "schema": ENTRY_SCHEMA,
        "number": number,
        "previous": previous,
        "at": at,
        "role": role,
        "account": account,
        "action": action,
        "detail": detail,
        "rows": rows,
        "blocks": blocks_hash,
    }
    return canonical_json(form)


def hash_entry(
    number: int, previous: str, at: str, role: str, account: str, action: str, detail: str, rows: int, blocks_hash: str
) -> str:
    """Return an entry's hash: 64 hexadecimal digits over all its columns in canonical form."""
    return sha256(entry_text(number, previous, at, role, account, action, detail, rows, blocks_hash).encode()).hexdigest()
