"""What forbids that two reports are about one person, whatever else agrees: the test that every pair of a group must pass."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numba
import numpy as np

from cenotaph.link.preparing import KNOWN_RATE
from cenotaph.link.tables import VETO_CAUSES

if TYPE_CHECKING:
    import pyarrow as pa

    Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
    Letters = np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]

UNKNOWN = -(2**40)
NONE, BIRTH, DEATH, FATHER, LISTED, JUDGEMENT, GIVEN = 0, 1, 2, 3, 4, 5, 6
"""Causes as numbers; all but nought are those of :data:`cenotaph.link.tables.VETO_CAUSES` in order."""

BIRTH_GAP, BIRTH_DAYS_GAP = 1_100, 370
"""Days between two births that no usual mistake explains: where one is rough or told by an age, and where both are days."""
DEATH_GAP, PUBLISHED_GAP = 120, 7
"""The same for two deaths that are told, and for a death after the day on which another report has it already."""
_EXACT, _FROM_AGE = 1, 3
_NEAR_DEATH = 3
_SMALL_A = 97
_WIDTH = 20
_WORDS = 6


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
    father_word: Numbers
    father_layers: Letters
    given: Numbers
    given_word: Numbers
    given_layers: Letters
    given_formal: Numbers
    words: np.ndarray[tuple[int, int], np.dtype[np.int32]]
    given_rate: Numbers
    row_of: Numbers
    place: Numbers
    binding: np.ndarray[tuple[int], np.dtype[np.bool_]]


_FIELDS = {"birth": (BIRTH,), "death": (DEATH,), "father": (FATHER,), "given": (GIVEN, LISTED)}


def read_traits(prepared: pa.Table, loose: tuple[str, ...] = ()) -> Traits:
    """Return what vetoes look at of prepared reports.

    Parameters
    ----------
    loose
        Fields that forbid nothing, as :class:`cenotaph.link.model.Model` has them.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    prepared = prepared.combine_chunks()

    def days(name: str) -> Numbers:
        return np.asarray(pc.fill_null(prepared[name].cast(pa.int64()), UNKNOWN).to_numpy(), dtype=np.int64)

    year, month, day = (
        pc.fill_null(prepared[f"birth_{part}"].cast(pa.int64()), 0).to_numpy() for part in ("year", "month", "mday")
    )
    (father_word, given_word, formal), words = _read_words(prepared)
    father, father_layers = _read_layers(prepared, "father")
    given, given_layers = _read_layers(prepared, "given")
    return Traits(
        days("birth_low"),
        days("birth_high"),
        days("birth_kind"),
        np.where(year > 0, year * 10_000 + month * 100 + day, UNKNOWN),
        days("death_low"),
        days("death_high"),
        days("death_kind"),
        father,
        father_word,
        father_layers,
        given,
        given_word,
        given_layers,
        formal,
        words,
        _given_rates(prepared),
        _rows_of_lists(prepared),
        _number(prepared["place_key"]),
        np.array([not any(cause in _FIELDS[name] for name in loose) for cause in range(GIVEN + 1)]),
    )


def _number(column: pa.ChunkedArray) -> Numbers:
    """Return a number for every row's value, -1 for none."""
    codes = column.combine_chunks().dictionary_encode().indices.fill_null(-1)
    return np.asarray(codes.to_numpy(zero_copy_only=False), dtype=np.int64)


def _given_rates(prepared: pa.Table) -> Numbers:
    """Return how many of a million bear every row's given name as it is written, nought where it is not known."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from cenotaph.names.tables import read_common

    common = read_common("g")
    at = pc.index_in(prepared["given_letters"], pa.array(list(common), pa.string()))
    rates = np.array([*(name.rate for name in common.values()), 0.0])
    return np.asarray(rates[pc.fill_null(at, len(common)).to_numpy()], dtype=np.int64)


def _rows_of_lists(prepared: pa.Table) -> Numbers:
    """Return the number of the list and alphabet of which a row is a fully described one, written with vowels; else -1."""
    import pyarrow.compute as pc

    full = pc.and_(pc.is_valid(prepared["given_key"]), pc.is_valid(prepared["family_key"]))
    full = pc.and_(full, pc.or_(pc.is_valid(prepared["father_key"]), pc.is_valid(prepared["birth_day"])))
    full = pc.and_(full, pc.utf8_is_lower(pc.fill_null(prepared["given_letters"], "")))
    listed = pc.if_else(
        pc.and_(full, prepared["listed"]), pc.binary_join_element_wise(prepared["source"], prepared["script"], "\x1f"), None
    )
    codes = listed.combine_chunks().dictionary_encode().indices.fill_null(-1)
    return np.asarray(codes.to_numpy(zero_copy_only=False), dtype=np.int64)


def _read_layers(prepared: pa.Table, part: str) -> tuple[Numbers, Letters]:
    """Return the number of every row's part, -1 for none, and the letters of each one's key, fold and spelling."""
    import pyarrow.compute as pc

    layers = [pc.fill_null(prepared[f"{part}_{layer}"].combine_chunks(), "") for layer in ("key", "fold", "letters")]
    encoded = pc.binary_join_element_wise(*layers, "\x1f").dictionary_encode()
    distinct = [text.split("\x1f") for text in encoded.dictionary.to_pylist()]
    number = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    number[pc.is_null(prepared[f"{part}_key"]).to_numpy()] = -1
    out = np.zeros((len(distinct) + 1, 3, _WIDTH), dtype=np.uint8)
    for at, texts in enumerate(distinct):
        for layer, text in enumerate(texts):
            letters = text.encode("ascii", "replace")[:_WIDTH]
            out[at, layer, : len(letters)] = np.frombuffer(letters, dtype=np.uint8)
    return number, out


def _read_words(prepared: pa.Table) -> tuple[list[Numbers], np.ndarray[tuple[int, int], np.dtype[np.int32]]]:
    """Return the numbers of the father's, the given and the full form's key, and those of all keys of the name, up to six."""
    import pyarrow as pa
    import pyarrow.compute as pc

    lists = pc.split_pattern(pc.fill_null(prepared["name_key"].combine_chunks(), ""), " ")
    flat = lists.flatten()
    parts = [prepared[name].combine_chunks() for name in ("father_key", "given_key", "given_formal_key")]
    both = pa.chunked_array([flat, *parts]).combine_chunks().dictionary_encode().indices.fill_null(-1)
    codes = both.to_numpy(zero_copy_only=False).astype(np.int32)
    starts = lists.offsets.to_numpy()
    words = np.full((len(prepared), _WORDS), -2, dtype=np.int32)
    for at in range(_WORDS):
        here = starts[:-1] + at < starts[1:]
        words[here, at] = codes[: len(flat)][(starts[:-1] + at)[here]]
    return [part.astype(np.int64) for part in np.split(codes[len(flat) :], 3)], words


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
def _length(letters):  # type: ignore[no-untyped-def]
    n = 0
    while n < len(letters) and letters[n]:
        n += 1
    return n


@numba.njit(cache=True)
def _stands_elsewhere(words, one, i, two, j):  # type: ignore[no-untyped-def]
    """Tell whether a part of either name is among all the parts of the other."""
    for at in range(words.shape[1]):  # noqa: SIM110 - numba compiles loops, and no generators
        if words[j, at] == one or words[i, at] == two:
            return True
    return False


@numba.njit(cache=True)
def _given_elsewhere(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether a given name is another part of the other name; a son's who bears his father's is not, in a brother's."""
    one, two = t.given_word[i], t.given_word[j]
    if t.father_word[i] >= 0 and t.father_word[i] == t.father_word[j]:
        one = -3 if one == t.father_word[i] else one
        two = -3 if two == t.father_word[j] else two
    return _stands_elsewhere(t.words, one, i, two, j)


@numba.njit(cache=True)
def _names_differ(left, right):  # type: ignore[no-untyped-def]
    """Tell whether two parts are two names: no spelling, slip of the pen, initial or abbreviation makes them one."""
    keys = _distance(left[0], right[0])
    one, two = left[2], right[2]
    m, n = _length(one), _length(two)
    if keys == 0 or m < 2 or n < 2:
        return False
    letters = _distance(one, two)
    if letters <= 1 or (letters <= 2 and min(m, n) >= 7) or _begins(one, two, min(m, n)):
        return False
    if left[1][0] != 0 and right[1][0] != 0:
        return _distance(left[1], right[1]) > 2
    return keys > 1


@numba.njit(cache=True)
def _vowel(letter):  # type: ignore[no-untyped-def]
    """Return the number of a vowel: a 1, o 2, u 3, e 4, i and y 5; nought for a consonant."""
    if letter == 97:
        return 1
    if letter == 111:
        return 2
    if letter == 117:
        return 3
    if letter == 101:
        return 4
    return 5 if letter == 105 or letter == 121 else 0


@numba.njit(cache=True)
def _vowels_clash(left, right):  # type: ignore[no-untyped-def]
    """Tell whether two folds with the same consonants have vowels in one place that no two spellings of a name have: a and u."""
    m, n = _length(left), _length(right)
    i, j, clash = 0, 0, False
    while i < m or j < n:
        one, two = (_vowel(left[i]) if i < m else 0), (_vowel(right[j]) if j < n else 0)
        if one and two and ((one == 1 and two == 3) or (one == 3 and two == 1)):
            clash = True
        while i < m and _vowel(left[i]):
            i += 1
        while j < n and _vowel(right[j]):
            j += 1
        if (i < m) != (j < n) or (i < m and left[i] != right[j]):
            return False
        i += 1
        j += 1
    return clash


@numba.njit(cache=True)
def _names_look_alike(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether two given names of one alphabet are two, though they are nearly alike: brothers are often named so."""
    left, right = t.given_layers[t.given[i]], t.given_layers[t.given[j]]
    one, two = left[2], right[2]
    rarer = min(t.given_rate[i], t.given_rate[j])
    if not _same_alphabet(one, two):
        return False
    if _distance(left[0], right[0]) == 0:
        if _is_servant(left[0]):
            return False
        # Without vowels a letter more is another name where both are names: Muhammad and Mahmud, Hasan and Husayn.
        return rarer > KNOWN_RATE if one[0] < _SMALL_A else _vowels_clash(left[1], right[1])
    if rarer < KNOWN_RATE or t.given_formal[i] == t.given_formal[j]:
        return False
    if _distance(one, two) <= 1 and (one[0] >= _SMALL_A or rarer == KNOWN_RATE):
        return False
    return not _begins(one, two, min(_length(one), _length(two)))


@numba.njit(cache=True)
def _rows_differ(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether the given names of two rows of a list are more than a slip apart, and none is short for the other."""
    left, right = t.given_layers[t.given[i]], t.given_layers[t.given[j]]
    if _is_servant(left[0]) or _distance(left[1], right[1]) < 2 or _distance(left[2], right[2]) < 2:
        return False
    if _begins(left[2], right[2], min(_length(left[2]), _length(right[2]))):
        return False
    return t.given_word[i] == t.given_word[j] or t.given_formal[i] != t.given_formal[j]


@numba.njit(cache=True)
def _same_alphabet(left, right):  # type: ignore[no-untyped-def]
    """Tell whether both names are written without vowels, in capitals, or both with them."""
    return (left[0] < 97) == (right[0] < 97)


@numba.njit(cache=True)
def _is_servant(key):  # type: ignore[no-untyped-def]
    """Tell whether a key begins with that of Abd: Abd al-Rahman is Abdurrahman."""
    return key[0] == 97 and key[1] == 98 and key[2] == 100


@numba.njit(cache=True)
def _begins(left, right, length):  # type: ignore[no-untyped-def]
    """Tell whether the shorter of two words is the beginning of the other, and long enough to be its short form."""
    if length < 3:
        return False
    for at in range(length):  # noqa: SIM110 - as above
        if left[at] != right[at]:
            return False
    return True


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
        if gap > (BIRTH_DAYS_GAP if both else BIRTH_GAP) and not (both and _slip(t.birth_date[i], t.birth_date[j])):
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
    if (
        t.binding[FATHER]
        and t.father[i] >= 0
        and t.father[j] >= 0
        and t.father[i] != t.father[j]
        and not _stands_elsewhere(t.words, t.father_word[i], i, t.father_word[j], j)
        and _names_differ(t.father_layers[t.father[i]], t.father_layers[t.father[j]])
    ):
        return FATHER
    if (
        t.given[i] >= 0
        and t.given[j] >= 0
        and t.given[i] != t.given[j]
        and t.given_formal[i] != t.given_formal[j]
        and not _given_elsewhere(t, i, j)
        and _names_differ(t.given_layers[t.given[i]], t.given_layers[t.given[j]])
    ):
        return GIVEN
    if t.given[i] >= 0 and t.given[j] >= 0 and t.given[i] != t.given[j] and not _same_letters(t, i, j):
        if t.row_of[i] >= 0 and t.row_of[i] == t.row_of[j] and _rows_differ(t, i, j):
            return LISTED
        elsewhere = t.given_word[i] != t.given_word[j] and _given_elsewhere(t, i, j)
        if not elsewhere and _names_look_alike(t, i, j):
            return GIVEN
    return NONE


@numba.njit(cache=True)
def share_more(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether two reports have the same day of birth, nearly the same day of death, or the same place."""
    if t.birth_kind[i] == _EXACT and t.birth_kind[j] == _EXACT and t.birth_date[i] == t.birth_date[j] != UNKNOWN:
        return True
    if t.death_kind[i] == _EXACT and t.death_kind[j] == _EXACT and abs(t.death_low[i] - t.death_low[j]) <= _NEAR_DEATH:
        return True
    return t.place[i] >= 0 and t.place[i] == t.place[j]


@numba.njit(cache=True)
def _same_letters(t, i, j):  # type: ignore[no-untyped-def]
    """Tell whether two given names are equal as folded."""
    left, right = t.given_layers[t.given[i]], t.given_layers[t.given[j]]
    return left[1][0] != 0 and right[1][0] != 0 and _distance(left[1], right[1]) == 0


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
