"""Columns: a row for each row, the same as reading each name alone, null and never empty."""

from __future__ import annotations

import random
from typing import Any

import pyarrow as pa
import pytest
from tests.unit.test_name_parsing import CASES

from cenotaph.names.columns import name_columns, schema
from cenotaph.names.comparing import name_row
from cenotaph.names.parsing import parse_name

NAMES = [text for text, _ in CASES] + ["Саша Иванов", "محمد", "علی رضا حسینی", "امیر حسین رضایی", "unknown", "", "А. Б."]


def read(**columns: list[str | None]) -> list[dict[str, Any]]:
    return list(name_columns(pa.table(columns)).to_pylist())


def test_columns_say_what_reading_each_name_alone_says() -> None:
    chance = random.Random(5)
    names = [chance.choice(NAMES) for _ in range(300)]
    for text, row in zip(names, read(name_full=list(names)), strict=True):
        parsed = parse_name(text)
        for column, value in name_row(parsed).items():
            assert row[column] == value, (text, column)
        assert (row["order_doubt"], row["placeholder"]) == (parsed.order_doubt, parsed.placeholder), text
        assert (row["name_sex"] or "", row["script"] or "") == (parsed.sex, parsed.script), text


def test_all_strings_are_ascii_and_none_is_empty() -> None:
    for row in read(name_full=list(NAMES)):
        for column, value in row.items():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    assert text and text.isascii(), (column, text)


def test_columns_of_a_source_are_believed() -> None:
    row = read(name_full=["Х"], name_given=["Анна"], name_family=["Иванова-Петрова"], name_patronymic=["Сергеевна"])[0]
    assert (row["given_fold"], row["father_fold"], row["family_fold"]) == ("ana", "sergei", "ivanov")
    assert row["family_alt_key"] == read(name_family=["Петров"])[0]["family_key"]
    assert row["name_sex"] == "f" and row["name_key"] == "afnf an srk"


def test_a_column_alone_fills_what_the_whole_name_does_not_say() -> None:
    rows = read(
        name_full=["Иванов Иван", "Иван Петрович Иванов", None],
        name_patronymic=["Петрович", "Петрович", "Петрович"],
        name_family=[None, "Иванов", "Иванов"],
    )
    assert [(r["given_fold"], r["father_fold"], r["family_fold"]) for r in rows] == [
        ("ivan", "petr", "ivanov"), ("ivan", "petr", "ivanov"), (None, "petr", "ivanov")
    ]  # fmt: skip
    assert [r["name_key"] for r in rows] == ["afn afnf btr", "afn afnf btr", "afnf btr"]


def test_columns_of_any_kind_of_string_are_read() -> None:
    names = pa.chunked_array([["Иван Иванов"], ["Ivan Ivanov", None]])
    kinds = [names, names.cast(pa.large_string()), pa.chunked_array([names.combine_chunks().dictionary_encode()])]
    found = [name_columns(pa.table({"name_full": kind})).to_pylist() for kind in kinds]
    assert found[0] == found[1] == found[2] and found[0][0]["name_key"] == "afn afnf"
    assert name_columns(pa.table({"name_full": pa.nulls(2)})).num_rows == 2


def test_a_given_name_with_the_fathers_is_taken_apart() -> None:
    row = read(name_given=["Иван Петрович"], name_family=["Сидоров"])[0]
    assert (row["given_fold"], row["father_fold"], row["family_fold"]) == ("ivan", "petr", "sidorov")


def test_columns_that_look_exchanged_are_in_doubt_and_stay() -> None:
    wrong, right = read(name_given=["Кузнецов", "Алексей"], name_family=["Алексей", "Кузнецов"])
    assert wrong["order_doubt"] and wrong["given_fold"] == "kuznetsov"
    assert not right["order_doubt"]


def test_a_placeholder_in_one_column_is_left_out_and_in_all_is_nobody() -> None:
    rows = read(name_given=["неизвестный", "unknown"], name_family=["Каримов", "неизвестно"])
    assert rows[0]["family_key"] and not rows[0]["given_key"] and not rows[0]["placeholder"]
    assert rows[1]["placeholder"] and rows[1]["name_keys"] is None


def test_order_free_keys_are_sorted_and_the_same_in_every_script() -> None:
    one, other, third = read(name_full=["Каримов Анвар Рустамович", "Anvar Rustam oʻgʻli Karimov", "Анвар Рустам Каримов"])
    assert one["name_keys"] == sorted(one["name_keys"]) == other["name_keys"] == third["name_keys"]
    assert one["name_key"] == " ".join(one["name_keys"])


def test_a_short_form_has_the_key_of_the_full_name() -> None:
    short, full = read(name_full=["Саша Иванов", "Александр Иванов"])
    assert short["given_formal_key"] == full["given_formal_key"] == full["given_key"] != short["given_key"]
    woman, her = read(name_full=["Саша Иванова", "Александра Иванова"])
    assert woman["given_formal_key"] == her["given_key"]


@pytest.mark.parametrize(
    "text",
    [None, "", " ", "x" * 100_000, "Иван " * 20_000, "\u0301" * 5_000, "\u202eИван\u202c محمد \u2067Ivan\u2069",
     "«»()\"", ",,,", "- -",
     "अ" * 5_000, "a.b.c." * 40, "угли", "بن", "(((((", "«Барс", "ov", "-ович", "позывной", "\x00", "😀", "ß"],
)  # fmt: skip
def test_no_name_is_too_odd_to_be_read(text: str | None) -> None:
    row = read(name_full=[text, "Иван Иванов"])[0]
    assert set(row) == set(schema().names)
    if not text or len(text) > 300:
        assert row["name_keys"] is None and row["name_key"] is None


def test_a_name_that_is_too_long_is_nobodys_but_no_placeholder() -> None:
    row = read(name_full=["Иван " * 20_000])[0]
    assert row["given_key"] is None and not row["placeholder"] and row["parts"] == 0


def test_one_column_that_is_too_long_is_enough() -> None:
    row = read(name_given=["Иван " * 20_000], name_family=["Иванов"])[0]
    assert row["family_key"] is None and row["name_keys"] is None


def test_ten_thousand_unknowns_have_no_key() -> None:
    rows = name_columns(pa.table({"name_full": ["unknown", "неизвестный"] * 5_000}))
    assert rows["name_key"].null_count == rows["given_key"].null_count == 10_000
    assert sum(rows["placeholder"].to_pylist()) == 10_000


def test_a_table_without_rows_or_without_names_is_no_error() -> None:
    assert name_columns(pa.table({"name_full": pa.array([], pa.string())})).schema == schema()
    assert read(age=["5"])[0]["placeholder"]


def test_columns_do_not_depend_on_what_other_rows_hold() -> None:
    alone = [read(name_full=[name])[0] for name in NAMES]
    assert read(name_full=list(NAMES)) == alone
