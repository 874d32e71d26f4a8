"""Dates and ages of reports become intervals of days."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from cenotaph.link.intervals import EXACT, FROM_AGE, MISSING, NOTHING, ROUGH, Lives, read_age, read_interval, read_lives
from cenotaph.link.reading import check_reports


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("1990-05-12", "1990-05-12", "1990-05-12", EXACT),
        ("12.05.1990", "1990-05-12", "1990-05-12", EXACT),
        ("12 мая 1990 года рождения", "1990-05-12", "1990-05-12", EXACT),
        ("05/23/1990", "1990-05-23", "1990-05-23", EXACT),
        ("1990 г.р.", "1990-01-01", "1990-12-31", ROUGH),
        ("May 1990", "1990-05-01", "1990-05-31", ROUGH),
        ("١٢ مايو ١٩٩٠", "1990-05-12", "1990-05-12", EXACT),
    ],
)
def test_a_date_in_words_or_numbers_is_an_interval(text: str, low: str, high: str, kind: int) -> None:
    assert read_interval(text) == (day(low), day(high), kind)


def test_a_year_of_another_calendar_is_read_in_it() -> None:
    low, high, _ = read_interval("२०५०-०५-१२")
    assert day("1993-08-01") < low <= high < day("1993-10-01")


@pytest.mark.parametrize("text", ["31.02.1990", "1990-02-30", "31.11.2023", "31/04/2023"])
def test_a_day_that_a_month_has_not_is_no_day_of_another_calendar(text: str) -> None:
    assert read_interval(text) == NOTHING


@pytest.mark.parametrize("text", ["unknown", "32 года", "99.99.9999", "", "5" * 500])
def test_what_gives_no_date_gives_nothing(text: str) -> None:
    assert read_interval(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "ages"),
    [("34", (34, 34)), ("34.0", (34, 34)), ("٣٤", (34, 34)), ("30-35", (30, 35)), ("34 года", (34, 34)), ("8 months", (0, 1))],
)
def test_an_age_is_read_in_any_digits(text: str, ages: tuple[float, float]) -> None:
    assert read_age(text) == ages


@pytest.mark.parametrize("text", ["unknown", "-3", "340", "1990-05-12"])
def test_what_is_no_age_gives_none(text: str) -> None:
    assert read_age(text) is None


def lives(**columns: object) -> Lives:
    return read_lives(check_reports(pa.table({"report_id": ["1"], **{name: [value] for name, value in columns.items()}})))


def test_an_age_at_death_gives_a_birth() -> None:
    found = lives(age="34", death_date_text="2023-05-10", published_on="2023-06-01")
    assert (found.birth_low[0], found.birth_high[0]) == (
        pytest.approx(day("1988-05-11"), abs=1),
        pytest.approx(day("1989-05-10"), abs=1),
    )
    assert found.birth_kind[0] == FROM_AGE


def test_an_age_at_publication_gives_a_birth_with_a_year_of_slack() -> None:
    found = lives(age="34", published_on="2023-06-01")
    assert found.birth_low[0] < day("1987-06-01") < day("1989-05-31") <= found.birth_high[0]


def test_a_stated_birth_is_not_widened_by_an_age() -> None:
    found = lives(age="34", birth_date_text="1989-01-02", published_on="2023-06-01")
    assert found.birth_low[0] == found.birth_high[0] == day("1989-01-02")


def test_the_day_of_publication_bounds_a_death_that_is_not_told() -> None:
    found = lives(published_on="2023-06-01")
    assert (found.death_low[0], found.death_high[0], found.death_kind[0]) == (MISSING, day("2023-06-02"), 0)


def test_a_year_of_death_ends_with_the_publication() -> None:
    found = lives(death_date_text="2023", published_on="2023-06-01")
    assert (found.death_low[0], found.death_high[0]) == (day("2023-01-01"), day("2023-06-02"))


def test_a_death_after_its_own_report_is_left_as_it_is_stated() -> None:
    found = lives(death_date_text="2023-09-01", published_on="2023-06-01")
    assert found.death_low[0] == found.death_high[0] == day("2023-09-01")


def test_ages_without_any_date_compare_with_each_other() -> None:
    table = check_reports(pa.table({"report_id": ["a", "b", "c"], "age": [34, 34, 60]}))
    found = read_lives(table)
    assert found.birth_low[0] == found.birth_low[1]
    assert found.birth_high[2] < found.birth_low[0]
