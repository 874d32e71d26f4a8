"""Tables of counts: one pass over the columns gives groups, and cells, margins and coverage are made from those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from cenotaph.count.membership import Chain, chain_readings
from cenotaph.count.query import COUNTED_SQL, DIED_SQL, Columns, category_sql, died_parameters, standing_sql, where_sql
from cenotaph.count.selection import DEATH_PERIODS, IN_ORDER, NOT_DATED, STATED, RollUps, Selection, format_cell
from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.errors import UsageError
from cenotaph.domain.lists import ListReading
from cenotaph.tables.reports import EVIDENCE, SEALED, VALUES_SEALED

MOST_CELLS = 1 << 20
_LAST = (UNKNOWN, NOT_DATED)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of an axis among a number of reports.

    Parameters
    ----------
    axis
        The axis.
    known
        Reports with a code on it.
    quoted
        Reports that say something in words that stand for no code.
    total
        All of them.
    """

    axis: str
    known: int
    quoted: int
    total: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table: a documented minimum.

    Parameters
    ----------
    keys
        The value on each axis of the table, in order; None where it is a margin over that axis.
    value
        Reports counted.
    id
        What ``count members`` opens.
    evidence
        The value split into examined, adopted and without source, in this order.
    """

    keys: tuple[str | None, ...]
    value: int
    id: str
    evidence: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Aside:
    """Reports that stand beside the table and are not counted in it.

    Parameters
    ----------
    sealed
        Under seal whole: nobody can say any more what they would count as.
    other_fate
        Fates other than dead, each with its reports.
    straddling, undated, died_later
        With a died-by date: who may have died by it or after it, who has no date of death, who died after it.
    sealed_values
        Reports that are counted, but have lost single values to a seal.
    """

    sealed: int = 0
    other_fate: tuple[tuple[str, int], ...] = ()
    straddling: int = 0
    undated: int = 0
    died_later: int = 0
    sealed_values: int = 0


@dataclass(frozen=True, slots=True)
class CountTable:
    """A table of one list, or of the reports that people entered from documents.

    Parameters
    ----------
    selection
        What was counted.
    releases
        Releases of the list that were in force.
    axes
        For each axis of the table its keys in order: by value, periods and ages by themselves, unknown last.
    cells
        Every combination that occurs, every margin, the total last.
    coverage
        For each axis of the table, what is known of it over the whole table.
    row_coverage
        For each key of the first axis, what is known of every further axis.
    aside
        What is not counted.
    notes
        What a reader must know.
    """

    selection: Selection
    releases: tuple[str, ...]
    axes: tuple[tuple[str, ...], ...]
    cells: tuple[Cell, ...]
    coverage: tuple[Coverage, ...]
    row_coverage: dict[str, tuple[Coverage, ...]]
    aside: Aside
    notes: tuple[str, ...] = ()
    _by_keys: dict[tuple[str | None, ...], Cell] = field(default_factory=dict, repr=False, compare=False)

    @property
    def total(self) -> Cell:
        """The whole table's cell."""
        return self.cells[-1]

    def cell(self, *keys: str | None) -> Cell | None:
        """Return the cell of a combination; None stands for all of an axis."""
        if not self._by_keys:
            self._by_keys.update((cell.keys, cell) for cell in self.cells)
        return self._by_keys.get(keys)


@dataclass(frozen=True, slots=True)
class _Group:
    keys: tuple[str, ...]
    evidence: str
    count: int


def count_table(
    columns: Columns, readings: Iterable[ListReading], selection: Selection, rollups: RollUps | None = None
) -> CountTable:
    """Count the reports of the dead that a selection names.

    Parameters
    ----------
    columns
        The derived columns of the record.
    readings
        Every reading of every list.
    rollups
        Parents of codes on place axes; None applies none.

    Returns
    -------
    CountTable
        Deterministic: the same record and selection give the same table.
    """
    rollups = rollups or RollUps()
    chain = chain_readings(readings, selection.list_id, selection.as_of, selection.known_at)
    groups, aside = _read_groups(columns, selection, chain, rollups)
    return _make_table(selection, chain, groups, aside)


def is_place(axis: str) -> bool:
    """Tell whether an axis's codes are places, which roll-ups may count under others."""
    return axis in AXIS_BY_NAME and AXIS_BY_NAME[axis].kind is AxisKind.PLACE


def _read_groups(columns: Columns, selection: Selection, chain: Chain, rollups: RollUps) -> tuple[list[_Group], Aside]:
    standing, parameters = standing_sql(columns, selection, chain)
    where, conditions = where_sql(selection.where, rollups)
    keys = "".join(f", {category_sql(axis)} AS key{at}" for at, axis in enumerate(selection.by))
    sql = (
        f"WITH live AS ({standing}) SELECT seal, COALESCE(fate, fate_stated, '{UNKNOWN}') AS fate, "  # noqa: S608
        f"{DIED_SQL} AS died, evidence{keys}, COUNT(*) AS reports FROM live WHERE seal = {SEALED} OR ({where}) GROUP BY ALL"
    )
    most = MOST_CELLS >> len(selection.by)
    connection = columns.connect()
    try:
        found = connection.execute(sql, [*parameters, *died_parameters(selection.died_by), *conditions]).fetchmany(most + 1)
    finally:
        connection.close()
    if len(found) > most:
        raise UsageError(
            f"This table would have more than {MOST_CELLS:,} cells.", "Break down by fewer axes, or narrow it with --where."
        )
    places = [is_place(axis) for axis in selection.by]
    groups: Counter[tuple[tuple[str, ...], str]] = Counter()
    apart: Counter[str] = Counter()
    fates: Counter[str] = Counter()
    for seal, fate, died, evidence, *raw, count in found:
        if seal == SEALED:
            apart["sealed"] += count
        elif fate != "dead":
            fates[fate] += count
        elif died != "in":
            apart[died] += count
        else:
            key = tuple(rollups.apply(k) if place else k for k, place in zip(raw, places, strict=True))
            groups[key, evidence] += count
            apart["values"] += count * (seal == VALUES_SEALED)
    return (
        [_Group(keys, evidence, count) for (keys, evidence), count in groups.items()],
        Aside(
            apart["sealed"],
            tuple(sorted(fates.items())),
            apart["straddles"],
            apart["undated"],
            apart["after"],
            apart["values"],
        ),
    )


def _make_table(selection: Selection, chain: Chain, groups: list[_Group], aside: Aside) -> CountTable:
    values: dict[tuple[str | None, ...], Counter[str]] = {(None,) * len(selection.by): Counter()}
    for group in groups:
        for keys in product(*((key, None) for key in group.keys)):
            values.setdefault(keys, Counter())[group.evidence] += group.count
    for at, axis in enumerate(selection.by):
        unknown = name_unknown(axis)
        if unknown is not None:
            values.setdefault(tuple(unknown if other == at else None for other in range(len(selection.by))), Counter())
    axes = tuple(_order_keys(axis, at, values) for at, axis in enumerate(selection.by))
    ranks = [{**{key: rank for rank, key in enumerate(keys)}, None: len(keys)} for keys in axes]
    ordered = sorted(values, key=lambda keys: tuple(rank[key] for rank, key in zip(ranks, keys, strict=True)))
    cells = tuple(_make_cell(selection, keys, values[keys]) for keys in ordered)
    coverage = tuple(_cover(axis, at, groups) for at, axis in enumerate(selection.by))
    rows: dict[str, tuple[Coverage, ...]] = {}
    for key in axes[0] if len(axes) > 1 else ():
        own = [group for group in groups if group.keys[0] == key]
        rows[key] = tuple(_cover(axis, at, own) for at, axis in enumerate(selection.by) if at)
    return CountTable(
        selection, chain.releases, axes, cells, coverage, rows, aside, (*chain.notes, *_note_seals(selection, aside))
    )


def name_unknown(axis: str) -> str | None:
    """Return the key that stands for what is not known on an axis; None where nothing can be unknown."""
    if axis in DEATH_PERIODS:
        return NOT_DATED
    return None if axis == "evidence" else UNKNOWN


def _note_seals(selection: Selection, aside: Aside) -> Iterator[str]:
    """What a seal destroyed, no earlier state of the casebook brings back."""
    if selection.known_at and (aside.sealed or aside.sealed_values):
        yield (
            f"{selection.list_id}: {aside.sealed + aside.sealed_values} of the reports held then are under seal by now, whole or "
            "in part. What a seal destroyed is gone for every date, so a count made at that time may have been another."
        )


def _make_cell(selection: Selection, keys: tuple[str | None, ...], split: Counter[str]) -> Cell:
    named = tuple((axis, key) for axis, key in zip(selection.by, keys, strict=True) if key is not None)
    return Cell(keys, split.total(), format_cell(selection, named), (split[EVIDENCE[0]], split[EVIDENCE[1]], split[EVIDENCE[2]]))


def _order_keys(axis: str, at: int, values: dict[tuple[str | None, ...], Counter[str]]) -> tuple[str, ...]:
    """Largest first, ties by code point, periods and ages in their own order; what is not known last."""
    totals: dict[str, int] = {}
    for keys, split in values.items():
        key = keys[at]
        if key is not None and all(other is None for place, other in enumerate(keys) if place != at):
            totals[key] = split.total()
    if axis in IN_ORDER:
        return tuple(sorted(totals, key=lambda key: (key in _LAST, len(key.split("-")[0]), key)))
    return tuple(sorted(totals, key=lambda key: (key in _LAST, -totals[key], key)))


def _cover(axis: str, at: int, groups: Iterable[_Group]) -> Coverage:
    known = quoted = total = 0
    words_only = axis in AXIS_BY_NAME and AXIS_BY_NAME[axis].kind is AxisKind.OPEN
    for group in groups:
        key = group.keys[at]
        total += group.count
        if key.startswith(STATED) and not words_only:
            quoted += group.count
        elif key not in _LAST:
            known += group.count
    return Coverage(axis, known, quoted, total)


@dataclass(frozen=True, slots=True)
class Member:
    """One report behind a number: its number in the store and its id."""

    report: int
    id: str


def list_members(
    columns: Columns, readings: Iterable[ListReading], selection: Selection, rollups: RollUps | None = None
) -> list[Member]:
    """Return the reports that a cell counts, in the order of the record.

    The conditions are those of :func:`count_table`, so that there are as many of them as the cell says.
    """
    return [member for members in group_members(columns, readings, selection, rollups).values() for member in members]


def group_members(
    columns: Columns, readings: Iterable[ListReading], selection: Selection, rollups: RollUps | None = None
) -> dict[tuple[str, ...], list[Member]]:
    """Return the reports behind every inner cell of a table, by its keys, each in the order of the record."""
    rollups = rollups or RollUps()
    chain = chain_readings(readings, selection.list_id, selection.as_of, selection.known_at)
    standing, parameters = standing_sql(columns, selection, chain)
    where, conditions = where_sql(selection.where, rollups)
    keys = "".join(f", {category_sql(axis)} AS key{at}" for at, axis in enumerate(selection.by))
    sql = (
        f"WITH live AS ({standing}) SELECT report, lower(hex(id)){keys} FROM live WHERE {COUNTED_SQL} "  # noqa: S608
        f"AND {DIED_SQL} = 'in' AND ({where}) ORDER BY report"
    )
    connection = columns.connect()
    try:
        found = connection.execute(sql, [*parameters, *died_parameters(selection.died_by), *conditions]).fetchall()
    finally:
        connection.close()
    places = [is_place(axis) for axis in selection.by]
    members: dict[tuple[str, ...], list[Member]] = {}
    for report, identifier, *raw in found:
        key = tuple(rollups.apply(k) if place else k for k, place in zip(raw, places, strict=True))
        members.setdefault(key, []).append(Member(report, identifier))
    return members
