"""Infants without a name of their own, numbers and letters are linked with nobody; a child who is named is somebody."""

from __future__ import annotations

import pyarrow as pa
import pytest
from tests.unit.test_link_table import OTHERS, link

from cenotaph.link.pairs.linking import link_pair
from cenotaph.link.reading import check_reports
from cenotaph.link.tables import UNRESOLVED

SHARED = {"death_date_text": "2023-11-02", "place_text": "Khan Yunis", "age": "0", "birth_date_text": "2023-11-01"}
NOBODY = [
    "رضيع محمد النجار", "رضيعة فاطمة زعرب", "طفل النجار", "ابن محمد النجار", "Baby Girl Zurub", "Baby of Fatima Zurub",
    "infant son of Ahmad Najjar", "newborn Najjar", "Zurub (baby girl)", "новорождённый Иванов", "младенец Ивановой",
    "сын Ивановой", "номер 17", "X Y", "First Last", "НМ", "двое военных", "ملا نامعلوم", "NA", "Doe, John",
]  # fmt: skip


@pytest.mark.parametrize("name", NOBODY)
def test_two_who_are_called_nothing_else_are_not_linked(name: str) -> None:
    linked = link([{**SHARED, "name_full": name, "source": "a"}, {**SHARED, "name_full": name, "source": "b"}, *OTHERS])
    person = linked.people["person_id"].to_pylist()
    assert person[0] != person[1]
    assert linked.people["resolution"].to_pylist()[:2] == [UNRESOLVED] * 2
    rows = [{**SHARED, "name_full": name}, *OTHERS]
    columns = sorted({column for row in rows for column in row})
    table = pa.table({"report_id": [f"r{at}" for at in range(len(rows))], **{c: [row.get(c) for row in rows] for c in columns}})
    links = link_pair(check_reports(table), check_reports(table)).links["left_id"].to_pylist()
    assert "r0" not in links
    assert len(links) == len(OTHERS)


@pytest.mark.parametrize(
    ("one", "other"), [("الرضيع محمد خالد القرقوزي", "محمد خالد القرقوزي"), ("infant Zed Quackenbush", "Zed Quackenbush")]
)
def test_a_named_infant_is_linked_by_his_name(one: str, other: str) -> None:
    linked = link([{**SHARED, "name_full": one, "source": "a"}, {**SHARED, "name_full": other, "source": "b"}, *OTHERS])
    person = linked.people["person_id"].to_pylist()
    assert person[0] == person[1]
