"""Closed sets of words that readers of text ask for: auxiliaries, conjunctions, abbreviations and the like, kept as data."""

from __future__ import annotations

from functools import cache

from cenotaph.reference.files import read_rows


@cache
def _read_sets() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, word, _ in read_rows("claims/words.csv", ("set", "word", "source")):
        found.setdefault(name, set()).add(word)
    return {name: frozenset(words) for name, words in found.items()}


def read_word_set(name: str) -> frozenset[str]:
    """Return the words of a set.

    Parameters
    ----------
    name
        Where it is used and what it is: ``sources.carriers``.
    """
    return _read_sets()[name]
