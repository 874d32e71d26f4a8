"""The record's reports as evidence: who speaks in each, what origin it goes back to, and whose it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from cenotaph.assess.values import Stated
from cenotaph.capture.readers.html_comments import NAME as COMMENT
from cenotaph.casebook import bulk
from cenotaph.casebook.history import NOW, Moment, read_readings
from cenotaph.casebook.store import Casebook
from cenotaph.count.selection import STATED
from cenotaph.count.standing import read_standing
from cenotaph.domain.axes import AXES, UNKNOWN
from cenotaph.domain.evidence import Basis, Event, Evidence
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate
from cenotaph.services.counting import open_columns
from cenotaph.services.people_state import PeopleState, read_people
from cenotaph.services.remains import read_remains, remains_evidence
from cenotaph.services.standing_reports import stream_names, write_interval

Progress = Callable[[str, int], None]
_DATES = ("birth_from", "birth_before", "death_from", "death_before")
_PLACED = ("id", "list", "reading", "row_key", "document", "evidence", "known_at", "published_from")
_AXES = tuple(axis.name for axis in AXES)
_EVENTS = {
    "burial": Event.BURIAL,
    "found": Event.FOUND,
    "returned": Event.RETURNED,
    "identified": Event.IDENTIFIED,
    "court_effect": Event.COURT,
}
_LONG_AGO, _FAR_OFF = date(1850, 1, 1), date(2200, 1, 1)


@dataclass
class PersonRecord:
    """What the record holds of one person.

    Parameters
    ----------
    person
        The id.
    evidence
        Their reports as a standard weighs them.
    stated
        Every value that a report gives, names and dates and axes.
    deaths
        Half-open intervals of the day of death that reports give, by report.
    names
        Every name with its script and language.
    hosts
        Host of the address that a report cites or comes from, by report.
    """

    person: str
    evidence: list[Evidence] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    deaths: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    names: set[tuple[str, str, str]] = field(default_factory=set)
    hosts: dict[str, str] = field(default_factory=dict)
    resolution: str = "resolved"

    def keys(self, counting: frozenset[str]) -> dict[str, frozenset[str]]:
        """Return the keys on each axis that the counting reports give."""
        found: dict[str, set[str]] = {}
        for item in self.stated:
            if item.report in counting:
                found.setdefault(item.field, set()).add(item.value)
        return {axis: frozenset(values) for axis, values in found.items()}


@dataclass(frozen=True, slots=True)
class Records:
    """Everybody in the record.

    Parameters
    ----------
    head
        Hash of the ledger's head.
    people
        By id, in the order in which they came.
    unlinked
        How many reports stand that no accepted run has given to anybody.
    state
        The accepted assignment.
    fates, scopes
        Reviewers' last words on somebody's fate, and on whether they are in scope, under the ids that stand.
    """

    head: str
    people: dict[str, PersonRecord]
    unlinked: int
    state: PeopleState
    fates: Mapping[str, Fate]
    scopes: Mapping[str, str]


def read_records(casebook: Casebook, moment: Moment | None = None, *, progress: Progress = lambda *_: None) -> Records:
    """Return every person with their evidence, as the record stands, or as it stood at a moment.

    What was sealed since that moment is left out all the same, and a source's kind is the one it has now.
    """
    until = moment.entry if moment else NOW
    state = read_people(until)
    with open_columns(casebook, progress=progress) as ready:
        wanted = (*_PLACED, *_DATES, "age_low", "age_high", *(name for axis in _AXES for name in (axis, f"{axis}_stated")))
        readings = read_readings(until) if moment else ready.readings
        known = (moment.at, moment.report) if moment else None
        table = read_standing(ready.columns, readings, ready.titles, wanted, known)
        released = {reading.number: reading.released_on.start for reading in readings}
        columns = {name: table[name].to_pylist() for name in wanted}
        rows = table["report"].to_pylist()
        sources = SourcesOf.read(until)
        head = ready.head
        others = _read_others(rows)
        hosts = _read_hosts()
        judged = read_answers("fate", "report", until)
    builder = _Builder(columns, released, sources, hosts, judged)
    people: dict[str, PersonRecord] = {}
    unlinked = 0
    for at, row in enumerate(rows):
        key = columns["row_key"][at]
        assigned = state.assigned.get(key.hex() if key else columns["id"][at].hex())
        if assigned is None:
            unlinked += 1
            continue
        record = people.setdefault(assigned.person, PersonRecord(assigned.person, resolution=assigned.resolution))
        builder.add(record, at, *others.get(row, (None, {})))
    progress("reports read", len(rows))
    for remains in read_remains(until, state):
        for person, item in remains_evidence(remains, sources.kinds, sources.lineage, sources.independent).items():
            if person in people:
                people[person].evidence.append(item)
    fates = {person: Fate(answer) for person, answer in read_answers("fate", "person", until).items()}
    scopes = read_answers("in_scope", "person", until)
    return Records(head, people, unlinked, state, _follow(fates, state), _follow(scopes, state))


def read_answers(question: str, kind: str, until: int = NOW) -> dict[str, str]:
    """Return the last answers to a question, by what they are about, up to a ledger entry."""
    sql = (
        "SELECT target, answer FROM judgement WHERE question = %s AND target_kind = %s AND answer IS NOT NULL "
        'AND entry <= %s ORDER BY "row"'
    )
    return dict(bulk.fetch_rows(sql, [question, kind, until]))


_T = TypeVar("_T")


def _follow(answers: Mapping[str, _T], state: PeopleState) -> dict[str, _T]:
    return {state.follow(person): answer for person, answer in answers.items()}


def read_source_kinds() -> dict[str, SourceKind]:
    """Return what kind of source speaks in each list and each document, by their ids."""
    kinds: dict[str, str] = dict(bulk.fetch_rows("SELECT l.id, s.kind FROM casualty_list l JOIN source s ON s.id = l.source"))
    sql = (
        "SELECT d.id, s.kind FROM document d JOIN sighting g ON g.capture = d.capture JOIN source s ON s.id = g.source "
        "WHERE d.kind = 'text' ORDER BY g.\"row\" DESC"
    )
    kinds.update(dict(bulk.fetch_rows(sql)))
    # What readers write under a page is not the word of whoever publishes it.
    written = bulk.fetch_rows("SELECT id FROM document WHERE reader = %s", [COMMENT])
    kinds.update((identifier, SourceKind.SOCIAL_MEDIA.value) for (identifier,) in written)
    return {name: SourceKind(kind) for name, kind in kinds.items()}


@dataclass(frozen=True, slots=True)
class SourcesOf:
    """Who speaks in each list and document, and which documents go back to one origin."""

    kinds: Mapping[str, SourceKind]
    lineage: Mapping[str, str]
    independent: frozenset[str]

    @classmethod
    def read(cls, until: int = NOW) -> SourcesOf:
        """Return what the record held of sources with a ledger entry."""
        from cenotaph.services.lineages import join_lineages, propose_lineages

        lineages = propose_lineages((), until)
        lineage: dict[str, str] = {}
        for group in join_lineages(lineages):
            first = min(group)
            lineage.update(dict.fromkeys(group, first))
        apart = {d for item in lineages if item.state == "rejected" for d in (item.first, item.second)}
        return cls(read_source_kinds(), lineage, frozenset(apart))


class _Builder:
    """Turns rows of the derived columns into evidence and stated values."""

    def __init__(
        self,
        columns: Mapping[str, Sequence[Any]],
        released: Mapping[int, date | None],
        sources: SourcesOf,
        hosts: Mapping[str, str],
        judged: Mapping[str, str],
    ) -> None:
        self._columns = columns
        self._released = released
        self._sources = sources
        self._hosts = hosts
        self._judged = judged
        self._axes = [
            (axis, columns[axis], columns[f"{axis}_stated"])
            for axis in _AXES
            if any(v is not None for v in columns[axis]) or any(v is not None for v in columns[f"{axis}_stated"])
        ]

    def add(self, record: PersonRecord, at: int, name: str | None, other: Mapping[str, Any]) -> None:
        """Add the report in one row to its person."""
        columns, sources = self._columns, self._sources
        report, list_id, document = columns["id"][at].hex(), columns["list"][at], columns["document"][at]
        reading = columns["reading"][at]
        published = self._released.get(reading) if reading is not None else columns["published_from"][at]
        known_on = published or columns["known_at"][at].date()
        kind = sources.kinds.get(list_id or document or "", SourceKind.OTHER)
        lineage = f"list {list_id}" if list_id else sources.lineage.get(document, document)
        basis = Basis(columns["evidence"][at])
        fate = Fate(self._judged.get(report) or columns["fate"][at] or UNKNOWN)  # A reviewer's word on what a report says.
        values = dict(self._values(at, name))
        dates = other.get("dates", {})
        events = [_EVENTS[key] for key in dates if key in _EVENTS]
        if fate is Fate.ALIVE:
            events.append(Event.SIGN_OF_LIFE)
        known = frozenset((*(field for field, _, _ in values.values()), *dates))
        independent = document in sources.independent if document else False
        record.evidence.append(
            Evidence(
                report, lineage, kind, fate, known_on, tuple(events), basis, independent, known, kind is SourceKind.LEAKED
            )
        )
        for field_name, value, width in values.values():
            record.stated.append(Stated(field_name, value, report, lineage, kind, basis, known_on, width))
        for item in other.get("names", ()):
            if item["kind"] != "placeholder":
                record.names.add((item["text"], item.get("script") or "Zyyy", item.get("language") or "und"))
        if host := self._hosts.get(report):
            record.hosts[report] = host
        death = (columns["death_from"][at], columns["death_before"][at])
        if death != (None, None):
            record.deaths[report] = death

    def _values(self, at: int, name: str | None) -> Iterator[tuple[str, tuple[str, str, int]]]:
        """Yield each value that a report gives: field, the value as text, and how many days a date leaves open."""
        columns = self._columns
        if name:
            yield "name", ("name", name, 0)
        for axis, codes, words in self._axes:
            if codes[at] is not None and codes[at] != UNKNOWN:
                yield axis, (axis, codes[at], 0)
            elif words[at] is not None:
                yield axis, (axis, f"{STATED}{words[at]}", 0)
        low, high = columns["age_low"][at], columns["age_high"][at]
        if low is not None:
            yield "age", ("age", str(low) if low == high else f"{low}-{high if high is not None else ''}", 0)
        for which in ("birth", "death"):
            start, end = columns[f"{which}_from"][at], columns[f"{which}_before"][at]
            if start is not None or end is not None:
                width = ((end or _FAR_OFF) - (start or _LONG_AGO)).days - 1
                yield which, (which, write_interval(start, end) or "", width)


def _read_others(rows: Sequence[int]) -> dict[int, tuple[str | None, dict[str, Any]]]:
    wanted = set(rows)
    return {row: (name, json.loads(other) if other else {}) for row, name, other in stream_names() if row in wanted}


def _read_hosts() -> dict[str, str]:
    """Return the first host that each report cites."""
    hosts: dict[str, str] = dict(bulk.fetch_rows("SELECT id, host FROM source WHERE host IS NOT NULL"))
    found: dict[str, str] = {}
    for chunk in bulk.stream_rows('SELECT id, cites FROM report WHERE cites IS NOT NULL ORDER BY "row"'):
        for report, cites in chunk:
            named = sorted(hosts[source] for source in json.loads(cites) if source in hosts)
            if named:
                found[report] = named[0]
    return found
