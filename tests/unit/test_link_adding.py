"""New reports join the people found before, as a full run would have it."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from tests.link_tables import reports_table

from cenotaph.domain.errors import InputError
from cenotaph.link.binding import bind
from cenotaph.link.incremental import add_reports
from cenotaph.link.tables import judgements_schema
from cenotaph.link.tabling import link_table

GIVEN = ("Иван", "Сергей", "Рустам", "Алишер", "Тимур", "Олег", "Юсуф", "Шерзод")
FATHER = ("Петрович", "Каримович", "Умарович", "Олегович", "Назарович")
FAMILY = ("Мороз", "Доржиев", "Ибрагимов", "Назаров", "Каримов", "Бондаренко", "Ахмедов", "Лысенко", "Гулямов", "Черных")


def made_reports(people: int, seed: int) -> list[dict[str, str]]:
    drawn = random.Random(seed)
    rows = []
    for _ in range(people):
        given, father, family = drawn.choice(GIVEN), drawn.choice(FATHER), drawn.choice(FAMILY)
        born = f"{drawn.randrange(1965, 2003)}-{drawn.randrange(1, 13):02}-{drawn.randrange(1, 29):02}"
        died = f"2023-{drawn.randrange(1, 9):02}-{drawn.randrange(1, 29):02}"
        for at in range(drawn.choice((1, 2, 2, 3))):
            rows.append(
                {
                    "name_full": f"{family} {given} {father}", "birth_date_text": born, "death_date_text": died,
                    "published_on": f"2023-10-{at + 1:02}", "source": f"s{at}",
                }
            )  # fmt: skip
    return [{"report_id": f"r{n:04}", **row} for n, row in enumerate(rows)]


def grouped(rows: list[dict[str, str]]) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["person_id"], set()).add(row["report_id"])
    return {frozenset(group) for group in found.values()}


@pytest.mark.parametrize("seed", [1, 2])
def test_added_reports_find_the_same_people_as_a_full_run(tmp_path: Path, seed: int) -> None:
    rows = made_reports(150, seed)
    new = [row for n, row in enumerate(rows) if n % 10 == 3]
    old = [row for n, row in enumerate(rows) if n % 10 != 3]
    full = link_table(reports_table(rows))
    before = link_table(reports_table(old), state=tmp_path / "state")
    added = add_reports(tmp_path / "state", reports_table(new))
    after = {row["report_id"]: row for row in before.people.to_pylist()} | {r["report_id"]: r for r in added.people.to_pylist()}
    together, alone = grouped(list(after.values())), grouped(full.people.to_pylist())
    differing = together ^ alone
    assert len(differing) <= 0.02 * len(alone)


def test_an_older_person_keeps_the_id(tmp_path: Path) -> None:
    rows = made_reports(60, 3)
    before = link_table(reports_table(rows), state=tmp_path / "state")
    again = {**rows[0], "report_id": "new", "source": "s9"}
    added = add_reports(tmp_path / "state", reports_table([again]))
    assert added.people.to_pylist()[0]["person_id"] == before.people["person_id"][0].as_py()
    assert added.merged.num_rows == 0


def test_a_stranger_and_a_placeholder_get_people_of_their_own(tmp_path: Path) -> None:
    before = link_table(reports_table(made_reports(60, 3)), state=tmp_path / "state")
    new = reports_table(
        [{"report_id": "a", "name_full": "Zhang Wei", "birth_date_text": "1999"}, {"report_id": "b", "name_full": "unknown"}]
    )
    found = add_reports(tmp_path / "state", new).people.to_pylist()
    assert len({row["person_id"] for row in found}) == 2
    assert not {row["person_id"] for row in found} & set(before.people["person_id"].to_pylist())
    assert found[1]["resolution"] == "unresolved"


def test_a_report_that_was_linked_before_is_refused(tmp_path: Path) -> None:
    rows = made_reports(10, 4)
    link_table(reports_table(rows), state=tmp_path / "state")
    with pytest.raises(InputError, match="r0000"):
        add_reports(tmp_path / "state", reports_table(rows[:1]))


def test_a_folder_without_a_state_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no whole state"):
        add_reports(tmp_path, pa.table({"report_id": ["a"]}))


def words(*said: tuple[str, str, bool]) -> pa.Table:
    return pa.Table.from_pylist(
        [{"left_id": a, "right_id": b, "same": same, "reason": None} for a, b, same in said], judgements_schema()
    )


def person_of(table: pa.Table) -> dict[str, str]:
    return dict(zip(table["report_id"].to_pylist(), table["person_id"].to_pylist(), strict=True))


def test_a_reviewers_same_brings_old_and_new_together(tmp_path: Path) -> None:
    before = link_table(reports_table(made_reports(60, 3)), state=tmp_path / "state")
    new = reports_table([{"report_id": "a", "name_full": "Zhang Wei", "birth_date_text": "1999"}])
    found = person_of(add_reports(tmp_path / "state", new, words(("a", "r0000", True))).everybody)
    assert found["a"] == person_of(before.people)["r0000"]


def test_a_reviewers_not_the_same_takes_old_people_apart_and_leaves_the_others(tmp_path: Path) -> None:
    rows = made_reports(60, 3)
    before = link_table(reports_table(rows), state=tmp_path / "state")
    old = person_of(before.people)
    one = next(report for report in old if list(old.values()).count(old[report]) == 2)
    other = next(report for report in old if old[report] == old[one] and report != one)
    none = reports_table(rows).slice(0, 0)
    added = add_reports(tmp_path / "state", none, words((one, other, False)))
    now = person_of(added.everybody)
    assert now[one] != now[other]
    assert {report: person for report, person in now.items() if report not in (one, other)} == {
        report: person for report, person in old.items() if report not in (one, other)
    }
    assert set(added.people["report_id"].to_pylist()) <= {one, other}


def test_reports_added_in_two_parts_are_found_again(tmp_path: Path) -> None:
    rows = made_reports(80, 5)
    link_table(reports_table(rows), state=tmp_path / "state")
    first = {**rows[0], "report_id": "new-1", "source": "s8", "name_full": "Чжан Вэй Петрович", "birth_date_text": "1999-02-03"}
    second = {**first, "report_id": "new-2", "source": "s9"}
    one = person_of(add_reports(tmp_path / "state", reports_table([first]), keep=True).people)["new-1"]
    two = add_reports(tmp_path / "state", reports_table([second]), keep=True)
    assert person_of(two.people)["new-2"] == one
    assert len(two.everybody) == len(rows) + 2


def test_a_report_that_is_gone_draws_nobody(tmp_path: Path) -> None:
    rows = made_reports(60, 3)
    before = person_of(link_table(reports_table(rows), state=tmp_path / "state").people)
    lone = next(n for n, row in enumerate(rows) if list(before.values()).count(before[row["report_id"]]) == 1)
    again = reports_table([{**rows[lone], "report_id": "new", "source": "s9"}])
    there = person_of(add_reports(tmp_path / "state", again).people)["new"]
    gone = person_of(add_reports(tmp_path / "state", again, gone=pa.array([rows[lone]["report_id"]])).people)["new"]
    assert there == before[rows[lone]["report_id"]]
    assert gone not in before.values()


def test_a_state_is_not_changed_unless_asked(tmp_path: Path) -> None:
    rows = made_reports(30, 6)
    link_table(reports_table(rows), state=tmp_path / "state")
    files = {path: path.read_bytes() for path in sorted((tmp_path / "state").rglob("*")) if path.is_file()}
    add_reports(tmp_path / "state", reports_table([{**rows[0], "report_id": "new"}]))
    assert files == {path: path.read_bytes() for path in sorted((tmp_path / "state").rglob("*")) if path.is_file()}


def three(folder: Path, judgements: pa.Table | None = None) -> dict[str, str]:
    """Link a and n, whom all makes one, and b, a stranger; return whose they are."""
    born = {"a": ("Zed Zorro", "1990-05-12"), "n": ("Zed Zorro", "1990-05-12"), "b": ("Quentin Quark", "1970-02-03")}
    rows = [{"report_id": key, "name_full": name, "birth_date_text": birth} for key, (name, birth) in born.items()]
    return person_of(link_table(reports_table(rows), judgements, state=folder).people)


def one_more() -> pa.Table:
    return reports_table([{"report_id": "q", "name_full": "Abra Kadabra"}])


@pytest.mark.parametrize("turned", [False, True])
def test_not_the_same_holds_against_the_same_of_another_report_of_an_old_person(tmp_path: Path, turned: bool) -> None:
    before = three(tmp_path / "state")
    said = [("n", "b", True), ("a", "b", False)]
    now = person_of(add_reports(tmp_path / "state", one_more(), words(*(said[::-1] if turned else said))).everybody)
    assert before["a"] == before["n"]
    assert now["a"] != now["b"] == now["n"]


def test_a_word_that_was_given_when_the_state_was_saved_still_holds(tmp_path: Path) -> None:
    three(tmp_path / "state", words(("a", "b", False)))
    now = person_of(add_reports(tmp_path / "state", one_more(), words(("n", "b", True))).everybody)
    assert now["a"] != now["b"] == now["n"]


def test_a_word_that_was_added_holds_for_what_is_added_after_it_until_it_is_changed(tmp_path: Path) -> None:
    three(tmp_path / "state")
    none = one_more().slice(0, 0)
    first = person_of(add_reports(tmp_path / "state", none, words(("a", "n", False)), keep=True).everybody)
    again = reports_table([{"report_id": "q", "name_full": "Zed Zorro", "birth_date_text": "1990-05-12"}])
    second = person_of(add_reports(tmp_path / "state", again, keep=True).everybody)
    third = person_of(add_reports(tmp_path / "state", none, words(("n", "a", True))).everybody)
    assert first["a"] != first["n"]
    assert second["a"] != second["n"]
    assert third["a"] == third["n"]


def test_an_old_person_through_whom_no_word_is_broken_stays_whole() -> None:
    before = np.array([0, 0, 1, 1, 2, 2])
    same, different = (np.array(pairs, np.int32) for pairs in ([(0, 2)], [(1, 4)]))
    assert bind(before, same, different).kept.tolist() == [0, 0, 2, 2, 4, 4]
    assert bind(before, same, np.array([(1, 3)], np.int32)).kept.tolist() == [0, 1, 2, 3, 4, 4]
