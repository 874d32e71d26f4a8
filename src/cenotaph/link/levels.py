"""What is compared of two reports, and the levels of agreement of each field: SQL, with the numbers that a model starts from.

Only equality, arithmetic and Levenshtein's distance on ASCII text, so that DuckDB and Spark give equal results. A level's ``m``
is the share of pairs of one person on that level, ``u`` the share of pairs of two people, both among pairs where both reports say
something of the field; they hold before a model is trained, and where there is too little to train on.
"""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

from cenotaph.names.sql import Level as Agreement
from cenotaph.names.sql import part_rules

PARTS = ("given", "father", "family")
_COLUMN = re.compile(r"\b([a-z_]+[a-z])_[lr]\b")


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


EXCHANGED = 0.01
"""Share of pairs of one person whose given and family names stand in each other's place."""
PASTED = " OR ".join(f"solo_{a} = pasted_{first}_{b}" for a, b in ("lr", "rl") for first in ("given", "family"))
"""One name written as one word that in the other is given and family name."""
SWAPPED = (
    "given_key_l = family_key_r AND family_key_l = given_key_r AND given_key_l <> given_key_r"
    " AND given_end_l = family_end_r AND family_end_l = given_end_r"
)
"""Who is called Muhammad Muhammadi has his names where they belong, and Karim Rezayi is not Reza Karimi: a family name that is
made of a given name has its key, and another end."""


def _elsewhere(part: str) -> str:
    """Return when a part of one name is another part of the other, or stands in a word written together with it."""
    one, two = (
        f"(length({part}_key_{a}) >= 3 AND instr(name_key_{b}, {part}_key_{a}) > 0)"
        f" OR instr(concat(' ', name_key_{b}, ' '), concat(' ', {part}_key_{a}, ' ')) > 0"
        for a, b in ("lr", "rl")
    )
    return f"{one} OR {two}"


KNOWN_APART = (
    "coalesce(given_known_l AND given_known_r AND (given_key_l = given_key_r OR (given_formal_key_l <> given_formal_key_r"
    " AND levenshtein(given_letters_l, given_letters_r) > 1)), false)"
)
"""Two given names that are alike, and are two: both are known by themselves, and no spelling or short form makes them one."""


def _name_field(
    part: str, starts: dict[str, tuple[float, float]], extra: tuple[Level, ...] = (), apart: str = "false"
) -> Field:
    """Return a part of a name with the levels of :mod:`cenotaph.names.sql`; where it contradicts, whether it stands elsewhere.

    Parameters
    ----------
    apart
        When two names that are alike are two all the same.
    """
    conditions: dict[str, list[str]] = {}
    frequency: dict[str, str | None] = {}
    for rule in part_rules(part):
        conditions.setdefault(rule.level, []).append(rule.condition)
        frequency.setdefault(rule.level, rule.term_frequency)
    missing = conditions[Agreement.MISSING][0]
    initials = [*conditions.get(Agreement.INITIALS, ()), *conditions.get(Agreement.CONTRADICTING, ())]
    # An initial is all that is known of the part on one side; where neither side's is known, nothing is compared.
    null = f"({missing})" + "".join(f" AND NOT coalesce({condition}, false)" for condition in initials)
    levels = [
        Level("the same spelling", conditions[Agreement.EXACT][0], *starts["exact"], frequency[Agreement.EXACT]),
        Level("the same name", conditions[Agreement.SAME_KEY][0], *starts["key"], frequency[Agreement.SAME_KEY]),
        *extra,
    ]
    if initials:
        levels.append(Level("the same initial", conditions[Agreement.INITIALS][0], *starts["initial"]))
        levels.append(Level("another initial", conditions[Agreement.CONTRADICTING][0], *starts["other"]))
    levels += [
        Level("a similar name", f"({conditions[Agreement.NEAR][0]}) AND NOT ({apart})", *starts["near"]),
        Level("another name, which the other has elsewhere", _elsewhere(part), *starts["elsewhere"]),
        Level("another name", "ELSE", *starts["else"]),
    ]
    return Field(part, null, tuple(levels))


GIVEN = _name_field(
    "given",
    {
        "exact": (0.67, 0.004), "key": (0.223, 0.003), "initial": (0.02, 0.005), "other": (0.001, 0.05), "near": (0.05, 0.01),
        "elsewhere": (0.03, 0.004), "else": (0.006, 0.924),
    },
    apart=KNOWN_APART,
)  # fmt: skip
FATHER = _name_field(
    "father",
    {
        "exact": (0.66, 0.004), "key": (0.22, 0.003), "initial": (0.02, 0.005), "other": (0.001, 0.05), "near": (0.07, 0.01),
        "elsewhere": (0.01, 0.004), "else": (0.019, 0.924),
    },
)  # fmt: skip
_ALTERNATIVE = "family_alt_key_l = family_key_r OR family_key_l = family_alt_key_r"
FAMILY = _name_field(
    "family",
    {
        "exact": (0.66, 0.0004), "key": (0.22, 0.0003), "near": (0.05, 0.005),
        "elsewhere": (0.03, 0.002), "else": (0.03, 0.9921),
    },
    (Level("another family name of the person", _ALTERNATIVE, 0.01, 0.0002),),
)  # fmt: skip
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
TOGETHER = (
    ("given, father and family", "whole_name", ("given", "father", "family")),
    ("given and family", "given_family", ("given", "family")),
    ("father and family", "father_family", ("father", "family")),
    ("given and father", "given_father", ("given", "father")),
)
"""Parts of a name that agree at once, the column of their joint value, and the parts."""
# Relatives have different given names: who has the same one as well is the same person, or a namesake and no relative.
_OTHERS = "(given_key_l IS NULL OR given_key_r IS NULL OR given_key_l <> given_key_r)"
_KIN = {"father and family": f"{_FATHER} AND {_FAMILY} AND {_OTHERS}", "family": f"{_FAMILY} AND {_OTHERS}"}
KIN_GATE = f"{_FAMILY} AND {_OTHERS}"
"""What relatives' names have in common whatever else they share."""
_HOME = {"place": _same("place_key"), "region": _same("region_key")}
_TIME = {
    "day": "abs(death_day_l - death_day_r) <= 3",
    "report": "(death_day_l IS NULL OR death_day_r IS NULL) AND abs(published_l - published_r) <= 14",
}
_BORN = {
    "day": "birth_day_l = birth_day_r",
    "year": f"{_BIRTH_GAP} <= 0 AND {_BIRTH_WIDTH} <= 800",
}


def _case(conditions: dict[str, str]) -> str:
    return "CASE " + " ".join(f"WHEN {sql} THEN '{name}'" for name, sql in conditions.items()) + " ELSE '' END"


SHARED = {"home": _case(_HOME), "time": _case(_TIME), "birth": _case(_BORN)}
"""SQL of what two reports have in common of home, time of death and birth, the most precise; empty for nothing."""


class Kin(NamedTuple):
    """What people of one family have in common besides the name: a combination of what :data:`SHARED` gives."""

    group: str
    things: tuple[tuple[str, str], ...]
    sql: str

    @property
    def label(self) -> str:
        """What a reader is told."""
        return f"relatives share {self.group}, {', '.join(f'{what} ({how})' for what, how in self.things)}"


def _kin(whats: tuple[str, ...]) -> tuple[Kin, ...]:
    conditions = {"home": _HOME, "time": _TIME, "birth": _BORN}
    found = []
    for group, names in _KIN.items():
        for hows in product(*(("", *reversed(conditions[what])) for what in whats)):
            things = tuple((what, how) for what, how in zip(whats, hows, strict=True) if how)
            if things:
                sql = " AND ".join([names, *(f"({conditions[what][how]})" for what, how in things)])
                found.append(Kin(group, things, sql))
    rank = {name: at for at, name in enumerate(("place", "region", "day", "report", "year"))}
    return tuple(sorted(found, key=lambda k: (list(_KIN).index(k.group), -len(k.things), [rank[how] for _, how in k.things])))


KIN = {"kin": _kin(("home", "time")), "twins": _kin(("birth",))}
"""The two fields that take off what relatives share, each with its levels: the fullest combination first."""


def together_levels() -> tuple[tuple[str, str, str], ...]:
    """Return label, SQL and column of what parts of a name agree at once: relatives and countrymen have them from one stock."""
    return tuple((label, " AND ".join(_same(f"{part}_key") for part in parts), column) for label, column, parts in TOGETHER)


def contradicts(field: Field) -> str:
    """Return SQL that is 1 for a pair on a field's last level, 0 on any other, and null where the field is not compared."""
    agree = " OR ".join(f"({level.sql})" for level in field.levels[:-1])
    return f"CASE WHEN {field.null} THEN NULL WHEN {agree} THEN 0 ELSE 1 END"


def columns_of(sql: str) -> tuple[str, ...]:
    """Return the columns that a condition on two reports looks at, without their sides."""
    return tuple(dict.fromkeys(_COLUMN.findall(sql)))
