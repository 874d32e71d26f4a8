"""Where a value stands in the evidence: a span of a document's text, or a cell of a table."""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.domain.documents import TableDocument, TextDocument
from cenotaph.domain.errors import NotFoundError, ValueFormatError


@dataclass(frozen=True, slots=True)
class TextQuote:
    """A span of a document's text.

    Parameters
    ----------
    start, end
        Unicode code points of the document's text, counted from 0, half-open: ``text[start:end]``.

    Raises
    ------
    ValueFormatError
        The span is empty or begins before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if type(self.start) is not int or type(self.end) is not int or not 0 <= self.start < self.end:
            raise ValueFormatError(
                f"A quote cannot run from {self.start} to {self.end}.",
                "Give start and end as code points, counted from 0; end is the first that is no longer quoted.",
            )

    def read(self, document: TextDocument | str) -> str:
        """Return the words.

        Raises
        ------
        ValueFormatError
            The document ends before the quote does.
        """
        text = document if isinstance(document, str) else document.text
        if self.end > len(text):
            raise ValueFormatError(
                f"A quote runs from {self.start} to {self.end}; the document has {len(text)} code points.",
                "Count Unicode code points, not bytes or UTF-16 units.",
            )
        return text[self.start : self.end]

    def check(self, document: TextDocument | str, words: str) -> None:
        """Raise unless the document has these words at this place, code point for code point.

        Raises
        ------
        ValueFormatError
            It has others there.
        """
        if self.read(document) != words:
            raise ValueFormatError(
                f"The quoted words do not stand at {self.start} to {self.end} of the document.",
                "Count Unicode code points from 0; nothing is normalised.",
            )

    def overlaps(self, other: TextQuote) -> bool:
        """Tell whether two quotes share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: TextQuote) -> bool:
        """Tell whether the other quote lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class CellQuote:
    """A cell of a table.

    Parameters
    ----------
    sheet
        The sheet's name; ``''`` for a CSV file, which has one.
    row
        The row's number among the table's data rows, from 1; the header is not counted.
    column
        The column's name in the header.

    Raises
    ------
    ValueFormatError
        The row is before the first, or the column has no name.
    """

    sheet: str
    row: int
    column: str

    def __post_init__(self) -> None:
        if type(self.row) is not int or self.row < 1:
            raise ValueFormatError(f"A table has no data row {self.row}.", "Rows are counted from 1, without the header.")
        if not self.column:
            raise ValueFormatError("A cell's column has no name.", "Name it as the header does.")

    def read(self, document: TableDocument) -> str:
        """Return what stands in the cell; the table is walked up to its row.

        Raises
        ------
        NotFoundError
            The table has no such sheet, column or row.
        """
        sheet = self.sheet or None
        header = document.header(sheet)
        if self.column not in header:
            raise NotFoundError(f"The table has no column '{self.column}'.", f"Columns are: {', '.join(header)}.")
        at = header.index(self.column)
        for row in document.rows(sheet):
            if row.number == self.row:
                return row.cells[at] if at < len(row.cells) else ""
            if row.number > self.row:
                break
        raise NotFoundError(f"The table has no data row {self.row}.", "Rows are counted from 1, without the header.")

    def check(self, document: TableDocument, words: str) -> None:
        """Raise unless the cell holds exactly these words.

        Raises
        ------
        NotFoundError
            There is no such cell.
        ValueFormatError
            It holds others.
        """
        if self.read(document) != words:
            raise ValueFormatError(
                f"The quoted words do not stand in row {self.row}, column '{self.column}'.", "Nothing is normalised."
            )


Quote = TextQuote | CellQuote
