"""Benchmarks measure what they say: their made-up casebook is a real one, and their plot holds every point."""

from __future__ import annotations

from pathlib import Path

from benchmarks.generated import LIST, make_casebook
from benchmarks.measuring import Measured, draw

from cenotaph.count.selection import Selection
from cenotaph.services import counting
from cenotaph.services.ledger import verify


def test_the_made_up_casebook_verifies_and_counts(tmp_path: Path) -> None:
    casebook = make_casebook(tmp_path / "casebook", 300)
    assert list(verify(casebook, lambda *_: None)) == []
    table = counting.count(casebook, Selection("", ("nationality", "path"))).tables[0]
    assert table.total.value == 300
    assert table.total.evidence == (0, 150, 150)
    cell = next(c for c in table.cells if None not in c.keys)
    assert len(counting.open_cell(casebook, cell.id)) == cell.value
    assert counting.fragility(casebook, LIST).cited == 150


def test_the_same_seed_makes_the_same_rows(tmp_path: Path) -> None:
    tables = [
        counting.count(make_casebook(tmp_path / name, 100, seed), Selection("", ("nationality",))).tables[0].cells
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    ]
    assert tables[0] == tables[1] != tables[2]


def test_a_plot_has_a_line_for_each_thing_done() -> None:
    svg = draw([Measured(what, rows, rows / 1000, 100.0, 0.5) for what in ("cold", "warm") for rows in (10, 100)])
    assert svg.startswith("<svg")
    assert "cold" in svg and "warm" in svg
