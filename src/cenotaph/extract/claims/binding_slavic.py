"""What Russian and Ukrainian word order settles between numbers and verbs: the dead handed over, a verb and its own number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number, Trigger

if TYPE_CHECKING:
    from cenotaph.extract.claims.binding import Binding

_OWN = 7.5  # the score from which a verb is a number's own
_LEFT = 2.0
_CLOSE = 1.2


def follow_the_dead(
    sentence: Sentence, people: list[tuple[Number, Population]], found: list[Binding | None]
) -> None:
    """Let the bodies behind "репатриировать 382 тела, 56 погибших, 45 тел" be what the first are."""
    for row in range(1, len(found)):
        before, own = found[row - 1], found[row]
        if before is None or own is None or own.outcome != "killed" or before.outcome not in ("body_returned", "identified"):
            continue
        between = sentence.tokens[people[row - 1][0].end : people[row][0].start]
        first, last = people[row - 1][0].end, people[row][0].start
        verbs = any(first <= t.start < last and t.voice in ("active", "passive") for t in sentence.triggers)
        if heads_dead(sentence, people[row][1]) and not verbs and not any(token.text in ";:.—" for token in between):
            found[row] = own._replace(outcome=before.outcome, rivals=(*own.rivals, "killed"))


def heads_dead(sentence: Sentence, population: Population) -> bool:
    """Return whether a phrase speaks of the dead or their bodies: "11 погибших солдат", "31 тело"."""
    return sentence.language != "en" and any(
        trigger.outcome == "killed"
        and population.start < trigger.start < population.end
        and (trigger.voice == "part" or trigger.roles & {"noun", "bodies", "victim"})
        for trigger in sentence.triggers
    )


def is_received(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether a state got its dead back: "Россия получила 23 погибших, Киев – 140 человек погибшими"."""
    if sentence.language != "ru" or trigger.voice != "part":
        return False
    tokens = sentence.tokens
    for at in range(1, number.start):
        if tokens[at].low in ("получила", "получил", "получили"):
            before = tokens[at - 1]
            named = any(name.start <= at - 1 < name.end for name in sentence.names)
            return named or before.low in ("москва", "киев", "сторона", "стороны")
    return False


def leave_to_following(sentence: Sentence, people: list[tuple[Number, Population]], table: list[list[float]]) -> None:
    """Leave a verb behind a comma to the number that follows it: "38 погибших, из них один ребёнок, спасено девять"."""
    if sentence.language != "ru":
        return
    for row, (number, population) in enumerate(people):
        framed = any(f.label == "subset" and 0 <= number.start - f.end <= 1 for f in sentence.frames)
        for column, trigger in enumerate(sentence.triggers):
            if trigger.voice not in ("active", "passive") or trigger.start < population.end:
                continue
            if not any(token.text == "," for token in sentence.tokens[population.end : trigger.start]):
                continue
            for later, (follower, phrase) in enumerate(people[row + 1 :], row + 1):
                if phrase.partitive == "them" and phrase.end <= trigger.start and table[later][column] >= _OWN:
                    if not any(token.text == "," for token in sentence.tokens[phrase.end : trigger.start]):
                        table[row][column] = min(table[row][column], _LEFT)  # "четверых, трое из которых освободились"
                    continue
                if not framed:
                    continue
                between = sentence.tokens[trigger.end : follower.start]
                close = follower.start >= trigger.end and all(token.text not in ",;:" for token in between)
                if close and table[later][column] >= _OWN:
                    table[row][column] = min(table[row][column], _LEFT)


def heads_another(
    number: Number, population: Population, trigger: Trigger, people: list[tuple[Number, Population]]
) -> bool:
    """Return whether a noun is what an earlier number counts: the bodies of "двенадцать трупов, больше сорока раненых"."""
    if trigger.end > number.start or not trigger.roles & {"noun", "bodies", "victim", "event"} or "measure" in trigger.roles:
        return False
    return any(
        other.start < number.start
        and whom.kind == "outcome"
        and not whom.label
        and other.end <= trigger.start
        and whom.head is not None
        and trigger.start <= whom.head < trigger.end
        for other, whom in people
        if other is not number
    )


def loses_its_crew(sentence: Sentence, person: tuple[Number, Population], trigger: Trigger) -> bool:
    """Return whether "экипаж из четырёх человек" is the subject of a verb that says what became of it: "погиб"."""
    number, population = person
    if sentence.language != "ru" or trigger.outcome != "on_board" or trigger.end != number.start or "event" not in trigger.roles:
        return False
    return any(
        population.end <= other.start
        and other.outcome in STRONG
        and other.voice in ("active", "passive")
        and sentence.words[other.start].parse.one
        and sentence.cost(population.end, other.start) < _CLOSE
        for other in sentence.triggers
    )
