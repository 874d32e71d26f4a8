"""Roll-ups: named files, refused where they contradict."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.domain.errors import MappingError, NotFoundError
from cenotaph.reference import rollups
from cenotaph.reference.rollups import RollUp


def test_every_roll_up_that_comes_along_can_be_read() -> None:
    names = rollups.names()
    assert {"ukraine-regions", "georgia-with-south-ossetia-abkhazia", "moldova-with-transnistria"} <= set(names)
    for name in names:
        rollup = rollups.load(name)
        assert rollup.name == name and rollup.title and rollup.source and rollup.text


def test_ukraine_takes_in_all_of_its_regions_and_says_that_crimea_is_among_them() -> None:
    rollup = rollups.load("ukraine-regions")
    assert len(rollup.parents) == 27 and set(rollup.parents.values()) == {"UA"}
    assert {"UA-43", "UA-40", "UA-23", "UA-65"} <= set(rollup.parents)
    assert "Crimea" in rollup.text and "Sevastopol" in rollup.text


def test_south_ossetia_goes_nowhere_unless_it_is_named() -> None:
    assert rollups.load("georgia-with-south-ossetia-abkhazia").parents["x-south-ossetia"] == "GE"
    others = [rollups.load(name) for name in rollups.names() if name != "georgia-with-south-ossetia-abkhazia"]
    assert not any("x-south-ossetia" in rollup.parents for rollup in others)


def test_roll_ups_that_agree_become_one() -> None:
    names = ("ukraine-regions", "moldova-with-transnistria", "moldova-regions")
    both = rollups.combine([rollups.load(name) for name in names])
    assert both.parents["UA-23"] == "UA" and both.parents["MD-SN"] == "MD"
    assert both.name == "+".join(names)
    assert rollups.combine([]).parents == {}


def test_roll_ups_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(MappingError, match=r"contradict.*KG"):
        rollups.combine([rollups.load("central-asia"), rollups.load("continents")])


def test_a_chain_is_kept_and_a_circle_is_refused() -> None:
    chain = RollUp("one", "t", {"UA-23": "UA", "UA": "x-europe"}, "s")
    assert chain.parents["UA"] == "x-europe"
    with pytest.raises(MappingError, match="under itself"):
        RollUp("circle", "t", {"UA-23": "UA", "UA": "UA-23"}, "s")
    with pytest.raises(MappingError, match="under itself"):
        rollups.combine([RollUp("a", "t", {"UA": "x-europe"}, "s"), RollUp("b", "t", {"x-europe": "UA"}, "s")])
    with pytest.raises(MappingError, match="under itself"):
        RollUp("self", "t", {"UA": "UA"}, "s")


def test_what_a_roll_up_says_cannot_be_changed() -> None:
    rollup = rollups.load("ukraine-regions")
    with pytest.raises(TypeError):
        rollup.parents["UA-23"] = "RU"  # type: ignore[index]


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('title = "T"\nsource = "S"\n[parents]\nx-abkhazia = "GE"\n', encoding="utf-8")
    for name in (path, str(path)):
        assert rollups.load(name).parents == {"x-abkhazia": "GE"}
    assert rollups.load(path).name == "mine"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = ", "not TOML"),
        ('title = "T"\n[parents]\nUA-23 = "UA"\n', "lacks 'source'"),
        ('title = "T"\nsource = "S"\n', "lacks the table 'parents'"),
        ('title = "T"\nsource = "S"\nparent = 1\n[parents]\nUA-23 = "UA"\n', "no key 'parent'"),
        ('title = "T"\nsource = "S"\n[parents]\nUA-99 = "UA"\n', "no place 'UA-99'"),
        ('title = "T"\nsource = "S"\n[parents]\nUA-23 = 1\n', "UA-23"),
        ('title = "T"\nsource = "S"\n[parents]\nUA-23 = "UA"\nUA = "UA-23"\n', "under itself"),
    ],
)
def test_a_wrong_file_says_which_key_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=says):
        rollups.load(path)


def test_a_roll_up_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(NotFoundError, match="ukraine-regions"):
        rollups.load("ukrane-regions")
    with pytest.raises(NotFoundError):
        rollups.load("absent.toml")
    with pytest.raises(NotFoundError):
        rollups.load("../rollups/ukraine-regions")
