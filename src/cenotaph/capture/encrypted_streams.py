"""Streams that encrypt what is written to them, and decrypt what is read from them, a frame at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cenotaph.capture.encryption import Encryptor, WrongKeyError, decrypt, make_key
from cenotaph.capture.keyring import Keyring
from cenotaph.domain.errors import DamagedFileError, StoreError

BACKUPS = hashlib.sha256(b"cenotaph backups").hexdigest()
"""The name of the key of a casebook's backups in its keyring."""

_MEMORY = Path("/dev/shm")


def key_of_backups(ring: Keyring) -> bytes:
    """Return the key of a casebook's backups, made when it is first asked for."""
    key = ring.find(BACKUPS)
    if key is None:
        key = make_key()
        ring.put(BACKUPS, key)
    return key


class EncryptingStream:
    """Writes encrypted to a file; :meth:`finish` writes the last frame.

    ``name`` is one in memory: what is spooled beside it lies on no disk.
    """

    def __init__(self, raw: BinaryIO, key: bytes) -> None:
        if not _MEMORY.is_dir():
            raise StoreError("There is no file system in memory to write an encrypted backup in.", "It is /dev/shm on Linux.")
        self._raw = raw
        self._encryptor = Encryptor(key)
        self.name = str(_MEMORY / "backup")

    def write(self, data: bytes) -> int:
        """Take bytes."""
        self._raw.write(self._encryptor.update(data))
        return len(data)

    def finish(self) -> None:
        """Write the rest."""
        self._raw.write(self._encryptor.finish())


class DecryptingStream:
    """Reads what an encrypted file that stands behind its mark holds, from front to back."""

    def __init__(self, raw: BinaryIO, key: bytes, name: str) -> None:
        self._pieces: Iterator[bytes] = decrypt(raw, key)
        self._waiting = b""
        self._read = 0
        self._name = name

    def read(self, count: int) -> bytes:
        """Return so many bytes, fewer at the end.

        Raises
        ------
        DamagedFileError
            The key is another one, or the file was changed or cut short.
        """
        parts, have = [self._waiting], len(self._waiting)
        while have < count:
            try:
                piece = next(self._pieces)
            except StopIteration:
                break
            except WrongKeyError as error:
                raise DamagedFileError(
                    f"{self._name} does not open with the keyring's key.", "Is it this casebook's keyring?"
                ) from error
            parts.append(piece)
            have += len(piece)
        whole = b"".join(parts)
        self._waiting = whole[count:]
        self._read += len(whole[:count])
        return whole[:count]

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._read
