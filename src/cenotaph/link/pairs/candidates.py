"""Which pairs of two lists are worth comparing: those that share a rare combination of words, and for who is left, all."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

FEW, MANY = 6, 60
"""Rows of either list that a block may hold: a combination that more people share finds nobody."""

MOST_CELLS = 40_000_000
"""Cells of the table of all against all that are filled for rows that found nobody."""

_ALIKE = 66.0
_BEST = 3


class Blocks:
    """Rows of two lists by the words that they have in common, whatever the words' order.

    Parameters
    ----------
    left, right
        Rows of codes, -1 where there is none.
    codes
        One more than the largest code.
    """

    def __init__(self, left: Array, right: Array, codes: int) -> None:
        self._left, self._right, self._codes = left, right, codes
        self._combined: dict[int, tuple[Array, Array, Array, Array]] = {}

    def share(self, words: int, largest: int, only: Array | None = None) -> Array:
        """Return the pairs of rows that share so many words, as ``left * right rows + right``, neither sorted nor distinct.

        Parameters
        ----------
        words
            1, 2 or 3.
        largest
            Combinations that more rows of either list have are left away.
        only
            Which rows of the left list are asked for; None for all. Blocks are measured on the whole list.
        """
        import numpy as np

        if words not in self._combined:
            self._combined[words] = (*_combine(self._left, words, self._codes), *_combine(self._right, words, self._codes))
        left_rows, left_codes, right_rows, right_codes = self._combined[words]
        if only is not None:
            # Few rows are asked for: only what their codes could be is sorted and joined.
            wanted = np.zeros(1 << _BITS, dtype=bool)
            wanted[_shorten(left_codes[only[left_rows]])] = True
            one, other = (np.flatnonzero(wanted[_shorten(codes)]) for codes in (left_codes, right_codes))
            left_rows, left_codes, right_rows, right_codes = (
                *(left_rows[one], left_codes[one]),
                *(right_rows[other], right_codes[other]),
            )
        return _pair_up(_join(left_rows, left_codes, right_rows, right_codes), largest, len(self._right), only)


def share_all(left: Array, right: Array, least: int, largest: int) -> Array:
    """Return the pairs of rows that have the same words in the same order, as ``left * right rows + right``.

    Parameters
    ----------
    left, right
        Rows of codes, -1 where there is none.
    least
        Words that a row must have.
    largest
        Rows of either list that may have the same words.
    """
    import numpy as np

    found = []
    for words in (left, right):
        row = np.flatnonzero((words >= 0).sum(axis=1) >= least)
        code = np.zeros(len(row), dtype=np.int64)
        for column in range(words.shape[1]):
            # Codes wrap: a chance meeting is only one pair more.
            code = code * _MULTIPLIER + words[row, column]
        found += [row, code]
    return _pair_up(_join(*found), largest, len(right), None)


_MULTIPLIER = 6_364_136_223_846_793_005
_BITS = 20


def _shorten(codes: Array) -> Array:
    """Return a small number for each code; two codes may have the same."""
    import numpy as np

    mixed: Array = codes.astype(np.uint64) * np.uint64(_MULTIPLIER)
    short: Array = (mixed >> np.uint64(64 - _BITS)).astype(np.int32)
    return short


def _combine(words: Array, size: int, codes: int) -> tuple[Array, Array]:
    """Return a code for every combination of so many words of each row, and the rows they are of."""
    import numpy as np

    rows, found = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    ordered = np.sort(words.astype(np.int64), axis=1)
    used = np.flatnonzero((ordered >= 0).any(axis=0))
    for columns in combinations(used.tolist(), size):
        row = np.flatnonzero(ordered[:, columns[0]] >= 0)
        code = np.zeros(len(row), dtype=np.int64)
        for column in columns:
            # Three words of a large lexicon do not fit one number: they wrap, and a chance meeting is only one pair more.
            code = code * codes + ordered[row, column]
        rows.append(row)
        found.append(code)
    return np.concatenate(rows), np.concatenate(found)


class _Joined(NamedTuple):
    """Rows of either list in the order of their codes, and for every code that both have where its rows begin and how many."""

    left: Array
    right: Array
    left_start: Array
    left_size: Array
    right_start: Array
    right_size: Array


def _join(left_rows: Array, left_codes: Array, right_rows: Array, right_codes: Array) -> _Joined:
    import numpy as np

    left_order, right_order = np.argsort(left_codes), np.argsort(right_codes)
    codes, left_start, left_size = _find_runs(left_codes[left_order])
    right_of, right_start, right_size = _find_runs(right_codes[right_order])
    _, one, other = np.intersect1d(codes, right_of, assume_unique=True, return_indices=True)
    return _Joined(
        *(left_rows[left_order], right_rows[right_order]),
        *(left_start[one], left_size[one], right_start[other], right_size[other]),
    )


def _find_runs(codes: Array) -> tuple[Array, Array, Array]:
    """Return the distinct ones of sorted codes, where each begins and how often it is there."""
    import numpy as np

    begins = np.flatnonzero(np.diff(codes, prepend=codes[:1] - 1)) if len(codes) else np.zeros(0, dtype=np.int64)
    return codes[begins], begins, np.diff(begins, append=len(codes))


def _pair_up(joined: _Joined, largest: int, rows: int, only: Array | None) -> Array:
    import numpy as np

    kept = (joined.right_size <= largest) & (joined.left_size <= largest)
    left_start, left_size, right_start, right_size = (found[kept] for found in joined[2:])
    # Every left row of a block, beside the whole run of its right rows.
    left_found = joined.left[np.repeat(left_start - _starts(left_size), left_size) + np.arange(left_size.sum())]
    runs, starts = np.repeat(right_size, left_size), np.repeat(right_start, left_size)
    if only is not None:
        asked = only[left_found]
        left_found, runs, starts = left_found[asked], runs[asked], starts[asked]
    right_found = joined.right[np.repeat(starts - _starts(runs), runs) + np.arange(runs.sum())]
    pairs: Array = np.repeat(left_found, runs) * rows + right_found
    return pairs


def _starts(sizes: Array) -> Array:
    import numpy as np

    starts: Array = np.cumsum(sizes) - sizes
    return starts


def compare_all(left: list[str], right: list[str], at_left: Array, at_right: Array, rows: int) -> Array:
    """Return for each left row the few right rows whose whole names are most alike, whatever their words.

    Parameters
    ----------
    left, right
        The whole names in one alphabet, without spaces.
    at_left, at_right
        Which rows they are.
    rows
        Rows of the right list.
    """
    import numpy as np
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cdist

    if not left or not right or len(left) * len(right) > MOST_CELLS:
        return np.zeros(0, dtype=np.int64)
    found = [np.zeros(0, dtype=np.int64)]
    step = max(1, 4_000_000 // len(right))
    for start in range(0, len(left), step):
        table = cdist(left[start : start + step], right, scorer=ratio, score_cutoff=_ALIKE, dtype=np.uint8, workers=-1)
        row, column = np.divmod(np.flatnonzero(table), len(right))  # Few are alike at all.
        order = np.lexsort((-table[row, column].astype(np.int16), row))
        row, column = row[order], column[order]
        rank = np.arange(len(row)) - np.searchsorted(row, row)
        top = np.flatnonzero(rank < _BEST)
        found.append(at_left[start + row[top]] * rows + at_right[column[top]])
    return np.concatenate(found)
