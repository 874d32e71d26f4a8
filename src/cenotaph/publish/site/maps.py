"""Maps drawn when the site is built: points where coordinates are given, and nothing that says whose a land is.

Boundaries come from a file that the project names and the page discloses; there is none by default. The picture is an
equirectangular one, true to scale along its middle parallel.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cenotaph.domain.errors import InputError
from cenotaph.publish.site.charts import draw_bar
from cenotaph.publish.site.release_folder import ReleasedFigure, ReleaseFolder
from cenotaph.publish.site.tables import Line, kind_of, sum_by
from cenotaph.publish.site.texts import Language

if TYPE_CHECKING:
    from markupsafe import Markup

Point = tuple[float, float]
_WIDTH, _LEAST, _MARGIN, _LABELLED = 720.0, 1.5, 0.09, 40
_MAX_BYTES = 20_000_000
_LARGEST, _SMALLEST = 46.0, 7.0


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place on a map: its number there, name, how many, where it lies and who says so, with its bar."""

    mark: int
    label: str
    number: int
    latitude: float
    longitude: float
    source: str
    picture: Markup


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """A figure by place.

    Parameters
    ----------
    figure, axis
        Of what, by which axis.
    picture
        The map.
    places
        Those with coordinates, the largest first.
    aside
        Those that are not placed, and why.
    placed, total
        How many people are on the map, and how many there are.
    """

    figure: ReleasedFigure
    axis: str
    title: str
    picture: Markup
    places: tuple[PlaceLine, ...]
    aside: tuple[Line, ...]
    placed: int
    total: int


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Lines of a project's own file of boundaries: degrees east and north; with the file's hash."""

    lines: tuple[tuple[Point, ...], ...]
    sha256: str
    data: bytes


def read_boundaries(path: Path) -> Boundaries:
    """Read boundaries from GeoJSON: polygons and lines of any depth of collections.

    Raises
    ------
    InputError
        It is none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Name a GeoJSON file.") from error
    if len(data) > _MAX_BYTES:
        raise InputError(f"{path} has more than {_MAX_BYTES:,} bytes.", "Give simpler boundaries.")
    try:
        lines = tuple(_find_lines(json.loads(data)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(f"{path} is no GeoJSON: {error!r}.", "Give polygons or lines in degrees.") from error
    if not lines:
        raise InputError(f"{path} has no boundaries.", "Give polygons or lines in degrees.")
    return Boundaries(lines, hashlib.sha256(data).hexdigest(), data)


def _find_lines(item: object) -> Iterator[tuple[Point, ...]]:
    if not isinstance(item, dict):
        return
    kind = item.get("type")
    for key in ("features", "geometries"):
        for one in item.get(key) or ():
            yield from _find_lines(one)
    if kind == "Feature":
        yield from _find_lines(item.get("geometry"))
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}.get(str(kind))
    if depth is None:
        return
    level = [item["coordinates"]]
    for _ in range(depth):
        level = [one for many in level for one in many]
    for line in level:
        points = tuple((float(x), float(y)) for x, y, *_ in line)
        if any(not (math.isfinite(x) and abs(x) <= 360 and abs(y) <= 90) for x, y in points):
            raise ValueError("a point is not in degrees")
        yield points


def make_maps(release: ReleaseFolder, t: Language, boundaries: Boundaries | None) -> list[PlaceMap]:
    """Return the maps of a release: of every figure by an axis that the release has coordinates for, each axis once."""
    where: dict[str, dict[str, tuple[float, float, str]]] = {}
    for row in release.rows("coordinates"):
        where.setdefault(row["axis"], {})[row["key"]] = (float(row["latitude"]), float(row["longitude"]), row["source"])
    found: dict[str, PlaceMap] = {}
    for figure in sorted(release.figures, key=lambda f: (bool(f.where), f.place)):
        for at, axis in enumerate(figure.by):
            if axis in where and axis not in found:
                found[axis] = _make_map(figure, t, axis, at + (figure.series != "none"), where[axis], boundaries)
    return list(found.values())


def _make_map(
    figure: ReleasedFigure,
    t: Language,
    axis: str,
    part: int,
    where: Mapping[str, tuple[float, float, str]],
    boundaries: Boundaries | None,
) -> PlaceMap:
    numbers = sum_by(figure, part)
    keys = sorted((key for key in numbers if key in where), key=lambda key: (-numbers[key], key))
    largest = max([numbers[key] for key in keys] or [1])
    places = tuple(
        PlaceLine(at, t.value(axis, key), numbers[key], *where[key], draw_bar(numbers[key], largest))
        for at, key in enumerate(keys, 1)
    )
    placed = sum(numbers[key] for key in keys)
    sums = {kind: sum(n for key, n in numbers.items() if key not in where and kind_of(key) == kind) for kind in _ASIDE}
    aside = tuple(
        Line(t.plain(f"map.aside_{kind}"), number, kind, draw_bar(number, largest, kind))
        for kind, number in sums.items()
        if number
    )
    picture = draw_map(places, boundaries.lines if boundaries else ())
    return PlaceMap(figure, axis, t.axis(axis), picture, places, aside, placed, figure.at_least)


_ASIDE = ("known", "unknown", "withheld")


def draw_map(places: Sequence[PlaceLine], boundaries: Sequence[Sequence[Point]] = ()) -> Markup:
    """Draw points whose area is as their number, over a grid of degrees, with boundaries where the project sets any."""
    from markupsafe import Markup

    if not places:
        return Markup("")
    view = _View.around([(place.longitude, place.latitude) for place in places])
    parts = [*view.grid()]
    path = "".join(view.path(line) for line in boundaries)
    if path:
        parts.append(f'<path class="border" d="{path}"/>')
    largest = max(place.number for place in places)
    for place in places:
        x, y = view.put(place.longitude, place.latitude)
        wide = max(_SMALLEST, _LARGEST * math.sqrt(place.number / largest))
        # A line of no length with round ends: a point that is as large on a phone as on a wall.
        parts.append(f'<path class="spot" stroke-width="{wide:.1f}" d="M{x:.1f} {y:.1f}h.01"><title>{place.mark}</title></path>')
    for place in places[:_LABELLED]:
        x, y = view.put(place.longitude, place.latitude)
        parts.append(f'<text class="mark" x="{x:.1f}" y="{y:.1f}" dy=".35em" text-anchor="middle">{place.mark}</text>')
    inside = "".join(parts)
    return Markup(f'<svg class="map" viewBox="0 0 {_WIDTH:.0f} {view.height:.0f}" aria-hidden="true">{inside}</svg>')


@dataclass(frozen=True, slots=True)
class _View:
    """What of the world is shown: its west and north edge, degrees to the picture's unit, and the picture's height."""

    west: float
    north: float
    scale: float
    squeeze: float
    height: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> _View:
        """Return the view that holds points with a margin, across the antimeridian where that is shorter."""
        west, wide = _find_west(sorted({x % 360 for x, _ in points}))
        south, north = min(y for _, y in points), max(y for _, y in points)
        squeeze = max(math.cos(math.radians((south + north) / 2)), 0.05)
        wide, tall = max(wide, _LEAST), max(north - south, _LEAST)
        tall = max(tall, 0.42 * wide * squeeze)
        wide = max(wide, 1.3 * tall / squeeze)
        middle = (south + north) / 2
        given = max(x % 360 if x % 360 >= west else x % 360 + 360 for x, _ in points) - west
        west -= (wide - given) / 2 + wide * _MARGIN
        scale = _WIDTH / (wide * (1 + 2 * _MARGIN) * squeeze)
        return cls(west, middle + tall * (0.5 + _MARGIN), scale, squeeze, tall * (1 + 2 * _MARGIN) * scale)

    def put(self, longitude: float, latitude: float) -> Point:
        """Return where a point lies in the picture, by the shorter way from its middle."""
        half = _WIDTH / (self.scale * self.squeeze) / 2
        east = (longitude - self.west - half + 180) % 360 - 180 + half
        return east * self.squeeze * self.scale, (self.north - latitude) * self.scale

    def path(self, line: Sequence[Point]) -> str:
        """Return a line as a path: what is far outside is left out, and so are points nearer than half a unit."""
        out: list[str] = []
        last: Point | None = None
        pen = "M"
        for longitude, latitude in line:
            x, y = self.put(longitude, latitude)
            if not (-_WIDTH < x < 2 * _WIDTH and -self.height < y < 2 * self.height):
                pen, last = "M", None
                continue
            if last is not None and abs(x - last[0]) > _WIDTH:  # Round the back of the world.
                pen = "M"
            elif last is not None and abs(x - last[0]) + abs(y - last[1]) < 0.5:
                continue
            out.append(f"{pen}{x:.1f} {y:.1f}")
            pen, last = "L", (x, y)
        return "".join(out) if len(out) > 1 else ""

    def grid(self) -> Iterator[str]:
        """Yield lines of the grid of degrees, with their degrees."""
        wide, tall = _WIDTH / (self.scale * self.squeeze), self.height / self.scale
        step = next((one for one in (0.25, 0.5, 1, 2, 5, 10, 20, 30) if max(wide, tall) / one <= 8), 60)
        for at in range(math.ceil(self.west / step), math.floor((self.west + wide) / step) + 1):
            x = (at * step - self.west) * self.squeeze * self.scale
            degree = (at * step + 180) % 360 - 180
            yield f'<path class="grid" d="M{x:.1f} 0V{self.height:.0f}"/>'
            yield f'<text class="tick" x="{x + 4:.1f}" y="{self.height - 6:.1f}">{_degrees(degree, "E", "W")}</text>'
        for at in range(math.ceil((self.north - tall) / step), math.floor(self.north / step) + 1):
            if abs(at * step) <= 90:
                y = (self.north - at * step) * self.scale
                yield f'<path class="grid" d="M0 {y:.1f}H{_WIDTH:.0f}"/>'
                yield f'<text class="tick" x="4" y="{y - 4:.1f}">{_degrees(at * step, "N", "S")}</text>'


def _degrees(value: float, above: str, below: str) -> str:
    return f"{abs(value):g}\N{DEGREE SIGN}{above if value > 0 else below if value < 0 else ''}"


def _find_west(sorted_east: Sequence[float]) -> tuple[float, float]:
    """Return where the shortest stretch of longitudes that holds all begins, and how long it is."""
    gaps = [
        ((sorted_east[(at + 1) % len(sorted_east)] - x) % 360 or (360 if len(sorted_east) == 1 else 0), at)
        for at, x in enumerate(sorted_east)
    ]
    widest, at = max(gaps)
    return sorted_east[(at + 1) % len(sorted_east)], 360 - widest
