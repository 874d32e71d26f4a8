"""As of when: the words of a sentence that give a date, an hour or a window."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from cenotaph.extract.claims.openings import list_openings
from cenotaph.reference.files import FOLDER

_WINDOW = re.compile(  # of words in small letters
    r"^(?:since|over|in the|during|between|from|for|within|across|so far|to date|с |за |з |в течение|до |з початку)"
)
_LONGEST = 5000
_RUN = re.compile(r"\w+")
_OPENING = 4  # characters by which the ways to write a date are looked up
_BEHIND = 2  # characters before a date that a way may ask for: "(?<=[.!?] )"
_KEPT = 50_000
_KEPT_JOINED = 500


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


class _Way(NamedTuple):
    """One way to write a date, and what the first characters of any that it matches look like."""

    pattern: str
    opening: re.Pattern[str]


class _Ways:
    """The ways to write a date in one language, in their order.

    Tried at every place of a text they would take a fifth of all the time of reading; few words can open a date, so the ways
    that a word's first characters leave open are looked up, and only these are tried. All is in small letters, which costs
    less than half of what an expression does that takes both.
    """

    def __init__(self, patterns: list[str]) -> None:
        small = [_lower_pattern(pattern) for pattern in patterns]
        self._ways = [_Way(pattern, re.compile("|".join(list_openings(pattern, _OPENING)))) for pattern in small]
        self._open: dict[str, re.Pattern[str] | None] = {}
        self._joined: dict[tuple[str, ...], re.Pattern[str]] = {}

    def find(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield what the ways match, as one expression of all of them would; each begins where a word begins.

        Start, end, and the words in small letters.
        """
        before = min(start, _BEHIND)
        shift = start - before
        small = _lower(text[shift:end])
        done = 0
        known = self._open
        for run in _RUN.finditer(small, before):
            at = run.start()
            opening = small[at : at + _OPENING]
            ways = known[opening] if opening in known else self._note(opening)
            if ways is None or at < done:
                continue
            found = ways.match(small, at)
            if found is not None:
                done = found.end()
                yield shift + at, shift + done, found.group()

    def _note(self, opening: str) -> re.Pattern[str] | None:
        """Return the ways that an opening leaves open as one expression, None where there are none."""
        if len(self._open) > _KEPT:
            self._open.clear()
        left = tuple(way.pattern for way in self._ways if way.opening.match(opening))
        joined = self._joined.get(left) if left else None
        if left and joined is None:
            joined = re.compile("|".join(f"(?:{pattern})" for pattern in left))
            if len(self._joined) > _KEPT_JOINED:
                self._joined.clear()
            self._joined[left] = joined
        self._open[opening] = joined
        return joined


def _lower_pattern(pattern: str) -> str:
    r"""Return an expression with all but its ``\S`` and the like in small letters."""
    return re.sub(r"\\.|[^\\]+", lambda found: found.group() if found.group()[0] == "\\" else found.group().lower(), pattern)


def _lower(text: str) -> str:
    """Return a text in small letters, of the same length."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return small


@cache
def _compile() -> dict[str, _Ways]:
    """Return the ways of each language; a part may stand in the parts that follow it."""
    found = {}
    for language, table in _read_tables().items():
        if language == "relative":
            continue
        patterns = list(table["patterns"])
        for name, part in reversed(table.get("parts", {}).items()):
            patterns = [pattern.replace(f"<{name}>", part) for pattern in patterns]
        found[language] = _Ways(patterns)
    return found


class DateWords(NamedTuple):
    """Words that give a date: code points, and whether they give a window."""

    start: int
    end: int
    window: bool


def find_dates(text: str, start: int, end: int, language: str) -> list[DateWords]:
    """Return the words for dates in a part of a text."""
    ways = _compile().get(language)
    if ways is None:
        return []
    return [
        DateWords(first, last, _WINDOW.match(words) is not None)
        for first, last, words in ways.find(text, start, min(end, start + _LONGEST))
        if words.strip() and words not in ("may", "mar", "jan")
    ]
