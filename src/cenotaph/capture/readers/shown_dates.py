"""Days in what a page shows: as machines write them, in figures, in the words of many languages; none that may be two days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from cenotaph.domain.dates import PartialDate, Precision
from cenotaph.domain.errors import CenotaphError

_TIME = r"(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?)\s?(Z|[+-]\d{2}:?\d{2})?)?"
_STAMP = re.compile(rf"^\s*(\d{{4}})(?:-(\d{{2}})(?:-(\d{{2}}){_TIME})?)?\b")
_BASIC = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?\b")
_WORD = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0965\u0970-\u097f]){2,14}"
_END = r"(?!\d|[./-]\d)"
_SHOWN = re.compile(
    rf"""(?<![\d./-])(?:
    (?P<first>\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}{_END})
    |(?P<cjk>\d{{4}}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일])
    |(?P<figures>\d{{1,2}}([./-])\d{{1,2}}\4\d{{4}}{_END})
    |(?P<day>\d{{1,2}}(?:\.|º|-?(?:го|юми|уми|ми|чи|ші|st|nd|rd|th)\b)?[\s-]*(?:(?:de|of)\s+)?{_WORD}(?:/{_WORD})?
        [.,]{{0,2}}\s+(?:(?:de|соли|سنة|عام)\s+)?\d{{4}}{_END})
    |(?P<year>\d{{4}}[\s-]*(?:yil|йил|ж\.|жыл\w{0,3}|году?)?,?\s*\d{{1,2}}[\s-]+{_WORD})
    |(?P<nepali>\d{{4}}\s+{_WORD}\s+\d{{1,2}}{_END})
    )|(?<![^\W\d_])(?P<month>{_WORD}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}{_END})""",
    re.VERBOSE,
)
_CJK = re.compile(r"[^\d]+")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|º)\b")
_PARTS = re.compile(r"\d+")
_NEPALI = re.compile(r"[\u0904-\u0939]")
_LONGEST = 60
_MOST = 20
_FIRST = date(1990, 1, 1)
_LAST = date(2200, 1, 1)
_DAY_FIRST = frozenset(
    {
        *("ar", "az", "be", "bg", "cs", "da", "de", "el", "es", "fr", "hi", "hy", "it", "ka", "kk", "ky", "ne", "nl", "no"),
        *("pl", "ps", "pt", "ro", "ru", "sk", "sr", "tg", "tk", "tr", "uk", "uz"),
    }
)

Read = tuple[PartialDate, str | None]
"""A date, and the instant as it is written, where one is."""


class Shown(NamedTuple):
    """A day in a text.

    Parameters
    ----------
    start, end
        Where its words stand.
    on
        The day; None where they may be of two days.
    calendar
        Empty for the Gregorian one, else the name of that in which the words give it.
    """

    start: int
    end: int
    on: PartialDate | None
    calendar: str = ""


def is_day_first(language: str | None) -> bool:
    """Tell whether in a language 04/05/2025 is written for the fourth of May and nothing else; English writes both."""
    return bool(language) and str(language).lower().split("-")[0] in _DAY_FIRST


def find_shown(words: str, day_first: bool = False) -> Iterator[Shown]:
    """Yield the days in a text, one after the other, twenty at most.

    Parameters
    ----------
    day_first
        Whether 04/05/2025 is the fourth of May for certain.
    """
    for count, match in enumerate(_SHOWN.finditer(words)):
        if count == _MOST:
            return
        shown = match[0]
        if match["cjk"]:
            shown = "-".join(part.zfill(2) for part in _CJK.split(shown) if part)
        elif match["figures"] and not day_first and "." not in shown:
            first, second = (int(part) for part in _PARTS.findall(shown)[:2])
            if first != second and first <= 12 and second <= 12:
                yield Shown(match.start(), match.end(), None)
                continue
        read = _read_day(_ORDINAL.sub("", shown))
        if read is not None:
            yield Shown(match.start(), match.end(), *read)


def find_one(words: str, day_first: bool = False) -> Shown | None:
    """Return the one day that a text gives, however often; None where it gives none, several, or one that may be two."""
    found = list(find_shown(words, day_first))
    if not found or any(item.on is None or item.on != found[0].on for item in found):
        return None
    return found[0]


def _read_day(words: str) -> tuple[PartialDate, str] | None:
    read = parse_words(words)
    if read is not None:
        return (read[0], "") if read[0].precision is Precision.DAY else None
    if _NEPALI.search(words):  # Months of its own calendar have names of their own.
        read = parse_words(words, "bikram_sambat")
        if read is not None and read[0].precision is Precision.DAY:
            return read[0], "Bikram Sambat"
    return None


def parse_words(words: str, calendar: str = "gregorian") -> Read | None:
    """Read a date in words, such as ``22 июля 2025``, where it is one day."""
    from cenotaph.reference.date_words import read_date

    try:
        found = read_date(" ".join(words.split())[:_LONGEST], calendar=calendar)
    except CenotaphError:
        return None
    ok = found.start is not None and found.end is not None and _FIRST <= found.start < _LAST and not found.qualifier
    return (found, None) if ok else None


def parse_stamp(words: str) -> Read | None:
    """Read a date as machines write it, ``2025-07``, ``2025-07-22``, ``20250722``, with or without a time; None where it is none.

    The day is the one that is written, in the offset that is written; the time comes second where it stands there.
    """
    match = _STAMP.match(words)
    basic = _BASIC.match(words) if match is None else None
    if match:
        year, month, day, time, offset = match.groups()
    elif basic:
        year, month, day, hour, minute, second, offset = basic.groups()
        time = ":".join(filter(None, (hour, minute, second))) if hour else None
    else:
        return None
    try:
        if day is not None:
            on = PartialDate.of_day(int(year), int(month), int(day))
        elif month is not None:
            on = PartialDate.of_month(int(year), int(month))
        else:
            on = PartialDate.of_year(int(year))
    except (ValueError, CenotaphError):
        return None
    if not 1900 <= int(year) <= 2200:
        return None
    return on, f"{year}-{month}-{day}T{time}{offset or ''}" if time else None
