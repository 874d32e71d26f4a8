"""Who the dead were: clauses that sort people of whom an end is told by what they had been, convicts, volunteers, mobilised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger

_ENDS = frozenset({"killed", "wounded", "missing"})
_BEFORE = frozenset({"recruited", "fighting", "detained", "captured"})
_OPENING = frozenset({"of", "among", "из", "среди"})
_THOSE = frozenset({"them", "those", "these", "whom", "них", "тех"})
_WHO_THEY_WERE = (
    "prisoner", "convict", "inmate", "recruit", "volunteer", "conscript", "mobilis", "mobiliz", "mercenar", "contract", "prison",
    "заключ", "осужд", "зэк", "арестант", "мобилиз", "доброволь", "контракт", "наемник", "срочник", "завербов", "военнопленн",
)  # fmt: skip
_LOOK_BACK = 12
_PHRASE = 14
_NEAR = 4


class Sorting(NamedTuple):
    """What became of those who are sorted, of which claim they are a part, and whether the words say so themselves."""

    outcome: str
    whole: Draft | None
    sure: bool


def find_sorting(
    sentence: Sentence, number: Number, population: Population, binding: Binding | None, known: Sequence[Draft]
) -> Sorting | None:
    """Return what became of a number of people whom the clause only sorts: "Of the dead, 40 were prisoners".

    Parameters
    ----------
    binding
        What the clause seems to say: that they were prisoners, were recruited.
    known
        Claims before it, the last of them last.
    """
    if number.mention.kind not in ("people_candidate", "percent"):
        return None
    if binding is None and (population.kind == "thing" or population.partitive):
        return None
    if [token.low for token in sentence.tokens[number.end : number.end + 2]] in (["turned", "out"], ["proved", "to"]):
        return None  # "of the missing, 118 turned out to be prisoners": what became of them
    told = _read_opening(sentence, number)
    inside = told is not None and binding is not None and binding.trigger is told
    if binding is not None and binding.outcome not in _BEFORE and not (inside and _says_who(sentence, number, None)):
        return None
    if told is None and binding is not None:
        told = _read_of(sentence, number, binding)
    if told is not None:
        if told.outcome != "killed" and not _says_who(sentence, number, binding):
            return None
        return Sorting(told.outcome, _find_whole(sentence, number, told.outcome, known, told.end), True)
    if not _says_who(sentence, number, binding):
        return None
    if _opens_with_those(sentence, number):
        last = next((d for d in reversed(known) if d.sentence is not sentence and d.how != "part"), None)
        near = last is not None and sentence.unit.block - last.sentence.unit.block <= 1
        if last is not None and near and last.outcome in _ENDS and last.unit != "percent":
            return Sorting(last.outcome, _find_whole(sentence, number, last.outcome, known, 0), True)
    return None


def _read_opening(sentence: Sentence, number: Number) -> Trigger | None:
    """Return the end that opens a sentence: "Of the 119 Russians killed,", "Среди погибших"."""
    tokens = sentence.tokens
    if not tokens or tokens[0].low not in _OPENING:
        return None
    if [token.low for token in tokens[number.end : number.end + 2]] in (["of", "whom"], ["of", "which"]):
        return None  # "Among the dead are 500 foreigners, many of whom were recruited": of the foreigners
    comma = next((at for at, token in enumerate(tokens[:_PHRASE]) if token.text in ",—–"), None)
    end = comma if comma is not None and comma < number.start else number.start
    if end > _PHRASE or any(token.text in ";." for token in tokens[end : number.start]):
        return None
    for trigger in sentence.triggers:
        if any(trigger.start <= other.start < trigger.end for other in sentence.numbers):
            continue  # "Of those we found 388 dead": told of these, and of no whole
        if trigger.roles <= {"intr", "loose"} and any(other.end <= trigger.start for other in sentence.numbers):
            continue  # "Of these 90 fell, 14 are in captivity"
        if trigger.end <= end and trigger.outcome in _ENDS and not trigger.negated and trigger.voice in ("", "bare", "part"):
            return trigger
    return None


def _read_of(sentence: Sentence, number: Number, binding: Binding) -> Trigger | None:
    """Return the end that stands behind a number: "18,500 of those killed had been recruited from prisons"."""
    tokens = sentence.tokens
    if number.end >= len(tokens) or tokens[number.end].low not in ("of", "из"):
        return None
    for trigger in sentence.triggers:
        if number.end < trigger.start <= number.end + _NEAR and trigger.end <= binding.trigger.start:
            helped = any(token.low in ("were", "was", "had", "have", "are") for token in tokens[number.end : trigger.start])
            if trigger.outcome in _ENDS and trigger.voice in ("", "bare", "part") and not helped:
                return trigger
    return None


def _opens_with_those(sentence: Sentence, number: Number) -> bool:
    tokens = sentence.tokens
    return (
        len(tokens) > 2
        and tokens[0].low in _OPENING
        and tokens[1].low in _THOSE
        and not any(token.text == ";" for token in tokens[: number.start])
    )


def _says_who(sentence: Sentence, number: Number, binding: Binding | None) -> bool:
    """Return whether the words behind a number say who its people were, and not what befell them."""
    if binding is not None and binding.trigger.start >= number.end:
        first, last = binding.trigger.start, binding.trigger.end + 3
    else:
        first, last = number.end, number.end + _NEAR
    return any(low.startswith(_WHO_THEY_WERE) for low in sentence.lows[first:last])


def _find_whole(sentence: Sentence, number: Number, outcome: str, known: Sequence[Draft], opening: int) -> Draft | None:
    for draft in reversed(known[-_LOOK_BACK:]):
        if draft.outcome != outcome or draft.unit == "percent" or draft.parent is not None or draft.how == "part":
            continue
        if draft.sentence is sentence and draft.number.start >= opening:
            continue
        if number.mention.kind == "percent" or (draft.value or 0) >= (number.mention.low or 0):
            return draft
    return None
