"""Groups as trees of rows, members as a chain from the root on, and the edges of every report: what grouping walks on."""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(cache=True)
def list_neighbours(count, left, right):  # type: ignore[no-untyped-def]
    """Return the edges of every report: where its own begin, the neighbours, and the edges' numbers."""
    start = np.zeros(count + 1, dtype=np.int64)
    for at in range(len(left)):
        start[left[at] + 1] += 1
        start[right[at] + 1] += 1
    for at in range(count):
        start[at + 1] += start[at]
    free = start[:-1].copy()
    neighbour, edge = np.empty(2 * len(left), dtype=np.int32), np.empty(2 * len(left), dtype=np.int32)
    for here, there in ((left, right), (right, left)):
        for at in range(len(left)):
            place = free[here[at]]
            neighbour[place], edge[place] = there[at], at
            free[here[at]] += 1
    return start, neighbour, edge


@numba.njit(cache=True)
def find_root(parent, at):  # type: ignore[no-untyped-def]
    """Return the root of the group of a report."""
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


@numba.njit(cache=True)
def join_roots(parent, size, tail, following, a, b):  # type: ignore[no-untyped-def]
    """Join two groups under the lower row; members form a chain from the root on."""
    root, other = min(a, b), max(a, b)
    parent[other] = root
    following[tail[root]] = other
    tail[root] = tail[other]
    size[root] += size[other]
