"""Reports on the dead of a world: who speaks, in which script, what is said, and what is wrong with it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from benchmarks.worlds.noise import PLACEHOLDERS, RANKS
from benchmarks.worlds.pools import ARABIC, SLAVIC, TURKIC, Strings, Writing, build
from benchmarks.worlds.population import Flags, Ints, People, make_people
from benchmarks.worlds.profiles import MIX, POST, Kind, Profile
from benchmarks.worlds.telling import make_calendar, tell_dates, tell_name

COUNTRIES = {
    **dict.fromkeys(("russian", "tatar", "bashkir", "caucasian", "tuvan", "buryat"), ("Россия", "Russia", "россиянин",
        "Russian")),
    "ukrainian": ("Украина", "Ukraine", "украинец", "Ukrainian"), "uzbek": ("Узбекистан", "Uzbekistan",
        "гражданин Узбекистана", "Uzbek"),
    "tajik": ("Таджикистан", "Tajikistan", "гражданин Таджикистана", "Tajik"), "kyrgyz": ("Киргизия", "Kyrgyzstan", "киргиз",
        "Kyrgyz"),
    "kazakh": ("Казахстан", "Kazakhstan", "казах", "Kazakh"), "turkmen": ("Туркмения", "Turkmenistan", "туркмен", "Turkmen"),
    "azerbaijani": ("Азербайджан", "Azerbaijan", "азербайджанец", "Azerbaijani"), "gaza": ("Палестина", "Palestine",
        "палестинец", "Palestinian"),
    "syria": ("Сирия", "Syria", "сириец", "Syrian"), "iraq": ("Ирак", "Iraq", "иракец", "Iraqi"), "sudan": ("Судан", "Sudan",
        "суданец", "Sudanese"),
    "persian": ("Иран", "Iran", "иранец", "Iranian"), "nepali": ("Непал", "Nepal", "гражданин Непала", "Nepali"),
    "spanish": ("Куба", "Cuba", "кубинец", "Cuban"), "kenyan": ("Кения", "Kenya", "кениец", "Kenyan"),
    "sinhala": ("Шри-Ланка", "Sri Lanka", "гражданин Шри-Ланки", "Sri Lankan"),
}  # fmt: skip
_ARAB = {"gaza": ("فلسطين", "فلسطيني"), "syria": ("سوريا", "سوري"), "iraq": ("العراق", "عراقي"), "sudan": ("السودان", "سوداني"),
         "persian": ("ایران", "ایرانی")}  # fmt: skip
_UNITS = (
    "мотострелковая бригада",
    "мотострелковый полк",
    "танковая бригада",
    "десантно-штурмовой полк",
    "бригада морской пехоты",
)
_UNITS_LATIN = ("Motor Rifle Brigade", "Motor Rifle Regiment", "Tank Brigade", "Air Assault Regiment", "Marine Brigade")

TEXTS = ("source", "source_kind", "name_full", "name_given", "name_family", "name_patronymic", "script", "language",
    "birth_date_text",
         "death_date_text", "place_text", "region", "country_text", "nationality_text", "unit_text", "rank")  # fmt: skip
"""The columns of text; ``report_id``, ``published_on`` and ``age`` stand beside them."""


@dataclass(slots=True)
class Draft:
    """Reports while they are written: one array a column."""

    texts: dict[str, Strings]
    age: Ints
    published: Ints
    person: Ints
    placeholder: Flags
    reprint: Flags
    bare: Flags


def make_world(people: int, profile: Profile, seed: int) -> tuple[pa.Table, pa.Table]:
    """Make a world.

    Parameters
    ----------
    people
        How many dead it has; about 3.6 times as many reports come of them.
    profile
        Its parameters.
    seed
        The same seed, people and profile give the same tables.

    Returns
    -------
    tuple
        Reports, with the columns that ``link table`` documents, and the truth: ``report_id``, ``person``, and what the
        report and the person are for strata (``people``, ``kind``, ``family``, ``incident``, ``twin``, ``namesake``,
        ``placeholder``, ``reprint``, ``bare``). A placeholder is a person of its own: nobody can know whose report it is.
    """
    chance = np.random.default_rng([seed, people, sum(map(ord, profile.name))])
    world = make_people(people, profile, chance)
    sizes = np.arange(1, 41)
    weights = sizes**-profile.many
    count = chance.choice(sizes, size=people, p=weights / weights.sum())
    person = np.repeat(np.arange(people), count)
    rows = len(person)
    draft = Draft(
        {name: np.full(rows, None, dtype=object) for name in TEXTS}, np.full(rows, -1), np.zeros(rows, np.int64), person,
        chance.random(rows) < profile.placeholders, np.zeros(rows, bool), chance.random(rows) < profile.bare,
    )  # fmt: skip
    calendar = make_calendar()
    slips = random.Random(seed)
    for code, (name, _) in enumerate(profile.peoples):
        _write_people(draft, np.flatnonzero(world.people[person] == code), name, world, profile, calendar, chance, slips)
    first = np.repeat(np.cumsum(count) - count, count)
    _reprint(draft, first, profile, chance)
    return _tables(draft, world, profile, chance)


def _family_of(name: str) -> str:
    return "slavic" if name in SLAVIC else "turkic" if name in TURKIC else "arabic" if name in (*ARABIC, "persian") else "far"


def _write_people(
    draft: Draft,
    rows: Ints,
    name: str,
    world: People,
    profile: Profile,
    calendar: dict[str, Strings],
    chance: np.random.Generator,
    slips: random.Random,
) -> None:
    writings = build(name, sealed=profile.sealed)
    mix = MIX[_family_of(name)]
    kind_of = chance.choice(len(mix), size=len(rows), p=np.array([w for _, w in mix]) / sum(w for _, w in mix))
    for at, (kind, _) in enumerate(mix):
        mine = rows[kind_of == at]
        uses = {use: getattr(kind, use) for use in ("home", "russian", "wire", "passport")}
        weights = np.array([uses[w.use] / sum(o.use == w.use for o in writings) for w in writings])
        if profile.one_script or not weights.any():
            weights = np.array([1.0 if (w is writings[0] if profile.one_script else w.use == "home") else 0.0 for w in writings])
        if kind in (POST,) and name in TURKIC:
            # Relatives write in their own letters about half of the time; the rest in Russian.
            weights = np.array([{"home": 0.5, "russian": 0.5}.get(w.use, 0.0) for w in writings])
        written = chance.choice(len(writings), size=len(mine), p=weights / weights.sum())
        for number, writing in enumerate(writings):
            some = mine[written == number]
            if len(some):
                _write(draft, some, name, kind, writing, world, profile, calendar, chance, slips)


def _write(
    draft: Draft, rows: Ints, name: str, kind: Kind, writing: Writing, world: People, profile: Profile, calendar: dict[str,
        Strings],
    chance: np.random.Generator, slips: random.Random,
) -> None:  # fmt: skip
    who, count, noise = draft.person[rows], len(rows), profile.noise

    def happens(share: float) -> Flags:
        return chance.random(count) < share

    texts = {column: np.full(count, None, dtype=object) for column in TEXTS}
    texts["source"][:] = [f"{kind.name}-{n}" for n in chance.zipf(1.6, count) % kind.sources + 1]
    texts["source_kind"][:], texts["script"][:], texts["language"][:] = kind.name, writing.script, writing.language
    tell_name(texts, who, name, kind, writing, world, noise, chance, slips)
    bare = draft.bare[rows]
    published, age = tell_dates(texts, who, kind, writing, world, noise, bare, calendar, chance)
    told = ~bare
    village = happens(kind.village) & told
    region = happens(kind.region) & told
    texts["place_text"][village] = writing.village[world.village[who[village]]]
    texts["region"][region] = writing.region[world.region[who[region]]]
    cyrillic = writing.script == "Cyrl"
    country, country_latin, folk, folk_latin = COUNTRIES[name]
    words = (country, folk) if cyrillic else _ARAB[name] if writing.script == "Arab" else (country_latin, folk_latin)
    texts["country_text"][happens(kind.country) & told], texts["nationality_text"][happens(kind.nationality) & told] = words
    if name not in ARABIC and name != "persian":
        military = happens(kind.unit) & told
        kinds = _UNITS if cyrillic else _UNITS_LATIN
        wrong = happens(0.05 * noise)
        units = np.where(wrong, chance.integers(0, 400, count), world.unit[who])
        texts["unit_text"][military] = [_unit(u, kinds, cyrillic) for u in units[military].tolist()]
        ranked = happens(kind.rank) & told
        texts["rank"][ranked] = np.array(RANKS["ru" if cyrillic else "en"], dtype=object)[world.rank[who[ranked]]]
    hidden = np.flatnonzero(draft.placeholder[rows])
    for at in hidden:
        texts["name_full"][at] = slips.choice(PLACEHOLDERS.get(writing.language, PLACEHOLDERS["en"]))
        texts["name_given"][at] = texts["name_family"][at] = texts["name_patronymic"][at] = None
    for column, values in texts.items():
        draft.texts[column][rows] = values
    draft.published[rows], draft.age[rows] = published, age


def _unit(unit: int, kinds: tuple[str, ...], cyrillic: bool) -> str:
    number, kind = unit // 5 + 1, kinds[unit % 5]
    return f"{number}-{'й' if kind.endswith('полк') else 'я'} {kind}" if cyrillic else f"{kind} {number}"


def _reprint(draft: Draft, first: Ints, profile: Profile, chance: np.random.Generator) -> None:
    """Let some reports repeat an earlier one of the same person, word for word, under another source and later."""
    rows = len(first)
    place = np.arange(rows) - first
    again = np.flatnonzero((place > 0) & (chance.random(rows) < profile.reprints) & ~draft.placeholder)
    origin = first[again] + (chance.random(len(again)) * place[again]).astype(np.int64)
    fine = ~draft.placeholder[origin]
    again, origin = again[fine], origin[fine]
    for column, values in draft.texts.items():
        if column != "source":
            values[again] = values[origin].copy()
    draft.age[again], draft.bare[again] = draft.age[origin], draft.bare[origin]
    draft.published[again] = draft.published[origin] + 1 + chance.integers(0, 10, len(again))
    draft.reprint[again] = True


def _tables(draft: Draft, world: People, profile: Profile, chance: np.random.Generator) -> tuple[pa.Table, pa.Table]:
    rows = len(draft.person)
    order = chance.permutation(rows)
    ids = pa.array([f"r{number:08d}" for number in range(rows)])
    take = {name: pa.array(values[order], pa.string()) for name, values in draft.texts.items()}
    age = draft.age[order]
    published = pa.array(draft.published[order].astype("datetime64[D]").astype(str), pa.string())
    columns = {"report_id": ids, **take, "published_on": published, "age": pa.array(age, pa.int32(), mask=age < 0)}
    documented = ("report_id", "source", "source_kind", "published_on", "name_full", "name_given", "name_family",
        "name_patronymic", "script", "language",
                  "birth_date_text", "age", "death_date_text", "place_text", "region", "country_text", "nationality_text",
                      "unit_text", "rank")  # fmt: skip
    reports = pa.table({name: columns[name] for name in documented})
    who, hidden = draft.person[order], draft.placeholder[order]
    names = np.array([name for name, _ in profile.peoples], dtype=object)
    truth = pa.table({
        "report_id": ids,
        "person": pa.array([f"u{n}" if unknown else f"p{p}" for n, (p, unknown) in enumerate(zip(who.tolist(), hidden.tolist(),
            strict=True))]),
        "people": pa.array(names[world.people[who]], pa.string()).dictionary_encode(),
        "kind": columns["source_kind"].dictionary_encode(),
        "family": pa.array(world.family[who], pa.int32(), mask=world.family[who] < 0),
        "incident": pa.array(world.incident[who], pa.int32(), mask=world.incident[who] < 0),
        "twin": pa.array(world.twin[who]), "namesake": pa.array(world.namesake[who]), "placeholder": pa.array(hidden),
        "reprint": pa.array(draft.reprint[order]), "bare": pa.array(draft.bare[order]),
    })  # fmt: skip
    return reports, truth
