"""What a number stands written in, in Russian: "в акте комиссии указано десять погибших", "указано в отчёте"."""

from __future__ import annotations

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.source_phrases import clause_around, is_source_like, is_time, read_right
from cenotaph.extract.claims.spans import Source, Span

_LONGEST = 9
_IN = frozenset({"в", "во", "на"})
_NEUTER = ("но", "то")


def read_written(sentence: Sentence, span: Span) -> Source | None:
    """Return the paper or list in which a number is said to stand, before an impersonal participle or behind it."""
    tokens, words = sentence.tokens, sentence.words
    if not tokens[span.start].low.endswith(_NEUTER):
        return None
    start = end = span.start
    while start > 0 and end - start < _LONGEST and tokens[start - 1].is_word and tokens[start - 1].low not in _IN:
        if words[start - 1].parse.kinds & {"VERB", "PREP", "CONJ"} and not words[start - 1].parse.kinds & {"NOUN", "ADJF"}:
            return None
        start -= 1
    if not start or tokens[start - 1].low not in _IN or start == end:
        start, at = span.end + 1, span.end
        if at >= len(tokens) or tokens[at].low not in _IN:
            return None
        end = read_right(sentence, start)
    if start >= end or is_time(sentence, start) or not words[start].parse.cases & {"loct", "loc2"}:
        return None
    if not is_source_like(sentence, start, end) or any(start <= n.start < end for n in sentence.numbers):
        return None
    return Source(start, end, "say", span.start, *clause_around(sentence, span.start))
