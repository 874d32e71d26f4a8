"""Tokens with their offsets: words, digits, single marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# A word keeps its inner hyphens and apostrophes and its combining accents; digits keep inner points and commas.
_TOKEN = re.compile(
    r"[^\W\d_][^\W_]*(?:[\u0300-\u036f]+[^\W_]*)*(?:[-\u2010\u2011'’ʼ][^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*)*"
    r"|\d+(?:[.,:/]\d+)*"
    r"|\S"
)
_FOLDED = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-", "\u0301": None, "\u0300": None})
_KEPT_WORDS = 65_536


@dataclass(slots=True)
class Token:
    """One token, never changed; no tuple, whose fields take five times as long to look up.

    Parameters
    ----------
    start, end
        Code points in the text.
    text
        As it stands.
    low
        Lower case, without stress marks, ``ё`` as ``е``: for looking up, never shown.
    """

    start: int
    end: int
    text: str
    low: str

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()


def fold_text(text: str) -> str:
    """Return words as lexicons hold them."""
    low = text.lower()
    return low if low.isascii() else low.translate(_FOLDED)


@lru_cache(maxsize=_KEPT_WORDS)
def fold_word(word: str) -> str:
    """Return a word as lexicons hold it; kept for the next time, as texts are made of few words."""
    return fold_text(word)


def split_tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a part of a text, in order.

    Parameters
    ----------
    start, end
        Code points; the whole text where they are not given.
    """
    return split_columns(text, start, len(text) if end is None else end)[0]


def split_columns(text: str, start: int, end: int) -> tuple[list[Token], list[int], list[int], list[str], list[str]]:
    """Return the tokens of a part of a text with their starts, ends, texts and words to look up, each a list."""
    words = _TOKEN.findall(text, start, end)
    starts: list[int] = []
    ends: list[int] = []
    find = text.find
    at = start
    for word in words:
        at = find(word, at)  # only white space is skipped, so the next place where it stands is its own
        starts.append(at)
        at += len(word)
        ends.append(at)
    lows = list(map(fold_word, words))
    return list(map(Token, starts, ends, words, lows)), starts, ends, words, lows
