"""What forbids that two reports are about one person, whatever else agrees: the test that every pair of a group must pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numba
import numpy as np

from cenotaph.link.tables import VETO_CAUSES

if TYPE_CHECKING:
    import pyarrow as pa

    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]

UNKNOWN = -(2**40)
NONE, BIRTH, DEATH, FATHER, LISTED, JUDGEMENT = 0, 1, 2, 3, 4, 5
"""Causes as numbers; all but nought are those of :data:`cenotaph.link.tables.VETO_CAUSES` in order."""

BIRTH_GAP, BIRTH_DAYS_GAP = 1_100, 370
"""Days between two births that no usual mistake explains: where one is rough or told by an age, and where both are days."""
DEATH_GAP, PUBLISHED_GAP = 120, 7
"""The same for two deaths that are told, and for a death after the day on which another report has it already."""
_EXACT, _FROM_AGE = 1, 3
_WIDTH = 20


class Traits(NamedTuple):
    """What vetoes look at, a number for each report; -1 or :data:`UNKNOWN` where nothing is told."""

    birth_low: Numbers
    birth_high: Numbers
    birth_kind: Numbers
    birth_date: Numbers
    death_low: Numbers
    death_high: Numbers
    death_kind: Numbers
    father: Numbers
    father_keys: np.ndarray[tuple[int, int], np.dtype[np.uint8]]
    father_folds: np.ndarray[tuple[int, int], np.dtype[np.uint8]]
    sex: Numbers


def read_traits(prepared: pa.Table) -> Traits:
    """Return what vetoes look at of prepared reports."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def days(name: str) -> Numbers:
        return pc.fill_null(prepared[name].cast(pa.int64()), UNKNOWN).to_numpy()

    year, month, day = (
        pc.fill_null(prepared[f"birth_{part}"].cast(pa.int64()), 0).to_numpy() for part in ("year", "month", "mday")
    )
    pairs = pa.table({"key": prepared["father_key"], "fold": prepared["father_fold"]})
    joined = pc.binary_join_element_wise(pairs["key"], pc.fill_null(pairs["fold"], ""), "\x1f")
    encoded = joined.combine_chunks().dictionary_encode() if len(joined) else pa.array([], pa.string()).dictionary_encode()
    words = [text.split("\x1f") for text in encoded.dictionary.to_pylist()]
    father = pc.fill_null(encoded.indices.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
    sex = pc.fill_null(pc.index_in(prepared["name_sex"], pa.array(["m", "f"])), -1).to_numpy().astype(np.int64)
    return Traits(
        days("birth_low"),
        days("birth_high"),
        days("birth_kind"),
        np.where(year > 0, year * 10_000 + month * 100 + day, UNKNOWN),
        days("death_low"),
        days("death_high"),
        days("death_kind"),
        father,
        _letters([key for key, _ in words]),
        _letters([fold for _, fold in words]),
        sex,
    )


def _letters(words: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    out = np.zeros((len(words) + 1, _WIDTH), dtype=np.uint8)
    for at, word in enumerate(words):
        letters = word.encode("ascii", "replace")[:_WIDTH]
        out[at, : len(letters)] = np.frombuffer(letters, dtype=np.uint8)
    return out


def cause_name(cause: int) -> str | None:
    """Return the name of a cause, None for no veto."""
    return VETO_CAUSES[cause - 1] if cause else None


@numba.njit(cache=True)
def _distance(left, right):  # type: ignore[no-untyped-def]
    """Return Levenshtein's distance of two rows of letters that end with noughts."""
    m, n = 0, 0
    while m < len(left) and left[m]:
        m += 1
    while n < len(right) and right[n]:
        n += 1
    before = np.arange(n + 1)
    for i in range(m):
        row = np.empty(n + 1, dtype=np.int64)
        row[0] = i + 1
        for j in range(n):
            row[j + 1] = min(before[j] + (left[i] != right[j]), before[j + 1] + 1, row[j] + 1)
        before = row
    return before[n]


@numba.njit(cache=True)
def _slip(left, right):  # type: ignore[no-untyped-def]
    """Tell whether two days of birth, written YYYYMMDD, are a slip of the pen apart, as the level of that name has it."""
    y, m, d = left // 10_000, left // 100 % 100, left % 100
    yy, mm, dd = right // 10_000, right // 100 % 100, right % 100
    if y == yy:
        return m == mm or d == dd or (m == dd and d == mm)
    if m == mm and d == dd:
        gap = abs(y - yy)
        return gap == 1 or gap == 2 or gap == 10 or (gap < 100 and y // 10 % 10 == yy % 10 and yy // 10 % 10 == y % 10)
    return False


@numba.njit(cache=True)
def find_veto(t, i, j):  # type: ignore[no-untyped-def]
    """Return the number of what forbids that two reports are about one person, nought for nothing."""
    if t.birth_low[i] != UNKNOWN and t.birth_high[i] != UNKNOWN and t.birth_low[j] != UNKNOWN and t.birth_high[j] != UNKNOWN:
        gap = max(t.birth_low[i], t.birth_low[j]) - min(t.birth_high[i], t.birth_high[j])
        both = t.birth_kind[i] == _EXACT and t.birth_kind[j] == _EXACT
        if gap > (BIRTH_DAYS_GAP if both else BIRTH_GAP) and not (both and _slip(t.birth_date[i], t.birth_date[j])):
            return BIRTH
    for a, b in ((i, j), (j, i)):
        if t.death_low[a] != UNKNOWN and t.death_high[b] != UNKNOWN:
            told = t.death_kind[b] != 0
            if t.death_low[a] - t.death_high[b] > (DEATH_GAP if told else PUBLISHED_GAP):
                return DEATH
    if t.father[i] >= 0 and t.father[j] >= 0 and t.father[i] != t.father[j]:
        one, two = t.father_keys[t.father[i]], t.father_keys[t.father[j]]
        vowels, others = t.father_folds[t.father[i]], t.father_folds[t.father[j]]
        known = vowels[0] != 0 and others[0] != 0
        initial = (vowels[0] != 0 and vowels[1] == 0) or (others[0] != 0 and others[1] == 0)
        if not initial and _distance(one, two) > 1 and (not known or _distance(vowels, others) > 2):
            return FATHER
        if not initial and known and _distance(vowels, others) > 3:
            return FATHER
    return NONE


@numba.njit(cache=True)
def find_vetoes(t, left, right):  # type: ignore[no-untyped-def]
    """Return the veto of every pair."""
    out = np.zeros(len(left), dtype=np.int8)
    for at in range(len(left)):
        out[at] = find_veto(t, left[at], right[at])
    return out
