"""The tables of pages and documents, as a list's mapping reads them: ``table 1`` is a sheet as those of a workbook are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from cenotaph.capture.files import show_name
from cenotaph.capture.isolation import shared_process
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import WACZ, WARC
from cenotaph.capture.readers.contained import TableText, types_with_tables
from cenotaph.capture.readers.grids import MOST_CELLS
from cenotaph.capture.readers.tables import Record, StreamedTable
from cenotaph.capture.warc.entries import PayloadEntry
from cenotaph.domain.errors import CenotaphError, DamagedFileError, InputError, TooLargeError

NAME = "page tables"
VERSION = "1"


class PageTables(StreamedTable):
    """The tables of a page or document; a missing last cell is an empty one."""

    reader = NAME
    reader_version = VERSION
    pads = True

    def __init__(self, path: Path, limits: Limits, tables: list[TableText], names: Sequence[str] = ()) -> None:
        super().__init__(path, limits, tuple(names) or tuple(f"table {number}" for number in range(1, len(tables) + 1)))
        self.encoding: str | None = tables[0].encoding or None
        self._tables = dict(zip(self._sheets, tables, strict=True))
        for table in tables:
            if len(table.columns) > limits.columns:
                raise TooLargeError(
                    f"{self._name} has a table of {len(table.columns):,} columns; limits.columns allows {limits.columns:,}.",
                    "Raise limits.columns in casebook.toml.",
                )

    def _records(self, sheet: str) -> Iterator[Record]:
        """Yield the row that names the columns and those below it; every row where it is stated which names them."""
        table = self._tables[sheet]
        stated = self._start > 1
        for number, cells in enumerate(table.rows):
            if stated or number > table.header:
                yield number + 1, number + 1, cells, ()
            elif number == table.header:
                yield number + 1, number + 1, table.columns, ()


def read_page_tables(path: Path, media_type: str, limits: Limits, encoding: str | None) -> PageTables:
    """Read the tables of a page or a document; of an archive those of its pages, ``page 2, table 1`` where it holds several.

    Raises
    ------
    InputError
        It has none, or cannot be read.
    """
    name = show_name(path)
    if media_type in (WARC, WACZ):
        tables, names = _read_archive(path, media_type, limits, encoding, name)
    else:
        tables, names = shared_process().read_tables(path, media_type, limits, encoding=encoding), ()
    if not tables:
        raise InputError(f"{name} holds no table.", "What is shown as one, and is not marked as one, is entered by hand.")
    longest = limits.cell_characters
    for table in tables:
        if any(len(cell) > longest for row in table.rows for cell in row):
            raise TooLargeError(f"{name} has a cell over limits.cell_characters ({longest:,}).", "Raise it in casebook.toml.")
    return PageTables(path, limits, tables, names)


def _read_archive(
    path: Path, media_type: str, limits: Limits, encoding: str | None, name: str
) -> tuple[list[TableText], tuple[str, ...]]:
    """Return the tables of an archive's pages and what they are called; of a page that was fetched, as of one."""
    pages = _find_pages(path, media_type, limits)
    own = [entry for entry in pages if entry.role == "page"]
    pages = own if len(own) == 1 else pages
    tables: list[TableText] = []
    names: list[str] = []
    cells = 0
    failed: CenotaphError | None = None
    for at, entry in enumerate(pages, 1):
        try:
            found = shared_process().read_tables(path, WARC, limits, encoding=encoding, record=entry)
        except CenotaphError as error:  # A page that cannot be read keeps its number and takes nothing from the others.
            failed = error
            continue
        cells += sum(len(row) for table in found for row in table.rows)
        if cells > MOST_CELLS:
            raise TooLargeError(f"The tables of {name} would have over {MOST_CELLS:,} cells.", "Save its pages one by one.")
        tables += found
        names += [f"page {at}, table {number}" for number in range(1, len(found) + 1)]
    if failed is not None and not tables:
        raise failed
    return tables, tuple(names) if len(pages) > 1 else ()


def _find_pages(path: Path, media_type: str, limits: Limits) -> list[PayloadEntry]:
    """Return the pages of an archive, in order; of one that is broken those that are whole."""
    parts: list[tuple[int, int | None]] = [(0, None)]
    if media_type == WACZ:
        parts = [(int(part["start"]), int(part["end"])) for part in shared_process().inspect(path, limits) if "start" in part]
    entries: list[PayloadEntry] = []
    for start, end in parts:
        with suppress(DamagedFileError):
            entries += shared_process().index(path, limits, start=start, end=end)
    return [
        entry
        for entry in entries
        if entry.role not in ("redirect", "requisite") and entry.status in (200, None) and entry.kind != "revisit"
        and (entry.media_type or "") in types_with_tables()
    ]
