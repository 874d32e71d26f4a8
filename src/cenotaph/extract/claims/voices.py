"""The voice of a verb that says what happened, and whether its clause denies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.reference.word_sets import read_word_set

if TYPE_CHECKING:
    from cenotaph.extract.claims.sentence import Sentence

_BE = read_word_set("sentence.be")
_HAVE = read_word_set("sentence.have")
_MODAL = read_word_set("sentence.modal")
_LIGHT_ADVERBS = read_word_set("sentence.light_adverbs")
_OF_VERBS = frozenset({"trans", "intr", "light", "loss", "shot", "none", "pass", "keep"})
_ACHIEVED = ("смог", "сумел", "успел", "удал")
"""Beginnings of the verbs by which something was done: "четверо смогли выбраться"."""
_VERBAL = frozenset({"VERB", "PRTS", "PRTF", "INFN", "GRND", "ADJS", "ADJF"})


def tell_voice(sentence: Sentence, at: int, end: int, roles: frozenset[str]) -> str:
    """Return the voice of the verb of some words, empty where they have none."""
    if _OF_VERBS.isdisjoint(roles):
        return ""
    # A pattern may begin with its negation ("not found", "не найдены"): the verb after it tells.
    while at < end - 1 and sentence.tokens[at].low in ("not", "never", "не"):
        at += 1
        if sentence.language == "en" and "trans" in roles and at < end - 1 and sentence.tokens[at].low in _BE:
            at += 1  # "not been accounted for"
    if sentence.language == "ru" and end - at > 1 and sentence.words[at].parse.kinds <= {"PRTF", "ADJF", "NOUN"}:
        verbs = [place for place in range(at, end) if sentence.words[place].parse.kinds & {"VERB", "PRTS"}]
        if verbs:
            return _tell_slavic(sentence, verbs[-1])  # "выжившими оказались"
    if sentence.language == "en":
        return _tell_english(sentence, at)
    if end - at > 1 and sentence.words[at].parse.kinds == {"INFN"} and sentence.words[end - 1].parse.kinds == {"VERB"}:
        return _tell_slavic(sentence, end - 1)  # "воевать пошли"
    if end - at > 1 and not sentence.words[at].parse.kinds & _VERBAL:
        return _tell_slavic(sentence, end - 1)  # "в плен взяты": the verb stands last
    return _tell_slavic(sentence, at)


def _tell_english(sentence: Sentence, at: int) -> str:
    forms = sentence.words[at].forms
    tokens = sentence.tokens
    before = at - 1
    while before >= 0 and before >= at - 4 and tokens[before].low in _LIGHT_ADVERBS:
        before -= 1
    previous = tokens[before].low if before >= 0 else ""
    participle = past = False
    for form in forms:
        if form.ing:
            if previous == "being":
                return "passive"
            return "active" if previous in _BE else "ing"
        participle = participle or form.participle
        past = past or form.past
    if participle and previous in _BE:
        return "passive"
    if previous in ("not", "never") and before >= 1 and tokens[before - 1].low in _BE and participle:
        return "passive"
    if participle and previous == "and" and _continues_a_passive(sentence, before):
        return "passive"
    if previous in _HAVE:
        return "active"
    if previous in _MODAL:
        return "inf"
    if participle or past:
        return "bare"
    return "active" if forms else ""


def _continues_a_passive(sentence: Sentence, conjunction: int) -> bool:
    """Return whether "and" joins a participle to a passive before it: "have been hunted down and shot"."""
    for at in range(conjunction - 1, max(-1, conjunction - 5), -1):
        low = sentence.tokens[at].low
        if low in _BE:
            return True
        if at in sentence.number_at or not sentence.tokens[at].is_word or sentence.words[at].forms:
            return False  # "identified and handed over": the first says it
    return False


def _tell_slavic(sentence: Sentence, at: int) -> str:
    parse = sentence.words[at].parse
    if sentence.language == "uk":
        low = sentence.tokens[at].low
        return "passive" if low.endswith(("ні", "но", "то", "ті", "ний", "ена", "ано")) else "active"
    kinds = parse.kinds
    if "PRTS" in kinds or "ADJS" in kinds:
        return "passive"
    if "VERB" in kinds:
        return "active"
    if "PRTF" in kinds or "ADJF" in kinds:
        return "part"
    if "INFN" in kinds:
        done = at > 0 and sentence.tokens[at - 1].low.startswith(_ACHIEVED)
        return "active" if done else "inf"
    if "GRND" in kinds:
        return "ing"
    return "active"


def is_negated(sentence: Sentence, at: int) -> bool:
    """Return whether the words right before a verb deny it."""
    tokens = sentence.tokens
    if sentence.language == "en":
        for before in range(max(0, at - 4), at):
            low = tokens[before].low
            if "n" not in low:
                continue
            if low in ("not", "never", "n't", "cannot") or low.endswith("n't"):
                between = [token.low for token in tokens[before + 1 : at]]
                if all(
                    word in _BE or word in _HAVE or word in _LIGHT_ADVERBS or word in _MODAL for word in between
                ) and not (between and between[0] == "only"):
                    return True
        return False
    previous = tokens[at - 1].low if at else ""
    if at > 1 and tokens[at - 2].low == "не" and previous.startswith(("успе", "смог", "мог", "суме", "уда")):
        return "INFN" in sentence.words[at].parse.kinds
    if previous in ("не", "ни"):
        return not (at > 1 and tokens[at - 2].low in ("пока", "чуть"))
    return previous in ("был", "были", "было", "были") and at > 1 and tokens[at - 2].low == "не"


def has_failed(sentence: Sentence, at: int, end: int) -> bool:
    """Return whether an infinitive could not be done: "забрать тела пока не удалось"."""
    if sentence.language != "ru" or "INFN" not in sentence.words[at].parse.kinds:
        return False
    for place in range(end, min(len(sentence.tokens) - 1, end + 7)):
        if sentence.tokens[place].text in ".;:":
            return False
        if sentence.tokens[place].low == "не" and sentence.tokens[place + 1].low.startswith(_ACHIEVED):
            return True
    return False
