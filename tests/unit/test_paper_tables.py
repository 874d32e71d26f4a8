"""Tables of PDF: ruled, or in columns that align; prose in columns is none; each cell has its words, and each word its box."""

from __future__ import annotations

from pathlib import Path

from tests.made_files import LIMITS
from tests.reading_samples import draw_pdf, read, write_at

from cenotaph.capture.media_types import find_media_type
from cenotaph.capture.readers import open_table
from cenotaph.domain.claims import Claim
from cenotaph.domain.documents import TextDocument
from cenotaph.extract import read_claims

HEAD = ("Country", "Killed", "Wounded")
ROWS = (("Cuba", "5", ""), ("Nepal", "", "7"), ("Sri Lanka", "12", "3"))
PROSE = "The ministry said on Monday that the lists of foreigners are still being checked."
XS, TOP, STEP = (72, 220, 320, 420), 640, 24


def write_rows(rows: tuple[tuple[str, ...], ...], top: int = TOP) -> str:
    return "".join(
        write_at(XS[column] + 6, top - 17 - STEP * at, text)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    )


def rule(count: int) -> str:
    bottom = TOP - STEP * count
    level = "".join(f"72 {TOP - STEP * at} m 420 {TOP - STEP * at} l S\n" for at in range(count + 1))
    return level + "".join(f"{x} {TOP} m {x} {bottom} l S\n" for x in XS)


def read_pdf(folder: Path, *pages: str) -> tuple[TextDocument, Path]:
    path = folder / "a.pdf"
    path.write_bytes(draw_pdf(*pages))
    (document,) = read(path)
    return document, path


def check_cells(document: TextDocument, path: Path) -> None:
    table = open_table(path, find_media_type(path), LIMITS)
    for cell in document.cells:
        words = document.text[cell.start : cell.end]
        rows = {row.number + 1: row.cells for row in table.rows(f"table {cell.table}")}
        assert words == (table.header(f"table {cell.table}") if cell.row == 1 else rows[cell.row])[cell.column - 1]


def test_a_ruled_table_is_read_row_by_row_with_its_empty_cells(tmp_path: Path) -> None:
    # Column by column, as some programs write them.
    columns = "".join(
        write_rows(tuple(tuple(text if at == column else "" for at, text in enumerate(row)) for row in (HEAD, *ROWS)))
        for column in range(3)
    )
    document, path = read_pdf(tmp_path, write_at(72, 720, PROSE) + columns + rule(4) + write_at(72, 400, PROSE))
    assert "\nCountry\tKilled\tWounded\nCuba\t5\t\nNepal\t\t7\nSri Lanka\t12\t3\n" in document.text
    assert document.text.startswith(PROSE) and document.text.rstrip().endswith(PROSE)
    check_cells(document, path)
    claims = [claim for claim in read_claims(document.text, language="en") if isinstance(claim, Claim)]
    assert {(claim.nationality, claim.outcome, claim.low) for claim in claims} == {
        (("CU",), "killed", 5),
        (("NP",), "wounded", 7),
        (("LK",), "killed", 12),
        (("LK",), "wounded", 3),
    }


def test_cells_of_several_lines_and_cells_over_several_columns_stay_whole(tmp_path: Path) -> None:
    y = TOP - STEP
    lines = rule(4).replace(f"320 {TOP} m 320", f"320 {y} m 320")
    words = write_at(78, TOP - 10, "Country") + write_at(78, TOP - 21, "of origin") + write_at(290, TOP - 17, "Losses")
    document, _ = read_pdf(tmp_path, words + write_rows(ROWS, y) + lines)
    assert document.text.startswith("Country of origin\tLosses\t\nCuba\t5\t\n")


def test_columns_that_align_are_a_table_where_one_holds_numbers(tmp_path: Path) -> None:
    rows = (HEAD, ROWS[2], ("Cuba", "5", "0"), ("Nepal", "9", "7"))
    document, path = read_pdf(tmp_path, write_at(72, 720, PROSE) + write_rows(rows))
    assert "\nCountry\tKilled\tWounded\nSri Lanka\t12\t3\nCuba\t5\t0\nNepal\t9\t7\n" in document.text
    check_cells(document, path)


def test_prose_in_two_columns_is_no_table_and_its_text_stays_as_it_was(tmp_path: Path) -> None:
    lines = "".join(
        write_at(x, 640 - 15 * at, text)
        for x, text in ((72, "The twelve men were killed"), (330, "and three are missing now"))
        for at in range(5)
    )
    document, _ = read_pdf(tmp_path, lines)
    assert document.cells == () and "\t" not in document.text


def test_every_code_point_but_what_parts_cells_and_pages_has_a_place(tmp_path: Path) -> None:
    document, _ = read_pdf(tmp_path, write_at(72, 720, PROSE) + write_rows((HEAD, *ROWS)) + rule(4), write_at(72, 720, PROSE))
    placed = {at for place in document.places for at in range(place.start, place.end)}
    assert {document.text[at] for at in set(range(len(document.text))) - placed} <= {"\t", "\n"}
    starts = [place.start for place in document.places]
    assert starts == sorted(starts)
    for place in document.places:
        assert place.box is not None or not document.text[place.start : place.end].strip()
