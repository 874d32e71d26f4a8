"""The tutorial's commands, run in order as they stand there."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cenotaph.cli.main import cli

ROOT = Path(__file__).parents[2]


def tutorial_commands() -> list[str]:
    text = (ROOT / "docs" / "tutorial" / "first-count.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [line for line in lines if line.startswith(("cenotaph ", "cd "))]


def test_the_tutorial_runs_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    said: dict[str, str] = {}
    commands = tutorial_commands()
    assert len(commands) >= 10
    for line in commands:
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        if "REPORT" in words:
            members = runner.invoke(cli, ["count", "members", "foreign-fighters:nationality=TJ,path=prison", "--json"])
            words[words.index("REPORT")] = json.loads(members.output.splitlines()[0])["id"]
        done = runner.invoke(cli, words[1:])
        assert done.exit_code == 0, f"{line}\n{done.output}\n{done.exception!r}"
        said[line] = done.output
    assert any("Tajikistan" in output and "41" in output for output in said.values())
    assert any("Everything matches" in output for output in said.values())
