"""EDTF, level 1 (ISO 8601-2:2019), read as an interval of days with the precision and the qualifiers that it states."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from cenotaph.domain.days import (
    SEASONS,
    Precision,
    day_span,
    decade_span,
    make_day,
    month_span,
    season_span,
    year_span,
)
from cenotaph.domain.errors import DateFormatError

_SHAPE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?([?~%]?)", re.ASCII)
_SEASON_NAMES = {number: name for name, number in SEASONS.items()}


class EdtfReading(NamedTuple):
    """What a text in EDTF says."""

    start: date | None
    end: date | None
    precision: Precision
    qualifier: str
    end_qualifier: str


def read_edtf(text: str) -> EdtfReading:
    """Read a date or interval.

    Raises
    ------
    DateFormatError
        It is none, or one that this project does not use: times of day, sets, years before 1, unknown sides, seasons of
        the southern hemisphere.
    """
    if "/" not in text:
        return _read_simple(text)
    first, _, last = text.partition("/")
    if first == last == "..":
        raise DateFormatError(f"'{text}' is open on both sides and says nothing.", "Leave it away.")
    if not first or not last:
        raise DateFormatError(f"'{text}' does not know one of its sides.", "Write .. for an open one.")
    if first == "..":
        end = _read_simple(last)
        return EdtfReading(None, end.end, Precision.BEFORE, end.qualifier, end.qualifier)
    start = _read_simple(first)
    if last == "..":
        return EdtfReading(start.start, None, Precision.AFTER, start.qualifier, start.qualifier)
    end = _read_simple(last)
    return EdtfReading(start.start, end.end, Precision.INTERVAL, start.qualifier, end.qualifier)


def _read_simple(text: str) -> EdtfReading:
    found = _SHAPE.fullmatch(text)
    if not found:
        raise DateFormatError(f"'{text[:40]}' is not a date in EDTF.", _hint_at(text))
    year, month, day, qualifier = found.groups()
    (start, end), precision = _span(text, year, month, day)
    return EdtfReading(start, end, precision, qualifier, qualifier)


def _span(text: str, year: str, month: str | None, day: str | None) -> tuple[tuple[date, date], Precision]:
    if year.endswith("X"):
        if month or day:
            raise DateFormatError(f"'{text}' has a month in a year that is not known.", "Write 202X.")
        if not year.endswith("XX"):
            return decade_span(int(year[:3]) * 10), Precision.DECADE
        first = int(year[:2]) * 100
        return (make_day(max(first, 1), 1, 1), make_day(first + 100, 1, 1)), Precision.INTERVAL
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise DateFormatError(f"'{text}' has a day without its month.", "Write 2023 or 2023-05-07.")
        return year_span(int(year)), Precision.YEAR
    number = int(month or 0)
    if 21 <= number <= 32:
        if day:
            raise DateFormatError(f"'{text}' has a day in a season.", "Write 2023-21.")
        if number > 28:
            raise DateFormatError(
                f"'{text}' is a season of the southern hemisphere.", "Write its months: 2023-09/2023-11."
            )
        return season_span(int(year), _SEASON_NAMES[number if number < 25 else number - 4]), Precision.SEASON
    if day in (None, "XX"):
        return month_span(int(year), number), Precision.MONTH
    return day_span(int(year), number, int(day or 0)), Precision.DAY


def _hint_at(text: str) -> str:
    if "T" in text:
        return "A date has no time of day; write 2023-05-07."
    if text[:1] in "[{":
        return "Sets of dates are not used; write an interval, 2022/2023."
    if text.startswith(("Y", "-")):
        return "Years are 1 to 9998."
    return "Write 2023, 2023-05, 2023-05-07, 2023-21, 202X, ../2023 or 2022/2023."
