"""Who of withheld people may be seen to share something, so that no series of releases gives one of them back.

A reader has every release at once, and knows of everybody who was shown what was shown of them. So numbers are compared by who is
in them and not by what was displayed: people come into what is displayed, and leave it, only ``least`` together, and those
who were never shown are counted apart from those who were, since whoever knows the latter subtracts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cenotaph.domain.standing import Fate

Key = tuple[str, ...]
Settled = Mapping[Key, frozenset[str]]
NOT_SAID = "not_said"
"""The class of those whose own is not told: too few share it, or a release has shown them."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the releases before told of withheld people.

    Parameters
    ----------
    settled
        Who was in what was last displayed, by what they share: never published itself.
    axes
        The axes of withheld rows in the release before; None where nothing came before.
    once
        Everybody whom some release has shown.
    fates
        Fates of those whom some release may have shown.
    """

    settled: Settled = field(default_factory=dict)
    axes: tuple[str, ...] | None = None
    once: frozenset[str] = frozenset()
    fates: frozenset[Fate] = frozenset()


def settle(
    groups: Sequence[frozenset[str]], before: frozenset[str], earlier: Earlier, shown: frozenset[str], least: int
) -> tuple[list[frozenset[str]], frozenset[str]]:
    """Return who of each group may be seen to share what the groups share, and who has settled in it.

    Whoever is displayed already stays. Others wait until ``least`` of them came; where fewer than ``least`` have left who are
    not shown now, and nobody comes, nobody is displayed. Each holds among those who were never shown, and among the others.

    Parameters
    ----------
    groups
        Those who share it, by what else a reader sees of them (the figures that count them).
    before
        Who was in it when it was last displayed.
    shown
        Whom the release shows: they have left in the open.
    least
        1 or more.
    """
    found = [frozenset[str]()] * len(groups)
    settled: frozenset[str] = frozenset()
    for known in (False, True):
        parts = [frozenset(person for person in group if (person in earlier.once) is known) for group in groups]
        was = frozenset(person for person in before if (person in earlier.once) is known and person not in shown)
        kept = _keep(parts, was, least)
        settled |= frozenset().union(*kept) or was
        found = [one | other for one, other in zip(found, kept, strict=True)]
    return found, settled


def _keep(parts: Iterable[frozenset[str]], was: frozenset[str], least: int) -> list[frozenset[str]]:
    kept: list[frozenset[str]] = []
    for part in parts:
        came = part - was
        stand = part if len(came) >= least else part & was
        kept.append(stand if len(stand) >= least else frozenset())
    displayed = frozenset().union(*kept)
    left = len(was - displayed)
    # Those who newly come hide how many left; without them, few who left would be told by the difference.
    return [frozenset()] * len(kept) if 0 < left < least and displayed <= was else kept


def tell_classes(
    members: Mapping[str, frozenset[str]], earlier: Earlier, shown: frozenset[str], least: int
) -> tuple[dict[str, int], dict[Key, frozenset[str]]]:
    """Return how many are withheld in each class that may be told, and who has settled in it.

    Whoever a release has shown is in none: who was withdrawn is public, and a class beside them would say why.

    Parameters
    ----------
    members
        Everybody who is withheld, by class.
    shown, least
        As :func:`settle` has them.
    """
    told: dict[str, int] = {}
    settled: dict[Key, frozenset[str]] = {}
    for name, people in members.items():
        key = ("class of", name)  # No axes are called so.
        (found,), settled[key] = settle([people - earlier.once], earlier.settled.get(key, frozenset()), earlier, shown, least)
        if found:
            told[name] = len(found)
    rest = sum(map(len, members.values())) - sum(told.values())
    return {**told, **({NOT_SAID: rest} if rest else {})}, settled
