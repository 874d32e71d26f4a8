"""Words that stand where a name should and identify nobody: "unknown", «неизвестный», "مجهول", "N. N.", "unidentified male 3"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from cenotaph.reference.files import read_rows
from cenotaph.reference.folding import fold

_COLUMNS = ("kind", "language", "word", "source")
# Vowel signs and the like of Devanagari, Bengali, Tamil, Sinhala and Thai, which are no \w.
_COMBINING = (
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0b82\u0bbe-\u0bcd\u0d82\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
_PUNCTUATION = re.compile(rf"[^\w\s{_COMBINING}]|_")


class _Words(NamedTuple):
    phrases: frozenset[str]
    cores: frozenset[str]
    modifiers: frozenset[str]
    vocabulary: frozenset[str]


def is_placeholder(text: str) -> bool:
    """Tell whether a text in a name's place names nobody.

    It does not where it has no letters, is one of the table's phrases, or has nothing but words such as "unknown" and words
    for what is unknown ("man", "body", a number). One other word makes it a name: who is called "Unknown Ivanov" here
    is somebody's Ivanov, and only a person can say that he is nobody.

    Parameters
    ----------
    text
        What stands in the name's place, in any language, script and case.
    """
    for word in text.split():
        if not may_be_placeholder(word):  # Nearly every name ends here, at its first word.
            return False
    words = _tokens(text)
    if not any(c.isalpha() for word in words for c in word):
        return True
    table = _read_words()
    if " ".join(words) in table.phrases:
        return True
    known = table.cores | table.modifiers
    return any(word in table.cores for word in words) and all(
        word in known or not any(c.isalpha() for c in word) for word in words
    )


@lru_cache(maxsize=500_000)
def may_be_placeholder(word: str) -> bool:
    """Tell whether a word could stand in a placeholder: each of its tokens is of the table, or has no letters."""
    plain = word.isalpha() and len(word) > 2 and (word.isascii() or "\u0400" <= word[0] <= "\u04ff")
    if plain and word[:3].lower() not in _read_beginnings():
        return False
    known = _read_words().vocabulary
    return all(token in known or not any(c.isalpha() for c in token) for token in _tokens(word))


@cache
def _read_beginnings() -> frozenset[str]:
    """Return the first three letters of the words of the table: nearly every name's differ, and folding it is dear."""
    written = (token for _, _, word, _ in read_rows("placeholders.csv", _COLUMNS) for token in word.lower().split())
    return frozenset(token[:3] for token in (*written, *_read_words().vocabulary))


def _tokens(text: str) -> list[str]:
    return _PUNCTUATION.sub(" ", fold(text.replace("№", " "))).split()


@cache
def _read_words() -> _Words:
    found: dict[str, set[str]] = {"phrase": set(), "core": set(), "modifier": set()}
    for kind, _, word, _ in read_rows("placeholders.csv", _COLUMNS):
        words = _tokens(word)
        if kind == "phrase" or len(words) > 1:
            found["phrase"].add(" ".join(words))
        else:
            found[kind].add(words[0])
    vocabulary = {token for words in found.values() for phrase in words for token in phrase.split()}
    return _Words(*(frozenset(words) for words in (found["phrase"], found["core"], found["modifier"], vocabulary)))
