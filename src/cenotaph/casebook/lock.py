"""One writer at a time: a lock on a file of the casebook, held from before the transaction until the head is promoted."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cenotaph.domain.errors import BusyError


@contextmanager
def hold(path: Path, seconds: float) -> Iterator[None]:
    """Hold the writer's lock; it is freed when the process ends, however it ends.

    Raises
    ------
    BusyError
        Another process has held it for longer than ``seconds``.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise BusyError(
                        f"Another process has been writing to this casebook for more than {seconds:g} seconds.",
                        "Wait for it, or raise store.busy_seconds in casebook.toml.",
                    ) from None
                time.sleep(0.02)
        yield
    finally:
        os.close(handle)
