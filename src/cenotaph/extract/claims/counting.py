"""Which numbers of the right kind count nobody here: ages, names of things, numbers within a source, somebody named."""

from __future__ import annotations

from cenotaph.extract.claims.attribution import sources_of
from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.capacity import is_capacity, is_turnout
from cenotaph.extract.claims.counting_english import is_age_or_strength, is_of_a_rate, is_reported_of, is_spared
from cenotaph.extract.claims.counting_slavic import (
    describes_a_thing,
    is_difference,
    is_legal_plural,
    is_one_of_several,
    is_share_of_a_body,
    is_somebodys,
    is_sought,
    is_span_of_time,
    is_strength,
    is_sum_or_queue,
    is_where_from,
    is_who_says,
)
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.extract.claims.uncounted_english import is_age_behind_initial, is_term, is_turn_of_phrase, numbers_a_paragraph
from cenotaph.reference.word_sets import read_word_set
from cenotaph.text.tokens import Token

_AGE_LEADS = frozenset({"youngest", "oldest", "eldest", "младшему", "старшему", "младшей", "старшей"})
_SETTLEMENTS = read_word_set("counting.settlements")
_BOTH = frozenset({"both", "оба", "обе", "обоих", "обеих", "обоим", "обидва", "either", "neither"})
_GOVERNING = frozenset({"of", "in", "from", "at", "by", "for", "near", "with"})
_PLACE_LEADS = frozenset({"in", "at", "near", "to", "from", "on", "into"})
NAMES = read_word_set("reader.names")
ENTRIES = read_word_set("names.entries")
_LISTS = read_word_set("names.lists")
_NAME_REACH = 10  # tokens from "один из ..." to the name of the one
_CASES = read_word_set("counting.cases")
_NUMBERED = read_word_set("counting.numbered")
_SPANS = frozenset({"year", "month", "week", "day", "night", "hour", "minute", "decade", "century", "mile", "kilometre", "time"})
_MEANT_FOR = ("положен", "обычн", "обещан", "заплан", "прежн", "необход", "нужн")


def _is_numbered_thing(sentence: Sentence, number: Number) -> bool:
    """Return whether a word and a digit are a name together: "Accused 3", "Brief 7", "counts 1 to 9"."""
    before = number.start - 1
    low = sentence.tokens[before].low
    word = sentence.words[before]
    after = number.end
    if after < len(sentence.tokens) and (sentence.words[after].kind or sentence.tokens[after].text in "—–"):
        return False
    if any(t.start <= before < t.end and (t.start < before or t.end <= number.end) for t in sentence.triggers) or any(
        n.start <= before < n.end for n in sentence.names
    ):
        return False
    if sentence.language == "en":
        lead = sentence.tokens[before - 1].low if before else ""
        if low == "." and lead in ("no", "nos"):
            return True  # "question no. 2217"
        return low in _NUMBERED and not (low == "count" and lead in ("last", "latest", "final", "official", "first"))
    return bool(word.parse.lemmas) and word.parse.lemmas[0] in _NUMBERED


def is_no_count(
    sentence: Sentence, number: Number, counted: list[tuple[Number, Population]], counted_out: list[int]
) -> bool:
    """Return whether a number counts nobody here: "both", an age, "one of the 26" (the 26), a source's two lawmakers."""
    tokens, lows, mention = sentence.tokens, sentence.lows, number.mention
    start, end = number.start, number.end
    english = sentence.language == "en"
    low = lows[start]
    if low in ("give", "plus") and mention.words is not None and end - start > 2:
        return True
    sign = sentence.text[max(0, mention.start - 1) : mention.start]
    if sign in ("−", "+") or (sign == "-" and sentence.text[max(0, mention.start - 2) : mention.start - 1] in (" ", "", "(")):
        return True
    if sentence.language == "ru" and (
        _is_one_to_one(sentence, number)
        or is_difference(sentence, number)
        or is_one_of_several(sentence, number)
        or is_where_from(sentence, number, counted)
        or is_span_of_time(sentence, number)
        or is_strength(sentence, number)
        or is_somebodys(sentence, number)
        or is_sought(sentence, number)
        or is_share_of_a_body(sentence, number)
        or is_legal_plural(sentence, number)
        or is_sum_or_queue(sentence, number)
        or is_who_says(sentence, number)
        or describes_a_thing(sentence, number)
    ):
        return True
    if low in ("остальных", "остальные", "прочие", "прочих", "others") and end in sentence.number_at:
        return True
    if low == "no" and mention.kind == "zero" and english and any(t.start < start < t.end for t in sentence.triggers):
        return True  # "have given no sign of life"
    ahead = lows[max(0, start - 8) : start]
    before_words = ahead[-4:]
    asking = ahead[-5:]
    if "сколько" in asking or ("how" in asking and "many" in asking):
        return True  # "how many of the 3,000 survived"
    if is_of_a_rate(sentence, number) or is_spared(sentence, number) if english else _is_of_a_rate(sentence, number):
        sentence.bar(number)
        return True
    if not english and _is_rate_or_size(sentence, number):
        return True
    after_word = lows[end] if end < len(lows) else "."
    last_word = before_words[-1] if before_words else ""
    if last_word in ("up", "down") and after_word in ("on", "from", "compared"):
        return True  # "up 1,000 on 2023": a difference
    if not mention.certain and not _AGE_LEADS.isdisjoint(ahead):
        if last_word in ("was", "is", "were", "just", "only", "barely") and (mention.high or 999) <= 110:
            return True  # "the youngest of the nine victims was six"
        if not _AGE_LEADS.isdisjoint(before_words) and (mention.high or 0) <= 110 and (
            end >= len(tokens) or not tokens[end].is_word
        ):
            return True  # "the youngest just two"
    if is_capacity(sentence, number) or is_turnout(sentence, number):
        sentence.bar(number)
        return True
    for frame in sentence.frames:
        if frame.label == "kin" and frame.start < start:
            return True  # "he is survived by his mother and two sisters"
    if english and (
        is_age_or_strength(sentence, number)
        or is_turn_of_phrase(sentence, number)
        or is_term(sentence, number)
        or numbers_a_paragraph(sentence, number)
        or is_age_behind_initial(sentence, number)
    ):
        return True
    if low == "half" and after_word in ("a", "an", "the") and end + 1 < len(lows) and lows[end + 1] in _SPANS:
        return True  # "half a year"
    if mention.kind == "percent" and last_word == "not":
        return True  # "not one in ten would see the spring"
    if (
        last_word == ","
        and len(before_words) > 1
        and not mention.words
        and not mention.certain
        and sentence.words[start - 2].kind not in ("", "thing")
        and after_word == "and"
        and end + 1 in sentence.number_at
        and (mention.high or 999) <= 110
    ):
        return True  # "two sisters, 8 and 11, and their uncle"
    if mention.kind == "another" and last_word in _PLACE_LEADS and (
        end >= len(tokens) or not tokens[end].is_word or lows[end] in ("and", "or")
    ):
        return True  # "two in one village and three in another"
    if last_word == "but" and before_words[-2:-1] == ["all"]:
        return True  # "all but two": those who are left out
    if last_word == "of" and start > 1 and lows[start - 2] in _SETTLEMENTS:
        return True  # "a village of 300 souls"
    if low == "neither" and end < len(lows) and lows[end] == "of":
        return False
    if low in _BOTH:
        return True
    if not english and start > 1 and last_word in ("из", "з", "із") and counted and counted[-1][0].end == start - 1:
        return True  # "семи из девяти моряков": the nine
    if start > 1 and lows[min(end, len(lows) - 1)] == "-" and last_word in ("the", "a") and lows[start - 2] == "of":
        return True  # "the commander of the 40-strong unit"
    if counted:
        whole, people = counted[-1]
        if (
            people.partitive == "them"
            and whole.end <= start < people.end
            and not (whole.mention.low == 1 and is_named_one(sentence, whole))
            and not (whole.mention.low is None and "who" in lows[end : end + 3])
        ):
            return True
    following = tokens[end] if end < len(tokens) else None
    if following is not None and low in ("a", "some") and mention.low is None and any(n.start == end for n in sentence.numbers):
        return True  # "a number of 4,000"
    previous = tokens[start - 1] if start else None
    if previous is None:
        pass
    elif previous.text == ",":
        if following is not None and _is_age_behind_comma(sentence, number, following):
            return True
        if counted_out and start - counted_out[-1] <= 1 and not mention.certain:
            return True
    elif mention.words:
        pass
    elif previous.text == "(":
        if following is not None and following.text == ")":
            if start < 3 or not (
                tokens[start - 2].text[0].isupper() or sentence.words[start - 2].kind or sentence.words[start - 2].keys
            ):
                return True
            if (mention.low or 99) <= 12 and end + 1 < len(lows) and lows[end + 1] in _TELLING:
                return True
    elif previous.is_word:
        if not english and previous.text[0].isascii():
            return True  # "Robinson 44"
        if not mention.certain and mention.bound in ("exact", "range"):
            if _is_numbered_thing(sentence, number):
                return True
            if counted_out and start - counted_out[-1] <= 2 and last_word in ("and", "to", ",", "и", "or"):
                return True
    for source in sources_of(sentence):
        if source.start <= start and end <= source.end and source.kind != "label":
            if english and is_reported_of(sentence, source.verb):
                continue
            if mention.kind == "zero" and end in sentence.trigger_at:
                continue  # "ни об одном погибшем власти не сообщили": none of the dead, and no source
            return True
    return False


def _is_age_behind_comma(sentence: Sentence, number: Number, following: Token) -> bool:
    """Return whether a number in digits between a comma and a mark is the age of whoever stands before: "Rai, 34, died"."""
    mention = number.mention
    if mention.low is None or mention.low >= _OLDEST or mention.bound != "exact" or mention.words or mention.certain:
        return False
    before = number.start - 2
    return (
        before >= 0
        and following.text in ",):.;"
        and (sentence.tokens[before].text[0].isupper() or sentence.words[before].kind not in ("", "thing"))
        and not _is_behind_source(sentence, number)
    )


_OLDEST = 110
_TELLING = frozenset({"how", "whether", "what", "that", "the", "my", "i", "about", "when", "why", "who"})


def _is_one_to_one(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is half of a turn: "один к одному", "один за другим", "один на один"."""
    words = sentence.lows
    at = number.start
    first = words[at : at + 1] in (["один"], ["одного"], ["одна"]) and words[at + 2 : at + 3]
    if first and words[at + 1] in ("к", "на", "за", "в"):
        return words[at + 2] in ("одному", "один", "одного", "другим", "другой")
    return at > 1 and words[at] in ("одному", "один", "одного") and words[at - 1] in ("к", "на") and words[at - 2] == "один"


def _is_behind_source(sentence: Sentence, number: Number) -> bool:
    """Return whether a comma parts a number from whose figure it is: "(по данным ГИБДД, 18)", nobody's age."""
    return sentence.language == "ru" and any(
        source.kind == "cite" and source.verb < source.start and source.end == number.start - 1
        for source in sources_of(sentence)
    )


def is_of_the_law(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is a law's: "causing the death of two or more persons", "смерть двух и более лиц"."""
    if number.mention.bound != "at_least":
        return False
    after = sentence.lows[number.end : number.end + 4]
    inside = sentence.lows[number.start : number.end]
    more = after[:2] in (["or", "more"], ["и", "более"], ["или", "более"]) or inside[-2:] in (
        ["or", "more"], ["и", "более"], ["или", "более"],
    )  # fmt: skip
    return more and not _LAWS.isdisjoint(after)


_RATED = 8  # tokens
_LAWS = frozenset({"persons", "people", "individuals", "лиц", "человек", "людей"})
_POPULACE = ("населен", "жител", "душ")


def _is_of_a_rate(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is a rate or what it is taken per: "12 на 100 тысяч жителей"."""
    after = sentence.lows[number.end : number.end + 6]
    rated = any(low == "на" and number.end + at + 1 in sentence.number_at for at, low in enumerate(after[:3]))
    based = number.start > 0 and sentence.lows[number.start - 1] == "на"
    if (rated or based) and any(low.startswith(_POPULACE) for low in after):
        return True
    before = sentence.lows[max(0, number.start - _RATED) : number.start]
    return "приходится" in before and "на" in before and any(low.startswith(_POPULACE) for low in before)


def _is_rate_or_size(sentence: Sentence, number: Number) -> bool:
    """Return whether a number is what a rate is taken per, votes, or how many live or fit somewhere: "на 10 000 мужчин"."""
    before = sentence.lows[max(0, number.start - 4) : number.start]
    after = sentence.lows[number.end : number.end + 6]
    if "единиц" in after and "техники" in after:
        return True  # "задействованы 40 человек и 14 единиц техники"
    if "вместо" in before[-2:-1] and before[-1].startswith(_MEANT_FOR):
        return True  # "вместо положенных 176 человек": what a place is meant for
    line = sentence.line  # in most lines neither stands anywhere
    if ("воздержа" in line or "проголос" in line) and any(low.startswith(("воздержа", "проголос")) for low in sentence.lows):
        return True  # "За — 9, против — 21, воздержались 4"
    if before and before[-1] in ("населением", "численностью", "вместимостью", "населения", "тиражом", "штатом"):
        return True
    return bool(before) and (
        before[-1] in ("каждые", "каждую", "каждых")
        or (before[-1] == "на" and bool({"пересчете", "расчете", "расчета", "приходится"} & set(before)))
    ) and (number.mention.low or 0) >= 10


def counts_cases(sentence: Sentence, number: Number) -> bool:
    """Return whether what a number counts are deaths or the like, each somebody's: "975 казней", "12 летальных исходов"."""
    if number.mention.kind != "thing" or sentence.language == "en":
        return False
    for at in range(number.end, min(number.end + 2, len(sentence.tokens))):
        trigger = sentence.trigger_at.get(at)
        if trigger is not None and trigger.end == at + 1 and trigger.start < number.start:
            return bool(_CASES.intersection(sentence.words[at].parse.lemmas))  # "доставка в аэропорт четырёх гробов"
        if trigger is not None and trigger.start == at and trigger.roles & {"noun", "event"}:
            return trigger.unit == "deaths" or bool(_CASES.intersection(sentence.words[at].parse.lemmas))
        if not sentence.words[at].parse.kinds & {"ADJF", "PRTF"}:
            return False
    return False


def is_bracketed_figure(sentence: Sentence, number: Number) -> bool:
    """Return whether a number in brackets behind a country is one of several: "из Узбекистана (91), Непала (26)", no age."""
    tokens = sentence.tokens
    if sentence.language == "en" or number.mention.kind != "age" or number.start < 2 or number.end >= len(tokens):
        return False
    if number.start - 2 not in sentence.name_at:
        return False

    def bracketed(one: Number) -> bool:
        return one.start > 0 and one.end < len(tokens) and tokens[one.start - 1].text == "(" and tokens[one.end].text == ")"

    return bracketed(number) and sum(1 for one in sentence.numbers if bracketed(one)) > 1


def is_followed_by_a_name(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether "one of the founders John Smith", "Ann Lee, one of the seven" is somebody named: a report, not a claim."""
    tokens = sentence.tokens

    def named(at: int) -> bool:
        return (
            0 <= at < len(tokens)
            and tokens[at].text[:1].isupper()
            and tokens[at].is_word
            and at not in sentence.name_at
            and len(tokens[at].text) > 1
        )

    if sentence.is_in_capitals or (tokens[0].text.isupper() and len(tokens[0].text) > 1):
        return False
    if any(
        named(at)
        and named(at + 1)
        and tokens[at - 1].low not in _GOVERNING
        and not tokens[at - 1].low.endswith("'s")
        and not (tokens[at - 1].low == "the" and tokens[at - 2].low in _GOVERNING)
        for at in range(population.end, min(len(tokens) - 1, population.end + 3))
    ):
        return True
    if population.partitive == "the" and sentence.language != "en":
        # "один из командиров ополчения ДНР Арсен Павлов", "один из основателей и клавишник группы Рэй Манзарек"
        for at in range(population.end, min(len(tokens) - 1, population.end + _NAME_REACH)):
            if named(at) and named(at + 1) and sentence.words[at].parse.name:
                return True
            if tokens[at].text in ".;:(" or sentence.words[at].parse.kinds & {"VERB", "PRTS"}:
                break
    return (
        number.start > 2
        and tokens[number.start - 1].text == ","
        and named(number.start - 2)
        and named(number.start - 3)
    )


def is_named_one(sentence: Sentence, number: Number) -> bool:
    """Return whether "one of the dead" is somebody named beside: "the name of one of the dead", "he is one of the seven"."""
    before = sentence.lows[max(0, number.start - 3) : number.start]
    return (
        any(
            word in ("имя", "имени", "name", "identity", "личность", "is", "was", "he", "she", "он", "она", "он")
            for word in before
        )
        and "died" not in before
    )


def is_speaker(sentence: Sentence, number: Number, population: Population, binding: Binding | None) -> bool:
    """Return whether a part of people is only who speaks: "Один из них, сержант Грудин, рассказал: ..."."""
    if sentence.language == "en" or number.mention.low != 1 or not population.partitive or number.start > 2:
        return False
    tokens = sentence.tokens
    at = population.end
    if at < len(tokens) and tokens[at].text == ",":
        closing = next((i for i in range(at + 1, min(len(tokens), at + 12)) if tokens[i].text == ","), None)
        at = closing + 1 if closing is not None else at
    said = any(at <= span.start <= at + 2 and span.label in ("say", "add", "find", "confirm", "deny") for span in sentence.speech)
    return said and (binding is None or binding.trigger.start > at)


_LOCATIVES = (
    "двух", "трех", "четырех", "пяти", "шести", "семи", "восьми", "девяти", "десяти", "дцати", "обеих", "обоих",
)  # fmt: skip


def is_of_events(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether a number says in how many cases, not of how many people: "в двух предыдущих погибли 11"."""
    if sentence.language == "en" or not number.start or not number.mention.words:
        return False
    if sentence.tokens[number.start - 1].low not in ("в", "во", "при"):
        return False
    core = sentence.text[number.mention.core_start : number.mention.core_end].lower().replace("ё", "е")
    if not core.endswith(_LOCATIVES):
        return False
    if population.partitive == "them":
        return True
    head = population.head
    return head is None or "NOUN" not in sentence.words[head].parse.kinds


def is_reversed(sentence: Sentence, number: Number) -> bool:
    """Return whether "none of", "neither of" before a number turns what is said of it round."""
    before = sentence.lows[max(0, number.start - 3) : number.start]
    return "of" in before and any(word in before for word in ("none", "neither", "nobody"))


def is_names(sentence: Sentence, population: Population) -> bool:
    """Return whether the head is a word for names, or for the entries of a list."""
    if population.head is None:
        return False
    if sentence.language == "en" and sentence.tokens[population.head].low in ENTRIES:
        return any(token.low in _LISTS for token in sentence.tokens)
    return sentence.tokens[population.head].low in NAMES
