"""How often sure pairs contradict each other is counted, and a field that does so often forbids nothing."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
from tests.link_tables import reports_table

from cenotaph.link.mistakes import OFTEN, measure_mistakes
from cenotaph.link.preparing import prepare
from cenotaph.link.tabling import Loose, loose_text
from cenotaph.link.traits import BIRTH, GIVEN, NONE, read_traits
from cenotaph.link.vetoes import find_vetoes

_MEN = ("Ivan", "Pyotr", "Aleksandr", "Dmitry", "Nikolai", "Sergei", "Viktor", "Boris", "Fyodor", "Konstantin")
_PLACES = ("Tomsk", "Omsk", "Tula", "Kursk", "Samara", "Ufa", "Perm", "Orsk")


def _people(count: int, births: float, givens: float, seed: int = 3) -> list[dict[str, str]]:
    """Return two reports on each of many people, some with another birth or another given name in the second."""
    draw = np.random.default_rng(seed)
    letters = list("bcdfghklmnprstvz")
    rows = []
    for _ in range(count):
        family = "".join(draw.choice(letters) + draw.choice(list("aiou")) for _ in range(4)).capitalize() + "rov"
        year, month, day = draw.integers(1960, 2000), draw.integers(1, 13), draw.integers(1, 28)
        row = {
            "name_given": str(draw.choice(_MEN)),
            "name_family": family,
            "birth_date_text": f"{year}-{month:02}-{day:02}",
            "place_text": str(draw.choice(_PLACES)),
            "unit_text": f"{draw.integers(1, 90)} motor rifle brigade",
        }
        other = dict(row)
        if draw.random() < births:
            other["birth_date_text"] = f"{year - 7}-{13 - month:02}-{28 - day:02}"
        elif draw.random() < givens:
            other["name_given"] = next(name for name in _MEN if name[0] != row["name_given"][0])
        rows += [row, other]
    return rows


def _measure(rows: list[dict[str, str]]) -> dict[str, float]:
    with duckdb.connect() as connection:
        connection.register("reports", prepare(reports_table(rows)))
        connection.execute("CREATE TABLE prepared AS SELECT * FROM reports")
        return measure_mistakes(connection, "prepared")


@pytest.mark.parametrize("share", [0.0, 0.2])
def test_births_that_contradict_are_counted_on_rare_names_in_one_place(share: float) -> None:
    assert _measure(_people(3000, births=share, givens=0.0))["birth"] == pytest.approx(share, abs=0.04)


def test_given_names_that_contradict_are_counted_on_births_of_one_family() -> None:
    found = _measure(_people(3000, births=0.0, givens=0.3))
    assert found["given"] == pytest.approx(0.3, abs=0.06)
    assert found["birth"] < OFTEN


def test_namesakes_of_one_town_and_one_day_are_no_sure_pairs() -> None:
    rows = [{**row, "unit_text": "", "death_date_text": "2023-11-01"} for row in _people(3000, births=0.4, givens=0.0)]
    assert "birth" not in _measure(rows)


def test_a_loose_field_is_told() -> None:
    lines = loose_text((Loose("birth", 1200, 4000), Loose("death", 0, 0)))
    assert lines[0] == "contradictions in birth forbid nothing: 1,200 of 4,000 sure pairs contradict each other"
    assert lines[1].startswith("contradictions in death forbid nothing")


def test_few_pairs_tell_nothing() -> None:
    assert _measure(_people(40, births=0.5, givens=0.5)) == {}


def test_a_field_that_is_often_wrong_forbids_nothing() -> None:
    man = {"name_full": "Иван Сидоров", "birth_date_text": "1980-01-01"}
    prepared = prepare(reports_table([man, {**man, "birth_date_text": "1994-07-19"}, {**man, "name_full": "Борис Сидоров"}]))
    one, other = np.array([0, 0], np.int32), np.array([1, 2], np.int32)
    assert find_vetoes(read_traits(prepared), one, other).tolist() == [BIRTH, GIVEN]
    assert find_vetoes(read_traits(prepared, ("birth",)), one, other).tolist() == [NONE, GIVEN]
    assert find_vetoes(read_traits(prepared, ("birth", "given")), one, other).tolist() == [NONE, NONE]
