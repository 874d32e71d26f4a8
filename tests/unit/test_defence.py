"""Samples of a figure's members, and what they say of the whole: against enumeration and by simulation."""

from __future__ import annotations

import random
from math import comb

import pytest

from cenotaph.count.defence import Sample, draw_sample, measure_error
from cenotaph.domain.errors import ValueFormatError

MEMBERS = [f"p{n:03}" for n in range(40)]


def test_a_seed_gives_the_same_sample_whatever_the_order_of_members() -> None:
    shuffled = MEMBERS[::-1]
    assert draw_sample(MEMBERS, 10, 7) == draw_sample(shuffled, 10, 7)
    assert draw_sample(MEMBERS, 10, 7) != draw_sample(MEMBERS, 10, 8)
    assert len(draw_sample(MEMBERS, 99, 7).members) == 40


def exact(of: int, checked: int, wrong: int) -> tuple[int, int]:
    """Return the interval by trying every number of wrong members."""

    def chance(bad: int, found: int) -> float:
        return comb(bad, found) * comb(of - bad, checked - found) / comb(of, checked)

    kept = [
        bad
        for bad in range(wrong, of - (checked - wrong) + 1)
        if sum(chance(bad, k) for k in range(wrong + 1)) > 0.025
        and sum(chance(bad, k) for k in range(wrong, checked + 1)) > 0.025
    ]
    return kept[0], kept[-1]


CASES = [(40, 10, 0), (40, 10, 2), (40, 10, 10), (25, 20, 3), (40, 40, 5), (1, 1, 0)]


@pytest.mark.parametrize(("of", "checked", "wrong"), CASES)
def test_the_interval_is_that_of_trying_every_number(of: int, checked: int, wrong: int) -> None:
    members = tuple(MEMBERS[:checked])
    right = {name: at >= wrong for at, name in enumerate(members)}
    error = measure_error(Sample(members, of, 1), right)
    assert (error.low, error.high) == exact(of, checked, wrong)


def test_the_interval_holds_the_truth_in_at_least_95_of_100_draws() -> None:
    wrong = set(random.Random(1).sample(MEMBERS, 6))
    held = 0
    for seed in range(300):
        sample = draw_sample(MEMBERS, 12, seed)
        error = measure_error(sample, {name: name not in wrong for name in sample.members})
        held += error.low <= 6 <= error.high
    assert held >= 285


def test_a_sample_that_was_not_checked_as_drawn_is_refused() -> None:
    sample = draw_sample(MEMBERS, 10, 7)
    with pytest.raises(ValueFormatError, match="not in the sample"):
        measure_error(sample, {"stranger": True})
    with pytest.raises(ValueFormatError, match="Nobody"):
        measure_error(sample, {})
    with pytest.raises(ValueFormatError, match="first ones drawn"):
        measure_error(sample, {sample.members[-1]: True})
    assert measure_error(sample, dict.fromkeys(sample.members[:4], True)).checked == 4
