"""The words that number finding looks up, by language, read once from the tables of ``reference/data/numbers``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import cenotaph.reference

FOLDER = Path(cenotaph.reference.__file__).parent / "data" / "numbers"
NUMBER_ROLES = frozenset(
    {
        *("nought", "unit", "teen", "ten", "hundred", "scale", "suffix", "plural", "group", "half", "fused", "collective"),
        *("both", "vague", "part", "none", "no", "notone", "article", "another", "share", "ordinal"),
    }
)
NOUN_ROLES = (
    *("people", "people_adj", "fate", "year", "duration", "distance", "measure", "money", "percent", "family", "military"),
    *("age", "thing"),
)
"""In the order in which they win where a form has two."""


@dataclass(frozen=True, slots=True)
class Word:
    """A number word's part in a number and what it stands for."""

    role: str
    value: int | float
    floor: int | None = None


@dataclass(slots=True)
class Lexicon:
    """One language's words.

    Parameters
    ----------
    numbers
        Form to number word; the words that a number may begin with.
    nouns
        Form to the role of what a number may count or measure.
    labels
        Nouns that a number after them names ("article 105"), not counts.
    months
        Form to month, 1 to 12.
    before, after
        Hedges: the word next to the number, to the phrases (nearest word first) and their bounds, longest first.
    phrases
        First word to the phrases that are vague numbers of several words, longest first.
    """

    numbers: dict[str, Word] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    months: dict[str, int] = field(default_factory=dict)
    before: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    after: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)


def _read(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@cache
def read_symbols() -> dict[str, str]:
    """Return the role of each sign that goes with a number: ``money``, ``percent``, ``measure``, ``label``, ``code``."""
    return {row["symbol"]: row["role"] for row in _read("symbols.csv")}


@cache
def _read_all_cues() -> dict[str, frozenset[str]]:
    cues: dict[str, set[str]] = {}
    for row in _read("cues.csv"):
        cues.setdefault(row["cue"], set()).add(row["word"])
    return {cue: frozenset(words) for cue, words in cues.items()}


def read_cues(cue: str) -> frozenset[str]:
    """Return the words of every language that give a certain cue, as ``cues.csv`` names it."""
    return _read_all_cues()[cue]


@cache
def read_lexicon(language: str) -> Lexicon:
    """Return the words of a language; for one that has none, the signs that every language shares.

    Parameters
    ----------
    language
        Primary subtag of a BCP 47 tag: ``en``, ``ru``, ``uk``.
    """
    lexicon = Lexicon()
    floors = {row["lemma"]: int(row["floor"]) for row in _read("floors.csv") if row["language"] == language}
    rank = {role: place for place, role in enumerate(NOUN_ROLES)}
    for row in _read("forms.csv"):
        if row["language"] != language:
            continue
        form, role = row["form"], row["role"]
        if role in NUMBER_ROLES:
            lexicon.numbers.setdefault(form, Word(role, _value(row["value"]), floors.get(row["lemma"])))
        elif role == "month":
            lexicon.months[form] = int(row["value"])
        elif role == "label":
            lexicon.labels.add(form)
        elif rank[role] < rank.get(lexicon.nouns.get(form, ""), len(rank)):
            lexicon.nouns[form] = role
    for row in _read("hedges.csv"):
        if row["language"] in (language, ""):
            words = tuple(row["phrase"].split())
            if row["side"] == "before":
                lexicon.before.setdefault(words[-1], []).append((words[::-1], row["bound"]))
            else:
                lexicon.after.setdefault(words[0], []).append((words, row["bound"]))
    for side in (lexicon.before, lexicon.after):
        for phrases in side.values():
            phrases.sort(key=lambda entry: -len(entry[0]))
    for row in _read("vague.csv"):
        if row["language"] == language:
            words = tuple(row["phrase"].split())
            lexicon.phrases.setdefault(words[0], []).append(words)
    for quantities in lexicon.phrases.values():
        quantities.sort(key=len, reverse=True)
    return lexicon


def _value(words: str) -> int | float:
    if not words:
        return 0
    number = float(words)
    return int(number) if number.is_integer() else number
