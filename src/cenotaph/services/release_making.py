"""A release's tables and texts, made from what was gathered and what the policy shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cenotaph.casebook.store import Casebook
from cenotaph.count.figures import Figure
from cenotaph.count.incidents import Unnamed, count_unnamed
from cenotaph.domain.canonical import JsonValue
from cenotaph.publish.policy import ShowIncidents
from cenotaph.publish.release_claims import allegations_table, beside_table, claims_table
from cenotaph.publish.release_places import places_table
from cenotaph.publish.release_rows import PublicPerson, Rows
from cenotaph.publish.release_tables import (
    PublicFigure,
    Table,
    count_alike,
    figure_tables,
    names_table,
    persons_table,
    reports_table,
)
from cenotaph.publish.release_unnamed import Again, PublicPlaces, PublicUnnamed, again_table, unnamed_tables
from cenotaph.services.challenges import challenges_table
from cenotaph.services.people_state import PeopleState
from cenotaph.services.release_claims import gather_allegations, gather_claims
from cenotaph.services.release_content import Content
from cenotaph.services.release_extras import (
    changes_table,
    judgements_table,
    method_text,
    redirects_table,
    withheld_table,
)
from cenotaph.services.release_record import Recorded, read_ever_shown
from cenotaph.services.release_rules import Rules
from cenotaph.services.reruns import recount_releases


def make_tables(
    casebook: Casebook,
    content: Content,
    rows: Rows,
    rules: Rules,
    label: str,
    before: Recorded | None,
    shown_before: frozenset[str],
    day: date,
) -> tuple[list[Table], dict[str, str], dict[str, JsonValue]]:
    """Return a release's tables, its further texts by file name, and what the next release needs of it."""
    people = {person.id: person for person in rows.people}
    public = _name_figures(content, people)
    figures, cells, members = figure_tables(public, people)
    claims = gather_claims(rules.policy)
    beside = beside_table(claims, public, people, day)
    unnamed = [_show_unnamed(f.definition.id, f.unnamed) for f in _recount_unnamed(content, rows) if f.unnamed is not None]
    tables = [
        persons_table(rows.people, rules.policy),
        names_table(rows.people),
        reports_table(rows.people),
        figures,
        cells,
        members,
        *unnamed_tables(unnamed, rules.policy.incidents is ShowIncidents.SHOW),
        again_table(_count_again(casebook, rules, label, before, rows.shown, content.state)),
        claims_table(claims, beside),
        beside,
        allegations_table(gather_allegations(rules.policy), rules.policy),
        places_table(rules.places, public, people, rules.policy),
        challenges_table(),
        judgements_table(content.state, rows.shown),
        redirects_table(content.state, read_ever_shown() | rows.shown, rows.shown),
        withheld_table(rows.told),
        changes_table(content.state, shown_before, rows.shown, before is None),
    ]
    numbers = {figure.id: len(figure.members) for figure in public}
    summary: dict[str, JsonValue] = {
        "figures": numbers,
        "counted": {figure.definition.id: figure.value for figure in content.figures},  # Before the policy; never published.
        "withheld": dict(rows.withheld),
        "settled": [[list(key), sorted(people)] for key, people in sorted(rows.settled.items()) if people],
        "standard": rules.standard.record(),
        "scope": rules.scope.record() if rules.scope else None,
        "policy": rules.policy.record(),
        "definitions": [definition.record() for definition in rules.figures],
    }
    return tables, {"methodology.md": method_text(rules.standard, rules.scope, rules.policy, rules.figures, label)}, summary


def _recount_unnamed(content: Content, rows: Rows) -> list[Figure]:
    """Return figures with the places that their *published* members fill: a place filled by somebody whom a figure does not
    show in it would give them back."""
    found = []
    for figure in content.figures:
        d = figure.definition
        if figure.unnamed is not None:
            members = {c.person: c.case.values for c in content.candidates if d.id in rows.figures.get(c.person, ())}
            again = count_unnamed(content.incidents, members, grades=d.grades, scope=d.scope, where=d.where)
            figure = replace(figure, unnamed=again)
        found.append(figure)
    return found


def _show_unnamed(figure: str, found: Unnamed) -> PublicUnnamed:
    places = tuple(PublicPlaces(p.incident, p.month, (p.low, p.high), (low, high)) for p, low, high in found.places)
    return PublicUnnamed(figure, found.low, found.high, found.not_placed, places)


def _count_again(
    casebook: Casebook, rules: Rules, label: str, before: Recorded | None, shown: frozenset[str], state: PeopleState
) -> list[Again]:
    """Return the last releases counted again, where the one before was made under another rule or counted something else."""
    if before is None:
        return []
    ids = {definition.id for definition in rules.figures}
    definitions: Any = before.summary["definitions"]
    ours = [definition.record() for definition in rules.figures if definition.id in {d["id"] for d in definitions}]
    theirs = [definition for definition in definitions if definition["id"] in ids]
    scope = rules.scope.record() if rules.scope else None
    same = before.summary["standard"] == rules.standard.record() and before.summary["scope"] == scope
    if same and all(count_alike(own, next(d for d in theirs if d["id"] == own["id"])) for own in ours):
        return []
    return recount_releases(
        casebook,
        rules.figures,
        rules.standard,
        rules.scope,
        before=label,
        shown=shown,
        state=state,
        least=rules.policy.least,
    )


def _name_figures(content: Content, people: Mapping[str, PublicPerson]) -> list[PublicFigure]:
    """Return figures with their members under public ids."""
    members: dict[str, list[str]] = {figure.definition.id: [] for figure in content.figures}
    for person in people.values():
        for name in person.figures:
            members[name].append(person.id)
    return [
        PublicFigure(
            f.definition.id,
            f.definition.title,
            f.definition.text,
            f.definition.record(),
            f.definition.version(),
            f.definition.by,
            f.definition.series.value,
            tuple(sorted(members[f.definition.id])),
        )
        for f in content.figures
    ]
