"""When a claim's words for a date are: resolved against the day of publication, and never invented."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import DateFormatError
from cenotaph.extract.claims.dates import WEEKDAYS, read_relative
from cenotaph.reference.date_words import read_date

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"\d{1,3}")
_SINCE = re.compile(r"(?:since|from|с|со|з|із|від)\s+(.+)")
_LEAD = re.compile(
    r"(?:as of|by the end of|by|on|in|at|late|early|during|over|for|within|through|until|"
    r"по состоянию на|по состоянию к|станом на|состоянием на|за|на|к|ко|в|во|у|до|про|утро|вечер|утру|вечеру|"
    r"утром|вечером|днем|the|state)\s+(.+)"
)
_MOST_LEADS = 4
_LONGEST = 80


def resolve_words(words: str, language: str, published_on: date | None) -> str | None:
    """Return the EDTF of the words for a date, hour's day or window.

    Parameters
    ----------
    words
        As the text has them ("on Tuesday", "с начала года", "3 November").
    language
        ``en``, ``ru`` or ``uk``.
    published_on
        The day of publication. A date without a year is the latest that is not after it; an open window ends with it.

    Returns
    -------
    str or None
        None where the words give no date of their own, or only beside a day of publication that is not known.
    """
    if len(words) > _LONGEST:
        return None
    if published_on is not None and not date.min.year < published_on.year < date.max.year:
        published_on = None  # the calendar ends there, and nothing was published then
    return _resolve(" ".join(words.lower().replace("ё", "е").split()), language, published_on)


@lru_cache(maxsize=20_000)
def _resolve(text: str, language: str, published_on: date | None) -> str | None:
    text = text.strip(" ,.;:")
    if _YEAR.search(text):
        return _read_open(text, language, None, published_on)
    if published_on is None:
        return None
    found = _read_relative(text, language, published_on)
    if found is not None:
        return found
    for year in (published_on.year, published_on.year - 1):
        edtf = _read_open(text, language, year, published_on)
        if edtf is None:
            return None
        start = PartialDate.from_edtf(edtf).start
        if start is None or start <= published_on:
            return edtf
    return None


def _read_open(text: str, language: str, year: int | None, published_on: date | None) -> str | None:
    """Read a date; one that a window began with is open, or ends with the day of publication."""
    since = _SINCE.fullmatch(text)
    if since is not None:
        start = _read_plain(since[1], language, year)
        if start is None:
            return _read_plain(text, language, year)
        if "/" in start and not start.endswith("/.."):
            return start
        return _end_window(start.removesuffix("/.."), published_on)
    return _read_plain(text, language, year)


def _end_window(start: str, published_on: date | None) -> str:
    """Return a window that ends with the day of publication, or that is open where it begins after it."""
    begins = PartialDate.from_edtf(start).start
    if published_on is None or (begins is not None and begins > published_on):
        return f"{start}/.."
    return f"{start}/{published_on}"


def _read_plain(text: str, language: str, year: int | None) -> str | None:
    for _ in range(_MOST_LEADS):
        try:
            return read_date(text, language=language, year=year).edtf
        except DateFormatError:
            lead = _LEAD.fullmatch(text)
            if lead is None:
                return None
            text = lead[1]
    return None


def _read_relative(text: str, language: str, day: date) -> str | None:
    """Read what only the day of publication dates: "yesterday", "on Tuesday", "за последние сутки"."""
    for pattern, rule in read_relative(language):
        found = pattern.fullmatch(text)
        if found is not None:
            groups = found.groupdict()
            try:
                return _apply(rule, groups.get("n"), groups.get("unit"), groups.get("day"), language, day)
            except OverflowError:
                return None  # before the first year that a calendar has
    return None


def _apply(rule: str, number: str | None, unit: str | None, weekday: str | None, language: str, day: date) -> str | None:
    yesterday = day - timedelta(days=1)
    monday = day - timedelta(days=day.weekday())
    if rule in ("weekday", "past_weekday", "night_to_weekday"):
        place = next((at for beginning, at in WEEKDAYS[language] if (weekday or "").startswith(beginning)), None)
        if place is None:
            return None
        back = (day.weekday() - place) % 7
        if back == 0 and rule == "past_weekday":
            back = 7
        found = day - timedelta(days=back)
        return str(found) if rule != "night_to_weekday" else f"{found - timedelta(days=1)}/{found}"
    if rule in ("window", "ago"):
        first = _step_back(day, _count(number, language), unit or "", language)
        if first is None:
            return None
        if rule == "window":
            return f"{first}/{day}"
        precise = {"y": 4, "г": 4, "л": 4, "m": 7, "м": 7}.get((unit or "d")[0], 10)  # "two years ago" is no day
        return str(first)[:precise] + ("~" if (unit or "").startswith(("week", "недел")) else "")
    last_month = (day.replace(day=1) - timedelta(days=1)).isoformat()[:7]
    return {
        "today": str(day),
        "yesterday": str(yesterday),
        "day_before_yesterday": str(day - timedelta(days=2)),
        "night": f"{yesterday}/{day}",
        "last_week": f"{monday - timedelta(days=7)}/{monday - timedelta(days=1)}",
        "this_week": f"{monday}/{day}",
        "last_month": last_month,
        "this_month": f"{day.replace(day=1)}/{day}",
        "last_year": str(day.year - 1),
        "this_year": f"{day.replace(month=1, day=1)}/{day}",
    }.get(rule)


def _count(number: str | None, language: str) -> int | None:
    if number is None or not number.strip():
        return 1
    if _NUMBER.fullmatch(number.strip()):
        return int(number)
    return _WORDS.get(number.strip())


_WORDS = {
    word: place
    for row in (
        "a one two three four five six seven eight nine ten eleven twelve",
        "сутки два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
        "один две трое четверо пятеро шестеро семеро",
    )
    for place, word in enumerate(row.split(), start=0 if row.startswith("a ") else 1)
} | {"a": 1, "an": 1, "couple of": 2, "двое": 2, "eighteen": 18, "twenty": 20, "пару": 2}


def _step_back(day: date, number: int | None, unit: str, language: str) -> date | None:
    """Go back by days, weeks, months or years; hours by whole days."""
    if number is None or not number:
        return None
    if unit.startswith(("hour", "час", "годин")):
        return day - timedelta(days=max(1, number // 24))
    if unit.startswith(("day", "night", "дн", "ден", "сут", "доб")):
        return day - timedelta(days=number)
    if unit.startswith(("week", "недел", "тижн")):
        return day - timedelta(weeks=number)
    if unit.startswith(("half", "полгода")):
        months = 6
    elif unit.startswith(("month", "меся", "місяц")):
        months = number
    elif unit.startswith(("year", "год", "лет", "рок", "рік")):
        months = 12 * number
    else:
        return None
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    return None
