"""XLSX workbooks, read as a stranger's XML: sheets, shared strings, date formats, nothing else."""

from __future__ import annotations

import posixpath
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from cenotaph.capture.files import show_name
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import XLSX
from cenotaph.capture.readers.cell_text import DateKind, find_date_kind, unescape
from cenotaph.capture.readers.packed import Package, damage_told, open_package
from cenotaph.capture.readers.sheet import name_elements, read_rows
from cenotaph.capture.readers.tables import Record, StreamedTable
from cenotaph.capture.readers.xml_walk import walk_xml
from cenotaph.domain.errors import DamagedFileError, InputError, TooLargeError

NAME = "xlsx"
VERSION = "1"
_PART_BYTES = 32 * 1024 * 1024
_STRINGS_BYTES = 512 * 1024 * 1024
_ELEMENTS = name_elements("sheet", "workbookPr", "numFmts", "numFmt", "cellXfs", "xf", "si", "t", "rPh")
_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)


@dataclass(frozen=True, slots=True)
class _Structure:
    """Where a workbook's parts lie, and how its cells are styled."""

    sheets: dict[str, str]
    strings: str | None
    styles: tuple[DateKind | None, ...]
    from_1904: bool


class WorkbookTable(StreamedTable):
    """An opened workbook; hidden sheets are sheets like others, charts are none."""

    reader = NAME
    reader_version = VERSION
    encoding: str | None = None
    pads = True

    def __init__(self, path: Path, limits: Limits, structure: _Structure) -> None:
        super().__init__(path, limits, tuple(structure.sheets))
        self._structure = structure
        self._strings: SharedStrings | None = None

    def _records(self, sheet: str) -> Iterator[Record]:
        structure, where = self._structure, f"{self._name}, sheet {sheet!r},"
        with open_package(self._path, self._limits) as package:
            if self._strings is None:
                self._strings = _read_strings(package, structure.strings, self._name, self._limits)
            yield from read_rows(
                package,
                structure.sheets[sheet],
                where,
                self._limits,
                self._strings,
                structure.styles,
                structure.from_1904,
            )


class SharedStrings(Sequence[str]):
    """A workbook's shared strings in as little memory as their bytes take."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        return self._data[self._ends[place] : self._ends[place + 1]].decode()

    def add(self, text: str) -> int:
        """Add a string; return how many bytes all take."""
        self._data += text.encode()
        self._ends.append(len(self._data))
        return len(self._data) + 8 * len(self._ends)


def _read_strings(package: Package, member: str | None, name: str, limits: Limits) -> SharedStrings:
    strings = SharedStrings()
    if member is None:
        return strings
    parts: list[str] = []
    size = phonetic = 0
    collecting = False

    def start(element: str, _: dict[str, str]) -> None:
        nonlocal parts, size, phonetic, collecting
        kind = _ELEMENTS.get(element)
        if kind == "si":
            parts, size, phonetic = [], 0, 0
        elif kind == "t":
            collecting = not phonetic
        elif kind == "rPh":
            phonetic += 1

    def text(piece: str) -> None:
        nonlocal size
        if collecting:
            parts.append(piece)
            size += len(piece)
            if size > limits.cell_characters:
                raise TooLargeError(
                    f"{name}: shared string {len(strings):,} has more characters than limits.cell_characters "
                    f"allows: {limits.cell_characters:,}.",
                    "Raise the limit in casebook.toml if that is right.",
                )

    def end(element: str) -> None:
        nonlocal phonetic, collecting
        kind = _ELEMENTS.get(element)
        if kind == "t":
            collecting = False
        elif kind == "rPh":
            phonetic -= 1
        elif kind == "si" and strings.add(unescape("".join(parts))) > _STRINGS_BYTES:
            raise TooLargeError(
                f"{name} has more than {_STRINGS_BYTES:,} bytes of shared strings.", "Save it as .csv."
            )

    walk_xml(package.chunks(member), name, start, end, text)
    return strings


def _read_structure(package: Package, name: str) -> _Structure:
    book = next(
        (
            target
            for kind, target in _read_links(package, "_rels/.rels", name).values()
            if kind == "officeDocument"
        ),
        "xl/workbook.xml",
    )
    if book.endswith(".bin"):
        raise InputError(f"{name} is a binary workbook (.xlsb).", "Save it as .xlsx.")
    folder, file = posixpath.split(book)
    links = _read_links(package, posixpath.join(folder, "_rels", file + ".rels"), name)
    listed: list[tuple[str, str]] = []
    from_1904 = False

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal from_1904
        kind = _ELEMENTS.get(element)
        if kind == "sheet":
            link = next((attributes[key] for key in _ID if key in attributes), "")
            listed.append((attributes.get("name", ""), link))
        elif kind == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true", "on")

    walk_xml(package.chunks(book, _PART_BYTES), name, start)
    sheets: dict[str, str] = {}
    for sheet, link in listed:
        kind, target = links.get(link, ("", ""))
        if kind and kind != "worksheet":
            continue
        if not sheet or sheet in sheets or target not in package:
            raise DamagedFileError(
                f"{name}: the sheet {sheet[:60]!r} has no name, no part, or stands twice.", "Save it anew."
            )
        sheets[sheet] = target
    if not sheets:
        raise DamagedFileError(f"{name} has no sheet with cells.", "Save it anew in a spreadsheet program.")
    places = dict(links.values())
    styles = _read_styles(package, places.get("styles"), name)
    return _Structure(sheets, places.get("sharedStrings"), styles, from_1904)


def _read_links(package: Package, member: str, name: str) -> dict[str, tuple[str, str]]:
    """Return a part's links by id: the last word of their type, and the part that they lead to."""
    links: dict[str, tuple[str, str]] = {}
    base = posixpath.dirname(posixpath.dirname(member))

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(" ")[2] == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", base, attributes.get("Target", ""))).lstrip("/")
            links[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    if member in package:
        walk_xml(package.chunks(member, _PART_BYTES), name, start)
    return links


def _read_styles(package: Package, member: str | None, name: str) -> tuple[DateKind | None, ...]:
    codes: dict[int, str] = {}
    numbers: list[int] = []
    inside = ""  # Formats and styles stand in other lists too, which say nothing about cells.

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        kind = _ELEMENTS.get(element)
        if kind in ("cellXfs", "numFmts"):
            inside = kind
        elif kind == "xf" and inside == "cellXfs":
            numbers.append(int(attributes.get("numFmtId", "0")))
        elif kind == "numFmt" and inside == "numFmts":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")[:255]

    def end(element: str) -> None:
        nonlocal inside
        if _ELEMENTS.get(element) == inside:
            inside = ""

    if member is not None and member in package:
        walk_xml(package.chunks(member, _PART_BYTES), name, start, end)
    return tuple(find_date_kind(number, codes) for number in numbers)


@dataclass(frozen=True, slots=True)
class WorkbookReader:
    """Reads XLSX workbooks."""

    name: str = NAME
    version: str = VERSION
    media_types: tuple[str, ...] = (XLSX,)

    def read(
        self, path: Path, media_type: str, limits: Limits, encoding: str | None, delimiter: str | None
    ) -> WorkbookTable:
        """Open a workbook: check the package and find its sheets; rows are read when they are asked for."""
        name = show_name(path)
        with open_package(path, limits) as package, damage_told(name):
            structure = _read_structure(package, name)
        return WorkbookTable(path, limits, structure)


READER = WorkbookReader()
