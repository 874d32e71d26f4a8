"""The ledger's head, kept outside the database, so that a shortened ledger shows.

Before a commit the file says what the next head will be; after the commit, that it is. A crash leaves one of exactly three
states, and :func:`settle` tells them from every other:

====================  ======================  =================================
file                  last entry in database  meaning
====================  ======================  =================================
head H, no next       H                       at rest
head H, next N        H                       N was never committed: forget it
head H, next N        N                       N was committed: it is the head
====================  ======================  =================================
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cenotaph.domain.errors import LedgerBrokenError
from cenotaph.domain.plurals import choose, count_words

HEAD_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a ledger: its number (from 1) and its hash in hexadecimal digits. Number 0 is the empty ledger."""

    number: int
    hash: str


EMPTY = Head(0, "0" * 64)


@dataclass(frozen=True, slots=True)
class HeadFile:
    """What the head file says."""

    head: Head
    next: Head | None = None


def read_head(path: Path) -> HeadFile:
    """Read the head file.

    Raises
    ------
    LedgerBrokenError
        The file is missing or is not what this program writes.
    """
    try:
        parsed = json.loads(path.read_text(encoding="utf-8"))
        head = Head(int(parsed["head"]["number"]), str(parsed["head"]["hash"]))
        following = parsed["next"]
        return HeadFile(head, Head(int(following["number"]), str(following["hash"])) if following else None)
    except FileNotFoundError as error:
        raise LedgerBrokenError(
            f"The ledger's head file {path.name} is missing.",
            "Without it nobody can tell whether entries were removed from the end. Restore it from a backup.",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerBrokenError(f"The ledger's head file {path.name} cannot be read.", "Restore it from a backup.") from error


def write_head(path: Path, state: HeadFile) -> None:
    """Write the head file so that a crash leaves the old one or the new one, synced to the disk."""
    text = json.dumps(
        {
            "schema": HEAD_SCHEMA,
            "head": {"number": state.head.number, "hash": state.head.hash},
            "next": {"number": state.next.number, "hash": state.next.hash} if state.next else None,
        },
        indent=1,
    )
    temporary = path.with_name(path.name + ".new")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's entries durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle(state: HeadFile, last: Head) -> Head:
    """Return the head that file and database agree on.

    Raises
    ------
    LedgerBrokenError
        They do not agree in any of the ways a crash can leave.
    """
    if last == state.head or (state.next is not None and last == state.next):
        return last
    if last.number < state.head.number:
        lost = state.head.number - last.number
        raise LedgerBrokenError(
            f"The ledger ends at entry {last.number}, but its head outside the database is entry {state.head.number}: "
            f"{count_words(lost, 'entry', 'entries')} {choose(lost, 'is', 'are')} missing from the end.",
            "Restore the casebook from a backup, or put the right head file beside the database.",
        )
    if last.number > (state.next or state.head).number:
        raise LedgerBrokenError(
            f"The ledger ends at entry {last.number}, but its head outside the database is entry {state.head.number}: "
            "entries were written around the services, or the head file is older than the database.",
            "Restore database and head file from the same backup.",
        )
    raise LedgerBrokenError(
        f"Entry {last.number} is not the one that the head file names: its hash is another.",
        "The ledger was rewritten from some entry on. Compare it with a backup.",
    )
