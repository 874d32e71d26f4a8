"""The words that checks look for, out of one table: rankings, what is foreign, "the rest", groups that limit nothing."""

from __future__ import annotations

import re
from functools import cache

from cenotaph.reference.files import read_rows

COLUMNS = ("language", "pattern", "sense", "source")
_HYPHENS = str.maketrans(
    {"ё": "е", "’": "'", "ʼ": "'", "-": " ", "‑": " ", "–": " ", "—": " ", "\n": " ", "\r": " ", "\u00a0": " "}
)


def fold_line(words: str) -> str:
    """Return words for looking cues up: small letters, dashes and line breaks as spaces; about as long as they were."""
    return words.lower().translate(_HYPHENS)


@cache
def _pattern(sense: str) -> re.Pattern[str]:
    found = [pattern for _, pattern, own, _ in read_rows("claims/checks.csv", COLUMNS) if own == sense]
    parts = [
        re.escape(p.rstrip("*")).replace(r"\ ", r"\s+") + (r"\w*" if p.endswith("*") else "")
        for p in sorted(found, key=len, reverse=True)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def has(sense: str, words: str | None) -> bool:
    """Tell whether words hold a cue of a sense."""
    return bool(words) and _pattern(sense).search(fold_line(words or "")) is not None


def find(sense: str, folded: str) -> list[tuple[int, int]]:
    """Return where a folded line has cues of a sense."""
    return [found.span() for found in _pattern(sense).finditer(folded)]


def strip(sense: str, words: str) -> str:
    """Return words folded, without the cues of a sense."""
    return _pattern(sense).sub(" ", fold_line(words))


def limits_nothing(group: str | None) -> bool:
    """Tell whether a group's words take in anybody who can be meant: "citizens", "человек", "soldiers"."""
    if not group:
        return True
    left = _pattern("serving").sub(" ", _pattern("anybody").sub(" ", fold_line(group)))
    return not _stems(left)


def is_anybody(group: str | None) -> bool:
    """Tell whether a group's words say no more than that they are people: "citizens", "человек"."""
    return not group or not _stems(_pattern("anybody").sub(" ", fold_line(group)))


def same_group(first: str | None, second: str | None) -> bool:
    """Tell whether two groups' words can mean the same people; where one has none, nothing speaks against it."""
    if not first or not second or alike(first, second):
        return True
    if is_anybody(first) or is_anybody(second):
        return True
    return any(has(sense, first) and has(sense, second) for sense in ("soldiers", "prisoners"))


_SMALL_WORDS = (
    "the a an of his her its their our my and by in on at to for from told said who и в на по из от для о об их его ее та і з у"
)
_SMALL = frozenset(_SMALL_WORDS.split())


def _stems(folded: str) -> frozenset[str]:
    return frozenset(word[:5] for word in re.findall(r"\w+", folded) if word not in _SMALL)


@cache
def stems(words: str) -> frozenset[str]:
    """Return the beginnings of words that carry meaning: enough to know a word again in another case."""
    return _stems(fold_line(words))


def alike(first: str, second: str) -> bool:
    """Tell whether two phrases share at least half of the shorter one's words."""
    one, other = stems(first), stems(second)
    if not one or not other:
        return fold_line(first).strip() == fold_line(second).strip()
    return 2 * len(one & other) >= min(len(one), len(other))
