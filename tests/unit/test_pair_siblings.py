"""Two lists: a brother and a sister, or two brothers, are not linked, however much alike their names; spellings of a name are."""

from __future__ import annotations

import pyarrow as pa
import pytest

from cenotaph.link.pairs.linking import THRESHOLD, link_pair
from cenotaph.link.reading import check_reports

SIBLINGS = """Ali/Aliya Nasr/Nasir Hasan/Husam Karim/Karima Hasan/Hussein Samir/Samira Amin/Amina Salim/Salma
Rashid/Rashad Amir/Amira Jamil/Jamal Jamil/Jamila Khalid/Khalil Mahmoud/Mohammad Ahmad/Hamad Hamdi/Hamdan
Walid/Khalid Fadi/Fadia Rami/Rania Nour/Noura Nabil/Nabila Kamal/Kamil Sami/Samir Sami/Samia كريم/كريمة
علي/علياء نصر/ناصر سمير/سميرة أمين/أمينة حسن/حسين محمد/محمود سامي/سامية خالد/خليل كامل/كمال سعيد/سعد
كريم/Karima حسن/Hussein محمد/Mahmoud"""
SPELLINGS = """Nasr/Nasser Nasir/Nasser Hussein/Husayn Hasan/Hassan Karim/Kareem Ali/Aly Mohamed/Muhammad Said/Saeed
Khaled/Khalid Amina/Aminah Fatima/Fatma Umar/Omar Layla/Leila Jamil/Jameel Nadia/Nadya Nidal/Nedal
Ibrahim/Ebrahim Abdullah/Abdallah Aisha/Aysha Yusuf/Yousef Salim/Salem Adil/Adel حسين/Husayn علي/Ali
ناصر/Nasser كريم/Kareem سميرة/Samira"""


def _list(side: str, name: str, **more: str) -> pa.Table:
    rest = "يحيى نادر اللوزي" if "\u0600" < name[0] < "\u06ff" else "Yahya Nadir Lozi"
    return check_reports(pa.table({"report_id": [side], "name_full": [f"{name} {rest}"], **{k: [v] for k, v in more.items()}}))


def _probability(one: str, other: str, **more: str) -> float:
    found = link_pair(_list("l", one, **more), _list("r", other, **more), 0.0).links["probability"].to_pylist()
    return float(found[0]) if found else 0.0


@pytest.mark.parametrize("pair", SIBLINGS.split())
def test_siblings_with_names_that_look_alike_are_not_linked(pair: str) -> None:
    assert _probability(*pair.split("/")) < THRESHOLD
    assert _probability(*pair.split("/"), age="20") < THRESHOLD


@pytest.mark.parametrize("pair", SPELLINGS.split())
def test_spellings_of_one_name_are_linked(pair: str) -> None:
    assert _probability(*pair.split("/")) > THRESHOLD


def test_a_day_of_birth_outweighs_a_name_that_may_be_a_slip() -> None:
    people = [(f"{given} {father} Basim {family}", f"{1950 + at}-0{at % 9 + 1}-1{at % 7}")
              for at, (given, father, family) in enumerate(zip(_GIVEN * 5, _FATHER * 4, _FAMILY * 4, strict=True))]  # fmt: skip
    tables = []
    for side, name in (("l", "Khalid"), ("r", "Khalil")):
        names, days = zip(*people, (f"{name} Yahya Nadir Lozi", "1990-05-24"), strict=True)
        ids = [f"{side}{at}" for at in range(len(names))]
        tables.append(check_reports(pa.table({"report_id": ids, "name_full": names, "birth_date_text": days})))
    links = link_pair(*tables).links.to_pylist()
    last = f"{len(people)}"
    assert ("l" + last, "r" + last) in {(row["left_id"], row["right_id"]) for row in links}


_GIVEN = ["Omar", "Yusuf", "Tariq", "Layla"]
_FATHER = ["Salim", "Jamal", "Faris", "Munir", "Adel"]
_FAMILY = ["Masri", "Haddad", "Khoury", "Najjar", "Zurub"]
