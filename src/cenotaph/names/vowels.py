"""Whether the vowels of two folds with one key may be one name's: Karim and Kareem may, Karim and Karam are two names.

Vowels stand in a row, i e a o u, and spellings of one name move by one place at most: Selim, Salim; Tohir, Tahir; Omar, Umar.
A fold is first reduced to its tune: consonants are all one letter, for the keys have compared them, diphthongs one vowel, and the
vowel between Arabic words that are joined always the same. The rules are written once, for Python and for SQL.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cenotaph.names.tables import read_rows

_CONSONANTS = "bcdfghjklmnpqrstvwxyz"
_SAME = (
    ("sh", "c"), ("ch", "c"), ("gh", "g"), ("avu", "au"), ("aei", "ai"), ("aio", "ayo"),
    ("iyor", "yar"), ("ier", "yar"), ("iy", "y"),
    ("ei", "e"), ("ai", "e"), ("au", "o"), ("udin", "idin"), ("adin", "idin"),
    ("abda", "abdu"), ("abde", "abdu"), ("abdi", "abdu"), ("alah", "ulah"),
)  # fmt: skip
_LAST_H, _LAST_VOWEL = "h$", "[aeiou]+h?$"
_STEPS = (("x", "xyz"), ("e", "ii"), ("a", "iii"), ("o", "iiii"), ("u", "iiiii"))
"""Vowels as so many strokes as their place in the row, consonants so long that moving one costs more than any vowel."""
_TO_X = str.maketrans(dict.fromkeys(_CONSONANTS, "x"))


@lru_cache(maxsize=100_000)
def _tune(fold: str) -> str:
    for old, new in _SAME:
        fold = fold.replace(old, new)
    return re.sub(_LAST_H, "", fold).translate(_TO_X)


def _stretch(tune: str) -> str:
    for old, new in _STEPS:
        tune = tune.replace(old, new)
    return tune


@cache
def _other_names() -> tuple[str, ...]:
    """Return pairs of folds of different names that the row of vowels does not tell apart, the lesser first."""
    from cenotaph.names.keys import key_word

    found = set()
    for ones, others in read_rows("other_names.csv", ("one", "other")):
        for one in ones.split():
            for other in others.split():
                folds = sorted(key_word(word).fold or "" for word in (one, other))
                found.add(" ".join(folds))
    return tuple(sorted(found))


def vowels_agree(one: str, other: str, *, across: bool = False) -> bool:
    """Tell whether two folds with one key may be spellings of one name.

    Parameters
    ----------
    one, other
        Folds, in small ASCII letters.
    across
        Whether just one is of Arabic writing: the last vowel is then a guess, for many write one letter for Sami and Sama.
    """
    from rapidfuzz.distance import Levenshtein

    if " ".join(sorted((one, other))) in _other_names():
        return False
    if across:
        one, other = (re.sub(_LAST_VOWEL, "", fold) for fold in (one, other))
    tunes = _tune(one), _tune(other)
    edits = Levenshtein.distance(*tunes)
    if len(tunes[0]) == len(tunes[1]):
        return Levenshtein.distance(_stretch(tunes[0]), _stretch(tunes[1])) <= edits
    # One vowel more: Nasr and Naser, but not Nasr and Nasir, Karim and Karima.
    if edits > 1 or tunes[0].replace("i", "") == tunes[1].replace("i", ""):
        return False
    return tunes[0] + "a" != tunes[1] and tunes[1] + "a" != tunes[0]


def vowels_rule(fold: str, across: str) -> str:
    """Return SQL that is true where :func:`vowels_agree` is.

    Parameters
    ----------
    fold
        The column, without ``_l`` and ``_r``.
    across
        SQL that is true where just one name is of Arabic writing.
    """
    left, right = f"{fold}_l", f"{fold}_r"
    pairs = ", ".join(f"'{pair}'" for pair in _other_names())
    one, other = (
        _tune_sql(f"CASE WHEN {across} THEN regexp_replace({column}, '{_LAST_VOWEL}', '') ELSE {column} END")
        for column in (left, right)
    )
    edits = f"levenshtein({one}, {other})"
    known = f"concat(least({left}, {right}), ' ', greatest({left}, {right})) NOT IN ({pairs})"
    moved = f"length({one}) = length({other}) AND levenshtein({_stretch_sql(one)}, {_stretch_sql(other)}) <= {edits}"
    more = (
        f"length({one}) <> length({other}) AND {edits} <= 1 AND replace({one}, 'i', '') <> replace({other}, 'i', '')"
        f" AND concat({one}, 'a') <> {other} AND concat({other}, 'a') <> {one}"
    )
    return f"({known} AND ({moved} OR {more}))"


def _tune_sql(column: str) -> str:
    for old, new in _SAME:
        column = f"replace({column}, '{old}', '{new}')"
    return f"translate(regexp_replace({column}, '{_LAST_H}', ''), '{_CONSONANTS}', '{'x' * len(_CONSONANTS)}')"


def _stretch_sql(tune: str) -> str:
    for old, new in _STEPS:
        tune = f"replace({tune}, '{old}', '{new}')"
    return tune
