"""Other calendars, by days that are known in both."""

from __future__ import annotations

import math
from datetime import date

import pytest

from cenotaph.domain.dates import Precision
from cenotaph.domain.errors import DateFormatError
from cenotaph.reference.calendars import name_calendar, read_parts
from cenotaph.reference.date_words import read_date

# Days whose date in both calendars history has: (calendar, year, month, day) and the Gregorian day.
KNOWN = [
    # Julian: the October Revolution; the last Julian day in Russia; Christmas of 1900; the Gregorian reform.
    ("julian", 1917, 10, 25, "1917-11-07"), ("julian", 1918, 1, 31, "1918-02-13"), ("julian", 1900, 12, 25, "1901-01-07"),
    ("julian", 1582, 10, 5, "1582-10-15"), ("julian", 1900, 2, 29, "1900-03-13"),
    # Iran: the coup of 28 Mordad; 22 Bahman; new years of the years after a leap year and others; its last leap day.
    ("solar_hijri", 1332, 5, 28, "1953-08-19"), ("solar_hijri", 1357, 11, 22, "1979-02-11"),
    ("solar_hijri", 1399, 12, 30, "2021-03-20"),
    ("solar_hijri", 1400, 1, 1, "2021-03-21"), ("solar_hijri", 1403, 1, 1, "2024-03-20"),
    ("solar_hijri", 1404, 1, 1, "2025-03-21"),
    # Nepal: new year 2080; the earthquake of 12 Baisakh 2072; the constitution of 3 Asoj 2072; the palace massacre of
    # 19 Jestha 2058; Democracy Day of 7 Falgun 2007; an example of the documentation of bikram-sambat.
    ("bikram_sambat", 2080, 1, 1, "2023-04-14"), ("bikram_sambat", 2072, 1, 12, "2015-04-25"),
    ("bikram_sambat", 2072, 6, 3, "2015-09-20"),
    ("bikram_sambat", 2058, 2, 19, "2001-06-01"), ("bikram_sambat", 2007, 11, 7, "1951-02-18"),
    ("bikram_sambat", 2073, 12, 15, "2017-03-28"),
]  # fmt: skip


@pytest.mark.parametrize(("calendar", "year", "month", "day", "gregorian"), KNOWN)
def test_known_days_of_other_calendars_are_the_gregorian_days(
    calendar: str, year: int, month: int, day: int, gregorian: str
) -> None:
    assert read_parts(calendar, year, month, day).edtf == gregorian


# Observed first days (Umm al-Qura and announcements): the tabular calendar must hold each.
@pytest.mark.parametrize(
    ("year", "month", "day", "gregorian"),
    [(1445, 1, 1, "2023-07-19"), (1444, 9, 1, "2023-03-23"), (1400, 1, 1, "1979-11-20"), (1443, 9, 1, "2022-04-02"),
     (1446, 1, 1, "2024-07-07")],
)  # fmt: skip
def test_an_islamic_day_holds_the_day_that_was_kept(year: int, month: int, day: int, gregorian: str) -> None:
    read = read_parts("islamic", year, month, day)
    kept = date.fromisoformat(gregorian)
    assert read.precision is Precision.INTERVAL
    assert read.start is not None and read.end is not None
    assert read.start <= kept < read.end and (read.end - read.start).days == 3


def test_the_islamic_epoch_is_the_middle_of_its_first_day() -> None:
    read = read_parts("islamic", 1, 1, 1)
    assert read.start is not None
    assert date.fromordinal(read.start.toordinal() + 1) == date(622, 7, 19)  # 16 July 622 of the Julian calendar
    assert read_parts("julian", 622, 7, 16).start == date(622, 7, 19)


def test_solar_leap_years_are_those_of_the_cycle() -> None:
    leaps = []
    for year in range(1343, 1412):
        read = read_parts("solar_hijri", year)
        assert read.start is not None and read.end is not None
        if (read.end - read.start).days == 366:
            leaps.append(year)
    assert leaps == [1346, 1350, 1354, 1358, 1362, 1366, 1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408]


# J. Meeus, Astronomical Algorithms, 1998, chapter 27, table 27.C.
_TERMS = (
    (485, 324.96, 1934.136), (203, 337.23, 32964.467), (199, 342.08, 20.186), (182, 27.85, 445267.112), (156, 73.14, 45036.886),
    (136, 171.52, 22518.443), (77, 222.54, 65928.934), (74, 296.72, 3034.906), (70, 243.58, 9037.513), (58, 119.81, 33718.147),
    (52, 297.17, 150.678), (50, 21.02, 2281.226), (45, 247.54, 29929.562), (44, 325.15, 31555.956), (29, 60.93, 4443.417),
    (18, 155.12, 67555.328), (17, 288.79, 4562.452), (16, 198.04, 62894.029), (14, 199.76, 31436.921), (12, 95.39, 14577.848),
    (12, 287.11, 31931.756), (12, 320.81, 34777.259), (9, 227.73, 1222.114), (8, 15.45, 16859.074),
)  # fmt: skip


def _march_equinox(year: int) -> float:
    """Return the Julian Ephemeris Day of the March equinox."""
    y = (year - 2000) / 1000
    mean = 2451623.80984 + 365242.37404 * y + 0.05169 * y**2 - 0.00411 * y**3 - 0.00057 * y**4
    t = (mean - 2451545) / 36525
    w = math.radians(35999.373 * t - 2.47)
    scale = 1 + 0.0334 * math.cos(w) + 0.0007 * math.cos(2 * w)
    return mean + 0.00001 * sum(a * math.cos(math.radians(b + c * t)) for a, b, c in _TERMS) / scale


def test_the_solar_new_year_is_the_day_whose_noon_follows_the_equinox() -> None:
    """1799 to 2254, at 52.5 degrees east; where the equinox falls within five minutes of noon the sum does not decide."""
    decided = 0
    for year in range(1799, 2255):
        seconds = -20 + 32 * ((year - 1820) / 100) ** 2 if not 1900 <= year <= 2050 else 30 + (year - 1950) * 0.55
        local = _march_equinox(year) - seconds / 86400 + 3.5 / 24
        noon = math.floor(local + 0.5)
        if abs(local - noon) * 1440 < 5:
            continue
        first = noon if local < noon else noon + 1
        assert read_parts("solar_hijri", year - 621, 1, 1).start == date.fromordinal(first - 1721425), year
        decided += 1
    assert decided > 450


def test_a_month_that_two_tables_begin_on_two_days_is_a_day_wider() -> None:
    read = read_parts("bikram_sambat", 2062, 2, 1)
    assert read.precision is Precision.INTERVAL and read.start is not None and read.end is not None
    assert (read.end - read.start).days == 2


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "says"),
    [
        ("bikram_sambat", 1974, 1, 1, "1975 to 2083"), ("bikram_sambat", 2084, 1, 1, "1975 to 2083"),
        ("solar_hijri", 1177, 1, 1, "1178 to 1633"), ("solar_hijri", 2023, 5, 7, "1178 to 1633"),
        ("islamic", 1501, 1, 1, "1 to 1500"),
        ("solar_hijri", 1402, 12, 30, "no day 30"), ("solar_hijri", 1402, 13, 1, "no month 13"),
        ("julian", 1901, 2, 29, "no day 29"),
        ("islamic", 1445, 1, 31, "no day 31"), ("bikram_sambat", 2080, 1, 33, "no day 33"), ("julian", 1917, 10, 0, "no day 0"),
    ],
)  # fmt: skip
def test_what_a_calendar_does_not_have_is_refused(calendar: str, year: int, month: int, day: int, says: str) -> None:
    with pytest.raises(DateFormatError, match=says):
        read_parts(calendar, year, month, day)


def test_calendars_have_other_names_and_unknown_ones_are_refused() -> None:
    assert name_calendar("jalali") == "solar_hijri" and name_calendar("hijri") == "islamic"
    with pytest.raises(DateFormatError, match="no calendar"):
        name_calendar("mayan")


@pytest.mark.parametrize(
    ("text", "calendar", "edtf"),
    [
        ("۱۴۰۲/۰۲/۱۷", "solar_hijri", "2023-05-07"), ("۱۷ اردیبهشت ۱۴۰۲", "solar_hijri", "2023-05-07"),
        ("17 Ordibehesht 1402", "jalali", "2023-05-07"), ("۱۷ ثور ۱۴۰۲", "solar_hijri", "2023-05-07"),
        ("1402", "solar_hijri", "2023-03-21/2024-03-19"), ("१५ बैशाख २०८०", "bikram_sambat", "2023-04-28"),
        ("2080 Baisakh 15", "nepali", "2023-04-28"), ("10 محرم 1445", "islamic", "2023-07-27/2023-07-29"),
        ("25 октября 1917", "julian", "1917-11-07"), ("before 1 Baisakh 2080", "nepali", "../2023-04-13"),
        ("2079-2080", "bikram_sambat", "2022-04-14/2024-04-12"),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_calendar_that_is_named(text: str, calendar: str, edtf: str) -> None:
    assert read_date(text, calendar=calendar).edtf == edtf
