"""The lexicons, indexed by language; what is known of a word form; finding phrases in a sentence.

An element of a pattern is a word form or, in Russian, a normal form; ``x+`` is every form of an English verb, ``x~`` singular and
plural of an English noun, ``x*`` every word that begins so, ``x|y`` either, ``...`` up to six words between, ``..`` up to three.
``{x}`` is any word of the set ``pattern.LANGUAGE.x`` (``{x}+``: any of its verbs, in every form), so a class is listed once.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from cenotaph.extract.claims.morphology import (
    EnglishForm,
    Parse,
    find_lemma,
    inflect_noun,
    inflect_verb,
    parse_russian,
)
from cenotaph.reference.files import read_rows
from cenotaph.reference.place_words import read_demonyms, read_names
from cenotaph.reference.word_sets import read_word_set
from cenotaph.text.tokens import fold_word

_ADJECTIVE_ENDINGS = (
    "ыми",
    "ими",
    "ого",
    "его",
    "ому",
    "ему",
    "ых",
    "их",
    "ым",
    "им",
    "ые",
    "ие",
    "ом",
    "ем",
    "ая",
    "ую",
    "ой",
)
_PRONOUNS = frozenset({"тот", "то", "сам", "мой", "весь", "это"})  # what pymorphy3 makes of "Того", "Мали" ...
T = TypeVar("T")
_PREPOSITIONS = frozenset({"в", "на", "из", "за", "от", "с", "к", "до", "по", "под", "против", "после", "при", "о"})
_PARTICIPLES = ("ый", "ий", "ой", "щий", "шие", "ыми", "ой")
_INFINITIVES = ("ть", "ться", "ти", "тись", "чь", "чься")
_GAP = 6
_KEPT_WORDS = 200_000
_CLAUSE_MARKS = frozenset(";:.!?()—–")
_GAP_MARKS = _CLAUSE_MARKS | {",", "мы", "я", "он", "она", "они", "вы", "ми", "він", "вона", "вони"}
_SHORT_GAP = 3
_ASIDES = frozenset({"по", "согласно", "судя", "как", "видимо", "вероятно", "кстати", "например", "напомним", "возможно"})
_LONGEST_ASIDE = 10
_QUOTES = frozenset('«"“„')
OUTCOMES, NAMES, FRAMES, SPEECH, ACTS = range(5)
"""The indexes of a lexicon by their places."""


class Outcome(NamedTuple):
    """One row of the table of outcomes."""

    outcome: str
    role: str
    unit: str


class Naming(NamedTuple):
    """What a name of a place or of its people says."""

    code: str
    sense: str


class Word:
    """What is known of one word form in one language; inflected is an English verb's past, participle or form in -ing."""

    __slots__ = ("forms", "inflected", "keys", "kind", "low", "opens", "parse")

    def __init__(
        self, low: str, keys: frozenset[str], forms: tuple[EnglishForm, ...], parse: Parse, kind: str,
        opens: tuple[_Opened, ...] = (),
    ) -> None:  # fmt: skip
        self.low = low
        self.keys = keys
        self.forms = forms
        self.inflected = any(form.past or form.participle or form.ing for form in forms)
        self.parse = parse
        self.kind = kind
        self.opens = opens


_Pattern = tuple[tuple[frozenset[str] | None, ...], frozenset[str], int, T]
"""Elements, the last that is no gap, the place in the table, and what it stands for."""
_in_order = itemgetter(0, 1)


class Opening(NamedTuple, Generic[T]):
    """The patterns of one index that a word may begin.

    Parameters
    ----------
    alone
        What the word says by itself: place in the table and value, in the order of the table.
    gapped
        Patterns whose second element is a gap.
    seconds
        The other patterns of several words by the keys of their second.
    nexts
        The keys of these seconds.
    lasts
        What the patterns with a gap may end in.
    """

    alone: tuple[tuple[int, T], ...]
    gapped: tuple[_Pattern[T], ...]
    seconds: dict[str, list[_Pattern[T]]]
    nexts: frozenset[str]
    lasts: frozenset[str]


_Opened = tuple[int, Opening[Any], frozenset[str] | None, frozenset[str]]
"""The place of an index, what a word opens there, and its nexts and lasts; no nexts where the word says something by itself."""


class PhraseIndex(Generic[T]):
    """Patterns by the key of their first element."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[_Pattern[T]]] = {}
        self._by_second: dict[str, dict[str, list[_Pattern[T]]]] = {}
        self._firsts: set[str] = set()
        self._rows = 0
        self.elements: set[str] = set()

    def add(self, pattern: str, value: T) -> None:
        """Add a pattern."""
        elements: list[frozenset[str] | None] = []
        for element in pattern.split():
            if element in ("...", ".."):
                elements.append(None if element == "..." else frozenset())
                continue
            ends = element[-1] if element[-1] in "+~*" and "|" not in element else ""
            names = frozenset(element.split("|")) if not ends else frozenset([element])
            elements.append(names)
            self.elements |= names
        first = elements[0]
        assert first is not None
        second = elements[1] if len(elements) > 1 and elements[1] else None  # a gap has no words
        self._firsts |= first
        for key in first:
            entry = (tuple(elements), next(element for element in reversed(elements) if element), self._rows, value)
            if second is None:
                self._by_first.setdefault(key, []).append(entry)
            else:
                for name in second:
                    self._by_second.setdefault(key, {}).setdefault(name, []).append(entry)
        self._rows += 1

    def open(self, keys: frozenset[str]) -> Opening[T] | None:
        """Return the patterns that a word with some keys may begin, None where there are none."""
        if self._firsts.isdisjoint(keys):
            return None
        alone: list[tuple[int, T]] = []
        gapped: list[_Pattern[T]] = []
        seconds: dict[str, list[_Pattern[T]]] = {}
        for key in keys:
            for pattern in self._by_first.get(key, ()):
                if len(pattern[0]) == 1:
                    alone.append((pattern[2], pattern[3]))
                else:
                    gapped.append(pattern)
            for name, patterns in self._by_second.get(key, {}).items():
                seconds[name] = [*seconds.get(name, ()), *patterns]
        alone.sort(key=itemgetter(0))  # the keys of a word have no order of their own
        lasts = frozenset().union(*(pattern[1] for pattern in gapped))
        return Opening(tuple(alone), tuple(gapped), seconds, frozenset(seconds), lasts)


def find_phrases(words: list[Word], at: int, opening: Opening[T], present: Set[str]) -> list[tuple[int, T]]:
    """Return the end and the value of every pattern that begins at a word, the longest first, then as the table has them.

    Parameters
    ----------
    opening
        What the word opens.
    present
        The keys of all the words: a pattern whose last element is not among them is not looked for.
    """
    alone, gapped, seconds, _, lasts = opening
    found: list[tuple[int, int, T]] = []
    if gapped and not lasts.isdisjoint(present):
        for elements, last, row, value in gapped:
            if not last.isdisjoint(present) and (end := _match(elements, words, at)):
                found.append((-end, row, value))
    if seconds and at + 1 < len(words):
        for key in words[at + 1].keys:
            if key in seconds:
                for elements, last, row, value in seconds[key]:
                    if len(elements) == 2:
                        found.append((-2 - at, row, value))
                    elif not last.isdisjoint(present) and (end := _match(elements, words, at)):
                        found.append((-end, row, value))
    if not found:
        return [(at + 1, value) for _, value in alone]
    found += [(-1 - at, row, value) for row, value in alone]
    if len(found) > 1:
        found.sort(key=_in_order)
    return [(-minus, value) for minus, _, value in found]


def _match(elements: tuple[frozenset[str] | None, ...], words: list[Word], at: int) -> int:
    """Return where a pattern ends (one past), 0 where it does not match."""
    position = at + 1
    total = len(words)
    gap = 0
    for element in elements[1:]:
        if not element:
            gap = _GAP if element is None else _SHORT_GAP
            continue
        last = min(total, position + gap + 1)
        found = False
        while position < last:
            word = words[position]
            if not element.isdisjoint(word.keys):
                found = True
                break
            if word.low == "," and (skipped := _skip_aside(words, position)):
                position = skipped  # "контракт, по нашим сведениям, подписали"
                last = min(total, max(last, position + 1))
                continue
            if word.low in _QUOTES and position == last - 1 and last < total and (not gap or word.low == '"'):
                last += 1  # "увезли на «скорой»", "has got "over 1,600" of its nationals out"
            elif word.low in _GAP_MARKS or not gap or word.low == "не":
                break
            position += 1
        if not found:
            return 0
        position += 1
        gap = 0
    return position


def _skip_aside(words: list[Word], at: int) -> int:
    """Return where an aside between commas ends (one past): ", по нашим сведениям,"; 0 where none begins."""
    if at + 2 >= len(words) or words[at + 1].low not in _ASIDES:
        return 0
    for place in range(at + 2, min(len(words), at + _LONGEST_ASIDE)):
        low = words[place].low
        if low == ",":
            return place + 1
        if low in _CLAUSE_MARKS:
            return 0
    return 0


def expand_pattern(pattern: str, language: str) -> str:
    """Return a pattern with the names of its word classes replaced by their words.

    Raises
    ------
    KeyError
        Where a class has no words.
    """
    if "{" not in pattern:
        return pattern
    elements = []
    for element in pattern.split():
        name, brace, ending = element.removeprefix("{").partition("}")
        if element[0] == "{" and brace:
            words = read_word_set(f"pattern.{language}.{name}")
            element = "|".join(sorted(word + ending for word in words))
        elements.append(element)
    return " ".join(elements)


def _turn(pattern: str) -> Iterator[str]:
    """Yield the other orders of a Slavic verb and what goes with it: "ранения ... получили", "получили ... ранения"."""
    parts = pattern.split()
    if len(parts) < 2 or not parts[0].endswith(_INFINITIVES):
        return
    rest = parts[2:] if parts[1] in ("...", "..") else parts[1:]
    if not rest:
        return
    if len(rest) == 1 and rest[0] in _PREPOSITIONS:
        if parts[1] not in ("...", "..") and rest[0] not in ("в", "на", "из", "за"):
            yield f"{parts[0]} .. {rest[0]}"  # "простились сразу с тремя"
        return
    if not {"...", ".."} & set(rest) and not rest[0].endswith(_INFINITIVES):
        yield " ".join([*rest, parts[0]])
        yield " ".join([*rest, "..", parts[0]])
        if parts[1] not in ("...", "..") and not rest[0].endswith((*_PARTICIPLES, "*")):
            yield " ".join([parts[0], "...", *rest])


class _Words(dict[str, "Word"]):
    """What is known of the forms met so far, each found out when it is first looked up."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def __missing__(self, low: str) -> Word:
        if len(self) > _KEPT_WORDS:
            self.clear()  # memory stays flat over any number of texts
            self._lexicon.forget()
        word = self[low] = self._lexicon.make(low)
        return word


class Lexicon:
    """Everything the reader looks up in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.outcomes: PhraseIndex[Outcome] = PhraseIndex()
        self.names: PhraseIndex[Naming] = PhraseIndex()
        self.frames: PhraseIndex[str] = PhraseIndex()
        self.speech: PhraseIndex[str] = PhraseIndex()
        self.acts: PhraseIndex[str] = PhraseIndex()
        self._kinds: dict[str, str] = {}
        self.words = _Words(self)
        for tag, pattern, outcome, role, unit, _ in read_rows(
            "claims/outcomes.csv", ("language", "pattern", "outcome", "role", "unit", "source")
        ):
            if tag == language:
                pattern = expand_pattern(pattern, tag)
                self.outcomes.add(pattern, Outcome(outcome, role, unit or "people"))
                parts = pattern.split()
                denied = language == "en" and len(parts) > 1 and parts[0] in ("not", "never")
                if denied and parts[1].endswith("+") and parts[1] != "be+":
                    turned = " ".join([parts[0], "be+", *parts[1:]])  # "not found", "not been found"
                    self.outcomes.add(turned, Outcome(outcome, role, unit or "people"))
                if language != "en" and role in ("intr", "trans", "light"):
                    for turned in _turn(pattern):
                        self.outcomes.add(turned, Outcome(outcome, role, unit or "people"))
        for tag, word, kind, _ in read_rows("claims/counted.csv", ("language", "word", "kind", "source")):
            if tag == language:
                self._kinds[word] = kind
        for tag, pattern, kind, _ in read_rows("claims/speech.csv", ("language", "pattern", "kind", "source")):
            if tag == language:
                self.speech.add(expand_pattern(pattern, tag), kind)
        for tag, pattern, kind, _ in read_rows("claims/frames.csv", ("language", "pattern", "kind", "source")):
            if tag == language:
                self.frames.add(expand_pattern(pattern, tag), kind)
        for tag, pattern, act, _ in read_rows("claims/allegations.csv", ("language", "pattern", "act", "source")):
            if tag == language:
                self.acts.add(expand_pattern(pattern, tag), act)
        self._add_names()
        self._indexes: tuple[PhraseIndex[Any], ...] = (self.outcomes, self.names, self.frames, self.speech, self.acts)
        self._opens: dict[frozenset[str], tuple[_Opened, ...]] = {}
        elements = frozenset().union(*(index.elements for index in self._indexes))
        self._plain = frozenset(element for element in elements if element[-1] not in "+~*")
        self._beginnings = {element[:-1] for element in elements if element[-1] == "*"}
        self._longest = max((len(beginning) for beginning in self._beginnings), default=0)
        self._derived: dict[str, tuple[set[str], list[EnglishForm]]] = {}
        for element in elements:
            if element[-1] == "+":
                for form, meaning in inflect_verb(element[:-1]):
                    entry = self._derived.setdefault(form, (set(), []))
                    entry[0].add(element)
                    if meaning not in entry[1]:
                        entry[1].append(meaning)
            elif element[-1] == "~":
                for form in inflect_noun(element[:-1]):
                    self._derived.setdefault(form, (set(), []))[0].add(element)

    def _add_names(self) -> None:
        tag = self.language
        for code, _, name in read_names(tag):
            if len(name) > 1 and not (name.isupper() and len(name) < 3):
                self.names.add(self._spell(name), Naming(code, "name"))
        for demonym in read_demonyms(tag):
            self.names.add(
                self._spell(demonym.lemma),
                Naming(demonym.code, "adjective" if demonym.form == "adjective" else demonym.sense),
            )
        if tag == "en":
            for letters, code in (("u s", "US"), ("u k", "GB"), ("u a e", "AE"), ("d r c", "CD")):
                self.names.add(" . ".join(letters.split()) + " .", Naming(code, "adjective"))
            self.names.add("us", Naming("US", "adjective"))
            self.names.add("uk", Naming("GB", "adjective"))
        if tag == "uk":
            # Ukrainian has no morphology here: beginnings of the names that war reporting needs most.
            for code, sense, pattern, _ in read_rows("claims/names-uk.csv", ("code", "sense", "pattern", "source")):
                self.names.add(pattern, Naming(code, sense))

    def _spell(self, name: str) -> str:
        parts = fold_word(name).replace("(", " ").replace(")", " ").replace(".", " . ").split()
        if self.language == "ru":
            return (
                " ".join(
                    part
                    if not part.isalpha() and "-" not in part
                    else "|".join(sorted({part, find_lemma(part)} - _PRONOUNS | {part}))
                    for part in parts
                )
                or name
            )
        return " ".join(parts) or name

    def kind_of(self, word: str) -> str:
        """Return what kind of people or things a form is in the table of what is counted, empty where it is in none."""
        return self._kinds.get(word, "")

    def _kind_of_participle(self, low: str) -> str:
        """Return the kind of a participle used as a noun, which pymorphy3 gives as its verb ("заключённых")."""
        for ending in _ADJECTIVE_ENDINGS:
            if low.endswith(ending):
                found = self._kinds.get(low[: -len(ending)] + "ый") or self._kinds.get(low[: -len(ending)] + "ий")
                if found:
                    return found
        return ""

    def make(self, low: str) -> Word:
        """Find out what is known of a form."""
        keys = {low} if low in self._plain else set()
        forms: tuple[EnglishForm, ...] = ()
        parse = Parse()
        derived = self._derived.get(low)
        if derived:
            keys |= derived[0]
            forms = tuple(derived[1])
        kind = self._kinds.get(low, "")
        if self.language == "en" and low.endswith("'s") and low[:-2] in self.names.elements:
            keys.add(low[:-2])  # "Nepal's government"
        if self.language == "ru":
            parse = parse_russian(low)
            for lemma in parse.lemmas:
                if lemma in self._plain:
                    keys.add(lemma)
                if "-" in lemma and lemma.replace("-", "") in self._plain:
                    keys.add(lemma.replace("-", ""))
                kind = kind or self._kinds.get(lemma, "")
            kind = kind or self._kind_of_participle(low)
        if self._longest and len(low) > 1:
            for size in range(2, min(len(low), self._longest) + 1):
                if low[:size] in self._beginnings:
                    keys.add(low[:size] + "*")
        if not kind and self.language == "uk":
            kind = next((self._kinds[low[:size]] for size in range(len(low), 3, -1) if low[:size] in self._kinds), "")
        if not kind and "-" in low:
            kind = self._kinds.get(low.rpartition("-")[2], "")
        held = frozenset(keys)
        return Word(low, held, forms, parse, kind, self._list_openings(held) if held else ())

    def forget(self) -> None:
        """Forget what words open."""
        self._opens.clear()

    def _list_openings(self, keys: frozenset[str]) -> tuple[_Opened, ...]:
        """Return the indexes in which some keys open a pattern, each with what they open; kept for words of the same keys."""
        opens = self._opens.get(keys)
        if opens is None:
            listed = ((place, index.open(keys)) for place, index in enumerate(self._indexes))
            opens = self._opens[keys] = tuple(
                (place, opening, None if opening.alone else opening.nexts, opening.lasts)
                for place, opening in listed
                if opening is not None
            )
        return opens


@cache
def get_lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language; made once."""
    return Lexicon(language)
