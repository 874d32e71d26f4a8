"""What is said to have been done to people, without a number: threats, deceit, promises, force, executions.

A sentence yields one allegation for each act it names, with the words for whoever did it and to whom, where it has them. A
number among the victims does not stand in the way: it is then a claim too.
"""

from __future__ import annotations

import hashlib

from cenotaph.domain.claims import Allegation, Modality
from cenotaph.extract.claims.attribution import sources_of, words_of
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Source, Span
from cenotaph.reference.word_sets import read_word_set

_STOPS = frozenset(";:.!?()—–")
_NOT_VICTIMS = read_word_set("allegations.not_victims")
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
_ACCUSING = frozenset({"accused", "accuses", "accuse", "accusing", "suspected", "charged"})
_AUXILIARIES = read_word_set("sentence.be") | read_word_set("sentence.have") | read_word_set("sentence.modal")
_REACH = 14
_MANNERS = frozenset(
    {
        "means", "way", "force", "phone", "telephone", "post", "mail", "text", "law", "then", "now", "night", "day", "surprise",
        "mistake", "hand", "car", "bus", "train", "plane", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
        "sunday",
    }
)  # fmt: skip
_ATTRIBUTES = frozenset({"recruiting", "occupying", "ruling", "governing", "warring", "opposing", "invading", "fighting",
                         "visiting", "neighbouring", "neighboring", "leading", "attacking", "something", "nothing", "anything",
                         "everything"})  # fmt: skip
"""What ends like a verb's form and stands before an actor: "by recruiting officers"."""
_HUMAN = frozenset({"generic", "group", "collective"})


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
    victims, actor = _find_roles(sentence, span)
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


def _find_roles(sentence: Sentence, span: Span) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return victims and actor: by voice, "by ...", and which side of the act they stand on."""
    accused = _accused(sentence, span)
    if accused is not None:
        return _nearest(sentence, span.end, 1), accused
    left = _nearest(sentence, span.start, -1)
    right = _nearest(sentence, span.start + 1, 1)
    passive = _is_passive(sentence, span)
    actor: tuple[int, int] | None = None
    victims: tuple[int, int] | None
    if passive:
        victims = left
        by = next(
            (
                at
                for at in range(span.end, min(len(sentence.tokens), span.end + 10))
                if sentence.tokens[at].low == "by" and not _is_manner(sentence, at + 1)
            ),
            None,
        )
        if by is not None:
            actor = _phrase(sentence, by + 1)
    else:
        victims = right or left
        if right is not None:
            subject = _subject(sentence, span.start) if sentence.language == "en" else None
            before = _find_joined(sentence, span)
            if before is not None:
                return victims, _find_roles(sentence, before)[1]
            actor = subject or (left if left != right else None)
    return victims, actor


def _find_joined(sentence: Sentence, span: Span) -> Span | None:
    """Return the act that an active verb goes on from: "tortured villagers and executed prisoners"."""
    if not span.start or sentence.tokens[span.start - 1].low not in ("and", "и", "та"):
        return None
    before = [act for act in sentence.acts if act.end < span.start]
    if not before or _is_passive(sentence, before[-1]):
        return None
    between = sentence.lows[before[-1].end : span.start]
    return None if any(low in ";:.," for low in between) else before[-1]


def _is_manner(sentence: Sentence, at: int) -> bool:
    """Return whether what follows "by" tells how or when, not by whom: "by signing contracts", "by force", "by Monday"."""
    if at >= len(sentence.tokens):
        return True
    token = sentence.tokens[at]
    if token.low in _MANNERS or token.text[0].isdecimal():
        return True
    return token.text.islower() and len(token.low) > 5 and token.low.endswith("ing") and token.low not in _ATTRIBUTES


def _accused(sentence: Sentence, span: Span) -> tuple[int, int] | None:
    """Return the actor of "accused the army of executing prisoners"."""
    tokens = sentence.tokens
    at = span.start - 1
    while at > 0 and span.start - at < 4 and tokens[at].low not in ("of", "with"):
        at -= 1
    if at <= 1 or tokens[at].low not in ("of", "with"):
        return None
    for verb in range(at - 1, max(-1, at - 10), -1):
        if tokens[verb].low in _ACCUSING:
            if verb + 1 < at:
                return verb + 1, at
            return _subject(sentence, verb)
        if tokens[verb].text in ",;:.":
            return None
    return None


def _subject(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """Return who does what a verb says: the people, body or name right before it, or before "who"."""
    tokens, words = sentence.tokens, sentence.words
    end = at
    while end > 0 and (tokens[end - 1].low in _AUXILIARIES or tokens[end - 1].low.endswith("ly")):
        end -= 1
    if end > 0 and tokens[end - 1].low in ("who", "that", "which"):
        end -= 1
        end -= end > 0 and tokens[end - 1].text == ","
    start = end
    while start > 0 and end - start < 7 and tokens[start - 1].is_word and tokens[start - 1].low not in _CLAUSE_ENDS:
        if tokens[start - 1].low in ("by", "to", "in", "on", "with", "for", "at", "into", "said", "says"):
            break
        start -= 1
    named = any(tokens[i].text[0].isupper() for i in range(max(start, 1), end))
    if named or any(words[i].kind in _HUMAN or tokens[i].low in _NOT_VICTIMS for i in range(start, end)):
        return start, end
    return None


def _is_passive(sentence: Sentence, span: Span) -> bool:
    tokens = sentence.tokens
    before = sentence.lows[max(0, span.start - 4) : span.start]
    if sentence.language == "en":
        forms = sentence.words[span.start].forms
        if forms and before and before[-1] in ("under", "with", "of", "on", "by", "false", "through"):
            return True  # "under promises of": the noun
        participle = any(form.participle for form in forms)
        counted = (number.end + 2 for number in sentence.numbers if 0 < number.start - span.start < 4)
        reach = max(span.start + 4, next(counted, 0))  # "raped at least 56 women"
        object_ = [_kind_at(sentence, at) for at in range(span.start + 1, min(len(tokens), reach))]
        kinds = zip(object_, range(span.start + 1, len(tokens)), strict=False)
        object_ = [kind for kind, at in kinds if not _cuts(sentence, span, at)]
        if (
            participle
            and any(kind in _HUMAN for kind in object_)
            and not (before and before[-1] in ("was", "were", "been", "being", "be", "is", "are"))
        ):
            return False
        if participle and any(
            word in ("was", "were", "been", "being", "be", "is", "are", "reportedly", "allegedly") for word in before
        ):
            return True
        return not forms or (
            participle
            and span.start > 0
            and tokens[span.start - 1].is_word
            and tokens[span.start - 1].low not in ("have", "has", "had", "who", "and")
        )
    parse = sentence.words[span.start].parse
    return parse.passive or "PRTS" in parse.kinds


def _kind_at(sentence: Sentence, at: int) -> str:
    """Return what a token is known to count, an owner's ending aside: "the men's passports"."""
    kind, low = sentence.words[at].kind, sentence.tokens[at].low
    return sentence.lexicon.kind_of(low[:-2]) if not kind and low.endswith("'s") else kind


def _cuts(sentence: Sentence, span: Span, at: int) -> bool:
    """Return whether "by", "with" or a verb stands between the act's first word and a token: no object of it."""
    between = range(span.start + 1, at)
    return any(sentence.lows[place] in _CUTTING and place not in sentence.number_at for place in between)  # "at least 56 women"


_CUTTING = frozenset({"by", "with", "in", "at", "on", "to", "into", "from", "of", "for"})


def _nearest(sentence: Sentence, at: int, step: int) -> tuple[int, int] | None:
    """Return the nearest phrase for people on one side, within the clause."""
    tokens, words = sentence.tokens, sentence.words
    position = at - 1 if step < 0 else at
    steps = 0
    while 0 <= position < len(tokens) and steps < 16:
        token = tokens[position]
        if token.text in ";.!?" or (step > 0 and token.low in ("if", "если")):
            return None
        kind = _kind_at(sentence, position)
        proper = kind == "collective" and token.text[0].isupper()
        spoken = position > 0 and tokens[position - 1].low in ("in", "into")  # "contracts in Russian"
        named = sentence.name_at.get(position)
        people = named is not None and named.sense in ("citizen", "people")
        human = (kind in _HUMAN and not proper) or (not spoken and people)
        if (
            human
            and token.low not in _NOT_VICTIMS
            and _NOT_VICTIMS.isdisjoint(words[position].parse.lemmas)
        ):
            return _phrase_around(sentence, position)
        position += step
        steps += 1
    return None


def _phrase_around(sentence: Sentence, at: int) -> tuple[int, int]:
    tokens = sentence.tokens
    start = at
    while start > 0 and start > at - 4:
        name = next((n for n in sentence.names if n.end == start), None)
        if name is not None:
            start = name.start
            continue
        before = sentence.words[start - 1]
        if (
            before.kind in _HUMAN
            or before.low
            in ("former", "foreign", "young", "african", "asian", "central", "labour", "convicted", "капитан")
            or before.parse.kinds & {"ADJF", "PRTF"}
        ):
            start -= 1
        else:
            break
    end = at + 1
    if end + 1 < len(tokens) and sentence.lows[end : end + 2] == ["of", "war"]:
        end += 2
    if end + 1 < len(tokens) and tokens[end].low in ("from", "из", "in", "в"):
        name = next((n for n in sentence.names if n.start == end + 1), None)
        if name is not None:
            end = name.end
    return start, end


def _phrase(sentence: Sentence, start: int) -> tuple[int, int] | None:
    tokens = sentence.tokens
    end = start
    while (
        end < len(tokens)
        and end - start < 8
        and tokens[end].text not in ",;.:!?()—"
        and tokens[end].low not in _CLAUSE_ENDS
        and tokens[end].low not in ("to", "in", "on", "with", "for", "near", "at", "during", "under")
    ):
        end += 1
    return (start, end) if end > start else None


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
