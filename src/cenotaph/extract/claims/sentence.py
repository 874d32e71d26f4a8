"""One sentence, analysed: its words, names, frames, verbs of saying, what happened, and how far its parts lie apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache, cached_property

from cenotaph.extract.claims.lexicon import Lexicon, PhraseIndex, Word
from cenotaph.extract.claims.spans import Name, Number, Span, Trigger
from cenotaph.extract.numbers import NumberMention
from cenotaph.reference.files import read_rows
from cenotaph.reference.word_sets import read_word_set
from cenotaph.text.layout import Unit
from cenotaph.text.tokens import Token, split_tokens

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
_BE = read_word_set("sentence.be")
_HAVE = read_word_set("sentence.have")
_MODAL = read_word_set("sentence.modal")
_LIGHT_ADVERBS = read_word_set("sentence.light_adverbs")
_NOUN_LEADS = read_word_set("sentence.noun_leads")
_OBJECTS = frozenset({"him", "them", "me", "us", "himself", "themselves", "herself", "whoever", "nobody", "somebody", "everyone"})
_OF_THE_LIVING = frozenset({"rescued", "wounded", "released", "displaced", "recruited", "fighting", "captured", "detained"})
_BODIES = read_word_set("pattern.en.dead_body")
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "every", "each", "any"})
_DETERMINERS = read_word_set("sentence.determiners")
STRONG = read_word_set("sentence.strong")


@cache
def _read_distances() -> dict[str, dict[str, float]]:
    """Return how far conjunctions and the like set apart what stands around them."""
    found: dict[str, dict[str, float]] = {}
    for language, word, distance, _ in read_rows("claims/distances.csv", ("language", "word", "distance", "source")):
        found.setdefault(language, {})[word] = float(distance)
    return found


_SENDING = read_word_set("sentence.sending")
_WAR = tuple(read_word_set("sentence.war"))
_ACHIEVED = ("смог", "сумел", "успел", "удал")
"""Beginnings of the verbs by which something was done: "четверо смогли выбраться"."""
_VERBAL = frozenset({"VERB", "PRTS", "PRTF", "INFN", "GRND", "ADJS", "ADJF"})
_OPENING = {"—": "—–", "–": "—–", "(": ")"}


class Sentence:
    """A unit of a text with everything that is looked up in it, each when it is first asked for."""

    def __init__(self, text: str, unit: Unit, lexicon: Lexicon, mentions: list[NumberMention]) -> None:
        self.text = text
        self.unit = unit
        self.lexicon = lexicon
        self.language = lexicon.language
        self.tokens: list[Token] = split_tokens(text, unit.start, unit.end)
        self._starts = [token.start for token in self.tokens]
        self._ends = [token.end for token in self.tokens]
        self.numbers = [self._place(mention) for mention in mentions]

    def _place(self, mention: NumberMention) -> Number:
        start = max(0, bisect_right(self._starts, mention.start) - 1)
        end = bisect_left(self._ends, mention.end) + 1
        return Number(mention, start, min(end, len(self.tokens)))

    def at(self, offset: int) -> int:
        """Return the token at or after a code point."""
        return min(bisect_left(self._starts, offset), max(0, len(self.tokens) - 1))

    def until(self, offset: int) -> int:
        """Return the first token that begins at or after a code point, one past the last where there is none."""
        return bisect_left(self._starts, offset)

    @cached_property
    def words(self) -> list[Word]:
        """What is known of every token."""
        know = self.lexicon.know
        return [know(token) for token in self.tokens]

    @cached_property
    def costs(self) -> list[float]:
        """How far every token lies from the first: differences of these are distances."""
        table = _read_distances().get(self.language, {})
        found = [0.0]
        sum_ = 0.0
        spans: set[int] = set()
        for number in self.numbers:
            spans.update(range(number.start, number.end))
        for at, token in enumerate(self.tokens):
            if at in spans:
                sum_ += 0.05
            else:
                sum_ += 0.08 + (
                    _MARK_COSTS.get(token.text, 0.0) if len(token.text) == 1 else table.get(token.low, 0.0)
                )
            found.append(sum_)
        return found

    @cached_property
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

    @cached_property
    def frames(self) -> list[Span]:
        """Words that frame a statement: parts, conditions, doubts."""
        return self._find(self.lexicon.frames)

    @cached_property
    def speech(self) -> list[Span]:
        """Verbs of saying and what introduces a source."""
        return [span for span in self._find(self.lexicon.speech) if not self._is_in_a_name(span.start)]

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

    @cached_property
    def number_at(self) -> dict[int, Number]:
        """The number that covers a token."""
        return {at: number for number in self.numbers for at in range(number.start, number.end)}

    @cached_property
    def name_at(self) -> dict[int, Name]:
        """The name that covers a token."""
        return {at: name for name in self.names for at in range(name.start, name.end)}

    @cached_property
    def trigger_at(self) -> dict[int, Trigger]:
        """The first trigger that covers a token."""
        found: dict[int, Trigger] = {}
        for trigger in self.triggers:
            for at in range(trigger.start, trigger.end):
                found.setdefault(at, trigger)
        return found

    @cached_property
    def acts(self) -> list[Span]:
        """Words for what is done to people."""
        return self._find(self.lexicon.acts)

    @cached_property
    def is_in_capitals(self) -> bool:
        """Whether it is written in capitals throughout, so that a capital tells nothing."""
        words = [token.text for token in self.tokens if token.is_word and len(token.text) > 2]
        return len(words) > 2 and sum(word.isupper() for word in words) * 10 >= len(words) * 8

    @property
    def has_speech(self) -> bool:
        """Whether it has a verb of saying, or a colon that may stand for one."""
        return bool(self.speech) or any(token.text == ":" for token in self.tokens)

    def _find(self, index: PhraseIndex[str]) -> list[Span]:
        found = []
        words = self.words
        for at in range(len(words)):
            if words[at].keys:
                seen: set[str] = set()
                for end, label in index.find(words, at):
                    if label not in seen:
                        seen.add(label)
                        found.append(Span(at, end, label))
        return found

    def has_frame(self, kind: str, start: int = 0, end: int | None = None) -> bool:
        """Return whether a frame of a kind begins among some tokens."""
        stop = len(self.tokens) if end is None else end
        return any(frame.label == kind and start <= frame.start < stop for frame in self.frames)

    @cached_property
    def names(self) -> list[Name]:
        """Names of places and peoples, the longest at each place."""
        found: list[Name] = []
        words, tokens = self.words, self.tokens
        at = 0
        while at < len(words):
            best: Name | None = None
            capital = tokens[at].text[0].isupper() or self.language != "en"
            if capital and self.language == "en" and tokens[at].low in ("us", "uk"):
                capital = tokens[at].text.isupper() and not (tokens[at].low == "us" and self.is_in_capitals)
            if words[at].keys and capital:
                for end, naming in self.lexicon.names.find(words, at):
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
            if best is None:
                at += 1
            else:
                found.append(best)
                at = best.end
        return found

    @cached_property
    def triggers(self) -> list[Trigger]:
        """What is said to have happened; of overlapping words the longest."""
        found: list[Trigger] = []
        words = self.words
        covered_until = -1
        for at in range(len(words)):
            if not words[at].keys:
                continue
            rows = list(self.lexicon.outcomes.find(words, at))
            if rows and self.language != "en":
                if at in self.number_at and words[at].low.isdecimal():
                    continue  # "200" of people, not the word for the dead
                rows = [row for row in rows if not self._ends_in_another(at, row[0])]
                if _SENDING.intersection(words[at].parse.lemmas) and not self._speaks_of_war:
                    rows = [row for row in rows if row[0] > at + 1 or row[1].outcome not in ("recruited", "fighting")]
            if not rows:
                continue
            end = rows[0][0]
            if end <= covered_until:
                continue
            if (
                end - at > 2
                and self.language == "en"
                and rows[0][1].outcome in _OF_THE_LIVING
                and any(token.low in _BODIES for token in self.tokens[at + 1 : end])
            ):
                rows = [row for row in rows if row[0] - at <= 2]  # "lifted 139 sets of remains out of the trench"
                if not rows:
                    continue
                end = rows[0][0]
            if (
                end - at == 1
                and words[at].kind not in ("", "thing")
                and words[at].forms
                and not any(f.past or f.participle or f.ing for f in words[at].forms)
            ):
                rows = [row for row in rows if row[1].role not in ("trans", "intr")]
                if not rows:
                    continue  # "a volunteer", "two recruits": the noun, not the verb
                end = rows[0][0]
            if (
                end - at == 1
                and words[at].forms
                and self.language == "en"
                and at
                and not any(f.past or f.participle or f.ing for f in words[at].forms)
                and (
                    self.tokens[at - 1].low in _NOUN_LEADS
                    or (at - 1 in self.number_at and (self.tokens[at].low.endswith("s") or rows[0][1].outcome not in STRONG))
                )
            ):
                rows = [row for row in rows if row[1].role not in ("trans", "intr", "pass", "light", "loss")]
                if not rows:
                    continue  # "for release", "under contracts", "eleven exchanges"
                end = rows[0][0]
            if (
                end - at == 1
                and at
                and self.language == "en"
                and self.tokens[at - 1].low in _ARTICLES
                and any(f.ing for f in words[at].forms)
            ):
                rows = [row for row in rows if row[1].role not in ("trans", "intr", "pass", "light", "loss", "shot")]
                if not rows:
                    continue  # "the shooting", "a killing": the noun
            same = [row for stop, row in rows if stop == end]
            outcome = same[0].outcome
            roles = frozenset(row.role for row in same if row.outcome == outcome)
            others = tuple(dict.fromkeys(row.outcome for row in same if row.outcome != outcome))
            found.append(
                Trigger(
                    at,
                    end,
                    outcome,
                    roles,
                    same[0].unit,
                    self._tell_voice(at, end, roles),
                    self._is_negated(at) or self._has_failed(at, end),
                    others,
                )
            )
            covered_until = max(covered_until, end)
        return found

    @cached_property
    def _speaks_of_war(self) -> bool:
        """Whether a word of war or service stands in the sentence: without one, who is sent is not sent to war."""
        return any(token.low.startswith(_WAR) for token in self.tokens)

    def _ends_in_another(self, at: int, end: int) -> bool:
        """Return whether words with a gap end in a participle that a number within counts: "на войну взяли 56 осуждённых"."""
        if end - at > 2 and self.words[at].parse.kinds == {"PRTF"} and self.words[end - 1].parse.kinds & {"PREP"}:
            return True  # "пострадавших были доставлены в": two things
        return (
            end - at > 2
            and self.words[end - 1].parse.kinds != frozenset()
            and self.words[end - 1].parse.kinds <= {"PRTF", "NOUN", "ADJF"}
            and "PRTF" in self.words[end - 1].parse.kinds
            and any(at < number.start and number.end < end for number in self.numbers)
        )

    def _tell_voice(self, at: int, end: int, roles: frozenset[str]) -> str:
        if not roles & {"trans", "intr", "light", "loss", "shot", "none", "pass"}:
            return ""
        # A pattern may begin with its negation ("not found", "не найдены"): the verb after it tells.
        while at < end - 1 and self.tokens[at].low in ("not", "never", "не"):
            at += 1
        if self.language == "ru" and end - at > 1 and self.words[at].parse.kinds <= {"PRTF", "ADJF", "NOUN"}:
            verbs = [place for place in range(at, end) if self.words[place].parse.kinds & {"VERB", "PRTS"}]
            if verbs:
                return self._tell_slavic(verbs[-1])  # "выжившими оказались"
        if self.language == "en":
            return self._tell_english(at)
        if end - at > 1 and not self.words[at].parse.kinds & _VERBAL:
            return self._tell_slavic(end - 1)  # "в плен взяты": the verb stands last
        return self._tell_slavic(at)

    def _tell_english(self, at: int) -> str:
        forms = self.words[at].forms
        tokens = self.tokens
        before = at - 1
        while before >= 0 and before >= at - 4 and tokens[before].low in _LIGHT_ADVERBS:
            before -= 1
        previous = tokens[before].low if before >= 0 else ""
        if any(form.ing for form in forms):
            if previous == "being":
                return "passive"
            return "active" if previous in _BE else "ing"
        participle = any(form.participle for form in forms)
        if participle and previous in _BE:
            return "passive"
        if previous in ("not", "never") and before >= 1 and tokens[before - 1].low in _BE and participle:
            return "passive"
        if previous in _HAVE:
            return "active"
        if previous in _MODAL:
            return "inf"
        if participle or any(form.past for form in forms):
            return "bare"
        return "active" if forms else ""

    def _tell_slavic(self, at: int) -> str:
        parse = self.words[at].parse
        if self.language == "uk":
            low = self.tokens[at].low
            return "passive" if low.endswith(("ні", "но", "то", "ті", "ний", "ена", "ано")) else "active"
        kinds = parse.kinds
        if "PRTS" in kinds or "ADJS" in kinds:
            return "passive"
        if "VERB" in kinds:
            return "active"
        if "PRTF" in kinds or "ADJF" in kinds:
            return "part"
        if "INFN" in kinds:
            done = at > 0 and self.tokens[at - 1].low.startswith(_ACHIEVED)
            return "active" if done else "inf"
        if "GRND" in kinds:
            return "ing"
        return "active"

    def _is_negated(self, at: int) -> bool:
        tokens = self.tokens
        if self.language == "en":
            for before in range(max(0, at - 4), at):
                low = tokens[before].low
                if low in ("not", "never", "n't", "cannot") or low.endswith("n't"):
                    between = [token.low for token in tokens[before + 1 : at]]
                    if all(
                        word in _BE or word in _HAVE or word in _LIGHT_ADVERBS or word in _MODAL for word in between
                    ) and not (between and between[0] == "only"):
                        return True
            return False
        previous = tokens[at - 1].low if at else ""
        if at > 1 and tokens[at - 2].low == "не" and previous.startswith(("успе", "смог", "мог", "суме", "уда")):
            return "INFN" in self.words[at].parse.kinds
        if previous in ("не", "ни"):
            return not (at > 1 and tokens[at - 2].low in ("пока", "чуть"))
        return previous in ("был", "были", "было", "были") and at > 1 and tokens[at - 2].low == "не"

    def _has_failed(self, at: int, end: int) -> bool:
        """Return whether an infinitive could not be done: "забрать тела пока не удалось"."""
        if self.language != "ru" or "INFN" not in self.words[at].parse.kinds:
            return False
        for place in range(end, min(len(self.tokens) - 1, end + 7)):
            if self.tokens[place].text in ".;:":
                return False
            if self.tokens[place].low == "не" and self.tokens[place + 1].low.startswith(_ACHIEVED):
                return True
        return False

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
