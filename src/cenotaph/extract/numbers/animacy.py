"""Whether a Russian noun that no table has names somebody or something."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer


@cache
def _read_analyser() -> MorphAnalyzer:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=50_000)
def class_noun(word: str) -> str | None:
    """Return ``people`` for an animate noun, ``thing`` for an inanimate one, None for what is no noun or may be either.

    Only words that pymorphy3's dictionary knows are told: of others it guesses, and a guess loses people.
    """
    analyser = _read_analyser()
    if len(word) < 3 or not analyser.word_is_known(word):
        return None
    nouns = [parse for parse in analyser.parse(word) if parse.score >= 0.1]
    if not nouns or any(parse.tag.POS != "NOUN" for parse in nouns):
        return None
    if any("Name" in parse.tag or "Surn" in parse.tag or "Geox" in parse.tag for parse in nouns):
        return None
    kinds = {"people" if "anim" in parse.tag else "thing" for parse in nouns}
    return kinds.pop() if len(kinds) == 1 else None
