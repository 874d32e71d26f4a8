"""Ids of people that last: carried from the last accepted run by overlap, minted from a first report, redirected on a merge.

What overlaps are *units*: a list's row whatever its words in a release, or a report that a person entered. A unit therefore
keeps its person when a list corrects a spelling.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cenotaph.domain.canonical import content_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = Literal["merged", "split", "restored"]


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What became of an id.

    Parameters
    ----------
    kind
        ``merged``: the id is retired and leads to ``other``. ``split``: some of its units went to ``other``. ``restored``: an
        id that had been merged away stands for somebody again.
    person, other
        Ids of people; ``other`` is None where none is concerned.
    units
        How many units went or came back.
    """

    kind: Kind
    person: str
    other: str | None
    units: int


@dataclass(frozen=True, slots=True)
class Carried:
    """Who each group of units is.

    Parameters
    ----------
    people
        The person's id of each group, in the order of the groups' numbers.
    minted
        Ids that are new.
    changes
        What became of ids of the last accepted run, sorted.
    """

    people: tuple[str, ...]
    minted: frozenset[str]
    changes: tuple[PersonChange, ...]


def carry_identities(
    units: Sequence[str],
    groups: NDArray[np.int64],
    before: NDArray[np.int64],
    people: Sequence[str],
    run: str,
    retired: Set[str] = frozenset(),
    in_use: Set[str] = frozenset(),
) -> Carried:
    """Give each group of units the id of the person it has most in common with.

    The largest overlap is served first; of equal ones the older person, then the group whose first unit came first. An id
    goes to one group and a group has one id. A group that gets none is minted one from its first unit: the same unit mints
    the same id, so that a merge that is taken back gives back the id that it retired.

    Parameters
    ----------
    units
        Keys of the units that stand, in the order in which the record took them in.
    groups
        Number of each unit's group, from 0 without a gap.
    before
        Place of each unit's person in ``people``, -1 where it had none.
    people
        Ids that were in use after the last accepted run, the older first; those none of whose units stands keep theirs.
    run
        Id of the run that is being accepted.
    retired
        Ids that were merged away before.
    in_use
        Ids of further people, whom this run does not touch.

    Returns
    -------
    Carried
        Ids and changes; the same for the same arguments.
    """
    import numpy as np

    count = int(groups.max()) + 1 if len(groups) else 0
    first = _find_first(groups, count)
    shared_group, shared_person, shared = _count_shared(groups, before, len(people))
    order = np.lexsort((first[shared_group], shared_person, -shared))
    owner = np.full(count, -1, np.int64)  # Person of each group.
    holder = np.full(len(people), -1, np.int64)  # Group of each person.
    for at in order.tolist():
        group, person = int(shared_group[at]), int(shared_person[at])
        if owner[group] < 0 and holder[person] < 0:
            owner[group], holder[person] = person, group
    sizes = np.bincount(groups, minlength=count) if len(groups) else np.zeros(0, np.int64)
    ids, minted, changes = _name_groups(units, first, owner, people, run, (retired, in_use), sizes)
    changes += _trace_people(people, ids, holder, shared_group, shared_person, shared)
    return Carried(tuple(ids), frozenset(minted), tuple(sorted(changes, key=_order)))


def _order(change: PersonChange) -> tuple[str, str, str]:
    return change.kind, change.person, change.other or ""


def _find_first(groups: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    import numpy as np

    first = np.full(count, len(groups), np.int64)
    np.minimum.at(first, groups, np.arange(len(groups), dtype=np.int64))
    return first


def _count_shared(
    groups: NDArray[np.int64], before: NDArray[np.int64], people: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return how many units each group and each earlier person have in common, where any."""
    import numpy as np

    known = before >= 0
    packed, shared = np.unique(groups[known] * max(people, 1) + before[known], return_counts=True)
    return packed // max(people, 1), packed % max(people, 1), shared.astype(np.int64)


def _name_groups(
    units: Sequence[str],
    first: NDArray[np.int64],
    owner: NDArray[np.int64],
    people: Sequence[str],
    run: str,
    known: tuple[Set[str], Set[str]],
    sizes: NDArray[np.int64],
) -> tuple[list[str], set[str], list[PersonChange]]:
    retired, in_use = known
    taken = {*people, *in_use}
    ids: list[str] = []
    minted: set[str] = set()
    changes: list[PersonChange] = []
    for group, person in enumerate(owner.tolist()):
        if person >= 0:
            ids.append(people[person])
            continue
        unit = units[int(first[group])]
        identifier = content_id("person", unit)
        if identifier in taken:  # It stands for somebody whose first unit has left them.
            identifier = content_id("person", unit, run)
        if identifier in retired:
            changes.append(PersonChange("restored", identifier, None, int(sizes[group])))
        else:
            minted.add(identifier)
        taken.add(identifier)
        ids.append(identifier)
    return ids, minted, changes


def _trace_people(
    people: Sequence[str],
    ids: Sequence[str],
    holder: NDArray[np.int64],
    shared_group: NDArray[np.int64],
    shared_person: NDArray[np.int64],
    shared: NDArray[np.int64],
) -> list[PersonChange]:
    """Return what became of every earlier person whose units are not all where its id is."""
    import numpy as np

    changes: list[PersonChange] = []
    away = holder[shared_person] != shared_group
    heir: dict[int, int] = {}
    for at in np.lexsort((shared_group, -shared)).tolist():
        person = int(shared_person[at])
        if holder[person] < 0:
            heir.setdefault(person, int(shared_group[at]))
    for at in np.flatnonzero(away).tolist():
        person, group = int(shared_person[at]), int(shared_group[at])
        kind: Kind = "merged" if heir.get(person) == group else "split"
        changes.append(PersonChange(kind, people[person], ids[group], int(shared[at])))
    return changes
