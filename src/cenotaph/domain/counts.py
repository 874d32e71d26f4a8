"""A number of people with the bound it was given: a range never becomes a mean, and only an exact number is one number.

======================  =====================  ==========================================
bound                   low, high              canonical text
======================  =====================  ==========================================
exact                   n, n                   ``47``
at_least                n, none                ``at least 47``
more_than               n, none                ``more than 118,000`` (n itself, not n + 1)
at_most                 none, n                ``at most 600``
approx                  n, n                   ``about 600``
range                   m, n                   ``500 to 600``
may_exceed              n, none                ``may exceed 500``
vague                   floor or none, none    ``uncounted``, ``uncounted, 12 or more``
======================  =====================  ==========================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from cenotaph.domain.errors import ValueFormatError


class Bound(StrEnum):
    """How a number was given."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    APPROX = "approx"
    RANGE = "range"
    MAY_EXCEED = "may_exceed"
    VAGUE = "vague"


# Floors of vague words, after the convention that ACLED publishes for reported fatalities ("dozens" are 12 ...), continued
# by the power of ten that the word names. The words are the evidence; a floor is a convention and may be changed here.
VAGUE_FLOORS: dict[str, int] = {
    "tens": 10,
    "dozens": 12,
    "hundreds": 100,
    "thousands": 1_000,
    "tens_of_thousands": 10_000,
    "hundreds_of_thousands": 100_000,
    "millions": 1_000_000,
}

_NUMBER = r"(0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)"
_BEFORE = {
    "at least ": Bound.AT_LEAST,
    "more than ": Bound.MORE_THAN,
    "at most ": Bound.AT_MOST,
    "about ": Bound.APPROX,
    "may exceed ": Bound.MAY_EXCEED,
}
_ONE = re.compile(rf"({'|'.join(_BEFORE)})?{_NUMBER}")
_TWO = re.compile(rf"{_NUMBER} to {_NUMBER}")
_VAGUE = re.compile(rf"uncounted(?:, {_NUMBER} or more)?")


@dataclass(frozen=True, slots=True)
class CountRange:
    """How many, as it was given.

    Parameters
    ----------
    low, high
        Whole numbers from 0, or None, as the table above has them for each bound.
    bound
        How they were given.

    Raises
    ------
    ValueFormatError
        The numbers are not those of the bound.
    """

    low: int | None
    high: int | None
    bound: Bound

    def __post_init__(self) -> None:
        for number in (self.low, self.high):
            if number is not None and (type(number) is not int or number < 0):
                raise ValueFormatError(f"{number!r} is not a number of people.", "Give a whole number from 0.")
        low, high = self.low is not None, self.high is not None
        match self.bound:
            case Bound.EXACT | Bound.APPROX:
                right = low and self.low == self.high
            case Bound.AT_LEAST | Bound.MORE_THAN | Bound.MAY_EXCEED:
                right = low and not high
            case Bound.AT_MOST:
                right = high and not low
            case Bound.RANGE:
                right = self.low is not None and self.high is not None and self.low < self.high
            case _:
                right = self.bound is Bound.VAGUE and not high
        if not right:
            raise ValueFormatError(
                f"low {self.low} and high {self.high} do not make a number that is '{self.bound}'.",
                "Use the constructors exact(), at_least(), more_than() ...",
            )

    @classmethod
    def exact(cls, number: int) -> CountRange:
        """Return exactly so many."""
        return cls(number, number, Bound.EXACT)

    @classmethod
    def at_least(cls, number: int) -> CountRange:
        """Return so many or more."""
        return cls(number, None, Bound.AT_LEAST)

    @classmethod
    def more_than(cls, number: int) -> CountRange:
        """Return what is said to be over a number; the number itself is kept, one is not added."""
        return cls(number, None, Bound.MORE_THAN)

    @classmethod
    def at_most(cls, number: int) -> CountRange:
        """Return so many or fewer."""
        return cls(None, number, Bound.AT_MOST)

    @classmethod
    def approx(cls, number: int) -> CountRange:
        """Return what is said to be near a number; how near, nobody said."""
        return cls(number, number, Bound.APPROX)

    @classmethod
    def between(cls, low: int, high: int) -> CountRange:
        """Return from so many to so many, both included."""
        return cls(low, high, Bound.RANGE)

    @classmethod
    def may_exceed(cls, number: int) -> CountRange:
        """Return what is said to be possibly over a number."""
        return cls(number, None, Bound.MAY_EXCEED)

    @classmethod
    def vague(cls, floor: int | None = None) -> CountRange:
        """Return a number given in words such as "dozens", with its floor, or "several", without."""
        return cls(floor, None, Bound.VAGUE)

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.bound is Bound.EXACT

    def exact_number(self) -> int:
        """Return the number.

        Raises
        ------
        ValueFormatError
            It is not exact: no other bound is one number.
        """
        if not self.is_exact or self.low is None:
            raise ValueFormatError(f"'{self.text}' is not one number.", "Show it with its bound; a range has no mean.")
        return self.low

    @property
    def minimum(self) -> int:
        """The least that the words allow.

        "More than 500" allows 500, since what it is said of is often a rounded number; "about" and "may exceed" exclude
        nothing; a vague word has its floor.
        """
        if self.bound in (Bound.APPROX, Bound.MAY_EXCEED) or self.low is None:
            return 0
        return self.low

    @property
    def maximum(self) -> int | None:
        """The most that the words allow; None where they set no limit."""
        return None if self.bound is Bound.APPROX else self.high

    def contains(self, other: int | CountRange) -> bool:
        """Tell whether every number that the other allows is allowed by this one."""
        other = CountRange.exact(other) if isinstance(other, int) else other
        if other.minimum < self.minimum:
            return False
        return self.maximum is None or (other.maximum is not None and other.maximum <= self.maximum)

    def excludes(self, other: int | CountRange) -> bool:
        """Tell whether no number can be both."""
        other = CountRange.exact(other) if isinstance(other, int) else other
        return _below(self, other) or _below(other, self)

    @property
    def text(self) -> str:
        """The canonical text; :meth:`parse` gives the same count back."""
        match self.bound:
            case Bound.EXACT:
                return f"{self.low:,}"
            case Bound.RANGE:
                return f"{self.low:,} to {self.high:,}"
            case Bound.VAGUE:
                return "uncounted" if self.low is None else f"uncounted, {self.low:,} or more"
            case _:
                words = next(words for words, bound in _BEFORE.items() if bound is self.bound)
                return f"{words}{self.high if self.low is None else self.low:,}"

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> CountRange:
        """Read the canonical text, with or without commas between thousands.

        Raises
        ------
        ValueFormatError
            It is none.
        """
        if found := _ONE.fullmatch(text):
            number = _int(found[2])
            bound = _BEFORE.get(found[1] or "", Bound.EXACT)
            if bound is Bound.AT_MOST:
                return cls(None, number, bound)
            return cls(number, number if bound in (Bound.EXACT, Bound.APPROX) else None, bound)
        if found := _TWO.fullmatch(text):
            return cls.between(_int(found[1]), _int(found[2]))
        if found := _VAGUE.fullmatch(text):
            return cls.vague(_int(found[1]) if found[1] else None)
        raise ValueFormatError(
            f"'{text[:60]}' is not a count.", "Write 47, at least 47, more than 47, at most 47, about 47 or 40 to 47."
        )


def _below(first: CountRange, second: CountRange) -> bool:
    return first.maximum is not None and first.maximum < second.minimum


def _int(text: str) -> int:
    return int(text.replace(",", ""))
