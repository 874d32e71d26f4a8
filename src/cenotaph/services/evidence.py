"""The record's reports as evidence: who speaks in each, what origin it goes back to, and whose it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

from cenotaph.capture.readers.html_comments import NAME as COMMENT
from cenotaph.casebook import bulk
from cenotaph.casebook.history import NOW, Moment, parse_instant, read_instants, read_readings
from cenotaph.casebook.store import Casebook
from cenotaph.count.first_released import find_first_released
from cenotaph.count.standing import read_standing
from cenotaph.domain.evidence import Evidence
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate
from cenotaph.services.counting import open_columns
from cenotaph.services.people_state import PeopleState, read_people
from cenotaph.services.person_records import Beside, FateWord, PersonRecord, RecordMaker
from cenotaph.services.remains import read_remains, remains_evidence
from cenotaph.services.report_cells import COLUMNS
from cenotaph.services.standing_reports import read_words

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[str, int], None]


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
    as_of
        The day as of which all this is: what was out by then, and what was judged by then; None for all of it.
    """

    head: str
    people: dict[str, PersonRecord]
    unlinked: int
    state: PeopleState
    fates: Mapping[str, FateWord]
    scopes: Mapping[str, str]
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What the record holds, before anybody is made of it.

    Parameters
    ----------
    head, unlinked, state, fates, scopes
        As :class:`Records` has them.
    table
        The reports that stand, in :data:`~cenotaph.services.report_cells.COLUMNS` and ``report``, the row's number.
    beside
        What stands beside the rows.
    owners
        Places in the table of each person's rows, by person in the order in which they came.
    resolutions
        ``resolved`` or ``unresolved``, by person.
    remains
        What remains say of each person.
    """

    head: str
    unlinked: int
    state: PeopleState
    fates: Mapping[str, FateWord]
    scopes: Mapping[str, str]
    table: pa.Table
    beside: Beside
    owners: Mapping[str, Sequence[int]]
    resolutions: Mapping[str, str]
    remains: Mapping[str, Sequence[Evidence]]

    def make(self, people: Iterable[str], progress: Progress = lambda *_: None) -> Iterator[PersonRecord]:
        """Yield people with their evidence, as they are named, those without a report first; never all at once."""
        asked = []
        for person in people:
            if self.owners[person]:
                asked.append(person)
            else:  # Nothing of theirs was out yet.
                yield PersonRecord(person, list(self.remains.get(person, ())), resolution=self.resolutions[person])
        if not asked:
            return
        places = [place for person in asked for place in self.owners[person]]
        numbers = self.table["report"].take(places).to_pylist()
        words = dict(zip(places, read_words(numbers), strict=True))
        maker = RecordMaker(self.table, self.beside)
        for at in range(0, len(asked), BATCH):
            owners = {person: self.owners[person] for person in asked[at : at + BATCH]}
            for person, record in maker.make(owners, self.resolutions, words).items():
                record.evidence += self.remains.get(person, ())
                yield record
            progress("people made", len(owners))


BATCH = 4_000
"""So many people are made at a time: enough for columns to be worth their while, and few beside a whole record."""


def read_records(
    casebook: Casebook, moment: Moment | None = None, *, as_of: date | None = None, progress: Progress = lambda *_: None
) -> Records:
    """Return every person with their evidence, as the record stands, or as it stood at a moment.

    What was sealed since that moment is left out all the same, and a source's kind is the one it has now.

    Parameters
    ----------
    as_of
        Only what was out, and what reviewers had said, by the end of this day (UTC), whenever the casebook took it in. Whose
        each report is, is as it stands: somebody of whom nothing was out yet is there without a report. Today and every later
        day give the record as it stands.
    """
    if as_of is not None and as_of >= casebook.clock().date():
        as_of = None
    with hold_records(casebook, moment, as_of=as_of, progress=progress) as held:
        people = {record.person: record for record in held.make(held.owners)}
        progress("reports read", len(held.table))
    return Records(held.head, people, held.unlinked, held.state, held.fates, held.scopes, as_of)


@contextmanager
def hold_records(
    casebook: Casebook,
    moment: Moment | None = None,
    *,
    as_of: date | None = None,
    progress: Progress = lambda *_: None,
) -> Iterator[Held]:
    """Hold the record, as it stands or as it stood at a moment, so that people can be made of it."""
    until = moment.entry if moment else NOW
    heard_until, judged_by = (until, None) if as_of is None else _find_words(until, as_of)
    state = read_people(until)
    with open_columns(casebook, progress=progress) as ready:
        readings = read_readings(until) if moment else ready.readings
        known = (moment.at, moment.report) if moment else None
        table = read_standing(ready.columns, readings, ready.titles, COLUMNS, known, as_of, judged_by)
        sources = SourcesOf.read(until, heard_until)
        first = find_first_released(ready.columns, readings, table)
        beside = Beside(
            sources.kinds,
            sources.lineage,
            sources.independent,
            {reading.number: (reading.released_on.start, reading.released_on.end) for reading in readings},
            {report: (reading.released_on.start, reading.released_on.end) for report, reading in first.items()},
            _read_hosts(),
            read_answers("fate", "report", heard_until),
        )
        owners: dict[str, list[int]] = {}
        resolutions: dict[str, str] = {}
        unlinked = 0
        for at, (key, report) in enumerate(zip(table["row_key"].to_pylist(), table["id"].to_pylist(), strict=True)):
            assigned = state.assigned.get((key or report).hex())
            if assigned is None:
                unlinked += 1
                continue
            rows = owners.get(assigned.person)
            if rows is None:
                owners[assigned.person], resolutions[assigned.person] = [at], assigned.resolution
            else:
                rows.append(at)
        if as_of is not None:
            for assigned in state.assigned.values():
                owners.setdefault(assigned.person, [])
                resolutions.setdefault(assigned.person, assigned.resolution)
        remains: dict[str, list[Evidence]] = {}
        for body in read_remains(until, state):
            for person, item in remains_evidence(body, sources.kinds, sources.lineage, sources.independent).items():
                if person in owners:
                    remains.setdefault(person, []).append(item)
        fates = read_fate_words(heard_until)
        scopes = read_answers("in_scope", "person", heard_until)
        heard = _follow(fates, state), _follow(scopes, state)
        yield Held(ready.head, unlinked, state, *heard, table, beside, owners, resolutions, remains)


def _find_words(until: int, as_of: date) -> tuple[int, datetime]:
    """Return the last ledger entry by the end of a day, and the day's last instant: words entered later were not known then."""
    end = datetime.combine(as_of + timedelta(1), time(), UTC)
    entries = [number for number, at in read_instants().items() if at < end]
    return min(until, max(entries, default=0)), end - timedelta(microseconds=1)


def read_fate_words(until: int = NOW) -> dict[str, FateWord]:
    """Return reviewers' last words on people's fates, up to a ledger entry, each with the day from which it has been said."""
    sql = (
        "SELECT target, answer, made_at FROM judgement WHERE question = 'fate' AND target_kind = 'person' "
        'AND answer IS NOT NULL AND entry <= %s ORDER BY "row"'
    )
    found: dict[str, FateWord] = {}
    for person, answer, made_at in bulk.fetch_rows(sql, [until]):
        if person not in found or found[person].fate is not Fate(answer):
            found[person] = FateWord(Fate(answer), parse_instant(made_at).date())
    return found


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
    def read(cls, until: int = NOW, heard_until: int | None = None) -> SourcesOf:
        """Return what the record held of sources with a ledger entry, and what reviewers had said with it or another."""
        from cenotaph.services.lineages import join_lineages, propose_lineages

        lineages = propose_lineages((), until, heard_until)
        lineage: dict[str, str] = {}
        for group in join_lineages(lineages):
            first = min(group)
            lineage.update(dict.fromkeys(group, first))
        apart = {d for item in lineages if item.state == "rejected" for d in (item.first, item.second)}
        return cls(read_source_kinds(), lineage, frozenset(apart))


def _read_hosts() -> dict[str, str]:
    """Return the first host that each report cites."""
    hosts: dict[str, str] = dict(bulk.fetch_rows("SELECT id, host FROM source WHERE host IS NOT NULL"))
    found: dict[str, str] = {}
    for chunk in bulk.stream_rows('SELECT id, cites FROM report WHERE cites IS NOT NULL ORDER BY "row"'):
        for report, cites in chunk:
            only = hosts.get(cites[2:-2])  # Of most reports one source alone is cited: ["..."], an id that needs no escapes.
            if only is not None and cites == f'["{cites[2:-2]}"]':
                found[report] = only
                continue
            named = sorted(hosts[source] for source in json.loads(cites) if source in hosts)
            if named:
                found[report] = named[0]
    return found
