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

CERTAIN = 10.0
"""The most that one pair says, in bits."""
SURE, TRUST = 2.0, 0.7
"""Bits above which a weight counts in part only, and that part: what agrees is not independent, and sure pairs are less sure than
they look. Measured on worlds with known truth, where pairs of 8 bits are right as often as 6 bits promise."""
WEIGHT_DOUBT, UNCHECKED = 0.5, 1.4
"""Standard deviations, in bits, of what all weights may be off by together: always, and besides where no sure pairs tell how
right they are, as in two lists that share no dates."""
USUAL_DOUBT = 0.7
"""Standard deviation of the logarithm of the share that is missed where no sure pairs tell."""
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
    new: Numbers
    unseen_sum: float
    spread: float


def temper(weight: Numbers) -> Numbers:
    """Return weights with less trust in the high ones: what agrees is not independent (:data:`TRUST`)."""
    return np.where(weight > SURE, SURE + (weight - SURE) * TRUST, weight)


def make_graph(count: int, left: Rows, right: Rows, weight: Numbers, barred: Flags) -> Graph:
    """Return the neighbours of every report.

    Parameters
    ----------
    count
        Number of reports.
    left, right, weight, barred
        Pairs: rows, log2 of the odds (prior included), and whether they cannot be one person.
    """
    odds = np.exp2(np.clip(weight, -40.0, CERTAIN)).astype(np.float32)
    return Graph(*_neighbours(count, left.astype(np.int32), right.astype(np.int32), odds, np.asarray(barred, bool)))


@numba.njit(cache=True)
def _neighbours(count, left, right, odds, barred):  # type: ignore[no-untyped-def]
    start = np.zeros(count + 1, np.int64)
    for at in range(len(left)):
        start[left[at] + 1] += 1
        start[right[at] + 1] += 1
    for at in range(count):
        start[at + 1] += start[at]
    free = start[:-1].copy()
    neighbour = np.empty(2 * len(left), np.int32)
    value = np.empty(2 * len(left), np.float32)
    shut = np.empty(2 * len(left), np.bool_)
    for at in range(len(left)):
        for a, b in ((left[at], right[at]), (right[at], left[at])):
            neighbour[free[a]] = b
            value[free[a]] = odds[at]
            shut[free[a]] = barred[at]
            free[a] += 1
    return start, neighbour, value, shut


@numba.njit(cache=True)
def _draw(start, neighbour, odds, barred, order, chance, missed, window, named, scales, factors, prior):  # type: ignore[no-untyped-def]
    """Place reports one after the other; return groups, who is unseen, and the sums of the chances of new and unseen.

    The first of the scales (of what is missed) and of the factors (of all odds) is what reports are placed by; of the others only
    the chances of being new are summed up, had they been so.
    """
    count = len(order)
    group = np.full(count, -1, np.int32)
    unseen = np.zeros(count, np.bool_)
    shut = np.full(count, -1, np.int32)
    new, rate = np.zeros(len(scales)), np.ones(len(scales))
    hidden, spread, placed = 0.0, 0.0, 0
    learning = max(100.0, 0.03 * count)
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
        step = min(1.0, max(window, 1.0 / (at + 2.0)))
        first, whole, worth = 0.0, 0.0, 1.0
        for one in range(len(scales)):
            known = (1.0 - rate[one]) / max(rate[one], 0.02)
            lost = min(missed[i] * scales[one], 0.9) * known
            each = factors[one]
            if prior > 0.0 and at > learning:
                each *= min(max(known / (placed * prior), 0.1), 1.0)
            sum_of = 1.0 + total * each + lost
            fresh = 1.0 / sum_of
            new[one] += fresh
            rate[one] += (fresh - rate[one]) * step
            if one == 0:
                first, whole, worth = lost, sum_of, each
                hidden += lost / sum_of
                spread += fresh * (1.0 - fresh)
        placed += 1
        drawn = chance[at] * whole
        group[i] = i
        if drawn < 1.0 + first:
            unseen[i] = drawn >= 1.0
            continue
        drawn -= 1.0 + first
        for k in range(start[i], start[i + 1]):
            if not barred[k] and group[neighbour[k]] >= 0 and neighbour[k] != i and shut[group[neighbour[k]]] != i:
                drawn -= odds[k] * worth
                if drawn <= 0.0:
                    group[i] = group[neighbour[k]]
                    break
    for i in range(count):
        if group[i] < 0:
            group[i] = i
    return group, unseen, new, hidden, spread


def draw_partition(
    graph: Graph,
    missed: Numbers,
    named: Flags,
    chance: np.random.Generator,
    variants: tuple[tuple[float, float], ...] = ((1.0, 0.0),),
    prior: float = 0.0,
) -> Draw:
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
    variants
        What the missed shares are multiplied by, and what is added to all weights in bits: the first is drawn by; of the others
        the expected number of people is given as well.
    prior
        The odds that two reports drawn at random are about one person, which all weights hold. A person of many reports has as
        many pairs with the next one: so that these do not say the same thing many times over, the odds are taken out, and put in
        are those that the next report is about any one earlier report's person, as far as the draw has come. Nought where the
        weights hold those already.
    """
    count = len(graph.start) - 1
    order = chance.permutation(count).astype(np.int32)
    window = max(_WINDOW, 20.0 / max(count, 1))
    scales, bits = (np.array(values, float) for values in zip(*variants, strict=True))
    shares, flags = np.asarray(missed, np.float64), np.asarray(named, bool)
    return Draw(*_draw(*graph, order, chance.random(count), shares, window, flags, scales, np.exp2(bits), prior))


def expect_people(
    count: int,
    left: Rows,
    right: Rows,
    weight: Numbers,
    barred: Flags,
    named: Flags,
    missed: Missed,
    *,
    prior: float = 0.0,
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
    prior
        As for :func:`draw_partition`.
    orders
        How many random orders are averaged.
    seed
        Of orders and draws.
    """
    graph = make_graph(count, left, right, weight, barred)
    doubt = float(np.exp(np.hypot(missed.doubt, MISSED_DOUBT)))
    bits = float(np.hypot(WEIGHT_DOUBT, UNCHECKED * min(missed.doubt / USUAL_DOUBT, 1.0)))
    variants = ((1.0, 0.0), (0.0, 0.0), (doubt, 0.0), (1 / doubt, 0.0), (1.0, bits), (1.0, -bits))
    chance = np.random.default_rng(seed)
    draws = [draw_partition(graph, missed.share, named, chance, variants, prior) for _ in range(orders)]
    people, plain, more, less, up, down = (float(number) for number in np.mean([draw.new for draw in draws], axis=0))
    unseen, spread = (float(np.mean([getattr(draw, name) for draw in draws])) for name in ("unseen_sum", "spread"))
    low = float(np.sqrt((people - more) ** 2 + (people - up) ** 2 + spread)) * 1.96
    high = float(np.sqrt((less - people) ** 2 + (down - people) ** 2 + spread)) * 1.96
    reports = int(np.asarray(named, bool).sum())
    floor = min(people, 1.0)
    return Expected(people, max(people - low, floor), min(people + high, float(reports)), reports, plain, unseen)
