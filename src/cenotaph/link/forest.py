"""Groups by their lowest row, members as a chain from it on, and the edges of every report: what grouping walks on."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]


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


@numba.njit(cache=True, nogil=True)
def join_roots(root, size, tail, following, a, b):  # type: ignore[no-untyped-def]
    """Join two groups under the lower row; members form a chain from the root on, and each knows its root."""
    kept, gone = min(a, b), max(a, b)
    member = gone
    while member != -1:
        root[member] = kept
        member = following[member]
    following[tail[kept]] = gone
    tail[kept] = tail[gone]
    size[kept] += size[gone]


def share_out(root: Rows, left: Rows, right: Rows, edges: Numbers) -> npt.NDArray[np.bool_]:
    """Return which of two shares every row is in: rows that a path of edges joins are in one, and each share has half the edges.

    Parameters
    ----------
    root
        The lowest row of every row's group: whoever is in one already stays together.
    left, right
        The rows of edges.
    edges
        The numbers of those that count.
    """
    component = _find_components(root.copy(), left, right, edges)
    upto = np.cumsum(np.bincount(component[left[edges]], minlength=len(root)))
    return np.asarray((upto > upto[-1] // 2)[component], bool)


@numba.njit(cache=True, nogil=True)
def _find_components(parent, left, right, edges):  # type: ignore[no-untyped-def]
    """Return the component of every row: the lowest row in it."""
    for at in edges:
        a, b = _climb(parent, left[at]), _climb(parent, right[at])
        parent[max(a, b)] = min(a, b)
    for at in range(len(parent)):
        parent[at] = parent[parent[at]]  # Those before it point at the lowest row of theirs already.
    return parent


@numba.njit(cache=True, nogil=True)
def _climb(parent, at):  # type: ignore[no-untyped-def]
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at
