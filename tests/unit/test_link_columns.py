"""A column that is not read is named, and a table without names is refused."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from tests.link_tables import reports_table

from cenotaph.domain.errors import InputError
from cenotaph.link.explaining import explain
from cenotaph.services.pair_linking import read_list
from cenotaph.services.table_linking import link_file, list_unread_columns


def test_a_column_that_is_not_read_is_named_with_the_one_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("report_id,naem_full,name_family,shoe\n1,A,B,9\n", encoding="utf-8")
    assert list_unread_columns(path) == [
        "a.csv: the column naem_full is not read; is it name_full?", "a.csv: the column shoe is not read.",
    ]  # fmt: skip


def test_a_table_without_names_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("report_id,naem_full\n1,A\n", encoding="utf-8")
    with pytest.raises(InputError, match="naem_full"):
        read_list(path)


def test_a_table_may_be_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("report_id,name_full\n1,Мороз Тарас\n2,Назаров Шерзод\n", encoding="utf-8")
    assert link_file(path, tmp_path / "out.parquet").people == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "a.csv is empty: 0 bytes"),
        (b"\n\n", "has no header"),
        (b'report_id,name_full\n1,"A\n2,B\n3,C\n', "a quote in the record that begins on line 2 never closes"),
        (b'report_id,name_full\n1,A\n2,"B" x\n', "begins on line 3 has a quoted cell that goes on"),
        (b"report_id,name_full\n1,A\n\n2,B,C\n", "line 4 has 3 values, its header 2"),
        (b"report_id,name_full\n1,A\n2\n", "line 3 has 1 value, its header 2"),
        ("report_id,name_full\n1,Мороз\n".encode("cp1251"), r"not text in utf-8 throughout: byte \d+ \(line 2\)"),
        ("report_id,имя\n1,Мороз\n".encode("cp1251"), r"not text in utf-8 throughout: byte \d+ \(line 1\)"),
        ("report_id,name_full\n1,A\n".encode("utf-16-le"), "line 1 holds a NUL"),
    ],
)
def test_what_is_wrong_with_a_csv_is_said_with_its_line(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=words) as caught:
        read_list(path)
    assert "--encoding" not in str(caught.value.hint)
    with pytest.raises(InputError, match=words):
        link_file(path, tmp_path / "out.parquet")
    with contextlib.suppress(InputError):
        list_unread_columns(path)


def test_a_csv_with_values_over_many_lines_and_a_mark_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfreport_id,name_full,age\r\n1,"A ""x"",\nB",034\r\n\r\n2,C,\r\n')
    table = read_list(path)
    assert (table["name_full"].to_pylist(), table["age"].to_pylist()) == (['A "x",\nB', "C"], ["034", None])


def test_a_csv_whose_lines_end_as_old_spreadsheets_write_them_is_read(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_bytes(b"report_id,name_full,shoe\r1,Ahmad Karim Masri,43\r2,Sami Karim Masri,41\r")
    assert len(list_unread_columns(path)) == 1
    assert read_list(path)["name_full"].to_pylist() == ["Ahmad Karim Masri", "Sami Karim Masri"]


def test_a_report_is_not_compared_with_itself() -> None:
    with pytest.raises(InputError, match="not two"):
        explain(reports_table([{"name_full": "Мороз Тарас"}]), "r0", "r0")
