"""Reports that a person has said to be one: they are counted, and drawn, as one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Units(NamedTuple):
    """The number of every report's unit, how many units there are, and the pairs between two of them."""

    unit: Rows
    number: int
    left: Rows
    right: Rows
    weight: Numbers
    barred: Flags

    def any(self, flags: Flags) -> Flags:
        """Return for every unit whether any of its reports has a flag."""
        found = np.zeros(self.number, bool)
        np.logical_or.at(found, self.unit, flags)
        return found

    def least(self, values: Numbers) -> Numbers:
        """Return the least value of every unit's reports."""
        found = np.full(self.number, np.inf)
        np.minimum.at(found, self.unit, values)
        return found


def make_units(count: int, same: Rows, left: Rows, right: Rows, weight: Numbers, barred: Flags) -> Units:
    """Put together the reports that a person has said to be one.

    Of several pairs between two units the heaviest speaks, and one that is barred bars them all.

    Parameters
    ----------
    count
        Number of reports.
    same
        Pairs of rows that a person has said to be one.
    left, right, weight, barred
        Pairs: rows, log2 of the odds, and whether they cannot be one person.
    """
    if not len(same):
        return Units(np.arange(count, dtype=np.int32), count, left, right, weight, barred)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(same), bool), (same[:, 0], same[:, 1])), shape=(count, count))
    units, unit = connected_components(graph, directed=False)
    one, two = np.minimum(unit[left], unit[right]).astype(np.int64), np.maximum(unit[left], unit[right]).astype(np.int64)
    between = one != two
    keys, which = np.unique(one[between] * units + two[between], return_inverse=True)
    heaviest, shut = np.full(len(keys), -np.inf), np.zeros(len(keys), bool)
    np.maximum.at(heaviest, which, weight[between])
    np.logical_or.at(shut, which, barred[between])
    ends = (keys // units).astype(np.int32), (keys % units).astype(np.int32)
    return Units(unit.astype(np.int32), int(units), *ends, heaviest, shut)
