"""Reviewers' words that contradict each other through a third report: what is done, and what is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow as pa

    Pairs = npt.NDArray[np.int32]


def settle_words(same: Pairs, different: Pairs) -> tuple[Pairs, Pairs]:
    """Return the words "same" that can be done, and those that cannot, since "different" forbids what they would bring together.

    Parameters
    ----------
    same, different
        Pairs of rows, the older words first: of several that together would break a "different", the last is not done.
    """
    chief: dict[int, int] = {}
    members: dict[int, set[int]] = {}
    apart: dict[int, set[int]] = {}
    for one, two in different.tolist():
        apart.setdefault(one, set()).add(two)
        apart.setdefault(two, set()).add(one)
    done = np.zeros(len(same), dtype=bool)
    for at, (one, two) in enumerate(same.tolist()):
        here, there = chief.setdefault(one, one), chief.setdefault(two, two)
        left, right = members.setdefault(here, {here}), members.setdefault(there, {there})
        if here != there and any(not apart.get(row, set()).isdisjoint(right) for row in left):
            continue
        done[at] = True
        if here != there:
            left |= members.pop(there)
            chief |= dict.fromkeys(right, here)
    return same[done], same[~done]


def put_undone(queue: pa.Table, edges: pa.Table, ids: pa.ChunkedArray, undone: Pairs, prior: float) -> pa.Table:
    """Return the queue with the words that were not done in front, with the cause ``judgement``.

    Parameters
    ----------
    edges
        The edges, for the weight of such a pair.
    undone
        Pairs of rows.
    prior
        The weight of a pair that was not compared.
    """
    import pyarrow as pa

    if not len(undone):
        return queue
    known = {
        (row["left_id"], row["right_id"]): (row["weight"], row["probability"])
        for row in edges.select(["left_id", "right_id", "weight", "probability"]).to_pylist()
    }
    asked: dict[tuple[str, str], dict[str, object]] = {}
    for left, right in np.sort(undone, axis=1).tolist():
        pair = (ids[left].as_py(), ids[right].as_py())
        weight, probability = known.get(pair, (round(prior, 6), round(1 / (1 + 2**-prior), 6)))
        values = (*pair, weight, probability, "judgement", "judgement", 1.0)
        asked[pair] = dict(zip(queue.schema.names, values, strict=True))
    rest = [
        (left, right) not in asked
        for left, right in zip(*(queue[side].to_pylist() for side in ("left_id", "right_id")), strict=True)
    ]
    return pa.concat_tables([pa.Table.from_pylist(list(asked.values()), queue.schema), queue.filter(pa.array(rest, pa.bool_()))])
