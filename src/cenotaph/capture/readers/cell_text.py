"""What a workbook's cell says, as text.

Whole numbers have no ``.0``, other numbers are the shortest text that gives the same number back, dates are
ISO 8601. A number's format decides one thing only: whether it is a date.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal

DateKind = Literal["date", "time"]

EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001, workbooks know no time zones.

_BUILT_IN: dict[int, DateKind] = {
    **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "date"),
    **dict.fromkeys((18, 19, 20, 21, 45, 47), "time"),
}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]', re.IGNORECASE)
_FRACTION = re.compile(r"s[.,]0+", re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EXACT = 2**53  # Up to it a float that is whole is the number that was written.


def find_date_kind(number_format: int, code: str | None = None) -> DateKind | None:
    """Return whether a number format shows a date (with or without a time), a time of day, or neither (None).

    Parameters
    ----------
    number_format
        The format's number.
    code
        The workbook's own format under that number.

    Notes
    -----
    A duration such as ``[h]:mm`` is neither: its cell stays a number of days. openpyxl's own rule takes every
    format with one of the letters d, m, h, y, s for a date, so also ``Standard``, and none of the numbers 27
    to 36 and 50 to 58, which are dates in East Asian workbooks.
    """
    if code is None:
        return _BUILT_IN.get(number_format)
    code = _LITERAL.sub("", code[:255]).split(";")[0].lower()
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


def number_text(number: float) -> str:
    """Return a finite number as text."""
    if isinstance(number, int) or (number.is_integer() and abs(number) <= _EXACT):
        return str(int(number))
    return repr(number)


def date_text(serial: float, kind: DateKind, epoch: datetime = EPOCH_1900) -> str:
    """Return the date, instant or time of day that a number of days stands for, to the second, in ISO 8601.

    What is no day of the calendar stays a number: day 0 of 1900, day 60 (29 February 1900, which there was
    not), what is negative and what lies beyond the year 9999. openpyxl makes of these a time, another day, or
    ``#VALUE!``.

    Parameters
    ----------
    serial
        Days since the workbook's epoch.
    kind
        What its format shows.
    epoch
        The workbook's day 0, in 1904 or, as 60 and the days after it are counted, in 1899.
    """
    try:
        days, seconds = divmod(round(serial * 86_400), 86_400)
        if kind == "time" and days == 0:
            return (EPOCH_1900 + timedelta(seconds=seconds)).time().isoformat()
        if days < 0 or (epoch == EPOCH_1900 and days in (0, 60)):
            return number_text(serial)
        skipped = epoch == EPOCH_1900 and days < 60
        moment = epoch + timedelta(days=days + skipped, seconds=seconds)
    except OverflowError:
        return number_text(serial)
    return moment.isoformat().removesuffix("T00:00:00")


def unescape(text: str) -> str:
    """Return text with its ``_xHHHH_`` turned into characters, but for NUL and half characters."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)
