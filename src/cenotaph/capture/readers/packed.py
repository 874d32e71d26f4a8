"""A zip file from a stranger: its directory looked at first, its parts unpacked and walked within limits."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from cenotaph.capture.files import open_regular, show_name
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import OLE_MAGIC
from cenotaph.domain.errors import CenotaphError, DamagedFileError, InputError, TooLargeError

_MEMBERS = 10_000
_DIRECTORY_BYTES = 4 * 1024 * 1024
_TAIL_BYTES = 65_557
_RATIO = 500  # Sheets of a million like rows reach about 100; the most that deflate can do is 1,032.
_RATIO_FROM = 16 * 1024 * 1024
_CHUNK_BYTES = 1 << 14
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PART_BYTES = 32 * 1024 * 1024
_ELEMENTS = 250_000  # A workbook has up to 65,490 styles, of up to three elements each.
_DEPTH = 100
_TAG_BYTES = 1 << 20


@contextmanager
def damage_told(name: str) -> Iterator[None]:
    """Turn whatever a broken file makes the libraries raise into one error that names the file."""
    try:
        yield
    except (CenotaphError, MemoryError):
        raise
    except DefusedXmlException as error:
        raise _distrust(name, "declares a document type or an entity, which no workbook does") from error
    except Exception as error:  # Over what is broken they raise anything from SyntaxError to TypeError.
        words = str(error) or type(error).__name__
        hint = "Get it again, or open it in its program and save it anew."
        raise DamagedFileError(f"{name} is damaged: {words[:200]!r}.", hint) from error


class Package(zipfile.ZipFile):
    """An opened zip file whose parts are unpacked within limits, also those that openpyxl reads.

    Parameters
    ----------
    stream
        The file, whose two ends were checked.
    name
        How messages name it.
    limits
        What it may unpack to.
    """

    def __init__(self, stream: BinaryIO, name: str, limits: Limits) -> None:
        super().__init__(stream)
        self._name = name
        self._limits = limits
        _check_members(self.infolist(), name, limits)

    def __contains__(self, member: str) -> bool:
        return member in self.NameToInfo

    def chunks(self, member: str, most: int | None = None) -> Iterator[bytes]:
        """Yield a part's bytes, unpacked as they are asked for, ``most`` at most whatever the directory says.

        Raises
        ------
        DamagedFileError
            There is no such part, or it does not unpack to what the directory says.
        TooLargeError
            It is over the limit, its own or that of the whole file.
        """
        if member not in self:
            raise DamagedFileError(
                f"{self._name} lacks its part {member[:100]!r}.", "Get it again, or save it anew."
            )
        limit = self._limits.unzipped_bytes if most is None else min(most, self._limits.unzipped_bytes)
        done = 0
        with self.open(member) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                done += len(chunk)
                if done > limit:
                    raise TooLargeError(
                        f"{self._name}: the part {member[:100]!r} unpacks to more than {limit:,} bytes.",
                        "Is it a bomb? Otherwise raise limits.unzipped_bytes in casebook.toml.",
                    )
                yield chunk

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """Return a small part's XML, after a look that a tree of it takes little memory."""
        member = name if isinstance(name, str) else name.filename
        for count, _ in enumerate(self.walk(member)):
            if count > 2 * _ELEMENTS:
                raise _distrust(self._name, f"has more than {_ELEMENTS:,} elements in {member[:100]!r}")
        return b"".join(self.chunks(member, _PART_BYTES))

    def walk(self, member: str, whole: str = "") -> Iterator[tuple[str, Element]]:
        """Walk a part's XML in flat memory; yield ``start`` or ``end`` with each element.

        Parameters
        ----------
        whole
            The tag of elements that are given with all they hold at their end, and nothing from within them;
            of others nothing is kept.
        """
        source = _Source(self.chunks(member), self._name, _TAG_BYTES + 4 * self._limits.cell_characters)
        stack: list[Element] = []
        kept: Element | None = None
        for event, element in iterparse(source, ("start", "end"), forbid_dtd=True):
            if event == "start":
                stack.append(element)
                if len(stack) > _DEPTH:
                    raise _distrust(self._name, f"nests its elements more than {_DEPTH} deep")
                if kept is not None:
                    continue
                kept = element if element.tag == whole else None
            else:
                stack.pop()
                if kept is not None and kept is not element:
                    continue
                kept = None
            source.quiet = 0
            yield event, element
            if event == "end" and stack:
                stack[-1].clear()


class _Source:
    """A part's bytes for a parser, until it has made nothing of too many of them."""

    def __init__(self, chunks: Iterator[bytes], name: str, most: int) -> None:
        self._chunks, self._name, self._most = chunks, name, most
        self.quiet = 0

    def read(self, _: int = -1) -> bytes:
        """Return the next bytes, none at the end."""
        if self.quiet > self._most:
            raise _distrust(self._name, f"has a cell or a tag of more than {self._most:,} bytes")
        chunk = next(self._chunks, b"")
        self.quiet += len(chunk)
        return chunk


@contextmanager
def open_package(path: Path, limits: Limits) -> Iterator[Package]:
    """Open a zip file after looking through its directory; whatever is broken in it is told as damage.

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
        with Package(stream, name, limits) as package:
            yield package


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


def _distrust(name: str, words: str) -> DamagedFileError:
    return DamagedFileError(f"{name} {words}.", "Do not trust it; save it anew in a spreadsheet program.")
