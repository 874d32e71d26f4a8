"""The words of dates: months, seasons, what stands before and after them, and the digits of other scripts."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from cenotaph.reference.files import read_rows
from cenotaph.reference.folding import fold

_MONTH_COLUMNS = ("calendar", "month", "language", "word", "source")
_CLDR_COLUMNS = ("month", "languages", "word", "source")
_WORD_COLUMNS = ("role", "value", "language", "word", "source")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-") | {"،": ",", "⁄": "/", "∕": "/", "．": ".", "\u00a0": " "})


class MonthWord(NamedTuple):
    """A month that a word may name."""

    calendar: str
    month: int
    languages: tuple[str, ...]


class Connector(NamedTuple):
    """Words that stand before a date, or before and between two."""

    role: str
    pattern: re.Pattern[str]


def normalise(text: str) -> str:
    """Return a date's text with digits as 0 to 9, one kind of dash, small letters and single spaces."""
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    text = "".join(str(unicodedata.digit(c)) if not c.isascii() and c.isdecimal() else c for c in text)
    return " ".join("".join(c for c in text if c not in "\u200e\u200f\u200b\ufeff\u0307").split())


@cache
def read_months() -> dict[str, tuple[MonthWord, ...]]:
    """Return the months that a folded word may name, in every calendar and language."""
    found: dict[str, tuple[MonthWord, ...]] = {}
    for month, languages, word, _ in read_rows("dates/months-cldr.csv", _CLDR_COLUMNS):
        found[word] = (*found.get(word, ()), MonthWord("gregorian", int(month), tuple(languages.split())))
    for calendar, month, language, word, _ in read_rows("dates/months.csv", _MONTH_COLUMNS):
        key = fold(word)
        found[key] = (*found.get(key, ()), MonthWord(calendar, int(month), (language,)))
    return found


@cache
def read_words() -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
    """Return, by role and folded word, each value that the word may have with its languages."""
    found: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
    for role, value, language, word, _ in read_rows("dates/words.csv", _WORD_COLUMNS):
        values = found.setdefault(role, {}).setdefault(fold(word), {})
        values[value] = (*values.get(value, ()), language)
    return found


@cache
def read_connectors() -> tuple[Connector, ...]:
    """Return what may stand before dates; two dates before one, longer words before shorter ones."""
    two = (("between", "and"), ("from", "to"))
    one = ("until", "before", "after", "since")
    built = [
        Connector(first, re.compile(rf"(?:{_any(first)})\s+(.+?)\s+(?:{_any(second)})\s+(.+)")) for first, second in two
    ]
    return (*built, *(Connector(role, re.compile(rf"(?:{_any(role)})\s+(.+)")) for role in one))


@cache
def read_about() -> re.Pattern[str]:
    """Return what says that a date is approximate; it stands before it."""
    return re.compile(rf"(?:[~≈]\s*|(?:{_any('about')})(?:\.\s*|\s+))(.+)")


def _any(role: str) -> str:
    words = {normalise(word) for r, _, _, word, _ in read_rows("dates/words.csv", _WORD_COLUMNS) if r == role}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
