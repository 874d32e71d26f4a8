"""Numbers in digits that the end of a line cuts: "1,", "200 people" on the next; «12», «000 человек»."""

from __future__ import annotations

import re

CUT = re.compile(r"(?<=[\d,])\r?\n[ \t]*(?=\d{3}(?!\d))")
"""A line's end that may cut a number."""
MAY_CUT = re.compile(r"\n[ \t]*\d{3}")
"""What is cheap to look for first."""
_GROUPS = re.compile(r"\d{3}(?:,\d{3})*\s(?=[a-z])", re.IGNORECASE)
_HEAD = re.compile(r"(?<![\d.,:/-])[1-9]\d{0,2}(?:,\d{3})*,$")
_SPACED_HEAD = re.compile(r"(?<![\d.,:/-])[1-9]\d{0,2}$")
_NOUGHTS = re.compile(r"000(?: 000)?(?![\d.,]\d|\d)")
_SPACED_GROUPS = re.compile(r"\d{3} (?=[а-яёіїєґ])")
_CELLS = re.compile(r"[|\t:;]| {3,}|\s[—–-]\s*\d")
_DATED = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october"
    r"|november|december|no|page|point|chapter|section|article|part|and|to)\.? \d+,$|\d,? \d+,$",
    re.IGNORECASE,
)
"""What may end in a number and a comma, and the next number is another: "On May 1,", "Article 1,"."""
_RUNNING = 40
_BACK = 60


def is_cut(text: str, end: int, start: int) -> bool:
    """Return whether a line's end stands inside a number.

    Parameters
    ----------
    text
        Any text.
    end, start
        Code points: where the line before ends, and where the next begins.
    """
    line = text.rfind("\n", 0, end) + 1
    before = text[max(line, end - _BACK) : end]
    if before.endswith(","):
        return _HEAD.search(before) is not None and _GROUPS.match(text, start) is not None and not _DATED.search(before)
    if _SPACED_HEAD.search(before) is None:
        return False
    if _NOUGHTS.match(text, start):
        return True
    # Groups other than noughts may be a number of their own, so only in running text.
    running = end - line >= _RUNNING and not _CELLS.search(before)
    return running and _SPACED_GROUPS.match(text, start) is not None
