"""Comparison: levels part by part, a missing part says nothing, another patronymic speaks against."""

from __future__ import annotations

import pytest

from cenotaph.names import compare
from cenotaph.names.rates import Rates, world_shares
from cenotaph.names.sql import Level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Иванов Иван Петрович", "Ivan Petrovich Ivanov", Level.EXACT),
        ("محمد أحمد علي حسن", "Muhammad Ahmad Ali Hasan", Level.EXACT),
        ("Хуршид Каримов", "Xurshid Karimov", Level.EXACT),
        ("Саша Петров", "Александр Петров", Level.SAME_KEY),
        ("Сергеев Иван", "Сергеев Иван Петрович", Level.MISSING),
        ("Иванов Иван Петрович", "Иванов Иван Сергеевич", Level.CONTRADICTING),
        ("Иванов И. П.", "Иванов Иван Петрович", Level.INITIALS),
        ("Иванов И. С.", "Иванов Иван Петрович", Level.CONTRADICTING),
        ("Щербаков Иван", "Щертаков Иван", Level.NEAR),
        ("Каримова Нигора Рустам кизи", "Каримов Нигор Рустам угли", Level.CONTRADICTING),
        ("राम बहादुर थापा", "Тхапа Рам Бахадур", Level.EXACT),
    ],
)
def test_two_names_agree_as_far_as_their_weakest_part(left: str, right: str, level: Level) -> None:
    assert compare(left, right).level is level
    assert compare(right, left).level is level


def test_a_contradicting_patronymic_is_evidence_against_and_a_missing_one_is_not() -> None:
    whole, missing, other = (compare("Иванов Иван Петрович", name) for name in
                             ("Иванов Иван Петрович", "Иванов Иван", "Иванов Иван Сергеевич"))  # fmt: skip
    assert whole.weight > missing.weight > other.weight
    assert next(part for part in missing.parts if part.part == "father").weight == 0
    assert next(part for part in other.parts if part.part == "father").weight < -3


def test_names_the_other_way_round_are_swapped() -> None:
    found = compare("Ким, Ан", "Ан, Ким")
    assert {part.level for part in found.parts} == {Level.SWAPPED}


def test_a_rare_name_is_worth_more_than_a_common_one() -> None:
    assert compare("Евлампий Ряшин", "Евлампий Ряшин").weight > compare("Иван Иванов", "Иван Иванов").weight + 8


def test_the_population_decides_what_is_common() -> None:
    rare = Rates({"given": {"ivan": 1e-5}}, {"given": {"afn": 1e-5}})
    assert compare("Иван", "Иван", rates=rare).weight > compare("Иван", "Иван").weight + 10


def test_the_worlds_shares_know_what_is_common() -> None:
    given, family = world_shares("given"), world_shares("family")
    assert given["mhmd"] > 0.1 and given["afn"] > 0.01  # Muhammad, Ivan
    assert 0.1 < max(family.values()) < 0.5  # Nguyen, in Vietnam
    assert all(0 <= share <= 1 for shares in (given, family) for share in shares.values())


def test_a_father_in_the_place_of_a_grandfather_is_near() -> None:
    found = compare("محمد أحمد علي المدهون", "محمد علي المدهون")
    assert next(part.level for part in found.parts if part.part == "father") is Level.NEAR


def test_hasan_and_husayn_are_not_one_name_in_arabic_letters() -> None:
    assert compare("حسن علي كريم", "حسين علي كريم").parts[0].level is not Level.SAME_KEY


@pytest.mark.parametrize(
    "name", ["", "unknown", "неизвестный", "مجهول", "x" * 100_000, "Иван " * 20_000, "\u0301" * 50, "\u202e\u202d"]
)
def test_what_identifies_nobody_matches_nothing_not_even_itself(name: str) -> None:
    found = compare(name, name)
    assert not found.comparable and found.weight == 0 and not found.parts


TWO_NAMES = """Хасан Хусан, Хасан Хусейн, Hasan Husain, Мухаммад Махмуд, Мухаммад Ахмад, Ахмад Махмуд, Али Вали, Карим Карам,
Салим Салом, Рашид Рашад, Зухра Захра, Джамал Джамиль, Наср Насир, Самир Самар, Амир Омар, Камил Камол, Majid
Majd, Халид Хулуд, Salim Salma, Bassam Basim, Said Saad, Amr Omar, Hadi Huda, Карим Карима, Юнус Янис, Латиф
Лутфи, حسن Husain"""
ONE_NAME = """Мухаммад Mohamed, Мухаммад Muhammed, Хусейн Hussein, Хусейн Husain, Хусан Hossein, Рахим Rahim, Юсуф Yusif,
Усман Osman, Умар Omar, Салим Selim, Рашид Rachid, Дильшод Dilshad, Тохир Tahir, Салом Salam, Камол Kamal,
Абдулла Abdullah, Ибрагим Ebrahim, Мустафа Mostafa, Шерзод Sherzad, Олим Alim, Бобур Babur, Сулейман Soleiman,
Сулейман Sulaymon, Said Saeed, Саид Sayid, Наср Насер, Nasser Nasir, Умид Omid, Зухра Zuhro, Нуриддин Нуруддин,
Насриддин Насреддин, Абдирахман Абдурахмон, Зиёд Ziad, Хуршед Khorshid, Акбар Ekber, Амин Эмин, Тимур Темур,
Джамшид Жамшед, سامي Sami, داوود Davoud, عبد الله Abdallah,
Бахтиёр Бахтиер, Бахтиёр Bakhtiar"""


def _pairs(text: str) -> list[tuple[str, str]]:
    words = [pair.split() for pair in text.replace("\n", " ").split(", ")]
    return [(" ".join(pair[:-1]), pair[-1]) for pair in words]


@pytest.mark.parametrize(("left", "right"), _pairs(TWO_NAMES))
def test_two_names_with_one_key_and_other_vowels_are_no_evidence_for(left: str, right: str) -> None:
    for one, other in ((left, right), (right, left)):
        found = compare(f"{one} Азаматов", f"{other} Азаматов").parts[0]
        assert found.part == "given"
        assert found.level in (Level.NEAR, Level.CONTRADICTING)
        assert found.weight <= 0


@pytest.mark.parametrize(("left", "right"), _pairs(ONE_NAME))
def test_spellings_of_one_name_keep_its_key(left: str, right: str) -> None:
    for one, other in ((left, right), (right, left)):
        found = compare(f"{one} Азаматов", f"{other} Азаматов").parts[0]
        assert found.level in (Level.EXACT, Level.SAME_KEY)


def test_family_names_are_held_to_the_vowels_of_the_names_they_are_made_of() -> None:
    levels = [compare(f"{one} Азамат", f"{other} Азамат").parts[-1].level
              for one, other in (("Хасанов", "Хусанов"), ("Собиров", "Сабиров"), ("Рахимов", "Rakhimov"))]  # fmt: skip
    assert levels == [Level.NEAR, Level.SAME_KEY, Level.EXACT]
