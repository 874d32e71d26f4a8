"""A backup's file: a tar file of which every byte is determined by its members, so that a changed one shows.

Members have no time, owner or mode of their own, and what fills blocks up is zero. The last member, ``SHA256SUMS``, holds
the hash of every other, in order. Any tar program reads it; this one writes and checks it.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, TextIO, cast

from cenotaph.domain.errors import DamagedFileError

SUMS = "SHA256SUMS"
_BLOCK = tarfile.BLOCKSIZE
_CHUNK = 1 << 20


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.GNU_FORMAT)


class ArchiveWriter:
    """Writes members to a stream; :meth:`close` ends the file with their sums."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._sums: list[str] = []
        self._bytes = 0

    def add_file(self, name: str, path: Path) -> None:
        """Add a file's bytes."""
        with path.open("rb") as stream:
            self._add(name, stream)

    def add_text(self, name: str, text: str) -> None:
        """Add a short text."""
        self._add(name, io.BytesIO(text.encode()))

    @contextmanager
    def spooled(self, name: str) -> Iterator[TextIO]:
        """Give a stream to write text to, which becomes a member; meanwhile it lies in a file without a name."""
        folder = Path(str(self._out.name)).parent
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder) as stream:
            yield stream
            stream.flush()
            self._add(name, cast("IO[bytes]", stream.buffer))

    def _add(self, name: str, stream: IO[bytes]) -> None:
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        digest = hashlib.sha256()
        self._write(_header(name, size))
        left = size
        while left:
            chunk = stream.read(min(_CHUNK, left))
            if not chunk:
                raise DamagedFileError(f"{name} became shorter while it was read.", "Run `cenotaph ledger verify`.")
            digest.update(chunk)
            self._write(chunk)
            left -= len(chunk)
        self._write(bytes(-size % _BLOCK))
        self._sums.append(f"{digest.hexdigest()}  {name}\n")

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._bytes += len(data)

    def close(self) -> int:
        """Write the sums and the end; return how many members there are beside the sums."""
        count = len(self._sums)
        self.add_text(SUMS, "".join(self._sums))
        self._write(bytes(2 * _BLOCK))
        self._write(bytes(-self._bytes % tarfile.RECORDSIZE))
        return count


def unpack(path: Path, place: Callable[[str], Path | None], progress: Callable[[str, int], None]) -> set[str]:
    """Unpack an archive and check every byte of it; return the members' names.

    Parameters
    ----------
    place
        Says where a member goes; None where no such member is expected.

    Raises
    ------
    DamagedFileError
        It is cut short, was changed, or was not written by :class:`ArchiveWriter`.
    """
    with path.open("rb") as stream:
        return unpack_stream(path.name, stream, place, progress)


def unpack_stream(
    title: str, stream: BinaryIO, place: Callable[[str], Path | None], progress: Callable[[str, int], None]
) -> set[str]:
    """Unpack an archive that is read from front to back, as :func:`unpack` does."""
    return _Reader(title, stream).unpack(place, progress)


class _Reader:
    def __init__(self, title: str, stream: BinaryIO) -> None:
        self._title = title
        self._stream = stream
        self._sums: dict[str, str] = {}

    def unpack(self, place: Callable[[str], Path | None], progress: Callable[[str, int], None]) -> set[str]:
        while True:
            name, size = self._read_header()
            if name == SUMS:
                break
            target = place(name)
            if target is None or name in self._sums:
                raise self._damage(f"holds '{name[:80]}', which no backup has", "It was not made here.")
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256()
            with target.open("wb") as out:
                for chunk in self._read_content(size):
                    digest.update(chunk)
                    out.write(chunk)
            self._sums[name] = digest.hexdigest()
            progress("files", 1)
        self._check_sums(b"".join(self._read_content(size)))
        self._check_end()
        return set(self._sums)

    def _read_header(self) -> tuple[str, int]:
        block = self._read(_BLOCK)
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeError) as error:
            raise self._damage(f"has a damaged header: {error}") from error
        if info.size < 0 or _header(info.name, info.size) != block:
            raise self._damage(f"has a damaged header before '{info.name[:80]}'")
        return info.name, info.size

    def _read_content(self, size: int) -> Iterator[bytes]:
        left = size
        while left:
            chunk = self._read(min(_CHUNK, left))
            left -= len(chunk)
            yield chunk
        self._check_zeros(self._read(-size % _BLOCK))

    def _read(self, size: int) -> bytes:
        data = self._stream.read(size)
        if len(data) < size:
            raise self._damage("is cut short")
        return data

    def _check_zeros(self, data: bytes) -> None:
        if data.strip(b"\0"):
            raise self._damage("has something where nothing should be")

    def _check_sums(self, listed: bytes) -> None:
        expected = "".join(f"{digest}  {name}\n" for name, digest in self._sums.items()).encode()
        if listed == expected:
            return
        lines = zip(listed.split(b"\n"), expected.split(b"\n"), strict=False)
        wrong = next((mine for line, mine in lines if line != mine), b"").decode()
        raise self._damage(f"holds {wrong.partition('  ')[2] or SUMS}, whose bytes do not have the sum that was noted of them")

    def _check_end(self) -> None:
        size = self._stream.tell()
        rest = self._stream.read(2 * tarfile.RECORDSIZE)
        self._check_zeros(rest)
        if len(rest) != 2 * _BLOCK + -(size + 2 * _BLOCK) % tarfile.RECORDSIZE:
            raise self._damage("does not end where it should")

    def _damage(self, what: str, hint: str = "The backup was changed or cut short: use another.") -> DamagedFileError:
        return DamagedFileError(f"{self._title}: it {what}.", hint)
