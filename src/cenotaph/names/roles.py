"""Which word of a name plays which part: decided from what each word says of itself, never from the words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cenotaph.names.generations import PLAIN, RANKED, tells_generation
from cenotaph.names.marked_names import AFTER_MARKERS, CHAIN_MARKERS, place, place_given
from cenotaph.names.orders import (
    CALL_SIGN,
    FAMILY,
    FAMILY_TWO,
    FATHER,
    FATHER_INITIAL,
    GENERATION,
    GRANDFATHER,
    MAIDEN,
    NONE,
    OTHER,
    RANK,
    Roles,
)
from cenotaph.names.units import INITIAL, JOINED, NO_LETTERS, PATRONYMIC, WORD, UnitFacts

_OPEN = {"(": ")", "[": "]", "«": "»", "“": "”", "„": "“”", '"': '"', "‟": "”"}
_COMMAS = ",،"


@lru_cache(maxsize=200_000)
def give_roles(facts: tuple[UnitFacts, ...], culture: str = "") -> Roles:
    """Give each word of a printed name its part.

    Parameters
    ----------
    facts
        What each word says of itself, in order.
    culture
        How names are made where the person comes from, if language or country tell: ``slav``, ``balkan``, ``turk``, ``arab``,
        ``pers``, ``nepal``, ``spain``, ``west``, else ''.
    """
    codes, words, comma = _set_aside(facts)
    if not words:
        return Roles("".join(codes), False, "")
    named = [facts[at] for at in words]
    if comma is not None:
        before = [at for at in words if at < comma]
        after = [at for at in words if at > comma]
        if before and after:
            for number, at in enumerate(before):
                codes[at] = FAMILY if number == 0 else FAMILY_TWO
            found = place_given([facts[at] for at in after], culture)
            for at, code in zip(after, found.codes, strict=True):
                codes[at] = code
            return Roles("".join(codes), False, found.sex or _tell_sex(facts, codes))
    found = place(named, culture)
    for at, code in zip(words, found.codes, strict=True):
        codes[at] = code
    return Roles("".join(codes), found.order_doubt, found.sex or _tell_sex(facts, codes))


@lru_cache(maxsize=50_000)
def give_field_roles(field: str, facts: tuple[UnitFacts, ...], culture: str = "") -> Roles:
    """Give each word of one column of a name its part.

    Parameters
    ----------
    field
        ``given``, ``father`` or ``family``: what the column says it holds.
    """
    codes, words, _ = _set_aside(facts)
    named = [facts[at] for at in words]
    if field == "given":
        found = place_given(named, culture).codes
    elif field == "family":
        found = FAMILY[: len(named)] + FAMILY_TWO * (len(named) - 1)
        if len(named) > 1 and named[-1].kind in AFTER_MARKERS:
            found = FAMILY + NONE * (len(named) - 1)
    else:
        found = ""
        for fact in named:
            if fact.kind in AFTER_MARKERS or fact.kind in CHAIN_MARKERS:
                found += NONE
            elif fact.kind == INITIAL:
                found += FATHER_INITIAL
            else:
                found += FATHER if FATHER not in found else GRANDFATHER if GRANDFATHER not in found else OTHER
    for at, code in zip(words, found, strict=True):
        codes[at] = code
    return Roles("".join(codes), False, _tell_sex(facts, codes))


def _set_aside(facts: Sequence[UnitFacts]) -> tuple[list[str], list[int], int | None]:
    """Give their parts to marks, ranks, call signs and maiden names; return where the words are that are left, and a comma."""
    codes = [NONE] * len(facts)
    words: list[int] = []
    titles: list[int] = []
    comma: int | None = None
    closing, inside, pending = "", NONE, NONE
    for at, fact in enumerate(facts):
        kind = fact.kind
        if closing and kind in closing:
            closing, pending = "", NONE
        elif kind in _OPEN and not closing:
            closing = _OPEN[kind]
            inside = MAIDEN if kind in "([" else CALL_SIGN
        elif len(kind) == 1 or kind == NO_LETTERS:
            if kind and kind in _COMMAS:
                comma = at if comma is None and words else comma
                pending = NONE
        elif kind == "maiden":
            pending = inside = MAIDEN
        elif kind == "call_sign":
            pending = inside = CALL_SIGN
        elif pending == NONE and not (closing and inside == CALL_SIGN) and tells_generation(facts, at, len(words)):
            codes[at] = GENERATION
        elif closing:
            codes[at] = _place_in_brackets(fact) if inside == MAIDEN and kind not in AFTER_MARKERS else inside
            if kind in AFTER_MARKERS:
                codes[at - 1 : at + 1] = [FATHER, NONE]
        elif pending != NONE:
            codes[at] = pending
        elif (
            kind in ("title", "rank")
            or (kind == "honorific" and not words and len(facts) - at > 2)
            or kind in RANKED
            or ((kind == "before_rank" or kind in PLAIN) and at + 1 < len(facts) and facts[at + 1].kind == "rank")
        ):
            codes[at] = RANK
            titles.append(at)
        else:
            words.append(at)
    if not words and titles:  # "General" alone may be somebody's name.
        words = titles
    elif not words and MAIDEN in codes:
        words = [at for at, code in enumerate(codes) if code == MAIDEN]
    return codes, words, comma


def _place_in_brackets(fact: UnitFacts) -> str:
    """Return a maiden name's part for what looks like a family name; another spelling of the given name is not one."""
    return MAIDEN if fact.family and not fact.given else OTHER


def _tell_sex(facts: Sequence[UnitFacts], codes: Sequence[str]) -> str:
    for fact, code in zip(facts, codes, strict=True):
        if fact.kind in AFTER_MARKERS:
            return AFTER_MARKERS[fact.kind]
        if code == FATHER and fact.kind in (PATRONYMIC, JOINED):
            return fact.sex
    for fact, code in zip(facts, codes, strict=True):
        if code == FAMILY and fact.family == 2 and fact.kind == WORD:
            return fact.sex
    return ""
