"""A single victim without a numeral: "погибла женщина", "ранен 45-летний мужчина", "her son was killed".

By the guideline these are claims of one that need not be found; they are given where the words leave no doubt. Somebody named, an
office-holder, or an age is none.
"""

from __future__ import annotations

from cenotaph.domain.counts import Bound
from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.phrases import Population, names_in
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.slots import fill_slots
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.extract.numbers import NumberMention
from cenotaph.reference.word_sets import read_word_set

_OUTCOMES = frozenset({"killed", "wounded", "missing", "captured", "rescued"})
_OWNERS = frozenset({"his", "her", "my", "our", "their", "whose"})
_KIN = read_word_set("singles.kin")
_HELPING = frozenset({"was", "has", "had", "been", "is", "also", "later", "then", "reportedly", "himself", "herself"})
_OFFICES = read_word_set("singles.offices")
_OWNERS_RU = frozenset({"его", "ее", "её", "их", "мой", "моя", "наш", "наша"})
_WRONGLY = ("неверно", "ошибочн", "ложн", "неправд", "wrongly", "incorrectly", "mistakenly", "false")
_BY_OWN_HAND = ("застрел", "повес", "утопи")
_SCORE = 9.0
_LONGEST = 6
_HELPED = 3


def read_singles(sentence: Sentence, index: int, discourse: Discourse, drafts: list[Draft]) -> list[Draft]:
    """Return the single victims of a sentence, in order.

    Parameters
    ----------
    drafts
        The claims of the sentence: what is one of them already is left.
    """
    if sentence.language not in ("en", "ru"):
        return []
    found: list[Draft] = []
    for trigger in sentence.triggers:
        if trigger.outcome not in _OUTCOMES or trigger.negated or trigger.voice not in ("active", "passive"):
            continue
        phrase = _read_english(sentence, trigger) if sentence.language == "en" else _read_russian(sentence, trigger)
        if phrase is None or _is_unsaid(sentence):
            continue
        start, head = phrase
        if any(d.number.start <= head and start < max(d.number.end, d.population.end) for d in (*drafts, *found)):
            continue
        found.append(_make_draft(sentence, index, trigger, start, head))
    for draft in found:
        fill_slots(draft, discourse, [*drafts, *found])
    return sorted(found, key=lambda draft: draft.number.start)


def _is_unsaid(sentence: Sentence) -> bool:
    """Return whether a sentence only supposes what it tells, or takes it back: "Мы неверно указали, что скончался младенец"."""
    return sentence.has_frame("conditional") or any(token.low.startswith(_WRONGLY) for token in sentence.tokens)


def _make_draft(sentence: Sentence, index: int, trigger: Trigger, start: int, head: int) -> Draft:
    aged = [at for at in range(start, head) if sentence.tokens[at].low.endswith(("летний", "летняя"))]
    start = aged[-1] + 1 if aged else start  # an age is no part of the words that count
    first, last = sentence.tokens[start].start, sentence.tokens[head].end
    mention = NumberMention(
        start=first, end=last, core_start=first, core_end=last, low=1, high=1, bound=Bound.EXACT, kind="indefinite", certain=True,
        retracted=False, distributive=False, increment=False, words=True, head_hint=None,
    )  # fmt: skip
    after = sentence.name_at.get(head + 1)
    end = after.end if after is not None and after.start == head + 1 and after.sense == "name" else head + 1
    names = names_in(sentence, start, end)  # "гражданин Кубы"
    population = Population(start, end, "people", head, (head, head + 1), names, "", "")
    binding = Binding(trigger.outcome, trigger, None, _SCORE, ())
    return Draft(sentence, index, Number(mention, start, head + 1), population, trigger.outcome, "people", binding, "own")


def _read_english(sentence: Sentence, trigger: Trigger) -> tuple[int, int] | None:
    """Return "her son" before "was killed"."""
    tokens = sentence.tokens
    at = trigger.start - 1
    steps = 0
    while at > 0 and tokens[at].low in _HELPING and steps < _HELPED:
        at -= 1
        steps += 1
    if at < 1 or tokens[at].low not in _KIN:
        return None
    start = at - 1
    while start > 0 and at - start < _HELPED and tokens[start].low not in _OWNERS and tokens[start].text.islower():
        start -= 1
    if tokens[start].low not in _OWNERS or (start and tokens[start - 1].low in ("and", "of", "with", "by", "to")):
        return None
    return start, at


def _read_russian(sentence: Sentence, trigger: Trigger) -> tuple[int, int] | None:
    """Return the subject beside a verb in the singular: "погиб 45-летний мужчина", "мирный житель ранен"."""
    words, tokens = sentence.words, sentence.tokens
    happens = bool(trigger.roles & {"intr", "light"}) and trigger.voice == "active"
    verbs = [word.parse for word in words[trigger.start : trigger.end] if word.parse.kinds & {"VERB", "PRTS"}]
    reflexive = tokens[trigger.end - 1].low.endswith(("лся", "лась"))
    if reflexive and tokens[trigger.start].low.startswith(_BY_OWN_HAND):
        return None  # "мужчина застрелился": no victim of what is counted
    if not (happens or trigger.voice == "passive") or not verbs or any(verb.plural for verb in verbs):
        return None
    behind = _read_phrase(sentence, trigger.end)
    if behind is not None:
        return None if _is_named(sentence, behind[1] + 1) else behind
    at = trigger.start - 1
    while at > 0 and tokens[at].low in ("был", "была", "также", "тоже", "там", "сразу"):
        at -= 1
    start = at
    while start >= 0 and at - start < _LONGEST and (start == at or _qualifies(sentence, start)):
        start -= 1
    start += 1
    if start > at or (start and (tokens[start - 1].text in "—«" or tokens[start - 1].low in ("и", "или", "как"))):
        return None
    before = _read_phrase(sentence, start)
    return before if before is not None and before[1] == at and not _follows_a_name(sentence, start) else None


def _qualifies(sentence: Sentence, at: int) -> bool:
    token, parse = sentence.tokens[at], sentence.words[at].parse
    aged = token.text in "-–" or token.text.isdecimal()
    adjective = parse.kinds <= {"ADJF", "PRTF"} or ("ADJF" in parse.kinds and not parse.animate)
    return aged or token.low in _OWNERS_RU or bool(parse.kinds and adjective and "nomn" in parse.cases)


def _read_phrase(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """Return where a nominative noun phrase of one person begins and has its noun."""
    tokens, words = sentence.tokens, sentence.words
    at = start
    while at < len(tokens) and at - start < _LONGEST and _qualifies(sentence, at):
        if "NOUN" in words[at].parse.kinds and words[at].kind and words[at].parse.animate:
            break
        at += 1
    if at >= len(tokens) or any(
        number.start <= at and number.end > start and number.mention.kind != "age" for number in sentence.numbers
    ):
        return None
    parse = words[at].parse
    name = sentence.name_at.get(at)
    human = words[at].kind not in ("", "thing", "collective") or (name is not None and name.sense in ("people", "citizen"))
    if not human or "NOUN" not in parse.kinds or "nomn" not in parse.cases or not parse.animate:
        return None
    if tokens[at].low in _OFFICES or _OFFICES.intersection(parse.lemmas) or (tokens[at].text[0].isupper() and at > 0):
        return None
    return start, at


def _is_named(sentence: Sentence, at: int) -> bool:
    """Return whether a name follows soon: "погиб уроженец Самарканда Шерзод Каримов", "убит рядовой Иванов"."""
    tokens = sentence.tokens
    for place in range(at, min(len(tokens), at + _LONGEST)):
        if tokens[place].text in ",.;:—" or tokens[place].low in ("из", "в", "на", "под", "при", "и", "от", "по"):
            return False
        if tokens[place].text[0].isupper() and (sentence.words[place].parse.name or place not in sentence.name_at):
            genitive = sentence.words[place].parse.cases
            if place == at or not genitive or "nomn" in genitive:
                return True
    return False


def _follows_a_name(sentence: Sentence, start: int) -> bool:
    tokens = sentence.tokens
    at = start - 1 - (start > 0 and tokens[start - 1].text == ",")
    return at > 0 and tokens[at].text[0].isupper() and at not in sentence.name_at
