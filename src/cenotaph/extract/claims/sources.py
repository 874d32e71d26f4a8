"""Who says so: the source that a sentence names, who carries it, and how it speaks."""

from __future__ import annotations

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.source_phrases import (
    QUOTES,
    SKIP_BEFORE_VERB,
    clause_around,
    is_proper,
    is_source_like,
    read_left,
    read_right,
    source_words,
)
from cenotaph.extract.claims.source_records import read_records
from cenotaph.extract.claims.spans import Number, Source, Span
from cenotaph.extract.claims.speakers import read_speaker
from cenotaph.extract.claims.speakers_far import read_sayings
from cenotaph.reference.word_sets import read_word_set

_POSSESSED = frozenset({"его", "ее", "её", "их"})
_ESTIMATED = ("оценк", "прикидк", "расчет", "расчёт", "прогноз")
_LEADS = frozenset({"by", "in", "from", "on", "to", "according"})
_GIVING = read_word_set("sources.giving")
_CARRYING = ("вез", "едут", "едет", "ехал", "идут", "идет", "шли", "приех", "достав", "боро", "работа")
_NO_SPEAKERS = read_word_set("sources.no_speakers")
_POSSESSIONS = read_word_set("sources.possessions")


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
        if sentence.language == "en" and _names_none(sentence, span):
            continue
        if span.label == "cite":
            source = _read_cited(sentence, span)
        elif span.label == "impersonal":
            source = Source(span.end, span.end, "impersonal", span.start, 0, len(sentence.tokens))
        elif not _is_trigger_use(sentence, span):
            source = read_speaker(sentence, span)
        if source is not None:
            seen.add(span.start)
            found.append(source)
    if sentence.language == "ru":
        found.extend(read_sayings(sentence))
    if sentence.language == "en":
        found.extend(_read_possessive(sentence))
        found.extend(_read_quoted(sentence))
        found.extend(_read_agents(sentence))
        found.extend(read_records(sentence, found))
    found.sort(key=lambda source: source.verb)
    return found


def _names_none(sentence: Sentence, span: Span) -> bool:
    """Return whether words only look like saying: "of the said bodies", "have been identified by relatives"."""
    tokens = sentence.tokens
    before = tokens[span.start - 1].low if span.start else ""
    low = tokens[span.start].low
    if low == "said" and before in ("the", "this") and span.end < len(tokens) and tokens[span.end].is_word:
        return sentence.trigger_at.get(span.end) is not None or sentence.words[span.end].kind != ""
    named_by = low == "identified" and tokens[span.end - 1].low == "by"
    return named_by and before in ("been", "were", "was", "be", "being")


def _is_trigger_use(sentence: Sentence, span: Span) -> bool:
    """Return whether a verb of saying is passive ("was reported dead"): then nobody is named."""
    if sentence.language != "en":
        return False
    forms = sentence.words[span.start].forms
    if not any(form.participle for form in forms):
        return any(form.ing for form in forms) and span.label not in ("add", "say")
    before = span.start - 1
    tokens = sentence.tokens
    low = tokens[span.start].low
    if low.startswith("claim"):
        after = sentence.lows[span.end : span.end + 8]
        taken = {"lives", "life", "victims"} & set(after) and "that" not in after[:2]
        if after[:1] in (["responsibility"], ["credit"]) or taken:
            return True  # "claimed responsibility", "claimed 200 lives"
    told = sentence.trigger_at.get(span.end)
    if told is not None and told.start == span.end and before >= 0 and span.label == "estimate" and low.endswith("ed"):
        return True  # "26 people feared buried"
    if low == "named" and before >= 0 and sentence.words[before].kind not in ("", "thing"):
        return True  # "a foreigner named Erika"
    if before >= 0 and tokens[before].low in ("be", "being"):
        return True  # "who asked not to be named"
    if sentence.lows[span.end : span.end + 2] in (["to", "be"], ["to", "have"]):
        return True  # "33 Russians said to be fighters"
    steps = 0
    while before >= 0 and tokens[before].low in SKIP_BEFORE_VERB and steps < 4:
        if tokens[before].low in ("was", "were", "been", "is", "are", "be", "being"):
            return True
        before -= 1
        steps += 1
    return False


_ADVERBIAL = frozenset(
    {"in", "outside", "at", "on", "near", "since", "by", "around", "after", "across", "inside", "during", "for"}
)


def _find_label(sentence: Sentence) -> Source | None:
    """Read "Rebel statement: ...", "Судовладелец: ...", "ДЕПУТАТ ЛАПИН: ..."."""
    tokens = sentence.tokens
    opening = 0
    if ":" not in sentence.lows:
        return None
    if len(tokens) > 4 and tokens[0].text.isdecimal() and tokens[1].text in ":." and tokens[2].text.isdecimal():
        opening = 3  # "21:38 Источник в полиции: ..."
    for at in range(opening + 1, min(opening + (14 if sentence.language == "en" else 12), len(tokens) - 1)):
        text = tokens[at].text
        if text == ":":
            start = opening
            while start < at and not tokens[start].is_word:
                start += 1
            if start > opening and tokens[start - 1].text in QUOTES and any(t.text in QUOTES for t in tokens[start:at]):
                start -= 1  # "«Верста»: ..."
            quoted = tokens[at + 1].text in QUOTES
            if any(frame.label == "figure" and frame.start < at for frame in sentence.frames):
                return None  # "TOTAL: 66 dead"
            if any(tokens[i].low in _NO_SPEAKERS for i in range(start, at)):
                return None  # "CORRECTION: ..."
            if sentence.language == "en" and tokens[start].low in _ADVERBIAL:
                return None  # "Outside Kyiv: one dead", "In court it goes faster: ..."
            named = is_source_like(sentence, start, at) or tokens[start].text in QUOTES or (
                at - start <= 4
                and all(t.text.isupper() or not t.is_word or len(t.text) <= 2 for t in tokens[start:at])
                and len(tokens[start].text) > 3
                and sentence.text[: sentence.unit.start][-1:] in ("\n", "")
            )
            if (
                start < at
                and (named or (quoted and tokens[start].text[0].isupper()))
                and not any(
                    n.start < at for n in sentence.numbers if n.mention.kind in ("people_candidate", "percent")
                )
                and not any(s.end <= at for s in sentence.speech)
            ):
                if not quoted and any(
                    t.start < at and t.roles & {"noun", "measure", "event"} for t in sentence.triggers
                ):
                    return None
                end = at
                if sentence.language == "ru":
                    told = next((i for i in range(start, at) if sentence.words[i].parse.kinds == {"VERB"}), None)
                    if told is not None and sentence.tokens[told].low.startswith(_CARRYING):
                        return None  # "Медики везут их в Белгород: ..."
                    giving = told is not None and _GIVING.intersection(sentence.words[told].parse.lemmas)
                    end = told if told is not None and told > start and giving else end
                for dash in range(start, end):
                    if tokens[dash].text in "—–-":
                        return Source(start, dash, "label", start, at, len(tokens))
                return Source(start, end, "label", start, at, len(tokens))
            return None
        if text in '.;!?' or tokens[at].low in ("что", "that"):
            return None
        if text in '«»"“' and (sentence.language == "en" or not _is_title(sentence, at)):
            return None
    return None


def _is_title(sentence: Sentence, at: int) -> bool:
    """Return whether a quotation mark belongs to a short name in capitals: "Источник «Интерфакса» в полиции"."""
    tokens = sentence.tokens
    if tokens[at].text == "»":
        return True
    closing = next((i for i in range(at + 1, min(at + 6, len(tokens))) if tokens[i].text in '»"”'), None)
    return closing is not None and closing > at + 1 and tokens[at + 1].text[0].isupper()


def _read_cited(sentence: Sentence, span: Span) -> Source | None:
    tokens = sentence.tokens
    start = span.end
    if start < len(tokens) and tokens[start].low in ("на", "to") and sentence.language != "en":
        return None
    if start < len(tokens) and tokens[start].low.startswith("котор"):
        return None  # "данные, согласно которым ...": the source stands before
    owners = [token.low for token in tokens[span.start : span.end] if token.low in _POSSESSED]
    if owners and sentence.language == "ru":
        guessed = any(token.low.startswith(_ESTIMATED) for token in tokens[span.start : span.end])
        return Source(start, start, "estimate" if guessed else "cite", span.start, 0, len(tokens), True)
    end = read_right(sentence, start)
    words = " ".join(token.low for token in tokens[span.start : span.end])
    citing = words.startswith(("citing", "quoting", "со ссылк", "ссыла", "цитир", "посила", "із посил", "з посил"))
    lead = tokens[span.start].low
    if lead in (
        "reported",
        "published",
        "released",
        "compiled",
        "confirmed",
        "documented",
        "verified",
        "identified",
        "recorded",
        "announced",
        "said",
        "estimated",
        "counted",
        "told",
        "quoted",
        "cited",
    ) and not (end > start and (is_source_like(sentence, start, end) or tokens[start].text[0].isupper())):
        return None
    if sentence.language == "en" and end - start == 1 and tokens[start].low in ("a", "an", "the"):
        return None  # "according to a count kept by the ministry": the ministry is read from "kept by"
    if end <= start or (words.startswith("судя") and tokens[start].low in ("всему", "тому", "этому", "фото", "видео")):
        # "по предварительным данным", "судя по всему", with nobody named.
        return Source(start, start, "impersonal", span.start, 0, len(tokens))
    if sentence.language == "uk" and words.startswith(("за його", "за її", "за їхн")):
        return Source(start, start, "cite", span.start, 0, len(tokens), True)
    first_low = tokens[start].low
    if first_low in ("его", "ее", "их", "his", "her", "their", "him", "them", "нему", "ней", "него", "нее"):
        possessed = end - start > 1 and first_low not in ("him", "them")
        if not possessed:
            return Source(start, start, "cite", span.start, 0, len(tokens), True)
    first, last = clause_around(sentence, span.start)
    if sentence.language != "en" and span.start and tokens[span.start - 1].text == ",":
        # "..., а число пропавших, по словам экипажа, составляет 20": for its own clause alone
        turns = (at for at in range(first + 1, span.start) if tokens[at].low in ("а", "но", "однако"))
        first = max((at for at in turns if tokens[at - 1].text == ","), default=first)
    if sentence.language != "en":
        inside = next(((left, right) for left, right in _brackets(sentence) if left < span.start < right), None)
        if inside is not None:
            first, last = inside
    opens = sentence.language == "ru" and span.start <= 1 and end < len(tokens) and tokens[end].text == ","
    if opens and not any(other.start >= last for other in sentence.speech):
        last = len(tokens)  # "По данным штаба, погибли трое; ранения получили 17"
    if sentence.language == "ru" and (own := _row_before(sentence, span.start)) is not None:
        first, last = own, end  # "КНДР — свыше шестисот, по оценке Сеула, Индия — дюжина": of its own row
    if words in ("quoted by", "cited by", "as quoted by", "via"):
        return Source(start, end, "carrier", span.start, first, last)
    kind = "estimate" if "оценк" in words or "estimate" in words or "расчет" in words else "cite"
    return Source(start, end, kind, span.start, first, last, False, citing)


def _row_before(sentence: Sentence, at: int) -> int | None:
    """Return the number right before a comma and a cited source where rows with dashes stand on both sides."""
    tokens = sentence.tokens
    if at < 3 or tokens[at - 1].text != ",":
        return None
    own = next((n for n in reversed(sentence.numbers) if n.end <= at - 1 and at - 1 - n.end <= 2), None)
    if own is None:
        return None
    dashed = [n for n in sentence.numbers if n.start and tokens[n.start - 1].text in "—–"]
    if own in dashed and any(n.start < own.start for n in dashed) and any(n.start > at for n in dashed):
        return own.start
    return None


def _brackets(sentence: Sentence) -> list[tuple[int, int]]:
    """Return where brackets open and close in a sentence."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for at, token in enumerate(sentence.tokens):
        if token.text == "(":
            opened = at
        elif token.text == ")" and opened is not None:
            found.append((opened, at))
            opened = None
    return found


def _read_quoted(sentence: Sentence) -> list[Source]:
    """Read "Interfax quoted a police source as saying", "1.2 million have fled, per UNHCR"."""
    tokens = sentence.tokens
    total = len(tokens)
    found: list[Source] = []
    if _QUOTING.isdisjoint(sentence.lows):
        return found
    for at in range(1, total - 1):
        low = tokens[at].low
        if low in ("quoted", "quotes", "cited", "cites"):
            said = next(
                (i for i in range(at + 2, min(total - 1, at + 14))
                 if tokens[i].low == "as" and tokens[i + 1].low in ("saying", "telling", "reporting", "confirming")),
                None,
            )
            if said is not None:
                found.append(Source(at + 1, said, "cite", at, at, total, False, True))
        elif low == "per" and tokens[at - 1].text in ",(" and tokens[at + 1].low not in ("cent", "day", "month"):
            end = read_right(sentence, at + 1)
            if is_source_like(sentence, at + 1, end) or tokens[at + 1].text[0].isupper():
                first, last = clause_around(sentence, at)
                found.append(Source(at + 1, end, "cite", at, first, last))
    return found


_QUOTING = frozenset({"quoted", "quotes", "cited", "cites", "per"})


def _read_possessive(sentence: Sentence) -> list[Source]:
    """Read "the diplomat's estimate", "the ministry's figures", "figures of the ministry"."""
    tokens = sentence.tokens
    found: list[Source] = []
    if "'s" not in sentence.line:
        return found
    for at in range(1, len(tokens) - 1):
        low = tokens[at].low
        if not low.endswith("'s") and low != "'s":
            continue
        follows = sentence.lows[at + 1 : at + 4]
        if not any(word in _POSSESSIONS for word in follows):
            continue
        span = read_left(sentence, at + 1)
        if span is None:
            continue
        start, end = span
        while start < end - 1 and tokens[start].low in _LEADS:
            start += 1
        if is_source_like(sentence, start, end) or low[:-2] in source_words() or is_proper(sentence, start, end):
            estimate = "estimate" in follows or "estimates" in follows
            closing = start > 1 and tokens[start - 1].low == "by"
            first = clause_around(sentence, start)[0] if closing else start
            found.append(Source(start, end, "estimate" if estimate else "cite", start, first, len(tokens)))
    return found


def _find_lister(sentence: Sentence, number: Number) -> int | None:
    """Return the "by" of "seven have been reported missing by the Russian side", which vouches for that number alone."""
    tokens = sentence.tokens
    for at in range(number.end + 2, min(len(tokens) - 1, number.end + _LISTED_REACH)):
        if tokens[at].text in ",;:." or at in sentence.number_at:
            return None
        if tokens[at].low == "by" and tokens[at - 1].low in ("missing", "dead", "killed", "captured"):
            return at if {"reported", "listed", "registered"}.intersection(t.low for t in tokens[at - 3 : at - 1]) else None
    return None


_LISTED_REACH = 10


def _read_agents(sentence: Sentence) -> list[Source]:
    """Read "is put at 70 by the opposition and at 12 by the government": each vouches for its own number."""
    tokens = sentence.tokens
    found: list[Source] = []
    if "by" not in sentence.lows:
        return found
    for number in sentence.numbers:
        at = _find_lister(sentence, number)
        if at is None:
            at = number.end
            led = number.start and tokens[number.start - 1].low in ("at", "as")
            if at >= len(tokens) or tokens[at].low != "by" or not led:
                continue
        end = read_right(sentence, at + 1)
        human = any(sentence.words[i].kind not in ("", "thing") for i in range(at + 1, end))
        named = sentence.name_at.get(at + 1) is not None
        if not (human or named or is_source_like(sentence, at + 1, end) or is_proper(sentence, at + 1, end)):
            continue
        while end > at + 1 and tokens[end - 1].low in ("and", "at", "but"):
            end -= 1
        if end > at + 1:
            found.append(Source(at + 1, end, "cite", at, number.start, at + 1, False, True))
    return found
