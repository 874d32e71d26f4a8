"""Who the people of a claim are: the group that its own phrase, a predicate, an apposition or a measured noun names."""

from __future__ import annotations

from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.word_sets import read_word_set


def note_listed(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep whom the lead of an English table counts, "Dead and injured civilians, by district": its rows say it no more."""
    if index > _LEADS or not sentence.triggers or discourse.columns is not None:
        return
    if any(n.mention.certain for n in sentence.numbers):
        return
    for trigger in sentence.triggers:
        beside = trigger.end if trigger.end < len(sentence.tokens) else trigger.start - 1
        if beside >= 0 and sentence.words[beside].kind == "group" and trigger.outcome in _LISTED and not trigger.negated:
            discourse.listed = (index, sentence.tokens[beside].text)
            return


_LEADS = 6
_LISTED = frozenset({"killed", "wounded", "missing", "captured", "detained", "casualties"})


def fill_group(draft: Draft, siblings: list[Draft], discourse: Discourse) -> None:
    """Fill who the people of a claim are, from the number's own phrase first, then from what stands beside or before it."""
    sentence, population = draft.sentence, draft.population
    if population.group is not None:
        start, end = population.group
        if start < end:
            end = _reach_group(sentence, end) if sentence.language == "en" else end
            draft.group = sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end]
    if draft.group is None and sentence.language == "en" and population.partitive == "them":
        draft.group = _apposed_group(draft)
    if draft.group is None and sentence.language == "en":
        draft.group = _joined_group(draft, siblings) or _measured_group(draft)
    if (
        draft.group is None
        and draft.parent is not None
        and population.kind in ("bare", "people")
        and population.head is None
    ):
        draft.group = draft.parent.group
    if draft.group is None and discourse.listed is not None and draft.how == "list" and discourse.columns is not None:
        draft.group = discourse.listed[1] if sentence.language == "en" and not population.names else None
    of_whole = sentence.language == "ru" and bool(population.partitive)
    if draft.group is None or population.head is None or of_whole:
        predicate = _predicate_group(draft)
        if predicate is not None:
            draft.group = predicate


_OF_WHAT = frozenset({"members", "member", "citizens", "leaders", "defenders", "prisoners"})
_OF_LONGEST = 4
_STOPS = frozenset(
    {"who", "that", "which", "were", "was", "are", "is", "had", "have", "has", "and", "or", "but", "in", "at", "on", "near"}
    | {"from", "by", "to", "with", "for", "as", "after", "during", "since", "while", "when", "among", "including", "serving"}
)


def _reach_group(sentence: Sentence, end: int) -> int:
    """Return where a group ends whose noun says little without what it is of: "members of one family"."""
    tokens = sentence.tokens
    if end >= len(tokens) or tokens[end].low != "of" or tokens[end - 1].low not in _OF_WHAT:
        return end
    at = end + 1
    while at < len(tokens) and at - end <= _OF_LONGEST and tokens[at].is_word | tokens[at].text.isdecimal():
        if tokens[at].low in _STOPS or (at in sentence.trigger_at and tokens[at].low != "war"):
            break
        at += 1
    name = sentence.name_at.get(at - 1)
    country = name is not None and name.start <= end + 2 and len(name.codes) == 1
    if at == end + 1 or tokens[at - 1].low in ("the", "of") or country:
        return end  # "citizens of Cuba": that is their nationality
    return at


def _apposed_group(draft: Draft) -> str | None:
    """Return the group set beside a part: "26 of them civilians", "one of whom (girl, 9)", "one of them a conscript"."""
    sentence = draft.sentence
    tokens, words = sentence.tokens, sentence.words
    start = draft.population.end
    if start < len(tokens) and tokens[start].text in ",(" and draft.number.mention.low == 1:
        start += 1
    if start < len(tokens) and tokens[start].low in ("a", "an"):
        start += 1
    for end in range(start, min(len(tokens), start + _APPOSED)):
        if words[end].kind not in ("", "thing") or tokens[end].low == "pregnant":
            named = sentence.name_at.get(start)
            if named is not None and named.end > end:
                return None  # "two of them Kenyans": that is their nationality
            return sentence.text[tokens[start].start : tokens[_reach_group(sentence, end + 1) - 1].end]
        if not tokens[end].is_word or tokens[end].low in _STOPS or end in sentence.trigger_at:
            return None
    return None


_APPOSED = 3
_JOINED = 4
_MEASURES = frozenset({"number", "share", "proportion", "count", "tally", "total"})
_MEASURE_REACH = 16
_NOUN_REACH = 4


def _measured_group(draft: Draft) -> str | None:
    """Return whom a figure told before or behind counts: "bringing to 14 the number of staff killed", "33 civilian deaths"."""
    sentence, population = draft.sentence, draft.population
    tokens = sentence.tokens
    if population.kind == "outcome" and population.head is not None:
        before = population.head - 1
        civilian = before >= draft.number.end and tokens[before].low in _CIVIL
        return sentence.text[tokens[before].start : tokens[before].end] if civilian else None
    if population.kind != "bare" or population.partitive:
        return None
    trigger = draft.binding.trigger if draft.binding is not None else None
    told = trigger is not None and "event" in trigger.roles and trigger.start >= draft.number.end
    if trigger is not None and told and tokens[trigger.end - 1].low == "of":
        return _read_noun(sentence, trigger.end)  # "900 deaths of miners"
    first, last = max(0, draft.number.start - _MEASURE_REACH), min(len(tokens) - 1, draft.number.end + 3)
    for at in range(last, first, -1):
        if tokens[at].low != "of" or tokens[at - 1].low not in _MEASURES:
            continue
        if any(min(at, draft.number.start) < n.start < max(at, draft.number.start) for n in sentence.numbers):
            return None
        start = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].low in ("the", "its", "their", "our"))
        return _read_noun(sentence, start)
    return None


def _read_noun(sentence: Sentence, start: int) -> str | None:
    """Return the noun phrase for people that begins at a token, None where it is a people's name or none is near."""
    tokens = sentence.tokens
    for end in range(start, min(len(tokens), start + _NOUN_REACH)):
        if sentence.words[end].kind not in ("", "thing"):
            single = sentence.name_at.get(end)
            if single is not None and single.start == start:
                return None
            return sentence.text[tokens[start].start : tokens[end].end]
        told = sentence.trigger_at.get(end)
        if not tokens[end].is_word or tokens[end].low in _STOPS or (told is not None and told.start >= start):
            return None
    return None


_CIVIL = frozenset({"civilian", "military", "child", "police"})


def _joined_group(draft: Draft, siblings: list[Draft]) -> str | None:
    """Return the group of the number right before: that of "killed 187 civilians" in "and injured 803"."""
    sentence, population = draft.sentence, draft.population
    at = siblings.index(draft) if draft in siblings else 0
    if not at or population.kind != "bare" or population.partitive or population.more or draft.unit == "percent":
        return None
    before = siblings[at - 1]
    if before.group is None or before.unit == "percent" or before.outcome == draft.outcome or draft.binding is None:
        return None
    if at > 1 and siblings[at - 2].group not in (None, before.group):
        return None
    between = sentence.tokens[before.population.end : draft.number.start]
    lows = {token.low for token in between}
    inside = any(before.population.end <= t.start < draft.number.start for t in sentence.triggers)
    joined = len(between) <= _JOINED and bool({"and", ","} & lows) and not {";", "(", ":"} & lows
    return before.group if joined and inside else None


def _predicate_group(draft: Draft) -> str | None:
    """Return the group that a predicate gives: "Six of the skeletons were women", "43 ... were former prisoners"."""
    sentence, population = draft.sentence, draft.population
    tokens, words = sentence.tokens, sentence.words
    if sentence.language != "en":
        return _slavic_predicate(draft)
    limit = min(len(tokens), population.end + 10)
    for at in range(population.end, limit):
        if sentence.lows[at] in _COPULAS and draft.how in ("part", "own"):
            subject = sentence.number_at.get(at - 1) if at > population.end else None
            if subject is not None and subject.start and tokens[subject.start - 1].text == ",":
                return None  # "Of the 40 wounded, 12 were children": said of the 12
            start = at + 1
            end = start
            while end < min(len(tokens), start + 4) and tokens[end].is_word and not words[end].kind:
                if tokens[end].low in ("in", "of", "the", "by", "from", "to", "and", "not"):
                    return None
                end += 1
            if any((t := sentence.trigger_at.get(at)) is not None and t.voice for at in range(start, end)):
                return None  # "are held as prisoners of war"
            if end < len(tokens) and words[end].kind not in ("", "thing") and end - start <= 3:
                return sentence.text[tokens[start].start : tokens[_reach_group(sentence, end + 1) - 1].end]
            return None
        if tokens[at].text in ".;":
            return None
    return None


_COPULAS = frozenset({"were", "was", "are", "is"})


def _slavic_predicate(draft: Draft) -> str | None:
    """Return the group of "трое из них полицейские", "шестеро из них — дети", "из 66 погибших 46 были заключёнными"."""
    sentence, population = draft.sentence, draft.population
    tokens, words = sentence.tokens, sentence.words
    bare = population.head is None or population.label
    if not population.partitive and not (bare and _is_of_a_whole(sentence, draft.number.start)):
        return None
    start = population.end
    case: tuple[str, ...] = ("nomn", "ablt")
    if start < len(tokens) and tokens[start].text in "—–-":
        start += 1
        case = ("nomn",)
    elif start < len(tokens) and tokens[start].low in _BEING:
        start += 1
        case = ("ablt",)
    elif not population.partitive:
        return None
    if start < len(tokens) and tokens[start].low in ("ранее", "прежде", "раньше"):
        start += 1
    end = start
    while end < min(len(tokens), start + 2) and "ADJF" in words[end].parse.kinds and words[end].kind in ("", "generic"):
        if end + 1 < len(tokens) and not tokens[end + 1].is_word:
            break
        end += 1
    if end >= len(tokens) or words[end].kind in ("", "thing") or end in sentence.number_at:
        return None
    if not any(one in words[end].parse.cases for one in case) or sentence.name_at.get(end) is not None:
        return None
    if end + 1 < len(tokens) and tokens[end + 1].low == "и":
        return None  # "мать и двое детей": not all of them
    if not _NATIONALS.isdisjoint(words[end].parse.lemmas):
        return None  # "один из них был гражданином Турции": that is his nationality
    return sentence.text[tokens[start].start : tokens[end].end]


_BEING = frozenset({"были", "был", "была", "являлись", "являются", "оказались", "оказался", "стали"})
_WHOLE_REACH = 8
_NATIONALS = read_word_set("slots.citizens_ru") | {"выходец", "уроженец", "житель"}


def _is_of_a_whole(sentence: Sentence, at: int) -> bool:
    """Return whether a bare Russian number stands behind "Из 66 погибших граждан", "Среди них"."""
    tokens = sentence.tokens
    for before in range(at - 1, max(-1, at - 1 - _WHOLE_REACH), -1):
        if tokens[before].low in ("из", "среди"):
            return True
        if not tokens[before].is_word and not tokens[before].text.isdecimal():
            return False
    return False
