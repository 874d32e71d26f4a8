"""Whatever the text, reading keeps every byte of it; whatever the dialect, every cell."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.made_files import LIMITS

from cenotaph.capture.readers import read_document
from cenotaph.capture.readers.cell_text import number_text
from cenotaph.capture.readers.separated import DELIMITERS, SeparatedTable, find_delimiter
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import CenotaphError

# Anything but NUL and half characters, which no text file holds.
ANY = st.characters(exclude_characters="\0", exclude_categories=("Cs",))
CYRILLIC = st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВГДЕЁЖ\r\n\t,.«»№—Qq1")
CELL = st.text(st.one_of(ANY, st.sampled_from(',;|\t"\n\r \ufeff')), max_size=12)


def read_bytes(data: bytes, media_type: str, encoding: str | None = None, delimiter: str | None = None) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(data)
        document = read_document(path, media_type, LIMITS, encoding=encoding, delimiter=delimiter)
        if isinstance(document, TextDocument):
            return document
        assert isinstance(document, SeparatedTable)
        return [document.header(), *(row.cells for row in document.rows())]


@given(st.text(ANY, min_size=1), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]), st.booleans())
def test_a_text_encoded_again_is_the_file(text: str, encoding: str, marked: bool) -> None:
    data = (("\ufeff" if marked else "") + text).encode(encoding)
    document = read_bytes(data, "text/plain", None if marked else encoding)
    assert isinstance(document, TextDocument)
    assert document.text.encode(document.encoding) == data


@given(st.text(CYRILLIC, min_size=1), st.sampled_from(["cp1251", "koi8-u", "mac-cyrillic"]))
def test_a_text_in_an_8_bit_encoding_encoded_again_is_the_file(text: str, encoding: str) -> None:
    data = text.encode(encoding, "replace")
    document = read_bytes(data, "text/plain", encoding)
    assert isinstance(document, TextDocument)
    assert document.text == data.decode(encoding)
    assert document.text.encode(document.encoding) == data


@given(
    st.binary(min_size=1),
    st.sampled_from([None, "cp1251", "utf-16", "utf-16-le", "shift_jis", "gb18030", "iso2022_jp", "hz"]),
)
def test_any_bytes_are_a_text_that_gives_them_back_or_an_error(data: bytes, encoding: str | None) -> None:
    try:
        document = read_bytes(data, "text/plain", encoding)
    except CenotaphError:
        return
    assert isinstance(document, TextDocument)
    assert document.text.encode(document.encoding) == data
    document.text.encode("utf-8")


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    header = [f"c{i}" for i in range(width)]
    rows = draw(st.lists(st.lists(CELL, min_size=width, max_size=width).filter(any), max_size=6))
    return [header, *rows]


@given(
    tables(),
    st.sampled_from(DELIMITERS),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_cells_survive_any_dialect(rows: list[list[str]], delimiter: str, end: str, quoting: int, encoding: str) -> None:
    stream = io.StringIO(newline="")
    # The writer quotes no lone carriage return of a file whose lines end otherwise; a field with one must be quoted.
    quoting = csv.QUOTE_ALL if any("\r" in c or "\n" in c for row in rows for c in row) else quoting
    csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    read = read_bytes(stream.getvalue().encode(encoding), "text/csv", delimiter=delimiter)
    assert read == [tuple(row) for row in rows]


@given(tables(), st.sampled_from(DELIMITERS))
def test_finding_the_delimiter_always_gives_one_and_the_same(rows: list[list[str]], delimiter: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    found = find_delimiter(stream.getvalue())
    assert found in DELIMITERS
    assert found == find_delimiter(stream.getvalue())


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_numbers_text_is_the_same_number(number: float) -> None:
    assert float(number_text(number)) == number


@given(st.integers(-(2**53), 2**53))
def test_a_whole_numbers_text_has_only_its_digits(number: int) -> None:
    assert number_text(float(number)) == str(number)
