"""Encrypted captures in the clear for as long as they are read: in memory alone, never on a disk."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from collections import OrderedDict
from pathlib import Path

from cenotaph.capture.encryption import WrongKeyError, decrypt, is_encrypted
from cenotaph.capture.keyring import keyring_of
from cenotaph.capture.objects import ObjectState, check_object, object_path
from cenotaph.domain.errors import LedgerBrokenError, StoreError

_MEMORY = Path("/dev/shm")
_PREFIX = "cenotaph-"
_KEPT = 8
_copies: OrderedDict[Path, Path] = OrderedDict()


def readable_path(objects: Path, sha256: str) -> Path:
    """Return where a capture's bytes can be read: where they lie, or of an encrypted one a copy in memory.

    The copies of this process go with it; the least used goes when there are more than eight.

    Raises
    ------
    StoreError
        Its key is not in the keyring, or there is no file system in memory.
    LedgerBrokenError
        It does not open with its key: it was changed.
    """
    path = object_path(objects, sha256)
    try:
        stream = path.open("rb")
    except OSError:
        return path  # Whoever reads it says what is wrong.
    with stream:
        if not is_encrypted(stream):
            return path
        if path in _copies and _copies[path].exists():
            _copies.move_to_end(path)
            return _copies[path]
        ring = keyring_of(objects)
        key = ring.find(sha256) if ring is not None else None
        if key is None:
            if check_object(objects, sha256) is ObjectState.OK:
                return path  # It only begins like one.
            raise StoreError(
                f"Capture {sha256[:12]} is encrypted, and its key is not in the keyring.",
                "Is the disk with the keyring there, and does store.keyring name it? A key that was destroyed is gone for good.",
            )
        folder = _make_folder()
        copy = folder / sha256
        try:
            with copy.open("xb") as out:
                for piece in decrypt(stream, key):
                    out.write(piece)
        except WrongKeyError as error:
            shutil.rmtree(folder, ignore_errors=True)
            hint = "Run `cenotaph ledger verify`."
            raise LedgerBrokenError(f"Capture {sha256} was changed: it does not open.", hint) from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    _copies[path] = copy
    while len(_copies) > _KEPT:
        _, oldest = _copies.popitem(last=False)
        shutil.rmtree(oldest.parent, ignore_errors=True)
    return copy


def _make_folder() -> Path:
    if not _MEMORY.is_dir():
        raise StoreError("There is no file system in memory to read encrypted captures in.", "It is /dev/shm on Linux.")
    _sweep()
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=_MEMORY))


def _sweep() -> None:
    """Remove what processes that are gone left there."""
    for folder in _MEMORY.glob(f"{_PREFIX}*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdigit() and not Path("/proc", number).exists():
            shutil.rmtree(folder, ignore_errors=True)


def forget_copies() -> None:
    """Remove the copies of this process."""
    while _copies:
        _, copy = _copies.popitem()
        with contextlib.suppress(OSError):
            shutil.rmtree(copy.parent)


atexit.register(forget_copies)
