"""A page's furniture: menus, comment forms, cookie notices, captions, related links, what is repeated on every page.

Told by the form of lines and by a lexicon, never by a site. Furniture is marked, not cut: offsets must stay.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from cenotaph.reference.files import read_rows
from cenotaph.text.tokens import fold_text

_ENDS = (".", "!", "?", "…", ".”", ".»", '."', "!»", ";", ":")
_GAP = re.compile(r"\s{1,60}[|·•»›>]{1,2}\s+|\s{2,}|\t")
_RULE = re.compile(r"[\s|:+=-]+$")
_FIGURE = re.compile(r"[~<>≥≤+]?\s?\d[\d., \u00a0\u202f]{0,14}[%+*]?$")
_TEMPERATURE = re.compile(r"[$€£₽₴°]\s?\d|[+−-]\d{1,2}\s?[°…]|👁|🔥|\bviews?\b|\bпросмотр", re.IGNORECASE)
_COMMENT_COUNT = re.compile(r"^(?:comments?|комментари\w*|коментар\w*|responses)\s*[(:]?\s*\d*\)?$")


def mark_furniture(lines: list[str]) -> list[str | None]:
    """Return for every line what furniture it is, or None where it is text.

    Parameters
    ----------
    lines
        The lines of one document, in order, blank ones too.

    Returns
    -------
    list of str or None
        ``section`` (comments and forms), ``related``, ``menu``, ``caption``, ``notice`` or ``repeated``.
    """
    marks: list[str | None] = [None] * len(lines)
    folded = [" ".join(fold_text(line).split()) for line in lines]
    counted = Counter(line for line in folded if 20 <= len(line) <= 200)
    zone: str | None = None
    for at, low in enumerate(folded):
        if not low:
            if (
                zone == "related"
                and at
                and folded[at - 1]
                and marks[at - 1] == "related"
                and _is_text_next(lines, at)
            ):
                zone = None
            continue
        opened = _opens_section(low)
        if opened is not None:
            zone = opened
        elif zone == "related" and _is_text(lines[at]):
            zone = None
        if zone is not None:
            marks[at] = zone
        else:
            marks[at] = _judge_line(lines[at], low)
            if marks[at] == "menu" and _is_in_table(lines, at):
                marks[at] = None
            if marks[at] is None and counted[low] > 1 and not low.endswith(_ENDS):
                marks[at] = "repeated"
    return marks


def _is_text(line: str) -> bool:
    return len(line) > 160 and line.rstrip().endswith(_ENDS)


def _is_text_next(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at:] if line.strip()), "")
    return len(following) > 90 and following.rstrip().endswith(_ENDS)


def _opens_section(low: str) -> str | None:
    if len(low) > 60:
        return None
    words = low.strip(" :.»>→-–—*#[]()")
    kind = _lexicon().get(words)
    if kind in ("section", "related"):
        return kind
    return "section" if _COMMENT_COUNT.match(words) else None


def _judge_line(line: str, low: str) -> str | None:
    ends = line.rstrip().endswith(_ENDS)
    if len(low) < (120 if ends else 220):
        for words in _contained():
            if words in low and _stands_alone(low, words):
                return "notice"
    if len(low) < 300 and low.startswith(_captions()):
        return "caption"
    if len(low) > 400 or ends:
        return None
    parts = [part for part in _GAP.split(line.strip()) if part]
    if (
        len(parts) >= 3
        and all(len(part.split()) <= 4 for part in parts)
        and not any(c.isdigit() for c in low[-1:])
    ):
        return "menu"
    if len(low) < 100 and _TEMPERATURE.search(low) and (len(parts) >= 2 or "👁" in low):
        return "menu"
    return None


def split_cells(line: str) -> list[str]:
    """Return what stands between the bars, tabs or wide gaps of a line."""
    return [part.strip() for part in _GAP.split(line.strip().strip("|").strip()) if part.strip()]


def _is_in_table(lines: list[str], at: int) -> bool:
    """Return whether a line of cells heads or belongs to a table: beside it are rows of as many cells, with figures in them."""
    width = len(split_cells(lines[at]))
    own = _holds_figures(lines[at])
    for step in (1, -1):
        place, looked = at + step, 0
        while 0 <= place < len(lines) and looked < 3:
            line = lines[place]
            place += step
            if not line.strip() or _RULE.match(line):
                continue
            looked += 1
            cells = split_cells(line)
            if abs(len(cells) - width) <= 1 and len(cells) > 1 and (own or (step == 1 and _holds_figures(line))):
                return True
    return False


def _holds_figures(line: str) -> bool:
    return any(_FIGURE.match(cell) for cell in split_cells(line))


def _stands_alone(low: str, words: str) -> bool:
    at = low.find(words)
    before = low[at - 1] if at else " "
    after = low[at + len(words)] if at + len(words) < len(low) else " "
    if before.isalnum() or (after.isalnum() and not words.endswith("*")):
        return False
    # A short word such as "log in" is furniture only where it is most of its line or begins it.
    return len(words) > 14 or at == 0 or len(words) * 2 > len(low)


@cache
def _lexicon() -> dict[str, str]:
    return {words: kind for words, kind, _ in read_rows("claims/furniture.csv", ("words", "kind", "source"))}


@cache
def _contained() -> tuple[str, ...]:
    return tuple(words for words, kind in _lexicon().items() if kind == "line")


@cache
def _captions() -> tuple[str, ...]:
    return tuple(words for words, kind in _lexicon().items() if kind == "caption")
