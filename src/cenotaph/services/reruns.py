"""Earlier releases counted again under another rule: both series side by side, and where the rule breaks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cenotaph.assess.scope import Scope, recorded_scope
from cenotaph.assess.standard import Standard, recorded_standard
from cenotaph.casebook.history import find_moment
from cenotaph.casebook.store import Casebook
from cenotaph.count.figures import CountedPerson, FigureDefinition, count_figure
from cenotaph.publish.release_tables import count_alike
from cenotaph.publish.release_unnamed import Again
from cenotaph.services.assessing import assess_records
from cenotaph.services.evidence import Progress, read_records
from cenotaph.services.people_state import PeopleState
from cenotaph.services.release_content import count_people
from cenotaph.services.release_record import Recorded, list_releases, read_shown_by

LAST = 3
"""So many releases are counted again before a rule is adopted."""


def rerun_releases(
    casebook: Casebook,
    definitions: Sequence[FigureDefinition],
    standard: Standard,
    scope: Scope | None,
    *,
    last: int = LAST,
    before: str | None = None,
    progress: Progress = lambda *_: None,
) -> list[Again]:
    """Count figures again over the record as it was when each of the last releases was made, under a standard and a scope.

    Everybody counts, also withheld members who would be told by a condition: no number is to be published.

    Parameters
    ----------
    last
        How many releases, 1 or more.
    before
        Only releases before this one, by its label.

    Returns
    -------
    list of Again
        In order of releases, then of definitions. What was sealed since a release is missing from its count made again.
    """
    found: list[Again] = []
    for release in _list_before(before)[-last:]:
        records = read_records(casebook, find_moment(release.based_on), progress=progress)
        people = count_people(records, assess_records(records, standard, scope))
        for definition in definitions:
            published, counted, record = _read_published(release, definition.id)
            number = count_figure(definition, people).value
            alike = record is not None and count_alike(record, definition.record())
            found.append(Again(release.label, release.dated, definition.id, published, number, alike, counted))
    return found


def recount_releases(
    casebook: Casebook,
    definitions: Sequence[FigureDefinition],
    standard: Standard,
    scope: Scope | None,
    *,
    before: str,
    shown: frozenset[str],
    state: PeopleState,
    least: int,
    last: int = LAST,
) -> list[Again]:
    """Count the last releases again as it may be published: nothing that became known after a release moves its number.

    The number is the published one, with those who come and go where the old rules are exchanged for the new ones over the
    record of then, and nothing else. Whoever was withheld then stands as published. Of those who are shown no more, why is not
    told: they are moved only together, where the rule moves ``least`` of them at least, else they stand as published. Nobody
    comes in by a rule who is not shown now.

    Parameters
    ----------
    before
        Only releases before this one, by its label.
    shown
        Whom the new release shows, under the ids that stand now.
    state
        Where ids of then lead now.
    least
        The smallest number of people of whom something may be told, as the policy has it.

    Returns
    -------
    list of Again
        In order of releases, then of definitions; without a number where a release has no such figure, or counted something
        else under its id.
    """
    found: list[Again] = []
    for release in _list_before(before)[-last:]:
        old: Any = release.summary
        alike: dict[str, FigureDefinition] = {}
        for definition in definitions:
            _, _, record = _read_published(release, definition.id)
            if record is not None and count_alike(record, definition.record()):
                alike[definition.id] = definition
        moved: dict[str, int] = {}
        if alike:
            records = read_records(casebook, find_moment(release.based_on))
            then = read_shown_by(release.id)
            asked = {p: r for p, r in records.people.items() if p in then or state.follow(p) in shown}
            records = replace(records, people=asked)
            own_scope = recorded_scope(old["scope"]) if old["scope"] else None
            earlier = count_people(records, assess_records(records, recorded_standard(old["standard"]), own_scope))
            later = count_people(records, assess_records(records, standard, scope))
            moved = _move(tuple(alike.values()), earlier, later, then, {p for p in asked if state.follow(p) in shown}, least)
        for definition in definitions:
            published, _, _ = _read_published(release, definition.id)
            same = definition.id in alike
            number = max(0, published + moved[definition.id]) if same and published is not None else None
            found.append(Again(release.label, release.dated, definition.id, published, number, same))
    return found


def _move(
    definitions: Sequence[FigureDefinition],
    earlier: Sequence[CountedPerson],
    later: Sequence[CountedPerson],
    then: frozenset[str],
    now: set[str],
    least: int,
) -> dict[str, int]:
    """Return by how many each figure differs between two rules over one record, as far as it may be told."""
    found = {definition.id: 0 for definition in definitions}
    of_gone: dict[str, list[tuple[str, int]]] = {}
    for before, after in zip(earlier, later, strict=True):
        steps = [(d.id, int(d.counts(after)) - int(d.counts(before))) for d in definitions]
        steps = [(name, step) for name, step in steps if step]
        if not steps:
            continue
        if before.person not in now:  # Shown then and no more.
            of_gone[before.person] = steps
        elif before.person in then or not any(d.counts(before) for d in definitions):
            for name, step in steps:
                found[name] += step
    if len(of_gone) >= least:
        for steps in of_gone.values():
            for name, step in steps:
                found[name] += step
    return found


def _list_before(before: str | None) -> list[Recorded]:
    known = list_releases()
    labels = [release.label for release in known]
    return known[: labels.index(before)] if before in labels else known


def _read_published(release: Recorded, figure: str) -> tuple[int | None, int | None, Mapping[str, object] | None]:
    """Return the number that a release gives for a figure, the one it had before any policy, and how it defines it."""
    numbers, definitions = release.summary["figures"], release.summary["definitions"]
    before_policy = release.summary.get("counted", numbers)
    assert isinstance(numbers, dict) and isinstance(before_policy, dict) and isinstance(definitions, list)
    published, counted = numbers.get(figure), before_policy.get(figure)
    record = next((d for d in definitions if isinstance(d, dict) and d.get("id") == figure), None)
    as_number = [int(str(number)) if number is not None else None for number in (published, counted)]
    return as_number[0], as_number[1], record


def rerun_text(found: Sequence[Again], standard: Standard) -> Iterator[str]:
    """Yield both series of each figure as lines."""
    if not found:
        yield "There is no release yet that could be counted again."
        return
    yield f"The last releases counted again under {standard.id}; what was published stays citable:"
    for figure in dict.fromkeys(item.figure for item in found):
        yield f"  {figure}"
        for item in (item for item in found if item.figure == figure):
            was = f"at least {item.published:,}" if item.published is not None else "no such figure"
            whole = item.published if item.counted is None else item.counted
            full = "" if whole == item.published else f" (at least {whole:,} before the policy, never published)"
            again, moved, note = "not counted again", "", ""
            if item.again is not None:
                again = f"under this rule at least {item.again:,}"
                if whole is not None and item.same_definition:
                    moved = f" ({item.again - whole:+,}){' before any policy' if full else ''}"
            if item.published is not None and not item.same_definition:
                note = "; the figure was defined otherwise, so the two do not compare"
            yield f"    {item.release} ({item.dated}): published {was}{full}; {again}{moved}{note}"
