"""One sheet of a workbook, walked row by row in flat memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cenotaph.capture.limits import Limits
from cenotaph.capture.readers.cell_text import DateKind, date_text, number_text, unescape
from cenotaph.capture.readers.packed import Package
from cenotaph.capture.readers.tables import Record
from cenotaph.capture.readers.xml_walk import step_xml
from cenotaph.domain.errors import DamagedFileError, InputError, TooLargeError

_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main ",
    "http://purl.oclc.org/ooxml/spreadsheetml/main ",
    "",
)
_ROWS = 1_048_576
_COLUMNS = 16_384


def name_elements(*names: str) -> dict[str, str]:
    """Return elements' short names by their full names, in each namespace that workbooks use."""
    return {namespace + name: name for namespace in _NAMESPACES for name in names}


_ELEMENTS = name_elements("row", "c", "v", "t", "f", "rPh")


def read_rows(
    package: Package,
    member: str,
    where: str,
    limits: Limits,
    strings: Sequence[str],
    styles: Sequence[DateKind | None],
    from_1904: bool,
) -> Iterator[Record]:
    """Yield the rows of a sheet that have a filled cell, each as its number (twice) and its cells.

    Whatever size the sheet declares is not heeded: only filled cells count.

    Parameters
    ----------
    member
        The sheet's part of the package.
    where
        How messages name the sheet.
    strings, styles
        The workbook's shared strings, and for each cell style whether it shows dates.
    """
    rows = _Rows(where, limits, strings, styles, from_1904)
    for _ in step_xml(package.chunks(member), where, rows.start, rows.end, rows.text):
        if rows.done:
            yield from rows.done
            rows.done.clear()


class _Rows:
    """Collects rows from the parser's events."""

    def __init__(
        self,
        where: str,
        limits: Limits,
        strings: Sequence[str],
        styles: Sequence[DateKind | None],
        from_1904: bool,
    ) -> None:
        self.done: list[Record] = []
        self._where = where
        self._limits = limits
        self._strings = strings
        self._styles = styles
        self._from_1904 = from_1904
        self._columns: dict[str, int] = {}
        self._row = 0
        self._column = 0
        self._cells: list[str] = []
        self._in_cell = False
        self._type = ""
        self._style = ""
        self._formula = False
        self._phonetic = 0
        self._collecting = False
        self._parts: list[str] = []
        self._size = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        kind = _ELEMENTS.get(element)
        if kind == "c":
            self._column = self._find_column(attributes.get("r"))
            self._in_cell = True
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._formula = False
            self._phonetic = self._size = 0
            self._parts = []
        elif kind == "v" or kind == "t":
            self._collecting = self._in_cell and not self._phonetic
        elif kind == "row":
            self._start_row(attributes.get("r"))
        elif kind == "f":
            self._formula = True
        elif kind == "rPh":
            self._phonetic += 1

    def text(self, piece: str) -> None:
        if self._collecting:
            self._parts.append(piece)
            self._size += len(piece)
            if self._size > self._limits.cell_characters:
                raise TooLargeError(
                    f"{self._where} cell {self._name()} is longer than limits.cell_characters allows: "
                    f"{self._limits.cell_characters:,}.",
                    "Raise the limit in casebook.toml if that is right.",
                )

    def end(self, element: str) -> None:
        kind = _ELEMENTS.get(element)
        if kind == "v" or kind == "t":
            self._collecting = False
        elif kind == "c":
            self._in_cell = False
            if self._parts:
                self._place(self._convert("".join(self._parts)))
            elif self._formula and self._type != "str":
                raise InputError(
                    f"{self._where} cell {self._name()} is a formula whose result is not in the file.",
                    "Open it in a spreadsheet program and save it, which stores the results.",
                )
        elif kind == "row":
            if any(self._cells):
                self.done.append((self._row, self._row, tuple(self._cells)))
            self._cells = []
        elif kind == "rPh":
            self._phonetic -= 1

    def _start_row(self, written: str | None) -> None:
        number = self._row + 1 if written is None else _whole(written)
        if not self._row < number <= _ROWS:
            raise DamagedFileError(
                f"{self._where} has a row numbered {(written or str(number))[:20]!r} after row {self._row}.",
                "Open it in a spreadsheet program and save it anew.",
            )
        self._row, self._column, self._cells = number, 0, []

    def _find_column(self, reference: str | None) -> int:
        if reference is None:
            column = self._column + 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters, 0) or self._read_column(letters)
        if not self._column < column <= _COLUMNS:
            raise DamagedFileError(
                f"{self._where} row {self._row}: {(reference or '')[:20]!r} follows column {self._column}.",
                "Open it in a spreadsheet program and save it anew.",
            )
        return column

    def _read_column(self, letters: str) -> int:
        column = 0
        if len(letters) <= 3 and letters.isascii() and letters.isalpha():
            for letter in letters.upper():
                column = column * 26 + ord(letter) - 64
            self._columns[letters] = column
        return column

    def _place(self, text: str) -> None:
        if not text:
            return
        column = self._column
        if column > self._limits.columns:
            raise TooLargeError(
                f"{self._where} has a filled cell {self._name()} in column {column:,}; limits.columns allows "
                f"{self._limits.columns:,}.",
                "Delete what does not belong to the table, or raise limits.columns in casebook.toml.",
            )
        missing = column - 1 - len(self._cells)
        if missing:
            self._cells += [""] * missing
        self._cells.append(text)

    def _convert(self, written: str) -> str:
        kind = self._type
        try:
            if kind == "s":
                return self._strings[_index(written)]
            if kind == "n":
                style = self._styles[_index(self._style)] if self._style else None
                return date_text(written, style, self._from_1904) if style else number_text(written)
            if kind == "b":
                return {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}[written.strip()]
            if kind in ("inlineStr", "str"):
                return unescape(written)
            if kind in ("e", "d"):
                return written.removesuffix("T00:00:00")
        except (ValueError, LookupError) as error:
            raise self._bad(kind) from error
        raise self._bad(kind)

    def _bad(self, kind: str) -> DamagedFileError:
        return DamagedFileError(
            f"{self._where} cell {self._name()} holds what is no value of its type {kind[:20]!r}.",
            "Open it in a spreadsheet program and save it anew.",
        )

    def _name(self) -> str:
        letters, column = "", self._column
        while column:
            column, letter = divmod(column - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self._row}"


def _whole(written: str) -> int:
    """Return a row's number, 0 where it is none."""
    return int(written) if written.isdecimal() and written.isascii() and len(written) < 9 else 0


def _index(written: str) -> int:
    """Return a place in a sequence; a negative one is none, though Python would count it from the end."""
    number = int(written)
    if number < 0:
        raise ValueError(f"{number} is no place")
    return number
