"""One to one: which pairs of two duplicate-free lists are links, and how probable each is beside its rivals.

Every pair that was compared has odds: how much more probable it is that the two rows are one person than that each is in one
list only. A matching takes every row at most once, and its weight is the product of its pairs' odds. From this follow

* the most probable matching (:func:`assign`), found exactly in every group of rows that hang together, and
* the probability of every single pair under all matchings (:func:`marginals`), in which a rival takes from it what it is due.

Sources
-------
The sum over matchings: Heilmann & Lieb 1972, Theory of monomer-dimer systems, Communications in Mathematical Physics 25. The
marginals by passing messages, exact where the pairs form no cycle: Zdeborova & Mezard 2006, The number of matchings in random
graphs, Journal of Statistical Mechanics P05003, eq. 9-12. The assignment: Crouse 2016, as in SciPy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

LARGEST_DENSE = 1_500
"""Rows of one side that a group may have to be solved as a full table; larger groups are solved as a sparse one."""

_ROUNDS = 100
_STEPS = 30
_SMALL = 24
_CLOSE = 3e-5
_NEGLIGIBLE = 1e-3
_TAKES_ALL = 1e4
_MOST = 24.0  # Natural logarithm: beyond this a rival a million times less probable would be lost in rounding.


def marginals(left: Array, right: Array, log_odds: Array) -> Array:
    """Return the probability of every pair under all one-to-one matchings.

    Parameters
    ----------
    left, right
        The rows of each pair, 0 or more; no pair occurs twice.
    log_odds
        Natural logarithm of the odds that the two are one person against each being in one list only.

    Returns
    -------
    Array
        Probabilities, in the order of the pairs. Those of one row add up to 1 at most.
    """
    import numpy as np

    if not len(left):
        return np.zeros(0)
    weight = np.exp(np.clip(np.asarray(log_odds, dtype=np.float64), -_MOST, _MOST))
    found: Array = weight / (1.0 + weight)
    rows, columns = int(left.max()) + 1, int(right.max()) + 1
    # Two rows that outweigh all their rivals together a thousandfold are taken: what is left of them for others is little,
    # and goes into no message. Most rows are such.
    against = _others(left, weight, rows) + _others(right, weight, columns)
    certain = weight > _TAKES_ALL * against
    found[certain] = (weight / (1.0 + weight + against))[certain]
    taken = np.zeros(rows, dtype=bool), np.zeros(columns, dtype=bool)
    taken[0][left[certain]] = True
    taken[1][right[certain]] = True
    beaten = (taken[0][left] | taken[1][right]) & ~certain
    found[beaten] = (weight / (1.0 + weight + against))[beaten]
    rivals = np.flatnonzero(~certain & ~beaten & (weight > _NEGLIGIBLE))
    if len(rivals):
        found[rivals] = _pass_messages(left[rivals], right[rivals], weight[rivals], rows, columns)
    return _share(left, right, found, rows, columns)


def _pass_messages(a: Array, b: Array, weight: Array, rows: int, columns: int) -> Array:
    """Return the probability of every pair by belief propagation."""
    import numpy as np

    # The message from a row to a pair: how probable it is that the row is free, were this pair not there.
    from_left, from_right, now = np.ones(len(a)), np.ones(len(a)), np.zeros(len(a))
    for _ in range(_ROUNDS):
        # The geometric mean with the message before: on a cycle of heavy pairs plain messages would swing for ever.
        from_left = np.sqrt(from_left / (1.0 + _others(a, weight * from_right, rows)))
        from_right = np.sqrt(from_right / (1.0 + _others(b, weight * from_left, columns)))
        joint = weight * from_left * from_right
        before, now = now, joint / (1.0 + joint)
        if float(np.abs(now - before).max()) < _CLOSE:
            break
    return now


def _share(left: Array, right: Array, found: Array, rows: int, columns: int) -> Array:
    """Return probabilities of which no row is promised to more than one: on cycles messages are an approximation."""
    import numpy as np

    for rows_of, size in ((left, rows), (right, columns)):
        total = np.bincount(rows_of, found, size)
        found = found / np.maximum(total, 1.0)[rows_of]
    return found


def _others(group: Array, values: Array, size: int) -> Array:
    """Return for each value the sum of the others of its group."""
    import numpy as np

    found: Array = np.maximum(np.bincount(group, values, size)[group] - values, 0.0)
    return found


def assign(left: Array, right: Array, weight: Array) -> Array:
    """Return which pairs are in the one-to-one matching of the greatest weight; pairs without positive weight never are.

    Parameters
    ----------
    left, right
        The rows of each pair.
    weight
        What a pair adds, such as the logarithm of its odds.

    Returns
    -------
    Array
        The places of the chosen pairs, ascending. Of two matchings equally heavy the one is taken whose rows come first.
    """
    import numpy as np

    useful = np.flatnonzero(np.asarray(weight) > 0)
    if not len(useful):
        return useful
    # The order of the pairs must not matter: sort by rows.
    useful = useful[np.lexsort((right[useful], left[useful]))]
    a, b, w = left[useful], right[useful], np.asarray(weight, dtype=np.float64)[useful]
    single = (np.bincount(a)[a] == 1) & (np.bincount(b)[b] == 1)
    chosen = [useful[single]]
    rest = np.flatnonzero(~single)
    if len(rest):
        group = _components(a[rest], b[rest])
        order = np.argsort(group, kind="stable")
        bounds = np.flatnonzero(np.diff(group[order])) + 1
        for members in np.split(rest[order], bounds):
            chosen.append(useful[members[_solve(a[members], b[members], w[members])]])
    return np.sort(np.concatenate(chosen))


def _components(left: Array, right: Array) -> Array:
    """Return for each pair the number of the group of rows that it hangs together with."""
    import numpy as np

    rows, columns = int(left.max()) + 1, int(right.max()) + 1
    label = np.arange(rows)
    for _ in range(_STEPS):
        least = np.full(columns, rows)
        np.minimum.at(least, right, label[left])
        before, label = label, label.copy()
        np.minimum.at(label, left, least[right])
        if (label == before).all():
            return label[left]
    # A long chain.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    size = rows + columns
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right + rows)), shape=(size, size))
    _, labels = connected_components(graph.tocsr(), directed=False)
    found: Array = labels[left]
    return found


def _solve(left: Array, right: Array, weight: Array) -> Array:
    """Return the places of the pairs of one group that are in its heaviest matching."""
    import numpy as np

    rows, a = np.unique(left, return_inverse=True)
    columns, b = np.unique(right, return_inverse=True)
    if len(rows) == 1 or len(columns) == 1:
        return np.array([int(np.argmax(weight))])
    if max(len(rows), len(columns)) > LARGEST_DENSE:
        return _solve_sparse(a, b, weight, len(rows), len(columns))
    table = np.zeros((len(rows), len(columns)))
    table[a, b] = weight
    place = np.full(table.shape, -1)
    place[a, b] = np.arange(len(a))
    if max(table.shape) <= _SMALL:
        x, y = _solve_small(table)
    else:
        from scipy.optimize import linear_sum_assignment

        x, y = linear_sum_assignment(table, maximize=True)
    found: Array = place[x, y]
    return np.sort(found[found >= 0])


def _solve_small(table: Array) -> tuple[list[int], list[int]]:
    """Return rows and columns of the heaviest matching of a small table: shortest augmenting paths, a row at a time.

    Loading SciPy for the few groups of a handful of rows that most lists have costs more than all else.
    """
    if table.shape[0] > table.shape[1]:
        columns, rows = _solve_small(table.T)
        return rows, columns
    costs = (-table).tolist()
    width = len(costs[0])
    of_row, of_column = [0.0] * len(costs), [0.0] * (width + 1)
    # The row that a column is given to; the place beyond the last column holds the row that looks for one.
    owner = [-1] * (width + 1)
    for row in range(len(costs)):
        owner[width] = row
        column = width
        least, came_from, done = [float("inf")] * width, [width] * width, [False] * (width + 1)
        while owner[column] >= 0:
            done[column] = True
            at, base = owner[column], of_row[owner[column]]
            step, following = float("inf"), -1
            for j, cost in enumerate(costs[at]):
                if done[j]:
                    continue
                reduced = cost - base - of_column[j]
                if reduced < least[j]:
                    least[j], came_from[j] = reduced, column
                if least[j] < step:
                    step, following = least[j], j
            for j in range(width + 1):
                if done[j]:
                    of_row[owner[j]] += step
                    of_column[j] -= step
                elif j < width:
                    least[j] -= step
            column = following
        while column != width:
            owner[column] = owner[came_from[column]]
            column = came_from[column]
    given = [(owner[j], j) for j in range(width) if owner[j] >= 0]
    return [i for i, _ in given], [j for _, j in given]


def _solve_sparse(a: Array, b: Array, weight: Array, rows: int, columns: int) -> Array:
    """Solve a large group: a row may also stay with a place of its own that adds nothing."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    # A full matching of the rows always exists this way. Weights are shifted, since a stored nought means no edge.
    cost = np.concatenate([weight.max() + 1.0 - weight, np.full(rows, weight.max() + 1.0)])
    x = np.concatenate([a, np.arange(rows)])
    y = np.concatenate([b, columns + np.arange(rows)])
    table = coo_array((cost, (x, y)), shape=(rows, columns + rows)).tocsr()
    matched_rows, matched_columns = min_weight_full_bipartite_matching(table)
    real = matched_columns < columns
    partner = np.full(rows, -1)
    partner[matched_rows[real]] = matched_columns[real]
    found: Array = np.flatnonzero(partner[a] == b)
    return found
