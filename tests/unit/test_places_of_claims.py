"""Where it happened: each number's own place, never that of the next item, of an agency or of who speaks."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


def _places(text: str, language: str) -> list[str | None]:
    return [claim.place for claim in read_claims(text, language).claims]


@pytest.mark.parametrize(
    ("text", "language", "places"),
    [
        ("Nine people died in Lagos, four in Kano and two in Jos.", "en", ["Lagos", "Kano", "Jos"]),
        ("6 dead in Basra, 11 hurt in Mosul, two missing in Erbil.", "en", ["Basra", "Mosul", "Erbil"]),
        (
            "В Мурманске утонули 4 человека, в Апатитах — двое, в Кировске — один.",
            "ru",
            ["В Мурманске", "в Апатитах", "в Кировске"],
        ),
        ("Погибли 9 человек: в Омской области — 7, в Курганской — 2.", "ru", [None, "в Омской области", "в Курганской"]),
        ("В Нарынской области погибли трое, в Таласской ранены пятеро.", "ru", ["В Нарынской области", "в Таласской"]),
    ],
)
def test_a_list_gives_each_number_its_own_place(text: str, language: str, places: list[str | None]) -> None:
    assert _places(text, language) == places


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("In Mali, 40 soldiers were killed and 12 wounded, the army said.", "en", "Mali"),
        ("At least six people were killed and 19 injured in a fire in Dhaka on Sunday.", "en", "Dhaka"),
        ("A landslide in southern Ethiopia killed 20 villagers and injured nine.", "en", "southern Ethiopia"),
    ],
)
def test_one_place_holds_for_all_numbers_told_of_it(text: str, language: str, place: str) -> None:
    assert _places(text, language) == [place, place]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Погибли пятеро, сообщили в ГСЧС.", "ru"),
        ("Ранены семь человек, уточнили в МВД.", "ru"),
        ("Задержаны трое, рассказали в УМВД.", "ru"),
        ("Five soldiers were killed, the brigade wrote on Telegram.", "en"),
        ("The minister, speaking in Vienna, said 30 people had been killed.", "en"),
        ("Seven people died, police told reporters in Quito.", "en"),
        ("Eight Indians serving in the Russian army were killed.", "en"),
        ("Four people were killed in Israel's attack on the village.", "en"),
        ("Раненых пятерых везут в Белгород.", "ru"),
    ],
)
def test_an_agency_a_channel_and_where_somebody_speaks_are_no_place(text: str, language: str) -> None:
    assert _places(text, language) == [None]


def test_a_row_of_an_english_list_is_labelled_by_its_place() -> None:
    text = "Killed in the floods:\n\nOrten: 12\nUpper Vale: 3\n"
    assert _places(text, "en") == ["Orten", "Upper Vale"]
