"""Read the claims of a text: sentence by sentence, each number of people with what happened to them, then what ties claims together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from cenotaph.domain.claims import Allegation, Claim, Notice
from cenotaph.extract.claims.allegations import read_allegations
from cenotaph.extract.claims.binding import Binding, bind_numbers
from cenotaph.extract.claims.columns import read_columns, read_row
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.finish import finish_drafts
from cenotaph.extract.claims.inheritance import Discourse, inherit, is_row_like, sum_up
from cenotaph.extract.claims.lexicon import get_lexicon
from cenotaph.extract.claims.other_languages import read_plain
from cenotaph.extract.claims.population import Population, find_population
from cenotaph.extract.claims.reading import Reading
from cenotaph.extract.claims.relations import relate
from cenotaph.extract.claims.screening import accepts, is_hypothetical
from cenotaph.extract.claims.sentence import Number, Sentence
from cenotaph.extract.claims.slots import fill_slots, follow_sources, follow_topics, sources_of
from cenotaph.extract.numbers import NumberMention, find_numbers
from cenotaph.reference.word_sets import read_word_set
from cenotaph.text.languages import detect_language
from cenotaph.text.layout import Unit, split_units

LANGUAGES = ("en", "ru", "uk")
_COUNTING = frozenset({"people_candidate", "percent", "zero", "indefinite", "another"})
_NAMES = read_word_set("reader.names")


def read_claims(
    text: str, language: str | None = None, published_on: date | None = None, *, document: str = ""
) -> Reading:
    """Read what a text claims of numbers of people, and what it alleges was done to people.

    Parameters
    ----------
    text
        Any string; offsets in what is returned are its code points.
    language
        BCP 47 tag; told from the text where it is not given. English and Russian are read fully, Ukrainian in part; of another
        language a notice says that it is not read, and only digits beside a known word for a people are given, for review.
    published_on
        When the text was published; resolves relative dates, and never invents one.
    document
        The name that claims carry.

    Returns
    -------
    Reading
        Claims and allegations in the order of the text, and notices.
    """
    del published_on  # dates are given as the words of the text; resolving them is for whoever compares
    tag = (language or detect_language(text)).split("-")[0].lower()
    if tag not in LANGUAGES:
        return read_plain(text, tag, document)
    lexicon = get_lexicon(tag)
    units = [unit for unit in split_units(text) if unit.furniture is None]
    mentions = find_numbers(text, tag)
    starts = [mention.start for mention in mentions]
    discourse = Discourse()
    drafts: list[Draft] = []
    sentences: list[Sentence] = []
    for index, unit in enumerate(_limit_numbers(text, units, starts)):
        own = mentions[bisect_left(starts, unit.start) : bisect_left(starts, unit.end)]
        sentence = Sentence(text, unit, lexicon, [mention for mention in own if mention.end <= unit.end])
        sentences.append(sentence)
        drafts.extend(_read_sentence(sentence, index, discourse))
    relate(drafts, sentences)
    claims = finish_drafts(text, drafts, document)
    allegations = read_allegations(text, sentences, document, discourse)
    items: list[Claim | Allegation] = sorted([*claims, *allegations], key=lambda item: (item.start, item.end, item.id))
    return Reading(tuple(items), tag, ())


_MOST_NUMBERS = 40
_PIECE = 400


def _limit_numbers(text: str, units: list[Unit], starts: list[int]) -> Iterator[Unit]:
    """Cut a unit that holds more numbers than any sentence does: what one costs grows with their square."""
    for unit in units:
        if bisect_left(starts, unit.end) - bisect_left(starts, unit.start) <= _MOST_NUMBERS:
            yield unit
            continue
        start = unit.start
        while unit.end - start > _PIECE:
            cut = max(text.rfind(mark, start + _PIECE // 2, start + _PIECE) for mark in ";,\n ")
            cut = cut + 1 if cut > start else start + _PIECE
            yield unit._replace(start=start, end=cut)
            start = cut
        if text[start : unit.end].strip():
            yield unit._replace(start=start)


def _read_sentence(sentence: Sentence, index: int, discourse: Discourse) -> list[Draft]:
    unit = sentence.unit
    if not sentence.tokens:
        return []
    _open_unit(sentence, index, discourse)
    question = sentence.tokens[-1].text == "?" or (len(sentence.tokens) > 1 and sentence.tokens[-2].text == "?")
    if question:
        asked = sum_up(sentence)
        if unit.kind == "heading" or discourse.heading is None:
            discourse.heading = asked or discourse.heading
        discourse.asked = asked or discourse.heading
        follow_topics(sentence, index, discourse)
        return []
    counted: list[tuple[Number, Population]] = []
    dropped: list[int] = []
    for number in sentence.numbers:
        named = number.mention.kind == "thing" and any(n.start == number.end and n.sense in ("citizen", "people") for n in sentence.names)
        if number.mention.kind in _COUNTING or named or (number.mention.kind == "thing" and number.end < len(sentence.tokens) and any(t.low in _NAMES for t in sentence.tokens[number.end : number.end + 2])):
            if _is_no_count(sentence, number, counted, dropped):
                dropped.append(number.end)
                continue
            population = find_population(sentence, number)
            if population.kind == "thing" and number.mention.kind == "percent":
                population = population._replace(kind="bare")
            if population.kind == "thing" and not _is_names(sentence, population):
                continue
            counted.append((number, population))
    follow_sources(sentence, index, discourse)
    follow_topics(sentence, index, discourse)
    if not counted:
        _close_unit(sentence, discourse)
        return []
    bindings = bind_numbers(sentence, counted)
    drafts: list[Draft] = []
    row = read_row(sentence, discourse.columns, [number for number, _ in counted]) if discourse.columns is not None else {}
    alone = len(sentence.tokens) <= 4
    for position, ((number, population), binding) in enumerate(zip(counted, bindings, strict=True)):
        if position in row:
            draft: Draft | None = Draft(sentence, index, number, population, row[position], "people", None, "list")
            assert draft is not None
            draft.doubt("outcome", "read from a table's header")
        else:
            draft = _make_draft(sentence, index, number, population, binding, discourse, drafts, alone)
        if draft is not None:
            drafts.append(draft)
    for draft in drafts:
        fill_slots(draft, discourse, drafts)
        discourse.last = draft
        discourse.drafts.append(draft)
    _close_unit(sentence, discourse)
    if unit.kind != "heading":
        discourse.asked = None
    return drafts


def _is_numbered_thing(sentence: Sentence, number: Number) -> bool:
    """Return whether a word and a digit are a name together: "Accused 3", "Brief 7", "counts 1 to 9"."""
    before = number.start - 1
    low = sentence.tokens[before].low
    word = sentence.words[before]
    after = number.end
    if after < len(sentence.tokens) and (sentence.words[after].kind or sentence.tokens[after].text in "—–"):
        return False
    if any(trigger.start <= before < trigger.end for trigger in sentence.triggers) or any(n.start <= before < n.end for n in sentence.names):
        return False
    if sentence.language == "en":
        return low in ("counts", "count", "accused", "exhibit", "section", "article", "brief", "hill", "sector", "page", "chapter", "part", "phase", "group",
                       "table", "figure", "annex", "order", "case", "item", "lab", "year", "class", "route", "block", "unit", "room", "gate", "channel", "team", "level", "category")  # fmt: skip
    return bool(word.parse.lemmas) and word.parse.lemmas[0] in ("пункт", "статья", "часть", "глава", "таблица", "номер", "раздел", "приложение", "высота", "дом", "участок", "школа", "группа", "выпуск")


def _is_no_count(sentence: Sentence, number: Number, counted: list[tuple[Number, Population]], counted_out: list[int]) -> bool:
    """Return whether a number of the right kind counts nobody here: "both", an age, "one of the 26" (the 26), a source's two lawmakers."""
    tokens = sentence.tokens
    low = tokens[number.start].low
    if low in ("give", "plus") and number.mention.words is not None and number.end - number.start > 2:
        return True
    sign = sentence.text[max(0, number.mention.start - 1) : number.mention.start]
    if sign in ("−", "+") or (sign == "-" and sentence.text[max(0, number.mention.start - 2) : number.mention.start - 1] in (" ", "", "(")):
        return True
    if low in ("остальных", "остальные", "others") and number.end in sentence.number_at:
        return True
    if low in ("both", "оба", "обе", "обоих", "обеих", "обоим", "обидва", "either", "neither"):
        return True
    if counted and counted[-1][1].partitive == "them" and counted[-1][0].end <= number.start < counted[-1][1].end:
        return True
    following = tokens[number.end] if number.end < len(tokens) else None
    previous = tokens[number.start - 1] if number.start else None
    if following is not None and any(n.start == number.end for n in sentence.numbers) and low in ("a", "some") and number.mention.low is None:
        return True  # "a number of 4,000"
    if number.mention.low is not None and number.mention.bound == "exact" and previous is not None and previous.text == "," and number.mention.low < 110:
        before = tokens[number.start - 2] if number.start > 1 else None
        aged = before is not None and (before.text[0].isupper() or sentence.words[number.start - 2].kind not in ("", "thing"))
        if aged and following is not None and following.text in ",):.;" and not number.mention.words and not number.mention.certain:
            return True
    if previous is not None and sentence.language != "en" and previous.text[0].isascii() and previous.is_word and not number.mention.words:
        return True  # "Robinson 44"
    if previous is not None and previous.is_word and not number.mention.words and not number.mention.certain and number.mention.bound in ("exact", "range"):
        if _is_numbered_thing(sentence, number):
            return True
        if counted_out and number.start - counted_out[-1] <= 2 and previous.low in ("and", "to", ",", "и", "or"):
            return True
    if previous is not None and previous.text == "(" and following is not None and following.text == ")" and not number.mention.words:
        if number.start < 3 or not (tokens[number.start - 2].text[0].isupper() or sentence.words[number.start - 2].kind or sentence.words[number.start - 2].keys):
            return True
        if (number.mention.low or 99) <= 12 and number.end + 1 < len(tokens) and tokens[number.end + 1].low in ("how", "whether", "what", "that", "the", "my", "i", "about", "when", "why", "who"):
            return True
    if previous is not None and previous.text == "," and counted_out and number.start - counted_out[-1] <= 1 and not number.mention.certain:
        return True
    for source in sources_of(sentence):
        if source.start <= number.start and number.end <= source.end and source.kind != "label":
            return True
    return False


def _is_followed_by_a_name(sentence: Sentence, number: Number, population: Population) -> bool:
    """Return whether "one of the founders John Smith", "Ann Lee, one of the seven" is somebody named: a report, not a claim."""
    tokens = sentence.tokens

    def named(at: int) -> bool:
        return 0 <= at < len(tokens) and tokens[at].text[:1].isupper() and tokens[at].is_word and at not in sentence.name_at and len(tokens[at].text) > 1

    if tokens[0].text.isupper() and len(tokens[0].text) > 1:
        return False
    if any(named(at) and named(at + 1) for at in range(population.end, min(len(tokens) - 1, population.end + 3))):
        return True
    return number.start > 2 and tokens[number.start - 1].text == "," and named(number.start - 2) and named(number.start - 3)


def _is_named_one(sentence: Sentence, number: Number) -> bool:
    """Return whether "one of the dead" is somebody named beside: "the name of one of the dead", "he is one of the seven"."""
    before = [token.low for token in sentence.tokens[max(0, number.start - 3) : number.start]]
    return any(word in ("имя", "имени", "name", "identity", "личность", "is", "was", "he", "she", "он", "она", "он") for word in before) and "died" not in before


def _is_names(sentence: Sentence, population: Population) -> bool:
    return population.head is not None and sentence.tokens[population.head].low in _NAMES


def _make_draft(
    sentence: Sentence, index: int, number: Number, population: Population, binding: Binding | None, discourse: Discourse,
    earlier: list[Draft], alone: bool,
) -> Draft | None:  # fmt: skip
    if is_hypothetical(sentence, number, binding):
        return None
    names = _is_names(sentence, population)
    if number.mention.low == 1 and (population.partitive and _is_named_one(sentence, number) or _is_followed_by_a_name(sentence, number, population)):
        return None
    if binding is not None and accepts(sentence, number, population, binding):
        trigger = binding.trigger
        unit = trigger.unit if trigger.roles & {"noun", "bodies"} and (trigger.start < population.end and trigger.start >= number.start or trigger.unit == "bodies") else "people"
        if names:
            unit = "names"
        if number.mention.kind == "percent":
            unit = "percent"
        return Draft(sentence, index, number, population, binding.outcome, unit, binding, "own")
    if names and number.mention.kind != "indefinite":
        outcome = discourse.last.outcome if discourse.last is not None else "killed"
        draft = Draft(sentence, index, number, population, outcome, "names", None, "figure")
        draft.doubt("outcome", "a number of names whose outcome the clause does not say")
        return draft
    vague = number.mention.low is None and number.mention.high is None
    if vague and not any(f.label == "rest" and f.start < number.end and f.end > number.start for f in sentence.frames):
        return None
    if number.mention.kind in ("indefinite",) or (number.mention.kind == "zero" and not alone):
        return None
    inherited = inherit(sentence, number, population, discourse, earlier, alone)
    if inherited is None:
        return None
    unit = "percent" if number.mention.kind == "percent" else inherited.unit if inherited.unit != "percent" else "people"
    if unit == "deaths" and population.kind == "people":
        unit = "people"
    draft = Draft(sentence, index, number, population, inherited.outcome, unit, None, inherited.how)
    draft.parent = inherited.parent
    if inherited.doubtful:
        draft.doubt("outcome", f"taken over ({inherited.how}), not said in the clause")
    return draft


def _open_unit(sentence: Sentence, index: int, discourse: Discourse) -> None:
    del index
    unit = sentence.unit
    if unit.kind == "heading" or (sentence.tokens and sentence.tokens[-1].text == ":"):
        outcome = sum_up(sentence)
        if unit.kind == "heading":
            discourse.heading = outcome or discourse.heading
        discourse.header = outcome or (discourse.header if unit.kind != "heading" else None)
        discourse.header_block = unit.block
    elif unit.block != discourse.header_block and discourse.header_block >= unit.block - 2 and (unit.kind in ("item", "row") or is_row_like(sentence)):
        discourse.header_block = unit.block
    columns = read_columns(sentence)
    if columns is not None:
        discourse.columns = columns
    if discourse.asked is not None and unit.kind == "heading":
        discourse.asked = None


def _close_unit(sentence: Sentence, discourse: Discourse) -> None:
    if sentence.tokens and sentence.tokens[-1].text == ":":
        outcome = sum_up(sentence)
        if outcome is None and discourse.last is not None and discourse.last.sentence.unit.line == sentence.unit.line:
            outcome = discourse.last.outcome
        if outcome is not None:
            discourse.header = outcome
            discourse.header_block = sentence.unit.block


__all__ = ["LANGUAGES", "NumberMention", "Notice", "Unit", "read_claims"]
