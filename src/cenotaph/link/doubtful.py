"""Whose person is in doubt: reports that say too little to tell whose of several people they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cenotaph.link.clustering import OPEN, VETOED

if TYPE_CHECKING:
    from cenotaph.link.scoring import Pairs

    Rows = npt.NDArray[np.int32]
    Numbers = npt.NDArray[np.float64]
    Codes = npt.NDArray[np.int8]

RICHER = 2.0
"""Bits by which somebody must say more than a group of several reports for the group to be in doubt because of him."""


def belong_alone(group: Rows, pairs: Pairs, probability: Numbers, fate: Codes, said: Numbers, order: Rows) -> Numbers:
    """Return for every report how probable it is that it belongs to nobody else than it was given to.

    An edge between two people is a doubt about the one of them who says less: who is fully described is himself, whatever bare
    reports may be about him. Of two who say equally much, it is a doubt about the second in order.

    Parameters
    ----------
    group
        The group of every report.
    pairs, probability, fate
        The compared pairs, how probable each is, and what became of it.
    said
        How much every report says of who its person is, in bits.
    order
        Every report's place in the order of ids.
    """
    best = _most(group, said)
    left, right = group[pairs.left], group[pairs.right]
    at = np.flatnonzero((left != right) & (fate != VETOED))
    one, two = best[pairs.left[at]], best[pairs.right[at]]
    poorer_left = (one < two) | ((one == two) & (order[pairs.left[at]] > order[pairs.right[at]]))
    poorer = np.where(poorer_left, pairs.left[at], pairs.right[at])
    logs = np.zeros(len(group))
    np.add.at(logs, poorer, np.log1p(-np.minimum(probability[at], 1 - 1e-12)))
    return np.asarray(np.exp(logs), np.float64)


def dissolve(
    group: Rows, pairs: Pairs, weight: Numbers, fate: Codes, said: Numbers, least: float, bound: Rows
) -> tuple[Rows, Codes]:
    """Return groups and fates without groups of bare reports that may be of any of several richer people.

    Two reports of a common name agree with each other as well as with every namesake: they are no person of their own.

    Parameters
    ----------
    least
        The weight of an edge from which it would join.
    bound
        Reports that a person has said to be one with another: their groups stay.
    """
    best = _most(group, said)
    left, right = group[pairs.left], group[pairs.right]
    strong = (left != right) & (fate == OPEN) & (weight >= least)
    torn = np.zeros(len(group), dtype=bool)
    for here, there in ((left, right), (right, left)):
        at = np.flatnonzero(strong & (best[here] + RICHER < best[there]))
        rivals = np.unique(np.stack([here[at], there[at]], axis=1), axis=0) if len(at) else np.zeros((0, 2), np.int32)
        torn |= np.bincount(rivals[:, 0], minlength=len(group)) >= 2
    torn[group[bound]] = False
    out: Rows = np.where(torn[group], np.arange(len(group)), group).astype(np.int32)
    return out, np.where((left == right) & torn[left], OPEN, fate).astype(np.int8)


def _most(group: Rows, said: Numbers) -> Numbers:
    """Return for every report how much the report of its group says that says most."""
    best = np.full(len(group), -np.inf)
    np.maximum.at(best, group, said)
    return np.asarray(best[group], np.float64)
