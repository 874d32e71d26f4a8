"""Dates as people write them, in many languages and several calendars, read as intervals with their precision.

What is read: ``07.05.2023``, ``05.2023``, ``2023``, ``7 мая 2023``, ``May 7, 2023``, ``spring 2023``, ``начало 2023``,
``1990-х``, ``до 2023``, ``after May 2023``, ``между мартом и маем 2023``, ``с 5 по 9 мая 2023``, ``2022-2023``,
``около 2022``, ``2023?``, EDTF. Nothing is guessed: a date without a year, a two-digit year without a pivot, a month's name
of another calendar and a word that is not known are refused with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from cenotaph.domain.dates import PartialDate, Precision
from cenotaph.domain.errors import DateFormatError
from cenotaph.reference.calendars import name_calendar
from cenotaph.reference.date_numbers import ORDERS, Parts, Reading
from cenotaph.reference.date_parts import parse_parts, resolve_parts
from cenotaph.reference.date_tables import normalise, read_about, read_connectors

_EDTF = re.compile(r"(?:\.\.|\d{4}|\d{2}xx|\d{3}x)(?:-(?:\d{2}|xx)){0,2}[?~%]?(?:/(?:\.\.|\d{4}(?:-\d{2}){0,2}[?~%]?))?")
_TWO_OR_MONTH = re.compile(r"\d{4}[-/]\d{2}")
_TWO_YEARS = re.compile(r"(\d{4})\s*[-/]\s*(\d{4}|\d{2})(?:\s*[^\W\d_]{1,3}\.?)?")
_WINTER = re.compile(r"(.+?)\s+(\d{4})\s*[-/]\s*(\d{4}|\d{2})(?:\s*[^\W\d_]{1,3}\.?)?")
_DASH = re.compile(r"(.+?)\s+-\s+(.+)|(.*\d)\s*\.\.\.?\s*(\d.*)|(\d{1,2})-(\d{1,2}\s+\D.*)|(\d+\.\d+\.\d{4})-(\d+\.\d+\.\d{4})")
# Digits of a script, years that they rarely mean in our calendar, and whose calendar they are of.
_OWN_YEARS = (
    ("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", 1100, 1699, "solar_hijri"),
    ("०१२३४५६७८९", 2040, 2150, "bikram_sambat"),
)
_DOUBT = re.compile(r"(.+?)\s*(?:\(\s*\?\s*\)|\?)")


def read_date(
    text: str,
    *,
    language: str | None = None,
    calendar: str = "gregorian",
    order: str = "dmy",
    pivot: int | None = None,
    year: int | None = None,
) -> PartialDate:
    """Return the date that a text gives.

    Parameters
    ----------
    text
        One date or interval and nothing else.
    language
        BCP 47 tag of its words; needed only where a word means two things in two languages.
    calendar
        One of :data:`cenotaph.reference.calendars.CALENDARS`.
    order
        What numbers such as 03.04.1990 mean: ``dmy``, ``mdy`` or ``ymd``; a year of four digits at the front is always first.
    pivot
        The last year that a year of two digits can mean: with 2025, ``25`` is 2025 and ``26`` is 1926. Without it such
        years are refused.
    year
        The year of a date that names none, where the same text says which it is. Without it such dates are refused.

    Returns
    -------
    PartialDate
        Days of the Gregorian calendar. "Early", "mid" and "late" are thirds of the period, marked ``~``. "Winter 2023" holds
        both winters that the year touches. "By" and "since" include the day they name, "before" and "after" do not.

    Raises
    ------
    DateFormatError
        It gives none; the message says what is in the way, the hint what to write.
    """
    if order not in ORDERS:
        raise DateFormatError(f"'{order}' is no order of day, month and year.", f"Orders are: {', '.join(ORDERS)}.")
    return _read_cached(text, language, name_calendar(calendar), order, pivot, year)


@lru_cache(maxsize=20_000)
def _read_cached(
    text: str, language: str | None, calendar: str, order: str, pivot: int | None, year: int | None
) -> PartialDate:
    whole = normalise(text)
    _check_digits(text, whole, calendar)
    if not whole:
        raise DateFormatError("There is no date.", "Leave the value away.")
    if len(whole) > 120:
        raise DateFormatError(f"'{whole[:40]} ...' is too long for a date.", "Quote the date alone.")
    return _read(whole, Reading(language, calendar, order, pivot, year))


def _check_digits(text: str, whole: str, calendar: str) -> None:
    """Refuse a year that stands in the digits of another calendar's country and would be of another age in ours."""
    if calendar not in ("gregorian", "julian"):
        return
    for digits, low, high, other in _OWN_YEARS:
        if any(c in digits for c in text):
            year = next((int(y) for y in re.findall(r"\d{4}", whole) if low <= int(y) <= high), None)
            if year is not None:
                raise DateFormatError(
                    f"'{text[:40]}' would be of the year {year} of the Gregorian calendar.",
                    f"Name the calendar, calendar = '{other}'" + (" or 'islamic'." if other == "solar_hijri" else "."),
                )


def _read(text: str, reading: Reading) -> PartialDate:
    only_edtf = text.strip("x?~%") != text or "/" in text or "x" in text
    if reading.calendar == "gregorian" and only_edtf and _EDTF.fullmatch(text) and not _TWO_OR_MONTH.fullmatch(text):
        return _read_two_years(text, reading) or PartialDate.from_edtf(text.replace("x", "X"))
    for read in (_read_qualified, _read_two_years, _read_winter, _read_connected, _read_dashed):
        if (found := read(text, reading)) is not None:
            return found
    return resolve_parts(parse_parts(text, reading), text, reading)


def _read_qualified(text: str, reading: Reading) -> PartialDate | None:
    """Read what says that a date is uncertain or approximate; it holds for both sides of an interval."""
    if (found := _DOUBT.fullmatch(text)) and not re.fullmatch(r"[\d./\-]*[./-]\?{1,2}", text):
        return _qualify(_read(found[1], reading), "?")
    if (text.endswith(("~", "%"))) and len(text) > 1:
        return _qualify(_read(text[:-1].strip(), reading), text[-1])
    if found := read_about().fullmatch(text):
        return _qualify(_read(found[1], reading), "~")
    return None


def _qualify(date: PartialDate, mark: str) -> PartialDate:
    first, last = _add(date.qualifier, mark), _add(date.end_qualifier or "", mark)
    return PartialDate(date.start, date.end, date.precision, first, last)


def _add(qualifier: str, mark: str) -> str:
    return mark if qualifier in ("", mark) else "%"


def _read_two_years(text: str, reading: Reading) -> PartialDate | None:
    """Read 2022-2023, 2022/2023, and 2022/23 where 23 cannot be a month; 2022-21 is a season of EDTF."""
    found = _TWO_YEARS.fullmatch(text)
    if not found:
        return None
    first, last = int(found[1]), found[2]
    if len(last) == 2:
        if (first + 1) % 100 != int(last):
            return _read_edtf_season(text)
        if int(last) <= 12 and "/" in text:
            raise DateFormatError(f"'{text}' may be a month or two years.", f"Write {first}-{last} or {first}/{first + 1}.")
        if int(last) <= 12:
            return None
        if 21 <= int(last) <= 24 and "/" not in text:
            raise DateFormatError(
                f"'{text}' may be two years or a season in EDTF.", f"Write {first}/{first + 1} or spring {first}."
            )
    end = int(last) if len(last) == 4 else first + 1
    return _span(Parts(year=first), Parts(year=end), text, reading)


def _read_edtf_season(text: str) -> PartialDate | None:
    return PartialDate.from_edtf(text) if re.fullmatch(r"\d{4}-2[1-8]", text) else None


def _read_winter(text: str, reading: Reading) -> PartialDate | None:
    """Read the winter of two years."""
    found = _WINTER.fullmatch(text)
    if not found or reading.calendar != "gregorian":
        return None
    parts = parse_parts(f"{found[1]} {found[2]}", reading)
    if parts.season != "winter" or int(found[3]) not in (int(found[2]) + 1, (int(found[2]) + 1) % 100):
        return None
    return PartialDate.of_season(int(found[2]), "winter")


def _read_connected(text: str, reading: Reading) -> PartialDate | None:
    failure: DateFormatError | None = None
    for role, pattern in read_connectors():
        if found := pattern.fullmatch(text):
            try:
                if role in ("between", "from"):
                    return _read_pair(found[1], found[2], text, reading)
                return _ONE[role](_read(found[1], reading))
            except DateFormatError as error:
                failure = failure or error
    if failure:
        raise failure
    return None


def _read_dashed(text: str, reading: Reading) -> PartialDate | None:
    found = _DASH.fullmatch(text)
    if not found:
        return None
    first, last = (group for group in found.groups() if group is not None)
    return _read_pair(first, last, text, reading)


def _read_pair(first: str, last: str, text: str, reading: Reading) -> PartialDate:
    """Read two dates of an interval; what the first lacks it has from the second."""
    first, first_mark = _take_mark(first)
    last, last_mark = _take_mark(last)
    last_parts = parse_parts(last, reading)
    return _span(parse_parts(first, reading).fill(last_parts), last_parts, text, reading, first_mark, last_mark)


def _take_mark(text: str) -> tuple[str, str]:
    mark = ""
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    if found := _DOUBT.fullmatch(text):
        text, mark = found[1], "?"
    if found := read_about().fullmatch(text):
        text, mark = found[1], _add(mark, "~")
    return text, mark


def _span(
    first: Parts, last: Parts, text: str, reading: Reading, first_mark: str = "", last_mark: str = ""
) -> PartialDate:
    start, end = resolve_parts(first, text, reading), resolve_parts(last, text, reading)
    marks = (_add(start.qualifier, first_mark) if first_mark else start.qualifier, last_mark or end.qualifier)
    try:
        return PartialDate(start.start, end.end, Precision.INTERVAL, *marks)
    except DateFormatError as error:
        raise DateFormatError(f"'{text}' ends before it begins.", "Write the year on both sides.") from error


def _until(date: PartialDate) -> PartialDate:
    return PartialDate(None, date.end, Precision.BEFORE, date.qualifier)


def _since(date: PartialDate) -> PartialDate:
    return PartialDate(date.start, None, Precision.AFTER, date.qualifier)


_ONE: dict[str, Callable[[PartialDate], PartialDate]] = {
    "before": lambda date: PartialDate.before(date, date.qualifier),
    "after": lambda date: PartialDate.after(date, date.qualifier),
    "until": _until,
    "since": _since,
}
