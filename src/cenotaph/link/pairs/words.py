"""The words of two lists' names: each distinct word keyed once, each name a row of word numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cenotaph.link.pairs.splitting import split_texts
from cenotaph.names.keys import key_word
from cenotaph.reference.folding import fold

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

MOST_WORDS = 8
"""Words of one name that are compared; what follows is left away."""

LONGEST_NAME = 1_000

_NOT_NAME = re.compile(r"[\W\d_]+(?<!['’ʻʼ`\u2010-\u2015-])|(?<=[\W\d_])['’ʻʼ`-]+", re.UNICODE)

# What is written apart in one list and joined in another belongs to the word after it, or to the one before. ``Abd`` in Latin
# letters is not among them: lists shorten Abdulkarim to it.
_BEFORE = frozenset(["abdul", "abdal", "abdel", "abu", "abou", "al", "el", "ul", "ud", "um", "umm", "bou"]) | frozenset(
    ["عبد", "ابو", "ابا", "ال", "ام", "بن", "ابن", "بنت", "بنی", "абд", "абду", "абу", "аль", "эль", "уль"]
)
_AFTER = frozenset(["الدین", "الله", "الاسلام", "الزهراء", "الهدی"]) | frozenset(
    ["allah", "ullah", "aldin", "aldeen", "eldin", "eldeen", "uddin", "addin", "addeen", "din", "deen", "eddine"]
)
_SHORT_PART = 4
_OFTEN = 5


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The distinct words of both lists.

    Parameters
    ----------
    letters
        The word's own spelling, typographic variants folded; Arabic letters are capitals.
    folds
        The word in Latin letters with its vowels, '' where they are not known.
    keys
        What the word has in common with itself in another script.
    arabic
        Whether it is written in Arabic letters: letters are compared only within one kind.
    """

    letters: list[str]
    folds: list[str]
    keys: list[str]
    arabic: np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a list.

    Parameters
    ----------
    words
        Word numbers, a row a name, -1 where there is none.
    joined
        The word that a word makes together with the one after it, -1 where neither list has such a word.
    count
        How many words each name has.
    """

    words: Array
    joined: Array
    count: Array

    def turned(self) -> Names:
        """Return the names with the last word of each first."""
        import numpy as np

        rows, last = np.arange(len(self.count)), np.maximum(self.count - 1, 0)
        words, joined = np.roll(self.words, 1, axis=1), np.roll(self.joined, 1, axis=1)
        words[:, 0], joined[:, 0] = self.words[rows, last], -1
        beyond = np.arange(words.shape[1])[None, :] >= np.maximum(self.count, 1)[:, None]
        words[beyond], joined[beyond] = -1, -1
        joined[rows, last] = -1
        return Names(words, joined, self.count)


class WordTable:
    """Gives every distinct word a number, and keys it once."""

    def __init__(self) -> None:
        self._raw: dict[str, tuple[tuple[str, ...], bool]] = {}
        self._numbers: dict[str, int] = {}
        self._letters: list[str] = []
        self._folds: list[str] = []
        self._keys: list[str] = []
        self._arabic: list[bool] = []

    def read(self, texts: Iterable[str | None]) -> Array:
        """Return names as rows of word numbers, -1 where there is none."""
        import numpy as np

        rows = [text[:LONGEST_NAME] if text else None for text in texts]
        split = split_texts(rows)
        read = [self._read(raw) for raw in split.distinct]
        plain = np.fromiter((len(parts) == 1 and not joins for parts, joins in read), dtype=bool, count=len(read))
        numbers = np.full(len(read), -1, dtype=np.int32)
        for at in np.flatnonzero(plain).tolist():
            numbers[at] = self._number(read[at][0][0])
        # A name of words that stand each for itself, as most are, is its words' numbers.
        simple = split.add(plain & (numbers >= 0)) == np.diff(split.starts)
        row_of = np.repeat(np.arange(len(rows)), np.diff(split.starts))
        place = np.arange(len(split.codes)) - split.starts[row_of]
        kept = np.flatnonzero(simple[row_of] & (place < MOST_WORDS))
        words = np.full((len(rows), MOST_WORDS), -1, dtype=np.int32)
        words[row_of[kept], place[kept]] = numbers[split.codes[kept]]
        known: dict[str, list[int]] = {}
        for row in np.flatnonzero(~simple).tolist():
            text = rows[row] or ""
            found = known.get(text)
            if found is None:
                found = known[text] = self._split(text)
            words[row, : len(found)] = found
        return words

    def lexicon(self) -> Lexicon:
        """Return the distinct words seen so far."""
        import numpy as np

        return Lexicon(self._letters, self._folds, self._keys, np.array(self._arabic, dtype=bool))

    def join(self, left: Array, right: Array) -> tuple[Names, Names]:
        """Return the names of both lists with the words that two of theirs make together.

        A pair of words makes one where either list has that word, or where one of the two is short and they often stand
        together: ``Abd`` and ``Hlla`` are a mutilated ``Abdullah``.
        """
        import numpy as np

        size = len(self._letters)
        codes = [names[:, :-1].astype(np.int64) * size + names[:, 1:] for names in (left, right)]
        both = [names[:, 1:] >= 0 for names in (left, right)]
        distinct, inverse, times = np.unique(
            np.concatenate([c[b] for c, b in zip(codes, both, strict=True)]), return_inverse=True, return_counts=True
        )
        known: dict[str, int] = {}
        for number, letters in enumerate(self._letters):
            known.setdefault(letters, number)
        firsts, seconds = distinct // size, distinct % size
        lengths = np.fromiter(map(len, self._letters), dtype=np.int64, count=size)
        arabic = np.array(self._arabic, dtype=bool)
        # Arabic letters are consonants: three of them are a whole name.
        short = np.minimum(lengths[firsts], lengths[seconds]) <= np.where(arabic[firsts], 2, _SHORT_PART)
        make = short & (times >= _OFTEN) & (arabic[firsts] == arabic[seconds])
        for at in np.flatnonzero(make).tolist():
            self._make(known, int(firsts[at]), int(seconds[at]))
        spelt = self._letters
        made = [
            known.get(spelt[first] + spelt[second], -1)
            for first, second in zip(firsts.tolist(), seconds.tolist(), strict=True)
        ]
        found = np.array(made, dtype=np.int32)[inverse]
        out = []
        for names, where in ((left, both[0]), (right, both[1])):
            joined = np.full(names.shape, -1, dtype=np.int32)
            count = int(where.sum())
            joined[:, :-1][where], found = found[:count], found[count:]
            out.append(Names(names, joined, (names >= 0).sum(axis=1).astype(np.int32)))
        return out[0], out[1]

    def _make(self, known: dict[str, int], first: int, second: int) -> None:
        """Add the word that two make, where there is none."""
        letters = self._letters[first] + self._letters[second]
        if letters not in known:
            known[letters] = len(self._letters)
            self._letters.append(letters)
            self._folds.append(self._folds[first] + self._folds[second])
            self._keys.append(self._keys[first] + self._keys[second])
            self._arabic.append(self._arabic[first])

    def _split(self, text: str) -> list[int]:
        parts: list[str] = []
        joins = False
        for raw in text.split():
            known = self._read(raw)
            parts.extend(known[0])
            joins |= known[1]
        if joins:
            parts = _join(parts)
        numbers = []
        for part in parts[:MOST_WORDS]:
            number = self._number(part)
            if number >= 0:
                numbers.append(number)
        return numbers

    def _read(self, raw: str) -> tuple[tuple[str, ...], bool]:
        known = self._raw.get(raw)
        if known is None:
            known = self._raw[raw] = _read_word(raw)
        return known

    def _number(self, part: str) -> int:
        number = self._numbers.get(part)
        if number is None:
            number = self._numbers[part] = self._add(part)
        return number

    def _add(self, word: str) -> int:
        keyed = key_word(word)
        if not keyed.letters:
            return -1
        self._letters.append(keyed.letters)
        self._folds.append(keyed.fold or "")
        self._keys.append(keyed.key or keyed.letters)
        self._arabic.append(keyed.letters == keyed.letters.upper())
        return len(self._letters) - 1


def _read_word(raw: str) -> tuple[tuple[str, ...], bool]:
    """Return the words that lie between two spaces, and whether one of them is written joined or apart."""
    words: list[str] = []
    for piece in _NOT_NAME.sub(" ", raw).split():
        parts = fold(piece).split()
        if len(parts) > 1 and min(map(len, parts)) < _SHORT_PART:
            parts = ["".join(parts)]
        words.extend(repair(part) for part in parts)
    return tuple(words), any(word in _BEFORE or word in _AFTER or _is_stray(word) for word in words)


def repair(word: str) -> str:
    """Mend what copying Arabic text out of a PDF does: the ligature of lam and alef comes out reversed.

    Only where the result can be told from a word: ``هللا`` is ``الله``, and no word begins with two alefs.
    """
    if "هللا" in word:
        word = word.replace("هللا", "الله")
    if word.startswith("اال"):
        word = "الا" + word[3:]
    return word


def _is_stray(word: str) -> bool:
    """Tell whether a word is a single Arabic letter: names have no such words, but torn text has."""
    return len(word) == 1 and "\u0620" <= word <= "\u06d3"


def _join(words: Sequence[str]) -> list[str]:
    out: list[str] = []
    joining = False
    for word in words:
        if out and (joining or word in _AFTER or _is_stray(word)):
            out[-1] += word
        else:
            out.append(word)
        joining = out[-1] in _BEFORE
    return out
