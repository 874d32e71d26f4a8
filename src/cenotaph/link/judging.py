"""Reviewers' words that contradict each other through a third report: what is done, and what is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cenotaph.domain.errors import InputError
from cenotaph.link.tables import judgements_schema

if TYPE_CHECKING:
    import pyarrow as pa

    Pairs = npt.NDArray[np.int32]


def read_words(judgements: pa.Table | None, ids: pa.ChunkedArray) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.int32]], ...]:
    """Return the pairs of rows that reviewers have said to be the same, and different, and "same" that is left undone.

    "Different" forbids. Of the words "same" that would bring two people together who are said to be different, the last is left
    undone: it is a question to a reviewer, and stops no run.

    Raises
    ------
    InputError
        A judgement names a report that is not there, or a pair is said to be both.
    """
    import pyarrow.compute as pc

    judgements = judgements if judgements is not None else judgements_schema().empty_table()
    rows = []
    for side in ("left_id", "right_id"):
        at = pc.index_in(judgements[side], ids.combine_chunks())
        if at.null_count:
            missing = judgements[side].filter(pc.is_null(at))[0].as_py()
            raise InputError(
                f"A judgement names the report {missing[:80]!r}, which is not in the table.", "Take it out of the judgements."
            )
        rows.append(at.to_numpy())
    both = np.stack(rows, axis=1).astype(np.int32).reshape(-1, 2)
    is_same = judgements["same"].to_numpy().astype(bool)
    same, different = both[is_same], both[~is_same]
    said = {tuple(sorted(pair)) for pair in same.tolist()}
    for pair in different.tolist():
        if tuple(sorted(pair)) in said:
            left, right = (ids[at].as_py() for at in pair)
            raise InputError(
                f"Judgements say of {left!r} and {right!r} both that they are the same and not.", "Leave one of them away."
            )
    kept, undone = settle_words(same, different)
    return kept, different, undone


def add_words(before: pa.Table, new: pa.Table | None, gone: pa.Array | None = None) -> pa.Table:
    """Return all words that hold, the older ones first: of a pair the last one, and none on reports that are gone.

    Parameters
    ----------
    before, new
        Words as :func:`cenotaph.link.reading.read_judgements` gives them.
    gone
        Ids of reports that no longer count.
    """
    import pyarrow as pa

    lost = set(gone.to_pylist()) if gone is not None else set()
    said: dict[frozenset[str], dict[str, object]] = {}
    for row in [*before.to_pylist(), *(new.to_pylist() if new is not None else ())]:
        pair = frozenset((row["left_id"], row["right_id"]))
        if pair.isdisjoint(lost):
            if pair in said and said[pair]["same"] != row["same"]:
                del said[pair]  # A word that was changed is a new one.
            said.setdefault(pair, {**row, "reason": None})
    return pa.Table.from_pylist(list(said.values()), judgements_schema())


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
