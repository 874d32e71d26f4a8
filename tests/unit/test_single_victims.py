"""A single victim without a numeral is a claim of one where the words leave no doubt, and never an age or somebody named."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("Погибла пенсионерка: в дом попала ракета, ранен мужчина.", "ru", [("мужчина", "wounded")]),
        ("Погибла женщина.", "ru", [("женщина", "killed")]),
        ("Погиб 38-летний рабочий, ещё двое ранены.", "ru", [("рабочий", "killed"), ("двое", "wounded")]),
        ("Ранения получил полицейский.", "ru", [("полицейский", "wounded")]),
        ("В плен попал гражданин Ганы.", "ru", [("гражданин", "captured")]),
        ("Их сын числится пропавшим без вести.", "ru", [("Их сын", "missing")]),
        ("Погиб мирный житель.", "ru", [("мирный житель", "killed")]),
        ("A 71-year-old woman was killed in the fire.", "en", [("A", "killed")]),
        ("Their daughter was wounded.", "en", [("Their daughter", "wounded")]),
    ],
)
def test_a_single_victim_is_one(text: str, language: str, wanted: list[tuple[str, str]]) -> None:
    assert [(claim.number_text, claim.outcome) for claim in read_claims(text, language).claims] == wanted


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("На войне погиб уроженец Бухары Рустам Алиев.", "ru"),
        ("Погиб рядовой Сидоров.", "ru"),
        ("Иван Орлов, водитель, погиб.", "ru"),
        ("Президент был ранен.", "ru"),
        ("Если погибнет солдат, семья получит выплату.", "ru"),
        ("The 31-year-old was killed in June.", "en"),
        ("A 20-year-old car was wrecked.", "en"),
        ("Ann Reed, a 30-year-old nurse, was killed.", "en"),
        ("If her son was killed, nobody told her.", "en"),
    ],
)
def test_a_name_an_office_an_age_and_what_only_might_be_give_none(text: str, language: str) -> None:
    assert not read_claims(text, language).claims
