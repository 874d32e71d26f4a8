"""English numbers of people of whom nothing is claimed: who was asked, turns of phrase, paragraphs, things of the sentence."""

from __future__ import annotations

from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_ASKING = read_word_set("uncounted.asking")
_ASKED = read_word_set("uncounted.asked")
_KNOWING = read_word_set("uncounted.knowing")
_KIN = read_word_set("uncounted.kin")
_ANSWERING = (("took", "part"), ("responded",), ("answered",), ("replied",), ("were", "interviewed"), ("were", "asked"))
_DIFFERING = read_word_set("uncounted.differing")
_TALKING = read_word_set("uncounted.talking")
_OLDEST = 110
_TALK_REACH = 6
_SEEKING = frozenset({"looking", "searching", "hunting", "hunt", "search"})
_SOUGHT = frozenset({"connection", "suspects", "suspected", "suspicion", "fugitives", "gunmen", "attackers", "wanted"})
_DETAILS = frozenset({"names", "name", "surnames", "details"})


def is_term(sentence: Sentence, number: Number) -> bool:
    """Return whether a bare number is of the years that a court gave: "the others were given between 12 and 21"."""
    tokens, at, end = sentence.tokens, number.start, number.end
    if not at or tokens[at - 1].low not in _GIVING or (end < len(tokens) and tokens[end].is_word):
        return False
    lows = {token.low for token in tokens}
    passive = at > 1 and tokens[at - 2].low in ("were", "was", "been", "each", "and", "others", "who")
    return passive and bool(_COURTS.intersection(lows))


_GIVING = frozenset({"given", "received", "got", "handed", "get", "receive", "serving"})
_COURTS = frozenset({"absentia", "sentenced", "convicted", "court", "jailed", "guilty", "prison", "tried", "years", "judge"})


def is_turn_of_phrase(sentence: Sentence, number: Number) -> bool:
    """Return whether "one" or "another" is half of "one after another", or a number stands behind "the only one of"."""
    words = sentence.lows
    at = number.start
    lead = words[at - 1] if at else ""
    if number.mention.kind == "zero" and lead in ("a", "the", "extra"):
        return True  # "had lost a zero somewhere"
    if lead == "the":
        behind = words[number.end] if number.end < len(words) else ""
        if words[at] in ("two", "three") and behind in _DIFFERING:
            return True  # "the two do not contradict each other": figures
        if words[max(0, at - 4) : at] == ["only", "one", "of", "the"]:
            return True  # "he is the only one of the seven still living"
    if words[at] == "one":
        after = words[at + 1 : at + 3]
        return after[:1] == ["another"] or after in (["after", "another"], ["after", "the"], ["by", "one"])
    return words[at] == "another" and lead in ("one", "after")


def numbers_a_paragraph(sentence: Sentence, number: Number) -> bool:
    """Return whether a bare number before a full stop opens a unit that goes on: "2217. Shri Kutty asked"."""
    tokens = sentence.tokens
    if number.start or number.mention.words or number.mention.bound != "exact" or number.end + 1 >= len(tokens):
        return False
    return tokens[number.end].text == "." and tokens[number.end + 1].text[0].isupper()


def is_age_behind_initial(sentence: Sentence, number: Number) -> bool:
    """Return whether a number between commas is the age of somebody whose name ends in an initial: "Hasan B., 91, died"."""
    tokens = sentence.tokens
    if number.start < 3 or number.end >= len(tokens) or number.mention.words or (number.mention.high or 999) > _OLDEST:
        return False
    initial = tokens[number.start - 3].text
    marks = (tokens[number.start - 2].text, tokens[number.start - 1].text, tokens[number.end].text)
    return marks == (".", ",", ",") and len(initial) == 1 and initial.isupper()


def is_parted_from_things(sentence: Sentence, number: Number) -> bool:
    """Return whether a comma parts a number behind a verb from the things it seems to count: "wounding 40, two sources said"."""
    tokens = sentence.tokens
    if number.mention.kind != "thing" or number.end >= len(tokens) or tokens[number.end].text != ",":
        return False
    return any(t.end == number.start and "trans" in t.roles and t.voice in ("ing", "bare", "active") for t in sentence.triggers)


def is_asked(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether people are only those a report heard: "interviewed 31 people", "19 witnesses", "of the 96 who took part"."""
    tokens = sentence.tokens
    at = number.start - 1
    while at > 0 and (tokens[at].low in ("with", "to", "from", "some", "the") or tokens[at].low.endswith("ly")):
        at -= 1
    asking = at >= 0 and tokens[at].low in _ASKING and not number.mention.increment
    talking = number.start > 1 and tokens[number.start - 1].low == "with" and (
        not _TALKING.isdisjoint(sentence.lows[max(0, number.start - _TALK_REACH) : number.start - 1])
    )  # "confidential talks were had with 70 internees"
    if (asking or talking) and not any(
        0 <= t.start - population.end <= 3 and t.roles & {"trans", "intr", "state", "shot"} for t in sentence.triggers
    ):
        return True
    head = tokens[population.head].low if population.head is not None else ""
    if head in _ASKED:
        return not any(
            t.outcome in STRONG and t.voice in ("passive", "active", "bare") and 0 <= t.start - population.end <= 3
            for t in sentence.triggers
        )
    if not 0 < number.start <= 2 or tokens[number.start - 1].low not in ("the", "of"):
        return False
    follows = tuple(sentence.lows[population.end : population.end + 3])
    return follows[:1] == ("who",) and any(follows[1 : 1 + len(words)] == words for words in _ANSWERING)


def is_share_of_opinion(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether a share is of those who think or know something: "38% knew someone who had enlisted"."""
    at = population.end
    while at < len(sentence.tokens) and sentence.tokens[at].low in ("have", "had", "also", "personally", "now", "still"):
        at += 1
    return number.mention.kind == "percent" and at < len(sentence.tokens) and sentence.tokens[at].low in _KNOWING


def counts_no_one(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether a number tells of things or of somebody's kin: "3 of 11 health centres", "one mother, whose son ..."."""
    tokens = sentence.tokens
    head = tokens[population.head].low if population.head is not None else ""
    if number.mention.low == 1 and head in _KIN and tokens[population.end : population.end + 1] and (
        sentence.lows[population.end : population.end + 2] == [",", "whose"]
    ):
        return True
    behind = tokens[number.end].low if number.end < len(tokens) else ""
    if number.mention.kind == "zero" and (behind in _DETAILS or head in _DETAILS):
        return True  # "gives no names"
    at = number.start
    seeking = at > 1 and sentence.lows[at - 1] == "for" and sentence.lows[at - 2] in _SEEKING
    if seeking and not _SOUGHT.isdisjoint(sentence.lows[number.end :]):
        return True  # "police are looking for three men in connection with the killings"
    if population.partitive == "them" and population.kind == "unknown" and head.endswith("s") and not population.names:
        return not any(t.outcome in STRONG for t in sentence.triggers)
    if population.more and population.kind == "bare" and number.start:
        before = [other for other in sentence.numbers if other.end <= number.start]
        counting = [n for n in before if n.mention.kind in ("people_candidate", "another", "zero", "indefinite", "thing")]
        return bool(counting) and counting[-1].mention.kind == "thing" and all(n.mention.kind != "zero" for n in counting)
    return False
