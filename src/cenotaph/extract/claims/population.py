"""Whom a number counts: its noun phrase, nationality and group, in the population's own words."""

from __future__ import annotations

from typing import NamedTuple

from cenotaph.extract.claims.sentence import Name, Number, Sentence, Trigger
from cenotaph.reference.word_sets import read_word_set

_AUXILIARIES = read_word_set("population.auxiliaries")
_PREPOSITIONS = read_word_set("population.prepositions")
_ANAPHORS = read_word_set("population.anaphors")
_PARTITIVE_PRONOUNS = read_word_set("population.partitive_pronouns")
_PEOPLE_SUFFIXES = ("man", "men", "ers", "ors", "ists", "ians", "ees", "ants", "ents", "ist", "ian", "ee")
_NOT_PEOPLE = ("numbers", "papers", "flowers", "rivers", "towers", "letters", "orders", "offers", "factors", "centers", "quarters", "tankers",
               "containers", "posters", "headquarters", "boosters", "rollers", "computers", "mortars", "events", "moments", "documents", "payments",
               "settlements", "agreements", "monuments", "statements", "apartments", "continents", "elements", "incidents", "accidents",
               "restaurants", "plants", "grants", "warrants", "percents", "cents", "parents", "tents", "patents", "contents", "committee", "degree", "coffee",
               "launchers", "carriers", "bombers", "destroyers", "fighters.", "engineers.", "meters", "liters", "sectors", "tractors", "doors", "floors", "errors",
               "reactors", "motors", "helicopters", "trailers", "bulldozers", "freighters", "trawlers", "steamers", "customers.")  # fmt: skip
_VERBISH = ("ed",)
_RU_PARTITIVE = read_word_set("population.ru_partitive")
_SLAVIC_STOP = read_word_set("population.slavic_stop")
_RU_BODIES = read_word_set("population.ru_bodies")
_SOLDIERLY = read_word_set("population.soldierly")
_RANGE = 9


class Population(NamedTuple):
    """The noun phrase that a number counts.

    Parameters
    ----------
    start, end
        Tokens of the phrase, the number included.
    kind
        ``people``, ``outcome`` (the head says what happened: "72 deaths"), ``unknown`` (a noun in no table), ``bare`` (no noun),
        ``thing``.
    head
        Token of the head, or None.
    group
        Tokens of the words for the group, or None.
    names
        What in the phrase names a nationality.
    partitive
        ``them`` ("four of them"), ``the`` ("two of the dead"), or empty.
    more
        Whether words such as "more", "other", "another" go with the number.
    label
        Whether the words stand before the number as a row's label ("Tajiks (412)").
    """

    start: int
    end: int
    kind: str
    head: int | None
    group: tuple[int, int] | None
    names: tuple[Name, ...]
    partitive: str
    more: str
    label: bool = False


def find_population(sentence: Sentence, number: Number) -> Population:
    """Return whom or what a number counts."""
    if sentence.language == "en":
        return _find_english(sentence, number)
    return _find_slavic(sentence, number)


def _names_in(sentence: Sentence, start: int, end: int) -> tuple[Name, ...]:
    return tuple(name for name in sentence.names if name.start >= start and name.end <= end)


def _trigger_at(sentence: Sentence, at: int) -> Trigger | None:
    return sentence.trigger_at.get(at)


def _name_at(sentence: Sentence, at: int) -> Name | None:
    return sentence.name_at.get(at)


def _in_number(sentence: Sentence, at: int) -> bool:
    return at in sentence.number_at


def _find_english(sentence: Sentence, number: Number) -> Population:
    tokens, words = sentence.tokens, sentence.words
    at = number.end
    total = len(tokens)
    more = ""
    partitive = ""
    low = tokens[number.start].low
    inside = [
        tokens[i].low for i in range(number.start, number.end)
        if tokens[i].low in _ANAPHORS and not (tokens[i].low == "more" and (i + 1 >= total or tokens[i + 1].low in ("than", "or") or i > number.start and tokens[i - 1].low in ("or", "perhaps")))
    ]
    if inside:
        more = inside[0]
    while at < total and tokens[at].low in _ANAPHORS and at < number.end + 2 and not (tokens[at].low == "more" and at + 1 < total and tokens[at + 1].low == "than"):
        more = more or tokens[at].low
        at += 1
    if at < total and tokens[at].low == "of" and at + 1 < total:
        after = tokens[at + 1].low
        if after in _PARTITIVE_PRONOUNS:
            return Population(number.start, at + 2, "people", None, None, (), "them", more)
        if after in ("the", "his", "her", "its", "their", "our", "my", "all", "those") or number.mention.kind == "percent":
            partitive = "the"
        at += 1
        while at < total and tokens[at].low in ("the", "his", "her", "its", "their", "our", "my", "all", "a", "an", "some"):
            at += 1
        if at < total and _in_number(sentence, at):
            inner = next(n for n in sentence.numbers if n.start <= at < n.end)
            at = inner.end
            partitive = "them"
    first = at
    head: int | None = None
    kind = "bare"
    last_plain: int | None = None
    outcome_head = False
    while at < min(total, first + _RANGE):
        token = tokens[at]
        low = token.low
        if not token.is_word and not (token.text in "'’\"“”" and at + 1 < total and tokens[at + 1].is_word):
            if token.text == "-" or token.text == "%":
                at += 1
                continue
            break
        if not token.is_word:
            at += 1
            continue
        if low in ("and", "or") and at + 1 < total and at > first and (before_ := _name_at(sentence, at - 1)) is not None and before_.sense != "name":
            joined = _name_at(sentence, at + 1)
            if joined is not None and joined.sense != "name":
                at += 1
                continue
        if low in _AUXILIARIES or low in _PREPOSITIONS or _in_number(sentence, at):
            break
        trigger = _trigger_at(sentence, at)
        name = _name_at(sentence, at)
        word = words[at]
        if trigger is not None and trigger.roles & {"trans"} and trigger.voice == "bare" and sentence.is_active_english(trigger) and trigger.end < total and tokens[trigger.end].text != ",":
            if not (words[trigger.end].kind and words[trigger.end].kind != "thing" and not _in_number(sentence, trigger.end)):
                break
        if trigger is not None and trigger.roles & {"noun", "victim", "lives", "bodies"} and name is None:
            if trigger.roles & {"trans", "state", "intr"} and head is not None:
                break
            end = trigger.end
            follows = words[end].kind if end < total else ""
            named = _name_at(sentence, end) if end < total else None
            if named is not None and named.sense != "name" and trigger.unit == "people":
                at = end
                outcome_head = True
                continue
            if follows and follows != "thing" and trigger.outcome != "casualties" and tokens[end].low not in ("people's",):
                at = end  # "missing persons", "wounded soldiers": the noun after is the head
                outcome_head = True
                continue
            if "state" in trigger.roles and head is None and last_plain is not None:
                pass
            head, kind, outcome_head = trigger.end - 1, "outcome", True
            at = trigger.end
            break
        if trigger is not None and name is None:
            if trigger.start == at and trigger.end < total and trigger.voice in ("bare", "ing", "") and not trigger.roles & {"event", "measure"}:
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
        if low.endswith("ly") or low.endswith("ed") and last_plain is None:
            at += 1
            continue
        last_plain = at
        at += 1
    if head is None and last_plain is not None:
        head = last_plain
        text = tokens[head].low
        name = _name_at(sentence, head)
        if name is not None and name.sense == "adjective":
            kind = "people"
        elif text.endswith(_PEOPLE_SUFFIXES) and text not in _NOT_PEOPLE:
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
        np_end = _extend_english(sentence, end)
    names = _names_in(sentence, inner_start, np_end)
    group = _find_group(sentence, inner_start if head is None else _group_start(sentence, number, first), head, kind)
    if kind == "bare" and number.mention.low == 1 and number.end in sentence.number_at or number.end + 1 in sentence.number_at and kind == "bare" and number.end < total and tokens[number.end].text[0].isupper() and not tokens[number.end].text.isupper():
        kind = "unknown"  # "one M-72 rocket launcher"
    if kind == "bare" and not partitive and not names:
        label = _label_english(sentence, number)
        if label is not None:
            return label._replace(more=more)
    return Population(number.start, max(np_end, number.end), kind, head, group, names, partitive, more)


def _group_start(sentence: Sentence, number: Number, first: int) -> int:
    return max(number.end, first)


def _extend_english(sentence: Sentence, end: int) -> int:
    """Extend a noun phrase by "of X", "from X and Y" where X is a name."""
    tokens = sentence.tokens
    total = len(tokens)
    at = end
    for _ in range(3):
        if at < total and tokens[at].low in ("of", "from"):
            step = at + 1
            if step < total and tokens[step].low == "the":
                step += 1
            name = next((n for n in sentence.names if n.start == step), None)
            if name is None:
                break
            following_word = tokens[name.end] if name.end < total else None
            if name.sense != "name" and following_word is not None and following_word.is_word and following_word.low not in _PREPOSITIONS and following_word.low not in _AUXILIARIES and following_word.low not in ("nationality", "origin", "descent", "citizenship", "killed", "wounded"):
                break  # "daughters of the Israeli ambassador"
            at = name.end
            while at + 1 < total and tokens[at].low in (",", "and", "or"):
                following = next((n for n in sentence.names if n.start in (at + 1, at + 2) and n.start < at + 3), None)
                if following is None or any(_in_number(sentence, i) for i in range(at, following.start)):
                    break
                at = following.end
            continue
        break
    return at


def _label_english(sentence: Sentence, number: Number) -> Population | None:
    """Return the population of a label right before a number: "civilians killed 342", "Tajiks (412)", "Gambia: 12"."""
    tokens, words = sentence.tokens, sentence.words
    if number.end < len(tokens) and tokens[number.end].is_word and tokens[number.end].low not in _PREPOSITIONS and tokens[number.end].low not in _AUXILIARIES:
        return None
    at = number.start - 1
    while at >= 0 and tokens[at].text in "(:—–-\"“=":
        at -= 1
    steps = 0
    while at >= 0 and steps < 3 and (trigger := _trigger_at(sentence, at)) is not None and trigger.voice in ("bare", "") and not trigger.roles & {"measure", "event"}:
        at = trigger.start - 1
        steps += 1
    if at < 0 or number.start - at > 5:
        return None
    if at + 1 == number.start and tokens[at].is_word:
        return None  # nothing between: not a label but running text
    name = _name_at(sentence, at)
    if name is not None and (name.sense in ("citizen", "people") or (name.sense == "name" and tokens[number.start - 1].text in "(:—–-")):
        return Population(name.start, number.end, "people", name.end - 1, None, (name,), "", "", True)
    if words[at].kind and words[at].kind != "thing":
        names = _names_in(sentence, max(0, at - 2), at)
        return Population(at, number.end, "people", at, (at, at + 1), names, "", "", True)
    return None


def _find_group(sentence: Sentence, start: int, head: int | None, kind: str) -> tuple[int, int] | None:
    if head is None or kind != "people":
        return None
    tokens, words = sentence.tokens, sentence.words
    begin = max(start, 0)
    name = _name_at(sentence, head)
    if name is not None and name.sense != "adjective":
        return None
    while begin < head:
        inner = _name_at(sentence, begin)
        if inner is not None:
            begin = inner.end
        elif tokens[begin].low in _ANAPHORS or not tokens[begin].is_word or tokens[begin].low in ("of", "the", "his", "her", "my", "their", "our"):
            begin += 1
        else:
            break
    if begin > head:
        begin = head
    if words[head].kind == "generic" and begin == head and tokens[head].low in ("people", "persons", "person", "человек", "чел", "люди", "осіб"):
        return None
    return begin, head + 1


def _find_slavic(sentence: Sentence, number: Number) -> Population:
    tokens, words = sentence.tokens, sentence.words
    total = len(tokens)
    at = number.end
    more = ""
    if number.start and tokens[number.start - 1].low in ("еще", "ще"):
        more = "more"
    partitive = ""
    # "двое из них", "39 из них", "один из погибших"
    if at + 1 < total and tokens[at].low in ("из", "з", "із") and tokens[at + 1].low in ("них", "которых", "этих", "тех", "яких", "числа"):
        return Population(number.start, at + 2, "people", None, None, (), "them", more)
    first = at
    if at < total and tokens[at].low in ("из", "з", "із"):
        partitive = "the"
        at += 1
    head: int | None = None
    kind = "bare"
    end = at
    modifiers: list[int] = []
    limit = min(total, at + _RANGE)
    while at < limit:
        token = tokens[at]
        low = token.low
        if not token.is_word:
            if token.text in "«\"“„":
                at += 1
                continue
            if token.text == "." and at and tokens[at - 1].low in ("чел", "тыс", "млн"):
                at += 1
                continue
            break
        if low in _SLAVIC_STOP and not (low in ("не",) and False):
            break
        if _in_number(sentence, at):
            break
        word = words[at]
        parse = word.parse
        trigger = _trigger_at(sentence, at)
        name = _name_at(sentence, at)
        if sentence.language == "ru" and name is None and parse.kinds and not parse.kinds & {"NOUN", "ADJF", "PRTF", "NPRO", "NUMR"} and not word.kind:
            break
        if name is not None:
            if name.sense == "name":
                if head is None and kind == "bare" and not tokens[name.start - 1].low == "из":
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
        if trigger is not None and trigger.roles & {"noun", "victim", "bodies", "lives"} and (trigger.voice in ("", "part")):
            following = words[trigger.end] if trigger.end < total else None
            if head is None and following is not None and following.kind and following.kind != "thing" and trigger.voice == "part":
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
                if "ADJF" in parse.kinds and at + 1 < total and "NOUN" in words[at + 1].parse.kinds and words[at + 1].kind and words[at + 1].kind != "thing":
                    modifiers.append(at)
                    at += 1
                    continue
                head, kind = at, "people"
                at += 1
                end = at
                continue
            if word.kind == "thing":
                head, kind = at, "thing"
                break
            if parse.kinds & {"ADJF", "PRTF"} and not ("NOUN" in parse.kinds and not parse.kinds & {"PRTF"} and parse.animate):
                modifiers.append(at)
                at += 1
                continue
            if "NOUN" in parse.kinds:
                head = at
                kind = "people" if parse.animate and not parse.inanimate else "thing" if parse.inanimate and not parse.animate else "unknown"
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
    if kind == "bare" and modifiers:
        head = modifiers[-1]
        word = words[head]
        kind = "people" if word.kind and word.kind != "thing" else "unknown"
        if word.kind == "" and "ADJF" in word.parse.kinds and any(c in word.parse.cases for c in ("gent", "nomn")) and word.parse.plural:
            kind = "people"  # substantivised: "двое гражданских"
        end = head + 1
    np_end = _extend_slavic(sentence, max(end, number.end)) if head is not None or partitive else number.end
    names = _names_in(sentence, number.end, np_end)
    if kind in ("bare", "thing", "unknown"):
        label = _label_slavic(sentence, number)
        if label is not None and (kind == "bare" or kind == "unknown"):
            return label._replace(more=more)
    group = _find_group(sentence, number.end, head, kind) if head is not None else None
    return Population(number.start, max(np_end, number.end), kind, head, group, names, partitive, more)


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
            name = next((n for n in sentence.names if n.start == step or (n.start == step + 1 and not _in_number(sentence, step))), None)
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


def _label_slavic(sentence: Sentence, number: Number) -> Population | None:
    """Return the population of a label before a number: "узбеков (47)", "добровольцев 34 %", "Медальонов шесть"."""
    tokens, words = sentence.tokens, sentence.words
    at = number.start - 1
    marks = 0
    while at >= 0 and tokens[at].text in "(:—–-«\",":
        if tokens[at].text == "," and marks:
            return None
        at -= 1
        marks += 1
    if at < 0 or marks > 2:
        return None
    while at >= 0 and tokens[at].low in ("было", "всего", "лишь", "только", "уже", "ровно", "стало"):
        at -= 1
    if at < 0:
        return None
    name = _name_at(sentence, at)
    if name is not None and (name.sense in ("citizen", "people") or (name.sense == "name" and marks)):
        return Population(name.start, number.end, "people", name.end - 1, None, (name,), "", "", True)
    word = words[at]
    trigger = _trigger_at(sentence, at)
    if trigger is not None and not (trigger.outcome in ("recruited", "fighting") and trigger.voice == "part") or word.low in ("пор", "раз", "число", "количество", "итог", "общей", "сложности"):
        return None
    if (word.kind and word.kind != "thing" or trigger is not None) and ("gent" in word.parse.cases or not word.parse.cases or marks):
        begin = at
        while begin > 0 and words[begin - 1].parse.kinds & {"ADJF"} and "gent" in words[begin - 1].parse.cases and begin > at - 2:
            begin -= 1
        return Population(begin, number.end, "people", at, (begin, at + 1), _names_in(sentence, begin, at + 1), "", "", True)
    if sentence.language == "ru" and marks == 0 and "NOUN" in word.parse.kinds and "gent" in word.parse.cases and word.parse.plural and word.parse.inanimate:
        return Population(at, number.end, "thing", at, None, (), "", "", True)
    return None


def find_nationality(names: tuple[Name, ...]) -> tuple[str, ...]:
    """Return the codes that names give, in the order of the text, each once."""
    found: dict[str, None] = {}
    for name in names:
        if len(name.codes) == 1 and len(name.codes[0]) == 2:
            found[name.codes[0]] = None
    return tuple(found)


def is_soldierly(sentence: Sentence, head: int | None) -> bool:
    """Return whether a head is a word for the soldiers of an army, whose "Russian" may be the side served."""
    return head is not None and (sentence.tokens[head].low in _SOLDIERLY or bool(_SOLDIERLY & set(sentence.words[head].parse.lemmas)))
