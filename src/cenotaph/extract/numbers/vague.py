"""Numbers without a value: "dozens", "несколько сотен", "most"."""

from __future__ import annotations

import math

from cenotaph.extract.numbers.cores import Core
from cenotaph.extract.numbers.lexicon import Word, find_floor, read_cues
from cenotaph.extract.numbers.numerals import NumeralReader

_FEW = frozenset({"unit", "fused", "half"})
"""Roles of the small numbers that may stand behind what they count: "два", "полтора"."""
_FEW_WORDS = read_cues("few_ru")


class VagueReader(NumeralReader):
    """Reads vague numbers, groups and parts."""

    def _read_plural(self, place: int, entry: Word) -> Core:
        """Read "десятки тысяч", "hundreds of thousands", "dozens"."""
        tokens = self.tokens
        turned = self._read_turned(place, entry)
        if turned is not None:
            return turned
        groups: list[int | float] = [entry.value]
        last = place
        while True:
            at = last + 2 if tokens.word(last + 1) in ("of", "и", "and", "та") else last + 1
            after = self._entry(at)
            if after is None or after.role not in ("plural", "scale"):
                break
            if at == last + 2 and tokens.word(last + 1) != "of":
                # "тысячи и тысячи" is thousands.
                if after.value != entry.value:
                    break
            else:
                groups.append(after.value)
            last = at
        floor, exact = find_floor(*groups), math.prod(groups)
        core = Core(place, last, floor, None, "vague", bound="vague")
        # "около сотни", "более тысячи": the genitive of one, where a word before it asks for it.
        core.genitive = tokens.word(place) in {"тысячи", "сотни", "дюжины", "тисячі", "сотні"}
        if core.genitive:
            core.high = exact
        return core

    def _read_turned(self, place: int, entry: Word) -> Core | None:
        """Read "сотни две", "десятка полтора", "тысяч пять": the turn says about."""
        after = self._entry(place + 1)
        if self.language == "en" or after is None or after.role not in _FEW or not 1 < after.value < 10 or (
            self.tokens.word(place + 1) not in _FEW_WORDS
        ):
            return None
        further = self._entry(place + 2)
        if further is not None and (self._is_scale(further) or further.role in _FEW):
            return None  # "тысячи три сотни"
        value = entry.value * after.value
        value = int(value) if float(value).is_integer() else value
        return Core(place, place + 1, value, value, bound="approx")

    def _scale_vague(self, first: int, last: int) -> Core | None:
        """Read "several hundred", "несколько десятков тысяч": the floor is that of what there are several of."""
        tokens = self.tokens
        at = last + 2 if tokens.word(last + 1) == "of" else last + 1
        after = self._entry(at)
        if after is None or not self._is_scale(after) or after.value in (2, 3, 4):
            return None
        groups: list[int | float] = []
        while after is not None and self._is_scale(after):
            groups.append(after.value)
            last = at
            at = last + 2 if tokens.word(last + 1) == "of" else last + 1
            after = self._entry(at)
        core = Core(first, last, find_floor(*groups), None, "vague", bound="vague")
        self._keep_point(core)
        return core

    def _read_vague(self, place: int, entry: Word) -> Core | None:
        tokens = self.tokens
        before = tokens.word(place - 1)
        if before in ("how", "so", "too", "as", "very", "так", "слишком", "столь") and tokens.word(place) in (
            "many",
            "few",
            "много",
            "мало",
        ):
            return None
        if tokens.word(place + 1)[:1].isdecimal() and tokens.word(place) in self.lexicon.before:
            return None
        if tokens.word(place) in ("единиц", "единицы") and (before[:1].isdecimal() or self.lexicon.numbers.get(before)):
            return None  # "912 единиц останков"
        scaled = self._scale_vague(place, place)
        if scaled:
            return scaled
        return Core(place, place, None, None, "vague", bound="vague")

    def _read_group(self, place: int, entry: Word) -> Core | None:
        """Read "dozen", "десяток", "пара сотен", "a couple of dozen" where no number stands before."""
        tokens = self.tokens
        if entry.value in (2, 3, 4):
            if self.language == "en" and tokens.word(place - 1) not in ("a", "the", "another", "one", "first", "last"):
                return None
            scaled = self._scale_vague(place, place)
            if scaled and scaled.low is not None:
                scaled.low = scaled.high = entry.value * scaled.low
                scaled.bound, scaled.role = "approx", "count"
                return scaled
        elif (turned := self._read_turned(place, entry)) is not None:
            return turned
        elif tokens.word(place) == "score" and tokens.word(place + 1) != "of":
            return None
        return self._read_words(place)

    def _read_part(self, place: int, entry: Word) -> Core | None:
        tokens = self.tokens
        word, before, after = tokens.word(place), tokens.word(place - 1), tokens.word(place + 1)
        if self.language == "en":
            head = self.lexicon.nouns.get(after) or self.lexicon.nouns.get(tokens.word(place + 2))
            if word == "most" and before == "at":
                return None  # "at most 20": a hedge
            if word == "most" and not (
                after == "of" or (head == "people" and before != "the") or after in ("were", "had", "have", "are", "died")
            ):
                return None
            if word in ("rest", "remainder", "majority", "minority", "remaining") and before not in (
                "the",
                "a",
                "vast",
                "large",
                "small",
            ):
                return None
            if word == "remaining" and head != "people":
                return None
            if word == "others" and (before == "each" or self.lexicon.numbers.get(before) or before[:1].isdecimal()):
                return None
        elif word.startswith("оставш") and before == ",":
            return None  # "шахтёров, оставшихся под завалами"
        elif self.lexicon.numbers.get(before) or before[:1].isdecimal():
            return None
        return Core(place, place, None, None, "part", bound="vague")
