"""As of when: the words of a sentence that give a date, an hour or a window."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any, NamedTuple

from cenotaph.reference.files import FOLDER

_WINDOW = re.compile(
    r"^(?:since|over|in the|during|between|from|for|within|across|so far|to date|с |за |з |в течение|до |з початку)",
    re.IGNORECASE,
)
_LONGEST = 5000


WEEKDAYS = {
    "en": tuple((day, at) for at, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))),
    "ru": tuple((day, at) for at, day in enumerate(("понедел", "вторн", "сред", "четв", "пятн", "субб", "воскр"))),
    "uk": tuple((day, at) for at, day in enumerate(("понеділ", "вівтор", "серед", "четв", "п", "субот", "неділ"))),
}
"""Beginnings of the names of days, and the day of the week, 0 for Monday."""


@cache
def _read_tables() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "claims" / "dates.toml").read_text(encoding="utf-8"))


@cache
def read_relative(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the expressions for what only the day of publication dates, each with its rule."""
    rows = _read_tables()["relative"].get(language, ())
    return tuple((re.compile(pattern), rule) for pattern, rule in rows)


@cache
def _compile() -> dict[str, re.Pattern[str]]:
    """Return the expression of each language; a part may stand in the parts that follow it."""
    found = {}
    for language, table in _read_tables().items():
        if language == "relative":
            continue
        pattern = "|".join(table["patterns"])
        for name, part in reversed(table.get("parts", {}).items()):
            pattern = pattern.replace(f"<{name}>", part)
        found[language] = re.compile(pattern, re.IGNORECASE)
    return found


class DateWords(NamedTuple):
    """Words that give a date: code points, and whether they give a window."""

    start: int
    end: int
    window: bool


def find_dates(text: str, start: int, end: int, language: str) -> list[DateWords]:
    """Return the words for dates in a part of a text."""
    pattern = _compile().get(language)
    if pattern is None:
        return []
    return [
        DateWords(found.start(), found.end(), bool(_WINDOW.match(found.group())))
        for found in pattern.finditer(text, start, min(end, start + _LONGEST))
        if found.group().strip() and found.group().lower() not in ("may", "mar", "jan")
    ]
