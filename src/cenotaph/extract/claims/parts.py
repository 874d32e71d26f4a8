"""How a text says that a number is a part of one before, or one of a list."""

from __future__ import annotations

from cenotaph.extract.claims.discourse import Discourse, is_row_like
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.reference.word_sets import read_word_set

_LABEL = 8  # tokens
_LIST_HEADS = frozenset({"item", "row"})
_DESCRIBING = read_word_set("inheritance.describing")


def find_part(sentence: Sentence, number: Number, population: Population) -> str:
    """Return how the text says that a number is a part: ``them``, ``frame``, ``the``, ``bracket``, or empty."""
    if population.partitive == "them":
        return "them"
    tokens = sentence.tokens
    for frame in sentence.frames:
        opening = (
            frame.start <= 1
            and tokens[frame.start].low in ("of", "among", "из", "среди", "серед", "з", "out", "в")
            and not any(t.text == ";" for t in tokens[frame.end : number.start])
        )
        after = frame.end + 1 if frame.end < len(tokens) and tokens[frame.end].text == "." else frame.end
        if (
            frame.label == "subset"
            and frame.end <= number.start
            and (opening or sentence.cost(after, number.start) < 2.2)
        ):
            words = tokens[frame.start].low + " " + tokens[frame.end - 1].low
            return (
                "them"
                if any(
                    word in words
                    for word in ("them", "whom", "these", "those", "них", "которых", "яких", "тех", "which")
                )
                else "frame"
            )
        last_word = tokens[frame.end - 1].low
        if last_word in ("которых", "яких", "whom", "which") or (
            frame.start > population.end and tokens[population.end].text == ","
        ):
            continue  # "eight people, among them a girl": the part comes after
        if (
            frame.label == "subset"
            and number.end <= frame.start
            and frame.start - population.end <= 1
            and tokens[frame.start].low in ("of", "among", "из", "среди")
        ):
            return "them"
        if frame.label == "rest" and frame.start <= number.start < frame.end:
            return "frame"
    if population.partitive == "the":
        return "the"
    return ""


def only_includes(sentence: Sentence, number: Number) -> bool:
    """Return whether nothing but "including", "among others" makes a number a part."""
    frames = [f for f in sentence.frames if f.label in ("subset", "rest") and f.start <= number.start]
    return bool(frames) and all(
        sentence.tokens[f.start].low in ("including", "incl", "included", "in") and f.start > 1 for f in frames
    )


def distributes(sentence: Sentence, number: Number, population: Population, last: Draft) -> bool:
    """Return whether a sentence sorts the people of the claim before: "Two came from Brazil", "One was a dual national"."""
    if (
        last.sentence.unit.block != sentence.unit.block
        or last.unit == "percent"
        or number.mention.kind not in ("people_candidate", "percent", "zero")
    ):
        return False
    if (
        population.kind != "bare"
        or number.start > 1
        or last.value is None
        or number.mention.low is None
        or number.mention.low > last.value
    ):
        return False
    if any(trigger.outcome in STRONG for trigger in sentence.triggers):
        return False
    after = sentence.tokens[number.end].low if number.end < len(sentence.tokens) else ""
    second = sentence.tokens[number.end + 1].low if number.end + 1 < len(sentence.tokens) else ""
    return after in _DESCRIBING and second not in ("это", "this", "it", "то")


def is_bracket_list(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is one of several in brackets: "Ghanaians (164), Malians (97)"."""
    tokens = sentence.tokens

    def bracketed(one: Number) -> bool:
        return one.start > 0 and one.end < len(tokens) and tokens[one.start - 1].text == "(" and tokens[one.end].text == ")"

    return bracketed(number) and sum(1 for one in sentence.numbers if bracketed(one)) > 1


def is_labelled_row(sentence: Sentence, number: Number, population: Population, discourse: Discourse) -> bool:
    """Return whether a label and a mark lead to the first number of a list's row: its header says of whom it is."""
    marked = 0 < number.start <= _LABEL and sentence.tokens[number.start - 1].text in "—–:"
    return marked and sentence.unit.kind in _LIST_HEADS and is_list_value(sentence, number, population, discourse)


def _tells_of_a_part(sentence: Sentence, number: Number, trigger: Trigger) -> bool:
    """Return whether words behind a row's figure tell of a part or of another clause: "Kenya: 31, incl. 2 taken this week"."""
    if sentence.language != "en" or trigger.start < number.end:
        return False
    between = sentence.tokens[number.end : trigger.start]
    if any(token.text in ";(" for token in between):
        return True
    parted = any(token.text == "." or token.low in ("of", "incl", "including", "among") for token in between)
    return parted and not sentence.tokens[number.end].is_word


def is_nil_row(sentence: Sentence, number: Number) -> bool:
    """Return whether an English row or item gives none of a label: "Serbia — none any more"."""
    at = number.start
    return (
        sentence.language == "en"
        and number.mention.kind == "zero"
        and sentence.unit.kind in _LIST_HEADS
        and at > 0
        and sentence.tokens[at - 1].text in "—–:-=|"
        and (number.end >= len(sentence.tokens) or sentence.words[number.end].kind in ("", "thing"))
    )


def is_list_value(sentence: Sentence, number: Number, population: Population, discourse: Discourse) -> bool:
    """Return whether a number is the value of a row or an item below a heading, in a line that says nothing else."""
    unit = sentence.unit
    if population.kind not in ("bare", "people") or (number.mention.kind == "zero" and not is_nil_row(sentence, number)):
        return False
    if discourse.header is None or not (
        unit.kind in _LIST_HEADS or discourse.header_block == unit.block or is_row_like(sentence)
    ):
        return False
    if unit.block - discourse.header_block > 2:
        return False
    tokens = sentence.tokens
    if any(
        trigger.outcome in STRONG and not trigger.roles & {"event", "measure"} and not _tells_of_a_part(sentence, number, trigger)
        for trigger in sentence.triggers
    ):
        return False
    previous = tokens[number.start - 1].text if number.start else ""
    labelled = previous in ("—", "–", "-", ":", "(", "=", "|") or (bool(previous) and previous[0].isupper())
    labelled = labelled or (previous in (".", "…") and number.start > 1 and tokens[number.start - 2].text == previous)
    opens = number.start <= 2
    return labelled or opens or (unit.kind == "item" and population.kind in ("bare", "people"))
