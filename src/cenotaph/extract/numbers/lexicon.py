"""The words that number finding looks up, by language, read once from the tables of ``reference/data/numbers``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from cenotaph.domain.counts import VAGUE_FLOORS
from cenotaph.reference.files import read_rows

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


_COLUMNS = {
    "forms": ("language", "form", "role", "value", "lemma", "source"),
    "hedges": ("language", "phrase", "side", "bound", "source"),
    "vague": ("language", "phrase", "source"),
    "symbols": ("symbol", "role", "source"),
    "cues": ("cue", "word", "source"),
}
_FLOOR_NAMES = {10: "tens", 12: "dozens", 100: "hundreds", 1000: "thousands", 10**6: "millions"}


def _read(name: str) -> Iterator[dict[str, str]]:
    columns = _COLUMNS[name]
    for row in read_rows(f"numbers/{name}.csv", columns):
        yield dict(zip(columns, row, strict=True))


def find_floor(*groups: int | float) -> int:
    """Return the least that vague words allow: ``find_floor(10, 1000)`` for "tens of thousands".

    Parameters
    ----------
    groups
        What each word is a plural of, the first word first.
    """
    names = [_FLOOR_NAMES.get(int(group), str(group)) for group in groups]
    whole = VAGUE_FLOORS.get("_of_".join(names))
    if whole is not None:
        return whole
    floor = 1
    for name, group in zip(names, groups, strict=True):
        floor *= VAGUE_FLOORS.get(name, int(group))
    return floor


@cache
def read_symbols() -> dict[str, str]:
    """Return the role of each sign that goes with a number: ``money``, ``percent``, ``measure``, ``label``, ``code``."""
    return {row["symbol"]: row["role"] for row in _read("symbols")}


@cache
def _read_all_cues() -> dict[str, frozenset[str]]:
    cues: dict[str, set[str]] = {}
    for row in _read("cues"):
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
    rank = {role: place for place, role in enumerate(NOUN_ROLES)}
    for row in _read("forms"):
        if row["language"] != language:
            continue
        form, role = row["form"], row["role"]
        if role in NUMBER_ROLES:
            lexicon.numbers.setdefault(form, Word(role, _value(row["value"])))
        elif role == "month":
            lexicon.months[form] = int(row["value"])
        elif role == "label":
            lexicon.labels.add(form)
        elif rank[role] < rank.get(lexicon.nouns.get(form, ""), len(rank)):
            lexicon.nouns[form] = role
    for row in _read("hedges"):
        if row["language"] in (language, ""):
            words = tuple(row["phrase"].split())
            if row["side"] == "before":
                lexicon.before.setdefault(words[-1], []).append((words[::-1], row["bound"]))
            else:
                lexicon.after.setdefault(words[0], []).append((words, row["bound"]))
    for side in (lexicon.before, lexicon.after):
        for phrases in side.values():
            phrases.sort(key=lambda entry: -len(entry[0]))
    for row in _read("vague"):
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
