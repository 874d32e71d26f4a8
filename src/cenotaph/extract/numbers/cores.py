"""The number itself, in digits or in words, without what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.extract.numbers.lexicon import Lexicon, Word
from cenotaph.extract.numbers.literals import Literal, read_literal
from cenotaph.extract.numbers.tokens import Tokens

_SLOTS = {"unit": (10, 1), "teen": (100, 1), "ten": (100, 10), "hundred": (1000, 100)}
"""Role to what must be open above it and what is left open below it."""
_SHORTENED = frozenset("тыс тис млн млрд трлн mln bln bn".split())
_EVERY = {"every", "each", "каждый", "каждая", "каждого", "каждому", "каждую", "кожен", "кожна"}


@dataclass(slots=True)
class Core:
    """A number between two tokens, both inclusive, and what is known of it so far."""

    first: int
    last: int
    low: int | float | None
    high: int | float | None
    role: str = "count"
    words: bool = True
    literal: Literal | None = None
    bound: str = "exact"
    kind: str = ""
    certain: bool = False
    retracted: bool = False
    distributive: bool = False
    increment: bool = False
    begin: int = -1
    finish: int = -1
    head: int = -1
    genitive: bool = False
    scale: int | float = 1

    def __post_init__(self) -> None:
        """Start without hedges."""
        self.begin = self.first
        self.finish = self.last


class CoreReader:
    """Reads numbers out of tokens with one language's words."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon, language: str) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.language = language

    def read(self, place: int) -> Core | None:
        """Return the number that begins at a token, or None."""
        tokens = self.tokens
        word = tokens.words[place]
        if word[0].isdecimal():
            return self._read_digits(place)
        entry = self.lexicon.numbers.get(word)
        phrases = self.lexicon.phrases.get(word)
        if phrases:
            for phrase in phrases:
                if tuple(tokens.words[place : place + len(phrase)]) == phrase:
                    after = place + len(phrase)
                    scaled = self._scale_vague(place, after - 1)
                    return scaled or Core(place, after - 1, None, None, "vague", bound="vague")
        if entry is None:
            return None
        reader = getattr(self, "_read_" + entry.role, None)
        if reader is not None:
            found: Core | None = reader(place, entry)
            return found
        return self._read_words(place)

    # Digits

    def _read_digits(self, place: int) -> Core:
        literal = read_literal(self.tokens.words[place])
        core = Core(place, place, literal.value, literal.value, words=False, literal=literal)
        if literal.value is None:
            return core
        tokens = self.tokens
        after = self._entry(place + 1)
        if after is not None and after.role == "suffix":
            hyphened = tokens.glued(place + 1) and tokens.word(place + 2) == "-"
            metres = after.value == 10**6 and literal.shape == "plain" and literal.value >= 20
            if tokens.glued(place) and not hyphened and not metres:
                self._multiply(core, after.value, place + 1)
            return core
        if self._hyphen(place) and self._is_scale(self._entry(place + 2)) and self.language == "en":
            return core
        case_end = self._case_ending(place)
        if case_end:
            core.last = core.finish = case_end
        self._take_scales(core)
        return core

    def _case_ending(self, place: int) -> int:
        """Return where a case ending written after digits ends ("5-ти", "2-х"), 0 where there is none."""
        tokens = self.tokens
        if self.language == "en" or not self._hyphen(place):
            return 0
        if tokens.word(place + 2) in {"ти", "х", "ми", "мя", "и", "ка", "ух", "ех", "ро", "ра", "та", "рых", "рых", "еро", "ое", "ма", "ома"}:
            value = read_literal(tokens.words[place]).value
            decade = tokens.word(place + 2) == "х" and isinstance(value, int) and value >= 10 and value % 10 == 0
            return 0 if decade else place + 2
        return 0

    def _take_scales(self, core: Core) -> None:
        """Add "тыс.", "million", "half" and the like that follow a number in digits."""
        tokens = self.tokens
        taken = False
        limit = 10**15
        while True:
            after = self._entry(core.last + 1)
            if self._is_scale(after) and after is not None and after.value < limit and not self._is_time(core):
                limit = int(after.value)
                self._multiply(core, after.value, core.last + 1)
                taken = True
                continue
            break
        if not taken:
            return
        following = tokens.word(core.last + 1)
        if self.language != "en" and following[:1].isdecimal() and tokens.word(core.first - 1) not in ("из", "з", "із", "с", "від"):
            more = read_literal(following)
            if isinstance(more.value, int) and more.value < limit and limit <= 10**6 and more.value >= limit // 10:
                core.low = core.high = (core.low or 0) + more.value
                core.last = core.finish = core.last + 1

    def _is_time(self, core: Core) -> bool:
        return core.literal is not None and core.literal.value is None

    def _multiply(self, core: Core, factor: int | float, last: int) -> None:
        value = round((core.low or 0) * factor, 6)
        core.low = core.high = int(value) if float(value).is_integer() else value
        core.last = last
        core.scale = factor
        core.finish = last
        self._keep_point(core)

    # Words

    def _entry(self, place: int) -> Word | None:
        return self.lexicon.numbers.get(self.tokens.word(place))

    def _hyphen(self, place: int) -> bool:
        """Whether a hyphen joins the token at a place with the one after the hyphen."""
        tokens = self.tokens
        return tokens.word(place + 1) == "-" and tokens.glued(place) and tokens.glued(place + 1)

    def _is_scale(self, entry: Word | None) -> bool:
        return entry is not None and (entry.role in ("scale", "plural") or (entry.role == "group" and entry.value not in (2, 3, 4)))

    def _next_number(self, place: int) -> int:
        """Return the token that may carry a number in words on: the next, or the one after a joining hyphen."""
        return place + 2 if self._hyphen(place) else place + 1

    def _read_words(self, place: int) -> Core | None:
        """Read "двадцати семи", "a hundred and four", "two and a half million" from the first word on."""
        tokens = self.tokens
        entry = self._entry(place)
        assert entry is not None
        if entry.role in ("suffix", "article"):
            return None
        total: int | float = 0
        current: int | float = 0
        room = 1000
        limit: int | float = 10**15
        at = place
        last = place - 1
        while entry is not None:
            if entry.role in _SLOTS:
                needed, left = _SLOTS[entry.role]
                if room < needed:
                    break
                current += entry.value
                room = left
            elif entry.role in ("nought", "both", "collective", "fused", "half"):
                if last >= place:
                    break
                current = entry.value
                room = 1
                if entry.role == "half" and not self._is_scale(self._entry(self._next_number(at))):
                    return None
            elif self._is_scale(entry):
                if entry.value == 100 and entry.role == "scale":
                    if room < 100 and current >= 20 and current % 10 == 0 or current >= 100:
                        break
                    current = max(current, 1) * 100
                    room = 100
                elif entry.value < 1000:
                    current = max(current, 1) * entry.value
                    room = 1
                else:
                    if entry.value >= limit:
                        break
                    total += max(current, 1) * entry.value
                    limit = entry.value
                    current, room = 0, 1000
            elif entry.role == "ordinal":
                return self._ordinal(place, at, total + current + entry.value)
            elif entry.role == "group" and last < place:
                current = entry.value
                room = 1
            else:
                break
            last = at
            at = self._next_number(at)
            entry = self._entry(at)
            if entry is None:
                joined = self._joined(last, room, total)
                if joined:
                    half, at = joined
                    if half:
                        scale = self._entry(at)
                        assert scale is not None
                        total += (current + 0.5) * scale.value
                        current, room, limit = 0, 1000, scale.value
                        last = at
                        at = self._next_number(at)
                    entry = self._entry(at)
            elif entry.role == "share" and last == place:
                return self._fraction(place, at, current)
        if last < place:
            return None
        value = total + current
        value = int(value) if float(value).is_integer() else value
        if value == 1 and place == last and tokens.word(place - 1) == "not":
            return Core(place - 1, place, 0, 0, "zero", kind="zero")
        core = Core(place, last, value, value)
        ending = self._entry(last)
        self._multiply(core, 1, last)
        core.scale = ending.value if self._is_scale(ending) and ending is not None and last > place else 1
        core.role = "one" if value == 1 and place == last else "count"
        self._take_half(core)
        return core

    def _take_half(self, core: Core) -> None:
        """Add the half of "two and a half years", "два с половиной года"."""
        tokens, after = self.tokens, core.last + 1
        if tokens.words[after : after + 3] == ["and", "a", "half"]:
            core.last = core.finish = after + 2
        elif tokens.word(after) in ("с", "з", "із") and tokens.word(after + 1) in ("половиной", "половиною"):
            core.last = core.finish = after + 1
        else:
            return
        core.low = core.high = (core.low or 0) + 0.5

    def _joined(self, last: int, room: int, total: int | float) -> tuple[bool, int] | None:
        """Look past "and" and "с половиной": return whether it is a half, and the place to go on from."""
        tokens = self.tokens
        following = tokens.word(last + 1)
        if following == "and" and self.language == "en":
            if tokens.words[last + 2 : last + 4] == ["a", "half"]:
                return (True, last + 4) if self._is_scale(self._entry(last + 4)) else None
            after = self._entry(last + 2)
            open_below = room == 100 or (room == 1000 and total)
            if open_below and after is not None and after.role in ("unit", "teen", "ten"):
                end = last + 3
                if self._entry(end) is not None or self._hyphen(last + 2):
                    return False, last + 2
                if tokens.word(end) in ("other", "others", "more", "of"):
                    return None
                return False, last + 2
        elif following in ("с", "з", "із") and tokens.word(last + 2) in ("половиной", "половиною") and self._is_scale(self._entry(last + 3)):
            return True, last + 3
        return None

    def _ordinal(self, place: int, last: int, value: int | float) -> Core:
        return Core(place, last, value, value, "ordinal", kind="ordinal")

    def _read_ordinal(self, place: int, entry: Word) -> Core | None:
        if self.tokens.word(place - 1) in _EVERY and entry.value > 1:
            share = round_share(100 / entry.value)
            return Core(place - 1, place, share, share, "share", bound="approx", kind="percent")
        if self.tokens.word(place) == "second" and self.tokens.word(place - 1) in ("a", "split"):
            return None
        return self._ordinal(place, place, entry.value)

    # Vague numbers

    def _read_plural(self, place: int, entry: Word) -> Core:
        """Read "десятки тысяч", "hundreds of thousands", "dozens"."""
        tokens = self.tokens
        floor: int = entry.floor if entry.floor is not None else int(entry.value)
        exact: int | float = entry.value
        last = place
        while True:
            at = last + 2 if tokens.word(last + 1) in ("of", "и", "and", "та") and self.language in ("en", "ru", "uk") else last + 1
            after = self._entry(at)
            if after is None or after.role not in ("plural", "scale"):
                break
            if at == last + 2 and tokens.word(last + 1) != "of":
                if after.value != entry.value:
                    break
            else:
                floor *= int(after.value)
                exact *= after.value
            last = at
        core = Core(place, last, floor, None, "vague", bound="vague")
        # "около сотни", "более тысячи": the genitive of one, where a word before it asks for it.
        core.genitive = tokens.word(place) in {"тысячи", "сотни", "дюжины", "тисячі", "сотні"}
        if core.genitive:
            core.high = exact
        return core

    def _scale_vague(self, first: int, last: int) -> Core | None:
        """Read "several hundred", "несколько десятков тысяч": the floor is that of what there are several of."""
        tokens = self.tokens
        at = last + 2 if tokens.word(last + 1) == "of" else last + 1
        after = self._entry(at)
        if after is None or not self._is_scale(after) or after.value in (2, 3, 4):
            return None
        floor: int | float = 1
        while after is not None and self._is_scale(after):
            step = after.floor if after.floor is not None and after.role == "plural" else after.value
            floor *= step
            last = at
            at = last + 2 if tokens.word(last + 1) == "of" else last + 1
            after = self._entry(at)
        core = Core(first, last, int(floor), None, "vague", bound="vague")
        self._keep_point(core)
        return core

    def _keep_point(self, core: Core) -> None:
        """Take the point of "тыс." into a number."""
        if self.tokens.word(core.last) in _SHORTENED and self.tokens.word(core.last + 1) == "." and self.tokens.glued(core.last):
            core.last = core.finish = core.last + 1

    def _read_vague(self, place: int, entry: Word) -> Core | None:
        tokens = self.tokens
        before = tokens.word(place - 1)
        if before in ("how", "so", "too", "as", "very", "так", "слишком", "столь") and tokens.word(place) in ("many", "few", "много", "мало"):
            return None
        if tokens.word(place + 1)[:1].isdecimal() and tokens.word(place) in self.lexicon.before:
            return None
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
        elif tokens.word(place) == "score" and tokens.word(place + 1) != "of":
            return None
        return self._read_words(place)

    # Parts and nothing

    def _read_part(self, place: int, entry: Word) -> Core | None:
        tokens = self.tokens
        word, before, after = tokens.word(place), tokens.word(place - 1), tokens.word(place + 1)
        if self.language == "en":
            head = self.lexicon.nouns.get(after) or self.lexicon.nouns.get(tokens.word(place + 2))
            if word == "most" and not (after == "of" or (head == "people" and before != "the") or after in ("were", "had", "have", "are", "died")):
                return None
            if word in ("rest", "remainder", "majority", "minority", "remaining") and before not in ("the", "a", "vast", "large", "small"):
                return None
            if word == "remaining" and head != "people":
                return None
            if word == "others" and (before == "each" or self.lexicon.numbers.get(before) or before[:1].isdecimal()):
                return None
        return Core(place, place, None, None, "part", bound="vague")

    def _read_none(self, place: int, entry: Word) -> Core:
        return Core(place, place, 0, 0, "zero", kind="zero")

    def _read_nought(self, place: int, entry: Word) -> Core:
        return Core(place, place, 0, 0, "zero", kind="zero")

    def _read_no(self, place: int, entry: Word) -> Core | None:
        """Read "no civilians", "без жертв", "погибших нет": only beside a word for people or their fate."""
        tokens, nouns = self.tokens, self.lexicon.nouns
        if self.language == "en":
            if tokens.word(place + 1) == "one":
                return Core(place, place + 1, 0, 0, "zero", kind="zero")
            for at in range(place + 1, place + 5):
                role = nouns.get(tokens.word(at))
                if role in ("people", "people_adj"):
                    if tokens.word(at + 1) == "of" and tokens.word(at) in ("case", "name"):
                        return None
                    return Core(place, place, 0, 0, "zero", kind="zero", certain=True)
                written = tokens.written(at)
                if at == place + 1 and written.istitle() and written.endswith(("s", "ese")) and len(written) > 4:
                    return Core(place, place, 0, 0, "zero", kind="zero")
                if not tokens.word(at)[:1].isalpha() or role is not None or tokens.word(at) in _STOPS:
                    return None
            return None
        for at in (*range(place + 1, place + 4), *(() if tokens.word(place) == "без" else (place - 1,))):
            if nouns.get(tokens.word(at)) in ("people", "people_adj"):
                return Core(place, place, 0, 0, "zero", kind="zero", certain=True)
            if at > place and not tokens.word(at).endswith(("ых", "их", "либо", "-", "каких")):
                if tokens.word(place) == "без":
                    return None
                if at == place + 1:
                    break
        if tokens.word(place) != "без" and nouns.get(tokens.word(place - 1)) in ("people", "people_adj"):
            return Core(place, place, 0, 0, "zero", kind="zero", certain=True)
        return None

    def _read_notone(self, place: int, entry: Word) -> Core | None:
        """Read "ни один", "ни одного", "жоден"."""
        if self.tokens.word(place) != "ни":
            return Core(place, place, 0, 0, "zero", kind="zero")
        after = self._entry(place + 1)
        if after is not None and after.value == 1 and after.role == "unit":
            return Core(place, place + 1, 0, 0, "zero", kind="zero")
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
            if (len(word) == 1 and word.isalpha() and tokens.word(place + 1) == ".") or (word == "." and len(tokens.word(place - 1)) == 1):
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
        if tokens.word(at)[:1].isdecimal() or (after is not None and after.role not in ("article", "share", "ordinal", "part", "vague")):
            return None
        head = self._indefinite_head(at)
        if head < 0 and self.lexicon.nouns.get(tokens.word(at)) is not None and self.lexicon.nouns.get(tokens.word(at)) != "fate":
            return None
        return Core(place, place, 1, 1, "another", kind="another", certain=head >= 0, head=head)

    # Shares

    def _read_share(self, place: int, entry: Word) -> Core | None:
        tokens = self.tokens
        word, before, after = tokens.word(place), tokens.word(place - 1), tokens.word(place + 1)
        if self.language == "en":
            if word == "half":
                at = place + 2 if after == "a" else place + 1
                scale = self._entry(at)
                if self._is_scale(scale) and scale is not None and after != "of":
                    value = int(scale.value // 2)
                    core = Core(place, at, value, value)
                    return core
                if before in ("first", "second", "other", "latter", "later", "and", "one", "a") and after != "of":
                    return None
            elif before in _EVERY and entry.value != 25:
                share = round_share(entry.value)
                return Core(place - 1, place, share, share, "share", bound="approx", kind="percent")
            elif word in ("third", "fifth"):
                return self._ordinal(place, place, 3 if word == "third" else 5)
            else:
                return None
        elif before in ("в", "у", "первой", "второй", "до", "последней") and after not in ("из", "от", "погибших"):
            return None
        return Core(place, place, entry.value, entry.value, "share", kind="percent")

    def _fraction(self, place: int, at: int, numerator: int | float) -> Core | None:
        """Read "two thirds", "a quarter of", "две трети"."""
        entry = self._entry(at)
        assert entry is not None
        word = self.tokens.word(at)
        after = self.tokens.word(at + 1)
        if self.language == "en":
            singular = word in ("third", "quarter", "fifth", "half")
            if singular and (numerator > 1 or (after != "of" and word != "half")):
                if numerator == 1 and self._hyphen(place):
                    pass
                elif word in ("third", "fifth") and place != at and self.tokens.word(place) in ("a", "an"):
                    return self._ordinal(at, at, 3 if word == "third" else 5)
                else:
                    return None
        share = round_share({33: 100 / 3}.get(int(entry.value), entry.value) * numerator)
        return Core(place, at, share, share, "share", bound="exact" if entry.value in (50, 25, 20) else "approx", kind="percent")


def round_share(share: int | float) -> int | float:
    """Return a share of a hundred as it is usually said: whole from ten on, else with one decimal."""
    rounded = round(share) if share >= 10 else round(share, 1)
    return int(rounded) if float(rounded).is_integer() else rounded


_STOPS = frozenset(
    """of in on at by to for from with and or but as that which who whom whose is are was were be been being has have had do does did
    will would may might could can shall should must not when while after before since because if than then so the a an this these those
    his her its their our your my he she it they we you i into near against during under over about among between said says told
    reported also still yet there here where how why what amid within without out up down off through across along around""".split()
)
"""Words that end an English noun phrase."""
