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

    def unnamed(self, members: Iterable[str]) -> tuple[int, int | None]:
        """Return fewest and most places that are not filled by any of a figure's members.

        Naming a victim fills a place and adds nothing: members and places together stay the same until more are named than
        anybody stated.
        """
        filled = len(self.victims.intersection(members))
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
        Places of incidents of which the figure's conditions are not known: in no sum.
    """

    low: int
    high: int | None
    places: tuple[tuple[Places, int, int | None], ...]
    not_placed: int


def count_unnamed(
    incidents: Mapping[str, Sequence[Places]],
    members: Sequence[str],
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
        The figure's members.
    grades, scope, where
        What the figure asks for. A group that is narrower than the conditions (women, where all citizens of a country are
        asked for) is no measure of them and stands aside: the minimum stays one.
    """
    found: list[tuple[Places, int, int | None]] = []
    asked, verdicts, within, not_placed = set(grades), set(scope), frozenset(members), 0
    axes = {axis for axis, _ in where}
    for groups in incidents.values():
        meeting = [
            g
            for g in groups
            if set(g.keys) <= axes | set(groups[0].keys) and all(g.keys.get(axis) in keys for axis, keys in where)
        ]
        if meeting:
            chosen = min(meeting, key=lambda g: len(g.keys))
            if chosen.grade in asked and chosen.scope in verdicts:
                found.append((chosen, *chosen.unnamed(within)))
        elif groups and not _excluded(groups[0], where) and groups[0].scope in verdicts:
            not_placed += groups[0].unnamed(groups[0].victims)[0]
    highs = [high for _, _, high in found]
    most = None if None in highs else sum(h for h in highs if h is not None)
    return Unnamed(sum(low for _, low, _ in found), most, tuple(found), not_placed)


def _excluded(whole: Places, where: Sequence[tuple[str, tuple[str, ...]]]) -> bool:
    """Tell whether all victims of an incident have a key that a figure does not ask for."""
    return any(axis in whole.keys and whole.keys[axis] not in keys for axis, keys in where)


def counts_places(fates: Iterable[Fate]) -> bool:
    """Tell whether a figure is of the dead, so that unnamed places may stand beside its members."""
    return set(fates) <= {Fate.DEAD, Fate.PRESUMED_DEAD} and Fate.DEAD in set(fates)
