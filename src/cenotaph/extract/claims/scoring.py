"""What the scores of words that say what happened have in common."""

from __future__ import annotations

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

REJECTED = -99.0
MEASURING = read_word_set("binding.measuring")
GAUGE_VERBS = read_word_set("binding.gauge_verbs")
_GIVING = read_word_set("binding.giving")
_GAUGE_LINKS = read_word_set("binding.gauge_links")


def is_gauged(sentence: Sentence, number: Number) -> bool:
    """Return whether a verb of measure stands right before a number: "rose to 39", "достигло семнадцати"."""
    at = number.start
    while at > 0 and sentence.tokens[at - 1].low in _GAUGE_LINKS and number.start - at < 4:
        at -= 1
    dated = sentence.number_at.get(at - 1)
    if dated is not None and dated.mention.kind in ("year", "date") and dated.start > 1:
        at = dated.start - (sentence.tokens[dated.start - 1].low in ("in", "on", "by"))  # "from 8 in 2022 to 217"
    earlier = sentence.number_at.get(at - 1)
    if earlier is not None and earlier.start and sentence.tokens[earlier.start - 1].low in ("from", "с", "со", "з", "від"):
        at = earlier.start - 1  # "возросло с четырёх до семи"
    if at > 0 and sentence.tokens[at - 1].low in GAUGE_VERBS:
        return True
    if at == number.start and at > 1 and sentence.tokens[at - 1].low == "as":
        return any(token.low in _GIVING for token in sentence.tokens[max(0, at - 14) : at - 1])
    first = sentence.tokens[number.start].low
    return first in GAUGE_VERBS or number.mention.bound == "may_exceed"


_OBJECT_LEADS = frozenset(
    {"a", "an", "the", "another", "about", "some", "at", "least", "further", "additional", "other", "more"}
)
_GOVERNING_NOTHING = read_word_set("scoring.governing_nothing")


def is_governed_elsewhere(sentence: Sentence, number: Number, *, further: bool) -> bool:
    """Return whether a verb that says nothing of what happened governs a number: "is assisting a further 18", "infected 90"."""
    at = number.start - 1
    while at > 0 and sentence.tokens[at].low in _OBJECT_LEADS:
        at -= 1
    low = sentence.tokens[at].low
    if at < 1 or len(low) < 6 or low in _GOVERNING_NOTHING or sentence.trigger_at.get(at) is not None:
        return False
    if any(span.start <= at < span.end for span in (*sentence.frames, *sentence.speech)):
        return False
    return (further and low.endswith("ing")) or (low.endswith("ed") and sentence.tokens[at - 1].low == "and")
