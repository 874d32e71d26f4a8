"""A casebook on disk: its folder, its settings, its database, and the one way to write to it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cenotaph.casebook import runtime
from cenotaph.casebook.failures import name_database_error, told_apart
from cenotaph.casebook.head import Head, HeadFile, read_head, settle, write_head
from cenotaph.casebook.ledger import Actor, Entry, Salts, read_last, read_settings_name
from cenotaph.casebook.lock import hold
from cenotaph.casebook.settings import FILE_NAME, Settings, read_settings
from cenotaph.casebook.snapshot import read_transaction
from cenotaph.domain.errors import CenotaphError, LedgerBrokenError, StoreError, UsageError

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
    settlers
        What finishes whatever an interrupted command left to be done after its commit; called before each writing.

    One thread uses it at a time.
    """

    root: Path
    settings: Settings
    clock: Callable[[], datetime] = read_clock
    salts: Salts = os.urandom
    settlers: list[Callable[[Casebook], None]] = field(default_factory=list)
    _state: _State = field(default_factory=lambda: _State())

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
        if self._state.snapshot is not None:
            return self._state.snapshot
        if self._state.held:
            return self._settle()
        with told_apart(), self._shared():
            return self._settle()

    def _settle(self) -> Head:
        return settle(read_head(self.head_file), read_last())

    def check_head(self) -> None:
        """Raise :class:`LedgerBrokenError` where head and database do not agree; in a snapshot, as it was when it began."""
        if self._state.snapshot is None:
            self.settled_head()
        elif self._state.broken:
            raise self._state.broken

    @contextmanager
    def snapshot(self, *, check: bool = True) -> Iterator[Head]:
        """Read one state: everything read within is as it was at the head that is given, whoever writes meanwhile.

        Writers wait only while it begins. Nothing can be written within. Snapshots may be nested; the inner one is the
        outer one.

        Parameters
        ----------
        check
            Whether the head must agree with the file outside the database; without it the database's own is given.

        Raises
        ------
        LedgerBrokenError
            Head and database do not agree.
        """
        if self._state.snapshot is not None:
            yield self._state.snapshot
            return
        if self._state.held and _in_transaction():
            yield read_last()  # A writer reads one state as it is.
            return
        with ExitStack() as stack:
            with told_apart(), nullcontext() if self._state.held else self._shared():
                stack.enter_context(read_transaction())
                self._state.snapshot, self._state.broken = self._look(check)
            stack.callback(self._forget_snapshot)
            yield self._state.snapshot

    def _look(self, check: bool) -> tuple[Head, LedgerBrokenError | None]:
        try:
            return self._settle(), None
        except LedgerBrokenError as error:
            if check:
                raise
            return read_last(), error

    def _forget_snapshot(self) -> None:
        self._state.snapshot = None

    @contextmanager
    def still(self) -> Iterator[None]:
        """Keep writers waiting while something short is read."""
        with nullcontext() if self._state.held else self._shared():
            yield

    def _shared(self) -> AbstractContextManager[None]:
        return hold(self.root / "ledger" / "lock", self.settings.number("store.busy_seconds"), shared=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the writer's lock, and on PostgreSQL the advisory lock too, until the block ends; may be nested.

        Raises
        ------
        BusyError, StoreError
            Another writer holds it for too long, or the folder cannot be written.
        """
        if self._state.snapshot is not None:
            raise StoreError("Nothing can be written while a snapshot is read.", "Leave the snapshot first.")
        if self._state.held:
            self._state.held += 1
            try:
                yield
            finally:
                self._state.held -= 1
            return
        with ExitStack() as stack:
            with told_apart():
                stack.enter_context(hold(self.root / "ledger" / "lock", self.settings.number("store.busy_seconds")))
                self._take_advisory_lock()
            stack.callback(_free_advisory_lock)
            self._state.held = 1
            stack.callback(self._let_go)
            yield

    def _let_go(self) -> None:
        self._state.held = 0

    def _take_advisory_lock(self) -> None:
        from django.db import connection

        if connection.vendor == "postgresql":
            seconds = self.settings.number("store.busy_seconds")
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{max(seconds, 1)}s"])
                cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])

    @contextmanager
    def writing(self, actor: Actor, action: str, *, dry_run: bool = False) -> Iterator[Entry]:
        """Open a transaction that becomes one ledger entry.

        The head file says "next" before the commit and is promoted after it. An exception, or ``dry_run``, leaves the
        casebook as it was.

        Raises
        ------
        BusyError, DiskFullError, LedgerBrokenError, StoreError
            Nothing was written, unless the message says otherwise.
        """
        from django.db import DatabaseError, InterfaceError, transaction

        with self.locked():
            for settler in self.settlers:
                settler(self)
            new: Head | None = None
            try:
                with transaction.atomic():
                    with told_apart():
                        head = self._settle()
                        _make_durable()
                    entry = Entry(head, actor, action, self.clock(), self.salts)
                    yield entry
                    if dry_run:
                        raise _Rollback
                    with told_apart():
                        new = self.close_entry(entry)
                        write_head(self.head_file, HeadFile(head, new))
            except _Rollback:
                return
            except (DatabaseError, InterfaceError) as error:
                if new is None or not self._was_committed(new):
                    raise name_database_error(error) from error
            # The commit stands from here on; a head that stays "next" is a state that settling accepts.
            with contextlib.suppress(OSError):
                write_head(self.head_file, HeadFile(new))
            self._finish(entry)

    def close_entry(self, entry: Entry) -> Head:
        """Write an entry as the last thing of its transaction, with the settings under which it was made."""
        name = self.settings.name()
        entry.detail["settings"] = name
        before = read_settings_name(entry.previous)
        if before != name:
            entry.detail["settings_now"] = self.settings.record()
        return entry.close()

    def _was_committed(self, new: Head) -> bool:
        """Find out whether a commit whose answer was lost took place."""
        from django.db import connection

        try:
            connection.close()
            with told_apart():
                self._take_advisory_lock()  # Waits for the server to end what the lost connection began.
                return read_last() == new
        except CenotaphError as error:
            raise StoreError(
                f"The connection was lost while entry {new.number} was committed: it may have been written or not.",
                "Once the database is back, `cenotaph ledger show` says which; the casebook is whole either way.",
            ) from error

    def _finish(self, entry: Entry) -> None:
        try:
            for action in entry.after_commit:
                action()
        except Exception as error:
            raise StoreError(
                f"Entry {entry.number} was written, but what follows it was not finished: {error}",
                "The next command that writes finishes it.",
            ) from error


class _Rollback(Exception):
    pass


@dataclass
class _State:
    held: int = 0
    snapshot: Head | None = None
    broken: LedgerBrokenError | None = None


def _in_transaction() -> bool:
    from django.db import connection

    return connection.in_atomic_block


def _make_durable() -> None:
    """Have a commit wait for the disk, whatever the server's settings say."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'")


def _free_advisory_lock() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with contextlib.suppress(Exception), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])


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
    if settings.text("store.url") == "sqlite" and not (root / runtime.DATABASE_FILE).is_file():
        raise StoreError(f"{root} has lost its database {runtime.DATABASE_FILE}.", "Restore the casebook from a backup.")
    return point_casebook(root, settings, clock, salts)


def point_casebook(
    root: Path, settings: Settings, clock: Callable[[], datetime] = read_clock, salts: Salts = os.urandom
) -> Casebook:
    """Point Django at a casebook's database, whatever is in it."""
    url = settings.text("store.url")
    runtime.point_django(runtime.describe_database(url, root, settings.number("store.busy_seconds")))
    return Casebook(root, settings, clock, salts)
