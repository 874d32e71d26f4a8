"""The incidents of a casebook as figures count them: their places under a standard and a scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cenotaph.assess.derivation import derive
from cenotaph.assess.scope import Scope
from cenotaph.assess.standard import Standard
from cenotaph.casebook.history import NOW
from cenotaph.count.figures import NOT_DATED, month_of
from cenotaph.count.incidents import Places, combine
from cenotaph.domain.evidence import Basis, Evidence
from cenotaph.domain.reports import VALUE_FIELDS
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate
from cenotaph.services.evidence import SourcesOf
from cenotaph.services.incidents import Incident, Statement, read_incidents
from cenotaph.services.people_state import PeopleState


def read_places(
    standard: Standard, scope: Scope | None, state: PeopleState, as_of: date | None = None, until: int = NOW
) -> dict[str, list[Places]]:
    """Return the places of each incident: of all its victims first, then of groups of them.

    Parameters
    ----------
    state
        Whose each report is: a victim under an old id is the one it leads to.
    as_of
        Only what could be known by the end of this day.
    until
        Only what the record held with this ledger entry.
    """
    incidents = read_incidents(until, state)
    if not incidents:
        return {}
    sources = SourcesOf.read(until)
    return {incident.id: _places_of(incident, standard, scope, as_of, sources) for incident in incidents}


def _places_of(
    incident: Incident, standard: Standard, scope: Scope | None, as_of: date | None, sources: SourcesOf
) -> list[Places]:
    found: list[Places] = []
    day = incident.happened
    death = (day.start, day.end) if day else (None, None)
    month = month_of(death)
    for keys, statements in incident.groups():
        known = [s for s in statements if as_of is None or (s.stated.stated_on is not None and s.stated.stated_on <= as_of)]
        if not known:
            continue
        low, high = combine([s.stated for s in known])
        all_keys = {**incident.keys, **keys}
        verdict = scope.judge({a: frozenset({k}) for a, k in all_keys.items()}, death)[0].value if scope else "in"
        grade = derive(_weigh(known, sources), standard, as_of).standing.grade
        when = None if month == NOT_DATED else month
        found.append(Places(incident.id, all_keys, low, high, grade, verdict, when, frozenset(incident.victims)))
    return found


def _weigh(statements: Sequence[Statement], sources: SourcesOf) -> list[Evidence]:
    """Return statements as evidence that so many died: what a standard asks to be known of a person is not asked here."""
    fields = frozenset(VALUE_FIELDS)
    return [
        Evidence(
            s.id,
            sources.lineage.get(s.document, s.document) if s.document else "recorder",
            sources.kinds.get(s.document or "", SourceKind.OTHER),
            Fate.DEAD,
            s.stated.stated_on,
            (),
            Basis.EXAMINED,
            s.document in sources.independent if s.document else False,
            fields,
            sources.kinds.get(s.document or "") is SourceKind.LEAKED,
        )
        for s in statements
        if s.stated.low > 0
    ]


def say_unnamed(low: int, high: int | None) -> str:
    """Return a number of places in words: ``at least 5``, ``5 to 7``, ``5``."""
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


