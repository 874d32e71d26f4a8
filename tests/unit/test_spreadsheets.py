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


_TEXTS = st.none() | st.text(alphabet="ab'=-\n\x07\u202e\u00e9", max_size=3)
_Row = tuple[str | None, int | None, bool | None, str | None]
_ROWS = st.lists(st.tuples(_TEXTS, st.none() | st.integers(0, 12), st.none() | st.booleans(), _TEXTS), max_size=8)
_COLUMNS = (("first", Kind.STRING, ""), ("n", Kind.INTEGER, ""), ("yes", Kind.BOOLEAN, ""), ("last", Kind.STRING, ""))


@given(_ROWS)
def test_a_table_shows_every_cell_as_if_it_were_looked_at_alone(rows: list[_Row]) -> None:
    def show(text: str | None) -> str | None:
        return None if text is None else "".join("\ufffd" if c in "\x07\u202e" else c for c in text)

    expected = [(show(first), number, yes, show(last)) for first, number, yes, last in rows]
    expected.sort(key=lambda row: tuple("" if cell is None else str(cell) for cell in row))
    table = make_table("t", "T", _COLUMNS, rows)
    assert list(table.rows) == expected
    words = {True: "true", False: "false", None: ""}
    written = [[disarm(f or ""), "" if n is None else str(n), words[yes], disarm(last or "")] for f, n, yes, last in expected]
    assert list(csv.reader(io.StringIO(csv_text(table), newline="")))[1:] == written


@given(st.lists(st.tuples(st.text(alphabet="ab'=", max_size=2), st.text(max_size=2)), max_size=8))
def test_a_table_of_texts_alone_is_in_order(rows: list[tuple[str, str]]) -> None:
    table = make_table("t", "T", (_COLUMNS[0], _COLUMNS[3]), rows)
    assert list(table.rows) == sorted(table.rows) and len(table.rows) == len(rows)
