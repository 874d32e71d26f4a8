"""No text of a file is run by a spreadsheet, and each can be read back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.domain.spreadsheets import disarm, rearm
from cenotaph.publish.release_files import csv_text
from cenotaph.publish.release_tables import Kind, make_table

ARMED = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-", "@SUM(A1)", "\t=1", "\uff1dcmd", "'=1", "''-"])
def test_a_text_that_begins_like_a_formula_gets_one_apostrophe(text: str) -> None:
    assert disarm(text) == "'" + text
    assert rearm(disarm(text)) == text


@pytest.mark.parametrize("text", ["", "'", "'Abd al-Rahman", "O'Brien", "12", "stated.x", "[\"-\"]"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert disarm(text) == rearm(text) == text


@given(st.text(alphabet="'=+-@\t\uff1dа1 ", max_size=6) | st.text(max_size=6))
def test_every_text_comes_back_and_none_begins_like_a_formula(text: str) -> None:
    assert rearm(disarm(text)) == text
    assert disarm(text)[:1] not in tuple(ARMED) or not text


def test_a_releases_csv_is_disarmed_and_its_numbers_stay_numbers() -> None:
    columns = (("word", Kind.STRING, ""), ("number", Kind.INTEGER, ""))
    text = csv_text(make_table("t", "T", columns, [("=HYPERLINK(1)", -5), ("plain", 3)]))
    assert list(csv.reader(io.StringIO(text)))[1:] == [["'=HYPERLINK(1)", "-5"], ["plain", "3"]]
