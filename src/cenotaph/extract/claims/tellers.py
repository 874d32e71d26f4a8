"""Who tells a number where no rule finds a source: a small network points at the words.

Rules know verbs of saying. Whoever "printed 300", "had 71,200 dead" or "makes it 18" says so as well, and such verbs have no
end; what makes a subject a source is its noun, its verb and where both stand to the number. The network looks at each word of a
claim's sentence with two on either side, by vector, form and what the lexicon knows of it, and weighs every run of up to ten
words, and that nobody is named there. ``tools/fit_tellers.py`` makes it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cenotaph.extract.claims.attribution import sources_of, words_of
from cenotaph.extract.claims.confirming import confirms_another
from cenotaph.extract.claims.context import find_row, read_vectors, tell_shape
from cenotaph.extract.claims.draft import Draft
from cenotaph.extract.claims.lexicon import Word
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.source_phrases import source_words
from cenotaph.reference.files import FOLDER

if TYPE_CHECKING:
    import numpy as np

TOLD = 0.4  # somebody is named from this probability on
DOUBTED = 0.3  # a reviewer is asked above this
LONGEST = 10  # tokens of a source
NEAR = 2  # tokens looked at on either side of each
DISTANCES = 32
MARKS = 4  # marks, numbers between a word and a number are told up to this less one

_LABELS = ("say", "find", "confirm", "claim", "estimate", "deny", "add", "cite", "impersonal")
_LABEL = {label: at for at, label in enumerate(_LABELS, 1)}
_KINDS = {"": 0, "thing": 1, "group": 2, "generic": 3, "collective": 4}
_COUNTED = {"people_candidate": 1, "percent": 1, "zero": 1, "another": 1, "indefinite": 1}
NOTES = len(_LABELS) + 8  # what may be noted of a token in its sentence: nothing, a verb of saying, an outcome ...
_OUTCOME, _NUMBER, _PEOPLE, _NAME, _SOURCE, _PRONOUN, _FIRST = range(len(_LABELS) + 1, NOTES)
_FORMS = 9
GRAMMAR = 1 + _FORMS + len(_KINDS)
_MARKS = {",": 1, "—": 1, "–": 1, ":": 1, "(": 1, ")": 1, ";": 3}  # how far they set words apart
_KEPT = 30_000
_BLOCK = 32
_SHORTEST, _MOST = 4, 200  # tokens of a sentence that is asked: longer ones nobody wrote
_AT_ONCE = 2_000  # tokens: memory does not grow with a text
_LANGUAGES = ("en", "ru")
_UNITS = {"sentence": 0, "heading": 1, "item": 2, "row": 3}
UNITS = 5


class Look(NamedTuple):
    """A sentence as the network takes it in.

    Parameters
    ----------
    language
        Of its words' vectors.
    tokens
        Each word as it stands, and what the lexicon knows of it.
    noted
        Token and note, one of ``NOTES``, of what the sentence makes of its words.
    marks
        Where marks end, and how far each sets apart what stands around it.
    ends
        Where numbers of people end.
    """

    language: str
    tokens: list[tuple[str, Word]]
    noted: list[tuple[int, int]]
    marks: list[tuple[int, int]]
    ends: list[int]


def place_unit(kind: str) -> int:
    """Return the class of a unit of the text."""
    return _UNITS.get(kind, UNITS - 1)


def look_at(sentence: Sentence) -> Look:
    """Return what there is to know of a sentence before a number of it is asked about."""
    noted = [(0, _FIRST)]
    for span in sentence.speech:
        label = _LABEL.get(span.label, 0)
        noted += [(at, label) for at in range(span.start, span.end)]
    for trigger in sentence.triggers:
        noted += [(at, _OUTCOME) for at in range(trigger.start, trigger.end)]
    ends = []
    for number in sentence.numbers:
        people = number.mention.kind in _COUNTED
        noted += [(at, _PEOPLE if people else _NUMBER) for at in range(number.start, number.end)]
        if people:
            ends.append(number.end)
    noted += [(at, _NAME) for at in sentence.name_at]
    language = "en" if sentence.language == "en" else "ru"
    texts = [token.text for token in sentence.tokens]
    marks = [(at, _MARKS[text]) for at, text in enumerate(texts, 1) if text in _MARKS]
    return Look(language, list(zip(texts, sentence.words, strict=True)), noted, marks, ends)


def is_called_source(word: Word) -> bool:
    """Return whether sources are called so: "ministry", "список"."""
    known = source_words()
    return word.low in known or any(lemma in known for lemma in word.parse.lemmas)


def tell_grammar(word: Word) -> list[float]:
    """Return what the dictionary knows of a word: whether sources are called so, its forms, whether it is of people."""
    parse = word.parse
    found = [0.0] * GRAMMAR
    found[0] = float(is_called_source(word))
    found[1 : 1 + _FORMS] = map(float, (
        "nomn" in parse.cases, parse.animate, "VERB" in parse.kinds, parse.name, "PRTS" in parse.kinds, bool(word.forms),
        "NOUN" in parse.kinds, "gent" in parse.cases, parse.plural,
    ))  # fmt: skip
    found[1 + _FORMS + _KINDS.get(word.kind, 0)] = 1.0
    return found


def tell_places(
    at: np.ndarray, numbers: np.ndarray, counted: np.ndarray, marks: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """Return the class of each token's place to a number: how far, marks and numbers between, and whether it is counted.

    Parameters
    ----------
    at
        Tokens.
    numbers, counted
        First token and the one past the last of the number of each, and of what it counts: two rows.
    marks, ends
        Sums of `Look.marks`, and of ends of numbers, before each token, and of all.
    """
    import numpy

    start, end = numbers
    off = numpy.maximum(start - at, at - end + 1)
    numpy.maximum(off, 0, out=off)
    found: np.ndarray = _read_distances().take(off)
    found[at >= start] += 16
    for sums in (marks, ends):
        between = numpy.maximum(sums[start] - sums[at], sums[at + 1] - sums[end])
        numpy.minimum(between, MARKS - 1, out=between)
        numpy.maximum(between, 0, out=between)
        found *= MARKS
        found += between
    found *= 2
    found += (at >= counted[0]) & (at < counted[1])
    return found


@cache
def _read_distances() -> np.ndarray:
    """Return the class of each distance: up to eight one by one, then ever wider."""
    import numpy

    far = [at if at < _NEXT else min(15, _NEXT + int(math.log2(at / _NEXT) * 2.5)) for at in range(_SPAN)]
    return numpy.array(far, numpy.intp)


_NEXT = 8
_SPAN = 2 * _AT_ONCE


@cache
def read_weights() -> dict[str, np.ndarray]:
    """Return the weights of the network that the reader comes with."""
    import numpy

    with numpy.load(FOLDER / "claims" / "tellers.npz") as data:
        return {name: data[name].astype(numpy.float32) for name in data.files}


@cache
def _read_places() -> np.ndarray:
    """Return what each class of `tell_places` is worth."""
    weights = read_weights()
    far, marks = weights["far"][:, None, None, None], weights["marks"][:, None, None]
    found: np.ndarray = (far + marks + weights["numbers"][:, None] + weights["counted"]).reshape(-1, 2)
    return found


class _Words:
    """What the network makes of each word of a language by itself, worked out when it is first met."""

    def __init__(self, language: str) -> None:
        import numpy

        self._language = language
        self._weights = read_weights()
        self._vectors = read_vectors(language)[1]
        self._places: dict[str, int] = {}
        self._table = numpy.zeros((1024, len(self._weights["language en"])), numpy.float32)

    def find(self, tokens: Sequence[tuple[str, Word]]) -> np.ndarray:
        """Return one row for each token."""
        import numpy

        places = self._places
        if len(places) > _KEPT:
            places.clear()  # memory stays flat over any number of texts
        found = []
        for text, word in tokens:
            place = places.get(text)
            if place is None:
                place = places[text] = len(places)
                if place == len(self._table):
                    self._table = numpy.concatenate([self._table, numpy.zeros_like(self._table)])
                self._table[place] = self._weigh(text, word)
            found.append(place)
        rows: np.ndarray = self._table.take(found, axis=0)
        return rows

    def _weigh(self, text: str, word: Word) -> np.ndarray:
        import numpy

        weights, language = self._weights, self._language
        vector = self._vectors[find_row(language, word.low)].astype(numpy.float32)
        row: np.ndarray = vector @ weights[f"word {language}"] + weights[f"language {language}"]
        row += weights["shape"][tell_shape(text)] + numpy.array(tell_grammar(word), numpy.float32) @ weights["grammar"]
        return row


@cache
def _get_words(language: str) -> _Words:
    return _Words(language)


def _spread(looks: Sequence[Look], firsts: Sequence[int], total: int) -> np.ndarray:
    """Return what the network makes of each word with those around it; sentences lie apart by empty rows."""
    import numpy

    weights = read_weights()
    wide = 2 * NEAR + 1
    rows = -(-total // _BLOCK) * _BLOCK + 2 * NEAR
    noted = numpy.zeros((rows, NOTES), numpy.float32)
    noted[
        [NEAR + first + at for look, first in zip(looks, firsts, strict=True) for at, _ in look.noted],
        [note for look in looks for _, note in look.noted],
    ] = 1.0
    around = noted @ weights["note"]
    for language in {look.language for look in looks}:
        own = [(look.tokens, NEAR + first) for look, first in zip(looks, firsts, strict=True) if look.language == language]
        places = [at for tokens, first in own for at in range(first, first + len(tokens))]
        around[places] += _get_words(language).find([token for tokens, _ in own for token in tokens])
    # Each row with its neighbours side by side, a few at a time: larger products are given to all cores, which costs more.
    width = around.shape[1]
    step = around.strides[0]
    windows: np.ndarray = numpy.ndarray(
        ((rows - 2 * NEAR) // _BLOCK, _BLOCK, wide * width), numpy.float32, around, 0, (_BLOCK * step, step, around.itemsize)
    )
    inner = (windows @ weights["inner"]).reshape(rows - 2 * NEAR, -1)
    inner += weights["inner bias"]
    found: np.ndarray = numpy.maximum(inner, 0, out=inner)
    return found


def add_up(looks: Sequence[Look], firsts: Sequence[int], total: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the sums of marks and of ends of numbers before each token, sentences one after the other, and of all."""
    import numpy

    found = numpy.zeros((2, total + 1), numpy.intp)
    found[0, [first + at for look, first in zip(looks, firsts, strict=True) for at, _ in look.marks]] = [
        mark for look in looks for _, mark in look.marks
    ]
    found[1, [first + end for look, first in zip(looks, firsts, strict=True) for end in look.ends]] = 1
    marks, ends = found.cumsum(1)
    return marks, ends


def find_tellers(drafts: Sequence[Draft]) -> list[tuple[float, int, int]]:
    """Return of each claim how likely it is that its sentence names nobody who tells it, and whom if anybody.

    Parameters
    ----------
    drafts
        Claims of English and Russian sentences of at most 200 tokens; at least one.

    Returns
    -------
    list
        A share, 0 to 1, and the first token and the one past the last of whoever is likeliest.
    """
    import numpy

    weights = read_weights()
    places: dict[int, int] = {}
    looks: list[Look] = []
    firsts: list[int] = []
    total = 0
    for draft in drafts:
        if id(draft.sentence) not in places:
            places[id(draft.sentence)] = len(looks)
            look = look_at(draft.sentence)
            looks.append(look)
            firsts.append(total)
            total += len(look.tokens) + NEAR
    inner = _spread(looks, firsts, total)
    ends = inner @ weights["ends"]
    ends += weights["ends bias"]
    tokens: list[int] = []  # those of its sentence once for each claim, and some of nobody's between
    starts: list[int] = []
    own: list[tuple[int, int, int, int]] = []
    for draft in drafts:
        place = places[id(draft.sentence)]
        first, number, population = firsts[place], draft.number, draft.population
        starts.append(len(tokens))
        tokens += range(first, first + len(looks[place].tokens))
        tokens += [total - 1] * LONGEST
        own.append((first + number.start, first + number.end, first + population.start, first + population.end))
    at = numpy.array(tokens)
    asked = numpy.array(own).T
    each = asked[:, numpy.arange(len(drafts)).repeat(numpy.diff([*starts, len(tokens)]))]
    sums = ends.take(at, axis=0)
    sums += _read_places().take(tell_places(at, each[:2], each[2:], *add_up(looks, firsts, total)), axis=0)
    for after in (*starts[1:], len(tokens)):
        sums[after - LONGEST : after] = _NEVER
    nobody = inner.take(asked[0], axis=0) @ weights["none"][:, 0]
    nobody += weights["unit"][[place_unit(draft.sentence.unit.kind) for draft in drafts], 0]
    # Each run by its first token and how many follow: the sum for its first and that for its last.
    last = numpy.ascontiguousarray(sums[:, 1])
    runs = sums[: 1 - LONGEST, :1] + numpy.ndarray(
        (len(last) - LONGEST + 1, LONGEST), numpy.float32, last, 0, (last.itemsize, last.itemsize)
    )
    top = numpy.maximum(numpy.maximum.reduceat(runs.max(1), starts), nobody)
    powers = runs - top.repeat(numpy.diff([*starts, len(runs)]))[:, None]
    numpy.maximum(powers, _LEAST, out=powers)  # what lies below takes long to be worked out, and is nothing
    powers = numpy.exp(powers, out=powers).sum(1)
    alone = numpy.exp(numpy.maximum(nobody - top, _LEAST))
    shares = alone / (alone + numpy.add.reduceat(powers, starts))
    found = []
    for share, first, after in zip(shares.tolist(), starts, [*starts[1:], len(runs)], strict=True):
        start, more = divmod(int(runs[first:after].argmax()), LONGEST) if share < 1 - TOLD else (0, 0)
        found.append((share, start, start + more + 1))
    return found


_NEVER = -1e4
_LEAST = -30.0


def hear_tellers(drafts: Sequence[Draft]) -> None:
    """Give claims without a source the one that the words of their sentence name, where one is likely."""
    batch: list[Draft] = []
    tokens = 0
    for draft in drafts:
        count = len(draft.sentence.tokens)
        if draft.attribution is not None or draft.has_source or draft.sentence.language not in _LANGUAGES:
            continue
        if _SHORTEST <= count <= _MOST and _may_name(draft):
            batch.append(draft)
            tokens += count
        if tokens > _AT_ONCE:
            _hear(batch)
            batch, tokens = [], 0
    if batch:
        _hear(batch)


def _may_name(draft: Draft) -> bool:
    """Return whether a sentence may name who tells a claim: it does not open with its people, or has a word for a source."""
    if min(draft.number.start, draft.population.start) > 1:
        return True
    sentence = draft.sentence
    if not _OPENING.isdisjoint(sentence.texts) or not source_words().isdisjoint(sentence.lows):
        return True
    return sentence.language != "en" and any(is_called_source(word) for word in sentence.words)


_OPENING = frozenset(':"«“')


def _hear(drafts: Sequence[Draft]) -> None:
    for draft, (nobody, start, end) in zip(drafts, find_tellers(drafts), strict=True):
        if nobody >= 1 - TOLD or _vouches_for_another(draft, start, end):
            continue
        while end - start > 1 and draft.sentence.tokens[end - 1].low in _RELATIVE:
            end -= 1  # "Friends who keep their own roll make it 18"
        draft.attribution, draft.has_source = words_of(draft.sentence, start, end), True
        if draft.modality == "stated":
            draft.modality = "reported"
        if nobody > DOUBTED:
            draft.doubt("attribution", f"by its place alone, none {nobody:.2f}")


_RELATIVE = frozenset({"who", "which", "that", "whose", "который", "которая", "которые", "что", ","})


def _vouches_for_another(draft: Draft, start: int, end: int) -> bool:
    """Return whether the rules know somebody and leave them to another number, or to what they confirm instead of it."""
    sentence = draft.sentence
    if any(source.start < end and start < source.end for source in sources_of(sentence)):
        return True
    return any(
        frame.label == "confirmed" and end <= frame.start <= end + 1
        and confirms_another(sentence, frame.start, frame.end, draft.number.start)
        for frame in sentence.frames
    )  # fmt: skip
