"""A zip file's directory looked at before anything is unpacked, and its members unpacked within limits."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from cenotaph.capture.files import open_regular, show_name
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import OLE_MAGIC
from cenotaph.domain.errors import DamagedFileError, InputError, TooLargeError

_MEMBERS = 10_000
_DIRECTORY_BYTES = 4 * 1024 * 1024
_TAIL_BYTES = 65_557
_RATIO = 500  # Sheets of a million like rows reach about 100; the most that deflate can do is 1,032.
_RATIO_FROM = 16 * 1024 * 1024
_CHUNK_BYTES = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    LookupError,
    OSError,
)


@contextmanager
def damage_told(name: str) -> Iterator[None]:
    """Turn whatever a broken file makes the libraries raise into one error that names the file."""
    try:
        yield
    except _FAILURES as error:
        words = str(error) or type(error).__name__
        raise DamagedFileError(
            f"{name} is damaged: {words[:200]!r}.",
            "Get it again, or open it in its program and save it anew.",
        ) from error


class Package:
    """An opened zip file whose directory was checked.

    Parameters
    ----------
    archive
        The zip file.
    name
        How messages name it.
    limits
        What it may unpack to.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self._archive = archive
        self._name = name
        self._limits = limits
        self._members = {info.filename: info for info in archive.infolist()}

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def chunks(self, member: str, most: int | None = None) -> Iterator[bytes]:
        """Yield a member's bytes, unpacked as they are asked for.

        Parameters
        ----------
        most
            The most that it may be, in bytes, whatever the directory says; None for the limit on the whole
            file.

        Raises
        ------
        DamagedFileError
            There is no such member, or it does not unpack to what the directory says.
        TooLargeError
            It is over the limit.
        """
        if member not in self._members:
            raise DamagedFileError(
                f"{self._name} lacks its part {member[:100]!r}.", "Get it again, or save it anew."
            )
        limit = self._limits.unzipped_bytes if most is None else min(most, self._limits.unzipped_bytes)
        done = 0
        with self._archive.open(self._members[member]) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                done += len(chunk)
                if done > limit:
                    raise TooLargeError(
                        f"{self._name}: the part {member[:100]!r} unpacks to more than {limit:,} bytes.",
                        "Is it a bomb? Otherwise raise limits.unzipped_bytes in casebook.toml.",
                    )
                yield chunk


@contextmanager
def open_package(path: Path, limits: Limits) -> Iterator[Package]:
    """Open a zip file after looking through its directory.

    Raises
    ------
    DamagedFileError
        It is no zip file, cut short, or its directory names what no honest file holds.
    TooLargeError
        It would unpack to more than the limit.
    InputError
        It is protected with a password, or of an older format.
    """
    name = show_name(path)
    with open_regular(path) as stream, damage_told(name):
        _check_frame(stream, name)
        with zipfile.ZipFile(stream) as archive:
            _check_members(archive.infolist(), name, limits)
            yield Package(archive, name, limits)


def _check_frame(stream: BinaryIO, name: str) -> None:
    """Check the file's two ends, so that the directory is small before the library reads it whole."""
    head = stream.read(8)
    if head == OLE_MAGIC:
        raise InputError(
            f"{name} is protected with a password, or a workbook of the old .xls format.",
            "Save it as .xlsx without a password.",
        )
    if not head.startswith(b"PK"):
        raise DamagedFileError(
            f"{name} is no .xlsx workbook, whatever its name says: it does not begin as one.",
            "If it is CSV, give it the ending .csv.",
        )
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _TAIL_BYTES))
    tail = stream.read(_TAIL_BYTES)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise DamagedFileError(f"{name} is cut short: its end is missing.", "Get it again.")
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        # The wide form: the library goes by the length in its record.
        start = int.from_bytes(tail[at - 12 : at - 4], "little")
        if start >= size:
            raise DamagedFileError(f"{name} is damaged: its directory lies behind its end.", "Get it again.")
        stream.seek(start)
        length = max(length if length != 0xFFFFFFFF else 0, int.from_bytes(stream.read(56)[40:48], "little"))
    if length > _DIRECTORY_BYTES:
        raise DamagedFileError(
            f"{name} has a directory of {length:,} bytes.", "No workbook has: is it a bomb?"
        )
    stream.seek(0)


def _check_members(members: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    if len(members) > _MEMBERS:
        raise DamagedFileError(f"{name} has {len(members):,} parts.", "No workbook has: is it a bomb?")
    seen: set[str] = set()
    total = 0
    for info in members:
        part = info.filename
        if not part or part.startswith("/") or "\\" in part or ":" in part or ".." in part.split("/"):
            raise DamagedFileError(
                f"{name} has a part named {part[:100]!r}, which leads out of it.", "Do not trust it."
            )
        if part.lower() in seen:
            raise DamagedFileError(
                f"{name} has two parts named {part[:100]!r}.", "Save it anew in its program."
            )
        seen.add(part.lower())
        if info.flag_bits & 0x1:
            raise InputError(f"{name} is protected with a password.", "Save it without one.")
        if info.compress_type not in _METHODS:
            raise DamagedFileError(
                f"{name}: {part[:100]!r} is packed in a way no workbook is.", "Save it anew."
            )
        if info.file_size > _RATIO_FROM and info.file_size > _RATIO * max(info.compress_size, 1):
            raise DamagedFileError(
                f"{name}: {part[:100]!r} would unpack to {info.file_size:,} bytes, {_RATIO} times its size.",
                "It is a bomb, or was made by a machine: save it anew in a spreadsheet program.",
            )
        total += info.file_size
    if total > limits.unzipped_bytes:
        raise TooLargeError(
            f"{name} would unpack to {total:,} bytes; limits.unzipped_bytes is {limits.unzipped_bytes:,}.",
            "Raise limits.unzipped_bytes in casebook.toml, or split the file.",
        )
