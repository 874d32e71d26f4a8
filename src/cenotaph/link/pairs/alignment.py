"""Two names laid side by side, word against word: which words agree, differ or are missing, and how common they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cenotaph.link.pairs.likeness import DIFFERENT, FAINT, INITIAL, NEAR, SAME, VARIANT, Likeness
from cenotaph.link.pairs.words import Names

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]
    State = tuple[Array, Array, Array, Array]

LEVELS = 6
MISSING = 6
"""A word of one name that has nothing beside it in the other."""

# An alignment is kept as one number: how many words of the tail (all but the first) are at each level or missing, four bits
# each, what the first word is, and whether the last is missing.
_FIRST_SHIFT, _LAST_SHIFT = 4 * (LEVELS + 1), 4 * (LEVELS + 1) + 3

# Prices by which the best alignment is found. What the levels say for one person is learnt later.
_PRICE_FIRST_MISSING, _PRICE_LAST_MISSING, _PRICE_MISSING = -5.0, -3.0, -2.0
_FEW = 400
"""Pairs of names of the same two lengths that are worth a table of their own."""

_PRICE = (-0.1, -1.5, -2.0, -3.0, -4.0, -4.8)
_STRANGER_VARIANT, _STRANGER_NEAR, _STRANGER_INITIAL = 0.004, 0.02, 0.1
_STRANGER_FAINT, _STRANGER_MISSING = 0.12, 0.15


@dataclass(frozen=True, slots=True)
class Alignments:
    """How the names of pairs lie beside each other.

    Parameters
    ----------
    pattern
        Which words agree, as one number; :func:`unpack` reads it.
    first
        Natural logarithm of how probable so like a first word is between strangers.
    tail
        The same of all other words.
    """

    pattern: Array
    first: Array
    tail: Array


@dataclass(frozen=True, slots=True)
class Patterns:
    """What patterns hold: words of the tail at each level and missing (7 columns), the level of the first, the last missing."""

    tail: Array
    first: Array
    last_missing: Array


def unpack(pattern: Array) -> Patterns:
    """Return what patterns hold."""
    import numpy as np

    tail = np.stack([(pattern >> (4 * level)) & 15 for level in range(LEVELS + 1)], axis=1)
    return Patterns(tail, (pattern >> _FIRST_SHIFT) & 7, (pattern >> _LAST_SHIFT) & 1 > 0)


def align(left: Names, right: Names, at_left: Array, at_right: Array, likeness: Likeness, common: Logs) -> Alignments:
    """Lay the names of pairs side by side, in order; each word lies beside one word or beside none.

    Parameters
    ----------
    at_left, at_right
        The rows of each pair.
    common
        What likeness of words says between strangers.
    """
    import numpy as np

    found = Alignments(
        np.zeros(len(at_left), dtype=np.int64), np.zeros(len(at_left), np.float32), np.zeros(len(at_left), np.float32)
    )
    many, few = left.count[at_left], right.count[at_right]
    shapes = many * 16 + few
    times = np.bincount(shapes, minlength=1)
    # Names of one length each are aligned together; lengths that few pairs have are taken for the longest of them.
    common_shapes = np.flatnonzero(times >= _FEW)
    groups = [np.flatnonzero(shapes == shape) for shape in common_shapes]
    groups.append(np.flatnonzero(times[shapes] < _FEW))
    for at in groups:
        at = at[(many[at] > 0) & (few[at] > 0)]
        if not len(at):
            continue
        x, y = at_left[at], at_right[at]
        one = _align(_Side(left, x), _Side(right, y), likeness, common)
        found.pattern[at], found.first[at], found.tail[at] = one
    return found


class _Side:
    """The names of one side of pairs, cut at the longest of them."""

    def __init__(self, names: Names, at: Array) -> None:
        import numpy as np

        self.count = names.count[at]
        self.longest = int(self.count.max())
        self.words, self.joined = names.words[at, : self.longest], names.joined[at, : self.longest]
        even = bool((self.count == self.longest).all())
        # Few words make one with the next: only their rows are looked at.
        self.joins = [np.flatnonzero(self.joined[:, i] >= 0) for i in range(self.longest)]
        # What it costs to lay each word beside none, and whether it is a name's last.
        self.last = [(np.bool_(i == self.longest > 1) if even else (self.count == i) & (i > 1)) for i in range(self.longest + 1)]
        self.price = [
            np.float32(_PRICE_FIRST_MISSING)
            if i == 1
            else np.where(last, np.float32(_PRICE_LAST_MISSING), np.float32(_PRICE_MISSING))
            for i, last in enumerate(self.last)
        ]


def align_same(names: Names, at: Array, common: Logs) -> Alignments:
    """Lay names beside others of the same words: each word lies beside itself."""
    import numpy as np

    words, count = names.words[at], names.count[at]
    said = np.where(words >= 0, common.surprise(np.full(words.shape, SAME), words, words), np.float32(0))
    tail = np.zeros(len(at), np.float32)
    for column in range(1, words.shape[1]):
        tail += said[:, column]
    return Alignments((count - 1).astype(np.int64) * _steps()[SAME], said[:, 0].copy(), tail)


def _align(left: _Side, right: _Side, likeness: Likeness, common: Logs) -> tuple[Array, Array, Array]:
    """Return pattern and surprises of pairs of names: the dynamic programme of Needleman and Wunsch (1970)."""
    import numpy as np

    rows, many, few = len(left.count), left.longest, right.longest
    # Best score, pattern, and surprise of first and of other words, for every pair of beginnings.
    states: dict[tuple[int, int], State] = {
        (0, 0): (np.zeros(rows, np.float32), np.zeros(rows, np.int64), np.zeros(rows, np.float32), np.zeros(rows, np.float32))
    }
    everybody = np.arange(rows)
    shapes = left.count * 16 + right.count
    even = bool((shapes == many * 16 + few).all())
    done: State = (np.zeros(rows, np.float32), np.zeros(rows, np.int64), np.zeros(rows, np.float32), np.zeros(rows, np.float32))
    for i in range(many + 1):
        for j in range(few + 1):
            chosen: State | None = None
            if i and j:
                first = i == j == 1
                chosen = _pair(states[i - 1, j - 1], left.words[:, i - 1], right.words[:, j - 1], first, likeness, common)
            if chosen and i > 1 and len(at := left.joins[i - 2]):
                before, word, other = _take(states[i - 2, j - 1], at), left.joined[at, i - 2], right.words[at, j - 1]
                _improve(chosen, at, _pair(before, word, other, i == 2 and j == 1, likeness, common))
            if chosen and j > 1 and len(at := right.joins[j - 2]):
                before, word, other = _take(states[i - 1, j - 2], at), left.words[at, i - 1], right.joined[at, j - 2]
                _improve(chosen, at, _pair(before, word, other, j == 2 and i == 1, likeness, common))
            for state, side, word_at in (
                *([(states[i - 1, j], left, i)] if i else ()),
                *([(states[i, j - 1], right, j)] if j else ()),
            ):
                price, last = side.price[word_at], side.last[word_at]
                at = np.flatnonzero(state[0] + price > chosen[0]) if chosen else everybody
                if not len(at):
                    continue
                if np.ndim(last):
                    last = last[at]
                if np.ndim(price):
                    price = price[at]
                skipped = _skip(_take(state, at), price, word_at == 1, last)
                if chosen:
                    _improve(chosen, at, skipped)
                else:
                    chosen = skipped
            if chosen:
                states[i, j] = chosen
            if not even and i and j and len(at := np.flatnonzero(shapes == i * 16 + j)):
                for kept, found in zip(done, states[i, j], strict=True):
                    kept[at] = found[at]
        for j in range(few + 1):
            states.pop((i - 2, j), None)
    _, pattern, first_word, tail = states[many, few] if even else done
    return pattern, first_word, tail


def _take(state: State, at: Array) -> State:
    return state[0][at], state[1][at], state[2][at], state[3][at]


def _improve(chosen: State, at: Array, other: State) -> None:
    """Put in place what is better than what was chosen for these rows."""
    import numpy as np

    better = np.flatnonzero(other[0] > chosen[0][at])
    if len(better):
        at = at[better]
        for kept, found in zip(chosen, other, strict=True):
            kept[at] = found[better]


def _pair(state: State, left: Array, right: Array, first: bool, likeness: Likeness, common: Logs) -> State:
    """Lay one word beside one; all arrays are new ones."""
    import numpy as np

    score, pattern, surprise_first, tail = state
    level = likeness.look_up(left, right)
    surprise = common.surprise(level, left, right)
    gain = np.array(_PRICE, np.float32)[level] - surprise
    if first:
        return score + gain, level.astype(np.int64) << _FIRST_SHIFT, surprise, tail.copy()
    return score + gain, pattern + _steps()[level], surprise_first.copy(), tail + surprise


@cache
def _steps() -> Array:
    import numpy as np

    return np.left_shift(np.int64(1), 4 * np.arange(LEVELS, dtype=np.int64))


def _skip(state: State, price: Array, first: bool, last: Array) -> State:
    import numpy as np

    score, pattern, surprise, tail = state
    missing = np.float32(np.log(_STRANGER_MISSING))
    if first:
        # A pattern has one first word; where both names lack it in the other, it is missing all the same.
        return score + price, (pattern & ~(7 << _FIRST_SHIFT)) | (MISSING << _FIRST_SHIFT), surprise, tail
    added = (pattern + (1 << (4 * MISSING))) | (last.astype(np.int64) << _LAST_SHIFT)
    return score + price, added, surprise, tail + missing


class Logs:
    """How probable it is that two strangers' words at one place are so like each other, as natural logarithms.

    Parameters
    ----------
    common
        How large a share of all words of names each word is, 0 to 1.
    """

    def __init__(self, common: Array) -> None:
        import numpy as np

        assert tuple(range(LEVELS)) == (SAME, VARIANT, NEAR, INITIAL, FAINT, DIFFERENT)
        one = np.ones_like(common)
        chances = [common, common + np.float32(_STRANGER_VARIANT), common + np.float32(_STRANGER_NEAR)]
        chances += [one * np.float32(chance) for chance in (_STRANGER_INITIAL, _STRANGER_FAINT, 1.0 - _STRANGER_FAINT)]
        self._common = common
        self._logs = np.log(np.stack(chances)).astype(np.float32).ravel()

    def surprise(self, level: Array, left: Array, right: Array) -> Array:
        """Return the logarithm for pairs of words at a level, by the commoner of the two."""
        import numpy as np

        commoner = np.where(self._common[left] >= self._common[right], left, right)
        found: Array = self._logs[level.astype(np.int32) * np.int32(len(self._common)) + commoner]
        return found
