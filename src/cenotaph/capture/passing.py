"""Documents as they pass between the reading process and the others: plain values, checked when they come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from cenotaph.domain.dates import PartialDate
from cenotaph.domain.documents import PICTURE, TEXT, CellPlace, DocumentFacts, Place, TextDocument

_FACTS = tuple(item.name for item in fields(DocumentFacts) if item.name not in ("published_on", "other"))


def document_to(document: TextDocument) -> dict[str, Any]:
    """Return a document as JSON can hold it."""
    facts = document.facts
    return {
        "text": document.text,
        "reader": document.reader,
        "reader_version": document.reader_version,
        "encoding": document.encoding,
        "part": document.part,
        "kind": document.kind,
        "facts": facts_to(facts) if facts else None,
        "places": places_to(document.places, document.cells),
    }


def document_from(found: Mapping[str, Any]) -> TextDocument:
    """Return the document that was passed."""
    return TextDocument(
        str(found["text"]),
        str(found["reader"]),
        str(found["reader_version"]),
        str(found["encoding"]),
        facts_from(found["facts"]) if found["facts"] else None,
        places_from(found["places"]),
        str(found["part"]),
        PICTURE if found["kind"] == PICTURE else TEXT,
        cells_from(found["places"]),
    )


def facts_to(facts: DocumentFacts) -> dict[str, Any]:
    """Return facts as JSON can hold them; what is not known is left away."""
    found: dict[str, Any] = {name: getattr(facts, name) for name in _FACTS if getattr(facts, name) is not None}
    if facts.published_on is not None:
        found["published_on"] = facts.published_on.edtf
    if facts.other:
        found["other"] = dict(facts.other)
    return found


def facts_from(found: Mapping[str, Any]) -> DocumentFacts:
    """Return the facts that were passed."""
    values = {name: str(found[name]) for name in _FACTS if name in found}
    on = found.get("published_on")
    other = tuple((str(key), str(value)) for key, value in (found.get("other") or {}).items())
    return DocumentFacts(**values, published_on=PartialDate.from_edtf(on) if on else None, other=other)


def places_to(places: tuple[Place, ...], cells: tuple[CellPlace, ...] = ()) -> dict[str, Any]:
    """Return places with each ``where`` said once, and the cells of tables where there are any."""
    names = list(dict.fromkeys(place.where for place in places))
    number = {name: at for at, name in enumerate(names)}
    runs = [[p.start, p.end, number[p.where], p.at, *(p.box or ())] for p in places]
    return {"where": names, "runs": runs, **({"cells": [list(cell) for cell in cells]} if cells else {})}


def cells_from(found: Mapping[str, Any]) -> tuple[CellPlace, ...]:
    """Return the cells that were passed; none of a map that was made before there were any."""
    return tuple(CellPlace(*(int(number) for number in cell)) for cell in found.get("cells", ()))


def places_from(found: Mapping[str, Any]) -> tuple[Place, ...]:
    """Return the places that were passed."""
    names = [str(name) for name in found["where"]]
    return tuple(
        Place(int(run[0]), int(run[1]), names[run[2]], int(run[3]), (run[4], run[5], run[6], run[7]) if len(run) > 4 else None)
        for run in found["runs"]
    )
