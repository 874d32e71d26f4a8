"""Russian verbs of going that say recruited where the sentences before speak of war: "На фронт брали всех. Уехали двадцать"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

if TYPE_CHECKING:
    from cenotaph.extract.claims.discourse import Discourse

_GOING = tuple(sorted(read_word_set("inheritance.going")))
_OF_WAR = frozenset({"recruited", "fighting"})
_NEAR = 2  # sentences
_ELSEWHERE = ("домой", "обратно", "назад", "школ", "работ", "учеб", "больниц", "госпитал", "отпуск", "морг")


def is_sent(sentence: Sentence, number: Number, discourse: Discourse, first: int, last: int) -> bool:
    """Return whether the clause of a number only says that people went or were taken, and recruits were spoken of right before.

    Parameters
    ----------
    first, last
        The tokens of the clause.
    """
    told = discourse.told.before
    index = discourse.told.read
    near = told is not None and index - told[0] <= _NEAR and told[1] and _OF_WAR.issuperset(told[1])
    through = any(token.low == "через" for token in sentence.tokens[first:last])  # "через него прошли сорок"
    if not near and discourse.themes.get("recruited", 0) < (1 if through else _NEAR):
        return False
    if not (number.mention.certain or number.mention.words) or number.mention.low is None:
        return False
    tokens, words = sentence.tokens, sentence.words
    if any(first <= trigger.start < last for trigger in sentence.triggers):
        return False
    if any(token.low.startswith(_ELSEWHERE) for token in tokens[first:last]):
        return False
    return any(
        tokens[at].low.startswith(_GOING)
        and words[at].parse.kinds & {"VERB", "PRTS"}
        and words[at].parse.kinds <= {"VERB", "PRTS"}
        and not (at and tokens[at - 1].low == "не")
        for at in range(first, last)
    )
