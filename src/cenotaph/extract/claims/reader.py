"""Read the claims of a text: sentence by sentence, each number of people, then what ties claims together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from cenotaph.domain.claims import Allegation, Claim, Notice
from cenotaph.extract.claims.allegations import read_allegations
from cenotaph.extract.claims.attribution import follow_sources
from cenotaph.extract.claims.binding import bind_numbers
from cenotaph.extract.claims.columns import find_label, find_letter, is_cell, is_header_year, read_columns, read_legend, read_row
from cenotaph.extract.claims.completing import add_wholes, add_withdrawn
from cenotaph.extract.claims.context import Context
from cenotaph.extract.claims.corrections import add_corrected, withdraw_corrected
from cenotaph.extract.claims.counting import (
    ENTRIES,
    NAMES,
    counts_cases,
    is_bracketed_figure,
    is_names,
    is_no_count,
    is_of_the_law,
)
from cenotaph.extract.claims.counting_english import is_cut_off
from cenotaph.extract.claims.counting_slavic import counts_kin, follows_things, is_by_whom
from cenotaph.extract.claims.discourse import Discourse, ask_about, ask_indirectly, is_row_like, is_subtitle, sum_up
from cenotaph.extract.claims.discourse_slavic import asks_for_a_number, names_columns, note_confirmed
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.drafting import make_draft
from cenotaph.extract.claims.finish import finish_drafts
from cenotaph.extract.claims.garbage import garbage_left
from cenotaph.extract.claims.groups import note_listed
from cenotaph.extract.claims.heads_slavic import find_head
from cenotaph.extract.claims.helpers import did_it, only_help
from cenotaph.extract.claims.inheritance_slavic import follow_themes
from cenotaph.extract.claims.inner_wholes import add_inner_wholes
from cenotaph.extract.claims.lexicon import get_lexicon
from cenotaph.extract.claims.list_leads import follow_leads
from cenotaph.extract.claims.nationality import follow_topics
from cenotaph.extract.claims.other_languages import OTHER_PART, read_plain
from cenotaph.extract.claims.part_finder import find_wholes
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.places import note_label
from cenotaph.extract.claims.places_slavic import note_scene
from cenotaph.extract.claims.population import find_population
from cenotaph.extract.claims.ranking import counts_by_context, rank_outcomes
from cenotaph.extract.claims.reading import Reading, restore_reading
from cenotaph.extract.claims.relations import relate
from cenotaph.extract.claims.respective import share_respectively
from cenotaph.extract.claims.row_labels import is_row_label
from cenotaph.extract.claims.sentence import STRONG, Sentence
from cenotaph.extract.claims.single_victims import read_singles
from cenotaph.extract.claims.slots import fill_slots
from cenotaph.extract.claims.spans import Number
from cenotaph.extract.claims.tellers import hear_tellers
from cenotaph.extract.claims.timing import follow_dates
from cenotaph.extract.claims.topics_english import announce, asks_of_others
from cenotaph.extract.claims.uncounted_english import counts_no_one, is_asked, is_parted_from_things, is_share_of_opinion
from cenotaph.extract.numbers import NumberMention, find_numbers
from cenotaph.text.invisible import see
from cenotaph.text.languages import detect_language, find_other_parts
from cenotaph.text.layout import Unit, split_units

LANGUAGES = ("en", "ru", "uk")
_COUNTING = frozenset({"people_candidate", "percent", "zero", "indefinite", "another"})


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
        language a notice says that it is not read, and nothing is given. A paragraph in another script is read in its own.
    published_on
        When the text was published; resolves relative dates, and never invents one.
    document
        The name that claims carry.

    Returns
    -------
    Reading
        Claims and allegations in the order of the text, and notices.
    """
    with garbage_left():
        seen = see(text)
        if seen is None:
            return _read(text, language, published_on, document)
        return restore_reading(_read(seen.text, language, published_on, document), seen, text)


def _read(text: str, language: str | None, published_on: date | None, document: str) -> Reading:
    tag = (language or detect_language(text)).split("-")[0].lower()
    if tag not in LANGUAGES:
        return read_plain(text, tag, document)
    parts = find_other_parts(text, tag)
    placed = analyse(text, tag, parts)
    sentences = [sentence for _, sentence in placed]
    discourse = Discourse(context=Context(sentences, [index for index, _ in placed]))
    drafts: list[Draft] = []
    for index, sentence in placed:
        drafts.extend(_read_sentence(sentence, index, discourse))
    relate(drafts, sentences)
    hear_tellers(drafts)
    find_wholes(drafts)
    claims = finish_drafts(text, drafts, document, published_on)
    allegations = read_allegations(text, sentences, document, discourse)
    items: list[Claim | Allegation] = sorted(
        [*claims, *allegations], key=lambda item: (item.start, item.end, item.id)
    )
    return Reading(tuple(items), tag, (OTHER_PART,) if any(other not in LANGUAGES for _, _, other in parts) else ())


def analyse(text: str, tag: str, parts: Sequence[tuple[int, int, str]] = ()) -> list[tuple[int, Sentence]]:
    """Return the sentences of a text that are read, each with its place among all.

    Parameters
    ----------
    text
        Without invisible characters.
    tag
        Its language, one of ``LANGUAGES``.
    parts
        Start, end and language of what is in another one.
    """
    tags = [tag, *dict.fromkeys(other for _, _, other in parts if other in LANGUAGES)]
    mentions = {each: find_numbers(text, each) for each in tags}
    starts = {each: [mention.start for mention in found] for each, found in mentions.items()}
    units = [unit for unit in split_units(text) if unit.furniture is None]
    placed: list[tuple[int, Sentence]] = []
    for index, unit in enumerate(_limit_numbers(text, units, starts[tag])):
        own = next((other for start, end, other in parts if start <= unit.start < end), tag)
        if own not in mentions:
            continue  # in a language that is not read
        first, last = bisect_left(starts[own], unit.start), bisect_left(starts[own], unit.end)
        numbers = [m for m in mentions[own][first:last] if m.end <= unit.end]
        placed.append((index, Sentence(text, unit, get_lexicon(own), numbers)))
    return placed


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
    if sentence.language == "ru":
        follow_themes(sentence, discourse)
    question = sentence.tokens[-1].text == "?" or (len(sentence.tokens) > 1 and sentence.tokens[-2].text == "?")
    if question:
        asked = sum_up(sentence) or ask_about(sentence)
        if unit.kind == "heading" or discourse.heading is None:
            discourse.heading = asked or discourse.heading
        discourse.asked = asked or discourse.heading
        discourse.asked_plainly = True
        if sentence.language == "en" and asked is None and discourse.last is not None and asks_of_others(sentence):
            discourse.asked, discourse.asked_plainly = discourse.last.outcome, False  # "And the foreigners?"
        if sentence.language == "ru" and asked is None:
            discourse.heading_index = index  # what is told next is of something else
        if sentence.language != "en" and not any(
            token.low in _ASKING or token.low.startswith("кто-") for token in sentence.tokens
        ):
            discourse.asked_plainly = asks_for_a_number(sentence)  # "Вас саму задерживали?" asks for none
        follow_topics(sentence, index, discourse)
        return []
    counted = _count_people(sentence, discourse)
    pending, discourse.pending = discourse.pending, []
    late = _read_pending(sentence, pending, discourse) if pending and not counted else []
    if sentence.language != "en" and any(t.outcome == "body_returned" or t.unit == "bodies" for t in sentence.triggers):
        discourse.bodies_index = index
    follow_sources(sentence, index, discourse)
    follow_dates(sentence, index, discourse)
    follow_topics(sentence, index, discourse)
    if not counted:
        said = (t for t in sentence.triggers if t.outcome in STRONG and t.voice in ("active", "passive"))
        verb = next((t for t in said if not t.negated), None)
        discourse.unnumbered = (index, verb.outcome) if verb is not None and not late else None
        head = find_head(sentence)
        discourse.label = (index, head) if head is not None else None
        late = [*late, *read_singles(sentence, index, discourse, [])]
        discourse.told.add(sentence, index, [])
        if sentence.language == "en" and unit.kind != "heading" and (wanted := ask_indirectly(sentence)) is not None:
            discourse.asked, discourse.asked_plainly = wanted, True
        _close_unit(sentence, discourse)
        return late
    bindings = bind_numbers(sentence, counted)
    drafts: list[Draft] = []
    row = (
        read_row(sentence, discourse.columns, [number for number, _ in counted])
        if discourse.columns is not None
        else {}
    )
    alone = len(sentence.tokens) <= 4
    for position, ((number, population), binding) in enumerate(zip(counted, bindings, strict=True)):
        if position in row:
            label = find_label(sentence, number)
            draft: Draft | None = Draft(sentence, index, number, label or population, row[position], "people", None, "list")
            assert draft is not None
            if draft.outcome not in STRONG:
                draft.doubt("outcome", "read from a table's header")
        elif discourse.legend and (lettered := find_letter(sentence, number, discourse.legend)) is not None:
            draft = Draft(sentence, index, number, population, lettered, "people", None, "list")
        elif row and discourse.columns is not None and discourse.columns.separator == "cells":
            draft = None  # a year, a total, a rank: a column of another kind
        else:
            draft = make_draft(sentence, index, number, population, binding, discourse, drafts, alone)
        if draft is not None:
            drafts.append(draft)
        elif population.kind == "people" and number.mention.kind == "people_candidate" and number.mention.certain:
            discourse.pending.append((sentence, index, number, population))
    discourse.unnumbered = None
    drafts = add_wholes(sentence, index, counted, bindings, add_withdrawn(sentence, index, counted, drafts))
    drafts = add_inner_wholes(sentence, index, drafts, discourse.drafts)
    drafts = add_corrected(sentence, index, counted, drafts, discourse.drafts[-1] if discourse.drafts else None)
    drafts = rank_outcomes(sentence, index, counted, bindings, discourse, drafts)
    discourse.told.add(sentence, index, drafts)
    for draft in drafts:
        fill_slots(draft, discourse, drafts)
        discourse.last = draft
        discourse.drafts.append(draft)
    withdraw_corrected(drafts, discourse.drafts)
    share_respectively(drafts, discourse.drafts)
    # Claims of one are told beside the others and take part in nothing that is taken over.
    drafts = sorted([*drafts, *read_singles(sentence, index, discourse, drafts)], key=lambda draft: draft.number.start)
    _close_unit(sentence, discourse)
    if unit.kind != "heading":
        discourse.asked = None
    return drafts


def _count_people(sentence: Sentence, discourse: Discourse) -> list[tuple[Number, Population]]:
    """Return the numbers of a sentence that count people, each with what it counts."""
    counted: list[tuple[Number, Population]] = []
    dropped: list[int] = []
    columns = discourse.columns
    english, total = sentence.language == "en", len(sentence.tokens)
    for number in sentence.numbers:
        labels = columns is not None and is_row_label(sentence, number, columns)
        if labels or is_header_year(sentence, number) or is_of_the_law(sentence, number):
            sentence.bar(number)
            continue
        kind, end = number.mention.kind, number.end
        if (
            kind in _COUNTING
            or (not english and (counts_cases(sentence, number) or is_bracketed_figure(sentence, number)))
            or (kind == "thing" and end < total and _is_beside_people(sentence, end))
            or is_cut_off(sentence, number)
            or (english and is_parted_from_things(sentence, number))
            or (columns is not None and is_cell(sentence, number, columns))
        ):
            if is_no_count(sentence, number, counted, dropped):
                dropped.append(number.end)
                continue
            population = find_population(sentence, number)
            if population.kind == "thing" and number.mention.kind == "percent":
                population = replace(population, kind="bare")
            if population.kind == "thing" and not is_names(sentence, population):
                continue
            if sentence.language == "ru" and (
                counts_kin(sentence, number, population)
                or follows_things(sentence, number, population)
            ):
                continue
            if sentence.language == "ru" and (is_by_whom(sentence, number, population) or did_it(sentence, number, population)):
                sentence.bar(number)
                continue
            if sentence.language == "en" and (
                is_asked(sentence, number, population)
                or is_share_of_opinion(sentence, number, population)
                or counts_no_one(sentence, number, population)
            ):
                continue
            counted.append((number, population))
    taken = {number.start for number, _ in counted}
    for number in sentence.numbers:
        if number.start not in taken and counts_by_context(sentence, number, discourse):
            counted.append((number, find_population(sentence, number)))
    counted = [(number, people) for number, people in counted if not only_help(sentence, number, people)]
    return sorted(counted, key=lambda one: one[0].start)


def _is_beside_people(sentence: Sentence, at: int) -> bool:
    """Return whether a number that seems to count a thing has a name of people, a word for some or for names behind it."""
    if any(name.start == at and name.sense in ("citizen", "people") for name in sentence.names):
        return True
    if sentence.words[at].kind not in ("", "thing", "collective"):
        return True
    return any(low in NAMES or low in ENTRIES for low in sentence.lows[at : at + 2])


def _read_pending(
    sentence: Sentence, pending: list[tuple[Sentence, int, Number, Population]], discourse: Discourse
) -> list[Draft]:
    """Give people of the sentence before what the next says of all of them: "68 человек. Все задержаны"."""
    earlier, index, number, population = pending[-1]
    opening = [token.low for token in sentence.tokens[:3]]
    if len(pending) > 1 or earlier.unit.block != sentence.unit.block or not _ALL.intersection(opening):
        return []
    trigger = next((t for t in sentence.triggers if t.outcome in STRONG and t.voice in ("active", "passive")), None)
    if trigger is None or trigger.negated or trigger.start > _ALL_REACH or earlier.has_frame("conditional"):
        return []
    draft = Draft(earlier, index, number, population, trigger.outcome, "people", None, "later")
    draft.doubt("outcome", "said in the next sentence")
    fill_slots(draft, discourse, [draft])
    discourse.last = draft
    discourse.drafts.append(draft)
    return [draft]


_ASKING = frozenset(
    {"сколько", "скольких", "много", "многих", "многие", "число", "цифры", "цифра", "потери", "скільки", "кто", "все", "что"}
)
_ALL = frozenset({"все", "всех", "они", "оба", "обе", "обоих"})
_ALL_REACH = 6


def _open_unit(sentence: Sentence, index: int, discourse: Discourse) -> None:
    unit = sentence.unit
    discourse.index = index
    if sentence.language == "ru":
        note_scene(sentence, index, discourse)
    else:
        note_label(sentence, index, discourse)
    if unit.kind == "heading":
        discourse.heading_index = index
    if unit.kind == "heading" or (sentence.tokens and sentence.tokens[-1].text == ":"):
        outcome = sum_up(sentence)
        if unit.kind == "heading":
            discourse.heading = outcome or discourse.heading
        kept = unit.kind != "heading" or names_columns(sentence)
        discourse.header = outcome or (discourse.header if kept else None)
        discourse.header_block = unit.block
    elif discourse.heading_index == index - 1 and is_subtitle(sentence):
        outcome = sum_up(sentence)
        discourse.header = discourse.heading = outcome or discourse.heading
        discourse.header_block = unit.block
    elif sentence.language == "en" and (announced := announce(sentence)) is not None:
        discourse.header, discourse.header_block = announced, unit.block
    elif (
        unit.block != discourse.header_block
        and discourse.header_block >= unit.block - 2
        and (unit.kind in ("item", "row") or is_row_like(sentence))
    ):
        discourse.header_block = unit.block
    follow_leads(sentence, discourse)
    if sentence.language == "ru" and discourse.confirmed is None:
        note_confirmed(sentence, index, discourse)
    discourse.legend.update(read_legend(sentence))
    columns = read_columns(sentence)
    if columns is not None:
        discourse.columns = columns
    if sentence.language == "en":
        note_listed(sentence, index, discourse)
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


__all__ = ["LANGUAGES", "Notice", "NumberMention", "Unit", "read_claims"]
