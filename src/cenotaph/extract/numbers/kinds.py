"""What a number counts: people, or one of the things that are told apart from people."""

from __future__ import annotations

from cenotaph.extract.numbers.cores import _STOPS, Core
from cenotaph.extract.numbers.animacy import class_noun
from cenotaph.extract.numbers.lexicon import Lexicon, read_symbols
from cenotaph.extract.numbers.tokens import Tokens

_ADJECTIVE_ENDINGS = (
    "ых", "их", "ые", "ие", "ого", "его", "ой", "ей", "ую", "юю", "ая", "яя", "ый", "ий", "ое", "ее", "ым", "им", "ыми", "ими", "ому",
    "ему", "і", "ої", "ий", "ними", "щихся",
)  # fmt: skip
_DASHES = frozenset("-–—−:(«\"“„")
_MANY = frozenset("men women people children police policemen personnel dead wounded injured".split())
_YOUNG = frozenset(
    """boy boys girl girls child children son sons daughter daughters brother brothers sister sisters baby infant toddler twins мальчик девочка
    мальчика девочки ребенок детей дети сын сына дочь дочери сыновей дочерей брат сестра""".split()
)
_UNIT_KINDS = frozenset({"duration", "distance", "measure", "money"})
_YEAR_WORDS_BEFORE = frozenset(
    "in since by of until till from during before after early late mid to between and through until throughout circa spring summer autumn fall "
    "winter year в к с до от по за на лето весна зима осень весной летом осенью зимой у від".split()
)
_OF_DETERMINERS = frozenset("the these those his her their its our all those both".split())
_PEOPLE_PRONOUNS = frozenset("them whom us you themselves них которых нас вас которых них яких".split())
_MAY_VERBS = frozenset("have be exceed not also yet well still surpass top reach number in".split())
_CLOCK_AFTER = frozenset("am pm o'clock gmt utc local hours hrs утра вечера ночи часа часов мск пополудни ранку вечора год".split())
_AGE_LEFT = frozenset("aged age ages возраст возрасте возраста возрастом старше моложе младше исполнилось исполнился віком віці".split())
_CLOCK_BEFORE = frozenset("at until till from by between since before after around about approximately and в до с".split())
_FALSE_LABEL_NEIGHBOURS = frozenset({"people", "people_adj", "fate"})
_MODALS = frozenset("may might could can would will to".split())
_HARD_LABELS = frozenset("no nos nr № # § article articles art ст в/ч вч войсковой version model flight рейс рейса".split())
_ORDINAL_ENDINGS_EN = frozenset(("st", "nd", "rd", "th"))
_ORDINAL_ENDINGS_RU = frozenset("й я е го му м ой ую ю ый ий ого ому ым ом ая ое ые ых их ыми ей х ми гo ї а".split())


class KindReader:
    """Tells what the numbers of one stretch of text count."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon, language: str) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.nouns = lexicon.nouns
        self.language = language
        self.symbols = read_symbols()

    def settle(self, core: Core) -> None:
        """Set the kind of a number, whether that is certain, its head and, for a percentage, its extent."""
        if core.kind == "ordinal":
            return
        if core.kind in ("indefinite", "another", "zero"):
            if core.kind == "zero" and core.low == 0 and not core.certain:
                role, _ = self.find_head(core.last + 1)
                core.certain = role in _FALSE_LABEL_NEIGHBOURS
                if role in _UNIT_KINDS or role in ("thing", "percent", "military"):
                    core.kind = role if role in _UNIT_KINDS else "thing"
            return
        core.kind = core.kind or self._by_signs(core) or self._by_calendar(core) or self._by_age(core) or self._by_label(core) or ""
        if core.kind and core.kind != "percent":
            return
        role, head = self.find_head(core.last + 1)
        if core.kind == "percent":
            if role in ("duration", "thing", "money", "distance", "measure") and core.role == "share":
                core.kind = "thing" if role == "thing" else str(role)
            core.certain = role in _FALSE_LABEL_NEIGHBOURS
            core.head = head if core.certain else -1
            return
        if role == "percent":
            core.kind = "measure" if self.tokens.word(head) == "percentage" else "percent"
            core.last = core.finish = max(core.finish, head)
        elif role in _UNIT_KINDS:
            core.kind = str(role)
        elif role in ("thing", "military"):
            core.kind = "thing"
        elif role == "year":
            core.kind = self._year_or_duration(core)
        elif role == "age":
            core.kind = "people_candidate"
        else:
            core.kind = "people_candidate"
            core.certain = role in _FALSE_LABEL_NEIGHBOURS or self._people_before(core)
            if core.literal is not None and core.literal.shape in ("decimal", "day_month") and core.scale == 1:
                core.kind, core.certain = "measure", False
        core.head = head if role is not None else -1

    def find_head(self, at: int) -> tuple[str | None, int]:
        """Return the role and the place of the noun that a number before a token counts; (None, -1) where no table has it."""
        return self._english_head(at) if self.language == "en" else self._russian_head(at)

    def _english_head(self, at: int) -> tuple[str | None, int]:
        tokens, nouns = self.tokens, self.nouns
        found: tuple[str | None, int] = (None, -1)
        place = at
        while place < at + 6:
            word = tokens.word(place)
            if word == "-" and tokens.glued(place - 1):
                place += 1
                continue
            if word in ('"', "“", "'"):
                place += 1
                continue
            if word == "of" and (place == at or tokens.word(place - 1) in ("sets", "set", "more", "others")):
                place += 1
                if tokens.word(place) in _PEOPLE_PRONOUNS:
                    return "people", -1
                while tokens.word(place) in _OF_DETERMINERS:
                    place += 1
                found = (None, -1)
                at = place
                continue
            if word == "per" and tokens.word(place + 1) == "cent":
                return "percent", place + 1
            if not word or not word[0].isalpha() or word in _STOPS:
                if word == "%" and place == at:
                    return "percent", place
                break
            if len(word) == 1 and tokens.word(place + 1) == "." and tokens.glued(place):
                # "U.S."
                place += 2
                continue
            role = nouns.get(word)
            if role is None:
                if found[0] is not None:
                    break
            elif role == "fate":
                return found if found[0] is not None else ("fate", place)
            elif role in _UNIT_KINDS or role in ("percent", "year", "age"):
                if place <= at + 1 and found[0] is None:
                    return role, place
                break
            elif role in ("people", "people_adj"):
                if role == "people_adj" and self._is_adjective(place):
                    place += 1
                    continue
                found = ("people", place)
            elif found[0] == "people":
                break
            else:
                found = (role, place)
            place += 1
        return found

    def _is_adjective(self, place: int) -> bool:
        """Whether a word that is a noun or an adjective ("national") stands before another noun."""
        word, after = self.tokens.word(place), self.tokens.word(place + 1)
        return not word.endswith("s") and after[:1].isalpha() and after not in _STOPS and self.nouns.get(after) != "fate"

    def _russian_head(self, at: int) -> tuple[str | None, int]:
        tokens, nouns = self.tokens, self.nouns
        for place in range(at, at + 5):
            word = tokens.word(place)
            if word == "%" and place == at:
                return "percent", place
            if word in ("«", '"', "“", "„", "из", "з", "із", "-", "числа"):
                if tokens.word(place + 1) in _PEOPLE_PRONOUNS:
                    return "people", -1
                continue
            if not word or not word[0].isalpha():
                break
            role = nouns.get(word)
            if role == "people_adj":
                after = nouns.get(tokens.word(place + 1))
                if after in ("thing", "military", "people"):
                    continue
                return "people", place
            if role is None and self.language == "ru":
                role = class_noun(word)
            if role is not None:
                if len(word) == 1 and tokens.glued(place) and tokens.word(place + 1) == "-":
                    break
                return role, place
            if not word.endswith(_ADJECTIVE_ENDINGS):
                break
        return None, -1

    def _people_before(self, core: Core) -> bool:
        """Whether the words just before a number are people or what became of them ("погибших — 377", "civilians killed 342")."""
        place = core.begin - 1
        steps = 0
        while steps < 4 and self.tokens.word(place) in _DASHES:
            place -= 1
            steps += 1
        return self.nouns.get(self.tokens.word(place)) in _FALSE_LABEL_NEIGHBOURS

    # Signs, codes, ordinals

    def _by_signs(self, core: Core) -> str:
        tokens, symbols = self.tokens, self.symbols
        before, after = tokens.word(core.first - 1), tokens.word(core.last + 1)
        role = symbols.get(before)
        if role == "money":
            return "money"
        if role == "label":
            return "unit_number"
        role = symbols.get(after)
        if role == "percent":
            core.last = core.finish = core.last + 1
            return "percent"
        if role in ("money", "measure", "code"):
            return role
        if core.words:
            if after == "-" and tokens.glued(core.last) and tokens.glued(core.last + 1):
                return self._by_hyphen(core)
            return ""
        if after == "'" and tokens.glued(core.last) and tokens.word(core.last + 2) == "s" and tokens.glued(core.last + 1):
            return "year"
        shape = core.literal.shape if core.literal else ""
        if shape in ("date", "time"):
            return shape
        if shape == "code":
            return self._military_time(core) or "code"
        if before in ("us", "au") and not tokens.glued(core.first - 1):
            return ""
        if self._is_glued_code(core):
            return "code"
        if tokens.glued(core.last) and after[:1].isalpha():
            if after in _ORDINAL_ENDINGS_EN and self.language == "en":
                return "ordinal" if not self._month_near(core.last + 2) else "date"
            if after == "s" and self.language == "en":
                return "year" if (core.low or 0) > 1000 else "age"
            return self.nouns.get(after, "code") if self.nouns.get(after) in _UNIT_KINDS | {"year"} else "code" if after not in self.nouns else ""
        if after == "-" and tokens.glued(core.last) and tokens.glued(core.last + 1):
            return self._by_hyphen(core)
        if after.startswith(("дневн", "процентн", "этажн", "метров", "часов")) and after.endswith(_ADJECTIVE_ENDINGS) and after != "метров":
            return "measure"
        if before == "[" and after == "]":
            return "code"
        return self._list_marker(core)

    def _military_time(self, core: Core) -> str:
        word = self.tokens.words[core.first]
        if self.tokens.word(core.last + 1) in ("gmt", "utc", "hours"):
            return "time"
        clock = len(word) == 4 and word.isdecimal() and int(word[:2]) < 24 and int(word[2:]) < 60
        return "time" if clock and self.tokens.word(core.first - 1) in _CLOCK_BEFORE else ""

    def _is_glued_code(self, core: Core) -> bool:
        """Whether letters or a chain of hyphens make a number a code: Su-34, MH17, 62-05-45, 2-1847."""
        tokens = self.tokens
        first = core.first
        if tokens.glued(first - 1):
            before = tokens.word(first - 1)
            if before[:1].isalpha() or before in ("/", "_", "@", "*", "\\") or (before == "." and tokens.word(first - 2)[:1].isdecimal()):
                return before not in self.lexicon.before
            if before == "+":
                return tokens.glued(first - 2) is False and (core.low or 0) < 1000
            if before == "-" and tokens.glued(first - 2):
                further = tokens.word(first - 2)
                return further[:1].isalpha() or further[:1].isdecimal() or further == ")"
            if before == "." and tokens.word(first - 2)[:1].isalpha() and tokens.glued(first - 2):
                return tokens.word(first - 2) in ("covid",)
        after = tokens.word(core.last + 1)
        if after == "-" and tokens.glued(core.last) and tokens.glued(core.last + 1):
            return tokens.word(core.last + 2)[:1].isdecimal()
        if after == "/" and tokens.glued(core.last):
            return True
        return after == "_"

    def _by_hyphen(self, core: Core) -> str:
        """Tell "41-year-old", "12-member", "7-й", "41-летний", "40-plus" apart."""
        tokens = self.tokens
        word = tokens.word(core.last + 2)
        if self.language == "en":
            if word in ("odd", "plus", "some", "something"):
                return ""
            if word == "strong":
                core.certain = True
                return "people_candidate"
            if word in ("year", "years", "yr", "month", "week", "day") and "old" in (tokens.word(core.last + 3), tokens.word(core.last + 4)):
                return "age"
            role = self.nouns.get(word, "")
            if role in _UNIT_KINDS:
                return role
            if word in ("in", "of", "and", "to", "or", "for"):
                return ""
            return "measure" if word[:1].isalpha() else ""
        if word in ("плюс",):
            return ""
        if word.startswith(("летн", "летий", "летия", "летию", "летием", "річн")):
            return "age"
        if word in _ORDINAL_ENDINGS_RU:
            if (core.low or 0) >= 1900 or self.nouns.get(tokens.word(core.last + 3)) == "year":
                return "year"
            return "ordinal" if not self._month_near(core.last + 3) else "date"
        return "measure" if word[:1].isalpha() and len(word) > 2 else ""

    def _list_marker(self, core: Core) -> str:
        """Tell "2) ..." and "2. ..." at the beginning of a line."""
        tokens = self.tokens
        after = tokens.word(core.last + 1)
        if after not in (".", ")") or not tokens.glued(core.last) or (core.low or 0) > 99 or core.first != core.last:
            return ""
        start = tokens.starts[core.first]
        line = tokens.raw.rfind("\n", 0, start)
        if tokens.raw[line + 1 : start].strip(" \t*(-•"):
            return ""
        before = tokens.word(core.first - 1)
        if core.first and line >= 0 and before not in (".", ":", ";", "!", "?", "\n\n", ")", '"', "»", ","):
            return ""
        follows = tokens.raw[tokens.ends[core.last + 1] : tokens.ends[core.last + 1] + 1]
        return "code" if follows.isspace() else ""

    # Calendar and clock

    def _month_near(self, place: int) -> bool:
        return self.tokens.word(place) in self.lexicon.months or (
            self.tokens.word(place) == "of" and self.tokens.word(place + 1) in self.lexicon.months
        )

    def _by_calendar(self, core: Core) -> str:
        tokens, months = self.tokens, self.lexicon.months
        value = core.high
        after, before = tokens.word(core.last + 1), tokens.word(core.first - 1)
        if after in _CLOCK_AFTER or (after in ("a", "p") and tokens.words[core.last + 2 : core.last + 4] == [".", "m"]):
            if after not in ("hours", "часа", "часов", "год", "local", "hrs") or self._clock_before(core):
                return "time"
        if not isinstance(value, int) or (core.literal is not None and core.literal.shape not in ("plain", "day_month")):
            if core.literal is not None and core.literal.shape == "day_month" and self._is_day_month(core):
                return "date"
            return ""
        if value <= 31 and after in months and not (after == "may" and tokens.word(core.last + 2) in _MAY_VERBS):
            return "date"
        if before == "." and tokens.word(core.first - 2) in months:
            before = tokens.word(core.first - 2)
        if before in months and not (before in ("may", "march") and tokens.written(core.first - 1) in ("may", "march") and core.words):
            if value <= 31:
                return "date" if self.language == "en" else ""
            if 1000 <= value <= 2100 and not core.words:
                return "year"
        if before == "," and 1900 <= value <= 2100 and self._date_before(core.first - 2):
            return "year"
        if core.words or core.scale != 1:
            return ""
        return self._by_year(core, value)

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
        if before == "(" and after == ")" and 1500 <= value <= 2100 and 1500 <= (core.low or 0):
            return "year"
        if not 1900 <= value <= 2100 and not (before in ("in", "since") and 1500 <= value < 1900 and core.low == value):
            if before == "at" and 100 <= value <= 2359 and value % 100 < 60 and core.low == value and self.nouns.get(after) is None:
                return "time" if len(tokens.words[core.first]) == 4 else ""
            if len(tokens.words[core.first]) == 4 and after in ("hours", "gmt", "local"):
                return "time"
            return ""
        role, _ = self.find_head(core.last + 1)
        if before in _YEAR_WORDS_BEFORE and not (before in ("of", "from", "to", "by", "and", "after", "с", "от", "до", "на", "за", "between") and role == "people"):
            return "year"
        if role in _FALSE_LABEL_NEIGHBOURS or self._people_before(core) or role in _UNIT_KINDS or role == "thing":
            return ""
        return "year"

    def _year_or_duration(self, core: Core) -> str:
        value = core.high
        if not core.words and isinstance(value, int) and 1000 <= value <= 2200:
            return "year"
        return "age" if self._age_before(core) else "duration"

    # Ages

    def _age_before(self, core: Core) -> bool:
        return any(self.tokens.word(place) in _AGE_LEFT for place in range(core.begin - 4, core.begin))

    def _is_bare_in(self, core: Core) -> bool:
        """Whether "в 69" stands alone, as ages and times do and counts of people do not."""
        tokens = self.tokens
        if any(tokens.word(place).startswith(("оцен", "составл", "насчит")) for place in range(core.first - 6, core.first)):
            return False
        after = tokens.word(core.last + 1)
        if after in (",", ".", "-", "–", "—", "", ";") or after == "из" and tokens.word(core.last + 2) == "-":
            return True
        return False

    def _by_age(self, core: Core) -> str:
        tokens = self.tokens
        value = core.high
        if value is None or value > 120:
            return ""
        before, after = tokens.word(core.first - 1), tokens.word(core.last + 1)
        if before in _AGE_LEFT or (before in ("from", "between", "of", "от", "с", "около", "-", "range") and self._age_before(core)):
            return "age"
        if self.language == "en":
            if after in ("year", "years", "month", "months") and tokens.word(core.last + 2) in ("old", "of") and tokens.word(core.last + 3) != "service":
                return "age" if tokens.word(core.last + 2) == "old" or tokens.word(core.last + 3) == "age" else ""
            if before in ("his", "her", "their") and after == "s":
                return "age"
        elif before in ("было", "ему", "ей", "исполнилось") and tokens.word(core.first - 2) in ("ему", "ей", "которому", "которой", "им"):
            return "age"
        elif after.startswith("летн"):
            return "age"
        elif before == "за" and any(tokens.word(place) in ("было", "ему", "ей", "уже", "глубоко", "далеко") for place in range(core.first - 5, core.first)):
            return "age"
        elif before in ("в", "у") and not core.words and core.scale == 1 and 10 <= value <= 110 and core.bound == "exact" and self._is_bare_in(core):
            return "age"
        elif self.nouns.get(after) in ("duration", "year") and after in ("лет", "год", "года", "років", "рік", "роки") and before in ("в", "у"):
            return "age"
        return "age" if not core.words and self._age_in_apposition(core) else ""

    def _age_in_apposition(self, core: Core) -> bool:
        """Tell "Jude Perera (31)", "Jones, 41, of Leeds"."""
        tokens = self.tokens
        before, after = tokens.word(core.first - 1), tokens.word(core.last + 1)
        if core.literal is None or core.literal.shape != "plain" or not 1 <= (core.low or 0) <= 110:
            return False
        name, further = tokens.written(core.first - 2), tokens.written(core.first - 3)
        if self._child_before(core, before, after):
            return True
        if before == "(" and after in (")", ","):
            if after == "," and tokens.word(core.last + 2)[:1].isdecimal():
                return False
            return _is_name(name) and _is_name(further) and tokens.word(core.first - 2) not in self.nouns and not name.endswith("s")
        if before == "," and after in (",", "."):
            role = self.nouns.get(tokens.word(core.first - 2))
            if not (_is_name(name) and role is None and tokens.word(core.first - 2) not in self.lexicon.months) or tokens.raw.isupper():
                return False
            if after == ".":
                return _is_name(further)
            return tokens.word(core.last + 2) not in ("and",) or _is_name(further)
        return False

    def _child_before(self, core: Core, before: str, after: str) -> bool:
        """Tell "(girl, 9)", "boy (9)", "children (3 and 5)"."""
        if after not in (")", "and", ","):
            return False
        word = self.tokens.word(core.first - 2)
        if before == "," and self.tokens.word(core.first - 3) == "(":
            return after == ")" and self.nouns.get(word) == "people" and word not in _MANY and not word.endswith("s")
        return before == "(" and word in _YOUNG and (core.high or 0) < 30

    # Labels

    def _by_label(self, core: Core) -> str:
        tokens = self.tokens
        before = tokens.word(core.first - 1)
        further = tokens.word(core.first - 2)
        role, head = self.find_head(core.last + 1)
        if before == "." and tokens.glued(core.first - 2) and further in self.lexicon.labels and not core.words:
            if further in ("no", "nos") and not tokens.written(core.first - 2)[:1].isupper() and tokens.word(core.first - 3) in ("", "."):
                return ""
            if role not in _FALSE_LABEL_NEIGHBOURS or further in _HARD_LABELS:
                return "unit_number"
        if before in self.lexicon.labels:
            if before == "no" or (before == "top" and further in _MODALS):
                return ""
            if before in _HARD_LABELS:
                return "unit_number"
            if core.words and self.language != "en":
                return ""
            if core.words and (role is not None or tokens.written(core.first - 1).islower()):
                return ""
            if role is None and tokens.word(core.last + 1) not in ("of", "из", "more", "others", "other"):
                if before in ("of",) or (self.language == "en" and not core.words and before.endswith("s") and before not in ("articles", "pages", "nos")):
                    return ""
                return "unit_number"
        if before == "of" and further == "group" and tokens.written(core.first - 2).istitle() and role is None:
            return "unit_number"
        if role == "military" and not core.words and head == core.last + 1 and self.language == "en" and not tokens.word(head).endswith("s"):
            return "unit_number"
        return ""


def _is_name(word: str) -> bool:
    """Whether a word is written like a part of a name."""
    return len(word) > 1 and word[0].isupper() and not word.isupper() and word.isalpha()
