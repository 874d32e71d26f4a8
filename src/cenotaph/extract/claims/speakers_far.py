"""Russian sources that do not stand beside a verb of saying: of an earlier verb, an agent, a noun of saying, a title in quotes."""

from __future__ import annotations

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.source_phrases import QUOTES, is_source_like, read_left, read_right
from cenotaph.extract.claims.spans import Source, Span
from cenotaph.reference.word_sets import read_word_set

_SAYINGS = read_word_set("sources.sayings")
_BACK = 24  # tokens from a second verb back to the first, whose subject both have
_CLOSING = 8
_AGENTS = frozenset({"confirm", "find", "say", "estimate"})


def is_somebody(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a phrase holds somebody or something that can speak, in the nominative."""
    if is_source_like(sentence, start, end):
        return True
    return any(
        sentence.words[at].parse.animate and "nomn" in sentence.words[at].parse.cases and at not in sentence.number_at
        for at in range(start, end)
    )


def read_shared_subject(sentence: Sentence, span: Span) -> tuple[int, int] | None:
    """Return the subject that a verb of saying has in common with the verb before: "талибы обещали ... и объявили о ..."."""
    tokens, words = sentence.tokens, sentence.words
    if not span.start or tokens[span.start - 1].low not in ("и", "а", "но") or words[span.start].parse.kinds != {"VERB"}:
        return None
    for at in range(span.start - 2, max(0, span.start - _BACK), -1):
        if tokens[at].text in ".;:":
            return None
        parse = words[at].parse
        if parse.kinds == {"VERB"} and parse.plural == words[span.start].parse.plural:
            found = read_left(sentence, at)
            if found is not None and is_somebody(sentence, *found) and not any(
                found[0] <= number.start < found[1] for number in sentence.numbers
            ):
                return found
    return None


def read_agent(sentence: Sentence, span: Span) -> Source | None:
    """Return who is named in the instrumental beside a passive: "гибель двенадцати подтверждена Генштабом"."""
    words = sentence.words
    if span.label not in _AGENTS or span.end >= len(words) or not words[span.start].parse.kinds <= {"PRTS"}:
        return None
    at = span.end
    if "ablt" not in words[at].parse.cases or not words[at].parse.kinds & {"NOUN", "ADJF"}:
        return None
    end = read_right(sentence, at)
    if end > at and is_source_like(sentence, at, end):
        return Source(at, end, span.label, span.start, 0, len(sentence.tokens))
    return None


def read_title(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """Return a name in quotation marks that begins at a token and closes its clause: "подсчитала «Верста»,"."""
    tokens = sentence.tokens
    if at + 2 >= len(tokens) or tokens[at].text not in QUOTES or not tokens[at + 1].text[0].isupper():
        return None
    closing = next((i for i in range(at + 2, min(len(tokens), at + _CLOSING)) if tokens[i].text in QUOTES), None)
    if closing is None or (closing + 1 < len(tokens) and tokens[closing + 1].is_word and tokens[closing + 1].low not in ("в", "на")):
        return None
    return at, closing + 1


def read_sayings(sentence: Sentence) -> list[Source]:
    """Return whose statement, report or list tells of a number: "заявление оппозиции о трёхстах убитых"."""
    tokens, words = sentence.tokens, sentence.words
    found = []
    for at in range(len(tokens) - 2):
        if not _SAYINGS.intersection(words[at].parse.lemmas) or (at and tokens[at - 1].low in ("по", "согласно")):
            continue
        if any(span.start <= at < span.end for span in sentence.speech) or "gent" not in words[at + 1].parse.cases:
            continue
        end = read_right(sentence, at + 1)
        about = next((i for i in range(at + 2, min(end + 1, len(tokens))) if tokens[i].low in ("о", "об", "про")), None)
        if about is not None and is_source_like(sentence, at + 1, about):
            found.append(Source(at + 1, about, "say", at, at, len(tokens)))
    return found
