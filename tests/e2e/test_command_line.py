"""The command line as a user meets it: exit codes, where output goes, what a dry run leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.commands import run

from cenotaph.cli import context

MAPPING = """
schema = 1
[list]
id = "dead"
title = "A list"
release = "1"
date = "2026-01"
complete = true
[source]
name = "An outlet"
kind = "outlet"
language = "en"
[constants]
fate = "dead"
[[column]]
name = "name"
fields = "name"
[[column]]
name = "country"
fields = "nationality"
places = true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run("init", "book", cwd=tmp_path)
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "list.csv").write_text("name,country\nAna Ruiz,Peru\nJuan Paz,Peru\nNo One,\n", encoding="utf-8")
    return tmp_path / "book"


def test_outside_a_casebook_a_command_says_how_to_get_one_and_exits_with_2(tmp_path: Path) -> None:
    said = run("count", "table", cwd=tmp_path, code=2).stderr
    assert "cenotaph init" in said


def test_an_unknown_setting_is_named_with_its_nearest_neighbour(folder: Path) -> None:
    settings = folder / "casebook.toml"
    settings.write_text(settings.read_text().replace("busy_seconds", "busy_second"), encoding="utf-8")
    assert "store.busy_seconds" in run("ledger", "verify", cwd=folder, code=1).stderr


def test_results_go_to_standard_output_and_talk_to_standard_error(folder: Path) -> None:
    run("list", "import", "../list.csv", "--mapping", "../mapping.toml", cwd=folder)
    done = run("count", "table", "--by", "nationality", "--json", cwd=folder)
    cells = {cell["keys"]["nationality"]: cell["value"] for cell in json.loads(done.stdout)["tables"][0]["cells"]}
    assert cells == {"PE": 2, "unknown": 1, None: 3}
    assert done.stderr == ""


def test_a_row_that_cannot_be_read_is_named_and_the_call_exits_with_3(folder: Path) -> None:
    (folder.parent / "list.csv").write_text("name,country\nAna Ruiz,Peru\nJuan,Peru,too,many\n", encoding="utf-8")
    done = run("list", "import", "../list.csv", "--mapping", "../mapping.toml", cwd=folder, code=3)
    assert "1 added" in done.stdout
    assert "ine 3" in done.stderr


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    run("list", "import", "../list.csv", "--mapping", "../mapping.toml", "--dry-run", cwd=folder)
    entries = run("ledger", "show", "--json", cwd=folder).stdout.splitlines()
    assert [json.loads(line)["action"] for line in entries] == ["init"]


def test_a_changed_byte_ends_verification_with_1_and_names_the_capture(folder: Path) -> None:
    run("capture", "add", "../list.csv", cwd=folder)
    kept = next(path for path in (folder / "captures").rglob("*") if path.is_file())
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes().replace(b"Ana", b"Eva"))
    assert kept.name[:12] in run("ledger", "verify", cwd=folder, code=1).stdout


def test_a_path_that_is_not_utf_8_is_escaped_in_json(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = os.fsdecode(b"caf\xe9/\xd0\xb6.txt")
    context.print_json_line({"path": path})
    context.print_json({"path": path})
    lines, several = capfdbinary.readouterr().out.split(b"\n", 1)
    assert lines.decode() == r'{"path": "caf\udce9/ж.txt"}'
    assert json.loads(lines) == json.loads(several) == {"path": path}


def test_a_kind_of_source_that_there_is_not_is_refused_with_one_that_there_is(folder: Path) -> None:
    done = run("capture", "add", "../list.csv", "--source", "X", "--source-kind", "outlets", cwd=folder, code=2)
    assert "outlets" in done.stderr and "Did you mean outlet?" in done.stderr
    done = run("capture", "add", "../list.csv", "--source", "X", "--source-kind", "cited", cwd=folder, code=2)
    assert "Kinds are: outlet, official" in done.stderr
    assert len(run("ledger", "show", "--json", cwd=folder).stdout.splitlines()) == 1


def test_a_command_that_is_stopped_does_not_claim_that_nothing_was_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cenotaph.cli import main

    def interrupt(**_: object) -> None:
        raise click.exceptions.Abort

    monkeypatch.setattr(main.cli, "main", interrupt)
    with pytest.raises(SystemExit) as ended:
        main.main([])
    assert ended.value.code == 1
    assert "may have been written just before" in capsys.readouterr().err


def test_a_broken_pipe_is_no_traceback(folder: Path) -> None:
    run("list", "import", "../list.csv", "--mapping", "../mapping.toml", cwd=folder)
    line = f"{sys.executable} -m cenotaph report list | head -c 1"
    done = subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom cenotaph.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('django', 'duckdb', 'pyarrow', 'rich', 'openpyxl', 'altair') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
