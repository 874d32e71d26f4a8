"""What a release holds, gathered from a casebook: people whom figures count, and everything that stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cenotaph.assess.scope import Scope
from cenotaph.assess.standard import Standard
from cenotaph.casebook.derived import hold_derived
from cenotaph.casebook.store import Casebook
from cenotaph.count.figures import CountedPerson, Figure, FigureDefinition, count_figure
from cenotaph.count.incidents import Places
from cenotaph.publish.release_rows import Candidate
from cenotaph.services.assessing import Assessment, assess_person
from cenotaph.services.evidence import Records, hold_records
from cenotaph.services.kept_people import KeptPeople
from cenotaph.services.people_state import PeopleState
from cenotaph.services.release_guard import Words, read_words
from cenotaph.services.stood import Stood, count_person, stand
from cenotaph.services.unnamed import read_places


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a release is made from.

    Parameters
    ----------
    unlinked
        How many reports stand that no accepted run has given to anybody.
    standing
        Ids of everybody who has a report that stands.
    figures
        Counted over them, before any policy.
    candidates
        Whom some figure counts, as the policy decides over them.
    state
        Whose each report is, with redirects of ids.
    words
        What withholds people.
    incidents
        Places of each incident, where a figure asks for the unnamed.
    """

    unlinked: int
    standing: frozenset[str]
    figures: tuple[Figure, ...]
    candidates: tuple[Candidate, ...]
    state: PeopleState
    words: Words
    incidents: Mapping[str, Sequence[Places]] = field(default_factory=dict)


def gather(
    casebook: Casebook, standard: Standard, scope: Scope | None, figures: Sequence[FigureDefinition]
) -> Content:
    """Return what a release is made from; whoever has not changed since an earlier build is not worked out again."""
    with hold_derived(casebook) as derived, hold_records(casebook) as held:
        kept = KeptPeople(derived.folder, held, standard, scope)
        found = kept.read()
        new = [person for person in held.owners if person not in found]
        for record in held.make(new):
            found[record.person] = stand(record, assess_person(record, held.fates, held.scopes, standard, scope))
        kept.write(found, new)
        return _collect(found, held.state, held.unlinked, standard, scope, figures)


def _collect(
    found: Mapping[str, Stood],
    state: PeopleState,
    unlinked: int,
    standard: Standard,
    scope: Scope | None,
    figures: Sequence[FigureDefinition],
) -> Content:
    order = sorted(found)
    people = [found[person].counted for person in order]
    incidents = read_places(standard, scope, state) if any(f.unnamed for f in figures) else None
    counted = tuple(count_figure(definition, people, incidents) for definition in figures)
    member_of: dict[str, list[str]] = {}
    for figure in sorted(counted, key=lambda f: f.definition.id):
        for person in figure.members:
            member_of.setdefault(person, []).append(figure.definition.id)
    words = read_words(state)
    unconditional = {figure.definition.id for figure in counted if figure.definition.is_open}
    shared: dict[tuple[str, ...], tuple[tuple[str, ...], tuple[str, ...]]] = {}
    candidates = []
    for person in order:
        if person in member_of:
            names = tuple(member_of[person])
            both = shared.setdefault(names, (names, tuple(name for name in names if name in unconditional)))
            candidates.append(found[person].candidate.count_in(*both, words.may.get(person)))
    return Content(unlinked, frozenset(found), counted, tuple(candidates), state, words, incidents or {})


def count_people(records: Records, assessment: Assessment) -> list[CountedPerson]:
    """Return everybody as figures count them."""
    return [count_person(records.people[person.person], person) for person in assessment.people]
