"""What a reader sees: words for keys and shares, and strangers' words made safe to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from cenotaph.count.selection import DERIVED_AXES, NOT_DATED, STATED
from cenotaph.count.table import Coverage
from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN, is_place
from cenotaph.domain.errors import ValueFormatError

TO_ALL = "all"
_LEFT_TO_RIGHT = "\u200e"


def name_axis(axis: str) -> str:
    """Return what a reader sees for an axis."""
    return AXIS_BY_NAME[axis].title if axis in AXIS_BY_NAME else DERIVED_AXES[axis]


def name_key(axis: str, key: str | None) -> str:
    """Return what a reader sees for a key of an axis; words kept as quoted stand in quotation marks."""
    if key is None:
        return TO_ALL
    if key.startswith(STATED):
        return f"“{clean(key.removeprefix(STATED))}” (as stated)"
    if key == NOT_DATED:
        return "not dated so precisely"
    if key == UNKNOWN:
        return "unknown"
    if axis not in AXIS_BY_NAME:
        return clean(key).replace("_", " ") if axis == "evidence" else clean(key)
    if is_place(axis):
        from cenotaph.reference import places

        try:
            return places.label(key)
        except ValueFormatError:  # A code of reference data that has since left it out.
            return clean(key)
    return AXIS_BY_NAME[axis].label(key) or key


def clean(words: str) -> str:
    """Return words on one line, with control and direction characters shown instead of obeyed."""
    shown = (
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") or c in "\u200c\u200d" else f"<{ord(c):04X}>"
        for c in words
    )
    return "".join(shown)


def show(value: object) -> str:
    """Return a stranger's value as it can be printed: escaped and short."""
    return ascii(value)[:80]


def say_coverage(value: int, coverage: Coverage) -> str:
    """Return a minimum with what is known of an axis: ``at least 47; recruitment path known for 61 of 70``."""
    words = f"{name_axis(coverage.axis)} known for {coverage.known:,} of {coverage.total:,}"
    if coverage.quoted:
        words += f", only quoted for {coverage.quoted:,}"
    return f"at least {value:,}; {words}"


def say_share(coverage: Coverage) -> str:
    """Return how much is known of an axis in few words: ``61 of 70``."""
    quoted = f", {coverage.quoted:,} quoted" if coverage.quoted else ""
    return f"{coverage.known:,} of {coverage.total:,}{quoted}"


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    width = 0
    for c in text:
        if unicodedata.combining(c) or unicodedata.category(c) in ("Cf", "Mn"):
            continue
        width += 2 if unicodedata.east_asian_width(c) in "WF" else 1
    return width


def pad(text: str, width: int, right: bool = False) -> str:
    """Return a text filled with spaces to a width in terminal columns.

    Words written from right to left stand between two left-to-right marks, so that what follows them on the line is not
    drawn into their order.
    """
    gap = " " * max(width - display_width(text), 0)
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        text = f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}"
    return gap + text if right else text + gap


def draw_rows(rows: Sequence[Sequence[str]], numbers_from: int, numbers_to: int | None = None) -> Iterator[str]:
    """Yield lines of a table, the first row its head; columns from one to before another hold numbers."""
    last = len(rows[0]) if numbers_to is None else numbers_to
    rows = [[clean(cell) for cell in row] for row in rows]
    widths = [max(display_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    for number, row in enumerate(rows):
        yield "  ".join(
            pad(cell, width, numbers_from <= at < last) for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)
