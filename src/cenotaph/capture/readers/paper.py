"""PDF: the text of its pages, with page and box of every word."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from cenotaph.capture.readers.contained import Contained
from cenotaph.domain.documents import DocumentFacts, Place, TextDocument
from cenotaph.domain.errors import DamagedFileError, TooLargeError

NAME = "pdf"
VERSION = "1"
_MOST_PAGES = 5000
_MOST_CHARACTERS = 20_000_000
_HYPHENS = (0x02, 0xFFFE)
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
    parts: list[str] = []
    places: list[Place] = []
    empty: list[str] = []
    length = 0
    for number in range(count):
        if parts and parts[-1] != "\n\n":
            parts.append("\n\n")
            length += 2
        try:
            added = _read_page(paper, number, parts, places, length)
        except pypdfium2.PdfiumError as error:
            raise DamagedFileError(f"{source.name}: page {number + 1} is broken.", "Get the file again.") from error
        if not added:
            empty.append(str(number + 1))
        length += added
        if length > _MOST_CHARACTERS:
            raise TooLargeError(f"{source.name} has over {_MOST_CHARACTERS:,} characters.", "Split it, and keep both.")
    if not places:
        hint = "`cenotaph capture recognise` takes what a program read off it; or enter it by hand."
        raise DamagedFileError(f"{source.name} holds no text, only pictures of it.", hint)
    metadata = {key: value.strip() for key, value in paper.get_metadata_dict().items() if value and value.strip()}
    other = [(key, metadata[key]) for key in _TOLD if key in metadata]
    if empty:
        other.append(("pages without text", " ".join(empty)[:400]))
    facts = DocumentFacts(
        title=_tidy(metadata.get("Title")), author=_tidy(metadata.get("Author")), address=source.address, other=tuple(other)
    )
    text = "".join(parts)
    yield TextDocument(text, NAME, VERSION, "", facts, tuple(places))


def _tidy(words: str | None) -> str | None:
    return " ".join(words.replace("\0", " ").split())[:1000] or None if words else None


def _read_page(paper: Any, number: int, parts: list[str], places: list[Place], length: int) -> int:
    """Add a page's text character by character; return how many code points it has."""
    import pypdfium2.raw as pdfium

    page = paper[number]
    try:
        text_page = page.get_textpage()
        try:
            total = pdfium.FPDFText_CountChars(text_page.raw)
            sides = tuple(ctypes.c_double() for _ in range(4))
            characters: list[str] = []
            word: list[int] | None = None
            start = at_first = 0
            box: tuple[int, int, int, int] | None = None
            high = 0
            for at in range(total):
                code = pdfium.FPDFText_GetUnicode(text_page.raw, at)
                if 0xD800 <= code < 0xDC00:
                    high = code
                    continue
                if 0xDC00 <= code < 0xE000:
                    code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
                high = 0
                if code in (0, 0x0D):
                    continue
                letter = "-" if code in _HYPHENS else chr(code)
                blank = letter.isspace()
                if not blank and word is None:
                    if characters:
                        _close(places, length, start, len(characters), number, at_first, box)
                    start, at_first, box = len(characters), at, None
                    word = []
                characters.append(" " if blank and letter != "\n" else letter)
                if blank:
                    word = None
                    continue
                if pdfium.FPDFText_GetCharBox(text_page.raw, at, *(ctypes.byref(side) for side in sides)):
                    left, right, bottom, top = (round(100 * side.value) for side in sides)
                    box = _join(box, (left, bottom, right, top))
            if characters:
                _close(places, length, start, len(characters), number, at_first, box)
            text = "".join(characters)
            if not text.strip():
                del places[_first_of(places, length) :]
                return 0
            parts.append(text)
            return len(text)
        finally:
            text_page.close()
    finally:
        page.close()


def _first_of(places: list[Place], length: int) -> int:
    at = len(places)
    while at and places[at - 1].start >= length:
        at -= 1
    return at


def _close(
    places: list[Place], length: int, start: int, end: int, number: int, at: int, box: tuple[int, int, int, int] | None
) -> None:
    """End a word: the white space after it goes with it, so that every code point has a place."""
    if end > start:
        places.append(Place(length + start, length + end, f"page {number + 1}", at, box))


def _join(box: tuple[int, int, int, int] | None, other: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    if box is None:
        return other
    return (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
