"""Incidents: what happened where and when, how many victims sources state, and which of them are named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cenotaph.casebook import bulk
from cenotaph.casebook.history import NOW
from cenotaph.count.incidents import Stated, combine
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import NotFoundError
from cenotaph.domain.standing import Fate
from cenotaph.services.evidence import read_answers, read_fate_words
from cenotaph.services.people_state import PeopleState, read_members, read_people
from cenotaph.services.seals import resolve_id
from cenotaph.services.standing_reports import write_interval


@dataclass(frozen=True, slots=True)
class Statement:
    """How many victims a source states, for the incident or for a group of its victims.

    Parameters
    ----------
    id, document
        Its id, and the document that says so.
    keys
        The key on each axis that tells the group; empty for all victims.
    stated
        The number with its origin.
    words
        How the source says it; None where nobody quoted it, or under seal.
    """

    id: str
    document: str | None
    keys: Mapping[str, str]
    stated: Stated
    words: str | None


@dataclass
class Incident:
    """One incident as the record has it.

    Parameters
    ----------
    id, title, place, happened
        Its id, what it is called, where and when it was, in words and as EDTF; title and place are None under seal.
    keys
        The key on each axis that holds for every victim.
    statements
        Those that stand, in the order of the record.
    victims
        Ids of the people who are its victims, as they stand now, with the words of whoever said so.
    """

    id: str
    title: str | None
    place: str | None
    happened: PartialDate | None
    keys: Mapping[str, str]
    statements: list[Statement] = field(default_factory=list)
    victims: dict[str, str | None] = field(default_factory=dict)

    def groups(self) -> list[tuple[Mapping[str, str], list[Statement]]]:
        """Return statements by what they are about: all victims first, then each group."""
        found: dict[tuple[tuple[str, str], ...], list[Statement]] = {}
        for statement in self.statements:
            found.setdefault(tuple(sorted(statement.keys.items())), []).append(statement)
        return [(dict(key), items) for key, items in sorted(found.items(), key=lambda item: (len(item[0]), item[0]))]

    def contradictions(self) -> list[str]:
        """Return what cannot all be true of its numbers and its named victims."""
        found = []
        groups = self.groups()
        whole = combine([s.stated for s in groups[0][1]]) if groups and not groups[0][0] else None
        if whole and whole[1] is not None and len(self.victims) > whole[1]:
            found.append(f"{len(self.victims)} are named, and no source states more than {whole[1]}.")
        for keys, items in groups:
            low, _ = combine([s.stated for s in items])
            if keys and whole and whole[1] is not None and low > whole[1]:
                found.append(f"{say_keys(keys)}: at least {low}, more than the {whole[1]} of the whole.")
        return found


def find_other_days(incident: Incident) -> list[str]:
    """Return which named victims died on other days than the incident's by some report of theirs, in words.

    Whoever was wounded in it may have died later; whoever died before it was no victim of it, or a date is wrong.
    """
    when = incident.happened
    if when is None:
        return []
    found = []
    for person in incident.victims:
        for item in read_members(person).values():
            row = bulk.fetch_one("SELECT death_from, death_before FROM report WHERE id = %s", [item.report])
            start, end = (date.fromisoformat(day) if day else None for day in row or (None, None))
            before = end is not None and when.start is not None and end <= when.start
            after = start is not None and when.end is not None and start >= when.end
            if before or after:
                said = f"a report dates the death of {person[:12]} {write_interval(start, end)}"
                found.append(f"{said}, {'before' if before else 'after'} the incident ({when.edtf}).")
    return list(dict.fromkeys(found))


def find_uncounted(incident: Incident) -> list[str]:
    """Return which named victims are told to be alive or to be out of scope, in words: they fill a place all the same."""
    fates, scopes = read_fate_words(), read_answers("in_scope", "person")
    found = []
    for person in incident.victims:
        word = fates.get(person)
        if word is not None and word.fate is Fate.ALIVE:
            found.append(f"{person[:12]} is alive, by a reviewer's word of {word.day}.")
        elif word is None and any(_tells_alive(item.report) for item in read_members(person).values()):
            found.append(f"a report tells that {person[:12]} is alive.")
        if scopes.get(person) == "no":
            found.append(f"{person[:12]} is out of scope, by a reviewer's word.")
    return found


def _tells_alive(report: str) -> bool:
    return bulk.fetch_one("SELECT 1 FROM report WHERE id = %s AND fate = %s", [report, Fate.ALIVE.value]) is not None


def say_keys(keys: Mapping[str, str]) -> str:
    """Return a group's keys in words: ``nationality UZ, sex f``."""
    return ", ".join(f"{axis} {key}" for axis, key in sorted(keys.items()))


def read_incidents(until: int = NOW, state: PeopleState | None = None) -> list[Incident]:
    """Return every incident with the statements that stand and its victims, the first one first.

    Parameters
    ----------
    until
        Only what the record held with this ledger entry.
    state
        Whose each report is; read where it is not given.
    """
    found = {
        identifier: Incident(identifier, title, place, PartialDate.from_edtf(when) if when else None, json.loads(keys or "{}"))
        for identifier, title, place, when, keys in bulk.fetch_rows(
            'SELECT id, title, place, happened, keys FROM incident WHERE entry <= %s ORDER BY "row"', [until]
        )
    }
    if not found:
        return []
    for incident, statement in _read_statements(until):
        found[incident].statements.append(statement)
    follow = (state or read_people(until)).follow
    sql = 'SELECT incident, person, within, reason FROM incident_victim WHERE entry <= %s ORDER BY "row"'
    for incident, person, within, reason in bulk.fetch_rows(sql, [until]):
        if within:
            found[incident].victims[follow(person)] = reason
        else:
            found[incident].victims.pop(follow(person), None)
    return list(found.values())


def read_incident(identifier: str, state: PeopleState | None = None) -> Incident:
    """Return one incident by its whole id.

    Raises
    ------
    NotFoundError
        There is none.
    """
    found = next((item for item in read_incidents(state=state) if item.id == identifier), None)
    if found is None:
        raise NotFoundError(f"There is no incident {identifier[:12]}.", "`cenotaph incident list` shows them.")
    return found


def find_incident(start: str) -> Incident:
    """Return one incident by the beginning of its id, eight digits or more.

    Raises
    ------
    NotFoundError
        There is none, or more than one.
    """
    return read_incident(resolve_id("incident", start))


def _read_statements(until: int) -> Iterator[tuple[str, Statement]]:
    sql = (
        "SELECT id, incident, document, replaces, stated_on, keys, low, high, words FROM incident_statement "
        'WHERE entry <= %s ORDER BY "row"'
    )
    rows = bulk.fetch_rows(sql, [until])
    dropped = {row[3] for row in rows if row[3]}
    origin = _read_origins(row[2] for row in rows)
    for identifier, incident, document, replaces, stated_on, keys, low, high, words in rows:
        if replaces is None and identifier not in dropped:
            day = date.fromisoformat(stated_on) if stated_on else None
            stated = Stated(identifier, origin[document] if document else "recorder", low, high, day)
            yield incident, Statement(identifier, document, json.loads(keys or "{}"), stated, words)


def _read_origins(documents: Iterable[str | None]) -> dict[str, str]:
    """Return what each document goes back to: its source, so that a newspaper's later number replaces its earlier one."""
    wanted: Sequence[str] = sorted({document for document in documents if document})
    found: dict[str, str] = {}
    sql = (
        "SELECT g.source FROM document d JOIN sighting g ON g.capture = d.capture WHERE d.id = %s AND g.source IS NOT NULL "
        'ORDER BY g."row" LIMIT 1'
    )
    for document in wanted:
        row = bulk.fetch_one(sql, [document])
        found[document] = f"source {row[0]}" if row else f"document {document}"
    return found
