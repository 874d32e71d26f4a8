"""A casebook on disk: its folder, its settings, its database, and the one way to write to it."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cenotaph.casebook import runtime
from cenotaph.casebook.head import EMPTY, Head, HeadFile, read_head, settle, sync_folder, write_head
from cenotaph.casebook.ledger import Actor, Entry, Salts, read_last
from cenotaph.casebook.lock import hold
from cenotaph.casebook.settings import FILE_NAME, Settings, default_settings, read_settings, settings_text
from cenotaph.domain.errors import BusyError, CenotaphError, DiskFullError, RefusedError, StoreError, UsageError

_ADVISORY_LOCK = 0x43454E4F54415048  # "CENOTAPH" in ASCII


def read_clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


@dataclass
class Casebook:
    """One project's folder, opened.

    Parameters
    ----------
    root
        The folder.
    settings
        What its ``casebook.toml`` says.
    clock, salts
        Where instants and random bytes come from.
    """

    root: Path
    settings: Settings
    clock: Callable[[], datetime] = read_clock
    salts: Salts = os.urandom
    _settlers: list[Callable[[], None]] = field(default_factory=list)

    @property
    def objects(self) -> Path:
        """Where captures' bytes lie under their SHA-256."""
        return self.root / "captures"

    @property
    def derived(self) -> Path:
        """Where what can be recomputed lies; the folder may be deleted at any time."""
        return self.root / "derived"

    @property
    def head_file(self) -> Path:
        """Where the ledger's head is kept outside the database."""
        return self.root / "ledger" / "head.json"

    @property
    def seals_file(self) -> Path:
        """Where tombstones are kept outside the database, so that an older backup can be sealed again."""
        return self.root / "ledger" / "seals.jsonl"

    def settled_head(self) -> Head:
        """Return the head that the database and the file outside it agree on.

        Raises
        ------
        LedgerBrokenError
            They do not agree in any of the ways a crash can leave.
        """
        return settle(read_head(self.head_file), read_last())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the writer's lock, and on PostgreSQL the advisory lock too, until the block ends."""
        from django.db import OperationalError, connection

        seconds = self.settings.number("store.busy_seconds")
        with hold(self.root / "ledger" / "lock", seconds):
            if connection.vendor != "postgresql":
                yield
                return
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{max(seconds, 1)}s"])
                try:
                    cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
                except OperationalError as error:
                    raise BusyError("Another machine is writing to this casebook.", "Wait for it and run this again.") from error
            try:
                yield
            finally:
                with contextlib.suppress(Exception), connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])

    @contextmanager
    def writing(self, actor: Actor, action: str, *, dry_run: bool = False) -> Iterator[Entry]:
        """Open a transaction that becomes one ledger entry.

        The head file says "next" before the commit and is promoted after it. An exception, or ``dry_run``, leaves the
        casebook as it was.

        Raises
        ------
        BusyError, DiskFullError, LedgerBrokenError, StoreError
            Nothing was written.
        """
        from django.db import DatabaseError, transaction

        with self.locked(), _told_apart():
            for settler in self._settlers:
                settler()
            new: Head | None = None
            try:
                with transaction.atomic():
                    state = read_head(self.head_file)
                    head = settle(state, read_last())
                    entry = Entry(head, actor, action, self.clock(), self.salts)
                    yield entry
                    if dry_run:
                        raise _Rollback
                    new = entry.close()
                    write_head(self.head_file, HeadFile(head, new))
            except _Rollback:
                return
            except DatabaseError as error:
                raise _name_database_error(error) from error
            # The commit stands from here on; a head that stays "next" is a state that settling accepts.
            with contextlib.suppress(OSError):
                write_head(self.head_file, HeadFile(new))
            for action_after in entry.after_commit:
                action_after()


class _Rollback(Exception):
    pass


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turn a full disk into an error that says so."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError("The disk is full; nothing was written.", "Make room and run it again.") from error
        raise


def _name_database_error(error: Exception) -> CenotaphError:
    text = str(error).strip()
    if "full" in text.lower() or "No space left" in text:
        return DiskFullError("The disk is full; nothing was written.", "Make room and run it again.")
    if "locked" in text or "lock timeout" in text:
        return BusyError("Another process holds the casebook's database.", "Wait for it, or raise store.busy_seconds.")
    if "append-only" in text:
        return RefusedError(f"The database refused it: {text.splitlines()[0]}.", "Only the services may write to the record.")
    return StoreError(f"The database refused it: {text}", "Nothing was written.")


def find_casebook(start: Path) -> Path:
    """Return the nearest folder at or above ``start`` that is a casebook.

    Raises
    ------
    UsageError
        There is none.
    """
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise UsageError(
        f"{start} is not in a casebook: there is no {FILE_NAME} in it or above it.",
        "Go into one, name one with --casebook DIR, or make one with `cenotaph init DIR`.",
    )


def open_casebook(root: Path, clock: Callable[[], datetime] = read_clock, salts: Salts = os.urandom) -> Casebook:
    """Open the casebook in a folder and point Django at its database.

    Raises
    ------
    UsageError, SettingsError
        The folder is no casebook, or its settings are wrong.
    """
    if not (root / FILE_NAME).is_file():
        raise UsageError(f"{root} is not a casebook: it has no {FILE_NAME}.", "Make one with `cenotaph init DIR`.")
    settings = read_settings(root / FILE_NAME)
    url = settings.text("store.url")
    runtime.point_django(runtime.describe_database(url, root, settings.number("store.busy_seconds")))
    if url == "sqlite" and not (root / runtime.DATABASE_FILE).is_file():
        raise StoreError(f"{root} has lost its database {runtime.DATABASE_FILE}.", "Restore the casebook from a backup.")
    return Casebook(root, settings, clock, salts)


def create_casebook(
    root: Path,
    actor: Actor,
    settings: Settings | None = None,
    clock: Callable[[], datetime] = read_clock,
    salts: Salts = os.urandom,
) -> Casebook:
    """Make a casebook: folder, settings, database, and the ledger's first entry.

    It is made in a folder beside and moved into place, so that an interrupted call leaves no half casebook.

    Raises
    ------
    RefusedError
        The folder is not empty, or the PostgreSQL database holds a casebook already.
    """
    settings = settings or default_settings()
    root = root.absolute()
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise RefusedError(f"{root} exists and is not an empty folder.", "Name a new folder.")
    root.parent.mkdir(parents=True, exist_ok=True)
    with _told_apart():
        building = Path(tempfile.mkdtemp(prefix=f".{root.name}.", dir=root.parent))
        try:
            _fill(building, actor, settings, clock, salts)
            if root.exists():
                root.rmdir()
            building.rename(root)
            sync_folder(root.parent)
        except BaseException:
            _close_connection()
            shutil.rmtree(building, ignore_errors=True)
            raise
    return open_casebook(root, clock, salts)


def _fill(root: Path, actor: Actor, settings: Settings, clock: Callable[[], datetime], salts: Salts) -> None:
    for folder in ("captures", "derived", "ledger"):
        (root / folder).mkdir()
    root.chmod(0o755)
    (root / FILE_NAME).write_text(settings_text(settings), encoding="utf-8")
    url = settings.text("store.url")
    runtime.point_django(runtime.describe_database(url, root, settings.number("store.busy_seconds")))
    runtime.migrate_store()
    if read_last() != EMPTY:
        raise RefusedError("The database holds a casebook already.", "Name an empty database in store.url.")
    write_head(root / "ledger" / "head.json", HeadFile(EMPTY))
    with Casebook(root, settings, clock, salts).writing(actor, "init") as entry:
        entry.detail["settings"] = settings_text(settings)
    _close_connection()


def _close_connection() -> None:
    from django.db import connections

    connections["default"].close()
