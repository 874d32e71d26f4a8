"""The subject of a verb of saying, in English and in Russian."""

from __future__ import annotations

from typing import NamedTuple

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.source_phrases import (
    LEFT_STOP,
    SKIP_BEFORE_VERB,
    clause_around,
    is_proper,
    is_source_like,
    is_time,
    read_left,
    read_right,
    trim_adverbial,
)
from cenotaph.extract.claims.spans import Span
from cenotaph.reference.word_sets import read_word_set

_PRONOUNS = {
    "en": frozenset(["he", "she", "it", "they"]),
    "ru": frozenset(["он", "она", "они", "оно"]),
    "uk": frozenset(["він", "вона", "вони", "воно"]),
}
_BEFORE_TITLES = frozenset({"said", "say", "says", "added", "adds", "wrote", "reported", "announced"})
_NO_TITLES = frozenset({"to", "of", "in", "on", "at", "by", "today", "yesterday", "tonight", "earlier", "later", "also", "last"})
_SELVES = read_word_set("sources.selves")
_SKIP_BEFORE_VERB_RU = read_word_set("sources.skip_before_verb_ru")
_VERBS = read_word_set("sentence.be") | read_word_set("sentence.have") | read_word_set("sentence.modal")
_NOUN_BEFORE = read_word_set("sources.noun_before")


class Source(NamedTuple):
    """A source that a sentence names.

    Parameters
    ----------
    start, end
        Tokens of its words; the same where it is a pronoun or nobody ("it is reported").
    kind
        ``say``, ``find``, ``confirm``, ``claim``, ``estimate``, ``deny``, ``add``, ``cite``, ``label`` or ``impersonal``.
    verb
        Token where the verb or the introducing words begin.
    first, last
        Tokens that it vouches for.
    pronoun
        Whether it is a pronoun that refers back.
    citing
        Whether it is what another source cites ("citing a list").
    """

    start: int
    end: int
    kind: str
    verb: int
    first: int
    last: int
    pronoun: bool = False
    citing: bool = False


def read_speaker(sentence: Sentence, span: Span) -> Source | None:
    """Return the subject of a verb of saying, None where it has none that can be a source."""
    if sentence.language == "en":
        return _read_english_speaker(sentence, span)
    return _read_slavic_speaker(sentence, span)


def _read_english_speaker(sentence: Sentence, span: Span) -> Source | None:
    tokens = sentence.tokens
    total = len(tokens)
    before = span.start
    while before > 0 and tokens[before - 1].low in SKIP_BEFORE_VERB:
        before -= 1
    weak = span.label == "find"
    previous = tokens[before - 1] if before else None
    plain = all(not (form.past or form.participle or form.ing) for form in sentence.words[span.start].forms)
    if plain and previous is not None and (
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
    )
    if inverted and before == span.start:
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
    start, end = found
    holds_a_number = any(n.start >= start and n.end <= end for n in sentence.numbers)
    if holds_a_number and weak and any(start <= t.start < end and t.roles & {"event", "noun", "measure"} for t in sentence.triggers):
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
        or tokens[start].low in ("to", "during", "gmt", "in", "at", "on", "by", "with", "without")
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


_OBJECTS = frozenset({"такие", "такую", "такое", "эти", "эту", "данные", "это", "свои", "об"})
_ADDRESSEE = 4


def _skip_addressee(sentence: Sentence, at: int) -> int:
    """Step over whom a source spoke to, "доложил губернатору начальник МЧС", where somebody in the nominative follows."""
    tokens, words = sentence.tokens, sentence.words
    place = at
    while place < min(len(tokens) - 1, at + _ADDRESSEE):
        parse = words[place].parse
        if place > at and "nomn" in parse.cases and (parse.animate or words[place].kind not in ("", "thing")):
            return place
        if not tokens[place].is_word or "datv" not in parse.cases or "nomn" in parse.cases:
            break
        place += 1
    parse = words[place].parse if place < len(tokens) else None
    if parse is not None and place > at and "nomn" in parse.cases and (parse.animate or words[place].kind not in ("", "thing")):
        return place
    return at


def _read_slavic_speaker(sentence: Sentence, span: Span) -> Source | None:
    tokens, words = sentence.tokens, sentence.words
    total = len(tokens)
    verb = words[span.start].parse
    if sentence.language == "ru" and verb.kinds and not verb.kinds & {"VERB", "GRND", "PRTS"}:
        return None
    if sentence.language == "ru" and verb.kinds and verb.kinds <= {"PRTS"}:
        return None
    after = span.end
    weak = span.label == "find"
    pronouns = _PRONOUNS.get(sentence.language, frozenset())
    lead = tokens[span.start - 1] if span.start else None
    # after the verb: "сообщил X", "сообщили в X", "заявили в МИД"
    candidate: tuple[int, int] | None = None
    if after < total and tokens[after].low in pronouns:
        return Source(after, after, span.label, span.start, 0, total, True)
    skip = after
    while skip < total and tokens[skip].low in (
        "об",
        "этом",
        "ему",
        "журналистам",
        "агентству",
        "изданию",
        "о",
        "нам",
        "корреспонденту",
        "также",
        "про",
        "це",
    ):
        skip += 1
    skip = _skip_addressee(sentence, skip)
    if skip < total and tokens[skip].text in '«"' and skip + 1 < total:
        closing = next((i for i in range(skip + 1, min(total, skip + 6)) if tokens[i].text in '»"'), None)
        if closing is not None and closing + 1 < total and tokens[closing + 1].low in ("в", "во"):
            skip = closing + 1
    if skip < total and tokens[skip].low in ("в", "во", "у", "на") and skip + 1 < total:
        end = read_right(sentence, skip + 1)
        if (
            end > skip + 1
            and (is_source_like(sentence, skip + 1, end) or tokens[skip + 1].text.isupper())
            and not is_time(sentence, skip + 1)
        ):
            candidate = (skip + 1, end)
    elif skip < total and tokens[skip].is_word:
        parse = words[skip].parse
        nominal = ("NOUN" in parse.kinds or "ADJF" in parse.kinds or not parse.kinds) and (
            "nomn" in parse.cases or not parse.cases
        )
        if sentence.language == "uk":
            nominal = tokens[skip].low not in ("що", "про", "на", "і", "й", "та")
        if nominal and tokens[skip].low not in LEFT_STOP.get(sentence.language, frozenset()):
            end = read_right(sentence, skip)
            if end > skip and (
                words[skip].parse.animate
                or is_source_like(sentence, skip, end)
                or tokens[skip].text[0].isupper()
                or words[skip].kind not in ("", "thing")
            ):
                candidate = (skip, end)
    if candidate is not None and (
        lead is None or lead.text in ',»"“—-' or lead.low in ("как", "этом", "об", "це") or span.start == 0
    ):
        first, last = clause_around(sentence, span.start)
        return Source(candidate[0], candidate[1], span.label, span.start, first, last)
    before = span.start
    while before > 0 and tokens[before - 1].low in _SKIP_BEFORE_VERB_RU:
        before -= 1
    if before and tokens[before - 1].low in pronouns:
        tail = before > 1 and tokens[before - 2].text in "—–-,»"
        return Source(before - 1, before - 1, span.label, span.start, 0 if tail else span.start, total, True)
    if before and tokens[before - 1].low not in _SELVES:
        found = read_left(sentence, before)
        if found is not None and tokens[found[0]].low in _OBJECTS:
            found = None  # "такие данные опубликовал проект": what is said, not who says it
            weak = False
        if found is not None:
            start, end = found
            while end - start > 2 and tokens[end - 2].low in ("в", "во", "на") and is_time(sentence, end - 1):
                end -= 2  # "проект в октябре опубликовал"
            if tokens[start].low in ("в", "во", "у", "на", "из") and end - start > 1:
                start += 1
                if is_time(sentence, start) or not (
                    is_source_like(sentence, start, end) or tokens[start].text.isupper()
                ):
                    start = end
            elif tokens[start].low in ("по", "за", "от", "с", "к", "для", "при", "о", "об"):
                start = end
            if start < end:
                inner = _read_apposition(sentence, end, before)
                if inner is not None and any(n.start >= start and n.end <= end for n in sentence.numbers):
                    start, end = inner  # "один из них, сержант Грудин, рассказал"
                named = is_source_like(sentence, start, end) or any(
                    tokens[i].text[0].isupper()
                    and (i > 0 or len(tokens[i].text) > 3)
                    and "nomn" in (words[i].parse.cases or {"nomn"})
                    for i in range(start, end)
                )
                human = any(words[i].kind not in ("", "thing") for i in range(start, end))
                if (named or (human and not weak)) and not any(
                    n.start >= start and n.end <= end and n.mention.kind == "people_candidate"
                    for n in sentence.numbers
                ):
                    return Source(start, end, span.label, span.start, span.start, total)
    if candidate is None:
        candidate = _read_far_subject(sentence, span) or _read_gerund_subject(sentence, span)
        weak = False
    if candidate is not None and not weak:
        first, last = clause_around(sentence, span.start)
        return Source(candidate[0], candidate[1], span.label, span.start, first, last)
    return None


def _read_apposition(sentence: Sentence, end: int, before: int) -> tuple[int, int] | None:
    """Return what stands between the commas behind a subject."""
    tokens = sentence.tokens
    if end < before - 1 and tokens[end].text == "," and tokens[before - 1].text == ",":
        return end + 1, before - 1
    return None


_FAR = 9  # tokens between a verb and the subject that stands at the end of its clause
_GERUND_REACH = 25


def _read_far_subject(sentence: Sentence, span: Span) -> tuple[int, int] | None:
    """Return a source that stands behind what a verb governs: "зафиксировала в Иране за прошлый год организация ..."."""
    tokens, words = sentence.tokens, sentence.words
    if sentence.language != "ru":
        return None
    for at in range(span.end, min(len(tokens), span.end + _FAR)):
        if tokens[at].text in ',.;:()—«"':
            return None
        parse = words[at].parse
        if parse.kinds == {"NOUN"} and "nomn" in parse.cases and is_source_like(sentence, at, at + 1):
            governed = tokens[at - 1].low in _PREPOSITIONS_BEFORE
            if not governed and (at == span.end or "gent" not in parse.cases):
                return at, read_right(sentence, at)
    return None


_PREPOSITIONS_BEFORE = frozenset({"в", "на", "за", "о", "об", "из", "с", "по", "при", "к", "от", "для", "через", "про"})


def _read_gerund_subject(sentence: Sentence, span: Span) -> tuple[int, int] | None:
    """Return the subject of the verb that a gerund goes with: "власти показали паспорта, заявив о ..."."""
    tokens, words = sentence.tokens, sentence.words
    if sentence.language != "ru" or words[span.start].parse.kinds != {"GRND"}:
        return None
    for at in range(span.start - 1, max(0, span.start - _GERUND_REACH), -1):
        if tokens[at].text in ".;:":
            return None
        if words[at].parse.kinds == {"VERB"} and (found := read_left(sentence, at)) is not None:
            start, end = found
            while start < end and not words[start].parse.kinds & {"NOUN", "ADJF", "PRTF"} and not tokens[start].text[0].isupper():
                start += 1
            if start < end and (is_source_like(sentence, start, end) or any(words[i].parse.animate for i in range(start, end))):
                return start, end
            return None
    return None
