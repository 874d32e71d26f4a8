from __future__ import annotations

import pytest

from cenotaph.domain.errors import ValueFormatError
from cenotaph.extract.lists.values import find_script, read_age, read_date_cell, split_citations, write_host
from cenotaph.services.sources import cite_source


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("56", 56, 56),
        ("43.0", 43, 43),
        ("٤٣", 43, 43),
        ("۴۳ ساله", 43, 43),
        ("56 лет", 56, 56),
        ("21 год", 21, 21),
        ("34 y/o", 34, 34),
        ("34 y.o.", 34, 34),
        ("40-49", 40, 49),
        ("40–49 лет", 40, 49),
        ("18 to 25", 18, 25),
        ("60+", 60, 130),
        ("старше 60", 60, 130),
        ("under 18", 0, 17),
        ("до 18 лет", 0, 17),
        ("до 1 года", 0, 0),
        ("8 months", 0, 0),
        ("18 месяцев", 1, 1),
        ("3 дня", 0, 0),
        ("около 50", 50, 50),
        ("~50", 50, 50),
        ("0", 0, 0),
        ("1.5", 1, 1),
        ("130", 130, 130),
    ],
)
def test_an_age_is_read_as_completed_years(words: str, low: int, high: int) -> None:
    assert read_age(words) == (low, high)


@pytest.mark.parametrize("words", ["999", "131", "1985", "-1", "", "abc", "49-40", "12/05/1990", "1_0", "20 30"])
def test_what_is_no_age_is_refused(words: str) -> None:
    with pytest.raises(ValueFormatError):
        read_age(words)


@pytest.mark.parametrize(
    ("cell", "separator", "found"),
    [
        ("https://a.org/1", None, ["https://a.org/1"]),
        (
            "https://a.org/1 https://b.org/2;https://c.org/3",
            None,
            ["https://a.org/1", "https://b.org/2", "https://c.org/3"],
        ),
        ("https://a.org/1, https://a.org/1.", None, ["https://a.org/1"]),
        ("see https://a.org/1 (photo)", None, ["https://a.org/1", "see (photo)"]),
        ("t.me/canal/5 vk.com/wall-1", None, ["t.me/canal/5", "vk.com/wall-1"]),
        ("газета «Труд»; соседи", None, ["газета «Труд»", "соседи"]),
        ("a, b | c", "|", ["a, b", "c"]),
        (";;", None, []),
    ],
)
def test_a_cell_cites_addresses_or_words(cell: str, separator: str | None, found: list[str]) -> None:
    assert split_citations(cell, separator) == found


@pytest.mark.parametrize(
    ("words", "url", "host", "name"),
    [
        ("https://www.Archive.ph/x", "https://www.Archive.ph/x", "archive.ph", None),
        ("archive.ph/x", "archive.ph/x", "archive.ph", None),
        ("//archive.ph", None, "archive.ph", "archive.ph"),
        ("соседи", None, None, "соседи"),
        ("http://[broken", "http://[broken", None, None),
        ("https://", "https://", None, None),
        ("//", None, None, "//"),
    ],
)
def test_a_citation_becomes_a_source_with_its_host(
    words: str, url: str | None, host: str | None, name: str | None
) -> None:
    _, kind, has_name, _, has_url, has_host = cite_source(words)
    assert (kind, has_name, has_url, has_host) == ("cited", name, url, host)


def test_a_host_alone_is_written_as_one() -> None:
    assert write_host("www.Archive.ph ") == "//archive.ph"
    assert write_host("газета") == "газета"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Иван", "Cyrl"),
        ("12 Ali", "Latn"),
        ("Öz", "Latn"),
        ("أحمد", "Arab"),
        ("गुरुङ", "Deva"),
        ("דוד", "Hebr"),
        ("123", None),
        ("", None),
    ],
)
def test_a_script_is_found_by_the_first_letter(text: str, script: str | None) -> None:
    assert find_script(text) == script


@pytest.mark.parametrize(
    ("words", "order", "edtf"),
    [
        ("7.08.1991", "dmy", "1991-08-07"),
        ("05.1982", "dmy", "1982-05"),
        ("1967", "dmy", "1967"),
        ("03/04/1990", "mdy", "1990-03-04"),
        ("2024-05-01", "dmy", "2024-05-01"),
        ("2024-05-01T00:00:00", "dmy", "2024-05-01"),
        ("2024-05-01 13:45:10.5+03:00", None, "2024-05-01"),
        ("??.06.2022", "dmy", "2022-06"),
    ],
)
def test_a_date_is_read_in_the_order_stated(words: str, order: str | None, edtf: str) -> None:
    assert read_date_cell(words, "ru", None, order, None).edtf == edtf


def test_a_date_of_another_calendar_is_read_as_days_of_ours() -> None:
    assert read_date_cell("1402/10/11", "fa", "solar_hijri", "ymd", None).edtf == "2024-01-01"


def test_two_digits_are_a_year_only_with_a_pivot() -> None:
    assert read_date_cell("01.02.26", "ru", None, "dmy", 2025).edtf == "1926-02-01"
    with pytest.raises(ValueFormatError):
        read_date_cell("01.02.26", "ru", None, "dmy", None)
