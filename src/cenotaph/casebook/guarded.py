"""The guarded tables: what each row consists of, which columns are committed to, and which a seal destroys.

This is the one description that models' triggers, the ledger, verification, seals and backups are made from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cenotaph.domain.reports import ReportRow

BOOKKEEPING = ("row", "entry", "salt", "row_hash", "sealed")


@dataclass(frozen=True)
class GuardedTable:
    """One append-only table.

    Parameters
    ----------
    name
        The table's name in the database.
    kept
        Committed columns that stay when a row is sealed: identities and references, ``id`` first.
    content
        Committed columns that a seal destroys.
    """

    name: str
    kept: tuple[str, ...]
    content: tuple[str, ...] = ()

    @cached_property
    def committed(self) -> tuple[str, ...]:
        """Every column that the row's hash commits to, in the order of the table."""
        return self.kept + self.content

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every column, in the order of inserts and dumps."""
        return (*BOOKKEEPING, *self.committed)

    def selection(self) -> str:
        """Return the columns, quoted, as a SELECT lists them."""
        return ", ".join(f'"{column}"' for column in self.columns)


# What a report keeps of its identity; everything else in it can be sealed.
REPORT_KEPT = ("id", "reading", "document", "row_number", "row_key")
REPORT_CONTENT = ("content", *(field for field in ReportRow._fields if field not in ("row_number", "row_key", "content")))

SOURCE = GuardedTable("source", ("id", "kind"), ("name", "language", "url", "host"))
CAPTURE = GuardedTable("capture", ("id",), ("size", "media_type"))
SIGHTING = GuardedTable("sighting", ("id", "capture", "source", "seen_at", "how"), ("origin", "modified"))
DOCUMENT = GuardedTable(
    "document",
    ("id", "capture", "reader", "reader_version", "kind"),
    ("language", "encoding", "text", "published_on"),
)
CASUALTY_LIST = GuardedTable("casualty_list", ("id", "source"), ("title",))
READING = GuardedTable(
    "reading",
    ("id", "list", "release", "released_on", "complete", "base", "document", "reading_hash"),
    ("mapping", "summary"),
)
REPORT = GuardedTable("report", REPORT_KEPT, REPORT_CONTENT)
LIST_CHANGE = GuardedTable("list_change", ("id", "reading", "row_key", "report"))
JUDGEMENT = GuardedTable(
    "judgement",
    ("id", "question", "target_kind", "target", "field", "replaces", "made_at", "role"),
    ("answer", "reason", "account"),
)
SEAL = GuardedTable(
    "seal",
    ("id", "target_table", "target_row", "target", "field", "reason_class", "sealed_at", "role", "applied_again"),
)

CLAIM_READING = GuardedTable(
    "claim_reading", ("id", "document", "reader_version", "run", "language", "claims", "allegations", "doubtful", "notices")
)
CLAIM = GuardedTable(
    "claim",
    ("id", "reading", "document", "claim"),
    (
        "number_start",
        "number_end",
        "outcome",
        "low",
        "high",
        "bound",
        "unit",
        "nationality",
        "modality",
        "needs_review",
        "other",
    ),
)
ALLEGATION = GuardedTable("allegation", ("id", "reading", "document", "allegation"), ("act", "modality", "needs_review", "other"))
LINK_RUN = GuardedTable("link_run", ("id", "previous", "kind", "model", "summary"))
ASSIGNMENT = GuardedTable("assignment", ("id", "run", "unit", "report", "person", "certainty", "resolution"))
PERSON_CHANGE = GuardedTable("person_change", ("id", "run", "kind", "person", "to_person", "units"))
RELEASE = GuardedTable("release", ("id", "label", "dated", "previous", "based_on", "sums", "summary"))
CHALLENGE = GuardedTable(
    "challenge", ("id", "received_on", "challenger", "about", "target", "deadline", "public", "document"), ("words",)
)
CHALLENGE_ANSWER = GuardedTable("challenge_answer", ("id", "challenge", "answered_on", "outcome"), ("words",))
INCIDENT = GuardedTable("incident", ("id", "happened", "keys"), ("title", "place"))
INCIDENT_STATEMENT = GuardedTable(
    "incident_statement", ("id", "incident", "document", "replaces", "stated_on", "keys", "low", "high"), ("words",)
)
INCIDENT_VICTIM = GuardedTable("incident_victim", ("id", "incident", "person", "within"), ("reason",))
REMAINS = GuardedTable("remains", ("id",), ("label", "words"))
REMAINS_EVENT = GuardedTable(
    "remains_event", ("id", "remains", "kind", "person", "document", "replaces", "happened"), ("words",)
)
RELEASE_PERSON = GuardedTable("release_person", ("id", "release", "person", "shown"))

FETCH_REQUEST = GuardedTable("fetch_request", ("id", "asked_at", "source", "report"), ("address", "options"))
FETCH_ATTEMPT = GuardedTable(
    "fetch_attempt",
    ("id", "request", "number", "at", "outcome", "route", "robots", "status", "capture"),
    ("reason", "final_address"),
)
PAYLOAD = GuardedTable(
    "payload",
    ("id", "capture", "kind", "role"),
    ("record_start", "record_length", "address", "at", "status", "media_type", "payload_hash", "size"),
)
DOCUMENT_DETAIL = GuardedTable("document_detail", ("id", "document", "payload"), ("part", "facts", "places"))
LOOK = GuardedTable("look", ("id", "capture", "at", "outcome", "route", "status", "now"), ("address", "differences"))
STAMP = GuardedTable("stamp", ("id", "stamped_entry", "stamped_hash", "state", "at", "authority", "token", "roots"))

GUARDED: tuple[GuardedTable, ...] = (
    SOURCE,
    CAPTURE,
    SIGHTING,
    DOCUMENT,
    CASUALTY_LIST,
    READING,
    REPORT,
    LIST_CHANGE,
    JUDGEMENT,
    SEAL,
    CLAIM_READING,
    CLAIM,
    ALLEGATION,
    FETCH_REQUEST,
    FETCH_ATTEMPT,
    PAYLOAD,
    DOCUMENT_DETAIL,
    LOOK,
    STAMP,
    LINK_RUN,
    ASSIGNMENT,
    PERSON_CHANGE,
    RELEASE,
    RELEASE_PERSON,
    CHALLENGE,
    CHALLENGE_ANSWER,
    INCIDENT,
    INCIDENT_STATEMENT,
    INCIDENT_VICTIM,
    REMAINS,
    REMAINS_EVENT,
)
FIRST = frozenset(
    {
        "source",
        "capture",
        "sighting",
        "document",
        "casualty_list",
        "reading",
        "report",
        "list_change",
        "judgement",
        "seal",
    }
)
# Tables that came after the first version, which older backups do not have.
LATER = frozenset(table.name for table in GUARDED) - FIRST
GUARDED_BY_NAME = {table.name: table for table in GUARDED}
