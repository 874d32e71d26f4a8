"""CSV: delimiters, quotes, headers, limits, encodings, and where each row begins."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from tests.made_files import LIMITS, limits

from cenotaph.capture.limits import Limits
from cenotaph.capture.readers import read_document
from cenotaph.capture.readers.separated import SeparatedTable
from cenotaph.domain.documents import TableDocument, TableRow
from cenotaph.domain.errors import DamagedFileError, EncodingError, InputError, NotFoundError, TooLargeError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


def opened(path: Path, data: str | bytes, allowed: Limits = LIMITS, media_type: str = "text/csv", **how: str) -> SeparatedTable:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    table = read_document(path, media_type, allowed, **how)
    assert isinstance(table, SeparatedTable)
    return table


def test_a_table_says_what_read_it(path: Path) -> None:
    table: TableDocument = opened(path, "a,b\n1,2\n")
    assert (table.reader, table.reader_version, table.encoding, table.sheets()) == ("csv", "1", "utf-8", ("",))
    assert table.header() == ("a", "b")
    assert list(table.rows("")) == [TableRow(1, 2, ("1", "2"))]


def test_rows_can_be_walked_more_than_once(path: Path) -> None:
    table = opened(path, "a,b\n1,2\n3,4\n")
    assert list(table.rows()) == list(table.rows())


def test_cells_keep_their_spaces_quotes_and_line_breaks(path: Path) -> None:
    table = opened(path, 'a,b\r\n" x ","say ""so""\r\nand on"\r\n y , z\r\n')
    assert list(table.rows()) == [TableRow(1, 2, (" x ", 'say "so"\r\nand on')), TableRow(2, 4, (" y ", " z"))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_lines_alike(path: Path, end: str) -> None:
    table = opened(path, end.join(["a,b", "1,2", '"3', '4",5', "6,7"]))
    assert [(row.number, row.line) for row in table.rows()] == [(1, 2), (2, 3), (3, 5)]


def test_empty_rows_are_passed_over_but_keep_their_number(path: Path) -> None:
    table = opened(path, "\n,,\na,b,c\n1,,\n\n,,\n2,,\n")
    assert table.header() == ("a", "b", "c")
    assert [(row.number, row.line, row.cells) for row in table.rows()] == [(1, 4, ("1", "", "")), (4, 7, ("2", "", ""))]


def test_a_row_of_another_width_is_given_as_it_stands(path: Path) -> None:
    table = opened(path, "a,b\n1\n1,2,3\n1,2,,\n", delimiter=",")
    assert [row.cells for row in table.rows()] == [("1",), ("1", "2", "3"), ("1", "2")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(path: Path, delimiter: str) -> None:
    rows = [["имя", "примечание", "год"], ["Иванов, И.", "a;b|c\td", "2023"], ["Петров", "1,5", ""]]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    table = opened(path, path.read_bytes())
    assert table.delimiter == delimiter
    assert [list(table.header()), *(list(row.cells) for row in table.rows())] == rows


def test_commas_within_the_cells_of_a_semicolon_file_do_not_mislead(path: Path) -> None:
    assert opened(path, "name;place, region\n" + "Иванов, И., И.;Тула, Россия\n" * 50).delimiter == ";"


def test_one_column_is_a_table_too(path: Path) -> None:
    table = opened(path, "name\nИванов\nПетров\n")
    assert table.header() == ("name",)
    assert [row.cells for row in table.rows()] == [("Иванов",), ("Петров",)]


def test_a_long_file_is_sampled_without_its_cut_last_line(path: Path) -> None:
    line = "x" * 700 + ";y;z\n"
    assert opened(path, "a;b;c\n" + line * 200).delimiter == ";"


def test_a_stated_delimiter_is_used(path: Path) -> None:
    assert opened(path, "a;b,c\n1;2,3\n", delimiter=";").header() == ("a", "b,c")
    assert opened(path, "a\tb\n1\t2\n", delimiter="\\t").header() == ("a", "b")


@pytest.mark.parametrize("delimiter", ["", ",,", '"', "\n", "\0"])
def test_what_cannot_be_a_delimiter_is_refused(path: Path, delimiter: str) -> None:
    with pytest.raises(InputError, match="no delimiter"):
        opened(path, "a,b\n", delimiter=delimiter)


def test_tsv_is_split_at_tabs_whatever_else_is_in_it(path: Path) -> None:
    table = opened(path, "a,1\tb,2\nc,3\td,4\n", media_type="text/tab-separated-values")
    assert table.header() == ("a,1", "b,2")


def test_a_mark_is_no_part_of_the_first_name_and_stays_elsewhere(path: Path) -> None:
    table = opened(path, '\ufeff"name",b\n\ufeffx,y\n')
    assert table.header() == ("name", "b")
    assert next(iter(table.rows())).cells == ("\ufeffx", "y")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_files_with_a_mark_are_read_by_it_and_again_by_what_was_noted(path: Path, encoding: str) -> None:
    data = "имя,b\nИванов,y\n".encode(encoding)
    table = opened(path, data)
    again = opened(path, data, encoding=str(table.encoding))
    for each in (table, again):
        assert each.header() == ("имя", "b")
        assert [row.cells for row in each.rows()] == [("Иванов", "y")]
    assert table.encoding == again.encoding


def test_a_stated_encoding_is_used(path: Path) -> None:
    table = opened(path, "имя;b\nИванов;y\n".encode("cp1251"), encoding="windows-1251")
    assert table.header() == ("имя", "b")
    assert table.encoding == "cp1251"


def test_an_empty_file_of_lines_has_no_header(path: Path) -> None:
    with pytest.raises(InputError, match="no header"):
        opened(path, "\n\n,,\n").header()


def test_a_name_that_stands_twice_is_refused(path: Path) -> None:
    with pytest.raises(InputError, match="columns 1 and 3"):
        opened(path, "name,b,name\n1,2,3\n").header()


def test_a_column_with_cells_and_no_name_is_refused_with_the_line(path: Path) -> None:
    with pytest.raises(InputError, match=r"line 4: column 2 has a cell here, but no name"):
        opened(path, "a,,c\n1,,3\n1,,3\n1,2,3\n").header()
    with pytest.raises(InputError, match=r"line 2: column 3"):
        opened(path, "a,b,\n1,2,3\n").header()


def test_columns_without_name_and_cells_do_no_harm(path: Path) -> None:
    table = opened(path, "a,,c,,\n1,,3,,\n")
    assert table.header() == ("a", "", "c")
    assert [row.cells for row in table.rows()] == [("1", "", "3")]


def test_there_is_no_sheet_in_a_csv_file(path: Path) -> None:
    with pytest.raises(NotFoundError, match="no sheet 'List'"):
        opened(path, "a,b\n").header("List")
    with pytest.raises(NotFoundError):
        next(opened(path, "a,b\n").rows("List"))


def walk(table: SeparatedTable) -> None:
    for _ in table.rows():
        pass


def test_more_rows_columns_or_characters_than_allowed_are_refused(path: Path) -> None:
    walk(opened(path, "a,b\n1,2\n1,2\n", limits(rows=2, columns=2, cell_characters=1)))
    with pytest.raises(TooLargeError, match=r"limits\.rows"):
        walk(opened(path, "a,b\n1,2\n1,2\n", limits(rows=1)))
    with pytest.raises(TooLargeError, match=r"line 3 has 3 cells; limits\.columns"):
        walk(opened(path, "a,b\n1,2\n1,2,3\n", limits(columns=2)))
    with pytest.raises(TooLargeError, match=r"line 3, column 2: the cell has 11 characters"):
        walk(opened(path, 'a,b\n1,2\n1,"12345\n67890"\n', limits(cell_characters=10)))
    with pytest.raises(TooLargeError, match=r"line 3, column 2"):
        walk(opened(path, "a,b\n1,2\n1,12345678901\n", limits(cell_characters=10)))


def test_the_limit_of_other_users_of_the_csv_module_is_never_lowered(path: Path) -> None:
    before = csv.field_size_limit()
    walk(opened(path, "a,b\n1,2\n", limits(cell_characters=10)))
    assert csv.field_size_limit() == before
    walk(opened(path, f"a,b\n1,{'x' * 300_000}\n"))
    assert csv.field_size_limit() >= before


def test_a_quote_that_never_closes_is_named_by_the_line_it_began_on(path: Path) -> None:
    with pytest.raises(DamagedFileError, match=r"begins on line 3 never closes"):
        walk(opened(path, 'a,b\n1,2\n3,"4\n5,6\n'))


def test_words_after_a_closing_quote_are_an_error_not_other_words(path: Path) -> None:
    with pytest.raises(DamagedFileError, match=r"begins on line 2 .* after its closing quote \(line 2\)"):
        walk(opened(path, 'a,b\n"ЧВК" Вагнер,2\n'))


def test_quotes_within_words_are_words(path: Path) -> None:
    assert next(opened(path, 'a,b\nЧВК "Вагнер",2\n').rows()).cells == ('ЧВК "Вагнер"', "2")


def test_bytes_of_another_encoding_are_named_with_their_line(path: Path) -> None:
    good = "Иванов,1\n".encode() * 20_000
    table = opened(path, b"a,b\n" + good + "Петров,2\n".encode("cp1251") + good)
    with pytest.raises(EncodingError, match=rf"byte {4 + len(good):,} \(line 20,002\)") as caught:
        walk(table)
    assert "mixes encodings" in caught.value.hint
    assert "cp1251" in caught.value.hint


def test_a_nul_is_named_with_its_line(path: Path) -> None:
    with pytest.raises(DamagedFileError, match="line 3 holds a NUL"):
        walk(opened(path, "a,b\n1,2\n1,\0\n"))
    with pytest.raises(DamagedFileError, match="NUL") as caught:
        walk(opened(path, "a,b\n1,2\n".encode("utf-16-le")))
    assert "utf-16-le" in caught.value.hint


def test_the_shared_list_reads_whole(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("foreign-fighters/named_2025-11.csv")
    table = read_document(path, "text/csv", LIMITS)
    assert isinstance(table, SeparatedTable)
    rows = list(table.rows())
    assert len(rows) == 562
    assert table.header()[:4] == ("uid", "name", "nationality", "type")
    assert sum(row.cells[2] == "Таджикистан" for row in rows) == 70


def test_reading_takes_no_more_memory_for_more_rows(path: Path) -> None:
    import tracemalloc

    def peak(count: int) -> int:
        table = opened(path, "a,b,c\n" + "Иванов Иван Иванович,1980,Тула\n" * count)
        tracemalloc.start()
        walk(table)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(40_000) < peak(2_000) + 200_000


def test_a_caller_that_stops_early_leaves_no_file_open(path: Path) -> None:
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        pytest.skip("no /proc here")
    table = opened(path, "a,b\n" + "1,2\n" * 50_000)
    before = len(list(folder.iterdir()))
    rows: Iterator[TableRow] = table.rows()
    assert len(list(islice(rows, 3))) == 3
    del rows
    assert len(list(folder.iterdir())) == before
