"""The tables that go into linkage and come out of it: what each column holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

NAME_COLUMNS = ("name_full", "name_given", "name_family", "name_patronymic", "script", "language", "country_text")
REPORT_COLUMNS = (
    "report_id",
    "source",
    "source_kind",
    "published_on",
    "name_full",
    "name_given",
    "name_family",
    "name_patronymic",
    "script",
    "language",
    "birth_date_text",
    "age",
    "death_date_text",
    "place_text",
    "region",
    "country_text",
    "nationality_text",
    "unit_text",
    "rank",
)
"""Columns of a table of reports; all are text, null where nothing is said, and only ``report_id`` must be there."""

RESOLVED, UNRESOLVED = "resolved", "unresolved"
VETO_CAUSES = ("birth", "death", "patronymic", "duplicate_free_list", "judgement", "given", "sex", "middle", "generation")


def reports_schema() -> pa.Schema:
    """Return the schema of reports as linkage reads them: every column text, one row for each report."""
    import pyarrow as pa

    return pa.schema([pa.field(name, pa.string(), nullable=name != "report_id") for name in REPORT_COLUMNS])


def people_schema() -> pa.Schema:
    """Return the schema of people: one row for each report, in the reports' order.

    ``person_id`` is the same for the reports of one person. ``probability`` is how probable it is that the report belongs
    where it was put. ``resolution`` is ``resolved``, or ``unresolved`` where the report says too little to tell whose it
    is: it has a ``person_id`` of its own then, and is no evidence of one more person.
    """
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("report_id", pa.string(), nullable=False),
            pa.field("person_id", pa.string(), nullable=False),
            pa.field("probability", pa.float64(), nullable=False),
            pa.field("resolution", pa.string(), nullable=False),
        ]
    )


def edges_schema() -> pa.Schema:
    """Return the schema of edges: one row for each pair that was compared and is not clearly two people.

    ``weight`` is the log2 of the odds that the two are one person, prior included; ``probability`` is what it comes to;
    ``veto`` one of :data:`VETO_CAUSES` or null; ``cause`` why the pair was or was not joined: ``joined``, ``implied`` (joined
    through others), ``veto``, ``cluster`` (members of the two groups contradict each other), ``doubt`` or ``judgement``.
    """
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("left_id", pa.string(), nullable=False),
            pa.field("right_id", pa.string(), nullable=False),
            pa.field("weight", pa.float64(), nullable=False),
            pa.field("probability", pa.float64(), nullable=False),
            pa.field("veto", pa.string()),
            pa.field("cause", pa.string(), nullable=False),
        ]
    )


def judgements_schema() -> pa.Schema:
    """Return the schema of reviewers' words: are two reports about the same person?"""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("left_id", pa.string(), nullable=False),
            pa.field("right_id", pa.string(), nullable=False),
            pa.field("same", pa.bool_(), nullable=False),
            pa.field("reason", pa.string()),
        ]
    )
