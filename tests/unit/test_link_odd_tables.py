"""A table or a state that is not as it should be is refused in words, or read as what it can only mean."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cenotaph.domain.errors import InputError, ValueFormatError
from cenotaph.link.reading import check_columns, check_reports
from cenotaph.link.state import read_state
from cenotaph.services.linkage_measures import evaluate_files
from cenotaph.services.name_text import compare_names, comparison_lines

PEOPLE = pa.table({"report_id": ["1", "2", "3"], "person_id": ["p", "p", "q"]})


def evaluate(folder: Path, truth: dict[str, list[object]]) -> float | None:
    pq.write_table(PEOPLE, folder / "people.parquet")
    pq.write_table(pa.table(truth), folder / "truth.parquet")
    return evaluate_files(folder / "people.parquet", folder / "truth.parquet").evaluation.f1.value


@pytest.mark.parametrize("text", ["позывной Барс", "«Барс»"])
def test_two_call_signs_are_no_comparison_of_names(text: str) -> None:
    assert list(comparison_lines(compare_names(text, text)))[-1].startswith("No comparison")


def test_text_that_is_no_utf8_is_refused() -> None:
    damaged = pa.array([b"\xff\xfeIvan"], pa.binary()).view(pa.string())
    with pytest.raises(ValueFormatError, match="name_full"):
        check_reports(pa.table({"report_id": ["a"], "name_full": damaged}))


def test_a_truth_with_numbers_for_ids_is_read_as_the_reports_are(tmp_path: Path) -> None:
    assert evaluate(tmp_path, {"report_id": [1, 2, 3], "person": [7, 7, 8]}) == 1


def test_a_flag_that_is_not_told_is_not_set(tmp_path: Path) -> None:
    flags = [True, None, False]
    assert evaluate(tmp_path, {"report_id": ["1", "2", "3"], "person": ["a", "a", "b"], "twin": flags}) == 1
    assert evaluate(tmp_path, {"report_id": ["1", "2", "3"], "person": ["a", "a", "b"], "placeholder": [None, None, True]}) == 1


@pytest.mark.parametrize(
    ("truth", "word"),
    [
        ({"report_id": pa.array([], pa.string()), "person": pa.array([], pa.string())}, "no rows"),
        ({"report_id": ["1"], "person": pa.array([None], pa.string())}, "names no person"),
        ({"report_id": ["1"], "person": ["a"], "placeholder": ["yes"]}, "placeholder"),
    ],
)
def test_a_truth_that_tells_nothing_is_refused(tmp_path: Path, truth: dict[str, list[object]], word: str) -> None:
    with pytest.raises(InputError, match=word):
        evaluate(tmp_path, truth)


@pytest.mark.parametrize("text", ['{"format": 3, "ver', "[]", ""])
def test_a_state_that_was_cut_off_is_no_whole_state(tmp_path: Path, text: str) -> None:
    (tmp_path / "state.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="state"):
        read_state(tmp_path)


@pytest.mark.parametrize(("sign", "word"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_values_that_are_separated_by_another_sign_are_said_to_be(sign: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        check_columns([f"report_id{sign}name_full"], "reports.csv")
