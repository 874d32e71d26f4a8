"""Which of many texts stand in others: half of the shingles of each, sorted, so that hundreds of thousands fit in memory.

A shingle is taken or left by its hash alone (Broder 1997, sampling modulo m), so what a short text shares with a long one is
sampled in both alike. What shares enough of the sample is a candidate; the exact comparison is the caller's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Any, NamedTuple

from cenotaph.text.duplicates import shingle

_LEAST_SHARED = 2
_LEAST_SHARE = 0.4  # Of a sample: the whole may still share three fifths.
_LARGEST_GROUP = 200
_CHUNK = 2000


class Candidate(NamedTuple):
    """Two texts, by their keys, that share much of their samples; the indexed one first."""

    first: str
    second: str


class ReprintIndex:
    """The samples of texts.

    Parameters
    ----------
    texts
        Keys and texts; a text under ``least_words`` words cannot be told from others and is left out.
    least_words
        Least words of a text.
    """

    def __init__(self, texts: Iterable[tuple[str, str]], least_words: int) -> None:
        import numpy as np

        self._least = least_words
        self._keys: list[str] = []
        sizes: list[int] = []
        hashes: list[Any] = []
        for key, text in texts:
            sample = self._sample(text)
            if sample is not None:
                self._keys.append(key)
                sizes.append(len(sample))
                hashes.append(sample)
        self._sizes = np.array(sizes, dtype=np.int64)
        whole = np.concatenate(hashes) if hashes else np.empty(0, dtype=np.uint64)
        owner = np.repeat(np.arange(len(sizes), dtype=np.int32), self._sizes)
        order = np.argsort(whole, kind="stable")
        self._hashes, self._owner = whole[order], owner[order]

    def __len__(self) -> int:
        return len(self._keys)

    def find_within(self) -> Iterator[Candidate]:
        """Yield the pairs among the indexed texts, in order."""
        import numpy as np

        shared: dict[tuple[int, int], int] = defaultdict(int)
        changes = np.flatnonzero(self._hashes[1:] != self._hashes[:-1]) + 1
        bounds = [0, *changes.tolist(), len(self._hashes)]
        for start, end in pairwise(bounds):
            if end - start > 1:
                group = self._owner[start : min(end, start + _LARGEST_GROUP)].tolist()
                for at, first in enumerate(group):
                    for second in group[at + 1 :]:
                        shared[first, second] += 1
        for (first, second), count in sorted(shared.items()):
            if self._is_enough(count, int(self._sizes[first]), int(self._sizes[second])):
                yield Candidate(self._keys[first], self._keys[second])

    def find_among(self, texts: Iterable[tuple[str, str]]) -> Iterator[Candidate]:
        """Yield the pairs of an indexed text and one of others, which are streamed."""
        waiting = iter(texts)
        while chunk := list(islice(waiting, _CHUNK)):
            yield from self._find_in_chunk(chunk)

    def _find_in_chunk(self, chunk: list[tuple[str, str]]) -> Iterator[Candidate]:
        import numpy as np

        if not self._keys:
            return
        for key, text in chunk:
            sample = self._sample(text)
            if sample is None:
                continue
            first = np.searchsorted(self._hashes, sample, "left")
            counts = np.minimum(np.searchsorted(self._hashes, sample, "right") - first, _LARGEST_GROUP)
            hit = np.flatnonzero(counts)
            if len(hit) < _LEAST_SHARED:
                continue
            owners = np.concatenate([self._owner[first[at] : first[at] + counts[at]] for at in hit])
            found, shared = np.unique(owners, return_counts=True)
            for own, count in zip(found.tolist(), shared.tolist(), strict=True):
                if self._is_enough(count, int(self._sizes[own]), len(sample)):
                    yield Candidate(self._keys[own], key)

    def _is_enough(self, count: int, first: int, second: int) -> bool:
        return count >= max(_LEAST_SHARED, _LEAST_SHARE * min(first, second))

    def _sample(self, text: str) -> Any:
        import numpy as np

        # A quick look first: most messages of chats are shorter.
        if len(text) < 2 * self._least or len(text.split(None, self._least)) < self._least:
            return None
        found = np.sort(np.fromiter((value for value in shingle(text) if value >> 40 & 1), dtype=np.uint64))
        return found if len(found) >= _LEAST_SHARED else None
