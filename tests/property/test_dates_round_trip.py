"""Dates go out and come back the same, whatever they are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.domain.dates import SEASONS, PartialDate, Precision
from cenotaph.domain.errors import DateFormatError
from cenotaph.reference.calendars import CALENDARS, read_parts
from cenotaph.reference.date_text import LANGUAGES, write_date
from cenotaph.reference.date_words import read_date

DAYS = st.dates(date(1000, 1, 1), date(9000, 12, 31))
QUALIFIERS = st.sampled_from(["", "?", "~", "%"])


@st.composite
def partial_dates(draw: st.DrawFn, ages: bool = True) -> PartialDate:
    day, q = draw(DAYS), draw(QUALIFIERS)
    kind = draw(st.sampled_from([p for p in Precision if ages or p is not Precision.AGE]))
    match kind:
        case Precision.DAY:
            return PartialDate.of_day(day.year, day.month, day.day, q)
        case Precision.MONTH:
            return PartialDate.of_month(day.year, day.month, q)
        case Precision.SEASON:
            return PartialDate.of_season(day.year, draw(st.sampled_from(sorted(SEASONS))), q)
        case Precision.YEAR:
            return PartialDate.of_year(day.year, q)
        case Precision.DECADE:
            return PartialDate.of_decade(day.year, q)
        case Precision.BEFORE:
            return PartialDate.before(day, q)
        case Precision.AFTER:
            return PartialDate.after(day, q)
        case Precision.AGE:
            low = draw(st.integers(0, 100))
            return PartialDate.from_age(low, low + draw(st.integers(0, 10)), PartialDate.of_day(day.year, day.month, day.day))
    end = day + timedelta(draw(st.integers(1, 4000)))
    return PartialDate(day, end, Precision.INTERVAL, q, draw(QUALIFIERS))


@given(partial_dates())
def test_any_date_comes_back_from_edtf(when: PartialDate) -> None:
    precision = Precision.AGE if when.precision is Precision.AGE else None
    assert PartialDate.from_edtf(when.edtf, precision) == when


@given(partial_dates())
def test_what_is_written_is_edtf_of_level_one(when: PartialDate) -> None:
    import re

    simple = r"(\d{4}|\d{3}X|\d{4}-(0[1-9]|1[0-2]|2[1-4])|\d{4}-\d{2}-\d{2})[?~%]?"
    assert re.fullmatch(rf"{simple}|{simple}/{simple}|\.\./{simple}|{simple}/\.\.", when.edtf)


@given(partial_dates(ages=False), st.sampled_from(LANGUAGES))
def test_what_was_written_in_words_is_read_as_the_same(when: PartialDate, language: str) -> None:
    assert read_date(write_date(when, language), language=language) == when
    assert read_date(write_date(when, language)) == when


@given(partial_dates(ages=False))
def test_edtf_is_read_among_words(when: PartialDate) -> None:
    if when.precision is Precision.SEASON and when.start and (when.start.year + 1) % 100 in (21, 22, 23, 24):
        return  # 2022-23 may be two years: test_date_words has it
    assert read_date(when.edtf) == when


@given(st.text(max_size=40) | st.from_regex(r"[0-9./\- ?~а-яa-z]{0,20}", fullmatch=True))
@settings(max_examples=300)
def test_no_text_does_anything_but_give_a_date_or_a_reason(text: str) -> None:
    for order in ("dmy", "mdy", "ymd"):
        try:
            assert isinstance(read_date(text, order=order, pivot=2025), PartialDate)
        except DateFormatError as error:
            assert error.message and error.hint


@given(partial_dates(), partial_dates())
def test_two_dates_are_disjoint_exactly_where_no_day_is_in_both(one: PartialDate, other: PartialDate) -> None:
    assert one.disjoint(other) == other.disjoint(one) == (not one.overlaps(other))
    if one.contains(other):
        assert one.overlaps(other)
    if one.precedes(other):
        assert one.disjoint(other) and not other.precedes(one)


@given(st.integers(0, 110), DAYS)
def test_an_age_holds_every_birthday_that_gives_it(age: int, day: date) -> None:
    born = PartialDate.from_age(age, age, PartialDate.of_day(day.year, day.month, day.day))
    assert born.start is not None and born.end is not None
    for birthday in (born.start, born.end - timedelta(1)):
        had_it = (day.month, day.day) >= (birthday.month, birthday.day)
        years = day.year - birthday.year - (not had_it)
        leap = (birthday.month, birthday.day) in ((2, 28), (2, 29), (3, 1)) or (day.month, day.day) in ((2, 28), (2, 29), (3, 1))
        assert years == age or leap


@given(st.sampled_from(CALENDARS[1:]), st.integers(0, 3), st.integers(1, 12), st.data())
def test_a_day_lies_in_its_month_and_the_month_in_its_year(calendar: str, shift: int, month: int, data: st.DataObject) -> None:
    year = {"julian": 1900, "solar_hijri": 1395, "islamic": 1440, "bikram_sambat": 2075}[calendar] + shift
    whole, part = read_parts(calendar, year), read_parts(calendar, year, month)
    day = read_parts(calendar, year, month, data.draw(st.integers(1, 28)))
    assert whole.contains(part) and part.contains(day)


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1801, 2050))
def test_digits_of_every_script_are_the_same_digits(day: int, month: int, year: int) -> None:
    plain = f"{day:02}.{month:02}.{year}"
    wanted = read_date(plain)
    for zero in "٠۰०০೦":
        if zero == "०" and year >= 2040:
            continue
        assert read_date("".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in plain)) == wanted


@pytest.mark.parametrize("first", ["2023-05-07", "2023", "2023-05", "2023-21", "202X"])
@pytest.mark.parametrize("mark", ["", "?", "~", "%"])
def test_every_side_of_an_interval_has_its_own_qualifier(first: str, mark: str) -> None:
    read = PartialDate.from_edtf(f"{first}{mark}/2031-05")
    assert (read.qualifier, read.end_qualifier) == (mark, "")
    assert PartialDate.from_edtf(read.edtf) == read
