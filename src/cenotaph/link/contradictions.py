"""Whether contradictions between members of two groups forbid that these become one.

They do, but for two cases. A date of one report is a misprint where several reports that agree with each other stand against
it. And a few of many reports of a group are outvoted: the others of it agree with the other group in the very thing, and would
join it without them; whether the few are misprinted or were taken into their group by mistake, the two groups are one person.
"""

from __future__ import annotations

import numba
import numpy as np

from cenotaph.link.likeness import is_slip
from cenotaph.link.traits import BIRTH, DEATH, FATHER, GIVEN, NONE
from cenotaph.link.vetoes import find_date_veto, find_name_veto, share_more, tell_the_same

FEWEST_AGAINST = 2
"""Reports that must agree against the date of one for it to be a misprint, and pairs that must join that one without it."""
SETTLED_GAP = 60
"""Days between two births each of which several reports give that are two births: of brothers of one name."""
_EXACT = 1
MAJORITY = 3
"""Reports of a group that must agree with another group for every one of theirs that contradicts it."""


@numba.njit(cache=True, nogil=True)
def may_join(root, size, following, start, neighbour, edge, weight, veto, t, apart, judged, a, b, threshold):  # type: ignore[no-untyped-def]
    """Tell whether two groups may become one for all that their members say against each other."""
    several = t.binding[BIRTH] and size[a] > 1 and size[b] > 1
    if several and _are_born_apart(t, _settle_birth(following, t, a), _settle_birth(following, t, b)):
        return False
    against, cause, mixed, one, other = 0, np.int64(NONE), False, 0, 0
    here, there = np.zeros(size[a], np.bool_), np.zeros(size[b], np.bool_)
    i, at = a, 0
    while i != -1:
        j, beside = b, 0
        while j != -1:
            if judged[i] and judged[j] and (min(i, j), max(i, j)) in apart:
                return False
            found = find_name_veto(t, i, j)
            if found == NONE:
                found = find_date_veto(t, i, j)
            if found != NONE:
                if found not in (BIRTH, DEATH, FATHER, GIVEN):
                    return False
                mixed = mixed or cause not in (NONE, found)
                cause = found
                against += 1
                one += not here[at]
                other += not there[beside]
                here[at] = there[beside] = True
                if _too_many(one, size[a]) and _too_many(other, size[b]):
                    return False
            j = following[j]
            beside += 1
        i = following[i]
        at += 1
    if not against:
        return True
    if mixed:
        return False
    if cause in (BIRTH, DEATH) and _is_misprint(
        root, size, following, start, neighbour, edge, weight, veto, t, a, b, here, there, one, other, against, cause, threshold
    ):
        return True
    if MAJORITY * one < size[a] and _outvoted(
        root, following, start, neighbour, edge, weight, veto, t, a, b, here, one, cause, threshold
    ):
        return True
    return MAJORITY * other < size[b] and _outvoted(
        root, following, start, neighbour, edge, weight, veto, t, b, a, there, other, cause, threshold
    )


@numba.njit(cache=True, nogil=True)
def _settle_birth(following, t, group):  # type: ignore[no-untyped-def]
    """Return a report of a group with the day of birth that most of its reports give, -1 where no day is given twice."""
    best, most = -1, 1
    i = group
    while i != -1:
        x = t.report[i]
        if x.birth_kind == _EXACT:
            count, j = 0, group
            while j != -1:
                y = t.report[j]
                count += y.birth_kind == _EXACT and y.birth_date == x.birth_date
                j = following[j]
            if count > most:
                best, most = i, count
        i = following[i]
    return best


@numba.njit(cache=True, nogil=True)
def _are_born_apart(t, one, other):  # type: ignore[no-untyped-def]
    """Tell whether the days of birth of two reports are further apart than a slip of the pen puts them."""
    if one < 0 or other < 0:
        return False
    x, y = t.report[one], t.report[other]
    return abs(x.birth_low - y.birth_low) > SETTLED_GAP and not is_slip(x.birth_date, y.birth_date)


@numba.njit(cache=True, nogil=True)
def _too_many(contradicting, size):  # type: ignore[no-untyped-def]
    """Tell whether so many of a group's reports contradict that neither a misprint nor a vote can be the answer."""
    return (contradicting > 1 or size == 1) and MAJORITY * contradicting >= size


@numba.njit(cache=True, nogil=True)
def _outvoted(root, following, start, neighbour, edge, weight, veto, t, group, beside, few, count, cause, threshold):  # type: ignore[no-untyped-def]
    """Tell whether the others of a group say the same as another group, and would join it by themselves."""
    agreeing, joined = 0, False
    i, at = group, 0
    while i != -1:
        if not few[at]:
            j, told = beside, False
            while j != -1 and not told:
                told = tell_the_same(t, i, j, cause)
                j = following[j]
            agreeing += told
            for k in range(start[i], start[i + 1]):
                joined = joined or (veto[edge[k]] == NONE and weight[edge[k]] >= threshold and root[neighbour[k]] == beside)
        i = following[i]
        at += 1
    return joined and agreeing >= MAJORITY * count


@numba.njit(cache=True, nogil=True)
def _is_misprint(  # type: ignore[no-untyped-def]
    root, size, following, start, neighbour, edge, weight, veto, t, a, b, here, there, one, other, against, cause, threshold
):
    """Tell whether a date stands alone against several that agree, in a report that other evidence gives to its group."""
    if against < FEWEST_AGAINST:
        return False
    if one == 1 and size[a] > 1:
        lone, others = _pick(following, a, here), b
    elif other == 1 and size[b] > 1:
        lone, others = _pick(following, b, there), a
    else:
        return False
    return (
        _well_joined(root, start, neighbour, edge, weight, veto, lone, a, b, threshold)
        and _agree(following, t, others, lone, cause)
        and _agree_without(following, t, a, b, lone)
    )


@numba.njit(cache=True, nogil=True)
def _pick(following, group, chosen):  # type: ignore[no-untyped-def]
    """Return the first report of a group that is chosen."""
    i, at = group, 0
    while not chosen[at]:
        i = following[i]
        at += 1
    return i


@numba.njit(cache=True, nogil=True)
def _well_joined(root, start, neighbour, edge, weight, veto, lone, a, b, threshold):  # type: ignore[no-untyped-def]
    """Tell whether a report has pairs with several of two groups' reports that would join it by themselves."""
    found = 0
    for k in range(start[lone], start[lone + 1]):
        if veto[edge[k]] == NONE and weight[edge[k]] >= threshold and root[neighbour[k]] in (a, b):
            found += 1
    return found >= FEWEST_AGAINST


@numba.njit(cache=True, nogil=True)
def _agree(following, t, group, lone, field):  # type: ignore[no-untyped-def]
    """Tell whether the reports of a group that contradict one report in a date do not contradict each other in it."""
    i = group
    while i != -1:
        if find_date_veto(t, i, lone) == field:
            j = following[i]
            while j != -1:
                if find_date_veto(t, j, lone) == field and find_date_veto(t, i, j) == field:
                    return False
                j = following[j]
        i = following[i]
    return True


@numba.njit(cache=True, nogil=True)
def _agree_without(following, t, a, b, lone):  # type: ignore[no-untyped-def]
    """Tell whether two groups share more than names where one report, whose date may be a misprint, is left out."""
    i = a
    while i != -1:
        j = b
        while j != -1:
            if lone not in (i, j) and share_more(t, i, j):
                return True
            j = following[j]
        i = following[i]
    return False
