"""Names in which a word tells the others' parts: a patronymic, ``bin``, ``угли``, an initial."""

from __future__ import annotations

from cenotaph.names.orders import (
    FAMILY,
    FATHER,
    FATHER_INITIAL,
    GIVEN,
    GIVEN_INITIAL,
    GRANDFATHER,
    NONE,
    OTHER,
    Roles,
    place_plain,
)
from cenotaph.names.units import INITIAL, JOINED, PATRONYMIC, ZODA, UnitFacts

CHAIN_MARKERS = {"son_before": "m", "daughter_before": "f"}
AFTER_MARKERS = {"son_after": "m", "daughter_after": "f"}


def place(words: list[UnitFacts], culture: str) -> Roles:
    """Place the words of a whole name."""
    kinds = [word.kind for word in words]
    count = len(words)
    for at, kind in enumerate(kinds):
        if kind in CHAIN_MARKERS and 0 < at < count - 1:
            return _place_chain(words, at)
    for at in range(count - 1, 0, -1):
        if kinds[at] in AFTER_MARKERS and kinds[at - 1] not in AFTER_MARKERS:
            return _place_around(words, at - 1, at)
    joined = [at for at, kind in enumerate(kinds) if kind == JOINED]
    central_asian = words[0].script == "Cyrl" or culture == "turk"
    if joined and count > 1 and (joined[-1] != 1 or central_asian):
        return _place_around(words, joined[-1], joined[-1])
    fathers = [at for at, kind in enumerate(kinds) if kind == PATRONYMIC]
    if fathers and fathers[-1] > 0 and culture != "balkan":
        return _place_around(words, fathers[-1], fathers[-1])
    if kinds[-1] == ZODA and count == 3 and words[0].script in ("Cyrl", "Latn") and culture not in ("pers", "arab"):
        if words[0].family == 2 or kinds[0] == ZODA:
            return _place_around(words, 2, 2)
        return Roles(GIVEN + FATHER + FAMILY, False, "")  # Файзиддин Манучеҳрзода Далерзода
    if INITIAL in kinds and count > 1:
        return _place_initials(words, culture)
    return place_plain(words, culture)


def _place_chain(words: list[UnitFacts], at: int) -> Roles:
    """Place given, bin, father, bin, grandfather, family."""
    codes = []
    chain = [GIVEN, FATHER, GRANDFATHER]
    before = at
    marked = 0
    for place, word in enumerate(words):
        if word.kind in CHAIN_MARKERS:
            codes.append(NONE)
            marked = 1
        elif place < before:
            codes.append(GIVEN if place == 0 else OTHER)
        elif marked and len(chain) > 1:
            codes.append(chain.pop(1))
            marked = 0
        else:
            codes.append(OTHER)
    rest = [place for place in range(at + 1, len(words)) if codes[place] == OTHER]
    if rest:
        codes[rest[-1]] = FAMILY
    return Roles("".join(codes), False, CHAIN_MARKERS[words[at].kind])


def _place_around(words: list[UnitFacts], father: int, last: int) -> Roles:
    """Place the names around the father's, which stands at ``father`` with what marks it up to ``last``."""
    count = len(words)
    codes = [OTHER] * count
    codes[father] = FATHER
    for at in range(father + 1, last + 1):
        codes[at] = NONE
    for at, word in enumerate(words):
        if word.kind in AFTER_MARKERS:
            codes[at] = NONE
    before = list(range(father))
    after = [at for at in range(last + 1, count) if codes[at] == OTHER]
    doubt = False
    if not before:
        given = after[0] if after else None
        family = after[1] if len(after) > 1 else None
        if given is None:
            return Roles("".join(codes), True, "")
        if words[father].kind == PATRONYMIC:  # A patronymic that stands first is a family name: Алексиевич.
            codes[father], family = FAMILY, father
    elif len(before) == 1:
        given = before[0]
        family = after[0] if after else None
        if family is None and words[given].family == 2 and not words[given].given:
            given, family = None, before[0]
        doubt = family is None and words[before[0]].family == 1
    else:
        given, family = before[-1], before[0]
        one, other = words[before[0]], words[before[-1]]
        if after and after[0] != family and words[before[0]].family < words[after[0]].family:
            family = after[0]
        elif not one.family and not other.given and other.family == 2:
            given, family = before[0], before[-1]
    if given is not None:
        codes[given] = GIVEN_INITIAL if words[given].kind == INITIAL else GIVEN
    if family is not None:
        codes[family] = FAMILY
    return Roles("".join(codes), doubt, "")


def _place_initials(words: list[UnitFacts], culture: str) -> Roles:
    full = [at for at, word in enumerate(words) if word.kind != INITIAL]
    short = [at for at, word in enumerate(words) if word.kind == INITIAL]
    codes = [OTHER] * len(words)
    if len(full) >= 2:
        found = place_plain([words[at] for at in full], culture)
        for at, code in zip(full, found.codes, strict=True):
            codes[at] = code
        if GIVEN in found.codes:
            given = full[found.codes.index(GIVEN)]
            for at in short:
                if at == given + 1:
                    codes[at] = FATHER_INITIAL
        return Roles("".join(codes), found.order_doubt, "")
    if full:
        codes[full[0]] = FAMILY
    for at, code in zip(short, (GIVEN_INITIAL, FATHER_INITIAL), strict=False):
        codes[at] = code
    return Roles("".join(codes), False, "")


def place_given(words: list[UnitFacts], culture: str) -> Roles:
    """Place the words of a given name, which a father's may follow."""
    codes: list[str] = []
    for at, word in enumerate(words):
        if word.kind in AFTER_MARKERS:
            if at and GIVEN in codes[: at - 1]:
                codes[at - 1] = FATHER
            codes.append(NONE)
        elif word.kind in CHAIN_MARKERS:
            codes.append(NONE)
        elif word.kind == INITIAL:
            codes.append(GIVEN_INITIAL if at == 0 else FATHER_INITIAL)
        elif at and (word.kind in (PATRONYMIC, JOINED) or words[at - 1].kind in CHAIN_MARKERS):
            codes.append(FATHER)
        elif at and (culture == "arab" or (word.script == "Arab" and word.given)):
            codes.append(FATHER if FATHER not in codes else GRANDFATHER if GRANDFATHER not in codes else OTHER)
        elif at and culture == "pers" and word.given:
            codes.append(GIVEN)
        else:
            codes.append(GIVEN if at == 0 else OTHER)
    return Roles("".join(codes), False, "")
