"""The noun phrase that a number counts, and what its readers share."""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Name, Trigger
from cenotaph.reference.word_sets import read_word_set

ANAPHORS = read_word_set("population.anaphors")
RANGE = 9  # tokens that a noun phrase may run


@dataclass(slots=True)
class Population:
    """The noun phrase that a number counts.

    Parameters
    ----------
    start, end
        Tokens of the phrase, the number included.
    kind
        ``people``, ``outcome`` (the head says what happened: "72 deaths"), ``unknown`` (a noun in no table), ``bare`` (no noun),
        ``thing``.
    head
        Token of the head, or None.
    group
        Tokens of the words for the group, or None.
    names
        What in the phrase names a nationality.
    partitive
        ``them`` ("four of them"), ``the`` ("two of the dead"), or empty.
    more
        Whether words such as "more", "other", "another" go with the number.
    label
        Whether the words stand before the number as a row's label ("Tajiks (412)").
    """

    start: int
    end: int
    kind: str
    head: int | None
    group: tuple[int, int] | None
    names: tuple[Name, ...]
    partitive: str
    more: str
    label: bool = False


def names_in(sentence: Sentence, start: int, end: int) -> tuple[Name, ...]:
    """Return the names that lie within some tokens."""
    return tuple(name for name in sentence.names if name.start >= start and name.end <= end)


def trigger_at(sentence: Sentence, at: int) -> Trigger | None:
    """Return the words that say what happened at a token."""
    return sentence.trigger_at.get(at)


def name_at(sentence: Sentence, at: int) -> Name | None:
    """Return the name at a token."""
    return sentence.name_at.get(at)


def in_number(sentence: Sentence, at: int) -> bool:
    """Return whether a number covers a token."""
    return at in sentence.number_at


def find_group(sentence: Sentence, start: int, head: int | None, kind: str) -> tuple[int, int] | None:
    """Return the tokens of the group's words, without number, names and articles."""
    if head is None or kind != "people":
        return None
    tokens, words = sentence.tokens, sentence.words
    begin = max(start, 0)
    name = name_at(sentence, head)
    if name is not None and name.sense != "adjective":
        return None
    while begin < head:
        inner = name_at(sentence, begin)
        if inner is not None:
            begin = inner.end
        elif tokens[begin].low == "из" or (begin > start and begin in sentence.number_at):
            begin += 1  # "43 из 72 погибших граждан"
        elif (
            tokens[begin].low in ANAPHORS
            or not tokens[begin].is_word
            or tokens[begin].low in ("of", "and", "or", "the", "his", "her", "my", "their", "our")
        ):
            begin += 1
        else:
            break
    if begin > head:
        begin = head
    if (
        words[head].kind == "generic"
        and begin == head
        and (
            tokens[head].low in ("people", "persons", "person", "человек", "чел", "люди", "осіб")
            or "человек" in words[head].parse.lemmas
        )
    ):
        return None
    return begin, head + 1
