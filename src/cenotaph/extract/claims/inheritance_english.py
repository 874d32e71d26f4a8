"""What English figures without a verb of their own take over: labels, those who remain, restated figures, tallies by group."""

from __future__ import annotations

from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.inherited import Inherited
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.extract.claims.tallies_english import find_whole, step_up
from cenotaph.extract.claims.topics_english import find_header, find_held, find_label, find_remaining
from cenotaph.extract.claims.verbless_english import (
    answers_whence,
    breaks_down,
    exchanges,
    lists_places,
    names_a_group,
    restates,
)

_BACK = 8


def inherit_plainly(
    sentence: Sentence, number: Number, population: Population, discourse: Discourse, earlier: list[Draft]
) -> Inherited | None:
    """Return what a label, "remain" or the word "prisoners" says of people whose clause says nothing else.

    Parameters
    ----------
    earlier
        Claims already read in the same sentence, in order.
    """
    echoed = _echo(sentence, number, population, earlier)
    if echoed is not None:
        return echoed
    labelled = find_label(sentence, number, population)
    if labelled is not None:
        return Inherited(labelled, "people", None, "list", True)
    headed = find_header(sentence, number, population)
    if headed is not None:
        return Inherited(headed, "people", None, "list", True)
    left = find_remaining(sentence, number, population, [*discourse.drafts[-_BACK:], *earlier])
    if left is not None:
        return Inherited(left.outcome, "people", left, "part", True)  # "90 had been let go; 30 remain at the station"
    held = find_held(sentence, number, population, discourse.told.words)
    return Inherited(held, "people", None, "figure", True) if held is not None else None


_ECHOING = frozenset({"were", "was", "are", "have", "had", "did", "do"})
_DENYING = frozenset({"didn't", "weren't", "wasn't", "haven't", "hadn't"})


def _echo(sentence: Sentence, number: Number, population: Population, earlier: list[Draft]) -> Inherited | None:
    """Return what an auxiliary alone repeats of the claim before it: "No civilians were hurt; two soldiers were"."""
    tokens = sentence.tokens
    at = population.end
    if not earlier or population.kind == "thing" or at >= len(tokens) or (at + 1 < len(tokens) and tokens[at + 1].is_word):
        return None
    if tokens[at].low in _ECHOING:
        return Inherited(earlier[-1].outcome, earlier[-1].unit, None, "coordinate", False)
    turned = tokens[at].low in _DENYING and earlier[-1].outcome in ("survived", "rescued")
    return Inherited("killed", "people", None, "coordinate", True) if turned else None  # "42 got out, 19 didn't"


def inherit_english(
    sentence: Sentence, number: Number, population: Population, earlier: list[Draft], last: Draft | None, drafts: list[Draft]
) -> Inherited | None:
    """Return what an English figure without a verb of its own takes over from the text before it."""
    source = earlier[-1] if earlier else last
    assert source is not None
    if not earlier:
        source = step_up(source, number, drafts)
    unit = "people" if source.unit == "deaths" else source.unit
    if restates(sentence, number, population, source) or exchanges(sentence, number, population, source):
        return Inherited(source.outcome, unit, None, "figure", True)
    if answers_whence(sentence, number, population, source):
        return Inherited(source.outcome, unit, source.parent, "list", True)
    if not earlier and source.sentence.unit.block - sentence.unit.block >= -1 and (
        (population.kind == "bare" and lists_places(sentence, number))
        or breaks_down(sentence, number, population)
        or names_a_group(sentence, number, population, find_whole(sentence, number, drafts) or source)
    ):
        return Inherited(source.outcome, unit, None, "list", True)
    return None


__all__ = ["inherit_english", "inherit_plainly"]
