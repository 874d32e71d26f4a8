"""What a Russian figure may take over from the text before: not past a verb of its own, a new heading, or a nearer word."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.clauses import find_piece, has_unknown_verb
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.going_slavic import is_sent
from cenotaph.extract.claims.heads_slavic import find_headed
from cenotaph.extract.claims.inherited import Inherited
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number, Trigger
from cenotaph.reference.word_sets import read_word_set

_OF_ENDS = frozenset({"killed", "missing", "captured", "wounded", "casualties", "declared_dead", "body_returned", "identified"})
_OF_SERVICE = frozenset({"recruited", "fighting", "detained"})
_LINKS = frozenset({"—", "–", "-", ":", "было", "были", "уже", "всего", "только", "ещё", "еще", "почти", "лишь"})
_SHARING = frozenset({"приходится", "приходилось", "пришлось", "приходятся", "составляют", "составили", "составляли"})
_SHARES = frozenset({"на", "долю", "доля", "доле"})
_BLOCKS = 1


def weigh_inherited(
    sentence: Sentence, number: Number, population: Population, discourse: Discourse, earlier: list[Draft],
    inherited: Inherited,
) -> Inherited | None:  # fmt: skip
    """Return what a number takes over after a second look, None where its own clause says something else of it.

    Parameters
    ----------
    earlier
        Claims already read in the same sentence, in order.
    inherited
        What the rules that hold for every language give.
    """
    first, last = find_piece(sentence, number.start, max(number.end, population.end))
    if has_unknown_verb(sentence, first, last):
        if inherited.how != "part":
            return None  # "в реестре 40 фамилий, ещё 12 уехали учиться"
        inherited = replace(inherited, doubtful=True)
    framed = _find_framed(sentence, number)
    if framed is not None and inherited.how == "part" and framed.outcome != inherited.outcome:
        parent = inherited.parent
        if parent is not None and parent.sentence is sentence:
            parent = parent.parent
        return replace(inherited, outcome=framed.outcome, unit="people", parent=parent, doubtful=True)
    if inherited.how in ("figure", "coordinate") and (not earlier or earlier[-1].how == "figure"):
        nearer = _find_measured(sentence, number)
        if nearer is not None and nearer.outcome in _OF_SERVICE and _says_a_share(sentence, number):
            whole = _find_whole(sentence, number, discourse, earlier)
            if whole is not None:
                return replace(inherited, outcome=whole.outcome, how="part", parent=whole, unit="people", doubtful=True)
        if nearer is not None:
            return replace(inherited, outcome=nearer.outcome, unit="people", parent=None, doubtful=True)
        main = _find_main(discourse)
        if main is not None and population.kind == "bare" and inherited.parent is None:
            inherited = replace(inherited, outcome=main.outcome, unit=main.unit)
    before = discourse.last
    stale = before is not None and before.index < discourse.heading_index
    if inherited.how in ("coordinate", "list") and population.kind == "bare" and not stale:
        told = {trigger.outcome for trigger in sentence.triggers if not trigger.negated}
        inherited = replace(inherited, doubtful=inherited.doubtful and bool(told - {inherited.outcome}))
    if inherited.how == "part" and (
        inherited.outcome == "on_board" or number.mention.low is None or (
            inherited.parent is not None and inherited.parent.sentence is not sentence and inherited.parent.how != "own"
        ) or sentence.tokens[number.start].low.startswith("кажд")
    ):
        inherited = replace(inherited, doubtful=True)
    if stale and not earlier and inherited.parent is None and inherited.how in ("figure", "list", "earlier"):
        return replace(inherited, outcome=discourse.heading or inherited.outcome, unit="people", doubtful=True)
    return inherited


def _find_framed(sentence: Sentence, number: Number) -> Trigger | None:
    """Return what "среди вернувшихся" at the head of a sentence says of everybody told of in it."""
    for frame in sentence.frames:
        if frame.label != "subset" or frame.start > 1 or frame.end > number.start:
            continue
        if any(token.text in ";:." for token in sentence.tokens[frame.end : number.start]):
            return None
        for at in range(frame.start, frame.end + 1):
            trigger = sentence.trigger_at.get(at)
            if trigger is not None and (trigger.voice == "part" or "noun" in trigger.roles):
                return trigger
    return None


_NOMINAL = frozenset({"measure", "noun", "event", "victim"})


def _find_measured(sentence: Sentence, number: Number) -> Trigger | None:
    """Return the last noun before a bare figure that says what is counted: "о собственных потерях ... назвал число 5 814"."""
    found = [
        trigger
        for trigger in sentence.triggers
        if trigger.end <= number.start and trigger.roles & _NOMINAL and trigger.voice != "active"
    ]
    asked = next((at for at, token in enumerate(sentence.tokens[: number.start]) if token.low == "сколько"), None)
    if asked is not None:
        found += [trigger for trigger in sentence.triggers if asked <= trigger.start and trigger.end <= number.start]
    return found[-1] if found else None


def _find_main(discourse: Discourse) -> Draft | None:
    """Return the first claim of the sentence told last, where it is of dead: a bare figure after it is of them."""
    last = discourse.last
    if last is None:
        return None
    same = [draft for draft in discourse.drafts[-6:] if draft.sentence is last.sentence]
    return same[0] if same and same[0].outcome == "killed" and same[0].unit != "percent" else None


def find_category(
    sentence: Sentence, number: Number, binding: Binding, discourse: Discourse, earlier: list[Draft]
) -> Draft | None:
    """Return the claim whose people a number sorts by who they were: "осуждённых — 18 240; мобилизованными были 14 116"."""
    trigger = binding.trigger
    if binding.outcome not in _OF_SERVICE or trigger.end > number.start or trigger.roles & {"measure", "event", "state"}:
        return None
    if trigger.voice not in ("part", ""):
        return None
    between = [token.low for token in sentence.tokens[trigger.end : number.start]]
    first, _ = find_piece(sentence, trigger.start, trigger.end)
    opening = [token.low for token in sentence.tokens[first : trigger.start]]
    links = _LINKS | _SHARING if number.mention.kind == "percent" or opening else _LINKS
    if len(between) > 2 or not links.issuperset(between) or not _SHARES.issuperset(opening):
        return None
    return _find_whole(sentence, number, discourse, earlier)


def _says_a_share(sentence: Sentence, number: Number) -> bool:
    """Return whether a percentage is the share of a kind of people: "на долю мобилизованных приходится 14 процентов"."""
    first, _ = find_piece(sentence, number.start, number.end)
    before = sentence.tokens[first : number.start]
    return number.mention.kind == "percent" and any(token.low in _SHARES - {"на"} for token in before)


_LOOK_BACK = 12


def _find_whole(sentence: Sentence, number: Number, discourse: Discourse, earlier: list[Draft]) -> Draft | None:
    """Return the nearest claim of what became of people, in this paragraph or the one before, that a number may be a part of."""
    for draft in reversed([*discourse.drafts[-_LOOK_BACK:], *earlier]):
        if draft.sentence.unit.block < sentence.unit.block - _BLOCKS:
            return None
        total = draft.outcome in _OF_ENDS and draft.unit != "percent" and draft.parent is None and draft.value is not None
        if total and (number.mention.kind == "percent" or (number.mention.low or 0) <= (draft.value or 0)):
            return draft
    return None


def find_untold(
    sentence: Sentence, number: Number, population: Population, discourse: Discourse, earlier: list[Draft]
) -> Inherited | None:
    """Return what a number may be of that the rules for every language leave out: a list's entries, its sorts, who was moved."""
    if number.mention.kind not in ("people_candidate", "percent"):
        return None
    if (headed := find_headed(sentence, number, population, discourse)) is not None:
        return Inherited(headed, "people", None, "topic", True)  # "Погибшие по областям: Омская — 12", "Пленные. Их триста"
    last = earlier[-1] if earlier else discourse.last
    first, end = find_piece(sentence, number.start, max(number.end, population.end))
    lead = sentence.tokens[number.start - 1].low if number.start else ""
    near = last is not None and last.unit != "percent" and sentence.unit.block - last.sentence.unit.block <= _BLOCKS
    if lead in _SUMMING and population.kind in ("bare", "people") and (measured := _find_measured(sentence, number)) is not None:
        return Inherited(measured.outcome, "people", None, "figure", True)  # "пленные сидят вдоль стены, всего сорок восемь"
    if population.kind == "bare" and number.mention.low is not None and _opens_with_people(sentence, number):
        sorted_ = _find_whole(sentence, number, discourse, earlier)
        if sorted_ is not None:
            return Inherited(sorted_.outcome, "people", sorted_, "part", True)  # "подписавших контракт — 41 300"
    figure = any(f.label == "figure" and 0 <= number.start - f.end <= 1 for f in sentence.frames)
    plain = figure and lead not in ("с", "со", "на") and not earlier and population.kind == "bare"
    if plain and (measured := _find_measured(sentence, number)) is not None:
        return Inherited(measured.outcome, "people", None, "figure", True)  # "о потерях молчит с весны, когда назвал число 4 300"
    if (
        discourse.unnumbered is not None and population.kind == "bare" and number.start <= _OPENING and not sentence.triggers
        and number.mention.words and not has_unknown_verb(sentence, first, end)
    ):
        return Inherited(discourse.unnumbered[1], "people", None, "figure", True)  # "Хоронят каждый день. Вчера четверых"
    sides = lead in _SIDES and number.start > 1 and sentence.tokens[number.start - 2].low == "у"
    if sides and population.kind == "bare" and (measured := _find_measured(sentence, number)) is not None:
        return Inherited(measured.outcome, "people", None, "figure", True)  # "потери: у нас восемь, у них под сотню"
    if earlier and population.kind == "bare" and last is not None and any(
        token.low in _IN_TURN for token in sentence.tokens[first : number.start]
    ):
        return Inherited(last.outcome, last.unit, None, "coordinate", True)  # "вернули 1 212 тел, взамен приняли 27"
    if near and last is not None and population.kind == "bare" and not has_unknown_verb(sentence, first, end):
        told = last if earlier else _find_main(discourse) or last
        if lead == "их":
            return Inherited(told.outcome, told.unit, None, "figure", True)  # "местные полагают, что их до пятнадцати тысяч"
        if not earlier and _is_spoken_of(sentence, number, first):
            return Inherited(told.outcome, told.unit, None, "figure", True)  # "консул говорил изданию о «шестидесяти»"
        if earlier and lead in ("о", "об") and _says_again(sentence, last):
            return Inherited(last.outcome, "people", None, "coordinate", True)  # "о 1 200 убитых, осенью — уже о двух тысячах"
        if _names_a_thing(sentence, number) and last.outcome in _OF_ENDS:
            return Inherited(told.outcome, "people", None, "list", True)  # "«Томск» — сто девять"
    if number.mention.low is None:
        return None
    if last is not None and last.unit != "percent" and sentence.unit.block - last.sentence.unit.block <= _BLOCKS:
        listed = any(frame.label == "listed" and first <= frame.start < end for frame in sentence.frames)
        if listed and last.outcome in _OF_ENDS and _says_a_share(sentence, number):
            return Inherited(last.outcome, last.unit, last, "part", True)  # "на долю мобилизованных приходится 14 процентов"
        if listed and last.outcome in _OF_ENDS and population.kind != "thing":
            return Inherited(last.outcome, "people", None, "figure", True)  # "в список внесены 1 907 человек"
    if (head := _tell_by_head(sentence, number, population, discourse)) is not None:
        return Inherited(head, "people", None, "topic", True)
    if discourse.themes.get("wounded") and population.kind == "bare" and _is_moved(sentence, first, end, "admitted"):
        return Inherited("wounded", "people", None, "topic", True)  # "главврач: поступили сорок шесть"
    if population.kind in ("people", "bare") and is_sent(sentence, number, discourse, first, end):
        return Inherited("recruited", "people", None, "topic", True)  # "На войну брали всех. Из села уехали двадцать"
    if population.kind == "people" and number.mention.certain:
        for theme, count in sorted(discourse.themes.items(), key=lambda item: -item[1]):
            if count >= _THEME and theme in _MOVING and _is_moved(sentence, first, end, theme):
                return Inherited(theme, "people", None, "topic", True)  # "отвезли двадцать земляков", where men are recruited
    return None


_SUMMING = frozenset({"всего", "итого"})
_LONGEST_NAME = 6
_OPENING = 2
_SIDES = frozenset({"нас", "них", "противника", "врага", "наших"})
_IN_TURN = frozenset({"взамен", "обмен"})


def _is_spoken_of(sentence: Sentence, number: Number, first: int) -> bool:
    """Return whether a verb of saying and "о" lead to a bare figure in its clause."""
    at = number.start - 1
    while at > 0 and sentence.tokens[at].text in "«“\"":
        at -= 1
    if at < 1 or sentence.tokens[at].low not in ("о", "об"):
        return False
    return any(first <= span.start and span.end <= at and span.label in ("say", "find", "claim") for span in sentence.speech)


def _says_again(sentence: Sentence, last: Draft) -> bool:
    """Return whether the claim before in a sentence stands behind "о" too."""
    return last.sentence is sentence and last.number.start > 0 and sentence.tokens[last.number.start - 1].low in ("о", "об")


def _names_a_thing(sentence: Sentence, number: Number) -> bool:
    """Return whether a short name and a dash open the clause of a bare number: "«Томск» — сто девять", "Кыргызстан — 488"."""
    tokens = sentence.tokens
    at = number.start - 1
    while at > 0 and tokens[at].text in "«“\"":
        at -= 1
    if at < 1 or tokens[at].text not in "—–":
        return False
    begin = at
    while begin > 0 and tokens[begin - 1].text not in ",;:.!?()" and at - begin <= _LONGEST_NAME:
        begin -= 1
    first = next((token for token in tokens[begin:at] if token.is_word), None)
    named = first is not None and first.text[0].isupper() and at - begin <= _LONGEST_NAME
    return named and not has_unknown_verb(sentence, begin, at)


_THEME = 2  # sentences that speak of a thing before it is what a text is about
_THEMES: dict[str, tuple[str, ...]] = {
    "recruited": tuple(sorted(read_word_set("themes.recruited"))),
    "displaced": tuple(sorted(read_word_set("themes.displaced"))),
    "wounded": tuple(sorted(read_word_set("themes.wounded"))),
    "disaster": tuple(sorted(read_word_set("themes.disaster"))),
    "foreigners": tuple(sorted(read_word_set("themes.foreigners"))),
}


_KEPT = 20_000  # words


def follow_themes(sentence: Sentence, discourse: Discourse) -> None:
    """Keep what a text is about: which of the themes its sentences speak of; a heading counts as two."""
    told = {theme for low in sentence.lows if len(low) > _SHORT for theme in _find_themes(low)}
    for theme in _THEMES:
        if theme in told:
            discourse.themes[theme] = discourse.themes.get(theme, 0) + (2 if sentence.unit.kind == "heading" else 1)


@lru_cache(maxsize=_KEPT)
def _find_themes(low: str) -> tuple[str, ...]:
    """Return the themes of which a word speaks; kept for the next time, as most words speak of none."""
    return tuple(theme for theme, beginnings in _THEMES.items() if low.startswith(beginnings))


_SHORT = 4


_MOVING = {
    "recruited": tuple(sorted(read_word_set("inheritance.moving"))),
    "displaced": tuple(sorted(read_word_set("inheritance.moving"))),
    "wounded": tuple(sorted(read_word_set("inheritance.admitting"))),
    "admitted": ("поступ",),
}


def _is_moved(sentence: Sentence, first: int, last: int, theme: str) -> bool:
    return any(
        sentence.tokens[at].low.startswith(_MOVING[theme])
        and sentence.words[at].parse.kinds & {"VERB", "PRTS"}
        and not (at and sentence.tokens[at - 1].low == "не")
        for at in range(first, last)
    )


_STATES = read_word_set("inheritance.states")
_RIDERS = read_word_set("inheritance.riders")
_VEHICLES = tuple(sorted(read_word_set("inheritance.vehicles")))


def _tell_by_head(sentence: Sentence, number: Number, population: Population, discourse: Discourse) -> str | None:
    """Return what the word for the people says by itself: "девять тяжёлых" in a hospital, "паром с 92 пассажирами"."""
    if population.head is None:
        return None
    lemmas = sentence.words[population.head].parse.lemmas
    hurt = discourse.themes.get("wounded") or any(t.outcome in ("wounded", "killed") for t in sentence.triggers)
    if hurt and _STATES.intersection(lemmas) and population.head == number.end:
        return "wounded"
    lead = sentence.tokens[number.start - 1].low if number.start else ""
    if lead in ("с", "со") and _RIDERS.intersection(lemmas) and any(t.low.startswith(_VEHICLES) for t in sentence.tokens):
        return "on_board"
    return None


def _opens_with_people(sentence: Sentence, number: Number) -> bool:
    """Return whether people in the genitive and a dash stand before a number: "подписавших контракт ... — 41 300"."""
    at = number.start - 1
    if at < 1 or sentence.tokens[at].text not in "—–":
        return False
    first, _ = find_piece(sentence, at - 1, at)
    parse = sentence.words[first].parse
    people = bool(parse.kinds & {"PRTF", "ADJF"}) or sentence.words[first].kind not in ("", "thing")
    return people and "gent" in parse.cases and parse.plural and not has_unknown_verb(sentence, first, at)
