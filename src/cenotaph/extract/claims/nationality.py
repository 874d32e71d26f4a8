"""Which nationality the words of a population say."""

from __future__ import annotations

from cenotaph.extract.claims.attribution import sources_of
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.inheritance import Discourse
from cenotaph.extract.claims.population import find_nationality, is_soldierly
from cenotaph.extract.claims.sentence import Name, Sentence
from cenotaph.reference.word_sets import read_word_set

_COPULAS = read_word_set("slots.copulas")
_SKIPPED = read_word_set("slots.skipped")
_SUFFERING = read_word_set("slots.suffering")
_GENERIC = read_word_set("slots.generic")
_SUBJECT_VERBS = read_word_set("nationality.subject_verbs")


def fill_nationality(draft: Draft, discourse: Discourse, siblings: list[Draft]) -> None:
    """Fill the codes, from the number's own phrase first, and the doubts where they come from elsewhere."""
    sentence, population = draft.sentence, draft.population
    names = population.names
    if not find_nationality(names):
        names = names or _names_beside(draft)
        if not find_nationality(names):
            names = _names_beside(draft) or names
    if names:
        draft.nationality = find_nationality(names)
        draft.nationality_span = (sentence.tokens[names[0].start].start, sentence.tokens[names[-1].end - 1].end)
        if any(len(name.codes) > 1 for name in names):
            draft.doubt("nationality", "the name stands for more than one place")
        if draft.nationality and is_soldierly(sentence, population.head):
            draft.doubt("nationality", "may mean the side served")
        if draft.nationality and population.label and names[0].sense == "name":
            draft.doubt("nationality", "a country's name in a list: may be the place")
        if draft.nationality and population.head is None and not population.names:
            draft.doubt("nationality", "read from the clause, not from the number's own phrase")
        return
    owner = _owner_name(draft)
    if owner is not None:
        draft.nationality = find_nationality((owner,))
        draft.nationality_span = (sentence.tokens[owner.start].start, sentence.tokens[owner.end - 1].end)
        draft.doubt("nationality", "read from whose own people the source speaks of")
        return
    consul = _consular_name(draft)
    if consul is not None and population.kind in ("bare", "outcome"):
        draft.nationality = find_nationality((consul,))
        draft.doubt("nationality", "not said: read from whose foreign ministry or embassy speaks")
        return
    topic = _topic_name(sentence)
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
        if len(discourse.nationalities) == 1:
            draft.nationality = tuple(discourse.nationalities)
            draft.doubt("nationality", "carried over: citizens, of which state the words do not say")
            return
        draft.doubt("nationality", "citizens, of which state the words do not say")
    known = set(discourse.nationalities) | set(discourse.topics)
    if len(known) == 1 and discourse.topics and _is_anaphoric(draft):
        draft.nationality = tuple(known)
        draft.doubt("nationality", "carried over from what the text is about")


def _owner_name(draft: Draft) -> Name | None:
    """Return the state whose own people are counted: "The Sri Lankan government ... soldiers from its ranks"."""
    sentence, population = draft.sentence, draft.population
    tokens = sentence.tokens
    owning = False
    for at in range(population.start, min(len(tokens), population.end + 5)):
        low = tokens[at].low
        if tokens[at].text in ";.":
            break
        if low in ("its", "their", "our", "own", "своих", "наших", "своего", "нашего", "своим", "нашим", "своими"):
            owning = True
            break
        if low == "страны" and at <= population.end:
            owning = True
            break
    if not owning:
        return None
    for source in sources_of(sentence):
        for name in sentence.names:
            if (
                source.start <= name.start
                and name.end <= source.end
                and len(name.codes) == 1
                and len(name.codes[0]) == 2
            ):
                return name
    return next(
        (n for n in sentence.names if n.sense == "name" and n.end <= draft.number.start and n.start <= 4), None
    )


def _consular_name(draft: Draft) -> Name | None:
    """Return whose foreign ministry, embassy or consulate speaks: it speaks of its own citizens where no others are named."""
    sentence = draft.sentence
    for source in sources_of(sentence):
        lows = [token.low for token in sentence.tokens[source.start : source.end]]
        if not any(
            low in ("embassy", "consulate", "мид", "foreign") or low.startswith(("посольств", "консульств"))
            for low in lows
        ):
            continue
        if "foreign" in lows and not any(low.startswith("minist") for low in lows):
            continue
        for name in sentence.names:
            if (
                source.start <= name.start
                and name.end <= source.end
                and len(name.codes) == 1
                and len(name.codes[0]) == 2
            ):
                return name
    return None


def _topic_name(sentence: Sentence) -> Name | None:
    """Return the people that "Of the Indians, ...", "Among Nepalis ...", "Среди узбеков ..." sets for the sentence."""
    tokens = sentence.tokens
    if not tokens or tokens[0].low not in ("of", "among", "as", "из", "среди", "серед", "з"):
        return None
    for name in sentence.names:
        if (
            name.start <= 3
            and name.sense in ("citizen", "people")
            and (name.end >= len(tokens) or tokens[name.end].text == "," or tokens[0].low in ("among", "среди"))
        ):
            return name
    return None


_CITIZENS = read_word_set("slots.citizens")
_CITIZENS_RU = read_word_set("slots.citizens_ru")


def _is_citizens(sentence: Sentence, head: int) -> bool:
    return sentence.tokens[head].low in _CITIZENS or bool(_CITIZENS_RU & set(sentence.words[head].parse.lemmas))


def _take_nationality(draft: Draft, other: Draft) -> None:
    draft.nationality = other.nationality


def follow_topics(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep whose people the first sentences of a text are about."""
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
        if noun or after in ("nationals", "citizens"):
            discourse.topics[name.codes[0]] = None


def _is_anaphoric(draft: Draft) -> bool:
    population = draft.population
    if population.partitive or population.more or population.kind in ("bare", "outcome"):
        return True
    return population.head is not None and draft.sentence.tokens[population.head].low in _GENERIC


_APPOSING = read_word_set("slots.apposing")


def _apposed_names(draft: Draft) -> tuple[Name, ...]:
    """Read "..., mostly Uzbeks and Nepalis", "..., гражданин Азербайджана,", "(Chadians and South Sudanese)"."""
    sentence = draft.sentence
    tokens = sentence.tokens
    at = draft.population.end
    while (
        draft.population.partitive
        and at < len(tokens)
        and at < draft.population.end + 3
        and sentence.words[at].kind not in ("", "thing")
    ):
        at += 1
    if at >= len(tokens) or tokens[at].text not in ",(—–":
        return ()
    at += 1
    steps = 0
    while at < len(tokens) and tokens[at].low in _APPOSING and steps < 5:
        at += 1
        steps += 1
    found: list[Name] = []
    while True:
        name = next((n for n in sentence.names if n.start == at), None)
        if (
            name is None
            or (name.sense == "name" and not steps)
            or (
                name.sense == "adjective"
                and not (name.end < len(tokens) and tokens[name.end].low in ("nationals", "citizens"))
            )
        ):
            break
        found.append(name)
        at = name.end
        if at < len(tokens) and tokens[at].low in (",", "and", "и", "та", "or"):
            at += 1
            continue
        break
    if found and found[-1].end < len(tokens):
        follows = tokens[found[-1].end].text
        if (found[0].sense != "name" and follows in "(—–:") or any(
            n.start == found[-1].end for n in sentence.numbers
        ):
            return ()  # "..., Uzbeks (47)": a row of parts, not the people themselves
    return tuple(found)


def _names_beside(draft: Draft) -> tuple[Name, ...]:
    sentence, population, number = draft.sentence, draft.population, draft.number
    tokens = sentence.tokens
    binding = draft.binding
    apposed = _apposed_names(draft)
    if apposed:
        return apposed
    # "12 из них — россияне", "nine were Nepalis"
    at = population.end
    if at < len(tokens) and tokens[at].low in _COPULAS:
        step = at + 1
        while step < len(tokens) and tokens[step].low in _SKIPPED:
            step += 1
        name = next(
            (n for n in sentence.names if n.start == step and n.sense in ("citizen", "people", "adjective")), None
        )
        if name is not None and (
            name.sense != "adjective"
            or (name.end < len(tokens) and tokens[name.end].low in ("nationals", "citizens"))
        ):
            return (name,)
        if step < len(tokens) and sentence.words[step].kind and step + 2 < len(tokens):
            name = next((n for n in sentence.names if n.start in (step + 1, step + 2) and n.sense == "name"), None)
            if name is not None and tokens[step].low in (
                "citizens",
                "nationals",
                "граждане",
                "гражданами",
                "уроженцы",
                "natives",
            ):
                return (name,)
    if sentence.language != "en" and population.partitive:
        name = next(
            (n for n in sentence.names if n.start == population.end and n.sense in ("citizen", "people")), None
        )
        if name is not None:
            return (name,)
    if (
        sentence.language == "en"
        and at < len(tokens)
        and tokens[at].low in ("came", "come", "from", "were", "was", "are", "is")
    ):
        step = at
        while step < len(tokens) and tokens[step].low in ("came", "come", "were", "was", "are", "is", "from", "the"):
            step += 1
        name = next((n for n in sentence.names if n.start == step and n.sense == "name"), None)
        if (
            name is not None
            and step
            and tokens[step - 1].low in ("from", "the")
            and "from" in [t.low for t in tokens[at:step]]
        ):
            return (name,)
    if sentence.language != "en":
        closing = next(
            (i for i in range(population.end, min(len(tokens), population.end + 9)) if tokens[i].text in "—–"), None
        )
        if population.partitive and closing is not None:
            name = next((n for n in sentence.names if n.start == closing + 1 and n.sense != "name"), None)
            if name is not None and not any(
                population.end <= o.start < closing for o in sentence.numbers if o.mention.kind == "people_candidate"
            ):
                return (name,)
    # "North Korean casualties may surpass 600": the trigger's own modifiers
    if (
        binding is not None
        and binding.trigger.end <= number.start
        and binding.trigger.roles & {"noun", "measure", "victim", "event"}
    ):
        found = [
            n
            for n in sentence.names
            if n.end == binding.trigger.start and (n.sense != "name" or tokens[n.end - 1].low.endswith("'s"))
        ]
        if not found and binding.trigger.end < number.start:
            found = [
                n
                for n in sentence.names
                if (
                    binding.trigger.end <= n.start <= binding.trigger.end + 2
                    and n.end <= number.start
                    and n.sense != "name"
                    and tokens[n.start - 1].low in ("of", "among", "for")
                )
                or (n.start == binding.trigger.end and n.sense != "name" and sentence.language != "en")
            ]
        if found and population.kind != "people":
            return (found[-1],)
    if draft.how == "figure":
        count = next(
            (
                i
                for i in range(number.start - 1, max(-1, number.start - 12), -1)
                if tokens[i].low in ("number", "число", "количество", "count")
            ),
            None,
        )
        if count is not None:
            counted = [
                n
                for n in sentence.names
                if count < n.start <= count + 3 and n.end <= number.start and n.sense != "name"
            ]
            if counted:
                return (counted[0],)
    if sentence.language == "en" and population.kind in ("bare", "outcome") and number.start:
        # "Uzbekistan with 66", "citizens of Tajikistan top the list with 72 deaths", "Nepal has suffered ... deaths, with 70"
        if tokens[number.start - 1].low == "with":
            near = next((n for n in sentence.names if n.end == number.start - 1), None)
            if near is not None:
                return (near,)
            subject = _clause_subject(sentence, number.start - 1)
            if subject is not None:
                return (subject,)
        before = next(
            (n for n in sentence.names if n.sense == "name" and n.end <= number.start and number.start - n.end <= 4),
            None,
        )
        if (
            before is not None
            and tokens[before.end].low in _SUFFERING
            and tokens[number.start - 1].low in ("lost", "suffered", "mourned")
        ):
            return (before,)
    return ()


def _clause_subject(sentence: Sentence, end: int) -> Name | None:
    """Return the name that the subject of a clause holds: the last before the first verb that suffers, leads or tops."""
    tokens = sentence.tokens
    for name in sentence.names:
        if name.end > end:
            break
        if name.end >= len(tokens):
            continue
        follows = tokens[name.end].low
        lead = [token.low for token in tokens[max(0, name.start - 2) : name.start]]
        people = any(word in ("citizens", "nationals", "natives", "people") for word in lead)
        opens = not lead or lead[-1] in (",", "and", "while", "then")
        if (people or name.sense != "name" or opens) and follows in _SUBJECT_VERBS:
            return name
    return None
