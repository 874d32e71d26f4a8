"""Reports on the dead of a world: who speaks, in which script, what is said, and what is wrong with it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from benchmarks.worlds.noise import PLACEHOLDERS, RANKS, slip
from benchmarks.worlds.pools import ARABIC, LATIN, SLAVIC, TURKIC, Strings, Writing, build
from benchmarks.worlds.population import Flags, Ints, People, make_people
from benchmarks.worlds.profiles import MIX, POST, Kind, Profile

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


def _calendar() -> dict[str, Strings]:
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
    calendar = _calendar()
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
    _name(texts, who, name, kind, writing, world, noise, chance, slips)
    bare = draft.bare[rows]
    published, age = _dates(texts, who, kind, writing, world, noise, bare, calendar, chance)
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


def _either(first: Flags, here: Strings, there: Strings) -> Strings:
    found: Strings = np.where(first, here, there)
    return found


def _unit(unit: int, kinds: tuple[str, ...], cyrillic: bool) -> str:
    number, kind = unit // 5 + 1, kinds[unit % 5]
    return f"{number}-{'й' if kind.endswith('полк') else 'я'} {kind}" if cyrillic else f"{kind} {number}"


def _name(
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


def _dates(
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
