"""Which of two Russian words about the people of a number is what became of them: who they were is said first, their fate behind.

"Пропавшие двенадцать найдены", "Непал — 16, ещё 12 пропали", "в колонии умерли 19, в больнице — 7".
"""

from __future__ import annotations

from cenotaph.extract.claims.clauses import find_piece
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number, Trigger

_OWN = 7.5  # the score from which a verb is a number's own
_LEFT = 2.0
_NAMED = 3.0
_ROW = 2
_LABEL = 5  # words of a list's label
_DASHES = frozenset("—–:")


def leave_to_predicate(sentence: Sentence, people: list[tuple[Number, Population]], table: list[list[float]]) -> None:
    """Lower the scores of words that only say which people a number counts, or lead in what became of them."""
    if sentence.language != "ru":
        return
    for row, (number, population) in enumerate(people):
        scores = table[row]
        for column, trigger in enumerate(sentence.triggers):
            if scores[column] <= _NAMED:
                continue
            if _names_them(sentence, number, population, trigger) or (
                row and _is_where(sentence, number, trigger) and any(max(above, default=0.0) >= _OWN for above in table[:row])
            ):
                scores[column] = _NAMED
            elif _leads_in(sentence, number, trigger) and _has_verb_behind(sentence, number, scores):
                scores[column] = _LEFT


def leave_to_label(sentence: Sentence, people: list[tuple[Number, Population]], table: list[list[float]]) -> None:
    """Leave a verb behind the comma of a list's row to the number that it belongs to."""
    if sentence.language != "ru" or len(people) < _ROW:
        return
    for row, (number, _) in enumerate(people[:-1]):
        for column, trigger in enumerate(sentence.triggers):
            score = table[row][column]
            if score > _NAMED and _follows_a_label(sentence, number, trigger) and any(
                below[column] >= min(_OWN, score) for below in table[row + 1 :]
            ):
                table[row][column] = _LEFT


def _names_them(sentence: Sentence, number: Number, population: Population, trigger: Trigger) -> bool:
    """Return whether "пропавшие" stands right before a bare number whose clause has a verb for what became of them."""
    if trigger.end != number.start or population.kind != "bare" or not (trigger.voice == "part" or "noun" in trigger.roles):
        return False
    low = sentence.tokens[trigger.end - 1].low
    if not low.endswith(("ые", "ие", "ых", "их")):
        return False
    _, last = find_piece(sentence, trigger.start, number.end)
    return any(
        number.end <= other.start < last
        and other.outcome in STRONG
        and other.outcome != trigger.outcome
        and other.voice in ("active", "passive")
        for other in sentence.triggers
    )


def _leads_in(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether a verb stands before a colon and a number right behind it: "нашлись: трое оказались в плену"."""
    if trigger.end + 1 != number.start or sentence.tokens[trigger.end].text != ":":
        return False
    return trigger.voice in ("active", "passive")


def _has_verb_behind(sentence: Sentence, number: Number, scores: list[float]) -> bool:
    """Return whether a verb behind a number is its own."""
    return any(
        trigger.start >= number.end and trigger.voice in ("active", "passive") and score >= _OWN
        for trigger, score in zip(sentence.triggers, scores, strict=True)
    )


def _follows_a_label(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether a number ends a short label of a list and a comma parts it from a verb: "Непал — 16, ещё 12 пропали"."""
    tokens = sentence.tokens
    at = number.start - 1
    if at < 1 or at > _LABEL or tokens[at].text not in _DASHES or trigger.start < number.end:
        return False
    behind = tokens[number.end].text if number.end < len(tokens) else ""
    if behind not in (",", ";", "("):
        return False
    first = 0 if tokens[0].is_word else 1
    return first < at and tokens[first].text[0].isupper() and not any(t.start < number.start for t in sentence.triggers)


def _is_where(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether words for a place, a dash behind them, stand for a verb told before: "..., в больнице — 7"."""
    if trigger.roles != {"state"} or trigger.end + 1 != number.start or sentence.tokens[trigger.end].text not in "—–":
        return False
    if sentence.tokens[trigger.start].low not in ("в", "на", "под") or trigger.outcome not in ("wounded", "detained"):
        return False
    return any(
        other.end <= trigger.start and other.voice in ("active", "passive") and other.outcome in STRONG
        for other in sentence.triggers
    )


__all__ = ["leave_to_label", "leave_to_predicate"]
