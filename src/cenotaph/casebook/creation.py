"""Making a casebook, whole or not at all, however it is interrupted.

Everything is made in a hidden folder beside and moved into place in one step. On SQLite the database moves with it. On
PostgreSQL, which does not, one transaction writes all of the record; the folder is moved while it is open, its head file
saying "next" of an empty ledger, and the commit comes last. So what an interruption leaves is a hidden folder that
nothing names, or a casebook whose ledger is empty, which the same command may begin anew.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from cenotaph.casebook import runtime
from cenotaph.casebook.failures import name_system_error, told_apart
from cenotaph.casebook.guarded import GUARDED, LATER
from cenotaph.casebook.head import EMPTY, Head, HeadFile, read_head, sync_folder, write_head
from cenotaph.casebook.ledger import Actor, Entry, Salts, read_last
from cenotaph.casebook.settings import FILE_NAME, Settings, default_settings, write_settings
from cenotaph.casebook.store import Casebook, open_casebook, point_casebook, read_clock
from cenotaph.domain.errors import CenotaphError, LedgerBrokenError, RefusedError, StoreError


def create_casebook(
    root: Path,
    actor: Actor,
    settings: Settings | None = None,
    clock: Callable[[], datetime] = read_clock,
    salts: Salts = os.urandom,
) -> Casebook:
    """Make a casebook: folder, settings, database, and the ledger's first entry.

    Raises
    ------
    RefusedError
        The folder is not empty, or the PostgreSQL database holds a casebook already.
    """
    chosen = settings or default_settings()

    def write_record(casebook: Casebook) -> Head:
        return casebook.close_entry(Entry(EMPTY, actor, "init", clock(), salts))

    with building_folder(root) as building:
        write_settings(building / FILE_NAME, chosen)
        fill_casebook(building, root.absolute(), chosen, write_record, clock, salts)
    return open_casebook(root.absolute(), clock, salts)


@contextmanager
def building_folder(root: Path) -> Iterator[Path]:
    """Give a hidden folder beside ``root`` to build in; it is gone afterwards unless it was moved into place.

    Raises
    ------
    RefusedError
        Something lies at ``root`` that is not an empty folder, nor an unfinished casebook.
    StoreError
        The folder cannot be made or written there.
    """
    root = root.absolute()
    prefix = f".{root.name}.building-"
    with told_apart(), _named(root):
        if root.exists() and (not root.is_dir() or any(root.iterdir())) and not _is_unfinished(root):
            raise RefusedError(f"{root} exists and is not an empty folder.", "Name a new folder.")
        parents = [folder for folder in root.parents if not folder.exists()]
        root.parent.mkdir(parents=True, exist_ok=True)
        for left in root.parent.glob(f"{prefix}*"):
            _sweep(left)
        building = Path(tempfile.mkdtemp(prefix=prefix, dir=root.parent))
    try:
        with told_apart(), _named(root):
            handle = os.open(building, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield building
            finally:
                os.close(handle)
    finally:
        try:
            close_connection()
        finally:
            shutil.rmtree(building, ignore_errors=True)
            with suppress(OSError):  # Those that hold something by now, such as the casebook, stay.
                for folder in parents:
                    folder.rmdir()


@contextmanager
def _named(root: Path) -> Iterator[None]:
    """Turn what the system says of a folder that cannot be made, and has no words of its own, into an error."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if name_system_error(error) is not None:
            raise
        raise StoreError(
            f"{root} cannot be made: {error.strerror or error}.", "Name a folder where files can be written."
        ) from error


def _sweep(left: Path) -> None:
    """Remove what a killed call left; one that still runs holds a lock on its folder."""
    handle = os.open(left, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left, ignore_errors=True)
    except BlockingIOError:
        pass
    finally:
        os.close(handle)


def fill_casebook(
    building: Path,
    root: Path,
    settings: Settings,
    write_record: Callable[[Casebook], Head],
    clock: Callable[[], datetime] = read_clock,
    salts: Salts = os.urandom,
) -> Head:
    """Make the database of a casebook, write its record in one transaction, and move the folder into place.

    Parameters
    ----------
    building, root
        The folder as it is built, and where it is to lie.
    write_record
        Writes everything, within the transaction; returns the head.

    Raises
    ------
    RefusedError
        The database holds a casebook already.
    """
    from django.db import transaction

    for folder in ("captures", "derived", "ledger"):
        (building / folder).mkdir(exist_ok=True)
    casebook = point_casebook(building, settings, clock, salts)
    runtime.migrate_store()
    stays = settings.text("store.url") != "sqlite"
    write_head(building / "ledger" / "head.json", HeadFile(EMPTY))
    with casebook.locked():
        try:
            with transaction.atomic():
                if read_last() != EMPTY:
                    raise RefusedError("The database holds a casebook already.", "Name an empty database in store.url.")
                head = write_record(casebook)
                write_head(building / "ledger" / "head.json", HeadFile(EMPTY, head))
                if stays:
                    _move(building, root)
        except BaseException:
            if stays and not building.exists() and _is_unfinished(root):
                shutil.rmtree(root, ignore_errors=True)
            raise
        if stays:
            with suppress(OSError):
                write_head(root / "ledger" / "head.json", HeadFile(head))
            return head
        write_head(building / "ledger" / "head.json", HeadFile(head))
        close_connection()
        _move(building, root)
    return head


def _move(building: Path, root: Path) -> None:
    stands_here = root.exists() and root.samefile(Path.cwd())
    if root.exists() and any(root.iterdir()):  # An unfinished casebook, as building_folder saw.
        shutil.rmtree(root)
    if root.exists():
        root.rmdir()
    sync_folder(building)
    building.rename(root)
    sync_folder(root.parent)
    if stands_here:  # The folder that the command stood in is gone; the new one has its name.
        os.chdir(root)


def _is_unfinished(root: Path) -> bool:
    """Tell whether a folder holds a casebook that was never finished: its ledger is empty in file and database."""
    try:
        if read_head(root / "ledger" / "head.json").head != EMPTY:
            return False
        open_casebook(root)
        return read_last() == EMPTY
    except (CenotaphError, OSError):
        return False
    finally:
        close_connection()


def check_finished(casebook: Casebook) -> None:
    """Refuse a casebook whose making was interrupted.

    Raises
    ------
    LedgerBrokenError
        Its ledger has no entry.
    """
    try:
        empty = read_head(casebook.head_file).head == EMPTY and read_last() == EMPTY
    except LedgerBrokenError:
        return  # For `ledger verify` to name.
    if empty:
        raise LedgerBrokenError(
            f"{casebook.root} was never finished: its ledger is empty.",
            "Run the same `cenotaph init` or `cenotaph restore` again: it begins anew.",
        )


def bring_up_to_date(casebook: Casebook) -> None:
    """Make the tables that a casebook of an earlier version does not have; what is in the others stays as it is."""
    from django.db import connection

    with told_apart():
        standing = set(connection.introspection.table_names())
    first = {table.name for table in GUARDED} - LATER
    if first <= standing and not standing >= LATER:
        with casebook.locked():
            runtime.migrate_store()


def close_connection() -> None:
    """Close the database, so that its folder can be moved or removed."""
    from django.conf import settings
    from django.db import connections

    if settings.configured:  # What is refused before there is a database has none to close.
        connections["default"].close()
