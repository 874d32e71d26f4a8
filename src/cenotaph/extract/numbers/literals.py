"""Numbers in digits: what one token of digits with its points, commas and spaces stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 15
"""Digits beyond which a number is a code."""

_GROUPED = re.compile(r"\d{1,3}(?:([ \u00a0\u2007\u2009\u202f,.'’])\d{3})(?:\1\d{3})*")
_PARTS = re.compile(r"\D")
_DATE = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})|(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_SPACES = re.compile(r"[ \u00a0\u2007\u2009\u202f]")


@dataclass(frozen=True, slots=True)
class Literal:
    """A token of digits.

    Parameters
    ----------
    value
        Its number; None where it is none (a date, a time, a code).
    shape
        ``plain``, ``grouped``, ``decimal``, ``date``, ``day_month`` (a decimal that may be one), ``time``, ``code``.
    """

    value: int | float | None
    shape: str


def read_literal(token: str) -> Literal:
    """Return what a token of digits stands for.

    ``1,200`` and ``1.200`` are one thousand two hundred, ``3.5`` and ``2,3`` are decimals, ``12.05.2023`` is a date, ``14:00``
    a time, ``0312`` and ``14/2`` codes.
    """
    if len(token) > 4 * LONGEST:
        return Literal(None, "code")
    return _read(token)


@lru_cache(maxsize=65_536)
def _read(token: str) -> Literal:
    if token.isdecimal():
        if len(token) > LONGEST or (len(token) > 1 and int(token[0]) == 0):
            return Literal(None, "code")
        return Literal(int(token), "plain")
    if ":" in token:
        return Literal(None, "time")
    found = _DATE.fullmatch(token)
    if found:
        return Literal(None, "date" if _is_date(found) else "code")
    if "/" in token or "-" in token:
        return Literal(None, "code")
    if int(token[0]) and _GROUPED.fullmatch(token):
        number = int(_PARTS.sub("", token))
        return Literal(number, "grouped") if len(token) <= LONGEST + 5 else Literal(None, "code")
    return _read_decimal(token)


def _is_date(found: re.Match[str]) -> bool:
    day, month = (found[1], found[3]) if found[1] else (found[7], found[6])
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 31


def _read_decimal(token: str) -> Literal:
    place = max(token.rfind("."), token.rfind(","))
    whole, point, rest = token[:place], token[place : place + 1], token[place + 1 :]
    if not point or "'" in token or "’" in token:
        return Literal(None, "code")
    if not whole.isdecimal():
        if not _GROUPED.fullmatch(whole) or point in whole:
            # "1.2.3", or a list without spaces.
            return Literal(None, "code")
        whole = _PARTS.sub("", _SPACES.sub("", whole))
    if len(whole) + len(rest) > LONGEST or (len(whole) > 1 and int(whole[0]) == 0 and len(rest) != 2):
        return Literal(None, "code")
    value = float(f"{int(whole)}.{''.join(str(int(digit)) for digit in rest)}")
    if point == "." and len(whole) <= 2 and len(rest) == 2 and 1 <= int(whole) <= 31 and 1 <= int(rest) <= 12:
        return Literal(value, "day_month")
    return Literal(value, "decimal")
