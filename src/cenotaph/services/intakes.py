"""Files taken in by one command: their bytes stay where captures came of them, else they are taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from cenotaph.capture.incoming import sweep_temporary
from cenotaph.capture.intake import HashingOut, Limits, Taken, keep_made, take_in
from cenotaph.capture.objects import destroy_object, make_durable, object_path
from cenotaph.casebook import bulk
from cenotaph.casebook.lock import hold
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import BusyError, ChangedWhileReadError, InputError
from cenotaph.services.strays import intake_lock, sweep_strays


class Intakes:
    """What one command took in; made by :func:`taking_in`.

    Bytes are taken in outside the writer's lock, so that long copies hold nobody up. Two commands may take in
    the same bytes at once, and one of them take them back: the other puts them there again before it writes.
    """

    def __init__(self, objects: Path, limits: Limits) -> None:
        self.objects = objects
        self._limits = limits
        self._new: set[str] = set()
        self._taken: set[str] = set()

    def take_in(self, path: Path, *, durable: bool = True) -> Taken:
        """Keep a file's bytes for now; raises what :func:`cenotaph.capture.intake.take_in` does."""
        taken = take_in(path, self.objects, self._limits, durable=durable)
        self._taken.add(taken.sha256)
        if taken.new:
            self._new.add(taken.sha256)
        return taken

    def keep_made(self, name: str, media_type: str, write: Callable[[HashingOut], None], modified: datetime) -> Taken:
        """Keep bytes made here for now; raises what :func:`cenotaph.capture.intake.keep_made` does."""
        taken = keep_made(self.objects, name, media_type, write, modified)
        self._taken.add(taken.sha256)
        if taken.new:
            self._new.add(taken.sha256)
        return taken

    def make_durable(self) -> None:
        """Wait for the disk to have what was taken in without waiting; to be called before the entry that names it."""
        make_durable(self.objects, sorted(self._new))

    def make_sure(self, path: Path, taken: Taken) -> None:
        """Put a file's bytes back where another command took them back; to be called under the writer's lock.

        Raises
        ------
        ChangedWhileReadError
            They are gone, and the file is another one now.
        """
        if object_path(self.objects, taken.sha256).is_file():
            return
        if self.take_in(path).sha256 != taken.sha256:
            raise ChangedWhileReadError(
                f"{taken.name} changed since it was read; it was not kept.",
                "Wait until it is written, and run it again.",
            )

    def keep(self) -> None:
        """Say that all it took in until now is named by the record, or was taken back: it is no longer its own to take back."""
        self._new.clear()
        self._taken.clear()

    def find_missing(self) -> bool:
        """Return whether bytes that were taken in are gone."""
        return any(not object_path(self.objects, sha256).is_file() for sha256 in self._taken)

    def take_back(self, casebook: Casebook) -> None:
        """Destroy the bytes that this command brought and no capture in the record holds."""
        if not self._new:
            return
        with casebook.locked():
            for sha256 in sorted(self._new):
                known = bulk.fetch_one("SELECT size FROM capture WHERE id = %s", [sha256])
                if known is None or known[0] is None:  # None: the capture is under seal.
                    destroy_object(self.objects, sha256)
        self._taken -= self._new
        self._new.clear()


@contextmanager
def taking_in(casebook: Casebook, limits: Limits) -> Iterator[Intakes]:
    """Open a command that takes files in; unless it says :meth:`Intakes.keep`, nothing of them is left.

    Raises
    ------
    BusyError
        A file could not be read because another command took the same bytes back meanwhile.
    """
    with casebook.locked():
        sweep_temporary(casebook.objects)
        sweep_strays(casebook)
    intakes = Intakes(casebook.objects, limits)
    with hold(intake_lock(casebook), casebook.settings.number("store.busy_seconds"), shared=True):
        try:
            yield intakes
        except BaseException as error:
            missing = intakes.find_missing()
            with suppress(Exception):  # The first failure is the one to tell; verifying names what was left.
                intakes.take_back(casebook)
            if missing and isinstance(error, InputError) and not isinstance(error, ChangedWhileReadError):
                raise BusyError(
                    "Another command took the same file in and back while this one read it.", "Run this one again."
                ) from error
            raise
        intakes.take_back(casebook)
