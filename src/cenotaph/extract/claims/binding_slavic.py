"""What Russian and Ukrainian word order settles between numbers and verbs: the dead handed over, a verb and its own number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger

if TYPE_CHECKING:
    from cenotaph.extract.claims.binding import Binding

_OWN = 7.5  # the score from which a verb is a number's own
_LEFT = 2.0


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
            if not framed or trigger.voice not in ("active", "passive") or trigger.start < population.end:
                continue
            if not any(token.text == "," for token in sentence.tokens[population.end : trigger.start]):
                continue
            for later, (follower, _) in enumerate(people[row + 1 :], row + 1):
                between = sentence.tokens[trigger.end : follower.start]
                close = follower.start >= trigger.end and all(token.text not in ",;:" for token in between)
                if close and table[later][column] >= _OWN:
                    table[row][column] = min(table[row][column], _LEFT)
