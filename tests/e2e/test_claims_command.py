"""Claims from the command line: read into a casebook, listed, shown in the text, held against each other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.e2e.test_command_line import run

TEXT = """Mine blast: death toll rises to 39

Citizens of Norway top the list with 72 deaths, followed closely by Chile with 66. At home they say that 70 Peruvians were killed.
At least 12 Nepali citizens were killed, the ministry said.
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path: Path, text: Path) -> Path:
    run("init", "book", cwd=tmp_path)
    folder = tmp_path / "book"
    run("capture", "add", text, "--language", "en", "--published", "2025-07-22", cwd=folder)
    return folder


def lines(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_checking_a_file_needs_no_casebook_and_shows_the_quotes(text: Path) -> None:
    said = run("claim", "check", text.name, cwd=text.parent).stdout
    assert "followed closely by Chile" in said
    (rank,) = (r for r in lines(run("claim", "check", text.name, "--json", cwd=text.parent).stdout) if r["type"] == "rank_order")
    assert rank["contradiction"] is True and len(rank["quotes"]) == len(rank["claims"]) == 3  # type: ignore[arg-type]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_checked(text: Path) -> None:
    (text.parent / "bad.bin").write_bytes(b"\x00\xff\xfe\x00\x01\x02PK")
    done = run("claim", "check", text.name, "bad.bin", cwd=text.parent, code=3)
    assert "bad.bin" in done.stdout and "not read" in done.stdout


def test_a_text_is_shown_with_its_claims_marked(text: Path) -> None:
    said = run("claim", "show", text.name, cwd=text.parent).stdout
    assert "72[" in said and "At least 12[" in said and "who says so: the ministry" in said


def test_a_casebooks_texts_are_read_listed_shown_and_checked(book: Path) -> None:
    assert "0 texts read" not in run("extract", "run", "--dry-run", cwd=book).stdout
    assert run("claim", "list", cwd=book).stdout == ""
    done = json.loads(run("extract", "run", "--json", cwd=book).stdout)
    assert done["documents"] == 1 and done["claims"] >= 4
    found = lines(run("claim", "list", "--nationality", "NP", "--json", cwd=book).stdout)
    assert [(record["low"], record["attribution"]) for record in found] == [(12, "the ministry")]
    document, claim = str(found[0]["document"]), str(found[0]["id"])
    run("judgement", "add", "claim_right", claim, "yes", "--kind", "claim", "--reason", "it says so", cwd=book)
    assert "claim right: yes" in run("claim", "list", "--nationality", "NP", cwd=book).stdout
    assert run("claim", "list", "--orphans", cwd=book).stdout == ""
    assert "[1]" in run("claim", "show", document[:10], cwd=book).stdout
    assert "rank order" in run("claim", "check", cwd=book).stdout
    run("ledger", "verify", cwd=book)
    run("seal", "document", document, "--reason", "law", "--yes", cwd=book)
    assert run("claim", "list", cwd=book).stdout == ""
    assert "under seal" in run("claim", "show", document, cwd=book, code=1).stderr


def test_a_run_that_is_killed_leaves_whole_batches_and_the_next_does_the_rest(tmp_path: Path, book: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(1200):
        (many / f"{number}.txt").write_text(f"{number + 20} Kenyans were killed, the ministry said. It rained.", encoding="utf-8")
    run("capture", "add", many, "--language", "en", cwd=book)
    process = subprocess.Popen(
        [sys.executable, "-m", "cenotaph", "extract", "run"],
        cwd=book,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    try:
        for _ in range(600):
            entries = run("ledger", "show", "--json", cwd=book).stdout
            if "extract run" in entries or process.poll() is not None:
                break
            time.sleep(0.05)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
    done = json.loads(run("extract", "run", "--json", cwd=book).stdout)
    assert done["already"] + done["documents"] == 1201
    assert len(run("claim", "list", "--nationality", "KE", cwd=book).stdout.splitlines()) == 1200
    run("ledger", "verify", cwd=book)


def test_the_page_holds_every_claim_and_asks_nobody_for_anything(text: Path) -> None:
    run("claim", "show", text.name, "--html", "out.html", cwd=text.parent)
    html = (text.parent / "out.html").read_text(encoding="utf-8")
    assert "<script" not in html and "http" not in html.replace("http-equiv", "")
    for record in lines(run("claim", "read", text.name, "--json", cwd=text.parent).stdout):
        assert str(record["number_text"]) in html
    assert html.count('class="card"') == html.count('role="tooltip"')


def test_a_text_that_turns_directions_and_holds_markup_stays_text(tmp_path: Path) -> None:
    evil = "<b>At least 12 Nepali\u202e citizens</b> were killed, the ministry said <script>alert(1)</script>.\n\x1b[31mred"
    (tmp_path / "evil.txt").write_text(evil, encoding="utf-8")
    run("claim", "show", "evil.txt", "--html", "out.html", cwd=tmp_path)
    html = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<script" not in html and "<b>At least" not in html
    said = run("claim", "show", "evil.txt", cwd=tmp_path).stdout
    assert "\x1b" not in said and "\u202e" not in said


def test_an_outcome_or_a_nationality_that_there_is_none_of_is_refused(book: Path) -> None:
    run("extract", "run", cwd=book)
    assert "killed" in run("claim", "list", "--outcome", "bogus", cwd=book, code=2).stderr
    said = run("claim", "list", "--nationality", "ZZ", cwd=book, code=2).stderr
    assert "There is no nationality" in said and "NP" in said
    assert "Write NP" in run("claim", "list", "--nationality", "Nepal", cwd=book, code=2).stderr
    assert run("claim", "list", "--outcome", "released", "--nationality", "np", cwd=book).stdout == ""


def test_a_listed_claim_holds_what_the_schema_knows(book: Path) -> None:
    run("extract", "run", cwd=book)
    schema = json.loads((Path(__file__).parents[2] / "docs/reference/claim.schema.json").read_text(encoding="utf-8"))
    known = set(schema["oneOf"][0]["properties"])
    found = lines(run("claim", "list", "--json", cwd=book).stdout)
    assert found and all(set(record) <= known for record in found)
