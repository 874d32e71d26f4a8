"""What keeps people who were found before together when reports are added, and where a reviewer's word takes them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]
    Words = npt.NDArray[np.int32]


class Bound(NamedTuple):
    """Pairs of places that stay together, and for every old place a number that is the same for those who do."""

    pairs: Words
    kept: Numbers


def bind(before: Numbers, same: Words, different: Words) -> Bound:
    """Bind the reports of every old person, but for people through whom two would be one whom a reviewer told from each other.

    Of these no pair is bound: what is known of their reports groups them anew, under the reviewer's words. So it is with a person
    in whom "not the same" was said of two, and with one whom "the same" would bring to somebody of whom that was said.

    Parameters
    ----------
    before
        The old person of every old place, the first places of all.
    same, different
        Pairs of places that reviewers have said to be one person, and two; "same" alone breaks no "different".
    """
    order = np.argsort(before, kind="stable")
    follows = np.flatnonzero(before[order[1:]] == before[order[:-1]])
    chain = np.stack([order[follows], order[follows + 1]], axis=1).astype(np.int32)
    near: dict[int, list[tuple[int, int]]] = {}
    for pairs, person in ((same, np.full(len(same), -1)), (chain, before[chain[:, 0]])):
        for (one, other), whose in zip(pairs.tolist(), person.tolist(), strict=True):
            near.setdefault(one, []).append((other, whose))
            near.setdefault(other, []).append((one, whose))
    torn: set[int] = set()
    for one, other in different.tolist():
        while through := _find_way(near, torn, one, other):
            torn |= through
    apart = np.isin(before, np.fromiter(torn, np.int64, len(torn)))
    _, lowest, which = np.unique(before, return_index=True, return_inverse=True)
    kept = np.where(apart, np.arange(len(before)), lowest[which])
    return Bound(chain[~apart[chain[:, 0]]], kept)


def _find_way(near: dict[int, list[tuple[int, int]]], torn: set[int], start: int, end: int) -> set[int]:
    """Return the old people, not torn yet, who lead from one place to another by the shortest way; none where there is no way."""
    came: dict[int, tuple[int, int]] = {start: (start, -1)}
    waiting = [start]
    for here in waiting:
        if here == end:
            break
        for there, whose in near.get(here, ()):
            if there not in came and whose not in torn:
                came[there] = (here, whose)
                waiting.append(there)
    found = set()
    if end in came:
        while end != start:
            end, whose = came[end]
            found.add(whose)
    return found - {-1}
