"""One to one: the heaviest matching, and what every pair is worth beside its rivals."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.link import assignment
from cenotaph.link.assignment import assign, marginals

Pairs = dict[tuple[int, int], float]


def every_matching(pairs: Pairs) -> list[tuple[tuple[int, int], ...]]:
    found = []
    for size in range(len(pairs) + 1):
        for chosen in combinations(pairs, size):
            if len({i for i, _ in chosen}) == len({j for _, j in chosen}) == size:
                found.append(chosen)
    return found


def as_arrays(pairs: Pairs) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    left = np.array([i for i, _ in pairs], dtype=np.int64)
    right = np.array([j for _, j in pairs], dtype=np.int64)
    return left, right, np.array(list(pairs.values()), dtype=float)


def exact_marginals(pairs: Pairs) -> list[float]:
    weights = {m: float(np.exp(sum(pairs[p] for p in m))) for m in every_matching(pairs)}
    total = sum(weights.values())
    return [sum(w for m, w in weights.items() if pair in m) / total for pair in pairs]


# The worked example of Kuhn's method, as costs: 1, 2, 3; 2, 4, 6; 3, 6, 9 is solved by the other diagonal, at 10.
def test_a_table_worked_by_hand_is_assigned_as_by_hand() -> None:
    costs = [[1, 2, 3], [2, 4, 6], [3, 6, 9]]
    pairs = {(i, j): 10.0 - costs[i][j] for i in range(3) for j in range(3)}
    chosen = assign(*as_arrays(pairs))
    assert [list(pairs)[k] for k in chosen] == [(0, 2), (1, 1), (2, 0)]


def test_the_better_of_two_rivals_gets_the_row() -> None:
    pairs = {(0, 0): 5.0, (1, 0): 4.0}
    assert assign(*as_arrays(pairs)).tolist() == [0]


def test_both_find_a_partner_where_the_sum_is_greater() -> None:
    pairs = {(0, 0): 5.0, (0, 1): 4.0, (1, 0): 4.5}
    chosen = assign(*as_arrays(pairs))
    assert {list(pairs)[k] for k in chosen} == {(0, 1), (1, 0)}


def test_a_pair_that_speaks_against_one_person_is_never_chosen() -> None:
    assert assign(*as_arrays({(0, 0): -0.1, (1, 1): 0.0})).tolist() == []


def test_no_pairs_give_no_links() -> None:
    empty = np.array([], dtype=np.int64)
    assert assign(empty, empty, empty.astype(float)).tolist() == []
    assert marginals(empty, empty, empty.astype(float)).tolist() == []


def test_one_pair_alone_is_as_probable_as_its_odds() -> None:
    assert marginals(*as_arrays({(0, 0): float(np.log(3))})) == pytest.approx([0.75])


# Two rivals for one row, odds 3 and 1 against none: 3 / (1 + 3 + 1) and 1 / (1 + 3 + 1).
def test_rivals_share_what_one_row_has() -> None:
    found = marginals(*as_arrays({(0, 0): float(np.log(3)), (1, 0): 0.0}))
    assert found == pytest.approx([0.6, 0.2], abs=1e-4)


def test_two_rivals_equally_certain_have_half_each() -> None:
    found = marginals(*as_arrays({(0, 0): 40.0, (1, 0): 40.0}))
    assert found == pytest.approx([0.5, 0.5], abs=1e-4)


def test_a_rival_with_a_partner_of_its_own_takes_little() -> None:
    pairs = {(0, 0): 10.0, (1, 0): 10.0, (1, 1): 20.0}
    assert marginals(*as_arrays(pairs)) == pytest.approx(exact_marginals(pairs), abs=1e-4)
    assert marginals(*as_arrays(pairs))[0] > 0.99


weights = st.floats(-6, 6, allow_nan=False)
tables = st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), weights, max_size=9)


@settings(max_examples=150, deadline=None)
@given(tables)
def test_no_other_matching_is_heavier(pairs: Pairs) -> None:
    chosen = [list(pairs)[k] for k in assign(*as_arrays(pairs))]
    assert tuple(sorted(chosen)) in {tuple(sorted(m)) for m in every_matching(pairs)}
    best = max(sum(pairs[p] for p in m) for m in every_matching(pairs))
    assert sum(pairs[p] for p in chosen) == pytest.approx(best)


@settings(max_examples=80, deadline=None)
@given(tables)
def test_a_large_group_is_solved_like_a_small_one(pairs: Pairs) -> None:
    before = assignment.LARGEST_DENSE
    dense = assign(*as_arrays(pairs))
    try:
        assignment.LARGEST_DENSE = 0
        sparse = assign(*as_arrays(pairs))
    finally:
        assignment.LARGEST_DENSE = before
    values = np.array(list(pairs.values()))
    assert values[sparse].sum() == pytest.approx(values[dense].sum())


@settings(max_examples=80, deadline=None)
@given(tables, st.randoms())
def test_the_order_of_the_pairs_changes_nothing(pairs: Pairs, random: object) -> None:
    items = list(pairs.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    shuffled = dict(items)
    assert {list(pairs)[k] for k in assign(*as_arrays(pairs))} == {list(shuffled)[k] for k in assign(*as_arrays(shuffled))}
    again = dict(zip(shuffled, marginals(*as_arrays(shuffled)), strict=True))
    assert [again[p] for p in pairs] == pytest.approx(list(marginals(*as_arrays(pairs))), abs=1e-5)


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.floats(-40, 40), max_size=9))
def test_no_row_is_promised_to_more_than_one(pairs: Pairs) -> None:
    left, right, odds = as_arrays(pairs)
    found = marginals(left, right, odds)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    for rows in (left, right):
        assert (np.bincount(rows, found) <= 1 + 1e-9).all() if len(rows) else True


# A tree of pairs has no cycle: there the messages are exact.
@settings(max_examples=80, deadline=None)
@given(st.lists(weights, min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_marginals_are_exact_without_cycles(odds: list[float], random: object) -> None:
    pairs: Pairs = {}
    nodes = [(0, 0)]
    counts = [1, 0]
    for value in odds:
        side, row = nodes[random.randrange(len(nodes))]  # type: ignore[attr-defined]
        other = 1 - side
        new = counts[other]
        counts[other] += 1
        nodes.append((other, new))
        pairs[(row, new) if side == 0 else (new, row)] = value
    assert list(marginals(*as_arrays(pairs))) == pytest.approx(exact_marginals(pairs), abs=1e-4)


def test_marginals_are_close_on_a_square() -> None:
    pairs = {(0, 0): 3.0, (0, 1): 1.0, (1, 0): 0.5, (1, 1): 2.0}
    assert list(marginals(*as_arrays(pairs))) == pytest.approx(exact_marginals(pairs), abs=0.05)
