"""A column that is not read is named, and a table without names is refused."""

from __future__ import annotations

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


def test_a_report_is_not_compared_with_itself() -> None:
    with pytest.raises(InputError, match="not two"):
        explain(reports_table([{"name_full": "Мороз Тарас"}]), "r0", "r0")
