"""Backups that either database can be restored from, checked by the same walk as the casebook itself."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from cenotaph.capture.objects import object_path
from cenotaph.casebook import bulk, dump, runtime, sealing
from cenotaph.casebook.guarded import GUARDED_BY_NAME
from cenotaph.casebook.head import Head, HeadFile, sync_folder, write_head
from cenotaph.casebook.ledger import Actor, read_last
from cenotaph.casebook.settings import FILE_NAME, read_settings, write_settings
from cenotaph.casebook.store import Casebook, open_casebook
from cenotaph.domain.errors import DamagedFileError, InputError, LedgerBrokenError, RefusedError
from cenotaph.services.ledger import verify
from cenotaph.services.seals import apply_seals

BACKUP_SCHEMA = 1
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup written."""

    path: Path
    head: Head
    files: int
    bytes: int


def back_up(casebook: Casebook, path: Path, progress: Progress = lambda *_: None) -> Backup:
    """Write the whole casebook to one tar file: settings, record, captures, head, tombstones, sums.

    Writers wait meanwhile. The file appears under its name only when it is whole and synced.

    Raises
    ------
    RefusedError
        Something lies at the path already, or the ledger's head does not agree with the database.
    """
    if path.exists():
        raise RefusedError(f"{path} exists already.", "A backup is never overwritten: name another file.")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    sums: list[str] = []
    with casebook.locked(), tempfile.TemporaryDirectory(dir=path.parent) as folder:
        head = casebook.settled_head()
        with partial.open("wb") as raw, tarfile.open(fileobj=raw, mode="w|", format=tarfile.PAX_FORMAT) as tar:

            def add(name: str, file: Path) -> None:
                with file.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                sums.append(f"{digest}  {name}\n")
                tar.add(file, name, recursive=False, filter=_plain)
                progress("files", 1)

            add(FILE_NAME, casebook.root / FILE_NAME)
            for table in dump.table_columns():
                file = Path(folder) / f"{table}.jsonl"
                dump.dump_table(table, file)
                add(f"record/{table}.jsonl", file)
                file.unlink()
            for (sha256,) in bulk.fetch_rows("SELECT id FROM capture WHERE size IS NOT NULL ORDER BY id"):
                file = object_path(casebook.objects, sha256)
                if not file.is_file():
                    raise LedgerBrokenError(f"Capture {sha256} has lost its bytes.", "Run `cenotaph ledger verify` first.")
                add(f"captures/{sha256}", file)
            _add_text(tar, sums, "head.json", json.dumps({"schema": BACKUP_SCHEMA, "number": head.number, "hash": head.hash}))
            _add_text(tar, [], "SHA256SUMS", "".join(sums))
            tar.close()
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(partial, path)
        sync_folder(path.parent)
    return Backup(path, head, len(sums), path.stat().st_size)


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o644
    return info


def _add_text(tar: tarfile.TarFile, sums: list[str], name: str, text: str) -> None:
    data = text.encode()
    sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")
    info = _plain(tarfile.TarInfo(name))
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


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
    progress: Progress = lambda *_: None,
) -> Restored:
    """Unpack a backup into a new folder, check it by the full walk, and apply later seals again.

    Parameters
    ----------
    store_url
        The database to restore into; None keeps the backup's ``store.url``.
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
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise RefusedError(f"{root} exists and is not an empty folder.", "Restore into a new folder.")
    tombstones = [line for path in seals for line in _read_tombstones(path)]
    root.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{root.name}.", dir=root.parent))
    try:
        again = _rebuild(backup, building, actor, store_url, tombstones, progress)
        head = read_last()
        _close_connections()
        if root.exists():
            root.rmdir()
        building.rename(root)
        sync_folder(root.parent)
    except BaseException:
        _close_connections()
        shutil.rmtree(building, ignore_errors=True)
        raise
    open_casebook(root)
    return Restored(root, head, again)


def _close_connections() -> None:
    from django.db import connections

    connections["default"].close()


def _read_tombstones(path: Path) -> list[dict[str, str | None]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"{path} is not a file of tombstones: {error}.", "It is ledger/seals.jsonl of a casebook.") from error


def _rebuild(
    backup: Path, building: Path, actor: Actor, store_url: str | None, tombstones: list[dict[str, str | None]], progress: Progress
) -> int:
    from django.db import transaction

    _unpack(backup, building, progress)
    settings = read_settings(building / FILE_NAME)
    if store_url is not None:
        settings.values["store.url"] = store_url
        write_settings(building / FILE_NAME, settings)
    url = settings.text("store.url")
    runtime.point_django(runtime.describe_database(url, building, settings.number("store.busy_seconds")))
    runtime.migrate_store()
    if read_last().number:
        raise RefusedError("The database holds a casebook already.", "Name an empty one with --store.")
    head = json.loads((building / "head.json").read_text(encoding="utf-8"))
    (building / "head.json").unlink()
    for folder in ("ledger", "derived"):
        (building / folder).mkdir(exist_ok=True)
    write_head(building / "ledger" / "head.json", HeadFile(Head(head["number"], head["hash"])))
    with transaction.atomic():
        dump.load_dump(building / "record")
    shutil.rmtree(building / "record")
    casebook = Casebook(building, settings)
    problem = next(verify(casebook, progress), None)
    if problem:
        raise LedgerBrokenError(f"The backup does not verify: {problem.where} {problem.message}", "Use another backup.")
    again = _seal_again(casebook, actor, tombstones)
    with casebook.writing(actor, "restore") as entry:
        entry.detail.update({"from_head": head["hash"], "sealed_again": again})
    apply_seals(casebook)
    return again


def _seal_again(casebook: Casebook, actor: Actor, tombstones: list[dict[str, str | None]]) -> int:
    """Seal whatever was sealed after the backup was made."""
    count = 0
    wanted = []
    for stone in tombstones:
        table = GUARDED_BY_NAME.get(str(stone.get("target_table")))
        if table is None or not table.content:
            raise InputError("A tombstone names no table that can be sealed.", "Is it ledger/seals.jsonl of this casebook?")
        if bulk.fetch_one(f'SELECT 1 FROM "{table.name}" WHERE id = %s', [stone["target"]]):  # noqa: S608
            wanted.append((table, stone))
    if not wanted:
        return 0
    with casebook.writing(actor, "seal again") as entry:
        for table, stone in wanted:
            again = str(stone["sealed_at"])
            count += sealing.seal_row(entry, table, str(stone["target"]), stone["field"], str(stone["reason_class"]), again)
        entry.detail["sealed_again"] = count
    return count


def _unpack(backup: Path, folder: Path, progress: Progress) -> None:
    """Unpack a backup into a folder, refusing every name it would not write itself, and check its sums."""
    sums: dict[str, str] = {}
    listed = ""
    allowed = {FILE_NAME, "head.json", "SHA256SUMS", *(f"record/{table}.jsonl" for table in dump.table_columns())}
    try:
        with tarfile.open(backup, "r|") as tar:
            for member in tar:
                parts = member.name.split("/")
                is_capture = len(parts) == 2 and parts[0] == "captures" and len(parts[1]) == 64 and parts[1].isalnum()
                if not member.isfile() or not (member.name in allowed or is_capture):
                    raise DamagedFileError(f"{backup.name} holds '{member.name}', which no backup has.", "It was not made here.")
                stream = tar.extractfile(member)
                assert stream is not None
                if member.name == "SHA256SUMS":
                    listed = stream.read().decode()
                    continue
                target = object_path(folder / "captures", parts[1]) if is_capture else folder / member.name
                target.parent.mkdir(parents=True, exist_ok=True)
                digest = hashlib.sha256()
                with target.open("wb") as out:
                    while chunk := stream.read(1 << 20):
                        digest.update(chunk)
                        out.write(chunk)
                if is_capture:
                    target.chmod(0o444)
                sums[member.name] = digest.hexdigest()
                progress("files", 1)
    except (tarfile.TarError, EOFError, UnicodeDecodeError) as error:
        raise DamagedFileError(f"{backup.name} is not a whole backup: {error}.", "Use another backup.") from error
    expected = {name: digest for digest, _, name in (line.partition("  ") for line in listed.splitlines())}
    if not expected:
        raise DamagedFileError(f"{backup.name} ends before its sums.", "It is cut short: use another backup.")
    for name in sorted(expected.keys() | sums.keys()):
        if expected.get(name) != sums.get(name):
            raise DamagedFileError(f"{backup.name}: {name} does not have its sum.", "The backup was changed: use another.")


