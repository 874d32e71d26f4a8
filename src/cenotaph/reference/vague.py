"""Vague number words with the floor that each stands for: "dozens" is 12 or more, and never a number."""

from __future__ import annotations

from functools import cache

from cenotaph.domain.counts import VAGUE_FLOORS, CountRange
from cenotaph.reference.files import read_rows
from cenotaph.reference.folding import fold

_COLUMNS = ("language", "word", "size", "source")


def read_vague(words: str) -> CountRange | None:
    """Return the vague count that words such as "dozens" or «сотни» give, or None where they are no such words.

    The floors are :data:`cenotaph.domain.counts.VAGUE_FLOORS`.
    """
    size = _sizes().get(fold(words))
    return CountRange.vague(VAGUE_FLOORS[size]) if size else None


@cache
def _sizes() -> dict[str, str]:
    return {fold(word): size for _, word, size, _ in read_rows("vague.csv", _COLUMNS)}
