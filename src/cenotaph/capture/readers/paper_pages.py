"""One page of a PDF: its words with what parts them, their boxes, and the straight lines drawn on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cenotaph.capture.readers.paper_order import turn_lines, turn_word
from cenotaph.capture.readers.paper_words import Box, Rule

_HYPHENS = (0x02, 0xFFFE)
_THIN = 300
_SHORT = 500
_MOST_OBJECTS = 5000
_MOST_SEGMENTS = 20_000
_LINE_TO, _MOVE_TO = 0, 2


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word of a page, or the white space that it begins with.

    Parameters
    ----------
    text, blank
        Its characters, and the white space behind them.
    at
        The number of its first character on the page.
    box
        Where it stands; None where the PDF does not say.
    """

    text: str
    blank: str
    at: int
    box: Box | None


def read_words(page: Any) -> list[PageWord]:
    """Return a page's words in the order of its text, character by character.

    Raises
    ------
    PdfiumError
        The page is broken.
    """
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        total = pdfium.FPDFText_CountChars(text_page.raw)
        sides = tuple(ctypes.c_double() for _ in range(4))
        words: list[PageWord] = []
        letters: list[str] = []
        lefts: list[int | None] = []
        blanks: list[str] = []
        first = high = 0
        box: Box | None = None
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
            if letter.isspace():
                blanks.append(letter if letter == "\n" else " ")
                continue
            if blanks:
                words.append(PageWord(turn_word(letters, lefts), "".join(blanks), first, box))
                letters, lefts, blanks, box = [], [], [], None
            if not letters:
                first = at
            letters.append(letter)
            lefts.append(None)
            if pdfium.FPDFText_GetCharBox(text_page.raw, at, *(ctypes.byref(side) for side in sides)):
                left, right, bottom, top = (round(100 * side.value) for side in sides)
                box = _join(box, (left, bottom, right, top))
                lefts[-1] = left
        if letters or blanks:
            words.append(PageWord(turn_word(letters, lefts), "".join(blanks), first, box))
        return turn_lines(words)
    finally:
        text_page.close()


def _join(box: Box | None, other: Box) -> Box:
    if box is None:
        return other
    return (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))


def read_rules(page: Any) -> list[Rule]:
    """Return the straight lines that are drawn on a page; none where they are more than those of any table."""
    import pypdfium2.raw as pdfium

    rules: list[Rule] = []
    count = 0
    for number, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if number > _MOST_OBJECTS:
            return []
        for x0, y0, x1, y1 in _walk_segments(item):
            count += 1
            if count > _MOST_SEGMENTS:
                return []
            if abs(x1 - x0) <= _THIN // 3 and abs(y1 - y0) >= _SHORT:
                rules.append(Rule(True, (x0 + x1) // 2, min(y0, y1), max(y0, y1)))
            elif abs(y1 - y0) <= _THIN // 3 and abs(x1 - x0) >= _SHORT:
                rules.append(Rule(False, (y0 + y1) // 2, min(x0, x1), max(x0, x1)))
    return list(dict.fromkeys(rules))


def _walk_segments(item: Any) -> Iterator[tuple[int, int, int, int]]:
    """Yield the straight strokes of a path, in hundredths of a point on the page."""
    import pypdfium2.raw as pdfium

    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[int, int] | None = None
    begun: tuple[int, int] | None = None
    for at in range(min(pdfium.FPDFPath_CountSegments(item.raw), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, at)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            last = None
            continue
        across, up = matrix.on_point(x.value, y.value)
        if not (abs(across) < 1e6 and abs(up) < 1e6):
            last = None
            continue
        here = (round(100 * across), round(100 * up))
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == _LINE_TO and last is not None:
            yield (*last, *here)
        if kind == _MOVE_TO:
            begun = here
        last = here
        if begun is not None and pdfium.FPDFPathSegment_GetClose(segment):
            yield (*here, *begun)
            last = begun
