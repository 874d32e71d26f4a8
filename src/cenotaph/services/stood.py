"""How somebody stands, as a release needs it: made from their record and assessment, and as a line of text that keeps it."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from cenotaph.count.figures import CountedPerson
from cenotaph.domain.evidence import Basis
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate, Grade, Legal, Review
from cenotaph.publish.policy import Case
from cenotaph.publish.release_rows import Candidate, Piece
from cenotaph.services.assessing import Assessed
from cenotaph.services.person_records import PersonRecord

_AGED = ("age", "birth", "death")
"""Fields of which also a value that does not stand may say that somebody was a minor."""


class Stood(NamedTuple):
    """Somebody as figures count them, and as a policy decides over them before figures and editors' words are known."""

    counted: CountedPerson
    candidate: Candidate


def stand(record: PersonRecord, person: Assessed) -> Stood:
    """Return how somebody stands."""
    d = person.derivation
    values = {name: chosen.value for name, chosen in person.values.items()}
    aside = {item.report: item.reason for item in d.set_aside}
    counted = set(d.counted)
    examined = any(e.basis is Basis.EXAMINED for e in record.evidence if e.report in counted)
    pieces = tuple(
        Piece(
            e.report,
            e.kind,
            e.lineage,
            e.known_words[:7],
            record.hosts.get(e.report),
            aside.get(e.report, ""),
        )
        for e in sorted(record.evidence, key=lambda e: (e.known_on or date.max, e.report))
    )
    losing = tuple((name, value) for name in _AGED if name in person.values for value, _ in person.values[name].losing)
    return _make(person, values, _death(record, person), examined, tuple(sorted(record.names)), pieces, losing)


def count_person(record: PersonRecord, person: Assessed) -> CountedPerson:
    """Return somebody as figures count them."""
    return stand(record, person).counted


def _make(
    person: Assessed,
    values: dict[str, str],
    death: tuple[date | None, date | None],
    examined: bool,
    names: tuple[tuple[str, str, str], ...],
    pieces: tuple[Piece, ...],
    losing: tuple[tuple[str, str], ...],
) -> Stood:
    d, sealed = person.derivation, person.sealed_only
    s = d.standing
    return Stood(
        CountedPerson(
            person.person,
            s.fate,
            s.grade,
            s.legal,
            s.review,
            person.verdict.value,
            values,
            death,
            d.since,
            d.lineages,
            examined,
            sealed,
            person.resolution == "resolved",
            d.since_words,
        ),
        Candidate(
            person.person,
            Case(s.fate, values, d.since, None, sealed, losing),
            str(s.grade or ""),
            s.legal.value,
            s.review.value,
            d.lineages,
            examined,
            d.words,
            names,
            pieces,
            since=d.since_words,
        ),
    )


def _death(record: PersonRecord, person: Assessed) -> tuple[date | None, date | None]:
    """Return the interval of death of the value that stands."""
    chosen = person.values.get("death")
    return record.deaths.get(chosen.reports[0], (None, None)) if chosen else (None, None)


_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False)
_FATES = {fate.value: fate for fate in Fate}
_GRADES: dict[str | None, Grade | None] = {None: None, **{grade.value: grade for grade in Grade}}
_LEGALS = {legal.value: legal for legal in Legal}
_REVIEWS = {review.value: review for review in Review}
_KINDS = {kind.value: kind for kind in SourceKind}


def write_stood(stood: Stood) -> str:
    """Return somebody as one line of ASCII, without their id."""
    c, candidate = stood
    cells = (
        *(c.fate.value, c.grade.value if c.grade else None, c.legal.value, c.review.value, c.scope),
        *(_write_day(c.death[0]), _write_day(c.death[1]), _write_day(c.since), c.since_words),
        *(c.lineages, c.examined, c.sealed_only, c.resolved),
        *(dict(c.keys), candidate.words, candidate.names),
        [(p.report, p.kind.value, p.lineage, p.month, p.host, p.set_aside) for p in candidate.pieces],
        candidate.case.losing,
    )
    return _ENCODER.encode(cells)


def read_stood(person: str, line: bytes) -> Stood:
    """Return somebody from the line that :func:`write_stood` made of them."""
    fate, grade, legal, review, scope, start, end, since, when, lineages, examined, sealed, resolved, *rest = json.loads(line)
    values, words, names, pieces, losing = rest
    day = _read_day(since)
    return Stood(
        CountedPerson(
            person,
            _FATES[fate],
            _GRADES[grade],
            _LEGALS[legal],
            _REVIEWS[review],
            scope,
            values,
            (_read_day(start), _read_day(end)),
            day,
            lineages,
            examined,
            sealed,
            resolved,
            when,
        ),
        Candidate(
            person,
            Case(_FATES[fate], values, day, None, sealed, tuple([(name, value) for name, value in losing])),
            grade or "",
            legal,
            review,
            lineages,
            examined,
            words,
            tuple([(text, script, language) for text, script, language in names]),
            tuple([Piece(p[0], _KINDS[p[1]], p[2], p[3], p[4], p[5]) for p in pieces]),
            since=when,
        ),
    )


def _write_day(day: date | None) -> str | None:
    return day.isoformat() if day else None


@lru_cache(65_536)
def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
