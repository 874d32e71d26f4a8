from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cenotaph.link.evaluating import Evaluation, evaluate
from cenotaph.link.posterior import draw_partition, make_graph

letters = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=25)


def measured(rows: list[tuple[int, int]], order: list[int]) -> Evaluation:
    truth = pa.table({"report_id": [str(at) for at in order], "person": [f"p{rows[at][0]}" for at in order]})
    people = pa.table({"report_id": [str(at) for at in range(len(rows))], "person_id": [f"g{group}" for _, group in rows]})
    return evaluate(people, truth, resamples=5)


@settings(max_examples=40, deadline=None)
@given(letters, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_measure(rows: list[tuple[int, int]], chance: object) -> None:
    order = list(range(len(rows)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    straight, mixed = measured(rows, list(range(len(rows)))), measured(rows, order)
    for name in ("precision", "recall", "f1", "cubed_precision", "cubed_recall", "exact", "count_error"):
        one, two = getattr(straight, name).value, getattr(mixed, name).value
        assert one == two or abs(one - two) < 1e-6


@settings(max_examples=40, deadline=None)
@given(letters)
def test_measures_agree_with_going_through_all_pairs(rows: list[tuple[int, int]]) -> None:
    both = found = true = 0
    for at, (person, group) in enumerate(rows):
        for other_person, other_group in rows[:at]:
            both += person == other_person and group == other_group
            found += group == other_group
            true += person == other_person
    measure = measured(rows, list(range(len(rows))))
    assert measure.precision.value == (round(both / found, 6) if found else None)
    assert measure.recall.value == (round(both / true, 6) if true else None)


@settings(max_examples=40, deadline=None)
@example(count=4, pairs=[(1, 3, -7.0, False)], seed=93)  # Few reports: a step longer than one overshot.
@given(
    st.integers(2, 12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(-8, 8), st.booleans()), max_size=40),
    st.integers(0, 1000),
)
def test_a_draw_never_joins_what_is_forbidden_and_only_joins_what_edges_connect(
    count: int, pairs: list[tuple[int, int, float, bool]], seed: int
) -> None:
    edges = {(min(a, b), max(a, b)): (weight, barred) for a, b, weight, barred in pairs if a != b and max(a, b) < count}
    left, right = (np.array([pair[side] for pair in edges], np.int32) for side in (0, 1))
    weight = np.array([value[0] for value in edges.values()], float)
    barred = np.array([value[1] for value in edges.values()], bool)
    graph = make_graph(count, left, right, weight, barred)
    draw = draw_partition(graph, np.full(count, 0.1), np.ones(count, bool), np.random.default_rng(seed))
    linked = {at: {at} for at in range(count)}
    for (a, b), (_, forbidden) in edges.items():
        if forbidden:
            assert draw.group[a] != draw.group[b]
        elif linked[a] is not linked[b]:
            linked[a] |= linked[b]
            for member in linked[b]:
                linked[member] = linked[a]
    for at in range(count):
        assert draw.group[at] in linked[at]
    assert 0 < draw.new[0] <= count
