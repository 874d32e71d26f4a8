"""One sentence, analysed: its words, names, frames, verbs of saying, what happened, and how far its parts lie apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from typing import Any, Never

from cenotaph.extract.claims.kept import kept
from cenotaph.extract.claims.lexicon import ACTS, FRAMES, NAMES, SPEECH, Lexicon, Opening, Word, find_phrases
from cenotaph.extract.claims.spans import Name, Number, Span, Trigger
from cenotaph.extract.claims.triggers import STRONG, find_triggers
from cenotaph.extract.numbers import NumberMention
from cenotaph.reference.files import read_rows
from cenotaph.reference.word_sets import read_word_set
from cenotaph.text.layout import Unit
from cenotaph.text.tokens import Token, split_columns

# What stands between two words and how far it sets them apart.
_MARK_COSTS = {
    ";": 5.0,
    ":": 1.2,
    "(": 1.6,
    ")": 1.6,
    "—": 1.0,
    "–": 1.0,
    ",": 0.7,
    "…": 3.0,
    "!": 5.0,
    "?": 5.0,
    ".": 3.0,
    "•": 4.0,
    "|": 4.0,
}
_OBJECTS = frozenset({"him", "them", "me", "us", "himself", "themselves", "herself", "whoever", "nobody", "somebody", "everyone"})
_DETERMINERS = read_word_set("sentence.determiners")
_REPORTS = frozenset({"report", "reports", "claim", "claims", "estimate", "estimates"})
_STATES = frozenset({"member", "individual", "african", "arab", "baltic", "asian", "united", "gulf", "other", "several", "these"})
_DETERMINING = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her", "our", "new", "joint", "latest"})


@cache
def _read_distances(language: str) -> dict[str, float]:
    """Return how far words of a language, conjunctions and the like, set apart what stands around them."""
    rows = read_rows("claims/distances.csv", ("language", "word", "distance", "source"))
    return {word: _STEP + float(distance) for tag, word, distance, _ in rows if tag == language}


_STEP = 0.08  # from one word to the next
_STEP_IN_NUMBER = 0.05
_STEPS = {mark: _STEP + cost for mark, cost in _MARK_COSTS.items()}
_OPENING = {"—": "—–", "–": "—–", "(": ")"}


class Sentence:
    """A unit of a text with everything that is looked up in it, each when it is first asked for."""

    def __init__(self, text: str, unit: Unit, lexicon: Lexicon, mentions: list[NumberMention]) -> None:
        self.text = text
        self.unit = unit
        self.lexicon = lexicon
        self.language = lexicon.language
        self.tokens: list[Token]
        self.tokens, self._starts, self._ends, self.texts, self.lows = split_columns(text, unit.start, unit.end)
        self.numbers = [self._place(mention) for mention in mentions]
        self.pair_scores: list[list[float]] | None = None
        self.refused: set[int] = set()
        self.barred: set[int] = set()

    def _place(self, mention: NumberMention) -> Number:
        start = max(0, bisect_right(self._starts, mention.start) - 1)
        end = bisect_left(self._ends, mention.end) + 1
        return Number(mention, start, min(end, len(self.tokens)))

    def refuse(self, number: Number) -> Never | None:  # noqa: RUF020 - callers return what it gives
        """Note that a number is known to claim nothing, and return None: what is weighed later leaves it alone."""
        self.refused.add(number.start)
        return None

    def bar(self, number: Number) -> None:
        """Note that a number claims nothing by its grammar or its place, whatever stands around it."""
        self.refused.add(number.start)
        self.barred.add(number.start)

    def at(self, offset: int) -> int:
        """Return the token at or after a code point."""
        return min(bisect_left(self._starts, offset), max(0, len(self.tokens) - 1))

    def until(self, offset: int) -> int:
        """Return the first token that begins at or after a code point, one past the last where there is none."""
        return bisect_left(self._starts, offset)

    @kept
    def words(self) -> list[Word]:
        """What is known of every token."""
        return list(map(self.lexicon.words.__getitem__, self.lows))

    @kept
    def keys(self) -> frozenset[str]:
        """The keys of all its words."""
        return frozenset().union(*[word.keys for word in self.words])

    @kept
    def line(self) -> str:
        """Its words to look up with one space between: tells at once that some words stand nowhere in it."""
        return " ".join(self.lows)

    @kept
    def costs(self) -> list[float]:
        """How far every token lies from the first: differences of these are distances."""
        texts = self.texts
        of_mark, of_word = _STEPS.get, _read_distances(self.language).get
        steps = [
            of_mark(text, _STEP) if len(text) == 1 else of_word(low, _STEP)
            for text, low in zip(texts, self.lows, strict=True)
        ]
        for at, text in enumerate(texts):
            if text == "." and at and len(texts[at - 1]) == 1 and texts[at - 1].isupper():
                steps[at] = _STEP  # an initial
        for number in self.numbers:
            steps[number.start : number.end] = [_STEP_IN_NUMBER] * (number.end - number.start)
        return list(accumulate(steps, initial=0.0))

    @kept
    def brackets(self) -> list[tuple[int, int]]:
        """The tokens of every bracket that opens and closes, outermost only."""
        found: list[tuple[int, int]] = []
        opened = -1
        depth = 0
        for at, token in enumerate(self.tokens):
            if token.text == "(":
                opened = at if depth == 0 else opened
                depth += 1
            elif token.text == ")" and depth:
                depth -= 1
                if depth == 0:
                    found.append((opened, at))
        return found

    @kept
    def bracket_at(self) -> dict[int, int]:
        """Where each of these brackets closes, by where it opens."""
        return dict(self.brackets)

    def cost(self, start: int, end: int) -> float:
        """Return how far apart two tokens lie, what stands between them alone; nothing where they touch."""
        if end <= start:
            return 0.0
        opening = self.tokens[start].text
        if opening in _OPENING:
            closing = next(
                (at for at in range(start + 1, min(end, start + 16)) if self.tokens[at].text in _OPENING[opening]),
                None,
            )
            if closing is not None and not self._is_label_dash(start, closing):
                return 0.5 + self.cost(closing + 1, end)  # "three students — two men and a woman — were killed"
        full = self.costs[end] - self.costs[start]
        for first, last in self.brackets:
            if start <= first and last < end:
                full -= self.costs[last + 1] - self.costs[first] - 0.5  # what stands in brackets sets little apart
        if (
            full > 1.4
            and end - start <= 14
            and self.tokens[start].text == ","
            and self.tokens[end - 1].text == ","
            and end - start > 2
        ):
            return min(full, 0.9)  # a parenthesis between commas sets little apart
        return full

    def _is_label_dash(self, opening: int, closing: int) -> bool:
        """Return whether two dashes each set a label off its figure, "убито — 5; ранено — 17", and enclose nothing."""
        return self.tokens[opening].text != "(" and (
            closing + 1 in self.number_at or any(token.text == ";" for token in self.tokens[opening:closing])
        )

    @kept
    def frames(self) -> list[Span]:
        """Words that frame a statement: parts, conditions, doubts."""
        return self._find(FRAMES)

    @kept
    def speech(self) -> list[Span]:
        """Verbs of saying and what introduces a source."""
        return [
            span
            for span in self._find(SPEECH)
            if not self._is_in_a_name(span.start) and not (self.language == "en" and self._is_a_report(span))
        ]

    def _is_a_report(self, span: Span) -> bool:
        """Return whether a word of saying is a noun here: "the report reveals", "this claim"."""
        if not span.start:
            return False
        if self.tokens[span.start].low == "states":
            return self.tokens[span.start - 1].low in _STATES or span.start - 1 in self.number_at
        if self.tokens[span.start].low not in _REPORTS:
            return False
        return self.tokens[span.start - 1].low in _DETERMINING

    def _is_in_a_name(self, at: int) -> bool:
        """Return whether a word is written as a part of a name: the last of "Missing Migrants Project"."""
        if not at or self.language != "en":
            return False
        word, previous = self.tokens[at], self.tokens[at - 1]
        return (
            word.text[0].isupper()
            and previous.text[0].isupper()
            and not (word.text.isupper() and len(word.text) > 1)
            and self.unit.kind != "heading"
        )

    @kept
    def number_at(self) -> dict[int, Number]:
        """The number that covers a token."""
        return {at: number for number in self.numbers for at in range(number.start, number.end)}

    @kept
    def name_at(self) -> dict[int, Name]:
        """The name that covers a token."""
        return {at: name for name in self.names for at in range(name.start, name.end)}

    @kept
    def trigger_at(self) -> dict[int, Trigger]:
        """The first trigger that covers a token."""
        found: dict[int, Trigger] = {}
        for trigger in self.triggers:
            for at in range(trigger.start, trigger.end):
                found.setdefault(at, trigger)
        return found

    @kept
    def acts(self) -> list[Span]:
        """Words for what is done to people."""
        return self._find(ACTS)

    @kept
    def is_in_capitals(self) -> bool:
        """Whether it is written in capitals throughout, so that a capital tells nothing."""
        words = [text for text in self.texts if len(text) > 2 and text[0].isalpha()]
        return len(words) > 2 and sum(map(str.isupper, words)) * 10 >= len(words) * 8

    @property
    def has_speech(self) -> bool:
        """Whether it has a verb of saying, or a colon that may stand for one."""
        return bool(self.speech) or ":" in self.lows

    @kept
    def openings(self) -> tuple[list[tuple[int, Opening[Any]]], ...]:
        """For each index of the lexicon the words at which a pattern may begin, with what they open."""
        found: tuple[list[tuple[int, Opening[Any]]], ...] = ([], [], [], [], [])
        words, present = self.words, self.keys
        following = [word.keys for word in words[1:]]
        following.append(frozenset())
        for at, word in enumerate(words):
            for place, opening, nexts, lasts in word.opens:
                if nexts is None or not nexts.isdisjoint(following[at]) or not lasts.isdisjoint(present):
                    found[place].append((at, opening))
        return found

    def _find(self, index: int) -> list[Span]:
        found = []
        words = self.words
        for at, opening in self.openings[index]:
            rows = find_phrases(words, at, opening, self.keys)
            if len(rows) == 1:
                found.append(Span(at, *rows[0]))
                continue
            seen: set[str] = set()
            for end, label in rows:
                if label not in seen:
                    seen.add(label)
                    found.append(Span(at, end, label))
        return found

    def has_frame(self, kind: str, start: int = 0, end: int | None = None) -> bool:
        """Return whether a frame of a kind begins among some tokens."""
        stop = len(self.tokens) if end is None else end
        return any(frame.label == kind and start <= frame.start < stop for frame in self.frames)

    @kept
    def names(self) -> list[Name]:
        """Names of places and peoples, the longest at each place."""
        found: list[Name] = []
        words, tokens = self.words, self.tokens
        until = 0
        for at, opening in self.openings[NAMES]:
            if at < until:
                continue
            best: Name | None = None
            capital = tokens[at].text[0].isupper() or self.language != "en"
            if capital and self.language == "en" and tokens[at].low in ("us", "uk"):
                capital = tokens[at].text.isupper() and not (tokens[at].low == "us" and self.is_in_capitals)
            if not capital:
                continue
            for end, naming in find_phrases(words, at, opening, self.keys):
                if best is None:
                    if naming.sense == "name" and not tokens[at].text[0].isupper():
                        continue
                    best = Name(at, end, (naming.code,), naming.sense)
                elif (
                    end == best.end
                    and naming.code not in best.codes
                    and (best.sense == "name") == (naming.sense == "name")
                ):
                    best = Name(at, end, (*best.codes, naming.code), best.sense)
            if best is not None:
                found.append(best)
                until = best.end
        return found

    @kept
    def triggers(self) -> list[Trigger]:
        """What is said to have happened; of overlapping words the longest."""
        return find_triggers(self)

    def is_active_english(self, trigger: Trigger) -> bool:
        """Return whether a past form that may be a participle governs an object: a noun phrase follows."""
        after = trigger.end
        tokens = self.tokens
        if after >= len(tokens):
            return False
        low = tokens[after].low
        if after in self.number_at:
            return True
        named = self.name_at.get(after)
        if named is not None and named.sense != "name":
            return True
        if low in _OBJECTS:
            return True  # "six detectives who arrested him"
        return (low in _DETERMINERS and low not in ("over", "about", "around", "up", "at")) or bool(
            self.words[after].kind and self.words[after].kind != "thing" and low not in ("others",)
        )


__all__ = ["STRONG", "Sentence"]
