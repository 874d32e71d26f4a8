"""New reports join the people found before, as a full run would have it."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pytest
from tests.link_tables import reports_table

from cenotaph.domain.errors import InputError
from cenotaph.link.incremental import add_reports
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
