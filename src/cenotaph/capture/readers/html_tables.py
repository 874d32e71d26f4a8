"""Tables of a page: which cells they have, in which row and column, and where their words stand in the page's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from cenotaph.capture.readers.grids import Grid, Slot, Span, lay_out
from cenotaph.capture.readers.html_text import Block, Joined, join_blocks
from cenotaph.domain.documents import CellPlace

_GROUPS = ("thead", "tbody", "tfoot")
_MOST_TABLES = 10_000


def find_grids(tree: Any) -> list[Grid]:
    """Return a page's tables that hold values, in order; one with another in it lays out the page and is none."""
    grids = []
    for table in list(tree.iter("table"))[:_MOST_TABLES]:
        if next(islice(table.iter("table"), 1, None), None) is not None:
            continue
        groups = list(_find_groups(table))
        grid = lay_out([[_read_span(cell) for cell in row] for group in groups for row in group], map(len, groups))
        if grid.holds_values:
            grids.append(grid)
    return grids


def _find_groups(table: Any) -> Iterator[list[list[Any]]]:
    """Yield the rows of each part of a table, the cells of each row; a head comes first and a foot last, as they are shown."""
    loose: list[list[Any]] = []
    parts: list[tuple[int, list[list[Any]]]] = []
    for child in table:
        if child.tag == "tr":
            if not loose:
                parts.append((1, loose))
            loose.append(_find_cells(child))
        elif child.tag in _GROUPS:
            loose = []
            parts.append((_GROUPS.index(child.tag), [_find_cells(row) for row in child if row.tag == "tr"]))
    yield from (rows for _, rows in sorted(parts, key=lambda part: part[0]) if rows)


def _find_cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _read_span(cell: Any) -> Span:
    heading = cell.tag == "th" or cell.getparent().getparent().tag == "thead"
    return Span(cell, _read_number(cell.get("colspan"), 1), _read_number(cell.get("rowspan"), 0), heading)


def _read_number(words: str | None, least: int) -> int:
    text = (words or "").strip()
    return max(least, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def read_cells(grids: Sequence[Grid], blocks: Sequence[Block]) -> dict[Any, str]:
    """Return the words of each cell of tables as the page's own text has them."""
    wanted = {span.element for grid in grids for row in grid.slots for span in row if span is not None}
    own: dict[Any, list[Block]] = {}
    for block in blocks:
        if block.cell in wanted:
            own.setdefault(block.cell, []).append(block)
    return {cell: join_blocks(found).text for cell, found in own.items()}


def place_cells(slots: Mapping[Any, Slot], blocks: Sequence[Block], joined: Joined) -> tuple[CellPlace, ...]:
    """Return which cells stand where in a text that was joined from blocks."""
    places: list[CellPlace] = []
    last: Any = None
    for block, (start, end) in zip(blocks, joined.runs, strict=True):
        slot = slots.get(block.cell)
        if slot is not None:
            if block.cell is last:
                places[-1] = places[-1]._replace(end=end)
            else:
                places.append(CellPlace(start, end, slot.table, slot.row, slot.column))
        last = block.cell if slot is not None else None
    return tuple(places)
