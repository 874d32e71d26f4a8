"""How alike two words are: a level for every pair of words that has to be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cenotaph.link.pairs.words import Lexicon, Names

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

SAME, VARIANT, NEAR, INITIAL, DIFFERENT = range(5)
"""Levels: the same letters; another spelling of the same word; a slip apart; an initial of it; another word."""


_NEAR_SHARE, _VARIANT_SHARE = 0.25, 0.34
"""Letters in which two words may differ, of those of the longer one."""


class Likeness:
    """Levels of pairs of words, each distinct pair compared once.

    Parameters
    ----------
    lexicon
        The words of both lists.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        import numpy as np

        self._lexicon = lexicon
        self._size = len(lexicon.letters)
        self._letters = np.array(lexicon.letters, dtype=object)
        self._keys = np.array(lexicon.keys, dtype=object)
        self._bare = np.array([_bare(word, bool(a)) for word, a in zip(lexicon.letters, lexicon.arabic, strict=True)], dtype=object)
        numbers = {text: at for at, text in enumerate(dict.fromkeys(lexicon.keys))}
        self._sets = _letter_sets(self._bare)
        self._key_sets = _letter_sets(lexicon.keys)
        self._size_of = _length(self._letters)
        self._levels = np.full((self._size, self._size), DIFFERENT, dtype=np.int8)
        self._known = np.zeros((self._size, self._size), dtype=bool)
        self._key_number = np.array([numbers[key] for key in lexicon.keys], dtype=np.int32)

    def prepare(self, left: Names, right: Names, at_left: Array, at_right: Array) -> None:
        """Compare every two words that can come to lie beside each other in the names of these pairs."""
        import numpy as np

        wanted = np.zeros((self._size, self._size), dtype=bool)
        for one, other in ((left.words, right.words), (left.joined, right.words), (left.words, right.joined)):
            columns = [column for column in range(one.shape[1]) if (one[:, column] >= 0).any()]
            beside = [column for column in range(other.shape[1]) if (other[:, column] >= 0).any()]
            for i in columns:
                x = one[at_left, i]
                rows = np.flatnonzero(x >= 0)
                for j in beside:
                    y = other[at_right[rows], j]
                    both = y >= 0
                    wanted[x[rows][both], y[both]] = True
        a, b = np.nonzero(wanted & ~self._known)
        self._levels[a, b] = self._compare(a, b)
        self._known |= wanted

    def look_up(self, left: Array, right: Array) -> Array:
        """Return the level of every pair of word numbers that was prepared."""
        return self._levels[left, right]

    def _compare(self, a: Array, b: Array) -> Array:
        import numpy as np
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import cpdist

        arabic = self._lexicon.arabic
        levels = np.full(len(a), DIFFERENT, dtype=np.int8)
        levels[a == b] = SAME
        same_key = self._key_number[a] == self._key_number[b]
        # Words that are a slip apart differ in few letters: a look at which letters they have spares most comparisons.
        alike = np.bitwise_count(self._sets[a] ^ self._sets[b]) <= 4
        at = np.flatnonzero((a != b) & (arabic[a] == arabic[b]) & alike)
        if len(at):
            x, y = self._bare[a[at]], self._bare[b[at]]
            longest, shortest = np.maximum(_length(x), _length(y)), np.minimum(_length(x), _length(y))
            distance = cpdist(list(x), list(y), scorer=OSA.distance, score_cutoff=3, dtype=np.uint8)
            found = np.full(len(at), DIFFERENT, dtype=np.int8)
            found[(distance <= longest * _NEAR_SHARE) & (shortest >= 3)] = NEAR
            found[(distance == 1) & ((shortest >= 3) | (shortest == 2) & _begins(x, y))] = NEAR
            found[same_key[at] & (distance <= longest * _VARIANT_SHARE) & ~arabic[a[at]]] = VARIANT
            found[distance == 0] = VARIANT
            levels[at] = found
        at = np.flatnonzero((a != b) & ((self._size_of[a] == 1) ^ (self._size_of[b] == 1)) & (arabic[a] == arabic[b]))
        if len(at):
            levels[at[_begins(self._letters[a[at]], self._letters[b[at]])]] = INITIAL
        alike = np.bitwise_count(self._key_sets[a] ^ self._key_sets[b]) <= 4
        at = np.flatnonzero((arabic[a] != arabic[b]) & alike)
        if len(at):
            x, y = self._keys[a[at]], self._keys[b[at]]
            longest, shortest = np.maximum(_length(x), _length(y)), np.minimum(_length(x), _length(y))
            distance = cpdist(list(x), list(y), scorer=OSA.distance, score_cutoff=3, dtype=np.uint8)
            found = np.full(len(at), DIFFERENT, dtype=np.int8)
            found[(distance <= longest * _VARIANT_SHARE) & (shortest >= 2)] = NEAR
            found[distance == 0] = SAME
            levels[at] = found
        return levels


def _length(words: Array) -> Array:
    import numpy as np

    return np.fromiter(map(len, words), dtype=np.int16, count=len(words))


def _letter_sets(words: Iterable[str]) -> Array:
    """Return for each word a bit for every letter it has."""
    import numpy as np

    sets = (sum({1 << (ord(c) % 64) for c in word}) for word in words)
    return np.fromiter(sets, dtype=np.uint64)


def _begins(left: Array, right: Array) -> Array:
    """Tell for each pair of words whether one begins with the other."""
    import numpy as np

    found = (a.startswith(b) or b.startswith(a) for a, b in zip(left, right, strict=True))
    return np.fromiter(found, dtype=bool, count=len(left))


def _bare(letters: str, arabic: bool) -> str:
    """Return letters without what writing leaves open: the article, and in Arabic the order of lam and alef."""
    if not arabic:
        return letters
    if letters.startswith("AL") and len(letters) > 4:
        letters = letters[2:]
    return letters.replace("LA", "AL").replace("I", "")
