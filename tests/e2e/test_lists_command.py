"""Lists on the command line: a draft that can be used, what an import says, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.commands import run

ROWS = """uid,ФИО,Страна,Возраст,Дата смерти
a1,Иванов Иван,Узбекистан,30,01.02.2023
a2,Ким Чен,Непал,999,31.02.2023
a3,Ли Бо,Непал,20,,x
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run("init", "book", cwd=tmp_path)
    (tmp_path / "dead_2025-11.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path / "book"


def test_a_draft_is_imported_as_it_stands_and_what_is_not_read_is_said(folder: Path) -> None:
    run("list", "propose", "../dead_2025-11.csv", "--out", "mapping.toml", cwd=folder)
    run("list", "propose", "../dead_2025-11.csv", "--out", "mapping.toml", cwd=folder, code=2)
    done = run("list", "import", "../dead_2025-11.csv", "--mapping", "mapping.toml", cwd=folder, code=3)
    assert "2 added" in done.stdout
    lines = done.stderr.splitlines()
    assert lines[0] == "Line 4: 'x': the row has 6 cells, the header 5; the row was not taken in"
    assert lines[1].startswith("Line 3, column Возраст: '999': ")
    assert lines[2].startswith("Line 3, column Дата смерти: '31.02.2023': ")
    assert all(line.endswith("; the words were kept") for line in lines[1:])
    again = run("list", "import", "../dead_2025-11.csv", "--mapping", "mapping.toml", cwd=folder, code=3)
    assert "nothing has changed" in again.stdout
    assert "left out 1 row that could not be read; it is in no count" in again.stdout
    assert "kept 2 values as words" in again.stdout
    counted = run("count", "table", cwd=folder)
    assert "1 row of release 2025-11 could not be read and is in no count" in counted.stdout
    form = json.loads(run("count", "table", "--json", cwd=folder).stdout)
    assert form["tables"][0]["aside"]["rows_not_read"] == 1


def test_json_says_the_same(folder: Path) -> None:
    run("list", "propose", "../dead_2025-11.csv", "--out", "mapping.toml", cwd=folder)
    done = run(
        "list",
        "import",
        "../dead_2025-11.csv",
        "--mapping",
        "mapping.toml",
        "--json",
        "--dry-run",
        cwd=folder,
        code=3,
    )
    form = json.loads(done.stdout)
    assert form["changes"]["added"] == 2
    assert [f["line"] for f in form["failures"]] == [4]
    assert [(u["line"], u["column"]) for u in form["summary"]["unreadable"]] == [(3, "Возраст"), (3, "Дата смерти")]
    assert run("list", "show", cwd=folder).stdout == ""


def test_a_wrong_mapping_is_named_with_its_line(folder: Path) -> None:
    (folder / "m.toml").write_text('schema = 1\n[list]\nid = "dead"\nrelaese = "1"\n', encoding="utf-8")
    done = run("list", "import", "../dead_2025-11.csv", "--mapping", "m.toml", cwd=folder, code=1)
    assert "m.toml, line 4: list.relaese: there is no such key." in done.stderr
    assert "Did you mean release?" in done.stderr
