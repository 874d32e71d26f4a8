"""Which word of a name plays which part: decided from what each word says of itself, never from the words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cenotaph.names.units import INITIAL, JOINED, NO_LETTERS, PATRONYMIC, WORD, ZODA, UnitFacts

GIVEN, FAMILY, FAMILY_TWO, FATHER, GRANDFATHER = "G", "F", "A", "P", "D"
MAIDEN, CALL_SIGN, RANK, SUFFIX, OTHER, NONE = "M", "C", "R", "X", "O", "-"
GIVEN_INITIAL, FATHER_INITIAL = "I", "J"

_OPEN = {"(": ")", "[": "]", "«": "»", "“": "”", "„": "“”", '"': '"', "‟": "”"}
_COMMAS = ",،"
STRENGTH = (0.0, 0.5, 2.5)
GIVEN_WEIGHT = 1.5
"""How much a word's looking like a family name (0, 1, 2) speaks for its being one, and its being a given name against it."""
_GIVEN_FIRST = {"Latn": 1.6, "Arab": 6.0, "Pers": 6.0, "Deva": 1.6}
"""How much must speak against the given name's standing first, where it nearly always does."""
ARAB, DOUBLE = (2, 4), (3, 4)
"""Values of :attr:`UnitFacts.given`: where fathers' names follow, and where a second given name often does."""
_CHAIN_MARKERS = {"son_before": "m", "daughter_before": "f"}
_AFTER_MARKERS = {"son_after": "m", "daughter_after": "f"}


class Roles(NamedTuple):
    """The parts that the words play.

    Parameters
    ----------
    codes
        One letter for each word.
    order_doubt
        Whether given and family name may be the other way round.
    sex
        ``m`` or ``f`` where grammar says it, else ''.
    """

    codes: str
    order_doubt: bool
    sex: str


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
            found = _place_given([facts[at] for at in after], culture)
            for at, code in zip(after, found.codes, strict=True):
                codes[at] = code
            return Roles("".join(codes), False, found.sex or _tell_sex(facts, codes))
    found = _place(named, culture)
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
        found = _place_given(named, culture).codes
    elif field == "family":
        found = FAMILY[: len(named)] + FAMILY_TWO * (len(named) - 1)
        if len(named) > 1 and named[-1].kind in _AFTER_MARKERS:
            found = FAMILY + NONE * (len(named) - 1)
    else:
        found = ""
        for fact in named:
            if fact.kind in _AFTER_MARKERS or fact.kind in _CHAIN_MARKERS:
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
        elif closing:
            codes[at] = _place_in_brackets(fact) if inside == MAIDEN and kind not in _AFTER_MARKERS else inside
            if kind in _AFTER_MARKERS:
                codes[at - 1 : at + 1] = [FATHER, NONE]
        elif pending != NONE:
            codes[at] = pending
        elif kind in ("title", "rank") or (kind == "honorific" and not words and len(facts) - at > 2):
            codes[at] = RANK
            titles.append(at)
        elif kind == "suffix" and words:
            codes[at] = SUFFIX
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
        if fact.kind in _AFTER_MARKERS:
            return _AFTER_MARKERS[fact.kind]
        if code == FATHER and fact.kind in (PATRONYMIC, JOINED):
            return fact.sex
    for fact, code in zip(facts, codes, strict=True):
        if code == FAMILY and fact.family == 2 and fact.kind == WORD:
            return fact.sex
    return ""


def _place(words: list[UnitFacts], culture: str) -> Roles:
    kinds = [word.kind for word in words]
    count = len(words)
    for at, kind in enumerate(kinds):
        if kind in _CHAIN_MARKERS and 0 < at < count - 1:
            return _place_chain(words, at)
    for at in range(count - 1, 0, -1):
        if kinds[at] in _AFTER_MARKERS and kinds[at - 1] not in _AFTER_MARKERS:
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
    return _place_plain(words, culture)


def _place_chain(words: list[UnitFacts], at: int) -> Roles:
    """Place given, bin, father, bin, grandfather, family."""
    codes = []
    chain = [GIVEN, FATHER, GRANDFATHER]
    before = at
    marked = 0
    for place, word in enumerate(words):
        if word.kind in _CHAIN_MARKERS:
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
    return Roles("".join(codes), False, _CHAIN_MARKERS[words[at].kind])


def _place_around(words: list[UnitFacts], father: int, last: int) -> Roles:
    """Place the names around the father's, which stands at ``father`` with what marks it up to ``last``."""
    count = len(words)
    codes = [OTHER] * count
    codes[father] = FATHER
    for at in range(father + 1, last + 1):
        codes[at] = NONE
    for at, word in enumerate(words):
        if word.kind in _AFTER_MARKERS:
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
        found = _place_plain([words[at] for at in full], culture)
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


def _place_plain(words: list[UnitFacts], culture: str) -> Roles:
    count = len(words)
    script = "Pers" if any(word.script == "Pers" for word in words) else words[0].script
    if count == 1:
        only = words[0]
        family = only.family == 2 and not only.given
        return Roles(FAMILY if family else GIVEN, not family and not only.given, "")
    middles = [at for at, word in enumerate(words) if word.kind == "nepali_middle"]
    if culture == "nepal" or script == "Deva" or middles:
        return _place_nepali(words)
    if count == 2:
        first, doubt = _put_family_first(words[0], words[1])
        return Roles(FAMILY + GIVEN if first else GIVEN + FAMILY, doubt, "")
    if script == "Arab" or (culture == "arab" and script != "Pers") or _is_arab_chain(words):
        if script == "Cyrl" and words[0].family == 2 and words[-1].family < 2 and not words[0].given:
            return Roles(FAMILY + _chain(count, family=False), False, "")
        return Roles(_chain(count), False, "")
    if script == "Pers" or culture == "pers":
        return _place_persian(words)
    if culture == "spain":
        ends = [word.family - bool(word.given) for word in (words[0], words[-1])]
        first = ends[0] > ends[1] or (ends[0] == ends[1] and script == "Cyrl")
        if first:
            return Roles(FAMILY + FAMILY_TWO + GIVEN + OTHER * (count - 3), True, "")
        return Roles(GIVEN + OTHER * (count - 3) + FAMILY + FAMILY_TWO, False, "")
    first, doubt = _put_family_first(words[0], words[-1])
    if not first and count == 3 and script == "Latn" and words[1].family == 1 and words[2].family < 2 and not words[1].given:
        return Roles(GIVEN + FAMILY + FAMILY_TWO, doubt, "")  # Ali Heydari Virani
    if first:
        third = FATHER if culture == "turk" or (words[0].family == 2 and words[2].given and words[1].given) else OTHER
        return Roles(FAMILY + GIVEN + third + OTHER * (count - 3), doubt, "")
    return Roles(GIVEN + OTHER * (count - 2) + FAMILY, doubt, "")


def _chain(count: int, *, family: bool = True) -> str:
    """Return given, father, grandfather and further forefathers of so many words, the family at the end or in front."""
    ancestors = GIVEN + FATHER + GRANDFATHER + OTHER * max(count - 4, 0)
    return ancestors[: count - 1] + (FAMILY if family else "")


def _is_arab_chain(words: list[UnitFacts]) -> bool:
    """Tell whether a Latin or Cyrillic name looks like a chain of given, father's and grandfather's name."""
    arab = [word.given in ARAB for word in words]
    if len(words) == 3 and words[0].script == "Cyrl":
        return arab[0] and arab[1] and words[0].family < 2
    if len(words) == 3:
        return words[0].script == "Latn" and arab[1] and (arab[0] or words[2].family == 2) and words[0].family < 2
    if words[0].script == "Latn":
        return sum(arab[:-1]) > 1
    return words[0].family < 2 and sum(arab[:-1]) > 2


def _place_persian(words: list[UnitFacts]) -> Roles:
    """Place given name, perhaps a double one, then fathers' names that some lists have, then family names."""
    count = len(words)
    given = 2 if count > 2 and words[0].given in DOUBLE and words[1].given else 1
    codes = GIVEN * given
    for at in range(given, count - 1):
        fathers = words[at].given or (count > 3 and not words[at].family and words[-1].family)
        if not fathers or len(codes) > given + 1:
            break
        codes += FATHER if FATHER not in codes else GRANDFATHER
    rest = count - len(codes)
    return Roles(codes + FAMILY + FAMILY_TWO * (rest - 1), False, "")


def _place_nepali(words: list[UnitFacts]) -> Roles:
    count = len(words)
    if count == 2 and words[1].kind == "nepali_middle":
        return Roles(GIVEN + OTHER, True, "")
    sure = [at for at, word in enumerate(words) if word.family == 2]
    last = count - 1
    if last in sure and 0 not in sure:
        first, doubt = False, False
    elif 0 in sure and last not in sure:
        first, doubt = True, False
    else:
        first, doubt = words[0].script == "Cyrl", True
        if words[last].kind == "nepali_middle":
            first, doubt = True, False
        elif count > 2 and words[1].kind == "nepali_middle":
            first, doubt = False, False
    codes = [OTHER] * count
    if first:
        second = count > 2 and words[1].family == 2
        codes[0] = FAMILY
        if second:
            codes[1] = FAMILY_TWO
        codes[2 if second else 1] = GIVEN
    else:
        codes[last] = FAMILY
        codes[0] = GIVEN
        if count > 2 and words[last - 1].family == 2 and words[last - 1].kind == WORD and last - 1 > 0:
            codes[last - 1] = FAMILY_TWO
    return Roles("".join(codes), doubt, "")


def _place_given(words: list[UnitFacts], culture: str) -> Roles:
    """Place the words of a given name, which a father's may follow."""
    codes: list[str] = []
    for at, word in enumerate(words):
        if word.kind in _AFTER_MARKERS:
            if at and GIVEN in codes[: at - 1]:
                codes[at - 1] = FATHER
            codes.append(NONE)
        elif word.kind in _CHAIN_MARKERS:
            codes.append(NONE)
        elif word.kind == INITIAL:
            codes.append(GIVEN_INITIAL if at == 0 else FATHER_INITIAL)
        elif at and (word.kind in (PATRONYMIC, JOINED) or words[at - 1].kind in _CHAIN_MARKERS):
            codes.append(FATHER)
        elif at and (culture == "arab" or (word.script == "Arab" and word.given)):
            codes.append(FATHER if FATHER not in codes else GRANDFATHER if GRANDFATHER not in codes else OTHER)
        elif at and culture == "pers" and word.given:
            codes.append(GIVEN)
        else:
            codes.append(GIVEN if at == 0 else OTHER)
    return Roles("".join(codes), False, "")


def _put_family_first(one: UnitFacts, other: UnitFacts) -> tuple[bool, bool]:
    """Tell whether the first word is the family name, and whether that is in doubt."""
    weights = [STRENGTH[2 if word.kind in (PATRONYMIC, ZODA) else word.family] for word in (one, other)]
    score = weights[0] - weights[1] + GIVEN_WEIGHT * (bool(other.given) - bool(one.given)) + 3 * (one.upper - other.upper)
    if one.script in _GIVEN_FIRST:
        score -= _GIVEN_FIRST[one.script]
        return score > 0, abs(score) < 1 and max(weights) < 2 and not (one.given and not other.given)
    if score:
        return score > 0, abs(score) < 1 and max(weights) < 2
    return one.script == "Cyrl", True
