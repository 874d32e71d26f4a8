"""The fields of a claim beside its number and outcome: who, for whom, where, who says so, how sure, as of when."""

from __future__ import annotations

import re

from cenotaph.extract.claims.dates import DateWords, find_dates
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.inheritance import Discourse
from cenotaph.extract.claims.population import find_nationality, is_soldierly
from cenotaph.extract.claims.sentence import Name, Sentence
from cenotaph.extract.claims.sources import Source, find_sources
from cenotaph.reference.places import label
from cenotaph.reference.word_sets import read_word_set

_COPULAS = read_word_set("slots.copulas")
_SKIPPED = read_word_set("slots.skipped")
_SUFFERING = read_word_set("slots.suffering")
_GENERIC = read_word_set("slots.generic")
_CONFIRMED_COST = 4.5
_PLACE_EN = re.compile(r"\b(?:in|at|near|outside|on)\s+(?:the\s+)?((?:[A-Z][\w'’-]+)(?:\s+(?:[A-Z][\w'’-]+|of|de|el|al))*)")
_PLACE_RU = re.compile(r"\b(?:в|на|под|близ|около|у|из)\s+((?:(?:селе|городе|городе|деревне|районе|посёлке|поселке|районах|порту)\s+)?(?:[«\"]?[А-ЯЁІЇЄ][\w'’-]+[»\"]?)(?:\s+(?:[А-ЯЁІЇЄ][\w'’-]+|области|крае|районе|республики|республике))*)")
_SIDES = {
    "en": re.compile(
        r"\bon (?:the )?(?P<a>[A-Z]\w+)(?:'s)? side\b|\b(?:for|in|with|joined|by|of) (?:the )?(?P<b>Russian?|Ukrain(?:e|ian)|Syrian?|Israeli?|Wagner|RSF)(?:'s)? (?:army|forces|armed forces|military|side|ranks|war effort|troops)"
        r"|\bfighting (?:for|with|alongside) (?:the )?(?P<c>[A-Z]\w+)|\b(?P<d>International Legion)\b|\brecruited by (?P<e>Russia|Ukraine|Wagner)"
    ),
    "ru": re.compile(
        r"\bна стороне (?P<a>[А-ЯЁ][\w-]*)|\bв (?:составе |рядах )?(?P<b>российск\w+|украинск\w+|русск\w+) (?:арми\w+|войск\w*|част\w+|сил\w+)|\bв (?:составе |рядах )?(?P<c>ВСУ|ВС РФ|ВС России|ЧВК «?Вагнер»?)"
    ),
    "uk": re.compile(r"\bна боці (?P<a>[А-ЯІЇЄ][\w-]*)|\bу складі (?P<b>ЗС РФ|ЗСУ)"),
}
_SIDE_NAMES = (
    ("росс", "Russia"), ("рус", "Russia"), ("рф", "Russia"), ("russia", "Russia"), ("вс рф", "Russia"), ("вс россии", "Russia"), ("вагнер", "Wagner"),
    ("укра", "Ukraine"), ("ukrain", "Ukraine"), ("всу", "Ukraine"), ("зсу", "Ukraine"), ("international legion", "Ukraine"), ("wagner", "Wagner"),
    ("зс рф", "Russia"), ("syria", "Syria"), ("israel", "Israel"),
)  # fmt: skip
_SPEECH_NEAR = 4


def fill_slots(draft: Draft, discourse: Discourse, siblings: list[Draft]) -> None:
    """Fill the fields of a claim from its sentence and from what went before."""
    mention = draft.number.mention
    draft.retracted = mention.retracted
    _fill_source(draft, discourse)
    _fill_nationality(draft, discourse, siblings)
    _fill_group(draft)
    _fill_side(draft)
    _fill_place(draft)
    _fill_date(draft)
    _fill_modality(draft)
    _doubt_outcome(draft)
    if draft.nationality:
        for code in draft.nationality:
            discourse.nationalities[code] = None


def _doubt_outcome(draft: Draft) -> None:
    binding = draft.binding
    if binding is None:
        return
    for rival in binding.rivals:
        draft.doubt("outcome", f"may be {rival}")
    for other in binding.trigger.alternatives:
        if other != draft.outcome:
            draft.doubt("outcome", f"may be {other}")
    roles = binding.trigger.roles
    if "victim" in roles or "loss" in roles:
        draft.doubt("outcome", "may be casualties")
    if "shot" in roles:
        draft.doubt("outcome", "may be wounded")
    if binding.score < 4.6:
        draft.doubt("outcome", "loosely bound")
    if draft.outcome == "casualties":
        draft.doubt("outcome", "casualties without a split")


# --- who ---


def _fill_nationality(draft: Draft, discourse: Discourse, siblings: list[Draft]) -> None:
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
    topic = _topic_name(sentence)
    if topic is not None and topic.end <= draft.number.start and population.kind in ("bare", "people", "outcome"):
        draft.nationality = find_nationality((topic,))
        draft.nationality_span = (sentence.tokens[topic.start].start, sentence.tokens[topic.end - 1].end)
        return
    if draft.parent is not None and draft.parent.nationality:
        _take_nationality(draft, draft.parent)
        return
    previous = siblings[siblings.index(draft) - 1] if draft in siblings and siblings.index(draft) else None
    if previous is not None and previous.nationality and previous.population.names and all(n.sense == "adjective" for n in previous.population.names) and draft.population.names == ():
        between = [token.low for token in sentence.tokens[previous.population.end : draft.number.start]]
        if len(between) <= 3 and all(word in (",", "and", "и", "та", "ещё", "еще", "another", "а") for word in between) and population.kind in ("people", "bare", "outcome"):
            _take_nationality(draft, previous)
            return
    if previous is not None and previous.nationality and _is_anaphoric(draft) and len(previous.nationality) == 1:
        between = [token.low for token in sentence.tokens[previous.number.end : draft.number.start]]
        if not any(n.start >= previous.number.end and n.end <= draft.number.start and n.sense != "name" for n in sentence.names if n not in previous.population.names):
            if any(word in (",", "and", "и", "та", "while", "а", ";") for word in between):
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
    """Return the state whose own people are counted: "The Sri Lankan government ... soldiers from its ranks", "of its citizens"."""
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
            if source.start <= name.start and name.end <= source.end and len(name.codes) == 1 and len(name.codes[0]) == 2:
                return name
    subject = next((n for n in sentence.names if n.sense == "name" and n.end <= draft.number.start and n.start <= 4), None)
    return subject


def _topic_name(sentence: Sentence) -> Name | None:
    """Return the people that "Of the Indians, ...", "Among Nepalis ...", "Среди узбеков ..." sets for the sentence."""
    tokens = sentence.tokens
    if not tokens or tokens[0].low not in ("of", "among", "as", "из", "среди", "серед", "з"):
        return None
    for name in sentence.names:
        if name.start <= 3 and name.sense in ("citizen", "people") and (name.end >= len(tokens) or tokens[name.end].text == "," or tokens[0].low in ("among", "среди")):
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
        noun = name.sense in ("citizen", "people") and (low.endswith("s") or sentence.language != "en" or low == tokens[name.end - 1].text)
        after = tokens[name.end].low if name.end < len(tokens) else ""
        if after and after in ("army", "forces", "government", "ministry", "president", "side", "soldiers", "troops", "officials", "authorities", "minister"):
            continue
        if noun and sentence.language == "en" and not low.endswith("s") and after not in ("nationals", "citizens", "men", "women", "fighters", "volunteers", "migrants", "recruits"):
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
    while draft.population.partitive and at < len(tokens) and at < draft.population.end + 3 and sentence.words[at].kind not in ("", "thing"):
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
        if name is None or (name.sense == "name" and not steps) or (name.sense == "adjective" and not (name.end < len(tokens) and tokens[name.end].low in ("nationals", "citizens"))):
            break
        found.append(name)
        at = name.end
        if at < len(tokens) and tokens[at].low in (",", "and", "и", "та", "or"):
            at += 1
            continue
        break
    if found and found[-1].end < len(tokens):
        follows = tokens[found[-1].end].text
        if found[0].sense != "name" and follows in "(—–:" or any(n.start == found[-1].end for n in sentence.numbers):
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
        name = next((n for n in sentence.names if n.start == step and n.sense in ("citizen", "people", "adjective")), None)
        if name is not None and (name.sense != "adjective" or (name.end < len(tokens) and tokens[name.end].low in ("nationals", "citizens"))):
            return (name,)
        if step < len(tokens) and sentence.words[step].kind and step + 2 < len(tokens):
            name = next((n for n in sentence.names if n.start in (step + 1, step + 2) and n.sense == "name"), None)
            if name is not None and tokens[step].low in ("citizens", "nationals", "граждане", "гражданами", "уроженцы", "natives"):
                return (name,)
    if sentence.language != "en" and population.partitive:
        name = next((n for n in sentence.names if n.start == population.end and n.sense in ("citizen", "people")), None)
        if name is not None:
            return (name,)
    if sentence.language == "en" and at < len(tokens) and tokens[at].low in ("came", "come", "from", "were", "was", "are", "is"):
        step = at
        while step < len(tokens) and tokens[step].low in ("came", "come", "were", "was", "are", "is", "from", "the"):
            step += 1
        name = next((n for n in sentence.names if n.start == step and n.sense == "name"), None)
        if name is not None and step and tokens[step - 1].low in ("from", "the") and "from" in [t.low for t in tokens[at:step]]:
            return (name,)
    if sentence.language != "en":
        closing = next((i for i in range(population.end, min(len(tokens), population.end + 9)) if tokens[i].text in "—–"), None)
        if population.partitive and closing is not None:
            name = next((n for n in sentence.names if n.start == closing + 1 and n.sense != "name"), None)
            if name is not None and not any(population.end <= o.start < closing for o in sentence.numbers if o.mention.kind == "people_candidate"):
                return (name,)
    # "North Korean casualties may surpass 600": the trigger's own modifiers
    if binding is not None and binding.trigger.end <= number.start and binding.trigger.roles & {"noun", "measure", "victim", "event"}:
        found = [n for n in sentence.names if n.end == binding.trigger.start and n.sense != "name"]
        if not found and binding.trigger.end < number.start:
            found = [n for n in sentence.names if binding.trigger.end <= n.start <= binding.trigger.end + 2 and n.end <= number.start and n.sense != "name"
                     and tokens[n.start - 1].low in ("of", "among", "for") or n.start == binding.trigger.end and n.sense != "name" and sentence.language != "en"]
        if found and population.kind != "people":
            return (found[-1],)
    if draft.how == "figure":
        count = next((i for i in range(number.start - 1, max(-1, number.start - 12), -1) if tokens[i].low in ("number", "число", "количество", "count")), None)
        if count is not None:
            counted = [n for n in sentence.names if count < n.start <= count + 3 and n.end <= number.start and n.sense != "name"]
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
        before = next((n for n in sentence.names if n.sense == "name" and n.end <= number.start and number.start - n.end <= 4), None)
        if before is not None and tokens[before.end].low in _SUFFERING and tokens[number.start - 1].low in ("lost", "suffered", "mourned"):
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
        if (people or name.sense != "name" or not lead or lead[-1] in (",", "and", "while", "then")) and follows in (
            "top", "tops", "topped", "lead", "leads", "led", "has", "have", "had", "suffered", "rank", "ranks", "ranked", "account", "accounts", "make", "makes", "remain", "is", "are", "follow", "follows", "came", "come",
        ):  # fmt: skip
            return name
    return None


def _fill_group(draft: Draft) -> None:
    sentence, population = draft.sentence, draft.population
    if population.group is not None:
        start, end = population.group
        if start < end:
            draft.group = sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end]
    if draft.group is None and draft.parent is not None and population.kind in ("bare", "people") and population.head is None:
        draft.group = draft.parent.group
    if draft.group is None or population.head is None:
        predicate = _predicate_group(draft)
        if predicate is not None:
            draft.group = predicate


def _predicate_group(draft: Draft) -> str | None:
    """Return the group that a predicate gives: "Six of the skeletons were women", "43 ... were former prisoners"."""
    sentence, population = draft.sentence, draft.population
    tokens, words = sentence.tokens, sentence.words
    limit = min(len(tokens), population.end + 10)
    for at in range(population.end, limit):
        if tokens[at].low in ("were", "was", "are", "is") and draft.how in ("part", "own"):
            start = at + 1
            end = start
            while end < min(len(tokens), start + 4) and tokens[end].is_word and not words[end].kind:
                if tokens[end].low in ("in", "of", "the", "by", "from", "to", "and", "not"):
                    return None
                end += 1
            if end < len(tokens) and words[end].kind not in ("", "thing") and end - start <= 3:
                return sentence.text[tokens[start].start : tokens[end].end]
            return None
        if tokens[at].text in ".;":
            return None
    return None


def _fill_side(draft: Draft) -> None:
    pattern = _SIDES.get(draft.sentence.language)
    if pattern is None:
        return
    unit = draft.sentence.unit
    tokens = draft.sentence.tokens
    centre = tokens[draft.number.start].start
    best: tuple[int, str] | None = None
    for found in pattern.finditer(draft.sentence.text, unit.start, min(unit.end, unit.start + 3000)):
        words = next((value for value in found.groups() if value), "")
        low = words.lower()
        side = next((label for key, label in _SIDE_NAMES if low.startswith(key)), None)
        if side is None:
            continue
        distance = abs(found.start() - centre)
        if best is None or distance < best[0]:
            best = (distance, side)
    if draft.population.names and draft.nationality and is_soldierly(draft.sentence, draft.population.head) and (best is None or best[0] > 120):
        draft.side = label(draft.nationality[0])
    elif best is not None and best[0] < 200:
        draft.side = best[1]
    elif draft.parent is not None:
        draft.side = draft.parent.side


def _fill_place(draft: Draft) -> None:
    pattern = _PLACE_EN if draft.sentence.language == "en" else _PLACE_RU
    sentence = draft.sentence
    unit = sentence.unit
    number = draft.number.mention
    best: tuple[int, str] | None = None
    for found in pattern.finditer(sentence.text, unit.start, min(unit.end, unit.start + 3000)):
        words = found.group(1)
        if _is_calendar(words):
            continue
        distance = min(abs(found.start() - number.end), abs(found.end() - number.start))
        if distance < 70 and (best is None or distance < best[0]):
            best = (distance, words)
    if best is not None:
        draft.place = best[1]


def _is_calendar(words: str) -> bool:
    return bool(re.match(r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Easter|Christmas|Январ|Феврал|Март|Апрел|Мае|Июн|Июл|Август|Сентябр|Октябр|Ноябр|Декабр)", words))


# --- who says so ---


def follow_sources(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep who spoke last, whose line it is, and whether a quotation is open."""
    if discourse.line != sentence.unit.line:
        discourse.line = sentence.unit.line
        discourse.speaker = None
        discourse.quoting = False
    sources = sources_of(sentence)
    for source in sources:
        if source.kind == "label":
            discourse.speaker = (sentence, source.start, source.end)
    named = [s for s in sources if s.end > s.start]
    if named:
        last = next((s for s in reversed(named) if s.kind not in ("cite", "estimate") or not s.citing), named[-1])
        discourse.source = words_of(sentence, last.start, last.end)
        discourse.source_index = index


def sources_of(sentence: Sentence) -> list[Source]:
    """Return the sources of a sentence, found once."""
    cached = sentence.__dict__.get("_sources")
    if cached is None:
        cached = find_sources(sentence)
        sentence.__dict__["_sources"] = cached
    return list(cached)


def words_of(sentence: Sentence, start: int, end: int) -> str:
    """Return the text of some tokens."""
    return sentence.text[sentence.tokens[start].start : sentence.tokens[end - 1].end]


def _fill_source(draft: Draft, discourse: Discourse) -> None:
    sentence = draft.sentence
    at = draft.number.start
    sources = sources_of(sentence)
    speakers = [s for s in sources if s.kind not in ("cite", "label", "impersonal") and not s.citing]
    cites = [s for s in sources if s.kind in ("cite", "estimate") and s not in speakers or s.citing]
    cites = [s for s in sources if s.citing or s.kind == "cite" or (s.kind == "estimate" and s.end >= s.start and s.verb < s.start)]
    speakers = [s for s in speakers if s not in cites]
    speaker = _choose(speakers, at)
    cite = _choose_cite(sentence, cites, at)
    label = next((s for s in sources if s.kind == "label"), None)
    chosen: Source | None = None
    via: str | None = None
    if speaker is not None and cite is not None:
        if cite.citing or speaker.verb < cite.verb < at or sentence.language != "en" or _is_carrier(sentence, speaker) and not _is_carrier(sentence, cite):
            chosen, via = cite, _name(speaker, sentence, discourse)
        else:
            chosen, via = speaker, _name(cite, sentence, discourse)
    else:
        chosen = speaker or cite
    if chosen is None and label is not None and label.last > at >= label.first:
        chosen = label
        via = _dash_carrier(sentence, label)
    if chosen is not None:
        draft.attribution = _name(chosen, sentence, discourse)
        draft.via = via if via != draft.attribution else None
        draft.has_source = True
        draft.modality = {"estimate": "estimated", "confirm": "said_confirmed"}.get(chosen.kind, "reported")
        if speaker is not None and speaker.kind == "confirm":
            draft.modality = "said_confirmed"
        if chosen.kind == "deny":
            draft.modality = "unconfirmed"
        return
    if any(s.kind == "impersonal" for s in sources):
        draft.has_source = True
        draft.modality = "reported"
        return
    if discourse.speaker is not None:
        owner, start, end = discourse.speaker
        draft.attribution = words_of(owner, start, end)
        draft.has_source = True
        draft.modality = "reported"
        return
    if draft.parent is not None and draft.parent.attribution is not None and draft.index - draft.parent.index <= 1 and draft.how == "part":
        draft.attribution, draft.via = draft.parent.attribution, draft.parent.via
        draft.has_source = True
        draft.modality = draft.parent.modality if draft.parent.modality in ("estimated", "unconfirmed") else "reported"
        return
    if any(t.low in ("reportedly", "сообщается", "сообщалось") for t in sentence.tokens):
        draft.modality = "reported"


_CARRIERS = read_word_set("slots.carriers")


def _is_carrier(sentence: Sentence, source: Source) -> bool:
    """Return whether a source is of those that pass on what others say."""
    return any(sentence.tokens[at].low in _CARRIERS for at in range(source.start, source.end))


def _dash_carrier(sentence: Sentence, label: Source) -> str | None:
    colon = label.verb
    after = label.end + 1
    return words_of(sentence, after, colon) if after < colon else None


def _name(source: Source, sentence: Sentence, discourse: Discourse) -> str | None:
    if source.end > source.start:
        return words_of(sentence, source.start, source.end)
    if source.pronoun:
        return discourse.source
    return None


def _choose(speakers: list[Source], at: int) -> Source | None:
    before = [s for s in speakers if s.verb < at and s.last > at and s.first <= s.verb and s.end <= at]
    if before:
        return before[-1]
    after = [s for s in speakers if s.verb >= at and s.first <= at]
    return after[0] if after else None


def _choose_cite(sentence: Sentence, cites: list[Source], at: int) -> Source | None:
    covering = [s for s in cites if s.first <= at < s.last]
    if not covering:
        return None
    return min(covering, key=lambda s: sentence.cost(s.verb, at) if s.verb < at else sentence.cost(at, s.verb))


# --- as of when ---


def _fill_date(draft: Draft) -> None:
    sentence = draft.sentence
    unit = sentence.unit
    dates = sentence.__dict__.get("_dates")
    if dates is None:
        dates = find_dates(sentence.text, unit.start, unit.end, sentence.language)
        sentence.__dict__["_dates"] = dates
    mention = draft.number.mention
    best: tuple[float, DateWords] | None = None
    for words in dates:
        if words.start < mention.end and words.end > mention.start:
            continue
        first, last = sentence.at(words.start), sentence.at(words.end - 1) + 1
        if _dates_speech(sentence, first, last):
            continue
        at, end = draft.number.start, draft.population.end
        distance = sentence.cost(last, at) if last <= at else sentence.cost(end, first)
        trigger = draft.binding.trigger if draft.binding is not None else None
        if trigger is not None:
            distance = min(distance, sentence.cost(trigger.end, first) if first >= trigger.end else sentence.cost(last, trigger.start))
        crossing = sum(
            1 for other in sentence.numbers
            if other.mention.kind in ("people_candidate", "zero", "percent") and other is not draft.number
            and (last <= other.start < at or end <= other.start < first)
        )
        if last <= min(3, at) or first == 0:
            distance = min(distance, 2.0)
        elif first > at:
            distance += crossing * 2.5
        else:
            distance += crossing * 1.0
        if distance < 5.0 and (best is None or distance < best[0]):
            best = (distance, words)
    if best is not None:
        found = best[1]
        draft.as_of = sentence.text[found.start : found.end]
        draft.window = found.window
    elif draft.parent is not None and draft.how == "part" and draft.parent.sentence is sentence:
        draft.as_of, draft.window = draft.parent.as_of, draft.parent.window


def _dates_speech(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a date is the day on which a source spoke."""
    for span in sentence.speech:
        if span.label in ("cite", "impersonal", "find") and sentence.language == "en":
            continue
        gap = first - span.end if first >= span.end else span.start - last
        if 0 <= gap <= _SPEECH_NEAR:
            trigger = min((abs(first - t.end) if first >= t.end else abs(t.start - last) for t in sentence.triggers), default=99)
            if gap <= trigger or (first >= span.end and gap <= 2):
                between = sentence.tokens[span.end : first] if first >= span.end else sentence.tokens[last : span.start]
                if not any(token.low in ("that", "что", "що", ":") for token in between):
                    return True
    return False


# --- how sure ---


def _fill_modality(draft: Draft) -> None:
    sentence, number = draft.sentence, draft.number
    mention = number.mention
    trigger = draft.binding.trigger if draft.binding is not None else None
    if mention.retracted:
        draft.modality = "unconfirmed"
        return
    for frame in sentence.frames:
        if frame.label not in ("unconfirmed", "denying"):
            continue
        distance = _frame_distance(draft, frame.start, frame.end)
        if distance < 6.0 and _is_nearest(draft, frame.start, frame.end, distance, 2.0):
            draft.modality = "unconfirmed"
            return
    for frame in sentence.frames:
        distance = _frame_distance(draft, frame.start, frame.end)
        if frame.label == "confirmed" and distance < _CONFIRMED_COST and draft.modality != "estimated":
            if not _is_negated(sentence, frame.start) and _is_nearest(draft, frame.start, frame.end, distance, 0.6):
                draft.modality = "said_confirmed"
                return
    if draft.outcome == "identified" and mention.bound != "at_most":
        draft.modality = "said_confirmed"
        return
    if mention.bound == "may_exceed":
        actual = any(sentence.tokens[at].low in ("true", "actual", "real", "реальное", "реальный") for at in range(max(0, number.start - 7), number.start))
        draft.modality = "estimated" if actual or draft.modality == "estimated" else "feared"
        return
    for frame in sentence.frames:
        if frame.label == "estimated" and draft.modality in ("reported", "stated") and _frame_distance(draft, frame.start, frame.end) < 4.0:
            draft.modality = "estimated"
    first = min(number.start, trigger.start) if trigger is not None else number.start
    last = max(draft.population.end, trigger.end) if trigger is not None else draft.population.end
    for frame in sentence.frames:
        if frame.label == "feared":
            low = sentence.tokens[frame.start].low
            if low == "may" and sentence.tokens[frame.start].text[0].isupper() and frame.start:
                continue
            inside = first - 3 <= frame.start < last + 1
            if inside and _frame_distance(draft, frame.start, frame.end) < 2.5:
                draft.modality = "estimated" if low in ("believed", "thought") and draft.outcome in ("fighting", "recruited") else "feared"


def _is_negated(sentence: Sentence, at: int) -> bool:
    return any(token.low in ("not", "no", "never", "не", "без") or token.low.endswith("n't") for token in sentence.tokens[max(0, at - 3) : at])


def _frame_distance(draft: Draft, start: int, end: int) -> float:
    sentence = draft.sentence
    first, last = draft.number.start, draft.population.end
    if draft.binding is not None:
        trigger = draft.binding.trigger
        if abs(trigger.start - last) < 12 or abs(first - trigger.end) < 12:
            first, last = min(first, trigger.start), max(last, trigger.end)
    if start >= last:
        return sentence.cost(last, start)
    if end <= first:
        return sentence.cost(end, first)
    return 0.0


def _is_nearest(draft: Draft, start: int, end: int, distance: float, slack: float) -> bool:
    """Return whether no other number of people lies clearly nearer to a frame."""
    sentence = draft.sentence
    for other in sentence.numbers:
        if other is draft.number or other.mention.kind not in ("people_candidate", "zero"):
            continue
        gap = sentence.cost(other.end, start) if start >= other.end else sentence.cost(end, other.start)
        if start >= other.end and start <= draft.number.start and gap + slack < distance:
            return False
        if gap + slack < distance:
            return False
    return True
