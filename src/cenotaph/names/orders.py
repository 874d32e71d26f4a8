"""The order of a name in which no word marks another: told from what names look like where they come from."""

from __future__ import annotations

from typing import NamedTuple

from cenotaph.names.units import PATRONYMIC, WORD, ZODA, UnitFacts

GIVEN, FAMILY, FAMILY_TWO, FATHER, GRANDFATHER = "G", "F", "A", "P", "D"
MAIDEN, CALL_SIGN, RANK, GENERATION, OTHER, NONE = "M", "C", "R", "N", "O", "-"
GIVEN_INITIAL, FATHER_INITIAL = "I", "J"

STRENGTH = (0.0, 0.5, 2.5)
GIVEN_WEIGHT = 1.5
"""How much a word's looking like a family name (0, 1, 2) speaks for its being one, and its being a given name against it."""
_GIVEN_FIRST = {"Latn": 1.6, "Arab": 6.0, "Pers": 6.0, "Deva": 1.6}
"""How much must speak against the given name's standing first, where it nearly always does."""
ARAB, DOUBLE = (2, 4), (3, 4)
"""Values of :attr:`UnitFacts.given`: where fathers' names follow, and where a second given name often does."""


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


def place_plain(words: list[UnitFacts], culture: str) -> Roles:
    """Place given and family names, and fathers' where they stand without a mark."""
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
        first, doubt = put_family_first(words[0], words[1])
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
    first, doubt = put_family_first(words[0], words[-1])
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


def put_family_first(one: UnitFacts, other: UnitFacts) -> tuple[bool, bool]:
    """Tell whether the first word is the family name, and whether that is in doubt."""
    weights = [STRENGTH[2 if word.kind in (PATRONYMIC, ZODA) else word.family] for word in (one, other)]
    score = weights[0] - weights[1] + GIVEN_WEIGHT * (bool(other.given) - bool(one.given)) + 3 * (one.upper - other.upper)
    if one.script in _GIVEN_FIRST:
        score -= _GIVEN_FIRST[one.script]
        return score > 0, abs(score) < 1 and max(weights) < 2 and not (one.given and not other.given)
    if score:
        return score > 0, abs(score) < 1 and max(weights) < 2
    both_arab = one.given in ARAB and other.given in ARAB
    return one.script == "Cyrl" and not both_arab, True
