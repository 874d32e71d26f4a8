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


@lru_cache(maxsize=50_000)
def may_be_governed(word: str, dative: bool) -> bool:
    """Return whether a word may stand behind a Russian collective in an oblique case: a plural in it, or a word not known."""
    analyser = _read_analyser()
    if not analyser.word_is_known(word):
        return True
    tags = [parse.tag for parse in analyser.parse(word)]
    case = "datv" if dative else "gent"
    return any(case in tag and ("plur" in tag or "Pltm" in tag) for tag in tags) or all("NOUN" not in tag for tag in tags)
