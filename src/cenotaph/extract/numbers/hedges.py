"""The words around a number that say how it is meant: "at least", "не более", "or so"."""

from __future__ import annotations

from cenotaph.extract.numbers.cores import Core
from cenotaph.extract.numbers.lexicon import Lexicon, read_cues
from cenotaph.extract.numbers.tokens import PARAGRAPH, Tokens

_FILLERS = read_cues("fillers")
"""Words that may stand between a hedge and its number."""
_CHANGES = tuple(read_cues("change_stems"))
_CHANGES_EN = read_cues("changes_en")
_GOVERNORS = read_cues("governors")
_MORE = frozenset({"another", "further", "additional", "ещё", "еще", "ще"})
_PARTICLE_VERBS = read_cues("particle_verbs")
"""Verbs after which "over", "about" and the like are particles and no hedges."""
_ABOUT_VERBS = read_cues("about_verbs")
_DEEDS = frozenset(
    {"гибели", "гибель", "смерти", "смерть", "убийстве", "убийства", "убийство", "казни", "расстреле", "расстрела", "аресте",
     "задержании", "ранении", "пленении", "похищении", "имена", "останки", "тела", "судьбе"}
)  # fmt: skip
_STRENGTH = {"exact": 0, "approx": 1, "range": 1, "at_most": 2, "at_least": 2, "more_than": 2, "may_exceed": 3}


class HedgeReader:
    """Finds the hedges of the numbers of one stretch of text."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon, language: str) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.language = language

    def changes_before(self, place: int) -> bool:
        """Whether a verb of growth or fall stands within the six words before a token, in the same clause."""
        for at in range(place - 1, max(place - 7, -1), -1):
            word = self.tokens.words[at]
            if word in (".", ";", PARAGRAPH):
                return False
            if word in _CHANGES_EN if self.language == "en" else word.startswith(_CHANGES):
                return True
        return False

    def attach(self, core: Core, floor: int, ceiling: int) -> None:
        """Widen a number by the hedges around it and set its bound.

        Parameters
        ----------
        core
            The number.
        floor, ceiling
            The first token that a hedge before it may take, and the first that one after it may not.
        """
        bound = ""
        begin = core.begin
        while True:
            at = begin
            if self.tokens.word(at - 1) in _FILLERS and self.tokens.word(at - 1) not in self.lexicon.before:
                at -= 1
            found = self._match_before(at, floor)
            if found is None and at == begin - 1 and self.tokens.word(at - 1) in _FILLERS:
                at -= 1
                found = self._match_before(at, floor)
            if found is None:
                break
            length, this = found
            if self._is_false(core, at, length, this):
                break
            begin = at - length
            if not bound or _STRENGTH[this] > _STRENGTH[bound] or (bound == "approx" and this != "approx"):
                bound = this
        if begin < core.begin:
            self._note_age(core, begin)
        begin = self._take_increment(core, begin, floor)
        core.begin = begin
        after = self._match_after(core.finish + 1, ceiling)
        if after is not None:
            core.finish += after[0]
            if after[1] != "approx" or bound in ("", "approx"):
                bound = after[1]
        elif core.head == core.last + 1:
            after = self._match_after(core.head + 1, ceiling)
            if after is not None and core.bound == "exact":
                core.finish = core.head + after[0]
                bound = after[1]
        if bound:
            self._apply(core, bound)
        elif core.role == "vague":
            if core.genitive and self.tokens.word(core.first - 1) in _DEEDS:
                core.low, core.role, core.bound = core.high, "count", "exact"  # "о гибели дюжины крестьян"
            else:
                core.high = None

    def _note_age(self, core: Core, begin: int) -> None:
        """Tell "was under 18", "men over 60" from counts."""
        tokens = self.tokens
        if begin != core.first - 1 or tokens.words[begin] not in ("under", "over", "below", "above"):
            return
        if core.kind != "people_candidate" or core.certain or core.head >= 0 or not 10 <= (core.high or 0) <= 110:
            return
        before = tokens.word(begin - 1)
        if before in ("was", "were", "is", "are", "those", "anyone", "everyone", "all"):
            if not any(tokens.word(place) in ("toll", "number", "total", "figure", "count") for place in range(begin - 7, begin)):
                core.kind = "age"
        elif self.lexicon.nouns.get(before) == "people" and tokens.word(core.last + 1) not in ("of", "more"):
            core.kind = "age"

    def _take_increment(self, core: Core, begin: int, floor: int) -> int:
        """Mark "another 12", "12 more", "ещё 12"."""
        before, after = self.tokens.word(core.first - 1), self.tokens.word(core.last + 1)
        if before in _MORE or self.tokens.word(begin - 1) in _MORE:
            core.increment = True
            if begin == core.first and before == "another" and core.first - 1 >= floor:
                return core.first - 1
        if after == "more" and self.tokens.word(core.last + 2) != "than":
            core.increment = True
        return begin

    def _match_before(self, at: int, floor: int) -> tuple[int, str] | None:
        phrases = self.lexicon.before.get(self.tokens.word(at - 1))
        if phrases is None or at - 1 < floor:
            return None
        words = self.tokens.words
        for phrase, bound in phrases:
            length = len(phrase)
            if length == 1 or (at - length >= floor and tuple(reversed(words[at - length : at])) == phrase):
                return length, bound
        return None

    def _match_after(self, at: int, ceiling: int) -> tuple[int, str] | None:
        phrases = self.lexicon.after.get(self.tokens.word(at))
        if phrases is None:
            return None
        words = self.tokens.words
        for phrase, bound in phrases:
            if at + len(phrase) <= ceiling and tuple(words[at : at + len(phrase)]) == phrase:
                if phrase == ("+",) and not self.tokens.glued(at - 1):
                    continue
                if phrase[0] == "-" and not self.tokens.glued(at - 1):
                    continue
                following = self.tokens.word(at + len(phrase))
                if phrase[-1] in (
                    "минимум",
                    "максимум",
                    "примерно",
                    "приблизительно",
                    "least",
                    "most",
                    "менее",
                    "более",
                    "более",
                ) and (following[:1].isdecimal() or following in self.lexicon.numbers or following == "чем"):
                    continue
                return len(phrase), bound
        return None

    def _is_false(self, core: Core, at: int, length: int, bound: str) -> bool:
        """Tell words that look like hedges and are none: "вырос до 40", "с 5 до 7", "under 18", "some 40 km"."""
        tokens = self.tokens
        word = tokens.word(at - 1)
        if length > 1:
            return False
        if word in ("<", ">"):
            return self._is_markup(at - 1)
        if word in ("over", "about", "around", "up", "under") and tokens.word(at - 2) in _PARTICLE_VERBS:
            return True  # "handed over 75", "brought about 12"
        if word == "about" and tokens.word(at - 2) in _ABOUT_VERBS:
            return True  # "was talking about 57"
        if core.kind in ("indefinite", "another", "zero", "ordinal"):
            return True
        if word in ("до", "to"):
            earlier = at - 2
            if tokens.word(earlier)[:1].isdecimal() or tokens.word(earlier) in self.lexicon.numbers:
                return True
            return self.changes_before(at - 1)
        if word == "от":
            return core.bound != "range"
        if word in ("c", "least", "от", "под", "выше", "ниже", "возможно") and word in ("c", "least"):
            return word == "least" or tokens.word(at) != "."
        if word == "в":
            return True
        if word in ("minimum", "maximum", "минимум", "максимум") and tokens.word(at - 2) in ("a", "the", "этот"):
            return True
        if word == "под":
            return core.literal is None and not core.words
        if word == "условно":
            return core.high is not None and core.high < 20  # "приговорил условно троих"
        if word == "near":
            return core.kind in ("unit_number", "code", "year")
        return False

    def _is_markup(self, at: int) -> bool:
        """Whether an angle bracket is no sign of comparison: the end of a tag, an arrow, the mark of a quoted line."""
        tokens = self.tokens
        if at > 0 and tokens.glued(at - 1):
            return True
        if not tokens.glued(at) and tokens.word(at) == "<":
            return False
        line = tokens.raw.rfind("\n", 0, tokens.starts[at])
        return not tokens.raw[line + 1 : tokens.starts[at]].strip(" \t>") and not tokens.glued(at)

    def _is_denied(self, core: Core) -> bool:
        """Whether a hedge says what a number does not pass: "до 10–15" gives two ends all the same."""
        return self.tokens.word(core.begin) not in ("до", "под")

    def _apply(self, core: Core, bound: str) -> None:
        nearly = bound == "approx" and core.genitive and core.first == core.last  # "почти сотни": of one hundred
        if core.role == "vague" and core.genitive and (nearly or self.tokens.word(core.first - 1) in _GOVERNORS):
            core.low = core.high
            core.role = "count"
        if core.role in ("vague", "part"):
            core.high = None
            return
        if core.bound == "range":
            if bound == "may_exceed":
                core.bound = bound
                core.low, core.high = core.high, None
            elif bound == "at_most" and self.language != "en" and self._is_denied(core):
                core.bound, core.low = bound, None  # "не больше пяти-шести тысяч"
            elif bound in ("at_least", "more_than") and self.language != "en":
                core.bound, core.high = bound, None  # "не менее двух-трёх десятков"
            return
        core.bound = bound
        if bound in ("at_least", "more_than", "may_exceed"):
            core.high = None
        elif bound == "at_most":
            core.low = None
