"""Tables in running text: a line that names columns, and the rows below it with one number in each."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from cenotaph.extract.claims.phrases import Population, names_in
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number, Trigger

_SEPARATORS = ("|", "/", ";", ",")
_FURTHEST = 40
_MOST_ROWS = 60
_COLUMN_OUTCOMES = STRONG | {"identified", "recruited", "on_board", "fighting"}
# A tab parts two cells by itself, so that an empty cell between two of them counts.
_GAP = re.compile(r"[^\S\n\t]*(?:\||\t|[^\S\n\t]{2,})[^\S\n|\t]*")
_RULE = re.compile(r"[\s|:+=-]+$")
_LONGEST_LETTERS = 3
_CAPTIVES = frozenset({"prisoner", "prisoners", "captive", "captives"})


_DUG_UP = frozenset({"exhumed", "exhumations", "unearthed", "disinterred"})
_COLUMN_NOUNS = _CAPTIVES | _DUG_UP


_NO_COUNT = frozenset(
    {"per", "age", "mean", "average", "median", "rate", "share", "на", "возраст", "средний", "доля", "смертность"}
)  # a column of these holds no number of people


class Columns(NamedTuple):
    """The outcomes that a header names, in order, and what divides its cells: a mark, ``cells`` (bars, gaps) or nothing."""

    outcomes: tuple[str | None, ...]
    separator: str
    block: int


def split_row(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the code points of the cells that bars, tabs or wide gaps set apart in a line; one cell where nothing does.

    A line with tabs is a row of a table as its reader gives it: each tab ends a column, filled or not.
    """
    unit = sentence.unit
    line = sentence.text[unit.start : unit.end]
    if "\t" in line:
        first, last = _find_row(sentence.text, unit.start, unit.end)
        ends = [at for at in range(first, last) if sentence.text[at] == "\t"][:_FURTHEST]
        return list(zip([first, *(at + 1 for at in ends)], [*ends, last], strict=True))
    first = len(line) - len(line.lstrip("| \t"))
    edges = [(found.start(), found.end()) for found in itertools.islice(_GAP.finditer(line, first), _FURTHEST)]
    cells = []
    start = first
    for left, right in [*edges, (len(line), len(line))]:
        if left >= start and (left > start or right < len(line)):
            cells.append((unit.start + start, unit.start + left))
        start = right
    return cells


def _find_row(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a row begins and ends that a unit is the words of: its empty first and last cells are blanks around it."""
    while start and text[start - 1] in "\t ":
        start -= 1
    while end < len(text) and text[end] in "\t ":
        end += 1
    return start, end


def is_rule(sentence: Sentence) -> bool:
    """Return whether a line only rules off a table: ``|---|---|``."""
    return _RULE.match(sentence.text, sentence.unit.start, sentence.unit.end) is not None


def is_cell(sentence: Sentence, number: Number, columns: Columns) -> bool:
    """Return whether a number that looks like a date or a code ("March | 12") fills a cell under a named column."""
    if columns.separator != "cells" or number.mention.low is None or number.mention.kind in ("money", "percent"):
        return False
    return bool(_read_cells(sentence, columns, [number]))


def is_header_year(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is a year in a line that names columns: "Region | Killed 2023 | Killed 2024"."""
    low = number.mention.low
    if low is None or low != number.mention.high or not _FIRST_YEAR <= low <= _LAST_YEAR:
        return False
    cells = split_row(sentence)
    return len(cells) >= 2 and all(any(letter.isalpha() for letter in sentence.text[first:last]) for first, last in cells)


_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def find_label(sentence: Sentence, number: Number) -> Population | None:
    """Return whom the first cell of a row names, None where the number stands in that cell or the cell names nobody."""
    cells = split_row(sentence)
    if len(cells) < 2 or not cells[0][1] <= number.mention.start:
        return None
    last = sentence.until(cells[0][1])
    names = names_in(sentence, 0, last)
    group = next((at for at in range(last) if sentence.words[at].kind not in ("", "thing")), None)
    if group is None and not names:
        return None
    head = group if group is not None else names[-1].end - 1
    span = (group, group + 1) if group is not None else None
    return Population(0, number.end, "people", head, span, names, "", "", True)


def read_legend(sentence: Sentence) -> dict[str, str]:
    """Return the letters that a legend gives to outcomes: "K = killed, W = wounded, D = detained"."""
    tokens = sentence.tokens
    found: dict[str, str] = {}
    if "=" not in sentence.lows:
        return found
    for at in range(len(tokens) - 2):
        if tokens[at + 1].text != "=" or not tokens[at].text.isupper() or len(tokens[at].text) > _LONGEST_LETTERS:
            continue
        meant = range(at + 2, min(at + 4, len(tokens)))
        trigger = next((sentence.trigger_at[i] for i in meant if i in sentence.trigger_at), None)
        if trigger is not None:
            found[tokens[at].text] = trigger.outcome
    return found


def find_letter(sentence: Sentence, number: Number, legend: dict[str, str]) -> str | None:
    """Return the outcome of the letters right before a number, where a legend has told what they stand for: "K 21, W 38"."""
    at = number.start - 1
    if at >= 0 and sentence.tokens[at].text in ":=-–":
        at -= 1
    return legend.get(sentence.tokens[at].text) if at >= 0 else None


def read_columns(sentence: Sentence) -> Columns | None:
    """Return the columns that a heading or a line in brackets names, None where it names fewer than two."""
    triggers = [t for t in sentence.triggers if t.outcome in _COLUMN_OUTCOMES]
    if triggers and sentence.language == "en" and not _COLUMN_NOUNS.isdisjoint(sentence.lows):
        plain = [at for at, token in enumerate(sentence.tokens) if token.low in _CAPTIVES and at not in sentence.trigger_at]
        more = [Trigger(at, at + 1, "captured", frozenset({"noun"}), "people", "", False) for at in plain]
        dug_up = [at for at, low in enumerate(sentence.lows) if low in _DUG_UP and at not in sentence.trigger_at]
        more += [Trigger(at, at + 1, "killed", frozenset({"bodies"}), "bodies", "", False) for at in dug_up]
        triggers = sorted([*triggers, *more], key=lambda trigger: trigger.start)
    if not triggers:
        return None
    tokens = sentence.tokens
    cells = split_row(sentence) if tokens[-1].text not in ".?!" and len(tokens) <= _FURTHEST else []
    headed = len(cells) >= 2 and all(any(c.isalpha() for c in sentence.text[first:last]) for first, last in cells)
    if not headed and any(n.mention.kind == "people_candidate" for n in sentence.numbers):
        return None
    if len(cells) >= 2:
        named: list[str | None] = []
        for first, last in cells:
            inside = [t.outcome for t in triggers if first <= tokens[t.start].start < last]
            other = any(first <= token.start < last and token.low in _NO_COUNT for token in tokens)
            named.append(inside[0] if inside and not other else None)
        if any(named):
            return Columns(tuple(named), "cells", sentence.unit.block)
    if len({t.outcome for t in triggers}) < 2:
        return None
    for separator in _SEPARATORS[:2]:
        cuts = [at for at, token in enumerate(tokens) if token.text == separator]
        if not cuts:
            continue
        edges = [0, *cuts, len(tokens)]
        found: list[str | None] = []
        for start, end in itertools.pairwise(edges):
            outcomes = [t.outcome for t in triggers if start <= t.start < end]
            found.append(outcomes[0] if outcomes else None)
        places = [at for at, cell in enumerate(found) if cell is not None]
        if len(places) >= 2:
            return Columns(tuple(found[places[0] :]), separator, sentence.unit.block)
    if sentence.unit.kind == "heading" and 2 <= len(triggers) <= 4 and tokens[-1].text != "?":
        ordered = tuple(dict.fromkeys(t.outcome for t in triggers))
        joined = {token.low for token in tokens[triggers[0].end : triggers[-1].start]}
        if joined & {"and", ",", "и", "/", "та"} and len(joined) <= 4:
            return Columns(ordered, "", sentence.unit.block)
    return None


def read_row(sentence: Sentence, columns: Columns, numbers: list[Number]) -> dict[int, str]:
    """Return the outcome of every number of a row by its position among the numbers, nothing where the row does not fit."""
    if columns.separator == "cells":
        return _read_cells(sentence, columns, numbers)
    if sentence.unit.block - columns.block > 2 or len(sentence.tokens) > _FURTHEST:
        return {}
    aside = {at for first, last in sentence.brackets for at in range(first, last + 1)} if columns.separator else set()
    if any(t.outcome in STRONG and t.start not in aside for t in sentence.triggers if not t.voice or columns.separator != "/"):
        return {}
    tokens = sentence.tokens
    if columns.separator:
        cuts = [at for at, token in enumerate(tokens) if token.text == columns.separator and at not in aside]
        count = len(cuts) + 1
        width = len(columns.outcomes)
        if count not in (width, width + 1) or count < 2:
            return {}
        found: dict[int, str] = {}
        for position, number in enumerate(numbers):
            if number.start in aside:
                continue
            cell = sum(1 for cut in cuts if cut < number.start) - (count - width)
            outcome = columns.outcomes[cell] if 0 <= cell < width else None
            if outcome is not None:
                found[position] = outcome
        return found
    main: list[int] = []
    depth = 0
    depths = []
    for token in tokens:
        depth += token.text == "("
        depths.append(depth)
        depth -= token.text == ")"
    for position, number in enumerate(numbers):
        if depths[number.start] == 0:
            main.append(position)
    if len(main) != len(columns.outcomes):
        return {}
    return {
        position: outcome for position, outcome in zip(main, columns.outcomes, strict=True) if outcome is not None
    }


def _read_cells(sentence: Sentence, columns: Columns, numbers: list[Number]) -> dict[int, str]:
    """Return the outcomes of the numbers that stand alone in the cells of a row as wide as its header."""
    if sentence.unit.block - columns.block > _MOST_ROWS:
        return {}
    cells = split_row(sentence)
    shift = len(cells) - len(columns.outcomes)
    if len(cells) < 2 or shift not in (0, 1):
        return {}
    found: dict[int, str] = {}
    for position, number in enumerate(numbers):
        mention = number.mention
        cell = next((at for at, (first, last) in enumerate(cells) if first <= mention.start < last), None)
        if cell is None or not 0 <= cell - shift < len(columns.outcomes):
            continue
        first, last = cells[cell]
        rest = sentence.text[first : mention.start] + sentence.text[mention.end : last]
        outcome = columns.outcomes[cell - shift]
        if outcome is not None and len(rest.strip(" *()[]%")) <= 3:
            found[position] = outcome
    return found
