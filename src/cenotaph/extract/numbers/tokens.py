"""Words, digit groups and signs of a stretch of text, with their places.

Long texts are taken in stretches, so memory stays flat.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from cenotaph.text.line_ends import CUT, MAY_CUT, is_cut

STRETCH = 16_000
"""Code points after which a text is cut at the next good place."""
PARAGRAPH = "\n\n"
"""The token that stands for an empty line: no number runs across it."""

_SPACES = " \u00a0\u2007\u2009\u202f"
_LETTERS = "[^\\W\\d_]+(?:['’ʼ][^\\W\\d_]+)*"
_STRESSED = "(?:[^\\W\\d_]\u0301?)+(?:['’ʼ](?:[^\\W\\d_]\u0301?)+)*"
_TOKEN = (
    rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}}(?!\d))+(?:[.,]\d+(?![\d.,]))?"  # 1 200, by any space
    r"|\d+(?:-\d+){2,}"  # 62-05-45
    r"|\d+(?:[.,:/'’]\d+)*"  # 1,200 and 1.5 and 14:00 and 12.05.2023
    r"|LETTERS"
    r"|\n[^\S\n]*\n\s*"
    r"|[^\w\s]|_"
)
_PLAIN = re.compile(_TOKEN.replace("LETTERS", _LETTERS))
_MARKED = re.compile(_TOKEN.replace("LETTERS", _STRESSED))
_GOOD_CUTS = ("\n\n", ".\n", ". ", "\n", " ")
_SPACE = re.compile(r"\s")


class Tokens:
    """A stretch of text as parallel lists.

    Parameters
    ----------
    raw
        The stretch as it is written.
    offset
        Where it begins in its text.
    """

    __slots__ = ("count", "ends", "offset", "raw", "starts", "words")

    def __init__(self, raw: str, offset: int) -> None:
        folded = fold(raw)
        pattern = _MARKED if "\u0301" in folded else _PLAIN
        self.raw = raw
        self.offset = offset
        self.words: list[str] = pattern.findall(folded)
        self.starts = starts = list[int]()
        self.ends = ends = list[int]()
        find = folded.find
        at = 0
        for word in self.words:
            at = find(word, at)  # nothing that is skipped looks like a token, so the next place where it stands is its own
            starts.append(at)
            at += len(word)
            ends.append(at)
        if "\n" in folded:
            self.words = [PARAGRAPH if word[0] == "\n" else word for word in self.words]
        if pattern is _MARKED:
            self.words = [word.replace("\u0301", "") or "\u0301" for word in self.words]
        if MAY_CUT.search(folded) is not None:
            self._join_cut(folded)
        self.count = len(self.words)

    def _join_cut(self, folded: str) -> None:
        """Make one token of a number that the end of a line cuts."""
        for found in reversed(list(CUT.finditer(folded))):
            if not is_cut(folded, found.start(), found.end()):
                continue
            after = bisect_left(self.starts, found.end())
            first = after - (2 if folded[found.start() - 1] == "," and self.words[after - 1] == "," else 1)
            if first < 0 or self.ends[after - 1] != found.start():
                continue
            mark = "," if folded[found.start() - 1] == "," else " "
            self.words[first : after + 1] = [self.words[first].rstrip(",") + mark + self.words[after]]
            del self.starts[first + 1 : after + 1]
            del self.ends[first:after]

    def word(self, place: int) -> str:
        """Return the folded token at a place, an empty string beyond either end."""
        return self.words[place] if 0 <= place < self.count else ""

    def written(self, place: int) -> str:
        """Return the token as it is written, an empty string beyond either end."""
        return self.raw[self.starts[place] : self.ends[place]] if 0 <= place < self.count else ""

    def glued(self, place: int) -> bool:
        """Whether nothing stands between the token at a place and the next."""
        return 0 <= place < self.count - 1 and self.ends[place] == self.starts[place + 1]

    def ends_line(self, place: int) -> bool:
        """Whether a line ends between the token at a place and the next word: a hyphen there joins the two."""
        if not 0 <= place < self.count - 1 or not self.words[place + 1][0].isalpha():
            return False
        between = self.raw[self.ends[place] : self.starts[place + 1]]
        return between[:1] in ("\n", "\r") and between.isspace()


def fold(raw: str) -> str:
    """Return a text in small letters without ``ё`` and with one apostrophe, of the same length."""
    folded = raw.lower()
    if len(folded) != len(raw):
        folded = "".join(small if len(small := letter.lower()) == 1 else letter for letter in raw)
    if not folded.isascii():
        folded = folded.replace("ё", "е").replace("’", "'").replace("ʼ", "'").replace("‘", "'")
        folded = folded.replace("‑", "-").replace("‐", "-")
    return folded


def split_text(text: str) -> Iterator[Tokens]:
    """Yield the stretches of a text, cut where a number is least likely to be cut."""
    start = 0
    while len(text) - start > STRETCH:
        limit = start + STRETCH
        for mark in _GOOD_CUTS:
            cut = text.rfind(mark, start + STRETCH // 2, limit)
            if cut >= 0:
                end = cut + len(mark)
                break
        else:
            found = _SPACE.search(text, limit)
            end = found.end() if found else len(text)
        yield Tokens(text[start:end], start)
        start = end
    if start < len(text):
        yield Tokens(text[start:], start)
