"""What English words around a number settle once its verb is found: asides, others' nouns, the dead, the held, the wounded."""

from __future__ import annotations

from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.reference.word_sets import read_word_set

_WAR = read_word_set("held.war")
_ARMED = read_word_set("held.armed")
_DEAD = read_word_set("exchanged.dead")
_HOLDING = frozenset({"hold", "holds", "held", "holding"})
_CLINICS = frozenset({"hospital", "hospitals", "morgue", "morgues", "mortuary", "mortuaries"})
_RECEIVING = frozenset({"received", "receive", "receiving"})
_HURT = frozenset({"wounded", "injured", "hurt"})


def is_aside(sentence: Sentence, number: Number, population: Population, trigger: Trigger) -> bool:
    """Return whether a number stands between commas and a verb behind them: "204 men, 17 of them civilians, are missing"."""
    tokens = sentence.tokens
    if population.partitive != "them" or tokens[population.end - 1].low == "whom" or trigger.start < population.end:
        return False
    if not number.start or tokens[number.start - 1].text != ",":
        return False
    closing = next((at for at in range(population.end, min(len(tokens), population.end + 8)) if tokens[at].text == ","), None)
    if closing is None or closing >= trigger.start or closing == population.end:
        return False
    inner = tokens[population.end : closing]
    spoken = any(t.start < closing and t.start >= population.end for t in sentence.triggers)
    return not spoken and not any(token.low in ("was", "were", "are", "is", "had", "have") for token in inner)


def is_in_another(people: list[tuple[Number, Population]], row: int, trigger: Trigger) -> bool:
    """Return whether a noun is the head of a later number's phrase: the injuries of "19 children, and 88 injuries"."""
    if not trigger.roles <= {"noun", "victim", "bodies"} or trigger.voice:
        return False
    return any(
        whom.kind == "outcome" and number.end <= trigger.start < whom.end for number, whom in people[row + 1 :]
    ) and trigger.start >= people[row][1].end


def tells_which(sentence: Sentence, trigger: Trigger, population: Population) -> bool:
    """Return whether a verb stands in a clause that tells which people are meant: "204 men who took part in that war"."""
    between = sentence.lows[population.end : trigger.start]
    return between[:1] == ["who"] and all(word in ("who", "had", "have", "were", "are", "once", "also") for word in between)


def is_only_thought(sentence: Sentence, trigger: Trigger, population: Population) -> bool:
    """Return whether a clause tells what people were taken for: "two men who had been reported dead turned up alive"."""
    if trigger.start < population.end or trigger.start - population.end > _CLAUSE:
        return False
    words = sentence.lows[population.end : trigger.end]
    if not words or words[0] not in ("who", "whom", "that", "previously", "once", "earlier") or "," in words:
        return False
    if not _THOUGHT.intersection(words):
        return False
    rival = next((other for other in sentence.triggers if other.start >= trigger.end), None)
    if rival is None or rival.negated or rival.outcome == trigger.outcome or rival.outcome not in _FOUND:
        return False
    return not any(token.low in _CLAUSES or token.text in ",;" for token in sentence.tokens[trigger.end : rival.start])


def is_found_again(sentence: Sentence, population: Population, trigger: Trigger) -> bool:
    """Return whether people taken for dead are told to have turned up: "had been presumed dead and was later found in Lviv"."""
    tokens = sentence.tokens
    if trigger.start < population.end or trigger.start - population.end > _CLAUSE:
        return False
    words = sentence.lows[population.end : trigger.end]
    if _THOUGHT.isdisjoint(words) or _HAD.isdisjoint(words):
        return False
    after = [token.low for token in tokens[trigger.end : trigger.end + _AGAIN]]
    after = after[: next((at for at, word in enumerate(after) if word in (".", ";", ":")), len(after))]
    joined = next((at for at, word in enumerate(after[:4]) if word in ("and", "but", ",", "yet")), None)
    if joined is None or any(word in ("dead", "body", "bodies", "remains", "buried", "killed") for word in after[:8]):
        return False
    return bool(_AGAIN_WORDS.intersection(after[joined:]))


_HAD = frozenset({"had", "were", "was", "been", "having"})
_AGAIN = 12
_AGAIN_WORDS = read_word_set("binding.found_again")
_TAKEN = frozenset({"hostages", "hostage", "captives", "abductees", "pows"})
_CLAUSE = 8
_THOUGHT = frozenset({"reported", "presumed", "thought", "believed", "declared", "listed", "feared", "assumed", "reckoned"})
_FOUND = frozenset({"survived", "released", "rescued", "captured", "detained", "killed"})
_CLAUSES = frozenset({"that", "which", "when", "after", "who", "as", "before", "while", "and", "or", "but"})


_CLAUSES_END = frozenset({"by", "and", "but", "while", ",", ";", "after", "when"})  # "freed 30 hostages and killed four"


def settle_english(
    sentence: Sentence, number: Number, population: Population, trigger: Trigger, outcome: str, rivals: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """Return what befell people as the words around say it, where the verb alone says another thing.

    Parameters
    ----------
    outcome
        What the verb says.
    rivals
        Other outcomes that came near.

    Returns
    -------
    tuple
        The outcome, and its rivals.
    """
    tokens = sentence.tokens
    inside = sentence.lows[number.end : population.end + 3]
    if outcome == "released" and (population.kind == "outcome" or population.partitive or not population.names) and (
        _DEAD.intersection(inside) and _CLAUSES_END.isdisjoint(inside)
    ):
        return "body_returned", rivals  # "got back 909 of the fallen"
    brought = tokens[trigger.start].low not in _CLINICS  # not "the morgue gave up two of our men"
    if outcome == "body_returned" and brought and (
        not _CLINICS.isdisjoint(sentence.lows[trigger.start : trigger.end + 6])
    ):
        return "killed", rivals  # "the bodies of 77 people had been brought to hospitals"
    if outcome == "killed" and is_found_again(sentence, population, trigger):
        return "survived", (*rivals, "killed")  # "had been presumed dead and was later found in a hospital"
    head = tokens[population.head].low if population.head is not None else ""
    if outcome == "detained" and head in _TAKEN and population.head is not None and trigger.start > population.head:
        return "captured", rivals  # "seven hostages are still being held"
    if outcome in ("displaced", "on_board"):
        freed = next((t for t in sentence.triggers if number.end <= t.start < population.end and t.voice in ("", "bare")), None)
        if freed is not None and freed.outcome in ("released", "rescued"):
            return freed.outcome, (*rivals, outcome)  # "33 freed hostages reached the border"
    if outcome == "killed" and trigger.unit == "bodies":
        given = not _RECEIVING.isdisjoint(sentence.lows[max(0, number.start - 1) : number.end])
        if given and _CLINICS.isdisjoint(sentence.lows):
            return "body_returned", (*rivals, "killed")  # "received 38 bodies"
    if outcome in ("displaced", "rescued") and tokens[trigger.start].low.startswith("evacuat"):
        plain = population.kind == "outcome" or head in ("people", "persons")
        if plain and not _HURT.isdisjoint(sentence.lows[number.end : population.end]):
            return "wounded", (*rivals, outcome)  # "evacuated 335 wounded people"
    if outcome == "detained" and _HOLDING.intersection(token.low for token in tokens[trigger.start : trigger.end]):
        lead = sentence.lows[max(0, trigger.start - 4) : trigger.start]
        armed = "keep" in trigger.roles and _ARMED.intersection(lead)
        if armed or _WAR.intersection(token.low for token in tokens[trigger.start :]):
            return "captured", (*rivals, "detained")  # "Kyiv holds 18 Nepalis taken on the battlefield"
    return outcome, rivals
