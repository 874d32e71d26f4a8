"""Tables on a page of paper: by the lines that rule them, else by columns that align; only where nothing speaks against it."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

Box = tuple[int, int, int, int]
"""Left, bottom, right and top, in hundredths of a point."""

_NEAR = 250
_LEAST_GAP = 1.1
_MOST_RULES = 800
_MOST_LINES = 200
_MOST_SLOTS = 50_000
_LEAST_LINES = 3
_LONGEST_CELL = 60
_NUMBER = re.compile(r"[-–—+≥≤~<>(]*\d[\d\s.,'’%()*–-]*|[-–—]|n/?a|н/?д", re.IGNORECASE)


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
    found += _find_aligned(words, taken)
    return sorted(found, key=lambda table: min(word for row in table.rows for cell in row for word in cell))


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
    return _close([[_order(cell, words) for cell in row] for row in cells])


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


def _order(cell: list[int], words: Sequence[Word]) -> tuple[int, ...]:
    """Return a cell's words line by line, in the order of the page's text on each."""
    return tuple(sorted(cell, key=lambda number: (words[number].line, number)))


def _find_aligned(words: Sequence[Word], taken: set[int]) -> list[PaperTable]:
    """Return runs of lines whose words stand in the same columns, of which one holds numbers."""
    lines: dict[int, list[int]] = {}
    for number, word in enumerate(words):
        if number not in taken:
            lines.setdefault(word.line, []).append(number)
    found: list[PaperTable] = []
    run: list[list[int]] = []
    last = -2
    for line, numbers in lines.items():
        fits = _is_row(numbers, words) and len(run) < _MOST_LINES
        if fits and line == last + 1 and run and not _share_columns([*run, numbers], words):
            found += _make_aligned(run, words)
            run = []
        if not fits or line != last + 1:
            found += _make_aligned(run, words)
            run = []
        if fits:
            run.append(numbers)
        last = line
    return found + _make_aligned(run, words)


def _is_row(numbers: list[int], words: Sequence[Word]) -> bool:
    """Tell whether a line is one line on paper too, with a wide gap in it, and goes from left to right without a step back."""
    boxes = [words[number].box for number in numbers]
    if max(box[1] for box in boxes) > min(box[3] for box in boxes):
        return False
    if any(after[0] < before[0] for before, after in itertools.pairwise(boxes)):
        return False
    return len(_cut(numbers, words)) > 1


def _cut(numbers: list[int], words: Sequence[Word]) -> list[list[int]]:
    """Cut a line where a gap is wider than its letters are high."""
    high = median(words[number].box[3] - words[number].box[1] for number in numbers)
    parts = [[numbers[0]]]
    for before, number in itertools.pairwise(numbers):
        if words[number].box[0] - words[before].box[2] > _LEAST_GAP * max(high, 500):
            parts.append([])
        parts[-1].append(number)
    return parts


def _find_columns(run: list[list[int]], words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return what no gap runs through from the first line to the last, from left to right."""
    spans = sorted((words[part[0]].box[0], words[part[-1]].box[2]) for line in run for part in _cut(line, words))
    columns: list[tuple[int, int]] = []
    for left, right in spans:
        if columns and left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _share_columns(run: list[list[int]], words: Sequence[Word]) -> bool:
    columns = _find_columns(run, words)
    parts = [[_place(part, words, columns) for part in _cut(line, words)] for line in run]
    return len(columns) > 1 and all(len(set(places)) == len(places) for places in parts)


def _place(part: list[int], words: Sequence[Word], columns: list[tuple[int, int]]) -> int:
    return bisect_right([left for left, _ in columns], words[part[0]].box[0]) - 1


def _make_aligned(run: list[list[int]], words: Sequence[Word]) -> list[PaperTable]:
    """Return a run of lines as a table, where it is three lines long, its cells short, and a column of it holds numbers."""
    if len(run) < _LEAST_LINES or not _share_columns(run, words):
        return []
    columns = _find_columns(run, words)
    rows: list[list[tuple[int, ...]]] = []
    for line in run:
        row: list[tuple[int, ...]] = [()] * len(columns)
        for part in _cut(line, words):
            row[_place(part, words, columns)] = tuple(part)
        rows.append(row)
    texts = [[" ".join(words[number].text for number in cell) for cell in row] for row in rows]
    if any(len(text) > _LONGEST_CELL for row in texts for text in row):
        return []
    below = list(zip(*texts[1:], strict=True))
    filled = [[text for text in column if text] for column in below]
    if any(len(column) * 2 < len(rows) - 1 for column in filled):
        return []
    numeric = [sum(bool(_NUMBER.fullmatch(text)) for text in column) * 4 >= len(column) * 3 for column in filled]
    if not any(numeric[1:]) or all(numeric):
        return []
    return [_close(rows)]


def _close(rows: Sequence[Sequence[tuple[int, ...]]]) -> PaperTable:
    """Return rows without those that are empty."""
    return PaperTable(tuple(tuple(row) for row in rows if any(row)))
