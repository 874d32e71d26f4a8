"""Accepting who is who: one ledger entry that says which units went to whom, and what became of ids; and taking it back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import ASSIGNMENT, LINK_RUN, PERSON_CHANGE
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.errors import NotFoundError, RefusedError
from cenotaph.domain.judgements import Judgement, Question, Role
from cenotaph.link.identities import PersonChange
from cenotaph.services.judgements import add_judgements
from cenotaph.services.people_state import Assigned, PeopleState

RunKind = Literal["full", "incremental", "by_hand", "undo"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an accepted run wrote.

    Parameters
    ----------
    run
        Its id; None where there was nothing to write.
    assigned, taken_back
        Units that went to somebody, or to somebody else; units that are nobody's any longer.
    changes
        What became of ids.
    """

    run: str | None
    assigned: int
    taken_back: int
    changes: tuple[PersonChange, ...]


def name_run(state: PeopleState, head: str) -> str:
    """Return the id of the run that would follow, at a head of the ledger."""
    return content_id("link run", state.last_run or "", head)


def accept_run(
    casebook: Casebook,
    actor: Actor,
    run: str,
    kind: RunKind,
    state: PeopleState,
    wanted: Mapping[str, Assigned | None],
    changes: Sequence[PersonChange],
    summary: Mapping[str, JsonValue],
    model: str | None = None,
    *,
    judgements: Sequence[Judgement] = (),
    dry_run: bool = False,
) -> Accepted:
    """Write what differs from the last accepted run, as one ledger entry.

    Parameters
    ----------
    state
        The last accepted run, from which ``wanted`` was worked out.
    wanted
        Whose each unit is to be; None for nobody's. Units that are not named stay as they are.
    judgements
        A reviewer's word that the run rests on, entered with it.

    Raises
    ------
    RefusedError
        Another run has been accepted meanwhile.
    """
    different = {unit: item for unit, item in wanted.items() if _differs(state.assigned.get(unit), item)}
    taken_back = sum(item is None for item in different.values())
    done = Accepted(run, len(different) - taken_back, taken_back, tuple(changes))
    if not different and not changes and not judgements:
        return replace(done, run=None)
    with casebook.writing(actor, f"people {kind}", dry_run=dry_run) as entry:
        found = bulk.fetch_one('SELECT id FROM link_run ORDER BY "row" DESC LIMIT 1')
        if (found[0] if found else None) != state.last_run:
            raise RefusedError("Another run was accepted while this one was worked out.", "Run it again.")
        if judgements:
            add_judgements(entry, judgements)
        entry.add(LINK_RUN, [(run, state.last_run, kind, model, canonical_json(dict(summary)))])
        entry.add(
            ASSIGNMENT,
            (
                (content_id("assignment", run, unit), run, unit, *_cells(item, state.assigned.get(unit)))
                for unit, item in different.items()
            ),
        )
        entry.add(
            PERSON_CHANGE,
            (
                (content_id("person change", run, c.kind, c.person, c.other or ""), run, c.kind, c.person, c.other, c.units)
                for c in changes
            ),
        )
        entry.detail.update({"run": run, "assigned": done.assigned, "taken_back": taken_back, "changes": len(changes)})
    return done


def _differs(before: Assigned | None, after: Assigned | None) -> bool:
    """Tell whether an assignment is news: another person or resolution, another report of the unit, or a reviewer's word.

    A certainty that moved by itself is not: every run would write every row anew.
    """
    if before is None or after is None:
        return before is not after
    return _told(before) != _told(after)


def _told(item: Assigned) -> tuple[str, str, str, bool]:
    return item.person, item.resolution, item.report, item.certainty is None


def _cells(item: Assigned | None, before: Assigned | None) -> tuple[str | int | None, ...]:
    if item is None:
        assert before is not None
        return (before.report, None, None, None)
    return (item.report, item.person, item.certainty, item.resolution)


def undo_run(casebook: Casebook, actor: Actor, run: str, state: PeopleState, *, dry_run: bool = False) -> Accepted:
    """Take back the last accepted run: a new entry, after which everybody is who they were before.

    Raises
    ------
    NotFoundError
        There is no such run.
    RefusedError
        It is not the last one.
    """
    found = bulk.fetch_one("SELECT kind FROM link_run WHERE id = %s", [run])
    if found is None:
        raise NotFoundError(f"There is no accepted run {run}.", "`cenotaph link runs` lists them.")
    if run != state.last_run:
        raise RefusedError(f"The run {run} is not the last one.", f"Take back {state.last_run} first.")
    units = [row[0] for row in bulk.fetch_rows('SELECT unit FROM assignment WHERE run = %s ORDER BY "row"', [run])]
    wanted = {unit: _before(unit, run) for unit in units}
    changes: list[PersonChange] = []
    sql = "SELECT kind, person, units FROM person_change WHERE run = %s AND kind <> 'split' ORDER BY \"row\""
    for kind, person, moved in bulk.fetch_rows(sql, [run]):
        if kind == "merged":
            changes.append(PersonChange("restored", person, None, moved))
        else:  # An id that the run had restored leads again where it led before.
            changes.append(PersonChange("merged", person, _led_to(person, run), moved))
    new = content_id("link run", run, casebook.settled_head().hash)
    words = _take_back_words(casebook, actor, run)
    return accept_run(
        casebook, actor, new, "undo", state, wanted, changes, {"undone": run}, judgements=words, dry_run=dry_run
    )


def _take_back_words(casebook: Casebook, actor: Actor, run: str) -> list[Judgement]:
    """Return answers that take back the words that were entered with a run by hand, where they still stand."""
    sql = (
        "SELECT j.target, j.field FROM judgement j JOIN link_run r ON r.entry = j.entry WHERE r.id = %s "
        "AND j.question = 'same_person' AND NOT EXISTS (SELECT 1 FROM judgement later WHERE later.replaces = j.id)"
    )
    reason = f"taken back with run {run}"
    return [
        Judgement(
            Question.SAME_PERSON, "unsure", "report", target, reason, Role(actor.role), actor.account, casebook.clock(), other
        )
        for target, other in bulk.fetch_rows(sql, [run])
    ]


def _before(unit: str, run: str) -> Assigned | None:
    sql = (
        "SELECT report, person, certainty, resolution FROM assignment WHERE unit = %s AND \"row\" < "
        '(SELECT MIN("row") FROM assignment WHERE run = %s) ORDER BY "row" DESC LIMIT 1'
    )
    row = bulk.fetch_one(sql, [unit, run])
    return Assigned(*row) if row and row[1] is not None else None


def _led_to(person: str, run: str) -> str | None:
    sql = (
        "SELECT to_person FROM person_change WHERE person = %s AND kind = 'merged' AND \"row\" < "
        '(SELECT MIN("row") FROM person_change WHERE run = %s) ORDER BY "row" DESC LIMIT 1'
    )
    row = bulk.fetch_one(sql, [person, run])
    return row[0] if row else None


@dataclass(frozen=True, slots=True)
class RunLine:
    """One accepted run in a listing."""

    run: str
    kind: str
    at: str
    role: str
    units: int
    summary: dict[str, JsonValue]


def list_runs() -> list[RunLine]:
    """Return the accepted runs, the first one first."""
    sql = (
        "SELECT r.id, r.kind, e.at, e.role, (SELECT COUNT(*) FROM assignment a WHERE a.run = r.id), r.summary "
        'FROM link_run r JOIN ledger_entry e ON e.number = r.entry ORDER BY r."row"'
    )
    return [
        RunLine(run, kind, at, role, units, json.loads(summary)) for run, kind, at, role, units, summary in bulk.fetch_rows(sql)
    ]
