"""Taking a file in: copied and hashed in one pass, kept only where it was the same file throughout."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from cenotaph.capture.files import open_regular, printable
from cenotaph.capture.incoming import IncomingObject, incoming
from cenotaph.capture.limits import Limits, check_size
from cenotaph.capture.media_types import find_type
from cenotaph.capture.objects import told_apart
from cenotaph.capture.walk import Skipped, walk
from cenotaph.domain.errors import ChangedWhileReadError, InputError

__all__ = ["HashingOut", "Limits", "Skipped", "Taken", "keep_made", "take_in", "walk"]

_CHUNK_BYTES = 1 << 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RECENT = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """A file whose bytes are kept.

    Parameters
    ----------
    sha256, size
        Its bytes' hash, and how many they are.
    media_type
        What it is.
    name
        Its own name, without its folder; what cannot be printed in it is escaped.
    modified
        When the file was last changed, in UTC, as its file system says.
    new
        Its bytes were not kept before.
    """

    sha256: str
    size: int
    media_type: str
    name: str
    modified: datetime
    new: bool = True


def take_in(path: Path, objects: Path, limits: Limits, *, durable: bool = True) -> Taken:
    """Copy a file's bytes under their hash.

    Its kind and size are looked at before anything is copied. On any error nothing is left of it. May run
    beside other take-ins and beside writers.

    Parameters
    ----------
    path
        The file; a link is followed.
    objects
        The folder of the captures' bytes.
    durable
        Wait for the disk, as :meth:`~cenotaph.capture.objects.IncomingObject.keep` says.

    Raises
    ------
    InputError
        It is no regular file, it is empty, or it cannot be read.
    TooLargeError
        It is over its type's limit.
    ChangedWhileReadError
        It did not stay the same while it was read.
    DamagedFileError
        Other bytes lie under its hash.
    DiskFullError, StoreError
        The captures' folder cannot be written to.
    """
    name = printable(path.name)
    with open_regular(path) as stream:
        before = os.fstat(stream.fileno())
        if not before.st_size:
            raise InputError(f"{name} is empty: 0 bytes.", "Was it copied whole?")
        with _read_errors(name):
            media_type = find_type(stream, path.name)
        check_size(name, before.st_size, media_type, limits)
        with incoming(objects) as file:
            digest = _copy(stream, file, name, before.st_size)
            recent = before.st_mtime_ns > file.modified() - _RECENT
            # A change within one tick of the clock leaves the time as it was: what is so young is read twice.
            if recent and _hash_again(stream, name) != digest:
                raise _changed(name)
            _check_same(path, stream, before, name)
            with told_apart():
                new = file.keep(digest, durable=durable)
    # From whole nanoseconds: a float would round the time.
    modified = _EPOCH + timedelta(microseconds=before.st_mtime_ns // 1000)
    return Taken(digest, before.st_size, media_type, name, modified, new)


def keep_made(
    objects: Path, name: str, media_type: str, write: Callable[[HashingOut], None], modified: datetime
) -> Taken:
    """Keep bytes that are made here, such as a fetched page's records, under their hash.

    Parameters
    ----------
    write
        Writes them, once.
    modified
        When what they hold was taken.

    Raises
    ------
    DiskFullError, StoreError, DamagedFileError
        As :func:`take_in`.
    """
    with incoming(objects) as file:
        out = HashingOut(file)
        write(out)
        digest = out.digest.hexdigest()
        with told_apart():
            new = file.keep(digest)
    return Taken(digest, out.size, media_type, name, modified, new)


class HashingOut:
    """Hashes bytes as they are written to a file among the objects."""

    def __init__(self, file: IncomingObject) -> None:
        self._file = file
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, chunk: bytes, /) -> None:
        """Take bytes."""
        self.digest.update(chunk)
        self.size += len(chunk)
        with told_apart():
            self._file.write(chunk)


def _copy(stream: BinaryIO, file: IncomingObject, name: str, size: int) -> str:
    digest = hashlib.sha256()
    read = 0
    while True:
        with _read_errors(name):
            chunk = stream.read(_CHUNK_BYTES)
        if not chunk:
            break
        read += len(chunk)
        if read > size:
            raise _changed(name)
        digest.update(chunk)
        with told_apart():
            file.write(chunk)
    if read != size:
        raise _changed(name)
    return digest.hexdigest()


def _hash_again(stream: BinaryIO, name: str) -> str:
    digest = hashlib.sha256()
    with _read_errors(name):
        stream.seek(0)
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _check_same(path: Path, stream: BinaryIO, before: os.stat_result, name: str) -> None:
    after = os.fstat(stream.fileno())
    try:
        there = path.stat()
    except OSError:
        raise _changed(name) from None
    for state in (after, there):
        if _mark(state) != _mark(before):
            raise _changed(name)


def _mark(state: os.stat_result) -> tuple[int, ...]:
    return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)


def _changed(name: str) -> ChangedWhileReadError:
    return ChangedWhileReadError(
        f"{name} changed while it was read; it was not kept.", "Wait until it is written, and run it again."
    )


@contextmanager
def _read_errors(name: str) -> Iterator[None]:
    """Turn what the system says of the file read into an error that names it."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.", "Check the disk it lies on.") from error
