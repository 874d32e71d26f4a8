"""Texts as they stand: tokens, sentences, layout, furniture, languages, near-duplicates."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cenotaph.text.duplicates import find_near_duplicates
from cenotaph.text.furniture import mark_furniture
from cenotaph.text.languages import detect_language
from cenotaph.text.layout import split_units
from cenotaph.text.sentences import split_sentences
from cenotaph.text.tokens import split_tokens


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def test_tokens_stand_where_they_say() -> None:
    text = "Шри-Ланки’s 1,200 погибши\u0301х (U.S.)"
    tokens = split_tokens(text)
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert [token.low for token in tokens][:3] == ["шри-ланки's", "1,200", "погибших"]


SPLIT = [
    ("Five died. Two lived.", ["Five died.", "Two lived."]),
    ("Lt. Gen. Smith spoke. He left.", ["Lt. Gen. Smith spoke.", "He left."]),
    ("U.S. intelligence said so. The report came later.", ["U.S. intelligence said so.", "The report came later."]),
    ("It happened at 5 p.m. on Monday. It rained.", ["It happened at 5 p.m. on Monday.", "It rained."]),
    ("J. R. Smith died. He was 40.", ["J. R. Smith died.", "He was 40."]),
    ("“Five died.” She left.", ["“Five died.”", "She left."]),
    (
        "Погибли 5 тыс. человек, в т. ч. дети. Ещё 10 ранены.",
        ["Погибли 5 тыс. человек, в т. ч. дети.", "Ещё 10 ранены."],
    ),
    ("Лапин Г. С. спросил. Ответа нет.", ["Лапин Г. С. спросил.", "Ответа нет."]),
    ("Это было в 2022 г. в городе. Потом ушли.", ["Это было в 2022 г. в городе.", "Потом ушли."]),
    ("1. Первый пункт. Второй.", ["1. Первый пункт.", "Второй."]),
    ("Really?! Yes. No…", ["Really?!", "Yes.", "No…"]),
]


@pytest.mark.parametrize(("text", "wanted"), SPLIT)
def test_sentences_end_where_they_end(text: str, wanted: list[str]) -> None:
    assert sentences(text) == wanted


def kinds(text: str) -> list[str]:
    return [unit.kind for unit in split_units(text)]


def test_headings_items_and_rows_are_told_from_sentences() -> None:
    text = "A heading\n\nA sentence that ends. Another one.\n\nLead:\n- an item\n- another item\n\nNorth — 12\nSouth — 30\n"
    assert kinds(text) == ["heading", "sentence", "sentence", "heading", "item", "item", "row", "row"]


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    text = (
        "AT LEAST THIRTY CIVILIANS WERE WOUNDED IN THE FIERCE CLASHES THAT\n"
        "TOOK PLACE IN THE CAPITAL CITY LATE LAST NIGHT AND EARLY TODAY AT\n"
        "DIFFERENT PLACES. THE ARMY HAS NOT SAID ANYTHING.\n"
    )
    assert len(split_units(text)) == 2


def test_units_cover_their_text_without_overlap() -> None:
    text = "One. Two.\n\n• Three\n• Four\n\n" + "word " * 1000
    units = split_units(text)
    assert all(before.end <= after.start for before, after in pairwise(units))
    assert max(unit.end - unit.start for unit in units) <= 2000


FURNITURE = [
    ("Home | News | Sport | Weather", "menu"),
    ("Leave a Reply", "section"),
    ("Комментарии (2)", "section"),
    ("Read also:", "related"),
    ("Читайте также", "related"),
    ("Photo: A view of the square", "caption"),
    ("Фото: пресс-служба", "caption"),
    ("We use cookies to improve this site", "notice"),
    ("Subscribe to our newsletter", "notice"),
    ("Twelve people died in the fire on Monday.", None),
    ("Число погибших выросло до 39", None),
    ("Police logged in to the network and found five bodies.", None),
]


@pytest.mark.parametrize(("line", "wanted"), FURNITURE)
def test_a_line_of_furniture_is_marked(line: str, wanted: str | None) -> None:
    assert mark_furniture([line]) == [wanted]


def test_related_links_end_where_the_text_goes_on() -> None:
    text = "The search went on through the night, and by the morning twelve more had been found in the old mill."
    assert mark_furniture(["Read also:", "• Five killed", "", text]) == ["related", "related", None, None]


def test_what_stands_on_every_page_is_marked() -> None:
    line = "Considering the weather: a special edition"
    assert mark_furniture([line, "", "A sentence that says something.", "", line]) == [
        "repeated",
        None,
        None,
        None,
        "repeated",
    ]


LANGUAGES = [
    ("The ministry said that five people were killed in the attack.", "en"),
    ("По данным министерства, в результате атаки погибли пять человек.", "ru"),
    ("За даними міністерства, внаслідок атаки загинули п'ятеро людей.", "uk"),
    ("Trois soldats ont été tués dans cette attaque, selon le ministère.", "fr"),
    ("12345 !!!", "und"),
    ("", "und"),
]


@pytest.mark.parametrize(("text", "wanted"), LANGUAGES)
def test_the_language_is_told(text: str, wanted: str) -> None:
    assert detect_language(text) == wanted


def test_a_reprint_is_a_near_duplicate_and_another_text_is_not() -> None:
    wire = " ".join(f"word{at} says that {at} men of the village went to the city" for at in range(40))
    other = " ".join(f"term{at} holds how {at} ships in the harbour came from the north" for at in range(40))
    found = find_near_duplicates(
        [("wire", wire), ("reprint", "Our paper reports. " + wire[:1800]), ("other", other), ("empty", "")]
    )
    assert [(pair.first, pair.second) for pair in found] == [("wire", "reprint")]
    assert found[0].containment > 0.9 > found[0].resemblance - 0.2


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Во вторник погибли трое.", "ru"),
        ("Во вторник губернатор сообщил о гибели троих.", "ru"),
        ("Ранены двое.", "ru"),
        ("В субботу похоронили троих солдат.", "ru"),
        ("Загинаха трима души.", "bg"),
        ("При удара загинаха трима души и са ранени петима.", "bg"),
        ("Во вторникот загинаа тројца војници.", "mk"),
        ("Убијено је троје људи.", "sr"),
    ],
)
def test_a_line_of_russian_is_not_taken_for_a_neighbour(text: str, language: str) -> None:
    assert detect_language(text) == language
