"""What a reader makes of a capture's bytes: a text, or a table that can be walked row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from cenotaph.domain.dates import PartialDate

TEXT = "text"
PICTURE = "picture"
ENCODING = "encoding"
"""The name among other facts of what a person should know of how bytes were decoded."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a capture says of the text in it, beside the text.

    Parameters
    ----------
    title, author, site
        As the capture states them; None where it does not.
    address
        The address that it gives as its own (canonical), or that it was fetched from.
    published_on, published_basis
        When it says it was published, as precisely as it says so, and where that was found, such as ``json-ld datePublished``.
    published_at
        The instant as it was written, with its offset, where one is stated.
    language
        BCP 47 tag that it states.
    about
        The part of the capture that this one answers, forwards or belongs to.
    other
        Further values as they were found, by name.
    """

    title: str | None = None
    author: str | None = None
    site: str | None = None
    address: str | None = None
    published_on: PartialDate | None = None
    published_basis: str | None = None
    published_at: str | None = None
    language: str | None = None
    about: str | None = None
    other: tuple[tuple[str, str], ...] = ()


class Place(NamedTuple):
    """Where a run of a document's code points stands in its capture.

    Parameters
    ----------
    start, end
        The run, half-open.
    where
        An XPath of a text node, ``page 3``, ``paragraph 12``, a message's id.
    at
        Which code point of it the run begins at, from 0; one code point of the document is one of it, except that any white
        space in a page may stand as a space.
    box
        Left, bottom, right and top on a page of paper, in hundredths of a point from its lower left corner; of what was read
        off a picture, in hundredths of the picture's own points from its upper left corner.
    """

    start: int
    end: int
    where: str
    at: int
    box: tuple[int, int, int, int] | None = None


class CellPlace(NamedTuple):
    """Which cell of a table a run of a document's code points is.

    Parameters
    ----------
    start, end
        The run, half-open.
    table
        The table's number in its capture, from 1: its sheet is ``table 1``, as a list's mapping names it.
    row, column
        The cell's place in it, from 1, rows of headings counted; of a cell over several rows or columns the first.
    """

    start: int
    end: int
    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A text read out of a capture.

    Parameters
    ----------
    text
        Of a text file its bytes decoded and nothing else: offsets are Unicode code points, and a quote can be checked
        against the file itself; a byte order mark stays, as U+FEFF. Of what is more than text, such as a page, what stands in
        it to be read: then ``places`` says where each code point is.
    reader, reader_version
        What read it.
    encoding
        The encoding that the bytes were decoded from, by Python's name; empty where the format has its own.
    facts
        What the capture says of the text.
    places
        Where its code points stand; empty where offsets hold in the capture's own text.
    part
        Which part of a capture that holds several, such as a message's id; empty where it is the whole.
    kind
        :data:`TEXT`, or :data:`PICTURE` for what has no text and only facts, which are private.
    cells
        Which cells of tables stand in it.
    """

    text: str
    reader: str
    reader_version: str
    encoding: str
    facts: DocumentFacts | None = None
    places: tuple[Place, ...] = ()
    part: str = ""
    kind: str = TEXT
    cells: tuple[CellPlace, ...] = ()


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
