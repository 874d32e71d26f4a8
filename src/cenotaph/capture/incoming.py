"""Files that are being written among the objects, and what killed writers left of them.

Each is named ``.incoming-*`` and carries a lock of its writer, so that what a killed take-in left can be told
from what a living one is writing.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cenotaph.capture.encryption import Encryptor, is_encrypted, make_key
from cenotaph.capture.keyring import keyring_of
from cenotaph.capture.objects import ObjectState, check_object, object_path, sync_folder, told_apart
from cenotaph.domain.errors import DamagedFileError, StoreError

_TEMPORARY = ".incoming-"


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
            sync_folder(self._objects)
        # Two that take in the same bytes at once may both come here: either file is right.
        self._path.replace(target)
        self._path = None
        if durable:
            sync_folder(target.parent)
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
        sync_folder(target.parent)

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
