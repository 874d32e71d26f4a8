"""Remains as lines for a terminal and as records."""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.domain.canonical import JsonValue
from cenotaph.services.remains import Remains, RemainsEvent
from cenotaph.services.wording import clean


def remains_line(remains: Remains) -> str:
    """Return remains on one line: id, label, what happened last, whose they are."""
    label = clean(remains.label) if remains.label is not None else "under seal"
    last = remains.events[-1].kind if remains.events else "nothing recorded"
    whose = ", ".join(person[:12] for person in remains.whose()) or "nobody's yet"
    return f"{remains.id[:12]}  {label}: {last}; {whose}"


def remains_text(remains: Remains) -> Iterator[str]:
    """Yield remains with everything that happened to them."""
    yield remains_line(remains)
    yield f"  id {remains.id}"
    if remains.words:
        yield f"  {clean(remains.words)}"
    for item in remains.events:
        yield f"  {_event_text(item)}"
    for gone in remains.taken_back:
        yield f"  taken back: {_event_text(gone.event)}"
        yield f"    because: {clean(gone.reason) if gone.reason is not None else 'under seal'}"


def _event_text(item: RemainsEvent) -> str:
    when = item.happened.edtf if item.happened else "no date"
    whose = f" as {item.person[:12]}" if item.person else ""
    by = f", document {item.document[:12]}" if item.document else ", no source"
    return f"{item.id[:12]}  {when}  {item.kind}{whose}{by}{f': {clean(item.words)}' if item.words else ''}"


def remains_record(remains: Remains) -> dict[str, JsonValue]:
    """Return remains as canonical JSON can hold them."""
    return {
        "id": remains.id,
        "label": remains.label,
        "words": remains.words,
        "whose": list(remains.whose()),
        "events": [_event_record(e) for e in remains.events],
        "taken_back": [{**_event_record(gone.event), "reason": gone.reason} for gone in remains.taken_back],
    }


def _event_record(event: RemainsEvent) -> dict[str, JsonValue]:
    return {
        "id": event.id,
        "kind": event.kind,
        "person": event.person,
        "document": event.document,
        "happened": event.happened.edtf if event.happened else None,
        "words": event.words,
    }
