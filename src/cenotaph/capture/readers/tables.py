"""What every table has, whatever it was read from: header, numbered rows, limits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cenotaph.capture.files import show_name
from cenotaph.capture.limits import Limits
from cenotaph.domain.documents import TableRow, UnreadableCell
from cenotaph.domain.errors import InputError, NotFoundError, TooLargeError

# The record's ordinal in the sheet, the line it begins on, its cells, and those of them that are no text.
Record = tuple[int, int, tuple[str, ...], tuple[UnreadableCell, ...]]


class StreamedTable:
    """A table whose records are walked anew on every call; only headers are remembered.

    A subclass gives :meth:`_records` and the sheets' names, and says with ``pads`` whether a row's missing
    last cells are empty ones by the format's own rules.

    The first record that is not wholly empty is the header; :meth:`start_at` passes over records above it. Columns
    without a name and without any cell filled at the header's end are no columns. A row is given as it stands: one with
    fewer or more cells than the header has is for the caller to judge, except that empty cells beyond it are left out.

    Parameters
    ----------
    path
        The file.
    limits
        What rows and columns may be.
    sheet_names
        The sheets in order.
    """

    reader = ""
    reader_version = ""
    pads = False

    def __init__(self, path: Path, limits: Limits, sheet_names: tuple[str, ...]) -> None:
        self._path = path
        self._name = show_name(path)
        self._limits = limits
        self._sheets = sheet_names
        self._headers: dict[str, tuple[str, ...]] = {}
        self._start = 1
        self._bases: dict[str, int] = {}

    def start_at(self, row: int) -> None:
        """Pass over the rows above one: what stands there is no part of the table."""
        self._start = row
        self._headers.clear()

    def sheets(self) -> tuple[str, ...]:
        """Return the sheets' names in order."""
        return self._sheets

    def header(self, sheet: str | None = None) -> tuple[str, ...]:
        """Return the column names of a sheet, the first where none is named."""
        wanted = self._find_sheet(sheet)
        if wanted not in self._headers:
            self._headers[wanted] = self._read_header(wanted)
        return self._headers[wanted]

    def rows(self, sheet: str | None = None) -> Iterator[TableRow]:
        """Yield the data rows of a sheet, streaming; empty rows are passed over but keep their number."""
        wanted = self._find_sheet(sheet)
        width = len(self.header(wanted))
        limit = self._limits.rows
        records = self._records(wanted)
        base = next((ordinal for ordinal, _, cells, _ in records if ordinal >= self._start and any(cells)), 0)
        self._bases[wanted] = base
        for ordinal, line, cells, unreadable in records:
            if not any(cells) and not unreadable:
                continue
            number = ordinal - base
            if number > limit:
                raise TooLargeError(
                    f"{self._where(wanted)} has more than {limit:,} rows, which limits.rows allows.",
                    "Raise limits.rows in casebook.toml, or split the file.",
                )
            if len(cells) != width:
                cells = self._fit(cells, width)
            yield TableRow(number, line, cells, unreadable)

    def count_rows(self, sheet: str) -> int:
        """Return how many rows of a sheet are filled, without the one that may name its columns."""
        filled = sum(any(cells) or bool(unreadable) for _, _, cells, unreadable in self._records(sheet))
        return max(filled - 1, min(filled, 1))

    def count_merged(self, sheet: str | None = None) -> int:
        """Return how many merged ranges the rows of a sheet have: none, unless the format has such."""
        del sheet
        return 0

    def _records(self, sheet: str) -> Iterator[Record]:
        """Yield a sheet's records in order; a record without cells may be left out."""
        raise NotImplementedError

    def _fit(self, cells: tuple[str, ...], width: int) -> tuple[str, ...]:
        if len(cells) < width:
            return cells + ("",) * (width - len(cells)) if self.pads else cells
        return cells if any(cells[width:]) else cells[:width]

    def _where(self, sheet: str) -> str:
        return f"{self._name}, sheet {sheet!r}," if sheet else self._name

    def _find_sheet(self, sheet: str | None) -> str:
        if sheet is None:
            return self._sheets[0]
        if sheet not in self._sheets:
            names = ", ".join(repr(name) for name in self._sheets)
            raise NotFoundError(f"{self._name} has no sheet {sheet!r}.", f"It has: {names}.")
        return sheet

    def _read_header(self, sheet: str) -> tuple[str, ...]:
        records = self._records(sheet)
        first = next((record for record in records if record[0] >= self._start and any(record[2])), None)
        if first is None:
            raise InputError(f"{self._where(sheet)} has no header: every row is empty.", "Its first row names the columns.")
        _, line, cells, unreadable = first
        if unreadable:
            raise InputError(
                f"{self._where(sheet)} line {line}: the name of column {unreadable[0].at + 1} is {unreadable[0].reason}.",
                "Open it in a spreadsheet program and save it, which stores the results.",
            )
        seen: dict[str, int] = {}
        for column, name in enumerate(cells, 1):
            if name and name in seen:
                raise InputError(
                    f"{self._where(sheet)} line {line}: columns {seen[name]} and {column} have the same name {name[:60]!r}.",
                    "Give each column a name of its own.",
                )
            seen[name] = column
        unnamed = [column for column, name in enumerate(cells) if not name]
        if unnamed:
            self._check_unnamed(sheet, records, unnamed)
        width = len(cells)
        while not cells[width - 1]:
            width -= 1
        return cells[:width]

    def _check_unnamed(self, sheet: str, records: Iterator[Record], unnamed: list[int]) -> None:
        """Refuse a column with cells and no name; walks the whole sheet, where a name is empty at all."""
        for _, line, cells, _ in records:
            for column in unnamed:
                if column < len(cells) and cells[column]:
                    raise InputError(
                        f"{self._where(sheet)} line {line}: column {column + 1} has a cell here, but no name in the header.",
                        "Give it a name in the header, or empty it.",
                    )
