"""Figures: numbers with a stable id and a definition in a file, counted from people, each with its members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter

from cenotaph.count.incidents import Places, Unnamed, count_unnamed
from cenotaph.domain.axes import UNKNOWN
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.standing import Fate, Grade, Legal, Review

NOT_DATED = "not dated"


class Series(StrEnum):
    """What a series in time is by."""

    NONE = "none"
    DEATH = "death"  # the month of death; a date that a court set never enters
    RECORDED = "recorded"  # the month in which the evidence first gave this standing


@dataclass(frozen=True, slots=True)
class CountedPerson:
    """A person as figures count them.

    Parameters
    ----------
    person
        The id.
    fate, grade, legal, review
        How they stand.
    scope
        ``in``, ``out`` or ``not_known``.
    keys
        The key that stands on each axis; an axis that is not known is absent.
    death
        Half-open interval of the days of death; a date that a court set is not in it.
    since
        From when they have stood so.
    lineages
        How many origins carry the grade.
    examined
        Whether somebody examined what it rests on.
    sealed_only
        Whether they are known from leaked or sealed sources alone.
    resolved
        Whether more than a common name says who they are.
    since_words
        ``since`` as precisely as it is known: a day, a month or a year; empty where it is no more than a day.
    """

    person: str
    fate: Fate
    grade: Grade | None
    legal: Legal = Legal.NONE
    review: Review = Review.OPEN
    scope: str = "in"
    keys: Mapping[str, str] = field(default_factory=dict)
    death: tuple[date | None, date | None] = (None, None)
    since: date | None = None
    lineages: int = 1
    examined: bool = True
    sealed_only: bool = False
    resolved: bool = True
    since_words: str = ""

    @property
    def recorded(self) -> str:
        """The month from which they have stood so, where one is known."""
        words = self.since_words or (self.since.isoformat() if self.since else "")
        return words[:7] if len(words) >= len("2024-03") else NOT_DATED


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """What a figure counts.

    Parameters
    ----------
    id, title, text
        What it is called; the id never changes from release to release.
    fates, grades, reviews
        Standings that count.
    scope
        Verdicts of the scope that count.
    where
        Axis and keys that must hold.
    by
        Axes that it is broken down by.
    series
        Whether it is a series in time.
    claims
        Words for its people as claims have them ("foreign nationals"): claims of these stand beside it.
    unnamed
        Whether the unnamed places of incidents stand beside it.
    """

    id: str
    title: str
    text: str
    fates: tuple[Fate, ...] = (Fate.DEAD,)
    grades: tuple[Grade, ...] = tuple(Grade)
    reviews: tuple[Review, ...] = (Review.OPEN,)
    scope: tuple[str, ...] = ("in",)
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    by: tuple[str, ...] = ()
    series: Series = Series.NONE
    claims: tuple[str, ...] = ()
    unnamed: bool = False

    def record(self) -> dict[str, JsonValue]:
        """Return the definition, as canonical JSON can hold it."""
        found: dict[str, JsonValue] = {
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "fates": [f.value for f in self.fates],
            "grades": [g.value for g in self.grades],
            "reviews": [r.value for r in self.reviews],
            "scope": list(self.scope),
            "where": {axis: list(keys) for axis, keys in self.where},
            "by": list(self.by),
            "series": self.series.value,
            **({"claims": list(self.claims)} if self.claims else {}),
        }
        if self.unnamed:  # A figure that says nothing of it keeps the version it had before there were incidents.
            found["unnamed"] = True
        return found

    @property
    def is_open(self) -> bool:
        """Whether it has no condition by which a member's values or grade could be told."""
        return not self.where and set(self.grades) == set(Grade) and self.scope == ("in",) and self.reviews == (Review.OPEN,)

    def version(self) -> str:
        """Return the id of exactly this definition."""
        return content_id("figure", canonical_json(self.record()))

    def counts(self, person: CountedPerson) -> bool:
        """Tell whether somebody is a member.

        Never is who is known from sealed sources alone (a line of their own), and who cannot be told from others.
        """
        return (
            person.resolved
            and not person.sealed_only
            and person.fate in self.fates
            and person.grade in self.grades
            and person.review in self.reviews
            and person.scope in self.scope
            and (not self.where or all(person.keys.get(axis, UNKNOWN) in keys for axis, keys in self.where))
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a figure: its key on each axis (and its period), and who is in it, sorted."""

    key: tuple[str, ...]
    members: tuple[str, ...]

    @property
    def value(self) -> int:
        """The number; a documented count is a minimum."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands.

    Parameters
    ----------
    definition
        What it counts.
    members
        Everybody in it, sorted.
    cells
        Its breakdown or series, in order of keys; empty where it has none.
    known
        For each axis that it is broken down by, of how many members it is known.
    single
        Members that rest on a single lineage.
    adopted
        Members that nobody has examined.
    unnamed
        Places of victims whom nobody has named, where the definition asks for them.
    """

    definition: FigureDefinition
    members: tuple[str, ...]
    cells: tuple[Cell, ...]
    known: tuple[tuple[str, int], ...]
    single: tuple[str, ...]
    adopted: tuple[str, ...]
    unnamed: Unnamed | None = None

    @property
    def value(self) -> int:
        """The number of members, a minimum; the unnamed are not in it."""
        return len(self.members)


def count_figure(
    definition: FigureDefinition, people: Iterable[CountedPerson], incidents: Mapping[str, Sequence[Places]] | None = None
) -> Figure:
    """Return a figure over people, and over incidents where it is asked for the unnamed."""
    members = sorted(filter(definition.counts, people), key=attrgetter("person"))
    cells: dict[tuple[str, ...], list[str]] = {}
    grouped = definition.by or definition.series is not Series.NONE
    for person in members if grouped else ():
        for_axes = tuple([person.keys.get(axis, UNKNOWN) for axis in definition.by])
        period: tuple[str, ...] = ()
        if definition.series is Series.DEATH:
            period = (month_of(person.death),)
        elif definition.series is Series.RECORDED:
            period = (person.recorded,)
        cells.setdefault((*period, *for_axes), []).append(person.person)
    made = tuple(Cell(key, tuple(ids)) for key, ids in sorted(cells.items()))
    known = tuple((axis, sum(axis in p.keys for p in members)) for axis in definition.by)
    ids = tuple(p.person for p in members)
    unnamed = None
    if definition.unnamed and incidents is not None:
        known_keys = {person.person: person.keys for person in members}
        unnamed = count_unnamed(incidents, known_keys, grades=definition.grades, scope=definition.scope, where=definition.where)
    return Figure(
        definition,
        ids,
        made,
        known,
        tuple(p.person for p in members if p.lineages <= 1),
        tuple(p.person for p in members if not p.examined),
        unnamed,
    )


def month_of(death: tuple[date | None, date | None]) -> str:
    """Return the month that holds a whole interval of death, else that it is not dated."""
    start, end = death
    if start is None or end is None:
        return NOT_DATED
    last = end - timedelta(1)
    return start.isoformat()[:7] if (start.year, start.month) == (last.year, last.month) else NOT_DATED


@dataclass(frozen=True, slots=True)
class FigureChange:
    """How one figure differs between two states: who came, who went, and the net effect."""

    id: str
    before: int
    after: int
    added: tuple[str, ...]
    gone: tuple[str, ...]


def compare_figures(before: Sequence[Figure], after: Sequence[Figure], redirects: Mapping[str, str]) -> list[FigureChange]:
    """Return how figures of the same id differ; somebody under a new id (a merge) is not somebody new.

    Parameters
    ----------
    redirects
        Ids that were merged away, with the id that stands now.
    """
    found = []
    by_id = {figure.definition.id: figure for figure in before}
    for figure in after:
        old = by_id.get(figure.definition.id)
        was = {redirects.get(person, person) for person in old.members} if old else set()
        now = set(figure.members)
        found.append(
            FigureChange(
                figure.definition.id, old.value if old else 0, figure.value, tuple(sorted(now - was)), tuple(sorted(was - now))
            )
        )
    return found
