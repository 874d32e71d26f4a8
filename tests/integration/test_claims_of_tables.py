"""Claims of tables: the column names what happened, the row whom it happened to, and the number's quote is a cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.reading_samples import make_docx

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims
from cenotaph.services.captures import add_captures
from cenotaph.services.extraction import run_extraction
from cenotaph.services.places import find_place

WORDS = "<p>The ministry said on Monday that the lists of foreigners are still being checked by its staff and may change.</p>" * 3
HEAD = "<tr><th>Country</th><th>Killed</th><th>Wounded</th><th>Missing</th></tr>"
ROWS = (
    "<tr><td>Cuba</td><td>5</td><td></td><td></td></tr><tr><td>Nepal</td><td></td><td>7</td><td>9</td></tr>"
    "<tr><td><p>Ghana</p></td><td><p>12</p></td><td></td><td>3</td></tr>"
)
EXPECTED = {
    ("CU", "killed", 5): "table 1, row 2, column 2",
    ("NP", "wounded", 7): "table 1, row 3, column 3",
    ("NP", "missing", 9): "table 1, row 3, column 4",
    ("GH", "killed", 12): "table 1, row 4, column 2",
    ("GH", "missing", 3): "table 1, row 4, column 4",
}


def read_cells() -> dict[tuple[str, str, int], str]:
    """Return the claims of a casebook with the cell that each number stands in."""
    sql = "SELECT document, number_start, number_end, nationality, outcome, low FROM claim"
    rows = bulk.fetch_rows(sql)
    found = {}
    for document, start, end, nationality, outcome, low in rows:
        (part,) = find_place(document, int(start), int(end)).parts
        found[str(nationality).strip('[]"'), str(outcome), int(float(low))] = part.cell
    return found


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("Country", "")], ids=["named", "unnamed"])
def test_each_number_of_a_page_s_table_is_a_claim_with_its_cell(casebook: Casebook, tmp_path: Path, head: str) -> None:
    page = f"<html lang='en'><body><article><h1>Losses</h1>{WORDS}<table>{head}{ROWS}</table>{WORDS}</article></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    add_captures(casebook, ACTOR, [tmp_path / "a.html"])
    run_extraction(casebook, ACTOR, workers=1)
    assert read_cells() == EXPECTED
    assert find_problems(casebook) == []


def test_each_number_of_a_document_s_table_is_a_claim_with_its_cell(sqlite_casebook: Casebook, tmp_path: Path) -> None:
    import docx

    make_docx(tmp_path / "a.docx")
    document = docx.Document()
    document.add_paragraph("The ministry said on Monday that the lists are still being checked by its staff and may change.")
    table = document.add_table(rows=4, cols=4)
    words = ("Country", "Killed", "Wounded", "Missing", "Cuba", "5", "", "", "Nepal", "", "7", "9", "Ghana", "12", "", "3")
    for at, text in enumerate(words):
        table.rows[at // 4].cells[at % 4].text = text
    document.save(str(tmp_path / "a.docx"))
    add_captures(sqlite_casebook, ACTOR, [tmp_path / "a.docx"], language="en")
    run_extraction(sqlite_casebook, ACTOR, workers=1)
    assert read_cells() == EXPECTED


def test_a_row_keeps_its_columns_where_cells_are_empty() -> None:
    for text in ("\tKilled\tWounded\nCuba\t5\t\nNepal\t\t7", "Country\tKilled\tWounded\nCuba\t5\t\nNepal\t\t7"):
        claims = [claim for claim in read_claims(text, language="en") if isinstance(claim, Claim)]
        assert [(claim.nationality, claim.outcome, claim.low) for claim in claims] == [
            (("CU",), "killed", 5),
            (("NP",), "wounded", 7),
        ]
