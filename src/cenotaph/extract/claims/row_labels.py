"""Labels of rows that end in a number: "Region 3 | 3 | 6"."""

from __future__ import annotations

from cenotaph.extract.claims.columns import Columns, split_row
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number


def is_row_label(sentence: Sentence, number: Number, columns: Columns) -> bool:
    """Return whether a number belongs to the name of a row: it ends the first cell, whose column no outcome heads."""
    if columns.separator != "cells" or not number.start:
        return False
    cells = split_row(sentence)
    if len(cells) < 2 or len(cells) < len(columns.outcomes):
        return False
    first, last = cells[0]
    if not first < number.mention.start < last or sentence.text[number.mention.end : last].strip():
        return False
    if len(cells) == len(columns.outcomes) and columns.outcomes[0] is not None:
        return False
    names = range(number.start)
    return all(
        sentence.tokens[at].is_word and sentence.words[at].kind in ("", "thing") and at not in sentence.trigger_at for at in names
    )
