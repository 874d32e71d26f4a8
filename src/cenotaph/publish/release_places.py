"""Coordinates that a project gives for keys of a place axis, and the table that a release has of them."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cenotaph.domain.axes import is_place
from cenotaph.domain.errors import MappingError
from cenotaph.publish.policy import Policy, Show
from cenotaph.publish.release_rows import PublicPerson
from cenotaph.publish.release_tables import Kind, PublicFigure, Table, cell_key, make_table

_HEADER = ["axis", "key", "latitude", "longitude", "source"]
_DIGITS = 5  # A metre; whoever gives more says more than anybody knows of a place.


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a place lies: the axis and the key that name it, degrees north and east, and who says so."""

    axis: str
    key: str
    latitude: float
    longitude: float
    source: str


def load_places(path: Path) -> tuple[Placed, ...]:
    """Read a file of coordinates: CSV in UTF-8 with the columns axis, key, latitude, longitude, source.

    Raises
    ------
    MappingError
        It is wrong; the message names the line.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise MappingError(f"{path} cannot be read: {error}.", "Give a CSV file in UTF-8.") from error
    if not rows or rows[0] != _HEADER:
        raise MappingError(f"{path.name}, line 1: it has other columns.", f"Write {','.join(_HEADER)}.")
    found: dict[tuple[str, str], Placed] = {}
    for line, row in enumerate(rows[1:], 2):
        if not row:
            continue
        placed = _read_row(path.name, line, row)
        if (placed.axis, placed.key) in found:
            raise MappingError(f"{path.name}, line {line}: {placed.key} stands twice.", "A place lies in one point.")
        found[placed.axis, placed.key] = placed
    return tuple(found.values())


def _read_row(name: str, line: int, row: Sequence[str]) -> Placed:
    if len(row) != len(_HEADER):
        raise MappingError(f"{name}, line {line}: it has {len(row)} columns.", f"Write {','.join(_HEADER)}.")
    axis, key, north, east, source = (cell.strip() for cell in row)
    if not is_place(axis):
        raise MappingError(f"{name}, line {line}: '{axis[:40]}' is no axis of places.", "Write death_place, for example.")
    if not key or not source:
        raise MappingError(f"{name}, line {line}: it has no key or no source.", "Say which place, and who says where it lies.")
    numbers = []
    for text, most, what in ((north, 90, "latitude"), (east, 180, "longitude")):
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not abs(number) <= most:
            raise MappingError(f"{name}, line {line}: '{text[:40]}' is no {what}.", f"Write degrees from -{most} to {most}.")
        numbers.append(round(number, _DIGITS))
    return Placed(axis, key, numbers[0], numbers[1], source)


def places_table(
    places: Iterable[Placed], figures: Sequence[PublicFigure], people: Mapping[str, PublicPerson], policy: Policy
) -> Table:
    """Return the coordinates of the places that some figure's breakdown shows, and of no other.

    Coordinates are of places that the project names, never of a report: they say no more than the key does.
    """
    places = tuple(places)
    shown = places and {
        (axis, key)
        for figure in figures
        for axis in figure.by
        if policy.fields.get(axis, Show.WITHHOLD) is Show.SHOW
        for key in {cell_key(people[member], (axis,), "none")[0] for member in figure.members}
    }
    columns = (
        ("axis", Kind.STRING, "The axis."),
        ("key", Kind.STRING, "The key on it, as breakdowns have it."),
        ("latitude", Kind.NUMBER, "Degrees north (WGS 84), to five decimals."),
        ("longitude", Kind.NUMBER, "Degrees east (WGS 84), to five decimals."),
        ("source", Kind.STRING, "Who says where it lies."),
    )
    rows = [(p.axis, p.key, p.latitude, p.longitude, p.source) for p in places if (p.axis, p.key) in shown]
    return make_table("coordinates", "Where places lie that breakdowns name", columns, rows, ("axis", "key"))
