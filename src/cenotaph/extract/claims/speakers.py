"""The subject of a verb of saying, in English and in Russian."""

from __future__ import annotations

from cenotaph.extract.claims.joint_sources import join_left, skip_brackets
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.source_phrases import (
    SKIP_BEFORE_VERB,
    clause_around,
    is_proper,
    is_source_like,
    read_left,
    read_right,
    trim_adverbial,
)
from cenotaph.extract.claims.spans import Source, Span
from cenotaph.extract.claims.speakers_slavic import read_slavic_speaker
from cenotaph.reference.word_sets import read_word_set

_PRONOUNS = {
    "en": frozenset(["he", "she", "it", "they"]),
}
_BEFORE_TITLES = frozenset({"said", "say", "says", "added", "adds", "wrote", "reported", "announced"})
_NO_TITLES = frozenset({"to", "of", "in", "on", "at", "by", "today", "yesterday", "tonight", "earlier", "later", "also", "last"})
_TO_HEARERS = frozenset({"told", "tells", "tell", "informed"})  # whoever follows hears it: "X, a farmer, told the court"
_SELVES = read_word_set("sources.selves")
_VERBS = read_word_set("sentence.be") | read_word_set("sentence.have") | read_word_set("sentence.modal")
_NOUN_BEFORE = read_word_set("sources.noun_before")


def read_speaker(sentence: Sentence, span: Span) -> Source | None:
    """Return the subject of a verb of saying, None where it has none that can be a source."""
    if sentence.language == "en":
        return _read_english_speaker(sentence, span)
    return read_slavic_speaker(sentence, span)


def _read_english_speaker(sentence: Sentence, span: Span) -> Source | None:
    tokens = sentence.tokens
    total = len(tokens)
    before = span.start
    while before > 0 and tokens[before - 1].low in SKIP_BEFORE_VERB:
        before -= 1
    before = skip_brackets(sentence, before)
    weak = span.label == "find"
    previous = tokens[before - 1] if before else None
    if not sentence.words[span.start].inflected and previous is not None and (
        previous.low in _NOUN_BEFORE or any(other.end == span.start and other.label != "cite" for other in sentence.speech)
    ):
        return None  # "top the list", "a report", "rejected claims", "denied reports": the noun
    inverted = (
        span.end < total
        and (previous is None or previous.text in ",\"”“»'’" or (previous.text == "—"))
        and (
            (tokens[span.end].text[0].isupper() and not sentence.is_in_capitals)
            or tokens[span.end].low in ("the", "a", "an", "his", "her", "their", "two", "one", "local", "state")
            or (tokens[span.start].low in _BEFORE_TITLES and _opens_a_title(sentence, span.end))
        )
        and not weak
        and tokens[span.start].low not in _TO_HEARERS
    )
    if inverted and skip_brackets(sentence, span.start) == before:
        end = read_right(sentence, span.end)
        # '..., said the minister' and not ', said that'
        human = any(sentence.words[i].kind not in ("", "thing") for i in range(span.end, end))
        if (
            end > span.end
            and previous is not None
            and (human or is_source_like(sentence, span.end, end) or is_proper(sentence, span.end, end)
                 or tokens[span.end].text[0].isupper())
        ):
            first, _ = clause_around(sentence, span.start)
            return Source(span.end, end, span.label, span.start, first, total)
    if previous is None:
        return None
    if previous.low in ("and", "but") and not weak:
        subject = _first_subject(sentence, before - 1)
        if subject is not None:
            return Source(*subject, span.label, span.start, span.end, total)
    if previous.low in _PRONOUNS["en"]:
        start = before - 1
        lead = tokens[start - 1].text if start else ""
        tail = lead in ',"”“»'
        return Source(start, start, span.label, span.start, 0 if tail else span.end, total, True)
    if previous.low in _SELVES or not (previous.is_word or previous.text in ',."”)'):
        return None
    found = read_left(sentence, before)
    if found is None:
        return None
    start, end = join_left(sentence, *found)
    holds_a_number = any(n.start >= start and n.end <= end for n in sentence.numbers)
    told = [t for t in sentence.triggers if start <= t.start < end]
    if holds_a_number and weak and any(t.roles & {"event", "noun", "measure"} for t in told):
        return None  # "the murder of three journalists shows ...": no subject of saying
    if holds_a_number and any(
        start <= t.start < end and t.roles & {"trans", "intr"} and t.voice == "active" for t in sentence.triggers
    ):
        return None  # "Police have arrested 19 people suspected of ...": no subject of saying
    start = trim_adverbial(sentence, start, end)
    while start < end and tokens[start].low in ("that", "so", "far", "if", "as", "what"):
        start += 1
    if (
        start >= end
        or tokens[start].low in ("according", "to", "during", "gmt", "in", "at", "on", "by", "with", "without")
        or tokens[end - 1].low in ("to", "not", "of", "by")
    ):
        return None
    if tokens[start].low in _SELVES and end - start == 1:
        return None
    if weak or span.label in ("estimate", "deny", "claim", "confirm"):
        named = (
            is_source_like(sentence, start, end)
            or (tokens[start].text[0].isupper() and start > 0 and span.label != "find")
            or is_proper(sentence, start, end)
            or _is_acronym(sentence, start, end)
        )
        physical = bool(
            sentence.words[span.start].keys
            & {"find+", "identify+", "name+", "count+", "show+", "hold+", "register+", "record+", "track+", "log+"}
        )
        human = any(sentence.words[i].kind not in ("", "thing") for i in range(start, end))
        place = any(n.start >= start and n.end <= end and n.sense == "name" for n in sentence.names)
        if not named and not (not physical and (human or place)):
            return None
    if any(
        n.start >= start and n.end <= end and n.mention.kind == "people_candidate" and (n.mention.low or 0) > 4
        for n in sentence.numbers
    ) and not is_source_like(sentence, start, end):
        return None
    # "..., the ministry said": it vouches for what stands before; "The ministry said ...": for what follows.
    lead = tokens[start - 1].text if start else ""
    after = tokens[span.end].text if span.end < total else "."
    postposed = (
        start > 1
        and lead in (",", "”", '"', "»")
        and (
            (lead != "," and span.label in ("say", "add"))
            or after in ".,;:"
            or span.end >= total - 1
            or after in '"“«'
            or (
                (after[0].isupper() or span.label == "say")
                and tokens[span.end].low not in ("that", "there", "it", "they", "he", "she", "some", "no", "many")
                and not any(n.start > span.end for n in sentence.numbers)
            )
            or tokens[span.end].low
            in ("on", "in", "late", "early", "reporters", "at", "during", "after", "yesterday", "via", "adding", "to")
        )
    )
    return Source(start, end, span.label, span.start, 0 if postposed else span.start, total)


def _first_subject(sentence: Sentence, end: int) -> tuple[int, int] | None:
    """Return the source that opens a sentence whose second verb is of saying: "Kyiv is looking for 40 men but says ..."."""
    tokens = sentence.tokens
    at = 0
    while at < min(end, 8) and tokens[at].low not in _VERBS and sentence.trigger_at.get(at) is None:
        if not tokens[at].is_word and tokens[at].text not in "-'’":
            break
        if any(span.start == at and span.label != "cite" for span in sentence.speech) and at:
            break
        at += 1
    else:
        named = any(name.end <= at for name in sentence.names) or is_source_like(sentence, 0, at) or is_proper(sentence, 0, at)
        if 0 < at < end and named and not any(n.start < at for n in sentence.numbers):
            return 0, at
    return None


def _opens_a_title(sentence: Sentence, at: int) -> bool:
    """Return whether "said rescue chief Ana Torres", "say police" follows: a source's word or two capitals, soon."""
    tokens = sentence.tokens
    if not tokens[at].is_word or tokens[at].low in ("another", "more", "to", "that", "up", "some", "their", "his", "her"):
        return False
    last = min(len(tokens), at + 5)
    for place in range(at, last):
        if not tokens[place].is_word and tokens[place].text not in "-’'":
            return False
        if tokens[place].low == "that" or (place == at and tokens[place].low in _NO_TITLES):
            return False
        if is_source_like(sentence, place, place + 1):
            return True
        if tokens[place].text[0].isupper() and place + 1 < len(tokens) and tokens[place + 1].text[0].isupper():
            return True
    return False


def _is_acronym(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether a source is a name in capitals ("OHCHR") in a sentence that is not all in capitals."""
    text = sentence.tokens[end - 1].text
    return end - start <= 2 and len(text) > 2 and text.isupper() and not any(
        token.text.isupper() for token in sentence.tokens[end : end + 3] if token.is_word and len(token.text) > 2
    )
