"""A date of stated precision: a half-open interval of days, with how precisely it was given.

Written form in and out is EDTF (Extended Date/Time Format, ISO 8601-2:2019), level 1: ``2023``, ``2023-05``,
``2023-05-07``, ``2023-21`` (a season), ``202X`` (a decade), ``../2023-05`` and ``2023-05/..`` (open), ``2022-03/2022-05``
(between), with ``?``, ``~`` or ``%`` for uncertain, approximate, both, on the date or on either side of an interval.

An interval of EDTF includes its last day, so what is said to be before May 2023 is written ``../2023-04-30``. That an
interval was worked out from an age EDTF cannot say: it is written as the interval it is, and who keeps the precision
gives it to :meth:`PartialDate.from_edtf` again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cenotaph.domain.days import (
    ONE_DAY,
    SEASON_MONTHS,
    SEASONS,
    Precision,
    day_after,
    day_span,
    decade_span,
    fits,
    month_span,
    season_span,
    year_span,
    years_before,
)
from cenotaph.domain.edtf import read_edtf
from cenotaph.domain.errors import DateFormatError

__all__ = ["SEASONS", "PartialDate", "Precision"]

_QUALIFIERS = ("", "?", "~", "%")
_SEASON_NUMBERS = {month: number for number, month in SEASON_MONTHS.items()}


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
        if not fits(self.start, self.end, self.precision):
            raise DateFormatError(
                f"The days from {self.start or 'ever'} to before {self.end or 'ever'} are no {self.precision}.",
                "Use the constructors of_day(), of_month(), before(), between() ...",
            )

    @classmethod
    def of_day(cls, year: int, month: int, day: int, qualifier: str = "") -> PartialDate:
        """Return one day."""
        return cls(*day_span(year, month, day), Precision.DAY, qualifier)

    @classmethod
    def of_month(cls, year: int, month: int, qualifier: str = "") -> PartialDate:
        """Return a month."""
        return cls(*month_span(year, month), Precision.MONTH, qualifier)

    @classmethod
    def of_year(cls, year: int, qualifier: str = "") -> PartialDate:
        """Return a year."""
        return cls(*year_span(year), Precision.YEAR, qualifier)

    @classmethod
    def of_decade(cls, year: int, qualifier: str = "") -> PartialDate:
        """Return the decade that a year lies in: 2023 gives the days from 2020 to 2029."""
        return cls(*decade_span(year), Precision.DECADE, qualifier)

    @classmethod
    def of_season(cls, year: int, season: str, qualifier: str = "") -> PartialDate:
        """Return a meteorological season of the northern hemisphere; a winter begins in December of ``year``."""
        return cls(*season_span(year, season), Precision.SEASON, qualifier)

    @classmethod
    def before(cls, other: date | PartialDate, qualifier: str = "") -> PartialDate:
        """Return every day before a date begins."""
        end = other if isinstance(other, date) else other.start
        return cls(None, end, Precision.BEFORE, qualifier)

    @classmethod
    def after(cls, other: date | PartialDate, qualifier: str = "") -> PartialDate:
        """Return every day after a date has ended."""
        start = day_after(other) if isinstance(other, date) else other.end
        return cls(start, None, Precision.AFTER, qualifier)

    @classmethod
    def between(cls, first: date | PartialDate, last: date | PartialDate, qualifier: str = "") -> PartialDate:
        """Return the days from the beginning of one date to the end of another."""
        start = first if isinstance(first, date) else first.start
        end = day_after(last) if isinstance(last, date) else last.end
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
        start = years_before(at.start, high + 1)
        end = years_before(at.end - ONE_DAY, low)
        leap = (2, 28)
        return cls(
            start if (start.month, start.day) == leap else start + ONE_DAY,
            end + 2 * ONE_DAY if (end.month, end.day) == leap else end + ONE_DAY,
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
        read = cls(*read_edtf(text))
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
            return f"../{(self.end - ONE_DAY).isoformat()}{last}"
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
                return f"{start.year:04}-{_SEASON_NUMBERS[start.month]}{q}"
            case _:
                return f"{start.isoformat()}{q}/{(self.end - ONE_DAY).isoformat()}{last}"

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
        return self.end is not None and self.end <= day_after(day)

    def may_be_on_or_before(self, day: date) -> bool:
        """Tell whether the date can lie on or before a day."""
        return self.start is None or self.start <= day
