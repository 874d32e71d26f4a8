"""A line or a paragraph in a language that is not read is told; what is read is read in its own language."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims
from cenotaph.text.languages import detect_language

ENGLISH = "At least nine miners were killed and 21 were hurt, the governor said on Friday."
RUSSIAN = "Девять шахтёров погибли, ещё двадцать один ранен, сообщил в пятницу губернатор."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "W wypadku autobusu zginęło 9 górników, a 21 zostało rannych."),
        ("es", "Al menos 9 mineros resultaron heridos."),
        ("it", "Almeno 9 minatori sono rimasti uccisi."),
        ("fr", "9 mineurs tués et 21 blessés à Donetsk."),
        ("de", "9 Bergleute und 21 Kinder verletzt."),
    ],
)
def test_a_line_in_another_latin_language_is_told(language: str, text: str) -> None:
    reading = read_claims(text)
    assert (reading.language, [notice.code for notice in reading.notices]) == (language, ["language_not_read"])
    assert not reading.claims


@pytest.mark.parametrize(
    "text",
    [
        "Six drown in Lagos",
        "Bus plunges off bridge: 14 feared drowned",
        "Kharkiv oblast: 12\nZaporizhzhia oblast: 13",
        "four men shot, two women stabbed",
        "Toll rises to 14",
    ],
)
def test_a_short_english_line_stays_english(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    "text",
    ["Патруль задержал 31 мигранта без паспортов.", "Город потерял 40 шахтеров.", "Мина ранила двоих.", "Снаряд убил троих."],
)
def test_a_line_of_russian_without_its_letters_is_russian(text: str) -> None:
    assert detect_language(text) == "ru"


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (ENGLISH, "Au moins 9 mineurs ont été tués et 21 blessés vendredi, a déclaré le gouverneur de la région."),
        (ENGLISH, "Al menos 9 mineros murieron y 21 resultaron heridos el viernes, dijo el gobernador de la región."),
        (RUSSIAN, "Най-малко 9 миньори загинаха и 21 бяха ранени в петък, съобщи министерството на отбраната."),
    ],
)
def test_a_paragraph_in_another_language_is_not_guessed_at_and_told(own: str, other: str) -> None:
    reading = read_claims(f"{own}\n\n{other}\n")
    assert [notice.code for notice in reading.notices] == ["part_not_read"]
    assert {claim.quote for claim in reading.claims} == {claim.quote for claim in read_claims(own).claims}


def test_a_russian_paragraph_before_a_ukrainian_one_is_read() -> None:
    russian, ukrainian = "Ранены 9 шахтеров, сообщил мэр.", "Унаслідок вибуху загинули шестеро гірників, ще двоє поранені."
    reading = read_claims(f"{russian}\n\n{ukrainian}\n")
    assert [claim.low for claim in reading.claims] == [9, 6, 2]
    assert not reading.notices


def test_a_text_without_words_of_a_language_names_no_tag() -> None:
    (notice,) = read_claims("\n".join(f"xq{n} zzx | {n}" for n in range(40)), "zxx").notices
    assert notice.code == "language_unknown"


def test_an_english_table_of_names_and_numbers_is_english() -> None:
    assert detect_language("name,killed,wounded\n" + "\n".join(f"Place{n},{n},{2 * n}" for n in range(900))) == "en"
