from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.tables import MemoryTable

from cenotaph.capture.media_types import find_media_type
from cenotaph.capture.readers import read_document
from cenotaph.casebook.settings import default_settings
from cenotaph.domain.axes import AXIS_BY_NAME
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import InputError
from cenotaph.extract.lists import Mapping, ReadingSummary, RowFailure, parse_mapping, propose_mapping, read_table
from cenotaph.extract.lists.code_words import CODE_WORDS
from cenotaph.extract.lists.fields import FIELD_HELP
from cenotaph.extract.lists.header_words import HEADER_WORDS, find_field, find_language
from cenotaph.extract.lists.keys import STATED_ONLY
from cenotaph.services.captures import read_limits

TODAY = date(2026, 1, 2)


def draft(header: tuple[str, ...], *rows: tuple[str, ...], **given: Any) -> tuple[str, Mapping]:
    text = propose_mapping(MemoryTable(header, rows), file_name="list.csv", today=TODAY, **given)
    return text, parse_mapping(text, "toml")


def fields_of(mapping: Mapping) -> dict[str, tuple[str, ...]]:
    return {column.name: column.fields for column in mapping.columns}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Full Name", "name"), ("ФИО", "name"), ("name_ar", "name"), ("الاسم", "name"), ("نام و نام خانوادگی", "name"),
        ("deathDate", "death"), ("place_of_death", "death_place"), ("Дата рождения", "birth"), ("تاريخ الميلاد", "birth"),
        ("fecha de nacimiento", "birth"), ("Возраст", "age"), ("العمر", "age"), ("سن", "age"), ("edad", "age"),
        ("Гражданство", "nationality"), ("الجنس", "sex"), ("Звание", "rank"), ("Причина смерти", "manner"),
        ("source_url", "cites"), ("truth_key", "id"), ("National ID", "secret"), ("№ п/п", "ignore"), ("п.і.б.", "name"),
        ("Дата загибелі", "death"), ("n_sources", "note"), ("место жительства", "residence"),
    ],
)  # fmt: skip
def test_a_header_announces_its_field(header: str, field: str) -> None:
    found = find_field(header)
    assert found is not None
    assert found[0] == field


def test_a_headers_end_may_name_its_language() -> None:
    assert (
        find_language("name_ar"),
        find_language("Name (English)"),
        find_language("name"),
        find_language("ar"),
    ) == ("ar", "en", None, None)


def test_headers_and_code_words_stand_for_what_there_is() -> None:
    assert set(HEADER_WORDS) - {"secret", "ignore"} <= set(FIELD_HELP)
    for axis, codes in CODE_WORDS.items():
        assert all(code == STATED_ONLY or AXIS_BY_NAME[axis].label(code) for code in codes)


def test_a_draft_guesses_columns_words_and_key() -> None:
    text, mapping = draft(
        ("uid", "ФИО", "Страна", "Тип", "Д.р.", "Ссылка"),
        ("a1", "Иванов Иван", "Узбекистан", "заключенные", "27.01.1990", "https://a.org/1"),
        ("a2", "Петров Пётр", "Непал", "добровольцы", "03.04.1985", "https://a.org/2"),
        ("a3", "Ким Чен", "Непал", "вдв", "", ""),
        ("a4", "Ли Бо", "Непал", "неведомо", "1970", ""),
    )
    assert fields_of(mapping) == {
        "uid": ("id",), "ФИО": ("name",), "Страна": ("nationality",), "Тип": ("path", "branch"),
        "Д.р.": ("birth",), "Ссылка": ("cites",),
    }  # fmt: skip
    assert mapping.key == ("uid",)
    assert mapping.source_language == "ru"
    assert dict(mapping.columns[3].words)["заключенные"] == (("path", "prison"),)
    assert dict(mapping.columns[3].words)["добровольцы"] == (("path", "stated"),)
    assert mapping.columns[4].order == "dmy"
    assert '# "неведомо": 1 row' in text


def test_every_guess_is_marked_as_one() -> None:
    text, _ = draft(("id", "name", "sex"), ("7x", "Ann Lee", "f"), ("8x", "Bo Li", "m"), ("9x", "Cy Ko", "m"))
    for line in text.splitlines():
        if line.startswith(("fields", "key", "release", "date", "complete", "kind", "fate", '"f"', '"m"')):
            assert "# guess" in line, line


def test_minus_one_means_nothing_and_one_is_an_age() -> None:
    _, mapping = draft(("name", "age"), ("Ann Lee", "-1"), ("Bo Li", "1"), ("Cy Ko", "1"), ("Di Wu", "40"))
    assert dict(mapping.columns[1].words) == {"-1": (("age", "unknown"),)}


def test_month_first_dates_are_seen_and_ambiguous_ones_are_said_to_be() -> None:
    _, mapping = draft(("name", "death date"), ("Ann Lee", "3/25/2022"), ("Bo Li", "4/1/2023"))
    assert mapping.columns[1].order == "mdy"
    text, _ = draft(("name", "death date"), ("Ann Lee", "3/5/2022"), ("Bo Li", "4/1/2023"))
    assert "No cell shows whether the day or the month comes first" in text


def test_a_persian_list_in_the_solar_calendar_is_seen() -> None:
    _, mapping = draft(("نام", "تاریخ مرگ"), ("علی حیدری", "1402/10/11"), ("پری سا", "1403/01/15"))
    assert mapping.columns[1].calendar == "solar_hijri"
    assert mapping.source_language == "fa"


def test_a_running_number_is_ignored_and_no_key() -> None:
    _, mapping = draft(("id", "name"), ("1", "Ann Lee"), ("2", "Bo Li"), ("3", "Cy Ko"))
    assert mapping.columns[0].ignore
    assert mapping.key == ()


def test_a_national_number_is_secret() -> None:
    _, mapping = draft(("رقم الهوية الوطنية", "الاسم"), ("900123", "أحمد علي"), ("900999", "سعاد محمد"))
    assert mapping.columns[0].secret


def test_columns_without_a_telling_header_are_guessed_by_their_cells() -> None:
    _, mapping = draft(
        ("a", "b", "c", "d", "e"),
        ("Иванов Иван", "Узбекистан", "https://a.org/1", "м", "aa.org"),
        ("Петров Пётр", "Непал", "https://a.org/2", "ж", "bb.org"),
        ("Сидоров Сидор", "Непал", "https://a.org/3", "м", "aa.org"),
    )
    assert fields_of(mapping) == {
        "a": ("name",),
        "b": ("nationality",),
        "c": ("cites",),
        "d": ("sex",),
        "e": ("cited_host",),
    }


def test_a_column_that_nothing_explains_keeps_its_words() -> None:
    text, mapping = draft(("name", "zzz"), ("Ann Lee", "k"), ("Bo Li", "q"), ("Cy Ko", "k"))
    assert mapping.columns[1].fields == ("note",)
    assert '# "k": 2 rows' in text


def test_an_empty_column_is_not_mapped_by_its_header_alone() -> None:
    text, mapping = draft(("name", "Дата смерти", "source"), ("Ann Lee", "", ""), ("Bo Li", "", ""))
    assert fields_of(mapping) == {"name": ("name",)}
    assert '# Column "Дата смерти": every cell is empty here.' in text


def test_short_codes_are_no_citations_whatever_the_header_says() -> None:
    rows = [(f"Ann Lee{'abcdefghij'[n]}", "u" if n else "https://a.org/1") for n in range(10)]
    text, mapping = draft(("name", "source"), *rows)
    assert fields_of(mapping)["source"] == ("note",)
    assert "names sources by short codes" in text
    _, mapping = draft(("name", "source"), ("Ann Lee", "obituary in the Kurier"), ("Bo Li", "https://a.org/1"))
    assert fields_of(mapping)["source"] == ("cites",)


def test_a_second_column_of_one_field_is_left_to_a_person() -> None:
    text, mapping = draft(("name", "Дата смерти", "Дата гибели"), ("Ann Lee", "2022", "2023"), ("Bo Li", "2021", ""))
    assert fields_of(mapping)["Дата гибели"] == ("note",)
    assert "It seems to be death, as a column before it" in text


@pytest.mark.parametrize(
    ("file_name", "list_id", "release", "day"),
    [
        ("named_2025-11.csv", "named", "2025-11", "2025-11"),
        ("Список 2024_03_05.xlsx", "list", "2024-03-05", "2024-03-05"),
        ("documents.csv", "list", "1", "2026-01-02"),
        ("killed.csv", "killed", "1", "2026-01-02"),
        ("2024-02-31 dead.csv", "dead", "1", "2026-01-02"),
        ("a" * 90 + ".csv", "a" * 40, "1", "2026-01-02"),
    ],
)
def test_id_release_and_date_are_guessed_from_the_files_name(
    file_name: str, list_id: str, release: str, day: str
) -> None:
    table = MemoryTable(("name",), [("Ann Lee",)])
    mapping = parse_mapping(propose_mapping(table, file_name=file_name, today=TODAY), "toml")
    assert (mapping.list_id, mapping.release, mapping.released_on.edtf) == (list_id, release, day)


def test_what_the_call_says_is_no_guess() -> None:
    text, mapping = draft(("name",), ("Ann Lee",), list_id="mine", language="uz-Latn", encoding="cp1251", sheet="A")
    assert (mapping.list_id, mapping.source_language, mapping.encoding, mapping.sheet) == (
        "mine",
        "uz-Latn",
        "cp1251",
        "A",
    )
    assert 'id = "mine"\n' in text


def test_a_list_of_fates_gets_no_constant_fate() -> None:
    _, mapping = draft(("name", "статус"), ("Ann Lee", "погиб"), ("Bo Li", "пропал без вести"), ("Cy Ko", "погиб"))
    assert mapping.constants == ()
    assert dict(mapping.columns[1].words)["пропал без вести"] == (("fate", "missing"),)


def test_a_table_without_rows_has_no_draft() -> None:
    with pytest.raises(InputError, match="no rows"):
        draft(("name",))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "foreign-fighters/named_2025-11.csv",
            {"name": ("name",), "nationality": ("nationality",), "type": ("path", "branch", "force"), "birth": ("birth",),
             "source": ("cites",)},
        ),
        (
            "gaza-lists/release_2024-08.csv",
            {"row": (), "name_ar": ("name",), "name_en": ("name",), "age": ("age",), "dob": ("birth",), "sex": ("sex",)},
        ),
        ("gaza-lists/release_2024-12_arabic_only.csv", {"row": (), "name_ar": ("name",), "sex": ("sex",)}),
        (
            "iran-2026/killed.csv",
            {"card": ("id",), "name_fa": ("name",), "age": ("age",), "place_of_death": ("death_place",),
             "date_of_death": ("death",)},
        ),
    ],
)  # fmt: skip
def test_a_draft_of_a_real_list_can_be_used_as_it_stands(
    shared_data: Callable[[str], Path], name: str, expected: dict[str, tuple[str, ...]]
) -> None:
    path = shared_data(name)
    table = read_document(path, find_media_type(path), read_limits(default_settings()))
    assert not isinstance(table, TextDocument)
    mapping = parse_mapping(propose_mapping(table, file_name=path.name, today=TODAY), "toml")
    assert expected.items() <= fields_of(mapping).items()
    assert mapping.key
    summary = ReadingSummary()
    failures = [row for row in read_table(table, mapping, summary) if isinstance(row, RowFailure)]
    assert failures == []
    assert summary.absent_columns == summary.unread_columns == []
    assert len(summary.unreadable) < 5
