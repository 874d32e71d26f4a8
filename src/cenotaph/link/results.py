"""What a linkage gives out: people, edges, and the queue of what a person should look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cenotaph.domain.canonical import content_id
from cenotaph.link.tables import RESOLVED, UNRESOLVED, VETO_CAUSES, edges_schema, people_schema

if TYPE_CHECKING:
    import pyarrow as pa

    from cenotaph.link.scoring import Pairs

    Weights = np.ndarray[tuple[int], np.dtype[np.float64]]
    Codes = np.ndarray[tuple[int], np.dtype[np.int8]]
    Rows = np.ndarray[tuple[int, int], np.dtype[np.int32]]
    Ends = np.ndarray[tuple[int], np.dtype[np.int32]]
    Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

LEAST_SHOWN = 0.01
"""Probability below which an edge that nothing forbids is not worth a row."""
DOUBT = 0.5
"""A report that stands alone is unresolved where it is as likely as this to belong to others."""


def name_people(
    ids: pa.ChunkedArray,
    groups: object,
    pairs: Pairs,
    probability: Weights,
    fate: Codes,
    said: Weights,
    nameless: Flags,
    same: Rows,
) -> pa.Table:
    """Return people: an id for every group from the first of its reports' ids, how sure, and whether the report is resolved.

    ``same`` are pairs that a person has said to be one: these are sure.
    """
    import pyarrow as pa

    from cenotaph.link.clustering import IMPLIED, JOINED
    from cenotaph.link.doubtful import belong_alone

    group_of = np.asarray(groups)
    count = len(group_of)
    inside = (fate == JOINED) | (fate == IMPLIED)
    best = np.zeros(count)
    for side in (pairs.left, pairs.right):
        np.maximum.at(best, side[inside], probability[inside])
    best[same.ravel()] = 1.0
    order = np.argsort(np.asarray(ids.to_pylist(), dtype=object), kind="stable") if count else np.zeros(0, dtype=np.int64)
    place = np.empty(count, dtype=np.int32)
    place[order] = np.arange(count)
    alone = belong_alone(group_of, pairs, probability, fate, said, place)
    size = np.bincount(group_of, minlength=count)[group_of] if count else np.zeros(0, dtype=np.int64)
    sure = np.where(size > 1, np.where(best > 0, best, 1.0), alone)
    vague = nameless | (alone < DOUBT) | (said < 0)
    first = np.full(count, -1, dtype=np.int64)
    first[group_of[order[::-1]]] = order[::-1]  # The last to be written is the first in order.
    texts = ids.to_pylist()
    names = {at: content_id("person", texts[at]) for at in np.unique(first[group_of]).tolist()} if count else {}
    return pa.table(
        [
            ids,
            pa.array([names[at] for at in first[group_of].tolist()], pa.string()),
            pa.array(np.round(sure, 6)),
            pa.array([RESOLVED, UNRESOLVED]).take(pa.array(((size == 1) & vague).astype(np.int8))),
        ],
        schema=people_schema(),
    )


class Shown(NamedTuple):
    """The edges that are worth a row, in no order; ``bound`` are those that a person has said to be of one person."""

    left: Ends
    right: Ends
    weight: Weights
    probability: Weights
    veto: Codes
    fate: Codes
    bound: Flags


def choose_edges(
    count: int, pairs: Pairs, weight: Weights, probability: Weights, veto: Codes, fate: Codes, same: Rows, prior: float
) -> Shown:
    """Return the edges that are worth a row.

    Parameters
    ----------
    count
        Number of reports.
    same
        Pairs that a person has said to be one: each has a row, with probability 1 and the cause ``judgement``.
    prior
        The weight of such a pair that was not compared.
    """
    from cenotaph.link.clustering import IMPLIED, JOINED

    told = np.unique(np.sort(same, axis=1), axis=0)
    bound = np.zeros(len(pairs.left), bool)
    asked = np.zeros(count, bool)
    asked[told] = True
    some = np.flatnonzero(asked[pairs.left] & asked[pairs.right])  # Of many millions of pairs few can be meant.
    keys, said_keys = (
        one.astype(np.int64) * count + two for one, two in ((pairs.left[some], pairs.right[some]), (told[:, 0], told[:, 1]))
    )
    bound[some] = np.isin(keys, said_keys)
    at = np.flatnonzero(bound | (fate == JOINED) | (fate == IMPLIED) | (probability >= LEAST_SHOWN))
    more = told[~np.isin(said_keys, keys)]
    codes = np.ones(len(more), np.int8)
    return Shown(
        np.concatenate([pairs.left[at], more[:, 0]]),
        np.concatenate([pairs.right[at], more[:, 1]]),
        np.concatenate([weight[at], np.full(len(more), prior)]),
        np.concatenate([np.where(bound[at], 1.0, probability[at]), np.ones(len(more))]),
        np.concatenate([veto[at], 0 * codes]),
        np.concatenate([fate[at], IMPLIED * codes]),
        np.concatenate([bound[at], np.ones(len(more), bool)]),
    )


def list_edges(ids: pa.ChunkedArray, shown: Shown) -> pa.Table:
    """Return edges as a table, the heaviest first."""
    import pyarrow as pa

    from cenotaph.link.clustering import IMPLIED, JOINED, REFUSED
    from cenotaph.link.traits import JUDGEMENT
    from cenotaph.link.vetoes import cause_name

    order = np.lexsort((shown.right, shown.left, -shown.weight))
    said, why = shown.veto[order], shown.fate[order]
    cause = np.select(
        [shown.bound[order], why == JOINED, why == IMPLIED, said == JUDGEMENT, said > 0, why == REFUSED],
        np.array([2, 0, 1, 2, 3, 4], np.int32),
        np.int32(5),
    )
    causes = pa.array(["joined", "implied", "judgement", "veto", "cluster", "doubt"], pa.string())
    names = pa.array([cause_name(at) for at in range(len(VETO_CAUSES) + 1)], pa.string())
    ids = ids.combine_chunks()
    return pa.table(
        [
            ids.take(pa.array(shown.left[order])),
            ids.take(pa.array(shown.right[order])),
            pa.array(np.round(shown.weight[order], 6)),
            pa.array(np.round(shown.probability[order], 6)),
            names.take(pa.array(said.astype(np.int32))),
            causes.take(pa.array(cause)),
        ],
        schema=edges_schema(),
    )


def make_queue(edges: pa.Table, groups: pa.Table, threshold: float) -> pa.Table:
    """Return the edges that a person should look at, the most valuable first: one for each two groups.

    The value of a question is how far the number of people is expected to move by the answer: the smaller of the
    probabilities of the two answers. An edge that would join and was left in doubt, since another person fits as well, is
    as likely as not.

    Parameters
    ----------
    threshold
        The weight of an edge from which it would join.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    probability = edges["probability"].to_numpy()
    torn = (edges["weight"].to_numpy() >= threshold) & (edges["cause"].to_numpy(zero_copy_only=False) == "doubt")
    value = np.where(torn, 0.5, np.minimum(probability, 1 - probability))
    value = np.where(edges["veto"].is_valid().to_numpy(zero_copy_only=False), probability, value)
    asked = ~np.isin(edges["cause"].to_numpy(zero_copy_only=False), ["implied", "judgement"]) & (value >= LEAST_SHOWN)
    at = np.flatnonzero(asked)
    at = at[np.lexsort((at, -value[at]))]
    of = groups["group"].to_numpy()
    ids = groups["report_id"].combine_chunks() if len(groups) else pa.array([], pa.string())
    sides = [of[pc.index_in(edges[side].take(pa.array(at)), ids).to_numpy().astype(np.int64)] for side in ("left_id", "right_id")]
    keys = (
        np.minimum(*sides).astype(np.int64) * (len(groups) + 1) + np.maximum(*sides) if len(at) else np.zeros(0, dtype=np.int64)
    )
    within = sides[0] == sides[1]
    _, first = np.unique(np.where(within, -at - 1, keys), return_index=True)
    kept = at[np.sort(first)]
    return edges.take(pa.array(kept)).append_column("value", pa.array(np.round(value[kept], 6)))
