"""What is on a page of paper: words, straight lines, and tables made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Box = tuple[int, int, int, int]
"""Left, bottom, right and top, in hundredths of a point."""


class Word(NamedTuple):
    """A word of a page.

    Parameters
    ----------
    text
        Its characters.
    box
        Where it stands.
    line
        Which line of the page's own text it is on, from 0.
    """

    text: str
    box: Box
    line: int


class Rule(NamedTuple):
    """A straight line: upright at ``at`` from ``start`` to ``end``, or level, in hundredths of a point."""

    upright: bool
    at: int
    start: int
    end: int


class PaperTable(NamedTuple):
    """A table: in each row and column the words of the cell, by their numbers; none where it is empty."""

    rows: tuple[tuple[tuple[int, ...], ...], ...]


def close_table(rows: Sequence[Sequence[tuple[int, ...]]]) -> PaperTable:
    """Return rows without those that are empty."""
    return PaperTable(tuple(tuple(row) for row in rows if any(row)))
