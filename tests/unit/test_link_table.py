"""A table of reports becomes people: across scripts, never across placeholders, relatives apart, the same bytes each time."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
import pytest
from tests.link_tables import reports_table

from cenotaph.domain.errors import InputError
from cenotaph.link.reading import check_reports
from cenotaph.link.tables import UNRESOLVED, edges_schema, judgements_schema, people_schema
from cenotaph.link.tabling import Linked, link_table


def link(rows: list[dict[str, str]], judgements: list[tuple[str, str, bool]] | None = None) -> Linked:
    table = reports_table(rows)
    words = [{"left_id": a, "right_id": b, "same": same, "reason": None} for a, b, same in judgements or []]
    return link_table(table, pa.Table.from_pylist(words, judgements_schema()))


def people(linked: Linked) -> list[list[str]]:
    found = defaultdict(list)
    for row in linked.people.to_pylist():
        found[row["person_id"]].append(row["report_id"])
    return sorted(found.values())


HOME = {"place_text": "Ургут", "death_date_text": "2023-05-01", "published_on": "2023-05-10"}
KARIMOV = {**HOME, "name_full": "Каримов Алишер Рустамович", "birth_date_text": "1990-03-04", "source": "a"}
KARIMOV_LATIN = {
    "name_full": "Alisher Rustam oʻgʻli Karimov", "birth_date_text": "4 March 1990", "place_text": "Urgut",
    "death_date_text": "May 2023", "published_on": "2023-06-10", "source": "b",
}  # fmt: skip
OTHERS = [
    {"name_full": name, "birth_date_text": f"{year}-02-0{day}", "published_on": "2023-07-01", "place_text": place, "source": "c"}
    for name, year, day, place in (
        ("Мороз Тарас Петрович", 1985, 1, "Полтава"),
        ("Доржиев Солбон Баирович", 1979, 2, "Улан-Удэ"),
        ("Назаров Шерзод Умарович", 1995, 3, "Термез"),
        ("Ибрагимов Юсуф Магомедович", 1999, 4, "Дербент"),
    )
]


def test_one_man_in_two_scripts_is_one_person() -> None:
    assert ["r0", "r1"] in people(link([KARIMOV, KARIMOV_LATIN, *OTHERS]))


def test_twins_who_died_together_are_two_people() -> None:
    twin = {**KARIMOV, "name_full": "Каримов Шерзод Рустамович"}
    assert people(link([KARIMOV, twin, *OTHERS]))[:2] == [["r0"], ["r1"]]


def test_a_namesake_of_another_age_is_another_person() -> None:
    namesake = {**KARIMOV, "birth_date_text": "1962-11-20"}
    assert people(link([KARIMOV, namesake, *OTHERS]))[:2] == [["r0"], ["r1"]]


def test_ten_unknown_men_are_nobody() -> None:
    unknown = {**HOME, "name_full": "неизвестный", "source": "a"}
    linked = link([unknown] * 10 + OTHERS)
    assert len(people(linked)) == 14
    assert linked.people["resolution"].to_pylist()[:10] == [UNRESOLVED] * 10
    assert not {"r0", "r9"} & set(linked.edges["left_id"].to_pylist())


@pytest.mark.parametrize("name", ["х" * 100_000, "\u202eИван\u202c", "ا\u0301\u0302\u0303", "", " ", "12345", "\x00"])
def test_a_hostile_name_neither_crashes_nor_matches(name: str) -> None:
    linked = link([{"name_full": name}, {"name_full": "Мороз Тарас"}, *OTHERS[1:]])
    assert ["r0"] in people(linked)


def test_no_rows_and_one_row_are_tables_too() -> None:
    none = link_table(pa.table({"report_id": pa.array([], pa.string())}))
    assert none.people.schema == people_schema()
    assert none.edges.schema == edges_schema()
    assert none.summary.people == 0
    one = link([KARIMOV])
    assert one.people["report_id"].to_pylist() == ["r0"]


def test_a_table_of_ids_alone_gives_every_report_a_person_of_its_own() -> None:
    linked = link([{}] * 3)
    assert len(people(linked)) == 3
    assert set(linked.people["resolution"].to_pylist()) == {UNRESOLVED}


def test_a_reviewers_word_stands_over_the_machines() -> None:
    apart = link([KARIMOV, KARIMOV_LATIN, *OTHERS], [("r0", "r1", False)])
    assert ["r0"] in people(apart)
    together = link([KARIMOV, *OTHERS], [("r0", "r1", True)])
    assert ["r0", "r1"] in people(together)


def test_a_judgement_on_a_report_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="nobody"):
        link([KARIMOV], [("r0", "nobody", True)])


def test_judgements_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(InputError, match="both"):
        link([KARIMOV, KARIMOV_LATIN], [("r0", "r1", True), ("r1", "r0", False)])


def test_the_order_of_rows_changes_no_persons_id() -> None:
    rows = [{"report_id": f"r{n}", **row} for n, row in enumerate([KARIMOV, KARIMOV_LATIN, *OTHERS])]
    there, back = (link_table(reports_table(order)).people.to_pylist() for order in (rows, rows[::-1]))
    assert {r["report_id"]: r["person_id"] for r in there} == {r["report_id"]: r["person_id"] for r in back}


def test_the_same_reports_give_the_same_tables() -> None:
    rows = [KARIMOV, KARIMOV_LATIN, *OTHERS] * 2
    one, two = link(rows), link(rows)
    assert one.people == two.people
    assert one.edges == two.edges
    assert one.model.hash == two.model.hash


def test_a_doubtful_pair_is_a_question_and_a_clear_one_is_none() -> None:
    vague = {"name_full": "Каримов Алишер", "published_on": "2023-05-20", "source": "d"}
    linked = link([KARIMOV, {**KARIMOV, "birth_date_text": "1962-11-20", "source": "e"}, vague, *OTHERS])
    queue = linked.queue.to_pylist()
    assert queue
    assert [row["value"] for row in queue] == sorted((row["value"] for row in queue), reverse=True)
    assert all(set(row) >= {"left_id", "right_id", "weight", "probability", "cause"} for row in queue)


def test_checked_reports_are_the_same_when_checked_again() -> None:
    table = check_reports(pa.table({"report_id": ["a"], "age": [3]}))
    assert check_reports(table) == table
