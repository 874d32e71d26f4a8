"""Russian words about people that label the number behind them, "Пропавших с начала войны — 340", and people who only receive."""

from __future__ import annotations

from cenotaph.extract.claims.clauses import find_piece
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.scoring import GAUGE_VERBS, MEASURING
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger

_BARE_LABEL = 2  # words of a label without a mark behind it
_LABEL = 6


def has_verb(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a verb that says no outcome and measures nothing stands among tokens."""
    return any(
        sentence.words[at].parse.kinds == {"VERB"}
        and sentence.tokens[at].low not in GAUGE_VERBS
        and sentence.tokens[at].low not in MEASURING
        for at in range(start, end)
    )


def is_labelled(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether what happened is a label with the number for its figure: "убито — 5; ранено: 17"."""
    at = trigger.end
    tokens = sentence.tokens
    if at + 1 != number.start or tokens[at].text not in ":—–" or trigger.roles & {"state", "event", "bodies", "void"}:
        return False
    return not trigger.start or not tokens[trigger.start - 1].is_word or tokens[trigger.start - 1].low in ("и", "а", "та", "і")


def heads_a_label(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether people in the genitive with no verb lead to a dash and a number: "Пропавших с начала войны — 340"."""
    tokens, at = sentence.tokens, number.start - 1
    if sentence.language != "ru" or at - trigger.end > _LABEL:
        return False
    if tokens[at].text not in ":—–":
        closes = number.end >= len(tokens) or not tokens[number.end].is_word
        if not closes or not number.mention.words or number.start - trigger.end < _BARE_LABEL:
            return False  # "Самоубийств в части за год шесть"
        at = number.start
    elif at <= trigger.end:
        return False
    parse = sentence.words[trigger.start].parse
    named = trigger.voice == "part" or "noun" in trigger.roles or (trigger.outcome == "killed" and "event" in trigger.roles)
    if trigger.outcome in ("recruited", "fighting") or not named:
        return False
    opens = trigger.start == 0 or not tokens[trigger.start - 1].is_word
    if not opens or "gent" not in parse.cases or not parse.plural:
        return False
    return all(tokens[i].is_word and i not in sentence.trigger_at for i in range(trigger.end, at)) and not has_verb(
        sentence, trigger.end, at
    )


def stands_for_many(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether one word in the singular labels a bare number, as machines translate: "убитый 12, раненый 30"."""
    closes = number.end >= len(sentence.tokens) or not sentence.tokens[number.end].is_word
    return closes and (number.mention.low or 0) > 1 and sentence.tokens[trigger.start].low.endswith(("ый", "ий", "ший"))


def opens_genitive(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether people in the genitive open a clause that gives their number behind its verb: "Пленных насчитали сорок"."""
    word = sentence.words[trigger.end - 1].parse
    if sentence.language != "ru" or "gent" not in word.cases or not word.plural:
        return False
    first, last = find_piece(sentence, trigger.start, number.end)
    verbs = [at for at in range(trigger.end, number.start) if sentence.words[at].parse.kinds & {"VERB", "PRTS", "INFN"}]
    leads = all(sentence.words[at].parse.kinds & {"ADJF", "PRCL", "NPRO", "ADVB"} for at in range(first, trigger.start))
    whole = leads and all(token.is_word for token in sentence.tokens[trigger.end : number.start])
    return whole and len(verbs) == 1 and sentence.trigger_at.get(verbs[0]) is None and last >= number.end


def receives(sentence: Sentence, population: Population, trigger: Trigger) -> bool:
    """Return whether people are given something, not given back themselves: their word is in the dative and nothing else."""
    if population.head is None or "trans" not in trigger.roles or trigger.voice == "part":
        return False
    return sentence.words[population.head].parse.cases == {"datv"}
