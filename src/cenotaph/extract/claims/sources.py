"""Who says so: the source that a sentence names, who carries it, and how it speaks."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cenotaph.extract.claims.sentence import Sentence, Span
from cenotaph.reference.files import read_rows
from cenotaph.reference.word_sets import read_word_set

_PRONOUNS = {
    "en": frozenset("he she it they".split()),
    "ru": frozenset("он она они оно".split()),
    "uk": frozenset("він вона вони воно".split()),
}
_SELVES = read_word_set("sources.selves")
_LEFT_STOP = {
    "en": frozenset("that and but or while as when because although though which after before since if so than whereas where".split()),
    "ru": frozenset("что и но а или как когда если потому хотя однако чтобы где пока который которая которые которое".split()),
    "uk": frozenset("що і й та але або а як коли якщо де який яка які".split()),
}
_RIGHT_STOP = {
    "en": frozenset("that who which while when but whose where as said says were was have has had is are".split()),
    "ru": frozenset("что который которая которые которое когда но а где чтобы нет есть был были было".split()),
    "uk": frozenset("що який яка які коли але а де є був були було".split()),
}
_TRIM_LEFT = read_word_set("sources.trim_left")
_SKIP_BEFORE_VERB = read_word_set("sources.skip_before_verb")
_SKIP_BEFORE_VERB_RU = read_word_set("sources.skip_before_verb_ru")
_POSSESSIONS = read_word_set("sources.possessions")
_FULL_STOPS = frozenset(";:.!?()—–|…")
_QUOTES = frozenset("\"“”«»„")
_NOUN_BEFORE = read_word_set("sources.noun_before")
_LONGEST = 16
_TIME_WORDS = read_word_set("sources.time_words")


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


@cache
def _source_words() -> frozenset[str]:
    return frozenset(word for _, word, _ in read_rows("claims/sources.csv", ("language", "word", "source")))


def is_source_like(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether tokens hold a word for a source."""
    known = _source_words()
    for at in range(start, end):
        low = sentence.tokens[at].low
        if low in known or any(lemma in known for lemma in sentence.words[at].parse.lemmas):
            return True
        if "-" in low and (low.split("-")[0] in known or low.rpartition("-")[2] in known):
            return True
        if sentence.language == "uk" and len(low) > 4 and any(word.startswith(low[:-2]) for word in known if len(word) > 4):
            return True
    return False


def find_sources(sentence: Sentence) -> list[Source]:
    """Return the sources a sentence names, in order."""
    found: list[Source] = []
    label = _find_label(sentence)
    if label is not None:
        found.append(label)
    seen: set[int] = set()
    for span in sentence.speech:
        if span.start in seen and span.label != "cite":
            continue
        source = None
        if span.label == "cite":
            source = _read_cited(sentence, span)
        elif span.label == "impersonal":
            source = Source(span.end, span.end, "impersonal", span.start, 0, len(sentence.tokens))
        elif not _is_trigger_use(sentence, span):
            source = _read_speaker(sentence, span)
        if source is not None:
            seen.add(span.start)
            found.append(source)
    if sentence.language == "en":
        found.extend(_read_possessive(sentence))
    found.sort(key=lambda source: source.verb)
    return found


def _is_trigger_use(sentence: Sentence, span: Span) -> bool:
    """Return whether a verb of saying is passive ("was reported dead"): then nobody is named."""
    if sentence.language != "en":
        return False
    forms = sentence.words[span.start].forms
    if not any(form.participle for form in forms):
        return any(form.ing for form in forms) and span.label not in ("add", "say")
    before = span.start - 1
    tokens = sentence.tokens
    steps = 0
    while before >= 0 and tokens[before].low in _SKIP_BEFORE_VERB and steps < 4:
        if tokens[before].low in ("was", "were", "been", "is", "are", "be", "being"):
            return True
        before -= 1
        steps += 1
    return False


def _find_label(sentence: Sentence) -> Source | None:
    """Read "Rebel statement: ...", "Судовладелец: ...", "ДЕПУТАТ ЛАПИН: ..."."""
    tokens = sentence.tokens
    for at in range(1, min(10, len(tokens) - 1)):
        text = tokens[at].text
        if text == ":":
            start = 0
            while start < at and not tokens[start].is_word:
                start += 1
            quoted = tokens[at + 1].text in _QUOTES
            if any(frame.label == "figure" and frame.start < at for frame in sentence.frames):
                return None  # "TOTAL: 66 dead"
            named = is_source_like(sentence, start, at) or (at - start <= 4 and all(t.text.isupper() or not t.is_word or len(t.text) <= 2 for t in tokens[start:at]) and len(tokens[start].text) > 3 and sentence.text[: sentence.unit.start][-1:] in ("\n", ""))
            if start < at and (named or (quoted and tokens[start].text[0].isupper())) and not any(
                n.start < at for n in sentence.numbers if n.mention.kind in ("people_candidate", "percent")
            ) and not any(s.end <= at for s in sentence.speech):
                if not quoted and any(t.start < at and t.roles & {"noun", "measure", "event"} for t in sentence.triggers):
                    return None
                end = at
                for dash in range(start, at):
                    if tokens[dash].text in "—–-":
                        return Source(start, dash, "label", start, at, len(tokens))
                return Source(start, end, "label", start, at, len(tokens))
            return None
        if text in ".;!?«»\"“" or tokens[at].low in ("что", "that"):
            return None
    return None


def _read_cited(sentence: Sentence, span: Span) -> Source | None:
    tokens = sentence.tokens
    start = span.end
    if start < len(tokens) and tokens[start].low in ("на", "to") and sentence.language != "en":
        return None
    end = _read_right(sentence, start)
    words = " ".join(token.low for token in tokens[span.start : span.end])
    citing = words.startswith(("citing", "quoting", "со ссылк", "ссыла", "цитир", "посила", "із посил", "з посил"))
    lead = tokens[span.start].low
    if lead in ("reported", "published", "released", "compiled", "confirmed", "documented", "verified", "identified", "recorded", "announced", "said", "estimated", "counted", "told", "quoted", "cited"):
        if not (end > start and (is_source_like(sentence, start, end) or tokens[start].text[0].isupper())):
            return None
    if end <= start:
        # "по предварительным данным", with nobody named.
        return Source(start, start, "impersonal", span.start, 0, len(tokens))
    if sentence.language == "uk" and words.startswith(("за його", "за її", "за їхн")):
        return Source(start, start, "cite", span.start, 0, len(tokens), True)
    first_low = tokens[start].low
    if first_low in ("его", "ее", "их", "his", "her", "their", "him", "them", "нему", "ней", "него", "нее"):
        possessed = end - start > 1 and first_low not in ("him", "them")
        if not possessed:
            return Source(start, start, "cite", span.start, 0, len(tokens), True)
    first, last = _clause_around(sentence, span.start)
    kind = "estimate" if "оценк" in words or "estimate" in words or "подсчет" in words or "расчет" in words else "cite"
    return Source(start, end, kind, span.start, first, last, False, citing)


def _clause_around(sentence: Sentence, at: int) -> tuple[int, int]:
    """Return the part between semicolons and full stops that a token is in."""
    tokens = sentence.tokens
    first = at
    while first > 0 and tokens[first - 1].text not in ";":
        first -= 1
    last = at
    while last < len(tokens) and tokens[last].text not in ";":
        last += 1
    return first, last


def _read_right(sentence: Sentence, start: int) -> int:
    """Return the end of a noun phrase to the right."""
    tokens, words = sentence.tokens, sentence.words
    stop = _RIGHT_STOP.get(sentence.language, frozenset())
    at = start
    total = len(tokens)
    while at < total and at - start < _LONGEST:
        token = tokens[at]
        initial = token.text == "." and at > start and len(tokens[at - 1].text) <= 2 and tokens[at - 1].text[0].isupper() and at + 1 < total
        if token.text in _FULL_STOPS and not (initial and (tokens[at + 1].text[0].isupper() or len(tokens[at - 1].text) == 1)):
            break
        if token.text == ",":
            break
        if token.low in stop and at > start:
            break
        if at > start and any(span.start == at and span.label == "cite" for span in sentence.speech):
            break
        if token.text in _QUOTES:
            closing = next((i for i in range(at + 1, min(total, at + 8)) if tokens[i].text in _QUOTES), None)
            if closing is None or closing - at > 6:
                break
            at = closing + 1
            continue
        counted = sentence.number_at.get(at)
        if counted is not None and at > start and tokens[at - 1].low not in ("of", "the", "из") and counted.mention.kind in ("people_candidate", "percent", "zero"):
            break
        if sentence.language == "ru" and at > start:
            kinds = words[at].parse.kinds
            if kinds and kinds <= {"VERB", "PRTS", "ADJS", "INFN"}:
                break
            trigger = next((t for t in sentence.triggers if t.start == at and t.roles & {"trans", "intr", "state"}), None)
            if trigger is not None and trigger.voice in ("passive", "active"):
                break
            if token.low in ("в", "на", "за", "от") and at + 1 < total and (tokens[at + 1].text[0].isdigit() or tokens[at + 1].low in _RU_TIME):
                break
        elif sentence.language == "en" and at > start:
            if token.low in ("on", "in", "last", "this") and at + 1 < total and (tokens[at + 1].low in _TIME_WORDS or tokens[at + 1].text[0].isdigit() or token.low == "last"):
                break
            if token.low == "and" and at + 1 < total and (tokens[at + 1].text[0].isdigit() or any(n.start == at + 1 for n in sentence.numbers)):
                break
        at += 1
    end = at
    while end > start and (tokens[end - 1].text in "\"“”'’-," or tokens[end - 1].low in ("and", "the", "in", "on", "и", "в", "на", "на", "по")):
        if tokens[end - 1].text in "”»\"" and any(tokens[i].text in "«“\"" for i in range(start, end - 1)):
            break
        end -= 1
    return end


_RU_TIME = read_word_set("sources.ru_time")


def _read_speaker(sentence: Sentence, span: Span) -> Source | None:
    if sentence.language == "en":
        return _read_english_speaker(sentence, span)
    return _read_slavic_speaker(sentence, span)


def _read_left(sentence: Sentence, end: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends at a token, appositions and relative clauses between commas left out."""
    tokens = sentence.tokens
    stop = _LEFT_STOP.get(sentence.language, frozenset())
    at = end
    if at > 0 and tokens[at - 1].text == ",":
        # "Binita Khadka, who speaks for ..., said": back over what stands between the commas.
        depth = at - 2
        while depth >= 0 and tokens[depth].text not in ",;:.!?—":
            depth -= 1
        if depth > 0 and tokens[depth].text == ",":
            inner = tokens[depth + 1].low
            if inner in ("who", "whose", "which", "a", "an", "the", "который", "которая", "которые") or tokens[depth + 1].text[0].isupper() or depth + 1 < at - 1 and at - depth <= 8:
                at = end = depth
            else:
                return None
        else:
            return None
    while at > 0 and end - at < _LONGEST:
        token = tokens[at - 1]
        if token.text in _FULL_STOPS:
            if token.text == "." and at > 1 and len(tokens[at - 2].text) <= 4 and tokens[at - 2].text[0].isupper() and at < end:
                at -= 1
                continue
            break
        if token.text == "," or token.low in stop:
            break
        if token.text in _QUOTES:
            opening = next((i for i in range(at - 2, max(-1, at - 8), -1) if tokens[i].text in _QUOTES), None)
            if opening is None or opening < 1 or at == end:
                break
            at = opening
            continue
        at -= 1
    while at < end and (tokens[at].low in _TRIM_LEFT or tokens[at].text in "-—\"'"):
        at += 1
    return (at, end) if at < end else None


def _read_english_speaker(sentence: Sentence, span: Span) -> Source | None:
    tokens = sentence.tokens
    total = len(tokens)
    before = span.start
    while before > 0 and tokens[before - 1].low in _SKIP_BEFORE_VERB:
        before -= 1
    weak = span.label == "find"
    previous = tokens[before - 1] if before else None
    plain = all(not (form.past or form.participle or form.ing) for form in sentence.words[span.start].forms)
    if plain and previous is not None and previous.low in _NOUN_BEFORE:
        return None  # "top the list", "a report", "no claim": the noun
    inverted = (
        span.end < total
        and (previous is None or previous.text in ",\"”“»'’" or (previous.text == "—"))
        and (tokens[span.end].text[0].isupper() or tokens[span.end].low in ("the", "a", "an", "his", "her", "their", "two", "one", "local", "state"))
        and not weak
    )
    if inverted and before == span.start:
        end = _read_right(sentence, span.end)
        # '..., said the minister' and not ', said that'
        human = any(sentence.words[i].kind not in ("", "thing") for i in range(span.end, end))
        if end > span.end and previous is not None and (human or is_source_like(sentence, span.end, end) or tokens[span.end].text[0].isupper()):
            first, _ = _clause_around(sentence, span.start)
            return Source(span.end, end, span.label, span.start, first, total)
    if previous is None:
        return None
    if previous.low in _PRONOUNS["en"]:
        start = before - 1
        lead = tokens[start - 1].text if start else ""
        tail = lead in ",\"”“»"
        return Source(start, start, span.label, span.start, 0 if tail else span.end, total if not tail else total, True)
    if previous.low in _SELVES or not (previous.is_word or previous.text in ",.\"”)"):
        return None
    found = _read_left(sentence, before)
    if found is None:
        return None
    start, end = found
    start = _trim_adverbial(sentence, start, end)
    while start < end and tokens[start].low in ("that", "so", "far", "if", "as", "what"):
        start += 1
    if start >= end or tokens[start].low in ("to", "during", "gmt", "in", "at", "on", "by", "with", "without") or tokens[end - 1].low in ("to", "not", "of", "by"):
        return None
    if tokens[start].low in _SELVES and end - start == 1:
        return None
    if weak or span.label in ("estimate", "deny", "claim", "confirm"):
        named = is_source_like(sentence, start, end) or (tokens[start].text[0].isupper() and start > 0 and span.label != "find") or _is_proper(sentence, start, end)
        physical = bool(sentence.words[span.start].keys & {"find+", "identify+", "name+", "count+", "show+", "hold+", "register+", "record+", "track+", "log+"})
        human = any(sentence.words[i].kind not in ("", "thing") for i in range(start, end))
        place = any(n.start >= start and n.end <= end and n.sense == "name" for n in sentence.names)
        if not named and not (not physical and (human or place)):
            return None
    if any(n.start >= start and n.end <= end and n.mention.kind == "people_candidate" and (n.mention.low or 0) > 4 for n in sentence.numbers):
        if not is_source_like(sentence, start, end):
            return None
    # "..., the ministry said": it vouches for what stands before; "The ministry said ...": for what follows.
    lead = tokens[start - 1].text if start else ""
    after = tokens[span.end].text if span.end < total else "."
    postposed = start > 1 and lead in (",", "”", "\"", "»") and (after in ".,;:" or span.end >= total - 1 or after in "\"“«" or tokens[span.end].low in ("on", "in", "late", "early", "reporters", "at", "during", "after", "yesterday", "via", "adding", "to"))
    return Source(start, end, span.label, span.start, 0 if postposed else span.start, total)


def _is_proper(sentence: Sentence, start: int, end: int) -> bool:
    return sum(1 for at in range(start, end) if sentence.tokens[at].text[0].isupper()) >= 2


def _trim_adverbial(sentence: Sentence, start: int, end: int) -> int:
    """Leave out "On Monday", "In a statement" before a subject."""
    tokens = sentence.tokens
    if tokens[start].low in ("on", "in", "at", "by", "after", "for", "since", "last", "this") and end - start > 2:
        for at in range(start + 2, end):
            if tokens[at].low in ("the", "a", "an", "his", "her") or (tokens[at].text[0].isupper() and tokens[at].low not in _TIME_WORDS and not tokens[at - 1].text[0].isupper()):
                if tokens[at - 1].low not in ("of", "in", "for", "at", "from"):
                    return at
    return start


def _read_possessive(sentence: Sentence) -> list[Source]:
    """Read "the diplomat's estimate", "the ministry's figures", "figures of the ministry"."""
    tokens = sentence.tokens
    found = []
    for at in range(1, len(tokens) - 1):
        low = tokens[at].low
        if not low.endswith("'s") and not (low == "'s"):
            continue
        follows = [token.low for token in tokens[at + 1 : at + 4]]
        if not any(word in _POSSESSIONS for word in follows):
            continue
        span = _read_left(sentence, at + 1)
        if span is None:
            continue
        start, end = span
        if is_source_like(sentence, start, end) or low[:-2] in _source_words() or _is_proper(sentence, start, end):
            estimate = "estimate" in follows or "estimates" in follows
            found.append(Source(start, end, "estimate" if estimate else "cite", start, start, len(tokens)))
    return found


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
    while skip < total and tokens[skip].low in ("об", "этом", "ему", "журналистам", "агентству", "изданию", "о", "нам", "корреспонденту", "также", "про", "це"):
        skip += 1
    if skip < total and tokens[skip].text in "«\"" and skip + 1 < total:
        closing = next((i for i in range(skip + 1, min(total, skip + 6)) if tokens[i].text in "»\""), None)
        if closing is not None and closing + 1 < total and tokens[closing + 1].low in ("в", "во"):
            skip = closing + 1
    if skip < total and tokens[skip].low in ("в", "во", "у", "на") and skip + 1 < total:
        end = _read_right(sentence, skip + 1)
        if end > skip + 1 and (is_source_like(sentence, skip + 1, end) or tokens[skip + 1].text.isupper()) and not _is_time(sentence, skip + 1):
            candidate = (skip + 1, end)
    elif skip < total and tokens[skip].is_word:
        parse = words[skip].parse
        nominal = ("NOUN" in parse.kinds or "ADJF" in parse.kinds or not parse.kinds) and ("nomn" in parse.cases or not parse.cases)
        if sentence.language == "uk":
            nominal = tokens[skip].low not in ("що", "про", "на", "і", "й", "та")
        if nominal and tokens[skip].low not in _LEFT_STOP.get(sentence.language, frozenset()):
            end = _read_right(sentence, skip)
            if end > skip and (is_source_like(sentence, skip, end) or tokens[skip].text[0].isupper() or words[skip].kind not in ("", "thing")):
                candidate = (skip, end)
    if candidate is not None and (lead is None or lead.text in ",»\"“—-" or lead.low in ("как", "этом", "об", "це") or span.start == 0):
        first, last = _clause_around(sentence, span.start)
        return Source(candidate[0], candidate[1], span.label, span.start, first, last)
    before = span.start
    while before > 0 and tokens[before - 1].low in _SKIP_BEFORE_VERB_RU:
        before -= 1
    if before and tokens[before - 1].low in pronouns:
        tail = before > 1 and tokens[before - 2].text in "—–-,»"
        return Source(before - 1, before - 1, span.label, span.start, 0 if tail else span.start, total, True)
    if before and tokens[before - 1].low not in _SELVES:
        found = _read_left(sentence, before)
        if found is not None:
            start, end = found
            if tokens[start].low in ("в", "во", "у", "на", "из") and end - start > 1:
                start += 1
                if _is_time(sentence, start) or not (is_source_like(sentence, start, end) or tokens[start].text.isupper()):
                    start = end
            elif tokens[start].low in ("по", "за", "от", "с", "к", "для", "при", "о", "об"):
                start = end
            if start < end:
                named = is_source_like(sentence, start, end) or any(
                    tokens[i].text[0].isupper() and (i > 0 or len(tokens[i].text) > 3) and "nomn" in (words[i].parse.cases or {"nomn"}) for i in range(start, end)
                )
                human = any(words[i].kind not in ("", "thing") for i in range(start, end))
                if named or (human and not weak):
                    if not any(n.start >= start and n.end <= end and n.mention.kind == "people_candidate" for n in sentence.numbers):
                        return Source(start, end, span.label, span.start, span.start, total)
    if candidate is not None and not weak:
        first, last = _clause_around(sentence, span.start)
        return Source(candidate[0], candidate[1], span.label, span.start, first, last)
    return None


def _is_time(sentence: Sentence, at: int) -> bool:
    token = sentence.tokens[at]
    return token.text[0].isdigit() or token.low in _RU_TIME
