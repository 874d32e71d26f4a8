"""What stands around a number, weighed as a whole: a small network over word vectors and the words that say what happened.

Rules look for the words that bind to a number; the network reads all that stands near it, before and behind, in this sentence
and in those around: each word by its vector (frequent ones have weights of their own besides), what the lexicon says happened
there, signs, other numbers, where sentences begin. Two convolutions spread this over the text, then each number looks at the
ninety tokens before it and the thirty behind. It is run once a text, in NumPy. ``tools/fit_context.py`` makes it, and
``tools/write_word_vectors.py`` the vectors.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.extract.claims.hints import NOBODY, read_hints
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number
from cenotaph.reference.files import FOLDER
from cenotaph.text.tokens import fold_word

if TYPE_CHECKING:
    import numpy as np

OUTCOMES = (
    None, "killed", "wounded", "missing", "captured", "recruited", "fighting", "detained", "released", "displaced", "rescued",
    "survived", "on_board", "identified", "declared_dead", "body_returned", "casualties", "other", "killed+wounded",
    "killed+missing",
)  # fmt: skip
SAID = ("", *OUTCOMES[1:])  # what words may say happened; nothing first
HINTED = (*SAID, NOBODY)
BACK, AHEAD = 90, 30  # tokens that a number looks at before and behind it
HEADS = 4
WIDENING = (1, 2)  # how far apart the three tokens of each convolution lie
DISTANCES = 96
SIZES = 8

_SAYING = {outcome: at for at, outcome in enumerate(SAID)}
_HINTING = {outcome: at for at, outcome in enumerate(HINTED)}
_SIGNS = {sign: at for at, sign in enumerate('.,:;()—–-|!?"«»', 2)}
_DIGITS, _SIGN, _CAPITAL, _PLAIN = 1, 19, 20, 21
SHAPES = 22
_KINDS = ("people_candidate", "thing", "percent", "zero", "indefinite", "another", "age", "date", "time", "money", "unit",
          "ordinal")  # fmt: skip
_KIND = {kind: at for at, kind in enumerate(_KINDS, 1)}
NUMBERS = len(_KINDS) + 2
OF_NOBODY = frozenset({"age", "year", "date", "time", "money", "ordinal"})  # these are not weighed
_UNITS = {"sentence": 0, "heading": 1, "item": 2, "row": 3}
UNITS = 5
_NEAR = 8  # distances told one by one
_CUT = 3  # letters that an unknown Russian form may lose
_SHORTEST = 5


@cache
def read_vectors(language: str) -> tuple[dict[str, int], np.ndarray]:
    """Return the words of a language with the rows of their vectors; the first row, of unknown words, is nothing."""
    import numpy

    with numpy.load(FOLDER / "claims" / f"vectors_{language}.npz") as data:
        words = data["words"].tobytes().decode("utf-8").split("\n")
        vectors = data["vectors"]
    nothing = numpy.zeros((1, vectors.shape[1]), vectors.dtype)
    return {word: at for at, word in enumerate(words, 1)}, numpy.concatenate([nothing, vectors])


@cache
def _read_words(language: str) -> np.ndarray:
    """Return what the network makes of each word by itself: its vector times their matrix, and what it has of its own."""
    weights = read_weights()
    found: np.ndarray = _multiply(read_vectors(language)[1], weights[f"word {language}"])
    found += weights[f"language {language}"]
    found[weights[f"owned {language}"]] += weights[f"own {language}"]
    return found


def find_row(language: str, word: str) -> int:
    """Return the row of a word's vector; 0 where none is known."""
    rows, _ = read_vectors(language)
    if word in rows or language == "en":
        return rows.get(word, 0)
    word = word.replace("ё", "е")
    forms = [word, *(word[:-cut] for cut in range(1, _CUT + 1) if len(word) - cut >= _SHORTEST)]
    return next((rows[form] for form in forms if form in rows), 0)


def tell_shape(text: str) -> int:
    """Return what sort of token some characters are: digits, a sign of its own, capital or not."""
    if any(letter.isdigit() for letter in text):
        return _DIGITS
    if not any(letter.isalpha() for letter in text):
        return _SIGNS.get(text[0], _SIGN)
    return _CAPITAL if text[0].isupper() else _PLAIN


class _Codes(dict[str, int]):
    """Tokens of a language looked up so far: the row of the vector and the shape of each in one number."""

    def __init__(self, language: str) -> None:
        self._language = language

    def __missing__(self, text: str) -> int:
        if len(self) >= _KEPT:
            self.clear()  # memory stays flat over any number of texts
        code = self[text] = find_row(self._language, fold_word(text)) * SHAPES + tell_shape(text)
        return code


_KEPT = 100_000
_CODES = {language: _Codes(language) for language in ("en", "ru")}


class Encoded:
    """A text as the network takes it in: one entry a token in each array, sentences one after the other.

    Parameters
    ----------
    sentences
        In the order of the text.
    places
        Number of each sentence in the text: those between that are not read count as distance.
    """

    def __init__(self, sentences: Sequence[Sentence], places: Sequence[int]) -> None:
        import numpy

        codes: list[int] = []
        self.firsts: list[int] = []
        lengths: list[int] = []
        said: list[tuple[int, int]] = []
        hinted: list[tuple[int, int]] = []
        counted: list[tuple[int, int, int]] = []
        for sentence in sentences:
            first = len(codes)
            self.firsts.append(first)
            language = "en" if sentence.language == "en" else "ru"
            find = _CODES[language].__getitem__
            hinted += [(first + at, _HINTING[hint]) for at, hint in read_hints(language).find(sentence.lows)]
            codes += map(find, sentence.texts)
            lengths.append(len(codes) - first)
            for trigger in sentence.triggers:
                said += [(first + at, _SAYING.get(trigger.outcome, 0)) for at in range(trigger.start, trigger.end)]
            counted += [(first + n.start, first + n.end, _KIND.get(n.mention.kind, NUMBERS - 1)) for n in sentence.numbers]
        self.rows, self.shapes = numpy.divmod(numpy.array(codes, numpy.intp), SHAPES)
        self.said, self.hinted, self.numbers = (numpy.zeros(len(codes), numpy.intp) for _ in range(3))
        for at, outcome in hinted:
            self.hinted[at] = outcome
        for at, outcome in said:
            self.said[at] = outcome
        for start, end, kind in counted:
            self.numbers[start:end] = kind
        self.number_starts = numpy.array([start for start, _, _ in counted], numpy.intp)
        self.number_ends = numpy.array([end for _, end, _ in counted], numpy.intp)
        repeat = numpy.array(lengths, numpy.intp)
        self.sentences = numpy.repeat(numpy.array(places, numpy.intp), repeat)
        self.units = numpy.repeat(numpy.array([_UNITS.get(s.unit.kind, UNITS - 1) for s in sentences], numpy.intp), repeat)
        self.slavic = numpy.repeat(numpy.array([s.language != "en" for s in sentences], numpy.intp), repeat)
        self.starts = numpy.zeros(len(codes), numpy.intp)
        self.starts[[first for first, length in zip(self.firsts, lengths, strict=True) if length]] = 1

    def tell_distances(self, some: Sequence[int] | None = None) -> np.ndarray:
        """Return how each token lies to each number (or some): how far, before or behind, sentences off; -1 out of sight."""
        import numpy

        chosen = slice(None) if some is None else some
        starts, ends = self.number_starts[chosen, None], self.number_ends[chosen, None]
        off = numpy.arange(len(self.rows)) - starts  # below nothing before the number, then in it, then behind it
        within = numpy.minimum(off, ends - starts - 1)
        off -= numpy.maximum(within, 0, out=within)
        numpy.maximum(off, -BACK - 1, out=off)
        numpy.minimum(off, AHEAD + 1, out=off)
        off += BACK + 1
        found: np.ndarray = _read_distances().take(off)
        apart = self.sentences - self.sentences[starts]
        numpy.abs(apart, out=apart)
        numpy.minimum(apart, 2, out=apart)
        apart *= 32
        found += apart
        numpy.maximum(found, -1, out=found)
        return found

    def find_sight(self, some: Sequence[int]) -> slice:
        """Return the tokens that any of some numbers, given in their order, has in sight."""
        first, last = int(self.number_starts[some[0]]), int(self.number_ends[some].max())
        return slice(max(0, first - BACK), min(last + AHEAD, len(self.rows)))

    def look(self, far: np.ndarray, some: Sequence[int]) -> np.ndarray:
        """Return what distance adds to each tie of some numbers to a token, one table a head."""
        import numpy

        table = numpy.concatenate([far, numpy.full((1, far.shape[1]), -1e9, far.dtype)])  # the last is of what is out of sight
        return numpy.ascontiguousarray(table.T).take(self.tell_distances(some), axis=1)


@cache
def _read_distances() -> np.ndarray:
    """Return the class of each offset from `BACK` + 1 tokens before a number to `AHEAD` + 1 behind; both ends are out of sight.

    Offsets are told one by one up to eight, then ever wider; those before the number come first.
    """
    import numpy

    far = [min(7, int(math.log2(off / _NEAR) * 2.5)) for off in range(_NEAR, BACK + 1)]
    classes = [*range(_NEAR), *(_NEAR + each for each in far)]
    before, behind = classes[BACK:0:-1], [16 + each for each in classes[: AHEAD + 1]]
    return numpy.array([_UNSEEN, *before, *behind, _UNSEEN])


_UNSEEN = -1_000  # whatever is added for sentences between
_LARGE = 10_000


def measure(low: float | None) -> int:
    """Return the class of a number's size."""
    if low is None or low < 1:
        return 0
    return 1 + int(math.log10(low) * 1.5) if low < _LARGE else SIZES - 1


@cache
def read_weights() -> dict[str, np.ndarray]:
    """Return the weights of the network that the reader comes with."""
    return load_weights(FOLDER / "claims" / "context.npz")


def load_weights(path: Path) -> dict[str, np.ndarray]:
    """Return the weights that a file holds, as they are multiplied; places of words are whole numbers."""
    import numpy

    with numpy.load(path) as data:
        return {name: data[name] if data[name].dtype.kind == "i" else data[name].astype(numpy.float32) for name in data.files}


class Context:
    """What is likely to have happened to the people of each number, by all that stands around it.

    Parameters
    ----------
    sentences, places
        Of a whole text, see `Encoded`.

    Attributes
    ----------
    is_wide
        Whether the text is long enough for anything to stand around a number.
    """

    def __init__(self, sentences: Sequence[Sentence], places: Sequence[int]) -> None:
        self._pieces = list(_cut(sentences, places))
        self._of = {id(sentence): at for at, piece in enumerate(self._pieces) for sentence in piece[0]}
        self.is_wide = sum(len(sentence.tokens) for sentence in sentences) >= _SHORTEST_TEXT
        self._weighed: dict[int, dict[tuple[int, int], list[float]]] = {}
        self._told: dict[tuple[int, int], dict[str | None, float]] = {}

    def weigh(self, sentence: Sentence, number: Number) -> Mapping[str | None, float]:
        """Return how likely each outcome is of a number, and, under None, no claim; nothing of a short text or a date."""
        key = (id(sentence), number.start)
        told = self._told.get(key)
        if told is None:
            told = self._told[key] = dict(zip(OUTCOMES, self._find_shares(sentence, number), strict=False))
        return told

    def doubt(self, sentence: Sentence, number: Number) -> float:
        """Return how likely it is that a number is no claim; 1 of a short text or a date."""
        shares = self._find_shares(sentence, number)
        return shares[0] if shares else 1.0

    def _find_shares(self, sentence: Sentence, number: Number) -> Sequence[float]:
        """Return the shares of all outcomes in their order, none of a short text or a date."""
        piece = self._of.get(id(sentence)) if self.is_wide else None
        if piece is None:
            return ()
        weighed = self._weighed.get(piece)
        if weighed is None:
            weighed = self._weighed[piece] = _weigh(*self._pieces[piece])
        return weighed.get((id(sentence), number.start), ())


def _weigh(sentences: Sequence[Sentence], places: Sequence[int]) -> dict[tuple[int, int], list[float]]:
    """Weigh all numbers of a piece of text: the share of each outcome under its sentence and its first token."""
    import numpy

    numbers = [(sentence, number) for sentence in sentences for number in sentence.numbers]
    counting = [at for at, (_, number) in enumerate(numbers) if number.mention.kind not in OF_NOBODY]
    if not counting:
        return {}
    keys = [(id(numbers[at][0]), numbers[at][1].start) for at in counting]
    encoded = Encoded(sentences, places)
    weights = read_weights()
    known = _spread(encoded, weights)
    asked = _multiply(known, weights["asked"]) + weights["asked bias"]
    sizes = numpy.array([measure(numbers[at][1].mention.low) for at in counting])
    here = known[encoded.number_starts[counting]] + weights["size"][sizes]
    heads, width = weights["far"].shape[1], here.shape[1]

    def part(values: np.ndarray) -> np.ndarray:
        return values.reshape(len(values), heads, -1).transpose(1, 0, 2)

    question = part(_multiply(here, weights["question"]) + weights["question bias"]) / math.sqrt(width / heads)
    ask, answer = part(asked[:, :width]).transpose(0, 2, 1), part(asked[:, width:])
    far = encoded.look(weights["far"], counting)
    seen = numpy.empty((heads, len(here), width // heads), numpy.float32)
    for first in range(0, len(here), _FEW):  # a few at a time, see _multiply; those have less than the whole text in sight
        some = slice(first, first + _FEW)
        within = encoded.find_sight(counting[some])
        ties = question[:, some] @ ask[:, :, within]
        ties += far[:, some, within]
        powers = numpy.exp(ties - ties.max(2, keepdims=True))
        seen[:, some] = (powers @ answer[:, within]) / powers.sum(2)[..., None]
    both = numpy.concatenate([here, seen.transpose(1, 0, 2).reshape(len(here), width)], axis=1)
    inner = numpy.maximum(_multiply(both, weights["inner"]) + weights["inner bias"], 0)
    sums = _multiply(inner, weights["outcome"]) + weights["outcome bias"]
    shares = numpy.exp(sums - sums.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    return dict(zip(keys, shares.tolist(), strict=True))


def _multiply(rows: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    """Return rows times a matrix, eight rows at a time.

    A product so small is worked out on this core. Larger ones OpenBLAS gives to all cores, which here costs more than it
    brings, several times so where the other cores are at work: documents are read one a core.
    """
    count = len(rows)
    padded = _pad(rows) if count % _ROWS else rows
    found: np.ndarray = (padded.reshape(-1, _ROWS, rows.shape[1]) @ matrix).reshape(-1, matrix.shape[1])[:count]
    return found


def _pad(rows: np.ndarray) -> np.ndarray:
    """Return rows with as many of nothing behind them as `_multiply` wants."""
    import numpy

    padded = numpy.zeros((-(-len(rows) // _ROWS) * _ROWS, rows.shape[1]), numpy.float32)
    padded[: len(rows)] = rows
    return padded


_ROWS = 8
_FEW = 16  # numbers


def _cut(sentences: Sequence[Sentence], places: Sequence[int]) -> Iterator[tuple[list[Sentence], list[int]]]:
    """Cut a long text into pieces that are taken in one by one, so that memory does not grow with it."""
    held: list[Sentence] = []
    numbers: list[int] = []
    tokens = 0
    for sentence, place in zip(sentences, places, strict=True):
        if len(sentence.tokens) > _LONGEST:
            continue  # no sentence that anybody wrote
        if tokens + len(sentence.tokens) > _LONGEST:
            yield held, numbers
            held, numbers, tokens = [], [], 0
        held.append(sentence)
        numbers.append(place)
        tokens += len(sentence.tokens)
    if held:
        yield held, numbers


_LONGEST = 1_500  # tokens
_SHORTEST_TEXT = 40  # tokens: in less, there is nothing around a number


def _spread(encoded: Encoded, weights: dict[str, np.ndarray]) -> np.ndarray:
    """Return what is known at each token of itself and of those around it, with rows of nothing behind, see `_pad`."""
    import numpy

    count = len(encoded.rows)
    known = numpy.empty((count, weights["said"].shape[1]), numpy.float32)
    for slavic, language in enumerate(("en", "ru")):
        own = numpy.flatnonzero(encoded.slavic == slavic)
        if len(own):
            known[own] = _read_words(language).take(encoded.rows[own], axis=0)
    for name, of in (("said", encoded.said), ("hinted", encoded.hinted), ("shape", encoded.shapes), ("number", encoded.numbers)):
        known += weights[name].take(of, axis=0)
    known += weights["start"].take(encoded.starts, axis=0)
    known += weights["unit"].take(encoded.units, axis=0)
    known = _pad(known)
    width = known.shape[1]
    share = numpy.full(width, 1 / width, numpy.float32)
    for at, apart in enumerate(WIDENING):
        parts = _multiply(known, weights[f"spread {at}"])
        near = parts[:, width : 2 * width] + weights[f"spread {at} bias"]
        near[apart:] += parts[:-apart, :width]
        near[:-apart] += parts[apart:, 2 * width :]
        known += numpy.maximum(near, 0, out=near)
        known -= (known @ share)[:, None]  # the mean
        known *= ((numpy.einsum("ij,ij->i", known, known) / width + 1e-5) ** -0.5)[:, None]
        known *= weights[f"level {at}"]
        known += weights[f"level {at} bias"]
        known[count:] = 0  # behind the text is nothing
    return known


__all__ = ["OUTCOMES", "Context", "Encoded", "find_row", "load_weights", "measure", "read_vectors", "read_weights"]
