"""Remains: what happened to a body or a part of one, and whose it is said to be; many to many with people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import REMAINS, REMAINS_EVENT
from cenotaph.casebook.history import NOW
from cenotaph.casebook.ledger import Actor, check_text
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import NotFoundError, RefusedError, ValueFormatError
from cenotaph.domain.evidence import Basis, Event, Evidence
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate
from cenotaph.services.people import find_person
from cenotaph.services.people_state import PeopleState, read_people
from cenotaph.services.seals import resolve_id
from cenotaph.services.wording import show

EVENTS: Mapping[str, Event | None] = {
    "found": Event.FOUND,
    "exchanged": Event.RETURNED,
    "examined": None,
    "identified": Event.IDENTIFIED,
    "returned": Event.RETURNED,
    "buried": Event.BURIAL,
}
"""What happens to remains, and what that is as evidence of the death of whoever they are."""

_WHOSE = "identified"


@dataclass(frozen=True, slots=True)
class RemainsEvent:
    """One thing that happened to remains.

    Parameters
    ----------
    id, kind, document
        Its id, one of :data:`EVENTS`, the document that says so.
    person
        Whose they are, where they were identified.
    happened
        When; None where nobody says.
    words
        What is said of it: the method of an identification; None under seal.
    """

    id: str
    kind: str
    person: str | None
    document: str | None
    happened: PartialDate | None
    words: str | None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An event that somebody took back, and the reason; both words stay in the record."""

    event: RemainsEvent
    reason: str | None


@dataclass
class Remains:
    """One body, or a part of one, as the record has it.

    Parameters
    ----------
    id, label, words
        Its id, what it is called, and what is said of it.
    events
        What happened to it and stands, in the order of the record.
    taken_back
        What no longer stands, in the same order: remains that were misattributed say so.
    """

    id: str
    label: str | None
    words: str | None
    events: list[RemainsEvent] = field(default_factory=list)
    taken_back: list[TakenBack] = field(default_factory=list)

    def whose(self) -> list[str]:
        """Return ids of the people whose they are said to be: nobody's, one person's, or, where they lay together, several."""
        return list(dict.fromkeys(e.person for e in self.events if e.person))


def add_remains(casebook: Casebook, actor: Actor, label: str, words: str | None = None) -> str:
    """Record a body or a part of one; return its id.

    Parameters
    ----------
    label
        What is written on it: a mortuary's number.

    Raises
    ------
    ValueFormatError
        It has no label.
    """
    if not label.strip():
        raise ValueFormatError("Remains without a label cannot be told from others.", "Write the number that they bear.")
    check_text("label", label)
    check_text("words", words or "")
    with casebook.writing(actor, "remains add") as entry:
        identifier = content_id("remains", label, str(entry.number))
        entry.add(REMAINS, [(identifier, label, words)])
        entry.detail.update({"remains": identifier})
    return identifier


def add_event(
    casebook: Casebook,
    actor: Actor,
    remains: str,
    kind: str,
    *,
    person: str | None = None,
    document: str | None = None,
    happened: str | None = None,
    words: str | None = None,
) -> str:
    """Record what happened to remains; return the event's id.

    Parameters
    ----------
    person
        Whose they are; with ``identified`` and with nothing else.
    happened
        When, as EDTF.

    Raises
    ------
    NotFoundError, ValueFormatError
        There are no such remains, kind, person or document.
    RefusedError
        They are said to be that person's already.
    """
    which = resolve_id("remains", remains)
    if kind not in EVENTS:
        raise ValueFormatError(f"{show(kind)} is nothing that happens to remains.", f"There are: {', '.join(EVENTS)}.")
    if (person is None) is (kind == _WHOSE):
        raise ValueFormatError("An identification names a person, and nothing else does.", "Give --person with `identified`.")
    check_text("words", words or "")
    when = PartialDate.from_edtf(happened).edtf if happened else None
    kept = resolve_id("document", document) if document else None
    state = read_people()
    whom = state.follow(find_person(person)) if person else None
    if whom and whom in read_one(which, state).whose():
        raise RefusedError(f"They are said to be {whom[:12]}'s already.", "`cenotaph remains misattributed` takes it back.")
    with casebook.writing(actor, "remains event") as entry:
        identifier = content_id("remains event", which, kind, str(entry.number))
        entry.add(REMAINS_EVENT, [(identifier, which, kind, whom, kept, None, when, words)])
        entry.detail.update({"remains": which, "kind": kind, "event": identifier})
    return identifier


def take_back(casebook: Casebook, actor: Actor, event: str, reason: str) -> str:
    """Take an event back: remains were misattributed, or something never happened. Both words stay in the record.

    Raises
    ------
    NotFoundError, ValueFormatError
        There is no such event that stands, or no reason.
    """
    if not reason.strip():
        raise ValueFormatError("A word without a reason is not kept.", "Say why.")
    check_text("reason", reason)
    which = resolve_id("remains_event", event)
    found = bulk.fetch_one("SELECT remains, kind, person FROM remains_event WHERE id = %s", [which])
    assert found is not None
    if found[1] == "misattributed" or bulk.fetch_one("SELECT 1 FROM remains_event WHERE replaces = %s", [which]):
        raise NotFoundError(f"The event {which[:12]} does not stand.", "`cenotaph remains show` lists those that do.")
    with casebook.writing(actor, "remains misattributed") as entry:
        identifier = content_id("remains event", which, "misattributed", str(entry.number))
        entry.add(REMAINS_EVENT, [(identifier, found[0], "misattributed", found[2], None, which, None, reason)])
        entry.detail.update({"remains": found[0], "taken_back": which})
    return identifier


def read_remains(until: int = NOW, state: PeopleState | None = None) -> list[Remains]:
    """Return all remains with their events, the first ones first; people under the ids that stand now."""
    found = {
        identifier: Remains(identifier, label, words)
        for identifier, label, words in bulk.fetch_rows(
            'SELECT id, label, words FROM remains WHERE entry <= %s ORDER BY "row"', [until]
        )
    }
    if not found:
        return []
    sql = (
        "SELECT id, remains, kind, person, document, replaces, happened, words FROM remains_event "
        'WHERE entry <= %s ORDER BY "row"'
    )
    rows = bulk.fetch_rows(sql, [until])
    reasons = {row[5]: row[7] for row in rows if row[5]}
    follow = (state or read_people(until)).follow
    for identifier, remains, kind, person, document, replaces, happened, words in rows:
        if replaces is None:
            when = PartialDate.from_edtf(happened) if happened else None
            whom = follow(person) if person else None
            event = RemainsEvent(identifier, kind, whom, document, when, words)
            if identifier in reasons:
                found[remains].taken_back.append(TakenBack(event, reasons[identifier]))
            else:
                found[remains].events.append(event)
    return list(found.values())


def read_one(identifier: str, state: PeopleState | None = None) -> Remains:
    """Return remains by the beginning of their id, eight digits or more.

    Raises
    ------
    NotFoundError
        There are none, or more than one.
    """
    whole = resolve_id("remains", identifier)
    return next(item for item in read_remains(state=state) if item.id == whole)


def remains_evidence(
    remains: Remains, kinds: Mapping[str, SourceKind], lineage: Mapping[str, str], independent: frozenset[str]
) -> dict[str, Evidence]:
    """Return what remains say of each person whose they are, by the identification that says so.

    What happened to remains before and after counts for whoever they are; a body that is nobody's says nothing of anybody. An
    identification without a document is a word without a source: it is kept, and is no evidence.
    """
    others = [EVENTS[e.kind] for e in remains.events if e.person is None]
    events = tuple(dict.fromkeys(event for event in (Event.IDENTIFIED, *others) if event is not None))
    found: dict[str, Evidence] = {}
    for item in remains.events:
        if item.person is None or item.document is None or item.person in found:
            continue
        kind = kinds.get(item.document, SourceKind.OTHER)
        when = item.happened
        last = when.end - timedelta(1) if when and when.end else when.start if when else None
        found[item.person] = Evidence(
            item.id,
            lineage.get(item.document, item.document),
            kind,
            Fate.DEAD,
            last,
            events,
            Basis.EXAMINED,
            item.document in independent,
            frozenset(),
            kind is SourceKind.LEAKED,
            item.happened.start if item.happened else None,
        )
    return found
