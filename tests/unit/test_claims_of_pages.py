"""Claims of saved pages: cells under their columns, links in lists and paragraphs, a page under the name of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.services.claim_reading import read_file_claims

_LONG = (
    "<p>The river rose by four metres in a night, and the road to the coast has been closed ever since, so that help reaches the"
    " valley by air alone, as it did in the spring of 2016.</p>"
)


def _read(folder: Path, body: str, name: str = "page.html") -> list[Claim]:
    file = folder / name
    file.write_text(f"<!DOCTYPE html><html lang='en'><head><title>Flood</title></head><body>{body}</body></html>", "utf-8")
    (result,) = read_file_claims((file,))
    assert result.reading is not None
    return list(result.reading.claims)


@pytest.mark.parametrize("head", ["<tr>{}</tr>", "<thead><tr>{}</tr></thead>"])
def test_the_column_says_what_happened_and_the_row_where(tmp_path: Path, head: str) -> None:
    top = head.format("<th>District</th><th>Dead</th><th>Missing</th>")
    table = f"<table>{top}<tr><td>Orlen</td><td>31</td><td>4</td></tr><tr><td>Vastra</td><td>8</td><td>17</td></tr></table>"
    found = _read(tmp_path, f"<article><h1>Flood in the valley</h1>{_LONG}{table}{_LONG}</article>")
    assert [(c.low, c.outcome, c.place) for c in found] == [
        (31, "killed", "Orlen"),
        (4, "missing", "Orlen"),
        (8, "killed", "Vastra"),
        (17, "missing", "Vastra"),
    ]


def test_an_empty_cell_moves_no_number_under_another_column(tmp_path: Path) -> None:
    table = (
        "<table><tr><th>Country</th><th>Killed</th><th>Wounded</th><th>Captured</th></tr>"
        "<tr><td>Ghana</td><td>3</td><td></td><td>5</td></tr></table>"
    )
    found = _read(tmp_path, f"<article><h1>Foreigners</h1>{_LONG}{table}{_LONG}</article>")
    assert [(c.low, c.outcome, c.nationality) for c in found] == [(3, "killed", ("GH",)), (5, "captured", ("GH",))]


def test_links_in_short_items_and_paragraphs_hide_no_claim(tmp_path: Path) -> None:
    body = (
        "<article><h1>Flood in the valley</h1><p>At least <b>40</b> people <i>died</i> in <a href='/o'>Orlen</a>.</p>"
        f"{_LONG}<ul><li>6 dead in <a href='/v'>Vastra</a></li><li>2 dead in <a href='/k'>Kinna</a></li></ul>{_LONG}</article>"
    )
    assert [(c.low, c.outcome) for c in _read(tmp_path, body)] == [(40, "killed"), (6, "killed"), (2, "killed")]


def test_a_list_of_links_to_other_articles_stays_out(tmp_path: Path) -> None:
    links = "".join(f"<li><a href='/{n}'>{n} people killed in a fire elsewhere</a></li>" for n in range(11, 21))
    body = f"<article><h1>Flood in the valley</h1>{_LONG}<ul>{links}</ul><p>Nine people were killed.</p>{_LONG}</article>"
    assert [c.low for c in _read(tmp_path, body)] == [9]


def test_a_page_under_the_name_of_a_text_is_read_as_a_page(tmp_path: Path) -> None:
    body = "<script>var a = '99 soldiers were killed';</script><p>Seven soldiers were <b>killed</b>.</p>"
    assert [c.low for c in _read(tmp_path, body, "page.txt")] == [7]


def test_a_text_that_speaks_of_markup_stays_a_text(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Seven soldiers were killed. Their page began with <html> and a date.", "utf-8")
    (result,) = read_file_claims((file,))
    assert result.reading is not None
    assert [c.low for c in result.reading.claims] == [7]
