"""PDF: the text of its pages, with page and box of every word; tables row by row where lines or columns make them safe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cenotaph.capture.readers.contained import Contained, TableText
from cenotaph.capture.readers.grids import Grid, Span, tell_table
from cenotaph.capture.readers.paper_pages import PageWord, read_rules, read_words
from cenotaph.capture.readers.paper_tables import find_tables
from cenotaph.capture.readers.paper_words import PaperTable, Word
from cenotaph.domain.documents import CellPlace, DocumentFacts, Place, TextDocument
from cenotaph.domain.errors import DamagedFileError, TooLargeError

NAME = "pdf"
VERSION = "2"
_MOST_PAGES = 5000
_MOST_CHARACTERS = 20_000_000
_MOST_WORDS = 50_000
_TOLD = ("Producer", "Creator", "CreationDate", "ModDate")


def read(source: Contained) -> Iterator[TextDocument]:
    """Read the text that a PDF holds as text; what it shows as pictures is not read.

    Raises
    ------
    DamagedFileError
        It is broken, locked with a password, or holds no text.
    TooLargeError
        It has over 5,000 pages or 20 million characters.
    """
    paper = _open(source)
    text = _Text()
    empty: list[str] = []
    for number, words, tables in _walk_pages(paper, source.name):
        if not any(word.text for word in words):
            empty.append(str(number))
            continue
        if text.parts:
            text.add("\n\n")
        _add_page(text, words, tables, number)
        if text.length > _MOST_CHARACTERS:
            raise TooLargeError(f"{source.name} has over {_MOST_CHARACTERS:,} characters.", "Split it, and keep both.")
    if not text.places:
        hint = "`cenotaph capture recognise` takes what a program read off it; or enter it by hand."
        raise DamagedFileError(f"{source.name} holds no text, only pictures of it.", hint)
    metadata = {key: value.strip() for key, value in paper.get_metadata_dict().items() if value and value.strip()}
    other = [(key, metadata[key]) for key in _TOLD if key in metadata]
    if empty:
        other.append(("pages without text", " ".join(empty)[:400]))
    facts = DocumentFacts(
        title=_tidy(metadata.get("Title")), author=_tidy(metadata.get("Author")), address=source.address, other=tuple(other)
    )
    yield TextDocument("".join(text.parts), NAME, VERSION, "", facts, tuple(text.places), cells=tuple(text.cells))


def read_tables(source: Contained) -> Iterator[TableText]:
    """Read the tables that are ruled, or whose columns align beyond doubt.

    Raises
    ------
    DamagedFileError, TooLargeError
        It is broken, locked with a password, or larger than may be.
    """
    for _, words, tables in _walk_pages(_open(source), source.name):
        for table in tables:
            spans = [[Span(cell) if cell else None for cell in row] for row in table.rows]
            texts = {cell: " ".join(words[number].text for number in cell) for row in table.rows for cell in row if cell}
            yield tell_table(Grid(spans), texts, "")


def _open(source: Contained) -> Any:
    import pypdfium2

    try:
        paper = pypdfium2.PdfDocument(source.data)
        count = len(paper)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        words = "is locked with a password" if locked else "is broken, or no PDF"
        hint = "Save it without one, and keep both." if locked else "Get it again."
        raise DamagedFileError(f"{source.name} {words}.", hint) from error
    if count > _MOST_PAGES:
        raise TooLargeError(f"{source.name} has {count:,} pages; {_MOST_PAGES:,} are read.", "Split it, and keep both.")
    return paper


def _walk_pages(paper: Any, name: str) -> Iterator[tuple[int, list[PageWord], list[PaperTable]]]:
    """Yield each page's number, words and tables."""
    import pypdfium2

    for number in range(len(paper)):
        try:
            page = paper[number]
            try:
                words = read_words(page)
                tables = _find_tables(page, words)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise DamagedFileError(f"{name}: page {number + 1} is broken.", "Get the file again.") from error
        yield number + 1, words, tables


def _tidy(words: str | None) -> str | None:
    return " ".join(words.replace("\0", " ").split())[:1000] or None if words else None


class _Text:
    """A document's text as it grows, with the place of every word and of every cell."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places: list[Place] = []
        self.cells: list[CellPlace] = []
        self.length = 0
        self.tables = 0

    def add(self, words: str) -> None:
        """Add what is no word of a page."""
        self.parts.append(words)
        self.length += len(words)

    def add_word(self, word: PageWord, blank: str, page: int) -> None:
        """Add a word with what parts it from the next; both have its place, so that every code point has one."""
        if word.text or blank:
            start = self.length
            self.add(word.text + blank)
            self.places.append(Place(start, self.length, f"page {page}", word.at, word.box))

    def add_table(self, table: PaperTable, words: Sequence[PageWord], page: int) -> None:
        """Add a table, a row a line; a tab ends each of its columns but the last, filled or not."""
        self.tables += 1
        for row, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells, 1):
                start = self.length
                for number in cell:
                    self.add_word(words[number], " " if number != cell[-1] else "", page)
                if cell:
                    self.cells.append(CellPlace(start, self.length, self.tables, row, column))
                self.add("\t" if column < len(cells) else "\n")


def _add_page(text: _Text, words: Sequence[PageWord], tables: Sequence[PaperTable], page: int) -> None:
    """Add a page's words in the order of its text, a table where its first word stands."""
    home = {number: table for table in tables for row in table.rows for cell in row for number in cell}
    done: set[int] = set()
    for number, word in enumerate(words):
        table = home.get(number)
        if table is None:
            text.add_word(word, word.blank, page)
        elif id(table) not in done:
            done.add(id(table))
            if text.parts and not text.parts[-1].endswith("\n"):
                text.add("\n")
            text.add_table(table, words, page)


def _find_tables(page: Any, words: Sequence[PageWord]) -> list[PaperTable]:
    """Return the tables of a page, their words by their numbers among all."""
    line = 0
    known: list[int] = []
    boxed: list[Word] = []
    for number, word in enumerate(words):
        if word.text and word.box is not None:
            known.append(number)
            boxed.append(Word(word.text, word.box, line))
        line += word.blank.count("\n")
    if len(boxed) > _MOST_WORDS:
        return []
    return [
        PaperTable(tuple(tuple(tuple(known[at] for at in cell) for cell in row) for row in table.rows))
        for table in find_tables(boxed, read_rules(page))
    ]
