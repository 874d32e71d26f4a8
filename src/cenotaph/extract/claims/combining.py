"""The other half of an outcome that is stated as two for one number: "dead or wounded", "убитыми и ранеными"."""

from __future__ import annotations

from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Trigger

# Outcomes that one number may be of together; "identified and handed over" are two events of the same people.
_COMBINED = frozenset({"killed", "wounded", "missing", "captured", "casualties", "detained"})
_CONJUNCTIONS = frozenset({"and", "or", "и", "или", "та", "або", "і", "/", "&", "либо"})
_FILLING = frozenset({"were", "was", "or", "else", "either", "был", "были", "без", "вести", "as", "well"})


_OF_PEOPLE = frozenset({"people_candidate", "percent", "zero", "another", "indefinite"})
_SIDES = frozenset({"обеих", "обоих", "обе", "оба"})


def find_partner(sentence: Sentence, triggers: list[Trigger], at: int, population: Population) -> Trigger | None:
    """Return the other half of "dead or wounded", "убитыми и ранеными", where one number holds for both."""
    trigger = triggers[at]
    for other in (triggers[at + 1] if at + 1 < len(triggers) else None, triggers[at - 1] if at else None):
        if other is None or other.outcome == trigger.outcome or not {other.outcome, trigger.outcome} <= _COMBINED:
            continue
        first, last = (trigger, other) if trigger.start < other.start else (other, trigger)
        if (
            sentence.language == "en"
            and not first.voice
            and last.voice == "bare"
            and last.end < len(sentence.tokens)
            and sentence.tokens[last.end].is_word
            and "state" not in last.roles
        ):
            continue  # "many casualties and seized ammunition"
        if any(t.start < number.start and number.end < t.end for t in (first, last) for number in sentence.numbers):
            continue  # "crushed 37 to death and sent 90 to clinics"
        between = sentence.lows[first.end : last.start]
        if (
            not between
            or len(between) > 3
            or any(number.start < last.start and number.end > first.end for number in sentence.numbers)
        ):
            continue
        joined = [
            word
            for word in between
            if word not in _FILLING
        ]
        core = [word for word in joined if word not in _CONJUNCTIONS]
        if core or not any(word in _CONJUNCTIONS for word in between):
            continue
        if sentence.language == "ru" and "detained" in {trigger.outcome, other.outcome} and "и" in between:
            continue  # "приговорены и повешены", "задержаны и убиты": one after the other
        if _shape(trigger) == _shape(other):
            behind = any(
                number.start <= last.end + 1 and number.end > last.end and number.mention.kind in _OF_PEOPLE
                for number in sentence.numbers
            )  # not the tanks of "1,100 killed and wounded, 12 tanks"
            ahead = first.start > 0 and sentence.tokens[first.start - 1].low not in _SIDES and (
                first.start - 1 in sentence.number_at
                or population.start < first.start < population.end
                or population.end == first.start
            )
            instrumental = first.end < len(sentence.tokens) and all(
                sentence.tokens[t.end - 1].low.endswith("ыми") for t in (first, last)
            )  # "230 человек убитыми и ранеными, 11 сдались"
            if behind and not instrumental and (ahead or any(
                first.start - 4 <= n.end <= first.start and sentence.tokens[n.start].low not in _SIDES
                and (sentence.language == "en" or n.mention.kind in ("people_candidate", "zero"))
                for n in sentence.numbers
            )):
                continue  # "9 deaths and injuring 30": each has a number of its own
            # "killed five and wounded 18": the second has a number of its own.
            if (
                any(number.start == last.end for number in sentence.numbers)
                and first.end <= population.start < last.start
            ):
                continue
            return other
    return None


def _shape(trigger: Trigger) -> str:
    if trigger.roles & {"trans", "state", "noun", "none", "victim"}:
        return "predicate" if trigger.voice != "inf" else "inf"
    if "intr" in trigger.roles:
        return "predicate"
    return "other"
