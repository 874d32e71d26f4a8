"""Words that two lists use for one another: a list that was copied by machine mutilates the same word the same way each time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cenotaph.link.pairs.likeness import INITIAL, NEAR, Likeness
from cenotaph.link.pairs.words import Names

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

LEAST_TIMES = 3
LEAST_LIFT = 8.0
LEAST_SHARE = 0.25
"""How often two words must stand in each other's place, how many times as often as by chance, and in what share of all places
in which either does not agree."""

_LEAST_WORDS = 3


def find_spellings(left: Names, right: Names, at_left: Array, at_right: Array, likeness: Likeness) -> tuple[Array, Array]:
    """Return pairs of words that stand in each other's place too often for chance.

    Looked at are pairs of names of at least three words that agree in all words but one. Brothers make such pairs too, but
    whose name is paired with whose is chance there, and the number of times that two words then meet follows from how common
    each is.

    Parameters
    ----------
    left, right
        The names of both lists.
    at_left, at_right
        Pairs of rows of which neither has found its own yet: who has, stands beside brothers only.
    likeness
        Must know the words of these pairs.
    """
    import numpy as np

    alike = left.count[at_left] == right.count[at_right]
    alike &= left.count[at_left] >= _LEAST_WORDS
    a, b = left.words[at_left[alike]], right.words[at_right[alike]]
    level = likeness.look_up(a, b)
    level[a < 0] = 0
    differing = level >= NEAR
    differing &= level != INITIAL
    one = differing.sum(axis=1) == 1
    place = np.argmax(differing[one], axis=1)
    rows = np.flatnonzero(one)
    x, y = a[rows, place], b[rows, place]
    if not len(rows):
        return x, y
    size = int(max(x.max(), y.max())) + 1
    codes, times = np.unique(x.astype(np.int64) * size + y, return_counts=True)
    first, second = codes // size, codes % size
    of_first, of_second = np.bincount(x, minlength=size)[first], np.bincount(y, minlength=size)[second]
    often = (times >= LEAST_TIMES) & (times >= LEAST_LIFT * of_first * of_second / len(rows))
    often &= times >= LEAST_SHARE * np.maximum(of_first, of_second)
    return first[often], second[often]
