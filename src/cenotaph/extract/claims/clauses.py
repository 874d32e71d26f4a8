"""The pieces of a Russian sentence between its marks and conjunctions, and whether a verb of another kind stands in one."""

from __future__ import annotations

from cenotaph.extract.claims.scoring import GAUGE_VERBS, MEASURING
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.word_sets import read_word_set

_MARKS = frozenset(",;:—–()!?…")
_JOINING = read_word_set("clauses.joining")
_HELPING = tuple(sorted(read_word_set("clauses.helping")))
_DESCRIBING = read_word_set("inheritance.describing")
_TRYING = ("успе", "могут", "может", "удаёт", "удает", "нача", "начин", "пыта")
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
        if kinds == {"INFN"} and at > start and at not in sentence.trigger_at and sentence.tokens[at - 1].low.startswith(_TRYING):
            return True  # "успевают проверить двадцать"
        if not kinds or not kinds <= {"VERB", "PRTS"} or at in sentence.trigger_at:
            continue
        low = sentence.tokens[at].low
        if low in GAUGE_VERBS or low in MEASURING or low in _DESCRIBING or low.startswith(_HELPING):
            continue
        framed = (frame for frame in sentence.frames if frame.label != "wish")
        if not any(span.start <= at < span.end for span in (*sentence.speech, *framed)):
            return True  # of a wish too: "16 человек погибли, 38 хотят домой"
    return False
