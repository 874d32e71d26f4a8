"""The package's data: names that are one name in other mouths, short forms, words that are no names, how common names are."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "data"


def read_rows(name: str, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield the rows of one of the package's tables, whose header must be as given."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader)
        if tuple(header) != columns:
            raise RuntimeError(f"{name} has the columns {header}, not {list(columns)}")
        yield from reader


class Same(NamedTuple):
    """The fold and key that names share which no rule brings together."""

    fold: str
    key: str


@cache
def read_equivalents() -> dict[str, Same]:
    """Return what names share whose spellings no rule brings together, by letters: Magomed is a Muhammad."""
    from cenotaph.names import keys
    from cenotaph.names.letters import fold_word, spell_in_latin

    found: dict[str, Same] = {}
    for name, variants in read_rows("equivalents.csv", ("name", "variants")):
        sound = keys.sound_out(spell_in_latin(fold_word(name)))
        same = Same(keys.show_sound(sound), keys.reduce_sound(sound))
        for variant in variants.split():
            folded = fold_word(variant)
            if any("\u0600" <= c <= "\u06ff" for c in folded):
                found[keys.spell_arabic(folded)] = same
            else:
                found[keys.show_sound(keys.sound_out(spell_in_latin(folded)))] = same
    return found


@cache
def _read_all_words() -> dict[str, frozenset[str]]:
    from cenotaph.names.letters import fold_word

    found: dict[str, set[str]] = {}
    for kind, _, words in read_rows("words.csv", ("kind", "language", "words")):
        found.setdefault(kind, set()).update(fold_word(word) for word in words.split())
    return {kind: frozenset(words) for kind, words in found.items()}


def read_words(kind: str) -> frozenset[str]:
    """Return the folded words of a kind: ``son_after``, ``title``, ``rank``."""
    return _read_all_words()[kind]


class Common(NamedTuple):
    """What is known of a common name.

    Parameters
    ----------
    sex
        ``m``, ``f`` or ''.
    arab
        Whether it is common where people are called by their father's and grandfather's names.
    rate
        How many of a million bear it where it is commonest; 0 where only its existence is known.
    """

    sex: str
    arab: bool
    rate: float


LISTED = 500.0
"""Of a million: what is taken for a given name that the package's own list has as common and no count is known of."""


@cache
def read_common(kind: str) -> dict[str, Common]:
    """Return common given names (``g``) or family names (``f``) by their letters."""
    found = {
        form: Common(sex, bool(arab), float(rate))
        for of_kind, form, sex, arab, rate in read_rows("common.csv", ("kind", "form", "sex", "arab", "rate"))
        if of_kind == kind
    }
    if kind == "g":
        from cenotaph.names import keys

        for language, names in read_rows("given.csv", ("language", "names")):
            for name in names.split():
                form = keys.key_word(name).letters or ""
                known = found.get(form)
                if known is None:
                    found[form] = Common("", language == "ar", LISTED)
                else:
                    found[form] = known._replace(arab=known.arab or language == "ar", rate=max(known.rate, LISTED))
    return found


@cache
def read_vowelled() -> dict[str, str]:
    """Return how names that Arabic writes without vowels are most often spelt with them: fold by letters."""
    return dict(read_rows("vowelled.csv", ("letters", "fold")))


@cache
def read_family_folds() -> frozenset[str]:
    """Return the folds of family names that are common where no ending tells them."""
    from cenotaph.names import keys

    return frozenset(
        fold
        for _, names in read_rows("families.csv", ("language", "names"))
        for name in names.split()
        if (fold := keys.key_word(name).letters)
    )


@cache
def read_short_forms() -> dict[str, tuple[str, ...]]:
    """Return the full forms of short ones by letters: Sasha is Aleksandr or Aleksandra, the commoner first."""
    from cenotaph.names import keys

    found: dict[str, list[str]] = {}
    for full, short_forms in read_rows("short_forms.csv", ("full", "short")):
        for short in short_forms.split():
            letters = keys.key_word(short).letters
            if letters:
                found.setdefault(letters, []).append(full)
    return {letters: tuple(full) for letters, full in found.items()}


@cache
def read_endings(kind: str) -> tuple[str, ...]:
    """Return endings of words: ``slavic_female``, ``family_maybe``, or the last two letters of all that may name a father."""
    return next(tuple(endings.split()) for of_kind, endings in read_rows("endings.csv", ("kind", "endings")) if of_kind == kind)


@cache
def read_fathers() -> dict[str, str]:
    """Return the father's name in patronymics that no ending tells: Ильич, Львович."""
    return {word: father for father, words in read_rows("fathers.csv", ("father", "patronymics")) for word in words.split()}
