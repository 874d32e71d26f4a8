"""Whom a number counts: its noun phrase, nationality and group, in the population's own words."""

from __future__ import annotations

from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.population_english import find_english
from cenotaph.extract.claims.population_slavic import find_slavic
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Name, Number
from cenotaph.reference.word_sets import read_word_set

_SOLDIERLY = read_word_set("population.soldierly")


def find_population(sentence: Sentence, number: Number) -> Population:
    """Return whom or what a number counts."""
    if sentence.language == "en":
        return find_english(sentence, number)
    return find_slavic(sentence, number)


def find_nationality(names: tuple[Name, ...]) -> tuple[str, ...]:
    """Return the codes that names give, in the order of the text, each once."""
    found: dict[str, None] = {}
    for name in names:
        if len(name.codes) == 1 and len(name.codes[0]) == 2:
            found[name.codes[0]] = None
    return tuple(found)


def is_soldierly(sentence: Sentence, head: int | None) -> bool:
    """Return whether a head is a word for the soldiers of an army, whose "Russian" may be the side served."""
    return head is not None and (
        sentence.tokens[head].low in _SOLDIERLY or bool(_SOLDIERLY & set(sentence.words[head].parse.lemmas))
    )
