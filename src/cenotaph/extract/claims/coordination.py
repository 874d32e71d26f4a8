"""Numbers side by side: what they share, and what belongs to a part and not to its whole."""

from __future__ import annotations

from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.reference.word_sets import read_word_set

_JOINING = read_word_set("binding.joining")
_POSSESSIVES = frozenset({"the", "their", "his", "her", "its", "our", "my"})


def opens_a_count(sentence: Sentence, number: Number) -> bool:
    """Return whether a number only says out of how many: "of the 80 volunteers", "из 80 добровольцев"."""
    at = number.start
    while at > 0 and sentence.tokens[at - 1].low in ("the", "these", "those", "all", "этих", "тех", "всех"):
        at -= 1
    if sentence.language == "ru" and at > 2 and sentence.tokens[at - 1].low in ("в", "численностью"):
        return sentence.tokens[at - 3].low in ("из", "от") and sentence.tokens[at - 2].is_word  # "из роты в 94 человека"
    return (
        at > 0
        and sentence.tokens[at - 1].low in ("of", "из", "з", "із")
        and (
            at == 1
            or not sentence.tokens[at - 2].is_word
            or sentence.tokens[at - 2].low in ("что", "that", "що", "and", "и")
        )
    )


def leave_to_parts(sentence: Sentence, people: list[tuple[Number, Population]], table: list[list[float]]) -> None:
    """Leave what follows "из 80 мобилизованных" to the number of those who did it."""
    for row, (number, population) in enumerate(people[:-1]):
        following = people[row + 1][0]
        if opens_a_count(sentence, number) and sentence.cost(population.end, following.start) < 3.0:
            for column, trigger in enumerate(sentence.triggers):
                if (
                    trigger.start >= population.end
                    and table[row + 1][column] > 0
                    and not is_inner(sentence, trigger, following)
                ):
                    table[row][column] = min(table[row][column], table[row + 1][column] - 2.0)


def is_inner(sentence: Sentence, trigger: Trigger, following: Number) -> bool:
    """Return whether words belong to the whole: "of the 1,427 known to have enlisted, 316 ..."."""
    if trigger.start >= following.start:
        return False
    return sentence.language == "en" or trigger.voice == "part"


def share_coordinated(sentence: Sentence, people: list[tuple[Number, Population]], table: list[list[float]]) -> None:
    """Let "79 mercenaries and 41 soldiers killed" share what stands after, or before, the whole row."""
    joined = [_are_coordinated(sentence, people[row], people[row + 1]) for row in range(len(people) - 1)]
    if not any(joined):
        return
    enough = 7.0 if sentence.language == "en" else 6.0
    settled = [
        max(scores) >= enough or has_own_verb(sentence, number)
        for scores, (number, _) in zip(table, people, strict=True)
    ]
    for column, trigger in enumerate(sentence.triggers):
        for row in range(len(people) - 2, -1, -1):
            if (
                joined[row]
                and not settled[row]
                and trigger.start >= people[row + 1][0].start
                and table[row + 1][column] > 0
            ):
                table[row][column] = max(table[row][column], table[row + 1][column] - 0.25)
        for row in range(1, len(people)):
            if (
                joined[row - 1]
                and not settled[row]
                and trigger.end <= people[row - 1][0].start
                and table[row - 1][column] > 0
            ):
                table[row][column] = max(table[row][column], table[row - 1][column] - 0.25)


def has_own_verb(sentence: Sentence, number: Number) -> bool:
    """Return whether a verb that says nothing of what happened stands right before a number: "осталось семеро, пять убило"."""
    at = number.start - 1
    return (
        sentence.language == "ru"
        and at >= 0
        and sentence.words[at].parse.kinds in ({"VERB"}, {"PRTS"})
        and at not in sentence.trigger_at
        and sentence.tokens[at].low not in ("было", "были", "был", "есть", "стало")
    )


def _are_coordinated(sentence: Sentence, first: tuple[Number, Population], second: tuple[Number, Population]) -> bool:
    if first[1].kind == "outcome" or second[1].label:
        return False
    if sentence.language == "en" and second[1].partitive == "them" and sentence.tokens[second[0].start - 1].text == ",":
        return False  # "three, one of them without an arm": the one
    between = sentence.tokens[first[1].end : second[0].start]
    leads = sentence.tokens[first[0].start - 1].low if first[0].start else ""
    if sentence.language == "en" and leads == "from" and [token.low for token in between] == ["to"]:
        return True  # "lowered its estimate from 60 to 45 dead"
    words = [token.low for token in between]
    if sentence.language == "en" and len(words) > 1 and words[-1] in _POSSESSIVES:
        words.pop()  # "six priests and their two maids"
    return bool(words) and len(words) <= 3 and all(word in _JOINING for word in words)
