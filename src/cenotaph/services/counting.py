"""Counting over a casebook: tables, members, what stands beside them, and comparison with what others published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cenotaph.casebook import bulk
from cenotaph.casebook.derived import ensure_derived, read_readings
from cenotaph.casebook.store import Casebook
from cenotaph.count.fragility import Fragility, measure_fragility
from cenotaph.count.published import Comparison, compare_published, read_definitions, read_published
from cenotaph.count.query import Columns
from cenotaph.count.selection import DOCUMENTS, RollUps, Selection, parse_cell
from cenotaph.count.table import CountTable, Member, count_table, list_members
from cenotaph.domain.errors import NotFoundError
from cenotaph.domain.lists import ListReading

NO_TOTAL = (
    "There is no total across lists: the same person may stand in several, and they have not been linked. "
    "Releases of one list are one list."
)


@dataclass(frozen=True, slots=True)
class BacklogLine:
    """Captures of one source and month that nobody has read yet."""

    source: str
    month: str
    captures: int


@dataclass(frozen=True, slots=True)
class Count:
    """Tables, one for each list, and what a reader must see beside them."""

    head: str
    tables: tuple[CountTable, ...]
    titles: dict[str, str]
    backlog: tuple[BacklogLine, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    columns: Columns
    readings: list[ListReading]
    titles: dict[str, str]


def _get_ready(casebook: Casebook) -> _Ready:
    folder = ensure_derived(casebook)
    settings = casebook.settings
    columns = Columns(
        folder / "reports.parquet",
        folder / "changes.parquet",
        settings.number("work.memory_mib"),
        settings.number("work.threads"),
    )
    titles = {i: title or i for i, title in bulk.fetch_rows('SELECT id, title FROM casualty_list ORDER BY "row"')}
    return _Ready(columns, read_readings(), titles)


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


def count(casebook: Casebook, selection: Selection, lists: Sequence[str] = ()) -> Count:
    """Count every list, or those named, and the reports that people entered from documents.

    Parameters
    ----------
    selection
        What is counted; its ``list_id`` is replaced by each list's.
    lists
        Lists to count; none means all of them, and the documents' reports where there are any.
    """
    from dataclasses import replace

    ready = _get_ready(casebook)
    for name in lists:
        if name not in ready.titles and name != DOCUMENTS:
            known = ", ".join([*ready.titles, DOCUMENTS])
            raise NotFoundError(f"There is no list '{name}' in this casebook.", f"There are: {known}.")
    by_hand = bulk.fetch_one("SELECT 1 FROM report WHERE reading IS NULL LIMIT 1")
    wanted = tuple(lists) or (*ready.titles, *((DOCUMENTS,) if by_hand else ()))
    rollups = load_rollups(selection.rollups)
    tables = tuple(
        count_table(ready.columns, ready.readings, replace(selection, list_id=name), rollups) for name in wanted
    )
    notes = [note for table in tables for note in table.notes]
    if len(tables) > 1:
        notes.append(NO_TOTAL)
    titles = {**ready.titles, DOCUMENTS: "Reports entered from documents, not linked to people"}
    return Count(casebook.settled_head().hash, tables, titles, read_backlog(), tuple(notes))


def open_cell(casebook: Casebook, cell: str) -> list[Member]:
    """Return the reports that a cell counts."""
    selection = parse_cell(cell)
    ready = _get_ready(casebook)
    if selection.list_id not in ready.titles and selection.list_id != DOCUMENTS:
        raise NotFoundError(f"There is no list '{selection.list_id}' in this casebook.", "Use an id that `count table --ids` prints.")
    return list_members(ready.columns, ready.readings, selection, load_rollups(selection.rollups))


def compare(casebook: Casebook, list_id: str, published: Path, definitions: Path | None = None) -> tuple[Comparison, ...]:
    """Set published figures beside a list's own, with what the record explains of the difference.

    Parameters
    ----------
    published
        CSV with the columns published, as_of, population, subgroup, count, bound, outcome, claimant.
    definitions
        TOML that says which cells the populations are, where their words alone do not.
    """
    from cenotaph.reference import rollups

    ready = _get_ready(casebook)
    if list_id not in ready.titles:
        raise NotFoundError(f"There is no list '{list_id}' in this casebook.", f"There are: {', '.join(ready.titles)}.")
    named = {name: RollUps(dict(rollups.load(name).parents)) for name in rollups.names()}
    return tuple(
        compare_published(ready.columns, ready.readings, list_id, read_published(published), read_definitions(definitions), named)
    )


def fragility(casebook: Casebook, list_id: str) -> Fragility:
    """Return how much of a list rests on little."""
    ready = _get_ready(casebook)
    if list_id not in ready.titles:
        raise NotFoundError(f"There is no list '{list_id}' in this casebook.", f"There are: {', '.join(ready.titles)}.")
    return measure_fragility(ready.columns, ready.readings, list_id)


def read_backlog() -> tuple[BacklogLine, ...]:
    """Return captures that no report rests on and no judgement calls empty, by source and month of capture."""
    rows = bulk.fetch_rows(
        "SELECT COALESCE(s.name, 'no source stated'), substr(MIN(g.seen_at), 1, 7), c.id FROM capture c "
        "JOIN sighting g ON g.capture = c.id LEFT JOIN source s ON s.id = g.source WHERE c.size IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM document d JOIN reading r ON r.document = d.id WHERE d.capture = c.id) "
        "AND NOT EXISTS (SELECT 1 FROM document d JOIN report p ON p.document = d.id WHERE d.capture = c.id) "
        "AND NOT EXISTS (SELECT 1 FROM judgement j WHERE j.question = 'nothing_to_report' AND j.answer = 'yes' "
        "AND (j.target = c.id OR j.target IN (SELECT id FROM document WHERE capture = c.id)) "
        "AND NOT EXISTS (SELECT 1 FROM judgement later WHERE later.replaces = j.id)) "
        "GROUP BY c.id, s.name ORDER BY 1, 2"
    )
    found: dict[tuple[str, str], int] = {}
    for source, month, _ in rows:
        found[source, month] = found.get((source, month), 0) + 1
    return tuple(BacklogLine(source, month, number) for (source, month), number in found.items())
