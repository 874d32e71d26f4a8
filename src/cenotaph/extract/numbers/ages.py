"""Ages."""

from __future__ import annotations

from cenotaph.extract.numbers.calendar import CalendarReader
from cenotaph.extract.numbers.cores import Core
from cenotaph.extract.numbers.lexicon import read_cues

_MANY = read_cues("many")
_YOUNG = read_cues("young")
_GROUPS = frozenset({"crew", "staff", "kin", "manpower", "death", "body", "injury", "case", "name", "loss", "suicide", "murder"})
_PARENTS = read_cues("parents")
_AGE_LEFT = read_cues("age_left")
_PAST = frozenset({"past"})
_BEING = frozenset({"was", "were", "is", "are", "be", "been", "being"})
_CLOSING = frozenset({".", ",", ";", ")", "and", "or", "when", "while", "but"})


class AgeReader(CalendarReader):
    """Tells ages from counts."""

    def _by_age(self, core: Core) -> str:
        tokens = self.tokens
        value = core.high
        if value is None or value > 120:
            return ""
        before, after = tokens.word(core.first - 1), tokens.word(core.last + 1)
        if before in _AGE_LEFT or (
            before in ("from", "between", "of", "от", "с", "около", "-", "range") and self._age_before(core)
        ):
            return "age"
        if self.language == "en":
            of = core.first - 2 if before in ("about", "around", "some", "barely", "perhaps") else core.first - 1
            if tokens.word(of) == "of" and self._is_one_person(of - 1):
                return "age"  # "a man of 60", "a child of about six"
        if self.language == "en":
            if after == "or" and tokens.word(core.last + 2) in ("younger", "older", "under", "over"):
                return "age"  # "a fifth were 23 or younger"
            if before == "yet" and tokens.word(core.first - 2) == "not" and after in (".", ",", ";", "and", "when"):
                return "age"  # "were not yet twenty"
            if (
                after in ("year", "years", "month", "months")
                and tokens.word(core.last + 2) in ("old", "of")
                and tokens.word(core.last + 3) != "service"
            ):
                return "age" if tokens.word(core.last + 2) == "old" or tokens.word(core.last + 3) == "age" else ""
            if before in ("his", "her", "their") and after == "s":
                return "age"
            if before in _PAST and tokens.word(core.first - 2) in _BEING and (after in _CLOSING or not after):
                return "age"  # "two dozen were past sixty-five"
            if (
                before in ("was", "is", "am")
                and tokens.word(core.first - 2) in ("he", "she", "i", "who")
                and after in (".", ",", ";", "when")
            ):
                return "age"
        elif (
            (
                before in ("было", "ему", "ей", "исполнилось")
                and tokens.word(core.first - 2) in ("ему", "ей", "которому", "которой", "им")
            )
            or after.startswith("летн")
            or self._is_not_yet(core)
            or (
                before == "за"
                and any(
                    tokens.word(place) in ("было", "ему", "ей", "уже", "глубоко", "далеко")
                    for place in range(core.first - 5, core.first)
                )
            )
            or (
                before in ("в", "у")
                and not core.words
                and core.scale == 1
                and 10 <= value <= 110
                and core.bound == "exact"
                and self._is_bare_in(core)
            )
            or (
                self.nouns.get(after) in ("duration", "year")
                and after in ("лет", "год", "года", "років", "рік", "роки")
                and before in ("в", "у")
            )
        ):
            return "age"
        return "age" if not core.words and self._age_in_apposition(core) else ""

    def _is_not_yet(self, core: Core) -> bool:
        """Whether "не было и", "не исполнилось", "стукнуло" leads: "четверым не было и двадцати пяти"."""
        tokens = self.tokens
        at = core.first - 1
        if tokens.word(at) in ("и", "ещё", "еще", "даже", "уже", "всего"):
            at -= 1
        lead = tokens.word(at)
        if lead in ("исполнилось", "исполнится", "стукнуло", "исполнялось"):
            return True
        denied = (lead in ("было", "будет") and tokens.word(at - 1) == "не") or lead == "нет"
        # "нет и двадцати": a count has its people, an age has nothing behind it and somebody in the dative before
        whose = tokens.word(at - 1 if lead == "нет" else at - 2)
        return denied and whose.endswith(("ым", "им", "ем", "ам", "ям", "ому", "ему", "ей", "ой", "мне", "тебе"))

    def _is_one_person(self, at: int) -> bool:
        """Whether a noun phrase for one person ends at a token: "a boy", "the young woman", "another girl"."""
        tokens = self.tokens
        word = tokens.word(at)
        if self.nouns.get(word) != "people" or word in _MANY | _GROUPS | _PARENTS or word.endswith("s"):
            return False
        return any(tokens.word(place) in ("a", "an", "another", "one") for place in range(at - 1, max(at - 4, -1), -1))

    def _is_bare_in(self, core: Core) -> bool:
        """Whether "в 69" stands alone, as ages and times do and counts of people do not."""
        tokens = self.tokens
        if any(tokens.word(place).startswith(("оцен", "составл", "насчит")) for place in range(core.first - 6, core.first)):
            return False
        after = tokens.word(core.last + 1)
        return after in (",", ".", "-", "–", "—", "", ";") or (after == "из" and tokens.word(core.last + 2) == "-")

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
            if self._in_a_row_of_brackets(core):
                return False  # "Nepalese (14), Indian (9), Sri Lankan (17)": how many of each
            return (
                _is_name(name) and _is_name(further) and tokens.word(core.first - 2) not in self.nouns and not name.endswith("s")
            )
        if (
            before == ","
            and after in (",", ".", ":", ";")
            and (core.low or 0) >= 10
            and not tokens.word(core.last + 2)[:1].isdecimal()
        ):
            further_word = tokens.word(core.first - 2)
            single = self.nouns.get(further_word) == "people" and further_word not in _MANY and not further_word.endswith("s")
            if self.language == "en" and (single or (further_word == ")" and tokens.word(core.first - 3).isalpha())):
                return True
        if before == "," and after in (",", "."):
            role = self.nouns.get(tokens.word(core.first - 2))
            if (
                not (_is_name(name) and role is None and tokens.word(core.first - 2) not in self.lexicon.months)
                or tokens.raw.isupper()
            ):
                return False
            if after == ".":
                return _is_name(further)
            return tokens.word(core.last + 2) not in ("and",) or _is_name(further)
        return False

    def _in_a_row_of_brackets(self, core: Core) -> bool:
        """Whether a bracketed number follows, over a comma and a name, others whose names are no persons'."""
        tokens = self.tokens
        at = core.first - 2
        while at > core.first - 6 and tokens.word(at) not in (",", ";", "and") and tokens.word(at)[:1].isalpha():
            at -= 1
        if tokens.word(at) == "and":
            at -= tokens.word(at - 1) == ","
            at -= 0 if tokens.word(at) == "," else 1
        if tokens.word(at) in (",", ";"):
            at -= 1
        bracketed = tokens.word(at) == ")" and tokens.word(at - 2) == "(" and tokens.word(at - 1).isdecimal()
        peoples = ("ese", "ish", "an", "i", "s")
        return bracketed and (tokens.word(at - 4) in (",", ":", ";") or tokens.word(at - 3).endswith(peoples))

    def _child_before(self, core: Core, before: str, after: str) -> bool:
        """Tell "(girl, 9)", "boy (9)", "children (3 and 5)"."""
        if after not in (")", "and", ","):
            return False
        word = self.tokens.word(core.first - 2)
        if before == "," and self.tokens.word(core.first - 3) == "(":
            return after == ")" and self.nouns.get(word) == "people" and word not in _MANY and not word.endswith("s")
        return before == "(" and word in _YOUNG and (core.high or 0) < 30


def _is_name(word: str) -> bool:
    """Whether a word is written like a part of a name."""
    return len(word) > 1 and word[0].isupper() and not word.isupper() and word.isalpha()
