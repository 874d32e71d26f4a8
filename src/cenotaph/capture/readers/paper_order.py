"""Words of paper in the order in which they are read, where letters run from right to left: files often have them as seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cenotaph.capture.readers.paper_pages import PageWord

_LEAST = 2
_MIRRORED = {"(": ")", "[": "]", "{": "}"}


def count_directions(text: str) -> tuple[int, int]:
    """Return how many letters of a text run from right to left, and how many from left to right."""
    kinds = [unicodedata.bidirectional(letter) for letter in text if letter > "\x7f" or letter.isalpha()]
    return sum(kind in ("R", "AL") for kind in kinds), kinds.count("L")


def turn_word(letters: Sequence[str], lefts: Sequence[int | None]) -> str:
    """Return a word's letters as they are read: of a word that runs from right to left, the one most to the right first.

    Parameters
    ----------
    letters, lefts
        The letters in the order of the file, and where on the page the left side of each is.
    """
    text = "".join(letters)
    right, left = count_directions(text)
    if not right or left or any(letter.isdigit() for letter in text):
        return text
    stands = list(zip(letters, lefts, strict=True))
    known = [where for letter, where in stands if where is not None and not unicodedata.combining(letter)]
    if len(known) > 1 and known[0] < known[-1]:
        stands.reverse()
    groups: list[tuple[int, str]] = []
    marks = ""
    for letter, where in stands:
        if unicodedata.combining(letter):  # A mark stands behind the letter that it is on.
            marks += letter
        else:
            groups.append((groups[-1][0] if where is None and groups else where or 0, letter))
        if groups and marks:
            groups[-1] = (groups[-1][0], groups[-1][1] + marks)
            marks = ""
    word = "".join(letter for _, letter in sorted(groups, key=lambda group: -group[0])) + marks
    if word[0] in _MIRRORED.values():  # They are drawn as seen from the other side.
        word = _turn_bracket(word[0]) + word[1:]
    return word[:-1] + _turn_bracket(word[-1]) if word[-1] in _MIRRORED else word


def _turn_bracket(letter: str) -> str:
    return _MIRRORED.get(letter) or next(opening for opening, closing in _MIRRORED.items() if closing == letter)


def turn_lines(words: Sequence[PageWord]) -> list[PageWord]:
    """Return words so that a line of mostly letters from right to left begins at the right; runs of others keep their order."""
    found: list[PageWord] = []
    line: list[PageWord] = []
    for word in words:
        line.append(word)
        if "\n" in word.blank:
            found += _turn_line(line)
            line = []
    return found + _turn_line(line)


def _turn_line(line: list[PageWord]) -> list[PageWord]:
    counts = [count_directions(word.text) for word in line]
    right, left = sum(count[0] for count in counts), sum(count[1] for count in counts)
    if len(line) < _LEAST or right <= left:
        return line
    boxes = [word.box for word in line if word.box is not None]
    if len(boxes) < len(line) or max(box[1] for box in boxes) > min(box[3] for box in boxes):
        return line  # It is not one line on paper.
    turned: list[PageWord] = []
    run: list[PageWord] = []
    for word in sorted(line, key=lambda word: -(word.box or (0,))[0]):
        own, other = count_directions(word.text)
        if other and not own:  # Words from left to right in it are read so among themselves.
            run.insert(0, word)
            continue
        turned += [*run, word]
        run = []
    turned += run
    return [replace(word, blank=old.blank) for word, old in zip(turned, line, strict=True)]
