"""For whom they fought or served: the army that the words name, and whose losses are told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.population import is_soldierly
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Trigger
from cenotaph.reference.files import read_rows
from cenotaph.reference.places import label

_SERVING = (
    r"(?:serv(?:e|ed|es|ing)|fight(?:ing|s)?|fought|enlist(?:ed|ing)?|sign(?:ed|ing)?(?: up| on)?|work(?:ed|ing)"
    r"|di(?:ed|e|es|ing)|killed)"
)
_SIDES = {
    "en": re.compile(
        r"\bon (?:the )?(?P<a>[A-Z]\w+)(?:['’]s)? side\b|\b(?:for|in|into|joined|joining|join|of) (?:the )?"
        r"(?P<b>Russian?|Ukrain(?:e|ian)|Syrian?|Israeli?|Wagner|RSF)(?:['’]s)? (?:army|forces|armed forces|military|ranks"
        rf"|war effort|troops)|\b{_SERVING} (?:[a-z]+ )?(?:for|with|alongside|beside) (?:the )?(?P<c>[A-Z]\w+)"
        r"|\b(?P<d>International Legion)\b"
        r"|\b(?:recruited|hired|enlisted|mobili[sz]ed|employed) by (?:the )?(?P<e>Russian?|Ukrain(?:e|ian)|Wagner|RSF)"
        r"|\b(?:went|gone|travelled|traveled|go|going|sent|lured) to (?P<f>Russia|Ukraine) to (?:fight|serve)\b"
        r"|\b(?P<h>Moscow|Russia|Kyiv|Ukraine|Wagner)['’]s (?:[a-z]+ )?(?:recruits|fighters|volunteers|mercenaries|soldiers"
        r"|ranks)\b|\b(?P<i>Russia|Ukraine|Moscow|Kyiv|Wagner|RSF) (?:has |had |have )?(?:also |itself |already )?"
        r"(?:hired|recruited|enlisted)\b"
        r"|\bserved the (?P<g>[A-Z]{2,6}|[A-Z]\w+ army)\b"
    ),
    "ru": re.compile(
        r"\b[Нн]а стороне (?P<a>[А-ЯЁ][\w-]*)"
        r"|\b[Зз]а (?P<d>Росси[юи]|Украину|РФ|ДНР|ЛНР|Вагнер) (?:[а-яё]+ )?(?:погиб|воев|воюю|сраж|убит|умер|пал)"
        r"|\bв (?:составе |рядах )?(?P<b>российск\w+|украинск\w+|русск\w+) (?:арми\w+"
        r"|войск\w*|част\w+|сил\w+)|\bв (?:составе |рядах )?(?P<c>ВСУ|ВС РФ|ВС России|ЧВК «?Вагнер»?)"
    ),
    "uk": re.compile(r"\bна боці (?P<a>[А-ЯІЇЄ][\w-]*)|\bу складі (?P<b>ЗС РФ|ЗСУ)"),
}
_HINTS = {
    "en": ("side", "army", "forces", "military", "ranks", "war effort", "troops", "International", "for ", "with", "alongside",
           "beside", " by ", "Russia", "Ukraine", "served the", "Moscow", "Kyiv", "Wagner", "RSF"),
    "ru": ("стороне", "а Росси", "а Укр", "а РФ", "а ДНР", "а ЛНР", "а Вагн", "российск", "украинск", "русск", "ВСУ",
           "ВС ", "ЧВК"),
    "uk": ("боці", "складі"),
}
"""Letters of which each match of the expression for a language holds some: looking for these costs a twentieth."""
_SIDE_NAMES = tuple(
    (beginning, side) for beginning, side, _ in read_rows("claims/sides.csv", ("beginning", "side", "source"))
)


_LOSER_REACH = 8
_CROSSING = 150  # characters: what another number stands before is that number's own
_FAR = 350
_LONGEST = 600
_OPENING = 2  # sentences behind the heading
_FOREIGN = re.compile(r"\b(?:foreign|foreigners|mercenar|not citizens|nationalities|citizens of other)", re.IGNORECASE)
_BLOCKS = 1  # paragraphs over which a side holds on
_BEFALL = frozenset(
    {"killed", "wounded", "missing", "captured", "recruited", "fighting", "released", "identified", "body_returned", "casualties"}
)
_ENDS = ("убит", "погиб", "killed", "dead", "безвозврат", "kia")
_ARMED = ("army", "forces", "military", "troops", "regiment", "brigade", "soldiers", "арми", "войск", "бригад", "полк", "военн")


def fill_side(draft: Draft) -> None:
    """Fill for whom the people of a claim fought or served, as its sentence says."""
    if draft.sentence.language not in _SIDES:
        return
    best: tuple[int, str] | None = None
    sides = _sides_of(draft.sentence)
    if sides:
        centre = draft.sentence.tokens[draft.number.start].start
        numbers = draft.sentence.numbers
        others = [n.mention.start for n in numbers if n is not draft.number and n.mention.kind == "people_candidate"]
        english = draft.sentence.language == "en"
    for start, side in sides:
        distance = abs(start - centre)
        between = english and any(min(start, centre) < other < max(start, centre) for other in others)
        before = english and start < centre and any(other < start for other in others)
        if between or before:
            distance += _CROSSING  # "three joined Russian forces, while 2,000 fight for Ukraine"
        if best is None or distance < best[0]:
            best = (distance, side)
    lost = _find_loser(draft)
    if lost is not None:
        draft.side = lost
    elif (
        draft.population.names
        and draft.nationality
        and is_soldierly(draft.sentence, draft.population.head)
        and (best is None or best[0] > 120)
    ):
        draft.side = label(draft.nationality[0])
    elif best is not None and best[0] < (_FAR if draft.sentence.language == "en" else 200):
        draft.side = best[1]
    elif draft.parent is not None:
        draft.side = draft.parent.side


def _sides_of(sentence: Sentence) -> list[tuple[int, str]]:
    """Return where the words of a sentence name a side, and which, found once."""
    sides: list[tuple[int, str]] | None = sentence.__dict__.get("_sides")
    if sides is None:
        sides = sentence.__dict__["_sides"] = []
        unit = sentence.unit
        end = min(unit.end, unit.start + 3000)
        words = sentence.text[unit.start : end]
        if any(map(words.__contains__, _HINTS[sentence.language])):
            for found in _SIDES[sentence.language].finditer(sentence.text, unit.start, end):
                said = next((value for value in found.groups() if value), "")
                side = next((label for key, label in _SIDE_NAMES if said.lower().startswith(key)), None)
                if side is None and said.isupper():
                    side = said  # "served the RSF"
                if side is not None:
                    sides.append((found.start(), side))
    return sides


def _find_theme(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> str | None:
    """Return the army whose foreigners a text is about by its heading or first words, None where it tells of another too."""
    if not sentences or sentences[0].language != "en":
        return None
    sides = {draft.side for draft in drafts if draft.side is not None and draft.sentence.language == "en"}
    if len(sides) > 1:
        return None
    opening = sentences[: _OPENING + 1]
    if not any(_FOREIGN.search(one.text, one.unit.start, min(one.unit.end, one.unit.start + _LONGEST)) for one in opening):
        return None
    named = (side for one in opening for _, side in _sides_of(one) if sides <= {side})
    return next(named, None)


def carry_sides(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> None:
    """Give foreigners whose side a text has just said the same side where it goes on to tell what befell them.

    Of Nepalis of whom a paragraph says that they served in one army it is not told anew for whom with every number; people who
    are at home on a side are left alone, for there the word may mean civilians.
    """
    said: dict[str, tuple[int, str]] = {}
    theme = _find_theme(drafts, sentences)
    for draft in drafts:
        block = draft.sentence.unit.block
        if draft.side is None and _BEFALL.issuperset(draft.outcome.split("+")):
            parent = draft.parent
            if parent is not None and parent.side is not None and parent.nationality == draft.nationality:
                draft.side = parent.side
            elif draft.nationality:
                known = {said[code][1] for code in draft.nationality if code in said and block - said[code][0] <= _BLOCKS}
                draft.side = next(iter(known)) if len(known) == 1 else None
            if draft.side is None and theme is not None and all(label(code) != theme for code in draft.nationality):
                draft.side = theme
            continue
        for code in draft.nationality if draft.side is not None else ():
            if label(code) != draft.side:
                said[code] = (block, draft.side or "")


def _loss_of(draft: Draft) -> Trigger | None:
    """Return the words "lost", "потеряла", "losses" that a claim is bound to."""
    if draft.binding is None:
        return None
    trigger = draft.binding.trigger
    low = draft.sentence.tokens[trigger.start].low
    if "loss" in trigger.roles or low.startswith(("loss", "потер")):
        return trigger
    behind = draft.population.kind == "outcome" or trigger.start >= draft.number.end
    lost = (t for t in draft.sentence.triggers if "loss" in t.roles and 0 <= draft.number.start - t.end <= _LOSER_REACH)
    return next(lost, None) if behind else None  # "lost 1,000 killed and wounded"


def is_military_loss(draft: Draft) -> bool:
    """Return whether an army's or a country's "потеряли 40 человек" leaves open whether the wounded are among them."""
    trigger = _loss_of(draft)
    if trigger is None or draft.population.kind == "outcome":
        return False
    tokens = draft.sentence.tokens
    if any(token.low.startswith(_ENDS) for token in tokens[draft.number.start :][: _LOSER_REACH + 4]):
        return False
    if is_soldierly(draft.sentence, draft.population.head) or _find_loser(draft) is not None:
        return True
    before = tokens[max(0, trigger.start - _LOSER_REACH) : trigger.start]
    return any(token.low.startswith((*_ARMED, "враг", "противник", "мы", "enemy")) for token in before)


def _find_loser(draft: Draft) -> str | None:
    """Return whose losses are told: "Russia has lost 1,000 soldiers", "потери ВСУ составили", "Russia's losses"."""
    trigger = _loss_of(draft)
    if trigger is None or draft.population.names:
        return None
    sentence = draft.sentence
    if not (
        draft.population.kind in ("bare", "outcome")
        or is_soldierly(sentence, draft.population.head)
        or _counts_men(sentence, draft)
    ):
        return None  # "Ukraine lost 300 children"
    return _name_before(sentence, trigger) or _name_behind(sentence, trigger)


def _counts_men(sentence: Sentence, draft: Draft) -> bool:
    head = draft.population.head
    return head is not None and sentence.words[head].kind == "generic"


def _name_before(sentence: Sentence, trigger: Trigger) -> str | None:
    tokens = sentence.tokens
    for at in range(trigger.start - 1, max(-1, trigger.start - _LOSER_REACH), -1):
        if tokens[at].text in ",;:.(—" or at in sentence.trigger_at or any(span.start == at for span in sentence.speech):
            return None
        name = _name_side(sentence, at)
        if name is not None:
            return name
    return None


def _name_behind(sentence: Sentence, trigger: Trigger) -> str | None:
    """Return whose "потери ВСУ", "losses of the Ukrainian army" are: a name right behind the noun."""
    for at in range(trigger.end, min(len(sentence.tokens), trigger.end + 3)):
        if at in sentence.number_at or sentence.tokens[at].text in ",;:.(—":
            return None
        name = _name_side(sentence, at)
        if name is not None:
            return name
    return None


def _name_side(sentence: Sentence, at: int) -> str | None:
    low = sentence.tokens[at].low
    named = next((side for beginning, side in _SIDE_NAMES if low.startswith(beginning)), None)
    if named is not None:
        return named
    name = sentence.name_at.get(at)
    if name is None or len(name.codes) != 1 or len(name.codes[0]) != 2 or name.sense not in ("name", "adjective"):
        return None
    return label(name.codes[0])
