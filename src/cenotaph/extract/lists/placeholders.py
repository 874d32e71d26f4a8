"""Cells that say that nothing is known."""

from __future__ import annotations

import re

from cenotaph.reference.placeholders import is_placeholder

_DIGIT = re.compile(r"\d")


def says_nothing(cell: str) -> bool:
    """Tell whether a cell's words say that nothing is known: a dash, "unknown", "нет данных", "مجهول"; a number never does."""
    if _DIGIT.search(cell):
        return False
    return not any(c.isalnum() for c in cell) or is_placeholder(cell)
