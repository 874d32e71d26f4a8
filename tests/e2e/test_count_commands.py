"""``cenotaph count`` as people and programs call it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.builders import add_document, add_release, make_row
from tests.conftest import Clock

from cenotaph.casebook.store import Casebook
from cenotaph.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(sqlite_casebook: Casebook, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["--casebook", str(sqlite_casebook.root), "count", *arguments])
        said = capsys.readouterr()
        return int(str(ended.value.code or 0)), said.out, said.err

    return call


@pytest.fixture
def filled(sqlite_casebook: Casebook) -> Casebook:
    rows = [
        make_row(f"r{n}", nationality=("UZ", "TJ")[n % 2], path=("prison", None)[n % 3 > 0], death="2023-05") for n in range(9)
    ]
    add_release(sqlite_casebook, "list", "2025-11", [*rows, make_row("x", nationality_stated="=HYPERLINK(1)", fate="missing")])
    add_document(sqlite_casebook, "Not read.", source="A paper")
    return sqlite_casebook


def test_an_empty_casebook_says_what_to_do_first(run: Run) -> None:
    code, out, _ = run("table", "--by", "nationality")
    assert code == 0
    assert "list import" in out


def test_csv_json_and_members_say_the_same(run: Run, filled: Casebook) -> None:
    _, out, _ = run("table", "--by", "nationality", "--by", "path", "--json")
    table = json.loads(out)["tables"][0]
    assert table["bound"] == "at_least"
    _, out, _ = run("table", "--by", "nationality", "--by", "path", "--csv")
    lines = list(csv.DictReader(io.StringIO(out)))
    assert {line["id"]: int(line["reports_at_least"]) for line in lines} == {c["id"]: c["value"] for c in table["cells"]}
    for cell in table["cells"]:
        code, out, _ = run("members", cell["id"], "--limit", "0", "--json")
        assert code == 0
        assert len({json.loads(line)["id"] for line in out.splitlines()}) == cell["value"] == sum(cell["evidence"].values())
    unknown = next(c for c in table["cells"] if c["keys"] == {"nationality": "unknown", "path": None})
    assert unknown["value"] == 0
    assert table["aside"]["other_fate"] == {"missing": 1}


def test_text_shows_ids_split_and_backlog(run: Run, filled: Casebook) -> None:
    _, out, _ = run("table", "--by", "nationality", "--ids", "--split")
    assert "list:nationality=UZ" in out
    assert "without source" in out
    assert "2026-01  A paper: 1" in out
    assert "Not counted: 1 whose fate is 'missing'." in out


def test_a_day_after_known_at_is_its_end(run: Run, filled: Casebook) -> None:
    assert isinstance(filled.clock, Clock)
    counts = []
    for instant in ("2026-01-01", "2026-01-02", "2026-01-02T03:00:00", "2026-01-02T05:00:00+01:00", "2026-01-03T00:00:00Z"):
        _, out, _ = run("table", "--known-at", instant, "--json")
        counts.append(json.loads(out)["tables"][0]["cells"][-1]["value"])
    assert counts == [0, 9, 0, 9, 9]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("table", "--by", "height"), "There is no axis 'height'"),
        (("table", "--by", "path", "--by", "path"), "named twice"),
        (("table", "--where", "path"), "AXIS=KEY"),
        (("table", "--where", "path=jail"), "has no key 'jail'"),
        (("table", "--as-of", "yesterday"), "yesterday"),
        (("table", "--known-at", "2026-13-01"), "2026-13-01"),
        (("table", "--as-of", "9999-12-31"), "Years are 2 to 9998"),
        (("members", "list"), "not the id of a cell"),
    ],
)
def test_a_wrong_call_ends_with_usage_and_says_why(run: Run, filled: Casebook, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert said in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("table", "--list", "other"),
        ("members", "other:all"),
        ("fragility", "--list", "other"),
        ("table", "--rollup", "atlantis"),
        ("table", "--where", "nationality=Uzbekistan"),
    ],
)
def test_what_there_is_not_is_wrong_usage(run: Run, filled: Casebook, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("Error: ")


@pytest.mark.parametrize(
    ("day", "counted"), [("2025-11", 9), ("2025", 9), ("2025-11-30", 9), ("2025-10", 0), ("2024", 0), ("2025-11-29", 0)]
)
def test_a_month_or_a_year_stands_for_its_last_day(run: Run, filled: Casebook, day: str, counted: int) -> None:
    code, out, _ = run("table", "--as-of", day, "--json")
    assert (code, json.loads(out)["tables"][0]["cells"][-1]["value"]) == (0, counted)


@pytest.mark.parametrize("option", ["--as-of", "--died-by", "--known-at"])
@pytest.mark.parametrize("day", ["2025-13", "2025-11-31", "Nov 2025", "2025-11~", "", "9999"])
def test_what_is_no_day_is_refused_with_what_to_write(run: Run, filled: Casebook, option: str, day: str) -> None:
    code, out, err = run("table", option, day)
    assert (code, out) == (2, "")
    assert "2025-11-30" in err or "Years are 2 to 9998" in err


def test_no_column_of_csv_holds_a_control_character(run: Run, sqlite_casebook: Casebook) -> None:
    add_release(sqlite_casebook, "list", "2025-11", [make_row("a", unit_stated="5th\x1b[31m\u202ex\n")])
    _, out, _ = run("table", "--by", "unit", "--csv")
    assert not any(c in out for c in "\x1b\u202e")
    row = next(line for line in csv.DictReader(io.StringIO(out)) if line["unit"] != "all")
    assert f"unit={row['unit']}" in row["id"]


def test_compare_prints_the_difference_and_what_is_left(run: Run, filled: Casebook, tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    head = "published,as_of,population,subgroup,count,bound,outcome,claimant\n"
    path.write_text(
        head + "2025,2025-11,Uzbekistan,,7,exact,killed,A\n2025,2025-11,Uzbekistan,,3,at_least,killed,B\n", encoding="utf-8"
    )
    code, out, _ = run("compare", str(path), "--list", "list")
    assert code == 0
    assert "not explained by the record: -2" in out
    assert out.splitlines()[-1].split() == ["Uzbekistan", "at", "least", "3", "5", "none"]
    _, out, _ = run("compare", str(path), "--list", "list", "--json")
    found = json.loads(out)
    assert [(c["published"]["text"], c["ours_at_least"], c["difference"], c["cell"]) for c in found] == [
        ("7", 5, -2, "list:nationality=UZ"),
        ("at least 3", 5, 0, "list:nationality=UZ"),
    ]


def test_fragility_is_said_in_plain_words(run: Run, filled: Casebook) -> None:
    _, out, _ = run("fragility", "--list", "list")
    assert "Rows without a source: 10 of 10 (100%)" in out
    _, out, _ = run("fragility", "--list", "list", "--json")
    assert json.loads(out)["without_death_date"] == 1
