"""People who act on the dead, the wounded or the missing, and are none of them: rescuers, mourners, and those who killed them."""

from __future__ import annotations

from functools import lru_cache

from cenotaph.extract.claims.morphology import takes_object
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.reference.word_sets import read_word_set

_HELPERS = read_word_set("helpers.words")
_STEMS = tuple(sorted(read_word_set("helpers.stems")))
_BEING = read_word_set("ranking.be")
_OF_THEMSELVES = frozenset({"intr", "measure"})
_COUNTED = ("ов", "ев", "ей", "их", "ых", "ами", "ям", "ам", "ниц", "стер")  # Russian endings
_KEPT = 20_000  # words
_BEFORE = 8  # tokens in which a word before a number may be of its people: "killed ten, among them two doctors"


def only_help(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether a number counts helpers of whom the sentence says nothing but whom they help.

    "120 rescuers recovered the bodies": what happened befell others. Nothing before the number says it of them ("killed two
    doctors"), nor a verb in the passive or without an object behind it ("two doctors died").
    """
    helper = _find_helper(sentence, number, population)
    if helper is None:
        return False
    last = helper + 1
    if "among" in sentence.lows[last : last + 2]:
        return False  # "twelve nurses were among 70 marched away"
    behind = [trigger for trigger in sentence.triggers if trigger.start >= last]
    if any(number.start - _BEFORE <= trigger.start < number.start for trigger in sentence.triggers):
        return False
    return bool(behind) and not any(_is_of_themselves(sentence, trigger) for trigger in behind)


def _is_of_themselves(sentence: Sentence, trigger: Trigger) -> bool:
    """Return whether words behind a number say something of its own people: "died", "were killed", "are still missing"."""
    if trigger.voice == "passive" or _OF_THEMSELVES & trigger.roles:
        return True
    before = sentence.lows[max(0, trigger.start - 2) : trigger.start]
    return "state" in trigger.roles and sentence.language == "en" and not _BEING.isdisjoint(before)


def _find_helper(sentence: Sentence, number: Number, population: Population) -> int | None:
    """Return where the word for the helpers stands: the head, or what follows the number in a form that it counts."""
    near = range(number.end, min(number.end + 2, len(sentence.tokens)))
    for at in near if population.head is None else (population.head, *near):
        low = sentence.lows[at]
        if _names_helpers(low) and (sentence.language == "en" or low.endswith(_COUNTED)):
            return at
    return None


@lru_cache(maxsize=_KEPT)
def _names_helpers(low: str) -> bool:
    return low in _HELPERS or low.startswith(_STEMS)


def did_it(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether Russian grammar makes the people of a number those who act: killers, finders, mourners.

    "Полицейского убили трое" ("троих" would be the dead), "Фермера убили 14 солдат", "500 человек почтили память погибших".
    """
    lows, words = sentence.lows, sentence.words
    verb = number.start - 1
    befell = lows[number.end - 1].endswith(_ACTED_UPON)
    behind = max(number.end, population.end)
    if population.kind != "outcome" and not befell:  # not "12 погибших оплакивают родные"
        for at in (verb, behind):
            if 0 <= at < len(lows) and not _MOURNING.isdisjoint(words[at].parse.lemmas):
                return True
    if verb < 0 or "VERB" not in words[verb].parse.kinds or not takes_object(lows[verb]):
        return False
    acting = lows[number.end - 1] in _ACTING
    told = sentence.trigger_at.get(verb)
    if told is not None and not ("trans" in told.roles and told.roles.isdisjoint(_OF_THOSE_WHO)):
        return False  # "ранения получили двое"
    if acting and told is not None:
        return True
    named = population.head is not None and population.head >= number.end and not befell
    return verb > 0 and (acting or named) and _is_an_object(sentence, verb - 1)


_OF_THOSE_WHO = frozenset({"intr", "light", "pass", "loss"})
_ACTED_UPON = ("ых", "их", "ёх", "ух")  # "двоих", "четверых": whom it befell
_ACTING = frozenset(
    {"двое", "трое", "четверо", "пятеро", "шестеро", "семеро", "восьмеро", "девятеро", "десятеро"}
)  # "двоих" are acted upon
_MOURNING = read_word_set("helpers.mourning")
_BODIES = frozenset({"тело", "тела", "труп", "трупы", "останки"})


def _is_an_object(sentence: Sentence, at: int) -> bool:
    """Return whether a word before a verb is whom it befell: "фермера", "пропавших", "тело водителя"."""
    words = sentence.words
    parse = words[at].parse
    if at and sentence.lows[at - 1] in _BODIES:
        return True
    if at and "PREP" in words[at - 1].parse.kinds:
        return False
    if sentence.lows[at] in _BODIES:
        return True
    person = parse.animate or "PRTF" in parse.kinds or ("ADJF" in parse.kinds and parse.plural)
    return person and "accs" in parse.cases and "nomn" not in parse.cases and not parse.name
