"""Counting over a casebook: tables, members, what stands beside them, and comparison with what others published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cenotaph.casebook import bulk
from cenotaph.casebook.derived import Progress, hold_derived
from cenotaph.casebook.history import read_readings, read_unread
from cenotaph.casebook.store import Casebook
from cenotaph.count.backlog import Backlog
from cenotaph.count.comparison import Comparison, compare_published
from cenotaph.count.fragility import Fragility, measure_fragility
from cenotaph.count.members import group_members, list_members
from cenotaph.count.membership import chain_readings
from cenotaph.count.published import Definition, PublishedFigure, read_definitions, read_published
from cenotaph.count.query import Columns, count_standing
from cenotaph.count.selection import DOCUMENTS, RollUps, Selection, parse_cell
from cenotaph.count.table import CountTable, Member
from cenotaph.count.tabulation import count_table
from cenotaph.domain.errors import NotFoundError
from cenotaph.domain.lists import ListReading
from cenotaph.services.backlog import read_backlog

NO_TOTAL = (
    "There is no total across lists: the same person may stand in several, and they have not been linked. "
    "Releases of one list are one list."
)


def _silent(stage: str, done: int) -> None:
    del stage, done


@dataclass(frozen=True, slots=True)
class Count:
    """Tables, one for each list, and what a reader must see beside them."""

    head: str
    tables: tuple[CountTable, ...]
    titles: dict[str, str]
    backlog: Backlog
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """The record's derived columns, held while something is read from them."""

    head: str
    columns: Columns
    readings: list[ListReading]
    titles: dict[str, str]

    def check_list(self, name: str) -> None:
        """Refuse a list that the casebook does not have."""
        if name not in self.titles:
            raise NotFoundError(f"There is no list '{name}' in this casebook.", f"There are: {', '.join(self.titles) or 'none'}.")


@contextmanager
def open_columns(casebook: Casebook, progress: Progress, *, hosts: bool = False) -> Iterator[Ready]:
    """Hold the derived columns of the record as it stands, with its readings and the titles of its lists."""
    settings = casebook.settings
    with hold_derived(casebook, hosts=hosts, progress=progress) as derived:
        columns = Columns(
            derived.reports,
            derived.changes,
            derived.examined,
            derived.hosts,
            settings.number("work.memory_mib"),
            settings.number("work.threads"),
        )
        titles = {i: title or i for i, title in bulk.fetch_rows('SELECT id, title FROM casualty_list ORDER BY "row"')}
        yield Ready(derived.head.hash, columns, read_readings(), titles)


def load_rollups(names: Sequence[str]) -> RollUps:
    """Return the named roll-ups as one.

    Raises
    ------
    NotFoundError, MappingError
        There is no such roll-up, or it is wrong, or two contradict each other.
    """
    if not names:
        return RollUps()
    from cenotaph.reference import rollups

    return RollUps(dict(rollups.combine([rollups.load(name) for name in names]).parents))


def count(casebook: Casebook, selection: Selection, lists: Sequence[str] = (), *, progress: Progress = _silent) -> Count:
    """Count every list, or those named, and the reports that people entered from documents.

    Parameters
    ----------
    selection
        What is counted; its ``list_id`` is replaced by each list's.
    lists
        Lists to count; none means all of them, and the documents' reports where there are any.
    progress
        Called with a stage's name and the rows done in it, where something takes long.
    """
    _check_places(selection)
    rollups = load_rollups(selection.rollups)
    with open_columns(casebook, progress, hosts=_needs_hosts(selection)) as ready:
        for name in lists:
            if name != DOCUMENTS:
                ready.check_list(name)
        backlog = read_backlog(ready.columns, selection.as_of, selection.known_at)
        wanted = tuple(dict.fromkeys(lists)) or (*ready.titles, *((DOCUMENTS,) if backlog.by_hand else ()))
        tables = tuple(
            _add_unread(ready, count_table(ready.columns, ready.readings, replace(selection, list_id=name), rollups))
            for name in wanted
        )
    notes = [note for table in tables for note in table.notes]
    if len(tables) > 1:
        notes.append(NO_TOTAL)
    titles = {**ready.titles, DOCUMENTS: "Reports entered from documents, not linked to people"}
    return Count(ready.head, tables, titles, backlog, tuple(notes))


def count_standing_rows(casebook: Casebook, *, progress: Progress = _silent) -> dict[int, int]:
    """Return how many rows of its list stood after each reading, by the reading's number."""
    with open_columns(casebook, progress) as ready:
        base = {reading.number: reading.base for reading in ready.readings}
        found: dict[int, int] = {}
        for number in base:
            chain: list[int] = []
            step: int | None = number
            while step is not None:
                chain.insert(0, step)
                step = base[step]
            found[number] = count_standing(ready.columns, chain)
        return found


def _add_unread(ready: Ready, table: CountTable) -> CountTable:
    """Say beside a table how many rows of the releases in force are in no number, since they could not be read."""
    s = table.selection
    chain = chain_readings(ready.readings, s.list_id, s.as_of, s.known_at)
    in_force = chain.readings[len(chain.readings) - len(chain.releases) :]
    rows = sum(found.rows for found in read_unread([reading.number for reading in in_force]).values())
    return replace(table, aside=replace(table.aside, unread=rows)) if rows else table


def _needs_hosts(selection: Selection) -> bool:
    return "host" in (*selection.by, *(axis for axis, _ in selection.where))


def _check_places(selection: Selection) -> None:
    """Refuse a place that is none, where counting nothing would hide the slip."""
    from cenotaph.count.selection import STATED
    from cenotaph.domain.axes import UNKNOWN, is_place
    from cenotaph.reference import places

    for axis, key in selection.where:
        if is_place(axis) and key != UNKNOWN and not key.startswith(STATED):
            places.get(key)


def open_cell(casebook: Casebook, cell: str, *, progress: Progress = _silent) -> list[Member]:
    """Return the reports that a cell counts."""
    selection = parse_cell(cell)
    _check_places(selection)
    rollups = load_rollups(selection.rollups)
    with open_columns(casebook, progress, hosts=_needs_hosts(selection)) as ready:
        if selection.list_id != DOCUMENTS:
            ready.check_list(selection.list_id)
        return list_members(ready.columns, ready.readings, selection, rollups)


def open_table(casebook: Casebook, selection: Selection, *, progress: Progress = _silent) -> dict[tuple[str, ...], list[Member]]:
    """Return the reports behind every inner cell of one list's table, by its keys."""
    with open_columns(casebook, progress, hosts=_needs_hosts(selection)) as ready:
        return group_members(ready.columns, ready.readings, selection, load_rollups(selection.rollups))


def compare(
    casebook: Casebook, list_id: str, published: Path, definitions: Path | None = None, *, progress: Progress = _silent
) -> tuple[Comparison, ...]:
    """Set published figures beside a list's own, with what the record explains of the difference.

    Parameters
    ----------
    published
        CSV with the columns published, as_of, population, subgroup, count, bound, outcome, claimant.
    definitions
        TOML that says which cells the populations are, where their words alone do not.
    """
    return compare_figures(casebook, list_id, read_published(published), read_definitions(definitions), progress=progress)


def compare_figures(
    casebook: Casebook,
    list_id: str,
    figures: Sequence[PublishedFigure],
    defined: Mapping[str, Definition],
    *,
    progress: Progress = _silent,
) -> tuple[Comparison, ...]:
    """Set figures beside a list's own, each with what the record explains of the difference.

    Parameters
    ----------
    defined
        Which reports the words of populations and subgroups stand for.
    """
    from cenotaph.reference import rollups

    named = {name: RollUps(dict(rollups.load(name).parents)) for name in rollups.names()}
    with open_columns(casebook, progress) as ready:
        ready.check_list(list_id)
        return tuple(compare_published(ready.columns, ready.readings, list_id, figures, defined, named))


def fragility(casebook: Casebook, list_id: str, *, progress: Progress = _silent) -> Fragility:
    """Return how much of a list rests on little."""
    with open_columns(casebook, progress, hosts=True) as ready:
        ready.check_list(list_id)
        return measure_fragility(ready.columns, ready.readings, list_id)


__all__ = [
    "NO_TOTAL",
    "Count",
    "Selection",
    "compare",
    "count",
    "count_standing_rows",
    "fragility",
    "load_rollups",
    "open_cell",
    "open_table",
]
