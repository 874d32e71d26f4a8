"""Names of peoples beside a number: in apposition, as predicate, as subject, as whose own people are counted."""

from __future__ import annotations

from cenotaph.extract.claims.attribution import sources_of
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Name
from cenotaph.reference.word_sets import read_word_set

_COPULAS = read_word_set("slots.copulas")
_SKIPPED = read_word_set("slots.skipped")
_SUFFERING = read_word_set("slots.suffering")
_SUBJECT_VERBS = read_word_set("nationality.subject_verbs")


def owner_name(draft: Draft) -> Name | None:
    """Return the state whose own people are counted: "The Sri Lankan government ... soldiers from its ranks"."""
    sentence, population = draft.sentence, draft.population
    tokens = sentence.tokens
    owning = False
    if not sentence.names:
        return None
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


def consular_name(draft: Draft) -> Name | None:
    """Return whose foreign ministry, embassy or consulate speaks: it speaks of its own citizens where no others are named."""
    sentence = draft.sentence
    for source in sources_of(sentence) if sentence.names else ():
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


def topic_name(sentence: Sentence) -> Name | None:
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


def _bracketed_name(draft: Draft) -> Name | None:
    """Return the country of "Непал (70 граждан)"; not the place of "в Непале (70 человек)"."""
    sentence, at = draft.sentence, draft.number.start
    name = sentence.name_at.get(at - 2) if at > 1 and sentence.tokens[at - 1].text == "(" else None
    if name is None or name.sense != "name" or len(name.codes[0]) != 2:
        return None
    lead = sentence.tokens[name.start - 1].low if name.start else ""
    return None if lead in ("в", "во", "на", "под", "близ") else name


def names_beside(draft: Draft) -> tuple[Name, ...]:
    """Return the names that say whose people are counted where the number's own phrase has none."""
    sentence, population, number = draft.sentence, draft.population, draft.number
    tokens = sentence.tokens
    binding = draft.binding
    if not sentence.names:
        return ()
    apposed = _apposed_names(draft)
    if apposed:
        return apposed
    bracketed = _bracketed_name(draft) if sentence.language != "en" else None
    if bracketed is not None:
        return (bracketed,)
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
                or (
                    n.start == binding.trigger.end
                    and n.sense != "name"
                    and sentence.language != "en"
                    and (n.sense != "adjective" or n.end == number.start or sentence.words[n.end].kind not in ("", "thing"))
                )
            ]
        if found and population.kind != "people":
            return (found[-1],)
    measured = _measured_name(draft)
    if measured is not None:
        return (measured,)
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
    if sentence.language == "en" and number.start:
        state = _state_name(draft)
        if state is not None:
            return (state,)
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


_MEASURED = frozenset({"number", "toll", "count", "total", "число", "количество"})
_MEASURED_REACH = 12
_MEASURED_NEAR = 4


def _measured_name(draft: Draft) -> Name | None:
    """Return whose people a figure behind its measure counts: "The number of Peruvians killed stands at 70"."""
    sentence, at = draft.sentence, draft.number.start
    tokens = sentence.tokens
    if draft.population.kind != "bare" or draft.population.partitive:
        return None
    for count in range(at - 2, max(-1, at - _MEASURED_REACH), -1):
        if not tokens[count].is_word or count in sentence.number_at:
            return None
        if tokens[count].low not in _MEASURED:
            continue
        if sentence.language == "en" and tokens[count + 1].low != "of":
            return None
        near = [n for n in sentence.names if count < n.start <= count + _MEASURED_NEAR and n.end < at]
        if not near:
            return None
        name = near[0]
        before = sentence.words[name.start - 1]
        people = name.sense in ("citizen", "people")
        counted = sentence.words[name.end].kind not in ("", "thing") if name.end < at else False
        own = name.sense == "adjective" and counted
        citizens = name.sense == "name" and bool(_CITIZENS & ({before.low} | set(before.parse.lemmas)))
        return name if people or own or citizens else None
    return None


_CITIZENS = read_word_set("slots.citizens") | read_word_set("slots.citizens_ru")
_RANKING = frozenset(
    {"stands", "stand", "stood", "comes", "ranks", "ranked", "leads", "tops", "topped", "top", "follows", "sits"}
)
_HAVING = frozenset({"has", "had", "counts", "counted", "mourns"})


def _state_name(draft: Draft) -> Name | None:
    """Return the state whose dead a row of states counts: "Tajikistan stands first with 72; Nepal has 70", "Cuba 93"."""
    sentence, number = draft.sentence, draft.number
    tokens = sentence.tokens
    if draft.population.kind not in ("bare", "outcome"):
        return None
    names = [n for n in sentence.names if n.end <= number.start and n.sense == "name" and len(n.codes) == 1]
    if not names:
        return None
    name = names[-1]
    lead = tokens[name.start - 1].text if name.start else ","
    if lead not in (",", ";", ":", ".", "—", "–", "and", "while", "but", "(") and name.start:
        return None
    states = len({n.codes for n in sentence.names})
    after = tokens[number.end] if number.end < len(tokens) else None
    if name.end == number.start:  # "Uzbekistan 66, Cuba 93"
        alone = after is None or not after.is_word or after.low == "and"
        return name if states > 1 and alone else None
    verb = tokens[name.end].low
    if verb in _RANKING or (verb in _HAVING and states > 1):
        between = tokens[name.end : number.start]
        if len(between) <= 9 and not any(token.text in ";:" for token in between):
            return name
    return None


def _clause_subject(sentence: Sentence, end: int) -> Name | None:
    """Return the name that the subject of a clause holds: the last before the first verb that suffers, leads or tops."""
    tokens = sentence.tokens
    for name in sentence.names:
        if name.end > end:
            break
        if name.end >= len(tokens):
            continue
        follows = tokens[name.end].low
        lead = sentence.lows[max(0, name.start - 2) : name.start]
        people = any(word in ("citizens", "nationals", "natives", "people") for word in lead)
        opens = not lead or lead[-1] in (",", "and", "while", "then")
        if (people or name.sense != "name" or opens) and follows in _SUBJECT_VERBS:
            return name
    return None
