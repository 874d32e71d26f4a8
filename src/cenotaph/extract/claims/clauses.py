"""The pieces of a Russian sentence, and whether what is said of a number stands in the number's own piece."""

from __future__ import annotations

from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.scoring import GAUGE_VERBS, MEASURING
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.reference.word_sets import read_word_set

_MARKS = frozenset(",;:—–()!?…")
_JOINING = read_word_set("clauses.joining")
_HELPING = tuple(sorted(read_word_set("clauses.helping")))
_LIMIT = 60  # tokens to either side


def find_piece(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return the tokens around some words up to the next mark or conjunction on either side."""
    tokens = sentence.tokens
    first, last = start, end
    while first > max(0, start - _LIMIT) and tokens[first - 1].text not in _MARKS and tokens[first - 1].low not in _JOINING:
        first -= 1
    while last < min(len(tokens), end + _LIMIT) and tokens[last].text not in _MARKS and tokens[last].low not in _JOINING:
        last += 1
    return first, last


def has_unknown_verb(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a verb that is no outcome, no measure, no help to another and no word of saying stands among tokens."""
    for at in range(start, end):
        kinds = sentence.words[at].parse.kinds
        if not kinds or not kinds <= {"VERB", "PRTS"} or at in sentence.trigger_at:
            continue
        low = sentence.tokens[at].low
        if low in GAUGE_VERBS or low in MEASURING or low.startswith(_HELPING):
            continue
        if not any(span.start <= at < span.end for span in (*sentence.speech, *sentence.frames)):
            return True
    return False


def find_weakness(sentence: Sentence, number: Number, population: Population, trigger: Trigger) -> str | None:
    """Return why what is said of a number may be said of others: by words outside its piece, or beside words of another end.

    Returns
    -------
    str or None
        The words of the doubt; None where nothing speaks against it.
    """
    first, last = find_piece(sentence, number.start, max(number.end, population.end))
    outside = trigger.end <= first or trigger.start >= last
    if outside and has_unknown_verb(sentence, first, last):
        return "the clause has a verb of its own"
    for other in sentence.triggers:
        verbal = first <= other.start < last and other.voice in ("active", "passive") and not other.negated
        if verbal and other.outcome != trigger.outcome and trigger.outcome not in other.alternatives:
            return f"may be {other.outcome}"
    return None
