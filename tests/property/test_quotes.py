"""Quotes are code points, half-open; cells are rows and columns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.domain.documents import TableRow, TextDocument
from cenotaph.domain.errors import NotFoundError, ValueFormatError
from cenotaph.domain.quotes import CellQuote, TextQuote


@given(st.text(min_size=1), st.data())
def test_a_span_of_a_text_is_read_as_its_code_points(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = TextQuote(start, end)
    words = quote.read(TextDocument(text, "text", "1", "utf-8"))
    assert words == text[start:end] and len(words) == end - start
    quote.check(text, words)
    with pytest.raises(ValueFormatError, match="do not stand"):
        quote.check(text, words + "x")


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_an_empty_or_inverted_span_is_refused(start: int, end: int) -> None:
    if 0 <= start < end:
        assert TextQuote(start, end).start == start
    else:
        with pytest.raises(ValueFormatError):
            TextQuote(start, end)


@given(st.integers(0, 20), st.integers(1, 9), st.integers(0, 20), st.integers(1, 9))
def test_spans_overlap_exactly_where_they_share_a_code_point(a: int, n: int, b: int, m: int) -> None:
    one, other = TextQuote(a, a + n), TextQuote(b, b + m)
    shared = set(range(a, a + n)) & set(range(b, b + m))
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)
    assert one.contains(other) == (set(range(b, b + m)) <= set(range(a, a + n)))


def test_nothing_is_normalised() -> None:
    TextQuote(0, 2).check("e\u0301", "e\u0301")
    with pytest.raises(ValueFormatError):
        TextQuote(0, 2).check("e\u0301", "\u00e9")
    TextQuote(1, 2).check("𝔸б", "б")


def test_a_quote_behind_the_end_is_refused() -> None:
    with pytest.raises(ValueFormatError, match="3 code points"):
        TextQuote(1, 4).read("abc")


class Table:
    """Two sheets, the second with a short row and a row passed over."""

    reader, reader_version, encoding = "made", "1", None

    def sheets(self) -> tuple[str, ...]:
        return ("one", "two")

    def header(self, sheet: str | None = None) -> tuple[str, ...]:
        return ("имя", "source")

    def rows(self, sheet: str | None = None) -> Iterator[TableRow]:
        yield TableRow(1, 2, ("Иван", "a"))
        yield TableRow(3, 4, ("Пётр",))


def test_a_cell_is_read_by_row_and_column() -> None:
    CellQuote("", 1, "имя").check(Table(), "Иван")
    assert CellQuote("two", 3, "source").read(Table()) == ""
    with pytest.raises(ValueFormatError, match="do not stand"):
        CellQuote("", 1, "имя").check(Table(), "иван")
    for row, column, says in ((2, "имя", "no data row 2"), (4, "имя", "no data row 4"), (1, "uid", "no column 'uid'")):
        with pytest.raises(NotFoundError, match=says):
            CellQuote("", row, column).read(Table())


@pytest.mark.parametrize(("row", "column"), [(0, "a"), (-1, "a"), (1, "")])
def test_a_cell_needs_a_row_and_a_column(row: int, column: str) -> None:
    with pytest.raises(ValueFormatError):
        CellQuote("", row, column)
