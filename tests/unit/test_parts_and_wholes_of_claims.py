"""Parts and their wholes: what a part's own words name, numbers side by side, and who the dead were."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims


def _read(text: str, language: str) -> list[Claim]:
    return list(read_claims(text, language).claims)


@pytest.mark.parametrize(
    ("text", "language", "part", "whole"),
    [
        ("Nine of the 30 sailors were killed.", "en", (9, "killed"), (30, "other")),
        ("Two out of 14 Kenyans came home.", "en", (2, "released"), (14, "other")),
        ("About a third of the 70 soldiers killed in the raid were from Tuva.", "en", (33, "killed"), (70, "killed")),
        ("Only three of the 21 people on board survived.", "en", (3, "survived"), (21, "on_board")),
        ("Опознаны 8 из 13 погибших.", "ru", (8, "identified"), (13, "killed")),
        ("Погибли 6 из 20 ганцев, подписавших контракт.", "ru", (6, "killed"), (20, "recruited")),
        ("Вернулись домой только двое из сорока солдат.", "ru", (2, "released"), (40, "other")),
    ],
)
def test_a_part_and_the_whole_of_its_own_words_are_two_claims(
    text: str, language: str, part: tuple[int, str], whole: tuple[int, str]
) -> None:
    first, second = _read(text, language)
    assert (first.low, first.outcome) == part
    assert (second.low, second.outcome) == whole
    assert first.subset_of == second.id


def test_a_whole_that_was_told_before_is_not_told_again() -> None:
    first, second = _read("The army lists 300 missing. Twelve of the 300 have been found dead.", "en")
    assert second.subset_of == first.id


def test_a_verb_behind_the_whole_is_the_parts_own() -> None:
    assert [(c.low, c.outcome) for c in _read("By dawn five of the 33 were dead.", "en")] == [(5, "killed")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Two people were killed in Accra, one in Kumasi and one in Tema.", "en"),
        ("The dead included four Ghanaians, two Togolese and two Malians.", "en"),
        ("Three Tajiks, two Kyrgyz and one Uzbek were killed.", "en"),
        ("Среди погибших 14 граждан Казахстана, 9 граждан Армении и трое молдаван.", "ru"),
        ("Among the wounded were 12 Poles, 4 Czechs and 3 Slovaks.", "en"),
    ],
)
def test_numbers_side_by_side_are_no_parts_of_the_first(text: str, language: str) -> None:
    assert [claim.subset_of for claim in _read(text, language)] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A shell killed nine people: five in Izium, three in Balakliia and one in Kupiansk.", "en"),
        ("Погибли 9 человек: 5 в Изюме, трое в Балаклее и один в Купянске.", "ru"),
    ],
)
def test_the_members_of_a_list_are_parts_of_its_total(text: str, language: str) -> None:
    total, *members = _read(text, language)
    assert [claim.subset_of for claim in members] == [total.id] * 3


@pytest.mark.parametrize(
    ("text", "language", "outcomes"),
    [
        ("Of the dead, 30 were convicts and 11 were volunteers.", "en", ["killed", "killed"]),
        ("Of the 200 men killed, 60 had been recruited in prisons.", "en", ["killed", "killed"]),
        ("The list holds 800 soldiers killed. Of those, 210 were mobilised.", "en", ["killed", "killed"]),
        ("Some 4,100 of those killed had been prisoners.", "en", ["killed"]),
        ("Среди погибших 900 были мобилизованы, 700 — заключённые.", "ru", ["killed", "killed"]),
        ("Подтверждена гибель 500 бойцов. Из них 120 подписали контракт, 90 — осуждённые.", "ru", ["killed"] * 3),
        # What befell them is no sort of people.
        ("Of the wounded, 12 were captured.", "en", ["captured"]),
        ("Of the 15 who signed, five were killed and three are in captivity.", "en", ["recruited", "killed", "captured"]),
        ("Of the 60 recruited, 12 were prisoners.", "en", ["recruited", "captured"]),
    ],
)
def test_who_the_dead_were_is_not_what_became_of_them(text: str, language: str, outcomes: list[str]) -> None:
    assert [claim.outcome for claim in _read(text, language)] == outcomes


def test_numbers_dealt_out_in_order_take_the_outcome_of_their_place() -> None:
    for text, language in (
        ("Killed and wounded were 8 and 21 people respectively.", "en"),
        ("Погибли и ранены соответственно 8 и 21 человек.", "ru"),
    ):
        assert [(c.low, c.outcome) for c in _read(text, language)] == [(8, "killed"), (21, "wounded")]


def test_numbers_dealt_out_in_order_are_parts_of_those_before_in_their_order() -> None:
    text = (
        "Завербованы 900 граждан Ганы, 400 граждан Того и 150 граждан Мали. Из них погибли соответственно 90, 44 и 15 человек."
    )
    whole, part = _read(text, "ru")[:3], _read(text, "ru")[3:]
    assert [claim.subset_of for claim in part] == [claim.id for claim in whole]
    assert [claim.nationality for claim in part] == [("GH",), ("TG",), ("ML",)]


def test_losses_dealt_out_in_order_are_each_sides_own() -> None:
    found = _read("Ethiopia and Eritrea lost 40 and 25 soldiers respectively.", "en")
    assert [(c.low, c.side) for c in found] == [(40, "Ethiopia"), (25, "Eritrea")]
