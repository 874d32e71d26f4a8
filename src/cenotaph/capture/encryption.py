"""Captures' bytes encrypted at rest: AES-256-GCM by frames of a mebibyte, each bound to its place and to whether it is the last.

A file begins with a mark and eight random bytes. Frame ``n`` has these and ``n`` as its nonce: a key is used for one file only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from cenotaph.capture.keyring import KEY_BYTES

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = b"CENOTAPH CAPTURE ENCRYPTED 1\n"
_PREFIX_BYTES = 8
_TAG_BYTES = 16
_FRAME = 1 << 20


class WrongKeyError(ValueError):
    """A frame does not open: another key, or changed bytes."""


def make_key() -> bytes:
    """Return a new random key."""
    return os.urandom(KEY_BYTES)


class Encryptor:
    """Encrypts bytes as they come."""

    def __init__(self, key: bytes) -> None:
        self._cipher = _cipher(key)
        self._prefix = os.urandom(_PREFIX_BYTES)
        self._number = 0
        self._waiting = bytearray()
        self._begun = False

    def update(self, chunk: bytes) -> bytes:
        """Return what can be written by now."""
        self._waiting += chunk
        out = [] if self._begun else [MARK, self._prefix]
        self._begun = True
        while len(self._waiting) > _FRAME:
            out.append(self._seal(bytes(self._waiting[:_FRAME]), last=False))
            del self._waiting[:_FRAME]
        return b"".join(out)

    def finish(self) -> bytes:
        """Return the rest."""
        head = self.update(b"")
        return head + self._seal(bytes(self._waiting), last=True)

    def _seal(self, frame: bytes, *, last: bool) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._prefix, self._number), frame, _bind(self._number, last))
        self._number += 1
        return sealed


def is_encrypted(stream: BinaryIO) -> bool:
    """Tell whether a file is one of these; the stream is left behind its mark, or at its beginning."""
    if stream.read(len(MARK)) == MARK:
        return True
    stream.seek(0)
    return False


def decrypt(stream: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Yield the bytes of a file that stands behind its mark.

    Raises
    ------
    WrongKeyError
        The key is another one, or the file was changed or cut short.
    """
    from cryptography.exceptions import InvalidTag

    cipher = _cipher(key)
    prefix = stream.read(_PREFIX_BYTES)
    number = 0
    frame = stream.read(_FRAME + _TAG_BYTES)
    while True:
        following = stream.read(_FRAME + _TAG_BYTES)
        last = not following
        try:
            yield cipher.decrypt(_nonce(prefix, number), frame, _bind(number, last))
        except (InvalidTag, ValueError) as error:
            raise WrongKeyError("a frame does not open") from error
        if last:
            return
        frame = following
        number += 1


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _nonce(prefix: bytes, number: int) -> bytes:
    return prefix + number.to_bytes(4, "big")


def _bind(number: int, last: bool) -> bytes:
    return b"%d %s" % (number, b"last" if last else b"more")
