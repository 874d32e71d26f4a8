"""Two brothers of one whole name, born within a year, are two where several reports give each day of birth; one slip is none."""

from __future__ import annotations

import pytest
from tests.unit.test_link_table import OTHERS, link

SHARED = {"name_full": "Хаммуда Абдулкадир Ибрагимович", "death_date_text": "2025-06-22", "place_text": "Джабалия"}
ELDER, YOUNGER, SLIP = "2015-06-05", "2016-03-26", "2015-06-15"


def _groups(*births: str) -> list[str]:
    rows = [{**SHARED, "birth_date_text": birth, "source": f"s{at}"} for at, birth in enumerate(births)]
    found: list[str] = link([*rows, *OTHERS]).people["person_id"].to_pylist()[: len(births)]
    return found


def test_births_that_several_reports_give_each_are_two_people() -> None:
    people = _groups(ELDER, ELDER, YOUNGER, YOUNGER)
    assert people[0] == people[1] != people[2] == people[3]


@pytest.mark.parametrize("births", [(ELDER, ELDER, SLIP, SLIP), (ELDER, ELDER, ELDER)])
def test_a_slip_that_was_copied_makes_no_second_person(births: tuple[str, ...]) -> None:
    assert len(set(_groups(*births))) == 1
