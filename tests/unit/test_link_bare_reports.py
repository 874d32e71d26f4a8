"""A report that says too little is unresolved; those that say enough are not, whatever bare reports may be about them."""

from __future__ import annotations

import pytest
from tests.unit.test_link_table import OTHERS, link

from cenotaph.link.tables import RESOLVED, UNRESOLVED

TINY = [
    {"name_full": "Иван Петров", "source": "a"},
    {"name_full": "Ivan Petrov", "source": "b"},
    {"name_full": "Mohammed Ahmed", "source": "c"},
    {"name_full": "Щербаков Никодим Аристархович", "birth_date_text": "1988-08-07", "place_text": "Орёл", "source": "d"},
]
ONE = {"name_full": "Ибрагимов Магомед Алиевич", "birth_date_text": "1988-02-02", "place_text": "Ташкент", "source": "a"}
TWO = {"name_full": "Ибрагимов Магомед Гаджиевич", "birth_date_text": "1991-11-02", "place_text": "Ташкент", "source": "b"}
BARE = {"name_full": "Ибрагимов Магомед", "place_text": "Ташкент", "source": "c"}


@pytest.mark.parametrize("others", [[], OTHERS])
@pytest.mark.parametrize("bare", [1, 2, 3])
def test_bare_reports_are_given_to_none_of_two_namesakes_and_unresolve_neither(others: list[dict[str, str]], bare: int) -> None:
    linked = link([ONE, TWO, *({**BARE, "source": f"c{n}"} for n in range(bare)), *others])
    assert linked.people["resolution"].to_pylist()[: 2 + bare] == [RESOLVED] * 2 + [UNRESOLVED] * bare
    assert len(set(linked.people["person_id"].to_pylist()[: 2 + bare])) == 2 + bare


def test_a_bare_report_is_given_to_the_only_one_whom_it_fits() -> None:
    person = link([ONE, BARE, *OTHERS]).people["person_id"].to_pylist()
    assert person[0] == person[1]


def test_a_namesake_of_no_known_place_unresolves_nobody() -> None:
    ivanov = [
        {"name_full": "Иванов Иван", "birth_date_text": "1980-01-01", "place_text": "Москва", "source": "a"},
        {"name_full": "Иванов Иван", "birth_date_text": "1994-05-05", "place_text": "Минск", "source": "b"},
        {"name_full": "Ivan Ivanov", "source": "c"},
    ]
    assert link([*ivanov, *OTHERS]).people["resolution"].to_pylist()[:3] == [RESOLVED, RESOLVED, UNRESOLVED]


def test_of_two_who_may_be_one_at_least_one_is_somebody() -> None:
    row = {"name_full": "Каримов Алишер Рустамович", "birth_date_text": "1990-03-04", "place_text": "Ургут"}
    other = {"name_full": "Каримов Шерали Рустамович", "birth_date_text": "1990-03-04", "place_text": "Ургут"}
    linked = link([{**row, "source": "a"}, {**other, "source": "b"}, *OTHERS])
    assert RESOLVED in linked.people["resolution"].to_pylist()[:2]


def test_a_common_name_alone_is_unresolved_in_a_table_too_small_to_say_how_common_it_is() -> None:
    people = link(TINY).people
    assert people["resolution"].to_pylist() == [UNRESOLVED] * 3 + [RESOLVED]
    assert len(set(people["person_id"].to_pylist())) == 4
    assert link(TINY[:1]).people["resolution"].to_pylist() == [UNRESOLVED]


def test_a_rare_name_alone_is_somebodys_in_a_table_of_any_size() -> None:
    rows = [{"name_full": "Zed Zorro", "source": "a"}, {"name_full": "Zed Zorro", "source": "b"}]
    people = link([*rows, *TINY]).people
    assert people["resolution"].to_pylist()[:2] == [RESOLVED] * 2
    assert people["person_id"][0] == people["person_id"][1]


def test_whose_a_report_is_that_fits_two_people_is_asked() -> None:
    queue = link([ONE, TWO, BARE]).queue.to_pylist()
    assert any("r2" in (row["left_id"], row["right_id"]) and row["value"] == 0.5 for row in queue)


def test_bare_reports_that_a_reviewer_joined_stay_together() -> None:
    rows = [ONE, TWO, BARE, {**BARE, "source": "d"}, *OTHERS]
    people = link(rows, [("r2", "r3", True)]).people
    assert people["person_id"][2] == people["person_id"][3]
    assert people["resolution"].to_pylist()[2:4] == [RESOLVED] * 2
