"""What forbids that two reports are about one person, whatever else agrees: the test that every pair of a group must pass."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np

from cenotaph.link.likeness import begins, distance, is_servant, is_slip, length_of, names_differ, same_alphabet, vowels_clash
from cenotaph.link.preparing import KNOWN_RATE
from cenotaph.link.tables import VETO_CAUSES
from cenotaph.link.traits import BIRTH, DEATH, FATHER, GENERATION, GIVEN, LISTED, MIDDLE, NONE, SEX, UNKNOWN, Traits

BIRTH_GAP, BIRTH_DAYS_GAP = 1_100, 370
"""Days between two births that no usual mistake explains: where one is rough or told by an age, and where both are days."""
DEATH_GAP, PUBLISHED_GAP = 120, 7
"""The same for two deaths that are told, and for a death after the day on which another report has it already."""
_EXACT = 1
_NEAR_DEATH = 3
_SMALL_A, _SMALL_Y = 97, 121
_SHORTEST = 3
"""Letters of a key that are enough to be known again in a word that it was written together with."""


def cause_name(cause: int) -> str | None:
    """Return the name of a cause, None for no veto."""
    return VETO_CAUSES[cause - 1] if cause else None


@numba.njit(cache=True, nogil=True)
def _stands_elsewhere(x, one, y, two):  # type: ignore[no-untyped-def]
    """Tell whether a part of either name is among all the parts of the other."""
    for at in range(len(x.words)):  # noqa: SIM110 - numba compiles loops, and no generators
        if y.words[at] == one or x.words[at] == two:
            return True
    return False


@numba.njit(cache=True, nogil=True)
def _given_elsewhere(x, y):  # type: ignore[no-untyped-def]
    """Tell whether a given name is another part of the other name, by order or since parts were left out.

    Not so where the parts stand beside each other all the same: who shares the father's name has only the family name for the
    given one to be exchanged with, and is named after his grandfather otherwise; nor is a son's name missing where two share the
    family name and one's given name is the other's father's.
    """
    one, two = x.given_word, y.given_word
    father, other = x.father_word, y.father_word
    if father >= 0 and father == other:
        family, beside = x.family_word, y.family_word
        return family != beside and (one == beside or two == family)
    if x.family_word >= 0 and x.family_word == y.family_word:
        one = -3 if father < 0 and one == other else one
        two = -3 if other < 0 and two == father else two
    return _stands_elsewhere(x, one, y, two)


@numba.njit(cache=True, nogil=True)
def _father_elsewhere(x, y):  # type: ignore[no-untyped-def]
    """Tell whether a father's name is another part of the other name; one that is the given name of both is there as that."""
    one, two = x.father_word, y.father_word
    if x.given_word >= 0 and x.given_word == y.given_word:
        one = -3 if one == x.given_word else one
        two = -3 if two == y.given_word else two
    return _stands_elsewhere(x, one, y, two)


@numba.njit(cache=True, nogil=True)
def _names_look_alike(t, x, y):  # type: ignore[no-untyped-def]
    """Tell whether two given names of one alphabet are two, though they are nearly alike: brothers are often named so."""
    left, right = t.given_layers[x.given], t.given_layers[y.given]
    one, two = left[2], right[2]
    rarer = min(x.given_rate, y.given_rate)
    if not same_alphabet(one, two):
        return False
    if distance(left[0], right[0]) == 0:
        if is_servant(left[0]):
            return False
        # Without vowels a letter more is another name where both are names: Muhammad and Mahmud, Hasan and Husayn.
        return rarer > KNOWN_RATE if one[0] < _SMALL_A else vowels_clash(left[1], right[1])
    if rarer < KNOWN_RATE or x.given_formal == y.given_formal:
        return False
    if distance(one, two) <= 1 and rarer == KNOWN_RATE:
        return False
    return not begins(one, two, min(length_of(one), length_of(two)))


@numba.njit(cache=True, nogil=True)
def _rows_differ(t, x, y):  # type: ignore[no-untyped-def]
    """Tell whether the given names of two rows of a list are more than a slip apart, and none is short for the other."""
    left, right = t.given_layers[x.given], t.given_layers[y.given]
    if is_servant(left[0]) or distance(left[1], right[1]) < 2 or distance(left[2], right[2]) < 2:
        return False
    if begins(left[2], right[2], min(length_of(left[2]), length_of(right[2]))):
        return False
    return x.given_word == y.given_word or x.given_formal != y.given_formal


@numba.njit(cache=True, nogil=True)
def find_veto(t, i, j):  # type: ignore[no-untyped-def]
    """Return the number of what forbids that two reports are about one person, nought for nothing."""
    cause = _find_cause(t, i, j)
    return cause if t.binding[cause] else NONE


@numba.njit(cache=True, nogil=True)
def _find_cause(t, i, j):  # type: ignore[no-untyped-def]
    """Return what contradicts, of a field that forbids before that of one that does not."""
    cause = find_date_veto(t, i, j)
    return cause if cause != NONE else _find_name_cause(t, t.report[i], t.report[j])


@numba.njit(cache=True, nogil=True)
def find_name_veto(t, i, j):  # type: ignore[no-untyped-def]
    """Return what of two reports' names forbids that they are about one person, whatever their dates say."""
    cause = _find_name_cause(t, t.report[i], t.report[j])
    return cause if t.binding[cause] else NONE


@numba.njit(cache=True, nogil=True)
def find_date_veto(t, i, j):  # type: ignore[no-untyped-def]
    """Return which date of two reports forbids that they are about one person, of those that may forbid."""
    x, y = t.report[i], t.report[j]
    told = x.birth_low != UNKNOWN and x.birth_high != UNKNOWN and y.birth_low != UNKNOWN and y.birth_high != UNKNOWN
    if told and t.binding[BIRTH]:
        gap = max(x.birth_low, y.birth_low) - min(x.birth_high, y.birth_high)
        both = x.birth_kind == _EXACT and y.birth_kind == _EXACT
        if gap > (BIRTH_DAYS_GAP if both else BIRTH_GAP) and not (both and is_slip(x.birth_date, y.birth_date)):
            return BIRTH
    for a, b in ((x, y), (y, x)):
        if t.binding[DEATH] and a.death_low != UNKNOWN and b.death_high != UNKNOWN:
            told = b.death_kind != 0
            if a.death_low - b.death_high > (DEATH_GAP if told else PUBLISHED_GAP):
                return DEATH
    return NONE


@numba.njit(cache=True, nogil=True)
def _find_name_cause(t, x, y):  # type: ignore[no-untyped-def]
    """Return what of two names contradicts."""
    if x.generation >= 0 and y.generation >= 0 and x.generation != y.generation:
        return GENERATION
    if (
        t.binding[FATHER]
        and x.father >= 0
        and y.father >= 0
        and x.father != y.father
        and not _father_elsewhere(x, y)
        and names_differ(t.father_layers[x.father], t.father_layers[y.father])
    ):
        return FATHER
    if x.given >= 0 and y.given >= 0 and x.given != y.given and not _same_letters(t, x, y) and not _pasted(t, x, y):
        if (
            x.given_formal != y.given_formal
            and not _given_elsewhere(x, y)
            and names_differ(t.given_layers[x.given], t.given_layers[y.given])
        ):
            return GIVEN
        if x.row_of >= 0 and x.row_of == y.row_of and _rows_differ(t, x, y):
            return LISTED
        elsewhere = x.given_word != y.given_word and _given_elsewhere(x, y)
        if not elsewhere and _names_look_alike(t, x, y):
            return GIVEN
        if not elsewhere and _sexes_differ(t, x, y):
            return SEX
    return MIDDLE if _middles_differ(t, x, y) else NONE


@numba.njit(cache=True, nogil=True)
def _pasted(t, x, y):  # type: ignore[no-untyped-def]
    """Tell whether one given name was written in one word with what follows it: with the father's name, or with all."""
    for one, other in ((x, y), (y, x)):
        long, short = t.given_layers[one.given, 0], t.given_layers[other.given, 0]
        n, m = length_of(long), length_of(short)
        if m < _SHORTEST or n - m < 2:
            continue
        head, tail = True, True
        for at in range(m):
            head = head and long[at] == short[at]
            tail = tail and long[n - m + at] == short[at]
        if one.parts == 1 and (head or tail):
            return True
        if head and one.father < 0 and other.father >= 0:
            father = t.father_layers[other.father, 0]
            gone = 1 if father[0] == _SMALL_Y else 0  # Within a word no key keeps it.
            same = length_of(father) - gone == n - m
            for at in range(n - m):
                same = same and long[m + at] == father[at + gone]
            if same:
                return True
    return False


@numba.njit(cache=True, nogil=True)
def _sexes_differ(t, x, y):  # type: ignore[no-untyped-def]
    """Tell whether one name is a man's and the other a woman's: by the grammar of both, or as Aziz and Aziza are."""
    if x.sex == 0 or y.sex == 0 or x.sex == y.sex:
        return False
    if x.sex_by_grammar and y.sex_by_grammar:
        return True
    one, two = t.given_layers[x.given, 2], t.given_layers[y.given, 2]
    m, n = length_of(one), length_of(two)
    if not same_alphabet(one, two):
        return x.given_formal != y.given_formal
    if begins(one, two, min(m, n)):
        return abs(m - n) == 1 and min(m, n) > _SHORTEST and (one[m - 1] if m > n else two[n - 1]) == _SMALL_A
    return x.given_formal != y.given_formal and distance(one, two) > 1


@numba.njit(cache=True, nogil=True)
def _middles_differ(t, x, y):  # type: ignore[no-untyped-def]
    """Tell whether two names of one given name have another second name each: brothers who both bear their grandfather's."""
    if x.middle < 0 or y.middle < 0 or x.middle == y.middle or x.father >= 0 or y.father >= 0:
        return False
    if x.given < 0 or y.given < 0 or x.given_formal != y.given_formal:
        return False
    # Reza is no part of Mohammad Ali Rezaei, though Rezaei is written with the same consonants.
    first = -3 if x.middle_word == x.family_word else x.middle_word
    second = -3 if y.middle_word == y.family_word else y.middle_word
    if _stands_elsewhere(x, first, y, second):
        return False
    one, two = t.middle_keys[x.middle, 0], t.middle_keys[y.middle, 0]
    shorter = min(length_of(one), length_of(two))
    return shorter > 1 and distance(one, two) > 1 and not begins(one, two, shorter)


@numba.njit(cache=True, nogil=True)
def share_more(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether two reports have the same day of birth, nearly the same day of death, or the same place."""
    x, y = t.report[i], t.report[j]
    if x.birth_kind == _EXACT and y.birth_kind == _EXACT and x.birth_date == y.birth_date != UNKNOWN:
        return True
    if x.death_kind == _EXACT and y.death_kind == _EXACT and abs(x.death_low - y.death_low) <= _NEAR_DEATH:
        return True
    return x.place >= 0 and x.place == y.place


@numba.njit(cache=True, nogil=True)
def tell_the_same(t, i, j, cause):  # type: ignore[no-untyped-def]
    """Tell whether two reports both say the thing in which others contradict, and say the same of it."""
    x, y = t.report[i], t.report[j]
    if cause == GIVEN:
        if x.given < 0 or y.given < 0:
            return False
        one, two = t.given_layers[x.given, 2], t.given_layers[y.given, 2]
        return x.given == y.given or x.given_formal == y.given_formal or distance(one, two) <= 1
    if cause == FATHER:
        return x.father_word >= 0 and x.father_word == y.father_word
    if cause == BIRTH:
        told = x.birth_low != UNKNOWN and x.birth_high != UNKNOWN
        return told and y.birth_low <= x.birth_high and x.birth_low <= y.birth_high and y.birth_low != UNKNOWN
    for one, other in ((x, y), (y, x)):
        if one.death_kind != 0 and one.death_low != UNKNOWN and other.death_high != UNKNOWN:
            return True
    return False


@numba.njit(cache=True, nogil=True)
def _same_letters(t, x, y):  # type: ignore[no-untyped-def]
    """Tell whether two given names are equal as folded."""
    left, right = t.given_layers[x.given], t.given_layers[y.given]
    return left[1][0] != 0 and right[1][0] != 0 and distance(left[1], right[1]) == 0


def find_vetoes(
    traits: Traits, left: np.ndarray[tuple[int], np.dtype[np.int32]], right: np.ndarray[tuple[int], np.dtype[np.int32]]
) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """Return the veto of every pair."""
    half = len(left) // 2
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda part: _find_vetoes(traits, left[part], right[part]), (slice(half), slice(half, None)))
        return np.concatenate(list(found))


@numba.njit(cache=True, nogil=True)
def _find_vetoes(t, left, right):  # type: ignore[no-untyped-def]
    out = np.zeros(len(left), dtype=np.int8)
    for at in range(len(left)):
        out[at] = find_veto(t, left[at], right[at])
    return out
