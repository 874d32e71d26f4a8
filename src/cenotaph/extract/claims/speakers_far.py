"""Russian sources that do not stand beside a verb of saying: of an earlier verb, an agent, a noun, a title in quotes."""

from __future__ import annotations

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.source_phrases import QUOTES, is_source_like, read_left, read_right
from cenotaph.extract.claims.spans import Source, Span
from cenotaph.extract.claims.timing import dates_of
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
    if closing is None:
        return None
    if closing + 1 < len(tokens) and tokens[closing + 1].is_word and tokens[closing + 1].low not in ("в", "на"):
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


def read_opening_subject(sentence: Sentence, span: Span) -> tuple[int, int] | None:
    """Return the subject that opens a clause, with a date before it and more between it and its verb of saying.

    "В мае тот же канал писал ...", "Штаб, изучив снимки, насчитал ...", "пресс-секретарь 9 октября сообщил ...".
    """
    tokens, words = sentence.tokens, sentence.words
    at = span.start
    while at > 0 and tokens[at - 1].text not in ";:" and span.start - at < _FURTHEST:
        at -= 1
    dated = {
        place
        for date in dates_of(sentence)
        for place in range(sentence.at(date.start), sentence.until(date.end))
    }
    while at < span.start and (
        at in dated
        or tokens[at].text in ",—–-"
        or (words[at].parse.kinds and words[at].parse.kinds <= _LEADING and tokens[at].low not in ("в", "на"))
        or (tokens[at].low in ("в", "во", "на", "с", "за", "к") and at + 1 in dated)
    ):
        at += 1
    end = at
    while end < span.start and tokens[end].text not in ",;:—–" and end not in dated and end - at < _NAME:
        if words[end].parse.kinds and words[end].parse.kinds <= {"VERB", "PRTS", "GRND", "INFN", "PREP"} and (
            tokens[end].low not in ("из", "по")
        ):
            break
        end += 1
    while end > at and (words[end - 1].parse.kinds <= {"ADVB", "PRCL", "CONJ"} or tokens[end - 1].low in ("из", "по")) and (
        words[end - 1].parse.kinds
    ):
        end -= 1
    if end <= at or any(at <= number.start < end for number in sentence.numbers):
        return None
    verb = words[span.start].parse
    named = is_source_like(sentence, at, end) or (span.label != "find" and is_somebody(sentence, at, end))
    first = next((place for place in range(at, end) if tokens[place].is_word), at)
    cases = words[first].parse.cases
    if not named or (cases and "nomn" not in cases) or ("VERB" in verb.kinds and verb.plural != words[first].parse.plural):
        return None
    return at, end


_LEADING = frozenset({"CONJ", "PRCL", "ADVB", "INTJ"})
_FURTHEST = 40
_NAME = 8
