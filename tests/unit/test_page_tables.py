"""Tables of pages and documents: cells in their rows and columns, and where each stands in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.made_files import LIMITS
from tests.reading_samples import make_docx, read

from cenotaph.capture.media_types import find_media_type
from cenotaph.capture.readers import open_table
from cenotaph.domain.documents import TableDocument
from cenotaph.domain.errors import InputError, TooLargeError
from cenotaph.domain.quotes import CellQuote

WORDS = "Twelve citizens who had signed contracts at the recruitment office were killed in July, relatives said on Tuesday. "
TABLE = """<table><caption>Losses</caption>
<thead><tr><th rowspan=2>Country</th><th colspan=2>Citizens</th></tr><tr><th>killed</th><th>missing</th></tr></thead>
<tbody><tr><td rowspan="2">Nepal</td><td>72</td><td>20<br>or more</td></tr><tr><td>66</td><td></td></tr>
<tr><td>Uzbekistan</td><td colspan=2>unknown</td></tr></tbody></table>"""


def page(*tables: str) -> str:
    return f"<!DOCTYPE html><html><body><article><h1>Losses</h1><p>{WORDS * 3}</p>{''.join(tables)}</article></body></html>"


def open_page(folder: Path, *tables: str) -> TableDocument:
    path = folder / "page.html"
    path.write_text(page(*tables), encoding="utf-8")
    return open_table(path, find_media_type(path), LIMITS)


def test_a_cell_over_several_rows_or_columns_stands_in_each_of_them(tmp_path: Path) -> None:
    table = open_page(tmp_path, TABLE)
    assert table.sheets() == ("table 1",)
    assert table.header() == ("Country", "Citizens / killed", "Citizens / missing")
    assert [(row.number, row.cells) for row in table.rows()] == [
        (1, ("Nepal", "72", "20\nor more")),
        (2, ("Nepal", "66", "")),
        (3, ("Uzbekistan", "unknown", "unknown")),
    ]
    assert CellQuote("table 1", 2, "Country").read(table) == "Nepal"


def test_every_cell_of_the_text_has_its_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(TABLE), encoding="utf-8")
    (document,) = read(path)
    found = {document.text[cell.start : cell.end]: (cell.table, cell.row, cell.column) for cell in document.cells}
    assert found["Nepal"] == (1, 3, 1) and found["66"] == (1, 4, 2) and found["20 or more"] == (1, 3, 3)
    assert found["unknown"] == (1, 5, 2) and WORDS.strip() not in found


def test_a_table_that_lays_out_the_page_is_none_and_those_in_it_are(tmp_path: Path) -> None:
    inner = "<table><tr><td>Name</td><td>Born</td></tr><tr><td>A</td><td>1990</td></tr></table>"
    table = open_page(tmp_path, f"<table><tr><td>menu</td><td>{inner}</td></tr><tr><td>x</td><td>y</td></tr></table>", TABLE)
    assert table.sheets() == ("table 1", "table 2")
    assert table.header("table 1") == ("Name", "Born") and table.header("table 2")[0] == "Country"


def test_columns_without_a_name_or_with_the_same_one_can_be_told_apart(tmp_path: Path) -> None:
    rows = "<tr><td colspan=3>Losses</td></tr><tr><td>n</td><td></td><td>n</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>"
    table = open_page(tmp_path, f"<table>{rows}</table>")
    assert table.header() == ("n", "column 2", "n (2)")
    assert [row.cells for row in table.rows()] == [("1", "2", "3")]


def test_tables_of_a_word_document_are_read_with_their_merged_cells(tmp_path: Path) -> None:
    import docx

    make_docx(tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    table = document.add_table(rows=3, cols=3)
    for at, words in enumerate(("Name", "Born", "Unit", "A", "1990", "1", "B", "1991", "2")):
        table.rows[at // 3].cells[at % 3].text = words
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(0, 0).merge(table.cell(0, 1))
    document.save(str(tmp_path / "b.docx"))
    opened = open_table(tmp_path / "b.docx", find_media_type(tmp_path / "b.docx"), LIMITS)
    assert opened.header("table 1") == ("Имя", "Год")
    assert [row.cells for row in opened.rows("table 2")] == [("A", "1990", "1\n2"), ("B", "1991", "1\n2")]
    assert opened.header("table 2") == ("Name Born", "Name Born (2)", "Unit")
    (text,) = read(tmp_path / "b.docx")
    assert {text.text[cell.start : cell.end]: cell[2:] for cell in text.cells}["1 2"] == (2, 2, 3)


@pytest.mark.parametrize("span", ["colspan=1000", "colspan=99999999999", "rowspan=65534", "colspan=1000 rowspan=65534"])
def test_cells_that_claim_to_be_huge_cost_little(tmp_path: Path, span: str) -> None:
    cell = f"<td {span}>{'x' * 100}</td>"
    rows = f"<tr>{cell}<td>1</td></tr>" + "<tr><td>2</td><td>3</td></tr>" * 2000
    try:
        table = open_page(tmp_path, f"<table>{rows}</table>")
        assert sum(1 for _ in table.rows()) <= 2001
    except TooLargeError:
        pass


def test_a_page_without_a_table_and_a_text_are_no_lists(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no table"):
        open_page(tmp_path, "<table><tr><td>one cell</td></tr></table>")
    (tmp_path / "a.txt").write_text("Twelve.")
    with pytest.raises(InputError, match="not a table"):
        open_table(tmp_path / "a.txt", "text/plain", LIMITS)
