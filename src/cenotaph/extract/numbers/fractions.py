"""Ordinals and shares in words."""

from __future__ import annotations

from cenotaph.extract.numbers.cores import Core, round_share
from cenotaph.extract.numbers.lexicon import Lexicon, Word, read_cues
from cenotaph.extract.numbers.tokens import Tokens

_EVERY = read_cues("every")


class FractionReader:
    """Reads ordinals, halves, thirds and "every third" with one language's words."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon, language: str) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.language = language

    def _entry(self, place: int) -> Word | None:
        return self.lexicon.numbers.get(self.tokens.word(place))

    def _hyphen(self, place: int) -> bool:
        """Whether a hyphen joins the token at a place with the one after the hyphen."""
        tokens = self.tokens
        if tokens.word(place + 1) != "-" or not tokens.glued(place):
            return False
        return tokens.glued(place + 1) or tokens.ends_line(place + 1)

    def _is_scale(self, entry: Word | None) -> bool:
        return entry is not None and (
            entry.role in ("scale", "plural") or (entry.role == "group" and entry.value not in (2, 3, 4))
        )

    def _ordinal(self, place: int, last: int, value: int | float) -> Core:
        return Core(place, last, value, value, "ordinal", kind="ordinal")

    def _is_ordinal(self, place: int) -> bool:
        entry = self._entry(place)
        return entry is not None and entry.role == "ordinal"

    def _read_ordinal(self, place: int, entry: Word) -> Core | None:
        if self.tokens.word(place - 1) in _EVERY and entry.value > 1:
            share = round_share(100 / entry.value)
            return Core(place - 1, place, share, share, "share", bound="approx", kind="percent")
        if self.tokens.word(place) == "second" and self.tokens.word(place - 1) in ("a", "split"):
            return None
        return self._ordinal(place, place, entry.value)

    def _read_share(self, place: int, entry: Word) -> Core | None:
        tokens = self.tokens
        word, before, after = tokens.word(place), tokens.word(place - 1), tokens.word(place + 1)
        if self.language == "en":
            if word == "half":
                at = place + 2 if after == "a" else place + 1
                scale = self._entry(at)
                if self._is_scale(scale) and scale is not None and after != "of":
                    value = int(scale.value // 2)
                    return Core(place, at, value, value)
                if before in ("first", "second", "other", "latter", "later", "and", "one", "a") and after != "of":
                    return None
            elif before in _EVERY and entry.value != 25:
                share = round_share(entry.value)
                return Core(place - 1, place, share, share, "share", bound="approx", kind="percent")
            elif word in ("third", "fifth"):
                return self._ordinal(place, place, 3 if word == "third" else 5)
            else:
                return None
        elif (scale := self._entry(place + 1)) is not None and self._is_scale(scale) and scale.value >= 1000:
            value = int(scale.value * {33: 1 / 3}.get(int(entry.value), entry.value / 100))
            return Core(place, place + 1, value, value)  # "четверть миллиона"
        elif before in ("первой", "второй", "последней", "другой") or self._is_ordinal(place + 1):
            # "в половине десятого", "в первой половине 2023 года"
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
