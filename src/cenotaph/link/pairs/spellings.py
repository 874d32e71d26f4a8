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
"""In how many families two words must stand in each other's place, how many times as often as by chance, and in what share of
all places in which either does not agree."""

_LEAST_WORDS = 3
_MULTIPLIER = 6_364_136_223_846_793_005


def find_spellings(left: Names, right: Names, at_left: Array, at_right: Array, likeness: Likeness) -> tuple[Array, Array]:
    """Return pairs of words that stand in each other's place too often for chance.

    Looked at are pairs of names of at least three words that agree in all words but one, or in all but one on the one side and
    two on the other, which make one word together. Brothers make such pairs too, but whose name is paired with whose is chance
    there, and the number of times that two words then meet follows from how common each is.

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

    enough = np.minimum(left.count[at_left], right.count[at_right]) >= _LEAST_WORDS
    enough &= (left.words[at_left] != right.words[at_right]).any(axis=1)
    at_left, at_right = at_left[enough], at_right[enough]
    more = left.count[at_left] - right.count[at_right]
    found = [_replace_one(left, right, at_left[more == 0], at_right[more == 0], likeness)]
    found.append(_replace_two(left, right, at_left[more == -1], at_right[more == -1], likeness))
    second, first, families = _replace_two(right, left, at_right[more == 1], at_left[more == 1], likeness)
    found.append((first, second, families))
    x, y = (np.concatenate([words[side] for words in found]) for side in (0, 1))
    if not len(x):
        return x, y
    # Brothers of one family meet each other's namesakes again and again: a family says the same only once.
    family = np.concatenate([words[2] for words in found])
    order = np.lexsort((family, y, x))
    x, y, family = x[order], y[order], family[order]
    once = np.ones(len(x), dtype=bool)
    once[1:] = (x[1:] != x[:-1]) | (y[1:] != y[:-1]) | (family[1:] != family[:-1])
    x, y = x[once], y[once]
    size = int(max(x.max(), y.max())) + 1
    codes, times = np.unique(x.astype(np.int64) * size + y, return_counts=True)
    first, second = codes // size, codes % size
    of_first, of_second = np.bincount(x, minlength=size)[first], np.bincount(y, minlength=size)[second]
    # By chance is how often they would meet if where they do said nothing: one pair of words may be most of all there are.
    chance = (of_first - times + 1) * (of_second - times + 1) / (len(x) - of_first - of_second + times + 1)
    often = (times >= LEAST_TIMES) & (times >= LEAST_LIFT * chance)
    often &= times >= LEAST_SHARE * np.maximum(of_first, of_second)
    return first[often], second[often]


def _replace_one(left: Names, right: Names, at_left: Array, at_right: Array, likeness: Likeness) -> tuple[Array, Array, Array]:
    """Return the only words that differ in names of as many words each, and a number for the other words of each pair."""
    import numpy as np

    a, b = left.words[at_left], right.words[at_right]
    other = _differ(a, b, likeness)
    rows = np.flatnonzero(other.sum(axis=1) == 1)
    place = np.argmax(other[rows], axis=1)
    return a[rows, place], b[rows, place], _number(a, rows, place)


def _replace_two(left: Names, right: Names, at_left: Array, at_right: Array, likeness: Likeness) -> tuple[Array, Array, Array]:
    """Return a word of the shorter name, left, what two of the longer make where all others agree, and a number for these."""
    import numpy as np

    a, b = left.words[at_left], right.words[at_right]
    width = a.shape[1]
    # The first words agree up to one, the others with those one place further on.
    straight, shifted = _differ(a, b, likeness), _differ(a[:, : width - 1], b[:, 1:], likeness)
    place = np.argmax(straight, axis=1)
    after = (shifted & (np.arange(width - 1)[None, :] > place[:, None])).any(axis=1)
    rows = np.flatnonzero(straight.any(axis=1) & ~after & (right.joined[at_right, place] >= 0))
    place = place[rows]
    return a[rows, place], right.joined[at_right[rows], place], _number(a, rows, place)


def _number(words: Array, rows: Array, place: Array) -> Array:
    """Return a number for the words of names but one, which relatives have in common."""
    import numpy as np

    mixed = (words[rows].astype(np.int64) + 2) * _MULTIPLIER
    mixed ^= mixed >> 29
    number: Array = mixed.sum(axis=1) - mixed[np.arange(len(rows)), place]
    return number


def _differ(a: Array, b: Array, likeness: Likeness) -> Array:
    """Tell which words of names are not spelt as one; a word that is not there differs from none."""
    import numpy as np

    found: Array = np.zeros(a.shape, dtype=bool)
    row, column = np.nonzero((a >= 0) & (b >= 0) & (a != b))
    level = likeness.look_up(a[row, column], b[row, column])
    found[row, column] = (level >= NEAR) & (level != INITIAL)
    return found
