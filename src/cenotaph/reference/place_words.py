"""The words for places and for the people of them, folded for looking up; and the names that a reader sees.

A demonym's row holds its lemmas apart: masculine, feminine and plural nouns and adjectives, each in the nominative.
``sense`` tells a word for a citizen or inhabitant (``citizen``) from one that first of all names a people whose name the
state bears (``people``): whether that is a citizenship is the reader's question, not this table's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from cenotaph.reference.files import read_rows
from cenotaph.reference.folding import fold

CLDR_COLUMNS = ("code", "languages", "name", "key", "source")
NAME_COLUMNS = ("code", "language", "name", "kind", "source")
DEMONYM_COLUMNS = ("code", "language", "masculine", "feminine", "plural", "adjective", "sense", "source")
AMBIGUOUS_COLUMNS = ("word", "language", "codes", "reason", "source")
NAME_TABLES = ("places/names.csv", "places/region-names.csv")
NAME, CITIZEN, PEOPLE = "name", "citizen", "people"
FORMS = ("masculine", "feminine", "plural", "adjective")

# Ways to write the same kind of region, each with the one that the names have.
_KINDS = (
    (re.compile(r"^(?:the )"), ""),
    (re.compile(r" (?:oblast|province)$"), " region"),
    (re.compile(r" territory$"), " krai"),
    (re.compile(r" обл$"), " область"),
    (re.compile(r"^обл (.+)$"), r"\1 область"),
    (re.compile(r"^область (.+)$"), r"\1 область"),
    (re.compile(r"^(.+) республика$"), r"республика \1"),
    (re.compile(r"^респ "), "республика "),
    (re.compile(r"^(.+) респ$"), r"республика \1"),
    (re.compile(r" респ$"), " республика"),
    (re.compile(r" р н$"), " район"),
)


class Meaning(NamedTuple):
    """One place that a word may stand for.

    Parameters
    ----------
    code
        The place's code; empty where the word is no place in that language.
    languages
        Tags of the languages whose word it is, apart by spaces.
    sense
        ``name``, ``citizen`` or ``people``.
    """

    code: str
    languages: str
    sense: str


class Demonym(NamedTuple):
    """One lemma for the people of a place.

    Parameters
    ----------
    code, language
        Which place's, and in which language (BCP 47).
    form
        ``masculine``, ``feminine``, ``plural`` or ``adjective``.
    lemma
        The word, in the nominative.
    sense
        ``citizen`` or ``people``.
    """

    code: str
    language: str
    form: str
    lemma: str
    sense: str


def read_meanings(words: str, language: str | None = None) -> tuple[Meaning, ...]:
    """Return every place that words may stand for, with the sense; those of the language alone where it has any."""
    key = fold(words)
    if not key:
        return ()
    table = _table()
    found = table.get(key, ()) or next((table[k] for k in _respell(key) if k in table), ())
    if language is not None:
        own = language.split("-")[0].lower()
        found = tuple(m for m in found if any(tag.split("-")[0] == own for tag in m.languages.split())) or found
    return found


def read_demonyms(language: str | None = None) -> Iterator[Demonym]:
    """Yield every lemma of the demonym table, or those of one language."""
    for code, tag, *cells, sense, _ in read_rows("places/demonyms.csv", DEMONYM_COLUMNS):
        if language is None or tag == language:
            for form, cell in zip(FORMS, cells, strict=True):
                for lemma in cell.split("|"):
                    if lemma:
                        yield Demonym(code, tag, form, lemma, sense)


def read_names(language: str | None = None) -> Iterator[tuple[str, str, str]]:
    """Yield code, language and name of every place, or those of one language."""
    for code, tags, name, _, _ in read_rows("places/names-cldr.csv", CLDR_COLUMNS):
        for tag in tags.split():
            if language is None or tag == language:
                yield code, tag, name
    for table in NAME_TABLES:
        for code, tag, name, _, _ in read_rows(table, NAME_COLUMNS):
            if language is None or tag == language:
                yield code, tag, name


def _respell(key: str) -> Iterator[str]:
    for pattern, other in _KINDS:
        spelt = pattern.sub(other, key)
        if spelt != key:
            yield spelt


@cache
def _table() -> dict[str, tuple[Meaning, ...]]:
    found: dict[str, tuple[Meaning, ...]] = {}
    for code, tags, name, key, _ in read_rows("places/names-cldr.csv", CLDR_COLUMNS):
        key = key or name.lower()
        found[key] = (*found.get(key, ()), Meaning(code, tags, NAME))
    for table in NAME_TABLES:
        for code, tag, name, _, _ in read_rows(table, NAME_COLUMNS):
            key = fold(name)
            found[key] = (*found.get(key, ()), Meaning(code, tag, NAME))
    for code, tag, _, lemma, sense in read_demonyms():
        key = fold(lemma)
        found[key] = (*found.get(key, ()), Meaning(code, tag, sense))
    for word, tag, codes, _, _ in read_rows("places/ambiguous.csv", AMBIGUOUS_COLUMNS):
        key = fold(word)
        added = tuple(Meaning(code, tag, NAME) for code in codes.split()) or (Meaning("", tag, NAME),)
        found[key] = (*found.get(key, ()), *added)
    return found


@cache
def read_labels() -> dict[tuple[str, str], str]:
    """Return the name that a reader sees, by code and language."""
    found: dict[tuple[str, str], str] = {}
    for code, tags, name, _, _ in read_rows("places/names-cldr.csv", CLDR_COLUMNS):
        for tag in tags.split():
            found[code, tag] = name
    for table in NAME_TABLES:
        for code, tag, name, kind, _ in read_rows(table, NAME_COLUMNS):
            if kind == "label":
                found[code, tag] = name
    return found
