"""A table of counts as it is handed on: cells, what is known of each axis, what stands aside, the reports behind a cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from cenotaph.count.selection import Selection


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
    unread
        Rows of the releases in force that could not be read, so that there is no report of them.
    """

    sealed: int = 0
    other_fate: tuple[tuple[str, int], ...] = ()
    straddling: int = 0
    undated: int = 0
    died_later: int = 0
    sealed_values: int = 0
    unread: int = 0


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
class Member:
    """One report behind a number: its number in the store and its id."""

    report: int
    id: str
