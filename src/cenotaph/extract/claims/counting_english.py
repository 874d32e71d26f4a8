"""English numbers that count nobody here: ages, strengths, differences; and people whom a participle tells of."""

from __future__ import annotations

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_BETWEEN = frozenset({"were", "was", "are", "had", "have", "has", "been", "later", "also", "then", "of", "them", "others"})
_STRENGTHS = read_word_set("counting.strengths")
_AGED = frozenset({"is", "was", "were", "turned", "are", "barely", "only", "just"})
_OLDEST = 110
_MANY_OF = frozenset(
    {"people", "men", "women", "children", "police", "crew", "complement", "company", "personnel", "staff", "toll"}
)


def is_reported_of(sentence: Sentence, verb: int) -> bool:
    """Return whether a verb of saying is a participle that tells what befell those before it: "two hikers reported missing"."""
    tokens = sentence.tokens
    if verb + 1 >= len(tokens) or not tokens[verb].low.endswith("ed") or verb + 1 in sentence.number_at:
        return False
    trigger = sentence.trigger_at.get(verb + 1) or sentence.trigger_at.get(verb)
    return trigger is not None and trigger.end > verb + 1 and bool(trigger.roles & {"state", "trans", "noun"})


def is_age_or_strength(sentence: Sentence, number: Number) -> bool:
    """Return whether an English number is an age or how many somebody employs: "a deacon of 17", "who is 70", "a staff of 11"."""
    tokens, mention = sentence.tokens, number.mention
    if number.start < 2 or mention.bound != "exact" or mention.kind != "people_candidate":
        return False
    if number.end < len(tokens) and tokens[number.end].is_word and sentence.words[number.end].kind not in ("", "thing"):
        return False
    lead, before = tokens[number.start - 1].low, tokens[number.start - 2]
    after = sentence.lows[number.end : number.end + 2]
    if (after[-1:] == ["than"] and after[0] in ("fewer", "less")) or (lead == "numbered" and before.low == "which"):
        return True  # "three fewer than announced", "the second group, which numbered 16"
    if lead == "of" and before.low in _STRENGTHS:
        return True
    if mention.certain or (mention.low or 999) > _OLDEST:
        return False
    if lead in _AGED and before.low in ("who", "he", "she", "daughter", "son", "mother", "father"):
        return number.end >= len(tokens) or not tokens[number.end].is_word or tokens[number.end].low in ("and", "when", "at")
    single = sentence.words[number.start - 2].kind not in ("", "thing", "collective") and not before.low.endswith("s")
    return lead == "of" and single and before.low not in _MANY_OF


def is_of_a_rate(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is a rate, what it is taken per, or how much something grew.

    "12 per 100,000 people", "per thousand residents", "deaths rose by 14 per cent"; "38 arrest warrants" are papers.
    """
    lows, start, end = sentence.lows, number.start, number.end
    if start and lows[start - 1] == "per":
        return True
    if number.mention.kind == "percent" and start > 1 and lows[start - 1] == "by":
        return not _CHANGING.isdisjoint(lows[max(0, start - _CHANGE_REACH) : start - 1])
    if lows[end : end + 1] == ["arrest"] and lows[end + 1 : end + 2] in (["warrants"], ["warrant"], ["orders"]):
        return True
    return end < len(lows) and lows[end] == "per" and end + 1 in sentence.number_at


_CHANGE_REACH = 5
_CHANGING = read_word_set("counting.changing")


def is_spared(sentence: Sentence, number: Number) -> bool:
    """Return whether it is said that none of so many was killed or hurt: "not one of the 40 soldiers was killed"."""
    lows = sentence.lows
    at = number.start - (1 if number.start and lows[number.start - 1] in _THE else 0)
    if at < 1 or lows[at - 1] != "of" or (lows[at - 2 : at - 1] not in _NONE and lows[at - 3 : at - 1] != ["not", "one"]):
        return False
    return any(t.start >= number.end and t.outcome in ("killed", "wounded") for t in sentence.triggers)


_THE = frozenset({"the", "these", "those", "our", "their", "its"})
_NONE = (["none"], ["neither"])


def is_cut_off(sentence: Sentence, number: Number) -> bool:
    """Return whether a verb parts a number from the thing it was taken to count: "35 returned home", "ten died days later"."""
    mention = number.mention
    if sentence.language != "en" or mention.head_hint is None or mention.kind not in ("thing", "duration", "age"):
        return False
    tokens = sentence.tokens
    at = number.end
    while at < len(tokens) and (tokens[at].low in _BETWEEN or tokens[at].low.endswith("ly")):
        at += 1
    trigger = sentence.trigger_at.get(at)
    if trigger is None or trigger.start != at or tokens[at].start >= mention.head_hint[0]:
        return False
    if trigger.voice == "passive":
        return True
    bare = trigger.voice in ("bare", "active") and bool(trigger.roles & {"intr", "trans", "shot"})
    return bare and sentence.at(mention.head_hint[0]) > trigger.start + (0 if "intr" in trigger.roles else 1)
