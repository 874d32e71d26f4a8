"""Whether the vowels of two folds with one key may be one name's: Karim and Kareem may, Karim and Karam are two names.

Vowels stand in a row, i e a o u, and spellings of one name move by one place at most: Selim, Salim; Tohir, Tahir; Omar, Umar.
A fold is first reduced to its tune: consonants are all one letter, for the keys have compared them, diphthongs one vowel, and the
vowel between Arabic words that are joined always the same. The rules are written once, for Python and for SQL.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

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
def _other_names() -> frozenset[str]:
    """Return pairs of folds of different names that the row of vowels does not tell apart, the lesser first."""
    from cenotaph.names.keys import key_word

    found = set()
    for ones, others in read_rows("other_names.csv", ("one", "other")):
        for one in ones.split():
            for other in others.split():
                folds = sorted(key_word(word).fold or "" for word in (one, other))
                found.add(" ".join(folds))
    return frozenset(found)


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

    if are_other_names(one, other):
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


def are_other_names(one: str, other: str) -> bool:
    """Tell whether two folds are known to be two names, though the row of vowels does not tell them apart."""
    return " ".join(sorted((one, other))) in _other_names()


def has_one_more(one: str, other: str) -> bool:
    """Tell whether one of two folds has an i that the other has not, as Nasir has and Nasr has not."""
    tunes = _tune(one), _tune(other)
    return len(tunes[0]) != len(tunes[1]) and tunes[0].replace("i", "") == tunes[1].replace("i", "")


class Tune(NamedTuple):
    """What the rules ask of a fold: its tune, that without the last vowel, and the folds that are other names (None for none)."""

    tune: str
    stem: str
    others: str | None


def find_tune(fold: str) -> Tune:
    """Return what the rules ask of a fold, for SQL to compare."""
    return Tune(_tune(fold), _tune(re.sub(_LAST_VOWEL, "", fold)), _others_of().get(fold))


@cache
def _others_of() -> dict[str, str]:
    """Return for every fold that has such the folds of other names, a space around each."""
    found: dict[str, list[str]] = {}
    for pair in _other_names():
        one, other = pair.split(" ")
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return {fold: f" {' '.join(sorted(set(others)))} " for fold, others in found.items()}


def vowels_rule(part: str, across: str) -> str:
    """Return SQL that is true where :func:`vowels_agree` is, on the columns of :func:`cenotaph.names.columns.tune_columns`.

    Parameters
    ----------
    part
        The part of the name.
    across
        SQL that is true where just one name is of Arabic writing.
    """
    others = f"coalesce(instr({part}_others_l, concat(' ', {part}_fold_r, ' ')), 0) = 0"
    return f"({others} AND CASE WHEN {across} THEN {_agree_sql(f'{part}_stem')} ELSE {_agree_sql(f'{part}_tune')} END)"


def _agree_sql(column: str) -> str:
    one, other = f"{column}_l", f"{column}_r"
    edits = f"levenshtein({one}, {other})"
    return (
        f"CASE WHEN length({one}) = length({other}) THEN levenshtein({_stretch_sql(one)}, {_stretch_sql(other)}) <= {edits}"
        f" ELSE {edits} <= 1 AND replace({one}, 'i', '') <> replace({other}, 'i', '')"
        f" AND concat({one}, 'a') <> {other} AND concat({other}, 'a') <> {one} END"
    )


def _stretch_sql(tune: str) -> str:
    for old, new in _STEPS:
        tune = f"replace({tune}, '{old}', '{new}')"
    return tune
