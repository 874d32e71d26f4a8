"""One writer at a time: a lock on a file of the casebook, held from before the transaction until the head is promoted."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cenotaph.domain.errors import BusyError, StoreError

_LONGEST_PAUSE = 0.02


@contextmanager
def hold(path: Path, seconds: float, *, shared: bool = False) -> Iterator[None]:
    """Hold the writer's lock; it is freed when the process ends, however it ends.

    Who waits holds a second lock, the turn, without which nobody can take the first: so a writer that writes on and on
    cannot keep the others out.

    Parameters
    ----------
    shared
        Hold it beside other readers: no writer is between its head and its commit meanwhile. Where the casebook lies on a
        medium that cannot be written, no writer can be, and nothing is held.

    Raises
    ------
    BusyError
        Another process has held it for longer than ``seconds``.
    """
    handle = _open(path, shared)
    if handle is None:
        yield
        return
    try:
        deadline = time.monotonic() + seconds
        turn = _open(path.with_name(path.name + ".turn"), shared)
        try:
            if turn is not None:
                _take(turn, fcntl.LOCK_EX, deadline, seconds)
            _take(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, deadline, seconds)
        finally:
            if turn is not None:
                os.close(turn)
        yield
    finally:
        os.close(handle)


@contextmanager
def hold_one(path: Path, number: int) -> Iterator[bool]:
    """Hold one of many things that share a file of locks, without waiting; it is freed when the process ends.

    Parameters
    ----------
    number
        Which, from 0 to below 2**62.

    Yields
    ------
    bool
        Whether it is held; else another process has it.
    """
    handle = _open(path, shared=False)
    if handle is None:  # Unreachable: who does not share is refused.
        raise StoreError(f"{path.name} cannot be opened.", "Is the casebook's folder read-only?")
    try:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
            held = True
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise
            held = False
        yield held
    finally:
        os.close(handle)


def _take(handle: int, kind: int, deadline: float, seconds: float) -> None:
    pause = 0.001
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BusyError(
                    f"Another process has been writing to this casebook for more than {seconds:g} seconds.",
                    "Wait for it, or raise store.busy_seconds in casebook.toml.",
                ) from None
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


def _open(path: Path, shared: bool) -> int | None:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except FileNotFoundError as error:
        if shared:
            return None
        raise StoreError(f"The casebook has lost its folder {path.parent.name}/.", "Restore it from a backup.") from error
    except OSError as error:
        if not shared or error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
    try:
        return os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
