"""Values of single cells: ages, addresses, scripts, dates."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import ValueFormatError
from cenotaph.reference.date_words import read_date

OLDEST = 130
"""Highest age in completed years that is believed."""

_YEARS = (
    r"(?:years?|yrs?|y[./]?\s?o\.?|y|лет|года?|г|рок[іи]в?|рік|р|anos|años|año|ans?|jahre?|yaş|yaşında|жас|жаш|yosh"
    r"|سنة|سنوات|سنه|عام|عاما|عاماً|سال|ساله)"
)
_MONTHS = (
    r"(?:months?|mos?|mths?|мес(?:яц(?:а|ев)?)?|міс(?:яц(?:і|ів))?|meses|mois|ay|شهر|أشهر|اشهر|شهور|شهرين|ماه|ماهه)"
)
_DAYS = r"(?:days?|weeks?|hours?|дн(?:я|ей)|день|сут(?:ки|ок)|недел[яиь]|час(?:а|ов)?|días?|jours?|يوم|أيام|ايام|اسبوع|روز|روزه)"
_DASH = r"\s*(?:-|–|—|to|до|إلى|تا)\s*"
_ABOUT = r"(?:~|≈|около|примерно|about|approx\.?|c\.?a?\.?|approximately|حوالي|حدود)\s*"
_UNDER = r"(?:<|до|under|less than|below|младше|менее|أقل من|زیر)\s*"
_OVER = r"(?:>|over|older than|above|старше|более|أكثر من|بالای)\s*"

_AGE = re.compile(rf"^(?:{_ABOUT})?(\d{{1,3}})(?:[.,]0+)?\s*{_YEARS}?\.?\s*\??$", re.IGNORECASE)
_BAND = re.compile(rf"^(\d{{1,3}}){_DASH}(\d{{1,3}})\s*{_YEARS}?\.?$", re.IGNORECASE)
_FROM = re.compile(rf"^(\d{{1,3}})\s*(?:\+|plus|и старше|and over|and older|or older)\s*{_YEARS}?\.?$", re.IGNORECASE)
_MORE = re.compile(rf"^{_OVER}(\d{{1,3}})\s*{_YEARS}?\.?$", re.IGNORECASE)
_LESS = re.compile(rf"^{_UNDER}(\d{{1,3}})\s*{_YEARS}?\.?$", re.IGNORECASE)
_IN_MONTHS = re.compile(rf"^(?:{_UNDER}|{_ABOUT})?(\d{{1,3}})\s*{_MONTHS}\.?$", re.IGNORECASE)
_IN_DAYS = re.compile(rf"^(?:{_UNDER}|{_ABOUT})?(\d{{1,4}})\s*{_DAYS}\.?$", re.IGNORECASE)
_PARTS_OF_YEAR = re.compile(r"^(\d{1,3})[.,](\d{1,2})$")

_INSTANT = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_ADDRESS = re.compile(r"https?://[^\s;|<>\"]+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,24}/\S*$", re.IGNORECASE)
_HOST = re.compile(r"^(?:[a-z0-9-]+\.)+[a-z]{2,24}$", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def read_age(words: str) -> tuple[int, int]:
    """Return the lowest and the highest age in completed years that words give.

    Raises
    ------
    ValueFormatError
        They give none, or one over :data:`OLDEST`.
    """
    text = unicodedata.normalize("NFKC", words).strip()
    low, high = _match_age(text)
    if low > high or low > OLDEST or (high > OLDEST and high != low + OLDEST):
        raise ValueFormatError(
            f"an age is 0 to {OLDEST} completed years", "Mend the cell, or give its words in the mapping."
        )
    return low, min(high, OLDEST)


def _match_age(text: str) -> tuple[int, int]:
    if found := _AGE.match(text):
        return int(found[1]), int(found[1])
    if found := _BAND.match(text):
        return int(found[1]), int(found[2])
    if found := _FROM.match(text):
        return int(found[1]), int(found[1]) + OLDEST
    if found := _MORE.match(text):
        return int(found[1]), int(found[1]) + OLDEST
    if found := _LESS.match(text):
        return 0, max(int(found[1]) - 1, 0)
    if found := _IN_MONTHS.match(text):
        years = int(found[1]) // 12
        return years, years
    if found := _IN_DAYS.match(text):
        years = int(found[1]) // 366
        return years, years
    if found := _PARTS_OF_YEAR.match(text):
        return int(found[1]), int(found[1])
    raise ValueFormatError("not an age", "Ages are 56, 40-49, 60+, under 18, 8 months.")


def split_citations(words: str, separator: str | None) -> list[str]:
    """Return what a cell cites: its addresses, or its words where there is no address.

    Without a separator, addresses end at white space, ``;`` or ``|``; words between addresses are kept as words.
    """
    if separator is not None:
        return [part.strip() for part in words.split(separator) if part.strip()]
    found = [address.rstrip(".,)") for address in _ADDRESS.findall(words)]
    if found:
        rest = " ".join(_ADDRESS.sub(" ", words).replace(";", " ").replace("|", " ").split()).strip(" ,.")
        return [*dict.fromkeys(found), *([rest] if rest else [])]
    parts = [part.strip(" ,") for part in re.split(r"[;\s|]+", words)]
    if all(_BARE_ADDRESS.match(part) for part in parts if part):
        return [part for part in dict.fromkeys(parts) if part]
    return [part.strip() for part in words.split(";") if part.strip()]


def write_host(words: str) -> str:
    """Return a cited host as the record writes it: ``//`` and the host, an address without a way to it."""
    host = words.strip().lower()
    return f"//{host.removeprefix('www.')}" if _HOST.match(host) else words.strip()


_SCRIPTS = (
    ("Latn", ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF))),
    ("Cyrl", ((0x400, 0x52F), (0x1C80, 0x1C8F), (0x2DE0, 0x2DFF), (0xA640, 0xA69F))),
    ("Arab", ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))),
    ("Hebr", ((0x590, 0x5FF),)),
    ("Deva", ((0x900, 0x97F),)),
    ("Grek", ((0x370, 0x3FF),)),
    ("Armn", ((0x530, 0x58F),)),
    ("Geor", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF))),
    ("Hang", ((0xAC00, 0xD7AF), (0x1100, 0x11FF))),
    ("Hani", ((0x4E00, 0x9FFF), (0x3400, 0x4DBF))),
    ("Beng", ((0x980, 0x9FF),)),
    ("Ethi", ((0x1200, 0x137F),)),
    ("Mymr", ((0x1000, 0x109F),)),
    ("Sinh", ((0xD80, 0xDFF),)),
    ("Taml", ((0xB80, 0xBFF),)),
)
_BY_LETTER: dict[str, str | None] = {}


def find_script(text: str) -> str | None:
    """Return the script of a text's first letter as ISO 15924 writes it, or None where it has no letter of a known one."""
    for letter in text:
        if letter not in _BY_LETTER:
            code = ord(letter)
            _BY_LETTER[letter] = next(
                (s for s, spans in _SCRIPTS if letter.isalpha() and any(a <= code <= b for a, b in spans)), None
            )
        script = _BY_LETTER[letter]
        if script:
            return script
    return None


def read_date_cell(
    words: str, language: str | None, calendar: str | None, order: str | None, pivot: int | None
) -> PartialDate:
    """Return the date that a cell gives; an instant such as ``2024-05-01T00:00:00`` gives its day.

    Raises
    ------
    DateFormatError
        It gives none.
    """
    if found := _INSTANT.match(words):
        words = found[1]
    return read_date(words, language=language, calendar=calendar or "gregorian", order=order or "dmy", pivot=pivot)
