"""What a source tells of a person: the name as it has it, and birth, age and death."""

from __future__ import annotations

import random

import numpy as np

from benchmarks.worlds.noise import RANKS, slip
from benchmarks.worlds.pools import ARABIC, LATIN, Strings, Writing
from benchmarks.worlds.population import Flags, Ints, People
from benchmarks.worlds.profiles import Kind

_MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]


_MONTHS_LATIN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


LOOKED_AT = 20_758
"""The last day of publication: 1 November 2026."""


_FIRST_DAY = -20_000


_DAYS = 42_000


def make_calendar() -> dict[str, Strings]:
    """Write every day in every usual form, once."""
    days = np.datetime64("1970-01-01") + np.arange(_FIRST_DAY, _FIRST_DAY + _DAYS)
    iso = days.astype(str)
    parts = [(d[:4], d[5:7], d[8:]) for d in iso]
    eastern = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    forms = {
        "dots": [f"{d}.{m}.{y}" for y, m, d in parts],
        "iso": list(iso),
        "russian": [f"{int(d)} {_MONTHS[int(m) - 1]} {y}" for y, m, d in parts],
        "russian year": [f"{int(d)} {_MONTHS[int(m) - 1]} {y} года" for y, m, d in parts],
        "english": [f"{int(d)} {_MONTHS_LATIN[int(m) - 1]} {y}" for y, m, d in parts],
        "american": [f"{_MONTHS_LATIN[int(m) - 1]} {int(d)}, {y}" for y, m, d in parts],
        "slashes": [f"{d}/{m}/{y}" for y, m, d in parts],
        "eastern": [f"{int(d)}/{int(m)}/{y}".translate(eastern) for y, m, d in parts],
        "year": [y for y, _, _ in parts],
        "month": [f"{m}.{y}" for y, m, _ in parts],
    }
    return {name: np.array(values, dtype=object) for name, values in forms.items()}


_FORMS = {"Cyrl": ("dots", "dots", "iso", "russian", "russian year"), "Latn": ("iso", "english", "american", "slashes"),
          "Arab": ("iso", "slashes", "eastern", "iso"), "Deva": ("iso", "iso")}  # fmt: skip


def _either(first: Flags, here: Strings, there: Strings) -> Strings:
    found: Strings = np.where(first, here, there)
    return found


def tell_name(
    texts: dict[str, Strings],
    who: Ints,
    name: str,
    kind: Kind,
    writing: Writing,
    world: People,
    noise: float,
    chance: np.random.Generator,
    slips: random.Random,
) -> None:
    """Write names: parts first, as the source has them, then one string or columns."""
    count = len(who)
    woman, wide = world.woman[who], name in (*ARABIC, "persian")

    def happens(share: float) -> Flags:
        return chance.random(count) < share * noise

    given = _either(
        woman,
        writing.given_women[world.given[who] % len(writing.given_women)],
        writing.given[np.where(woman, 0, world.given[who])],
    )
    surname = _either(woman, writing.surname_women[world.surname[who]], writing.surname[world.surname[who]])
    father = world.father[who] % len(writing.patronymic)
    fathers = _either(woman, writing.patronymic_women[father], writing.patronymic[father])
    told = chance.random(count) < (kind.father if name not in LATIN else 0.8)
    father_told = _either(told, fathers, nobody := np.full(count, None, dtype=object))
    between = _either(chance.random(count) < 0.75, writing.middle[world.middle[who] % len(writing.middle)], nobody)
    longest = told & (chance.random(count) < (0.75 if kind.name == "official_list" else 0.35))
    grandfather = _either(longest, writing.father[world.grandfather[who]], nobody) if wide else nobody
    # A married woman may still stand under the name that she was born with.
    born = (world.maiden[who] >= 0) & (chance.random(count) < 0.2)
    maiden = _either(born, writing.surname_women[np.maximum(world.maiden[who], 0)], nobody)
    familiar = happens(0.12 if kind.name == "obituary_post" else 0.02)
    short, joined, swapped, slipped = happens(0.025), happens(0.025), happens(0.05), happens(0.07)
    ranked, shouted = happens(0.03), chance.random(count) < (0.5 if kind.name in ("passport_photo", "court_record") else 0.02)
    family_first = chance.random(count) < {"wire": 0.05, "obituary_post": 0.35, "passport_photo": 0.6}.get(kind.name, 0.6)
    columns = chance.random(count) < kind.columns
    ranks = RANKS["ru" if writing.script == "Cyrl" else "en"]
    for at in range(count):
        first, last, middle = given[at], surname[at], father_told[at]
        if familiar[at] and not woman[at] and len(writing.pet) > 1:
            pets = writing.pet[world.given[who[at]]]
            first = slips.choice(pets) if pets else first
        if (name in LATIN or name == "nepali") and between[at] is not None and between[at] != first:
            first = f"{first} {between[at]}"
        if maiden[at] is not None:
            last = maiden[at] if slips.random() < 0.5 else f"{last} ({maiden[at]})"
        if slipped[at]:
            if slips.random() < 0.5:
                last = slip(last, slips)
            else:
                first = slip(first, slips)
        if short[at] and not wide:
            first, middle = first[0] + ".", middle and middle[0] + "."
        if columns[at]:
            if swapped[at]:
                first, last = last, first
            texts["name_given"][at], texts["name_family"][at] = first, last
            texts["name_patronymic"][at] = f"{middle} {grandfather[at]}" if grandfather[at] is not None else middle
            continue
        if wide:
            parts = [first, middle, grandfather[at], last]
        elif name in LATIN:
            parts = [last, middle, first] if swapped[at] else [first, last, middle]
        elif family_first[at] != swapped[at]:
            parts = [last, first, middle]
        else:
            parts = [first, middle, last]
        words = [part for part in parts if part]
        if joined[at] and len(words) > 1:
            words[:2] = [words[0] + words[1].lower()]
        full = " ".join(words)
        if ranked[at] and kind.rank > 0.1:
            full = f"{ranks[world.rank[who[at]]]} {full}"
        texts["name_full"][at] = full.upper() if shouted[at] else full


def tell_dates(
    texts: dict[str, Strings], who: Ints, kind: Kind, writing: Writing, world: People, noise: float, bare: Flags,
        calendar: dict[str, Strings],
    chance: np.random.Generator,
) -> tuple[Ints, Ints]:  # fmt: skip
    """Write birth, age and death as the source has them; return the day of publication and the age, -1 where none."""
    count = len(who)
    birth, death = world.birth[who].copy(), world.death[who].copy()
    late = chance.random(count) < 0.15 * noise
    death = death + np.where(late, np.rint(chance.normal(0, 2.5, count)).astype(np.int64), 0)
    known = np.maximum(death, world.death[who]) + 1
    # Nothing is published after the day on which the world is looked at.
    published = np.maximum(known, np.minimum(known + chance.exponential(kind.delay, count).astype(np.int64), LOOKED_AT))
    wrong = chance.random(count)
    swap = wrong < 0.015 * noise
    year = birth.astype("datetime64[D]").astype("datetime64[Y]")
    month = (birth.astype("datetime64[D]").astype("datetime64[M]") - year.astype("datetime64[M]")).astype(np.int64)
    day = (birth.astype("datetime64[D]") - birth.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]")).astype(
        np.int64
    )
    swap &= day < 12
    swapped = ((year.astype("datetime64[M]") + day).astype("datetime64[D]") + month).astype(np.int64)
    birth = np.where(swap, swapped, birth)
    birth += np.where((wrong > 0.95) & (wrong < 0.95 + 0.015 * noise), chance.choice([-365, 365, -366, 366], count), 0)
    birth += np.where((wrong > 0.98) & (wrong < 0.98 + 0.01 * noise), chance.choice([-10, -1, 1, 10, 30], count), 0)
    exact = (chance.random(count) < kind.birth) & ~bare
    only_year = ~exact & (chance.random(count) < kind.year) & ~bare
    forms = _FORMS[writing.script]
    form = chance.integers(0, len(forms), count)
    index = np.clip(birth - _FIRST_DAY, 0, _DAYS - 1)
    texts["birth_date_text"][only_year] = calendar["year"][index[only_year]]
    # In Arabic and Persian worlds a list often has the age only.
    aged = (chance.random(count) < kind.age) & ~bare
    at_death = chance.random(count) < 0.85
    years = np.floor((np.where(at_death, world.death[who], published) - world.birth[who]) / 365.2425).astype(np.int64)
    years += np.where(chance.random(count) < 0.08 * noise, chance.choice([-1, 1], count), 0)
    age = np.where(aged, np.maximum(years, 0), -1)
    dated = (chance.random(count) < kind.death) & ~bare
    coarse = chance.random(count) < 0.1
    gone = np.clip(death - _FIRST_DAY, 0, _DAYS - 1)
    for number, form_name in enumerate(forms):
        mine = form == number
        texts["birth_date_text"][mine & exact] = calendar[form_name][index[mine & exact]]
        texts["death_date_text"][mine & dated & ~coarse] = calendar[form_name][gone[mine & dated & ~coarse]]
    texts["death_date_text"][dated & coarse] = calendar["month"][gone[dated & coarse]]
    return published, age
