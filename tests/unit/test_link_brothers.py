"""Two given names that look alike are two people; two spellings of one name are one."""

from __future__ import annotations

import pytest
from tests.unit.test_link_table import OTHERS, link

SHARED = {"birth_date_text": "1998-07-01", "place_text": "Андижан", "death_date_text": "2023-09-04"}


def merged(one: str, two: str, **more: str) -> bool:
    rows = [{**SHARED, "name_full": one, "source": "a", **more}, {**SHARED, "name_full": two, "source": "b", **more}]
    person = link([*rows, *OTHERS]).people["person_id"].to_pylist()
    return person[0] == person[1]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Хасан", "Хусан"),
        ("Мухаммад", "Махмуд"),
        ("Анвар", "Акмал"),
        ("Акмал", "Акрам"),
        ("Хасан", "Хусейн"),
        ("Ахмад", "Мухаммад"),
    ],
)
def test_twins_with_names_that_look_alike_are_two_people(one: str, two: str) -> None:
    assert not merged(f"Тошматов {one} Алиевич", f"Тошматов {two} Алиевич")
    assert not merged(f"Тошматов {one} Алиевич", f"Тошматов {two} Алиевич", source="a")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Тошматов Мухаммад Алиевич", "Muhammad Toshmatov Aliyevich"),
        ("Тошматов Мохаммед Алиевич", "Тошматов Мухаммад Алиевич"),
        ("Тошматов Умар Алиевич", "Тошматов Омар Алиевич"),
        ("Тошматов Нурали Алиевич", "Тошматов Норали Алиевич"),
        ("Тошматов Юрий Иванович", "Тошматов Юра Иванович"),
    ],
)
def test_spellings_of_one_name_are_one_person(one: str, two: str) -> None:
    assert merged(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Mohammad Ali Rezaei", "Mohammad Reza Rezaei"),
        ("John Peter Hale", "John Paul Hale"),
        ("Азиз Юсупов", "Азиза Юсупова"),
        ("Александр Коваль", "Александра Коваль"),
    ],
)
def test_another_second_name_or_sex_is_another_person_where_no_father_is_given(one: str, two: str) -> None:
    assert not merged(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Mohammad Ali Rezaei", "Mohammad Rezaei"), ("Саша Головин", "Александр Головин"), ("Саша Головина", "Александра Головина")],
)
def test_a_second_name_left_out_or_a_short_form_makes_no_other_person(one: str, two: str) -> None:
    assert merged(one, two)


def test_words_written_together_are_no_other_name() -> None:
    assert merged("Борисгрыстромко", "Борис Грыстромко")
    assert merged("Халидюсуф аль-Закхави", "خالد يوسف الزكحاوي")


def test_two_rows_of_a_list_with_other_given_names_are_two_people() -> None:
    lists = {"source": "a", "source_kind": "official_list"}
    assert not merged("Тошматов Роман Алиевич", "Тошматов Рамин Алиевич", **lists)
    assert merged("Тошматов Роман Алиевич", "Тошматов Роман Алиевич", **lists)


def test_a_son_named_after_his_father_is_not_his_brother() -> None:
    assert not merged("Ковилин Николай Николаевич", "Ковилин Павел Николаевич")


def test_brothers_whose_common_names_differ_by_a_letter_are_two_people() -> None:
    assert not merged("محمود يوسف القاضي", "محمد يوسف القاضي")
    assert not merged("أحمد يوسف القاضي", "محمد يوسف القاضي")
    assert merged("احمد يوسف القاضي", "أحمد يوسف القاضى")


def test_a_slip_in_a_family_name_is_found_where_nothing_else_is_told() -> None:
    rows = [{"name_full": "Рустам Гайнулин", "source": "a"}, {"name_full": "Рустам Гайнуллмн", "source": "b"}]
    pairs = link([*rows, *OTHERS]).edges
    assert any({row["left_id"], row["right_id"]} == {"r0", "r1"} for row in pairs.to_pylist())


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("محمد سمير الدلو", "صادق سمير محمد الدلو"),
        ("يحيى يوسف يحيى القاضي", "سعيد يوسف يحيى القاضي"),
        ("سالمة كمال سلمي", "صبا كمال محمد سلمي"),
    ],
)
def test_who_bears_the_grandfathers_name_is_not_his_brother(one: str, two: str) -> None:
    assert not merged(one, two)


def test_a_son_is_not_his_father() -> None:
    assert not merged("بلال القاضي", "محمود بلال محمود القاضي")


def test_a_father_of_the_name_of_both_is_no_order_of_words() -> None:
    assert not merged("خلود خالد مهند الدلو", "خلود مفيد تيسير الدلو")


def test_given_and_family_name_exchanged_around_one_father_are_one_person() -> None:
    row = {"name_given": "القاضي", "name_patronymic": "يوسف", "name_family": "صادق"}
    other = {"name_given": "صادق", "name_patronymic": "يوسف", "name_family": "القاضي"}
    rows = [{**SHARED, **row, "source": "a"}, {**SHARED, **other, "source": "b"}]
    person = link([*rows, *OTHERS]).people["person_id"].to_pylist()
    assert person[0] == person[1]
