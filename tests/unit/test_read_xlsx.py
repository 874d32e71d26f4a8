"""XLSX: cells as text, sheets, rows, and the same cells that a spreadsheet library sees."""

from __future__ import annotations

import datetime as dt
import random
import warnings
from pathlib import Path

import pytest
from tests.made_files import LIMITS, limits, save_package, save_workbook, sheet_xml, strings_xml

from cenotaph.capture.limits import Limits
from cenotaph.capture.media_types import XLSX
from cenotaph.capture.readers import read_document
from cenotaph.capture.readers.cell_text import date_text, find_date_kind, number_text, unescape
from cenotaph.capture.readers.workbook import WorkbookTable
from cenotaph.domain.documents import TableDocument, TableRow
from cenotaph.domain.errors import DamagedFileError, InputError, NotFoundError, TooLargeError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "list.xlsx"


def opened(path: Path, allowed: Limits = LIMITS) -> WorkbookTable:
    table = read_document(path, XLSX, allowed)
    assert isinstance(table, WorkbookTable)
    return table


def cells(path: Path, rows: str, **more: str) -> list[tuple[str, ...]]:
    return [row.cells for row in opened(save_package(path, sheet_xml(rows), **more)).rows()]


def cell(path: Path, xml: str, **more: str) -> str:
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
    found = cells(path, f'{head}<row r="2">{xml}</row>', **more)
    return found[0][0] if found else ""


def test_a_table_says_what_read_it(path: Path) -> None:
    table: TableDocument = opened(save_workbook(path, [["a", "b"], ["x", 1]]))
    assert (table.reader, table.reader_version, table.encoding, table.sheets()) == ("xlsx", "2", None, ("Sheet",))
    assert table.header() == ("a", "b")
    assert list(table.rows()) == [TableRow(1, 2, ("x", "1"))]


def test_an_encoding_or_delimiter_for_csv_files_beside_it_does_no_harm(path: Path) -> None:
    save_workbook(path, [["a"], ["x"]])
    assert isinstance(read_document(path, XLSX, LIMITS, encoding="cp1251", delimiter=";"), WorkbookTable)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Иванов  Иван ", " Иванов  Иван "),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\u202eعربي\u202c", "\u202eعربي\u202c"),
        ("007", "007"),
        ("#REF!", "#REF!"),
        (1, "1"),
        (-1, "-1"),
        (0, "0"),
        (2023.0, "2023"),
        (79161234567, "79161234567"),
        (1234567890123456, "1234567890123456"),
        (0.1, "0.1"),
        (1 / 3, "0.3333333333333333"),
        (-1.5e-7, "-1.5e-07"),
        (1e300, "1e+300"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2023, 5, 7), "2023-05-07"),
        (dt.datetime.fromisoformat("2023-05-07"), "2023-05-07"),
        (dt.datetime.fromisoformat("2023-05-07T13:05:59"), "2023-05-07T13:05:59"),
        (dt.time(3, 4, 5), "03:04:05"),
        (dt.date(1900, 2, 28), "1900-02-28"),
        (dt.date(1900, 3, 1), "1900-03-01"),
        (dt.date(9999, 12, 31), "9999-12-31"),
        (dt.timedelta(hours=36), "1.5"),
    ],
)
def test_a_cell_is_the_text_of_its_value(path: Path, value: object, text: str) -> None:
    table = opened(save_workbook(path, [["a", "b"], ["x", value]]))
    assert next(table.rows()).cells == ("x", text)


def test_empty_cells_are_empty_and_rows_are_as_wide_as_the_header(path: Path) -> None:
    table = opened(save_workbook(path, [["a", "b", "c"], [None, 1, None], [], ["x"], [None, None, "z"]]))
    assert [(r.number, r.line, r.cells) for r in table.rows()] == [
        (1, 2, ("", "1", "")),
        (3, 4, ("x", "", "")),
        (4, 5, ("", "", "z")),
    ]


def test_rows_above_the_header_do_not_count(path: Path) -> None:
    table = opened(save_workbook(path, [[], [None, None], ["a"], ["x"]]))
    assert table.header() == ("a",)
    assert [(r.number, r.line) for r in table.rows()] == [(1, 4)]


def test_hidden_sheets_are_sheets_and_are_read_by_name(path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.active.append(["a"])  # type: ignore[union-attr]
    for name, state in (("Убитые", "hidden"), ("Very", "veryHidden")):
        sheet = workbook.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(["имя"])
        sheet.append([name])
    workbook.create_chartsheet("Chart")
    workbook.save(path)
    table = opened(path)
    assert table.sheets() == ("Sheet", "Убитые", "Very")
    assert table.header("Убитые") == ("имя",)
    assert [r.cells for r in table.rows("Very")] == [("Very",)]
    with pytest.raises(NotFoundError, match="no sheet 'Chart'"):
        table.header("Chart")


def test_a_merged_cell_has_its_value_in_the_first_only(path: Path) -> None:
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["a", "b", "c"], ["x", "y", "z"]):
        sheet.append(row)
    sheet.merge_cells("A2:C2")
    workbook.save(path)
    assert next(opened(path).rows()).cells == ("x", "", "")


def test_a_header_with_a_name_twice_or_none_over_cells_is_refused(path: Path) -> None:
    with pytest.raises(InputError, match="columns 1 and 2 have the same name"):
        opened(save_workbook(path, [["a", "a"]])).header()
    with pytest.raises(InputError, match="line 3: column 2 has a cell here, but no name"):
        opened(save_workbook(path, [["a", None, "c"], ["1"], ["1", "2"]])).header()
    with pytest.raises(InputError, match="no header"):
        opened(save_workbook(path, [])).header()


def test_a_formula_gives_its_stored_result_and_an_error_its_words(path: Path) -> None:
    assert cell(path, '<c r="A2"><f>1+1</f><v>2</v></c>') == "2"
    assert cell(path, '<c r="A2" t="str"><f>"a"</f><v>a</v></c>') == "a"
    assert cell(path, '<c r="A2" t="str"><f>""</f><v></v></c><c r="B2"><v>1</v></c>') == ""
    assert cell(path, '<c r="A2" t="str"><f>""</f></c><c r="B2"><v>1</v></c>') == ""
    assert cell(path, '<c r="A2" t="e"><f>X</f><v>#REF!</v></c>') == "#REF!"


def test_a_formula_without_a_stored_result_is_told_from_an_empty_cell(path: Path) -> None:
    rows = list(opened(save_workbook(path, [["a", "b"], ["x", 1], ["y", "=1+1"], ["=A2"], [None, None], ["z"]])).rows())
    assert [row.cells for row in rows] == [("x", "1"), ("y", ""), ("", ""), ("z", "")]
    told = [[(bad.at, bad.value) for bad in row.unreadable] for row in rows]
    assert told == [[], [(1, "=1+1")], [(0, "=A2")], []]
    assert rows[1].unreadable[0].reason == "a formula whose result is not in the file"


def test_a_column_whose_name_is_a_formula_without_a_result_is_refused(path: Path) -> None:
    with pytest.raises(InputError, match="the name of column 2 is a formula whose result is not in the file"):
        opened(save_workbook(path, [["a", '="b"'], ["x", 1]])).header()


def test_merged_ranges_and_rows_of_other_sheets_are_counted(path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["a", "b", "c"], ["x", 1], ["y", 2], ["z", 3]):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("B2:B4")
    more = book.create_sheet("More")
    more.append(["a"])
    more.append(["b"])
    book.create_sheet("Empty")
    book.create_sheet("Note").append(["read me"])
    book.save(path)
    table = opened(path)
    assert len(list(table.rows())) == 3
    assert table.count_merged() == 1
    assert [table.count_rows(name) for name in ("More", "Empty", "Note")] == [1, 0, 1]


def test_rich_text_is_joined_and_phonetic_text_left_out(path: Path) -> None:
    strings = strings_xml("<si><r><t>Ива</t></r><r><t xml:space='preserve'>нов </t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>")
    assert cell(path, '<c r="A2" t="s"><v>0</v></c>', strings=strings) == "Иванов "
    assert cell(path, '<c r="A2" t="inlineStr"><is><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r></is></c>') == "ab"


def test_fonts_and_colours_that_are_wrong_do_not_matter(path: Path) -> None:
    styles = (
        "<styleSheet><fonts><font><family val='99'/><color rgb='green'/></font></fonts><fills><fill/></fills>"
        "<cellXfs><xf numFmtId='14' fontId='7'/></cellXfs></styleSheet>"
    )
    run = "<is><r><rPr><family val='99'/><color rgb='green'/></rPr><t>a</t></r></is>"
    assert cell(path, f'<c r="A2" t="inlineStr">{run}</c>', styles=styles) == "a"
    assert cell(path, '<c r="A2" s="0"><v>45000</v></c>', styles=styles) == "2023-03-15"


def test_escaped_text_is_unescaped_once(path: Path) -> None:
    strings = strings_xml("<si><t>x005F_ a_x000D_b _x005F_x0041_</t></si>")
    assert cell(path, '<c r="A2" t="s"><v>0</v></c>', strings=strings) == "x005F_ a\rb _x0041_"


def test_a_date_that_is_written_out_stays_as_it_is(path: Path) -> None:
    assert cell(path, '<c r="A2" t="d"><v>2023-05-07T00:00:00</v></c>') == "2023-05-07"
    assert cell(path, '<c r="A2" t="d"><v>2023-05-07T10:00:00+03:00</v></c>') == "2023-05-07T10:00:00+03:00"


def test_a_strict_workbook_is_told_what_to_become(path: Path) -> None:
    from tests.made_files import pack, package_parts

    parts = package_parts(sheet_xml(""))
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    old = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(old, strict)
    path.write_bytes(pack(parts))
    with pytest.raises(InputError, match="strict kind"):
        opened(path)


def test_rows_and_cells_without_a_place_follow_one_another(path: Path) -> None:
    text = '<c t="inlineStr"><is><t>%s</t></is></c>'
    rows = f"<row>{text % 'a'}{text % 'b'}</row><row>{text % 'x'}</row><row r='9'>{text % 'y'}</row>"
    table = opened(save_package(path, sheet_xml(rows)))
    assert [(r.number, r.line, r.cells) for r in table.rows()] == [(1, 2, ("x", "")), (8, 9, ("y", ""))]


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="A2" t="s"><v>7</v></c>',
        '<c r="A2" t="s"><v>-1</v></c>',
        '<c r="A2" t="s"><v>x</v></c>',
        '<c r="A2"><v>many</v></c>',
        '<c r="A2"><v>NaN</v></c>',
        '<c r="A2"><v>1e999</v></c>',
        '<c r="A2" s="99"><v>1</v></c>',
        '<c r="A2" t="b"><v>perhaps</v></c>',
        '<c r="A2" t="zz"><v>1</v></c>',
        '<c r="A2"><v>1</v></c><c r="A2"><v>1</v></c>',
        '<c r="B2"><v>1</v></c><c r="A2"><v>1</v></c>',
        '<c r="XFE2"><v>1</v></c>',
        '<c r="AAAA2"><v>1</v></c>',
        '<c r="Я2"><v>1</v></c>',
        '<c r="2"><v>1</v></c>',
    ],
)
def test_a_cell_that_cannot_be_what_it_says_is_named(path: Path, xml: str) -> None:
    with pytest.raises(DamagedFileError, match=r"sheet 'List', (cell A2|row 2)"):
        cell(path, xml, strings=strings_xml("<si><t>a</t></si>"))


@pytest.mark.parametrize("number", ["0", "-1", "1", "x", "1048577", "99999999999999999999", "\u0663"])
def test_a_row_out_of_its_order_is_refused(path: Path, number: str) -> None:
    with pytest.raises(DamagedFileError, match="row numbered"):
        cells(path, f'<row r="1"><c t="inlineStr"><is><t>a</t></is></c></row><row r="{number}"/>')


def test_dates_count_from_1904_where_the_workbook_says_so(path: Path) -> None:
    from tests.made_files import pack, package_parts

    parts = package_parts(
        sheet_xml('<row><c t="inlineStr"><is><t>a</t></is></c></row><row><c s="0"><v>0</v></c></row>'),
        styles="<styleSheet><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>",
    )
    assert (path.write_bytes(pack(parts)), [r.cells for r in opened(path).rows()])[1] == [("0",)]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    path.write_bytes(pack(parts))
    assert [r.cells for r in opened(path).rows()] == [("1904-01-01",)]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("yyyy-mm-dd", "date"),
        ("dd.mm.yyyy", "date"),
        ('dd" de "mmmm', "date"),
        ("[$-419]d mmmm yyyy;@", "date"),
        ("mmm", "date"),
        ("h:mm AM/PM", "time"),
        ("mm:ss.0", "time"),
        ("[h]:mm:ss", None),
        ("General", None),
        ("Standard", None),
        ("0.00", None),
        ('#,##0" days"', None),
        ("[Red]0;[Blue]-0", None),
        ("@", None),
        ("", None),
    ],
)
def test_a_format_shows_a_date_a_time_or_neither(code: str, kind: str | None) -> None:
    assert find_date_kind(164, code) == kind


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("1", "1900-01-01"),
        ("59", "1900-02-28"),
        ("60", "60"),
        ("61", "1900-03-01"),
        ("0", "0"),
        ("-1", "-1"),
        ("45000.9999999", "2023-03-16"),
        ("45000.5", "2023-03-15T12:00:00"),
        ("2958465", "9999-12-31"),
        ("2958466", "2958466"),
        ("1e9", "1000000000"),
    ],
)
def test_what_is_no_day_stays_a_number(written: str, text: str) -> None:
    assert date_text(float(written), "date") == text


def test_numbers_are_written_shortest() -> None:
    assert [number_text(n) for n in (7, 10**30, 1.0, 1e3, 9007199254740993.5, 0.10, -0.0)] == [
        "7",
        "1" + "0" * 30,
        "1",
        "1000",
        "9007199254740994.0",
        "0.1",
        "0",
    ]


def test_escapes_become_characters_but_never_half_ones() -> None:
    assert unescape("a_x000D__x0416__xD800__x0000__xZZZZ_b") == "a\rЖ_xD800__x0000__xZZZZ_b"


def test_more_rows_columns_or_characters_than_allowed_are_refused(path: Path) -> None:
    save_workbook(path, [["a", "b"], ["x", "12345"], ["y", "z"]])
    assert len(list(opened(path, limits(rows=2, columns=2, cell_characters=5)).rows())) == 2
    with pytest.raises(TooLargeError, match=r"limits\.rows"):
        list(opened(path, limits(rows=1)).rows())
    with pytest.raises(TooLargeError, match=r"cell B1 in column 2; limits\.columns"):
        list(opened(path, limits(columns=1)).rows())
    with pytest.raises(TooLargeError, match=r"limits\.cell_characters"):
        list(opened(path, limits(cell_characters=4)).rows())
    with pytest.raises(TooLargeError, match=r"limits\.unzipped_bytes"):
        opened(path, limits(unzipped_bytes=1000))


def test_nothing_is_said_on_the_terminal(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    save_workbook(path, [["a"], [dt.date(2023, 1, 1)]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(list(opened(path).rows())) == 1
    assert capfd.readouterr() == ("", "")


def test_random_sheets_have_the_cells_that_openpyxl_sees(path: Path) -> None:
    import openpyxl

    chance = random.Random(11)

    def value() -> object:
        number = chance.randint(-(10**9), 10**9)
        return chance.choice([None, number, chance.uniform(-1e6, 1e6), f"слово {number % 50}", number % 2 == 0])

    save_workbook(path, [[f"c{i}" for i in range(8)], *([value() for _ in range(8)] for _ in range(400))])
    sheet = openpyxl.load_workbook(path, read_only=True).active
    assert sheet is not None

    def text(seen: object) -> str:
        if seen is None:
            return ""
        if isinstance(seen, bool):
            return str(seen).upper()
        return repr(seen) if isinstance(seen, float) else str(seen)

    expected = [tuple(text(c) for c in row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row.cells for row in opened(path).rows()] == [row for row in expected if any(row)]


def test_reading_takes_no_more_memory_for_more_rows(path: Path) -> None:
    import tracemalloc

    def peak(count: int) -> int:
        row = '<row><c t="inlineStr"><is><t>Иванов</t></is></c><c><v>1980</v></c></row>'
        table = opened(save_package(path, sheet_xml(row * (count + 1))))
        tracemalloc.start()
        assert sum(1 for _ in table.rows()) == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    # The parser's chunks come and go by up to 400 kB; 80 bytes kept of each row would be over 1 MB.
    assert peak(16_000) < peak(2_000) + 600_000
