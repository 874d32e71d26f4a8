"""A printed name taken apart into its words, and words that are one name joined: عبد الله, Abu Bakr, al-Din, de la Cruz."""

from __future__ import annotations

import re
from functools import cache

from cenotaph.names.letters import fold_word
from cenotaph.names.tables import read_words

MOST_UNITS = 16
# These expressions are run by Arrow over whole columns too: they are what both engines understand.
UNSEEN = "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u0000-\u0008\u007f]"
PUNCTUATION = '([,،;()\\[\\]"«»“”„‟|:/])'
DOT = r"\."
JOIN_NEXT, JOIN_PREVIOUS = 1, 2

_UNSEEN, _PUNCTUATION, _DOT = (re.compile(pattern) for pattern in (UNSEEN, PUNCTUATION, DOT))


def split_words(text: str) -> list[str]:
    """Return the words of a printed name, and its commas, brackets and quotation marks, as they stand."""
    return _DOT.sub(". ", _PUNCTUATION.sub(r" \1 ", _UNSEEN.sub("", text))).split()


@cache
def _join_table() -> dict[str, int]:
    found = dict.fromkeys(read_words("join_next"), JOIN_NEXT)
    return found | dict.fromkeys(read_words("join_previous"), JOIN_PREVIOUS)


def find_join(word: str) -> int:
    """Return whether a word is one name with the next (1), with the one before (2) or neither (0)."""
    if word[0] == "-" and len(word) > 2:
        return JOIN_PREVIOUS
    folded = fold_word(word)
    if folded.endswith("."):
        return 0
    return _join_table().get(folded, JOIN_NEXT if word[-1] == "-" else 0)


def join_words(words: list[str]) -> list[str]:
    """Return the words with those that are one name joined by a space."""
    units: list[str] = []
    joining = False
    for word in words:
        join = find_join(word)
        if units and (joining or join == JOIN_PREVIOUS) and not is_mark(word) and not is_mark(units[-1]):
            units[-1] += " " + word
        else:
            units.append(word)
        joining = join == JOIN_NEXT
    return units


def is_mark(word: str) -> bool:
    """Tell whether a word is a mark of punctuation."""
    return len(word) == 1 and not word.isalnum()


def split_units(text: str) -> list[str]:
    """Return the names of a printed name, one for each: ``["Abdul Rahman", "bin", "Said"]``."""
    return join_words(split_words(text))
