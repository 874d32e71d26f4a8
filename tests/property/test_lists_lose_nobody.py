from __future__ import annotations

import json
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables import MemoryTable, column, make_mapping, other_of, read_rows

from cenotaph.domain.canonical import canonical_json
from cenotaph.domain.errors import ValueFormatError
from cenotaph.extract.lists import Mapping, RowFailure, parse_mapping, propose_mapping, read_table
from cenotaph.extract.lists.summary import ReadingSummary
from cenotaph.extract.lists.values import read_age
from cenotaph.extract.lists.words import fold_word

WORDS = ["", " ", "Иванов Иван", "неизвестный", "Узбекистан", "Узбекистан/Россия", "заключенные", "м", "56", "999", "40-49",
         "31.02.2024", "2024-05", "??.06.2022", "https://a.org/1", "\u202eабв", "\0", "é", "-", "-1", "a;b", '"']  # fmt: skip
CELLS = st.sampled_from(WORDS) | st.text(max_size=8)
HEADER = ("uid", "name", "country", "type", "age", "birth", "death", "source", "n", "secret", "other")
COLUMNS = (
    column("uid", "id")
    + column("name", "name")
    + column("country", "nationality origin", "places = true", 'separator = "/"')
    + column("type", "path sex", "[column.words]", '"заключенные" = { path = "prison" }', '"м" = { sex = "m" }')
    + column("age", "age", "[column.words]", '"-1" = "unknown"')
    + column("birth", "birth")
    + column("death", "death publication")
    + column("source", "cites note")
    + '[[column]]\nname = "n"\nignore = true\n[[column]]\nname = "secret"\nsecret = true\n'
)
MAPPINGS = [make_mapping(COLUMNS), make_mapping(COLUMNS, '"uid"'), make_mapping(COLUMNS, '["secret", "name"]')]
ROWS = st.lists(st.lists(CELLS, min_size=len(HEADER) - 1, max_size=len(HEADER) + 1), max_size=8)
WHOLE_ROWS = st.lists(st.lists(CELLS, min_size=len(HEADER), max_size=len(HEADER)), max_size=8)


@given(st.sampled_from(MAPPINGS), ROWS)
def test_every_row_is_a_report_or_a_failure(mapping: Mapping, rows: list[list[str]]) -> None:
    reports, failures, summary = read_rows(mapping, HEADER, *rows)
    filled = sum(any(row) for row in rows)
    assert len(reports) + len(failures) == filled == summary.rows
    assert len({report.row_key for report in reports}) == len(reports)
    numbers = [r.row_number or 0 for r in reports] + [f.row_number for f in failures]
    assert sorted(numbers) == [n for n, row in enumerate(rows, 1) if any(row)]


@given(st.sampled_from(MAPPINGS), WHOLE_ROWS)
def test_the_words_of_every_cell_are_kept(mapping: Mapping, rows: list[list[str]]) -> None:
    reports, failures, _ = read_rows(mapping, HEADER, *rows)
    assert all("zero character" in failure.reason for failure in failures)
    for report in reports:
        assert report.row_number is not None
        said = json.loads(report.other) if report.other else {}
        assert not report.other or canonical_json(said) == report.other
        kept = f"{list(report)!r} {said!r} {json.loads(report.cites or '[]')!r}"
        for name, cell in zip(HEADER, rows[report.row_number - 1], strict=True):
            words = cell.strip()
            if name in ("n", "secret", "age", "birth", "death") or not words:
                continue
            assert repr(words)[1:-1] in kept, name


@given(st.sampled_from(MAPPINGS), WHOLE_ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_which_rows_there_are(
    mapping: Mapping, rows: list[list[str]], chance: Random
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    one, two = (read_rows(mapping, HEADER, *order)[0] for order in (rows, shuffled))
    assert sorted(r.row_key for r in one) == sorted(r.row_key for r in two)
    assert sorted(r.content for r in one) == sorted(r.content for r in two)


@given(WHOLE_ROWS, st.integers(2, 4))
def test_identical_rows_stay_separate_people(rows: list[list[str]], times: int) -> None:
    once = read_rows(MAPPINGS[0], HEADER, *rows)[0]
    often = read_rows(MAPPINGS[0], HEADER, *(rows * times))[0]
    assert len(often) == times * len(once)
    assert len({r.row_key for r in often}) == len(often)
    assert {r.row_key for r in once} <= {r.row_key for r in often}


@given(CELLS)
def test_a_value_that_is_not_read_is_said_and_kept(cell: str) -> None:
    reports, _, summary = read_rows(make_mapping(column("age", "age")), ("age", "x"), (cell, "1"))
    for report in reports:
        if report.age_low is None and cell.strip() and any(c.isalnum() for c in cell) and summary.unreadable:
            assert other_of(report)["unreadable"] == {"age": cell.strip()}
            assert [u.value for u in summary.unreadable] == [cell.strip()]
        if report.age_low is not None:
            assert 0 <= report.age_low <= (report.age_high or 0) <= 130


@given(st.text(max_size=12))
def test_an_age_is_read_or_refused(text: str) -> None:
    try:
        low, high = read_age(text)
    except ValueFormatError:
        return
    assert 0 <= low <= high <= 130


@given(st.text())
def test_folding_a_word_twice_changes_nothing(text: str) -> None:
    assert fold_word(fold_word(text)) == fold_word(text)


@settings(max_examples=60)
@given(
    st.lists(
        st.text(min_size=1, max_size=6).filter(lambda name: name.strip()), min_size=1, max_size=5, unique_by=fold_word
    ),
    st.data(),
)
def test_any_draft_loads_and_reads_its_own_file(header: list[str], data: st.DataObject) -> None:
    header = [name for name in header if fold_word(name) and "\0" not in name]  # Readers refuse the zero character.
    row = st.lists(CELLS, min_size=len(header), max_size=len(header))
    rows = [row for row in data.draw(st.lists(row, min_size=1, max_size=6)) if any(row)]
    if not header or not any(cell.strip() for row in rows for cell in row):
        return
    table = MemoryTable(header, rows)
    mapping = parse_mapping(propose_mapping(table, file_name="x.csv", today=date(2026, 1, 2)), "toml")
    assert parse_mapping(mapping.text) == mapping
    summary = ReadingSummary()
    read = list(read_table(table, mapping, summary))
    assert all("zero character" in row.reason for row in read if isinstance(row, RowFailure))
    assert len(read) == len(rows)
    assert summary.absent_columns == []
