"""For which of several numbers a date holds that stands behind them: for a part alone, or for all that one event did."""

from __future__ import annotations

from itertools import pairwise

from cenotaph.extract.claims.draft import Draft

_PARTING = frozenset({"including", "them", "whom", "which", "these", "those", "них", "числе", "которых", "включая", "том"})
_LEAD = 4
_CLAUSES = frozenset({"when", "after", "as", "during", "когда", "после", "при"})
_PHRASES = frozenset({("in", "a"), ("in", "an"), ("by", "a"), ("by", "an"), ("в", "результате")})
_ANEW = frozenset({"and", "while", "but", "и", "а", "но"})
_BETWEEN = 4


def dates_part(draft: Draft, end: int, first: int) -> bool:
    """Return whether a date behind a number is only that of a part of it: "33 died, five of them in May".

    Parameters
    ----------
    draft
        The number, which may be the whole.
    end, first
        The tokens where the number's people end and where the date begins.

    Returns
    -------
    bool
        True where between both a comma or the like and another number stand, with words that make it a part.
    """
    sentence = draft.sentence
    tokens = sentence.tokens
    for other in sentence.numbers:
        if other.start < end or other.start >= first or other is draft.number:
            continue
        near = range(other.start - 1, max(end - 1, other.start - _LEAD - 1), -1)
        opening = next((i for i in near if tokens[i].text in ",;(—–:"), None)
        if opening is None or any(token.text in ",;" or token.low in _CLAUSES for token in tokens[other.end : first]):
            continue
        lead = {token.low for token in tokens[opening + 1 : other.start]}
        behind = {token.low for token in tokens[other.end : min(first, other.end + _LEAD)]}
        joined = "of" in behind or "из" in behind or "из" in lead or "in" in lead or "of" in lead
        if lead & {"including", "включая", "числе"} or (joined and (lead | behind) & _PARTING):
            return True
    return False


def happened_together(draft: Draft, first: int) -> bool:
    """Return whether a day dates what befell several numbers: "Six died and 11 were hurt when a bus hit a mine on Tuesday".

    Parameters
    ----------
    draft
        The first of the numbers.
    first
        The token at which the date begins.

    Returns
    -------
    bool
        True where one number more, joined by "and", and a clause or phrase of the event stand between the number and the date.
    """
    sentence = draft.sentence
    tokens = sentence.tokens
    end = draft.population.end
    behind = [n for n in sentence.numbers if end <= n.start < first]
    others = [n for n in behind if n.mention.kind in ("people_candidate", "zero")]
    if len(others) != 1 or draft.binding is None:
        return False
    other = others[0]
    joint = [token.low for token in tokens[end : other.start]]
    if not joint or _ANEW.isdisjoint(joint[-_BETWEEN:]) or not {";", ":", "(", "that", "что"}.isdisjoint(joint):
        return False
    event = tokens[other.end : min(first, other.end + _BETWEEN * 2)]
    return any(token.low in _CLAUSES for token in event) or any(
        (one.low, two.low) in _PHRASES for one, two in pairwise(event)
    )
