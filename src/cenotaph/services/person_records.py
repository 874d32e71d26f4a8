"""What the record holds of one person, made from the rows of the reports that are theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from cenotaph.assess.values import Stated
from cenotaph.count.selection import STATED
from cenotaph.domain.axes import AXES, UNKNOWN
from cenotaph.domain.evidence import Basis, Event, Evidence
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate
from cenotaph.services.standing_reports import write_interval

if TYPE_CHECKING:
    import pyarrow as pa

_AXES = tuple(axis.name for axis in AXES)
_DATES = ("birth_from", "birth_before", "death_from", "death_before")
COLUMNS = (
    *("id", "list", "reading", "row_key", "document", "evidence", "known_at", "published_from"),
    *_DATES,
    *("age_low", "age_high"),
    *(name for axis in _AXES for name in (axis, f"{axis}_stated")),
)
"""Columns of the derived files that a person is made from."""
_EVENTS = {
    "burial": Event.BURIAL,
    "found": Event.FOUND,
    "returned": Event.RETURNED,
    "identified": Event.IDENTIFIED,
    "court_effect": Event.COURT,
}
_FATES = {fate.value: fate for fate in Fate}
_BASES = {basis.value: basis for basis in Basis}
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
        The day from which each reading of a list was published, by its number.
    hosts
        The first host that a report cites, by report.
    judged
        Reviewers' words on the fate that a report tells, by report.
    """

    kinds: Mapping[str, SourceKind]
    lineage: Mapping[str, str]
    independent: frozenset[str]
    released: Mapping[int, date | None]
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
        :data:`COLUMNS` of the reports that stand.
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
        cells = _Cells.read(self._table.take(places))
        found: dict[str, PersonRecord] = {}
        at = 0
        for person, rows in owners.items():
            record = found[person] = PersonRecord(person, resolution=resolutions[person])
            for place in rows:
                name, other = words.get(place, (None, None))
                self._add(record, cells, at, name, json.loads(other) if other else {})
                at += 1
        return found

    def _add(self, record: PersonRecord, cells: _Cells, at: int, name: str | None, other: Mapping[str, Any]) -> None:
        """Add the report in one row to its person."""
        beside = self._beside
        report, source = cells.id[at].hex(), (cells.list[at], cells.document[at])
        speaker = self._speakers.get(source)
        if speaker is None:
            speaker = self._speakers[source] = beside.speaker(*source)
        kind, lineage, independent = speaker
        reading = cells.reading[at]
        published = beside.released.get(reading) if reading is not None else cells.published_from[at]
        known_on = published or cells.known_at[at]
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
                report, lineage, kind, fate, known_on, tuple(events), basis, independent, known, kind is SourceKind.LEAKED
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


@dataclass(frozen=True, slots=True)
class _Cells:
    """Columns of some rows as Python's values, those that the rows share with others once."""

    id: Sequence[bytes]
    list: Sequence[str | None]
    document: Sequence[str | None]
    reading: Sequence[int | None]
    evidence: Sequence[str]
    known_at: Sequence[date]
    published_from: Sequence[date | None]
    fate: Sequence[str | None]
    death_from: Sequence[date | None]
    death_before: Sequence[date | None]
    ages: Sequence[str | None]
    births: Sequence[tuple[str, int] | None]
    deaths: Sequence[tuple[str, int] | None]
    axes: Sequence[tuple[str, Sequence[str | None]]]

    @classmethod
    def read(cls, table: pa.Table) -> _Cells:
        """Return the cells of a table, which has no column without a value."""
        import pyarrow as pa

        there = set(table.column_names)

        def cells(name: str, form: pa.DataType | None = None) -> list[Any]:
            if name not in there:
                return [None] * len(table)
            column = table[name].combine_chunks()
            return _share(column if form is None else column.cast(form))

        dates = {name: cells(name) for name in _DATES}
        ages = [_write_age(*pair) for pair in zip(cells("age_low"), cells("age_high"), strict=True)]
        births = [_write_span(*pair) for pair in zip(dates["birth_from"], dates["birth_before"], strict=True)]
        deaths = [_write_span(*pair) for pair in zip(dates["death_from"], dates["death_before"], strict=True)]
        axes = [
            (axis, [_place(*pair) for pair in zip(cells(axis), cells(f"{axis}_stated"), strict=True)])
            for axis in _AXES
            if axis in there or f"{axis}_stated" in there
        ]
        return cls(
            id=table["id"].to_pylist(),
            list=cells("list"),
            document=cells("document"),
            reading=cells("reading"),
            evidence=cells("evidence"),
            known_at=cells("known_at", pa.date32()),
            published_from=cells("published_from"),
            fate=cells("fate"),
            death_from=dates["death_from"],
            death_before=dates["death_before"],
            ages=ages,
            births=births,
            deaths=deaths,
            axes=axes,
        )

    def values(self, at: int, name: str | None) -> Iterator[tuple[str, str, int]]:
        """Yield each value that a report gives: field, the value as text, and how many days a date leaves open."""
        if name:
            yield "name", name, 0
        for axis, words in self.axes:
            value = words[at]
            if value is not None:
                yield axis, value, 0
        age = self.ages[at]
        if age is not None:
            yield "age", age, 0
        for field_name, spans in (("birth", self.births), ("death", self.deaths)):
            span = spans[at]
            if span is not None:
                yield field_name, *span


def _share(column: pa.Array) -> list[Any]:
    """Return a column's values, equal ones as one object."""
    coded = column.dictionary_encode()
    values = coded.dictionary.to_pylist()
    values.append(None)
    return [values[at] for at in coded.indices.fill_null(len(values) - 1).to_pylist()]


def _place(code: str | None, words: str | None) -> str | None:
    """Return the key that a report gives on an axis: its code, else its words."""
    if code is not None and code != UNKNOWN:
        return code
    return f"{STATED}{words}" if words is not None else None


def _write_age(low: int | None, high: int | None) -> str | None:
    if low is None:
        return None
    return str(low) if low == high else f"{low}-{high if high is not None else ''}"


def _write_span(start: date | None, end: date | None) -> tuple[str, int] | None:
    """Return an interval of days in words, and how many days it leaves open."""
    if start is None and end is None:
        return None
    return write_interval(start, end) or "", ((end or _FAR_OFF) - (start or _LONG_AGO)).days - 1
