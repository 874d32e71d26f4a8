"""Sets that are built otherwise than the worlds of ``python -m benchmarks.worlds``: ``python -m benchmarks.worlds.second``.

Names come from published lists (:mod:`benchmarks.worlds.found_names`), the errors from keyboards, scanners and hurried hands, and
what a report holds from its medium. ``--set posts`` (a name, a day and a region, seldom more), ``--set full`` (what lists,
obituaries and courts hold), ``--set papers`` (two newspapers' lists in Latin letters), ``--set incident`` (who was named after an
incident, in Latin and Arabic, and an official list). The last two write ``left.parquet``, ``right.parquet`` and ``links.parquet``
too. It was written to have something unseen, and each change to linkage since was measured on it: it is unseen no longer.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from benchmarks.worlds.found_names import Pool, Word, read_pools, to_latin
from benchmarks.worlds.pools import read_sections

COLUMNS = (
    "report_id", "source", "source_kind", "published_on", "name_full", "name_given", "name_family", "name_patronymic", "script",
    "language", "birth_date_text", "age", "death_date_text", "place_text", "region", "country_text", "nationality_text",
    "unit_text", "rank",
)  # fmt: skip
_WORDS = read_sections("second")
_KEYS = _WORDS["keys"]
_LOOKS = (
    ("rn", "m"), ("m", "rn"), ("l", "i"), ("h", "b"), ("e", "c"), ("u", "n"), ("н", "и"), ("и", "н"), ("ш", "щ"), ("в", "з"),
    ("п", "н"), ("ب", "ت"), ("ت", "ن"), ("ح", "ج"), ("ف", "ق"), ("ر", "ز"), ("ة", "ه"), ("ي", "ى"), ("أ", "ا"),
)  # fmt: skip
_MONTHS = {script: _WORDS[f"months {script}"] for script in ("Cyrl", "Latn")}
_PLACES = {name: _WORDS[f"places {name}"] for name in ("gaza", "iran")}
_STEMS, _ENDS, _REGIONS = _WORDS["stems"], _WORDS["ends"], _WORDS["regions"]
_COUNTRIES = {"russian": "Россия/Russia", "steppe": "Узбекистан/Uzbekistan", "highland": "Россия/Russia",
              "gaza": "فلسطين/Palestine", "iran": "ایران/Iran", "nepali": "Непал/Nepal"}  # fmt: skip
_UNKNOWN = {"Cyrl": ("неизвестный", "имя устанавливается", "неопознанный боец"),
            "Latn": ("unknown", "unidentified", "name unknown"), "Arab": ("مجهول", "مجهول الهوية"),
            "Deva": ("अज्ञात",)}  # fmt: skip


@dataclass(slots=True)
class Person:
    """One of the dead."""

    pool: Pool
    woman: bool
    given: Word
    fathers: tuple[Word, Word]
    family: Word
    born: date
    died: date
    place: tuple[str, str]
    region: str
    unit: int
    tags: set[str] = field(default_factory=set)


def draw(chance: random.Random, from_: tuple[list[Word], list[float]]) -> Word:
    """Draw a word by weight."""
    words, weights = from_
    total = _TOTALS.setdefault(id(weights), list(accumulate(weights)))
    return chance.choices(words, cum_weights=total)[0]


_TOTALS: dict[int, list[float]] = {}


def make_people(count: int, chance: random.Random, kin: float, alike: float, only: str | None = None) -> list[Person]:
    """Make the dead: families killed together, brothers, twins, and namesakes who have nothing else in common."""
    pools = [(pool, weight) for pool, weight in read_pools() if only in (None, pool.name)]
    people: list[Person] = []
    while len(people) < count:
        pool = chance.choices([p for p, _ in pools], [w for _, w in pools])[0]
        first = _make_person(pool, chance)
        people.append(first)
        together = pool.kind == "eastern"
        if chance.random() < (kin if together else kin / 6):
            for _ in range(chance.choice((1, 1, 2, 3, 4, 6)) if together else 1):
                people.append(_make_relative(first, people[-1], together, chance))
        elif chance.random() < alike:
            other = _make_person(pool, chance)
            other.woman, other.given, other.fathers, other.family = first.woman, first.given, first.fathers, first.family
            other.tags.add("namesake")
            first.tags.add("namesake")
            people.append(other)
    return people[:count]


def _make_person(pool: Pool, chance: random.Random) -> Person:
    died = date(2022, 3, 1) + timedelta(int(1300 * chance.betavariate(1.2, 1.4)))
    eastern = pool.kind == "eastern"
    woman = eastern and chance.random() < 0.35
    at_war = min(65.0, max(18.3, chance.gauss(34, 9)))
    years = chance.choice((chance.uniform(0, 16), chance.uniform(16, 75))) if eastern else at_war
    if eastern:
        place = chance.choice(_PLACES[pool.name]).replace("_", " ").split("/")
        region = place[1]
    else:
        name = chance.choice(_STEMS) + chance.choice(_ENDS)
        place, region = [name, to_latin(name, 0)], chance.choice(_REGIONS)
    given = draw(chance, pool.women if woman else pool.men)
    fathers = draw(chance, pool.men), draw(chance, pool.men)
    born = died - timedelta(int(years * 365.25))
    return Person(
        pool, woman, given, fathers, draw(chance, pool.families), born, died, (place[0], place[1]), region, chance.randrange(90)
    )


def _make_relative(first: Person, last: Person, together: bool, chance: random.Random) -> Person:
    """Make a child or brother of the first of a family, now and then the last one's twin."""
    other = _make_person(first.pool, chance)
    other.family, other.place, other.region = first.family, first.place, first.region
    if together:
        other.died = first.died
    if together and chance.random() < 0.7 and (first.died - first.born).days > 20 * 365:
        other.fathers = (first.given, first.fathers[0])
        span = (first.died - first.born).days - 19 * 365
        other.born = first.died - timedelta(chance.randrange(30, max(span, 31)))
        twin = last is not first and last.fathers == other.fathers and chance.random() < 0.08
    else:
        other.fathers = first.fathers
        other.born = first.born + timedelta(chance.randrange(-3000, 3000))
        twin = last is first and chance.random() < 0.12
    if twin:
        other.born = last.born
        other.tags.add("twin")
        last.tags.add("twin")
    if other.given is last.given or other.given is first.given:
        words = (first.pool.women if other.woman else first.pool.men)[0]
        other.given = next(word for word in words if word is not last.given and word is not first.given)
    other.tags.add("kin")
    first.tags.add("kin")
    return other


def mistype(word: str, chance: random.Random) -> str:
    """Hit a neighbouring key, or take one letter for another that looks like it, or leave one out."""
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word))
    low = word.lower()
    kind = chance.random()
    if kind < 0.35:
        for row in _KEYS:
            if (place := row.find(low[at])) >= 0:
                return word[:at] + row[max(0, min(len(row) - 1, place + chance.choice((-1, 1))))] + word[at + 1 :]
    if kind < 0.65:
        looks = [(a, b) for a, b in _LOOKS if a in low[1:]]
        if looks:
            a, b = chance.choice(looks)
            place = low.index(a, 1)
            return word[:place] + b + word[place + len(a) :]
    if kind < 0.85:
        return word[:at] + word[at + 1 :]
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _spell(word: Word, script: str, chance: random.Random, habit: int) -> str:
    ways = word[script]
    return ways[0] if len(ways) == 1 or chance.random() < 0.45 else ways[(habit + chance.randrange(2)) % len(ways)]


def _patronymic(father: str, script: str, woman: bool) -> str:
    if script == "Latn":
        return father + ("ovna" if woman else "ovich")
    soft = "ье" if father.endswith("ий") and father[-3:-2] not in "рн" else "ие"
    stem = father[:-2] + soft if father.endswith("ий") else father[:-1] + "е" if father.endswith("й") else father
    stem = stem[:-1] if stem[-1] in "аяь" else stem
    return stem + ("вна" if woman else "вич") if stem.endswith("е") else stem + ("овна" if woman else "ович")


def _woman_family(name: str, script: str, woman: bool) -> str:
    if not woman or not name.endswith(("ов", "ев", "ин", "ov", "ev", "in")):
        return name
    return name + ("a" if script == "Latn" else "а")


@dataclass(frozen=True, slots=True)
class Medium:
    """What a kind of source holds: shares of its reports."""

    kind: str
    share: float
    father: float
    birth: float
    age: float
    death: float
    place: float
    region: float
    unit: float = 0.0
    nation: float = 0.0
    columns: float = 0.0
    error: float = 0.06
    delay: int = 30


FULL = (
    Medium("obituary", 0.27, 0.5, 0.35, 0.25, 0.6, 0.5, 0.4, 0.2, 0.05, 0.0, 0.07, 20),
    Medium("news", 0.23, 0.35, 0.1, 0.6, 0.5, 0.35, 0.6, 0.1, 0.15, 0.0, 0.05, 30),
    Medium("list", 0.2, 0.9, 0.6, 0.2, 0.5, 0.1, 0.5, 0.2, 0.2, 0.6, 0.05, 120),
    Medium("court", 0.1, 0.95, 0.7, 0.0, 0.3, 0.1, 0.7, 0.4, 0.1, 0.5, 0.03, 300),
    Medium("grave", 0.1, 0.7, 0.9, 0.0, 0.9, 0.3, 0.2, 0.0, 0.0, 0.0, 0.08, 150),
    Medium("post", 0.1, 0.2, 0.03, 0.2, 0.3, 0.2, 0.3, 0.1, 0.05, 0.0, 0.1, 10),
)
POSTS = (
    Medium("channel", 0.7, 0.25, 0.02, 0.08, 0.08, 0.04, 0.75, 0.0, 0.05, 0.0, 0.09, 10),
    Medium("memorial page", 0.2, 0.6, 0.35, 0.1, 0.4, 0.2, 0.6, 0.05, 0.05, 0.0, 0.06, 60),
    Medium("list", 0.1, 0.9, 0.3, 0.2, 0.3, 0.1, 0.6, 0.0, 0.2, 0.4, 0.05, 100),
)

Row = dict[str, str | int | None]


def _coin(chance: random.Random) -> Callable[[float], bool]:
    """Return what comes true in a given share of cases."""
    return lambda share: chance.random() < share


def tell(person: Person, medium: Medium, chance: random.Random, script: str | None = None) -> Row:
    """Write one report."""
    pool = person.pool
    script = script or chance.choices([s for s, _ in pool.scripts], [w for _, w in pool.scripts])[0]
    number = int(chance.paretovariate(1.1)) % 30
    source, habit = f"{medium.kind} {script} {number}", number % 4
    happens = _coin(chance)
    row: Row = dict.fromkeys(COLUMNS)
    row |= {"source": source, "source_kind": medium.kind, "script": script if happens(0.6) else None}
    given, family = _spell(person.given, script, chance, habit), _spell(person.family, script, chance, habit)
    fathers = [_spell(word, script, chance, habit) for word in person.fathers]
    family = _woman_family(family, script, person.woman)
    middle = None
    if happens(medium.father) and pool.kind != "far":
        if pool.kind == "eastern":
            middle = " ".join(fathers if happens(0.5) else fathers[:1])
        elif pool.kind == "steppe" and happens(0.4):
            middle = fathers[0] + {"Cyrl": " угли", "Latn": " oʻgʻli"}[script] if not person.woman else fathers[0]
        else:
            middle = _patronymic(fathers[0], script, person.woman)
    if happens(medium.error):
        given, family = (mistype(given, chance), family) if happens(0.45) else (given, mistype(family, chance))
    if happens(0.015) and script in ("Cyrl", "Latn") and pool.kind == "slavic":
        given, middle = given[0] + ".", middle and middle[0] + "."
    if happens(medium.columns):
        row |= {"name_given": given, "name_family": family, "name_patronymic": middle}
        if happens(0.03):
            row |= {"name_given": family, "name_family": given}
    elif pool.kind in ("eastern", "far") or happens(0.45 if script == "Cyrl" else 0.7):
        whole = pool.kind == "eastern" or script == "Cyrl" or happens(0.4)
        row["name_full"] = " ".join(x for x in (given, middle if whole else None, family) if x)
    else:
        row["name_full"] = " ".join(x for x in (family, given, middle) if x)
    if row["name_full"] and happens(0.06) and script != "Arab":
        row["name_full"] = str(row["name_full"]).upper()
    _tell_life(row, person, medium, chance, script)
    if happens(0.004):
        row |= {"name_full": chance.choice(_UNKNOWN[script]), "name_given": None, "name_family": None, "name_patronymic": None}
        row["rank"] = None
    return row


def _tell_life(row: Row, person: Person, medium: Medium, chance: random.Random, script: str) -> None:
    happens = _coin(chance)
    born, died = person.born, person.died
    published = died + timedelta(2 + int(chance.expovariate(1 / medium.delay)))
    row["published_on"] = published.isoformat()
    if happens(medium.birth):
        if happens(0.04):
            year = born.year + chance.choice((-1, 1, 10))
            turned = born.replace(month=born.day, day=born.month) if born.day <= 12 else born
            born = chance.choice(
                (born.replace(day=chance.randrange(1, 29)), born.replace(year=year, day=min(born.day, 28)), turned)
            )
        row["birth_date_text"] = _write_day(born, script, chance) if happens(0.88) else str(born.year)
    elif happens(medium.age):
        row["age"] = max(0, int((died - person.born).days / 365.25) + (chance.choice((-1, 1)) if happens(0.1) else 0))
    if happens(medium.death):
        died += timedelta(chance.choice((-1, 1, 2, -30, 30)) if happens(0.08) else 0)
        row["death_date_text"] = _write_day(died, script, chance)
    far = person.pool.kind == "eastern"
    local = 0 if script == ("Arab" if far else "Cyrl") else 1
    if happens(medium.place):
        row["place_text"] = person.place[local]
    if happens(medium.region) and not far:
        row["region"] = f"{person.region} область" if local == 0 else f"{to_latin(person.region, 0)} region"
    elif happens(medium.region * 0.3):
        row["region"] = person.place[local]
    if happens(medium.unit) and not far:
        row["unit_text"] = f"{person.unit + 10} полк" if local == 0 else f"{person.unit + 10} regiment"
    if happens(medium.nation):
        words = _COUNTRIES[person.pool.name].split("/")
        row["country_text"] = words[0 if script in ("Cyrl", "Arab") and (script == "Arab") == far else 1]


def _write_day(day: date, script: str, chance: random.Random) -> str:
    form = chance.randrange(3)
    if form == 0 or script not in _MONTHS:
        return day.isoformat() if chance.random() < 0.5 or script == "Latn" else day.strftime("%d.%m.%Y")
    if form == 1 and script == "Cyrl":
        return day.strftime("%d.%m.%Y")
    return f"{day.day} {_MONTHS[script][day.month - 1]} {day.year}"


Rows = list[tuple[Row, str, Person]]


def make_reports(reports: int, seed: int, media: tuple[Medium, ...]) -> Rows:
    """Make a table of reports on people of all scripts."""
    chance = random.Random(seed)
    people = make_people(round(reports / 2.6), chance, 0.25, 0.02)
    out: Rows = []
    for number, person in enumerate(people):
        for _ in range(min(30, 1 + int(chance.paretovariate(0.95)) - 1 if chance.random() < 0.75 else 1) or 1):
            medium = chance.choices(media, [m.share for m in media])[0]
            row = tell(person, medium, chance)
            name = str(row["name_full"] or "")
            out.append((row, f"u{len(out)}" if name in sum(_UNKNOWN.values(), ()) else f"p{number}", person))
    chance.shuffle(out)
    return out


PAPER = Medium("newspaper", 1, 0.12, 0.0, 0.65, 0.85, 0.7, 0.0, error=0.05, delay=5)
OFFICIAL = Medium("official list", 1, 0.97, 0.6, 0.9, 0.0, 0.0, 0.0, error=0.02, delay=60)
INCIDENT = Medium("incident list", 1, 0.45, 0.0, 0.35, 1.0, 0.9, 0.0, error=0.06, delay=3)


def make_lists(count: int, seed: int, what: str) -> tuple[Rows, Rows]:
    """Make two lists, each without duplicates: a part of the one's people is in the other."""
    chance = random.Random(seed)
    papers = what == "papers"
    people = make_people(count, chance, 0.2, 0.01, None if papers else "gaza")
    left: Rows = []
    right: Rows = []
    for number, person in enumerate(people):
        in_right = chance.random() < (0.8 if papers else 0.85)
        named = number % 12 == 0 or ("kin" in person.tags and chance.random() < 0.15)
        script = "Latn" if papers or chance.random() < 0.5 else "Arab"
        if chance.random() < 0.8 if papers else named:
            left.append((tell(person, PAPER if papers else INCIDENT, chance, script), f"p{number}", person))
        if in_right:
            medium, script = (PAPER, "Latn") if papers else (OFFICIAL, "Arab")
            right.append((tell(person, medium, chance, script), f"p{number}", person))
    for rows, name in ((left, "left"), (right, "right")):
        chance.shuffle(rows)
        for row, _, _ in rows:
            row["source"] = f"{row['source_kind']} {name}"
    return left, right


def write_tables(rows: Rows, out: Path, name: str, prefix: str) -> list[tuple[str, str]]:
    """Write rows as reports, and the truth beside them; return ids and people."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for at, (row, _, _) in enumerate(rows):
        row["report_id"] = f"{prefix}{at:07d}"
    kinds = {c: pa.int32() if c == "age" else pa.string() for c in COLUMNS}
    table = pa.table({c: pa.array([row[c] for row, _, _ in rows], kinds[c]) for c in COLUMNS})
    pq.write_table(table, out / f"{name}.parquet")
    flags = {tag: pa.array([tag in person.tags for _, _, person in rows]) for tag in ("kin", "twin", "namesake")}
    truth = pa.table({
        "report_id": table["report_id"], "person": [who for _, who, _ in rows],
        "people": pa.array([person.pool.name for _, _, person in rows]).dictionary_encode(), **flags,
        "placeholder": pa.array([who.startswith("u") for _, who, _ in rows]),
    })  # fmt: skip
    pq.write_table(truth, out / ("truth.parquet" if name == "reports" else f"{name}_truth.parquet"))
    return [(str(row["report_id"]), who) for row, who, _ in rows]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write one set."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    parser = argparse.ArgumentParser(prog="python -m benchmarks.worlds.second", description=__doc__)
    parser.add_argument("--set", choices=("posts", "full", "papers", "incident"), required=True)
    parser.add_argument("--count", type=int, default=20_000, help="reports, or people of two lists")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.set in ("posts", "full"):
        write_tables(make_reports(chosen.count, chosen.seed, FULL if chosen.set == "full" else POSTS), chosen.out, "reports", "r")
        return
    left, right = make_lists(chosen.count, chosen.seed, chosen.set)
    one, other = write_tables(left, chosen.out, "left", "a"), write_tables(right, chosen.out, "right", "b")
    where = {who: at for at, who in other}
    found = [(at, where[who]) for at, who in one if who in where]
    pq.write_table(pa.table({"left_id": [a for a, _ in found], "right_id": [b for _, b in found]}), chosen.out / "links.parquet")
    write_tables(left + right, chosen.out, "reports", "r")


if __name__ == "__main__":
    main()
