"""As of when: which of a sentence's dates a number holds for."""

from __future__ import annotations

import re

from cenotaph.extract.claims.dates import DateWords, find_dates
from cenotaph.extract.claims.dates_of_parts import dates_part, happened_together
from cenotaph.extract.claims.discourse import Discourse
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.reference.word_sets import read_word_set

_SPEECH_NEAR = 4
_TOGETHER = 4.0  # costs: no nearer than a date of the number's own
_RECALLING = frozenset({"напомним", "отметим", "добавим", "уточним", "заметим", "подчеркнем"})


_OPENINGS = (
    "as of", "по состоянию на", "станом на", "на утро", "на вечер", "на начало", "на конец", "к этому часу", "на этот час",
    "к настоящему", "на данный момент", "на текущий момент",
)  # fmt: skip
_OPENING_WORDS = frozenset(words.split()[0] for words in _OPENINGS)
_QUOTES = frozenset('"“«')
_EVENT = 1.5
_LEAD = re.compile(r"^(?:from|since|of|in|on|after|before|during) ", re.IGNORECASE)
_BIRTHS = ("родил", "рожд", "народ")
_DATE_LINE = 4  # tokens of a line's opening that is nothing but its date


def follow_dates(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep the date that opens a line ("Monday.", "As of this morning ..."): it holds for the line's other sentences."""
    unit = sentence.unit
    _note_event(sentence, index, discourse)
    if discourse.line_date is not None and discourse.line_date[0] != unit.line:
        discourse.line_date = None
    opens = discourse.dated_line != unit.line
    discourse.dated_line = unit.line
    if unit.kind == "heading":
        dates = dates_of(sentence)
        discourse.heading_date = (sentence.text[dates[0].start : dates[0].end], dates[0].window) if dates else None
        discourse.data_date = None
    elif sentence.tokens and sentence.tokens[-1].text == ":" and (dates := dates_of(sentence)):
        discourse.heading_date = (sentence.text[dates[0].start : dates[0].end], dates[0].window)
    elif _tells_of_data(sentence) and (dates := dates_of(sentence)):
        discourse.data_date = (sentence.text[dates[0].start : dates[0].end], dates[0].window)
    if len(sentence.tokens) > _DATE_LINE and not _opens_dated(sentence):
        return
    for words in dates_of(sentence)[:1]:
        text = sentence.text[words.start : words.end]
        alone = len(sentence.tokens) <= _DATE_LINE and not any(
            n.mention.kind == "people_candidate" for n in sentence.numbers
        )
        if words.start - unit.start <= 2 and ((opens and alone) or text.lower().startswith(_OPENINGS)):
            discourse.line_date = (unit.line, text, words.window)


_LISTED = ("item", "row")
_DATA = frozenset({"данные", "сведения", "цифры", "figures", "data", "numbers", "count"})
_LONGEST_NOTE = 12  # tokens


def _tells_of_data(sentence: Sentence) -> bool:
    """Return whether a short sentence only says of when the figures of a list are: "Данные на 15 января."."""
    lows = sentence.lows
    if len(lows) > _LONGEST_NOTE or _DATA.isdisjoint(lows) or sentence.unit.kind in _LISTED:
        return False
    return any(low in ("на", "of", "at") for low in lows) and not any(n.mention.certain for n in sentence.numbers)


def _read_label(sentence: Sentence, draft: Draft) -> str | None:
    """Return the month, with its year, that a row of a table or list begins with."""
    tokens = sentence.tokens
    if not tokens or tokens[0].low not in _MONTHS or draft.number.start == 0:
        return None
    yearly = len(tokens) > 1 and tokens[1].text.isdecimal() and len(tokens[1].text) == _YEAR and draft.number.start > 1
    return sentence.text[tokens[0].start : tokens[1 if yearly else 0].end]


_YEAR = 4  # digits
_MONTHS = read_word_set("timing.months")


def dates_of(sentence: Sentence) -> list[DateWords]:
    """Return the dates of a sentence, found once."""
    dates: list[DateWords] | None = sentence.__dict__.get("_dates")
    if dates is None:
        unit = sentence.unit
        dates = find_dates(sentence.text, unit.start, unit.end, sentence.language)
        sentence.__dict__["_dates"] = dates
    return dates


def fill_date(draft: Draft, discourse: Discourse) -> None:
    """Fill the date, hour or window nearest to the number, not the day on which its source spoke."""
    sentence = draft.sentence
    dates = dates_of(sentence)
    mention = draft.number.mention
    best: tuple[float, DateWords] | None = None
    for words in dates:
        if words.start < mention.end and words.end > mention.start:
            continue
        first, last = sentence.at(words.start), sentence.until(words.end)
        if (not _is_period(sentence, words) and _dates_speech(sentence, first, last)) or _dates_birth(sentence, first, last):
            continue
        at, end = draft.number.start, draft.population.end
        if _is_moment_of_another(sentence, words, first, last, at):
            continue
        if sentence.language == "en" and _dates_another(sentence, first, last, draft):
            continue
        if first >= end and dates_part(draft, end, first):
            continue
        distance = sentence.cost(last, at) if last <= at else sentence.cost(end, first)
        trigger = draft.binding.trigger if draft.binding is not None else None
        if trigger is not None:
            distance = min(
                distance,
                sentence.cost(trigger.end, first) if first >= trigger.end else sentence.cost(last, trigger.start),
            )
        crossing = sum(
            1
            for other in sentence.numbers
            if other.mention.kind in ("people_candidate", "zero", "percent")
            and other is not draft.number
            and (last <= other.start < at or end <= other.start < first)
        )
        if crossing and first >= end and happened_together(draft, first):
            crossing = 0
            distance = min(distance, _TOGETHER)
        if first == end + 1 and sentence.tokens[end].text in "—–" and sentence.language != "en":
            distance = 0.0  # "135 человек — в 2023 году"
        if last <= min(3, at) or first == 0:
            distance = min(distance, 2.0)
        elif first > at:
            distance += crossing * 2.5
        else:
            distance += crossing * 1.0
        if _is_of_event(sentence, words):
            distance += _EVENT  # "the toll from Monday's attack reached 17 on Wednesday": the figure's own date first
        if distance < 5.0 and (best is None or distance < best[0]):
            best = (distance, words)
    if best is not None:
        found = best[1]
        draft.as_of = sentence.text[found.start : found.end]
        if _is_of_event(sentence, found):
            draft.as_of = _LEAD.sub("", draft.as_of)
        draft.window = found.window
    elif (shared := _find_shared(draft, discourse)) is not None:
        draft.as_of, draft.window = shared.as_of, shared.window
    elif draft.parent is not None and draft.how == "part" and draft.parent.sentence is sentence:
        draft.as_of, draft.window = draft.parent.as_of, draft.parent.window
    elif draft.how == "list" and discourse.heading_date is not None and discourse.heading_date[0].lower().startswith(_OPENINGS):
        draft.as_of, draft.window = discourse.heading_date
    elif discourse.line_date is not None and discourse.line_date[0] == sentence.unit.line:
        _, draft.as_of, draft.window = discourse.line_date
    elif sentence.unit.kind in _LISTED and (label := _read_label(sentence, draft)) is not None:
        draft.as_of, draft.window = label, False
    elif sentence.unit.kind in _LISTED and discourse.data_date is not None:
        draft.as_of, draft.window = discourse.data_date
    elif not dates and (told := _date_of_event_before(draft, discourse)) is not None:
        draft.as_of = told
    elif sentence.language == "en" and not dates and (further := _find_further(draft, discourse)) is not None:
        draft.as_of, draft.window = further.as_of, further.window


def _is_of_event(sentence: Sentence, words: DateWords) -> bool:
    """Return whether a date names whose day an event was: "Thursday's strike"."""
    return sentence.language == "en" and sentence.text[words.end : words.end + 2] in ("'s", "’s")


def _find_shared(draft: Draft, discourse: Discourse) -> Draft | None:
    """Return the claim before in a Russian sentence whose date opens it: "9 июня были убиты пятеро, а свыше ста ранены"."""
    before = discourse.drafts[-1] if discourse.drafts else None
    if draft.sentence.language != "ru" or before is None or before.sentence is not draft.sentence or before.as_of is None:
        return None
    sentence = draft.sentence
    at = sentence.text.find(before.as_of, sentence.unit.start, tokens_start(before))
    return before if at >= 0 else None


def tokens_start(draft: Draft) -> int:
    """Return the code point at which a claim's number begins."""
    return draft.number.mention.start


def _is_moment_of_another(sentence: Sentence, words: DateWords, first: int, last: int, at: int) -> bool:
    """Return whether an event dates another clause: "5 пострадали, на момент аварии под землёй находилось 186"."""
    opening = sentence.text[words.start : words.end].lower()
    if sentence.language != "ru" or not opening.startswith(("на момент ", "в момент ")):
        return False
    between = sentence.tokens[last:at] if last <= at else sentence.tokens[at:first]
    return any(token.text in ",;" for token in between)


def _date_of_event_before(draft: Draft, discourse: Discourse) -> str | None:
    """Return the day of an event that the sentence before tells of without a number: "On 9 May a strike hit the school. ..."."""
    if discourse.event_date is None or draft.outcome in _STANDING or draft.unit in ("percent", "names"):
        return None
    if draft.parent is not None:
        return None
    index, block, words = discourse.event_date
    if draft.sentence.unit.block != block:
        return None
    reach = 1
    if draft.sentence.language == "ru":
        if draft.outcome not in _HAPPENING or "earlier" in {frame.label for frame in draft.sentence.frames}:
            return None
        reach = _EVENT_REACH
    return words if draft.index <= index + reach else None


def _note_event(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep the day that opens or closes an English sentence which tells of an event and counts nobody."""
    counted = (n.mention for n in sentence.numbers if n.mention.kind in ("people_candidate", "zero"))
    if any(mention.certain for mention in counted):
        return
    if sentence.language == "ru":
        _note_russian_event(sentence, index, discourse)
        return
    if sentence.language != "en":
        return
    tokens, unit = sentence.tokens, sentence.unit
    if len(tokens) > _EVENT_LONGEST or not (
        _names_a_day(sentence.text, unit.start, min(unit.end, unit.start + _EDGE))
        or _names_a_day(sentence.text, max(unit.start, unit.end - _EDGE), unit.end)
    ):
        return  # looking for dates costs, and few sentences open or close with a day
    dates = dates_of(sentence)
    if len(dates) != 1:
        return
    first, last = sentence.at(dates[0].start), sentence.until(dates[0].end)
    text = sentence.text[dates[0].start : dates[0].end]
    closing = last >= len(tokens) - 1
    if dates[0].window or not (first <= 1 or closing) or not _DAY.search(text) or _dates_speech(sentence, first, last):
        return
    discourse.event_date = (index, sentence.unit.block, text)


def _names_a_day(text: str, start: int, end: int) -> bool:
    """Return whether English words name a day, most of them seen at once to have neither a digit nor "yesterday"."""
    return _DIGIT_OR_YESTERDAY.search(text, start, end) is not None and _DAY.search(text, start, end) is not None


def _note_russian_event(sentence: Sentence, index: int, discourse: Discourse) -> None:
    """Keep the one day that a Russian sentence gives for what it tells of, where it counts nobody."""
    if len(sentence.tokens) > _EVENT_LONGEST or sentence.unit.kind == "heading":
        return
    if not _RUSSIAN_DAY.search(sentence.text, sentence.unit.start, sentence.unit.end):
        return
    dates = dates_of(sentence)
    if len(dates) != 1 or dates[0].window:
        return
    text = sentence.text[dates[0].start : dates[0].end]
    first, last = sentence.at(dates[0].start), sentence.until(dates[0].end)
    if not _RUSSIAN_DAY.search(text) or _dates_speech(sentence, first, last) or _dates_birth(sentence, first, last):
        return
    discourse.event_date = (index, sentence.unit.block, text)


def _find_further(draft: Draft, discourse: Discourse) -> Draft | None:
    """Return the claim whose opening date holds for "A further 38,215 have been injured" too."""
    before = discourse.drafts[-1] if discourse.drafts else None
    tokens, at = draft.sentence.tokens, draft.number.start
    further = draft.population.more in _FURTHER or (at and tokens[at - 1].low in _FURTHER)
    if not further or at > _FURTHEST or before is None or before.as_of is None or before.index != draft.index - 1:
        return None
    sentence = before.sentence
    opens = sentence.text.startswith(before.as_of, sentence.unit.start)
    return before if opens and sentence.unit.block == draft.sentence.unit.block else None


_FURTHEST = 2
_FURTHER = frozenset({"further", "another", "additional", "more", "other", "others"})
_STANDING = frozenset({"recruited", "fighting", "other", "detained"})
_HAPPENING = frozenset({"killed", "wounded", "missing", "casualties", "killed+wounded", "rescued", "captured", "displaced"})
_EVENT_REACH = 1  # sentences of a Russian paragraph over which the day of an event holds for its victims
_RUSSIAN_DAY = re.compile(
    r"\d{1,2} (?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
    r"|\b(?:[Вв]чера|[Сс]егодня|[Нн]акануне|[Пп]озавчера|ночью|утром|вечером|днём)\b"
    r"|\b[Вв]о? (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)\b"
)
_EVENT_LONGEST = 40
_EDGE = 30
_DAY = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b|[Yy]esterday"
)
_DIGIT_OR_YESTERDAY = re.compile(r"\d|esterday")
_COMPARING = frozenset({"from", "against", "than", "with", "versus"})
_APART = frozenset({";", ",", "(", "that", "while", "but", "though", "although"})


def _dates_another(sentence: Sentence, first: int, last: int, draft: Draft) -> bool:
    """Return whether an English date is that of another number: of the one it is compared with, or of a clause before.

    "38 dead, up from 33 in January"; "61 have been lost since 2010, and that 44 of them were declared dead".
    """
    at, end = draft.number.start, draft.population.end
    tokens = sentence.tokens
    counted = [n for n in sentence.numbers if n.mention.kind in ("people_candidate", "zero") and n is not draft.number]
    if first >= end:
        crossed = [n for n in counted if end <= n.start < first]
        return any(n.start and tokens[n.start - 1].low in _COMPARING and n.start - end < _COMPARED for n in crossed)
    if last > at or not any(n.end <= first for n in counted):
        return False
    between = [token.low for token in tokens[last:at]]
    trigger = draft.binding.trigger if draft.binding is not None else None
    if (trigger is not None and trigger.voice == "ing") or between[-1:] == ["with"]:
        return False  # "capsized late on Sunday, killing 41"
    if draft.how == "part" or draft.population.partitive or {"whom", "which", "including", "them"}.intersection(between[-4:]):
        return "that" in between or ";" in between
    return bool(_APART.intersection(between)) and not any(n.start >= last and n.start < at for n in counted)


_COMPARED = 12


def _is_period(sentence: Sentence, words: DateWords) -> bool:
    """Return whether Russian words give a period or a year, in which nobody speaks: "за 2024 год", "в этом году"."""
    text = sentence.text[words.start : words.end].lower()
    if sentence.language == "en":
        return False
    year = text.removesuffix(".").removesuffix("г").removesuffix("г.").strip()[-5:].strip("-мх ")
    yearly = text.startswith(("в ", "во ")) and ("год" in text or year.isdecimal())
    return yearly or text.startswith(("за ", "с ", "со ", "в течение", "на ", "по состоянию", "к ", "ко "))


def _dates_birth(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a date is one of birth: "семеро родились до 1955 года", "женщина 1958 года рождения"."""
    tokens = sentence.tokens
    if sentence.language == "en":
        return first > 0 and any(token.low == "born" for token in tokens[max(0, first - 2) : first + 1])
    return (
        any(token.low.startswith(_BIRTHS) for token in tokens[max(0, first - 3) : first])
        or (last < len(tokens) and tokens[last].low.startswith("рожд"))
    )


def _dates_speech(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a date is the day on which a source spoke."""
    if _is_dateline(sentence, first, last):
        return True
    if sentence.language == "en" and first and "dated" in (sentence.tokens[first - 1].low, sentence.tokens[first].low):
        return False  # "in a reply dated 3 March": when the figure was
    postposed = first > 3 and last < len(sentence.tokens) and sentence.tokens[last].text == ","
    for span in sentence.speech:
        if sentence.tokens[span.start].low in _RECALLING:
            continue  # "Напомним, в августе погибли ..."
        if postposed and span.start > last and sentence.language == "en":
            continue  # "1,400 have died since 2014, says the agency"
        if span.label in ("cite", "impersonal", "find") and sentence.language == "en":
            continue
        gap = first - span.end if first >= span.end else span.start - last
        if 0 <= gap <= _SPEECH_NEAR:
            trigger = min(
                (abs(first - t.end) if first >= t.end else abs(t.start - last) for t in sentence.triggers), default=99
            )
            if gap <= trigger or (first >= span.end and gap <= 2):
                between = (
                    sentence.tokens[span.end : first] if first >= span.end else sentence.tokens[last : span.start]
                )
                if not any(token.low in ("that", "что", "що", ":") for token in between):
                    return True
    return False


def _is_dateline(sentence: Sentence, first: int, last: int) -> bool:
    """Return whether a date only says where and when the report was written: "NAIROBI, Feb 5 (Reuters) - ..."."""
    tokens = sentence.tokens
    if not 1 < first <= 6 or not tokens[0].text.isupper() or tokens[first - 1].text != ",":
        return False
    if sentence.language != "en" and last >= len(tokens) - 1:
        return True  # "БАМАКО, 19 июля."
    return any(token.text in "-—–" for token in tokens[last : last + 5])


def _opens_dated(sentence: Sentence) -> bool:
    """Return whether a sentence begins with "As of ..." or the like: looking for dates costs, and few do."""
    first = next((low for low in sentence.lows if low not in _QUOTES), "")
    if first not in _OPENING_WORDS:
        return False
    start = sentence.unit.start
    return sentence.text[start : start + 40].lower().lstrip(" \"“«").startswith(_OPENINGS)
