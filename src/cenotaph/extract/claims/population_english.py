"""Whom a number counts, in English: the noun phrase to its right, or a label to its left."""

from __future__ import annotations

from dataclasses import replace

from cenotaph.extract.claims.labels_english import AUXILIARIES, PREPOSITIONS, extend_english, label_english
from cenotaph.extract.claims.phrases import (
    ANAPHORS,
    RANGE,
    Population,
    find_group,
    in_number,
    name_at,
    names_in,
    trigger_at,
)
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.word_sets import read_word_set

_PARTITIVE_PRONOUNS = read_word_set("population.partitive_pronouns")
_PEOPLE_SUFFIXES = ("man", "men", "ers", "ors", "ists", "ians", "ees", "ants", "ents", "ist", "ian", "ee")
_TOLD = frozenset({"report", "reports", "sign", "signs", "word", "news", "record", "records", "mention", "indication"})
_CASES = frozenset({"cases", "names", "strikes", "attacks", "is", "was", "has", "lives", "deaths"})
_NOT_PEOPLE = read_word_set("population.not_people")


_NO_PEOPLE = frozenset({"parts", "parties", "bags", "counts", "cases", "lists", "reports", "wards", "sites"})


def find_english(sentence: Sentence, number: Number) -> Population:
    """Return whom a number counts in an English sentence."""
    tokens, words = sentence.tokens, sentence.words
    at = number.end
    total = len(tokens)
    more = ""
    partitive = ""
    low = tokens[number.start].low
    inside = [] if ANAPHORS.isdisjoint(sentence.lows[number.start : number.end]) else [
        tokens[i].low
        for i in range(number.start, number.end)
        if tokens[i].low in ANAPHORS
        and not (
            tokens[i].low == "more"
            and (
                i + 1 >= total
                or tokens[i + 1].low in ("than", "or")
                or (i > number.start and tokens[i - 1].low in ("or", "perhaps"))
            )
        )
    ]
    if inside:
        more = inside[0]
    while (
        at < total
        and tokens[at].low in ANAPHORS
        and at < number.end + 2
        and not (tokens[at].low == "more" and at + 1 < total and tokens[at + 1].low == "than")
    ):
        more = more or tokens[at].low
        at += 1
    if at + 1 < total and tokens[at].low == "out" and tokens[at + 1].low == "of":
        at += 1
    if number.mention.kind == "zero":
        for told in (at, at + 1):
            if told + 2 < total and tokens[told].low in _TOLD and tokens[told + 1].low in ("of", "on"):
                at = told + 2  # "no immediate reports of Chinese casualties"
                break
    if at < total and tokens[at].low == "of" and at + 1 < total:
        after = tokens[at + 1].low
        said = trigger_at(sentence, at + 2) if after in ("these", "those") and at + 2 < total else None
        if after in _PARTITIVE_PRONOUNS and not (said is not None and said.roles & {"noun", "bodies", "victim"}):
            return Population(number.start, at + 2, "people", None, None, (), "them", more)
        if after in ("ours", "theirs", "mine", "yours", "hers"):
            return Population(number.start, at + 2, "people", None, None, (), "", more)
        if after in ("their", "its", "our", "his") and at + 2 < total and tokens[at + 2].low in ("number", "ranks"):
            return Population(number.start, at + 3, "people", None, None, (), "them", more)
        if (
            after in ("the", "his", "her", "its", "their", "our", "my", "all", "those", "these")
            or number.mention.kind == "percent"
        ):
            partitive = "the"
        elif (said := trigger_at(sentence, at + 1)) is not None and said.start == at + 1 and said.roles & {"state", "victim"}:
            partitive = "the"  # "two of injured succumb"
        at += 1
        while at < total and tokens[at].low in (
            "the",
            "his",
            "her",
            "its",
            "their",
            "our",
            "my",
            "all",
            "a",
            "an",
            "some",
            "these",
            "those",
        ):
            at += 1
        owner = at
        while owner < min(total, at + 4) and tokens[owner].is_word and not tokens[owner].low.endswith("'s"):
            owner += 1
        if owner < total and tokens[owner].low.endswith("'s") and in_number(sentence, owner + 1):
            at = owner + 1  # "eight of the country's 14 departments"
        if at < total and in_number(sentence, at):
            inner = next(n for n in sentence.numbers if n.start <= at < n.end)
            at = inner.end
            partitive = "them"
    if at + 3 < total and tokens[at].text.isdecimal() and tokens[at + 1].text == "-" and tokens[at + 2].low == "year-old":
        at += 3  # "a 45-year-old man"
    first = at
    head: int | None = None
    kind = "bare"
    last_plain: int | None = None
    outcome_head = False
    numbers, triggers, names_at = sentence.number_at, sentence.trigger_at, sentence.name_at
    limit = min(total, first + RANGE)
    while at < limit:
        token = tokens[at]
        low = token.low
        if (
            low in ("and", "or", ",")
            and at + 1 < total
            and at > first
            and (before_ := name_at(sentence, at - 1)) is not None
            and before_.sense != "name"
            and (low != "," or not tokens[at - 1].low.endswith("s"))
        ):
            joined = name_at(sentence, at + 1)
            if joined is not None and joined.sense != "name":
                at += 1
                continue
        if not token.is_word and not (token.text in "'’\"“”" and at + 1 < total and tokens[at + 1].is_word):
            if token.text == "-" or token.text == "%":
                at += 1
                continue
            break
        if not token.is_word:
            at += 1
            continue
        if low == "or" and at > first and at + 2 < total and tokens[at + 1].low.endswith("ly") and tokens[at + 2].is_word:
            at += 1  # "46 complete or nearly complete bodies"
            continue
        if low in AUXILIARIES or low in PREPOSITIONS or at in numbers:
            break
        trigger = triggers.get(at)
        name = names_at.get(at)
        word = words[at]
        if (
            trigger is not None
            and "trans" in trigger.roles
            and trigger.voice == "bare"
            and sentence.is_active_english(trigger)
            and trigger.end < total
            and tokens[trigger.end].text != ","
        ) and not (
            words[trigger.end].kind and words[trigger.end].kind != "thing" and not in_number(sentence, trigger.end)
        ):
            break
        if trigger is not None and trigger.roles & {"noun", "victim", "lives", "bodies"} and name is None:
            if trigger.roles & {"trans", "state", "intr"} and head is not None:
                break
            end = trigger.end
            follows = words[end].kind if end < total else ""
            named = name_at(sentence, end) if end < total else None
            if named is not None and named.sense != "name" and trigger.unit == "people":
                at = end
                outcome_head = True
                continue
            if (
                follows
                and follows != "thing"
                and trigger.outcome != "casualties"
                and tokens[end].low not in ("people's",)
            ):
                at = end  # "missing persons", "wounded soldiers": the noun after is the head
                outcome_head = True
                continue
            if follows == "thing" and tokens[end].low in _NO_PEOPLE:
                return Population(number.start, end + 1, "thing", end, None, (), partitive, more)  # "212 body parts"
            head, kind, outcome_head = trigger.end - 1, "outcome", True
            at = trigger.end
            break
        if trigger is not None and name is None:
            if (
                trigger.start == at
                and trigger.end < total
                and trigger.voice in ("bare", "ing", "")
                and not ("event" in trigger.roles or "measure" in trigger.roles)
            ):
                follows = words[trigger.end].kind
                if follows and follows != "thing" and head is None and trigger.voice == "bare":
                    at = trigger.end
                    outcome_head = True
                    continue
            if word.kind and word.kind != "thing" and head is None and trigger.roles <= {"noun", "event"}:
                pass
            else:
                break
        if name is not None:
            if name.sense in ("citizen", "people") or low in ("nationals",):
                head, kind = name.end - 1, "people"
            else:
                last_plain = name.end - 1
            at = name.end
            continue
        if word.kind:
            if head is not None and kind == "people" and word.kind == "thing":
                if head == at - 1 and low.endswith("s") and not tokens[head].low.endswith("s") and low not in _CASES:
                    kind, head = "thing", at  # "12 member states", "two police checkpoints"
                break
            if word.kind == "thing":
                if head is None:
                    nxt = words[at + 1].kind if at + 1 < total else ""
                    head, kind = at, ("thing" if nxt in ("", "thing") else kind)
                    if kind != "thing":
                        head = None
            else:
                head, kind = at, "people"
            at += 1
            continue
        if head is not None and kind == "people":
            break
        if low.endswith("ly") or (low.endswith("ed") and last_plain is None):
            at += 1
            continue
        last_plain = at
        at += 1
    if head is None and last_plain is not None:
        head = last_plain
        text = tokens[head].low
        name = name_at(sentence, head)
        if (name is not None and name.sense == "adjective") or (
            text.endswith(_PEOPLE_SUFFIXES) and text not in _NOT_PEOPLE
        ):
            kind = "people"
        elif sentence.tokens[head].text[0].isupper() or not text.endswith("s"):
            # No plural: the word after the number is not what it counts.
            kind = "bare" if number.mention.low != 1 else "unknown"
            if kind == "bare":
                head = None
        else:
            kind = "unknown"
    end = (head + 1) if head is not None else first if partitive or more else number.end
    if kind == "outcome" and outcome_head and head is not None:
        end = head + 1
    inner_start = number.end
    np_end = end
    if kind in ("people", "outcome", "unknown", "bare"):
        np_end = extend_english(sentence, end)
    names = names_in(sentence, inner_start, np_end)
    group = find_group(sentence, inner_start if head is None else max(number.end, first), head, kind)
    if (kind == "bare" and number.mention.low == 1 and number.end in sentence.number_at) or (
        number.end + 1 in sentence.number_at
        and kind == "bare"
        and number.end < total
        and tokens[number.end].text[0].isupper()
        and not tokens[number.end].text.isupper()
    ):
        kind = "unknown"  # "one M-72 rocket launcher"
    if kind == "bare" and not partitive and not names:
        label = label_english(sentence, number)
        if label is not None:
            return replace(label, more=more)
    return Population(number.start, max(np_end, number.end), kind, head, group, names, partitive, more)
