"""Numbers of whom nothing is said but through another: withdrawn figures, those "among" others, and wholes told out of."""

from __future__ import annotations

from itertools import pairwise

from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.coordination import opens_a_count
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number

_CORRECTION_REACH = 8
_PARENTHESIS = 12
_FIGURES = frozenset({"count", "toll", "figure", "estimate", "tally"})
_AGAINST = frozenset({",", "and", "not", "as", "reported", "first", "said", "earlier", "previously", "—", "–"})


def add_withdrawn(
    sentence: Sentence, index: int, counted: list[tuple[Number, Population]], drafts: list[Draft]
) -> list[Draft]:
    """Add the 27 of "not 27 but 25 people died": what is said of the number that stands is said of the withdrawn one too."""
    taken = {draft.number.start for draft in drafts}
    found = list(drafts)
    lows = sentence.lows
    for number, population in counted:
        figure = number.start > 1 and lows[number.start - 1] == "of" and lows[number.start - 2] in _FIGURES
        if not (number.mention.retracted or figure) or number.start in taken:
            continue
        other = next((d for d in drafts if 0 < d.number.start - number.end <= _CORRECTION_REACH), None)
        other = other or next((d for d in reversed(drafts) if d.number.end <= number.start), None)
        if other is not None:
            draft = Draft(sentence, index, number, population, other.outcome, other.unit, None, "withdrawn")
            draft.doubt("outcome", "that of the number it is corrected to")
            found.append(draft)
    for (number, population), (after, _) in pairwise(counted):
        if not after.mention.retracted:
            continue
        other = next((d for d in drafts if d.number is after), None)
        between = set(lows[number.end : after.start])
        if other is not None and number.start not in taken and between <= _AGAINST and "not" in between:
            # "Eleven, not nineteen, were hurt": of both it is said, and the first stands.
            found.append(Draft(sentence, index, number, population, other.outcome, other.unit, None, "withdrawn"))
    for number, population in counted:
        whole = _named_among(sentence, population, drafts)
        if whole is not None and all(d.number.start != number.start for d in found):
            draft = Draft(sentence, index, number, population, whole.outcome, "people", None, "part")
            draft.parent = whole
            found.append(draft)
    found.sort(key=lambda draft: draft.number.start)
    return found


def _named_among(sentence: Sentence, population: Population, drafts: list[Draft]) -> Draft | None:
    """Return the 70 of "twelve nurses were among 70 staff marched away"."""
    tokens = sentence.tokens
    at = population.end
    if at < len(tokens) and tokens[at].text == ",":
        # "two brothers, both in their twenties, were among eleven civilians shot"
        at = next((i + 1 for i in range(at + 1, min(len(tokens), at + _PARENTHESIS)) if tokens[i].text == ","), at)
    if at + 2 >= len(tokens) or tokens[at].low not in ("were", "was", "are", "is") or tokens[at + 1].low != "among":
        return None
    at += 2 + (tokens[at + 2].low in ("the", "some", "those"))
    return next((draft for draft in drafts if draft.number.start <= at < draft.number.end), None)


def add_wholes(
    sentence: Sentence,
    index: int,
    counted: list[tuple[Number, Population]],
    bindings: list[Binding | None],
    drafts: list[Draft],
) -> list[Draft]:
    """Add "of the seventy men" before what is said of some of them: a number of people, of whom nothing else is said."""
    if not drafts:
        return drafts
    taken = {draft.number.start for draft in drafts}
    for (number, population), binding in zip(counted, bindings, strict=True):
        plain = (
            number.mention.kind == "people_candidate"
            and (number.mention.low or 0) > 1
            and population.kind == "people"
        )
        if binding is not None or not plain or number.start in taken or not opens_a_count(sentence, number):
            continue
        if any(d.number.start > number.start and (d.value or 0) <= (number.mention.low or 0) for d in drafts):
            whole = Draft(sentence, index, number, population, "other", "people", None, "whole")
            whole.doubt("outcome", "a number out of which others are told")
            drafts = sorted([*drafts, whole], key=lambda draft: draft.number.start)
    return drafts
