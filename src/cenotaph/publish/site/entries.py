"""The people of a release as the site shows them: one entry each, read in one pass over tables that are sorted by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cenotaph.publish.site.release_folder import ReleaseFolder, check_id


class Standing(NamedTuple):
    """How somebody stood in a release, from which label on."""

    label: str
    fate: str
    grade: str
    legal: str
    review: str


class Entry(NamedTuple):
    """Everything that a person's page is made of; equal entries give equal pages.

    Parameters
    ----------
    id
        The person's id.
    fate, grade, legal, review, since, lineages, examined, derivation
        Standing, as ``persons`` has it.
    values
        What is shown of each field of the release, in its order; empty where nothing is.
    names
        Text, script, language.
    reports
        Kind, month, origin, host, why it was set aside.
    judgements
        Question, answer, day (or month).
    figures
        Ids of the figures that count them.
    history
        Standings, a new one where it changed from one release to the next.
    """

    id: str
    fate: str
    grade: str
    legal: str
    review: str
    since: str
    lineages: str
    examined: str
    derivation: str
    values: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    reports: tuple[tuple[str, ...], ...]
    judgements: tuple[tuple[str, ...], ...]
    figures: tuple[str, ...]
    history: tuple[Standing, ...]


def read_members(release: ReleaseFolder) -> dict[str, list[str]]:
    """Return everybody in each figure, in order of ids."""
    found: dict[str, list[str]] = {}
    rows = release.cells("members")
    next(rows, None)
    for figure, person in rows:
        found.setdefault(figure, []).append(person)
    return found


def turn_members(members: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the figures of everybody, sorted; people in the same ones share one tuple."""
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    found: dict[str, tuple[str, ...]] = {}
    for figure, people in sorted(members.items()):
        for person in people:
            grown = (*found.get(person, ()), figure)
            found[person] = shared.setdefault(grown, grown)
    return found


@dataclass(frozen=True, slots=True)
class Stands:
    """How people stood in one release: whoever it shows by id, and the grades of the rows of those whom it withholds."""

    shown: Mapping[str, Standing]
    withheld: Mapping[str, str]


def read_stands(release: ReleaseFolder) -> Stands:
    """Read how everybody stood in a release."""
    shared: dict[Standing, Standing] = {}
    shown: dict[str, Standing] = {}
    withheld: dict[str, str] = {}
    rows = release.cells("persons")
    next(rows, None)
    for person, hidden, *others in rows:
        if hidden:
            withheld[person] = others[1]
            continue
        now = Standing(release.label, *others[:4])
        shown[check_id(person, release.folder)] = shared.setdefault(now, now)
    return Stands(shown, withheld)


def count_grades(stands: Stands, members: Iterable[str]) -> Counter[str]:
    """Return how many members have each grade, withheld ones too: a release shows everybody's grade."""
    shown, withheld = stands.shown, stands.withheld
    return Counter(shown[one].grade if one in shown else withheld[one] for one in members if one in shown or one in withheld)


def make_histories(stands: Iterable[Stands]) -> dict[str, tuple[Standing, ...]]:
    """Return how everybody stood in the releases that showed them, the first one first."""
    shared: dict[tuple[Standing, ...], tuple[Standing, ...]] = {}
    found: dict[str, tuple[Standing, ...]] = {}
    for release in stands:
        for person, now in release.shown.items():
            before = found.get(person, ())
            if not before or before[-1][1:] != now[1:]:
                grown = (*before, now)
                found[person] = shared.setdefault(grown, grown)
    return found


_TABLES = ("names", "reports", "judgements")


def read_entries(
    release: ReleaseFolder,
    members: Mapping[str, tuple[str, ...]],
    histories: Mapping[str, tuple[Standing, ...]],
    tables: Container[str] = _TABLES,
) -> Iterator[Entry]:
    """Yield everybody who is shown, in order of ids.

    Parameters
    ----------
    tables
        Which of the tables beside ``persons`` are read.
    """
    names, reports, judgements = (_Beside(release.beside(table) if table in tables else ()) for table in _TABLES)
    rows = release.cells("persons")
    next(rows, None)
    for row in rows:
        person = row[0]
        if row[1]:
            continue
        check_id(person, release.folder)
        fate, grade, legal, review, since, lineages, examined, derivation = row[2:10]
        yield Entry(
            person,
            fate,
            grade,
            legal,
            review,
            since,
            lineages,
            examined,
            derivation,
            tuple(row[10:]),
            names.take(person),
            reports.take(person),
            tuple((row[0], row[1], row[-1]) for row in judgements.take(person)),
            members.get(person, ()),
            histories.get(person, ()),
        )


class _Beside:
    """A table sorted by id that is read in step with the people."""

    def __init__(self, groups: Iterable[tuple[str, list[list[str]]]]) -> None:
        self._groups = iter(groups)
        self._next = next(self._groups, None)

    def take(self, person: str) -> tuple[tuple[str, ...], ...]:
        """Return a person's rows; people must be asked for in order of ids."""
        while self._next is not None and self._next[0] < person:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != person:
            return ()
        rows = tuple(tuple(row) for row in self._next[1])
        self._next = next(self._groups, None)
        return rows


def display_name(entry: Entry, fields: Sequence[str]) -> str:
    """Return the name that heads an entry: the one that stands, else the first; empty where none is shown."""
    shown = entry.values[fields.index("name")] if "name" in fields else ""
    return shown or (entry.names[0][0] if entry.names else "")


def value_of(entry: Entry, fields: Sequence[str], field: str) -> str:
    """Return what is shown of a field, or nothing."""
    return entry.values[fields.index(field)] if field in fields else ""
