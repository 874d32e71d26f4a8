"""What is said to have been done to people, without a number: threats, deceit, promises, force, executions.

A sentence yields one allegation for each act it names, with the words for whoever did it and to whom, where it has them. A
number among the victims does not stand in the way: it is then a claim too.
"""

from __future__ import annotations

import hashlib

from cenotaph.domain.claims import Allegation, Modality
from cenotaph.extract.claims.allegation_roles import find_roles
from cenotaph.extract.claims.attribution import sources_of, words_of
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Source, Span
from cenotaph.reference.word_sets import read_word_set

_STOPS = frozenset(";:.!?()—–")
_DEFINITE_ACTS = frozenset(
    {
        "threat",
        "deceit",
        "coercion",
        "torture",
        "execution",
        "inducement",
        "confiscation",
        "forced_transfer",
        "abandonment",
        "extortion",
    }
)
_RECRUITMENT = read_word_set("allegations.recruitment")
_NEEDS_CONTEXT = frozenset({"threat", "inducement", "coercion", "deceit"})
_NOBODY = read_word_set("allegations.nobody")
_HOLDS_NEGATION = read_word_set("allegations.holds_negation")
_EVIDENCE = read_word_set("allegations.evidence")
_CLAUSE_ENDS = read_word_set("allegations.clause_ends")
_DENIALS = read_word_set("allegations.denials")
_DENIED_OBJECTS = read_word_set("allegations.denied_objects")
_REACH = 14


def read_allegations(text: str, sentences: list[Sentence], document: str, discourse: Discourse) -> list[Allegation]:
    """Return the allegations of a text, in its order."""
    del discourse
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    found: list[Allegation] = []
    last: str | None = None
    for sentence in sentences:
        if not sentence.tokens or sentence.tokens[-1].text == "?":
            continue
        acts: set[str] = set()
        for span in sentence.acts:
            if span.label in acts or _is_denied(sentence, span):
                continue
            allegation = _read_act(text, sentence, span, document, digest, last)
            if allegation is not None:
                acts.add(span.label)
                found.append(allegation)
        named = [s for s in sources_of(sentence) if s.end > s.start] if sentence.has_speech else []
        if named:
            last = words_of(sentence, named[-1].start, named[-1].end)
    return found


_DENYING = frozenset({"not", "never", "не", "nobody", "никто", "without", "без", "if", "если"})


def _is_denied(sentence: Sentence, span: Span) -> bool:
    """Return whether the act did not happen by the sentence's own words: negated in its clause, or a condition."""
    tokens = sentence.tokens
    before = sentence.lows[max(0, span.start - 3) : span.start]
    for word in before:
        if word in _DENYING or word.endswith("n't"):
            return True
    if not _NOBODY.isdisjoint(sentence.lows[span.start + 1 : span.end + 1]):  # "forced no one to sign"
        return True
    for at in range(span.start - 1, max(-1, span.start - _REACH), -1):
        low = tokens[at].low
        held = at > 0 and tokens[at - 1].low in _HOLDS_NEGATION  # "men with no training were forced"
        if low in _NOBODY and not held:
            return True
        if low == "that" and at > 1 and tokens[at - 1].low in _EVIDENCE and tokens[at - 2].low == "no":
            return True
        if low in _CLAUSE_ENDS or low == "," or low in _STOPS:
            break
    return any(
        frame.label == "conditional" and frame.start < span.start and span.start - frame.start < 8
        for frame in sentence.frames
    )


def _find_denial(sentence: Sentence, span: Span) -> int | None:
    """Return the token that denies the act: "denied that ...", "rejected claims that ...", not "was denied food"."""
    tokens = sentence.tokens
    for at in range(span.start - 1, max(-1, span.start - _REACH), -1):
        if tokens[at].text in ";.!?":
            return None
        if tokens[at].low not in _DENIALS or at + 1 >= len(tokens):
            continue
        if at > 0 and tokens[at - 1].low in ("was", "were", "been", "being", "is", "are", "not", "не", "never"):
            continue
        after = sentence.lows[at + 1 : min(at + 4, span.start)]
        if at + 1 == span.start or any(word in _DENIED_OBJECTS for word in after):
            return at
    return None


def _read_act(
    text: str, sentence: Sentence, span: Span, document: str, digest: str, last: str | None
) -> Allegation | None:
    victims, actor = find_roles(sentence, span)
    if victims is None and actor is None:
        return None
    if span.label in _NEEDS_CONTEXT and not _speaks_of_people(sentence, span, victims):
        return None
    if span.label == "execution" and victims is None:
        return None
    if span.label == "torture" and victims is not None and sentence.words[victims[1] - 1].kind == "collective":
        return None  # "the team was beaten"
    start, end = _find_clause(sentence, span, victims, actor)
    source, pronoun = _find_source(sentence, span)
    attribution = (
        words_of(sentence, source.start, source.end)
        if source is not None and source.end > source.start
        else (last if pronoun else None)
    )
    modality = _find_modality(sentence, span, attribution)
    denial = _find_denial(sentence, span)
    if denial is not None:  # Whoever denies it is not who says it.
        modality, attribution = Modality.UNCONFIRMED, None
    first, stop = sentence.tokens[start].start, sentence.tokens[end - 1].end
    identity = "a" + hashlib.sha256(f"{digest}:{first}:{stop}:{span.label}".encode()).hexdigest()[:15]
    doubts = []
    if victims is None:
        doubts.append("victims: the sentence does not name them beside the act")
    if denial is not None:
        doubts.append(f"modality: '{sentence.tokens[denial].text}' denies it; the text does not say who alleges it")
    return Allegation(
        id=identity,
        document=document,
        start=first,
        end=stop,
        quote=text[first:stop],
        act=span.label,
        actor=_text_of(sentence, actor),
        victims=_text_of(sentence, victims),
        attribution=attribution,
        via=None,
        modality=modality,
        needs_review=bool(doubts),
        doubts=tuple(doubts),
    )


def _text_of(sentence: Sentence, span: tuple[int, int] | None) -> str | None:
    return None if span is None else words_of(sentence, *span)


def _speaks_of_people(sentence: Sentence, span: Span, victims: tuple[int, int] | None) -> bool:
    """Return whether an act with harmless senses ("threat of rain") is done to people here, or is about enlisting."""
    if victims is None:
        return False
    for at in range(max(0, span.start - 16), min(len(sentence.tokens), span.end + 16)):
        low = sentence.tokens[at].low
        if low in _RECRUITMENT or any(lemma in _RECRUITMENT for lemma in sentence.words[at].parse.lemmas):
            return True
    return span.end - span.start > 1 and span.label != "inducement"


def _find_clause(
    sentence: Sentence, span: Span, victims: tuple[int, int] | None, actor: tuple[int, int] | None
) -> tuple[int, int]:
    tokens = sentence.tokens
    start = min([span.start, *(role[0] for role in (victims, actor) if role is not None)])
    end = max([span.end, *(role[1] for role in (victims, actor) if role is not None)])
    while (
        end < len(tokens) and tokens[end].text not in _STOPS and tokens[end].text not in '"”»' and end - span.end < 30
    ):
        if tokens[end].text == "," and sentence.language != "en":
            break
        end += 1
    return start, max(end, start + 1)


def _find_source(sentence: Sentence, span: Span) -> tuple[Source | None, bool]:
    if not sentence.has_speech:
        return None, False
    sources = [s for s in sources_of(sentence) if s.verb != span.start]
    named = [s for s in sources if s.end > s.start and s.first <= span.start < max(s.last, s.first + 1)]
    before = [s for s in named if s.verb <= span.start]
    chosen = before[-1] if before else named[0] if named else None
    return chosen, chosen is None and any(s.pronoun for s in sources)


_ALLEGED = frozenset({"allegedly", "alleged", "unconfirmed", "якобы", "нібито"})
_REPORTED = frozenset({"reportedly", "сообщается"})


def _find_modality(sentence: Sentence, span: Span, attribution: str | None) -> Modality:
    near = sentence.lows[max(0, span.start - 12) : span.end + 12]
    if not _ALLEGED.isdisjoint(near):
        return Modality.UNCONFIRMED
    if attribution is not None or not _REPORTED.isdisjoint(near):
        return Modality.REPORTED
    return Modality.STATED
