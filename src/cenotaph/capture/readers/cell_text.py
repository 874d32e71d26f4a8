"""What a workbook's cell says, as text.

Whole numbers have no ``.0``, other numbers are the shortest text that gives the same number back, dates are
ISO 8601. A number's format decides one thing only: whether it is a date.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from typing import Literal

DateKind = Literal["date", "time"]

_BUILT_IN: dict[int, DateKind] = {
    **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "date"),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), "time"),
}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]', re.IGNORECASE)
_FRACTION = re.compile(r"s[.,]0+", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_DAY = 2_958_465  # 31 December 9999.
_EXACT = 2**53  # Up to it a float that is whole is the number that was written.
_DIGITS = 100


def find_date_kind(number_format: int, codes: dict[int, str]) -> DateKind | None:
    """Return whether a number format shows a date (with or without a time), a time of day, or neither (None).

    Parameters
    ----------
    number_format
        The format's number.
    codes
        The workbook's own formats, by number.

    Notes
    -----
    A duration such as ``[h]:mm`` is neither: its cell stays a number of days.
    """
    if number_format not in codes:
        return _BUILT_IN.get(number_format)
    code = _LITERAL.sub("", codes[number_format]).split(";")[0].lower()
    if "[" in code:
        return None
    clock = "am/pm" in code or "a/p" in code
    code = _FRACTION.sub("s", code.replace("am/pm", "").replace("a/p", ""))
    letters = {c for c in code if c.isalpha()}
    if not letters or not letters <= set("dmyhsabeg") or any(c in "0#?" for c in code):
        return None
    if letters & set("yd"):
        return "date"
    if letters & set("hs") or clock:
        return "time"
    return "date" if "m" in letters else None


def number_text(written: str) -> str:
    """Return a number as text.

    Raises
    ------
    ValueError
        It is no number.
    """
    if written.isdigit() and written.isascii() and len(written) <= _DIGITS:
        return written.lstrip("0") or "0"
    number = parse_number(written)
    if number.is_integer() and abs(number) <= _EXACT:
        return str(int(number))
    return repr(number)


def parse_number(written: str) -> float:
    """Return a number as it is written in a workbook.

    Raises
    ------
    ValueError
        It is none, or too large to be one.
    """
    if not _NUMBER.fullmatch(written.strip()):
        raise ValueError(f"{written[:40]!r} is no number")
    number = float(written)
    if math.isinf(number):
        raise ValueError(f"{written[:40]!r} is too large a number")
    return number


def date_text(written: str, kind: DateKind, from_1904: bool) -> str:
    """Return the date, instant or time of day that a number of days stands for, to the second, in ISO 8601.

    What is no day of the calendar stays a number: day 0, day 60 of 1900 (29 February 1900, which there was
    not), and what lies beyond the year 9999.

    Parameters
    ----------
    written
        Days since the workbook's epoch.
    kind
        What its format shows.
    from_1904
        Whether the epoch is 1904 and not 1900.

    Raises
    ------
    ValueError
        It is no number.
    """
    serial = parse_number(written)
    if not 0 <= serial <= _LAST_DAY + 1:
        return number_text(written)
    days = math.floor(serial)
    seconds = round((serial - days) * 86_400)
    if kind == "time" and days == 0 and seconds < 86_400:
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    days, seconds = days + seconds // 86_400, seconds % 86_400
    first = date(1904, 1, 1)
    if not from_1904:
        if days in (0, 60):
            return number_text(written)
        first = date(1899, 12, 31) if days < 60 else date(1899, 12, 30)
    try:
        day = first + timedelta(days=days)
    except OverflowError:
        return number_text(written)
    if not seconds:
        return day.isoformat()
    return (datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)).isoformat()  # noqa: DTZ001


def unescape(text: str) -> str:
    """Return text with its ``_xHHHH_`` turned into characters, but for NUL and half characters."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)
