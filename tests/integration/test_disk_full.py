"""A full disk, a disk that cannot be written, and rights that are missing: clear errors, and nothing half written."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, Attacker, find_bytes, find_problems, write_sources
from tests.commands import run
from tests.killing import Steps, close_database, fork, wait
from tests.tables import column, make_mapping

from cenotaph.casebook import spool
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import CenotaphError, DiskFullError, StoreError
from cenotaph.services.backups import back_up
from cenotaph.services.captures import add_captures
from cenotaph.services.imports import import_list
from cenotaph.services.opening import open_casebook, start_casebook
from cenotaph.services.seals import seal


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = os.geteuid() == 0 and not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], check=False, capture_output=True
    ).returncode
    if not mounted:
        pytest.skip("a small file system cannot be mounted here: that needs root")
    try:
        yield folder
    finally:
        close_database()
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=False, capture_output=True)
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_until_full(casebook: Casebook, write: Callable[[int], None]) -> int:
    for number in range(10_000):
        try:
            write(number)
        except DiskFullError:
            return number
    raise AssertionError("the disk was never full")


def test_a_full_disk_leaves_what_was_acknowledged_and_no_more(small_disk: Path) -> None:
    casebook = start_casebook(small_disk / "casebook", ACTOR)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(300_000))
    written = fill_until_full(casebook, lambda n: write_sources(casebook, 50, str(n)))
    assert casebook.settled_head().number == 1 + written
    assert find_problems(casebook) == []
    with pytest.raises(DiskFullError):
        back_up(casebook, small_disk / "b.tar")
    assert not list(small_disk.glob("b.tar*"))
    note = small_disk.parent / "note.txt"
    note.write_bytes(b"x" * 500_000)
    (taken,) = add_captures(casebook, ACTOR, [note])
    assert taken.state == "failed" and "disk is full" in taken.note
    ballast.unlink()
    close_database()
    again = open_casebook(casebook.root)
    write_sources(again, 50, "room again")
    assert again.settled_head().number == 2 + written
    assert find_problems(again) == []


def test_a_walk_on_a_full_disk_does_not_call_the_record_wrong(small_disk: Path) -> None:
    casebook = start_casebook(small_disk / "casebook", ACTOR)
    write_sources(casebook, 3, "a")
    close_database()
    fill = os.open(small_disk / "ballast", os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while os.write(fill, bytes(1024)):
            pass
    os.close(fill)
    done = run("--casebook", casebook.root, "ledger", "verify", cwd=small_disk, code=1)
    assert "WRONG" not in done.stdout and "The disk is full" in done.stderr and "Nothing was written" not in done.stderr
    done = run("--casebook", casebook.root, "count", "table", cwd=small_disk, code=1)
    assert done.stderr.startswith("Error: The disk is full")
    (small_disk / "ballast").unlink()
    run("--casebook", casebook.root, "ledger", "verify", cwd=small_disk)


def test_a_disk_that_fails_in_the_middle_of_a_walk_is_no_problem_of_the_record(
    casebook: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cenotaph.casebook import verify

    def fail(*_: object) -> None:
        raise DiskFullError("The disk is full; nothing was written.")

    for name in ("_check_chain", "_check_triggers", "read_seals", "_check_table", "_judge_capture"):
        with monkeypatch.context() as patch:
            patch.setattr(verify, name, fail)
            if name == "_judge_capture":
                note = casebook.root.parent / "note.txt"
                note.write_text("Words.")
                add_captures(casebook, ACTOR, [note])
            with pytest.raises(DiskFullError):
                find_problems(casebook)


@pytest.mark.parametrize("alone", [spool.ALONE_ROWS, 0])
def test_an_import_that_fills_the_disk_is_a_clear_error_and_leaves_nothing(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, alone: int
) -> None:
    monkeypatch.setattr(spool, "ALONE_ROWS", alone)
    casebook = start_casebook(small_disk / "casebook", ACTOR)
    file = small_disk.parent / "list.csv"
    file.write_text("name\n" + "".join(f"Иванов {n}\n" for n in range(12_000)), encoding="utf-8")
    mapping = make_mapping('[constants]\nfate = "dead"\n' + column("name", "name"))
    with pytest.raises(DiskFullError, match=r"The disk is full; nothing was written\."):
        import_list(casebook, ACTOR, file, mapping)
    assert casebook.settled_head().number == 1
    assert [path for path in casebook.objects.rglob("*") if path.is_file()] == []
    close_database()
    assert find_problems(open_casebook(casebook.root)) == []


def test_a_casebook_cannot_be_made_on_a_full_disk(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(bytes(1_900_000))
    with pytest.raises(DiskFullError):
        start_casebook(small_disk / "casebook", ACTOR)
    assert [p.name for p in small_disk.iterdir()] == ["ballast"]


def test_a_database_that_may_not_grow_is_a_full_disk(sqlite_casebook: Casebook) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
    written = fill_until_full(sqlite_casebook, lambda n: write_sources(sqlite_casebook, 100, str(n)))
    assert sqlite_casebook.settled_head().number == 1 + written
    assert find_problems(sqlite_casebook) == []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    write_sources(sqlite_casebook, 100, "room again")
    assert find_problems(sqlite_casebook) == []


def fail_everywhere(number: int, work: Callable[[], None], check: Callable[[bool], None]) -> int:
    """Let the first, the second, ... step of something fail with an error of the system; return how many steps it has."""

    def fail() -> None:
        raise OSError(number, os.strerror(number), "somewhere")

    for at in itertools.count():

        def run(at: int = at) -> None:
            steps = Steps(at, fail)
            steps.install(database=False)
            try:
                work()
            except CenotaphError as error:
                print(f"step {at}: {error}")
                os._exit(1)
            os._exit(0 if steps.left < 0 else 2)

        ended = wait(fork(run))
        assert ended in (0, 1, 2), f"step {at} ended with a traceback"
        check(ended != 1)
        assert at < 100
        if ended == 2:
            return at
    raise AssertionError


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_writing_that_fails_at_any_step_is_a_clear_error_and_leaves_nothing(casebook: Casebook, number: int) -> None:
    def work() -> None:
        mine = open_casebook(casebook.root)
        write_sources(mine, 1, mine.settled_head().hash)

    heads = [casebook.settled_head().number]

    def check(done: bool) -> None:
        mine = open_casebook(casebook.root)
        assert mine.settled_head().number == heads[-1] + done
        assert find_problems(mine) == []
        heads.append(mine.settled_head().number)

    assert fail_everywhere(number, work, check) >= 3


def test_a_seal_that_fails_at_any_step_is_finished_later(casebook: Casebook, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"

    def add_note() -> None:
        mine = open_casebook(casebook.root)
        note.write_text(f"Тайное слово {mine.settled_head().hash}", encoding="utf-8")
        add_captures(mine, ACTOR, [note])

    def work() -> None:
        mine = open_casebook(casebook.root)
        ((sha256,),) = Attacker(mine).run('SELECT id FROM capture WHERE size IS NOT NULL ORDER BY "row" DESC LIMIT 1')
        seal(mine, ACTOR, "capture", sha256, "law")

    def check(done: bool) -> None:
        mine = open_casebook(casebook.root)
        write_sources(mine, 1, mine.settled_head().hash)
        assert find_problems(mine) == []
        left = Attacker(mine).run("SELECT COUNT(*) FROM capture WHERE size IS NOT NULL") != [(0,)]
        assert bool(find_bytes(mine, "Тайное слово")) == left
        assert not (done and left)
        if not left:
            add_note()

    add_note()
    assert fail_everywhere(errno.ENOSPC, work, check) >= 5


def test_a_full_disk_when_the_head_is_promoted_is_no_failure(casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit stands: the head stays "next", which is one of the states that are accepted."""
    from cenotaph.casebook import store
    from cenotaph.casebook.head import HeadFile, read_head

    real, calls = store.write_head, []

    def fail_second(path: Path, state: HeadFile) -> None:
        calls.append(state)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, state)

    monkeypatch.setattr(store, "write_head", fail_second)
    write_sources(casebook, 1, "a")
    assert read_head(casebook.head_file).next == casebook.settled_head()
    assert find_problems(casebook) == []
    monkeypatch.undo()
    write_sources(casebook, 1, "b")
    assert find_problems(casebook) == [] and casebook.settled_head().number == 3


def test_a_folder_that_belongs_to_another_is_said_to_be_so(casebook: Casebook, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    write_sources(casebook, 1, "a")
    close_database()
    for folder in (*tmp_path.parents, tmp_path):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(0o755)
    casebook.root.chmod(0o755)

    def work() -> None:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        for attempt in (
            lambda: write_sources(open_casebook(casebook.root), 1, "b"),
            lambda: back_up(open_casebook(casebook.root), casebook.root.parent / "b.tar"),
            lambda: start_casebook(casebook.root / "inner", ACTOR),
        ):
            try:
                attempt()
            except StoreError as error:
                assert "cannot be" in error.message and error.hint, error
            else:
                raise AssertionError("it was allowed")

    assert wait(fork(work)) == 0
    assert find_problems(open_casebook(casebook.root)) == []


def test_a_casebook_on_a_disk_that_cannot_be_written_gives_clear_errors(small_disk: Path) -> None:
    casebook = start_casebook(small_disk / "casebook", ACTOR)
    write_sources(casebook, 3, "a")
    close_database()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for attempt in (lambda mine: write_sources(mine, 1, "b"), find_problems):
        with pytest.raises(StoreError, match="cannot be opened or written"):
            attempt(open_casebook(casebook.root))
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    close_database()
    assert find_problems(open_casebook(casebook.root)) == []


def test_a_lost_database_or_settings_file_is_said_to_be_lost(sqlite_casebook: Casebook) -> None:
    close_database()
    shutil.move(sqlite_casebook.root / "record.sqlite3", sqlite_casebook.root / "elsewhere")
    with pytest.raises(StoreError, match="has lost its database"):
        open_casebook(sqlite_casebook.root)
    shutil.move(sqlite_casebook.root / "elsewhere", sqlite_casebook.root / "record.sqlite3")
    shutil.rmtree(sqlite_casebook.root / "ledger")
    assert find_problems(open_casebook(sqlite_casebook.root))


@pytest.mark.postgres
def test_a_server_that_is_away_is_said_to_be_away(postgres_casebook: Casebook) -> None:
    close_database()
    settings = (postgres_casebook.root / "casebook.toml").read_text()
    (postgres_casebook.root / "casebook.toml").write_text(settings.replace("?host=", "?host=/nowhere"))
    with pytest.raises(StoreError, match="cannot be reached"):
        open_casebook(postgres_casebook.root)
