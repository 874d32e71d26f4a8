"""A part of a WARC file read as if it were a whole one, and where in a damaged one the next record begins."""

from __future__ import annotations

import zlib
from typing import BinaryIO

_CHUNK = 1 << 20
_HEAD = 1 << 12
_MAGIC = b"\x1f\x8b\x08"
_PLAIN = (b"\r\n\r\nWARC/1.", b"\n\nWARC/1.")
_MOST_TRIED = 10_000


class Window:
    """A part of a file, read as if it were a whole one."""

    def __init__(self, stream: BinaryIO, start: int, end: int | None) -> None:
        self._stream = stream
        self._start = start
        self._end = end
        stream.seek(start)

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes, none behind the end."""
        if self._end is not None:
            left = max(0, self._end - self._stream.tell())
            count = left if count < 0 else min(count, left)
        return self._stream.read(count)

    def tell(self) -> int:
        """Return where in the whole file it stands."""
        return self._stream.tell()


def find_record(stream: BinaryIO, start: int, end: int) -> int | None:
    """Return where the first record begins at or behind a place, packed or not; None where none does before the end.

    A packed one counts where its first bytes unpack to the head of a record, a plain one where an empty line stands before it.
    """
    overlap = max(map(len, (*_PLAIN, _MAGIC)))
    at, tried = start, 0
    while at < end:
        stream.seek(at)
        data = stream.read(min(_CHUNK + overlap, end - at))
        if not data:
            return None
        for found in _find_candidates(data, min(len(data), _CHUNK)):
            tried += 1
            if tried > _MOST_TRIED:
                return None
            if data[found : found + 4] == b"WARC" or _begins_record(stream, at + found):
                return at + found
        at += _CHUNK
    return None


def _find_candidates(data: bytes, most: int) -> list[int]:
    found = []
    for mark, ahead in ((_MAGIC, 0), *((mark, mark.index(b"WARC")) for mark in _PLAIN)):
        at = data.find(mark)
        while 0 <= at < most:
            found.append(at + ahead)
            at = data.find(mark, at + 1)
    return sorted(set(found))


def _begins_record(stream: BinaryIO, at: int) -> bool:
    stream.seek(at)
    try:
        return zlib.decompressobj(31).decompress(stream.read(_HEAD), 16).startswith(b"WARC/")
    except zlib.error:
        return False
