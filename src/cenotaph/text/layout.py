"""How a text is laid out: sentences, headings, list items and rows of tables, each with its offsets and its block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cenotaph.text.furniture import mark_furniture
from cenotaph.text.sentences import split_sentences

_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_ITEM = re.compile(r"\s*(?:[-–—•*·▪►●◦‣➤✔→]\s+|\(?\d{1,2}[.)]\s+|[a-zа-я][.)]\s+)", re.IGNORECASE)
_CLOCK = re.compile(r"\s*\d{1,2}[:.]\d{2}\b")
_TERMINAL = re.compile(r"[.!?…][\"'»”’)\]]*\s*$")
_INNER_STOP = re.compile(r"[a-zа-яё»”\")][.!?]\s+[A-ZА-ЯЁ«“\"]")
_HEADING_LENGTH = 160
_NARROWEST = 24
_CELLS = re.compile(r"[|\t]| {3,}|:\s*\d|\s[—–-]\s*\d")
_LEADS_ON = re.compile(
    r"(?:\b(?:than|about|around|nearly|almost|least|most|some|over|up to|another|the|of|and"
    r"|более|около|почти|менее|еще|ещё|свыше|и|до)|\d,)$",
    re.IGNORECASE,
)
"""What a line cannot end with where it ends: a number stands in the next."""
_LONGEST_UNIT = 2000


class Unit(NamedTuple):
    """A sentence, or what stands for one.

    Parameters
    ----------
    start, end
        Code points.
    kind
        ``sentence``, ``heading``, ``item`` (of a list) or ``row`` (a line without a full stop among others like it).
    block
        Number of the paragraph, list or table it belongs to.
    line
        Number of the line (of the paragraph, where lines were joined) it is in.
    furniture
        What furniture it is, or None.
    """

    start: int
    end: int
    kind: str
    block: int
    line: int
    furniture: str | None


class _Line(NamedTuple):
    start: int
    end: int
    furniture: str | None


def split_units(text: str) -> list[Unit]:
    """Return the sentences, headings, items and rows of a text, in order."""
    units: list[Unit] = []
    number = 0
    blocks = list(_read_blocks(text))
    everywhere = _is_wrapped(text, [line for lines in blocks for line in lines[:-1] if line.furniture is None])
    for block, lines in enumerate(blocks):
        joined = _join(text, lines, everywhere or _is_wrapped(text, lines[:-1]))
        count = len(joined)
        for position, line in enumerate(joined):
            number += 1
            kind = _classify(text, line, block, position, count)
            if kind == "heading":
                units.append(Unit(line.start, line.end, kind, block, number, line.furniture))
                continue
            # "Куба | ок. 60 | 21" is one row, and so are cells parted by tabs.
            barred = kind == "row" and (text.count("|", line.start, line.end) > 1 or "\t" in text[line.start : line.end])
            pieces = [(line.start, line.end)] if barred else split_sentences(text, line.start, line.end)
            for start, end in pieces:
                for first, last in _cut(text, start, end):
                    units.append(Unit(first, last, kind, block, number, line.furniture))
    return units


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is longer than any sentence, so that reading one costs no more than a bounded time."""
    while end - start > _LONGEST_UNIT:
        space = text.rfind(" ", start + _LONGEST_UNIT // 2, start + _LONGEST_UNIT)
        cut = space if space > start else start + _LONGEST_UNIT
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield start, end


def _read_blocks(text: str) -> Iterator[list[_Line]]:
    spans: list[tuple[int, int]] = []
    last = 0
    for found in _LINE.finditer(text):
        # Two line breaks in a row (a blank line) end a block; so does a line of white space.
        gap = text.count("\n", last, found.start()) + text.count("\u2029", last, found.start())
        if gap > 1 and spans:
            spans.append((found.start(), found.start()))
        start, end = found.start(), found.end()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        spans.append((start, end))
        last = found.end()
    marks = mark_furniture([text[start:end] for start, end in spans])
    block: list[_Line] = []
    for (start, end), mark in zip(spans, marks, strict=True):
        if start == end:
            if block:
                yield block
                block = []
        else:
            block.append(_Line(start, end, mark))
    if block:
        yield block


def _is_wrapped(text: str, lines: list[_Line]) -> bool:
    """Return whether lines, the last of their paragraphs left out, were broken at a fixed width."""
    if len(lines) < 2:
        return False
    lengths = [line.end - line.start for line in lines]
    longest = max(lengths)
    if _NARROWEST <= longest < 55:
        return _is_narrow(text, lines, longest)
    if not 55 <= longest <= 110:
        return False
    full = sum(length >= longest * 0.72 for length in lengths)
    ended = sum(bool(_TERMINAL.search(text, max(line.start, line.end - 8), line.end)) for line in lines)
    return full >= len(lines) * 0.6 and ended <= len(lines) * 0.4


def _is_narrow(text: str, lines: list[_Line], longest: int) -> bool:
    """Return whether short lines are a narrow column of running text (mail, a telephone), and no list, verse or table.

    Of running text, lines are nearly full, begin with small letters as often as not, and seldom end with a full stop; none opens
    like an item, and few have a label's colon or the bars and gaps of cells.
    """
    full = sum(line.end - line.start >= longest * 0.65 for line in lines)
    small = sum(text[line.start].islower() for line in lines)
    ended = sum(bool(_TERMINAL.search(text, max(line.start, line.end - 8), line.end)) for line in lines)
    celled = any(_CELLS.search(text, line.start, line.end) or _ITEM.match(text, line.start, line.end) for line in lines)
    return full >= len(lines) * 0.7 and small >= len(lines) * 0.4 and ended <= len(lines) * 0.34 and not celled


def _closes(text: str, before: _Line, line: _Line) -> bool:
    """Return whether a line in small letters with a full stop ends the sentence of the line before: both are words, no cells."""
    return (
        _TERMINAL.search(text, max(line.start, line.end - 8), line.end) is not None
        and text.count(" ", before.start, before.end) > 1
        and not _CELLS.search(text, before.start, line.end)
        and text[before.end - 1] not in ":;"
    )


def _join(text: str, lines: list[_Line], wrapped: bool) -> list[_Line]:
    """Join the lines of a paragraph that was wrapped at a fixed width, and a line that plainly goes on in the next."""
    joined: list[_Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.furniture == line.furniture is None
            and not _ITEM.match(text, line.start, line.end)
        ):
            ended = bool(_TERMINAL.search(text, max(before.start, before.end - 8), before.end))
            goes_on = not ended and text[line.start].islower() and (
                before.end - before.start > 60 or text[before.end - 1] in "-\u00ad,"
            )
            if not ended and not goes_on and text[line.start].islower():
                goes_on = _closes(text, before, line)
            if not ended and not goes_on and text[line.start].isdigit():
                goes_on = _LEADS_ON.search(text, max(before.start, before.end - 20), before.end) is not None
            if wrapped or goes_on:
                joined[-1] = _Line(before.start, line.end, None)
                continue
        joined.append(line)
    return joined


def _classify(text: str, line: _Line, block: int, position: int, count: int) -> str:
    if _ITEM.match(text, line.start, line.end) or _CLOCK.match(text, line.start, line.end):
        return "item"
    if _TERMINAL.search(text, line.start, line.end):
        return "sentence"
    if line.end - line.start < _HEADING_LENGTH and not _INNER_STOP.search(text, line.start, line.end):
        if count == 1 or (
            position == 0 and (block == 0 or not any(char.isdigit() for char in text[line.start : line.end]))
        ):
            return "heading"
        return "row"
    return "sentence"
