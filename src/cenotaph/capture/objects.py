"""Captures' bytes on disk: each under its SHA-256, written once, whole or not at all.

A file that is being written is named ``.incoming-*`` in the objects' folder and carries a lock of its writer,
so that what a killed take-in left can be told from what a living one is writing.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import stat
import string
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from enum import StrEnum
from io import BufferedReader
from pathlib import Path

from cenotaph.capture.encryption import Encryptor, WrongKeyError, decrypt, is_encrypted, make_key
from cenotaph.capture.keyring import keyring_of
from cenotaph.domain.errors import DamagedFileError, DiskFullError, StoreError, ValueFormatError

_WAITERS = 16
_TEMPORARY = ".incoming-"
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
            _sync(path.parent)


def sweep_temporary(objects: Path) -> int:
    """Remove what take-ins that were killed left behind; those that are still writing are left alone.

    Returns
    -------
    int
        How many files went.
    """
    swept = 0
    for path in _each_left(objects, fcntl.LOCK_EX):
        path.unlink(missing_ok=True)
        swept += 1
    return swept


def _each_left(objects: Path, lock: int) -> Iterator[Path]:
    """Give each incoming file that no living writer holds, in order of name; it stays locked while it is looked at."""
    for path in sorted(objects.glob(_TEMPORARY + "*")):
        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:  # Gone meanwhile, or none of ours.
            continue
        try:
            fcntl.flock(handle, lock | fcntl.LOCK_NB)
            ours = stat.S_ISREG(os.fstat(handle).st_mode)
        except OSError:  # A living writer holds it, or this disk knows no locks.
            os.close(handle)
            continue
        try:
            if ours:
                yield path
        finally:
            os.close(handle)


def is_temporary(objects: Path, path: Path) -> bool:
    """Tell whether a file is one that a writer, living or killed, has not given its place yet."""
    return path.parent == objects and path.name.startswith(_TEMPORARY) and not path.is_symlink() and path.is_file()


def find_left(objects: Path) -> list[Path]:
    """Return what writers that were killed left behind, in order of name; nothing is removed."""
    return list(_each_left(objects, fcntl.LOCK_SH))


def encrypt_object(objects: Path, sha256: str) -> bool:
    """Encrypt bytes that lie in the clear; return False where they are encrypted already, or under seal.

    Raises
    ------
    DamagedFileError
        They are not the bytes that were kept: they stay as they are.
    StoreError
        There is no keyring.
    """
    if keyring_of(objects) is None:
        raise StoreError("This casebook has no keyring.", "Name one in casebook.toml: store.keyring.")
    path = object_path(objects, sha256)
    if not path.is_file():
        return False
    with path.open("rb") as stream, incoming(objects) as file:
        if is_encrypted(stream):
            return False
        digest = hashlib.sha256()
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
            with told_apart():
                file.write(chunk)
        if digest.hexdigest() != sha256:
            raise DamagedFileError(
                f"The casebook's bytes of capture {sha256} were changed.", "Run `cenotaph ledger verify`."
            )
        with told_apart():
            file.replace_plain(sha256)
    return True


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


class IncomingObject:
    """A file being written: :meth:`keep` gives it its place, else it is gone when the block ends."""

    def __init__(self, objects: Path, handle: int, path: Path) -> None:
        self._objects = objects
        self._handle = handle
        self._path: Path | None = path
        self._ring = keyring_of(objects)
        self._key = make_key() if self._ring is not None else b""
        self._encryptor = Encryptor(self._key) if self._key else None

    def write(self, chunk: bytes) -> None:
        """Add bytes."""
        self._write(self._encryptor.update(chunk) if self._encryptor is not None else chunk)

    def _write(self, chunk: bytes) -> None:
        view = memoryview(chunk)
        while view:
            view = view[os.write(self._handle, view) :]

    def modified(self) -> int:
        """Return when it was last written, by the file system's own clock, in nanoseconds."""
        return os.fstat(self._handle).st_mtime_ns

    def keep(self, sha256: str, *, durable: bool = True) -> bool:
        """Put the bytes under their hash, durable and read-only; return False where they lay there already.

        Parameters
        ----------
        durable
            Wait for the disk. Who keeps many files at once says no, and calls :func:`make_durable` before naming them.

        Raises
        ------
        DamagedFileError
            Other bytes lie under that hash.
        """
        assert self._path is not None
        target = object_path(self._objects, sha256)
        state = check_object(self._objects, sha256)
        if state is ObjectState.CHANGED:
            raise DamagedFileError(
                f"The casebook's bytes of capture {sha256} were changed: they do not have that hash.",
                f"Run `cenotaph ledger verify`; move {target.relative_to(self._objects.parent)} away and run "
                "this again, which puts the right bytes there.",
            )
        if state is ObjectState.OK:
            return False
        if self._encryptor is not None and self._ring is not None:
            self._write(self._encryptor.finish())
            self._ring.put(sha256, self._key)  # Before the bytes: without it they are nothing.
        os.fchmod(self._handle, 0o444)
        if durable:
            os.fsync(self._handle)
        if not target.parent.is_dir():
            target.parent.mkdir(exist_ok=True)
            _sync(self._objects)
        # Two that take in the same bytes at once may both come here: either file is right.
        self._path.replace(target)
        self._path = None
        if durable:
            _sync(target.parent)
        return True

    def replace_plain(self, sha256: str) -> None:
        """Put what was written, encrypted, where the same bytes lie in the clear."""
        assert self._path is not None and self._encryptor is not None and self._ring is not None
        target = object_path(self._objects, sha256)
        self._write(self._encryptor.finish())
        self._ring.put(sha256, self._key)
        os.fchmod(self._handle, 0o444)
        os.fsync(self._handle)
        self._path.replace(target)
        self._path = None
        _sync(target.parent)

    def drop(self) -> None:
        """Remove what was not kept, and let go of the lock."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)
            self._path = None
        os.close(self._handle)


@contextmanager
def incoming(objects: Path) -> Iterator[IncomingObject]:
    """Open a file to be written among the objects; whatever ends the block, nothing half is left.

    Raises
    ------
    DiskFullError, StoreError
        The folder cannot be written to.
    """
    with told_apart():
        handle, path = _make_temporary(objects)
    file = IncomingObject(objects, handle, path)
    try:
        yield file
    finally:
        with contextlib.suppress(OSError):
            file.drop()


def _make_temporary(objects: Path) -> tuple[int, Path]:
    while True:
        handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=objects)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)  # A sweep came between making it and locking it.


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


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
