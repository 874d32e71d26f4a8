"""Tables on a page of paper: by the lines that rule them, else by columns that align; only where nothing speaks against it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from cenotaph.capture.readers.aligned_columns import find_aligned
from cenotaph.capture.readers.paper_order import count_directions
from cenotaph.capture.readers.paper_words import PaperTable, Rule, Word, close_table

_NEAR = 250
_MOST_RULES = 800
_MOST_SLOTS = 50_000


def find_tables(words: Sequence[Word], rules: Sequence[Rule]) -> list[PaperTable]:
    """Return the tables of a page, from top to bottom; no word is in two.

    Parameters
    ----------
    words
        The words in the order of the page's text.
    rules
        The straight lines drawn on it.
    """
    found = [table for rows in _find_ruled(rules) if (table := _fill(words, *rows)) is not None]
    taken = {word for table in found for row in table.rows for cell in row for word in cell}
    found += find_aligned(words, taken)
    found = [_turn(table, words) for table in found]
    return sorted(found, key=lambda table: min(word for row in table.rows for cell in row for word in cell))


def _turn(table: PaperTable, words: Sequence[Word]) -> PaperTable:
    """Return a table whose words run from right to left with its columns in that order, and each cell's words in the text's."""
    text = "".join(words[number].text for row in table.rows for cell in row for number in cell)
    right, left = count_directions(text)
    step = -1 if right > left else 1
    return PaperTable(tuple(tuple(_order(cell, words) for cell in row[::step]) for row in table.rows))


Ruling = tuple[list[int], list[int], list[Rule]]
"""The places of the upright and of the level lines of a table, the latter from the top, and the lines."""


def _find_ruled(rules: Sequence[Rule]) -> Iterator[Ruling]:
    """Yield lines that cross and make at least two rows and two columns."""
    if len(rules) > _MOST_RULES:
        return
    upright = [rule for rule in rules if rule.upright]
    level = [rule for rule in rules if not rule.upright]
    group = list(range(len(upright) + len(level)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = at = group[group[at]]
        return at

    for i, one in enumerate(upright):
        for j, other in enumerate(level, len(upright)):
            if _reaches(one, other.at) and _reaches(other, one.at):
                group[root(i)] = root(j)
    parts: dict[int, list[Rule]] = {}
    for at, rule in enumerate([*upright, *level]):
        parts.setdefault(root(at), []).append(rule)
    for part in parts.values():
        xs = _merge(rule.at for rule in part if rule.upright)
        ys = _merge(rule.at for rule in part if not rule.upright)[::-1]
        if len(xs) > 2 and len(ys) > 2 and len(xs) * len(ys) < _MOST_SLOTS:
            yield xs, ys, part


def _reaches(rule: Rule, at: int) -> bool:
    return rule.start - _NEAR <= at <= rule.end + _NEAR


def _merge(places: Iterable[int]) -> list[int]:
    found: list[int] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _fill(words: Sequence[Word], xs: list[int], ys: list[int], rules: list[Rule]) -> PaperTable | None:
    """Put words into ruled cells; a cell without a line to its left or above is a part of that one."""
    width, height = len(xs) - 1, len(ys) - 1
    upright = [rule for rule in rules if rule.upright]
    level = [rule for rule in rules if not rule.upright]
    cells: list[list[list[int]]] = [[[] for _ in range(width)] for _ in range(height)]
    falling = [-y for y in ys]
    homes: dict[tuple[int, int], tuple[int, int]] = {}
    for number, word in enumerate(words):
        x, y = (word.box[0] + word.box[2]) // 2, (word.box[1] + word.box[3]) // 2
        column, row = bisect_right(xs, x) - 1, bisect_right(falling, -y) - 1
        if not (0 <= column < width and 0 <= row < height):
            continue
        if (row, column) not in homes:
            homes[row, column] = _find_home(row, column, xs, ys, upright, level)
        row, column = homes[row, column]
        cells[row][column].append(number)
    full = sum(sum(bool(cell) for cell in row) > 1 for row in cells)
    if full < 2:
        return None
    return close_table([[tuple(cell) for cell in row] for row in cells])


def _find_home(
    row: int, column: int, xs: list[int], ys: list[int], upright: list[Rule], level: list[Rule]
) -> tuple[int, int]:
    middle_y = (ys[row] + ys[row + 1]) // 2
    while column and not any(abs(rule.at - xs[column]) <= _NEAR and _reaches(rule, middle_y) for rule in upright):
        column -= 1
    middle_x = (xs[column] + xs[column + 1]) // 2
    while row and not any(abs(rule.at - ys[row]) <= _NEAR and _reaches(rule, middle_x) for rule in level):
        row -= 1
    return row, column


def _order(cell: Iterable[int], words: Sequence[Word]) -> tuple[int, ...]:
    """Return a cell's words line by line, in the order of the page's text on each."""
    return tuple(sorted(cell, key=lambda number: (words[number].line, number)))
