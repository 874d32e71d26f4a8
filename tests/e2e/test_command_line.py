"""The command line as a user meets it: exit codes, where output goes, what a dry run leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def run(*arguments: str | Path, cwd: Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "cenotaph", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == code, f"{arguments}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done


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
