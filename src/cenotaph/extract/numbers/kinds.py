"""What a number counts: people, or one of the things that are told apart from people."""

from __future__ import annotations

from cenotaph.extract.numbers.ages import AgeReader
from cenotaph.extract.numbers.animacy import may_be_governed
from cenotaph.extract.numbers.cores import Core
from cenotaph.extract.numbers.lexicon import read_cues

_ADJECTIVE_ENDINGS = tuple(read_cues("adjective_endings"))
_UNIT_KINDS = frozenset({"duration", "distance", "measure", "money"})
_FALSE_LABEL_NEIGHBOURS = frozenset({"people", "people_adj", "fate"})
_MANY = read_cues("many")
_AUXILIARIES = frozenset({"had", "have", "has", "were", "was", "are"})
_MODALS = read_cues("modals")
_HARD_LABELS = read_cues("hard_labels")
_ORDINAL_ENDINGS_EN = read_cues("ordinal_endings_en")
_ORDINAL_ENDINGS_RU = read_cues("ordinal_endings_ru")
_PARENTS = read_cues("parents")
_BEHIND_METRES = frozenset({"and", ",", ".", ";", ")", "to", "from", "away", "deep", "long", "wide", "high", "below", "above"})
_OF_ANIMATES = ("их", "ых", "им", "ым")  # a collective in the genitive, the accusative of people, or the dative
_PAYING = tuple(read_cues("paying"))


class KindReader(AgeReader):
    """Tells what the numbers of one stretch of text count."""

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
        core.kind = (
            core.kind or self._by_signs(core) or self._by_calendar(core) or self._by_age(core) or self._by_label(core) or ""
        )
        if core.kind and core.kind != "percent":
            return
        if self._is_parent_of(core):
            core.kind = "thing"
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
        elif role in ("thing", "military", "family") and (
            self._is_collective_of(core)
            or self.is_part_of_a_body(core.last + 1, head)
            or (self.language == "en" and self._is_passed_mark(core))
        ):
            core.kind = "people_candidate"
        elif role in ("thing", "military"):
            core.kind = "thing"
        elif role == "year":
            core.kind = self._year_or_duration(core)
        elif role == "age":
            core.kind = "people_candidate"
        else:
            core.kind = "people_candidate"
            core.certain = role in _FALSE_LABEL_NEIGHBOURS or self._people_before(core)
            if role is None and not core.certain and core.scale >= 1000 and self._is_paid(core):
                core.kind = "money"
            if core.literal is not None and core.literal.shape in ("decimal", "day_month") and core.scale == 1:
                core.kind, core.certain = "measure", False
        core.head = head if role is not None else -1

    def _is_collective_of(self, core: Core) -> bool:
        """Whether a collective, which counts people, has where they are from behind it, or a word that it cannot govern.

        "семерых из нашего села"; "двоих суд объявил умершими", where a thing in the nominative is what follows.
        """
        word, after = self.tokens.word(core.last), self.tokens.word(core.last + 1)
        entry = self.lexicon.numbers.get(word)
        if entry is None or entry.role != "collective":
            return False
        return after in ("из", "з", "із") or (
            self.language == "ru" and word.endswith(_OF_ANIMATES) and not may_be_governed(after, word.endswith("м"))
        )

    def _is_passed_mark(self, core: Core) -> bool:
        """Whether a number is what a count passed: "passed the million mark"."""
        return self.tokens.word(core.last + 1) == "mark" and self.tokens.word(core.first - 1) == "the"

    def _is_paid(self, core: Core) -> bool:
        """Whether thousands without a noun are what was given or paid: "собрали 61 тысячу"."""
        return self.language != "en" and any(
            self.tokens.word(place).startswith(_PAYING) for place in range(core.first - 3, core.first)
        )

    def _is_parent_of(self, core: Core) -> bool:
        """Whether a number tells a person's children: "father of two"."""
        before = self.tokens.word(core.first - 1)
        if self.language == "en":
            return before == "of" and self.tokens.word(core.first - 2) in _PARENTS
        return before in _PARENTS

    def _by_signs(self, core: Core) -> str:
        tokens, symbols = self.tokens, self.symbols
        before, after = tokens.word(core.first - 1), tokens.word(core.last + 1)
        role = symbols.get(before)
        if role == "money":
            return "money"
        if role == "label":
            return "unit_number"
        if before == "=" and tokens.word(core.first - 2) in ("n", "p", "k"):
            return "code"  # "n = 260": the size of a sample
        if after == "m" and self.language == "en" and tokens.word(core.last + 2) in _BEHIND_METRES:
            return "distance"
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
            return (
                self.nouns.get(after, "code")
                if self.nouns.get(after) in _UNIT_KINDS | {"year"}
                else "code"
                if after not in self.nouns
                else ""
            )
        if after == "-" and tokens.glued(core.last) and tokens.glued(core.last + 1):
            return self._by_hyphen(core)
        if (
            after.startswith(("дневн", "процентн", "этажн", "метров", "часов"))
            and after.endswith(_ADJECTIVE_ENDINGS)
            and after != "метров"
        ):
            return "measure"
        if before == "[" and after == "]":
            return "code"
        if before == "(" and after == ")" and tokens.word(core.last + 2)[:1].isdecimal() and "-" in tokens.word(core.last + 2):
            # "(312) 62-05-45"
            return "code"
        if after == "(" and tokens.word(core.last + 2).isdecimal() and tokens.word(core.last + 3) == ")" and core.low == 0:
            return "code"
        return self._list_marker(core)

    def _is_glued_code(self, core: Core) -> bool:
        """Whether letters or a chain of hyphens make a number a code: Su-34, MH17, 62-05-45, 2-1847."""
        tokens = self.tokens
        first = core.first
        if tokens.glued(first - 1):
            before = tokens.word(first - 1)
            if (
                before[:1].isalpha()
                or before in ("/", "_", "@", "*", "\\")
                or (before == "." and tokens.word(first - 2)[:1].isdecimal())
            ):
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
            if word in ("year", "years", "yr", "month", "week", "day") and "old" in (
                tokens.word(core.last + 3),
                tokens.word(core.last + 4),
            ):
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
        if word == "ки":
            # "200-ки": soldiers' word for the dead.
            return "code"
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

    def _is_verb_of_number(self, at: int) -> bool:
        """Whether "number" is a verb: "the missing number 140", "fatalities now number 28"."""
        tokens = self.tokens
        if tokens.written(at)[:1].isupper() and not tokens.written(at).isupper():
            return False
        before = tokens.word(at - 1)
        if before in ("now", "already", "currently", "still", "may", "could", "might", "they", "who", "that"):
            return True
        return self.nouns.get(before) in _FALSE_LABEL_NEIGHBOURS and (before.endswith("s") or before in _MANY)

    def _by_label(self, core: Core) -> str:
        tokens = self.tokens
        before = tokens.word(core.first - 1)
        further = tokens.word(core.first - 2)
        role, head = self.find_head(core.last + 1)
        if before == "." and tokens.glued(core.first - 2) and further in self.lexicon.labels and not core.words:
            if (
                further in ("no", "nos")
                and not tokens.written(core.first - 2)[:1].isupper()
                and tokens.word(core.first - 3) in ("", ".")
            ):
                return ""
            if further == "ч" and tokens.word(core.first - 3) == ".":
                return ""  # "в т. ч. 38"
            if role not in _FALSE_LABEL_NEIGHBOURS or further in _HARD_LABELS:
                return "unit_number"
        if before in self.lexicon.labels:
            if before == "no" or (before == "top" and further in _MODALS):
                return ""
            if before in _HARD_LABELS:
                return "unit_number"
            if before in ("number", "numbers") and self._is_verb_of_number(core.first - 1):
                return ""
            if core.words and self.language != "en":
                return ""
            if core.words and (role is not None or tokens.written(core.first - 1).islower()):
                return ""
            if tokens.word(core.last + 1) in _AUXILIARIES and tokens.written(core.first - 1).islower() and self.language == "en":
                return ""  # "recruited from the colony 300 had come back"
            if role is None and tokens.word(core.last + 1) not in ("of", "из", "more", "others", "other"):
                if before in ("of",) or (
                    self.language == "en"
                    and not core.words
                    and before.endswith("s")
                    and before not in ("articles", "pages", "nos")
                ):
                    return ""
                return "unit_number"
        if before == "of" and further == "group" and tokens.written(core.first - 2).istitle() and role is None:
            return "unit_number"
        if (
            role == "military"
            and not core.words
            and head == core.last + 1
            and self.language == "en"
            and not tokens.word(head).endswith("s")
        ):
            return "unit_number"
        return ""
