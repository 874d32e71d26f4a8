"""Sentences of a paragraph, for English, Russian and Ukrainian, robust to abbreviations, initials and list numbers."""

from __future__ import annotations

import re

from cenotaph.reference.word_sets import read_word_set

# A candidate end: a stop, what closes after it, white space. The quantifiers are bounded, so that no text takes long.
_STOP = re.compile(r"[.!?…]{1,4}[\"'»”’)\]]{0,3}(?=\s)")
_BEFORE = re.compile(r"[^\s(\[«“\"„]{1,40}$")

_LETTERS = re.compile(r"(?:[A-Za-zА-Я]\.)+[A-Za-zА-Я]")

# Words before a full stop that do not end a sentence (they may, before a capital, where they are in _OPEN too).
_ABBREVIATIONS = read_word_set("sentences.abbreviations")
# These end a sentence when what follows begins with a capital and is not a name or a number.
_OPEN = read_word_set("sentences.open")
_TITLES_BEFORE_NAME = read_word_set("sentences.titles_before_name")
_STARTERS = read_word_set("sentences.starters")


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return start and end of every sentence in a part of a text, white space at the ends left out.

    Parameters
    ----------
    start, end
        Code points: one paragraph, where line breaks are no more than white space.
    """
    stop = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    begin = start
    for mark in _STOP.finditer(text, start, stop):
        if _ends_here(text, begin, mark, stop):
            _keep(text, begin, mark.end(), found)
            begin = mark.end()
    _keep(text, begin, stop, found)
    return found


def _keep(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append((start, end))


def _ends_here(text: str, begin: int, mark: re.Match[str], stop: int) -> bool:
    after = mark.end()
    while after < stop and text[after].isspace():
        after += 1
    if after >= stop:
        return True
    next_char = text[after]
    marks = mark.group()
    if next_char.islower():
        return False
    if next_char.isdigit() and marks == "...." and text[mark.start() - 1 : mark.start()] == ".":
        return False  # "Uzbekistan ........ 41": dots that lead to a figure
    if marks[0] != "." or marks.startswith(".."):
        return not (next_char in "—–-" and marks[-1] in '»”"')
    before = _BEFORE.search(text, max(begin, mark.start() - 40), mark.start())
    word = before.group() if before else ""
    low = word.lower().replace("ё", "е")
    if len(word) == 1 and word.isalpha() and word.isupper():
        # An initial ("J. Smith", "Лапин Г. С."), unless what follows starts a sentence.
        if after + 1 < stop and next_char.isupper() and text[after + 1] == ".":
            return False
        return _next_word(text, after, stop).lower() in _STARTERS
    if "." in word and _LETTERS.fullmatch(word) and low not in _ABBREVIATIONS:
        return _next_word(text, after, stop).lower() in _STARTERS
    if low in _ABBREVIATIONS:
        if low in _TITLES_BEFORE_NAME and low not in _OPEN:
            return False
        following = _next_word(text, after, stop)
        if low in _OPEN:
            return following[:1].isupper() and following.lower() in _STARTERS
        return following.lower() in _STARTERS and low not in {"no", "г"}
    # "1." at the very beginning is a list number.
    return not (word.isdigit() and len(word) <= 2 and text[begin : mark.start()].strip() == word)


def _next_word(text: str, start: int, stop: int) -> str:
    while start < stop and not text[start].isalnum():
        start += 1
    end = start
    while end < stop and text[end].isalnum() and end - start < 30:
        end += 1
    return text[start:end]
