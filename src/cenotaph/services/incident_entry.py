"""Writing incidents: what happened, what sources state of it, and who is a victim of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import INCIDENT, INCIDENT_STATEMENT, INCIDENT_VICTIM
from cenotaph.casebook.ledger import Actor, check_text
from cenotaph.casebook.store import Casebook
from cenotaph.count.incidents import Stated
from cenotaph.domain.axes import AXIS_BY_NAME, AxisKind, AxisValue, check_axis_value
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import NotFoundError, RefusedError, ValueFormatError
from cenotaph.reference import places
from cenotaph.services.incidents import read_incident, read_incidents
from cenotaph.services.people import find_person
from cenotaph.services.people_state import read_people
from cenotaph.services.seals import resolve_id
from cenotaph.services.wording import show

MOST_VICTIMS = 10_000_000


def add_incident(
    casebook: Casebook, actor: Actor, title: str, happened: str, place: str | None = None, keys: Mapping[str, str] | None = None
) -> str:
    """Record an incident; return its id.

    Parameters
    ----------
    title
        What it is called.
    happened
        When, as EDTF: a day, a month, an interval.
    place
        Where, in words.
    keys
        The key on each axis that holds for every victim.

    Raises
    ------
    ValueFormatError
        It has no title, the date is none, or an axis has no such key.
    """
    if not title.strip():
        raise ValueFormatError("An incident without a title cannot be told from others.", "Say in a few words what it was.")
    check_text("title", title)
    check_text("place", place or "")
    when = PartialDate.from_edtf(happened).edtf
    held = canonical_json(check_keys(keys or {}))
    with casebook.writing(actor, "incident add") as entry:
        identifier = content_id("incident", title, str(entry.number))
        entry.add(INCIDENT, [(identifier, when, held, title, place)])
        entry.detail.update({"incident": identifier})
    return identifier


def check_keys(keys: Mapping[str, str]) -> dict[str, JsonValue]:
    """Return keys if every axis has its own.

    Raises
    ------
    ValueFormatError
        There is no such axis or key.
    """
    for axis, key in keys.items():
        if axis not in AXIS_BY_NAME:
            raise ValueFormatError(f"There is no axis {show(axis)}.", f"Axes are: {', '.join(AXIS_BY_NAME)}.")
        if axis == "fate":
            raise ValueFormatError("An incident's victims are its dead; their fate is no group.", "Leave it away.")
        kind = AXIS_BY_NAME[axis].kind
        if kind is AxisKind.PLACE:
            places.get(key)
        elif kind is AxisKind.CLOSED:
            check_axis_value(AxisValue(None, key), axis)
        elif not key.strip():
            raise ValueFormatError(f"The axis '{axis}' is given without words.", "Leave it away.")
    return dict(sorted(keys.items()))


def add_statement(
    casebook: Casebook,
    actor: Actor,
    incident: str,
    low: int,
    high: int | None,
    *,
    document: str | None = None,
    stated_on: date | None = None,
    keys: Mapping[str, str] | None = None,
    words: str | None = None,
) -> str:
    """Record how many victims a source states, named and unnamed together; return the statement's id.

    Parameters
    ----------
    low, high
        Fewest and most; no most where the source gives none ("at least 5").
    document
        The document that says so; without one it is the recorder's word alone, which no standard counts as a source.
    stated_on
        When it was said; without it, when the document was published.
    keys
        The group it is about; nothing for all victims.
    words
        How the source says it.

    Raises
    ------
    NotFoundError, ValueFormatError
        There is no such incident, document or key, or the numbers are none.
    RefusedError
        A group is stated before anybody stated the whole.
    """
    which = resolve_id("incident", incident)
    kept = resolve_id("document", document) if document else None
    day = stated_on or _published(kept)
    stated = Stated("", kept or "recorder", low, high, day)
    if (high if high is not None else low) > MOST_VICTIMS:
        raise ValueFormatError(f"{high or low:,} victims of one incident are not kept.", "Write the number stated.")
    check_text("words", words or "")
    held = check_keys(keys or {})
    if held and not any(not s.keys for s in read_incident(which).statements):
        raise RefusedError("Nobody has stated how many victims there are in all.", "State the whole first, then its groups.")
    with casebook.writing(actor, "incident state") as entry:
        identifier = content_id("incident statement", which, str(entry.number))
        date_text = stated.stated_on.isoformat() if stated.stated_on else None
        entry.add(INCIDENT_STATEMENT, [(identifier, which, kept, None, date_text, canonical_json(held), low, high, words)])
        entry.detail.update({"incident": which, "statement": identifier})
    return identifier


def drop_statement(casebook: Casebook, actor: Actor, statement: str, reason: str) -> str:
    """Set a statement aside; it stays in the record and counts no more. Return the id of the word that says so.

    Raises
    ------
    NotFoundError, ValueFormatError
        There is no such statement that stands, or no reason.
    """
    _check_reason(reason)
    which = resolve_id("incident_statement", statement)
    found = bulk.fetch_one("SELECT incident, low FROM incident_statement WHERE id = %s", [which])
    assert found is not None
    if found[1] is None or bulk.fetch_one("SELECT 1 FROM incident_statement WHERE replaces = %s", [which]):
        raise NotFoundError(f"The statement {which[:12]} does not stand.", "`cenotaph incident show` lists those that do.")
    with casebook.writing(actor, "incident drop") as entry:
        identifier = content_id("incident statement", which, str(entry.number))
        entry.add(INCIDENT_STATEMENT, [(identifier, found[0], None, which, None, None, None, None, reason)])
        entry.detail.update({"incident": found[0], "dropped": which})
    return identifier


def fill_place(casebook: Casebook, actor: Actor, incident: str, person: str, reason: str) -> None:
    """Say that a person is a victim of an incident: they fill one of its places, and nothing is added.

    Raises
    ------
    NotFoundError, ValueFormatError
        There is no such incident or person, or no reason.
    RefusedError
        The person is a victim of it already, or of another.
    """
    _check_reason(reason)
    which, state = resolve_id("incident", incident), read_people()
    whom = state.follow(find_person(person))
    for other in read_incidents(state=state):
        if whom in other.victims:
            name = "this incident" if other.id == which else f"the incident {other.id[:12]}"
            raise RefusedError(
                f"{whom[:12]} is a victim of {name} already.", "Somebody dies once: `cenotaph incident empty` takes it back."
            )
    _place(casebook, actor, which, whom, True, reason)


def empty_place(casebook: Casebook, actor: Actor, incident: str, person: str, reason: str) -> None:
    """Take back that a person is a victim of an incident.

    Raises
    ------
    NotFoundError, ValueFormatError
        There is no such incident, the person is no victim of it, or there is no reason.
    """
    _check_reason(reason)
    which, state = resolve_id("incident", incident), read_people()
    whom = state.follow(find_person(person))
    if whom not in read_incident(which, state=state).victims:
        raise NotFoundError(f"{whom[:12]} is no victim of {which[:12]}.", "`cenotaph incident show` lists them.")
    _place(casebook, actor, which, whom, False, reason)


def _place(casebook: Casebook, actor: Actor, incident: str, person: str, within: bool, reason: str) -> None:
    with casebook.writing(actor, "incident fill" if within else "incident empty") as entry:
        identifier = content_id("incident victim", incident, person, str(entry.number))
        entry.add(INCIDENT_VICTIM, [(identifier, incident, person, within, reason)])
        entry.detail.update({"incident": incident, "person": person})


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ValueFormatError("A word without a reason is not kept.", "Say why.")
    check_text("reason", reason)


def _published(document: str | None) -> date | None:
    found = bulk.fetch_one("SELECT published_on FROM document WHERE id = %s", [document]) if document else None
    if not found or not found[0]:
        return None
    return PartialDate.from_edtf(found[0]).start
