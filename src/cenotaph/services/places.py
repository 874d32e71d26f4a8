"""Where a quote stands in its capture: the text node of a page, the page and box of a paper, a message, a line of a file."""

from __future__ import annotations

import json
from dataclasses import dataclass

from cenotaph.capture.passing import cells_from, places_from
from cenotaph.casebook import bulk
from cenotaph.domain.documents import CellPlace, Place
from cenotaph.domain.errors import NotFoundError, RefusedError, UsageError
from cenotaph.services.seals import resolve_id


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a quote and where it stands.

    Parameters
    ----------
    words
        The part.
    where, at
        The place in the capture, and the code point of it that the part begins at; of a text file the offset in the file.
    box
        Left, bottom, right and top on a page of paper, in hundredths of a point, of the words that the part touches.
    cell
        The cell of a table, such as ``table 1, row 3, column 2``, rows of headings counted; nothing where it is none.
    """

    words: str
    where: str
    at: int
    box: tuple[int, int, int, int] | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """A quote in place: its document and capture, the quote, and its parts; breaks between blocks stand nowhere."""

    document: str
    capture: str
    quote: str
    parts: tuple[Placed, ...]


def find_place(start_of_id: str, start: int, end: int) -> QuotePlace:
    """Return where a document's code points from ``start`` to before ``end`` stand in its capture.

    Raises
    ------
    NotFoundError, RefusedError, UsageError
        There is no such document, it is under seal or a table, or it has no such code points.
    """
    document = resolve_id("document", start_of_id)
    sql = (
        "SELECT d.capture, d.text, d.kind, t.places FROM document d "
        "LEFT JOIN document_detail t ON t.document = d.id WHERE d.id = %s"
    )
    found = bulk.fetch_one(sql, [document])
    if found is None:
        raise NotFoundError(f"There is no document {document}.", "`cenotaph capture list` names them.")
    capture, text, kind, places = found
    if text is None:
        words = "is under seal" if kind == "text" else f"is a {kind}, which has no offsets"
        raise RefusedError(f"Document {document} {words}.", "Quote what has a text.")
    if not 0 <= start < end <= len(text):
        raise UsageError(f"Document {document} has no code points {start} to {end}.", f"It has {len(text):,}, from 0.")
    quote = text[start:end]
    if places is None:
        return QuotePlace(document, capture, quote, (Placed(quote, "the file's own text", start),))
    whole = json.loads(places)
    standing = (place for place in places_from(whole) if place.end > start and place.start < end)
    cells = [cell for cell in cells_from(whole) if cell.end > start and cell.start < end]
    parts = [_cut(place, text, start, end, cells) for place in standing]
    return QuotePlace(document, capture, quote, tuple(parts))


def _cut(place: Place, text: str, start: int, end: int, cells: list[CellPlace]) -> Placed:
    first, last = max(start, place.start), min(end, place.end)
    own = next((cell for cell in cells if cell.start <= first < cell.end), None)
    cell = f"table {own.table}, row {own.row}, column {own.column}" if own else ""
    return Placed(text[first:last], place.where, place.at + first - place.start, place.box, cell)
