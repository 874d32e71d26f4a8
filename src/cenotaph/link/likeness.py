"""How alike two names or days are: letters as rows of numbers that end with noughts, so that pairs are judged without Python."""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(cache=True, nogil=True)
def length_of(letters):  # type: ignore[no-untyped-def]
    """Return how many letters a row holds."""
    n = 0
    while n < len(letters) and letters[n]:
        n += 1
    return n


_BITS = 62
"""Letters that one number has room for."""


@numba.njit(cache=True, nogil=True)
def distance(left, right):  # type: ignore[no-untyped-def]
    """Return Levenshtein's distance of two rows of letters that end with noughts.

    A column of the table of distances is held as two numbers, a bit for each letter: where it rises, and where it falls.

    Source: Myers 1999, *A fast bit-vector algorithm for approximate string matching*; Hyyrö 2003, for the distance of two words.
    """
    m, n = length_of(left), length_of(right)
    if m == 0 or n == 0:
        return max(m, n)
    if m > _BITS:
        return _distance_of_long(left[:m], right[:n])
    rising, falling, last, found = np.int64((1 << m) - 1), np.int64(0), np.int64(1) << (m - 1), m
    for j in range(n):
        equal = np.int64(0)
        for i in range(m):
            equal |= np.int64(left[i] == right[j]) << i
        across = (((equal & rising) + rising) ^ rising) | equal
        down = equal | falling
        more, less = falling | ~(across | rising), rising & across
        if more & last:
            found += 1
        elif less & last:
            found -= 1
        more = (more << 1) | 1
        rising = (less << 1) | ~(down | more)
        falling = more & down
    return found


@numba.njit(cache=True, nogil=True)
def _distance_of_long(left, right):  # type: ignore[no-untyped-def]
    before = np.arange(len(right) + 1)
    for i in range(len(left)):
        corner, before[0] = before[0], i + 1
        for j in range(len(right)):
            least = min(corner + (left[i] != right[j]), before[j + 1] + 1, before[j] + 1)
            corner, before[j + 1] = before[j + 1], least
    return before[len(right)]


@numba.njit(cache=True, nogil=True)
def is_slip(left, right):  # type: ignore[no-untyped-def]
    """Tell whether two days of birth, written YYYYMMDD, are a slip of the pen apart, as the level of that name has it."""
    y, m, d = left // 10_000, left // 100 % 100, left % 100
    yy, mm, dd = right // 10_000, right // 100 % 100, right % 100
    if y == yy:
        return m == mm or d == dd or (m == dd and d == mm)
    if m == mm and d == dd:
        gap = abs(y - yy)
        return gap == 1 or gap == 2 or gap == 10 or (gap < 100 and y // 10 % 10 == yy % 10 and yy // 10 % 10 == y % 10)
    return False


@numba.njit(cache=True, nogil=True)
def names_differ(left, right):  # type: ignore[no-untyped-def]
    """Tell whether two parts are two names: no spelling, slip of the pen, initial or abbreviation makes them one."""
    keys = distance(left[0], right[0])
    one, two = left[2], right[2]
    m, n = length_of(one), length_of(two)
    if keys == 0 or m < 2 or n < 2:
        return False
    letters = distance(one, two)
    if letters <= 1 or (letters <= 2 and min(m, n) >= 7) or begins(one, two, min(m, n)):
        return False
    if left[1][0] != 0 and right[1][0] != 0:
        return distance(left[1], right[1]) > 2
    return keys > 1


@numba.njit(cache=True, nogil=True)
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


@numba.njit(cache=True, nogil=True)
def vowels_clash(left, right):  # type: ignore[no-untyped-def]
    """Tell whether two folds with the same consonants have vowels in one place that no two spellings of a name have: a and u."""
    m, n = length_of(left), length_of(right)
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


@numba.njit(cache=True, nogil=True)
def same_alphabet(left, right):  # type: ignore[no-untyped-def]
    """Tell whether both names are written without vowels, in capitals, or both with them."""
    return (left[0] < 97) == (right[0] < 97)


@numba.njit(cache=True, nogil=True)
def is_servant(key):  # type: ignore[no-untyped-def]
    """Tell whether a key begins with that of Abd: Abd al-Rahman is Abdurrahman."""
    return key[0] == 97 and key[1] == 98 and key[2] == 100


@numba.njit(cache=True, nogil=True)
def begins(left, right, length):  # type: ignore[no-untyped-def]
    """Tell whether the shorter of two words is the beginning of the other, and long enough to be its short form."""
    if length < 3:
        return False
    for at in range(length):  # noqa: SIM110 - as above
        if left[at] != right[at]:
            return False
    return True
