"""Incidents as lines for a terminal and as records."""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.count.incidents import combine
from cenotaph.domain.canonical import JsonValue
from cenotaph.domain.plurals import count_words
from cenotaph.services.incidents import Incident, find_other_days, find_uncounted, say_keys
from cenotaph.services.unnamed import say_unnamed
from cenotaph.services.wording import clean


def incident_line(incident: Incident) -> str:
    """Return an incident on one line: id, when, what, how many victims, and how many of them are named."""
    title = clean(incident.title) if incident.title is not None else "under seal"
    when = incident.happened.edtf if incident.happened else "no date"
    where = f", {clean(incident.place)}" if incident.place else ""
    groups = incident.groups()
    stated = "nobody states how many died"
    if groups and not groups[0][0]:
        low, high = combine([s.stated for s in groups[0][1]])
        stated = f"{say_unnamed(low, high)} killed"
    return f"{incident.id[:12]}  {when}  {title}{where}: {stated}, {len(incident.victims)} of them named"


def incident_text(incident: Incident) -> Iterator[str]:
    """Yield an incident's lines: its statements by group, its named victims, its unnamed places, what contradicts itself."""
    yield incident_line(incident)
    yield f"  id {incident.id}"
    if incident.keys:
        yield f"  of all victims: {clean(say_keys(incident.keys))}"
    for keys, statements in incident.groups():
        low, high = combine([s.stated for s in statements])
        yield f"  {clean(say_keys(keys)) if keys else 'all victims'}: {say_unnamed(low, high)}"
        for s in statements:
            day = f" on {s.stated.stated_on}" if s.stated.stated_on else ""
            by = f"document {s.document[:12]}" if s.document else "the recorder, no source"
            words = f": {clean(s.words)}" if s.words else ""
            yield f"    {s.id[:12]}  {say_unnamed(s.stated.low, s.stated.high)}, {by}{day}{words}"
        if not keys:
            named = len(incident.victims)
            left = None if high is None else max(0, high - named)
            yield f"    unnamed places: {say_unnamed(max(0, low - named), left)}"
    for person, reason in incident.victims.items():
        yield f"  named: {person[:12]}{f'  {clean(reason)}' if reason else ''}"
    for words in (*incident.contradictions(), *find_other_days(incident)):
        yield f"  these do not go together: {words}"
    for words in find_uncounted(incident):
        yield f"  named and counted in no figure of the dead: {words}"
    if not incident.statements:
        yield f"  {count_words(0, 'statement')}: `cenotaph incident state` records one."


def incident_record(incident: Incident) -> dict[str, JsonValue]:
    """Return an incident as canonical JSON can hold it."""
    return {
        "id": incident.id,
        "title": incident.title,
        "place": incident.place,
        "happened": incident.happened.edtf if incident.happened else None,
        "keys": dict(incident.keys),
        "statements": [
            {
                "id": s.id,
                "document": s.document,
                "keys": dict(s.keys),
                "low": s.stated.low,
                "high": s.stated.high,
                "stated_on": s.stated.stated_on.isoformat() if s.stated.stated_on else None,
                "words": s.words,
            }
            for s in incident.statements
        ],
        "victims": list(incident.victims),
        "uncounted": list(find_uncounted(incident)),
        "contradictions": [*incident.contradictions(), *find_other_days(incident)],
    }
