"""Numbers in digits and in words."""

from __future__ import annotations

from cenotaph.extract.numbers.cores import Core, round_share
from cenotaph.extract.numbers.fractions import FractionReader
from cenotaph.extract.numbers.lexicon import read_cues
from cenotaph.extract.numbers.literals import read_literal

_SLOTS = {"unit": (10, 1), "teen": (100, 1), "ten": (100, 10), "hundred": (1000, 100)}
"""Role to what must be open above it and what is left open below it."""
_CARGOES = frozenset({200, 300})
_SHORTENED = read_cues("shortened")
_EXCESS = frozenset({"лишним", "небольшим", "хвостиком", "гаком", "чем-то", "лишком", "лишнім"})
_RANGE_WORDS = frozenset({"до", "-", "–", "—"})
_HALF = frozenset({"половиной", "половиною"})

_MANY_OF = frozenset({"thousands", "hundreds", "millions"})


class NumeralReader(FractionReader):
    """Reads numbers that have a value."""

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
        self._take_excess(core)
        return core

    def _case_ending(self, place: int) -> int:
        """Return where a case ending written after digits ends ("5-ти", "2-х"), 0 where there is none."""
        tokens = self.tokens
        if self.language == "en" or not self._hyphen(place):
            return 0
        if tokens.word(place + 2) in {
            "ти",
            "х",
            "ми",
            "мя",
            "и",
            "ка",
            "ух",
            "ех",
            "ро",
            "ра",
            "та",
            "рых",
            "еро",
            "ое",
            "ма",
            "ома",
        }:
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
            if 1900 <= (core.low or 0) <= 2100 and tokens.word(core.last + 1) in _MANY_OF:
                return  # "since 2024 thousands have fled": a year, and a number
            if self._is_scale(after) and after is not None and after.value < limit and not self._is_time(core):
                limit = int(after.value)
                self._multiply(core, after.value, core.last + 1)
                taken = True
                continue
            break
        if not taken:
            return
        following = tokens.word(core.last + 1)
        if (
            self.language != "en"
            and following[:1].isdecimal()
            and tokens.word(core.first - 1) not in ("из", "з", "із", "с", "від")
        ):
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

    def _keep_point(self, core: Core) -> None:
        """Take the point of "тыс." into a number."""
        if self.tokens.word(core.last) in _SHORTENED and self.tokens.word(core.last + 1) == "." and self.tokens.glued(core.last):
            core.last = core.finish = core.last + 1

    def _next_number(self, place: int) -> int:
        """Return the token that may carry a number in words on: the next, or the one after a joining hyphen."""
        return place + 2 if self._hyphen(place) else place + 1

    def _read_half_of_a_range(self, place: int, value: int | float) -> Core | None:
        """Read "полутора" in "от полутора до двух тысяч", whose thousands follow the second number."""
        further = self._entry(place + 2)
        if self.tokens.word(place + 1) not in _RANGE_WORDS or further is None or not self._is_scale(self._entry(place + 3)):
            return None
        return Core(place, place, value, value, words=True)

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
            elif entry.role == "collective" and last >= place and room == 10 and current % 10 == 0:
                current += entry.value  # "двадцать пятеро"
                room = 1
            elif entry.role in ("nought", "both", "collective", "fused", "half"):
                if last >= place:
                    break
                current = entry.value
                room = 1
                if entry.role == "half" and not self._is_scale(self._entry(self._next_number(at))):
                    return self._read_half_of_a_range(at, current)
            elif self._is_scale(entry):
                if entry.value == 100 and entry.role == "scale":
                    if (room < 100 and current >= 20 and current % 10 == 0) or current >= 100:
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
            elif entry.role == "ordinal" and room == 1:
                if entry.value in _CARGOES:
                    break  # "двое двухсотых": soldiers' words for the dead and the wounded
                if last == place and entry.value >= 3 and tokens.word(at).endswith(("ых", "их")):
                    share = round_share(100 * current / entry.value)
                    return Core(place, at, share, share, "share", bound="approx", kind="percent")
                break
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
        self._take_digits(core)
        self._take_excess(core)
        return core

    def _take_excess(self, core: Core) -> None:
        """Add the scale behind "шесть с лишним тысяч", "3 с небольшим миллиона"."""
        tokens = self.tokens
        word = tokens.word(core.last + 2)
        if tokens.word(core.last + 1) not in ("с", "з", "із") or (word not in _EXCESS and word not in _HALF):
            return
        scale = self._entry(core.last + 3)
        if not self._is_scale(scale) or scale is None or core.low is None or scale.value < 100:
            return
        if word in _HALF:
            core.low += 0.5
            self._multiply(core, scale.value, core.last + 3)
            return
        self._multiply(core, scale.value, core.last + 3)
        core.high = None
        core.bound = "more_than"

    def _take_digits(self, core: Core) -> None:
        """Add digits behind thousands in words: "двух тысяч 300"."""
        following = self.tokens.word(core.last + 1)
        if self.language == "en" or core.scale != 1000 or not following[:1].isdecimal():
            return
        if self.tokens.word(core.first - 1) in ("с", "из"):
            return
        more = read_literal(following)
        if isinstance(more.value, int) and 100 <= more.value < 1000:
            core.low = core.high = (core.low or 0) + more.value
            core.last = core.finish = core.last + 1

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
        elif (
            following in ("с", "з", "із")
            and tokens.word(last + 2) in ("половиной", "половиною")
            and self._is_scale(self._entry(last + 3))
        ):
            return True, last + 3
        return None
