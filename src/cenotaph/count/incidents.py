"""Unnamed places: how many victims of an incident nobody has named, from what sources state and who is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cenotaph.domain.errors import ValueFormatError
from cenotaph.domain.standing import Fate, Grade


@dataclass(frozen=True, slots=True)
class Stated:
    """How many victims one source states for an incident, or for one group of its victims, named and unnamed together.

    Parameters
    ----------
    id
        Its id.
    lineage
        What it goes back to; of one lineage the latest word stands.
    low, high
        Fewest and most; ``high`` is None where the source gives no most.
    stated_on
        The day from which it could be known; None where nobody says.

    Raises
    ------
    ValueFormatError
        A number is negative, or the fewest are more than the most.
    """

    id: str
    lineage: str
    low: int
    high: int | None
    stated_on: date | None = None

    def __post_init__(self) -> None:
        if self.low < 0 or (self.high is not None and self.high < self.low):
            raise ValueFormatError(f"{self.low} to {self.high} is no number of victims.", "Write the fewest, then the most.")


def combine(statements: Sequence[Stated]) -> tuple[int, int | None]:
    """Return fewest and most that statements together allow: of each origin the latest word, of these the widest range.

    Raises
    ------
    ValueFormatError
        There is no statement.
    """
    if not statements:
        raise ValueFormatError("Nobody states how many died.", "Record a statement first.")
    latest: dict[str, Stated] = {}
    for item in statements:  # In the order of the record; a later day wins, of one day the later entry.
        last = latest.get(item.lineage)
        if last is None or (item.stated_on or date.min) >= (last.stated_on or date.min):
            latest[item.lineage] = item
    highs = [item.high for item in latest.values()]
    return min(item.low for item in latest.values()), None if None in highs else max(h for h in highs if h is not None)


@dataclass(frozen=True, slots=True)
class Places:
    """The victims of an incident, or of one group of them, as figures count them.

    Parameters
    ----------
    incident
        The incident's id.
    keys
        The key on each axis that holds for all of them.
    low, high
        Fewest and most of them, named and unnamed.
    grade
        What the statements together are worth; None where they do not count.
    scope
        ``in``, ``out`` or ``not_known``.
    month
        The month in which it happened, as ``YYYY-MM``, where it lies within one.
    victims
        Ids of people whom somebody placed in the incident, of whichever group.
    """

    incident: str
    keys: Mapping[str, str]
    low: int
    high: int | None
    grade: Grade | None
    scope: str = "in"
    month: str | None = None
    victims: frozenset[str] = field(default_factory=frozenset)

    def unnamed(self, filled: int) -> tuple[int, int | None]:
        """Return fewest and most places that are left where so many are filled.

        Naming a victim fills a place and adds nothing: members and places together stay the same until more are named than
        anybody stated.
        """
        return max(0, self.low - filled), None if self.high is None else max(0, self.high - filled)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """The unnamed of a figure.

    Parameters
    ----------
    low, high
        Fewest and most unfilled places; ``high`` is None where some source gives no most.
    places
        Each incident's places that count, with its fewest and most unfilled ones.
    not_placed
        Places of incidents of which the figure's conditions are not known, the named and groups known to be others aside: in no
        sum.
    """

    low: int
    high: int | None
    places: tuple[tuple[Places, int, int | None], ...]
    not_placed: int


def count_unnamed(
    incidents: Mapping[str, Sequence[Places]],
    members: Mapping[str, Mapping[str, str]],
    *,
    grades: Iterable[Grade],
    scope: Iterable[str],
    where: Sequence[tuple[str, tuple[str, ...]]],
) -> Unnamed:
    """Return a figure's unnamed places.

    Parameters
    ----------
    incidents
        For each incident its places: of all its victims first, then of groups of them.
    members
        The figure's members with the key of each on every axis that is known: who is of another group fills none of its places.
    grades, scope, where
        What the figure asks for. Where all victims of an incident meet it they are its places; else the groups that do, of one
        axis, which exclude each other. A group that is narrower than the conditions (women, where all citizens of a country are
        asked for) is no measure of them and stands aside: the minimum stays one.
    """
    found: list[tuple[Places, int, int | None]] = []
    not_placed = 0
    asked, verdicts = set(grades), set(scope)
    for groups in incidents.values():
        if not groups:
            continue
        whole = groups[0]
        chosen = _choose(groups, where, asked, verdicts)
        found += [(g, *g.unnamed(_count_filled(g, whole, members))) for g in chosen]
        in_doubt = not chosen or not where  # A group that states what is asked for leaves nothing of the rest to be asked.
        if chosen != [whole] and in_doubt and whole.scope in (*verdicts, "not_known") and not _excluded(whole, where):
            known = [*chosen, *_find_excluded(groups, where, verdicts)]
            not_placed += max(0, whole.low - _count_accounted(whole, known, members))
    highs = [high for _, _, high in found]
    most = None if None in highs else sum(h for h in highs if h is not None)
    return Unnamed(sum(low for _, low, _ in found), most, tuple(found), not_placed)


def _choose(
    groups: Sequence[Places], where: Sequence[tuple[str, tuple[str, ...]]], grades: set[Grade], scope: set[str]
) -> list[Places]:
    """Return the places that a figure counts: all victims where they meet its conditions, else the groups that do."""
    whole, axes = groups[0], {axis for axis, _ in where}

    def meets(places: Places) -> bool:
        return all(places.keys.get(axis) in keys for axis, keys in where)

    def counts(places: Places) -> bool:
        return places.grade in grades and places.scope in scope

    if meets(whole) and counts(whole):
        return [whole]
    by_axes: dict[frozenset[str], list[Places]] = {}
    for group in groups[1:]:
        own = frozenset(group.keys) - frozenset(whole.keys)
        if own and meets(group) and counts(group) and (own <= axes or meets(whole)):
            by_axes.setdefault(own, []).append(group)
    return max(by_axes.values(), key=lambda found: sum(g.low for g in found), default=[])


def _find_excluded(
    groups: Sequence[Places], where: Sequence[tuple[str, tuple[str, ...]]], scope: set[str]
) -> list[Places]:
    """Return the groups, of one axis, of which it is known that they are not what a figure asks for."""
    whole = groups[0]
    by_axes: dict[frozenset[str], list[Places]] = {}
    for group in groups[1:]:
        if _excluded(group, where) or group.scope not in (*scope, "not_known"):
            by_axes.setdefault(frozenset(group.keys) - frozenset(whole.keys), []).append(group)
    return max(by_axes.values(), key=lambda found: sum(g.low for g in found), default=[])


def _count_accounted(whole: Places, known: Sequence[Places], members: Mapping[str, Mapping[str, str]]) -> int:
    """Return of how many victims it is known whether they belong: those of groups that exclude each other, and the named.

    A named victim is of a group, or surely of none and so one more, or may be of one: then a place there is taken first, since
    nobody is to be counted twice. Of somebody who is no member of the figure nothing is asked but that they are named.
    """
    own = [{axis: key for axis, key in group.keys.items() if axis not in whole.keys} for group in known]
    sure, beside, unsure = [0] * len(known), 0, 0
    for victim in whole.victims:
        keys = members.get(victim, {})
        at = next((at for at, group in enumerate(own) if all(keys.get(axis) == key for axis, key in group.items())), None)
        if at is not None:
            sure[at] += 1
        elif all(any(keys.get(axis, key) != key for axis, key in group.items()) for group in own):
            beside += 1
        else:
            unsure += 1
    free = sum(max(0, group.low - filled) for group, filled in zip(known, sure, strict=True))
    stated = sum(max(group.low, filled) for group, filled in zip(known, sure, strict=True))
    return stated + beside + max(0, unsure - free)


def _count_filled(places: Places, whole: Places, members: Mapping[str, Mapping[str, str]]) -> int:
    """Return how many places members fill: all victims' by whoever is one, a group's by whoever is of it."""
    own = [(axis, key) for axis, key in places.keys.items() if axis not in whole.keys]
    return sum(
        victim in members and all(members[victim].get(axis) == key for axis, key in own) for victim in places.victims
    )


def _excluded(whole: Places, where: Sequence[tuple[str, tuple[str, ...]]]) -> bool:
    """Tell whether all victims of an incident have a key that a figure does not ask for."""
    return any(axis in whole.keys and whole.keys[axis] not in keys for axis, keys in where)


def counts_places(fates: Iterable[Fate]) -> bool:
    """Tell whether a figure is of the dead, so that unnamed places may stand beside its members."""
    return set(fates) <= {Fate.DEAD, Fate.PRESUMED_DEAD} and Fate.DEAD in set(fates)
