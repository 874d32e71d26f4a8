"""Which nationality the words of a population say."""

from __future__ import annotations

from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.name_phrases import consular_name, names_beside, owner_name, topic_name
from cenotaph.extract.claims.population import find_nationality, is_soldierly
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Name
from cenotaph.reference.word_sets import read_word_set

_GENERIC = read_word_set("slots.generic")


def fill_nationality(draft: Draft, discourse: Discourse, siblings: list[Draft]) -> None:
    """Fill the codes, from the number's own phrase first, and the doubts where they come from elsewhere."""
    sentence, population = draft.sentence, draft.population
    names = population.names
    if not names and sentence.language == "en" and population.partitive == "them":
        names = _told_of_a_part(draft)
    if not find_nationality(names):
        beside = names_beside(draft)
        names = names or beside
        if not find_nationality(names):
            names = beside or names
    if names:
        draft.nationality = find_nationality(names)
        draft.nationality_span = (sentence.tokens[names[0].start].start, sentence.tokens[names[-1].end - 1].end)
        if any(len(name.codes) > 1 for name in names):
            draft.doubt("nationality", "the name stands for more than one place")
        if draft.nationality and is_soldierly(sentence, population.head):
            draft.doubt("nationality", "may mean the side served")
        citizens = population.head is not None and _is_citizens(sentence, population.head)
        told = bool(discourse.themes.get("foreigners"))  # a text about citizens of several states
        if draft.nationality and population.label and names[0].sense == "name" and not citizens and not told:
            draft.doubt("nationality", "a country's name in a list: may be the place")
        told = names[0].start >= population.end and population.partitive == "them" and sentence.language == "en"
        if draft.nationality and not told and not population.names and (population.head is None or names[0].sense == "name"):
            draft.doubt("nationality", "read from the clause, not from the number's own phrase")
        return
    owner = owner_name(draft)
    if owner is not None:
        draft.nationality = find_nationality((owner,))
        draft.nationality_span = (sentence.tokens[owner.start].start, sentence.tokens[owner.end - 1].end)
        draft.doubt("nationality", "read from whose own people the source speaks of")
        return
    consul = consular_name(draft)
    if consul is not None and population.kind in ("bare", "outcome"):
        draft.nationality = find_nationality((consul,))
        draft.doubt("nationality", "not said: read from whose foreign ministry or embassy speaks")
        return
    topic = topic_name(sentence)
    if topic is not None and topic.end <= draft.number.start and population.kind in ("bare", "people", "outcome"):
        draft.nationality = find_nationality((topic,))
        draft.nationality_span = (sentence.tokens[topic.start].start, sentence.tokens[topic.end - 1].end)
        return
    if draft.parent is not None and draft.parent.nationality:
        _take_nationality(draft, draft.parent)
        return
    previous = siblings[siblings.index(draft) - 1] if draft in siblings and siblings.index(draft) else None
    if (
        previous is not None
        and previous.nationality
        and previous.population.names
        and all(n.sense == "adjective" for n in previous.population.names)
        and draft.population.names == ()
    ):
        between = [token.low for token in sentence.tokens[previous.population.end : draft.number.start]]
        if (
            len(between) <= 3
            and all(word in (",", "and", "и", "та", "ещё", "еще", "another", "а") for word in between)
            and population.kind in ("people", "bare", "outcome")
        ):
            _take_nationality(draft, previous)
            return
    if previous is not None and previous.nationality and _is_anaphoric(draft) and len(previous.nationality) == 1:
        between = [token.low for token in sentence.tokens[previous.number.end : draft.number.start]]
        if not any(
            n.start >= previous.number.end and n.end <= draft.number.start and n.sense != "name"
            for n in sentence.names
            if n not in previous.population.names
        ) and any(word in (",", "and", "и", "та", "while", "а", ";") for word in between):
            _take_nationality(draft, previous)
            draft.doubt("nationality", "carried over from the number before")
            return
    if population.head is not None and _is_citizens(sentence, population.head):
        codes = tuple(discourse.nationalities) or (tuple(discourse.topics) if sentence.language == "en" else ())
        if len(codes) == 1:
            draft.nationality = codes
            draft.doubt("nationality", "carried over: citizens, of which state the words do not say")
            return
        if sentence.language != "en":
            draft.doubt("nationality", "citizens, of which state the words do not say")
    if sentence.language != "en" or not _is_anaphoric(draft):
        return
    later = {code for n in sentence.names if n.start >= population.end for code in n.codes}
    topics = {code for code, index in discourse.topics.items() if index < discourse.index or code not in later}
    known = set(discourse.nationalities) | topics
    abroad = discourse.formal or any(
        other.outcome in ("recruited", "fighting") or (other.side and other.nationality) for other in discourse.drafts[:_FIRST]
    )
    if len(known) == 1 and topics and abroad:
        draft.nationality = tuple(known)
        draft.doubt("nationality", "carried over from what the text is about")


_FIRST = 8
_LEADS = 4
_FOREIGN = frozenset(
    {"foreign", "foreigners", "nationalities", "nationality", "citizenship", "passport", "passports", "mercenaries"}
)


def _told_of_a_part(draft: Draft) -> tuple[Name, ...]:
    """Return the Kenyans of "12 of them Kenyans", "12 of whom were Kenyans"."""
    sentence = draft.sentence
    at = draft.population.end
    while at < len(sentence.tokens) and sentence.tokens[at].low in ("were", "was", "are", "is", "being"):
        at += 1
    name = sentence.name_at.get(at)
    return (name,) if name is not None and name.start == at and name.sense in ("citizen", "people") else ()


_CITIZENS = read_word_set("slots.citizens")
_CITIZENS_RU = read_word_set("slots.citizens_ru")


def _is_citizens(sentence: Sentence, head: int) -> bool:
    return sentence.tokens[head].low in _CITIZENS or bool(_CITIZENS_RU & set(sentence.words[head].parse.lemmas))


def _take_nationality(draft: Draft, other: Draft) -> None:
    draft.nationality = other.nationality


def follow_topics(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep whose people the first sentences of a text are about."""
    if index <= _LEADS and sentence.language == "en" and not _FOREIGN.isdisjoint(sentence.lows):
        discourse.themes["foreigners"] = index + 1
    if index > 2:
        return
    tokens = sentence.tokens
    for name in sentence.names:
        if len(name.codes) != 1 or len(name.codes[0]) != 2:
            continue
        low = tokens[name.end - 1].low
        noun = name.sense in ("citizen", "people") and (
            low.endswith("s") or sentence.language != "en" or low == tokens[name.end - 1].text
        )
        after = tokens[name.end].low if name.end < len(tokens) else ""
        if after and after in (
            "army",
            "forces",
            "government",
            "ministry",
            "president",
            "side",
            "soldiers",
            "troops",
            "officials",
            "authorities",
            "minister",
        ):
            continue
        if (
            noun
            and sentence.language == "en"
            and not low.endswith("s")
            and after
            not in ("nationals", "citizens", "men", "women", "fighters", "volunteers", "migrants", "recruits")
        ):
            continue
        discourse.formal = discourse.formal or after in ("nationals", "citizens")
        if noun or after in ("nationals", "citizens"):
            discourse.topics.setdefault(name.codes[0], index)


def _is_anaphoric(draft: Draft) -> bool:
    population = draft.population
    if population.partitive or population.more or population.kind in ("bare", "outcome"):
        return True
    return population.head is not None and draft.sentence.tokens[population.head].low in _GENERIC
