"""Groups of reports, grown from the strongest pair on, never across a contradiction.

Pairs are taken in descending weight. Two groups become one where no member of the one contradicts a member of the other (but
one report's date that several which agree with each other show to be a misprint), and where what is known of all pairs between
them speaks for it together: a poor report that fits two people does not join them.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from cenotaph.link.contradictions import may_join
from cenotaph.link.forest import join_roots, list_neighbours, share_out
from cenotaph.link.traits import GIVEN, JUDGEMENT, MIDDLE, NONE, SEX, Traits
from cenotaph.link.vetoes import find_veto

if TYPE_CHECKING:
    Rows = np.ndarray[tuple[int], np.dtype[np.int32]]
    Weights = np.ndarray[tuple[int], np.dtype[np.float64]]
    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
    Codes = np.ndarray[tuple[int], np.dtype[np.int8]]

LARGEST_GROUP = 2_000
"""Reports of one person that are believed without a person's word."""
BOUND = 12.0
"""The most that one pair says for or against joining two groups, in bits."""
ANOTHER_NAME = -4.0
"""What a pair between two groups says whose given names are two."""
CONTRADICTION = -8.0
"""What a pair between two groups says that contradicts in a date or the father's name."""
NOT_COMPARED = -0.2
"""What a pair between two groups says that no rule brought together."""
SUPPORT = 2.5
"""Bits that a pair may lack of the threshold where several between the same two groups speak for them: k are worth log2 k."""
CLEAR = 3.0
"""Bits above the threshold from which a pair is taken at once; below, it comes after those, and only where nothing competes."""
MARGIN = 2.5
"""Bits by which the best pair of a group must be better than its best pair with any third group."""

MANY_EDGES = 200_000
"""Edges from which on two threads take the halves of what no edge joins: both find what one would find."""
LARGEST_TORN = 2
"""Reports of a group that is asked whether it fits, as well as whom it would join, somebody who contradicts him."""

OPEN, JOINED, IMPLIED, VETOED, REFUSED = 0, 1, 2, 3, 4
"""What became of an edge: below the threshold, joined two groups, within one by then, forbidden, forbidden by their members."""


class Grouping(NamedTuple):
    """Groups by number for every report (the lowest row of each), and what became of every edge."""

    group: Rows
    fate: Codes


def group_reports(
    count: int,
    left: Rows,
    right: Rows,
    weight: Weights,
    against: npt.NDArray[np.float32],
    veto: Codes,
    traits: Traits,
    threshold: float,
    same: np.ndarray[tuple[int, int], np.dtype[np.int32]],
    different: np.ndarray[tuple[int, int], np.dtype[np.int32]],
    support: float = SUPPORT,
    clear: float = CLEAR,
    margin: float = MARGIN,
) -> Grouping:
    """Group reports.

    Parameters
    ----------
    count
        Number of reports.
    left, right, weight, against, veto
        Edges: rows, log2 of the odds, what of it is contradictions, and what forbids the pair.
    traits
        What vetoes between members look at.
    threshold
        The least weight that joins.
    same, different
        Pairs of rows that a person has said to be one person or two; "same" binds, whatever contradicts it.
    """
    # Nothing lighter is ever asked whether it joins.
    some = np.flatnonzero(weight >= min(threshold - support, threshold + clear))
    order = some[np.lexsort((right[some], left[some], -weight[some]))].astype(np.int64)
    same, different = np.ascontiguousarray(same), np.ascontiguousarray(np.sort(different, axis=1))
    start, neighbour, edge = list_neighbours(count, left, right)
    root, size, tail, following = _begin(count, same)
    fate = np.zeros(len(left), dtype=np.int8)

    def run(part: Numbers) -> None:
        _group(
            root, size, tail, following, fate, left, right, weight, against, veto, part, start, neighbour, edge, traits,
            threshold, support, clear, margin, different,
        )  # fmt: skip

    if len(order) < MANY_EDGES:
        run(order)
    else:
        # What a lighter pair than these joins has no say in whether two groups become one, nor in whether one is torn.
        tied = np.flatnonzero(weight >= threshold - max(support, -clear, margin - clear)).astype(np.int64)
        shares = share_out(root, left, right, tied)[left[order]]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(run, (order[~shares], order[shares])))
    fate[(root[left] == root[right]) & (fate != JOINED)] = IMPLIED
    return Grouping(root, fate)


@numba.njit(cache=True, nogil=True)
def _begin(count, same):  # type: ignore[no-untyped-def]
    """Return groups of one report each, but for those that a person has said to be one: root, size, last member, next member."""
    root = np.arange(count).astype(np.int32)
    size = np.ones(count, dtype=np.int32)
    tail = np.arange(count).astype(np.int32)
    following = np.full(count, -1, dtype=np.int32)
    for at in range(len(same)):
        a, b = root[same[at, 0]], root[same[at, 1]]
        if a != b:
            join_roots(root, size, tail, following, a, b)
    return root, size, tail, following


@numba.njit(cache=True, nogil=True)
def _group(  # type: ignore[no-untyped-def]
    root,
    size,
    tail,
    following,
    fate,
    left,
    right,
    weight,
    against,
    veto,
    order,
    start,
    neighbour,
    edge,
    t,
    threshold,
    support,
    clear,
    margin,
    different,
):
    """Take edges in their order; write groups and fates."""
    apart = {(np.int32(-1), np.int32(-1))}
    judged = np.zeros(len(root), dtype=np.bool_)
    for at in range(len(different)):
        apart.add((different[at, 0], different[at, 1]))
        judged[different[at, 0]] = True
        judged[different[at, 1]] = True
    for passed in range(2):
        least = threshold - support if passed else threshold + clear
        for at in order:
            if weight[at] < least:
                break
            if fate[at] != OPEN:
                continue
            i, j = left[at], right[at]
            a, b = root[i], root[j]
            if a == b:
                fate[at] = IMPLIED
                continue
            if veto[at] != NONE:
                fate[at] = VETOED
                continue
            worth = _weigh(
                root, size, following, start, neighbour, edge, weight, against, veto, t, apart, judged, a, b, threshold, support
            )
            if worth < threshold:
                fate[at] = OPEN if worth == -BOUND else REFUSED
            elif passed and _contest(root, following, start, neighbour, edge, weight, veto, a, b, threshold) > worth - margin:
                fate[at] = OPEN
            elif not passed and _torn(root, size, following, start, neighbour, edge, weight, veto, t, a, b, worth - margin):
                continue  # The second pass asks again, when the groups are what they will be.
            else:
                join_roots(root, size, tail, following, a, b)
                fate[at] = JOINED


@numba.njit(cache=True, nogil=True)
def _weigh(root, size, following, start, neighbour, edge, weight, against, veto, t, apart, judged, a, b, threshold, support):  # type: ignore[no-untyped-def]
    """Return the weight with which two groups may be joined: that of their best pair, with what others add; else little."""
    if size[a] + size[b] > LARGEST_GROUP:
        return -2 * BOUND
    if size[a] > size[b]:
        a, b = b, a
    best, chief, agreeing = -BOUND, -1, 0
    i = a
    while i != -1:
        for k in range(start[i], start[i + 1]):
            if veto[edge[k]] == NONE and root[neighbour[k]] == b:
                agreeing += weight[edge[k]] >= threshold - support
                if weight[edge[k]] > best:
                    best, chief = weight[edge[k]], edge[k]
        i = following[i]
    worth = best + np.log2(max(agreeing, 1))
    if worth < threshold:
        return -BOUND
    total, compared = 0.0, 0
    i = a
    while i != -1:
        for k in range(start[i], start[i + 1]):
            if root[neighbour[k]] == b:
                cause, told = veto[edge[k]], weight[edge[k]]
                if cause != NONE:
                    total += ANOTHER_NAME if cause in (GIVEN, SEX, MIDDLE) else CONTRADICTION
                elif told > 0:
                    total += min(BOUND, told)
                else:
                    # Who says little is no word against; nor is what contradicts in the best pair already, and was outweighed.
                    total += max(-BOUND, told, min(0.0, against[edge[k]] - against[chief]))
                compared += 1
        i = following[i]
    pairs = np.int64(size[a]) * np.int64(size[b])
    if total + (pairs - compared) * NOT_COMPARED <= 0.0:
        return -2 * BOUND
    return (
        worth
        if may_join(root, size, following, start, neighbour, edge, weight, veto, t, apart, judged, a, b, threshold)
        else -2 * BOUND
    )


@numba.njit(cache=True, nogil=True)
def _contest(root, following, start, neighbour, edge, weight, veto, a, b, threshold):  # type: ignore[no-untyped-def]
    """Return the weight of the best pair that either group has with a third one, unless that one would join the other too."""
    best = -BOUND
    for group, beside in ((a, b), (b, a)):
        i = group
        while i != -1:
            for k in range(start[i], start[i + 1]):
                if veto[edge[k]] == NONE and weight[edge[k]] > best:
                    other = root[neighbour[k]]
                    if other in (a, b):
                        continue
                    if _best(root, following, start, neighbour, edge, weight, veto, other, beside) < threshold:
                        best = weight[edge[k]]
            i = following[i]
    return best


@numba.njit(cache=True, nogil=True)
def _best(root, following, start, neighbour, edge, weight, veto, a, b):  # type: ignore[no-untyped-def]
    """Return the weight of the best pair between two groups that nothing forbids."""
    best = -BOUND
    i = a
    while i != -1:
        for k in range(start[i], start[i + 1]):
            if veto[edge[k]] == NONE and weight[edge[k]] > best and root[neighbour[k]] == b:
                best = weight[edge[k]]
        i = following[i]
    return best


@numba.njit(cache=True, nogil=True)
def _torn(root, size, following, start, neighbour, edge, weight, veto, t, a, b, least):  # type: ignore[no-untyped-def]
    """Tell whether a small group fits a third one as well as the one it would join, and those two contradict each other."""
    for here, there in ((a, b), (b, a)):
        if size[here] > LARGEST_TORN:
            continue
        i = here
        while i != -1:
            for k in range(start[i], start[i + 1]):
                if veto[edge[k]] != NONE or weight[edge[k]] <= least:
                    continue
                other = root[neighbour[k]]
                if other != here and other != there and _contradict(following, t, there, other):
                    return True
            i = following[i]
    return False


@numba.njit(cache=True, nogil=True)
def _contradict(following, t, a, b):  # type: ignore[no-untyped-def]
    """Tell whether any member of one group contradicts any member of the other."""
    i = a
    while i != -1:
        j = b
        while j != -1:
            if find_veto(t, i, j) != NONE:
                return True
            j = following[j]
        i = following[i]
    return False


def judge(left: Rows, right: Rows, veto: Codes, different: np.ndarray[tuple[int, int], np.dtype[np.int32]], count: int) -> Codes:
    """Return vetoes with those pairs forbidden that a person has said to be two people."""
    if not len(different):
        return veto
    keys = left.astype(np.int64) * count + right
    wanted = np.sort(different, axis=1).astype(np.int64)
    return np.where(np.isin(keys, wanted[:, 0] * count + wanted[:, 1]), JUDGEMENT, veto).astype(np.int8)
