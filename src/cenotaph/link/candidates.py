"""Pairs of reports that share a key, each pair once, in order: what Splink's blocking gives, by walking through blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numba
import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Rows = npt.NDArray[np.int32]
    Numbers = npt.NDArray[np.int64]

CHUNK = 8_000_000
"""Comparisons, those found twice counted twice, that are held at a time."""


class Blocks(NamedTuple):
    """Who shares a key: for each row and rule the block and the row's place in it, and the rows of every block in order."""

    block: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]
    start: Numbers
    member: Rows
    later: Numbers

    @property
    def pairs(self) -> int:
        """How many comparisons there are, a pair that shares two keys counted twice."""
        return int(self.later.sum())


def make_blocks(keys: Sequence[Numbers], cap_of: Callable[[int, Numbers], int]) -> Blocks:
    """Return the blocks of rows by their keys.

    Parameters
    ----------
    keys
        For each rule the key of every row, -1 where it has none.
    cap_of
        Given a rule's number and the sizes of its blocks of two rows and more, the most rows of a block: a larger one is none.
    """
    count = len(keys[0]) if keys else 0
    block, place = np.full((count, len(keys)), -1, np.int32), np.zeros((count, len(keys)), np.int32)
    starts, members = [], []
    blocks, offset = 0, 0
    table = np.empty(1 << max(4, int(2 * max(count, 1)).bit_length()), np.int32)
    for at, values in enumerate(keys):
        number, size = _number_keys(values, table)
        cap = cap_of(at, size[size > 1].astype(np.int64))
        kept = (size > 1) & (size <= cap)
        start = np.cumsum(np.where(kept, size, 0)) - np.where(kept, size, 0)
        member = np.empty(int(size[kept].sum()), np.int32)
        _place_rows(number, kept, np.cumsum(kept) - 1 + blocks, start, member, block, place, at)
        starts.append(start[kept] + offset)
        members.append(member)
        blocks, offset = blocks + int(kept.sum()), offset + len(member)
    start = np.concatenate([*starts, [offset]]).astype(np.int64)
    member = np.concatenate(members) if members else np.zeros(0, np.int32)
    return Blocks(block, place, start, member, _count_later(block, place, start))


@numba.njit(cache=True, nogil=True)
def _number_keys(values, table):  # type: ignore[no-untyped-def]
    """Return a number for every key in the order in which keys come, -1 for none, and how many rows have it."""
    table[:] = -1
    mask = len(table) - 1
    number = np.full(len(values), -1, np.int32)
    distinct = np.empty(len(values), np.int64)
    size = np.zeros(len(values), np.int64)
    found = 0
    for at in range(len(values)):
        key = values[at]
        if key < 0:
            continue
        place = np.int64(np.uint64(key) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(20)) & mask
        while table[place] >= 0 and distinct[table[place]] != key:
            place = (place + 1) & mask
        if table[place] < 0:
            table[place] = found
            distinct[found] = key
            found += 1
        number[at] = table[place]
        size[table[place]] += 1
    return number, size[:found]


@numba.njit(cache=True, nogil=True)
def _place_rows(number, kept, named, start, member, block, place, rule):  # type: ignore[no-untyped-def]
    """Write the rows of every block that is kept, and of every row its block and place."""
    free = np.zeros(len(kept), np.int32)
    for row in range(len(number)):
        at = number[row]
        if at >= 0 and kept[at]:
            block[row, rule] = named[at]
            place[row, rule] = free[at]
            member[start[at] + free[at]] = row
            free[at] += 1


@numba.njit(cache=True, nogil=True)
def _count_later(block, place, start):  # type: ignore[no-untyped-def]
    """Return for every row how many comparisons it has with rows after it."""
    out = np.zeros(len(block), np.int64)
    for i in range(len(block)):
        for rule in range(block.shape[1]):
            at = block[i, rule]
            if at >= 0:
                out[i] += start[at + 1] - start[at] - place[i, rule] - 1
    return out


def list_pairs(blocks: Blocks, chunk: int = CHUNK) -> Iterator[tuple[Rows, Rows]]:
    """Yield the pairs of rows that share a block, ordered, the lower row first, a part at a time."""
    count = len(blocks.later)
    upto = np.concatenate([[0], np.cumsum(blocks.later)])
    stamp = np.full(count, -1, np.int32)
    low = 0
    while low < count:
        high = max(low + 1, int(np.searchsorted(upto, upto[low] + chunk, side="right")) - 1)
        left, right = (np.empty(int(upto[high] - upto[low]), np.int32) for _ in range(2))
        found = _list_pairs(blocks.block, blocks.place, blocks.start, blocks.member, low, high, stamp, left, right)
        if found:
            yield left[:found].copy(), right[:found].copy()
        low = high


@numba.njit(cache=True, nogil=True)
def _list_pairs(block, place, start, member, low, high, stamp, left, right):  # type: ignore[no-untyped-def]
    found = 0
    for i in range(low, high):
        first = found
        for rule in range(block.shape[1]):
            at = block[i, rule]
            if at < 0:
                continue
            for k in range(start[at] + place[i, rule] + 1, start[at + 1]):
                j = member[k]
                if stamp[j] != i:
                    stamp[j] = i
                    left[found], right[found] = i, j
                    found += 1
        if found - first > 1:
            right[first:found].sort()
    return found
