"""How alike two words are: a level for every pair of words that has to be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cenotaph.link.pairs.words import Lexicon, Names
from cenotaph.link.preparing import KNOWN_RATE
from cenotaph.names.keys import key_word
from cenotaph.names.tables import read_common, read_short_forms
from cenotaph.names.vowels import are_other_names, has_one_more, vowels_agree

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

SAME, VARIANT, NEAR, INITIAL, FAINT, DIFFERENT = range(6)
"""Levels: the same letters; another spelling of the same word; a slip apart; an initial of it; something in common, as a
mutilated word has with itself; another word."""


_FAINT_RATIO = 55.0
_NEAR_SHARE, _VARIANT_SHARE = 0.25, 0.34
"""Letters in which two words may differ, of those of the longer one."""


_GLIDES = str.maketrans("yvo", "iuu")

LARGEST_TABLE = 25_000
"""Words of both lists up to which the levels of all pairs have a table of their own."""


class Likeness:
    """Levels of pairs of words, each distinct pair compared once.

    Parameters
    ----------
    lexicon
        The words of both lists.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        import numpy as np

        self._lexicon = lexicon
        self._size = len(lexicon.letters)
        self._letters = np.array(lexicon.letters, dtype=object)
        self._folds = np.array(lexicon.folds, dtype=object)
        self._keys = np.array(lexicon.keys, dtype=object)
        self._bare = np.array(
            [_bare(word, bool(a)) for word, a in zip(lexicon.letters, lexicon.arabic, strict=True)], dtype=object
        )
        numbers = {text: at for at, text in enumerate(dict.fromkeys(lexicon.keys))}
        self._sets = _letter_sets(self._bare)
        self._key_sets = _letter_sets(lexicon.keys)
        self._size_of = _length(self._letters)
        self._levels = _Levels(self._size)
        self._key_number = np.array([numbers[key] for key in lexicon.keys], dtype=np.int32)
        known = read_common("g")
        self._rate = np.array([name.rate if (name := known.get(word)) else 0.0 for word in lexicon.letters])
        self._sexes = [name.sex if (name := known.get(word)) and name.rate > 0 else "" for word in lexicon.letters]
        self._sex = np.array([["", "m", "f"].index(sex) for sex in self._sexes], dtype=np.int8)
        men = {word for word, name in known.items() if name.sex == "m" and name.rate > 0}
        self._form = np.array([word[-1:] == "a" and word[:-1] in men for word in lexicon.letters], dtype=bool) & (self._sex == 2)
        usual = {key_word(word).key for word, name in known.items() if name.rate > KNOWN_RATE}
        self._usual = np.array([key in usual for key in lexicon.keys], dtype=bool)
        short = read_short_forms()
        self._shortened = np.array([word in short for word in lexicon.letters], dtype=bool)
        # A short name may be short for several: Sasha is Aleksandr and Aleksandra.
        self._full = [
            {key_word(name).key for name in short.get(word, ())} | {key}
            for word, key in zip(lexicon.letters, lexicon.keys, strict=True)
        ]

    def prepare(self, left: Names, right: Names, at_left: Array, at_right: Array) -> None:
        """Compare every two words that can come to lie beside each other in the names of these pairs."""
        import numpy as np

        found = []
        for one, other in ((left.words, right.words), (left.joined, right.words), (left.words, right.joined)):
            columns = [column for column in range(one.shape[1]) if (one[:, column] >= 0).any()]
            beside = [column for column in range(other.shape[1]) if (other[:, column] >= 0).any()]
            for i in columns:
                x = one[at_left, i]
                rows = np.flatnonzero(x >= 0)
                x = x[rows].astype(np.int64) * self._size
                for j in beside:
                    y = other[at_right[rows], j]
                    both = y >= 0
                    found.append(self._levels.missing(x[both] + y[both]))
        if found:
            new = sort_distinct(np.concatenate(found))
            self._levels.add(new, self._compare(new // self._size, new % self._size))

    def look_up(self, left: Array, right: Array) -> Array:
        """Return the level of every pair of word numbers that was prepared."""
        import numpy as np

        return self._levels.get(left.astype(np.int64) * self._size + right)

    def equate(self, left: Array, right: Array) -> None:
        """Take pairs of words for spellings of one word from now on."""
        import numpy as np

        self._levels.set(sort_distinct(left.astype(np.int64) * self._size + right), VARIANT)

    def _compare(self, a: Array, b: Array) -> Array:
        import numpy as np
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import cpdist

        arabic = self._lexicon.arabic
        levels = np.full(len(a), DIFFERENT, dtype=np.int8)
        levels[a == b] = SAME
        same_key = self._key_number[a] == self._key_number[b]
        # Words that are a slip apart differ in few letters: a look at which letters they have spares most comparisons.
        differing = np.bitwise_count(self._sets[a] ^ self._sets[b])
        alike = differing <= 4
        self._compare_faintly(a, b, np.flatnonzero((a != b) & (arabic[a] == arabic[b]) & (differing <= 8)), self._bare, levels)
        at = np.flatnonzero((a != b) & (arabic[a] == arabic[b]) & alike)
        if len(at):
            x, y = self._bare[a[at]], self._bare[b[at]]
            longest, shortest = np.maximum(_length(x), _length(y)), np.minimum(_length(x), _length(y))
            distance = cpdist(list(x), list(y), scorer=OSA.distance, score_cutoff=3, dtype=np.uint8)
            found = np.full(len(at), DIFFERENT, dtype=np.int8)
            found[(distance <= longest * _NEAR_SHARE) & (shortest >= 3)] = NEAR
            found[(distance == 1) & ((shortest >= 3) | (shortest == 2) & _begins(x, y))] = NEAR
            found[same_key[at] & (distance <= longest * _VARIANT_SHARE) & ~arabic[a[at]]] = VARIANT
            found[distance == 0] = VARIANT
            levels[at] = np.minimum(found, levels[at])
        at = np.flatnonzero((a != b) & ((self._size_of[a] == 1) ^ (self._size_of[b] == 1)) & (arabic[a] == arabic[b]))
        if len(at):
            levels[at[_begins(self._letters[a[at]], self._letters[b[at]])]] = INITIAL
        differing = np.bitwise_count(self._key_sets[a] ^ self._key_sets[b])
        self._compare_faintly(a, b, np.flatnonzero((arabic[a] != arabic[b]) & (differing <= 8)), self._keys, levels)
        at = np.flatnonzero((arabic[a] != arabic[b]) & (differing <= 4))
        if len(at):
            x, y = self._keys[a[at]], self._keys[b[at]]
            longest, shortest = np.maximum(_length(x), _length(y)), np.minimum(_length(x), _length(y))
            distance = cpdist(list(x), list(y), scorer=OSA.distance, score_cutoff=3, dtype=np.uint8)
            found = np.full(len(at), DIFFERENT, dtype=np.int8)
            found[(distance <= longest * _VARIANT_SHARE) & (shortest >= 2)] = NEAR
            found[distance == 0] = SAME
            # Where the vowels of the Arabic word are known too, they must agree: one key holds Muhammad and Mahmud.
            x, y = self._folds[a[at]], self._folds[b[at]]
            both = (found == SAME) & (_length(x) > 0) & (_length(y) > 0)
            if both.any():
                apart = cpdist(list(x[both]), list(y[both]), scorer=OSA.distance, dtype=np.uint8)
                longest = np.maximum(_length(x), _length(y))[both]
                found[both] = np.select([apart == 0, apart <= longest * _VARIANT_SHARE], [SAME, VARIANT], NEAR)
            levels[at] = np.minimum(found, levels[at])
        two = self._tell_names_apart(a, b, same_key, levels)
        short = (self._shortened[a] | self._shortened[b]) & ~two
        at = np.flatnonzero(short & (levels > NEAR) & (arabic[a] == arabic[b]))
        at = np.array([n for n in at.tolist() if self._full[a[n]] & self._full[b[n]]], dtype=np.int64)
        levels[at] = NEAR
        return levels

    def _tell_names_apart(self, a: Array, b: Array, same_key: Array, levels: Array) -> Array:
        """Take two words for different ones that are alike, but which are two names: Hasan and Husan, Ahmad and Muhammad.

        Returns
        -------
        Array
            Which pairs are two names with the same consonants, and none a short form of the other.
        """
        import numpy as np
        from rapidfuzz.distance import OSA

        rarer = np.minimum(self._rate[a], self._rate[b])
        arabic = self._lexicon.arabic
        two = self._tell_spelt_names_apart(a, b, same_key, rarer, levels)
        known = (rarer >= KNOWN_RATE) | (self._usual[a] & self._usual[b] & (arabic[a] != arabic[b]) & ~same_key)
        at = np.flatnonzero((a != b) & (levels > SAME) & (levels <= NEAR) & known)
        both = arabic[a[at]] & arabic[b[at]]
        # In Arabic letters another letter, or a long vowel more, is another name where both are names that many bear; a
        # consonant that is missing was lost in copying as often.
        other = both & (rarer[at] > KNOWN_RATE) & (self._bare[a[at]] != self._bare[b[at]])
        other &= same_key[at] | (self._size_of[a[at]] == self._size_of[b[at]])
        spelt = np.flatnonzero(~both & same_key[at])
        folds = self._folds
        other[spelt] = [
            bool(folds[x] and folds[y]) and not vowels_agree(folds[x], folds[y], across=bool(arabic[x] != arabic[y]))
            for x, y in zip(a[at[spelt]].tolist(), b[at[spelt]].tolist(), strict=True)
        ]
        # Across scripts too two known names with other consonants are two names, unless they are spelt nearly as one.
        across = np.flatnonzero((arabic[a[at]] != arabic[b[at]]) & ~same_key[at])
        other[across] = [
            not (folds[x] and folds[y]) or OSA.distance(folds[x], folds[y]) > 1
            for x, y in zip(a[at[across]].tolist(), b[at[across]].tolist(), strict=True)
        ]
        # What a key's vowels say across scripts, or of a name that is seldom met, is less sure.
        sure = (arabic[a[at]] == arabic[b[at]]) & (rarer[at] > KNOWN_RATE)
        sure[across] = True
        levels[at[other]] = np.where(sure, DIFFERENT, FAINT)[other]
        return two & same_key

    def _tell_spelt_names_apart(self, a: Array, b: Array, same_key: Array, rarer: Array, levels: Array) -> Array:
        """Take two known names that are written with vowels for different ones: Nasr and Nasir, Khalid and Khalil, Ali and Aliya.

        Returns
        -------
        Array
            Which pairs are such.
        """
        import numpy as np

        arabic = self._lexicon.arabic
        spelt = (a != b) & (levels > SAME) & (levels <= FAINT) & ~arabic[a] & ~arabic[b]
        # Other consonants are another name where both names are common: a slip that makes one of another is rarer than brothers.
        other: Array = spelt & ~same_key & (rarer >= KNOWN_RATE)
        at = np.flatnonzero(spelt & same_key & ((self._rate[a] > 0) | (self._rate[b] > 0)))
        other[at] = [
            self._are_man_and_woman(x, y) or self._vowels_are_two(x, y, bool(both))
            for x, y, both in zip(a[at].tolist(), b[at].tolist(), (rarer[at] > 0).tolist(), strict=True)
        ]
        # In Arabic letters a known man's and a known woman's name; across scripts a man's, and the woman's form of a man's name.
        man, woman = self._sex == 1, self._sex == 2
        form = np.where(arabic, woman, self._form)
        of_two = same_key & (a != b) & (levels <= FAINT) & (arabic[a] | arabic[b])
        other |= of_two & ((man[a] & form[b]) | (form[a] & man[b]))
        levels[other] = DIFFERENT
        return other

    def _are_man_and_woman(self, one: int, other: int) -> bool:
        """Tell of Karim and Karima, Ali and Aliya: a brother and a sister."""
        for man, woman in ((one, other), (other, one)):
            sexes = self._sexes[man], self._sexes[woman]
            name = self._folds[man]
            told = sexes[0] != "f" and sexes[1] != "m" and (sexes[0] == "m" or sexes[1] == "f")
            if told and name and self._folds[woman] in (name + "a", name + "ya", name[:-1] + "ya"):
                return True
        return False

    def _vowels_are_two(self, one: int, other: int, known: bool) -> bool:
        """Tell whether the vowels of names with the same consonants are two names': by a table, or by an i more in known ones.

        Other vowels may as well be what copying by machine has made of one name.
        """
        left, right = self._folds[one], self._folds[other]
        if not left or not right or vowels_agree(left, right):
            return False
        return are_other_names(left, right) or (known and has_one_more(left, right))

    @staticmethod
    def _compare_faintly(a: Array, b: Array, at: Array, words: Array, levels: Array) -> None:
        import numpy as np
        from rapidfuzz.fuzz import ratio
        from rapidfuzz.process import cpdist

        if len(at):
            found = cpdist(list(words[a[at]]), list(words[b[at]]), scorer=ratio, score_cutoff=_FAINT_RATIO, dtype=np.uint8)
            levels[at[found > 0]] = FAINT


class _Levels:
    """Levels by the code of two words: a table while that is small, a sorted list beyond."""

    def __init__(self, size: int) -> None:
        import numpy as np

        # One more than the level, so that nought is an unknown pair: memory that is never looked at is never taken.
        self._table = np.zeros(size * size if size <= LARGEST_TABLE else 0, dtype=np.int8)
        self._codes = np.zeros(0, dtype=np.int64)
        self._levels = np.zeros(0, dtype=np.int8)

    def missing(self, codes: Array) -> Array:
        """Return those codes that are not known yet, each once."""
        import numpy as np

        if len(self._table):
            new = codes[self._table[codes] == 0]
            self._table[new] = DIFFERENT + 1  # So that they are new only once.
            return sort_distinct(new)
        new = sort_distinct(codes)
        if not len(self._codes):
            return new
        place = np.minimum(np.searchsorted(self._codes, new), len(self._codes) - 1)
        unknown: Array = new[self._codes[place] != new]
        return unknown

    def add(self, codes: Array, levels: Array) -> None:
        """Keep the levels of pairs of words that were not known."""
        import numpy as np

        if len(self._table):
            self._table[codes] = levels + 1
            return
        merged = np.concatenate([self._codes, codes])
        order = np.argsort(merged, kind="stable")
        self._codes, self._levels = merged[order], np.concatenate([self._levels, levels])[order]

    def set(self, codes: Array, level: int) -> None:
        """Give pairs of words that are known another level."""
        import numpy as np

        if len(self._table):
            self._table[codes] = level + 1
        else:
            self._levels[np.searchsorted(self._codes, codes)] = level

    def get(self, codes: Array) -> Array:
        """Return the levels of pairs of words that are known; a code that is none has any level."""
        import numpy as np

        if len(self._table):
            known: Array = np.maximum(self._table[codes], 1) - 1
            return known
        if not len(self._codes):
            return np.zeros(codes.shape, dtype=np.int8)
        place = np.minimum(np.searchsorted(self._codes, codes), len(self._codes) - 1)
        found: Array = self._levels[place]
        return found


def sort_distinct(codes: Array) -> Array:
    """Return each code once, in ascending order: sorting numbers is quicker than the hash table of ``numpy.unique``."""
    import numpy as np

    ordered = np.sort(codes, axis=None)
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    found: Array = ordered[first]
    return found


def _length(words: Array) -> Array:
    import numpy as np

    return np.fromiter(map(len, words), dtype=np.int16, count=len(words))


def _letter_sets(words: Iterable[str]) -> Array:
    """Return for each word a bit for every letter it has."""
    import numpy as np

    sets = (sum({1 << (ord(c) % 64) for c in word}) for word in words)
    return np.fromiter(sets, dtype=np.uint64)


def _begins(left: Array, right: Array) -> Array:
    """Tell for each pair of words whether one begins with the other."""
    import numpy as np

    found = (a.startswith(b) or b.startswith(a) for a, b in zip(left, right, strict=True))
    return np.fromiter(found, dtype=bool, count=len(left))


def _bare(letters: str, arabic: bool) -> str:
    """Return letters without what writing leaves open: in Arabic the article, and the order of lam and alef; in Latin which of
    the letters stands for a vowel that is a glide before another: Iyal, Yial, Fawzi, Faouzi.
    """
    if not arabic:
        return letters.translate(_GLIDES)
    if letters.startswith("AL") and len(letters) > 4:
        letters = letters[2:]
    return letters.replace("LA", "AL").replace("I", "")
