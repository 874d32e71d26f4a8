"""How well words say what happened to the people of a number, given what stands between and what belongs to others."""

from __future__ import annotations

from cenotaph.extract.claims.binding_slavic import heads_another
from cenotaph.extract.claims.coordination import has_own_verb, opens_a_count
from cenotaph.extract.claims.counting_slavic import is_share_of_a_body
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.scoring import REJECTED
from cenotaph.extract.claims.scoring_english import score_english
from cenotaph.extract.claims.scoring_slavic import score_slavic
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.reference.word_sets import read_word_set

COUNTED = frozenset({"people_candidate", "percent", "zero", "another"})
FURTHEST = 90  # tokens between a number and the words that say what happened
NUMBER_BETWEEN = 1.6
STATE_BETWEEN = 2.2
NEXT_PENALTY = 4.0
HEADED = 4.2
_AUXILIARY_VERBS = read_word_set("binding.auxiliary_verbs")


def _is_whole_of(
    sentence: Sentence, number: Number, trigger: Trigger, people: list[tuple[Number, Population]]
) -> bool:
    """Return whether a noun is the head of another number of which this one is said to be a part."""
    for other, whom in people:
        if other.start < number.start and whom.start <= trigger.start < whom.end:
            return sentence.has_frame("subset", whom.end, number.start)
    return False


def _belongs_to_next(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether words after a number are those of the next: "погибли двое и ранены девятеро", "раненых: 34"."""
    tokens = sentence.tokens
    at = trigger.end
    if at >= len(tokens) or not trigger.start:
        return False
    before = tokens[trigger.start - 1].low
    if tokens[at].text in ":—–=" and at + 1 in sentence.number_at and before in (",", ";", ".", "и", "and"):
        return True
    if sentence.language == "en" or before not in (",", "и", "а", "та", "і") or at not in sentence.number_at:
        return False
    following = sentence.number_at[at]
    if following.mention.kind not in COUNTED or following is number:
        return False
    if sentence.language == "ru" and before == "," and any(
        other.end <= number.start and other.outcome != trigger.outcome and other.voice in ("active", "passive")
        and not any(token.text in ".;:" for token in tokens[other.end : number.start])
        for other in sentence.triggers
    ):
        return True  # "погибли 88 жителей и 19 бойцов, ранения получили 903"
    return any(
        0 <= number.start - other.end <= 1 and other.outcome != trigger.outcome and other is not trigger
        for other in sentence.triggers
    )


def _skip_parenthesis(sentence: Sentence, first: int, last: int) -> int:
    """Return where ", among them 900 children," ends, the token itself where none such begins."""
    tokens = sentence.tokens
    opens = any(
        frame.label == "subset" and first < frame.start <= first + 3 for frame in sentence.frames
    ) or tokens[first + 1].low in ("mostly", "mainly", "including")
    if not opens:
        return first
    return next((at + 1 for at in range(first + 2, min(last, first + 18)) if tokens[at].text == ","), first)


def _is_told_behind_a_colon(sentence: Sentence, number: Number, population: Population, trigger: Trigger) -> bool:
    """Return whether a verb behind a colon has a subject in capitals of its own, and the number stands right before the colon."""
    at = population.end
    if population.kind != "bare" or at >= len(sentence.tokens) or sentence.tokens[at].text != ":" or trigger.start <= at + 1:
        return False
    subject = sentence.tokens[at + 1 : trigger.start]
    named = any(token.text[0].isupper() for token in subject)
    return trigger.voice in ("active", "passive") and named and not any(at < n.start < trigger.start for n in sentence.numbers)


def score_pair(
    sentence: Sentence,
    number: Number,
    population: Population,
    trigger: Trigger,
    people: list[tuple[Number, Population]],
) -> float:
    """Return how well a trigger says what happened to the people of a number; below 0, not at all."""
    if "void" in trigger.roles and sentence.language == "en":
        return REJECTED  # "lost three players to injury"
    if (
        population.kind == "bare"
        and number.mention.kind == "zero"
        and trigger.start >= number.end
        and any(t.low in _AUXILIARY_VERBS for t in sentence.tokens[population.end : trigger.start])
        and "none" not in trigger.roles
        and trigger.voice in ("active", "inf")
        and "intr" not in trigger.roles
    ):
        return REJECTED
    if trigger.negated and "none" not in trigger.roles and number.mention.kind != "zero" and number.mention.low != 0:
        return REJECTED
    if trigger.start < number.end and trigger.end > number.start:
        if trigger.start < number.start or trigger.end > number.end:
            # A pattern with a gap that holds the number: "took 12 people hostage", "left 12 dead".
            if sentence.language == "ru" and opens_a_count(sentence, number):
                return REJECTED  # "из роты в 94 человека осталось тридцать"
            return 9.0 if trigger.start < number.start else 8.5
        mention = number.mention
        if (
            sentence.tokens[trigger.start].end <= mention.core_start
            or sentence.tokens[trigger.start].start >= mention.core_end
        ):
            return 8.0
        return REJECTED
    if (
        population.label
        and population.start <= trigger.start < number.start
        and trigger.outcome in ("recruited", "fighting")
    ):
        return REJECTED  # "мобилизованных 12 %": who, not what happened
    if trigger.start - number.end > FURTHEST or number.start - trigger.end > FURTHEST:
        return REJECTED
    before = sentence.number_at.get(trigger.start - 1)
    if before is not None and before is not number and before.mention.kind == "zero" and "noun" in trigger.roles:
        return REJECTED  # "no survivors among 179"
    if trigger.voice == "bare" and any(
        other.start < trigger.start and other.end <= trigger.start and whom.head is not None and trigger.end <= whom.head
        for other, whom in people
        if other is not number and whom.kind == "people" and whom.head is not None and whom.start <= trigger.start < whom.end
    ):
        return REJECTED  # "evacuated 91 wounded fighters and 180 civilians": the fighters alone
    if (
        trigger.end <= number.start
        and ("noun" in trigger.roles or "bodies" in trigger.roles)
        and _is_whole_of(sentence, number, trigger, people)
    ):
        return REJECTED  # "released 52 political prisoners, among them 14 foreigners"
    if sentence.language != "en" and trigger.end <= number.start and any(
        other.start < number.start and whom.start <= trigger.start < whom.end and opens_a_count(sentence, other)
        for other, whom in people
        if other is not number
    ):
        return 3.0  # "из двадцати пострадавших восемнадцать выписали": of the whole
    if sentence.language == "ru" and heads_another(number, population, trigger, people):
        return REJECTED if population.kind == "outcome" else HEADED  # "двенадцать трупов, больше сорока покалеченных"
    behind = population.kind == "bare" and trigger.start > population.end + 1 and sentence.language == "en"
    if behind and _is_told_behind_a_colon(sentence, number, population, trigger):
        return REJECTED  # "in June it was eleven: Petro and Slavko are back"
    scorer = score_english if sentence.language == "en" else score_slavic
    score = scorer(sentence, number, population, trigger)
    if score <= 0:
        return score
    if trigger.start >= population.end and (
        _belongs_to_next(sentence, number, trigger)
        or (
            trigger.end in sentence.number_at
            and has_own_verb(sentence, number)
            and sentence.tokens[trigger.start - 1].low in (",", "и", "а")
        )
    ):
        score -= NEXT_PENALTY
    first, last = (trigger.end, number.start) if trigger.start < number.start else (population.end, trigger.start)
    between = 0
    at = first
    opening = sentence.tokens[first].text if first < last else ""
    if opening in ("—", "–", "("):
        marks = ")" if opening == "(" else "—–"
        at = next((i + 1 for i in range(first + 1, min(last, first + 16)) if sentence.tokens[i].text in marks), first)
    if opening == "," and sentence.language == "en":
        at = _skip_parenthesis(sentence, first, last)
    brackets, number_at = sentence.bracket_at, sentence.number_at
    while at < last and score - between * NUMBER_BETWEEN > 0:
        other = number_at.get(at)
        closing = brackets.get(at) if other is None else None
        if closing is not None and closing < last:
            at = closing + 1
        elif other is not None:
            both = sentence.tokens[other.start].low in ("оба", "обе", "обоих", "обеих")
            skin = sentence.language == "ru" and is_share_of_a_body(sentence, other)
            between += other is not number and not skin and other.mention.kind in COUNTED and other.end <= last and not both
            at = max(other.end, at + 1)
        else:
            at += 1
    if between and trigger.roles == {"state"} and sentence.language != "en":
        return score - between * NUMBER_BETWEEN - STATE_BETWEEN  # "награждены 14, трое — посмертно"
    return score - between * NUMBER_BETWEEN
