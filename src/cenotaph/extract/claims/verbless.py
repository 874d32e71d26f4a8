"""Russian clauses that say how many without saying what happened: whether a figure may have the outcome of what went before."""

from __future__ import annotations

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.scoring import GAUGE_VERBS
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_HELPERS = read_word_set("inheritance.helpers")


def does_otherwise(sentence: Sentence, number: Number) -> bool:
    """Return whether "остальные" do what is no outcome: "остальные не верят"."""
    at = number.end
    if at < len(sentence.tokens) and sentence.tokens[at].low == "не":
        at += 1
    return (
        at < len(sentence.tokens)
        and sentence.tokens[number.start].low in ("остальные", "прочие", "другие", "некоторые")
        and sentence.words[at].parse.kinds == {"VERB"}
        and at not in sentence.trigger_at
    )


def measures_others(sentence: Sentence, number: Number) -> bool:
    """Return whether a word for a count has people of its own behind it: "общее количество участников составляет 3 тыс."."""
    for at in range(max(0, number.start - 12), number.start - 1):
        if sentence.tokens[at].low in ("число", "количество", "численность", "числа", "количества"):
            following = sentence.words[at + 1]
            return following.kind not in ("", "thing") and at + 1 not in sentence.trigger_at
    return False


def does_other(sentence: Sentence, number: Number) -> bool:
    """Return whether a short participle that is no outcome stands right before a number: "арестовано 12, оштрафовано 20"."""
    at = number.start - 1
    return at >= 0 and sentence.words[at].parse.kinds == {"PRTS"} and at not in sentence.trigger_at


def is_denied(sentence: Sentence, number: Number) -> bool:
    """Return whether "нет" behind a dash takes back what was said of others: "пятерых — нет"."""
    following = [token.low for token in sentence.tokens[number.end : number.end + 2]]
    return following in (["—", "нет"], ["–", "нет"])


def counts_group(sentence: Sentence, population: Population, last: Draft) -> bool:
    """Return whether a clause without a verb only says how many of a group: "Генералов двенадцать", "Белорусов в списке 39"."""
    return (
        population.label
        and population.kind == "people"
        and sentence.language != "en"
        and sentence.unit.block - last.sentence.unit.block <= 2
        and last.unit != "percent"
        and (population.head is None or not _HELPERS.intersection(sentence.words[population.head].parse.lemmas))
        and not any(trigger.voice in ("active", "passive") for trigger in sentence.triggers)
    )


def is_rival_figure(sentence: Sentence, number: Number) -> bool:
    """Return whether a bracket gives another source's figure: "(по другим оценкам — до 15 тысяч)"."""
    reach = range(number.start - 1, max(-1, number.start - 16), -1)
    opening = next((at for at in reach if sentence.tokens[at].text == "("), None)
    return opening is not None and any(span.label == "cite" and span.start == opening + 1 for span in sentence.speech)


def stands_behind_a_name(sentence: Sentence, number: Number, last: Draft) -> bool:
    """Return whether a number of people stands in brackets behind a country in a sentence that says no outcome itself."""
    at = number.start
    return (
        at > 1
        and sentence.tokens[at - 1].text == "("
        and at - 2 in sentence.name_at
        and sentence.unit.block - last.sentence.unit.block <= 2
        and not any(trigger.voice in ("active", "passive") for trigger in sentence.triggers)
    )


def lives_elsewhere(sentence: Sentence, number: Number) -> bool:
    """Return whether a verb that is no outcome and no measure stands right before a number: "проживает не менее 50 тыс."."""
    at = number.start - 1
    return (
        at >= 0
        and sentence.words[at].parse.kinds == {"VERB"}
        and at not in sentence.trigger_at
        and sentence.tokens[at].low not in GAUGE_VERBS
        and not any(span.start <= at < span.end for span in (*sentence.speech, *sentence.frames))
    )
