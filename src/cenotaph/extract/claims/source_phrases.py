"""The words for a source: how far its noun phrase runs to the right and to the left."""

from __future__ import annotations

from functools import cache

from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.files import read_rows
from cenotaph.reference.word_sets import read_word_set

LEFT_STOP = {language: read_word_set(f"source_phrases.left_stop.{language}") for language in ("en", "ru", "uk")}
SKIP_BEFORE_VERB = read_word_set("sources.skip_before_verb")
QUOTES = frozenset('"“”«»„')
_RIGHT_STOP = {language: read_word_set(f"source_phrases.right_stop.{language}") for language in ("en", "ru", "uk")}
_TRIM_LEFT = read_word_set("sources.trim_left")
_FULL_STOPS = frozenset(";:.!?()—–|…")
_LONGEST = 16
_PARENTHESIS = 14
_TITLES = frozenset(
    {"maj", "gen", "col", "lt", "sgt", "capt", "cmdr", "brig", "adm", "gov", "sen", "rep", "rev", "prof", "mrs", "insp", "supt"}
)
_SHORT_ENDS = ("штаб", "центр", "совет", "канал", "комитет", "фонд")
_TIME_WORDS = read_word_set("sources.time_words")


@cache
def source_words() -> frozenset[str]:
    """Return the words for sources, of all languages."""
    return frozenset(word for _, word, _ in read_rows("claims/sources.csv", ("language", "word", "source")))


@cache
def _long_source_words() -> tuple[str, ...]:
    """Return the words for sources that are long enough to stand behind a shortened word."""
    return tuple(word for word in source_words() if len(word) > 5)


def is_source_like(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether tokens hold a word for a source."""
    known = source_words()
    for at in range(start, end):
        low = sentence.tokens[at].low
        if low in known or any(lemma in known for lemma in sentence.words[at].parse.lemmas):
            return True
        if sentence.language == "ru" and any(
            len(lemma) > 8 and lemma.endswith(_long_source_words()) for lemma in sentence.words[at].parse.lemmas
        ):
            return True  # "генконсульство", "облпрокуратура"
        if sentence.language == "ru" and any(
            len(lemma) > 6 and lemma.endswith(_SHORT_ENDS) for lemma in sentence.words[at].parse.lemmas
        ):
            return True  # "коордштаб", "пресс-центр"
        if "-" in low and (low.split("-")[0] in known or low.rpartition("-")[2] in known):
            return True
        if (
            sentence.language == "uk"
            and len(low) > 4
            and any(word.startswith(low[:-2]) for word in known if len(word) > 4)
        ):
            return True
    return False


def clause_around(sentence: Sentence, at: int) -> tuple[int, int]:
    """Return the part between semicolons and full stops that a token is in."""
    tokens = sentence.tokens
    first = at
    while first > 0 and tokens[first - 1].text not in ";":
        first -= 1
    last = at
    while last < len(tokens) and tokens[last].text not in ";":
        last += 1
    return first, last


def read_right(sentence: Sentence, start: int) -> int:
    """Return the end of a noun phrase to the right."""
    tokens, words = sentence.tokens, sentence.words
    stop = _RIGHT_STOP.get(sentence.language, frozenset())
    at = start
    total = len(tokens)
    while at < total and at - start < _LONGEST:
        token = tokens[at]
        initial = (
            token.text == "."
            and at > start
            and (len(tokens[at - 1].text) <= 2 or tokens[at - 1].low in _TITLES)
            and tokens[at - 1].text[0].isupper()
            and at + 1 < total
        )
        if token.text in _FULL_STOPS and not (
            initial and (tokens[at + 1].text[0].isupper() or len(tokens[at - 1].text) == 1)
        ):
            break
        if token.text == ",":
            break
        if token.low in stop and at > start:
            break
        if at > start and any(
            span.start == at and (span.label == "cite" or (token.text.islower() and any(f.past for f in words[at].forms)))
            for span in sentence.speech
        ):
            break
        if token.text in QUOTES:
            closing = next((i for i in range(at + 1, min(total, at + 8)) if tokens[i].text in QUOTES), None)
            if closing is None or closing - at > 6:
                break
            at = closing + 1
            continue
        counted = sentence.number_at.get(at)
        if (
            counted is not None
            and at > start
            and tokens[at - 1].low not in ("of", "the", "из")
            and counted.mention.kind in ("people_candidate", "percent", "zero")
        ):
            break
        if sentence.language == "ru" and at > start:
            kinds = words[at].parse.kinds
            if kinds and kinds <= {"VERB", "PRTS", "ADJS", "INFN"}:
                break
            trigger = next(
                (t for t in sentence.triggers if t.start == at and t.roles & {"trans", "intr", "state"}), None
            )
            if trigger is not None and trigger.voice in ("passive", "active"):
                break
            if token.low in ("в", "во", "на") and at + 1 < total and (tokens[at + 1].low in OCCASIONS):
                break
            if (
                token.low in ("в", "на", "за", "от")
                and at + 1 < total
                and (tokens[at + 1].text[0].isdigit() or tokens[at + 1].low in _RU_TIME)
            ):
                break
        elif sentence.language == "en" and at > start:
            if token.low == "to" and at + 1 < total and tokens[at + 1].low in ("be", "have"):
                break  # "confirmed by Baku to be in its prisons"
            if (
                token.low in ("on", "in", "last", "this")
                and at + 1 < total
                and (tokens[at + 1].low in _TIME_WORDS or tokens[at + 1].text[0].isdigit() or token.low == "last")
            ):
                break
            if (
                token.low == "and"
                and at + 1 < total
                and (tokens[at + 1].text[0].isdigit() or any(n.start == at + 1 for n in sentence.numbers))
            ):
                break
        at += 1
    end = at
    while end > start and (
        tokens[end - 1].text in "\"“”'’-,"
        or tokens[end - 1].low in ("and", "the", "in", "on", "и", "в", "на", "по", "о", "об", "с", "к", "за", "от", "из", "у")
    ):
        if tokens[end - 1].text in '”»"' and any(tokens[i].text in '«“"' for i in range(start, end - 1)):
            break
        end -= 1
    return end


OCCASIONS = read_word_set("source_phrases.occasions")
_RU_TIME = read_word_set("sources.ru_time")


def read_left(sentence: Sentence, end: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends at a token, appositions and relative clauses between commas left out."""
    tokens = sentence.tokens
    stop = LEFT_STOP.get(sentence.language, frozenset())
    at = end
    if at > 0 and tokens[at - 1].text == ",":
        # "Binita Khadka, who speaks for ..., said": back over what stands between the commas.
        depth = at - 2
        while depth >= 0 and tokens[depth].text not in ",;:.!?—":
            depth -= 1
        if depth > 0 and tokens[depth].text == ",":
            inner = tokens[depth + 1].low
            if (
                inner in ("who", "whose", "which", "a", "an", "the", "который", "которая", "которые")
                or (inner.endswith("ing") and at - depth <= _PARENTHESIS)
                or tokens[depth + 2].low.startswith("котор")
                or tokens[depth + 1].text[0].isupper()
                or (depth + 1 < at - 1 and at - depth <= 8)
                or inner.isdigit()
            ):
                at = end = depth
            else:
                return None
        else:
            return None
    while at > 0 and end - at < _LONGEST:
        token = tokens[at - 1]
        if token.text in _FULL_STOPS:
            if (
                token.text == "."
                and at > 1
                and (len(tokens[at - 2].text) <= 4 or tokens[at - 2].low in _TITLES)
                and tokens[at - 2].text[0].isupper()
                and at < end
            ):
                at -= 1
                continue
            break
        if token.text == "," or token.low in stop or token.low == "whose":
            break
        if token.text in QUOTES:
            opening = next((i for i in range(at - 2, max(-1, at - 8), -1) if tokens[i].text in QUOTES), None)
            if at == end and opening == 0 and tokens[1].text[0].isupper():
                return 0, end  # "«Врачи без границ» сообщили"
            named = opening is not None and opening + 1 < end and tokens[opening + 1].text[0].isupper()
            if opening is not None and named and at == end and sentence.language != "en":
                at = opening
                while (
                    at > 0
                    and tokens[at - 1].is_word
                    and is_source_like(sentence, at - 1, at)
                    and "nomn" in (sentence.words[at - 1].parse.cases or {"nomn"})
                ):
                    at -= 1  # "волонтёры и проект «Иду домой» подтвердили"
                if at > 1 and tokens[at - 1].low in ("из", "от", "при") and sentence.words[at - 2].parse.animate:
                    at -= 2  # "исследователи из «Верстового столба» знают"
                return at, end
            if opening is None or opening < 1 or at == end:
                break
            at = opening
            continue
        at -= 1
    while at < end and (tokens[at].low in _TRIM_LEFT or tokens[at].text in "-—\"'"):
        at += 1
    return (at, end) if at < end else None


def is_proper(sentence: Sentence, start: int, end: int) -> bool:
    """Return whether tokens hold two capitals, as names do."""
    if sentence.is_in_capitals:
        return False
    return sum(1 for at in range(start, end) if sentence.tokens[at].text[0].isupper()) >= 2


_TIME_UNITS = frozenset({"week", "month", "year", "night", "monday", "tuesday", "wednesday", "thursday", "friday", "sunday"})


def trim_adverbial(sentence: Sentence, start: int, end: int) -> int:
    """Leave out "On Monday", "In a statement" before a subject."""
    tokens = sentence.tokens
    lead = [token.text for token in tokens[start : start + 3]]
    if start + 3 < end and lead[0].isdecimal() and lead[1] in ":." and lead[2].isdecimal():
        return start + 3  # "18:52 Governor Fesenko says"
    if start + 2 < end and tokens[start].low in ("last", "this") and tokens[start + 1].low in _TIME_UNITS:
        return start + 2  # "Last week my paper wrote"
    if tokens[start].low in ("on", "in", "at", "by", "after", "for", "since", "last", "this") and end - start > 2:
        for at in range(start + 2, end):
            if (
                tokens[at].low in ("the", "a", "an", "his", "her")
                or (
                    tokens[at].text[0].isupper()
                    and tokens[at].low not in _TIME_WORDS
                    and not tokens[at - 1].text[0].isupper()
                )
            ) and tokens[at - 1].low not in ("of", "in", "for", "at", "from"):
                return at
    return start


def is_time(sentence: Sentence, at: int) -> bool:
    """Return whether a token begins a date."""
    token = sentence.tokens[at]
    return token.text[0].isdigit() or token.low in _RU_TIME


_MONTHS = ("январ", "феврал", "март", "апрел", "мая", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")


def is_month(sentence: Sentence, at: int) -> bool:
    """Return whether a token names a month in Russian, as a date has it."""
    return sentence.tokens[at].low.startswith(_MONTHS)
