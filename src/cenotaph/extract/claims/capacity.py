"""How many something holds, and how many came: "licensed to carry 120", «рассчитан на 50 человек», "a vigil drew 3,000"."""

from __future__ import annotations

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_FIT = read_word_set("capacity.fit")
_HOLDING = read_word_set("capacity.holding")
_SEATING = read_word_set("capacity.seating")
_EVENTS = read_word_set("capacity.events")
_DRAWING = read_word_set("capacity.drawing")
_GATHERED = ("together", "out", "in")
_HEDGES = read_word_set("capacity.hedges")
_FITTING = ("рассчитан", "рассчита", "предназначен")
_REACH = 6


def is_capacity(sentence: Sentence, number: Number) -> bool:
    """Return whether a number says how many something holds by its build or its papers."""
    lows = sentence.lows
    at = number.start - 1
    while at > 0 and lows[at] in _HEDGES and not (lows[at] == "to" and lows[at - 1] in _FIT):
        at -= 1
    if at < 1 or any(number.end <= trigger.start <= number.end + 1 for trigger in sentence.triggers):
        return False  # "made to carry forty wounded"
    low = lows[at]
    if sentence.language != "en":
        return (low == "на" and lows[at - 1].startswith(_FITTING)) or low.startswith(("вместимост", "вмеща"))
    if low in _HOLDING and lows[at - 1] == "to":
        return at > 1 and lows[at - 2] in _FIT
    return (low == "for" and lows[at - 1] in _FIT) or (low in _SEATING and lows[at - 1] in ("can", "could"))


def is_turnout(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is of those whom an event drew: "the funeral brought out 5,000"."""
    if sentence.language != "en":
        return False
    lows = sentence.lows
    at = number.start - 1
    while at > 0 and (lows[at] in _HEDGES or lows[at] in _GATHERED):
        at -= 1
    return at > 0 and lows[at] in _DRAWING and not _EVENTS.isdisjoint(lows[max(0, at - _REACH) : at])
