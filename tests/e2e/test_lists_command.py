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


def test_what_a_workbook_holds_beside_the_list_is_said(folder: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["uid", "name", "age"], ["a1", "Анна", 20], ["a2", "Борис", "=1+1"], ["a3", "Вера", 30]):
        sheet.append(row)
    more = book.create_sheet("More dead")
    for row in (["uid", "name", "age"], ["b1", "Глеб", 20], ["b2", "Дина", 21]):
        more.append(row)
    book.save(folder.parent / "book.xlsx")
    run("list", "propose", "../book.xlsx", "--id", "dead", "--out", "m.toml", cwd=folder)
    assert "# Sheet 'More dead' was not read: 2 rows; --sheet names another." in (folder / "m.toml").read_text("utf-8")
    done = run("list", "import", "../book.xlsx", "--mapping", "m.toml", cwd=folder, code=3)
    assert "3 added" in done.stdout
    assert "Sheet 'More dead' was not read: 2 rows." in done.stdout
    assert done.stderr.startswith("Line 3, column age: '=1+1': a formula whose result is not in the file; the row was taken in")
    form = json.loads(run("list", "import", "../book.xlsx", "--mapping", "m.toml", "--json", cwd=folder, code=3).stdout)
    assert form["nothing_new"] and form["sheets_not_read"] == {"More dead": 2}


def test_readings_can_be_told_apart_and_say_how_many_rows_stand(folder: Path) -> None:
    (folder.parent / "dead_2025-11.csv").write_text("uid,name\na1,Анна Ли\na2,Борис Ли\na3,Вера Ли\n", encoding="utf-8")
    run("list", "propose", "../dead_2025-11.csv", "--id", "dead", "--out", "m.toml", cwd=folder)
    run("list", "import", "../dead_2025-11.csv", "--mapping", "m.toml", cwd=folder)
    changed = (folder / "m.toml").read_text("utf-8").replace('fate = "dead"', 'fate = "missing"')
    (folder / "m.toml").write_text(changed, encoding="utf-8")
    run("list", "import", "../dead_2025-11.csv", "--mapping", "m.toml", cwd=folder)
    (folder.parent / "next.csv").write_text("uid,name\na1,Анна Ли\na4,Глеб Ли\n", encoding="utf-8")
    ask = ("list", "import", "../next.csv", "--mapping", "m.toml", "--release", "2025-12", "--date", "2025-12", "--yes")
    assert "1 added, 0 changed, 2 withdrawn, 1 unchanged" in run(*ask, cwd=folder).stdout
    lines = run("list", "show", cwd=folder).stdout.splitlines()
    assert ["3 rows standing, 3 new reports" in line for line in lines] == [True, True, False]
    assert "2 rows standing, 1 new report;" in lines[2]
    assert len({line.rpartition(" under mapping ")[2] for line in lines}) == 2
    form = json.loads(run("list", "show", "--json", cwd=folder).stdout)
    assert [line["standing"] for line in form] == [3, 3, 2]
    listed = run("report", "list", cwd=folder).stdout.splitlines()
    assert f"dead row 1  (release 2025-11, reading {form[0]['id'][:12]})" in listed[0]
    assert f"dead row 2  (release 2025-12, reading {form[2]['id'][:12]})" in listed[-1]
    bad = run("list", "import", "../next.csv", "--mapping", "m.toml", "--date", "2025-13-01", cwd=folder, code=2)
    assert "--date: " in bad.stderr and "m.toml" not in bad.stderr
