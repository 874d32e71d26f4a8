"""Sources that speak together: "the UN and the Red Cross said", "полиция и прокуратура сообщили", a count made with others."""

from __future__ import annotations

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.source_phrases import is_proper, is_source_like, read_left

_AND = frozenset({"and", "и", "та", "і", "й"})
_EDGES = frozenset(',"“”»«—–:(;')
_JOINTLY = frozenset({"совместно", "вместе", "together", "jointly"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "он", "она", "они", "оно", "который", "которые"})
_LONGEST = 8
_SHORT = 3
_JOINT_REACH = 12


def join_left(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return the tokens of a subject with what is coordinated before it, where that is a source as well.

    Parameters
    ----------
    start, end
        Tokens of the subject as it was read: the last of the sources.
    """
    led = _led_by(sentence, end)
    if led is not None:
        return led
    tokens = sentence.tokens
    if start < 2 or tokens[start - 1].low not in _AND:
        return start, end
    found = read_left(sentence, start - 1)
    if found is None or found[1] != start - 1:
        return start, end
    first = found[0]
    while first > 0 and tokens[first - 1].low in ("the", "a", "an", "both"):
        first -= 1
    if first > 0 and tokens[first - 1].text not in _EDGES:
        return start, end
    if start - 1 - first > _LONGEST or not _is_source(sentence, first, start - 1):
        return start, end
    return (first + 1 if tokens[first].low == "both" else first), end


def _is_source(sentence: Sentence, start: int, end: int) -> bool:
    tokens, words = sentence.tokens, sentence.words
    if any(number.start < end and number.end > start for number in sentence.numbers):
        return False
    for at in range(start, end):
        plain = tokens[at].text.islower()
        if tokens[at].low in _PRONOUNS or (plain and any(form.past for form in words[at].forms)):
            return False
        if sentence.language != "en" and words[at].parse.kinds & {"VERB", "PRTS", "INFN", "GRND"} and "NOUN" not in (
            words[at].parse.kinds
        ):
            return False
        trigger = sentence.trigger_at.get(at)
        if trigger is not None and plain:
            return False
    title = tokens[end - 1].text in "»”\""
    named = tokens[end - 1].text[0].isupper() and (start > 0 or len(tokens[start].text) > _SHORT)
    return title or named or is_source_like(sentence, start, end) or is_proper(sentence, start, end)


def _led_by(sentence: Sentence, end: int) -> tuple[int, int] | None:
    """Return who leads a joint count: "«Слово» вместе с волонтёрами подтвердило"."""
    tokens = sentence.tokens
    for at in range(end - 2, max(0, end - _JOINT_REACH), -1):
        if tokens[at].text in ",.;:":
            return None
        if tokens[at].low in _JOINTLY and tokens[at + 1].low in ("с", "со", "with"):
            found = read_left(sentence, at)
            if found is not None and found[0] < found[1] and _is_source(sentence, *found):
                return found
            return None
    return None


def skip_brackets(sentence: Sentence, at: int) -> int:
    """Return where the words before a short name in brackets end: "the International Organization (IOM) said"."""
    tokens = sentence.tokens
    if at < 3 or tokens[at - 1].text != ")":
        return at
    opening = next((i for i in range(at - 2, max(-1, at - 6), -1) if tokens[i].text == "("), None)
    if not opening or opening + 1 >= at - 1:
        return at
    inner = "".join(token.text for token in tokens[opening + 1 : at - 1])
    letters = sum(char.isalpha() for char in inner)
    capitals = sum(char.isupper() for char in inner)
    return opening if 1 < letters <= 10 and capitals >= max(2, letters // 2) else at
