"""What one date's words say, part by part: year, month, day, season, part of a period; before it is days of a calendar."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from cenotaph.domain.dates import PartialDate, Precision
from cenotaph.domain.errors import DateFormatError, NoYearError
from cenotaph.reference.calendars import read_parts
from cenotaph.reference.date_numbers import Parts, Reading, parse_numbers, read_year
from cenotaph.reference.date_tables import read_months, read_words
from cenotaph.reference.folding import fold

_DECADE = re.compile(r"(\d{4}|\d{2})\s*-?\s*('?[^\W\d]+)")
_TOKEN = re.compile(r"\d+|[^\d\s,;.()\-/]+")
_TIME = re.compile(r"(?<=\d)[t ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:z|utc|[+-]\d{2}:?\d{2}))?$")


def parse_parts(text: str, reading: Reading) -> Parts:
    """Return the parts that one date's normalised words give.

    Raises
    ------
    DateFormatError
        They are no date; the message says which word or number is in the way.
    """
    text = _strip_year_mark(_TIME.sub("", text))
    return parse_numbers(text, reading) or _parse_words(text, reading)


def resolve_parts(parts: Parts, text: str, reading: Reading) -> PartialDate:
    """Return the date that parts make.

    Raises
    ------
    DateFormatError
        They make none.
    """
    if parts.year is None and (parts.month or parts.season or parts.part) and reading.year is not None:
        parts = replace(parts, year=reading.year)
    if parts.year is None:
        kind = NoYearError if parts.month else DateFormatError
        raise kind(f"'{text}' has no year.", "A year is never guessed; write it with the date.")
    if parts.day is not None and parts.month is None:
        raise DateFormatError(f"'{text}' has a day without its month.", "Write 7 May 2023.")
    if parts.season or parts.decade:
        if reading.calendar not in ("gregorian", "julian"):
            raise DateFormatError(f"'{text}' is no date of the calendar {reading.calendar}.", "Write year and month.")
        if parts.season:
            return _season(parts.year, parts.season)
        decade = PartialDate.of_decade(parts.year)
        return _cut(decade, parts.part) if parts.part else decade
    found = read_parts(reading.calendar, parts.year, parts.month, parts.day)
    if parts.weekday is not None and found.precision is Precision.DAY and found.start is not None:
        _check_weekday(found.start, parts.weekday, text)
    return _cut(found, parts.part) if parts.part else found


def _check_weekday(day: date, weekday: int, text: str) -> None:
    if day.weekday() != weekday:
        raise DateFormatError(f"'{text}' names a day of the week that it was not.", "Is the day or the year right?")


def _season(year: int, season: str) -> PartialDate:
    """Return a season; a winter of one year may be its beginning or its end, so it holds both."""
    if season != "winter":
        return PartialDate.of_season(year, season)
    first = PartialDate.of_season(year - 1, season)
    return PartialDate.between(first, PartialDate.of_season(year, season))


def _cut(whole: PartialDate, part: str) -> PartialDate:
    """Return the early, middle or late third of a period, marked as approximate: nobody said where it begins."""
    assert whole.start is not None and whole.end is not None
    months = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month
    at = ("early", "mid", "late").index(part)
    if months >= 12 and whole.start.day == whole.end.day == 1:
        edges = [_add_months(whole.start, months * n // 3) for n in range(4)]
    else:
        days = (whole.end - whole.start).days
        if days < 20:
            raise DateFormatError("A day has no beginning and no end.", "Leave that word away.")
        edges = [whole.start + timedelta(n) for n in (0, 10, 20, days)]
    return PartialDate.between(edges[at], edges[at + 1] - timedelta(1), "~")


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _strip_year_mark(text: str) -> str:
    """Return a text without the word for "year" at its end, where only numbers stand before it."""
    found = re.fullmatch(r"([\d./\-\s]*\d)\s*\.?\s*([^\W\d_]{1,6})\.?", text)
    if found and fold(found[2]) in read_words()["filler"] and not found[1].isdigit():
        return found[1].strip()
    return text


def _parse_words(text: str, reading: Reading) -> Parts:
    words = read_words()
    found = _DECADE.fullmatch(_drop_fillers(text))
    if found and fold(found[2]) in words["decade"] and (decade := _decade(found[1], text, reading)):
        return decade
    parts = Parts()
    for token in _split(text, reading):
        if token.isdigit():
            parts = _add_number(parts, token, text, reading)
            continue
        if month := _find_month(token, text, reading):
            if parts.month is not None and parts.month != month:
                raise DateFormatError(f"'{text}' names two months.", "Write one date, or between ... and ...")
            parts = replace(parts, month=month)
        elif season := _pick(words["season"], token, reading, text):
            parts = replace(parts, season=season)
        elif part := _pick(words["part"], token, reading, text):
            parts = replace(parts, part=part)
        elif (weekday := _pick(words["weekday"], token, reading, text)) is not None:
            parts = replace(parts, weekday=int(weekday))
        elif token in words["decade"] and parts.year is not None and parts.part and not parts.year % 10:
            parts = replace(parts, decade=True)
        elif token not in words["filler"] and token not in words["ordinal"]:
            raise DateFormatError(
                f"The word '{token[:30]}' in '{text[:60]}' belongs to no date that is known here.",
                "Write 7 May 2023, May 2023, spring 2023, before 2023, 2022-2023 or EDTF.",
            )
    if parts == Parts():
        raise DateFormatError(f"'{text[:60]}' is not a date.", "Write 07.05.2023, May 2023, 2023 or EDTF.")
    return parts


def _split(text: str, reading: Reading) -> list[str]:
    """Return a text's tokens, folded; neighbours that are one month's name together are one token."""
    tokens = [token if token.isdigit() else fold(token) for token in _TOKEN.findall(text)]
    tokens = [token for token in tokens if token]
    months = read_months()
    joined: list[str] = []
    at = 0
    while at < len(tokens):
        for length in (3, 2):
            words = " ".join(tokens[at : at + length])
            if at + length <= len(tokens) and words in months:
                joined.append(words)
                at += length
                break
        else:
            joined.append(tokens[at])
            at += 1
    return joined


def _add_number(parts: Parts, token: str, text: str, reading: Reading) -> Parts:
    if len(token) == 4 and parts.year is None:
        return replace(parts, year=int(token))
    if len(token) <= 2 and parts.day is None:
        return replace(parts, day=int(token))
    if len(token) == 2 and parts.year is None:
        return replace(parts, year=read_year(token, text, reading))
    raise DateFormatError(f"The number {token[:10]} in '{text[:60]}' is one too many.", "Write one date.")


def _find_month(token: str, text: str, reading: Reading) -> int | None:
    found = read_months().get(token, ())
    if reading.language:
        own = reading.language.split("-")[0].lower()
        found = tuple(m for m in found if any(tag.split("-")[0] == own for tag in m.languages)) or found
    calendar = "gregorian" if reading.calendar == "julian" else reading.calendar
    here = {month.month for month in found if month.calendar == calendar}
    if len(here) > 1:
        raise DateFormatError(f"'{token}' names several months in different languages.", "Name the language.")
    if found and not here:
        others = sorted({month.calendar for month in found})
        raise DateFormatError(
            f"'{token}' in '{text[:60]}' is a month of another calendar.", f"Name it: calendar = '{others[0]}'."
        )
    return here.pop() if here else None


def _pick(table: dict[str, dict[str, tuple[str, ...]]], token: str, reading: Reading, text: str) -> str | None:
    values = table.get(token)
    if not values:
        return None
    if len(values) > 1 and reading.language:
        own = reading.language.split("-")[0].lower()
        values = {v: tags for v, tags in values.items() if any(tag.split("-")[0] == own for tag in tags)} or values
    if len(values) > 1:
        raise DateFormatError(f"'{token}' in '{text[:60]}' means several things in different languages.", "Name the language.")
    return next(iter(values))


def _drop_fillers(text: str) -> str:
    fillers = read_words()["filler"]
    return " ".join(word for word in text.split() if fold(word) not in fillers or word.isdigit())


def _decade(digits: str, text: str, reading: Reading) -> Parts | None:
    if int(digits) % 10:
        return None
    year = int(digits) if len(digits) == 4 else read_year(digits, text, reading)
    return Parts(year=year, decade=True)
