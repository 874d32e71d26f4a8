"""Whether a word of confirming confirms: who declines, or cannot, says nothing for a figure; nor does a confirmed meeting."""

from __future__ import annotations

import re

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.word_sets import read_word_set

_VERBS = re.compile(r"(?:re)?(?:confirm|verif|corroborat|substantiat|authenticat)|подтвер|подтверж|удостовер")
_WITHHOLDING = read_word_set("confirming.withholding")
_WITHIN = read_word_set("confirming.within")
_REACH = 8
_NEITHER_REACH = 6
_REFUSING = ("отказ", "невозможн", "нельзя", "затрудн", "воздерж", "уклон")
_RUSSIAN_MODALS = ("смог", "мог", "удал", "удаё", "удае", "стал", "получ", "готов", "спеш", "может", "хоч", "хот", "реш", "буд")


def withholds(sentence: Sentence, at: int) -> bool:
    """Return whether a verb of confirming is one that was not done: "could not confirm", "отказался подтвердить".

    Parameters
    ----------
    sentence
        The sentence.
    at
        The token at which the verb, or the words that hold it, begins.

    Returns
    -------
    bool
        True where its own verb group denies, refuses or puts it off.
    """
    verb = next((i for i in range(at, min(at + 5, len(sentence.tokens))) if _VERBS.match(sentence.tokens[i].low)), None)
    if verb is None:
        return False
    return _is_withheld_english(sentence, verb) if sentence.language == "en" else _is_withheld_slavic(sentence, verb)


def _is_withheld_english(sentence: Sentence, verb: int) -> bool:
    tokens = sentence.tokens
    for at in range(verb - 1, max(-1, verb - 1 - _REACH), -1):
        low = tokens[at].low
        if low == "only" and at and tokens[at - 1].low == "not":
            return False
        if low in _WITHHOLDING or low.endswith(("n't", "n’t")):
            if low == "short" and tokens[at - 1].low != "stopped":
                return False
            if low == "yet" and tokens[at + 1].low not in ("to", "been"):
                return False
            return not _undoes(sentence, at)
        if low not in _WITHIN and not low.endswith("ly"):
            break
    first = max(0, verb - _NEITHER_REACH)  # "Neither side confirmed", "None of the ministries has confirmed"
    for at in range(verb - 1, first - 1, -1):
        if tokens[at].low in ("neither", "none", "nobody", "no"):
            opens = at == 0 or not tokens[at - 1].is_word or tokens[at - 1].low in ("that", "but", "and", "so", "though")
            return opens and not any(i in sentence.number_at for i in range(at + 1, verb))
        if not tokens[at].is_word:
            return False
    return False


def _undoes(sentence: Sentence, at: int) -> bool:
    """Return whether a word of refusal is itself denied: "did not refuse to confirm"."""
    before = sentence.tokens[at - 1].low if at else ""
    return sentence.tokens[at].low not in ("not", "yet", "to") and (before == "not" or before.endswith(("n't", "n’t")))


def _is_withheld_slavic(sentence: Sentence, verb: int) -> bool:
    tokens = sentence.tokens
    for at in range(verb - 1, max(-1, verb - 7), -1):
        low = tokens[at].low
        if at in sentence.number_at:
            return False  # "ни одного подтверждённого"
        if low in ("не", "ни", "без"):
            return True
        if low.startswith(_REFUSING):
            return not (at and tokens[at - 1].low == "не")
        if not tokens[at].is_word or low in ("что", "и", "но", "а"):
            break
        joins = low.startswith(_RUSSIAN_MODALS) or not sentence.words[at].parse.kinds & {"VERB", "NOUN", "PRTS"}
        if not joins:
            break
    if "INFN" not in sentence.words[verb].parse.kinds:
        return False
    for at in range(verb + 1, len(tokens) - 1):  # "Подтвердить гибель двоих пока не удалось"
        if tokens[at].text in ",;:—–(" or tokens[at].low == "что":
            return False
        if tokens[at].low == "не":
            return tokens[at + 1].low.startswith(_RUSSIAN_MODALS)
        if tokens[at].low in ("невозможно", "нельзя"):
            return True
    return False


def leaves_unsaid(sentence: Sentence, at: int) -> bool:
    """Return whether an English source is told not to have said what follows: "did not say that 12 were killed"."""
    if sentence.language != "en" or not at or sentence.lows[at + 1 : at + 2] not in (["that"], ["whether"], ["if"]):
        return False
    before = sentence.lows[at - 1]
    return before in ("not", "never") or before.endswith(("n't", "n’t"))


def confirms_another(sentence: Sentence, at: int, end: int, number: int) -> bool:
    """Return whether what is confirmed is not the figure behind it: "confirmed the talks on Monday, and 12 were killed".

    Parameters
    ----------
    sentence
        The sentence.
    at, end
        The tokens of the words of confirming.
    number
        The token of the number.

    Returns
    -------
    bool
        True where a clause ends between both, and neither a person counted nor a loss stands before that end.
    """
    tokens = sentence.tokens
    if number < end or not _VERBS.match(tokens[at].low):
        return False
    if sentence.language != "en" and "VERB" not in sentence.words[at].parse.kinds:
        return False
    if at and tokens[at - 1].low in ("as", "как", "been", "was", "were", "is", "are"):
        return False
    if end < len(tokens) and (not tokens[end].is_word or tokens[end].low in ("that", "что", "how", "whether", "by", "in")):
        return False
    for here in range(end, number):
        text, low = tokens[here].text, tokens[here].low
        if low in ("that", "что", ":") or (here in sentence.number_at and sentence.number_at[here].mention.certain):
            return False
        if here in sentence.trigger_at or low.startswith(_LOSSES):
            return False
        following = tokens[here + 1].low if here + 1 < len(tokens) else ""
        if text == ";":
            return True
        if text == ",":
            if sentence.language == "en":
                if following in ("and", "but", "while", "as", "though", "after"):
                    return _starts_anew(sentence, here + 2, number)
                return False
            return not following.startswith(("котор", "что", "где", "сообщ", "добав", "уточн", "в результате")) and (
                _has_object(sentence, end, here)
            )
    return False


_LOSSES = (
    "death", "casualt", "toll", "loss", "injur", "figure", "number", "гибел", "смерт", "потер", "жертв", "данны", "информац",
    "сведени", "цифр", "числ", "факт",
)  # fmt: skip


def _starts_anew(sentence: Sentence, first: int, number: int) -> bool:
    """Return whether a new English clause with its number as subject begins: not "confirmed the raid, and said 12 died"."""
    return not any(span.start >= first and span.start < number for span in sentence.speech)


def _has_object(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a Russian verb has its object between two tokens: "подтвердил переговоры", not "подтвердил мэр"."""
    for at in range(first, last):
        parse = sentence.words[at].parse
        if "NOUN" in parse.kinds:
            return "accs" in parse.cases and not parse.animate and not parse.name and not parse.place
    return False
