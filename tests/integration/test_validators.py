"""A release as other programs read it: Frictionless, Datasette, FollowTheMoney. Cenotaph runs without them."""

from __future__ import annotations

import asyncio
import csv
import importlib
import json
import random
from pathlib import Path
from types import ModuleType

import pytest
from benchmarks.made_releases import make_pair, write_made
from tests.builders import make_row
from tests.conftest import ACTOR
from tests.release_builders import link_lists, make_rules
from tests.servers import skip_or_fail

from cenotaph.casebook.store import Casebook
from cenotaph.services.releases import build_release

FIGURES = """schema = 1
[[figure]]
id = "dead"
title = "=Documented dead"
by = ["nationality", "rank"]
[[figure]]
id = "by-month"
title = "By month of death"
series = "death"
"""
POLICY = """schema = 1
id = "public"
title = "Public"
least = 1
opaque = ["nationality"]
[fields]
name = "show"
age = "band"
birth = "year"
death = "show"
nationality = "show"
rank = "show"
"""


def need(name: str) -> ModuleType:
    """Return a module, or skip; where everything is required, fail."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        skip_or_fail(f"{name} is not installed ({error}); `make validators` does it")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up release with withheld, merged and withdrawn people, claims, challenges and places."""
    folder = tmp_path_factory.mktemp("made") / "release"
    write_made(folder, make_pair(160)[1])
    return folder


@pytest.fixture
def release(casebook: Casebook, tmp_path: Path) -> Path:
    """A release of a casebook, with names and values that try a reader."""
    chance = random.Random(5)
    names = ("Рахимов Алишер", "=cmd|' /C calc'!A0", "'Abd al-Karim, \"Abu\"", "राम बहादुर", "محمد يوسف", "-", "O\u02bbktam")
    rows = [
        make_row(
            f"r{at}",
            name=name,
            nationality=("UZ", "TJ", "x-south-ossetia", "NP", None, "UZ", "XK")[at],
            death=("2024-03-02", "2024-03", "2024", "2024-03-02/2024-05-01", "../2024-03-01", None, "2023-12-31")[at],
            age=20 + at,
            rank_stated=chance.choice(["+private", "sergeant", None]),
        )
        for at, name in enumerate(names)
    ]
    link_lists(casebook, {"list": rows})
    build_release(casebook, ACTOR, "2025-01", make_rules(casebook, tmp_path, POLICY, FIGURES), tmp_path / "release")
    return tmp_path / "release"


def check_package(folder: Path) -> None:
    frictionless = need("frictionless")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])
    assert report.stats["tasks"] == len(list((folder / "data").glob("*.csv")))


def test_frictionless_finds_the_package_valid(release: Path, made: Path) -> None:
    check_package(release)
    check_package(made)


def test_frictionless_finds_what_is_wrong(made: Path, tmp_path: Path) -> None:
    import shutil

    frictionless = need("frictionless")
    copy = shutil.copytree(made, tmp_path / "copy")
    path = copy / "data" / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Killed, by rank", "Killed, by rank,x", 1), encoding="utf-8")
    assert not frictionless.validate(str(copy / "datapackage.json")).valid


def read_with_datasette(folder: Path, name: str) -> list[dict[str, object]]:
    app = need("datasette.app")

    async def ask() -> list[dict[str, object]]:
        opened = app.Datasette([], immutables=[str(folder / "data" / "release.sqlite")], settings={"max_returned_rows": 10_000})
        await opened.invoke_startup()
        found = await opened.client.get(f"/release/{name}.json?_shape=array&_size=max")
        assert found.status_code == 200, found.text
        rows: list[dict[str, object]] = found.json()
        return rows

    return asyncio.run(ask())


def test_datasette_opens_the_sqlite_and_shows_what_the_csv_says(release: Path, made: Path) -> None:
    for folder in (release, made):
        for name in ("persons", "names", "figures", "cells", "members", "beside", "coordinates"):
            with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                wanted = list(csv.DictReader(stream))
            found = read_with_datasette(folder, name)
            assert len(found) == len(wanted), name
            assert not found or [key for key in found[0] if key != "rowid"] == list(wanted[0]), name


def test_followthemoney_takes_every_entity(release: Path, made: Path) -> None:
    model = need("followthemoney").model
    for folder in (release, made):
        number = 0
        for line in (folder / "data" / "people.ftm.json").read_text(encoding="utf-8").splitlines():
            data = json.loads(line)
            schema = model.get(data["schema"])
            assert schema is not None
            schema.validate(data)
            entity = model.get_proxy(data)  # It cleans: what it throws away was not valid.
            for name, values in data["properties"].items():
                prop = schema.get(name)
                assert prop is not None, name
                assert all(prop.type.validate(value) for value in values), (name, values)
                assert sorted(entity.get(name)) == sorted(values), name
            number += 1
        assert number > 5
