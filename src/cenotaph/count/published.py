"""What others published, read from a table, and which reports their words stand for."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cenotaph.count.selection import STATED
from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.counts import Bound, CountRange
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import InputError, MappingError, ValueFormatError
from cenotaph.reference import places

CELL_CHARACTERS = 10_000
COLUMNS = ("published", "as_of", "population", "subgroup", "count", "bound", "outcome", "claimant")
KILLED = "killed"
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,12})"
_ONE = re.compile(_NUMBER, re.ASCII)
_TWO = re.compile(rf"{_NUMBER}\s*(?:-|–|to)\s*{_NUMBER}", re.ASCII)
_BOUNDS = {bound.value: bound for bound in Bound} | {"approximately": Bound.APPROX}


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure that somebody published.

    Parameters
    ----------
    published
        When, as the table says it.
    as_of
        What day it speaks of.
    population, subgroup
        Who is counted, in the table's words.
    stated
        The number with its bound.
    outcome
        What happened to them; only ``killed`` can be set beside a count of the dead.
    claimant
        Who says so.
    """

    published: str
    as_of: PartialDate
    population: str
    subgroup: str
    stated: CountRange
    outcome: str
    claimant: str

    @property
    def words(self) -> str:
        """Population and subgroup as a reader sees them."""
        return f"{self.population}, {self.subgroup}" if self.subgroup else self.population

    def measure(self, number: int) -> int:
        """Return how far a number lies outside what the figure allows: 0 inside, over it positive, under it negative.

        An approximate number and one that "may be exceeded" allow every number: nobody said how near they are.
        """
        if number < self.stated.minimum:
            return number - self.stated.minimum
        most = self.stated.maximum
        return number - most if most is not None and number > most else 0


@dataclass(frozen=True, slots=True)
class Definition:
    """Which reports a population's words stand for, or why no reports of the list do."""

    where: tuple[tuple[str, str], ...] = ()
    rollups: tuple[str, ...] = ()
    not_comparable: str = ""


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


def _read_figure(path: Path, line: int, row: Mapping[str | None, str | list[str] | None]) -> PublishedFigure:
    where = f"Line {line} of {path.name}"
    if None in row:
        raise InputError(f"{where} has more cells than the header.", "Is a comma in a cell that has no quotation marks?")
    cells = {name: str(row[name] or "").strip() for name in COLUMNS}
    longest = max(map(len, cells.values()))
    if longest > CELL_CHARACTERS:
        raise InputError(
            f"{where} has a cell of {longest:,} characters, which no CSV file of figures has.",
            "Is a quotation mark never closed?",
        )
    if not cells["population"]:
        raise InputError(f"{where} does not say who is counted.", "Fill in 'population'.")
    try:
        return PublishedFigure(
            cells["published"],
            PartialDate.from_edtf(cells["as_of"]),
            cells["population"],
            cells["subgroup"],
            read_count(cells["count"], cells["bound"]),
            cells["outcome"],
            cells["claimant"],
        )
    except ValueFormatError as error:
        raise InputError(f"{where} cannot be read: {error}", "Mend that line.") from error


def read_count(number: str, bound: str) -> CountRange:
    """Return the number that a table gives in two cells: the figure or the range, and its bound.

    Raises
    ------
    ValueFormatError
        There is no such bound, or the figure is none that it takes.
    """
    kind = _BOUNDS.get(bound)
    if kind is None:
        raise ValueFormatError(f"There is no bound '{bound[:40]}'.", f"Bounds are: {', '.join(_BOUNDS)}.")
    if kind is Bound.RANGE:
        if found := _TWO.fullmatch(number):
            return CountRange.between(_int(found[1]), _int(found[2]))
        raise ValueFormatError(f"'{number[:40]}' is no range.", "Write 60-70.")
    if kind is Bound.VAGUE and not number:
        return CountRange.vague()
    if not (found := _ONE.fullmatch(number)):
        raise ValueFormatError(f"'{number[:40]}' is not a number of people.", "Write digits.")
    low = _int(found[1])
    return CountRange(
        None if kind is Bound.AT_MOST else low, low if kind in (Bound.EXACT, Bound.APPROX, Bound.AT_MOST) else None, kind
    )


def _int(text: str) -> int:
    return int(text.replace(",", ""))


def read_definitions(path: Path | None) -> dict[str, Definition]:
    """Read which cells populations' words stand for.

    The file has one table for each population's or subgroup's words: axis names with keys, ``rollups`` as a list, or
    ``not_comparable`` with the reason.

    Raises
    ------
    MappingError
        It is not TOML, or has a key that is no axis, or one that the axis does not have.
    """
    if path is None:
        return {}
    try:
        parsed = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name} is not valid TOML: {error}.", "Mend the line it names.") from error
    return {words: _read_definition(path.name, words, table) for words, table in parsed.items()}


def _read_definition(name: str, words: str, table: object) -> Definition:
    if not isinstance(table, dict):
        raise MappingError(f"{name}: '{words}' is not a table.", f'Write ["{words}"] and its keys below.')
    where: list[tuple[str, str]] = []
    for axis, key in table.items():
        if axis in ("rollups", "not_comparable"):
            continue
        if axis not in AXIS_BY_NAME:
            raise MappingError(f"{name}: '{words}' names '{axis}', which is no axis.", f"Axes: {', '.join(AXIS_BY_NAME)}.")
        where.append((axis, _check_key(name, words, axis, key)))
    named, reason = table.get("rollups", []), table.get("not_comparable", "")
    if not isinstance(named, list) or not all(isinstance(item, str) for item in named) or not isinstance(reason, str):
        raise MappingError(
            f"{name}: 'rollups' or 'not_comparable' of '{words}' is wrong.", 'Write rollups = ["NAME"], not_comparable = "why".'
        )
    return Definition(tuple(where), tuple(named), reason)


def _check_key(name: str, words: str, axis: str, key: object) -> str:
    known = AXIS_BY_NAME[axis]
    if isinstance(key, str) and (key == UNKNOWN or key.startswith(STATED)):
        return key
    try:
        if not isinstance(key, str):
            raise ValueFormatError(f"{key!r} is no text.", "Write it in quotation marks.")
        if known.kind is AxisKind.PLACE:
            places.get(key)
        elif known.label(key) is None:
            raise ValueFormatError(f"The axis '{axis}' has no key '{key}'.", f"Words only are written {STATED}{key}.")
    except ValueFormatError as error:
        raise MappingError(f"{name}: '{words}': {error.message}", error.hint) from error
    return key


def define_figure(figure: PublishedFigure, definitions: Mapping[str, Definition]) -> Definition:
    """Return which reports a figure's words stand for: as defined, else by the place that they name."""
    if figure.outcome != KILLED:
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
