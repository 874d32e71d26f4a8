"""English names of bodies that hold a word for what happened: "the Association of Disabled Veterans" has disabled nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.reference.word_sets import read_word_set

if TYPE_CHECKING:
    from cenotaph.extract.claims.sentence import Sentence

_BODIES = read_word_set("titles.bodies")
_LINKS = frozenset({"of", "for", "on", "the", "and", "to", "in", "&"})
_REACH = 7


def is_in_a_title(sentence: Sentence, at: int, end: int) -> bool:
    """Return whether capitalised words are part of the name of an office, a union or a charity.

    Parameters
    ----------
    at, end
        Tokens of the words, the first of them written with a capital and not the first of its sentence.
    """
    tokens = sentence.tokens
    if sentence.unit.kind == "heading" or tokens[at].text.isupper() or sentence.is_in_capitals:
        return False
    for place in range(end, min(len(tokens), end + 3)):
        text = tokens[place].text
        if not text[0].isupper():
            break
        if tokens[place].low in _BODIES:
            return True
    for place in range(at - 1, max(-1, at - _REACH), -1):
        token = tokens[place]
        if token.low in _BODIES:
            return token.text[0].isupper() and place < at - 1 and tokens[place + 1].low in _LINKS
        if not (token.is_word and token.text[0].isupper()) and token.low not in _LINKS:
            return False
    return False


__all__ = ["is_in_a_title"]
