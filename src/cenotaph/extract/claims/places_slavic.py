"""Where a Russian sentence puts what happened: a preposition, what describes, a place's name or a word for a kind of place."""

from __future__ import annotations

from typing import NamedTuple

from cenotaph.extract.claims.attribution import sources_of
from cenotaph.extract.claims.clauses import find_piece
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.morphology import Parse
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.word_sets import read_word_set

_LEADS = read_word_set("places.leads")
_HEADS = read_word_set("places.heads")
_SITES = read_word_set("places.sites")
_SCENES = read_word_set("places.scenes")
_VICTIMS = frozenset({"killed", "wounded", "missing", "killed+wounded", "rescued", "casualties"})
_BESIDE = 2.5
_SCENE_REACH = 8
_AREAS = read_word_set("places.areas")
_MOVED = frozenset({"released", "displaced", "rescued", "recruited", "body_returned"})
_ORIGINS = frozenset({"из", "из-под"})
_UNKNOWN_LEADS = frozenset({"в", "во", "под", "у", "на", "близ", "из", "возле", "около"})
_INSIDE = frozenset({"в", "во"})
_BARE = 2
_OF_AREAS = ("ской", "ском", "ских", "цкой", "цком")
_WORDS = 5  # words that may describe a place before its name
_NAME = 4  # words of a name
_REACH = 3.4
_ORIGIN_COST = 1.5
_SITE_COST = 1.0


class Place(NamedTuple):
    """The tokens of a place, those of the words that name it, and whether it has a name."""

    start: int
    end: int
    lead: str
    named: bool


def places_of(sentence: Sentence) -> list[Place]:
    """Return the places of a sentence, found once."""
    cached = sentence.__dict__.get("_slavic_places")
    if cached is None:
        cached = _find_places(sentence)
        sentence.__dict__["_slavic_places"] = cached
    return list(cached)


def find_slavic_place(draft: Draft) -> str | None:
    """Return where a claim's sentence puts it: the nearest place of its clause that is no source's and nobody's origin."""
    sentence = draft.sentence
    places = places_of(sentence)
    if not places:
        return None
    spans = [(draft.number.start, max(draft.number.end, draft.population.end))]
    if draft.binding is not None:
        spans.append((draft.binding.trigger.start, draft.binding.trigger.end))
    taken = [(s.start, s.end) for s in sources_of(sentence) if s.end > s.start]
    best: tuple[float, Place] | None = None
    for place in places:
        labelled = _find_labelled(sentence, place)
        if labelled == draft.number.start:
            return _words(sentence, place)
        if labelled is not None:
            continue
        if any(start < place.end and place.start < end for start, end in taken):
            continue
        if _is_where_said(sentence, place, spans):
            continue
        cost = min(_apart(sentence, place, start, end) for start, end in spans)
        if place.lead in _ORIGINS:
            if draft.outcome not in _MOVED:
                continue
            cost += _ORIGIN_COST
        if not place.named:
            if draft.binding is not None and _is_trigger(sentence, place, draft.binding.trigger.start, draft.binding.trigger.end):
                continue  # "сдались в плен"
            if _is_of_another(draft, place):
                continue
            cost += _SITE_COST
        if cost < _REACH and (best is None or cost < best[0]):
            best = (cost, place)
    if best is None:
        return None
    return _words(sentence, best[1])


def _is_of_another(draft: Draft, place: Place) -> bool:
    """Return whether people counted behind a comma stand between a claim's number and a nameless place behind them."""
    tokens = draft.sentence.tokens
    for other in draft.sentence.numbers:
        if draft.number.end < other.start < place.start and other.mention.kind == "people_candidate":
            binding = draft.binding
            beyond = binding is None or binding.trigger.end <= other.start
            return beyond and any(token.text in ",;" for token in tokens[draft.number.end : other.start])
    return False


def carry_place(draft: Draft, discourse: Discourse, siblings: list[Draft]) -> str | None:
    """Return the place of the event just told, for a claim of its victims whose own clause has none."""
    sentence = draft.sentence
    if draft.outcome not in _VICTIMS or draft.unit == "percent":
        return None
    before = [
        other
        for other in siblings
        if other is not draft and other.index == draft.index and other.number.end <= draft.number.start
    ]
    if before:
        last = before[-1]
        near = sentence.cost(last.number.end, draft.number.start) < _BESIDE
        return last.place if near and last.outcome in _VICTIMS and last.outcome != draft.outcome else None
    scene = discourse.scene
    if scene is not None and scene[0] == draft.index - 1 and scene[1] == sentence.unit.block and not places_of(sentence):
        return scene[2]
    return None


def note_scene(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep the place of an attack or disaster that a sentence tells of, for victims counted in the next."""
    tokens, words = sentence.tokens, sentence.words
    for place in places_of(sentence):
        if not place.named or place.lead in _ORIGINS:
            continue
        near = range(max(0, place.start - _SCENE_REACH), min(len(tokens), place.end + _SCENE_REACH))
        if any(_SCENES.intersection(words[at].parse.lemmas) for at in near):
            discourse.scene = (index, sentence.unit.block, _words(sentence, place))
            return


def _find_labelled(sentence: Sentence, place: Place) -> int | None:
    """Return where the number stands that a place labels: "в Омской области — 7"."""
    tokens = sentence.tokens
    if place.end + 1 >= len(tokens) or tokens[place.end].text not in "—–:":
        return None
    return next((number.start for number in sentence.numbers if number.start == place.end + 1), None)


def _words(sentence: Sentence, place: Place) -> str:
    tokens = sentence.tokens
    return sentence.text[tokens[place.start].start : tokens[place.end - 1].end]


def _is_trigger(sentence: Sentence, place: Place, start: int, end: int) -> bool:
    """Return whether a bare place is nothing but the words that say what happened."""
    return place.end - place.start <= _BARE and start < place.end and place.start < end


def _apart(sentence: Sentence, place: Place, start: int, end: int) -> float:
    if place.end <= start:
        return sentence.cost(place.end, start)
    if end <= place.start:
        return sentence.cost(end, place.start)
    return 0.0


def _is_where_said(sentence: Sentence, place: Place, spans: list[tuple[int, int]]) -> bool:
    """Return whether a place stands in a clause that only says who speaks: "в Киеве утверждают, что ..."."""
    first, last = find_piece(sentence, place.start, place.end)
    if any(first <= start < last for start, _ in spans):
        return False
    return any(first <= span.start < last for span in sentence.speech)


def _find_places(sentence: Sentence) -> list[Place]:
    found: list[Place] = []
    tokens = sentence.tokens
    at = 0
    while at < len(tokens) - 1:
        place = _read_place(sentence, at) if tokens[at].low in _LEADS else None
        if place is None:
            at += 1
            continue
        found.append(place)
        at = place.end
    return found


def _is_describing(parse: Parse) -> bool:
    return bool(parse.kinds & {"ADJF", "PRTF"}) and not parse.kinds & {"VERB", "PRTS", "PREP", "CONJ"}


def _is_capital(sentence: Sentence, at: int) -> bool:
    token = sentence.tokens[at]
    if sentence.is_in_capitals:
        return sentence.words[at].parse.place
    return token.is_word and token.text[0].isupper()


def _read_place(sentence: Sentence, at: int) -> Place | None:
    """Return the place behind a preposition: "в подмосковных Люберцах", "в больницах Хорога и Ишкашима", "в лесу"."""
    tokens, words = sentence.tokens, sentence.words
    lead = tokens[at].low
    first = at + 1
    if not tokens[first].is_word and tokens[first].text not in '«"':
        return None
    here = first
    while here < len(tokens) and here - first < _WORDS and tokens[here].is_word and _is_describing(words[here].parse):
        if _is_capital(sentence, here) and not sentence.is_in_capitals:
            break
        if words[here].parse.place and _is_capital(sentence, here):
            break
        here += 1
    if here >= len(tokens):
        return None
    if tokens[here].text in '«"':
        return None
    if tokens[here].low in _HEADS or _HEADS.intersection(words[here].parse.lemmas):
        end = _read_name(sentence, here + 1, headed=True)
        named = end > here + 1 or any(_is_capital(sentence, i) for i in range(first, here))
        site = bool(_SITES.intersection(words[here].parse.lemmas)) or tokens[here].low in _SITES
        if not named and not site and here == first:
            return None
        if lead in _INSIDE and not named and "loct" not in words[here].parse.cases:
            return None  # "в больницу": whither
        return Place(at, end, lead, named)
    if not _is_capital(sentence, here):
        return None
    areas = _read_areas(sentence, here)
    if areas is not None:
        return Place(at, areas, lead, named=True)
    if lead in _INSIDE and _is_area_left_out(sentence, at, here):
        return Place(at, here + 1, lead, named=True)
    if not _is_place_name(sentence, here, lead) or (
        lead in _INSIDE and words[here].parse.place and not words[here].parse.cases & {"loct", "datv", "gent"}
    ):
        return None  # "в Новороссийск": whither
    if lead == "у" and here in sentence.name_at and sentence.name_at[here].sense == "name":
        return None  # "у Непала 66": whose they are
    return Place(at, _read_name(sentence, here, headed=False), lead, named=True)


def _is_area_left_out(sentence: Sentence, at: int, here: int) -> bool:
    """Return whether an adjective stands for an area named before: "в Омской области — 7, в Курганской — 2"."""
    parse = sentence.words[here].parse
    alone = here + 1 >= len(sentence.tokens) or "NOUN" not in sentence.words[here + 1].parse.kinds
    if "ADJF" not in parse.kinds or "loct" not in parse.cases or not alone:
        return False
    return any(_AREAS.intersection(word.parse.lemmas) for word in sentence.words[:at])


def _read_areas(sentence: Sentence, here: int) -> int | None:
    """Return where adjectives and the area they name end: "Агдамском, Ходжавендском и Кельбаджарском районах"."""
    tokens, words = sentence.tokens, sentence.words
    at = here
    while at < len(tokens) and at - here <= 2 * _NAME:
        if _AREAS.intersection(words[at].parse.lemmas) and at > here:
            end = _read_name(sentence, at + 1, headed=True, alone=True)
            return max(end, at + 1)
        joined = _is_capital(sentence, at) or tokens[at].low in ("и", ",") or _is_describing(words[at].parse)
        if not joined:
            return None
        at += 1
    return None


def _read_name(sentence: Sentence, at: int, *, headed: bool, alone: bool = False) -> int:
    """Return where a name of one or several words, in quotation marks or joined by "и", ends."""
    tokens, words = sentence.tokens, sentence.words
    end = at
    while end < len(tokens) and end - at < 3 * _NAME:
        if tokens[end].text in '«"' and end == at and headed:
            closing = next((i for i in range(end + 1, min(len(tokens), end + 2 + _NAME)) if tokens[i].text in '»"'), None)
            if closing is None:
                return end
            end = closing + 1
        elif _is_capital(sentence, end) or (
            end > at and _is_capital(sentence, end - 1) and _AREAS.intersection(words[end].parse.lemmas)
        ):
            end += 1
        elif (
            not alone
            and tokens[end].text in ("и", ",")
            and end > at
            and end + 1 < len(tokens)
            and _is_capital(sentence, end + 1)
            and words[end + 1].parse.place
            and (tokens[end].text == "и" or _is_listed(sentence, end))
        ):
            end += 2
        else:
            break
    return end


def _is_listed(sentence: Sentence, comma: int) -> bool:
    """Return whether a comma between names is of a list that "и" ends: "в Сирии, Ираке и Ливане"."""
    tokens = sentence.tokens
    for at in range(comma + 1, min(len(tokens) - 1, comma + 2 * _NAME)):
        if tokens[at].text == "и":
            return sentence.words[at + 1].parse.place
        if not (tokens[at].text == "," or _is_capital(sentence, at)):
            return False
    return False


def _is_place_name(sentence: Sentence, at: int, lead: str) -> bool:
    """Return whether a capitalised word names a place: the dictionary says so, or knows it not, and nobody's name it is."""
    parse = sentence.words[at].parse
    name = sentence.name_at.get(at)
    if parse.place or (name is not None and name.sense not in ("citizen", "people")):
        return True
    hyphened = "-" in sentence.tokens[at].text  # "в Хан-Юнисе"
    if (parse.name and not hyphened) or not parse.kinds:
        return False
    if parse.kinds == {"ADJF"} and "loct" in parse.cases and sentence.tokens[at].low.endswith(_OF_AREAS):
        after = sentence.words[at + 1].parse.kinds if at + 1 < len(sentence.words) else frozenset()
        return not after & {"NOUN", "ADJF"}  # "в Омской области — 7, в Курганской — 2"
    return (parse.unknown or hyphened) and lead in _UNKNOWN_LEADS
