"""Looking at the ledger and checking a casebook against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from cenotaph.capture.incoming import find_left
from cenotaph.capture.objects import ObjectState, check_object
from cenotaph.casebook import bulk, triggers
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.casebook.verify import Problem, Progress, check_captures, check_ledger
from cenotaph.domain.errors import CenotaphError, DiskFailedError, StoreError
from cenotaph.services.strays import describe_stray, find_strays

LOCKED = "locked (its key is not in the keyring)"

__all__ = ["EntryLine", "Problem", "list_entries", "mend_triggers", "verify"]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as a person reads it."""

    number: int
    at: str
    role: str
    account: str
    action: str
    rows: int
    detail: dict[str, object]
    hash: str


def list_entries(first: int = 1, last: int | None = None) -> Iterator[EntryLine]:
    """Yield entries in order of number."""
    sql = (
        'SELECT number, at, role, account, action, "rows", detail, hash FROM ledger_entry '
        "WHERE number >= %s AND number <= %s ORDER BY number"
    )
    for chunk in bulk.stream_rows(sql, [first, last if last is not None else 2**62]):
        for number, at, role, account, action, rows, detail, entry_hash in chunk:
            yield EntryLine(number, at, role, account, action, rows, json.loads(detail), entry_hash)


def verify(casebook: Casebook, progress: Progress) -> Iterator[Problem]:
    """Yield everything in the casebook that does not match the ledger, in the order of the walk; others may write meanwhile.

    Raises
    ------
    DiskFailedError
        The disk is full or fails: what was not yielded before it is not known.
    """
    yield from _check_record(casebook, progress)

    def check(sha256: str) -> str | None:
        try:
            state = check_object(casebook.objects, sha256)
        except StoreError as error:
            return f"unreadable ({error.message})"
        if state is ObjectState.LOCKED:
            return LOCKED
        return None if state is ObjectState.OK else state.value

    try:
        yield from check_captures(casebook, check, progress)
        for path in find_strays(casebook):
            name = path.relative_to(casebook.root)
            yield Problem(ascii(str(name))[1:-1], describe_stray(casebook, path))
        yield from _check_stamps(progress)
    except DiskFailedError:
        raise
    except CenotaphError as error:
        yield Problem("the captures", f"cannot be checked: {error.message}")


def find_unfinished(casebook: Casebook) -> list[str]:
    """Return the files that killed commands were writing and left, by name: they are part of nothing, and are no fault."""
    return [ascii(str(path.relative_to(casebook.root)))[1:-1] for path in find_left(casebook.objects)]


def _check_record(casebook: Casebook, progress: Progress) -> Iterator[Problem]:
    try:
        with casebook.snapshot(check=False):
            yield from check_ledger(casebook, progress)
    except DiskFailedError:
        raise
    except CenotaphError as error:
        yield Problem("the database", f"cannot be read: {error.message}")


def _check_stamps(progress: Progress) -> Iterator[Problem]:
    from cenotaph.services.stamps import list_stamps

    for stamp in list_stamps():
        if stamp.problem:
            yield Problem(f"stamp on entry {stamp.entry}", f"does not hold: {stamp.problem}")
        progress("stamps", 1)


def mend_triggers(casebook: Casebook, actor: Actor) -> list[str]:
    """Make missing triggers again, as an entry that says which; return their names."""
    with casebook.locked():
        missing = triggers.find_missing_triggers()
        if missing:
            with casebook.writing(actor, "mend triggers") as entry:
                entry.detail["triggers"] = list(missing)
                triggers.create_triggers()
    return missing
