"""Texts that are nearly the same: proposed as one lineage, for a person to accept.

Shingles of words, MinHash signatures and banding (Broder 1997; Leskovec, Rajaraman & Ullman, *Mining of Massive Datasets*,
3.3-3.4) find the pairs; each is then compared exactly, by the share of the smaller text's shingles that the larger one has.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cenotaph.text.tokens import fold_word

SHINGLE = 5
HASHES = 96
BANDS = 32
_ROWS = HASHES // BANDS
_WORD = re.compile(r"\w+")
_WORD_SIZE = 1 << 64
_LARGEST_BUCKET = 200
_BLOCK = 4096


class NearDuplicate(NamedTuple):
    """Two texts that share most of their words.

    Parameters
    ----------
    first, second
        The keys that the texts were given under, in their order.
    containment
        Share of the smaller text's shingles that the other has, from 0 to 1.
    resemblance
        Shingles they share by all shingles of both (Jaccard), from 0 to 1.
    """

    first: str
    second: str
    containment: float
    resemblance: float


def shingle(text: str) -> frozenset[int]:
    """Return the hashed runs of five words of a text; of a shorter text its words as one run."""
    words = [fold_word(word) for word in _WORD.findall(text)]
    if not words:
        return frozenset()
    if len(words) < SHINGLE:
        return frozenset([_hash(words)])
    return frozenset(_hash(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def find_near_duplicates(texts: Iterable[tuple[str, str]], threshold: float = 0.6) -> list[NearDuplicate]:
    """Return the pairs of texts of which one has most of the other.

    Parameters
    ----------
    texts
        Keys and texts.
    threshold
        Least containment, from 0 to 1.
    """
    shingles: dict[str, frozenset[int]] = {}
    buckets: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
    for key, text in texts:
        found = shingle(text)
        if not found:
            continue
        shingles[key] = found
        for bucket in _bands(_sign(found)):
            buckets[bucket].append(key)
    order = {key: at for at, key in enumerate(shingles)}
    pairs: set[tuple[str, str]] = set()
    for keys in buckets.values():
        # A run of words that hundreds of texts share is a form, not an origin.
        for at, first in enumerate(keys[:_LARGEST_BUCKET]):
            for second in keys[at + 1 : _LARGEST_BUCKET]:
                if first != second:
                    pairs.add((first, second) if order[first] < order[second] else (second, first))
    result = []
    for first, second in sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]])):
        shared = len(shingles[first] & shingles[second])
        containment = shared / min(len(shingles[first]), len(shingles[second]))
        if containment >= threshold:
            union = len(shingles[first] | shingles[second])
            result.append(NearDuplicate(first, second, containment, shared / union))
    return result


def _hash(words: list[str]) -> int:
    data = " ".join(words).encode("utf-8", "surrogatepass")
    return zlib.crc32(data) << 32 | zlib.adler32(data)


def _sign(shingles: frozenset[int]) -> list[int]:
    import numpy as np

    values = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    # Multiply-add modulo 2^64 with fixed odd multipliers: the same texts give the same pairs.
    numbers = range(HASHES)
    multipliers = np.array([0x9E3779B97F4A7C15 * (2 * i + 1) % _WORD_SIZE for i in numbers], dtype=np.uint64)
    addends = np.array([0xD1B54A32D192ED03 * (i + 7) ** 3 % _WORD_SIZE for i in numbers], dtype=np.uint64)
    signature = np.full(HASHES, _WORD_SIZE - 1, dtype=np.uint64)
    for at in range(0, len(values), _BLOCK):
        part = values[at : at + _BLOCK]
        mixed = multipliers[:, None] * part[None, :] + addends[:, None]
        mixed ^= mixed >> np.uint64(29)
        signature = np.minimum(signature, (mixed * np.uint64(0xBF58476D1CE4E5B9)).min(axis=1))
    return [int(value) for value in signature]


def _bands(signature: list[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for band in range(BANDS):
        yield band, tuple(signature[band * _ROWS : (band + 1) * _ROWS])
