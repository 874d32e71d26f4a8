"""The whole that a part names in its own phrase: the 40 of "12 of the 40 missing", the 60 of "15 of the 60 who enlisted"."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.population import find_population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger

_RELATIVE = frozenset({"who", "that", "they", "he", "it", "she", "we", "whom", "which"})
_HELPING = frozenset({"had", "have", "has", "were", "was", "are", "been", "is", "also", "once", "first"})
_OF = frozenset({"of", "из", "з", "із", "среди", "among"})
_AFTER = 3
_PAIR = 2
_VERB_REACH = 9
_LOOK_BACK = 40
_OPEN = "other"


def add_inner_wholes(sentence: Sentence, index: int, drafts: list[Draft], known: Sequence[Draft]) -> list[Draft]:
    """Add the whole that the words of a part name, with what they say of it, and make the part its part.

    Parameters
    ----------
    drafts
        Claims of the sentence.
    known
        Claims before it: a whole that was told already is tied to and not told again.
    """
    if not drafts:
        return drafts
    taken = {draft.number.start for draft in drafts}
    found = list(drafts)
    for outer in drafts:
        number = _find_inner(sentence, outer)
        if number is None or number.start in taken or not _is_larger(number, outer):
            continue
        told = _find_told(number, known)
        if told is not None:
            outer.parent = outer.parent or told
            continue
        trigger = _say_of_whole(sentence, number, outer)
        population = find_population(sentence, number)
        if trigger is None and population.kind not in ("people", "outcome"):
            continue  # "трое из восьми": eight of what is not said here
        whole = Draft(sentence, index, number, population, trigger.outcome if trigger else _OPEN, "people", None, "whole")
        if trigger is None:
            whole.doubt("outcome", "a number out of which others are told")
        if outer.parent is None:
            outer.parent = whole
        taken.add(number.start)
        found.append(whole)
    return sorted(found, key=lambda draft: draft.number.start)


def _find_inner(sentence: Sentence, outer: Draft) -> Number | None:
    """Return the number of people in a part's own phrase: right behind "of", an article or "all" between at most."""
    if not outer.population.partitive:
        return None
    tokens = sentence.tokens
    for number in sentence.numbers:
        if not outer.number.end < number.start <= outer.population.end or number.mention.kind != "people_candidate":
            continue
        lead = [token.low for token in tokens[outer.number.end : number.start]]
        if lead and len(lead) <= _AFTER and _OF.intersection(lead) and (number.mention.low or 0) > _PAIR:
            return number
    return None


def _is_larger(number: Number, outer: Draft) -> bool:
    return outer.unit == "percent" or (number.mention.low or 0) > (outer.value or 0)


def _find_told(number: Number, known: Sequence[Draft]) -> Draft | None:
    """Return the claim that told of the whole before: "We traced 402 men. ... 57 of the 402"."""
    for draft in reversed(known[-_LOOK_BACK:]):
        if draft.low == number.mention.low and draft.unit != "percent":
            return draft
    return None


def _say_of_whole(sentence: Sentence, number: Number, outer: Draft) -> Trigger | None:
    """Return what the words say of all: "из 19 погибших", "the 89 soldiers killed in May", "the 60 who enlisted"."""
    own = outer.binding.trigger if outer.binding is not None else None
    end = max(outer.population.end, number.end)
    for trigger in sentence.triggers:
        if trigger.negated or sentence.tokens[trigger.start].low in _BEING:
            continue
        if number.end <= trigger.start < end and trigger.voice in ("", "part", "bare"):
            return trigger  # also where nothing else is said of the part: "a third of the 89 soldiers killed were from Oryol"
        if trigger.start == end and (trigger.outcome == "on_board" or (trigger.voice in ("bare", "part") and (
            trigger is not own or _has_verb_behind(sentence, trigger)
        ))):  # fmt: skip
            return trigger
        if trigger.start == end + 1 and trigger.voice == "part" and sentence.tokens[end].text == ",":
            return trigger
    return _read_relative(sentence, end, own)


_BEING = frozenset({"was", "were", "is", "are", "came", "come", "had", "have"})


def _has_verb_behind(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether a participle is followed by the clause's own verb: "the 89 soldiers killed in May were from Oryol"."""
    for token in sentence.tokens[trigger.end : trigger.end + _VERB_REACH]:
        if token.text in ",;.:" or token.low in ("and", "but"):
            return False
        if token.low in _BEING:
            return True
    return False


def _read_relative(sentence: Sentence, at: int, own: Trigger | None) -> Trigger | None:
    tokens = sentence.tokens
    if at < len(tokens) and tokens[at].text == ",":
        at += 1
    if at >= len(tokens) or not (tokens[at].low in _RELATIVE or tokens[at].low.startswith("котор")):
        return None
    at += 1
    while at < len(tokens) and tokens[at].low in _HELPING:
        at += 1
    trigger = sentence.trigger_at.get(at)
    if trigger is None or trigger is own or trigger.start != at or trigger.negated or not trigger.voice:
        return None
    return trigger
