"""XLSX workbooks through openpyxl, row by row: its parsers of workbook and cells, our limits around them."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from defusedxml.ElementTree import fromstring

from cenotaph.capture.files import show_name
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import XLSX
from cenotaph.capture.readers.cell_text import DateKind, date_text, find_date_kind, number_text, unescape
from cenotaph.capture.readers.packed import Package, damage_told, open_package
from cenotaph.capture.readers.shared_strings import MAIN, SharedStrings, join_text
from cenotaph.capture.readers.tables import Record, StreamedTable
from cenotaph.domain.documents import UnreadableCell
from cenotaph.domain.errors import CenotaphError, DamagedFileError, InputError, TooLargeError

NAME = "xlsx"
VERSION = "2"
_ROW, _CELL, _VALUE, _FORMULA, _INLINE = (MAIN + tag for tag in ("row", "c", "v", "f", "is"))
_MERGED = MAIN + "mergeCell"
_LAST_ROW = re.compile(r":\$?[A-Z]{1,3}\$?(\d{1,7})$")
NO_RESULT = "a formula whose result is not in the file"
_SHOWN_FORMULA = 200
_TYPES = frozenset(("n", "s", "b", "e", "d", "str", "inlineStr"))
_ROWS = 1_048_576
_COLUMNS = 16_384
_SAVE = "Open it in a spreadsheet program and save it anew."


@dataclass(frozen=True, slots=True)
class _Structure:
    """Where a workbook's parts lie, and how its cells are styled."""

    sheets: dict[str, str]
    strings: str | None
    kinds: tuple[DateKind | None, ...]
    epoch: datetime


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
        self._merged: dict[str, list[int]] = {}

    def _records(self, sheet: str) -> Iterator[Record]:
        with open_package(self._path, self._limits) as package:
            if self._strings is None:
                self._strings = SharedStrings(package, self._structure.strings, self._name, self._limits)
            cells = _Cells(f"{self._name}, sheet {sheet!r},", self._structure, self._strings, self._limits)
            self._merged[sheet] = cells.merged
            yield from cells.walk(package, self._structure.sheets[sheet])

    def count_merged(self, sheet: str | None = None) -> int:
        """Return how many merged ranges reach into the rows of a sheet, once they were walked to their end."""
        wanted = self._find_sheet(sheet)
        return sum(last > self._bases.get(wanted, 0) for last in self._merged.get(wanted, ()))


class _Cells:
    """openpyxl's parser of cells, led so that it leaves out nothing in silence: no cell, row or formula."""

    def __init__(self, where: str, structure: _Structure, strings: SharedStrings, limits: Limits) -> None:
        from openpyxl.worksheet._reader import WorkSheetParser

        # Without formats of dates it gives numbers as they are: see cell_text.
        self._parser = WorkSheetParser(b"", strings, data_only=True, date_formats=set())
        self._where = where
        self._structure = structure
        self._limits = limits
        self._unreadable: list[UnreadableCell] = []
        self.merged: list[int] = []  # The last row of each merged range; a sheet tells them after its rows.

    def walk(self, package: Package, member: str) -> Iterator[Record]:
        """Yield the rows that have a filled cell, each as its number (twice) and its cells."""
        cells: list[str] = []
        for event, element in package.walk(member, _CELL):
            if event == "start":
                if element.tag == _ROW:
                    self._start_row(element.get("r"))
                    cells, self._unreadable = [], []
            elif element.tag == _CELL:
                text = self._read(element)
                if text or (self._unreadable and self._unreadable[-1].at == self._parser.col_counter - 1):
                    cells += [""] * (self._parser.col_counter - 1 - len(cells))
                    cells.append(text)
            elif element.tag == _ROW and cells:
                yield self._parser.row_counter, self._parser.row_counter, tuple(cells), tuple(self._unreadable)
            elif element.tag == _MERGED and (last := _LAST_ROW.search(element.get("ref", ""))):
                self.merged.append(int(last[1]))

    def _start_row(self, written: str | None) -> None:
        number = self._parser.row_counter + 1 if written is None else 0
        if written and written.isascii() and written.isdecimal() and len(written) < 9:
            number = int(written)
        if not self._parser.row_counter < number <= _ROWS:
            raise DamagedFileError(
                f"{self._where} has a row numbered {(written or '')[:20]!r} after row "
                f"{self._parser.row_counter}.",
                _SAVE,
            )
        self._parser.row_counter, self._parser.col_counter = number, 0

    def _read(self, element: Element) -> str:
        before = self._parser.col_counter
        kind = element.get("t", "n")
        try:
            if kind == "inlineStr":  # Its runs' fonts are nothing to us, and cannot be wrong.
                inline = element.find(_INLINE)
                SubElement(element, _VALUE).text = "" if inline is None else join_text(inline)
            if kind in ("inlineStr", "d"):
                element.set("t", "str")
            value = self._parser.parse_cell(element)["value"]
            if not before < self._parser.col_counter <= _COLUMNS or kind not in _TYPES:
                raise ValueError("it is out of its place, or of no type")
            text = "" if value is None else self._convert(value, kind, int(element.get("s", 0)))
        except CenotaphError:
            raise
        except Exception as error:
            raise DamagedFileError(
                f"{self._where} row {self._parser.row_counter}: the cell {element.get('r', '')[:20]!r} after "
                f"column {before} has no place there, or holds no value of its type {kind[:20]!r}.",
                _SAVE,
            ) from error
        if value is None and kind != "str" and element.find(_FORMULA) is not None:
            words = f"={element.findtext(_FORMULA) or ''}"[:_SHOWN_FORMULA]
            self._unreadable.append(UnreadableCell(self._parser.col_counter - 1, words, NO_RESULT))
            self._check_size(words)
        if text:
            self._check_size(text)
        return text

    def _convert(self, value: object, kind: str, style: int) -> str:
        if kind == "b":
            return "TRUE" if value else "FALSE"
        if isinstance(value, int | float):
            if style < 0 or not math.isfinite(value):
                raise ValueError(f"{value} is no number")
            date_kind = self._structure.kinds[style]
            return date_text(value, date_kind, self._structure.epoch) if date_kind else number_text(value)
        text = str(value)
        if kind == "d":
            return text.removesuffix("T00:00:00")
        return unescape(text) if kind != "e" else text

    def _check_size(self, text: str) -> None:
        if len(text) > self._limits.cell_characters:
            raise TooLargeError(
                f"{self._where} cell {self._name()} is longer than limits.cell_characters allows: "
                f"{self._limits.cell_characters:,}.",
                "Raise the limit in casebook.toml if that is right.",
            )
        if self._parser.col_counter > self._limits.columns:
            raise TooLargeError(
                f"{self._where} has a filled cell {self._name()} in column {self._parser.col_counter:,}; "
                f"limits.columns allows {self._limits.columns:,}.",
                "Delete what does not belong to the table, or raise limits.columns in casebook.toml.",
            )

    def _name(self) -> str:
        from openpyxl.utils import get_column_letter

        return f"{get_column_letter(self._parser.col_counter)}{self._parser.row_counter}"


def _read_structure(package: Package, name: str) -> _Structure:
    from openpyxl.packaging.relationship import get_dependents, get_rels_path
    from openpyxl.reader.workbook import WorkbookParser

    links = get_dependents(package, "_rels/.rels") if "_rels/.rels" in package else ()
    books = (link.target for link in links if link.Type.endswith("/officeDocument"))
    book = next(books, "xl/workbook.xml")
    if book.endswith(".bin"):
        raise InputError(f"{name} is a binary workbook (.xlsb).", "Save it as .xlsx.")
    if b"http://purl.oclc.org/ooxml/" in package.read(book):
        raise InputError(f"{name} is a workbook of the strict kind.", "Save it as the usual kind of .xlsx.")
    parser = WorkbookParser(package, book, keep_links=False)
    parser.parse()
    rels = get_rels_path(book)  # type: ignore[no-untyped-call]
    parts = {link.Id: link for link in get_dependents(package, rels)}
    sheets: dict[str, str] = {}
    for sheet in parser.sheets:
        link = parts.get(sheet.id)
        if link is not None and not link.Type.endswith("/worksheet"):
            continue
        inside = link is not None and link.TargetMode != "External" and link.target in package
        if link is None or not inside or not sheet.name or sheet.name in sheets:
            raise DamagedFileError(
                f"{name}: the sheet {(sheet.name or '')[:60]!r} has no name, no part, or stands twice.", _SAVE
            )
        sheets[sheet.name] = link.target
    if not sheets:
        raise DamagedFileError(f"{name} has no sheet with cells.", _SAVE)
    places = {link.Type.rpartition("/")[2]: link.target for link in parts.values()}
    kinds = _read_date_kinds(package, places.get("styles"))
    return _Structure(sheets, places.get("sharedStrings"), kinds, parser.wb.epoch)


def _read_date_kinds(package: Package, member: str | None) -> tuple[DateKind | None, ...]:
    """Return what each style of cells shows; not read are colours and fonts, over which openpyxl may fail."""
    if member is None or member not in package:
        return (None,)
    tree = fromstring(package.read(member))
    formats = tree.iterfind("{*}numFmts/{*}numFmt")
    codes = {int(found.get("numFmtId", 0)): found.get("formatCode", "") for found in formats}
    numbers = [int(style.get("numFmtId", 0)) for style in tree.iterfind("{*}cellXfs/{*}xf")]
    return tuple(find_date_kind(number, codes.get(number)) for number in numbers) or (None,)


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
        with open_package(path, limits) as package, damage_told(name), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # What openpyxl drops with a warning is not read, or checked.
            structure = _read_structure(package, name)
        return WorkbookTable(path, limits, structure)


READER = WorkbookReader()
