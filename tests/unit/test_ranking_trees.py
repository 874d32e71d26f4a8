"""The sum of the ranking's trees, which asks all their questions at once."""

from __future__ import annotations

import random

import numpy
import pytest

from cenotaph.extract.claims.ranking import Trees

_SMALL = {"feature": [0, 1, 0, 0, 0], "threshold": [0.5, 2.0, 0.0, 0.0, 0.0], "left": [1, 3, 2, 3, 4], "right": [2, 4, 2, 3, 4],
          "value": [0.0, 0.0, 0.25, -1.0, 4.0]}  # fmt: skip
_LEAF = {"feature": [0], "threshold": [0.0], "left": [0], "right": [0], "value": [0.5]}


def walk(tree: dict[str, list[float]], row: list[float]) -> float:
    node = 0
    while tree["left"][node] != node:
        low = row[int(tree["feature"][node])] <= tree["threshold"][node]
        node = int(tree["left" if low else "right"][node])
    return tree["value"][node]


def test_the_sum_of_the_trees_is_what_walking_down_each_gives() -> None:
    chance = random.Random(7)
    rows = [[chance.choice((0.0, 0.5, 0.6, 1.0)), chance.choice((1.0, 2.0, 2.5))] for _ in range(50)]
    trees = [_SMALL, _LEAF, {**_SMALL, "threshold": [0.55, 1.5, 0.0, 0.0, 0.0]}]
    found = Trees(["one", "two"], trees).weigh(numpy.array(rows))
    assert found.tolist() == [sum(walk(tree, row) for tree in trees) for row in rows]
    assert len(set(found.tolist())) > 3


def test_a_tree_with_more_questions_than_a_byte_holds_is_refused() -> None:
    count = 9
    deep = {
        "feature": [0.0] * (2 * count + 1),
        "threshold": [float(at) for at in range(2 * count + 1)],
        "left": [float(at + count + 1) for at in range(count)] + [float(at) for at in range(count, 2 * count + 1)],
        "right": [float(at + 1) for at in range(count)] + [float(at) for at in range(count, 2 * count + 1)],
        "value": [0.0] * (2 * count + 1),
    }
    with pytest.raises(ValueError, match="asks 9 questions"):
        Trees(["one"], [deep])
