"""Assessing everybody: the standing that a standard gives, whether a scope takes them in, and which values stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cenotaph.assess.derivation import Derivation, derive
from cenotaph.assess.scope import Scope, Verdict
from cenotaph.assess.standard import Standard
from cenotaph.assess.values import Chosen, choose_values
from cenotaph.casebook.store import Casebook
from cenotaph.domain.standing import Fate, Grade, Review, Standing
from cenotaph.services.evidence import Records, read_records
from cenotaph.services.person_records import FateWord, PersonRecord

Progress = Callable[[str, int], None]
_DEATHS = (Fate.DEAD, Fate.PRESUMED_DEAD)


@dataclass(frozen=True, slots=True)
class Assessed:
    """One person under a scope and a standard.

    Parameters
    ----------
    person
        The id.
    derivation
        Fate, grade, legal, review, with the words that say why.
    verdict, condition
        Whether the scope takes them in, and the condition that says otherwise.
    values
        The value of each field that stands, with those that do not.
    reports
        Ids of all their reports.
    sealed_only
        Whether they are known from leaked or sealed sources alone: a line of their own, never mixed.
    resolution
        ``resolved``, or ``unresolved`` where nothing but a common name says who they are.
    too_early
        Reports that are dated before the death they tell: a contradiction, of which no standing begins.
    """

    person: str
    derivation: Derivation
    verdict: Verdict
    condition: str
    values: dict[str, Chosen]
    reports: tuple[str, ...]
    sealed_only: bool
    resolution: str
    too_early: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everybody, under one scope and one standard, as of a day."""

    head: str
    standard: Standard
    scope: Scope | None
    as_of: date | None
    people: tuple[Assessed, ...]
    unlinked: int

    def sealed(self) -> int:
        """Return how many people are known from leaked or sealed sources alone: a line of their own."""
        return sum(p.sealed_only for p in self.people)

    def table(self) -> dict[tuple[str, str, str], int]:
        """Return how many people have each verdict, fate and grade; the sealed are in no line of it."""
        standings = [(p.verdict.value, p.derivation.standing) for p in self.people if not p.sealed_only]
        return dict(Counter((verdict, s.fate.value, s.grade or "none") for verdict, s in standings))


def assess(
    casebook: Casebook,
    standard: Standard,
    scope: Scope | None = None,
    as_of: date | None = None,
    *,
    progress: Progress = lambda *_: None,
) -> Assessment:
    """Return the standing of everybody in the record."""
    found = assess_records(read_records(casebook, as_of=as_of, progress=progress), standard, scope)
    return replace(found, as_of=as_of)


def assess_records(records: Records, standard: Standard, scope: Scope | None = None) -> Assessment:
    """Return the standing of everybody in records that were read, as of the day of which these are."""
    day = records.as_of
    people = [assess_person(r, records.fates, records.scopes, standard, scope, day) for r in records.people.values()]
    return Assessment(records.head, standard, scope, day, tuple(people), records.unlinked)


def assess_person(
    record: PersonRecord,
    fates: Mapping[str, FateWord],
    scopes: Mapping[str, str],
    standard: Standard,
    scope: Scope | None = None,
    as_of: date | None = None,
) -> Assessed:
    """Return one person's standing.

    Parameters
    ----------
    fates, scopes
        Reviewers' last words on people's fates, and on whether they are in scope, as they were ``as_of`` the day.
    """
    person = _assess(record, standard, scope, as_of)
    return _hear(person, record, fates.get(person.person), scopes.get(person.person), standard, as_of)


def _assess(record: PersonRecord, standard: Standard, scope: Scope | None, as_of: date | None) -> Assessed:
    derivation = derive(record.evidence, standard, as_of)
    aside = {item.report for item in derivation.set_aside}
    counting = frozenset(e.report for e in record.evidence if e.report not in aside)
    values = choose_values((s for s in record.stated if as_of is None or s.report in counting), standard)
    verdict, condition = Verdict.IN, ""
    if scope is not None:
        verdict, condition = scope.judge(record.keys(counting), _narrow(record, counting))
    known = record.evidence if as_of is None else [e for e in record.evidence if e.known_on and e.known_on <= as_of]
    sealed_only = bool(known) and all(e.sealed_source for e in known)
    reports = tuple(e.report for e in known)
    early = tuple(record.too_early)
    return Assessed(record.person, derivation, verdict, condition, values, reports, sealed_only, record.resolution, early)


_VERDICTS = {"yes": Verdict.IN, "no": Verdict.OUT, "unsure": Verdict.NOT_KNOWN}


def _hear(
    person: Assessed, record: PersonRecord, word: FateWord | None, scope: str | None, standard: Standard, as_of: date | None
) -> Assessed:
    """Return somebody as reviewers' words on their fate and on the scope have them; the grade stays what evidence gives."""
    d = person.derivation
    if word is not None and word.fate is not d.standing.fate:
        fate, day = word
        own = derive([e for e in record.evidence if e.fate is fate], standard, as_of).standing
        grade = None if fate is Fate.UNKNOWN else own.grade if own.fate is fate else Grade.REPORTED
        review = Review.WITHDRAWN if fate is Fate.ALIVE and d.standing.fate in _DEATHS else d.standing.review
        standing = Standing(fate, grade, d.standing.legal, review)
        words = f"{fate.value.replace('_', ' ')}, by a reviewer's word of {day}; evidence alone: {d.words}"
        heard = replace(d, standing=standing, since=day, rule="judgement", words=words, since_words=day.isoformat())
        person = replace(person, derivation=heard)
    if scope is not None:
        person = replace(person, verdict=_VERDICTS[scope], condition="by a reviewer's word")
    return person


def _narrow(record: PersonRecord, counting: frozenset[str]) -> tuple[date | None, date | None]:
    """Return the days of death that all counting reports allow; where they exclude each other, all that any allows."""
    spans = [span for report, span in record.deaths.items() if report in counting]
    if not spans:
        return None, None
    starts = [start for start, _ in spans if start is not None]
    ends = [end for _, end in spans if end is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    if start is not None and end is not None and start >= end:
        open_start, open_end = len(starts) < len(spans), len(ends) < len(spans)
        return (None if open_start else min(starts)), (None if open_end else max(ends))
    return start, end


@dataclass(frozen=True, slots=True)
class Moved:
    """A person whom a change of scope or standard moves, with how they stood and how they would stand."""

    person: str
    before: str
    after: str
    words: str


def find_moved(before: Assessment, after: Assessment) -> list[Moved]:
    """Return whom a change of scope, standard or record moves from one line of the count to another."""
    stood = {p.person: p for p in before.people}
    moved = []
    for person in after.people:
        old = stood.get(person.person)
        was, now = (_line(old) if old else "not in the record"), _line(person)
        if was != now:
            moved.append(Moved(person.person, was, now, person.derivation.words))
    gone = {p.person for p in after.people}
    moved += [Moved(p.person, _line(p), "not in the record", "") for p in before.people if p.person not in gone]
    return moved


def _line(person: Assessed) -> str:
    standing = person.derivation.standing
    scope = {Verdict.IN: "", Verdict.OUT: ", out of scope", Verdict.NOT_KNOWN: ", scope not known"}[person.verdict]
    review = "" if standing.review.value == "open" else f", {standing.review}"
    return f"{standing.fate.value}{f', {standing.grade}' if standing.grade else ''}{review}{scope}"
