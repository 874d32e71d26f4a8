"""Counts as people and programs see them: words of any script, nothing obeyed, nothing run as a formula."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cenotaph.count.backlog import Backlog, BacklogLine
from cenotaph.count.selection import Selection
from cenotaph.count.table import Aside, Cell, CountTable, Coverage
from cenotaph.services import rendering, wording
from cenotaph.services.counting import Count


def make_count(*keys: str, aside: Aside | None = None, backlog: Backlog | None = None) -> Count:
    cells = [
        *(Cell((key,), 1, f"list:unit={n}", (0, 1, 0)) for n, key in enumerate(keys)),
        Cell((None,), len(keys), "list:all", (0, 1, 0)),
    ]
    coverage = (Coverage("unit", len(keys), 0, len(keys)),)
    table = CountTable(Selection("list", ("unit",)), ("2025",), (tuple(keys),), tuple(cells), coverage, {}, aside or Aside())
    return Count("0" * 64, (table,), {"list": "A list"}, backlog or Backlog(), ())


def test_a_subgroup_reads_as_a_minimum_with_what_is_known() -> None:
    said = wording.say_coverage(47, Coverage("path", 61, 0, 70))
    assert said == "at least 47; recruitment path known for 61 of 70"
    said = wording.say_coverage(47, Coverage("path", 61, 6, 70))
    assert said == "at least 47; recruitment path known for 61 of 70, only quoted for 6"


@pytest.mark.parametrize("words", ["\x1b[2J", "\u202egnp", "\u2028", "a\nb", "\x9b31m", "\ufeff", "\u2066x"])
def test_control_and_direction_characters_are_shown_and_not_obeyed(words: str) -> None:
    shown = wording.name_key("unit", f"stated.{words}")
    assert shown.isprintable()
    assert "<" in shown
    assert all(line.isprintable() or "\u200e" in line for line in rendering.count_text(make_count(f"stated.{words}")))


def test_joiners_that_scripts_need_stay() -> None:
    assert wording.clean("می\u200cشود क\u200dष") == "می\u200cشود क\u200dष"


def test_columns_stay_aligned_under_wide_and_combining_characters() -> None:
    lines = list(rendering.count_text(make_count("stated.朝鮮人民軍", "stated.नेपाल", "stated.é", "stated.plain")))
    table = lines[3 : lines.index("", 3)]
    assert len({wording.display_width(line) for line in table}) == 1


def test_words_from_right_to_left_do_not_reorder_the_line() -> None:
    line = next(line for line in rendering.count_text(make_count("stated.وحدة", "stated.plain")) if "وحدة" in line)
    assert line.startswith("\u200e")
    assert line.index("\u200e", 1) > line.index("وحدة")
    assert not any("\u200e" in other for other in rendering.count_text(make_count("stated.plain")))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_of_csv_is_run_as_a_formula(text: str) -> None:
    assert rendering.disarm(text) == "'" + text
    count = make_count("stated.x")
    table = replace(count.tables[0], selection=Selection(text, ("unit",)))
    rows = list(rendering.count_rows(replace(count, tables=(table,))))
    assert rows[1][0] == "'" + text
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for row in rows for cell in row)


def test_a_hosts_key_that_looks_like_a_formula_is_no_formula() -> None:
    count = make_count("=cmd|x")
    table = replace(count.tables[0], selection=Selection("list", ("host",)))
    assert next(row for row in rendering.count_rows(replace(count, tables=(table,))) if "cmd" in row[1])[1:3] == [
        "%3Dcmd%7Cx",
        "'=cmd|x",
    ]


def test_everything_that_stands_aside_is_said() -> None:
    aside = Aside(1, (("missing", 2), ("\x1b", 3)), 4, 5, 6, 7, 8)
    text = "\n".join(rendering.count_text(make_count("stated.a", aside=aside)))
    for words in (
        "1 under seal",
        "2 whose fate is 'missing'",
        "3 whose fate is '<001B>'",
        "4 who may have died by the date or after it",
        "5 without a date of death",
        "6 who died after the date",
        "7 have lost values to a seal",
    ):
        assert words in text
    shown = rendering.count_json(make_count("stated.a", aside=aside))["tables"][0]["aside"]
    assert shown == {
        "sealed": 1,
        "other_fate": {"missing": 2, "\x1b": 3},
        "straddling": 4,
        "undated": 5,
        "died_later": 6,
        "values_sealed": 7,
        "rows_not_read": 8,
    }


def test_the_backlog_says_how_many_captures_and_counts_none_twice() -> None:
    backlog = Backlog(2, (BacklogLine("paper", "2025-01", 2), BacklogLine("radio\x1b", "2025-01", 1)), 1)
    lines = list(rendering.backlog_text(backlog))
    assert lines[0] == "Captured and not read yet, in no count above, by month of capture: 2"
    assert "radio<001B>: 1" in lines[2]
    assert "1 of them were seen under several sources" in lines[3]
    assert list(rendering.backlog_text(Backlog())) == []


def test_a_place_that_reference_data_no_longer_has_is_shown_by_its_code() -> None:
    assert wording.name_key("nationality", "UZ") == "Uzbekistan"
    assert wording.name_key("nationality", "x-gone") == "x-gone"


def test_unknown_and_undated_are_words() -> None:
    assert wording.name_key("path", "unknown") == "unknown"
    assert wording.name_key("death_year", "not-dated") == "not dated so precisely"
    assert wording.name_key("evidence", "without_source") == "without source"
    assert wording.name_key("path", None) == "all"
    assert wording.name_key("path", "stated.unknown") == "“unknown” (as stated)"
