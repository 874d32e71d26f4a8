"""Releases of made-up people, written by the project's own functions: for tests of the site and for measuring it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from cenotaph.count.figures import FigureDefinition, Series
from cenotaph.domain.claims import Claim, Modality, Unit
from cenotaph.domain.counts import Bound
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate
from cenotaph.publish.policy import Case, parse_policy
from cenotaph.publish.release_claims import PublicClaim, allegations_table, beside_table, claims_table
from cenotaph.publish.release_files import Head, write_release
from cenotaph.publish.release_places import Placed, places_table
from cenotaph.publish.release_rows import Candidate, Piece, PublicPerson, make_rows
from cenotaph.publish.release_tables import (
    Cell,
    Kind,
    PublicFigure,
    Table,
    figure_tables,
    make_table,
    names_table,
    persons_table,
    reports_table,
)

POLICY = """schema = 1
id = "public"
title = "What is shown"
least = 3
opaque = ["nationality"]
[fields]
name = "show"
age = "show"
birth = "year"
death = "show"
nationality = "show"
path = "show"
rank = "show"
death_place = "show"
[sources]
outlet = "host"
memorial = "host"
"""
FIGURES = (
    FigureDefinition("dead", "Foreign nationals killed", "Everybody whose death is documented."),
    FigureDefinition("by-nationality", "Killed, by nationality and recruitment path", "", by=("nationality", "path")),
    FigureDefinition("by-rank", "Killed, by rank", "", by=("rank",)),
    FigureDefinition("by-place", "Killed, by place", "", by=("death_place",)),
    FigureDefinition("by-month", "Killed, by month of death", "", series=Series.DEATH),
    FigureDefinition("by-month-recorded", "Killed, by month recorded", "", series=Series.RECORDED),
    FigureDefinition("prison", "Recruited from prison", "", where=(("path", ("prison",)),), by=("nationality",)),
)
_LAST = (
    ("Каримов", "Karimov"), ("Рахимов", "Rakhimov"), ("Юсупов", "Yusupov"), ("Шарипов", "Sharipov"), ("Назаров", "Nazarov"),
    ("Тагаев", "Tagaev"), ("Жураев", "Zhuraev"), ("Холов", "Kholov"), ("Садыков", "Sadykov"), ("Бекмуратов", "Bekmuratov"),
)  # fmt: skip
_FIRST = (
    ("Азамат", "Azamat"), ("Бахтиёр", "Bakhtiyor"), ("Дилшод", "Dilshod"), ("Фаррух", "Farrukh"), ("Илхом", "Ilkhom"),
    ("Мухаммад", "Muhammad"), ("Нурлан", "Nurlan"), ("Рустам", "Rustam"), ("Тимур", "Timur"), ("Шерзод", "Sherzod"),
)  # fmt: skip
_OTHER = (("राम बहादुर", "Deva", "ne"), ("محمد يوسف", "Arab", "ar"), ("O\u02bbktam Joʻrayev", "Latn", "uz"))
_SYLLABLES = (("ба", "ba"), ("ру", "ru"), ("мо", "mo"), ("ли", "li"), ("та", "ta"), ("ше", "she"), ("ни", "ni"), ("ка", "ka"))
_NATIONS = ("UZ", "TJ", "NP", "KG", "KZ", "CU", "AZ", "x-south-ossetia", "LK", "EG")
_PATHS = ("prison", "contract_office", "recruiter_abroad", "mobilised")
_PLACES = ("UA-14", "UA-09", "UA-65", "UA-23", "UA-63", "UA-14", "UA-65", "UA-14", "UA-59", "UA-40")
PLACES = (
    Placed("death_place", "UA-14", 48.0, 37.8, "made up for trying out"),
    Placed("death_place", "UA-09", 48.9, 38.9, "made up for trying out"),
    Placed("death_place", "UA-65", 46.6, 33.4, "made up for trying out"),
    Placed("death_place", "UA-23", 47.4, 35.7, "made up for trying out"),
    Placed("death_place", "UA-63", 49.6, 36.7, "made up for trying out"),
    Placed("death_place", "UA-59", 51.0, 34.2, "made up for trying out"),
)
_RANKS = ("private", "corporal", "sergeant")
_KINDS = (SourceKind.OUTLET, SourceKind.RELATIVE, SourceKind.MEMORIAL, SourceKind.CEMETERY, SourceKind.OFFICIAL)
METHOD = """# Method of release {label}

Every number of people is a minimum: those documented so far.

## Which deaths count

Invented people. A scope that was made up for trying out.

- died from 2022-02-24
- whoever is out of scope is counted apart and not rejected

## What evidence is enough

1. an outlet or a relative alone gives `reported`
2. two independent origins give `confirmed`

```json
{{"standard": "made-up <b>&"}}
```
"""


def make_person(at: int, seed: int = 1) -> Candidate:
    """Return one made-up person; the same number and seed give the same person."""
    chance = random.Random(f"{seed} {at}")
    person = f"{chance.getrandbits(128):032x}"
    last, first = chance.choice(_LAST), chance.choice(_FIRST)
    middle = [chance.choice(_SYLLABLES) for _ in range(chance.randint(0, 3))]
    cyrillic = "".join(part for part, _ in middle).capitalize() + (last[0].lower() if middle else last[0])
    latin = "".join(part for _, part in middle).capitalize() + (last[1].lower() if middle else last[1])
    names = [(f"{cyrillic} {first[0]}", "Cyrl", "ru"), (f"{latin} {first[1]}", "Latn", "en")]
    if at % 40 == 0:
        names.append(_OTHER[at // 40 % len(_OTHER)])
    died = date(2022, 3, 1) + timedelta(chance.randint(0, 1300))
    since = min(died + timedelta(chance.randint(10, 300)), date(2025, 9, 20))
    values = {"name": names[0][0], "nationality": chance.choices(_NATIONS, range(len(_NATIONS), 0, -1))[0]}
    if chance.random() < 0.8:
        values["death"] = died.isoformat()
    if chance.random() < 0.6:
        values["age"] = str(chance.randint(18, 55))
    if chance.random() < 0.7:
        values["path"] = chance.choice(_PATHS)
    if at % 5:
        values["death_place"] = _PLACES[(at + at // 10) % len(_PLACES)]
    if chance.random() < 0.4:
        values["rank"] = chance.choice(_RANKS)
    reports = 1 + min(int(chance.expovariate(0.34)), 14)
    pieces = tuple(
        Piece(
            f"r{at}-{n}",
            chance.choice(_KINDS),
            f"l{chance.randint(1, 4)}",
            (died + timedelta(9 + 20 * n)).strftime("%Y-%m"),
            f"paper{chance.randint(1, 12)}.example",
            "a source of the kind 'roster' never counts under this standard" if chance.random() < 0.05 else "",
        )
        for n in range(reports)
    )
    lineages = len({piece.lineage for piece in pieces})
    grade = "confirmed" if lineages > 1 else "reported"
    words = f"dead, {grade} on {since}: outlet and relative, {lineages} lineages; rule lineages.{grade} of made-up"
    figures = tuple(sorted(f.id for f in FIGURES if not f.where or values.get("path") == "prison"))
    unconditional = tuple(sorted(f.id for f in FIGURES if f.is_open))
    named = tuple(sorted(names))
    word = False if at % 50 == 7 else None
    case = Case(Fate.DEAD, values, since, word)
    examined = at % 3 == 0
    return Candidate(person, case, grade, "none", "open", lineages, examined, words, named, pieces, figures, unconditional)


@dataclass(frozen=True)
class Made:
    """A made-up release: its people, and what stands beside them."""

    label: str
    dated: date
    people: tuple[Candidate, ...]
    gone: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    added: tuple[str, ...] = ()
    claims: tuple[PublicClaim, ...] = ()
    challenges: tuple[tuple[Cell, ...], ...] = ()
    title: str = "A made-up count"
    standard: str = "made-up 1"
    before: str = "none"


def make_claim(
    number: int, who: str | None, nationality: str, low: int | None, high: int | None, bound: Bound
) -> PublicClaim:
    """Return a claim that people of a nationality were killed."""
    codes = tuple(nationality.split())
    claim = Claim(
        f"{number:032x}", f"d{number}", 0, 9, "as it says", 0, 2, f"{low or high} people", low, high, bound, Unit.PEOPLE,
        "killed", Modality.STATED, codes, "citizens in the army", attribution=who, as_of="November 2025",
    )  # fmt: skip
    people, why_not = (codes[0], "") if len(codes) == 1 else (None, "the text does not say which people")
    return PublicClaim(
        claim, SourceKind.OUTLET, "2025-11", "2025-11", date(2025, 11, 30) if number % 2 else date(2024, 6, 30), people,
        why_not=why_not,
    )  # fmt: skip


CLAIMS = (
    make_claim(1, "foreign ministry", "NP", 16, 16, Bound.EXACT),
    make_claim(2, "intelligence service", "UZ", 60, None, Bound.AT_LEAST),
    make_claim(3, "a newspaper", "UZ", 40, 70, Bound.RANGE),
    make_claim(4, None, "TJ", None, 90, Bound.AT_MOST),
    make_claim(5, "ombudsman", "KZ TJ", 288, 288, Bound.EXACT),
)


def write_made(folder: Path, made: Made) -> str:
    """Write a made-up release; return the hash of its ``SHA256SUMS``."""
    folder.mkdir(parents=True)
    policy = parse_policy(POLICY)
    rows = make_rows(made.people, policy, made.dated, made.label.encode())
    people = {person.id: person for person in rows.people}
    figures = [_public(figure, rows.people) for figure in FIGURES]
    beside = beside_table(made.claims, figures, people, made.dated)
    tables = [
        persons_table(rows.people, policy),
        names_table(rows.people),
        reports_table(rows.people),
        *figure_tables(figures, people),
        claims_table(made.claims, beside),
        beside,
        allegations_table((), policy),
        places_table(PLACES, figures, people, policy),
        *_beside(made, rows.withheld, rows.shown),
    ]
    rests = {"cenotaph": "0.1.0", "standard": made.standard, "scope": "made-up 1", "policy": f"public {policy.version()}"}
    rests["release_before"] = made.before
    head = Head(made.label, made.title, made.dated.isoformat(), ("The makers of this trial",), "CC-BY-4.0", rests)
    return write_release(folder, head, tables, {"methodology.md": METHOD.format(label=made.label)})


def _public(definition: FigureDefinition, people: Sequence[PublicPerson]) -> PublicFigure:
    return PublicFigure(
        definition.id,
        definition.title,
        definition.text,
        definition.record(),
        definition.version(),
        definition.by,
        definition.series.value,
        tuple(person.id for person in people if definition.id in person.figures),
    )


def _beside(made: Made, withheld: object, shown: frozenset[str]) -> list[Table]:
    s = Kind.STRING
    changes: list[tuple[str, str, str | None]] = [(one, "added", None) for one in made.added]
    changes += [(one, "withdrawn", None) for one in made.gone]
    changes += [(old, "merged", new) for old, new in made.merged]
    assert isinstance(withheld, dict)
    classes = sorted(withheld.items())
    judged = [(one, "examined", "yes", "a rule", "2025-09-02") for one in sorted(shown) if int(one[:4], 16) % 9 == 0]
    text = [(name, s, "") for name in ("person", "question", "answer", "rule", "day")]
    said = ("challenge", "received", "challenger", "about", "target", "deadline", "words", "answered", "outcome", "answer")
    return [
        make_table("challenges", "Challenges", [(name, s, "") for name in said], made.challenges),
        make_table("judgements", "Decisions", text, judged),
        make_table("redirects", "Redirects", [("retired", s, ""), ("person", s, "")], made.merged, ("retired",)),
        make_table("withheld", "Withheld", [("class", s, ""), ("people", Kind.INTEGER, "")], classes, ("class",)),
        make_table("changes", "Changes", [("person", s, ""), ("change", s, ""), ("into", s, "")], changes, ("person", "change")),
    ]


CHALLENGES: tuple[tuple[Cell, ...], ...] = (
    ("c1", "2025-10", "state", "figure", "dead", "2025-11-30", "The number is too <high>.", None, None, None),
    ("c2", "2025-09", "outlet", "method", None, "2025-10-30", "A copy was counted.", "2025-10-12", "upheld", "It was set aside."),
    (None, "2025-10", "family", "person", None, "2025-11-20", None, "2025-11-01", "upheld", None),
)


def make_pair(people: int, seed: int = 1) -> tuple[Made, Made]:
    """Return two releases: in the second some people are new, one is withdrawn, one merged, one better supported."""
    everybody = [make_person(at, seed) for at in range(people)]
    shown = [at for at in range(people) if at % 50 != 7]
    gone, old, into, grown = (everybody[at] for at in (shown[0], shown[1], shown[2], shown[3]))
    new = max(people // 10, 1)
    before = [replace(p, grade="reported") if p is grown else p for p in everybody[:-new]]
    after = [p for p in everybody if p is not gone and p is not old]
    added = tuple(p.person for at, p in enumerate(everybody) if at >= people - new and at in shown)
    first = Made("2025-09", date(2025, 9, 30), tuple(before), claims=CLAIMS[:3])
    second = Made(
        "2025-11", date(2025, 11, 25), tuple(after), (gone.person,), ((old.person, into.person),), added, CLAIMS, CHALLENGES,
        before="2025-09",
    )  # fmt: skip
    return first, second
