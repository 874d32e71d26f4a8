"""A printed name taken apart into its words, and words that are one name joined: عبد الله, Abu Bakr, al-Din, de la Cruz."""

from __future__ import annotations

import re
from functools import cache

from cenotaph.names.keys import key_word
from cenotaph.names.letters import fold_word
from cenotaph.names.tables import read_words

MOST_UNITS = 16
# These expressions are run by Arrow over whole columns too: they are what both engines understand.
UNSEEN = "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u0000-\u0008\u007f]"
PUNCTUATION = '([,،;()\\[\\]"«»“”„‟|:/])'
DOT = r"\."
JOIN_NEXT, JOIN_PREVIOUS, JOIN_DIVINE = 1, 2, 3

_ARTICLE = re.compile("^(?:[AaEe][lrsn]-|ال|[АаЭэ]ль?-)")
_UNSEEN, _PUNCTUATION, _DOT = (re.compile(pattern) for pattern in (UNSEEN, PUNCTUATION, DOT))


def split_words(text: str) -> list[str]:
    """Return the words of a printed name, and its commas, brackets and quotation marks, as they stand."""
    return _DOT.sub(". ", _PUNCTUATION.sub(r" \1 ", _UNSEEN.sub("", text))).split()


@cache
def _join_table() -> dict[str, int]:
    found = dict.fromkeys(read_words("join_next"), JOIN_NEXT)
    found |= dict.fromkeys(read_words("join_next_divine"), JOIN_DIVINE)
    return found | dict.fromkeys(read_words("join_previous"), JOIN_PREVIOUS)


def find_join(word: str) -> int:
    """Return whether a word is one name with the next (1), with the one before (2), or with the next if that is divine (3).

    ``Abd`` stands alone where lists shorten Abdulkarim to it. Other words have 0.
    """
    if word[0] == "-" and len(word) > 2:
        return JOIN_PREVIOUS
    if word.isalpha():  # Nearly every word: folding would only change its case.
        return _join_table().get(word.lower(), 0)
    if word[-1] == ".":
        return 0
    return _join_table().get(fold_word(word), JOIN_NEXT if word[-1] == "-" else 0)


def is_divine(word: str) -> bool:
    """Tell whether a word can follow ``Abd`` in one name: it is one of God's names, or an article."""
    if fold_word(word) in read_words("article"):
        return True
    return key_word(_ARTICLE.sub("", word)).key in _divine_keys()


@cache
def _divine_keys() -> frozenset[str]:
    return frozenset(key for word in read_words("divine") if (key := key_word(word).key))


def join_words(words: list[str]) -> list[str]:
    """Return the words with those that are one name joined by a space."""
    units: list[str] = []
    before = 0
    for word in words:
        join = find_join(word)
        joining = before == JOIN_NEXT or (before == JOIN_DIVINE and is_divine(word))
        if units and (joining or join == JOIN_PREVIOUS) and not is_mark(word) and not is_mark(units[-1]):
            units[-1] += " " + word
        else:
            units.append(word)
        before = join
    return units


def is_mark(word: str) -> bool:
    """Tell whether a word is a mark of punctuation."""
    return len(word) == 1 and not word.isalnum()


def split_units(text: str) -> list[str]:
    """Return the names of a printed name, one for each: ``["Abdul Rahman", "bin", "Said"]``."""
    return join_words(split_words(text))
