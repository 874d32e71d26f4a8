"""Tables of reports are checked before anything is linked: what is wrong is said, with the row and what to do."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cenotaph.domain.errors import DamagedFileError, InputError, ValueFormatError
from cenotaph.link.pairs.linking import link_pair
from cenotaph.link.reading import check_reports, read_judgements, read_reports
from cenotaph.link.tables import REPORT_COLUMNS


def test_absent_columns_are_empty_and_unknown_ones_are_left_away() -> None:
    table = check_reports(pa.table({"report_id": ["a"], "shoe_size": [43]}))
    assert tuple(table.column_names) == REPORT_COLUMNS
    assert table["name_full"].null_count == 1


def test_numbers_and_dates_become_text() -> None:
    table = check_reports(pa.table({"report_id": [7], "age": [34.0], "published_on": [date(2023, 5, 1)]}))
    assert (table["report_id"][0].as_py(), table["age"][0].as_py(), table["published_on"][0].as_py()) == ("7", "34", "2023-05-01")


def test_white_space_alone_is_nothing() -> None:
    assert check_reports(pa.table({"report_id": ["a"], "name_full": [" \u00a0\n"]}))["name_full"].null_count == 1


def test_a_dictionary_column_is_text() -> None:
    column = pa.array(["Ivan", None]).dictionary_encode()
    assert check_reports(pa.table({"report_id": ["a", "b"], "name_full": column}))["name_full"].to_pylist() == ["Ivan", None]


def test_a_table_without_ids_is_refused() -> None:
    with pytest.raises(InputError, match="no column report_id"):
        check_reports(pa.table({"name_full": ["Ivan"]}))


def test_a_row_without_an_id_is_named() -> None:
    with pytest.raises(InputError, match="Row 2 "):
        check_reports(pa.table({"report_id": ["a", None]}))


def test_an_id_that_occurs_twice_is_named() -> None:
    with pytest.raises(InputError, match="the first is 'b'"):
        check_reports(pa.table({"report_id": ["a", "b", "b"]}))


def test_a_column_of_lists_is_refused() -> None:
    with pytest.raises(ValueFormatError, match="name_full"):
        check_reports(pa.table({"report_id": ["a"], "name_full": [["Ivan", "Petrov"]]}))


@pytest.mark.parametrize(
    "values",
    [
        pa.array([b"Ivan"], pa.binary()),
        pa.array([b"Ivan"], pa.binary(4)),
        pa.array([b"Ivan"], pa.binary()).cast(pa.binary_view()),
        pa.array([True]),
        pa.array([time(1, 2)]),
        pa.array([timedelta(days=3)]),
        pa.array([{"age": 3}]),
        pa.array([b"Ivan"]).dictionary_encode(),
    ],
    ids=lambda values: str(values.type),
)
def test_what_is_no_text_number_or_day_is_refused(values: pa.Array) -> None:
    with pytest.raises(ValueFormatError, match="The column age of the table is"):
        check_reports(pa.table({"report_id": ["a"], "name_full": ["Ivan"], "age": values}))


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.large_string())])
def test_text_of_every_kind_is_read(kind: pa.DataType) -> None:
    table = check_reports(pa.table({"report_id": pa.array(["a"]).cast(kind), "name_full": pa.array(["Ivan"]).cast(kind)}))
    assert (table["report_id"].to_pylist(), table["name_full"].to_pylist()) == (["a"], ["Ivan"])


def test_a_number_too_large_for_an_age_is_no_crash() -> None:
    ages = [1e300, -1e300, float("inf"), float("nan"), 34.0]
    table = check_reports(pa.table({"report_id": list("abcde"), "name_full": ["Ivan Petrov Karimov"] * 5, "age": ages}))
    assert table["age"].to_pylist()[2:4] == [None, None]
    assert len(link_pair(table, table).links) <= 5


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reports.parquet"
    path.write_text("report_id,name_full\n1,Ivan\n")
    with pytest.raises(DamagedFileError, match=r"reports\.parquet"):
        read_reports(path)


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reports.parquet"
    pq.write_table(pa.table({"report_id": [str(n) for n in range(1000)]}), path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DamagedFileError):
        read_reports(path)


def test_judgements_are_read_with_their_reasons(tmp_path: Path) -> None:
    path = tmp_path / "j.csv"
    path.write_text("left_id,right_id,same,reason\na,b,true,one photograph\na,c,No,\n")
    assert read_judgements(path).to_pylist() == [
        {"left_id": "a", "right_id": "b", "same": True, "reason": "one photograph"},
        {"left_id": "a", "right_id": "c", "same": False, "reason": None},
    ]


@pytest.mark.parametrize("line", ["a,b,perhaps,", "a,a,true,", ",b,true,"])
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "j.csv"
    path.write_text(f"left_id,right_id,same,reason\n{line}\n")
    with pytest.raises(InputError, match="Line 2"):
        read_judgements(path)


def test_judgements_with_a_quote_that_never_closes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text('left_id,right_id,same,reason\na,b,true,"x\nc,d,true,y\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"no whole CSV.* follows line 1"):
        read_judgements(path)
