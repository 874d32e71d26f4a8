"""Places, nationalities, units and ranks of reports have keys that are the same in every script."""

from __future__ import annotations

import pytest

from cenotaph.link.localities import read_country, read_place
from cenotaph.link.service import read_rank, unit_key


def test_a_village_has_one_key_in_three_scripts() -> None:
    cyrillic = read_place("с. Ургут, Самаркандская область", None, "Узбекистан")
    latin = read_place("Urgut, Samarqand viloyati, Uzbekistan", None, None)
    assert cyrillic.place == latin.place
    assert cyrillic.country == latin.country == "UZ"
    assert latin.region is not None and cyrillic.region is not None
    assert cyrillic.region.startswith(latin.region)


def test_a_place_that_is_a_country_says_nothing_narrower() -> None:
    assert read_place("नेपाल", None, None) == (None, None, "NP")


def test_words_for_what_kind_of_place_it_is_do_not_count() -> None:
    assert read_place("город Уфа", None, None).place == read_place("Ufa city", None, None).place


def test_nothing_is_read_out_of_nothing() -> None:
    assert read_place(None, None, None) == (None, None, None)


@pytest.mark.parametrize("words", ["гражданин Таджикистана", "Tajik", "таджик", "Tajikistan", "citizen of Tajikistan"])
def test_a_nationality_is_a_country_however_it_is_said(words: str) -> None:
    assert read_country(words) == "TJ"


def test_words_that_name_no_country_give_none() -> None:
    assert read_country("volunteer") is None


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("рядовой", 1),
        ("private", 1),
        ("ст. сержант", 6),
        ("младший лейтенант", 7),
        ("старший лейтенант", 9),
        ("lieutenant", 8),
        ("генерал-майор", 14),
    ],
)
def test_a_rank_has_a_level(words: str, level: int) -> None:
    assert read_rank(words) == level


def test_a_word_that_is_no_rank_has_no_level() -> None:
    assert read_rank("водитель") is None


def test_a_unit_is_known_by_its_number_in_any_language() -> None:
    assert unit_key("74-я бригада") == unit_key("74th Brigade") == "74"
