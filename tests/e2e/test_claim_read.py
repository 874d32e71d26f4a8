"""``cenotaph claim read`` as a user meets it: no casebook, one record a line, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cenotaph", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_reads_files_without_a_casebook(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Five people were killed and 18 injured, the mayor said.", encoding="utf-8")
    (tmp_path / "two.txt").write_text("Погибли пятеро, ещё 18 ранены.", encoding="utf-8")
    done = run("claim", "read", "one.txt", "two.txt", "--json", cwd=tmp_path)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [(r["document"], r["low"], r["outcome"]) for r in records] == [
        ("one.txt", 5, "killed"),
        ("one.txt", 18, "wounded"),
        ("two.txt", 5, "killed"),
        ("two.txt", 18, "wounded"),
    ]


def test_a_language_that_is_not_read_is_told_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text(
        "Trois soldats ont été tués dans cette attaque, selon le ministère.", encoding="utf-8"
    )
    done = run("claim", "read", "fr.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "not read yet" in done.stderr


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Five people were killed.", encoding="utf-8")
    done = run("claim", "read", "empty.txt", "good.txt", cwd=tmp_path)
    assert done.returncode == 3
    assert "empty.txt" in done.stderr
    assert "5" not in done.stderr.split("\n")[0] or done.stdout.count("killed") >= 1
    assert run("claim", "read", "empty.txt", cwd=tmp_path).returncode == 1


def test_the_encoding_and_the_month_of_publication_can_be_stated(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes("Погибли 12 человек.".encode("cp1251"))
    refused = run("claim", "read", "old.txt", cwd=tmp_path)
    assert refused.returncode == 1 and "--encoding" in refused.stderr
    for command in ("read", "show", "check"):
        done = run("claim", command, "old.txt", "--encoding", "cp1251", "--published", "2025-07", "--json", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    done = run("claim", "read", "old.txt", "--encoding", "cp1251", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["quote"] == "Погибли 12 человек"
    assert run("claim", "read", "old.txt", "--published", "juli", cwd=tmp_path).returncode == 1


def test_a_page_of_claims_is_never_written_over_a_text(tmp_path: Path) -> None:
    from cenotaph.domain.errors import RefusedError
    from cenotaph.services.claim_pages import show_file, write_page

    text = tmp_path / "article.txt"
    text.write_text("At least 12 Nepali citizens were killed.", encoding="utf-8")
    shown = show_file(text)
    with pytest.raises(RefusedError, match="no page"):
        write_page(shown, text)
    assert text.read_text(encoding="utf-8").startswith("At least 12")
    for _ in range(2):
        assert write_page(shown, tmp_path / "article.html") > 0


def test_a_file_that_is_not_there_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Five people were killed.", encoding="utf-8")
    for command in ("read", "check"):
        done = run("claim", command, "gone.txt", "good.txt", cwd=tmp_path)
        assert done.returncode == 3
        assert "gone.txt" in done.stderr + done.stdout
        assert run("claim", command, "gone.txt", cwd=tmp_path).returncode == 1
