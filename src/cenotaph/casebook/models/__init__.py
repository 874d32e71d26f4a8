"""The record as Django models. Rows are written by :mod:`cenotaph.casebook.ledger` alone and never changed.

Every guarded table has the same bookkeeping: ``row`` (its number in the table, from 1 without a gap), ``entry`` (the ledger
entry that wrote it), ``salt`` and ``row_hash`` (its commitment), ``sealed`` (null, or what a seal left of the commitment).
References between rows are the targets' ids, so that a row's hash says the same wherever the row is stored.
"""

from __future__ import annotations

from cenotaph.casebook.models.captures import (
    DocumentDetail,
    FetchAttempt,
    FetchRequest,
    Look,
    Payload,
    Stamp,
)
from cenotaph.casebook.models.claims import (
    Allegation,
    Claim,
    ClaimReading,
)
from cenotaph.casebook.models.evidence import (
    Capture,
    CasualtyList,
    Document,
    Judgement,
    ListChange,
    Reading,
    Report,
    Seal,
    Sighting,
    Source,
)
from cenotaph.casebook.models.ledger import (
    Guarded,
    LedgerBlock,
    LedgerEntry,
)
from cenotaph.casebook.models.people import (
    Assignment,
    Incident,
    IncidentStatement,
    IncidentVictim,
    LinkRun,
    PersonChange,
    Remains,
    RemainsEvent,
)
from cenotaph.casebook.models.publication import (
    Challenge,
    ChallengeAnswer,
    Release,
    ReleasePerson,
)

__all__ = [
    "Allegation",
    "Assignment",
    "Capture",
    "CasualtyList",
    "Challenge",
    "ChallengeAnswer",
    "Claim",
    "ClaimReading",
    "Document",
    "DocumentDetail",
    "FetchAttempt",
    "FetchRequest",
    "Guarded",
    "Incident",
    "IncidentStatement",
    "IncidentVictim",
    "Judgement",
    "LedgerBlock",
    "LedgerEntry",
    "LinkRun",
    "ListChange",
    "Look",
    "Payload",
    "PersonChange",
    "Reading",
    "Release",
    "ReleasePerson",
    "Remains",
    "RemainsEvent",
    "Report",
    "Seal",
    "Sighting",
    "Source",
    "Stamp",
]
