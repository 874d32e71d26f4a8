"""Pair two lists one to one, as many pairs as can be and then the best ones, always the same way."""

from __future__ import annotations

from collections.abc import Mapping

# One more pair is worth more than any agreement within pairs: agreements are counted in small whole numbers.
PAIR = 1_000_000


def pair(edges: Mapping[tuple[int, int], int]) -> dict[int, int]:
    """Return left -> right of a matching with the most pairs and, among those, the greatest sum of weights.

    Parameters
    ----------
    edges
        Weight (0 to 999) by (left, right); what is absent cannot be paired.

    Returns
    -------
    dict
        Right by left. Ties go to the earlier left, then the earlier right.

    Notes
    -----
    Spans overlap in small clusters, so each connected part is solved by itself (Kuhn-Munkres, cubic in the part).
    """
    matched: dict[int, int] = {}
    for lefts, rights in _parts(edges):
        matched.update(_assign(lefts, rights, edges))
    return dict(sorted(matched.items()))


def _parts(edges: Mapping[tuple[int, int], int]) -> list[tuple[list[int], list[int]]]:
    rights_of: dict[int, list[int]] = {}
    lefts_of: dict[int, list[int]] = {}
    for left, right in sorted(edges):
        rights_of.setdefault(left, []).append(right)
        lefts_of.setdefault(right, []).append(left)
    seen: set[int] = set()
    parts: list[tuple[list[int], list[int]]] = []
    for start in rights_of:
        if start in seen:
            continue
        lefts, rights, queue = {start}, set[int](), [start]
        while queue:
            for right in rights_of[queue.pop()]:
                rights.add(right)
                fresh = [left for left in lefts_of[right] if left not in lefts]
                lefts.update(fresh)
                queue.extend(fresh)
        seen |= lefts
        parts.append((sorted(lefts), sorted(rights)))
    return parts


def _assign(lefts: list[int], rights: list[int], edges: Mapping[tuple[int, int], int]) -> dict[int, int]:
    if len(lefts) == 1 and len(rights) == 1:
        return {lefts[0]: rights[0]}
    size = max(len(lefts), len(rights))
    cost = [[0] * size for _ in range(size)]
    for row, left in enumerate(lefts):
        for column, right in enumerate(rights):
            if (left, right) in edges:
                cost[row][column] = -(PAIR + edges[left, right])
    # Potentials u, v; way[j]: the column before j on the shortest augmenting path. Row and column 0 are sentinels.
    infinite = PAIR * size * 10
    u, v, owner, way = [0] * (size + 1), [0] * (size + 1), [0] * (size + 1), [0] * (size + 1)
    for row in range(1, size + 1):
        owner[0], column = row, 0
        least, used = [infinite] * (size + 1), [False] * (size + 1)
        while True:
            used[column] = True
            here, delta, following = owner[column], infinite, 0
            for j in range(1, size + 1):
                if used[j]:
                    continue
                reduced = cost[here - 1][j - 1] - u[here] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    u[owner[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if owner[column] == 0:
                break
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    found: dict[int, int] = {}
    for column in range(1, size + 1):
        row = owner[column] - 1
        if row < len(lefts) and column <= len(rights) and (lefts[row], rights[column - 1]) in edges:
            found[lefts[row]] = rights[column - 1]
    return found
