"""Files for counting, written as Parquet from the record: derived, disposable, and never trusted further than their hash.

A file holds a block of consecutive rows of one table. Rows are append-only, so a full block is written once; only the last,
unfinished one is written anew when rows are added. A file's name says everything it depends on::

    derived/SCHEMA-SEAL/reports-000065537-000131072-ENTRY-DIGEST.parquet

``SEAL`` is the ledger entry of the last seal, so that a seal makes every file before it worthless; ``ENTRY`` is the hash of the
ledger entry that wrote the block's last row, which commits to all rows up to it (of judgements, which hold for reports that
come later too, of the last entry that wrote one or the other); ``DIGEST`` is the file's own SHA-256. A file
that is cut off, half written or of another casebook therefore has the wrong name and is written anew.

Whoever counts shares a lock from before the record is looked at until the count is done. A seal waits for the lock alone, and
deletes the files: none with sealed content can be written afterwards.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.casebook import bulk
from cenotaph.casebook.blocks import BlockReader
from cenotaph.casebook.failures import told_apart
from cenotaph.casebook.head import Head, sync_folder
from cenotaph.casebook.lock import hold
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import BusyError

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[str, int], None]

DERIVED_SCHEMA = 3
BLOCK_ROWS = 65_536
_DIGITS = 16
_NOTHING = "0" * _DIGITS
_numbers = itertools.count()
KEPT_PEOPLE = "people"
"""How files begin that services keep in the same folder: they lie under the same lock, go with the same seal, and who writes
them cleans them."""

# What each kind of file is made from: the table, and how a block of its rows is read.
_KINDS: dict[str, tuple[str, Callable[[BlockReader, int, int], pa.Table]]] = {
    "reports": ("report", BlockReader.read_reports),
    "changes": ("list_change", BlockReader.read_changes),
    "examined": ("judgement", BlockReader.read_examined),
    "hosts": ("report", BlockReader.read_hosts),
}


@dataclass(frozen=True, slots=True)
class Derived:
    """The files of the record as it stands at a head of the ledger.

    Parameters
    ----------
    head
        The ledger's head that they are of.
    reports, changes, examined, hosts
        Files of each kind in the order of their rows; ``hosts`` is empty where it was not asked for.
    folder
        Where they lie.
    """

    head: Head
    reports: tuple[Path, ...]
    changes: tuple[Path, ...]
    examined: tuple[Path, ...]
    hosts: tuple[Path, ...] = ()
    folder: Path = Path()


@dataclass(frozen=True, slots=True)
class _Block:
    """One file that there should be."""

    kind: str
    first: int
    last: int
    entry: str

    @property
    def start(self) -> str:
        return f"{self.kind}-{self.first:09d}-{self.last:09d}-{self.entry}-"


@contextmanager
def hold_derived(casebook: Casebook, *, hosts: bool = False, progress: Progress = lambda *_: None) -> Iterator[Derived]:
    """Write what is missing of the derived files, and keep them, and the record as it is, until the block ends.

    May be nested. Whoever wants a snapshot around several counts holds this instead: the lock comes before the snapshot, so
    that no snapshot from before a seal writes what the seal has deleted.

    Parameters
    ----------
    hosts
        The hosts of cited addresses too.
    progress
        Called with a stage's name and the rows done in it, where files are written.

    Raises
    ------
    BusyError, LedgerBrokenError, StoreError
        A seal has been deleting derived files for too long; head and database do not agree; the folder cannot be written.
    """
    kinds = tuple(kind for kind in _KINDS if hosts or kind != "hosts")
    with _lock(casebook, shared=True), casebook.snapshot() as head:
        with told_apart():
            seal = bulk.fetch_one("SELECT MAX(entry) FROM seal")
            folder = casebook.derived / f"{DERIVED_SCHEMA}-{_bind(seal[0] if seal else None)}"
            folder.mkdir(parents=True, exist_ok=True)
            files = {kind: _ensure(folder, _list_blocks(kind), progress) for kind in kinds}
        yield Derived(head, **{kind: files[kind] for kind in kinds}, folder=folder)
    _clean(casebook, folder, {path for kind in files.values() for path in kind}, kinds)


def drop_derived(casebook: Casebook) -> None:
    """Delete everything derived, as after a seal; waits for those who count.

    Raises
    ------
    BusyError
        Somebody has been counting for too long; the files are still there.
    """
    try:
        with _lock(casebook), told_apart():
            if casebook.derived.is_dir():
                shutil.rmtree(casebook.derived)
            casebook.derived.mkdir()
            sync_folder(casebook.root)
    except BusyError as error:
        raise BusyError(
            "Someone counts in this casebook, so that columns derived from what is sealed still lie in its folder.",
            "They go with the next seal or write once the count has ended.",
        ) from error


def _lock(casebook: Casebook, *, shared: bool = False, seconds: float | None = None) -> AbstractContextManager[None]:
    wait = casebook.settings.number("store.busy_seconds") if seconds is None else seconds
    return hold(casebook.root / "ledger" / "derived.lock", wait, shared=shared)


def _list_blocks(kind: str) -> list[_Block]:
    """Return the blocks that a kind's table has now; an empty table has one block without rows."""
    table = _KINDS[kind][0]
    found = bulk.fetch_one(f'SELECT MAX("row") FROM "{table}"')  # noqa: S608
    size = (found[0] if found else None) or 0
    lasts = [*range(BLOCK_ROWS, size, BLOCK_ROWS), size]
    entries = {
        row: entry
        for at in range(0, len(lasts), 500)
        for row, entry in bulk.fetch_rows(
            f'SELECT "row", entry FROM "{table}" WHERE "row" IN ({_marks(lasts[at : at + 500])})',  # noqa: S608
            lasts[at : at + 500],
        )
    }
    if kind == "examined" and size:
        reports = bulk.fetch_one('SELECT entry FROM report ORDER BY "row" DESC LIMIT 1')
        entries = {row: max(entry, reports[0] if reports else 0) for row, entry in entries.items()}
    firsts = [1, *(last + 1 for last in lasts)]
    return [_Block(kind, first, last, _bind(entries.get(last))) for first, last in zip(firsts, lasts, strict=False)]


def _marks(values: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(values))


def _bind(entry: int | None) -> str:
    """Return the beginning of a ledger entry's hash."""
    found = bulk.fetch_one("SELECT hash FROM ledger_entry WHERE number = %s", [entry]) if entry else None
    return str(found[0])[:_DIGITS] if found else _NOTHING


def _ensure(folder: Path, blocks: Sequence[_Block], progress: Progress) -> tuple[Path, ...]:
    """Return a sound file for each block, writing those that are missing."""
    names = sorted(path.name for path in folder.iterdir())
    reader = BlockReader()
    paths: list[Path] = []
    for block in blocks:
        path = _find(folder, names, block)
        if path is None:
            path = _write(folder, reader, block)
            progress("rows made ready for counting", block.last - block.first + 1)
        paths.append(path)
    return tuple(paths)


def _find(folder: Path, names: Sequence[str], block: _Block) -> Path | None:
    for name in names:
        if name.startswith(block.start) and name.endswith(".parquet"):
            path = folder / name
            with contextlib.suppress(OSError):
                if _digest(path) == name.removeprefix(block.start).removesuffix(".parquet"):
                    return path
                path.unlink()
    return None


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:_DIGITS]


def _write(folder: Path, reader: BlockReader, block: _Block) -> Path:
    """Write a block's file beside and move it into place."""
    import pyarrow.parquet as pq

    building = folder / f".{os.getpid()}-{next(_numbers)}.building"
    try:
        table = _KINDS[block.kind][1](reader, block.first, block.last)
        pq.write_table(table, building, compression="zstd", compression_level=1)
        path = folder / f"{block.start}{_digest(building)}.parquet"
        building.rename(path)
        return path
    finally:
        building.unlink(missing_ok=True)


def _clean(casebook: Casebook, folder: Path, kept: set[Path], kinds: Sequence[str]) -> None:
    """Delete what an older state of the record left, unless somebody else is counting."""
    others = [path for path in casebook.derived.iterdir() if path != folder]
    others_keep = {KEPT_PEOPLE, *_KINDS} - set(kinds)
    stale = [p for p in folder.iterdir() if p not in kept and p.name.split("-")[0] not in others_keep]
    if not others and not stale:
        return
    with contextlib.suppress(BusyError, OSError), _lock(casebook, seconds=0):
        for path in (*others, *stale):
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
