"""Defending a figure: a seeded sample of its members to check again, and once checked, how many may be wrong."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cenotaph.domain.errors import ValueFormatError


@dataclass(frozen=True, slots=True)
class Sample:
    """Members drawn to be checked again.

    Parameters
    ----------
    members
        Their ids, in the order in which they were drawn.
    of
        How many members the figure has.
    seed
        Of the draw: the same figure and seed give the same sample.
    """

    members: tuple[str, ...]
    of: int
    seed: int


@dataclass(frozen=True, slots=True)
class Error:
    """What a checked sample says of the whole figure.

    Parameters
    ----------
    checked, wrong
        Members checked, and those found wrong.
    low, high
        Fewest and most members of the figure that may be wrong, at 95 per cent.
    of
        How many members the figure has.
    """

    checked: int
    wrong: int
    low: int
    high: int
    of: int


def draw_sample(members: Sequence[str], size: int, seed: int) -> Sample:
    """Draw members without replacement; all of them where there are no more than ``size``.

    Parameters
    ----------
    members
        Ids; their order does not matter.
    size
        How many to draw, from 1.
    """
    ordered = sorted(members)
    chosen = random.Random(seed).sample(ordered, min(size, len(ordered)))
    return Sample(tuple(chosen), len(ordered), seed)


def measure_error(sample: Sample, right: Mapping[str, bool]) -> Error:
    """Return how many members of a figure may be wrong, from those of a sample that were checked.

    The interval inverts the hypergeometric distribution, tail by tail at 2.5 per cent (Wright, 1991, Exact confidence bounds
    when sampling from small finite universes): it is exact for draws without replacement, and never narrower than it should be.

    Parameters
    ----------
    right
        Whether each checked member is rightly counted; members of the sample that are not named were not checked.

    Raises
    ------
    ValueFormatError
        Nobody of the sample was checked, or somebody who is not in it: the others would be no random draw.
    """
    stray = sorted(set(right) - set(sample.members))
    if stray:
        raise ValueFormatError(f"{stray[0]} is not in the sample.", "Check those who were drawn, with this seed and size.")
    if not right:
        raise ValueFormatError("Nobody of the sample was checked.", "Give a line for each member that was checked.")
    if len(right) < len(sample.members):
        first = sample.members[: len(right)]
        if set(first) != set(right):
            raise ValueFormatError(
                "The members that were checked are not the first ones drawn.",
                "Check them in the order in which they were drawn: otherwise who was easy to check decides.",
            )
    checked, wrong = len(right), sum(not answer for answer in right.values())
    return Error(checked, wrong, _lowest(sample.of, checked, wrong), _highest(sample.of, checked, wrong), sample.of)


def _lowest(of: int, checked: int, wrong: int) -> int:
    """Return the fewest wrong members under which so many wrong in the sample are not too improbable."""
    from scipy.stats import hypergeom

    low, high = wrong, of - (checked - wrong)
    while low < high:
        middle = (low + high) // 2
        if float(hypergeom.sf(wrong - 1, of, middle, checked)) > 0.025:
            high = middle
        else:
            low = middle + 1
    return low


def _highest(of: int, checked: int, wrong: int) -> int:
    from scipy.stats import hypergeom

    low, high = wrong, of - (checked - wrong)
    while low < high:
        middle = (low + high + 1) // 2
        if float(hypergeom.cdf(wrong, of, middle, checked)) > 0.025:
            low = middle
        else:
            high = middle - 1
    return low
