"""The row that a list's line or a document's sentence becomes: one report, axes as columns, the rest in one column."""

from __future__ import annotations

from typing import NamedTuple

DATE_FIELDS: dict[str, str] = {
    "birth": "birth",
    "death": "death",
    "last_contact": "last contact",
    "capture": "capture by the enemy",
    "wound": "wound",
    "found": "when the body was found",
    "returned": "when the body was returned",
    "identified": "when the body was identified",
    "burial": "burial",
    "court_effect": "effect of a court's decision",
    "publication": "publication",
}
"""Every date that a report may give, each apart from the others, with the words a reader sees."""

class ReportRow(NamedTuple):
    """One report, flat, as it crosses from reading to the store.

    Axis columns come in pairs, ``<axis>`` (code or None) and ``<axis>_stated`` (words or None), in the order of
    :data:`cenotaph.domain.axes.AXES`. Dates are ISO days of a half-open interval. ``other`` holds every further value
    as canonical JSON (see :mod:`cenotaph.domain.canonical`).
    """

    row_number: int | None
    row_key: str
    content: str
    name: str | None
    nationality: str | None
    nationality_stated: str | None
    origin: str | None
    origin_stated: str | None
    birthplace: str | None
    birthplace_stated: str | None
    residence: str | None
    residence_stated: str | None
    ethnicity: str | None
    ethnicity_stated: str | None
    path: str | None
    path_stated: str | None
    force: str | None
    force_stated: str | None
    branch: str | None
    branch_stated: str | None
    unit: str | None
    unit_stated: str | None
    rank: str | None
    rank_stated: str | None
    inducement: str | None
    inducement_stated: str | None
    coercion: str | None
    coercion_stated: str | None
    manner: str | None
    manner_stated: str | None
    civil_status: str | None
    civil_status_stated: str | None
    side: str | None
    side_stated: str | None
    perpetrator: str | None
    perpetrator_stated: str | None
    death_place: str | None
    death_place_stated: str | None
    sex: str | None
    sex_stated: str | None
    fate: str | None
    fate_stated: str | None
    birth_from: str | None
    birth_before: str | None
    death_from: str | None
    death_before: str | None
    age_low: int | None
    age_high: int | None
    cites: str | None
    other: str | None
