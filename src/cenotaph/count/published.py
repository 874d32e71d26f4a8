"""Published figures beside the record's own: the difference, and only what the record itself can explain of it."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cenotaph.count.membership import chain_readings
from cenotaph.count.query import Columns
from cenotaph.count.selection import RollUps, Selection
from cenotaph.count.table import count_table
from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import InputError, MappingError, ValueFormatError
from cenotaph.domain.lists import ListReading
from cenotaph.reference import places

COLUMNS = ("published", "as_of", "population", "subgroup", "count", "bound", "outcome", "claimant")


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure that somebody published."""

    published: str
    as_of: PartialDate
    population: str
    subgroup: str
    count: int
    bound: str
    outcome: str
    claimant: str

    @property
    def words(self) -> str:
        """Population and subgroup as a reader sees them."""
        return f"{self.population}, {self.subgroup}" if self.subgroup else self.population


@dataclass(frozen=True, slots=True)
class Definition:
    """Which reports a population's words stand for, or why no reports of the list do."""

    where: tuple[tuple[str, str], ...] = ()
    rollups: tuple[str, ...] = ()
    not_comparable: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing in the record that bears on a difference.

    Parameters
    ----------
    kind
        ``rollup``, ``dates``, ``undated``, ``release`` or ``axis unknown``.
    words
        What it is, with its numbers.
    explains
        How much of the difference (ours less theirs) it certainly explains; 0 where it only may.
    """

    kind: str
    words: str
    explains: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published figure beside the list's own.

    Parameters
    ----------
    figure
        What was published.
    cell
        The id of the list's own number, or None where nothing is comparable.
    ours
        The list's own number.
    difference
        Ours less theirs.
    explanations
        What the record says about it.
    unexplained
        What of the difference is left after what is certainly explained.
    reason
        Why nothing is comparable.
    """

    figure: PublishedFigure
    cell: str | None = None
    ours: int | None = None
    difference: int | None = None
    explanations: tuple[Explanation, ...] = ()
    unexplained: int | None = None
    reason: str = ""


def read_published(path: Path) -> list[PublishedFigure]:
    """Read a table of published figures.

    Raises
    ------
    InputError
        It lacks a column, or a line cannot be read; the message names it.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"{path.name} lacks the column '{missing[0]}'.", f"Columns are: {', '.join(COLUMNS)}.")
            return [_read_figure(path, reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path.name} is not a CSV file in UTF-8: {error}.", "Save it as CSV in UTF-8.") from error


def _read_figure(path: Path, line: int, row: dict[str, str]) -> PublishedFigure:
    try:
        return PublishedFigure(
            row["published"],
            PartialDate.from_edtf(row["as_of"]),
            row["population"].strip(),
            row["subgroup"].strip(),
            int(row["count"]),
            row["bound"],
            row["outcome"],
            row["claimant"],
        )
    except (ValueError, ValueFormatError, AttributeError) as error:
        raise InputError(f"Line {line} of {path.name} cannot be read: {error}.", "Mend that line.") from error


def read_definitions(path: Path | None) -> dict[str, Definition]:
    """Read which cells populations' words stand for.

    The file has one table for each population's or subgroup's words: axis names with keys, ``rollups`` as a list, or
    ``not_comparable`` with the reason.

    Raises
    ------
    MappingError
        It has a key that is no axis.
    """
    if path is None:
        return {}
    try:
        parsed = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name} is not valid TOML: {error}.", "Mend the line it names.") from error
    found: dict[str, Definition] = {}
    for words, table in parsed.items():
        if not isinstance(table, dict):
            raise MappingError(f"{path.name}: '{words}' is not a table.", f'Write ["{words}"] and its keys below.')
        where = tuple((axis, str(key)) for axis, key in table.items() if axis not in ("rollups", "not_comparable"))
        for axis, _ in where:
            if axis not in AXIS_BY_NAME:
                raise MappingError(f"{path.name}: '{words}' names '{axis}', which is no axis.", f"Axes: {', '.join(AXIS_BY_NAME)}.")
        found[words] = Definition(where, tuple(table.get("rollups", ())), str(table.get("not_comparable", "")))
    return found


def define_figure(figure: PublishedFigure, definitions: Mapping[str, Definition]) -> Definition:
    """Return which reports a figure's words stand for: as defined, else by the place that they name."""
    if figure.outcome != "killed":
        return Definition(not_comparable=f"the list counts the dead; this is '{figure.outcome}'")
    parts: list[Definition] = []
    for words, kind in ((figure.population, "population"), (figure.subgroup, "subgroup")):
        if not words:
            continue
        if words in definitions:
            parts.append(definitions[words])
        elif kind == "population" and (place := places.lookup(words)) is not None:
            parts.append(Definition((("nationality", place.code),)))
        else:
            return Definition(not_comparable=f"nothing says which reports the {kind} '{words}' stands for")
    reason = next((part.not_comparable for part in parts if part.not_comparable), "")
    return Definition(
        tuple(pair for part in parts for pair in part.where), tuple(name for part in parts for name in part.rollups), reason
    )


def compare_published(
    columns: Columns,
    readings: Iterable[ListReading],
    list_id: str,
    figures: Iterable[PublishedFigure],
    definitions: Mapping[str, Definition],
    rollups: Mapping[str, RollUps],
) -> Iterator[Comparison]:
    """Yield each figure beside the list's own number.

    Parameters
    ----------
    rollups
        Every roll-up by its name: those that a definition names are applied, the others are tried as explanations.
    """
    known = list(readings)
    for figure in figures:
        definition = define_figure(figure, definitions)
        if definition.not_comparable:
            yield Comparison(figure, reason=definition.not_comparable)
            continue
        yield _Comparer(columns, known, list_id, figure, definition, rollups).compare()


@dataclass
class _Comparer:
    columns: Columns
    readings: list[ListReading]
    list_id: str
    figure: PublishedFigure
    definition: Definition
    rollups: Mapping[str, RollUps]

    def _applied(self, names: Iterable[str]) -> RollUps:
        parents: dict[str, str] = {}
        for name in names:
            parents.update(self.rollups[name].parents)
        return RollUps(parents)

    def _count(self, names: tuple[str, ...], *conditions: tuple[str, str]) -> tuple[int, str]:
        own = {*self.definition.where, *conditions}
        selection = Selection(self.list_id, (), tuple(sorted(own)), rollups=names)
        total = count_table(self.columns, self.readings, selection, self._applied(names)).total
        return total.value, total.id

    def compare(self) -> Comparison:
        names = self.definition.rollups
        ours, cell = self._count(names)
        difference = ours - self.figure.count
        found: list[Explanation] = []
        if difference:
            found += self._try_dates(names, difference)
            found += self._try_rollups(names, ours, difference)
            found += self._try_unknown(names, difference)
        explained = sum(e.explains for e in found)
        return Comparison(self.figure, cell, ours, difference, tuple(found), difference - explained)

    def _try_dates(self, names: tuple[str, ...], difference: int) -> Iterator[Explanation]:
        """Deaths that came after the published figure explain a surplus; they can never explain a deficit."""
        releases = chain_readings(self.readings, self.list_id).readings
        released = releases[-1].released_on if releases else None
        if released and released.edtf != self.figure.as_of.edtf:
            yield Explanation("release", f"published as of {self.figure.as_of.edtf}; the list's release is of {released.edtf}")
        last = self.figure.as_of.end
        if last is None:
            return
        base = Selection(self.list_id, (), tuple(sorted({*self.definition.where})), rollups=names)
        table = count_table(self.columns, self.readings, replace(base, died_by=date.fromordinal(last.toordinal() - 1)), self._applied(names))
        later = table.aside.died_later
        if later:
            explains = min(later, difference) if difference > 0 else 0
            yield Explanation("dates", f"{later} of ours died after {self.figure.as_of.edtf}", explains)
        if difference > 0 and table.aside.undated + table.aside.straddling:
            yield Explanation(
                "undated", f"{table.aside.undated + table.aside.straddling} of ours cannot be placed before or after it: no date, or too wide a one"
            )

    def _try_rollups(self, names: tuple[str, ...], ours: int, difference: int) -> Iterator[Explanation]:
        """A roll-up that is not applied here explains a deficit by what it would add, never more than the deficit."""
        codes = [key for axis, key in self.definition.where if AXIS_BY_NAME[axis].kind is AxisKind.PLACE]
        best = 0
        tried: list[tuple[str, int]] = []
        for name, rollup in sorted(self.rollups.items()):
            if name in names or not any(len(rollup.members(code)) > 1 for code in codes):
                continue
            wider, _ = self._count((*names, name))
            if wider != ours:
                tried.append((name, wider))
        for name, wider in tried:
            gain = wider - ours
            explains = min(gain, -difference) - best if difference < 0 else 0
            explains = max(explains, 0)
            best += explains
            yield Explanation("rollup", f"{wider} where '{name}' is applied ({gain:+d})", explains)

    def _try_unknown(self, names: tuple[str, ...], difference: int) -> Iterator[Explanation]:
        """Reports whose subgroup is not known may belong to it: at most so many, never a certain part."""
        if difference >= 0:
            return
        for axis, _ in self.definition.where:
            if AXIS_BY_NAME[axis].kind is AxisKind.PLACE:
                continue
            others = tuple(pair for pair in self.definition.where if pair[0] != axis)
            selection = Selection(self.list_id, (axis,), tuple(sorted(others)), rollups=names)
            table = count_table(self.columns, self.readings, selection, self._applied(names))
            unknown = sum(c.value for c in table.cells if c.keys[0] and (c.keys[0] == UNKNOWN or c.keys[0].startswith("stated.")))
            if unknown:
                yield Explanation("axis unknown", f"the {AXIS_BY_NAME[axis].title} of {unknown} more is not known or only quoted")


