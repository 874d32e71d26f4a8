"""Years, dates, clock times."""

from __future__ import annotations

from cenotaph.extract.numbers.cores import Core
from cenotaph.extract.numbers.heads import HeadReader
from cenotaph.extract.numbers.lexicon import read_cues
from cenotaph.extract.numbers.tokens import PARAGRAPH

_UNIT_KINDS = frozenset({"duration", "distance", "measure", "money"})
_YEAR_WORDS_BEFORE = read_cues("year_words_before")
_MAY_VERBS = read_cues("may_verbs")
_CLOCK_AFTER = read_cues("clock_after")
_AGE_LEFT = read_cues("age_left")
_CLOCK_BEFORE = read_cues("clock_before")
_FALSE_LABEL_NEIGHBOURS = frozenset({"people", "people_adj", "fate"})

_MEASURES = (
    "превы", "достиг", "состав", "перевал", "насчит", "свыше", "более", "больше", "порядка", "почти", "минимум", "перевищ",
)  # fmt: skip


_LONGEST_ROW = 12  # tokens


class CalendarReader(HeadReader):
    """Tells numbers of the calendar and the clock."""

    def _by_calendar(self, core: Core) -> str:
        tokens, months = self.tokens, self.lexicon.months
        value = core.high
        after, before = tokens.word(core.last + 1), tokens.word(core.first - 1)
        clock = after in _CLOCK_AFTER or (after in ("a", "p") and tokens.words[core.last + 2 : core.last + 4] == [".", "m"])
        if clock and (after not in ("hours", "часа", "часов", "local", "hrs") or self._clock_before(core)):
            return "time"
        if not isinstance(value, int) or (core.literal is not None and core.literal.shape not in ("plain", "day_month")):
            if core.literal is not None and core.literal.shape == "day_month" and self._is_day_month(core):
                return "date"
            return ""
        if value <= 31 and after in months and not (after == "may" and tokens.word(core.last + 2) in _MAY_VERBS):
            return "" if self._is_in_row_of_month(core) else "date"
        if value <= 31 and after == "of" and tokens.word(core.last + 2) in months and not core.words:
            return "date"  # "the 4 of July"
        if before == "." and tokens.word(core.first - 2) in months and not core.words:
            before = tokens.word(core.first - 2)
        if before in months and not (
            before in ("may", "march") and tokens.written(core.first - 1) in ("may", "march") and core.words
        ):
            if value <= 31:
                dated = tokens.word(core.first - 2)[:1].isdecimal() or self.find_head(core.last + 1)[0] in ("people", "fate")
                return "date" if self.language == "en" and not dated else ""
            if 1000 <= value <= 2100 and not core.words:
                return "year"
        if before == "," and 1900 <= value <= 2100 and self._date_before(core.first - 2):
            return "year"
        if core.words or core.scale != 1:
            return ""
        return self._by_year(core, value)

    def _is_in_row_of_month(self, core: Core) -> bool:
        """Whether a month begins this line and the next: the number is a figure of its row."""
        tokens, months = self.tokens, self.lexicon.months
        if not self._starts_line(core.last + 1):
            return False
        first = core.first
        while first > max(0, core.first - _LONGEST_ROW) and not self._starts_line(first):
            first -= 1
        return first < core.first and tokens.word(first) in months

    def _starts_line(self, place: int) -> bool:
        tokens = self.tokens
        if place == 0 or tokens.words[place - 1] == PARAGRAPH:
            return True
        return "\n" in tokens.raw[tokens.ends[place - 1] : tokens.starts[place]]

    def _clock_before(self, core: Core) -> bool:
        return self.tokens.word(core.begin - 1) in ("at", "в", "около", "к", "до", "с", "after", "before", "о")

    def _is_day_month(self, core: Core) -> bool:
        tokens = self.tokens
        before = tokens.word(core.first - 1)
        role = self.nouns.get(tokens.word(core.last + 1))
        return before in ("на", "от", "с", "по", "до", "dated", "on", "до") and role is None and tokens.word(core.last + 1) != "%"

    def _date_before(self, place: int) -> bool:
        """Whether "May 5" or "5 May" ends at a token."""
        tokens, months = self.tokens, self.lexicon.months
        return tokens.word(place) in months or (tokens.word(place)[:1].isdecimal() and tokens.word(place - 1) in months)

    def _by_year(self, core: Core, value: int) -> str:
        tokens = self.tokens
        after, before = tokens.word(core.last + 1), tokens.word(core.first - 1)
        if self.nouns.get(after) == "year" and 1000 <= value <= 2200:
            return "year"
        if before == "(" and after == ")" and 1500 <= value <= 2100 and (core.low or 0) >= 1500:
            return "year"
        if not 1900 <= value <= 2100 and not (before in ("in", "since") and 1500 <= value < 1900 and core.low == value):
            if (
                before == "at"
                and 100 <= value <= 2359
                and value % 100 < 60
                and core.low == value
                and self.nouns.get(after) is None
            ):
                return "time" if len(tokens.words[core.first]) == 4 else ""
            if len(tokens.words[core.first]) == 4 and after in ("hours", "gmt", "local"):
                return "time"
            return ""
        if self.language != "en" and before.startswith(_MEASURES):
            return ""  # "превысило 2100"
        role, _ = self.find_head(core.last + 1)
        if before in _YEAR_WORDS_BEFORE and not (
            before in ("of", "from", "to", "by", "and", "after", "с", "от", "до", "на", "за", "between") and role == "people"
        ):
            return "year"
        if role in _FALSE_LABEL_NEIGHBOURS or self._people_before(core) or role in _UNIT_KINDS or role == "thing":
            return ""
        return "year"

    def _month_near(self, place: int) -> bool:
        return self.tokens.word(place) in self.lexicon.months or (
            self.tokens.word(place) == "of" and self.tokens.word(place + 1) in self.lexicon.months
        )

    def _military_time(self, core: Core) -> str:
        word = self.tokens.words[core.first]
        if self.tokens.word(core.last + 1) in ("gmt", "utc", "hours"):
            return "time"
        clock = len(word) == 4 and word.isdecimal() and int(word[:2]) < 24 and int(word[2:]) < 60
        return "time" if clock and self.tokens.word(core.first - 1) in _CLOCK_BEFORE else ""

    def _year_or_duration(self, core: Core) -> str:
        value = core.high
        if not core.words and isinstance(value, int) and 1000 <= value <= 2200:
            return "year"
        return "age" if self._age_before(core) else "duration"

    def _age_before(self, core: Core) -> bool:
        return any(self.tokens.word(place) in _AGE_LEFT for place in range(core.begin - 4, core.begin))
