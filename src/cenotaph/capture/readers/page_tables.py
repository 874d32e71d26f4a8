"""The tables of pages and documents, as a list's mapping reads them: ``table 1`` is a sheet as those of a workbook are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cenotaph.capture.files import show_name
from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import WACZ, WARC
from cenotaph.capture.readers.contained import TableText, types_with_tables
from cenotaph.capture.readers.tables import Record, StreamedTable
from cenotaph.capture.warc.entries import PayloadEntry
from cenotaph.domain.errors import InputError, TooLargeError

NAME = "page tables"
VERSION = "1"


class PageTables(StreamedTable):
    """The tables of a page or document; a missing last cell is an empty one."""

    reader = NAME
    reader_version = VERSION
    pads = True

    def __init__(self, path: Path, limits: Limits, tables: list[TableText]) -> None:
        super().__init__(path, limits, tuple(f"table {number}" for number in range(1, len(tables) + 1)))
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
    """Read the tables of a page or a document; of an archive those of the one page that it holds.

    Raises
    ------
    InputError
        It has none, is an archive of several pages, or cannot be read.
    """
    from cenotaph.capture.isolation import shared_process

    name = show_name(path)
    process = shared_process()
    if media_type in (WARC, WACZ):
        tables = process.read_tables(path, WARC, limits, encoding=encoding, record=_find_page(path, media_type, limits, name))
    else:
        tables = process.read_tables(path, media_type, limits, encoding=encoding)
    if not tables:
        raise InputError(f"{name} holds no table.", "What is shown as one, and is not marked as one, is entered by hand.")
    longest = limits.cell_characters
    for table in tables:
        if any(len(cell) > longest for row in table.rows for cell in row):
            raise TooLargeError(f"{name} has a cell over limits.cell_characters ({longest:,}).", "Raise it in casebook.toml.")
    return PageTables(path, limits, tables)


def _find_page(path: Path, media_type: str, limits: Limits, name: str) -> PayloadEntry:
    from cenotaph.capture.isolation import shared_process

    if media_type == WACZ:
        raise InputError(f"{name} is an archive of pages.", "Fetch the page, or save it as a file, and name that.")
    pages = [
        entry
        for entry in shared_process().index(path, limits)
        if entry.role not in ("redirect", "requisite") and entry.status in (200, None) and entry.kind != "revisit"
        and (entry.media_type or "") in types_with_tables()
    ]
    own = [entry for entry in pages if entry.role == "page"] or pages
    if len(own) != 1:
        raise InputError(f"{name} is an archive of {len(own)} pages.", "Fetch the page, or save it as a file, and name that.")
    return own[0]
