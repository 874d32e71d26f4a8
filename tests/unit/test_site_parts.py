"""What the site's pages are made of: pictures, tables, Markdown, folded names, settings."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.domain.errors import MappingError
from cenotaph.publish.site.charts import Bar, bars_file, columns_file, draw_claim, nice_step
from cenotaph.publish.site.markdown import render_markdown
from cenotaph.publish.site.pages import HERE
from cenotaph.publish.site.release_folder import FigureCell, ReleasedFigure
from cenotaph.publish.site.search_names import MOST, Folding, Listed, index_text, make_shards, shard_text
from cenotaph.publish.site.settings import parse_settings
from cenotaph.publish.site.tables import make_breakdown, make_cross, make_series
from cenotaph.publish.site.texts import load_language

EN = load_language("en")


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_and_pictures_stand_out_from_the_paper(theme: int) -> None:
    style = (HERE / "assets" / "style.css").read_text(encoding="utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[theme]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
    paper = luminance(colours["paper"])
    least = {"ink": 7.0, "soft": 4.5, "link": 4.5, "known": 3.0, "claim": 3.0, "line": 3.0}  # WCAG 2.1, 1.4.3 and 1.4.11
    for name, wanted in least.items():
        one, other = sorted((luminance(colours[name]), paper))
        assert (other + 0.05) / (one + 0.05) >= wanted, name


def figure(cells: dict[tuple[str, ...], int], by: tuple[str, ...], series: str = "none") -> ReleasedFigure:
    made = tuple(FigureCell(key, number) for key, number in sorted(cells.items()))
    definition = {"by": list(by), "series": series, "where": {}, "fates": ["dead"]}
    return ReleasedFigure("f", "A figure", "", sum(cells.values()), 0, definition, "v", made)


def test_unknown_and_withheld_stand_last_however_many_they_are() -> None:
    made = figure({("unknown",): 50, ("UZ",): 3, ("withheld",): 90, ("NP",): 7}, ("nationality",))
    table = make_breakdown(made, EN, 0, "nationality")
    assert [line.label for line in table.lines] == ["Nepal", "Uzbekistan", "unknown", "withheld"]
    assert "known for 10 of 150; 90 withheld" in table.known
    assert table.total == 150


def test_words_that_say_that_nothing_is_known_are_not_counted_as_known() -> None:
    made = figure({("stated.нет данных",): 9, ("stated.добровольцы",): 4, ("prison",): 2, ("unknown",): 3}, ("path",))
    table = make_breakdown(made, EN, 0, "path")
    assert [(line.label, line.kind) for line in table.lines] == [
        ("«добровольцы»", "known"),
        ("from prison", "known"),
        ("«нет данных»", "unknown"),
        ("unknown", "unknown"),
    ]
    assert "known for 6 of 18" in table.known


def test_groups_beyond_the_largest_stay_in_the_table_together() -> None:
    made = figure({(f"stated.{n:02}",): n for n in range(1, 21)}, ("unit",))
    table = make_breakdown(made, EN, 0, "unit", 5)
    assert [line.number for line in table.lines] == [20, 19, 18, 17, 16, 120]
    assert sum(line.number for line in table.lines) == table.total


def test_a_crossed_table_says_of_each_row_for_how_many_the_column_is_known() -> None:
    cells = {("UZ", "prison"): 5, ("UZ", "unknown"): 15, ("NP", "prison"): 1, ("withheld", "withheld"): 4}
    table = make_cross(figure(cells, ("nationality", "path")), EN, (0, 1), ("nationality", "path"))
    assert [(row.label, row.total, row.known) for row in table.rows] == [
        ("Uzbekistan", 20, 5),
        ("Nepal", 1, 1),
        ("withheld", 4, 0),
    ]


def test_recent_months_are_marked_incomplete_and_undated_deaths_are_in_no_column() -> None:
    cells = {("2024-11",): 4, ("2025-01",): 6, ("2025-03",): 1, ("not dated",): 9, ("withheld",): 2}
    table = make_series(figure(cells, (), "death"), EN, "2025-04-30", 3)
    assert table is not None
    kinds = [(column.label, column.number, column.kind) for column in table.columns]
    assert kinds == [
        ("2024-11", 4, "known"),
        ("2024-12", 0, "known"),
        ("2025-01", 6, "known"),
        ("2025-02", 0, "incomplete"),
        ("2025-03", 1, "incomplete"),
        ("2025-04", 0, "incomplete"),
    ]
    assert table.incomplete == 3 and table.total == 22
    assert "9 of 22 have no month" in table.known and "2 withheld" in table.known
    assert [(year.label, year.total) for year in table.years] == [("2024", 4), ("2025", 7)]


def test_a_series_by_month_recorded_marks_only_the_month_that_is_not_over() -> None:
    table = make_series(figure({("2025-03",): 1, ("2025-04",): 2}, (), "recorded"), EN, "2025-04-15", 6)
    assert table is not None
    assert [column.kind for column in table.columns] == ["known", "incomplete"]


@pytest.mark.parametrize(("largest", "step"), [(1, 1), (4, 1), (5, 2), (9, 5), (37, 10), (2_600, 1_000), (118_000, 50_000)])
def test_steps_of_a_scale_are_round(largest: int, step: int) -> None:
    assert nice_step(largest) == step


@pytest.mark.parametrize(
    ("low", "high", "bound", "open_end", "marks"),
    [
        (16, 16, "exact", False, 1),
        (60, None, "at_least", True, 1),
        (40, 70, "range", False, 2),
        (None, 90, "at_most", False, 1),
        (None, None, "vague", False, 0),
    ],
)
def test_a_claim_without_an_upper_end_runs_on(
    low: float | None, high: float | None, bound: str, open_end: bool, marks: int
) -> None:
    drawn = str(draw_claim(low, high, bound, 100))
    assert ("claim-open" in drawn) is open_end
    assert drawn.count("<circle") == marks


def test_a_picture_to_download_is_sound_xml_whatever_its_words() -> None:
    hostile = 'A "title" <script>alert(1)</script> & more'
    for svg in (
        bars_file(hostile, hostile, hostile, [Bar(hostile, 3), Bar("b", 0, "withheld")], ["3", "0"]),
        columns_file(hostile, hostile, hostile, [Bar("2024-01", 2), Bar("2024-02", 1, "incomplete")], ["2024", ""]),
    ):
        root = ElementTree.fromstring(svg)
        assert root[0].text == hostile
        assert not [one for one in root.iter() if one.tag.endswith("script")]


def test_markdown_is_escaped_and_its_title_left_out() -> None:
    html = render_markdown("# Title\n\n## Part <b>\n\ntext `a<b`\nmore\n\n- one\n- two\n\n1. first\n\n```json\n{<x>}\n```\n")
    assert "Title" not in html and "<b>" not in html
    assert "<h3>Part &lt;b&gt;</h3>" in html and "<p>text <code>a&lt;b</code> more</p>" in html
    assert "<li>two</li></ul>" in html and "<ol><li>first</li></ol>" in html
    assert "{&lt;x&gt;}</code></pre>" in html


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Мухаммад", "Muhammad"),
        ("Мухаммад", "Mukhammad"),
        ("Бахтиёр", "Bakhtiyor"),
        ("Жўраев", "Zhuraev"),
        ("Алексей", "Aleksey"),
        ("ЮСУПОВ", "yusupov"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    folding = Folding()
    assert folding.parts(one) == folding.parts(other)


@given(st.text(max_size=40))
def test_folded_parts_hold_plain_letters_only(name: str) -> None:
    assert all(re.fullmatch(r"[a-z0-9]+", part) for part in Folding().parts(name))


def test_everybody_is_found_by_each_part_of_each_name_even_where_shards_are_divided() -> None:
    named = [(n, f"Ivanov Karim{chr(97 + n % 26)}") for n in range(MOST * 3)]
    people = [Listed(f"p{n:05}", name, "", (name,)) for n, name in named]
    shards = make_shards(people, Folding())
    assert shards["ka"].divided and shards["ka"].total == len(people)
    found = {who(line) for start, shard in shards.items() if not shard.divided or start == "karim" for line in shard.lines}
    assert found == {person.id for person in people}
    assert {who(line) for line in shards["ivanov"].lines} == {person.id for person in people}
    for shard in shards.values():
        shown = [line.split("\t")[1:3] for line in shard.lines]
        assert shown == sorted(shown), "names stand in order, those alike by id"


def who(line: str) -> str:
    return line.split("\t")[2]


def test_a_shard_is_a_script_that_no_name_can_break_out_of() -> None:
    name = '</script>\u2028");alert(1)//\t\n'
    (shard,) = (s for start, s in make_shards([Listed("p1", name, "2024", ("Al", name))], Folding()).items() if start == "al")
    text = shard_text("al", shard.lines)
    assert "<" not in text and "\u2028" not in text
    assert text.count("\n") == 1
    inside = json.loads(f"[{text.removeprefix('cenotaph(').removesuffix(');' + chr(10))}]")
    assert inside[1].split("\t")[2] == "p1"


def test_the_index_holds_all_that_a_browser_needs_to_fold() -> None:
    folding = Folding()
    shards = make_shards([Listed("p1", "Жук", "", ("Жук",))], folding)
    index = json.loads(index_text(shards, folding).removeprefix("cenotaphIndex(").removesuffix(");\n"))
    assert index["letters"]["ж"] == "zh" and index["shards"] == "ju:1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = 'x'", "no settings of a site"),
        ("schema = 1\ncorrections = 'javascript:alert(1)'", "line 2.*no address"),
        ("schema = 1\nlanguages = ['../x']", "line 2.*no language"),
        ("schema = 1\ntitel = 'x'", "line 2.*Did you mean title"),
        ("schema = 1\n[titles]\nru = 'x'", "titles.ru"),
    ],
)
def test_wrong_settings_are_refused_with_their_line(text: str, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        parse_settings(text)


def test_settings_are_read() -> None:
    text = 'schema = 1\naddress = "https://count.example"\nincomplete_months = 4\n[titles.ru]\nsite = "Счёт"\ndead = "Погибшие"\n'
    settings = parse_settings(text)
    assert (settings.address, settings.incomplete_months) == ("https://count.example/", 4)
    assert settings.titles["ru"]["dead"] == "Погибшие"
