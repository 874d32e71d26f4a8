"""How many people the reports are about, and samples of who is whose: linkage with its doubt kept.

Reports are taken in a random order. Each is about the person of an earlier report, in proportion to the odds of that pair, or
about somebody whom linkage could not recognise among the earlier ones, or about somebody new. Who contradicts a member of a group
does not join it. The expected number of people is the sum of the probabilities of being new, averaged over orders. No threshold
decides, and nothing is merged twice: a report that fits two people is one of the two and does not make them one.

Sources: Blei and Frazier 2011, *Distance dependent Chinese restaurant processes* (partitions from each item's choice of another);
Sadinle 2018 (estimates that carry linkage); Good 1953 (the chance that the next is new falls as the sample grows).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

CERTAIN = 8.0
"""The most that one pair says, in bits: families and namesakes make one in some hundreds of the surest pairs wrong."""
SURE, TRUST = 2.0, 0.6
"""Bits above which a weight counts in part only, and that part: what agrees is not independent, and sure pairs are less sure than
they look. Measured on worlds with known truth, where pairs of 8 bits are right as often as 6 bits promise."""
WEIGHT_DOUBT = 0.5
"""Standard deviation, in bits, of what all weights may be off by together."""
MISSED_DOUBT = 0.15
"""Standard deviation of the logarithm of the share that is missed, over what counting it gives: it was counted on other pairs."""
ORDERS = 6
_WINDOW = 0.01


class Graph(NamedTuple):
    """Pairs as neighbours of each report: where they begin, who they are, their odds, and whether they exclude each other."""

    start: npt.NDArray[np.int64]
    neighbour: Rows
    odds: npt.NDArray[np.float32]
    barred: Flags


@dataclass(frozen=True, slots=True)
class Missed:
    """How probable it is that linkage does not recognise a report's person among the others.

    Parameters
    ----------
    share
        For each report: the probability, given that another report is about the same person.
    doubt
        Standard deviation of the logarithm of all shares together, from how few they were counted on.
    counted
        On how many reports they were counted.
    """

    share: Numbers
    doubt: float
    counted: int


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected number of people.

    Parameters
    ----------
    people, low, high
        Expected number, and the 95% interval.
    reports
        Reports that it is about: those that name somebody.
    recognised
        The number that would be expected if linkage missed nobody.
    missed
        Reports that are expected to be about somebody already known and were not recognised.
    """

    people: float
    low: float
    high: float
    reports: int
    recognised: float
    missed: float


class Draw(NamedTuple):
    """One partition: a group for each report, which are about an earlier person that is not shown, and sums of chances."""

    group: Rows
    unseen: Flags
    new: float
    unseen_sum: float
    spread: float


def temper(weight: Numbers) -> Numbers:
    """Return weights with less trust in the high ones: what agrees is not independent (:data:`TRUST`)."""
    return np.where(weight > SURE, SURE + (weight - SURE) * TRUST, weight)


def make_graph(count: int, left: Rows, right: Rows, weight: Numbers, barred: Flags, shift: float = 0.0) -> Graph:
    """Return the neighbours of every report.

    Parameters
    ----------
    count
        Number of reports.
    left, right, weight, barred
        Pairs: rows, log2 of the odds (prior included), and whether they cannot be one person.
    shift
        What is added to all weights, in bits.
    """
    both = np.concatenate([left, right])
    order = np.argsort(both, kind="stable")
    start = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(both, minlength=count), out=start[1:])
    edge = order % max(len(left), 1)
    odds = np.exp2(np.clip(weight + shift, -40.0, CERTAIN)).astype(np.float32)
    return Graph(start, np.concatenate([right, left])[order].astype(np.int32), odds[edge], np.asarray(barred, bool)[edge])


@numba.njit(cache=True)
def _draw(start, neighbour, odds, barred, order, chance, missed, window, named):  # type: ignore[no-untyped-def]
    """Place reports one after the other; return groups, who is unseen, and the sums of the chances of new and unseen."""
    count = len(order)
    group = np.full(count, -1, np.int32)
    unseen = np.zeros(count, np.bool_)
    shut = np.full(count, -1, np.int32)
    new, hidden, spread, rate = 0.0, 0.0, 0.0, 1.0
    for at in range(count):
        i = order[at]
        if not named[i]:
            continue  # Its group stays open until the end, so that nobody joins it.
        for k in range(start[i], start[i + 1]):
            if barred[k] and group[neighbour[k]] >= 0:
                shut[group[neighbour[k]]] = i
        total = 0.0
        for k in range(start[i], start[i + 1]):
            if not barred[k] and group[neighbour[k]] >= 0 and shut[group[neighbour[k]]] != i:
                total += odds[k]
        lost = missed[i] * (1.0 - rate) / max(rate, 0.02)
        whole = 1.0 + total + lost
        fresh = 1.0 / whole
        new += fresh
        hidden += lost / whole
        spread += fresh * (1.0 - fresh)
        rate += (fresh - rate) * max(window, 1.0 / (at + 2.0))
        drawn = chance[at] * whole
        group[i] = i
        if drawn < 1.0 + lost:
            unseen[i] = drawn >= 1.0
            continue
        drawn -= 1.0 + lost
        for k in range(start[i], start[i + 1]):
            if not barred[k] and group[neighbour[k]] >= 0 and neighbour[k] != i and shut[group[neighbour[k]]] != i:
                drawn -= odds[k]
                if drawn <= 0.0:
                    group[i] = group[neighbour[k]]
                    break
    for i in range(count):
        if group[i] < 0:
            group[i] = i
    return group, unseen, new, hidden, spread


def draw_partition(graph: Graph, missed: Numbers, named: Flags, chance: np.random.Generator) -> Draw:
    """Draw one partition of the reports.

    Parameters
    ----------
    graph
        The pairs.
    missed
        For each report, the probability that its person is not recognised among the others.
    named
        Which reports name somebody; the others stand alone and count as nobody.
    chance
        The random generator.
    """
    count = len(graph.start) - 1
    order = chance.permutation(count).astype(np.int32)
    window = max(_WINDOW, 20.0 / max(count, 1))
    return Draw(*_draw(*graph, order, chance.random(count), np.asarray(missed, np.float64), window, np.asarray(named, bool)))


def expect_people(
    count: int,
    left: Rows,
    right: Rows,
    weight: Numbers,
    barred: Flags,
    named: Flags,
    missed: Missed,
    *,
    orders: int = ORDERS,
    seed: int = 1,
) -> Expected:
    """Return the expected number of people with its interval.

    The interval holds what is not known of the model: whether all weights are too low or too high together, and how many reports
    are missed; beside these, what one draw differs from another hardly counts.

    Parameters
    ----------
    count, left, right, weight, barred
        As for :func:`make_graph`.
    named
        Which reports name somebody.
    missed
        What linkage does not recognise.
    orders
        How many random orders are averaged.
    seed
        Of orders and draws.
    """
    graph = make_graph(count, left, right, weight, barred)

    def mean(graph: Graph, scale: float, times: int) -> tuple[float, float, float]:
        chance = np.random.default_rng(seed)
        share = np.clip(missed.share * scale, 0.0, 0.9)
        draws = [draw_partition(graph, share, named, chance) for _ in range(times)]
        return tuple(float(np.mean([getattr(d, name) for d in draws])) for name in ("new", "unseen_sum", "spread"))  # type: ignore[return-value]

    people, unseen, spread = mean(graph, 1.0, orders)
    doubt = float(np.hypot(missed.doubt, MISSED_DOUBT))
    few = max(orders // 3, 1)
    plain, _, _ = mean(graph, 0.0, few)
    base, _, _ = mean(graph, 1.0, few)
    more, _, _ = mean(graph, float(np.exp(doubt)), few)
    less, _, _ = mean(graph, float(np.exp(-doubt)), few)
    up, _, _ = mean(make_graph(count, left, right, weight, barred, WEIGHT_DOUBT), 1.0, few)
    down, _, _ = mean(make_graph(count, left, right, weight, barred, -WEIGHT_DOUBT), 1.0, few)
    low = float(np.sqrt((base - more) ** 2 + (base - up) ** 2 + spread)) * 1.96
    high = float(np.sqrt((less - base) ** 2 + (down - base) ** 2 + spread)) * 1.96
    reports = int(np.asarray(named, bool).sum())
    floor = min(people, 1.0)
    return Expected(
        people, max(people - low, floor), min(people + high, float(reports)), reports, people + (plain - base), unseen
    )
