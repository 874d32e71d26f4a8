"""The subject of a verb of saying in Russian and Ukrainian: before the verb, behind it, far behind it, or of a gerund."""

from __future__ import annotations

from cenotaph.extract.claims.joint_sources import join_left
from cenotaph.extract.claims.lexicon import Word
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.source_phrases import (
    LEFT_STOP,
    OCCASIONS,
    clause_around,
    is_month,
    is_source_like,
    is_time,
    read_left,
    read_right,
)
from cenotaph.extract.claims.spans import Source, Span
from cenotaph.extract.claims.speakers_far import (
    is_somebody,
    read_agent,
    read_opening_subject,
    read_shared_subject,
    read_title,
)
from cenotaph.extract.claims.written_slavic import read_written
from cenotaph.reference.word_sets import read_word_set

_PRONOUNS = {
    "ru": frozenset(["он", "она", "они", "оно"]),
    "uk": frozenset(["він", "вона", "вони", "воно"]),
}
_SELVES = read_word_set("sources.selves")
_SKIP_BEFORE_VERB_RU = read_word_set("sources.skip_before_verb_ru")


def _before_preposition(sentence: Sentence, start: int, end: int) -> int:
    """Return where the first words in a case of their own begin: of "путь в Москву" only the first is a source or none."""
    return next((at for at in range(start + 1, end) if sentence.tokens[at].low in ("в", "во", "на", "из", "по", "для")), end)


_LEADING = frozenset({"как", "этом", "об", "це", "нам", "мне", "вам"})
_OBJECTS = frozenset({"такие", "такую", "такое", "эти", "эту", "данные", "это", "свои", "об"})
_ADDRESSEE = 4


def _hears(quoted: Word) -> bool:
    """Return whether what stands in quotes is told something, and tells nothing."""
    return "datv" in quoted.parse.cases and "nomn" not in quoted.parse.cases


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
    if place > at and place < len(tokens):
        last = words[place]
        if "nomn" in last.parse.cases and (last.parse.animate or last.kind not in ("", "thing")):
            return place
    return at


def _hands_over(sentence: Sentence, span: Span) -> bool:
    """Return whether people are handed over, and nothing said: "Киеву передали 300 солдат"."""
    trigger = sentence.trigger_at.get(span.start)
    if trigger is None or not sentence.tokens[span.start].low.startswith("переда") or trigger.outcome == "killed":
        return False
    counted = (n.start for n in sentence.numbers if n.start >= span.end and n.mention.kind == "people_candidate")
    first = next(counted, None)
    return first is not None and all(token.is_word for token in sentence.tokens[span.end : first])


def _is_adverb(sentence: Sentence, at: int) -> bool:
    """Return whether a word only says how somebody spoke: "скупо писал", "осторожно назвал"."""
    token = sentence.tokens[at]
    adverb = "ADVB" in sentence.words[at].parse.kinds and token.low.endswith(("о", "е", "ски", "ь"))
    return at > 0 and adverb and not token.text[0].isupper()


def read_slavic_speaker(sentence: Sentence, span: Span) -> Source | None:
    """Return the subject of a Slavic verb of saying, None where it has none that can be a source."""
    tokens, words = sentence.tokens, sentence.words
    total = len(tokens)
    verb = words[span.start].parse
    if sentence.language == "ru" and verb.kinds and not verb.kinds & {"VERB", "GRND", "PRTS"}:
        return None
    if sentence.language == "ru" and verb.kinds and verb.kinds <= {"PRTS"}:
        return read_agent(sentence, span) or read_written(sentence, span)
    if span.label == "estimate" and any(
        token.low.startswith(("состояни", "тяжел", "тяжест")) for token in tokens[max(0, span.start - 7) : span.end + 7]
    ):
        return None  # "врачи оценивают состояние двоих как тяжёлое": nobody's estimate of a number
    after = span.end
    if sentence.language == "ru" and _hands_over(sentence, span):
        return None
    weak = span.label == "find" and not any(
        tokens[at].text == "," and tokens[at + 1].low == "что" for at in range(after, min(total - 1, after + 4))
    )
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
    if skip + 1 < total and tokens[skip].low in ("в", "на") and tokens[skip + 1].low in OCCASIONS:
        skip += 2  # "сообщил в Telegram губернатор"
        if skip < total and tokens[skip].low in OCCASIONS:
            skip += 1
    skip = _skip_addressee(sentence, skip)
    if skip + 2 < total and tokens[skip].text in '«"' and tokens[skip + 2].text in '»"' and _hears(words[skip + 1]):
        skip += 3  # "рассказал «Коммерсанту»"
    title = read_title(sentence, skip) if sentence.language == "ru" else None
    if title is not None and (span.label == "find" or lead is None or lead.text in ",—–»"):
        return Source(*title, span.label, span.start, *clause_around(sentence, span.start))
    if skip < total and tokens[skip].text in '«"' and skip + 1 < total:
        closing = next((i for i in range(skip + 1, min(total, skip + 6)) if tokens[i].text in '»"'), None)
        if closing is not None and closing + 1 < total and tokens[closing + 1].low in ("в", "во"):
            skip = closing + 1
    if skip < total and tokens[skip].low in ("в", "во", "у", "на", "из") and skip + 1 < total:
        end = read_right(sentence, skip + 1)
        if (
            end > skip + 1
            and (is_source_like(sentence, skip + 1, end) or tokens[skip + 1].text.isupper())
            and not is_time(sentence, skip + 1)
            and not tokens[skip + 1].low.startswith(("вопрос", "запрос", "обращени", "письм"))  # "ответил на вопросы читателей"
        ):
            candidate = (skip + 1, end)
    elif skip < total and tokens[skip].is_word:
        parse = words[skip].parse
        acronym = parse.unknown and tokens[skip].text.isupper()  # "утверждает СБУ"
        nominal = ("NOUN" in parse.kinds or "ADJF" in parse.kinds or not parse.kinds or acronym) and (
            "nomn" in parse.cases or not parse.cases
        )
        nominal = nominal or (parse.kinds == {"PRTF"} and "nomn" in parse.cases and parse.plural)
        if sentence.language == "uk":
            nominal = tokens[skip].low not in ("що", "про", "на", "і", "й", "та")
        if nominal and skip not in sentence.number_at and tokens[skip].low not in LEFT_STOP.get(sentence.language, frozenset()):
            end = read_right(sentence, skip)
            if end > skip and (
                words[skip].parse.animate
                or is_source_like(sentence, skip, _before_preposition(sentence, skip, end))
                or tokens[skip].text[0].isupper()
                or words[skip].kind not in ("", "thing")
                or parse.kinds == {"PRTF"}
            ):
                candidate = (skip, end)
    if candidate is not None and (
        lead is None or lead.text in ',»"“—-' or lead.low in _LEADING or span.start == 0
    ):
        first, last = clause_around(sentence, span.start)
        if sentence.language == "ru" and last < total and not any(other.start > last for other in sentence.speech):
            last = total  # "погибли семеро, доложили в штабе; 31 человек ранен"
        return Source(candidate[0], candidate[1], span.label, span.start, first, last)
    before = span.start
    while before > 0 and (tokens[before - 1].low in _SKIP_BEFORE_VERB_RU or _is_adverb(sentence, before - 1)):
        before -= 1
    if before > 1 and tokens[before - 1].low == "же" and tokens[before - 2].low in pronouns:
        before -= 1  # "он же поправился"
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
            while end - start > 3 and tokens[start].text.isdecimal() and tokens[start + 1].text in ":.":
                start += 3  # "12:48 Минобороны заявило"
            if end - start > 3 and tokens[start].low == "свою" and tokens[start + 1].low == "очередь":
                start += 2  # "в свою очередь в Ереване считают"
            while end - start > 1 and (
                tokens[start].text.isdecimal()
                or (start and tokens[start - 1].text.isdecimal() and is_month(sentence, start))
            ):
                start += 1  # "15 ноября Минобороны опубликовало"
            while end - start > 2 and tokens[end - 2].text.isdecimal() and is_month(sentence, end - 1):
                end -= 2  # "штаб 31 мая сообщает"
            while end - start > 2 and tokens[end - 2].low in ("в", "во", "на") and is_time(sentence, end - 1):
                end -= 2  # "проект в октябре опубликовал"
            if tokens[start].low in ("в", "во", "у", "на", "из") and end - start > 1:
                start += 1
                placed = verb.plural and tokens[start].text[0].isupper() and span.label in ("say", "confirm", "claim", "deny")
                if is_time(sentence, start) or not (
                    is_source_like(sentence, start, end) or tokens[start].text.isupper() or placed
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
                human = any(words[i].kind not in ("", "thing") for i in range(start, end)) or (
                    sentence.language == "ru" and is_somebody(sentence, start, end)
                )
                if (named or (human and not weak)) and not any(
                    n.start >= start and n.end <= end and n.mention.kind == "people_candidate"
                    for n in sentence.numbers
                ):
                    start, end = join_left(sentence, start, end)
                    return Source(start, end, span.label, span.start, span.start, total)
    if candidate is None:
        candidate = _read_far_subject(sentence, span) or _read_gerund_subject(sentence, span)
        if candidate is None and sentence.language == "ru":
            candidate = read_shared_subject(sentence, span) or read_opening_subject(sentence, span)
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
        if at in sentence.number_at:
            return None  # "имена сорока трёх": no magpie
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
