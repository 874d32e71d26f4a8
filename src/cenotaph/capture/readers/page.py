"""Pages: the article's text, each code point with its text node; what readers wrote under it; its tables and frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cenotaph.capture.readers.contained import Contained, TableText
from cenotaph.capture.readers.frames import Framed, holds_words, tell_frame, walk_frames
from cenotaph.capture.readers.grids import Grid, find_slots, tell_table
from cenotaph.capture.readers.html_article import choose_article
from cenotaph.capture.readers.html_comments import find_remarks, mark_parts, read_remarks
from cenotaph.capture.readers.html_facts import read_facts
from cenotaph.capture.readers.html_tables import find_grids, place_cells, read_cells
from cenotaph.capture.readers.html_text import cut_blocks, join_blocks
from cenotaph.domain.documents import ENCODING, DocumentFacts, TextDocument
from cenotaph.domain.errors import DamagedFileError

NAME = "page"
WHOLE = "whole page"
VERSION = "4"
_HEAD = 8192
_SAVED = re.compile(
    r"<!--[^>]{0,200}?saved from url=\(\d{1,6}\)(https?://[^\s<>\"]{1,2000})|"
    r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://[^\s<>\"]{1,2000})"
)


def _find_saved_address(decoded: str) -> str | None:
    """Return the address that a page names which a browser or SingleFile saved."""
    match = _SAVED.search(decoded[:_HEAD])
    return match[1] or match[2] if match else None


def read(source: Contained) -> Iterator[TextDocument]:
    """Read a page's article, then the comments under it, then the frames kept in it; each a document of its own.

    Raises
    ------
    DamagedFileError
        It holds no text, or is nested so deeply that part of it would be lost.
    """
    page: DocumentFacts | None = None
    tables = 0
    empty: DamagedFileError | None = None
    found = False
    for framed in walk_frames(source):
        grids = find_grids(framed.tree)
        try:
            for document in _read_one(framed, grids):
                if not framed.part:
                    page = page or document.facts
                elif not holds_words(document):
                    continue
                found = True
                yield tell_frame(document, framed.part, page, tables) if framed.part else document
        except DamagedFileError as error:
            if not framed.part:
                empty = error  # It may be nothing but a frame.
        tables += len(grids)
    if empty is not None and not found:
        raise empty


def _read_one(framed: Framed, grids: list[Grid]) -> Iterator[TextDocument]:
    source, tree = framed.source, framed.tree
    remarks = find_remarks(tree)
    marks = mark_parts(remarks)
    whole = cut_blocks(tree, marks)
    # A page that is nothing but comments, such as a forum's, is read as it stands, too.
    blocks = [block for block in whole if block.remark is None]
    if not any(not block.furniture for block in blocks):
        blocks = whole
    if not blocks:
        raise DamagedFileError(
            f"{source.name} holds no text.", "A page that scripts fill must be fetched with --browser, or saved by one."
        )
    title = next(("".join(element.itertext()) for element in tree.iter("h1")), None)
    chosen, found = choose_article(tree, blocks, title)
    slots = find_slots(grids)
    joined = join_blocks(chosen, slots)
    facts = read_facts(tree, source.address or _find_saved_address(framed.decoded), whole)
    if framed.said:
        facts = replace(facts, other=(*facts.other, (ENCODING, framed.said)))
    cells = place_cells(slots, chosen, joined)
    name = NAME if found else WHOLE
    yield TextDocument(joined.text, name, VERSION, framed.encoding, facts, joined.places, cells=cells)
    yield from read_remarks(tree, remarks, marks, whole, facts, framed.encoding)


def read_tables(source: Contained) -> Iterator[TableText]:
    """Read the tables of a page, then those of the frames kept in it.

    Raises
    ------
    DamagedFileError, TooLargeError
        It is nested too deeply, or a table in it is larger than may be.
    """
    for framed in walk_frames(source):
        grids = find_grids(framed.tree)
        words = read_cells(grids, cut_blocks(framed.tree))
        for grid in grids:
            yield tell_table(grid, words, framed.encoding)
