"""Whom a number counts, in Russian and Ukrainian: the noun phrase to its right, or a label to its left."""

from __future__ import annotations

from cenotaph.extract.claims.phrases import RANGE, Population, find_group, in_number, name_at, names_in, trigger_at
from cenotaph.extract.claims.scoring import is_gauged
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_SLAVIC_STOP = read_word_set("population.slavic_stop")


def find_slavic(sentence: Sentence, number: Number) -> Population:
    """Return whom a number counts in a Russian or Ukrainian sentence."""
    tokens, words = sentence.tokens, sentence.words
    total = len(tokens)
    at = number.end
    more = ""
    if number.start and tokens[number.start - 1].low in ("еще", "ще"):
        more = "more"
    partitive = ""
    # "двое из них", "39 из них", "один из погибших"
    if (
        at + 1 < total
        and tokens[at].low in ("из", "з", "із")
        and tokens[at + 1].low in ("них", "которых", "этих", "тех", "яких", "числа")
    ):
        return Population(number.start, at + 2, "people", None, None, (), "them", more)
    if at < total and tokens[at].low in ("из", "з", "із"):
        partitive = "the"
        at += 1
    head: int | None = None
    kind = "bare"
    end = at
    modifiers: list[int] = []
    limit = min(total, at + RANGE)
    while at < limit:
        token = tokens[at]
        low = token.low
        inner = sentence.number_at.get(at)
        if inner is not None and inner is not number and inner.mention.kind == "age" and head is None:
            at = inner.end  # "двое 15-летних братьев"
            while at < limit and (tokens[at].text == "-" or tokens[at].low.startswith("летн")):
                at += 1
            continue
        if inner is not None:
            if partitive == "the" and head is None and not modifiers:
                at = end = inner.end  # "трёх из четырёх работавших там горняков"
                continue
            break
        if not token.is_word:
            if token.text in '«"“„':
                at += 1
                continue
            if token.text == "." and at and tokens[at - 1].low in ("чел", "тыс", "млн"):
                at += 1
                continue
            break
        if low in _SLAVIC_STOP:
            break
        word = words[at]
        parse = word.parse
        if modifiers and head is None and parse.kinds & {"ADVB", "ADJF"} and low in ("там", "здесь", "тут", "тогда"):
            at += 1
            continue
        trigger = trigger_at(sentence, at)
        name = name_at(sentence, at)
        if (
            sentence.language == "ru" and head is None and trigger is not None and trigger.start < number.start
            and "NOUN" in parse.kinds
        ):
            head, kind = at, "outcome"  # "доставлены 1 187 тел украинских военных": words around the number
            at += 1
            end = at
            continue
        if (
            sentence.language == "ru"
            and name is None
            and parse.kinds
            and not parse.kinds & {"NOUN", "ADJF", "PRTF", "NPRO", "NUMR"}
            and not word.kind
        ):
            break
        if name is not None:
            if name.sense == "name":
                if head is None and kind == "bare" and tokens[name.start - 1].low != "из":
                    break
                at = name.end
                end = at
                continue
            if name.sense == "adjective" and not _is_noun_use(sentence, name.end - 1):
                modifiers.append(at)
                at = name.end
                continue
            if head is None:
                head, kind = name.end - 1, "people"
            at = name.end
            end = at
            continue
        if (
            trigger is not None
            and trigger.roles & {"noun", "victim", "bodies", "lives"}
            and (trigger.voice in ("", "part"))
        ):
            following = words[trigger.end] if trigger.end < total else None
            if (
                head is None
                and following is not None
                and following.kind
                and following.kind != "thing"
                and trigger.voice == "part"
            ):
                at = trigger.end
                modifiers.append(at - 1)
                continue
            if head is None:
                head, kind = trigger.end - 1, "outcome"
                at = trigger.end
                end = at
                if trigger.roles & {"bodies"}:
                    continue
                continue
            if trigger.voice == "part" or trigger.roles & {"noun"}:
                # "46 граждан погибших": what happened stands behind the noun, it is no part of the phrase.
                break
            break
        if trigger is not None and trigger.voice in ("passive", "active", "inf", "ing"):
            break
        if head is None:
            if word.kind and word.kind != "thing":
                if (
                    "ADJF" in parse.kinds
                    and at + 1 < total
                    and "NOUN" in words[at + 1].parse.kinds
                    and words[at + 1].kind
                    and words[at + 1].kind != "thing"
                ):
                    modifiers.append(at)
                    at += 1
                    continue
                head, kind = at, "people"
                at += 1
                end = at
                continue
            if "NOUN" in parse.kinds and parse.inanimate and _is_object(sentence, at):
                at += 1  # "149 терпящих бедствие пассажиров"
                continue
            if partitive == "the" and not modifiers and token.text[0].isupper() and not parse.animate and not word.kind:
                partitive = ""  # "33 из Закан-Юрта": where from
                break
            if sentence.language == "ru" and _disagrees(sentence, number, at):
                break  # "у одного минно-взрывная травма"
            if word.kind == "thing":
                head, kind = at, "thing"
                break
            if parse.kinds & {"ADJF", "PRTF"} and not (
                "NOUN" in parse.kinds and not parse.kinds & {"PRTF"} and parse.animate
            ):
                modifiers.append(at)
                at += 1
                continue
            if "NOUN" in parse.kinds:
                head = at
                kind = (
                    "people"
                    if parse.animate and not parse.inanimate
                    else "thing"
                    if parse.inanimate and not parse.animate
                    else "unknown"
                )
                at += 1
                end = at
                continue
            break
        # After the head: a chain of genitives ("граждан Кыргызской Республики", "жителей области").
        if parse.kinds & {"ADJF", "NOUN"} and "gent" in parse.cases and not parse.kinds & {"PRTF"}:
            at += 1
            end = at
            continue
        if sentence.language == "uk" and word.kind:
            at += 1
            end = at
            continue
        break
    if kind == "bare" and modifiers and _modifies_things(sentence, modifiers[-1] + 1):
        return Population(number.start, number.end, "thing", modifiers[-1], None, (), "", more)
    if kind == "bare" and modifiers:
        head = modifiers[-1]
        word = words[head]
        kind = "people" if word.kind and word.kind != "thing" else "unknown"
        if (
            word.kind == ""
            and "ADJF" in word.parse.kinds
            and any(c in word.parse.cases for c in ("gent", "nomn"))
            and word.parse.plural
        ):
            kind = "people"  # substantivised: "двое гражданских"
        end = head + 1
    np_end = _extend_slavic(sentence, max(end, number.end)) if head is not None or partitive else number.end
    names = names_in(sentence, number.end, np_end)
    if kind in ("bare", "thing", "unknown"):
        label = _label_slavic(sentence, number) or (_far_label(sentence, number) if kind == "bare" else None)
        if label is not None and (kind == "bare" or kind == "unknown"):
            return label._replace(more=more)
    group = find_group(sentence, number.end, head, kind) if head is not None else None
    return Population(number.start, max(np_end, number.end), kind, head, group, names, partitive, more)


def _disagrees(sentence: Sentence, number: Number, at: int) -> bool:
    """Return whether a number behind "у" stands in the genitive and the word after it in the nominative: another phrase."""
    if not number.start or sentence.tokens[number.start - 1].low != "у" or at != number.end:
        return False
    cases = sentence.words[at].parse.cases
    return "nomn" in cases and "gent" not in cases


def _modifies_things(sentence: Sentence, at: int) -> bool:
    """Return whether adjectives run on to a noun for things: "двух механизированных, десантно-штурмовой бригад"."""
    tokens, words = sentence.tokens, sentence.words
    if sentence.language != "ru" or at >= len(tokens) or tokens[at].low not in (",", "и", "или"):
        return False
    for place in range(at + 1, min(len(tokens), at + _MODIFIERS)):
        parse = words[place].parse
        if (parse.kinds and parse.kinds <= {"ADJF", "PRTF", "CONJ", "PREP"}) or tokens[place].text in ",-":
            continue
        return parse.kinds == {"NOUN"} and parse.inanimate and not parse.animate and words[place].kind in ("", "thing") and (
            "gent" in parse.cases and sentence.trigger_at.get(place) is None
        )
    return False


_MODIFIERS = 7


def _is_object(sentence: Sentence, at: int) -> bool:
    """Return whether a noun is governed by an active participle before it, with the people behind it."""
    before, after = sentence.words[at - 1], sentence.words[at + 1] if at + 1 < len(sentence.words) else None
    return (
        "PRTF" in before.parse.kinds
        and before.low.endswith(("щих", "вших", "щие", "вшие"))
        and after is not None
        and after.kind not in ("", "thing")
    )


def _is_noun_use(sentence: Sentence, at: int) -> bool:
    kinds = sentence.words[at].parse.kinds
    return "NOUN" in kinds and "ADJF" not in kinds


def _extend_slavic(sentence: Sentence, end: int) -> int:
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


def _far_label(sentence: Sentence, number: Number) -> Population | None:
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
            end = _extend_slavic(sentence, head + 1)
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


def _label_slavic(sentence: Sentence, number: Number) -> Population | None:
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
    if name is not None and (name.sense in ("citizen", "people") or (name.sense == "name" and marks)):
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
            and words[begin - 1].parse.kinds & {"ADJF"}
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
