"""Dates that are all numbers: which is the day, which the month, and what two digits of a year mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cenotaph.domain.errors import DateFormatError, NoYearError

# What stands for a digit that nobody knows: Latin and Cyrillic letters, and marks. A year of zeros is none either.
_UNKNOWN_DIGITS = "xXхХ?*_0"
ORDERS = ("dmy", "mdy", "ymd")
_UNKNOWN = r"[xх?*_]{1,4}|00?"
_THREE = re.compile(rf"(\d{{1,4}}|{_UNKNOWN})\s*([./-])\s*(\d{{1,2}}|{_UNKNOWN})\s*\2\s*(\d{{1,4}}|{_UNKNOWN})")
_TWO = re.compile(rf"(\d{{1,4}}|{_UNKNOWN})\s*[./-]\s*(\d{{1,4}})")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is to be read: its language, calendar, order of numbers, and what two-digit years mean."""

    language: str | None
    calendar: str
    order: str
    pivot: int | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that a date's words give; None for what they do not say."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: str | None = None
    part: str | None = None
    decade: bool = False
    weekday: int | None = None

    def fill(self, other: Parts) -> Parts:
        """Return these parts with the year, and the month of a bare day, that the other date has."""
        filled = self if self.year is not None else replace(self, year=other.year)
        if filled.day is not None and filled.month is None:
            filled = replace(filled, month=other.month)
        return filled


def parse_numbers(text: str, reading: Reading) -> Parts | None:
    """Return the parts of a date that is two or three numbers, or None where it is something else.

    Raises
    ------
    DateFormatError
        They are no date in the order that is given.
    """
    if found := _THREE.fullmatch(text):
        return _order_three(found[1], found[3], found[4], text, reading)
    if found := _TWO.fullmatch(text):
        return _order_two(found[1], found[2], text, reading)
    return None


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() and int(text) else None


def _order_three(first: str, second: str, third: str, text: str, reading: Reading) -> Parts:
    if len(first) >= 3 or (reading.order == "ymd" and len(third) < 3):
        year, month, day = first, second, third
    elif reading.order == "mdy":
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    if month.isdigit() and int(month) > 12 and day.isdigit() and 0 < int(day) <= 12:
        raise DateFormatError(
            f"'{text}' has no month {month} in the order {reading.order}.",
            "Is the order of day and month another one? Name it with `order`: dmy, mdy or ymd.",
        )
    parts = Parts(read_year(year, text, reading), _number(month), _number(day))
    if parts.month is None and parts.day is not None:
        raise DateFormatError(f"'{text}' has a day without its month.", "Write the year alone, or the month too.")
    return parts


def _order_two(first: str, second: str, text: str, reading: Reading) -> Parts:
    if len(first) == len(second) == 4:
        raise DateFormatError(f"'{text}' is two years.", "Write 2022/2023.")
    if len(first) == 4:
        if int(second) > 12:
            raise DateFormatError(f"'{text}' has no month {second}.", "Write 2022/2023 for two years, spring 2022 for a season.")
        return Parts(read_year(first, text, reading), _number(second))
    if len(second) == 4:
        return Parts(read_year(second, text, reading), _number(first))
    raise DateFormatError(f"'{text}' has no year of four digits.", "A year is never guessed; write it with the date.")


def read_year(text: str, whole: str, reading: Reading) -> int:
    """Return the year that digits are; two of them need the pivot.

    Raises
    ------
    DateFormatError
        They are not four, or two without a pivot.
    """
    if text and not text.strip(_UNKNOWN_DIGITS):
        raise NoYearError(f"'{whole}' leaves its year open.", "A year is never guessed.")
    if not text.isdigit():
        raise DateFormatError(f"'{whole}' has no year.", "A year is never guessed.")
    if len(text) == 4:
        return int(text)
    if len(text) == 3:
        raise DateFormatError(f"'{whole}' has a year of three digits.", "Write four.")
    if reading.pivot is None:
        raise DateFormatError(
            f"'{whole}' has a year of {len(text)} digits, which may be of two centuries.",
            "Write four digits, or give `pivot`, the last year that two digits can mean.",
        )
    return reading.pivot - (reading.pivot - int(text)) % 100
