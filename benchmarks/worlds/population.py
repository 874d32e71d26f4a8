"""The dead of a world: who they were, whose sons, brothers and namesakes, where and when they died."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from benchmarks.worlds.pools import ARABIC, build
from benchmarks.worlds.profiles import Profile

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

WAR_BEGINS, WAR_ENDS = 19_047, 20_400
"""Days since 1970: February 2022 and November 2025."""

PLACES = {"gaza": (0, 12), "syria": (12, 18), "iraq": (18, 23), "sudan": (23, 28)}
"""Which of the Arabic places belong to whom."""


@dataclass(slots=True)
class People:
    """One array a property, one element a person; names and places are positions in the people's pools.

    ``family`` and ``incident`` are numbers shared by relatives and by those killed together, -1 where alone; ``twin`` says that
    another has the same birth and parents.
    """

    people: Ints
    woman: Flags
    given: Ints
    father: Ints
    grandfather: Ints
    surname: Ints
    maiden: Ints
    middle: Ints
    birth: Ints
    death: Ints
    region: Ints
    village: Ints
    unit: Ints
    rank: Ints
    family: Ints
    incident: Ints
    twin: Flags
    namesake: Flags

    def __len__(self) -> int:
        return len(self.people)

    def copy_to(self, into: Ints, origin: Ints, *names: str) -> None:
        """Copy properties of some people to others."""
        for name in names:
            values = getattr(self, name)
            values[into] = values[origin]


def zipf(chance: np.random.Generator, count: int, size: int, exponent: float, shift: float) -> Ints:
    """Draw positions in a pool of names, the first most often: weight of rank r is (r + shift) ** -exponent."""
    weights = (np.arange(1, size + 1) + shift) ** -exponent
    edges = np.cumsum(weights / weights.sum())
    return np.minimum(np.searchsorted(edges, chance.random(count)), size - 1).astype(np.int64)


def make_people(count: int, profile: Profile, chance: np.random.Generator) -> People:
    """Make the dead of a world.

    Parameters
    ----------
    count
        How many.
    profile
        The world's parameters.
    chance
        The random generator.
    """
    names = [name for name, _ in profile.peoples]
    weights = np.array([weight for _, weight in profile.peoples])
    of = chance.choice(len(names), size=count, p=weights / weights.sum()).astype(np.int64)
    zero = {field.name: np.zeros(count, np.int64) for field in fields(People)}
    flags = {name: np.zeros(count, bool) for name in ("woman", "twin", "namesake")}
    world = People(**{**zero, **flags, "people": of})
    world.family[:] = world.incident[:] = world.maiden[:] = -1
    for code, name in enumerate(names):
        _name_people(world, np.flatnonzero(of == code), name, profile, chance)
    _relate(world, names, profile, chance)
    return world


def _name_people(world: People, who: Ints, name: str, profile: Profile, chance: np.random.Generator) -> None:
    pool, count = build(name, sealed=profile.sealed)[0], len(who)
    eastern = name in (*ARABIC, "persian")
    world.woman[who] = chance.random(count) < (0.38 if eastern else 0.03 if name in ("russian", "ukrainian") else 0.0)
    men, women, surnames = len(pool.given), len(pool.given_women), len(pool.surname)

    def draw(size: int, exponent: float = profile.zipf) -> Ints:
        return zipf(chance, count, size, exponent, profile.shift)

    world.given[who] = np.where(world.woman[who], draw(women), draw(men))
    world.father[who], world.grandfather[who] = draw(len(pool.father)), draw(len(pool.father))
    world.surname[who] = draw(surnames)
    married = world.woman[who] & (chance.random(count) < 0.6) & (not eastern)
    world.maiden[who] = np.where(married, draw(surnames), -1)
    world.middle[who] = chance.integers(0, len(pool.middle), count)
    world.death[who] = WAR_BEGINS + ((WAR_ENDS - WAR_BEGINS) * chance.beta(1.3, 1.1, count)).astype(np.int64)
    if eastern:
        age = np.where(chance.random(count) < 0.3, chance.integers(0, 16, count), chance.gamma(4.0, 8.0, count) + 12)
    else:
        age = np.clip(chance.normal(35, 9.5, count), 18, 68)
    world.birth[who] = world.death[who] - (np.clip(age, 0, 92) * 365.25).astype(np.int64) - chance.integers(0, 365, count)
    low, high = PLACES.get(name, (0, len(pool.region)))
    world.region[who] = low + zipf(chance, count, high - low, 0.6, 2)
    # Villages belong to a region: those of one region have neighbouring positions.
    each = max(len(pool.village) // max(len(pool.region), 1), 1)
    world.village[who] = (world.region[who] * each + zipf(chance, count, each + 2, 0.7, 1)) % len(pool.village)
    world.unit[who] = zipf(chance, count, 400, 0.7, 3)
    world.rank[who] = zipf(chance, count, 12, 1.1, 0.3)


def _relate(world: People, names: list[str], profile: Profile, chance: np.random.Generator) -> None:
    """Make relatives and namesakes: within a people, a run of neighbours becomes a family led by its first."""
    family = 0
    for code, name in enumerate(names):
        who = np.flatnonzero(world.people == code)
        eastern = name in (*ARABIC, "persian")
        share = profile.together if eastern else profile.families
        sizes = (
            chance.choice([2, 3, 4, 5, 6, 8, 10], p=[0.3, 0.2, 0.15, 0.13, 0.1, 0.08, 0.04], size=len(who))
            if eastern
            else np.full(len(who), 2)
        )
        ends = np.cumsum(sizes)
        sizes = sizes[: np.searchsorted(ends, share * len(who))]
        if len(sizes) == 0:
            continue
        members = who[: sizes.sum()]
        leaders = np.repeat(members[np.cumsum(sizes) - sizes], sizes)
        world.family[members] = np.repeat(np.arange(family, family + len(sizes)), sizes)
        family += len(sizes)
        kin = members != leaders
        (_families_together if eastern else _brothers)(
            world, members[kin], leaders[kin], len(build(name, sealed=profile.sealed)[0].given_women), chance
        )
        rest = who[sizes.sum() :]
        some = rest[: int(profile.namesakes * len(who))]
        if len(some) * 2 < len(rest):
            world.copy_to(some, rest[-len(some) :] if len(some) else some, "woman", "given", "father", "surname", "middle")
            world.namesake[some] = True
    # Positions say nothing of who is related to whom.
    order = chance.permutation(len(world))
    for field in fields(People):
        setattr(world, field.name, getattr(world, field.name)[order])


def _families_together(world: People, kin: Ints, leaders: Ints, women: int, chance: np.random.Generator) -> None:
    """Kill a family in one place on one day: children of the leader, his brothers, his wife."""
    world.copy_to(kin, leaders, "death", "region", "village")
    world.incident[kin] = world.incident[leaders] = world.family[leaders]
    world.woman[leaders] = False
    old = chance.integers(26, 60, len(kin))
    world.birth[leaders] = world.death[leaders] - (old * 365.25).astype(np.int64)
    part = chance.random(len(kin))
    child, brother = kin[part < 0.75], kin[(part >= 0.75) & (part < 0.88)]
    father, elder = leaders[part < 0.75], leaders[(part >= 0.75) & (part < 0.88)]
    world.copy_to(child, father, "surname")
    world.father[child], world.grandfather[child] = world.given[father], world.father[father]
    span = world.death[father] - world.birth[father] - 18 * 365
    world.birth[child] = world.death[child] - (chance.random(len(child)) * np.maximum(span, 365)).astype(np.int64)
    named = chance.random(len(child)) < 0.15
    world.given[child[named & ~world.woman[child]]] = world.father[father[named & ~world.woman[child]]]
    world.copy_to(brother, elder, "surname", "father", "grandfather")
    world.woman[brother] = False
    world.birth[brother] = world.birth[elder] + chance.integers(-9 * 365, 9 * 365, len(brother))
    wife = kin[part >= 0.88]
    world.woman[wife] = True
    world.given[wife] %= women
    world.birth[wife] = world.birth[leaders[part >= 0.88]] + chance.integers(-2 * 365, 8 * 365, len(wife))
    # Twins: a child takes the birth of the one before it in the family.
    before = np.flatnonzero((father[1:] == father[:-1]) & (chance.random(max(len(child) - 1, 0)) < 0.08)) + 1
    world.birth[child[before]] = world.birth[child[before - 1]]
    world.twin[child[before]] = world.twin[child[before - 1]] = True
    # Those of a family whose first name falls on the same are rare in life.
    same = (
        np.flatnonzero(
            (father[1:] == father[:-1])
            & (world.given[child[1:]] == world.given[child[:-1]])
            & (world.woman[child[1:]] == world.woman[child[:-1]])
        )
        + 1
    )
    world.given[child[same]] = (world.given[child[same]] + 1) % women


def _brothers(world: People, kin: Ints, leaders: Ints, women: int, chance: np.random.Generator) -> None:
    """Make pairs of relatives: brothers, a tenth of them twins, and now and then father and son."""
    del women
    world.copy_to(kin, leaders, "surname", "region", "village")
    world.woman[kin] = world.woman[leaders] = False
    world.maiden[kin] = world.maiden[leaders] = -1
    men = int(max(world.given[kin].max(initial=0), world.given[leaders].max(initial=0), 12))
    son = chance.random(len(kin)) < 0.15
    brother, elder, child, father = kin[~son], leaders[~son], kin[son], leaders[son]
    world.copy_to(brother, elder, "father", "grandfather")
    twins = chance.random(len(brother)) < 0.1
    apart = np.where(twins, 0, chance.integers(300, 3600, len(brother)) * chance.choice([-1, 1], len(brother)))
    world.birth[brother] = np.minimum(world.birth[elder] + apart, world.death[brother] - 18 * 365)
    twins &= world.birth[brother] == world.birth[elder]
    world.twin[brother[twins]] = world.twin[elder[twins]] = True
    clash = world.given[brother] == world.given[elder]
    world.given[brother[clash]] = (world.given[brother[clash]] + 1) % men
    world.father[child], world.grandfather[child] = world.given[father], world.father[father]
    world.birth[father] = np.minimum(world.birth[father], world.death[father] - 42 * 365)
    world.birth[child] = np.minimum(
        world.birth[father] + chance.integers(20 * 365, 24 * 365, len(child)), world.death[child] - 18 * 365
    )
    junior = chance.random(len(child)) < 0.12
    world.given[child[junior]] = world.given[father[junior]]
    together = chance.random(len(kin)) < 0.3
    world.copy_to(kin[together], leaders[together], "death", "unit")
    world.incident[kin[together]] = world.incident[leaders[together]] = world.family[leaders[together]]
