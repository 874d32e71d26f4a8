"""A casebook on disk: its folder, its settings, its database, and the one way to write to it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cenotaph.casebook import runtime
from cenotaph.casebook.access import Access
from cenotaph.casebook.failures import name_database_error, told_apart
from cenotaph.casebook.head import Head, HeadFile, write_head
from cenotaph.casebook.ledger import Actor, Entry, Salts, read_last, read_settings_name
from cenotaph.casebook.settings import FILE_NAME, Settings, read_settings
from cenotaph.domain.errors import CenotaphError, StoreError, UsageError


def read_clock() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


@dataclass
class Casebook(Access):
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

    clock: Callable[[], datetime] = read_clock
    salts: Salts = os.urandom
    settlers: list[Callable[[Casebook], None]] = field(default_factory=list)

    @property
    def objects(self) -> Path:
        """Where captures' bytes lie under their SHA-256."""
        return self.root / "captures"

    @property
    def derived(self) -> Path:
        """Where what can be recomputed lies; the folder may be deleted at any time."""
        return self.root / "derived"

    @property
    def seals_file(self) -> Path:
        """Where tombstones are kept outside the database, so that an older backup can be sealed again."""
        return self.root / "ledger" / "seals.jsonl"

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
                        head = self.settle()
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
                self.take_advisory_lock()  # Waits for the server to end what the lost connection began.
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


def _make_durable() -> None:
    """Have a commit wait for the disk, whatever the server's settings say."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'"
            )


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
