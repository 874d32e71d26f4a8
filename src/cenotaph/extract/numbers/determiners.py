"""Words that count without a numeral: "no civilians", "a woman", "another soldier"; and which reader a word wants."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from cenotaph.extract.numbers.cores import Core
from cenotaph.extract.numbers.lexicon import Word, read_cues
from cenotaph.extract.numbers.tokens import PARAGRAPH
from cenotaph.extract.numbers.vague import VagueReader

_STOPS = read_cues("stops")
"""Words that end an English noun phrase."""
_AFTER_NO = frozenset({".", ";", "!", PARAGRAPH, "", ",", '"', "»", "”", ")", "—", "–"})
_ABSENT = read_cues("absent")
_NEWS = frozenset({"данных", "информации", "сведений", "сообщений", "вестей", "известий", "жалоб", "заявлений", "подтверждения"})
_GENITIVE = ("ых", "их", "ов", "ев", "ей", "жертв", "потерь", "лиц", "тел", "детей", "людей", "человек", "ан", "ян", "ин",
             "болгар", "татар", "башкир", "бурят", "туркмен", "солдат", "турок")  # fmt: skip
_UNKNOWNS = _NEWS | {"цифр", "ясности", "точности", "списка", "списков", "имён", "имен", "ответа", "времени", "единства"}
_CONTACT = 5  # tokens from "связи" to "нет"
_FINITE = frozenset({"has", "was", "is", "had"})
_REPORTS = frozenset({"report", "reports", "sign", "signs", "word", "news", "record", "records", "mention", "indication"})
_INNER = frozenset({"о", "об", "у", "с", "со", "к", "на", "за", "в", "для", "при", "от", "из"})
_LOSSES = frozenset({"потерь", "жертв", "втрат"})


class CoreReader(VagueReader):
    """Reads numbers out of tokens with one language's words."""

    def read(self, place: int) -> Core | None:
        """Return the number that begins at a token, or None."""
        tokens = self.tokens
        word = tokens.words[place]
        if word[0].isdecimal():
            return self._read_digits(place)
        entry = self.lexicon.numbers.get(word)
        phrases = self.lexicon.phrases.get(word)
        if phrases:
            following = tokens.word(place + 1)
            for phrase in phrases:
                if following in phrase and tuple(tokens.words[place : place + len(phrase)]) == phrase:
                    after = place + len(phrase)
                    if phrase[-1] == "of" and tokens.word(after)[:1].isdecimal():
                        break
                    scaled = self._scale_vague(place, after - 1)
                    return scaled or Core(place, after - 1, None, None, "vague", bound="vague")
        if entry is None:
            return None
        reader = _find_reader(entry.role)
        return reader(self, place, entry) if reader is not None else self._read_words(place)

    def _read_none(self, place: int, entry: Word) -> Core | None:
        if self.tokens.word(place) == "neither" and "nor" in self.tokens.words[place + 1 : place + 10]:
            return None
        return Core(place, place, 0, 0, "zero", kind="zero")

    def _read_nought(self, place: int, entry: Word) -> Core:
        return Core(place, place, 0, 0, "zero", kind="zero")

    def _read_absent(self, place: int) -> Core | None:
        """Read "жертв не было", "пострадавших не зафиксировано", "жертв удалось избежать"; not "данных о погибших не было"."""
        tokens, nouns = self.tokens, self.lexicon.nouns
        last = place if tokens.word(place) == "избежать" else place + 1
        if last > place and tokens.word(last) not in _ABSENT:
            return None
        first = place - 1 if last == place and tokens.word(place - 1).startswith("уда") else place
        found = None
        for at in (*range(first - 1, max(first - 6, -1), -1), *range(last + 1, last + 4)):
            word = tokens.word(at)
            if word in (".", ";", "!", "?", ":", PARAGRAPH) or (at > last and not word[:1].isalpha()):
                if at < place:
                    continue
                break
            if word in _NEWS:
                return None
            if nouns.get(word) in ("people", "people_adj") or word in _LOSSES:
                found = at
                break
        if found is None or not tokens.word(found).endswith(_GENITIVE):
            return None
        if any(tokens.word(at) in _NEWS or tokens.word(at) in ("о", "об") for at in range(found - 3, found)):
            return None
        return Core(first, last, 0, 0, "zero", kind="zero", certain=True)

    def _read_no(self, place: int, entry: Word) -> Core | None:
        """Read "no civilians", "без жертв", "погибших нет": only beside a word for people or their fate."""
        tokens, nouns = self.tokens, self.lexicon.nouns
        if tokens.word(place) in ("не", "избежать"):
            return self._read_absent(place)
        if self.language == "en":
            if tokens.word(place + 1) == "one":
                return Core(place, place + 1, 0, 0, "zero", kind="zero")
            start = place + 1
            for told in (place + 1, place + 2):
                if tokens.word(told) in _REPORTS and tokens.word(told + 1) in ("of", "on"):
                    start = told + 2
            for at in range(start, start + 4):
                role = nouns.get(tokens.word(at))
                if role in ("people", "people_adj"):
                    if tokens.word(at + 1) == "of" and tokens.word(at) in ("case", "name"):
                        return None
                    return Core(place, place, 0, 0, "zero", kind="zero", certain=True)
                written = tokens.written(at)
                if at == start and written.istitle() and written.endswith(("s", "ese")) and len(written) > 4:
                    fate = nouns.get(tokens.word(at + 1)) in ("people", "people_adj")
                    return Core(place, place, 0, 0, "zero", kind="zero", certain=fate)
                if at == start and written.istitle() and tokens.word(at + 1) in _FINITE:
                    return Core(place, place, 0, 0, "zero", kind="zero")  # "no Nepali has been freed"
                if not tokens.word(at)[:1].isalpha() or role is not None or tokens.word(at) in _STOPS:
                    return None
            return None
        if tokens.word(place - 1) in _UNKNOWNS:
            return None  # "среди погибших дети, точных цифр нет"
        if "связи" in tokens.words[max(place - _CONTACT, 0) : place]:
            return None  # "связи с 19 моряками нет": not nobody
        for at in (*range(place + 1, place + 4), *(() if tokens.word(place) == "без" else (place - 1,))):
            if nouns.get(tokens.word(at)) in ("people", "people_adj"):
                return Core(place, place, 0, 0, "zero", kind="zero", certain=True)
            if at > place and not tokens.word(at).endswith(("ых", "их", "либо", "-", "каких")):
                if tokens.word(place) == "без":
                    return None
                if at == place + 1:
                    break
        if tokens.word(place) in ("нет", "немає", "нема") and tokens.word(place + 1) in _AFTER_NO:
            # "Граждан страны среди погибших, по данным МИД, нет."
            for at in range(place - 1, max(place - 15, -1), -1):
                if tokens.word(at) in (".", ";", "!", "?", ":", PARAGRAPH):
                    break
                if nouns.get(tokens.word(at)) in ("people", "people_adj") or tokens.word(at) in _LOSSES:
                    return Core(place, place, 0, 0, "zero", kind="zero")
        return None

    def _read_notone(self, place: int, entry: Word) -> Core | None:
        """Read "ни один", "ни одного", "ни о едином", "жоден"."""
        if self.tokens.word(place) != "ни":
            return Core(place, place, 0, 0, "zero", kind="zero")
        last = place + 1
        if self.tokens.word(last) in _INNER:
            last += 1  # "ни об одном", "ни у кого из"
        single = self.tokens.word(last)
        after = self._entry(last)
        if (after is not None and after.value == 1 and after.role == "unit") or single.startswith("един"):
            return Core(place, last, 0, 0, "zero", kind="zero")
        return None

    def _read_article(self, place: int, entry: Word) -> Core | None:
        """Read "a hundred", "half a dozen"; "a woman" is a mention of one."""
        tokens = self.tokens
        at = place + 1
        while tokens.word(at) in ("mere", "further", "whole", "full", "staggering", "record", "total"):
            at += 1
        after = self._entry(at)
        if tokens.word(at) == "single":
            if tokens.word(place - 1) == "not":
                return Core(place - 1, at, 0, 0, "zero", kind="zero")
            if tokens.word(place - 2) in ("not", "never") and tokens.word(place - 1)[:1].isalpha():
                return Core(place - 2, at, 0, 0, "zero", kind="zero")  # "have not received a single body"
            return Core(place, at, 1, 1, "one")
        if after is not None and (after.role in ("scale", "group")):
            core = self._read_group(at, after) if after.role == "group" else self._read_words(at)
            if core is not None:
                core.first = core.begin = place
                return core
        if after is not None and after.role == "share":
            return self._fraction(place, at, 1)
        head = self._indefinite_head(place + 1)
        if head < 0:
            return None
        return Core(place, place, 1, 1, "indefinite", kind="indefinite", certain=True, head=head)

    def _indefinite_head(self, at: int) -> int:
        """Return where a noun phrase that begins after an article has its noun, if that is one person, else -1."""
        tokens, nouns = self.tokens, self.lexicon.nouns
        found = -1
        for place in range(at, at + 7):
            word = tokens.word(place)
            if word == "-" and tokens.glued(place - 1):
                continue
            if self.language == "en" and word.isdecimal() and tokens.words[place + 1 : place + 3] == ["-", "year"]:
                continue  # "a 45-year-old man"
            if (len(word) == 1 and word.isalpha() and tokens.word(place + 1) == ".") or (
                word == "." and len(tokens.word(place - 1)) == 1
            ):
                # "U.S."
                continue
            if not word[:1].isalpha() or word in _STOPS:
                break
            role = nouns.get(word)
            if role == "people" and not word.endswith("people"):
                found = place
            elif role == "people_adj":
                after = tokens.word(place + 1)
                if not after[:1].isalpha() or after in _STOPS or nouns.get(after) == "fate":
                    found = place
            elif role is not None:
                found = -1 if role != "fate" else found
                if role == "fate":
                    break
            elif found >= 0 and role is None:
                break
        return found

    def _read_another(self, place: int, entry: Word) -> Core | None:
        """Read "another soldier"; before a number it is a part of that number's words."""
        tokens = self.tokens
        if tokens.word(place - 1) in ("one", "or"):
            return None
        at = place + 1
        after = self._entry(at)
        if tokens.word(at)[:1].isdecimal() or (
            after is not None and after.role not in ("article", "share", "ordinal", "part", "vague")
        ):
            return None
        head = self._indefinite_head(at)
        if head < 0 and self.lexicon.nouns.get(tokens.word(at)) is not None and self.lexicon.nouns.get(tokens.word(at)) != "fate":
            return None
        return Core(place, place, 1, 1, "another", kind="another", certain=head >= 0, head=head)


@cache
def _find_reader(role: str) -> Callable[[CoreReader, int, Word], Core | None] | None:
    """Return what reads numbers that begin with a word of some role, None where any number in words does."""
    return getattr(CoreReader, f"_read_{role}", None)
