"""Where it happened: the place that stands in a number's own part of a sentence, or that the whole sentence is set in."""

from __future__ import annotations

import re
from typing import NamedTuple

from cenotaph.extract.claims.attribution import sources_of
from cenotaph.extract.claims.columns import split_row
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.word_sets import read_word_set

_LONGEST = 3000
_FAR = 200
_AFTER_SPEECH = 3
_AREA_EN = r"(?:\s+(?:region|province|district|oblast|county|governorate|state|city|prefecture|front|camp|prison|hospital))?"
_SORT_EN = (
    r"(?:(?:eastern|western|northern|southern|central|nearby|neighbouring|neighboring)\s+)?(?:(?:city|town|village|port|state|province|region|district|capital|suburb|island|settlement|coast|outskirts)"
    r"(?:\s+city)?\s+of\s+(?:the\s+)?)?(?:(?:[a-z]+-)?(?:eastern|western|northern|southern|central|(?:north|south)(?:east|west)(?:ern)?)\s+)?"
)
_PLACE_EN = re.compile(
    r"\b(?P<lead>[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Oo]n|[Oo]ff|[Aa]cross|[Aa]round|[Ii]nside|[Oo]ver|to|from|of|for|fled|leave"
    r"|(?:hit|hits|struck|strikes|shook|rocked|shelled|bombed|stormed|raided|flattened|jolted|battered|ravaged))\s+(?:the\s+)?(?P<place>"
    + _SORT_EN
    + r"[A-Z][\w'’-]+(?:\s+(?:[A-Z][\w'’-]+|of|de|el|al)(?![\w]))*"
    + _AREA_EN
    + ")"
)
_AREA_RU = "области|крае|районе|республики|республике|округе|обл|районах|направлении"
_PLACE_RU = re.compile(
    r"\b(?P<lead>[Вв]о?|[Нн]а|[Пп]од|[Бб]лиз|[Оо]коло|[Уу]|[Пп]о)\s+(?P<place>(?:(?:селе|городе|деревне|районе|посёлке|поселке|станице|районах|ауле"
    r"|порту|пригороде|окрестностях|районе города|центре|республике|штате|провинции)\s+)?(?:[«\"]?[А-ЯЁІЇЄ][\w'’-]+[»\"]?)"
    rf"(?:\s+(?:[А-ЯЁІЇЄ][\w'’-]+|{_AREA_RU})(?!\w))*)"
)
_CALENDAR = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b|Easter|Christmas|Январ|Феврал|Март|Апрел|Мае|Июн|Июл|Август"
    r"|Сентябр|Октябр|Ноябр|Декабр)"
)
_MEDIA = read_word_set("places.media")
_BODIES = read_word_set("places.bodies")
_STRIKING = ("удар", "атак", "обстрел", "налет", "налёт", "бомбардиров", "бил", "попал")
_JOINING = frozenset({"and", "while", "but", "и", "а", "но", "или", "or"})
_DIVIDING = frozenset({",", ";", ":", "—", "–", "("})


class _Place(NamedTuple):
    """A place that a sentence names: its tokens, the preposition included, and its words."""

    start: int
    end: int
    words: str


def find_place(draft: Draft, siblings: list[Draft]) -> str | None:
    """Return where it happened to those whom a claim counts, as its own sentence says, None where it does not.

    Parameters
    ----------
    draft
        The claim.
    siblings
        All claims of its sentence: a place belongs to the number in whose part of the sentence it stands.
    """
    sentence = draft.sentence
    places = _places_of(sentence)
    if not places:
        return None
    starts = sorted({other.number.start for other in siblings if other.sentence is sentence} | {draft.number.start})
    owned = _share_out(sentence, tuple(starts))
    found = owned.get(draft.number.start)
    return found.words if found is not None else None


def _places_of(sentence: Sentence) -> list[_Place]:
    """Return the places of a sentence, found once."""
    cached = sentence.__dict__.get("_places")
    if cached is None:
        cached = list(_read_places(sentence))
        sentence.__dict__["_places"] = cached
    found: list[_Place] = cached
    return found


def _read_places(sentence: Sentence) -> list[_Place]:
    pattern = _PLACE_EN if sentence.language == "en" else _PLACE_RU
    unit = sentence.unit
    found: list[_Place] = []
    for match in pattern.finditer(sentence.text, unit.start, min(unit.end, unit.start + _LONGEST)):
        words = match.group("place")
        if _CALENDAR.match(words):
            continue
        start, end = sentence.at(match.start()), sentence.until(match.end())
        place = _trim(sentence, _Place(start, end, words))
        if place is not None and not _is_elsewhere(sentence, place, match.group("lead").lower()):
            found.append(place)
    return found


def _trim(sentence: Sentence, place: _Place) -> _Place | None:
    """Leave out what only looks like a place: somebody's ("in Russia's attack"), an army, an agency, a channel."""
    tokens = sentence.tokens
    first = place.start + 1 + (tokens[min(place.start + 1, len(tokens) - 1)].low == "the")
    words = sentence.lows[first : place.end]
    if not words or _MEDIA.intersection(words):
        return None
    following = tokens[place.end].low if place.end < len(tokens) else ""
    if following in _BODIES or words[-1] in _BODIES:
        return None
    last = tokens[place.end - 1]
    if sentence.language == "en" and last.low.endswith(("'s", "’s")):
        return None  # "in Russia's attack", "on Monday's"
    name = sentence.name_at.get(place.end - 1)
    adjective = name is not None and name.sense != "name"
    if adjective and name is not None and name.start <= first and sentence.language == "en":
        return None  # "in Russian detention", "on Ukrainians"
    if sentence.is_in_capitals and name is None:
        return None
    if sentence.language == "en" and _REGISTERED.search(place.words):
        return None  # "on UK-registered boats"
    text = place.words.strip("«»\"")
    if place.words.count("«") != place.words.count("»"):
        place = place._replace(words=place.words.replace("«", "").replace("»", ""))
    if " " not in text and _is_abbreviation(text) and not (name is not None and name.sense == "name"):
        return None  # "сообщили в МВД"
    return place


_REGISTERED = re.compile(r"-[a-z]+ed$")
_CASES = {"в": "loct", "во": "loct", "на": "loct", "под": "ablt", "у": "gent", "около": "gent", "близ": "gent"}


def _is_moved_to(sentence: Sentence, place: _Place, lead: str) -> bool:
    """Return whether Russian words are where somebody is taken or sent, "везут в Белгород", or whose a figure is, "у Непала"."""
    first = place.start + 1
    word = sentence.words[first]
    name = sentence.name_at.get(first)
    if lead == "у" and name is not None:
        return True
    cases = word.parse.cases
    if place.end - first == 1 and word.parse.kinds == {"ADJF"} and place.end < len(sentence.tokens):
        after = sentence.tokens[place.end]
        if after.is_word and after.text.islower() and "NOUN" in sentence.words[place.end].parse.kinds:
            return True  # "в Едином реестре"
    return bool(cases) and lead in _CASES and _CASES[lead] not in cases and not {"loc2", "gen2"} & set(cases)


def _is_abbreviation(text: str) -> bool:
    return 1 < len(text) <= 6 and sum(char.isupper() for char in text) >= max(2, len(text) - 1)


def _is_elsewhere(sentence: Sentence, place: _Place, lead: str) -> bool:
    """Return whether a place is that of who speaks, or a target that is only looked at."""
    tokens = sentence.tokens
    if sentence.language == "ru" and _is_moved_to(sentence, place, lead):
        return True
    if sentence.language == "en" and place.start and tokens[place.start - 1].low in _SITTING:
        return True  # "the court at Chilaw"
    needed = _LED_BY.get(lead)
    if needed is not None and sentence.language == "en":
        behind = [token.low for token in tokens[max(0, place.start - needed[0]) : place.start]]
        if not any(word.startswith(needed[1]) for word in behind):
            return True
    if lead == "по" and not any(
        token.low.startswith(_STRIKING) for token in tokens[max(0, place.start - 3) : place.start]
    ):
        return True
    for source in sources_of(sentence):
        if source.start <= place.start < source.end and source.kind != "label":
            return True
        if sentence.language == "en" and source.start < source.end <= place.start < source.verb:
            return True  # "Khadka, who speaks for families in Hetauda, said"
        said = source.verb
        if source.kind in ("cite", "estimate", "label", "impersonal", "carrier"):
            continue
        behind = [token.text for token in tokens[said + 1 : place.start]]
        if said < place.start and len(behind) <= _AFTER_SPEECH and not _DIVIDING.intersection(behind) and not _counts_between(
            sentence, said, place.start
        ):
            return True  # "said in Geneva", "сообщил журналистам в Киеве"
    speaking = sentence.lows[max(0, place.start - 3) : place.start]
    return bool(_SPEAKING.intersection(speaking))


_SPEAKING = read_word_set("places.speaking")
_SITTING = frozenset(
    {"court", "tribunal", "embassy", "consulate", "ministry", "office", "correspondent", "diplomat", "contractor"}
)
_FLEEING = ("displac", "fled", "flee", "evacuat", "exodus", "driven", "uproot")
_LED_BY = {
    "to": (7, _FLEEING),
    "from": (7, _FLEEING),
    "over": (3, ("down", "crash")),
    "of": (1, ("bombard", "shelling", "siege", "storming", "bombing")),
    "for": (1, ("battle",)),
    "leave": (3, ("trying", "attempt", "forced", "tried", "to")),
}
"""What must stand in how many tokens before a preposition so that it leads to where it happened: "displaced to Sévaré"."""


def _counts_between(sentence: Sentence, start: int, end: int) -> bool:
    return any(start < number.start < end for number in sentence.numbers)


def _share_out(sentence: Sentence, starts: tuple[int, ...]) -> dict[int, _Place]:
    """Return the place of every number: its own, the one that opens the sentence, or that of the number beside it."""
    key = f"_places_{starts}"
    cached: dict[int, _Place] | None = sentence.__dict__.get(key)
    if cached is not None:
        return cached
    places = _places_of(sentence)
    leading = any(place.end <= starts[0] for place in places)
    own: dict[int, _Place] = {}
    general: _Place | None = None
    for place in places:
        before = max((at for at in starts if at < place.start), default=None)
        after = min((at for at in starts if at >= place.end), default=None)
        owner = before if after is None else after
        if before is None and after is not None:
            # Nothing of what is counted stands before: "In Ukraine, 12 were killed and 30 wounded".
            general = general or place
        elif before is not None and after is not None:
            parted = _parts(sentence, before, place.start)
            label = after - 1 if sentence.tokens[after - 1].text in "—–:" else after  # "в Баткенской — 5"
            goes_on = not _parts(sentence, place.end, label)
            owner = after if parted and (goes_on or leading) else before
        if owner is None or abs(sentence.tokens[owner].start - sentence.tokens[place.start].start) > _FAR:
            continue
        known = own.get(owner)
        if known is None or abs(place.start - owner) < abs(known.start - owner):
            own[owner] = place
    shared = dict(own)
    for position, at in enumerate(starts):
        if at in shared:
            continue
        later = starts[position + 1] if position + 1 < len(starts) else None
        before = starts[position - 1] if position else None
        joined = later is not None and later in own and own[later].start > later and _is_joined(sentence, at, later)
        if joined and later is not None:
            shared[at] = own[later]
        elif before is not None and before in shared:
            shared[at] = shared[before]
        elif general is not None:
            shared[at] = general
    for at in reversed(starts):  # "killing 19, wounding 28 and leaving five missing in Kramatorsk"
        later = min((other for other in starts if other > at), default=None)
        if at not in shared and later is not None and later in shared and _is_joined(sentence, at, later):
            shared[at] = shared[later]
    sentence.__dict__[key] = shared
    return shared


def _parts(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a mark or a conjunction stands between two tokens."""
    return any(token.text in _DIVIDING or token.low in _JOINING for token in sentence.tokens[start:end])


def _is_joined(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether two numbers are told of together, so that the place behind the second is the first one's too."""
    between = [token.text for token in sentence.tokens[first:last]]
    return not {":", ";", "(", ".", "—", "–"}.intersection(between)


_LABEL_WORDS = 5
_NO_PLACE = frozenset({"is", "are", "was", "were", "where", "what", "here", "how", "all", "total", "others", "other", "both"})
_LABEL_REACH = 2  # sentences behind it
_LABEL_CELL = 60


def _read_first_cell(draft: Draft) -> str | None:
    """Return the first cell of a table's row that names neither people nor a country, and is no count itself."""
    sentence = draft.sentence
    cells = split_row(sentence)
    if len(cells) < 2 or draft.number.mention.start < cells[0][1] or draft.population.names:
        return None
    words = sentence.text[cells[0][0] : cells[0][1]].strip(" *")
    last = sentence.until(cells[0][1])
    human = any(word.kind not in ("", "thing") for word in sentence.words[:last])
    told = any(trigger.start < last for trigger in sentence.triggers)
    if not words or len(words) > _LABEL_CELL or not words[0].isupper() or any(char.isdigit() for char in words):
        return None
    counted = (_NO_LABELS | _NO_PLACE).intersection(token.low for token in sentence.tokens[:last]) or _CALENDAR.match(words)
    return None if human or told or counted else words


_NO_LABELS = read_word_set("places.no_labels")


def note_label(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep the place in capitals that opens an English line of a brief by itself: "KIDAL. A column was ambushed ..."."""
    unit, tokens = sentence.unit, sentence.tokens
    known = discourse.line_place
    if known is not None and (known[0] != unit.line or index - known[1] > _LABEL_REACH):
        discourse.line_place = None
    if not 2 <= len(tokens) <= _LABEL_WORDS or tokens[-1].text != "." or sentence.numbers or sentence.triggers:
        return
    words = tokens[:-1]
    if not all(token.text.isupper() and len(token.text) > 2 for token in words) or any(w.kind for w in sentence.words[:-1]):
        return
    if not _NO_LABELS.intersection(token.low for token in words):
        discourse.line_place = (unit.line, index, sentence.text[words[0].start : words[-1].end])


def find_label_place(draft: Draft) -> str | None:
    """Return the place that labels an English row, "Tarvan: detained 412, killed 3", "Kharkiv — 12"; never a country."""
    sentence = draft.sentence
    tokens = sentence.tokens
    if draft.how == "list" and draft.binding is None and (cell := _read_first_cell(draft)) is not None:
        return cell
    if sentence.language != "en" or sentence.unit.kind not in ("row", "item", "heading") or draft.unit == "percent":
        return None
    mark = next((at for at, token in enumerate(tokens[: _LABEL_WORDS + 1]) if token.text in ":—–"), None)
    if mark is None or not mark or mark >= draft.number.start:
        return None
    label = tokens[:mark]
    named = any(name.start < mark for name in sentence.names) or any(t.start < mark for t in sentence.triggers)
    human = any(word.kind not in ("", "thing") for word in sentence.words[:mark]) or any(t.low in _NO_PLACE for t in label)
    if named or human or not label[0].text[0].isupper() or _NO_LABELS.intersection(token.low for token in label):
        return None
    if any(number.start < mark for number in sentence.numbers) or any(source.start < mark for source in sources_of(sentence)):
        return None
    return sentence.text[label[0].start : label[-1].end]
