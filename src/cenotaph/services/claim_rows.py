"""Claims and allegations as rows of the record, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cenotaph.casebook.commitment import Cell
from cenotaph.casebook.guarded import ALLEGATION, CLAIM
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.claims import Allegation, Claim, Modality, Unit
from cenotaph.domain.counts import Bound

# Fields in the column `other`; an absent one has its default.
_CLAIM_OTHER = (
    "start", "end", "quote", "number_text", "nationality_text", "group", "side", "place", "event", "attribution", "via", "span",
    "as_of", "as_of_edtf", "subset_of", "increment", "repeat_of", "retracted", "doubts",
)  # fmt: skip
_ALLEGATION_OTHER = ("start", "end", "quote", "actor", "victims", "attribution", "via", "doubts")
CLAIM_COLUMNS = CLAIM.committed
ALLEGATION_COLUMNS = ALLEGATION.committed


def reading_id(document: str, version: str) -> str:
    """Return the id of one document's reading by one version of the reader."""
    return content_id("claim reading", document, version)


def claim_row(reading: str, claim: Claim) -> tuple[Cell, ...]:
    """Return a claim's cells in the order of its table."""
    return (
        content_id("claim", reading, claim.id),
        reading,
        claim.document,
        claim.id,
        claim.number_start,
        claim.number_end,
        claim.outcome,
        _write_number(claim.low),
        _write_number(claim.high),
        claim.bound.value,
        claim.unit.value,
        canonical_json(claim.nationality),
        claim.modality.value,
        claim.needs_review,
        _pack(claim, _CLAIM_OTHER),
    )


def allegation_row(reading: str, item: Allegation) -> tuple[Cell, ...]:
    """Return an allegation's cells in the order of its table."""
    return (
        content_id("allegation", reading, item.id),
        reading,
        item.document,
        item.id,
        item.act,
        item.modality.value,
        item.needs_review,
        _pack(item, _ALLEGATION_OTHER),
    )


def _pack(item: Claim | Allegation, names: Sequence[str]) -> str:
    values: dict[str, JsonValue] = {}
    for name in names:
        value = getattr(item, name)
        if value not in (None, False, ()):
            values[name] = list(value) if isinstance(value, tuple) else value
    return canonical_json(values)


def _write_number(number: float | None) -> str | None:
    return None if number is None else format(Decimal(str(number)).normalize(), "f")


def _read_number(text: str | None) -> float | None:
    if text is None:
        return None
    return float(text) if "." in text else int(text)


def read_claim(cells: Sequence[Any]) -> Claim:
    """Return the claim that a row holds; the row must not be under seal."""
    row = dict(zip(CLAIM_COLUMNS, cells, strict=True))
    other = json.loads(row["other"])
    return Claim(
        id=row["claim"],
        document=row["document"],
        start=other.get("start", 0),
        end=other["end"],
        quote=other["quote"],
        number_start=row["number_start"],
        number_end=row["number_end"],
        number_text=other["number_text"],
        low=_read_number(row["low"]),
        high=_read_number(row["high"]),
        bound=Bound(row["bound"]),
        unit=Unit(row["unit"]),
        outcome=row["outcome"],
        modality=Modality(row["modality"]),
        nationality=tuple(json.loads(row["nationality"])),
        needs_review=bool(row["needs_review"]),
        doubts=tuple(other.get("doubts", ())),
        increment=other.get("increment", False),
        retracted=other.get("retracted", False),
        **{name: other.get(name) for name in _TEXTS},
    )


_TEXTS = (
    "nationality_text", "group", "side", "place", "event", "attribution", "via", "span", "as_of", "as_of_edtf", "subset_of",
    "repeat_of",
)  # fmt: skip


def read_allegation(cells: Sequence[Any]) -> Allegation:
    """Return the allegation that a row holds; the row must not be under seal."""
    row = dict(zip(ALLEGATION_COLUMNS, cells, strict=True))
    other = json.loads(row["other"])
    return Allegation(
        id=row["allegation"],
        document=row["document"],
        start=other.get("start", 0),
        end=other["end"],
        quote=other["quote"],
        act=row["act"],
        actor=other.get("actor"),
        victims=other.get("victims"),
        attribution=other.get("attribution"),
        via=other.get("via"),
        modality=Modality(row["modality"]),
        needs_review=bool(row["needs_review"]),
        doubts=tuple(other.get("doubts", ())),
    )
