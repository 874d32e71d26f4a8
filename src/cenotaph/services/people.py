"""People as they are looked at, joined and parted by hand: their reports, the ids that led to them, what was done to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import NotFoundError, RefusedError, ValueFormatError
from cenotaph.domain.judgements import Judgement, Question, Role
from cenotaph.link.identities import carry_identities
from cenotaph.services.people_runs import Accepted, accept_run, name_run
from cenotaph.services.people_state import Assigned, PeopleState, read_members, read_people, read_redirects
from cenotaph.services.seals import resolve_id
from cenotaph.services.withdrawn_rows import find_withdrawn
from cenotaph.services.wording import show

MOST_PAIRS = 400
"""Most pairs of reports that one parting by hand judges."""


@dataclass(frozen=True, slots=True)
class Member:
    """One report of a person.

    ``certainty`` is a probability from 0 to 1, None where a person said so. ``withdrawn`` is a list's row that stands no more:
    it is kept with the person, should it come back, and counts for nothing.
    """

    unit: str
    report: str
    name: str | None
    birth: str | None
    death: str | None
    source: str | None
    row_number: int | None
    certainty: float | None
    resolution: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """When an id was merged, split or restored; see :class:`~cenotaph.link.identities.PersonChange`."""

    at: str
    kind: str
    person: str
    other: str | None
    units: int


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """A person as a reviewer sees them.

    Parameters
    ----------
    id
        The id that stands; ``asked`` is the one that was asked for, which may lead here.
    members
        Their reports, in the order in which they came.
    former
        Ids that were merged into this one.
    changes
        What became of the id, in order.
    published
        Whether a reviewer recorded that a release has shown them.
    """

    id: str
    asked: str
    members: tuple[Member, ...]
    former: tuple[str, ...]
    changes: tuple[Happened, ...]
    published: bool


def show_person(identifier: str) -> ShownPerson:
    """Return a person; an id that was merged away leads to the one that stands.

    Raises
    ------
    NotFoundError
        There is none; a beginning of at least eight digits is enough where it is the only one.
    """
    asked = find_person(identifier)
    redirects = read_redirects()
    person = PeopleState(redirects=redirects).follow(asked)
    changes = bulk.fetch_rows(
        "SELECT e.at, c.kind, c.person, c.to_person, c.units FROM person_change c "
        'JOIN ledger_entry e ON e.number = c.entry WHERE c.person = %s OR c.to_person = %s ORDER BY c."row"',
        [person, person],
    )
    state = PeopleState(redirects=redirects)
    former = tuple(sorted(old for old in redirects if state.follow(old) == person))
    members = tuple(_read_members(read_members(person)))
    happened = tuple(Happened(*row) for row in changes)
    return ShownPerson(person, asked, members, former, happened, person in read_published())


def find_person(identifier: str) -> str:
    """Return the whole id of a person whose beginning is given."""
    low = identifier.lower()
    if not (8 <= len(low) <= 64 and set(low) <= set("0123456789abcdef")):
        raise NotFoundError(f"{show(identifier)} is no id of a person.", "An id is eight digits or more, of 0-9 and a-f.")
    sql = "SELECT DISTINCT person FROM assignment WHERE person >= %s AND person < %s LIMIT 2"
    found = bulk.fetch_rows(sql, [low, low + "g"])
    if len(found) != 1:
        how_many = "no person" if not found else "more than one person"
        raise NotFoundError(f"There is {how_many} whose id begins with '{low}'.", "`cenotaph person list` shows ids.")
    return str(found[0][0])


def _read_members(assigned: dict[str, Assigned]) -> Iterator[Member]:
    sql = (
        "SELECT p.id, p.name, p.birth_from, p.birth_before, p.death_from, p.death_before, COALESCE(r.list, ("
        "SELECT s.name FROM document d JOIN sighting g ON g.capture = d.capture JOIN source s ON s.id = g.source "
        'WHERE d.id = p.document ORDER BY g."row" LIMIT 1), p.document), p.row_number '
        "FROM report p LEFT JOIN reading r ON r.id = p.reading WHERE p.id IN"
    )
    found = bulk.fetch_by_id(sql, (item.report for item in assigned.values()))
    withdrawn = find_withdrawn(assigned)
    for unit, item in assigned.items():
        name, birth_from, birth_before, death_from, death_before, source, number = found.get(item.report, (None,) * 7)
        yield Member(
            unit,
            item.report,
            name,
            _span(birth_from, birth_before),
            _span(death_from, death_before),
            source,
            number,
            None if item.certainty is None else item.certainty / 1e6,
            item.resolution,
            unit in withdrawn,
        )


def _span(start: str | None, end: str | None) -> str | None:
    """Return a half-open interval as a reader sees it."""
    from datetime import date, timedelta

    if start is None and end is None:
        return None
    last = (date.fromisoformat(end) - timedelta(1)).isoformat() if end else ""
    return start if start == last else f"{start or ''}..{last}"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a listing: how many reports of theirs stand, and how many rows of lists do so no more."""

    id: str
    reports: int
    name: str | None
    unresolved: bool
    withdrawn: int = 0


def list_people(least: int = 1, limit: int | None = None) -> list[PersonLine]:
    """Return people with at least so many reports that stand, those with most first.

    Where every person is asked for, those of whom no report stands come last.
    """
    state = read_people()
    withdrawn = find_withdrawn(state.assigned)
    standing: dict[str, list[Assigned]] = {}
    gone: dict[str, list[Assigned]] = {}
    for unit, item in state.assigned.items():
        (gone if unit in withdrawn else standing).setdefault(item.person, []).append(item)
    chosen = [(person, items) for person, items in standing.items() if len(items) >= least]
    chosen.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    if least <= 1:
        chosen += sorted(((p, items) for p, items in gone.items() if p not in standing), key=lambda pair: pair[0])
    chosen = chosen[:limit]
    names = bulk.fetch_by_id("SELECT id, name FROM report WHERE id IN", (items[0].report for _, items in chosen))
    return [
        PersonLine(
            person,
            len(standing.get(person, ())),
            names.get(items[0].report, (None,))[0],
            items[0].resolution == "unresolved",
            len(gone.get(person, ())),
        )
        for person, items in chosen
    ]


def read_published() -> frozenset[str]:
    """Return whom a release has shown, under the ids that stand: by the record's releases, or by a reviewer's last word."""
    sql = "SELECT target, answer FROM judgement WHERE question = 'published' AND target_kind = 'person' ORDER BY \"row\""
    answers: dict[str, str] = dict(bulk.fetch_rows(sql))
    released = {row[0]: "yes" for row in bulk.fetch_rows("SELECT DISTINCT person FROM release_person WHERE shown")}
    state = PeopleState(redirects=read_redirects())
    return frozenset(state.follow(person) for person, answer in (released | answers).items() if answer == "yes")


def order_people(state: PeopleState) -> list[str]:
    """Return the ids in use, those that a release has shown first: of equals, the id that was shown stays."""
    published = read_published()
    return sorted(state.people(), key=lambda person: person not in published)


def merge_people(
    casebook: Casebook, actor: Actor, first: str, others: Sequence[str], reason: str, *, dry_run: bool = False
) -> Accepted:
    """Say that people are one: every report of theirs is the person's with the most reports from now on.

    The word is kept as judgements on pairs of reports, which bind every later run.

    Raises
    ------
    NotFoundError, ValueFormatError
        There is no such person, or the reason is empty.
    """
    state = read_people()
    people = list(dict.fromkeys(state.follow(find_person(identifier)) for identifier in (first, *others)))
    if len(people) < 2:
        raise ValueFormatError("These ids are one person already.", "`cenotaph person show` shows where an id leads.")
    members = {person: [u for u, item in state.assigned.items() if item.person == person] for person in people}
    if empty := next((person for person, units in members.items() if not units), None):
        raise RefusedError(f"Nothing is assigned to {empty} now.", "There is nothing to merge.")
    anchor = state.assigned[members[people[0]][0]].report
    judgements = [
        _judge(casebook, actor, "yes", anchor, state.assigned[members[person][0]].report, reason) for person in people[1:]
    ]
    units = [unit for unit, item in state.assigned.items() if item.person in members]
    return _apply(casebook, actor, state, units, [0] * len(units), judgements, dry_run)


def split_person(
    casebook: Casebook, actor: Actor, person: str, reports: Sequence[str], reason: str, *, dry_run: bool = False
) -> Accepted:
    """Say that some reports of a person are somebody else's: they are one other person from now on.

    Raises
    ------
    NotFoundError, ValueFormatError, RefusedError
        There is no such person or report, the report is not theirs, or nothing would be left of one side.
    """
    state = read_people()
    standing = state.follow(find_person(person))
    units = [unit for unit, item in state.assigned.items() if item.person == standing]
    by_report = {state.assigned[unit].report: unit for unit in units}
    leaving = [by_report.get(resolve_id("report", report)) or _refuse(report, standing) for report in reports]
    staying = [unit for unit in units if unit not in set(leaving)]
    if not leaving or not staying:
        raise ValueFormatError("A parting leaves at least one report on each side.", "Name the reports of one side alone.")
    if len(leaving) * len(staying) > MOST_PAIRS:
        raise RefusedError(
            f"{len(leaving)} reports against {len(staying)} are too many pairs to judge at once.", "Part them in steps."
        )
    judgements = [
        _judge(casebook, actor, "no", state.assigned[a].report, state.assigned[b].report, reason)
        for a in leaving
        for b in staying
    ]
    groups = [int(unit in set(leaving)) for unit in units]
    return _apply(casebook, actor, state, units, groups, judgements, dry_run)


def _refuse(report: str, person: str) -> str:
    raise NotFoundError(f"The report {show(report)} is not one of {person}.", "`cenotaph person show` lists a person's reports.")


def _judge(casebook: Casebook, actor: Actor, answer: str, left: str, right: str, reason: str) -> Judgement:
    first, second = sorted((left, right))
    now = casebook.clock()
    return Judgement(Question.SAME_PERSON, answer, "report", first, reason, Role(actor.role), actor.account, now, second)


def _apply(
    casebook: Casebook,
    actor: Actor,
    state: PeopleState,
    units: Sequence[str],
    groups: Sequence[int],
    judgements: Sequence[Judgement],
    dry_run: bool,
) -> Accepted:
    import numpy as np

    involved = set(units)
    people = [p for p in order_people(state) if any(state.assigned[u].person == p for u in involved)]
    place = {person: at for at, person in enumerate(people)}
    run = name_run(state, casebook.settled_head().hash)
    order = {number: at for at, number in enumerate(dict.fromkeys(groups))}
    carried = carry_identities(
        units,
        np.array([order[group] for group in groups], np.int64),
        np.array([place[state.assigned[unit].person] for unit in units], np.int64),
        people,
        run,
        frozenset(state.redirects),
        frozenset(state.people()),
    )
    wanted: dict[str, Assigned | None] = {
        unit: Assigned(state.assigned[unit].report, carried.people[order[group]], None, "resolved")
        for unit, group in zip(units, groups, strict=True)
    }
    summary = {"judgements": len(judgements)}
    return accept_run(
        casebook, actor, run, "by_hand", state, wanted, carried.changes, summary, judgements=judgements, dry_run=dry_run
    )
