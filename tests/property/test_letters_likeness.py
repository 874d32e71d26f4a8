"""Levenshtein's distance of rows of letters, worked out with bits, is the one that everybody knows."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from cenotaph.link.likeness import distance

WORDS = st.one_of(st.text("ab", max_size=20), st.text("abcdefgh", max_size=20), st.text("abc", min_size=55, max_size=75))


def _row(word: str, width: int) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    out = np.zeros(width, np.uint8)
    out[: len(word)] = np.frombuffer(word.encode(), np.uint8)
    return out


@settings(deadline=None)  # The first call compiles.
@given(WORDS, WORDS)
def test_distance_of_letters_is_levenshteins(one: str, other: str) -> None:
    for width in (max(len(one), len(other)), 80):
        assert distance(_row(one, width), _row(other, width)) == Levenshtein.distance(one, other)


@settings(deadline=None)
@given(st.text("abc", min_size=1, max_size=20), st.integers(0, 19), st.sampled_from("abcd"))
def test_a_letter_more_is_one_away(word: str, at: int, letter: str) -> None:
    at = min(at, len(word))
    assert distance(_row(word, 21), _row(word[:at] + letter + word[at:], 21)) == 1
