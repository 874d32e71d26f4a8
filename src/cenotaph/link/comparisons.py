"""A model's comparisons: levels with their numbers, from which Splink's settings are made and pairs are scored alike."""

from __future__ import annotations

from typing import NamedTuple

from cenotaph.link import namesakes
from cenotaph.link.levels import EXCHANGED, FIELDS, KIN, KIN_GATE, PASTED, SWAPPED, together_levels
from cenotaph.link.model import TOGETHER_UNIT, Model


class Weighed(NamedTuple):
    """A level: what a reader is told, its SQL (``ELSE`` for the last), ``m``, ``u``, the column whose frequency is ``u``."""

    label: str
    sql: str
    m: float
    u: float
    frequency: str | None = None


class Comparison(NamedTuple):
    """What is compared: when it is not (None for never), the levels, of which the first that holds is it, and what all but the
    last of them ask among other things (None for nothing)."""

    name: str
    null: str | None
    levels: tuple[Weighed, ...]
    gate: str | None = None


def list_comparisons(model: Model, *, dependent: bool = True) -> tuple[Comparison, ...]:
    """Return what a model compares.

    Parameters
    ----------
    dependent
        Whether what names and families have in common is weighed; not while fields are trained one by one.
    """
    found = [
        Comparison(
            f.name,
            f.null,
            tuple(
                Weighed(level.label, level.sql, model.m[f.name][at], model.u[f.name][at], level.frequency)
                for at, level in enumerate(f.levels)
            ),
        )
        for f in FIELDS
    ]
    if not dependent:
        return tuple(found)
    last = Weighed("All other comparisons", "ELSE", 0.5, 0.5)
    # Names in each other's place, or in one word, count as contradictions in their own fields: this takes them back.
    given, family = model.m["given"], model.m["family"]
    u_given, u_family = model.u["given"], model.u["family"]
    chance = max((u_given[0] + u_given[1]) * (u_family[0] + u_family[1]), 1e-9)
    elsewhere = given[-2] / u_given[-2] * family[-2] / u_family[-2]
    exchanged = [
        Weighed(label, sql, 0.5, min(0.5, max(1e-12, 0.5 * worth)))
        for sql, label, worth in (
            (SWAPPED, "given and family name exchanged", chance / EXCHANGED * elsewhere),
            (PASTED, "given and family name in one word", chance / EXCHANGED),
        )
    ]
    found.append(Comparison("order", None, (*exchanged, last)))
    together = [Weighed(label, sql, TOGETHER_UNIT, TOGETHER_UNIT, column) for label, sql, column in together_levels()]
    found.append(Comparison("together", None, (*together, last)))
    shared = [Weighed(label, sql, TOGETHER_UNIT, TOGETHER_UNIT, column) for label, sql, column in namesakes.LEVELS]
    found.append(Comparison(namesakes.NAME, None, (*shared, last), namesakes.GATE))
    for name, rows in KIN.items():
        kin = [Weighed(row.label, row.sql, 1e-6, 1e-6 * max(1.0, lift)) for row, lift in zip(rows, model.kin[name], strict=True)]
        found.append(Comparison(name, None, (*kin, last), KIN_GATE))
    return tuple(found)
