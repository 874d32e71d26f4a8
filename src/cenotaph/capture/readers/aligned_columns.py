"""Tables of paper that nothing rules: lines of text one after another whose words stand in the same columns."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from statistics import median

from cenotaph.capture.readers.paper_words import PaperTable, Word, close_table

_LEAST_GAP = 1.1
_MOST_LINES = 200
_LEAST_LINES = 3
_LONGEST_CELL = 60
_NUMBER = re.compile(r"[-–—+≥≤~<>(]*\d[\d\s.,'’%()*–-]*|[-–—]|n/?a|н/?д", re.IGNORECASE)


def find_aligned(words: Sequence[Word], taken: set[int]) -> list[PaperTable]:
    """Return runs of lines whose words stand in the same columns, of which one holds numbers."""
    lines: dict[int, list[int]] = {}
    for number, word in enumerate(words):
        if number not in taken:
            lines.setdefault(word.line, []).append(number)
    found: list[PaperTable] = []
    run: list[list[int]] = []
    last = -2
    for line, numbers in lines.items():
        if words[numbers[0]].box[0] > words[numbers[-1]].box[0]:  # It is read from right to left.
            numbers = numbers[::-1]
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
    return [close_table(rows)]
