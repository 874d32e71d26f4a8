"""Backups that either database can be restored from, checked by the same walk as the casebook itself."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from cenotaph.capture.encrypted_streams import BACKUPS, DecryptingStream, EncryptingStream, key_of_backups
from cenotaph.capture.encryption import is_encrypted
from cenotaph.capture.keyring import Keyring, keyring_of, use_keyring
from cenotaph.capture.objects import object_path
from cenotaph.casebook import archive, bulk, dump
from cenotaph.casebook.creation import building_folder, fill_casebook
from cenotaph.casebook.failures import told_apart
from cenotaph.casebook.guarded import GUARDED_BY_NAME, LATER
from cenotaph.casebook.head import EMPTY, Head, HeadFile, sync_folder, write_head
from cenotaph.casebook.ledger import Actor, Entry, read_last
from cenotaph.casebook.sealing import Tombstone, seal_row
from cenotaph.casebook.settings import FILE_NAME, read_settings, write_settings
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import (
    BusyError,
    CenotaphError,
    DamagedFileError,
    DiskFailedError,
    InputError,
    LedgerBrokenError,
    RefusedError,
    StoreError,
)
from cenotaph.services.ledger import LOCKED, verify
from cenotaph.services.opening import open_casebook
from cenotaph.services.output_files import check_output
from cenotaph.services.seals import apply_seals

BACKUP_SCHEMA = 1
HEAD_NAME = "head.json"
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup written."""

    path: Path
    head: Head
    files: int
    bytes: int


def back_up(casebook: Casebook, path: Path, progress: Progress = lambda *_: None) -> Backup:
    """Write the whole casebook to one tar file: settings, record, captures, head, sums.

    Writers wait meanwhile. The file appears under its name only when it is whole and synced; what a killed call leaves is
    named ``.partial`` and goes with the next.

    Raises
    ------
    RefusedError
        Something lies at the path already, or it is in the casebook itself, or its folder is not there.
    LedgerBrokenError
        The ledger's head does not agree with the database, or a capture has lost its bytes.
    """
    path = path.absolute()
    if path.exists():
        raise RefusedError(f"{path} exists already.", "A backup is never overwritten: name another file.")
    _check_folder(casebook, path.parent)
    partial = check_output(path).with_name(path.name + ".partial")
    try:
        with casebook.locked(), casebook.snapshot() as head, told_apart():
            with partial.open("wb") as raw:
                ring = keyring_of(casebook.objects)
                locked = EncryptingStream(raw, key_of_backups(ring)) if ring is not None else None
                out = raw if locked is None else cast(BinaryIO, locked)
                files = _write(casebook, archive.ArchiveWriter(out), head, progress)
                if locked is not None:
                    locked.finish()
                raw.flush()
                os.fsync(raw.fileno())
            partial.replace(path)
            sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)
    return Backup(path, head, files, path.stat().st_size)


def _check_folder(casebook: Casebook, folder: Path) -> None:
    with told_apart():
        there = folder.is_dir()
    if not there:
        raise RefusedError(f"There is no folder {folder}.", "Make it first; is the disk it should be on mounted?")
    if folder.resolve().is_relative_to(casebook.root.resolve()):
        raise RefusedError(
            f"{folder} is in the casebook itself: what loses the casebook would lose the backup with it.",
            "Name a file outside it, best on another disk.",
        )


def _write(casebook: Casebook, out: archive.ArchiveWriter, head: Head, progress: Progress) -> int:
    out.add_file(FILE_NAME, casebook.root / FILE_NAME)
    for table in dump.table_columns():
        with out.spooled(f"record/{table}.jsonl") as stream:
            dump.dump_table(table, stream)
        progress("files", 1)
    for chunk in bulk.stream_rows("SELECT id FROM capture WHERE size IS NOT NULL ORDER BY id"):
        for (sha256,) in chunk:
            try:
                out.add_file(f"captures/{sha256}", object_path(casebook.objects, sha256))
            except FileNotFoundError as error:
                raise LedgerBrokenError(f"Capture {sha256} has lost its bytes.", "Run `cenotaph ledger verify` first.") from error
            progress("files", 1)
    out.add_text(HEAD_NAME, json.dumps({"schema": BACKUP_SCHEMA, "number": head.number, "hash": head.hash}))
    return out.close()


@dataclass(frozen=True, slots=True)
class Restored:
    """One backup restored."""

    root: Path
    head: Head
    sealed_again: int


def restore(
    backup: Path,
    root: Path,
    actor: Actor,
    *,
    store_url: str | None = None,
    seals: Iterable[Path] = (),
    keyring: Path | None = None,
    progress: Progress = lambda *_: None,
) -> Restored:
    """Unpack a backup into a new folder, check it by the full walk, and apply later seals again.

    Parameters
    ----------
    store_url
        The database to restore into; None keeps the backup's ``store.url``.
    keyring
        The keyring of an encrypted backup, and of the casebook from now on; None for one that is not encrypted, or for the
        keyring that the backup's settings name.
    seals
        Files of tombstones (``ledger/seals.jsonl``) from the casebook as it was last; what they name is sealed again.

    Raises
    ------
    RefusedError
        The folder is not empty, or the database holds a casebook.
    DamagedFileError, LedgerBrokenError
        The backup is not whole, or does not verify; nothing is left of it.
    """
    root = root.absolute()
    stones = [stone for path in seals for stone in _read_tombstones(path)]
    again = 0
    with building_folder(root) as building:
        _unpack(backup, building, progress, keyring)
        head = _read_head(backup, building)
        settings = read_settings(building / FILE_NAME)
        if store_url is not None and store_url != settings.text("store.url"):
            settings.values["store.url"] = store_url
            write_settings(building / FILE_NAME, settings)
        if keyring is not None:
            settings.values["store.keyring"] = str(keyring.absolute())
            write_settings(building / FILE_NAME, settings)

        def write_record(casebook: Casebook) -> Head:
            nonlocal again
            _load(backup, building, casebook, head, progress)
            entry = Entry(read_last(), actor, "restore", casebook.clock(), casebook.salts)
            again = _seal_again(entry, stones)
            entry.detail.update({"from_head": head.hash, "sealed_again": again})
            return casebook.close_entry(entry)

        end = fill_casebook(building, root, settings, write_record)
    casebook = open_casebook(root)
    with casebook.locked():
        apply_seals(casebook)
    return Restored(root, end, again)


def _load(backup: Path, building: Path, casebook: Casebook, head: Head, progress: Progress) -> None:
    """Write the record of an unpacked backup into the open transaction, and walk all of it."""
    try:
        with told_apart():
            dump.load_dump(building / "record")
    except (DiskFailedError, BusyError):
        raise
    except (RefusedError, StoreError) as error:
        raise LedgerBrokenError(f"The backup does not verify: {error.message}", "Use another backup.") from error
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise DamagedFileError(f"{backup.name} holds a record that cannot be read: {error}.", "Use another backup.") from error
    if read_last() != head:
        raise LedgerBrokenError(
            f"The backup does not verify: its ledger ends at entry {read_last().number}, its head is entry {head.number}.",
            "Use another backup.",
        )
    shutil.rmtree(building / "record")
    write_head(casebook.head_file, HeadFile(EMPTY, head))
    use_keyring(casebook.objects, casebook.settings.text("store.keyring"))
    try:
        # What has lost its key since the backup was destroyed on purpose: the tombstones that follow say so.
        problem = next((found for found in verify(casebook, progress) if LOCKED not in found.message), None)
    finally:
        use_keyring(casebook.objects, "")
    if problem:
        raise LedgerBrokenError(f"The backup does not verify: {problem.where} {problem.message}", "Use another backup.")


def _read_head(backup: Path, building: Path) -> Head:
    path = building / HEAD_NAME
    try:
        parsed = json.loads(path.read_text(encoding="utf-8"))
        head = Head(int(parsed["number"]), str(parsed["hash"]))
        if parsed["schema"] != BACKUP_SCHEMA or head.number < 1:
            raise ValueError("it was made by another version")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedFileError(f"{backup.name} has no head that can be read: {error}.", "Use another backup.") from error
    path.unlink()
    return head


def _read_tombstones(path: Path) -> list[dict[str, str | None]]:
    try:
        stones = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for stone in stones:
            if not GUARDED_BY_NAME[stone["target_table"]].content or not isinstance(stone["field"], str | None):
                raise ValueError("it names a table that cannot be sealed")
            if not all(isinstance(stone[name], str) for name in ("target", "reason_class", "sealed_at", "role")):
                raise ValueError("a line lacks what a tombstone says")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is not a file of tombstones: {error}.", "It is ledger/seals.jsonl of a casebook.") from error
    return stones


def _seal_again(entry: Entry, stones: Iterable[dict[str, str | None]]) -> int:
    """Seal whatever was sealed after the backup was made."""
    count = 0
    for stone in stones:
        table, target = GUARDED_BY_NAME[str(stone["target_table"])], str(stone["target"])
        if bulk.fetch_one(f'SELECT 1 FROM "{table.name}" WHERE id = %s', [target]):  # noqa: S608
            again = Tombstone(str(stone["reason_class"]), str(stone["sealed_at"]), str(stone["role"]))
            count += seal_row(entry, table, target, stone["field"], again)
    return count


def _unpack(backup: Path, folder: Path, progress: Progress, keyring: Path | None) -> None:
    """Unpack a backup into a folder, refusing every name it would not write itself, and check every byte of it."""
    allowed = {FILE_NAME, HEAD_NAME, *(f"record/{table}.jsonl" for table in dump.table_columns())}

    def place(name: str) -> Path | None:
        kind, _, rest = name.partition("/")
        if name in allowed:
            return folder / name
        try:
            return object_path(folder / "captures", rest) if kind == "captures" else None
        except CenotaphError:
            return None

    with backup.open("rb") as raw:
        stream: BinaryIO = raw
        if is_encrypted(raw):
            key = Keyring(keyring).find(BACKUPS) if keyring is not None else None
            if key is None:
                raise RefusedError(
                    f"{backup.name} is encrypted, and its key is not there.", "Name the casebook's keyring with --keyring."
                )
            stream = cast(BinaryIO, DecryptingStream(raw, key, backup.name))
        names = archive.unpack_stream(backup.name, stream, place, progress)
    missing = sorted(allowed - names - {f"record/{table}.jsonl" for table in LATER})
    if missing:
        raise DamagedFileError(f"{backup.name} lacks {missing[0]}.", "It is no whole backup: use another.")
    for path in (folder / "captures").glob("*/*"):
        path.chmod(0o444)
