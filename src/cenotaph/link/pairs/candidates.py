"""Which pairs of two lists are worth comparing: those that share a rare combination of words, and for who is left, all."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

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
        left_rows, left_codes = _combine(self._left, words, self._codes)
        right_rows, right_codes = _combine(self._right, words, self._codes)
        return _pair_up(left_rows, left_codes, right_rows, right_codes, largest, len(self._right), only)


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


def _pair_up(
    left_rows: Array, left_codes: Array, right_rows: Array, right_codes: Array, largest: int, rows: int, only: Array | None
) -> Array:
    import numpy as np

    left_order, right_order = np.argsort(left_codes, kind="stable"), np.argsort(right_codes, kind="stable")
    codes, left_start, left_size = np.unique(left_codes[left_order], return_index=True, return_counts=True)
    sorted_right = right_codes[right_order]
    right_start = np.searchsorted(sorted_right, codes, side="left")
    right_size = np.searchsorted(sorted_right, codes, side="right") - right_start
    kept = (right_size > 0) & (right_size <= largest) & (left_size <= largest)
    left_start, left_size, right_start, right_size = left_start[kept], left_size[kept], right_start[kept], right_size[kept]
    # Every left row of a block, beside the whole run of its right rows.
    left_found = left_rows[left_order[np.repeat(left_start - _starts(left_size), left_size) + np.arange(left_size.sum())]]
    runs, starts = np.repeat(right_size, left_size), np.repeat(right_start, left_size)
    if only is not None:
        asked = only[left_found]
        left_found, runs, starts = left_found[asked], runs[asked], starts[asked]
    right_found = right_rows[right_order[np.repeat(starts - _starts(runs), runs) + np.arange(runs.sum())]]
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
    best = min(_BEST, len(right))
    step = max(1, 4_000_000 // len(right))
    for start in range(0, len(left), step):
        table = cdist(left[start : start + step], right, scorer=ratio, score_cutoff=_ALIKE, dtype=np.uint8, workers=-1)
        top = np.argpartition(table, len(right) - best, axis=1)[:, len(right) - best :]
        good = np.take_along_axis(table, top, axis=1) > 0
        row = np.repeat(np.arange(len(table)), best).reshape(len(table), best)[good]
        found.append(at_left[start + row] * rows + at_right[top[good]])
    return np.concatenate(found)
