"""Whom a number counts, in Russian and Ukrainian: the noun phrase to its right, or a label to its left."""

from __future__ import annotations

from dataclasses import replace

from cenotaph.extract.claims.labels_slavic import extend_phrase, find_far_label, find_label
from cenotaph.extract.claims.phrases import RANGE, Population, find_group, name_at, names_in, trigger_at
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_SLAVIC_STOP = read_word_set("population.slavic_stop")


_PLACES = ("государств", "стран", "регион", "област", "город", "сел", "деревен", "деревн", "поселк", "район", "колони", "част")


def _comes_from_places(sentence: Sentence, at: int) -> bool:
    """Return whether "из" leads to so many countries or towns: "около 260 из 40 с лишним государств"."""
    inner = sentence.number_at.get(at)
    if inner is None or inner.end >= len(sentence.tokens):
        return False
    return sentence.tokens[inner.end].low.startswith(_PLACES)


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
        if _comes_from_places(sentence, at + 1):
            return Population(number.start, number.end, "bare", None, None, (), "", more)
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
        if head is None and modifiers and (past := _pass_place_left(sentence, at)):
            at = past  # "70 дезертировавших из части солдат"
            continue
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
                if "bodies" in trigger.roles:
                    continue
                continue
            if trigger.voice == "part" or "noun" in trigger.roles:
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
                "NOUN" in parse.kinds and "PRTF" not in parse.kinds and parse.animate
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
        if parse.kinds & {"ADJF", "NOUN"} and "gent" in parse.cases and "PRTF" not in parse.kinds:
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
            and ("ADJF" in word.parse.kinds or ("PRTF" in word.parse.kinds and number.mention.certain))
            and any(c in word.parse.cases for c in ("gent", "nomn"))
            and word.parse.plural
        ):
            kind = "people"  # substantivised: "двое гражданских"
        end = head + 1
    np_end = extend_phrase(sentence, max(end, number.end)) if head is not None or partitive else number.end
    names = names_in(sentence, number.end, np_end)
    if kind in ("bare", "thing", "unknown"):
        label = find_label(sentence, number) or (find_far_label(sentence, number) if kind == "bare" else None)
        if label is not None and (kind == "bare" or kind == "unknown"):
            return replace(label, more=more)
    group = find_group(sentence, number.end, head, kind) if head is not None else None
    return Population(number.start, max(np_end, number.end), kind, head, group, names, partitive, more)


def _pass_place_left(sentence: Sentence, at: int) -> int:
    """Return where the people stand who left what "из" behind a participle names, 0 where none do."""
    words = sentence.words
    if sentence.tokens[at].low not in ("из", "с") or at + 2 >= len(words) or "PRTF" not in words[at - 1].parse.kinds:
        return 0
    return at + 2 if words[at + 2].kind not in ("", "thing") and "gent" in words[at + 2].parse.cases else 0


_OBLIQUE = ("двоих", "троих", "верых", "терых", "стерых", "мерых", "двоим", "троим", "верым", "терым", "стерым", "мерым")


def _disagrees(sentence: Sentence, number: Number, at: int) -> bool:
    """Return whether a noun behind a number cannot be what it counts: another phrase.

    "у одного минно-взрывная травма"; "двоих суд объявил умершими", where a collective in an oblique case wants the genitive.
    """
    if at != number.end:
        return False
    cases = sentence.words[at].parse.cases
    if "nomn" not in cases or "gent" in cases:
        return False
    collective = sentence.tokens[number.end - 1].low.endswith(_OBLIQUE) and sentence.words[at].parse.kinds == {"NOUN"}
    return collective or (number.start > 0 and sentence.tokens[number.start - 1].low == "у")


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
