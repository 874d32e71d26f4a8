"""Whose each report is, as the last accepted run left it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cenotaph.casebook import bulk
from cenotaph.casebook.history import NOW


@dataclass(frozen=True, slots=True)
class Assigned:
    """Whose a unit is.

    Parameters
    ----------
    report
        The report that spoke for the unit when it was assigned.
    person
        The person's id.
    certainty
        Probability in millionths that the unit is this person's; None where a person said so.
    resolution
        ``resolved`` or ``unresolved``.
    """

    report: str
    person: str
    certainty: int | None
    resolution: str


@dataclass
class PeopleState:
    """Who there is after the last accepted run.

    Parameters
    ----------
    last_run
        Its id; None before the first.
    assigned
        Every unit that is somebody's, by its key, in the order in which units were first assigned.
    redirects
        Ids that were merged away, with the id each leads to (which may itself lead on).
    """

    last_run: str | None = None
    assigned: dict[str, Assigned] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)

    def people(self) -> list[str]:
        """Return the ids in use, in the order in which they came."""
        return list(dict.fromkeys(item.person for item in self.assigned.values()))

    def follow(self, person: str) -> str:
        """Return the id that an id leads to: itself, where it was not merged away."""
        seen: set[str] = set()
        while person in self.redirects and person not in seen:
            seen.add(person)
            person = self.redirects[person]
        return person


def read_people(until: int = NOW) -> PeopleState:
    """Return the state that all accepted runs together have left, or had left with a ledger entry."""
    state = PeopleState()
    found = bulk.fetch_one('SELECT id FROM link_run WHERE entry <= %s ORDER BY "row" DESC LIMIT 1', [until])
    state.last_run = found[0] if found else None
    sql = 'SELECT unit, report, person, certainty, resolution FROM assignment WHERE entry <= %s ORDER BY "row"'
    for chunk in bulk.stream_rows(sql, [until]):
        for unit, report, person, certainty, resolution in chunk:
            if person is None:
                state.assigned.pop(unit, None)
            else:
                state.assigned[unit] = Assigned(report, person, certainty, resolution)
    state.redirects = read_redirects(until)
    return state


def read_redirects(until: int = NOW) -> dict[str, str]:
    """Return every id that is merged away now (or was with a ledger entry), with the id it leads to."""
    redirects: dict[str, str] = {}
    sql = "SELECT kind, person, to_person FROM person_change WHERE kind <> 'split' AND entry <= %s ORDER BY \"row\""
    for kind, person, other in bulk.fetch_rows(sql, [until]):
        if kind == "merged":
            redirects[person] = other
        else:
            redirects.pop(person, None)
    return redirects


def read_assigned(units: Iterable[str]) -> dict[str, Assigned]:
    """Return whose some units are; those that are nobody's are left out."""
    found: dict[str, Assigned] = {}
    for unit in units:
        row = bulk.fetch_one(
            'SELECT report, person, certainty, resolution FROM assignment WHERE unit = %s ORDER BY "row" DESC LIMIT 1', [unit]
        )
        if row and row[1] is not None:
            found[unit] = Assigned(*row)
    return found


def read_members(person: str) -> dict[str, Assigned]:
    """Return the units of one person, in the order in which they came."""
    units = [row[0] for row in bulk.fetch_rows('SELECT unit FROM assignment WHERE person = %s ORDER BY "row"', [person])]
    return {unit: item for unit, item in read_assigned(dict.fromkeys(units)).items() if item.person == person}
