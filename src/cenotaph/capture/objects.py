"""Captures' bytes on disk: each under its SHA-256, written once, whole or not at all.

:mod:`cenotaph.capture.incoming` writes them.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import string
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from enum import StrEnum
from io import BufferedReader
from pathlib import Path

from cenotaph.capture.encryption import WrongKeyError, decrypt, is_encrypted
from cenotaph.capture.keyring import keyring_of
from cenotaph.domain.errors import DiskFullError, StoreError, ValueFormatError

_WAITERS = 16
_HEX = frozenset(string.hexdigits.lower())


class ObjectState(StrEnum):
    """What lies under a hash."""

    OK = "ok"
    MISSING = "missing"
    CHANGED = "changed"
    LOCKED = "locked"


def object_path(objects: Path, sha256: str) -> Path:
    """Return where the bytes with a SHA-256 lie: a folder for its first two digits, and in it the whole hash.

    Raises
    ------
    ValueFormatError
        It is not 64 lower-case hexadecimal digits.
    """
    if len(sha256) != 64 or not _HEX.issuperset(sha256):
        raise ValueFormatError(
            f"{sha256[:80]!r} is no SHA-256.", "It is 64 hexadecimal digits in lower case."
        )
    return objects / sha256[:2] / sha256


def check_object(objects: Path, sha256: str) -> ObjectState:
    """Hash the bytes under a SHA-256 again.

    Raises
    ------
    StoreError
        They are there and cannot be read.
    """
    path = object_path(objects, sha256)
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return ObjectState.MISSING
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # A link or a socket lies where the bytes were.
            return ObjectState.CHANGED
        raise _unreadable(sha256, error) from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return ObjectState.CHANGED
        with os.fdopen(handle, "rb", closefd=False) as stream:
            if is_encrypted(stream):
                return _check_encrypted(objects, sha256, stream)
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(sha256, error) from error
    finally:
        os.close(handle)
    return ObjectState.OK if digest == sha256 else ObjectState.CHANGED


def _check_encrypted(objects: Path, sha256: str, stream: BufferedReader) -> ObjectState:
    ring = keyring_of(objects)
    key = ring.find(sha256) if ring is not None else None
    if key is None:
        stream.seek(0)  # A file that only begins like one is what it is.
        whole = hashlib.file_digest(stream, "sha256").hexdigest()
        return ObjectState.OK if whole == sha256 else ObjectState.LOCKED
    digest = hashlib.sha256()
    try:
        for piece in decrypt(stream, key):
            digest.update(piece)
    except WrongKeyError:
        return ObjectState.CHANGED
    return ObjectState.OK if digest.hexdigest() == sha256 else ObjectState.CHANGED


def _unreadable(sha256: str, error: OSError) -> StoreError:
    return StoreError(
        f"The bytes of capture {sha256} cannot be read: {error.strerror}.",
        "Check the disk and who may read them.",
    )


def make_durable(objects: Path, kept: Iterable[str]) -> None:
    """Wait until the bytes under these hashes, and their places, are on the disk.

    Several wait at once: the disk answers for all that it has written with one of its own commits.

    Raises
    ------
    StoreError
        The disk fails.
    """
    paths = [object_path(objects, sha256) for sha256 in kept]
    with told_apart(), ThreadPoolExecutor(_WAITERS) as waiters:
        list(waiters.map(_sync_any, paths))
        list(waiters.map(_sync_any, sorted({path.parent for path in paths})))


def _sync_any(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def destroy_object(objects: Path, sha256: str) -> None:
    """Remove the bytes under a SHA-256 and their key and make that durable; safe to repeat.

    With the key go all copies of what was encrypted, in backups too. Overwriting bytes that were not would be
    theatre: disks that spread their writes, and file systems that copy or keep snapshots, leave the old blocks
    anyway. What must be gone for good needs a keyring, an encrypted disk, or a backup that is renewed.
    """
    path = object_path(objects, sha256)
    ring = keyring_of(objects)
    if ring is not None:
        ring.destroy(sha256)
    with told_apart():
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            sync_folder(path.parent)


def list_files(objects: Path) -> list[Path]:
    """Return every file in the objects' folder, whatever it is named, in order of name.

    Raises
    ------
    StoreError
        The folder cannot be read.
    """
    found: list[Path] = []

    def refuse(error: OSError) -> None:
        raise StoreError(
            f"The casebook's captures cannot be listed: {error.strerror}.", "Check the disk and who may read it."
        ) from error

    for folder, inner, names in os.walk(objects, onerror=refuse):
        found += [Path(folder, name) for name in names]
        found += [Path(folder, name) for name in inner if Path(folder, name).is_symlink()]
    return sorted(found)


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn what the system says of the casebook's own files into errors that say what to do.

    Raises
    ------
    DiskFullError
        The disk or the quota is full.
    StoreError
        Anything else.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(
                "The disk is full; nothing was written.", "Make room and run it again."
            ) from error
        raise StoreError(
            f"The casebook's captures cannot be written: {error.strerror or error}.",
            "Check that the folder is there and who may write to it.",
        ) from error


def sync_folder(folder: Path) -> None:
    """Wait until what a folder lists is on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
