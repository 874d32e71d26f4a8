"""Infants who have no name of their own: «رضيع محمد النجار», "Baby Girl Zurub", «новорождённый Иванов», "Fatima's newborn".

They are called after a father, a mother or a family. That is no name of theirs: their brothers and sisters, and their
cousins, are called just so.
"""

from __future__ import annotations

import re
from functools import cache

from cenotaph.reference.files import read_rows
from cenotaph.reference.folding import fold
from cenotaph.reference.placeholders import is_placeholder

_OF_SOMEBODY = re.compile(
    r"\w['’]s\s+(?:\w+\s+)?(?:baby|newborn|infant|child|son|daughter|twins?|foetus|fetus)\W*$", re.IGNORECASE
)
_MOST_NAMES, _TWO, _ONE = 4, 2, 1
"""How many words may follow a word for an infant: of the father's or mother's whole name, where the word is none but of an
infant; of a name, and of a family's, where it may also stand before a name of the child's own."""


def tells_infant(words: list[str], text: str) -> bool:
    """Tell whether words name an infant by nothing but father, mother or family.

    Parameters
    ----------
    words
        The folded words that have letters.
    text
        What they stand in.
    """
    while len(words) > 1 and is_placeholder(words[0]):
        words = words[1:]
    if not words:
        return False
    head, rest = words[0], words[1:]
    if not rest:
        return head in _read("any") or head in _read("alone")
    if len(rest) > _MOST_NAMES + 1:
        return False
    if " ".join(words[:2]) in _read("pair") or " ".join(words[-2:]) in _read("pair") or _OF_SOMEBODY.search(text):
        return True
    if head in _read("any"):
        return True
    if head in _read("son"):
        return rest[0] not in _read("not_son")
    if head in _read("letter") and (len(rest[0]) == 1 or _is_numbered(text)):
        return True
    if head in _read("two") or head in _read("one"):
        own = [word for word in rest if word not in _read("kin")]
        most = _TWO if head in _read("two") else _ONE
        return rest[0] in _read("link") or (len(own) <= most and rest[0] not in _read("not_son"))
    return False


def _is_numbered(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and words[1].strip("#№()").isdigit()


def infant_words() -> frozenset[str]:
    """Return the words without which no text tells of an infant so."""
    kinds = ("any", "two", "one", "alone", "son", "letter")
    pairs = {word for pair in _read("pair") for word in pair.split()}
    named = {"newborn", "infant", "child", "son", "daughter", "twin", "twins", "foetus", "fetus"}
    return frozenset(pairs | named).union(*(_read(kind) for kind in kinds))


@cache
def _read(kind: str) -> frozenset[str]:
    """Return the folded words, or pairs of words, of a kind."""
    rows = read_rows("infants.csv", ("kind", "language", "words", "source"))
    split = "|" if kind == "pair" else None
    return frozenset(fold(word) for of_kind, _, words, _ in rows if of_kind == kind for word in words.split(split))
