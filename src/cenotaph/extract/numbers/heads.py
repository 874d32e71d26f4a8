"""The noun that a number counts."""

from __future__ import annotations

import re

from cenotaph.extract.numbers.animacy import class_noun
from cenotaph.extract.numbers.cores import Core
from cenotaph.extract.numbers.lexicon import Lexicon, read_cues, read_symbols
from cenotaph.extract.numbers.tokens import Tokens

_ADJECTIVE_ENDINGS = tuple(read_cues("adjective_endings"))
_DASHES = frozenset('-–—−:(«"“„')
_UNIT_KINDS = frozenset({"duration", "distance", "measure", "money"})
_OF_DETERMINERS = read_cues("of_determiners")
_PEOPLE_PRONOUNS = read_cues("people_pronouns")
_FALSE_LABEL_NEIGHBOURS = frozenset({"people", "people_adj", "fate"})
_STOPS = read_cues("stops")
_PEOPLES = read_cues("capital_peoples")
_ACTIVE = ("щих", "вших", "щие", "вшие", "щими", "вшими")
_OF_PARTICIPLES = frozenset({"из", "из-под"})
_PIECES = ("единиц", "комплект", "набор", "пакет")
_REMAINS = frozenset({"останков", "тел", "праха"})
_BODIES = read_cues("bodies_of_people")
_BODY_DETERMINERS = _OF_DETERMINERS | {"that", "this", "my", "your", "one"}
_BODY_REACH = 5
_WIDEST_GAP = 40
_LONGEST_ROW = 80
_SHORT_ROW = 30
_SPACED = re.compile(r"^[^\W\d_][^\n]{0,40}?(?: {2,}|\t)[ \t]*\d[\d ,.]{0,12}$")
_LABELLED = re.compile(r"[^\W\d_]\s*(?::|\s[-–—]|\t)\s*[^\s:]{1,20}$")


class HeadReader:
    """Finds what a number counts or measures, by the words after and before it."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon, language: str) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.nouns = lexicon.nouns
        self.language = language
        self.symbols = read_symbols()
        self._heads: dict[int, tuple[str | None, int]] = {}

    def find_head(self, at: int) -> tuple[str | None, int]:
        """Return the role and the place of the noun that a number before a token counts; (None, -1) where no table has it."""
        found = self._heads.get(at)  # asked more than once of most numbers
        if found is None:
            if self._ends_row(at):
                found = None, -1
            else:
                found = self._english_head(at) if self.language == "en" else self._russian_head(at)
            self._heads[at] = found
        return found

    def _ends_row(self, at: int) -> bool:
        """Whether a number ends a row of a tally ("Killed: 7"), so that the next line's first word is another row's."""
        tokens = self.tokens
        if not 0 < at < tokens.count:
            return False
        end, after = tokens.ends[at - 1], tokens.starts[at]
        gap = tokens.raw[end:after] if after - end < _WIDEST_GAP else ""
        if not ("\n" in gap or "\r" in gap):
            return False
        opens = tokens.raw[after].isupper()
        if opens and self.language != "en":
            return True  # a heading's last word, or a row's
        low = max(0, end - _LONGEST_ROW - 1)
        line = max(tokens.raw.rfind("\n", low, end), tokens.raw.rfind("\r", low, end))
        if line < 0 and low > 0:
            return False
        row = tokens.raw[line + 1 : end]
        if not opens:
            if _SPACED.search(row) is not None:
                return True  # "февраль   150", with the next month below
            return tokens.word(at) in self.lexicon.months and _LABELLED.search(row) is not None  # "январь — 12"
        return len(row) <= _SHORT_ROW or _LABELLED.search(row) is not None

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
                if tokens.word(place) in ("number", "ranks") and tokens.word(place - 1) != "the":
                    return "people", place  # "nine of their number"
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
            if role == "thing" and word in _PEOPLES and tokens.written(place).istitle():
                role = "people"  # "two Poles"
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

    def is_part_of_a_body(self, at: int, head: int) -> bool:
        """Whether "of the company" stands at a token, so that a number before it counts men of it: "31 of the company fell"."""
        tokens = self.tokens
        place = at + 1 if tokens.word(at) in ("more", "others") else at
        return (
            self.language == "en"
            and tokens.word(place) == "of"
            and tokens.word(place + 1) in _BODY_DETERMINERS
            and place + 1 < head <= place + _BODY_REACH
            and tokens.word(head) in _BODIES
            and tokens.word(head + 1) != "'"
        )

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
                before = place - 2 if tokens.word(place - 1) in _OF_PARTICIPLES else place - 1
                governed = before >= at and tokens.word(before).endswith(_ACTIVE)
                if role in ("thing", "military") and governed and nouns.get(tokens.word(place + 1)) == "people":
                    continue  # "149 терпящих бедствие пассажиров"
                if role == "thing" and word.startswith(_PIECES) and tokens.word(place + 1) in _REMAINS:
                    return "people", place + 1  # "1 001 единица останков"
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
