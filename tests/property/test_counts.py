"""A count keeps its bound: out and back the same, never one number where it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.domain.counts import VAGUE_FLOORS, Bound, CountRange
from cenotaph.domain.errors import ValueFormatError
from cenotaph.reference.vague import read_vague

NUMBERS = st.integers(0, 30) | st.integers(0, 10_000_000)


@st.composite
def counts(draw: st.DrawFn) -> CountRange:
    n = draw(NUMBERS)
    make = draw(
        st.sampled_from(
            [
                CountRange.exact,
                CountRange.at_least,
                CountRange.more_than,
                CountRange.at_most,
                CountRange.approx,
                CountRange.may_exceed,
                CountRange.vague,
                lambda m: CountRange.vague(),
                lambda m: CountRange.between(m, m + draw(st.integers(1, 1000))),
            ]
        )
    )
    return make(n)


@given(counts())
def test_the_canonical_text_gives_the_same_count_back(count: CountRange) -> None:
    assert CountRange.parse(count.text) == count
    plain = count.text.replace("uncounted, ", "uncounted; ").replace(",", "").replace(";", ",")
    assert CountRange.parse(plain) == count


@given(counts())
def test_only_an_exact_count_is_one_number(count: CountRange) -> None:
    if count.is_exact:
        assert count.exact_number() == count.low == count.high
    else:
        with pytest.raises(ValueFormatError, match="not one number"):
            count.exact_number()


@given(st.integers(-3, 20) | st.none(), st.integers(-3, 20) | st.none(), st.sampled_from(Bound))
def test_numbers_that_are_not_the_bounds_are_refused(low: int | None, high: int | None, bound: Bound) -> None:
    both, alone = low is not None and high is not None, low is not None and high is None
    right = {
        Bound.EXACT: both and low == high,
        Bound.APPROX: both and low == high,
        Bound.AT_LEAST: alone,
        Bound.MORE_THAN: alone,
        Bound.MAY_EXCEED: alone,
        Bound.AT_MOST: low is None and high is not None,
        Bound.RANGE: both and (low or 0) < (high or 0),
        Bound.VAGUE: high is None,
    }[bound]
    if right and min(low or 0, high or 0) >= 0:
        assert CountRange(low, high, bound).bound is bound
    else:
        with pytest.raises(ValueFormatError):
            CountRange(low, high, bound)


@given(counts(), counts())
def test_counts_exclude_each_other_mutually_and_never_what_they_contain(one: CountRange, other: CountRange) -> None:
    assert one.excludes(other) == other.excludes(one)
    assert not one.excludes(one) and one.contains(one)
    if one.contains(other):
        assert not one.excludes(other)


@given(counts(), NUMBERS)
def test_a_number_is_either_contained_or_excluded(count: CountRange, number: int) -> None:
    assert count.contains(number) != count.excludes(number)


@given(counts(), counts(), counts())
def test_containing_is_passed_on(one: CountRange, two: CountRange, three: CountRange) -> None:
    if one.contains(two) and two.contains(three):
        assert one.contains(three)


@given(st.text(max_size=30))
def test_other_texts_are_refused(text: str) -> None:
    try:
        count = CountRange.parse(text)
    except ValueFormatError as error:
        assert error.hint
    else:
        assert CountRange.parse(count.text) == count


def test_counts_read_as_a_reader_should_see_them() -> None:
    assert CountRange.at_least(47).text == "at least 47"
    assert CountRange.more_than(118_000).text == "more than 118,000"
    assert CountRange.more_than(118_000).low == 118_000
    assert CountRange.at_most(600).text == "at most 600"
    assert CountRange.between(500, 600).text == "500 to 600"
    assert str(CountRange.may_exceed(500)) == "may exceed 500"
    assert CountRange.vague(12).text == "uncounted, 12 or more"
    assert CountRange.vague().text == "uncounted"
    assert CountRange.exact(0).text == "0"


@pytest.mark.parametrize(
    "text", ["047", "1,00", "1,0000", "at least", "at least -3", "12.5", "600 to 500", "5 to 5", "٤٧", "4 7", ""]
)
def test_a_number_in_another_form_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueFormatError):
        CountRange.parse(text)


def test_a_count_is_not_true_or_a_fraction() -> None:
    for wrong in (True, 4.5, "47"):
        with pytest.raises(ValueFormatError):
            CountRange(wrong, wrong, Bound.EXACT)  # type: ignore[arg-type]


def test_more_than_a_number_does_not_contradict_the_number() -> None:
    assert not CountRange.more_than(100).excludes(100)
    assert CountRange.more_than(100).excludes(99)
    assert CountRange.at_most(16).excludes(CountRange.exact(93))
    assert not CountRange.approx(600).excludes(70)


def test_vague_words_have_the_floors_of_the_table() -> None:
    wanted = {"dozens": "dozens", "Сотни": "hundreds", "tens of thousands": "tens_of_thousands", "عشرات": "tens"}
    for words, size in wanted.items():
        assert read_vague(words) == CountRange.vague(VAGUE_FLOORS[size])
    assert read_vague("several") is None and read_vague("47") is None
    assert VAGUE_FLOORS["tens"] == 10 and VAGUE_FLOORS["dozens"] == 12 and VAGUE_FLOORS["hundreds"] == 100
