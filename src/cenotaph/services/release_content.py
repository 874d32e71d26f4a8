"""What a release holds, gathered from a casebook: people whom figures count, and everything that stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from cenotaph.assess.scope import Scope
from cenotaph.assess.standard import Standard
from cenotaph.casebook.store import Casebook
from cenotaph.count.figures import CountedPerson, Figure, FigureDefinition, count_figure
from cenotaph.count.incidents import Places
from cenotaph.domain.evidence import Basis
from cenotaph.publish.policy import Case
from cenotaph.publish.release_rows import Candidate, Piece
from cenotaph.services.assessing import Assessed, Assessment, assess_records
from cenotaph.services.evidence import PersonRecord, Records, read_records
from cenotaph.services.people_state import PeopleState
from cenotaph.services.release_guard import read_words
from cenotaph.services.unnamed import read_places


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a release is made from.

    Parameters
    ----------
    assessment
        Everybody, as the standard and the scope have them.
    figures
        Counted over them, before any policy.
    candidates
        Whom some figure counts, as the policy decides over them.
    state
        Whose each report is, with redirects of ids.
    incidents
        Places of each incident, where a figure asks for the unnamed.
    """

    assessment: Assessment
    figures: tuple[Figure, ...]
    candidates: tuple[Candidate, ...]
    state: PeopleState
    incidents: Mapping[str, Sequence[Places]] = field(default_factory=dict)


def gather(
    casebook: Casebook, standard: Standard, scope: Scope | None, figures: Sequence[FigureDefinition]
) -> Content:
    """Return what a release is made from."""
    return gather_records(read_records(casebook), standard, scope, figures)


def gather_records(
    records: Records, standard: Standard, scope: Scope | None, figures: Sequence[FigureDefinition]
) -> Content:
    """Return what a release is made from, out of records that were read."""
    assessment = assess_records(records, standard, scope)
    people = count_people(records, assessment)
    incidents = read_places(standard, scope, records.state) if any(f.unnamed for f in figures) else None
    counted = tuple(count_figure(definition, people, incidents) for definition in figures)
    member_of: dict[str, list[str]] = {}
    for figure in counted:
        for person in figure.members:
            member_of.setdefault(person, []).append(figure.definition.id)
    words = read_words(records.state)
    by_person = {p.person: p for p in assessment.people}
    unconditional = {figure.definition.id for figure in counted if figure.definition.is_open}
    candidates = tuple(
        make_candidate(records.people[person], by_person[person], tuple(sorted(names)), unconditional, words.get(person))
        for person, names in sorted(member_of.items())
    )
    return Content(assessment, counted, candidates, records.state, incidents or {})


def count_people(records: Records, assessment: Assessment) -> list[CountedPerson]:
    """Return everybody as figures count them."""
    return [_count(records.people[person.person], person) for person in assessment.people]


def _count(record: PersonRecord, person: Assessed) -> CountedPerson:
    standing = person.derivation.standing
    counted = set(person.derivation.counted)
    death = _death(record, person)
    return CountedPerson(
        person.person,
        standing.fate,
        standing.grade,
        standing.legal,
        standing.review,
        person.verdict.value,
        {name: chosen.value for name, chosen in person.values.items()},
        death,
        person.derivation.since,
        person.derivation.lineages,
        any(e.basis is Basis.EXAMINED for e in record.evidence if e.report in counted),
        person.sealed_only,
        person.resolution == "resolved",
    )


def _death(record: PersonRecord, person: Assessed) -> tuple[date | None, date | None]:
    """Return the interval of death of the value that stands."""
    chosen = person.values.get("death")
    return record.deaths.get(chosen.reports[0], (None, None)) if chosen else (None, None)


def make_candidate(
    record: PersonRecord, person: Assessed, figures: tuple[str, ...], unconditional: Set[str], word: bool | None
) -> Candidate:
    """Return somebody as a policy decides over them."""
    d = person.derivation
    values = {name: chosen.value for name, chosen in person.values.items()}
    aside = {item.report: item.reason for item in d.set_aside}
    counted = set(d.counted)
    pieces = tuple(
        Piece(
            e.report,
            e.kind,
            e.lineage,
            e.known_on.strftime("%Y-%m") if e.known_on else "",
            record.hosts.get(e.report),
            aside.get(e.report, ""),
        )
        for e in sorted(record.evidence, key=lambda e: (e.known_on or date.max, e.report))
    )
    return Candidate(
        person.person,
        Case(d.standing.fate, values, d.since, word, person.sealed_only),
        str(d.standing.grade or ""),
        d.standing.legal.value,
        d.standing.review.value,
        d.lineages,
        any(e.basis is Basis.EXAMINED for e in record.evidence if e.report in counted),
        d.words,
        tuple(sorted(record.names)),
        pieces,
        figures,
        tuple(name for name in figures if name in unconditional),
    )
