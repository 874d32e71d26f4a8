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


@numba.njit(cache=True)
def _stands_elsewhere(words, one, i, two, j):  # type: ignore[no-untyped-def]
    """Tell whether a part of either name is among all the parts of the other."""
    for at in range(words.shape[1]):  # noqa: SIM110 - numba compiles loops, and no generators
        if words[j, at] == one or words[i, at] == two:
            return True
    return False


@numba.njit(cache=True)
def _given_elsewhere(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether a given name is another part of the other name, by order or since parts were left out.

    Not so where the parts stand beside each other all the same: who shares the father's name has only the family name for the
    given one to be exchanged with, and is named after his grandfather otherwise; nor is a son's name missing where two share the
    family name and one's given name is the other's father's.
    """
    one, two = t.given_word[i], t.given_word[j]
    father, other = t.father_word[i], t.father_word[j]
    if father >= 0 and father == other:
        family, beside = t.family_word[i], t.family_word[j]
        return family != beside and (one == beside or two == family)
    if t.family_word[i] >= 0 and t.family_word[i] == t.family_word[j]:
        one = -3 if father < 0 and one == other else one
        two = -3 if other < 0 and two == father else two
    return _stands_elsewhere(t.words, one, i, two, j)


@numba.njit(cache=True)
def _father_elsewhere(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether a father's name is another part of the other name; one that is the given name of both is there as that."""
    one, two = t.father_word[i], t.father_word[j]
    if t.given_word[i] >= 0 and t.given_word[i] == t.given_word[j]:
        one = -3 if one == t.given_word[i] else one
        two = -3 if two == t.given_word[j] else two
    return _stands_elsewhere(t.words, one, i, two, j)


@numba.njit(cache=True)
def _names_look_alike(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether two given names of one alphabet are two, though they are nearly alike: brothers are often named so."""
    left, right = t.given_layers[t.given[i]], t.given_layers[t.given[j]]
    one, two = left[2], right[2]
    rarer = min(t.given_rate[i], t.given_rate[j])
    if not same_alphabet(one, two):
        return False
    if distance(left[0], right[0]) == 0:
        if is_servant(left[0]):
            return False
        # Without vowels a letter more is another name where both are names: Muhammad and Mahmud, Hasan and Husayn.
        return rarer > KNOWN_RATE if one[0] < _SMALL_A else vowels_clash(left[1], right[1])
    if rarer < KNOWN_RATE or t.given_formal[i] == t.given_formal[j]:
        return False
    if distance(one, two) <= 1 and rarer == KNOWN_RATE:
        return False
    return not begins(one, two, min(length_of(one), length_of(two)))


@numba.njit(cache=True)
def _rows_differ(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether the given names of two rows of a list are more than a slip apart, and none is short for the other."""
    left, right = t.given_layers[t.given[i]], t.given_layers[t.given[j]]
    if is_servant(left[0]) or distance(left[1], right[1]) < 2 or distance(left[2], right[2]) < 2:
        return False
    if begins(left[2], right[2], min(length_of(left[2]), length_of(right[2]))):
        return False
    return t.given_word[i] == t.given_word[j] or t.given_formal[i] != t.given_formal[j]


@numba.njit(cache=True)
def find_veto(t, i, j):  # type: ignore[no-untyped-def]
    """Return the number of what forbids that two reports are about one person, nought for nothing."""
    cause = _find_cause(t, i, j)
    return cause if t.binding[cause] else NONE


@numba.njit(cache=True)
def _find_cause(t, i, j):  # type: ignore[no-untyped-def]
    """Return what contradicts, of a field that forbids before that of one that does not."""
    cause = find_date_veto(t, i, j)
    return cause if cause != NONE else _find_name_cause(t, i, j)


@numba.njit(cache=True)
def find_name_veto(t, i, j):  # type: ignore[no-untyped-def]
    """Return what of two reports' names forbids that they are about one person, whatever their dates say."""
    cause = _find_name_cause(t, i, j)
    return cause if t.binding[cause] else NONE


@numba.njit(cache=True)
def find_date_veto(t, i, j):  # type: ignore[no-untyped-def]
    """Return which date of two reports forbids that they are about one person, of those that may forbid."""
    told = t.birth_low[i] != UNKNOWN and t.birth_high[i] != UNKNOWN and t.birth_low[j] != UNKNOWN and t.birth_high[j] != UNKNOWN
    if told and t.binding[BIRTH]:
        gap = max(t.birth_low[i], t.birth_low[j]) - min(t.birth_high[i], t.birth_high[j])
        both = t.birth_kind[i] == _EXACT and t.birth_kind[j] == _EXACT
        if gap > (BIRTH_DAYS_GAP if both else BIRTH_GAP) and not (both and is_slip(t.birth_date[i], t.birth_date[j])):
            return BIRTH
    for a, b in ((i, j), (j, i)):
        if t.binding[DEATH] and t.death_low[a] != UNKNOWN and t.death_high[b] != UNKNOWN:
            told = t.death_kind[b] != 0
            if t.death_low[a] - t.death_high[b] > (DEATH_GAP if told else PUBLISHED_GAP):
                return DEATH
    return NONE


@numba.njit(cache=True)
def _find_name_cause(t, i, j):  # type: ignore[no-untyped-def]
    """Return what of two names contradicts."""
    if t.generation[i] >= 0 and t.generation[j] >= 0 and t.generation[i] != t.generation[j]:
        return GENERATION
    if (
        t.binding[FATHER]
        and t.father[i] >= 0
        and t.father[j] >= 0
        and t.father[i] != t.father[j]
        and not _father_elsewhere(t, i, j)
        and names_differ(t.father_layers[t.father[i]], t.father_layers[t.father[j]])
    ):
        return FATHER
    if t.given[i] >= 0 and t.given[j] >= 0 and t.given[i] != t.given[j] and not _same_letters(t, i, j) and not _pasted(t, i, j):
        if (
            t.given_formal[i] != t.given_formal[j]
            and not _given_elsewhere(t, i, j)
            and names_differ(t.given_layers[t.given[i]], t.given_layers[t.given[j]])
        ):
            return GIVEN
        if t.row_of[i] >= 0 and t.row_of[i] == t.row_of[j] and _rows_differ(t, i, j):
            return LISTED
        elsewhere = t.given_word[i] != t.given_word[j] and _given_elsewhere(t, i, j)
        if not elsewhere and _names_look_alike(t, i, j):
            return GIVEN
        if not elsewhere and _sexes_differ(t, i, j):
            return SEX
    return MIDDLE if _middles_differ(t, i, j) else NONE


@numba.njit(cache=True)
def _pasted(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether one given name was written in one word with what follows it: with the father's name, or with all."""
    for one, other in ((i, j), (j, i)):
        long, short = t.given_layers[t.given[one], 0], t.given_layers[t.given[other], 0]
        n, m = length_of(long), length_of(short)
        if m < _SHORTEST or n - m < 2:
            continue
        head, tail = True, True
        for at in range(m):
            head = head and long[at] == short[at]
            tail = tail and long[n - m + at] == short[at]
        if t.parts[one] == 1 and (head or tail):
            return True
        if head and t.father[one] < 0 and t.father[other] >= 0:
            father = t.father_layers[t.father[other], 0]
            gone = 1 if father[0] == _SMALL_Y else 0  # Within a word no key keeps it.
            same = length_of(father) - gone == n - m
            for at in range(n - m):
                same = same and long[m + at] == father[at + gone]
            if same:
                return True
    return False


@numba.njit(cache=True)
def _sexes_differ(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether one name is a man's and the other a woman's: by the grammar of both, or as Aziz and Aziza are."""
    if t.sex[i] == 0 or t.sex[j] == 0 or t.sex[i] == t.sex[j]:
        return False
    if t.sex_by_grammar[i] and t.sex_by_grammar[j]:
        return True
    one, two = t.given_layers[t.given[i], 2], t.given_layers[t.given[j], 2]
    m, n = length_of(one), length_of(two)
    if not same_alphabet(one, two):
        return t.given_formal[i] != t.given_formal[j]
    if begins(one, two, min(m, n)):
        return abs(m - n) == 1 and min(m, n) > _SHORTEST and (one[m - 1] if m > n else two[n - 1]) == _SMALL_A
    return t.given_formal[i] != t.given_formal[j] and distance(one, two) > 1


@numba.njit(cache=True)
def _middles_differ(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether two names of one given name have another second name each: brothers who both bear their grandfather's."""
    if t.middle[i] < 0 or t.middle[j] < 0 or t.middle[i] == t.middle[j] or t.father[i] >= 0 or t.father[j] >= 0:
        return False
    if t.given[i] < 0 or t.given[j] < 0 or t.given_formal[i] != t.given_formal[j]:
        return False
    # Reza is no part of Mohammad Ali Rezaei, though Rezaei is written with the same consonants.
    first = -3 if t.middle_word[i] == t.family_word[i] else t.middle_word[i]
    second = -3 if t.middle_word[j] == t.family_word[j] else t.middle_word[j]
    if _stands_elsewhere(t.words, first, i, second, j):
        return False
    one, two = t.middle_keys[t.middle[i], 0], t.middle_keys[t.middle[j], 0]
    shorter = min(length_of(one), length_of(two))
    return shorter > 1 and distance(one, two) > 1 and not begins(one, two, shorter)


@numba.njit(cache=True)
def share_more(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether two reports have the same day of birth, nearly the same day of death, or the same place."""
    if t.birth_kind[i] == _EXACT and t.birth_kind[j] == _EXACT and t.birth_date[i] == t.birth_date[j] != UNKNOWN:
        return True
    if t.death_kind[i] == _EXACT and t.death_kind[j] == _EXACT and abs(t.death_low[i] - t.death_low[j]) <= _NEAR_DEATH:
        return True
    return t.place[i] >= 0 and t.place[i] == t.place[j]


@numba.njit(cache=True)
def tell_the_same(t, i, j, cause):  # type: ignore[no-untyped-def]
    """Tell whether two reports both say the thing in which others contradict, and say the same of it."""
    if cause == GIVEN:
        if t.given[i] < 0 or t.given[j] < 0:
            return False
        one, two = t.given_layers[t.given[i], 2], t.given_layers[t.given[j], 2]
        return t.given[i] == t.given[j] or t.given_formal[i] == t.given_formal[j] or distance(one, two) <= 1
    if cause == FATHER:
        return t.father_word[i] >= 0 and t.father_word[i] == t.father_word[j]
    if cause == BIRTH:
        told = t.birth_low[i] != UNKNOWN and t.birth_high[i] != UNKNOWN
        return told and t.birth_low[j] <= t.birth_high[i] and t.birth_low[i] <= t.birth_high[j] and t.birth_low[j] != UNKNOWN
    for one, other in ((i, j), (j, i)):
        if t.death_kind[one] != 0 and t.death_low[one] != UNKNOWN and t.death_high[other] != UNKNOWN:
            return True
    return False


@numba.njit(cache=True)
def _same_letters(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether two given names are equal as folded."""
    left, right = t.given_layers[t.given[i]], t.given_layers[t.given[j]]
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
