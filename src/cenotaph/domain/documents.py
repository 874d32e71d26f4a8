"""What a reader makes of a capture's bytes: a text, or a table that can be walked row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A text read out of a capture.

    Parameters
    ----------
    text
        The capture's bytes decoded and nothing else: offsets are Unicode code points, and a quote can be checked against
        the file itself. A byte order mark stays, as U+FEFF.
    reader, reader_version
        What read it.
    encoding
        The encoding that the bytes were decoded from, by Python's name.
    """

    text: str
    reader: str
    reader_version: str
    encoding: str


class UnreadableCell(NamedTuple):
    """A filled cell that a reader can make no text of; among the row's cells it is ``''``.

    Parameters
    ----------
    at
        Its column's place, from 0.
    value, reason
        What stands there, and why it is no text.
    """

    at: int
    value: str
    reason: str


class TableRow(NamedTuple):
    """One data row of a table.

    Parameters
    ----------
    number
        Its place among the table's data rows, from 1; the header is not counted.
    line
        The line of the file, or the row of the sheet, that it begins on, from 1.
    cells
        Its cells as text, in the file's order; an empty cell is ``''``.
    unreadable
        Cells that hold something that is no text.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    unreadable: tuple[UnreadableCell, ...] = ()


class TableDocument(Protocol):
    """A table that a reader opened; its cells stay in the capture's bytes and are streamed from there."""

    @property
    def reader(self) -> str:
        """What read it."""

    @property
    def reader_version(self) -> str:
        """Which version of it."""

    @property
    def encoding(self) -> str | None:
        """The encoding of a table that is text; None where the format has its own."""

    def start_at(self, row: int) -> None:
        """Pass over the rows above one, counted from 1: the header is the first row from there that is not empty."""

    def sheets(self) -> tuple[str, ...]:
        """Return the sheets' names in order; a CSV file has one, named ''."""

    def header(self, sheet: str | None = None) -> tuple[str, ...]:
        """Return the column names of a sheet, the first where none is named.

        Raises
        ------
        NotFoundError
            There is no such sheet; the message names those there are.
        InputError
            The file has no header, or one with a name that stands twice or is empty over filled cells.
        """

    def rows(self, sheet: str | None = None) -> Iterator[TableRow]:
        """Yield the data rows of a sheet, streaming; wholly empty rows are passed over but keep their number.

        Raises
        ------
        InputError
            The file is damaged, over a limit, or not in its encoding; the message names the line.
        """

    def count_rows(self, sheet: str) -> int:
        """Return how many rows of a sheet are filled, without the one that may name its columns.

        Raises
        ------
        InputError
            The sheet is damaged or over a limit.
        """

    def count_merged(self, sheet: str | None = None) -> int:
        """Return how many merged ranges the rows of a sheet have, once :meth:`rows` was walked to its end."""
