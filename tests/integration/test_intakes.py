"""A dry run or a failure leaves no bytes behind, whoever takes in the same ones meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, find_problems
from tests.killing import fork, wait
from tests.made_files import left_behind

from cenotaph.capture.intake import Taken
from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import BusyError, ChangedWhileReadError, DiskFullError, InputError, RefusedError
from cenotaph.extract.lists import Mapping, parse_mapping
from cenotaph.services import captures, imports
from cenotaph.services.capture_record import CaptureRecorder
from cenotaph.services.captures import add_captures, read_limits
from cenotaph.services.imports import import_list
from cenotaph.services.intakes import Intakes, taking_in
from cenotaph.services.opening import open_casebook
from cenotaph.services.seals import seal
from cenotaph.services.sources import SourceRow, make_source
from cenotaph.services.strays import sweep_strays

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
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("Twelve were killed.", encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("name\nAna Ruiz\n", encoding="utf-8")
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Mapping:
    path = tmp_path / "mapping.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return imports.load(path)


def is_whole(casebook: Casebook) -> bool:
    """Return whether every capture has its bytes, and no other bytes lie there."""
    rows = {row[0] for row in bulk.fetch_rows("SELECT id FROM capture WHERE size IS NOT NULL")}
    assert {state for _, state in list(captures.check_all(casebook))} <= {"ok"}
    return {Path(name).name for name in left_behind(casebook.objects)} == rows


def after_taking_in(monkeypatch: pytest.MonkeyPatch, action: Callable[[], object]) -> None:
    """Have something happen once, right after the next file's bytes are taken in."""
    real = Intakes.take_in
    pending = [action]

    def take_in(self: Intakes, path: Path) -> Taken:
        taken = real(self, path)
        if pending:
            pending.pop()()
        return taken

    monkeypatch.setattr(Intakes, "take_in", take_in)


def fail_before_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: str | None) -> SourceRow:
        raise RefusedError("no")

    monkeypatch.setattr(captures, "make_source", fail)


def test_a_dry_run_of_captures_leaves_no_bytes(casebook: Casebook, actor: Actor, text: Path) -> None:
    (outcome,) = add_captures(casebook, actor, [text], dry_run=True)
    assert (outcome.state, left_behind(casebook.objects)) == ("new", [])


def test_a_dry_run_takes_nothing_from_what_was_kept_before(casebook: Casebook, actor: Actor, text: Path) -> None:
    add_captures(casebook, actor, [text])
    (outcome,) = add_captures(casebook, actor, [text], dry_run=True)
    assert outcome.state == "seen again"
    assert is_whole(casebook)


def test_a_dry_run_of_a_list_leaves_no_bytes(casebook: Casebook, actor: Actor, table: Path, mapping: Mapping) -> None:
    assert import_list(casebook, actor, table, mapping, dry_run=True).changes.added == 1
    assert left_behind(casebook.objects) == []


@pytest.mark.parametrize("content", ["", "name,name\na,b\n", 'name\n"never closed\n'])
def test_a_list_that_cannot_be_read_leaves_no_bytes(
    casebook: Casebook, actor: Actor, table: Path, mapping: Mapping, content: str
) -> None:
    table.write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        import_list(casebook, actor, table, mapping)
    assert left_behind(casebook.objects) == []


def test_a_text_is_no_list_and_leaves_no_bytes(casebook: Casebook, actor: Actor, text: Path, mapping: Mapping) -> None:
    with pytest.raises(InputError, match="not a table"):
        import_list(casebook, actor, text, mapping)
    assert left_behind(casebook.objects) == []


@pytest.mark.parametrize("error", [DiskFullError("full"), KeyboardInterrupt()])
def test_a_transaction_that_fails_leaves_no_bytes(
    casebook: Casebook,
    actor: Actor,
    text: Path,
    table: Path,
    mapping: Mapping,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
) -> None:
    def fail(_: CaptureRecorder) -> None:
        raise error

    monkeypatch.setattr(CaptureRecorder, "write", fail)
    with pytest.raises(type(error)):
        add_captures(casebook, actor, [text])
    with pytest.raises(type(error)):
        import_list(casebook, actor, table, mapping)
    assert left_behind(casebook.objects) == []


def test_a_failure_before_the_transaction_leaves_no_bytes(
    casebook: Casebook, actor: Actor, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_before_writing(monkeypatch)
    with pytest.raises(RefusedError):
        add_captures(casebook, actor, [text], source="Somebody")
    assert left_behind(casebook.objects) == []


def test_what_is_under_seal_is_not_left_by_a_failure(
    casebook: Casebook, actor: Actor, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kept,) = add_captures(casebook, actor, [text])
    seal(casebook, actor, "capture", str(kept.capture), "safety")
    fail_before_writing(monkeypatch)
    with pytest.raises(RefusedError):
        add_captures(casebook, actor, [text], source="Somebody")
    assert left_behind(casebook.objects) == []


def test_a_dry_run_leaves_what_another_command_kept_meanwhile(
    casebook: Casebook, actor: Actor, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after_taking_in(monkeypatch, lambda: add_captures(casebook, actor, [text]))
    (outcome,) = add_captures(casebook, actor, [text], dry_run=True)
    assert outcome.state == "seen again"
    assert is_whole(casebook)
    assert left_behind(casebook.objects)


def test_bytes_that_another_command_took_back_are_put_there_again(
    casebook: Casebook, actor: Actor, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Intakes(casebook.objects, captures.read_limits(casebook.settings))
    other.take_in(text)

    def take_back(name: str, kind: str, language: str | None) -> SourceRow:
        other.take_back(casebook)
        assert left_behind(casebook.objects) == []
        return make_source(name, kind, language)

    monkeypatch.setattr(captures, "make_source", take_back)
    (outcome,) = add_captures(casebook, actor, [text], source="Somebody")
    assert (outcome.state, outcome.document is not None) == ("new", True)
    assert is_whole(casebook)
    assert left_behind(casebook.objects)


def test_bytes_taken_back_of_a_file_that_changed_are_not_made_up(
    casebook: Casebook, actor: Actor, text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Intakes(casebook.objects, captures.read_limits(casebook.settings))
    other.take_in(text)

    def take_back(name: str, kind: str, language: str | None) -> SourceRow:
        other.take_back(casebook)
        text.write_text("Thirteen were killed.", encoding="utf-8")
        return make_source(name, kind, language)

    monkeypatch.setattr(captures, "make_source", take_back)
    with pytest.raises(ChangedWhileReadError):
        add_captures(casebook, actor, [text], source="Somebody")
    assert left_behind(casebook.objects) == []


def test_a_list_whose_bytes_are_taken_back_while_it_is_read_is_to_be_run_again(
    casebook: Casebook, actor: Actor, table: Path, mapping: Mapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Intakes(casebook.objects, captures.read_limits(casebook.settings))
    other.take_in(table)
    after_taking_in(monkeypatch, lambda: other.take_back(casebook))
    with pytest.raises(BusyError, match="Another command"):
        import_list(casebook, actor, table, mapping)
    assert left_behind(casebook.objects) == []
    import_list(casebook, actor, table, mapping)
    assert is_whole(casebook)


def test_two_processes_with_one_file_one_of_them_dry_end_whole(casebook: Casebook, actor: Actor, tmp_path: Path) -> None:
    for number in range(3):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"{number} were killed.\n" * 20_000, encoding="utf-8")
        command = [sys.executable, "-m", "cenotaph", "--casebook", str(casebook.root), "capture", "add", str(path)]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        running = [
            subprocess.Popen([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
            for more in (["--dry-run"], [])
        ]
        for process in running:
            said, error = process.communicate(timeout=60)
            assert process.returncode == 0, said + error
        assert len(left_behind(casebook.objects)) == number + 1
        assert is_whole(casebook)


def take_in_and_die(casebook: Casebook, text: Path) -> None:
    """Leave a file's bytes as a process does that is killed between taking them in and its commit."""

    def work() -> None:
        mine = open_casebook(casebook.root)
        with taking_in(mine, read_limits(mine.settings)) as intakes:
            intakes.take_in(text)
            os.kill(os.getpid(), signal.SIGKILL)

    assert wait(fork(work)) == -signal.SIGKILL


def list_bytes(casebook: Casebook) -> list[str]:
    return sorted(path.name for path in casebook.objects.rglob("*") if path.is_file())


def test_bytes_that_a_killed_command_left_are_named_and_removed_by_the_next_that_takes_files_in(
    casebook: Casebook, text: Path, tmp_path: Path
) -> None:
    take_in_and_die(casebook, text)
    (stray,) = list_bytes(casebook)
    mine = open_casebook(casebook.root)
    (problem,) = find_problems(mine)
    assert problem.startswith(f"captures/{stray[:2]}/{stray}: holds bytes that no row names")
    ((line, state),) = captures.check_all(mine)
    assert line.id == f"captures/{stray[:2]}/{stray}" and "no row names" in state
    other = tmp_path / "b.txt"
    other.write_text("Another.", encoding="utf-8")
    (kept,) = add_captures(mine, ACTOR, [other])
    assert list_bytes(mine) == [kept.capture] and find_problems(mine) == []


def test_an_import_removes_them_too(casebook: Casebook, text: Path, table: Path) -> None:
    take_in_and_die(casebook, text)
    mine = open_casebook(casebook.root)
    done = import_list(mine, ACTOR, table, parse_mapping(MAPPING, "toml"))
    assert list_bytes(mine) == [done.capture] and find_problems(mine) == []


def test_bytes_that_are_being_taken_in_are_nobodys_stray(casebook: Casebook, text: Path, tmp_path: Path) -> None:
    """A command between its first byte and its commit is not robbed by another, nor named by the walk."""
    hear, say = os.pipe()
    go, stop = os.pipe()

    def work() -> None:
        mine = open_casebook(casebook.root)
        with taking_in(mine, read_limits(mine.settings)) as intakes:
            intakes.take_in(text)
            os.write(say, b"x")
            os.read(go, 1)
            assert len(list_bytes(mine)) == 2

    child = fork(work)
    os.read(hear, 1)
    mine = open_casebook(casebook.root)
    assert find_problems(mine) == []
    other = tmp_path / "b.txt"
    other.write_text("Another.", encoding="utf-8")
    (kept,) = add_captures(mine, ACTOR, [other])
    assert len(list_bytes(mine)) == 2
    os.write(stop, b"x")
    assert wait(child) == 0
    assert list_bytes(mine) == [kept.capture]
    for end in (hear, say, go, stop):
        os.close(end)


def test_a_file_that_somebody_put_among_the_captures_is_named_and_left(casebook: Casebook, text: Path) -> None:
    (casebook.objects / "notes.txt").write_text("mine")
    add_captures(casebook, ACTOR, [text])
    (problem,) = find_problems(casebook)
    assert problem.startswith("captures/notes.txt: holds bytes that no row names") and "by hand" in problem
    assert (casebook.objects / "notes.txt").exists()


def test_nothing_is_swept_where_the_record_may_be_older_than_the_bytes(casebook: Casebook, text: Path) -> None:
    take_in_and_die(casebook, text)
    mine = open_casebook(casebook.root)
    head = json.loads(mine.head_file.read_text())
    head["head"]["number"] += 1
    mine.head_file.write_text(json.dumps(head))
    assert sweep_strays(mine) == 0 and len(list_bytes(mine)) == 1
