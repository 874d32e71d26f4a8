"""Two writers at once, and readers beside them: everything is written, one after the other, and nobody sees half of it."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, Attacker, find_problems, write_sources
from tests.killing import close_database, fork, wait

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook, open_casebook
from cenotaph.domain.errors import BusyError, LedgerBrokenError, StoreError
from cenotaph.services.ledger import verify


def write_many(root: Path, tag: str, entries: int) -> None:
    casebook = open_casebook(root)
    for number in range(entries):
        write_sources(casebook, 1 + number % 3, f"{tag}-{number}", tag)


def test_four_writers_at_once_lose_nothing(casebook: Casebook) -> None:
    children = [fork(lambda tag=tag: write_many(casebook.root, tag, 12)) for tag in "abcd"]  # type: ignore[misc]
    assert [wait(child) for child in children] == [0, 0, 0, 0]
    again = open_casebook(casebook.root)
    assert again.settled_head().number == 1 + 4 * 12
    assert find_problems(again) == []
    counts = Attacker(again).run(
        'SELECT action, COUNT(*), SUM("rows") FROM ledger_entry WHERE number > 1 GROUP BY action ORDER BY action'
    )
    assert [(action, entries, int(rows)) for action, entries, rows in counts] == [(tag, 12, 24) for tag in "abcd"]


def test_a_walk_and_a_count_beside_a_writer_see_one_state(casebook: Casebook) -> None:
    child = fork(lambda: write_many(casebook.root, "w", 60))
    again = open_casebook(casebook.root)
    looked = 0
    heads = set()
    try:
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            assert find_problems(again) == []
            with again.snapshot() as head:
                rows = bulk.fetch_one('SELECT SUM("rows") FROM ledger_entry')
                time.sleep(0.01)
                assert bulk.fetch_one("SELECT COUNT(*) FROM source") == (rows and int(rows[0]),)
                assert again.settled_head() == head
                heads.add(head.number)
            assert again.settled_head().number >= head.number
            looked += 1
    except BaseException:
        os.kill(child, 9)
        raise
    assert looked > 2 and len(heads) > 1
    assert again.settled_head().number == 61


def test_writing_goes_on_while_a_snapshot_is_read(casebook: Casebook) -> None:
    write_sources(casebook, 2, "before")
    with casebook.snapshot() as head:
        close = fork_and_keep(casebook, "during")
        assert close == 0
        assert bulk.fetch_one("SELECT COUNT(*) FROM source") == (2,)
        assert casebook.settled_head() == head
        with casebook.snapshot() as inner:
            assert inner == head
    assert bulk.fetch_one("SELECT COUNT(*) FROM source") == (3,)
    assert casebook.settled_head().number == head.number + 1


def fork_and_keep(casebook: Casebook, tag: str) -> int:
    """Write one source in a program of its own, whose connection is another."""
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from cenotaph.casebook.store import open_casebook; "
        "from tests.casebooks import write_sources; write_sources(open_casebook(Path(sys.argv[1])), 1, sys.argv[2])"
    )
    command = [sys.executable, "-c", code, str(casebook.root), tag]
    return subprocess.run(command, check=False, env={**os.environ, **_paths()}).returncode


def _paths() -> dict[str, str]:
    import cenotaph

    roots = [str(Path(cenotaph.__file__).parents[1]), str(Path(__file__).parents[2])]
    return {"PYTHONPATH": os.pathsep.join(roots)}


def test_nothing_can_be_written_within_a_snapshot(casebook: Casebook) -> None:
    with casebook.snapshot():
        with pytest.raises(StoreError, match="while a snapshot is read"):
            write_sources(casebook, 1)
        with pytest.raises(StoreError, match="while a snapshot is read"), casebook.locked():
            pass
    write_sources(casebook, 1)
    assert find_problems(casebook) == []


def test_a_snapshot_ends_with_an_error_in_it(casebook: Casebook) -> None:
    with pytest.raises(ZeroDivisionError), casebook.snapshot():
        raise ZeroDivisionError
    write_sources(casebook, 1)
    with pytest.raises(StoreError), casebook.snapshot():
        bulk.fetch_rows("SELECT * FROM nothing_of_that_name")
    write_sources(casebook, 1, "b")
    assert find_problems(casebook) == []


def test_a_snapshot_of_a_broken_ledger_is_refused(casebook: Casebook) -> None:
    casebook.head_file.unlink()
    with pytest.raises(LedgerBrokenError), casebook.snapshot():
        pass
    with casebook.snapshot(check=False) as head:
        assert head.number == 1


def test_a_walk_that_is_given_up_leaves_the_casebook_writable(casebook: Casebook) -> None:
    attacker = Attacker(casebook)
    attacker.run("DROP TRIGGER guard_seal_delete" + ("" if attacker.is_sqlite else " ON seal"))
    walk = verify(casebook, lambda *_: None)
    assert next(walk).where == "trigger guard_seal_delete"
    walk.close()  # type: ignore[attr-defined]
    write_sources(casebook, 1)


def test_who_waits_too_long_for_another_writer_is_told(casebook: Casebook) -> None:
    casebook.settings.values["store.busy_seconds"] = 0
    with (casebook.root / "ledger" / "lock").open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        with pytest.raises(BusyError, match="Another process has been writing"):
            write_sources(casebook, 1)
        with pytest.raises(BusyError), casebook.snapshot():
            pass
    write_sources(casebook, 1)


@pytest.mark.postgres
def test_postgresql_appends_under_an_advisory_lock(postgres_casebook: Casebook) -> None:
    import psycopg

    from cenotaph.casebook.access import _ADVISORY_LOCK

    postgres_casebook.settings.values["store.busy_seconds"] = 1
    with psycopg.connect(postgres_casebook.settings.text("store.url"), autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
        with pytest.raises(BusyError, match="Another process holds the casebook's database"):
            write_sources(postgres_casebook, 1)
        other.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_LOCK])
        write_sources(postgres_casebook, 1)
        assert other.execute("SELECT pg_try_advisory_lock(%s)", [_ADVISORY_LOCK]).fetchone() == (True,)
    assert find_problems(postgres_casebook) == []


def test_a_database_that_another_connection_holds_is_waited_for_and_then_said_to_be_busy(sqlite_casebook: Casebook) -> None:
    import sqlite3

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(sqlite_casebook.root / "record.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError, match="holds the casebook's database"):
        write_sources(sqlite_casebook, 1)
    other.execute("ROLLBACK")
    write_sources(sqlite_casebook, 1)
    other.close()


@pytest.mark.postgres
def test_a_second_folder_on_the_same_database_cannot_go_on_alone(postgres_casebook: Casebook, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(postgres_casebook.root, tmp_path / "second")
    write_sources(postgres_casebook, 1, "a")
    second = open_casebook(tmp_path / "second")
    with pytest.raises(LedgerBrokenError, match="older than the database"):
        write_sources(second, 1, "b")


@pytest.mark.postgres
def test_a_connection_lost_in_a_commit_is_asked_about(postgres_casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server committed and its answer was lost; then it did not commit."""
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.utils import OperationalError

    commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

    def lose_answer(wrapper: object) -> None:
        commit(wrapper)
        raise OperationalError("server closed the connection unexpectedly")

    def lose_question(wrapper: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", lose_answer)
    write_sources(postgres_casebook, 1, "a")
    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", lose_question)
    with pytest.raises(StoreError, match="cannot be reached"):
        write_sources(postgres_casebook, 1, "b")
    monkeypatch.undo()
    assert find_problems(postgres_casebook) == []
    assert postgres_casebook.settled_head().number == 2


def test_a_dry_run_and_an_error_leave_everything_as_it_was(casebook: Casebook) -> None:
    head, state = casebook.settled_head(), casebook.head_file.read_text()
    with casebook.writing(ACTOR, "x", dry_run=True) as entry:
        from tests.casebooks import source_row

        from cenotaph.casebook.guarded import SOURCE

        entry.add(SOURCE, [source_row("dry", 1)])
    with pytest.raises(ZeroDivisionError), casebook.writing(ACTOR, "x"):
        raise ZeroDivisionError
    assert casebook.settled_head() == head and casebook.head_file.read_text() == state
    assert Attacker(casebook).run("SELECT COUNT(*) FROM source") == [(0,)]
    close_database()
