"""A date of stated precision: a half-open interval of days, with how precisely it was given.

Written form in and out is EDTF (Extended Date/Time Format, ISO 8601-2:2019), level 1: ``2023``, ``2023-05``,
``2023-05-07``, ``2023-21`` (a season), ``202X`` (a decade), ``../2023-05`` and ``2023-05/..`` (open), ``2022-03/2022-05``
(between), with ``?``, ``~`` or ``%`` for uncertain, approximate, both, on the date or on either side of an interval.

An interval of EDTF includes its last day, so what is said to be before May 2023 is written ``../2023-04-30``. That an
interval was worked out from an age EDTF cannot say: it is written as the interval it is, and who keeps the precision
gives it to :meth:`PartialDate.from_edtf` again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cenotaph.domain.errors import DateFormatError


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
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}
_DAY = timedelta(days=1)
_QUALIFIERS = ("", "?", "~", "%")
_SHAPE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?([?~%]?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A half-open interval of days ``[start, end)``; an open side is None.

    Parameters
    ----------
    start
        First day that is possible.
    end
        First day after the last that is possible.
    precision
        How it was given.
    qualifier
        ``?`` uncertain, ``~`` approximate, ``%`` both, or nothing; of an interval with two sides, its beginning's.
    end_qualifier
        The same for the end of an interval; None for what the beginning has.

    Raises
    ------
    DateFormatError
        The interval is empty, inverted, or open on both sides, or it is not what its precision says.
    """

    start: date | None
    end: date | None
    precision: Precision
    qualifier: str = ""
    end_qualifier: str | None = None

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise DateFormatError("A date without a beginning and an end says nothing.", "Leave it away.")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise DateFormatError(
                f"A date cannot run from {self.start} to before {self.end}.", "Its end must be later."
            )
        if self.end_qualifier is None:
            object.__setattr__(self, "end_qualifier", self.qualifier)
        for qualifier in (self.qualifier, self.end_qualifier):
            if qualifier not in _QUALIFIERS:
                raise DateFormatError(f"'{qualifier}' does not qualify a date.", "Write ?, ~ or %.")
        two_sided = self.precision in (Precision.INTERVAL, Precision.AGE)
        if self.qualifier != self.end_qualifier and not two_sided:
            raise DateFormatError("Only an interval has two qualifiers.", "Give one.")
        if not _fits(self.start, self.end, self.precision):
            raise DateFormatError(
                f"The days from {self.start or 'ever'} to before {self.end or 'ever'} are no {self.precision}.",
                "Use the constructors of_day(), of_month(), before(), between() ...",
            )

    @classmethod
    def of_day(cls, year: int, month: int, day: int, qualifier: str = "") -> PartialDate:
        """Return one day."""
        start = _day(year, month, day)
        return cls(start, _after(start), Precision.DAY, qualifier)

    @classmethod
    def of_month(cls, year: int, month: int, qualifier: str = "") -> PartialDate:
        """Return a month."""
        return cls(_day(year, month, 1), _month_after(year, month), Precision.MONTH, qualifier)

    @classmethod
    def of_year(cls, year: int, qualifier: str = "") -> PartialDate:
        """Return a year."""
        return cls(_year_start(year), _year_start(year + 1), Precision.YEAR, qualifier)

    @classmethod
    def of_decade(cls, year: int, qualifier: str = "") -> PartialDate:
        """Return the decade that a year lies in: 2023 gives the days from 2020 to 2029."""
        first = year - year % 10
        if first < 10:
            raise DateFormatError(f"There is no whole decade of the year {year}.", "Years are 10 to 9989 here.")
        return cls(_day(first, 1, 1), _year_start(first + 10), Precision.DECADE, qualifier)

    @classmethod
    def of_season(cls, year: int, season: str, qualifier: str = "") -> PartialDate:
        """Return a meteorological season of the northern hemisphere; a winter begins in December of ``year``."""
        if season not in SEASONS:
            raise DateFormatError(f"'{season}' is no season.", f"Write one of {', '.join(SEASONS)}.")
        month = _SEASON_MONTHS[SEASONS[season]]
        end_year, end_month = (year + 1, 3) if month == 12 else (year, month + 3)
        return cls(_day(year, month, 1), _day(end_year, end_month, 1), Precision.SEASON, qualifier)

    @classmethod
    def before(cls, other: date | PartialDate, qualifier: str = "") -> PartialDate:
        """Return every day before a date begins."""
        end = other if isinstance(other, date) else other.start
        return cls(None, end, Precision.BEFORE, qualifier)

    @classmethod
    def after(cls, other: date | PartialDate, qualifier: str = "") -> PartialDate:
        """Return every day after a date has ended."""
        start = _after(other) if isinstance(other, date) else other.end
        return cls(start, None, Precision.AFTER, qualifier)

    @classmethod
    def between(cls, first: date | PartialDate, last: date | PartialDate, qualifier: str = "") -> PartialDate:
        """Return the days from the beginning of one date to the end of another."""
        start = first if isinstance(first, date) else first.start
        end = _after(last) if isinstance(last, date) else last.end
        precision = Precision.BEFORE if start is None else Precision.AFTER if end is None else Precision.INTERVAL
        return cls(start, end, precision, qualifier)

    @classmethod
    def from_age(cls, low: int, high: int, at: PartialDate) -> PartialDate:
        """Return when somebody was born who was ``low`` to ``high`` completed years old on a date.

        Who is ``a`` years old on day ``d`` was born after the day ``a + 1`` years before it and on or before the day ``a``
        years before it. A birthday on 29 February counts from 28 February or 1 March: the interval holds both.

        Parameters
        ----------
        low, high
            Completed years, ``0 <= low <= high``.
        at
            When the age was true; both sides must be known.
        """
        if not 0 <= low <= high:
            raise DateFormatError(f"An age from {low} to {high} years cannot be.", "Give the lower one first, from 0.")
        if at.start is None or at.end is None:
            raise DateFormatError("An age gives a birth date only with a date on both sides.", "Say when the age was true.")
        start = _years_before(at.start, high + 1)
        end = _years_before(at.end - _DAY, low)
        leap = (2, 28)
        return cls(
            start if (start.month, start.day) == leap else start + _DAY,
            end + 2 * _DAY if (end.month, end.day) == leap else end + _DAY,
            Precision.AGE,
        )

    @classmethod
    def from_edtf(cls, text: str, precision: Precision | None = None) -> PartialDate:
        """Read a date in EDTF, level 1.

        Parameters
        ----------
        text
            The date.
        precision
            :attr:`Precision.AGE` where an interval is known to come from an age, which EDTF cannot say.

        Raises
        ------
        DateFormatError
            It is none, or none that this project uses: the message says which.
        """
        read = _read_interval(text) if "/" in text else _read_simple(text)
        if precision is None or precision is read.precision:
            return read
        if (precision, read.precision) != (Precision.AGE, Precision.INTERVAL):
            raise DateFormatError(f"'{text}' is given as {read.precision}, not as {precision}.", "Leave precision away.")
        return cls(read.start, read.end, precision, read.qualifier, read.end_qualifier)

    @property
    def edtf(self) -> str:
        """The date in EDTF, level 1; :meth:`from_edtf` gives it back, with the precision of an age given to it."""
        q, last = self.qualifier, self.end_qualifier
        if self.start is None:
            assert self.end is not None
            return f"../{(self.end - _DAY).isoformat()}{last}"
        if self.end is None:
            return f"{self.start.isoformat()}{q}/.."
        start = self.start
        match self.precision:
            case Precision.DAY:
                return f"{start.isoformat()}{q}"
            case Precision.MONTH:
                return f"{start.year:04}-{start.month:02}{q}"
            case Precision.YEAR:
                return f"{start.year:04}{q}"
            case Precision.DECADE:
                return f"{start.year // 10:03}X{q}"
            case Precision.SEASON:
                number = {month: number for number, month in _SEASON_MONTHS.items()}[start.month]
                return f"{start.year:04}-{number}{q}"
            case _:
                return f"{start.isoformat()}{q}/{(self.end - _DAY).isoformat()}{last}"

    def contains(self, other: PartialDate) -> bool:
        """Tell whether every day of the other date is one of this one's."""
        starts = self.start is None or (other.start is not None and self.start <= other.start)
        ends = self.end is None or (other.end is not None and other.end <= self.end)
        return starts and ends

    def precedes(self, other: PartialDate) -> bool:
        """Tell whether this date has certainly ended when the other begins."""
        return self.end is not None and other.start is not None and self.end <= other.start

    def disjoint(self, other: PartialDate) -> bool:
        """Tell whether no day can be both."""
        return self.precedes(other) or other.precedes(self)

    def overlaps(self, other: PartialDate) -> bool:
        """Tell whether some day can be both."""
        return not self.disjoint(other)

    def ends_by(self, day: date) -> bool:
        """Tell whether the date certainly lies on or before a day."""
        return self.end is not None and self.end <= _after(day)

    def may_be_on_or_before(self, day: date) -> bool:
        """Tell whether the date can lie on or before a day."""
        return self.start is None or self.start <= day


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        if not 1 <= year <= 9999:
            raise DateFormatError(f"There is no year {year} here.", "Years are 1 to 9998.") from error
        what = f"month {year}-{month:02}" if not 1 <= month <= 12 else f"day {year}-{month:02}-{day:02}"
        raise DateFormatError(f"There is no {what}.", "Are day and month in the right order?") from error


def _after(day: date) -> date:
    try:
        return day + _DAY
    except OverflowError as error:
        raise DateFormatError(f"{day} has no day after it.", "Years are 1 to 9998.") from error


def _year_start(year: int) -> date:
    return _day(year, 1, 1)


def _month_after(year: int, month: int) -> date:
    return _day(year + 1, 1, 1) if month == 12 else _day(year, month + 1, 1)


def _years_before(day: date, years: int) -> date:
    """Return the same day some years before; 29 February becomes 28 February."""
    year = day.year - years
    if year < 1:
        raise DateFormatError(f"{years} years before {day} is before the year 1.", "Is the age right?")
    return date(year, day.month, 28 if (day.month, day.day) == (2, 29) and not _is_leap(year) else day.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _fits(start: date | None, end: date | None, precision: Precision) -> bool:
    """Tell whether an interval is one that the precision can have."""
    if start is None or end is None:
        return precision is (Precision.BEFORE if start is None else Precision.AFTER)
    first = (start.month, start.day) == (1, 1)
    match precision:
        case Precision.DAY:
            return end == _after(start)
        case Precision.MONTH:
            return start.day == 1 and end == _month_after(start.year, start.month)
        case Precision.SEASON:
            months = (end.year - start.year) * 12 + end.month - start.month
            return start.month in _SEASON_MONTHS.values() and start.day == end.day == 1 and months == 3
        case Precision.YEAR:
            return first and end == _year_start(start.year + 1)
        case Precision.DECADE:
            return first and start.year % 10 == 0 and end == _year_start(start.year + 10)
        case _:
            return precision in (Precision.INTERVAL, Precision.AGE)


def _read_interval(text: str) -> PartialDate:
    first, _, last = text.partition("/")
    if first == last == "..":
        raise DateFormatError(f"'{text}' is open on both sides and says nothing.", "Leave it away.")
    if not first or not last:
        raise DateFormatError(f"'{text}' does not know one of its sides.", "Write .. for an open one.")
    if first == "..":
        end = _read_simple(last)
        return PartialDate(None, end.end, Precision.BEFORE, end.qualifier)
    start = _read_simple(first)
    if last == "..":
        return PartialDate(start.start, None, Precision.AFTER, start.qualifier)
    end = _read_simple(last)
    return PartialDate(start.start, end.end, Precision.INTERVAL, start.qualifier, end.qualifier)


def _read_simple(text: str) -> PartialDate:
    found = _SHAPE.fullmatch(text)
    if not found:
        raise DateFormatError(f"'{text[:40]}' is not a date in EDTF.", _hint_at(text))
    year, month, day, qualifier = found.groups()
    if year.endswith("X"):
        if month or day:
            raise DateFormatError(f"'{text}' has a month in a year that is not known.", "Write 202X.")
        if not year.endswith("XX"):
            return PartialDate.of_decade(int(year[:3]) * 10, qualifier)
        first = int(year[:2]) * 100
        return PartialDate(_year_start(max(first, 1)), _year_start(first + 100), Precision.INTERVAL, qualifier)
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise DateFormatError(f"'{text}' has a day without its month.", "Write 2023 or 2023-05-07.")
        return PartialDate.of_year(int(year), qualifier)
    number = int(month)
    if 21 <= number <= 32:
        if day:
            raise DateFormatError(f"'{text}' has a day in a season.", "Write 2023-21.")
        if number > 28:
            raise DateFormatError(
                f"'{text}' is a season of the southern hemisphere.", "Write its months: 2023-09/2023-11."
            )
        names = {n: name for name, n in SEASONS.items()}
        return PartialDate.of_season(int(year), names[number if number < 25 else number - 4], qualifier)
    if day in (None, "XX"):
        return PartialDate.of_month(int(year), number, qualifier)
    return PartialDate.of_day(int(year), number, int(day), qualifier)


def _hint_at(text: str) -> str:
    if "T" in text:
        return "A date has no time of day; write 2023-05-07."
    if text[:1] in "[{":
        return "Sets of dates are not used; write an interval, 2022/2023."
    if text.startswith(("Y", "-")):
        return "Years are 1 to 9998."
    if text.startswith("age:"):
        return "Write the interval alone, 1990-05-08/1991-05-07."
    return "Write 2023, 2023-05, 2023-05-07, 2023-21, 202X, ../2023 or 2022/2023; `read_date` reads other forms."
