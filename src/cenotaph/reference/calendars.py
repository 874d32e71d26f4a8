"""Days, months and years of other calendars as intervals of Gregorian days.

gregorian
    Proleptic; years 1 to 9998.
julian
    By day number; years 1 to 9998.
solar_hijri
    Iran and Afghanistan. The cycle of 33 years with 8 leap years (remainders 1, 5, 9, 13, 17, 22, 26, 30), for the years
    1178 to 1633 (1799 to 2255), where its new years are those of the March equinox at 52.5 degrees east; other years
    are refused.
islamic
    The tabular civil calendar (30 years with 11 leap years), years 1 to 1500. Sighting differs from it by a day or so: every
    day is an interval of three, every month and year a day wider on both sides.
bikram_sambat
    Nepal. The lengths of its months follow no rule: by a table for 1975 to 2083 (1918 to 2027), in which a first day that
    the sources put on two days makes the interval a day wider; other years are refused.

Source: the arithmetic of the Julian day number and of the Islamic civil calendar (epoch 16 July 622 Julian), Explanatory
Supplement to the Astronomical Almanac, 1992, sections 12.7 and 12.9; the 33-year cycle, K. M. Borkowski, "The Persian calendar
for 3000 years", Earth, Moon, and Planets 74 (1996), 223-230. A test compares it with equinoxes computed after J. Meeus,
Astronomical Algorithms, 1998, chapter 27.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import DateFormatError
from cenotaph.reference.files import read_rows

CALENDARS = ("gregorian", "julian", "solar_hijri", "islamic", "bikram_sambat")
OTHER_NAMES = {
    "jalali": "solar_hijri",
    "persian": "solar_hijri",
    "shamsi": "solar_hijri",
    "hijri": "islamic",
    "nepali": "bikram_sambat",
}
_YEARS = {"julian": (1, 9998), "solar_hijri": (1178, 1633), "islamic": (1, 1500), "bikram_sambat": (1975, 2083)}
_TITLES = {
    "julian": "Julian calendar",
    "solar_hijri": "solar Hijri calendar",
    "islamic": "Islamic calendar",
    "bikram_sambat": "Bikram Sambat",
}
_DAY_NUMBER_OF_ORDINAL_0 = 1_721_425
_ISLAMIC_EPOCH = 227_015  # ordinal of 16 July 622 of the Julian calendar
_BIKRAM_COLUMNS = ("year", "month", "first_day", "or_days_later", "source")


@dataclass(frozen=True, slots=True)
class _Start:
    """When a month may begin: on a day, or some days later."""

    first: int
    last: int


def name_calendar(name: str) -> str:
    """Return the name of a calendar as this module has it.

    Raises
    ------
    DateFormatError
        There is no such calendar.
    """
    found = OTHER_NAMES.get(name, name)
    if found not in CALENDARS:
        raise DateFormatError(f"There is no calendar '{name}'.", f"Calendars are: {', '.join(CALENDARS)}.")
    return found


def read_parts(calendar: str, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    """Return the day, month or year of a calendar as Gregorian days.

    Parameters
    ----------
    calendar
        One of :data:`CALENDARS`.
    year, month, day
        Its own numbers; no day without its month.

    Raises
    ------
    DateFormatError
        There is no such day, or the calendar is not known so far: the message says which.
    """
    if calendar == "gregorian":
        return _read_gregorian(year, month, day)
    low, high = _YEARS[calendar]
    if not low <= year <= high:
        raise DateFormatError(
            f"The {_TITLES[calendar]} is known here for the years {low} to {high}, not for {year}.",
            "Is the date of another calendar? Name it with `calendar`.",
        )
    if month is None:
        return _interval(_month_start(calendar, year, 1), _month_start(calendar, year + 1, 1))
    if not 1 <= month <= 12:
        raise DateFormatError(f"There is no month {month}.", "Months are 1 to 12; is the order of day and month right?")
    start = _month_start(calendar, year, month)
    end = _month_start(calendar, year + month // 12, month % 12 + 1)
    if day is None:
        return _interval(start, end)
    longest = 30 if calendar == "islamic" else end.last - start.first
    if not 1 <= day <= longest:
        raise DateFormatError(
            f"Month {month} of {year} has no day {day} in the {_TITLES[calendar]}.", f"It has {longest} days."
        )
    return _interval(_Start(start.first + day - 1, start.last + day - 1), _Start(start.first + day, start.last + day))


def _read_gregorian(year: int, month: int | None, day: int | None) -> PartialDate:
    if month is None:
        return PartialDate.of_year(year)
    if day is None:
        return PartialDate.of_month(year, month)
    return PartialDate.of_day(year, month, day)


def _interval(start: _Start, end: _Start) -> PartialDate:
    first, last = date.fromordinal(start.first), date.fromordinal(end.last - 1)
    if first == last:
        return PartialDate.of_day(first.year, first.month, first.day)
    return PartialDate.between(first, last)


def _month_start(calendar: str, year: int, month: int) -> _Start:
    if calendar == "julian":
        return _exactly(_julian_ordinal(year, month))
    if calendar == "solar_hijri":
        return _exactly(_solar_ordinal(year, month))
    if calendar == "islamic":
        middle = _islamic_ordinal(year, month)
        return _Start(middle - 1, middle + 1)
    return _bikram_table()[year, month]


def _exactly(ordinal: int) -> _Start:
    return _Start(ordinal, ordinal)


def _julian_ordinal(year: int, month: int) -> int:
    shift = (14 - month) // 12
    years, months = year + 4800 - shift, month + 12 * shift - 3
    return 1 + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083 - _DAY_NUMBER_OF_ORDINAL_0


def _solar_ordinal(year: int, month: int) -> int:
    new_year = 226_894 + 365 * (year - 1) + (8 * year + 21) // 33
    days_before = 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6
    return new_year + days_before + 1


def _islamic_ordinal(year: int, month: int) -> int:
    return _ISLAMIC_EPOCH + 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30


@cache
def _bikram_table() -> dict[tuple[int, int], _Start]:
    found: dict[tuple[int, int], _Start] = {}
    for year, month, first, later, _ in read_rows("dates/bikram-sambat.csv", _BIKRAM_COLUMNS):
        ordinal = date.fromisoformat(first).toordinal()
        found[int(year), int(month)] = _Start(ordinal, ordinal + int(later))
    return found

