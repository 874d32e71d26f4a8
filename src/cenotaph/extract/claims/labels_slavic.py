"""The people that stand before their number as a label: "узбеков (47)", "граждан Африки в списке 212"."""

from __future__ import annotations

from cenotaph.extract.claims.phrases import Population, in_number, name_at, names_in, trigger_at
from cenotaph.extract.claims.scoring import is_gauged
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_SLAVIC_STOP = read_word_set("population.slavic_stop")


def extend_phrase(sentence: Sentence, end: int) -> int:
    """Return where a phrase ends that runs on to where from, or to a second people: "граждан России и Беларуси"."""
    tokens = sentence.tokens
    total = len(tokens)
    at = end
    for _ in range(3):
        if at < total and tokens[at].low in ("из", "с", "з", "із"):
            step = at + 1
            name = next(
                (
                    n
                    for n in sentence.names
                    if n.start == step or (n.start == step + 1 and not in_number(sentence, step))
                ),
                None,
            )
            if name is None or name.sense != "name":
                break
            at = name.end
        elif at + 1 < total and tokens[at].low in ("и", "или", ",", "та", "і", "й"):
            name = next((n for n in sentence.names if n.start == at + 1), None)
            before = next((n for n in sentence.names if n.end == at), None)
            if name is None or before is None or (name.sense == "name") != (before.sense == "name"):
                break
            if name.sense != "name" and sentence.language == "ru" and not sentence.words[name.end - 1].parse.plural:
                break  # "трое перуанцев и мексиканец": one more man
            # "граждан России и Беларуси", not "грузин, россиян — трое"
            following = tokens[name.end].text if name.end < total else ""
            if following in ("—", "–", ":", "("):
                break
            at = name.end
        else:
            break
    return at


_LABEL_REACH = 12  # tokens between the people that open a clause and their number


def find_far_label(sentence: Sentence, number: Number) -> Population | None:
    """Return the people that open a clause without a verb: "Граждан Африки в списке 212", "Белорусов, чьё ..., 39"."""
    tokens, words = sentence.tokens, sentence.words
    following = tokens[number.end].text if number.end < len(tokens) else "."
    if sentence.language != "ru" or following not in ".,;:—–(" or not (
        number.mention.kind == "people_candidate" or _is_none_of_them(sentence, number)
    ):
        return None
    at = number.start - 1
    inside = False
    while at >= 0 and number.start - at <= _LABEL_REACH:
        inner = sentence.number_at.get(at)
        if inner is not None and inner.mention.kind not in ("people_candidate", "percent", "zero"):
            at = inner.start - 1  # "детей в возрасте до 14 лет: 4"
            continue
        if inner is not None or (tokens[at].text in ".;:!?—–" and number.start - at > 1):
            break
        if tokens[at].text == ",":
            inside = not inside
        elif not inside and words[at].parse.kinds & {"VERB", "PRTS", "INFN"} and not words[at].kind:
            return None
        at -= 1
    if inside:
        return None
    begin = at + 1
    while begin < number.start and (not tokens[begin].is_word or tokens[begin].low in ("и", "а", "еще", "уже", "всего")):
        begin += 1
    for head in range(begin, min(begin + 3, number.start - 1)):
        word, name = words[head], name_at(sentence, head)
        people = (word.kind and word.kind != "thing") or (name is not None and name.sense in ("citizen", "people"))
        if number.mention.kind == "zero" and trigger_at(sentence, head) is not None:
            return None  # "Погибших в числе эвакуированных нет"
        if people and "gent" in word.parse.cases and word.parse.plural and "NOUN" in word.parse.kinds | {"NOUN"} - {"ADJF"}:
            end = extend_phrase(sentence, head + 1)
            while (end < number.start and name_at(sentence, end) is not None) or (
                end < number.start and "gent" in words[end].parse.cases and words[end].parse.kinds & {"NOUN", "ADJF"}
                and tokens[end].low not in _SLAVIC_STOP
            ):
                end += 1
            return Population(begin, number.end, "people", head, (begin, head + 1), names_in(sentence, begin, end), "", "", True)
        if not word.parse.kinds & {"ADJF", "PRTF"}:
            return None
    return None


def _is_none_of_them(sentence: Sentence, number: Number) -> bool:
    """Return whether nobody of a kind is among those told of: "Детей среди погибших нет"."""
    return number.mention.kind == "zero" and any(
        frame.label == "subset" and 0 <= number.start - frame.end <= 1 and frame.end - frame.start > 1
        for frame in sentence.frames
    )


def _fills_row(sentence: Sentence, start: int, number: Number) -> bool:
    """Return whether a country and a number are all there is in a row: "Казахстан 14"."""
    tokens = sentence.tokens
    opens = not any(token.is_word for token in tokens[:start])
    return sentence.unit.kind in ("row", "item") and opens and not any(token.is_word for token in tokens[number.end :])


def find_label(sentence: Sentence, number: Number) -> Population | None:
    """Return the population of a label before a number: "узбеков (47)", "добровольцев 34 %", "Медальонов шесть"."""
    tokens, words = sentence.tokens, sentence.words
    at = number.start - 1
    marks = 0
    while at >= 0 and tokens[at].text in '(:—–-«",':
        if tokens[at].text == "," and marks:
            return None
        at -= 1
        marks += 1
    if marks and at > 0 and tokens[at].text == "." and tokens[at - 1].low in ("обл", "респ", "р-н", "окр"):
        at -= 1  # "Новосибирская обл. — 2 455"
    if at < 0 or marks > 2:
        return None
    if marks and tokens[at + 1].text == "," and (at - 1 in sentence.number_at or at in sentence.number_at):
        return None  # "с 28 пассажирами, 11 спасены": the passengers are counted already
    while at >= 0 and tokens[at].low in ("было", "всего", "лишь", "только", "уже", "ровно", "стало", "пока", "сейчас", "теперь"):
        at -= 1
    if at < 0:
        return None
    name = name_at(sentence, at)
    if name is not None and (
        name.sense in ("citizen", "people") or (name.sense == "name" and (marks or _fills_row(sentence, name.start, number)))
    ):
        return Population(name.start, number.end, "people", name.end - 1, None, (name,), "", "", True)
    word = words[at]
    trigger = trigger_at(sentence, at)
    if (
        trigger is not None and not (trigger.outcome in ("recruited", "fighting") and trigger.voice == "part")
    ) or word.low in ("пор", "раз", "число", "количество", "итог", "общей", "сложности"):
        return None
    if ((word.kind and word.kind != "thing") or trigger is not None) and (
        "gent" in word.parse.cases or not word.parse.cases or marks
    ):
        begin = at
        while (
            begin > 0
            and "ADJF" in words[begin - 1].parse.kinds
            and "gent" in words[begin - 1].parse.cases
            and begin > at - 2
        ):
            begin -= 1
        return Population(
            begin, number.end, "people", at, (begin, at + 1), names_in(sentence, begin, at + 1), "", "", True
        )
    if (
        sentence.language == "ru"
        and marks == 0
        and "NOUN" in word.parse.kinds
        and "gent" in word.parse.cases
        and word.parse.plural
        and word.parse.inanimate
        and number.mention.kind != "zero"
        and not (at and "PREP" in words[at - 1].parse.kinds)
        and not words[number.start].parse.kinds & {"VERB"}
        and not is_gauged(sentence, number)
    ):
        return Population(at, number.end, "thing", at, None, (), "", "", True)
    return None
