"""Maps: points where coordinates are given, everybody else counted beside, boundaries only from a file that is named."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from cenotaph.domain.errors import InputError, MappingError
from cenotaph.publish.release_places import load_places
from cenotaph.publish.site.maps import PlaceLine, draw_map, read_boundaries

HEAD = "axis,key,latitude,longitude,source\n"


def line(number: int, latitude: float, longitude: float, mark: int = 1) -> PlaceLine:
    return PlaceLine(mark, "there", number, latitude, longitude, "somebody", Markup(""))


def spots(picture: str) -> list[tuple[float, float, float]]:
    found = re.findall(r'class="spot" stroke-width="([\d.]+)" d="M([\d.-]+) ([\d.-]+)h', picture)
    return [(float(x), float(y), float(wide)) for wide, x, y in found]


def size(picture: str) -> tuple[float, float]:
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', picture)
    assert found
    return float(found[1]), float(found[2])


def test_the_area_of_a_point_is_as_its_number_and_north_is_up() -> None:
    picture = draw_map([line(400, 50, 30), line(100, 45, 40, 2)])
    (x, y, wide), (other_x, other_y, other_wide) = spots(picture)
    assert wide == pytest.approx(2 * other_wide)
    assert other_x > x and other_y > y


def test_no_boundary_is_drawn_unless_a_file_gives_it() -> None:
    assert "border" not in draw_map([line(1, 50, 30)])
    assert 'class="border"' in draw_map([line(1, 50, 30)], [((29.5, 49.5), (30.5, 50.5))])


def test_points_on_both_sides_of_the_antimeridian_lie_side_by_side() -> None:
    (x, *_), (other, *_) = spots(draw_map([line(1, 60, 179), line(1, 60, -179, 2)]))
    assert 0 < other - x < 720


@given(st.lists(st.tuples(st.floats(-89, 89), st.floats(-180, 180)), min_size=1, max_size=6))
def test_every_point_lies_within_the_picture(points: list[tuple[float, float]]) -> None:
    picture = draw_map([line(1, north, east, at) for at, (north, east) in enumerate(points, 1)])
    wide, tall = size(picture)
    assert len(spots(picture)) == len(points)
    for x, y, _ in spots(picture):
        assert -0.1 <= x <= wide + 0.1 and -0.6 <= y <= tall + 0.6


@given(st.floats(-60, 60), st.floats(-170, 170))
def test_a_picture_is_true_to_scale_along_its_middle(north: float, east: float) -> None:
    (x, y, _), (other_x, other_y, _) = spots(draw_map([line(1, north + 1, east - 1), line(1, north - 1, east + 1, 2)]))
    assert (other_x - x) / (other_y - y) == pytest.approx(math.cos(math.radians(north)), rel=0.02)


def test_no_place_is_no_picture() -> None:
    assert draw_map([]) == ""


def test_boundaries_are_read_from_any_depth_of_geojson(tmp_path: Path) -> None:
    square = [[[0, 0], [1, 0], [1, 1], [0, 0]]]
    features = [
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": square}},
        {"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": [
            {"type": "MultiPolygon", "coordinates": [square, square]},
            {"type": "LineString", "coordinates": [[5, 5, 9], [6, 6, 9]]},
        ]}},
        {"type": "Feature", "geometry": None},
    ]  # fmt: skip
    path = tmp_path / "b.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = read_boundaries(path)
    assert len(found.lines) == 4 and found.lines[-1] == ((5.0, 5.0), (6.0, 6.0)) and len(found.sha256) == 64


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"type": "Polygon", "coordinates": [[[0, 900], [1, 1]]]}', '{"type": "Polygon", "coordinates": "x"}'],
)
def test_what_is_no_geojson_in_degrees_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.geojson").write_text(text)
    with pytest.raises(InputError, match=r"b\.geojson"):
        read_boundaries(tmp_path / "b.geojson")


def test_coordinates_are_read_to_five_decimals(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(HEAD + "death_place,UA-14,48.0159271,37.80285,a gazetteer\n", encoding="utf-8")
    (placed,) = load_places(tmp_path / "p.csv")
    assert (placed.latitude, placed.longitude) == (48.01593, 37.80285)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x\n", "line 1"),
        (HEAD + "rank,UA-14,1,1,s\n", "line 2: 'rank' is no axis of places"),
        (HEAD + "death_place,UA-14,91,1,s\n", "no latitude"),
        (HEAD + "death_place,UA-14,1,nan,s\n", "no longitude"),
        (HEAD + "death_place,UA-14,1,1,\n", "no source"),
        (HEAD + "death_place,UA-14,1,1,s\ndeath_place,UA-14,2,2,s\n", "line 3: UA-14 stands twice"),
        (HEAD + "death_place,UA-14,1\n", "3 columns"),
    ],
)
def test_a_wrong_file_of_coordinates_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=said):
        load_places(tmp_path / "p.csv")
