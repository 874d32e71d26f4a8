"""Tables of pages and documents as grids: which cell of the format stands in which row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cenotaph.capture.readers.contained import TableText
from cenotaph.domain.errors import TooLargeError

MOST_CELLS = 5_000_000
MOST_CHARACTERS = 50_000_000
_MOST_COLUMNS = 1000  # HTML, 4.9.11: more are taken for so many.
_MOST_ROWS = 65_534


@dataclass(frozen=True, slots=True)
class Span:
    """A cell as the format gives it.

    Parameters
    ----------
    element
        What it is there.
    columns, rows
        How many it covers; no row for all that are left.
    heading
        Whether the format says that it names a row or a column.
    """

    element: Any
    columns: int = 1
    rows: int = 1
    heading: bool = False


class Slot(NamedTuple):
    """Where a cell begins: which table, row and column, from 1, and how many columns the table has."""

    table: int
    row: int
    column: int
    width: int


@dataclass
class Grid:
    """A table: in each row and column the cell that covers it, None where there is none.

    Parameters
    ----------
    slots
        The cells; a row ends with its last one.
    headings
        How many of the first rows name the columns.
    """

    slots: list[list[Span | None]] = field(default_factory=list)
    headings: int = 0

    def firsts(self) -> Iterator[tuple[Span, int, int]]:
        """Yield each cell with the row and the column that it begins in, from 1."""
        seen: set[int] = set()
        for row, slots in enumerate(self.slots, 1):
            for column, span in enumerate(slots, 1):
                if span is not None and id(span) not in seen:
                    seen.add(id(span))
                    yield span, row, column

    @property
    def holds_values(self) -> bool:
        """Whether it is more than what lays out a page: two rows and two columns of cells."""
        return sum(len({id(span) for span in row if span is not None}) > 1 for row in self.slots) > 1


def lay_out(rows: Iterable[list[Span]], groups: Iterable[int] = ()) -> Grid:
    """Put cells into rows and columns, those over several into each of them (HTML, 4.9.12.1).

    Parameters
    ----------
    rows
        The cells of each row.
    groups
        How many rows each part of the table has, in order; a cell ends with its part.

    Raises
    ------
    TooLargeError
        They would be over five million.
    """
    own = list(rows)
    ends = list(_find_ends(groups, len(own)))
    grid = Grid()
    below: dict[int, tuple[Span, int]] = {}  # By column: the cell from above, and the row that it ends before.
    count = 0
    for number, spans in enumerate(own):
        slots: list[Span | None] = []
        waiting = list(reversed(spans))
        reach = max((column for column, (_, end) in below.items() if end > number), default=-1)
        while waiting or len(slots) <= reach:
            held = below.get(len(slots))
            if held is not None and held[1] > number:
                slots.append(held[0])
            elif waiting:
                span = waiting.pop()
                tall = min(span.rows, _MOST_ROWS) if span.rows > 0 else len(own)
                end = min(number + tall, ends[number])
                for _ in range(max(1, min(span.columns, _MOST_COLUMNS))):
                    below[len(slots)] = (span, end)
                    slots.append(span)
            else:
                slots.append(None)
            if count + len(slots) > MOST_CELLS:
                raise TooLargeError(f"A table in it would have over {MOST_CELLS:,} cells.", "No table made for people has.")
        count += len(slots)
        grid.slots.append(slots)
    for slots in grid.slots:
        if not slots or not all(span is None or span.heading for span in slots):
            break
        grid.headings += 1
    return grid


def _find_ends(groups: Iterable[int], count: int) -> Iterator[int]:
    """Yield for each row where its part of the table ends."""
    at = 0
    for size in groups:
        yield from [at + size] * size
        at += size
    yield from [count] * (count - at)


def find_slots(grids: Iterable[Grid]) -> dict[Any, Slot]:
    """Return where each cell of tables begins, by its element."""
    return {
        span.element: Slot(number, row, column, max(map(len, grid.slots)))
        for number, grid in enumerate(grids, 1)
        for span, row, column in grid.firsts()
    }


def part_cells(before: Slot | None, after: Slot | None) -> str:
    """Return what parts two runs of text of which each may stand in a cell: a row is a line, and a tab ends each of its columns.

    So an empty cell, and one that is covered from above or from the left, keeps its column, and a row is as wide as its heading.
    """
    if before is not None and after is not None and before[:2] == after[:2]:
        return "\t" * max(0, after.column - before.column) or " "
    ended = "\t" * (before.width - before.column) if before is not None else ""
    return ended + "\n" + ("\t" * (after.column - 1) if after is not None else "")


def name_columns(grid: Grid, texts: list[list[str]]) -> tuple[int, list[str]]:
    """Return which row is the last that names columns, from 0, and the names; each column has one of its own.

    A first row that is one cell over the whole width is a title. Words of several rows of headings are joined by a slash.
    """
    start = 0
    while start < len(texts) - 1 and _is_title(grid.slots[start], grid):
        start += 1
    last = max(start, grid.headings - 1)
    if last >= len(texts) - 1:
        last = start
    width = max((len(row) for row in texts), default=0)
    names: list[str] = []
    taken: dict[str, int] = {}
    for column in range(width):
        words = [" ".join(row[column].split()) for row in texts[start : last + 1] if column < len(row)]
        name = " / ".join(dict.fromkeys(word for word in words if word)) or f"column {column + 1}"
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else f"{name} ({taken[name]})")
    return last, names


def tell_table(grid: Grid, words: Mapping[Any, str], encoding: str) -> TableText:
    """Return a table's words row by row, under the names of its columns."""
    texts = [["" if span is None else words.get(span.element, "") for span in row] for row in grid.slots]
    if sum(len(cell) for row in texts for cell in row) > MOST_CHARACTERS:
        raise TooLargeError(f"A table in it would have over {MOST_CHARACTERS:,} characters.", "No table made for people has.")
    last, names = name_columns(grid, texts)
    return TableText(last, tuple(names), tuple(tuple(row) for row in texts), encoding)


def _is_title(slots: list[Span | None], grid: Grid) -> bool:
    widest = max(len(row) for row in grid.slots)
    return widest > 1 and len({id(span) for span in slots if span is not None}) == 1 and slots[0] is not None
