"""What the record holds of one person, made from the rows of the reports that are theirs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from cenotaph.assess.values import Stated
from cenotaph.domain.axes import UNKNOWN
from cenotaph.domain.evidence import Basis, Event, Evidence
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate
from cenotaph.services.report_cells import COLUMNS, Cells

if TYPE_CHECKING:
    import pyarrow as pa

_EVENTS = {
    "burial": Event.BURIAL,
    "found": Event.FOUND,
    "returned": Event.RETURNED,
    "identified": Event.IDENTIFIED,
    "court_effect": Event.COURT,
}
_FATES = {fate.value: fate for fate in Fate}
_BASES = {basis.value: basis for basis in Basis}


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
    too_early
        Reports that are dated before the death they tell, so that one of the two dates is wrong.
    """

    person: str
    evidence: list[Evidence] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    deaths: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    names: set[tuple[str, str, str]] = field(default_factory=set)
    hosts: dict[str, str] = field(default_factory=dict)
    resolution: str = "resolved"
    too_early: list[str] = field(default_factory=list)

    def keys(self, counting: frozenset[str]) -> dict[str, frozenset[str]]:
        """Return the keys on each axis that the counting reports give."""
        found: dict[str, set[str]] = {}
        for item in self.stated:
            if item.report in counting:
                found.setdefault(item.field, set()).add(item.value)
        return {axis: frozenset(values) for axis, values in found.items()}


class FateWord(NamedTuple):
    """A reviewer's word on somebody's fate, and the day from which it has been said."""

    fate: Fate
    day: date


class Speaker(NamedTuple):
    """Who speaks in a report, what its document goes back to, and whether a reviewer found that to be an origin of its own."""

    kind: SourceKind
    lineage: str
    independent: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the rows of reports, and can change without them.

    Parameters
    ----------
    kinds, lineage, independent
        As :class:`~cenotaph.services.evidence.SourcesOf` has them.
    released
        The half-open interval of days in which each reading of a list was published, by its number.
    first_released
        The same of the first release since which a list's row has told the same fate, by the report that speaks for it now.
    hosts
        The first host that a report cites, by report.
    judged
        Reviewers' words on the fate that a report tells, by report.
    """

    kinds: Mapping[str, SourceKind]
    lineage: Mapping[str, str]
    independent: frozenset[str]
    released: Mapping[int, tuple[date | None, date | None]]
    first_released: Mapping[str, tuple[date | None, date | None]]
    hosts: Mapping[str, str]
    judged: Mapping[str, str]

    def speaker(self, list_id: str | None, document: str | None) -> Speaker:
        """Return who speaks in the reports of a list, or else of a document."""
        kind = self.kinds.get(list_id or document or "", SourceKind.OTHER)
        if list_id:
            return Speaker(kind, f"list {list_id}", document in self.independent)
        return Speaker(kind, self.lineage.get(document or "", document or ""), document in self.independent)


class RecordMaker:
    """Makes people from rows of the derived columns.

    Parameters
    ----------
    table
        :data:`~cenotaph.services.report_cells.COLUMNS` of the reports that stand.
    """

    def __init__(self, table: pa.Table, beside: Beside) -> None:
        self._table = table.select([name for name in COLUMNS if table[name].null_count < len(table)])
        self._beside = beside
        self._speakers: dict[tuple[str | None, str | None], Speaker] = {}
        self._known: dict[tuple[str, ...], frozenset[str]] = {}

    def make(
        self,
        owners: Mapping[str, Sequence[int]],
        resolutions: Mapping[str, str],
        words: Mapping[int, tuple[str | None, str | None]],
    ) -> dict[str, PersonRecord]:
        """Return people, each from the rows at some places of the table.

        Parameters
        ----------
        owners
            Places of each person's rows, in ascending order.
        words
            Of each place, the report's name and its further values as canonical JSON.
        """
        places = [place for rows in owners.values() for place in rows]
        cells = Cells.read(self._table.take(places))
        found: dict[str, PersonRecord] = {}
        at = 0
        for person, rows in owners.items():
            record = found[person] = PersonRecord(person, resolution=resolutions[person])
            for place in rows:
                name, other = words.get(place, (None, None))
                self._add(record, cells, at, name, json.loads(other) if other else {})
                at += 1
        return found

    def _add(self, record: PersonRecord, cells: Cells, at: int, name: str | None, other: Mapping[str, Any]) -> None:
        """Add the report in one row to its person."""
        beside = self._beside
        report, source = cells.id[at].hex(), (cells.list[at], cells.document[at])
        speaker = self._speakers.get(source)
        if speaker is None:
            speaker = self._speakers[source] = beside.speaker(*source)
        kind, lineage, independent = speaker
        reading = cells.reading[at]
        told, taken_in = cells.death_from[at], cells.known_at[at]
        published = (cells.published_from[at], cells.published_before[at])
        if reading is not None:
            published = beside.released.get(reading, (None, None))
            first = beside.first_released.get(report)
            if first is not None and (told is None or first[1] is None or first[1] > told):  # A death corrected to a later day.
                published = first
        known_from, known_on = _read_known(published, taken_in)
        if told is not None and known_on < told:  # One of the dates is wrong; it was certainly out when it was taken in.
            record.too_early.append(report)
            known_from, known_on = None, max(taken_in, told)
        basis = _BASES[cells.evidence[at]]
        fate = _FATES[beside.judged.get(report) or cells.fate[at] or UNKNOWN]  # A reviewer's word on what a report says.
        values = list(cells.values(at, name))
        dates = other.get("dates", ())
        events = [_EVENTS[key] for key in dates if key in _EVENTS]
        if fate is Fate.ALIVE:
            events.append(Event.SIGN_OF_LIFE)
        fields = (*(field for field, _, _ in values), *dates)
        known = self._known.get(fields)
        if known is None:
            known = self._known[fields] = frozenset(fields)
        record.evidence.append(
            Evidence(
                report,
                lineage,
                kind,
                fate,
                known_on,
                tuple(events),
                basis,
                independent,
                known,
                kind is SourceKind.LEAKED,
                known_from,
            )
        )
        stated = record.stated
        for field_name, value, width in values:
            stated.append(Stated(field_name, value, report, lineage, kind, basis, known_on, width))
        for item in other.get("names", ()):
            if item["kind"] != "placeholder":
                record.names.add((item["text"], item.get("script") or "Zyyy", item.get("language") or "und"))
        if host := beside.hosts.get(report):
            record.hosts[report] = host
        death = (cells.death_from[at], cells.death_before[at])
        if death != (None, None):
            record.deaths[report] = death


def _read_known(published: tuple[date | None, date | None], taken_in: date) -> tuple[date | None, date]:
    """Return the first day on which something may have been out, where it is another, and the day by which it certainly was.

    What nobody dates was out when the casebook took it in.
    """
    start, end = published
    if end is None:
        return start if start is not None and start < taken_in else None, taken_in
    last = end - timedelta(1)
    return (start if start != last else None), last
