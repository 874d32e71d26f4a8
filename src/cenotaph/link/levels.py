"""What is compared of two reports, and the levels of agreement of each field: SQL, with the numbers that a model starts from.

Only equality, arithmetic and Levenshtein's distance on ASCII text, so that DuckDB and Spark give equal results. A level's ``m``
is the share of pairs of one person on that level, ``u`` the share of pairs of two people, both among pairs where both reports say
something of the field; they hold before a model is trained, and where there is too little to train on.
"""

from __future__ import annotations

from typing import NamedTuple

PARTS = ("given", "father", "family")


class Level(NamedTuple):
    """One level of agreement.

    Parameters
    ----------
    label
        What a reader is told.
    sql
        When two reports are on it, unless they are on a level before it; ``ELSE`` for the last.
    m, u
        Shares of pairs of one person, and of two people, to start from.
    frequency
        The column whose value's own frequency takes the place of ``u``; None for none.
    """

    label: str
    sql: str
    m: float
    u: float
    frequency: str | None = None


class Field(NamedTuple):
    """One field of a comparison: what is not compared (``null``), and its levels from agreement to contradiction."""

    name: str
    null: str
    levels: tuple[Level, ...]


def _same(column: str) -> str:
    return f"{column}_l = {column}_r"


def _missing(*columns: str) -> str:
    return " OR ".join(f"{column}_{side} IS NULL" for column in columns for side in "lr")


def _near(part: str) -> str:
    """One letter of the key differs, or two at most of the spelling with vowels."""
    return (
        f"(levenshtein({part}_key_l, {part}_key_r) <= 1 AND least(length({part}_key_l), length({part}_key_r)) >= 3)"
        f" OR (levenshtein({part}_fold_l, {part}_fold_r) <= 2 AND least(length({part}_fold_l), length({part}_fold_r)) >= 5)"
    )


EXCHANGED = 0.01
"""Share of pairs of one person whose given and family names stand in each other's place."""
SWAPPED = "given_key_l = family_key_r AND family_key_l = given_key_r"
_INITIAL = (
    "(length({0}_fold_l) = 1 AND substr({0}_fold_r, 1, 1) = {0}_fold_l)"
    " OR (length({0}_fold_r) = 1 AND substr({0}_fold_l, 1, 1) = {0}_fold_r)"
)

_KEY = (
    "{0}_key_l = {0}_key_r AND ({0}_fold_l IS NULL OR {0}_fold_r IS NULL OR levenshtein({0}_fold_l, {0}_fold_r) <= 1"
    " OR (levenshtein({0}_fold_l, {0}_fold_r) <= 2 AND least(length({0}_fold_l), length({0}_fold_r)) >= 6))"
)
"""Consonants agree and no vowels contradict: Hasan and Husein are two names, whatever their consonants."""

GIVEN = Field(
    "given",
    _missing("given_key"),
    (
        Level("the same spelling", _same("given_fold"), 0.66, 0.004, "given_fold"),
        Level("the same name", _KEY.format("given"), 0.24, 0.003, "given_key"),
        Level("a short form of it", _same("given_formal_key"), 0.01, 0.001),
        Level("an initial", _INITIAL.format("given"), 0.01, 0.005),
        Level("a similar name", _near("given"), 0.06, 0.02),
        Level("another name", "ELSE", 0.02, 0.967),
    ),
)
FATHER = Field(
    "father",
    _missing("father_key"),
    (
        Level("the same spelling", _same("father_fold"), 0.65, 0.004, "father_fold"),
        Level("the same name", _KEY.format("father"), 0.24, 0.003, "father_key"),
        Level("an initial", _INITIAL.format("father"), 0.01, 0.005),
        Level("a similar name", _near("father"), 0.07, 0.02),
        Level("another name", "ELSE", 0.03, 0.968),
    ),
)
FAMILY = Field(
    "family",
    _missing("family_key"),
    (
        Level("the same spelling", _same("family_fold"), 0.66, 0.0004, "family_fold"),
        Level("the same name", _KEY.format("family"), 0.24, 0.0003, "family_key"),
        Level(
            "another family name of the person",
            "family_alt_key_l = family_key_r OR family_key_l = family_alt_key_r",
            0.01,
            0.0002,
        ),
        Level("a similar name", _near("family"), 0.06, 0.01),
        Level("another name", "ELSE", 0.03, 0.989),
    ),
)
SEX = Field(
    "sex",
    _missing("name_sex"),
    (Level("the same by the name's grammar", _same("name_sex"), 0.995, 0.9), Level("contradicting", "ELSE", 0.005, 0.1)),
)

_BIRTH_GAP = "greatest(birth_low_l, birth_low_r) - least(birth_high_l, birth_high_r)"
_BIRTH_WIDTH = "greatest(birth_high_l - birth_low_l, birth_high_r - birth_low_r)"
# The same year with another month or day, day and month exchanged, or the same day of another year by one digit or two exchanged.
_TENS = "floor(birth_year_{0} / 10) % 10 = birth_year_{1} % 10"
_BIRTH_SLIP = (
    "(birth_year_l = birth_year_r AND (birth_month_l = birth_month_r OR birth_mday_l = birth_mday_r"
    " OR (birth_month_l = birth_mday_r AND birth_mday_l = birth_month_r)))"
    " OR (birth_month_l = birth_month_r AND birth_mday_l = birth_mday_r AND (abs(birth_year_l - birth_year_r) IN (1, 2, 10)"
    f" OR (abs(birth_year_l - birth_year_r) < 100 AND {_TENS.format('l', 'r')} AND {_TENS.format('r', 'l')})))"
)
BIRTH = Field(
    "birth",
    _missing("birth_low", "birth_high"),
    (
        Level("the same day", _same("birth_day"), 0.30, 0.00007),
        Level("a slip of the pen apart", _BIRTH_SLIP, 0.03, 0.004),
        Level("may be the same month", f"{_BIRTH_GAP} <= 0 AND {_BIRTH_WIDTH} <= 40", 0.10, 0.003),
        Level("may be the same year", f"{_BIRTH_GAP} <= 0 AND {_BIRTH_WIDTH} <= 800", 0.50, 0.06),
        Level("may be the same, given roughly", f"{_BIRTH_GAP} <= 0", 0.02, 0.05),
        Level("a year apart", f"{_BIRTH_GAP} <= 370", 0.03, 0.08),
        Level("three years apart", f"{_BIRTH_GAP} <= 1100", 0.01, 0.12),
        Level("contradicting", "ELSE", 0.01, 0.61),
    ),
)

_DEATH_GAP = "greatest(death_low_l, death_low_r) - least(death_high_l, death_high_r)"
_DEATH_WIDTH = "greatest(death_high_l - death_low_l, death_high_r - death_low_r)"
DEATH = Field(
    "death",
    _missing("death_low", "death_high"),
    (
        Level("the same day", _same("death_day"), 0.50, 0.003, "death_day"),
        Level("within three days", f"{_DEATH_GAP} <= 3 AND {_DEATH_WIDTH} <= 3", 0.15, 0.008),
        Level("may be the same month", f"{_DEATH_GAP} <= 0 AND {_DEATH_WIDTH} <= 40", 0.15, 0.03),
        Level("may be the same, given roughly", f"{_DEATH_GAP} <= 0", 0.08, 0.10),
        Level("within a month", f"{_DEATH_GAP} <= 31", 0.08, 0.06),
        Level("within a year", f"{_DEATH_GAP} <= 370", 0.03, 0.40),
        Level("contradicting", "ELSE", 0.01, 0.40),
    ),
)
PUBLISHED = Field(
    "published",
    f"({_missing('published')}) OR NOT ({_missing('death_low', 'death_high')})",
    (
        Level("within two weeks", "abs(published_l - published_r) <= 14", 0.35, 0.06),
        Level("within three months", "abs(published_l - published_r) <= 92", 0.35, 0.17),
        Level("within a year", "abs(published_l - published_r) <= 370", 0.22, 0.42),
        Level("longer apart", "ELSE", 0.08, 0.35),
    ),
)
PLACE = Field(
    "place",
    "(place_key_l IS NULL OR place_key_r IS NULL) AND (region_key_l IS NULL OR region_key_r IS NULL)"
    " AND (country_l IS NULL OR country_r IS NULL) AND (place_key_l IS NULL OR region_key_r IS NULL)"
    " AND (region_key_l IS NULL OR place_key_r IS NULL)",
    (
        Level("the same place", _same("place_key"), 0.55, 0.01, "place_key"),
        Level(
            "a similar place",
            "(levenshtein(place_key_l, place_key_r) <= 1 AND least(length(place_key_l), length(place_key_r)) >= 4)"
            " OR place_key_l = region_key_r OR region_key_l = place_key_r",
            0.10,
            0.01,
        ),
        Level("the same region", _same("region_key"), 0.12, 0.06, "region_key"),
        Level("another country", "country_l <> country_r", 0.03, 0.40),
        Level(
            "another place",
            "NOT (place_key_l IS NULL OR place_key_r IS NULL) OR NOT (region_key_l IS NULL OR region_key_r IS NULL)"
            " OR country_l IS NULL OR country_r IS NULL",
            0.12,
            0.42,
        ),
        Level("the same country", "ELSE", 0.08, 0.10),
    ),
)
NATIONALITY = Field(
    "nationality",
    _missing("nationality"),
    (Level("the same", _same("nationality"), 0.95, 0.3, "nationality"), Level("another", "ELSE", 0.05, 0.7)),
)
UNIT = Field(
    "unit",
    _missing("unit_key"),
    (Level("the same", _same("unit_key"), 0.7, 0.01, "unit_key"), Level("another", "ELSE", 0.3, 0.99)),
)
RANK = Field(
    "rank",
    _missing("rank_level"),
    (
        Level("the same", _same("rank_level"), 0.75, 0.3),
        Level("similar", "abs(rank_level_l - rank_level_r) <= 2", 0.15, 0.25),
        Level("another", "ELSE", 0.10, 0.45),
    ),
)
SOURCE = Field(
    "source",
    _missing("source"),
    (
        Level("rows of one list", "source_l = source_r AND listed_l AND listed_r", 0.01, 0.05),
        Level("the same source", _same("source"), 0.05, 0.05),
        Level("two sources", "ELSE", 0.94, 0.90),
    ),
)

FIELDS = (GIVEN, FATHER, FAMILY, SEX, BIRTH, DEATH, PUBLISHED, PLACE, NATIONALITY, UNIT, RANK, SOURCE)
"""What is trained and scored, in the order in which it is explained."""

FREQUENCY_COLUMNS = tuple(dict.fromkeys(level.frequency for field in FIELDS for level in field.levels if level.frequency))

_GIVEN, _FATHER, _FAMILY = (_same(f"{part}_key") for part in PARTS)
_TOGETHER = {
    "given, father and family": f"{_GIVEN} AND {_FATHER} AND {_FAMILY}",
    "given and family": f"{_GIVEN} AND {_FAMILY}",
    "father and family": f"{_FATHER} AND {_FAMILY}",
    "given and father": f"{_GIVEN} AND {_FATHER}",
}
_KIN = {"father and family": f"{_FATHER} AND {_FAMILY}", "family": _FAMILY}
_SHARED = {"place": _same("place_key"), "death": "abs(death_day_l - death_day_r) <= 3", "birth": _same("birth_day")}
SHARED = tuple(_SHARED)


def combinations() -> tuple[tuple[str, ...], ...]:
    """Return the combinations of place, death and birth that relatives may have in common, the fullest first."""
    every = [tuple(name for at, name in enumerate(SHARED) if bits >> at & 1) for bits in range(1, 2 ** len(SHARED))]
    return tuple(sorted(every, key=lambda names: (-len(names), names)))


def together_levels() -> tuple[tuple[str, str], ...]:
    """Return label and SQL of what parts of a name agree at once: relatives and countrymen have them from one stock."""
    return tuple(_TOGETHER.items())


def kin_levels() -> tuple[tuple[str, str], ...]:
    """Return label and SQL of what people of one family have in common besides the name: home, day of death, birth (twins)."""
    return tuple(
        (f"{kin}: {', '.join(shared)}", " AND ".join([sql, *(_SHARED[name] for name in shared)]))
        for kin, sql in _KIN.items()
        for shared in combinations()
    )
