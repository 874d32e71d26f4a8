"""What a run may not do by itself: split or merge people who have been published, without a person's word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HeldKind = Literal["merge", "split"]


@dataclass(frozen=True, slots=True)
class Held:
    """A change that waits for a person's word.

    Parameters
    ----------
    kind
        ``merge`` of two published people, or ``split`` of one.
    person, other
        Places of the people; for a split ``other`` is -1.
    left, right
        Places of two units, one on each side: the pair to judge.
    """

    kind: HeldKind
    person: int
    other: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Word:
    """What reviewers have said: pairs of units' places that are the same person, and pairs that are not."""

    same: frozenset[tuple[int, int]] = frozenset()
    different: frozenset[tuple[int, int]] = frozenset()


def hold_published(
    groups: NDArray[np.int64],
    before: NDArray[np.int64],
    published: Set[int],
    word: Word,
    edges: Sequence[tuple[int, int, float]] = (),
) -> tuple[NDArray[np.int64], tuple[Held, ...]]:
    """Return groups in which no published person is split or merged unless a reviewer said so.

    A published person that a run would tear apart stays whole, unless a reviewer said "not the same" of two of its units
    that the run puts apart. Two published people that a run would join stay apart, unless a reviewer said "the same" of a
    unit of each; units that were nobody's go with the one to which their edges weigh more, and stay by themselves where
    there is none.

    Parameters
    ----------
    groups
        Number of each unit's group as the run has it, from 0 without a gap.
    before
        Place of each unit's person, -1 where it had none.
    published
        Places of people that a release has shown.
    word
        What reviewers have said.
    edges
        Places of two units and the weight of their pair, in bits.

    Returns
    -------
    tuple
        Groups, numbered anew in the order of their first units; and what was held back.
    """
    import numpy as np

    made = groups.copy()
    fresh = int(groups.max()) + 1 if len(groups) else 0
    held: list[Held] = []
    members: dict[int, list[int]] = defaultdict(list)
    for place in np.flatnonzero(np.isin(before, np.fromiter(published, np.int64, len(published)))).tolist():
        members[int(before[place])].append(place)
    torn = {p for p, places in members.items() if len({int(groups[at]) for at in places}) > 1}
    allowed = {int(before[a]) for a, b in word.different if before[a] >= 0 and before[a] == before[b]}
    whole: dict[int, int] = {}
    for person in sorted(torn - allowed):
        places = members[person]
        counted = Counter(int(groups[at]) for at in places)
        stays = max(counted, key=lambda group: (counted[group], -group))
        inside = next(at for at in places if groups[at] == stays)
        outside = next(at for at in places if groups[at] != stays)
        held.append(Held("split", person, -1, inside, outside))
        made[places] = stays
        whole[person] = stays
    by_group: dict[int, set[int]] = defaultdict(set)
    for person, places in members.items():
        for at in places:
            by_group[int(made[at])].add(person)
    same = {frozenset((int(before[a]), int(before[b]))) for a, b in word.same if before[a] >= 0 and before[b] >= 0}
    weights = _weigh(edges, made, {group for group, found in by_group.items() if len(found) > 1})
    for group, people in sorted(by_group.items()):
        parts = _join(sorted(people), same)
        if len(parts) < 2:
            continue
        fresh = _part(made, before, group, parts, members, weights, fresh, held)
    return _renumber(made), tuple(held)


def _join(people: Sequence[int], same: Set[frozenset[int]]) -> list[set[int]]:
    """Return people in parts, those together whom a reviewer's word joins."""
    parts: list[set[int]] = []
    for person in people:
        near = [part for part in parts if any(frozenset((person, other)) in same for other in part)]
        parts = [part for part in parts if part not in near] + [set().union({person}, *near)]
    return parts


def _weigh(
    edges: Sequence[tuple[int, int, float]], made: NDArray[np.int64], groups: Set[int]
) -> dict[int, list[tuple[int, float]]]:
    """Return the edges of each unit within the groups that are to be parted."""
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for left, right, weight in edges:
        if made[left] == made[right] and int(made[left]) in groups:
            found[left].append((right, weight))
            found[right].append((left, weight))
    return found


def _part(
    made: NDArray[np.int64],
    before: NDArray[np.int64],
    group: int,
    parts: Sequence[set[int]],
    members: dict[int, list[int]],
    weights: dict[int, list[tuple[int, float]]],
    fresh: int,
    held: list[Held],
) -> int:
    """Give every part of a group but the first a group of its own, and units that were nobody's to the part they lean to."""
    import numpy as np

    number: dict[int, int] = {}
    for at, part in enumerate(parts):
        chosen = group if at == 0 else fresh
        fresh += at > 0
        number.update(dict.fromkeys(part, chosen))
        if at:
            left, right = min(parts[0]), min(part)
            held.append(Held("merge", left, right, members[left][0], members[right][0]))
    rest: list[int] = []
    for place in np.flatnonzero(made == group).tolist():
        person = int(before[place])
        if person in number:
            made[place] = number[person]
        else:
            rest.append(place)
    settled = dict.fromkeys(number.values())
    moved: dict[int, int] = {}
    # Strongest first, so that a unit may follow another that has found its place.
    candidates = sorted(((w, a, b) for a in rest for b, w in weights.get(a, ())), key=lambda item: (-item[0], item[1], item[2]))
    waiting = set(rest)
    progress = True
    while waiting and progress:
        progress = False
        for _, unit, neighbour in candidates:
            if unit in waiting and neighbour not in waiting and int(made[neighbour]) in settled:
                made[unit] = moved[unit] = int(made[neighbour])
                waiting.discard(unit)
                progress = True
                break
    for unit in sorted(waiting):
        made[unit] = fresh
        fresh += 1
    return fresh


def _renumber(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return groups numbered from 0 in the order of their first units."""
    import numpy as np

    values, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    rank = np.empty(len(values), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(values))
    return rank[inverse]
