"""A name tells of a country: it is no news that countrymen share it. Given and family names that look alike stand in order."""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.link_tables import reports_table

from cenotaph.link.engine import open_engine
from cenotaph.link.explaining import explain
from cenotaph.link.model import TOGETHER_UNIT, start_model
from cenotaph.link.namesakes import COLUMNS, countries_sql, measure_countries
from cenotaph.link.preparing import prepare
from cenotaph.link.reading import check_reports

RUSSIANS, PERSIANS = 90, 10


def _reports(names: tuple[str, str]) -> pa.Table:
    """Return reports of two peoples, each of one name and of people born years apart."""
    russian, persian = names
    rows = [
        {"name_full": russian, "nationality_text": "Russian", "birth_date_text": f"{1930 + at % 70}-05-0{1 + at % 9}"}
        for at in range(RUSSIANS)
    ]
    rows += [
        {"name_full": persian, "nationality_text": "Iranian", "birth_date_text": f"{1930 + 7 * at}-03-02", "region": "Tehran"}
        for at in range(PERSIANS)
    ]
    return check_reports(reports_table(rows))


def _lifts(names: tuple[str, str]) -> dict[str, dict[str, float]]:
    with open_engine() as connection:
        connection.register("prepared", prepare(_reports(names)))
        connection.execute(f"CREATE TABLE blocked AS SELECT *, {countries_sql()} FROM prepared")
        found = measure_countries(connection, "blocked")
    return {
        column: dict(zip(table[column].to_pylist(), (v / TOGETHER_UNIT for v in table[f"tf_{column}"].to_pylist()), strict=True))
        for column, table in found.items()
    }


def test_a_country_that_the_name_tells_is_worth_less_the_rarer_it_is() -> None:
    twice, once = (_lifts(("Ivan Petrov", "Reza Tehrani"))[column] for column in COLUMNS)
    assert 1.0 <= once["RU"] < 1.2
    assert 7.0 < once["IR"] <= 10.0
    assert twice["IR"] == pytest.approx(once["IR"] * 10)


def test_a_name_of_both_countries_tells_less_of_either() -> None:
    own, shared = _lifts(("Ivan Petrov", "Reza Tehrani")), _lifts(("Ali Karimi", "Ali Karimi"))
    assert shared[COLUMNS[1]]["IR"] < own[COLUMNS[1]]["IR"] / 3


def test_where_all_are_of_one_country_nothing_is_taken_off() -> None:
    rows = [
        {"name_full": "Ali Karimi", "nationality_text": "Iranian", "birth_date_text": f"{1930 + at}-05-01"} for at in range(50)
    ]
    with open_engine() as connection:
        connection.register("prepared", prepare(check_reports(reports_table(rows))))
        connection.execute(f"CREATE TABLE blocked AS SELECT *, {countries_sql()} FROM prepared")
        found = measure_countries(connection, "blocked")
    assert {value for column in COLUMNS for value in found[column][f"tf_{column}"].to_pylist()} == {TOGETHER_UNIT}


@pytest.mark.parametrize("name", ["Mohammad Mohammadi", "محمد محمدی", "Ahmad Ahmadi"])
def test_whose_given_and_family_name_look_alike_has_exchanged_none(name: str) -> None:
    rows = [{"name_full": name, "source": "a"}, {"name_full": name, "source": "b"}, {"name_full": "Reza Karimi", "source": "c"}]
    explained = explain(check_reports(reports_table(rows)), "r0", "r1", start_model())
    assert "order of the name" not in {field.field for field in explained.fields}


@pytest.mark.parametrize(
    ("one", "other"), [("Karim Rezayi", "Reza Karimi"), ("أحمد حسني", "حسن أحمدي"), ("Ahmad Hasani", "حسن احمدی")]
)
def test_a_family_name_made_of_the_others_given_name_is_no_exchange(one: str, other: str) -> None:
    rows = [{"name_full": one, "source": "a"}, {"name_full": other, "source": "b"}]
    explained = explain(check_reports(reports_table(rows)), "r0", "r1", start_model())
    assert "order of the name" not in {field.field for field in explained.fields}


def test_whose_names_stand_in_each_others_place_has_exchanged_them() -> None:
    rows = [{"name_given": "Brunel", "name_family": "Tostig"}, {"name_given": "Tostig", "name_family": "Brunel"}]
    explained = explain(check_reports(reports_table(rows)), "r0", "r1", start_model())
    assert "order of the name" in {field.field for field in explained.fields}


def test_what_a_country_that_the_name_tells_takes_off_is_explained() -> None:
    table = _reports(("Ivan Petrov", "Reza Tehrani"))
    explained = explain(table, "r91", "r93", start_model())
    (taken,) = [field for field in explained.fields if field.field == "what namesakes share"]
    assert taken.weight < -5
