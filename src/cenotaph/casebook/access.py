"""Who may read and write a casebook when: the writer's locks, the settled head, snapshots."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from cenotaph.casebook.failures import told_apart
from cenotaph.casebook.head import Head, read_head, settle
from cenotaph.casebook.ledger import read_last
from cenotaph.casebook.lock import hold
from cenotaph.casebook.settings import Settings
from cenotaph.casebook.snapshot import read_transaction
from cenotaph.domain.errors import LedgerBrokenError, StoreError

_ADVISORY_LOCK = 0x43454E4F54415048  # "CENOTAPH" in ASCII


@dataclass
class _State:
    held: int = 0
    snapshot: Head | None = None
    broken: LedgerBrokenError | None = None


@dataclass
class Access:
    """A casebook's folder and settings, and what this process holds of it.

    Parameters
    ----------
    root
        The folder.
    settings
        What its ``casebook.toml`` says.
    """

    root: Path
    settings: Settings
    _state: _State = field(default_factory=_State, init=False)

    @property
    def head_file(self) -> Path:
        """Where the ledger's head is kept outside the database."""
        return self.root / "ledger" / "head.json"

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
            return self.settle()
        with told_apart(), self._shared():
            return self.settle()

    def settle(self) -> Head:
        """Return the head as it is at this moment, without waiting for a writer."""
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
            return self.settle(), None
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
                self.take_advisory_lock()
            stack.callback(_free_advisory_lock)
            self._state.held = 1
            stack.callback(self._let_go)
            yield

    def _let_go(self) -> None:
        self._state.held = 0

    def take_advisory_lock(self) -> None:
        """Wait for the database's own lock, where it has one."""
        from django.db import connection

        if connection.vendor == "postgresql":
            seconds = self.settings.number("store.busy_seconds")
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{max(seconds, 1)}s"])
                cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])



def _in_transaction() -> bool:
    from django.db import connection

    return connection.in_atomic_block


def _free_advisory_lock() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with contextlib.suppress(Exception), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])
