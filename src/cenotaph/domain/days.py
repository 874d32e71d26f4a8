"""Spans of days: what a day, month, season, year or decade holds, and how precisely a date was given."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from cenotaph.domain.errors import DateFormatError

Span = tuple[date, date]
"""A half-open interval of days."""


class Precision(StrEnum):
    """How precisely a date was given."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    INTERVAL = "interval"
    BEFORE = "before"
    AFTER = "after"
    AGE = "age"


# Meteorological seasons of the northern hemisphere, by EDTF's numbers, and the first month of each. EDTF's 21 to 24 belong
# to no hemisphere; 25 to 28 are the northern ones. A southern season (29 to 32) is refused, since its months would be
# written back under another season's number: its months say it without doubt.
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}
ONE_DAY = timedelta(days=1)


def make_day(year: int, month: int, day: int) -> date:
    """Return a day.

    Raises
    ------
    DateFormatError
        There is none such.
    """
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        if not 1 <= year <= 9999:
            raise DateFormatError(f"There is no year {year} here.", "Years are 1 to 9998.") from error
        what = f"month {year}-{month:02}" if not 1 <= month <= 12 else f"day {year}-{month:02}-{day:02}"
        raise DateFormatError(f"There is no {what}.", "Are day and month in the right order?") from error


def day_after(day: date) -> date:
    """Return the next day; the last day that Python knows has none."""
    try:
        return day + ONE_DAY
    except OverflowError as error:
        raise DateFormatError(f"{day} has no day after it.", "Years are 1 to 9998.") from error


def years_before(day: date, years: int) -> date:
    """Return the same day some years before; 29 February becomes 28 February."""
    year = day.year - years
    if year < 1:
        raise DateFormatError(f"{years} years before {day} is before the year 1.", "Is the age right?")
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, day.month, 28 if (day.month, day.day) == (2, 29) and not leap else day.day)


def day_span(year: int, month: int, day: int) -> Span:
    """Return one day."""
    start = make_day(year, month, day)
    return start, day_after(start)


def month_span(year: int, month: int) -> Span:
    """Return a month."""
    start = make_day(year, month, 1)
    return start, make_day(year + 1, 1, 1) if month == 12 else make_day(year, month + 1, 1)


def year_span(year: int) -> Span:
    """Return a year."""
    return make_day(year, 1, 1), make_day(year + 1, 1, 1)


def decade_span(year: int) -> Span:
    """Return the decade that a year lies in; the years 1 to 9 are no whole one."""
    first = year - year % 10
    if first < 10:
        raise DateFormatError(f"There is no whole decade of the year {year}.", "Years are 10 to 9989 here.")
    return make_day(first, 1, 1), make_day(first + 10, 1, 1)


def season_span(year: int, season: str) -> Span:
    """Return a meteorological season of the northern hemisphere; a winter begins in December of ``year``."""
    if season not in SEASONS:
        raise DateFormatError(f"'{season}' is no season.", f"Write one of {', '.join(SEASONS)}.")
    month = SEASON_MONTHS[SEASONS[season]]
    return make_day(year, month, 1), make_day(year + 1, 3, 1) if month == 12 else make_day(year, month + 3, 1)


def fits(start: date | None, end: date | None, precision: Precision) -> bool:
    """Tell whether an interval is one that a precision can have."""
    if start is None or end is None:
        return precision is (Precision.BEFORE if start is None else Precision.AFTER)
    match precision:
        case Precision.DAY:
            return end - start == ONE_DAY
        case Precision.MONTH:
            return start.day == 1 and (start, end) == month_span(start.year, start.month)
        case Precision.SEASON:
            months = (end.year - start.year) * 12 + end.month - start.month
            return start.month in SEASON_MONTHS.values() and start.day == end.day == 1 and months == 3
        case Precision.YEAR:
            return (start, end) == year_span(start.year)
        case Precision.DECADE:
            return start.year >= 10 and (start, end) == decade_span(start.year)
        case _:
            return precision in (Precision.INTERVAL, Precision.AGE)
