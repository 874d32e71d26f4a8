"""Tables in running text: a line that names columns, and the rows below it with one number in each."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number

_SEPARATORS = ("|", "/", ";", ",")
_FURTHEST = 40


class Columns(NamedTuple):
    """The outcomes that a header names, in order, and what its cells are divided by (empty: any mark)."""

    outcomes: tuple[str | None, ...]
    separator: str
    block: int


def read_columns(sentence: Sentence) -> Columns | None:
    """Return the columns that a heading or a line in brackets names, None where it names fewer than two."""
    triggers = [
        t for t in sentence.triggers if t.outcome in STRONG or t.outcome in ("identified", "recruited", "on_board")
    ]
    if len({t.outcome for t in triggers}) < 2 or any(n.mention.kind == "people_candidate" for n in sentence.numbers):
        return None
    tokens = sentence.tokens
    for separator in _SEPARATORS[:2]:
        cuts = [at for at, token in enumerate(tokens) if token.text == separator]
        if not cuts:
            continue
        edges = [0, *cuts, len(tokens)]
        cells: list[str | None] = []
        for first, last in itertools.pairwise(edges):
            inside = [t.outcome for t in triggers if first <= t.start < last]
            cells.append(inside[0] if inside else None)
        named = [at for at, cell in enumerate(cells) if cell is not None]
        if len(named) >= 2:
            return Columns(tuple(cells[named[0] :]), separator, sentence.unit.block)
    if sentence.unit.kind == "heading" and 2 <= len(triggers) <= 4 and tokens[-1].text != "?":
        ordered = tuple(dict.fromkeys(t.outcome for t in triggers))
        joined = {token.low for token in tokens[triggers[0].end : triggers[-1].start]}
        if joined & {"and", ",", "и", "/", "та"} and len(joined) <= 4:
            return Columns(ordered, "", sentence.unit.block)
    return None


def read_row(sentence: Sentence, columns: Columns, numbers: list[Number]) -> dict[int, str]:
    """Return the outcome of every number of a row by its position among the numbers, nothing where the row does not fit."""
    if sentence.unit.block - columns.block > 2 or len(sentence.tokens) > _FURTHEST:
        return {}
    if any(t.outcome in STRONG for t in sentence.triggers):
        return {}
    tokens = sentence.tokens
    if columns.separator:
        cuts = [at for at, token in enumerate(tokens) if token.text == columns.separator]
        count = len(cuts) + 1
        width = len(columns.outcomes)
        if count not in (width, width + 1) or count < 2:
            return {}
        found: dict[int, str] = {}
        for position, number in enumerate(numbers):
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
