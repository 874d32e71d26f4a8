"""What the profiles of worlds are made of: peoples and their shares, families, noise, and the kinds of source."""

from __future__ import annotations

from dataclasses import dataclass, replace

from benchmarks.worlds.pools import ARABIC, LATIN, SLAVIC, TURKIC


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source and what its reports hold; each number is the share of its reports.

    Parameters
    ----------
    name
        The kind, as in ``source_kind``.
    home, russian, wire, passport
        Weight of each way to write names.
    father
        With the patronymic or the father's name.
    birth, year, age
        With the birth date, else its year alone, else the age.
    death
        With the date of death.
    village, region
        With the village, else the region.
    unit, rank, country, nationality
        With these.
    columns
        With the name in columns instead of one string.
    delay
        Mean days from the death to the publication.
    sources
        How many sources there are of it.
    """

    name: str
    home: float = 0.0
    russian: float = 0.0
    wire: float = 0.0
    passport: float = 0.0
    father: float = 0.5
    birth: float = 0.3
    year: float = 0.1
    age: float = 0.3
    death: float = 0.5
    village: float = 0.3
    region: float = 0.5
    unit: float = 0.2
    rank: float = 0.3
    country: float = 0.3
    nationality: float = 0.2
    columns: float = 0.0
    delay: float = 40.0
    sources: int = 10


POST = Kind("obituary_post", home=0.8, russian=0.2, father=0.5, birth=0.35, year=0.1, age=0.2, death=0.6, village=0.5,
    region=0.3, unit=0.25,
            rank=0.3, delay=25, sources=40)  # fmt: skip
OUTLET = Kind("regional_outlet", home=0.5, russian=0.5, father=0.6, birth=0.15, year=0.1, age=0.5, death=0.55, village=0.35,
    region=0.6, unit=0.15,
              rank=0.4, delay=35, sources=30)  # fmt: skip
COURT = Kind("court_record", home=0.4, russian=0.6, father=0.95, birth=0.6, year=0.05, age=0.0, death=0.4, village=0.1,
    region=0.6, unit=0.35,
             rank=0.4, columns=0.6, delay=260, sources=15)  # fmt: skip
CEMETERY = Kind("cemetery", home=0.7, russian=0.3, father=0.8, birth=0.9, year=0.05, age=0.0, death=0.93, village=0.5,
    region=0.3, unit=0.02,
                rank=0.1, delay=150, sources=20)  # fmt: skip
WIRE = Kind("wire", wire=1.0, father=0.12, birth=0.04, year=0.03, age=0.6, death=0.5, village=0.1, region=0.4, unit=0.05,
    rank=0.2, country=0.7,
            nationality=0.6, delay=30, sources=12)  # fmt: skip
PASSPORT = Kind("passport_photo", passport=1.0, father=0.1, birth=0.95, year=0.0, age=0.0, death=0.05, village=0.0, region=0.3,
    unit=0.05, rank=0.0,
                country=0.9, nationality=0.9, columns=0.7, delay=120, sources=5)  # fmt: skip
RECRUITER = Kind("recruiter_list", russian=1.0, father=0.35, birth=0.6, year=0.2, age=0.0, death=0.35, village=0.0, region=0.1,
    unit=0.6, rank=0.3,
                 country=0.7, nationality=0.8, delay=200, sources=4)  # fmt: skip
OFFICIAL = Kind("official_list", home=0.9, wire=0.1, father=0.95, birth=0.6, year=0.05, age=0.8, death=0.5, village=0.1,
    region=0.4, unit=0.02,
                rank=0.02, country=0.2, columns=0.5, delay=90, sources=3)  # fmt: skip
SOCIAL = Kind("social_post", home=1.0, father=0.45, birth=0.1, year=0.05, age=0.25, death=0.6, village=0.3, region=0.4,
    unit=0.02, rank=0.02, delay=12,
              sources=60)  # fmt: skip
REGISTRY = Kind("registry", home=0.5, russian=0.5, father=0.97, birth=0.95, year=0.0, age=0.0, death=0.9, village=0.1,
    region=0.7, unit=0.0, rank=0.0,
                columns=0.9, delay=300, sources=4)  # fmt: skip

MIX: dict[str, tuple[tuple[Kind, float], ...]] = {
    "slavic": (
        (POST, 0.3),
        (OUTLET, 0.22),
        (COURT, 0.1),
        (CEMETERY, 0.12),
        (REGISTRY, 0.1),
        (WIRE, 0.06),
        (PASSPORT, 0.03),
        (OFFICIAL, 0.07),
    ),
    "turkic": ((POST, 0.18), (OUTLET, 0.16), (COURT, 0.08), (CEMETERY, 0.08), (WIRE, 0.14), (PASSPORT, 0.14), (RECRUITER, 0.22)),
    "arabic": ((OFFICIAL, 0.42), (SOCIAL, 0.2), (OUTLET, 0.12), (WIRE, 0.18), (PASSPORT, 0.04), (RECRUITER, 0.04)),
    "far": ((POST, 0.2), (OUTLET, 0.15), (WIRE, 0.25), (PASSPORT, 0.2), (RECRUITER, 0.2)),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One world's parameters; shares are of people or of reports.

    Parameters
    ----------
    name
        The profile.
    peoples
        Each people's weight.
    zipf
        Exponent of the frequency of names; ``shift`` flattens the head.
    many
        Exponent of the number of reports of a person, 1 to 40.
    families
        Share of people who have a relative among the dead, where families are not killed together.
    together
        The same for Arabic and Persian names: families killed in one incident.
    namesakes
        Share of people who are given another's full name and another birth.
    noise
        What all the error rates are multiplied by.
    bare
        Share of reports that hold a name and nothing else.
    placeholders
        Share of reports whose name says that nobody knows it.
    reprints
        Share of reports that repeat an earlier one of the same person.
    one_script
        Whether everybody writes at home and in one scheme.
    sealed
        Whether the other pools of names are used.
    """

    name: str
    peoples: tuple[tuple[str, float], ...]
    zipf: float = 0.85
    shift: float = 2.5
    many: float = 1.75
    families: float = 0.04
    together: float = 0.35
    namesakes: float = 0.01
    noise: float = 1.0
    bare: float = 0.04
    placeholders: float = 0.004
    reprints: float = 0.06
    one_script: bool = False
    sealed: bool = False


def _share(weights: dict[str, float], peoples: tuple[str, ...], total: float) -> tuple[tuple[str, float], ...]:
    whole = sum(weights.get(people, 1.0) for people in peoples)
    return tuple((people, total * weights.get(people, 1.0) / whole) for people in peoples)


_SLAVIC = {"russian": 12.0, "ukrainian": 2.0, "tuvan": 0.6, "buryat": 0.7, "caucasian": 1.2}
_ARABIC = {"gaza": 5.0, "syria": 2.0, "iraq": 2.0, "sudan": 1.0, "persian": 2.0}
_TURKIC = {"uzbek": 3.0, "tajik": 2.5, "turkmen": 0.5, "azerbaijani": 0.8}
_FAR = {"nepali": 2.0, "spanish": 1.0, "kenyan": 0.3, "sinhala": 0.4}

SLAVIC_WORLD = Profile("slavic", _share(_SLAVIC, SLAVIC, 1.0))
TURKIC_WORLD = Profile("central-asia", _share(_TURKIC, TURKIC, 1.0))
ARABIC_WORLD = Profile("arabic", _share(_ARABIC, (*ARABIC, "persian"), 1.0))
MIXED = Profile(
    "mixed",
    _share(_SLAVIC, SLAVIC, 0.5)
    + _share(_TURKIC, TURKIC, 0.14)
    + _share(_ARABIC, (*ARABIC, "persian"), 0.31)
    + _share(_FAR, ("nepali", *LATIN), 0.05),
)
CLEAN = Profile(
    "clean", _share(_SLAVIC, SLAVIC, 1.0), noise=0.15, bare=0.0, placeholders=0.0, one_script=True, families=0.02, namesakes=0.004
)
FAMILIES = replace(
    ARABIC_WORLD,
    name="families",
    peoples=(*_share(_ARABIC, ARABIC, 0.8), ("russian", 0.1), ("caucasian", 0.1)),
    families=0.3,
    together=0.8,
)
SEALED = replace(MIXED, name="sealed", zipf=0.95, shift=1.5, many=1.6, families=0.06, together=0.45, namesakes=0.015,
    noise=1.3, bare=0.06, reprints=0.1,
                 placeholders=0.008, sealed=True)  # fmt: skip
PROFILES = {p.name: p for p in (SLAVIC_WORLD, TURKIC_WORLD, ARABIC_WORLD, MIXED, CLEAN, FAMILIES)}
