"""Who did what is alleged, and to whom: by the voice of the verb, "by ...", and which side of the act they stand on."""

from __future__ import annotations

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Span
from cenotaph.reference.word_sets import read_word_set

_NOT_VICTIMS = read_word_set("allegations.not_victims")
_CLAUSE_ENDS = read_word_set("allegations.clause_ends")
_ACCUSING = frozenset({"accused", "accuses", "accuse", "accusing", "suspected", "charged"})
_AUXILIARIES = read_word_set("sentence.be") | read_word_set("sentence.have") | read_word_set("sentence.modal")
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


def find_roles(sentence: Sentence, span: Span) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
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
                return victims, find_roles(sentence, before)[1]
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
