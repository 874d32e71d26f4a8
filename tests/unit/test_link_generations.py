"""Father and son, senior and junior, whom a word in the name tells apart, are two; where only one has it, it says nothing."""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.unit.test_link_table import OTHERS, link

from cenotaph.link.explaining import explain, explanation_lines
from cenotaph.link.pairs.linking import link_pair
from cenotaph.link.reading import check_reports

SHARED = {"death_date_text": "2023-08-01", "place_text": "Boston"}
TWO = [
    ("Theodore Quackenbush Jr.", "Theodore Quackenbush Sr."),
    ("Quackenbush Zed II", "Quackenbush Zed III"),
    ("Бармалеев Зосима старший", "Бармалеев Зосима младший"),
    ("Бармалеев Зосима (отец)", "Бармалеев Зосима (сын)"),
    ("رستم أحمد القرقوزي (الأب)", "رستم أحمد القرقوزي (الابن)"),
    ("Pierre Quackenbush père", "Pierre Quackenbush fils"),
]
ONE = [
    ("Theodore Quackenbush Jr.", "Theodore Quackenbush"),
    ("Quackenbush Zed II", "Zed Quackenbush Jr"),
    ("Бармалеев Зосима (сын)", "Бармалеев Зосима мл."),
]


def _people(*names: str) -> list[str]:
    rows = [{**SHARED, "name_full": name, "source": "abcdef"[at]} for at, name in enumerate(names)]
    found: list[str] = link([*rows, *OTHERS]).people["person_id"].to_pylist()[: len(names)]
    return found


@pytest.mark.parametrize(("one", "two"), TWO)
def test_two_generations_of_one_name_are_two_people(one: str, two: str) -> None:
    assert len(set(_people(one, two))) == 2
    assert len(set(_people(one, two, one, two))) == 2


@pytest.mark.parametrize(("one", "two"), ONE)
def test_a_generation_that_only_one_tells_is_no_contradiction(one: str, two: str) -> None:
    assert len(set(_people(one, two))) == 1


def test_who_may_be_father_or_son_joins_them_not() -> None:
    found = _people("Theodore Quackenbush Jr.", "Theodore Quackenbush Sr.", "Theodore Quackenbush")
    assert found[0] != found[1]


@pytest.mark.parametrize(("one", "two"), TWO)
def test_an_explanation_says_that_generations_contradict(one: str, two: str) -> None:
    rows = [{**SHARED, "report_id": name, "name_full": name} for name in (one, two)]
    names = sorted({column for row in [*rows, *OTHERS] for column in row} - {"report_id"})
    table = [*rows, *({"report_id": f"o{at}", **row} for at, row in enumerate(OTHERS))]
    reports = pa.table({column: [row.get(column) for row in table] for column in ["report_id", *names]})
    explained = explain(reports, one, two)
    assert explained.veto == "generation"
    assert any("generation" in line for line in explanation_lines(explained))


def _pair(left: list[str], right: list[str]) -> list[tuple[str, str]]:
    tables = [
        check_reports(pa.table({"report_id": [f"{side}{at}" for at in range(len(names))], "name_full": names}))
        for side, names in (("l", left), ("r", right))
    ]
    links = link_pair(*tables).links.to_pylist()
    return sorted((row["left_id"], row["right_id"]) for row in links)


@pytest.mark.parametrize(("one", "two"), TWO)
def test_two_lists_link_no_two_generations(one: str, two: str) -> None:
    assert _pair([one], [two]) == []
    assert _pair([one, two], [two, one]) == [("l0", "r1"), ("l1", "r0")]


@pytest.mark.parametrize(("one", "two"), ONE)
def test_two_lists_link_who_has_the_word_in_one_only(one: str, two: str) -> None:
    assert _pair([one], [two]) == [("l0", "r0")]
