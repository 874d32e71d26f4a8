"""Writers that are killed, and what must hold of their casebook afterwards."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from cenotaph.casebook.guarded import REPORT, SOURCE
from cenotaph.casebook.store import Casebook
from cenotaph.services.captures import add_captures
from cenotaph.services.opening import open_casebook
from cenotaph.services.seals import seal
from tests.casebooks import ACTOR, Attacker, find_problems, report_cells, source_row, write_sources

INTERRUPTED_SEAL = "the seal was interrupted"
STRAY_BYTES = "bytes that no row names"


def close_database() -> None:
    """Close connections, so that a forked child and its parent never share one."""
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        connections.close_all()


def fork(work: Callable[[], object]) -> int:
    """Run something in a child process, which ends with 0 where it was done, and return the child's number."""
    close_database()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        work()
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def wait(child: int) -> int:
    """Return how a child ended: its exit code, or minus the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def write_for_ever(root: Path, notes: Path, seed: int, say: int) -> NoReturn:
    """Write entries of every kind, and say each one's number and hash once it is acknowledged."""
    casebook = open_casebook(root)
    casebook.settings.values["store.busy_seconds"] = 3600
    rng = random.Random(seed)
    reports: list[str] = []
    captures: list[str] = []
    number = 0
    while True:
        number += 1
        kind = rng.choice(("rows", "rows", "rows", "many", "capture", "seal", "seal bytes"))
        tag = f"{seed}-{number}"
        if kind == "capture":
            note = notes / f"{tag}.txt"
            note.write_text(f"Погиб {tag}. " * rng.randrange(1, 3000), encoding="utf-8")
            captures += [taken.capture for taken in add_captures(casebook, ACTOR, [note]) if taken.capture]
        elif kind == "seal" and reports:
            seal(casebook, ACTOR, "report", reports.pop(), "law", rng.choice((None, "name")))
        elif kind == "seal bytes" and captures:
            seal(casebook, ACTOR, "capture", captures.pop(), "law")
        else:
            count = rng.randrange(1000, 2500) if kind == "many" else rng.randrange(1, 30)
            rows = [report_cells(f"{tag}-{n}", name=f"Name {tag} {n}") for n in range(count)]
            with casebook.writing(ACTOR, tag) as entry:
                entry.add(SOURCE, [source_row(tag, n) for n in range(3)])
                entry.add(REPORT, rows)
            reports.append(str(rows[0][0]))
        head = casebook.settled_head()
        os.write(say, f"{head.number} {head.hash} {tag}\n".encode())


def kill_a_writer(root: Path, notes: Path, seed: int, longest: float) -> list[tuple[int, str]]:
    """Let a writer write, kill it at a moment that the seed gives, and return what it had acknowledged.

    The moment is so many acknowledged entries, and up to ``longest`` seconds after them: a slow machine kills as late.
    """
    hear, say = os.pipe()
    child = fork(lambda: write_for_ever(root, notes, seed, say))
    os.close(say)
    rng = random.Random(seed)
    with os.fdopen(hear, encoding="ascii") as stream:
        heard = [stream.readline() for _ in range(rng.randrange(5))]
        time.sleep(rng.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        ended = wait(child)
        lines = [line.split() for line in (*heard, *stream)]
    assert ended == -signal.SIGKILL, f"the writer ended by itself with {ended}"
    return [(int(number), entry_hash) for number, entry_hash, _ in lines]


def check_after(root: Path, acknowledged: list[tuple[int, str]]) -> Casebook:
    """Check that a casebook opens, holds, and lost nothing that was acknowledged; and that it can be written on."""
    casebook = open_casebook(root)
    found = find_problems(casebook)
    problems = [problem for problem in found if INTERRUPTED_SEAL not in problem and STRAY_BYTES not in problem]
    assert problems == [], problems
    head = casebook.settled_head()
    if acknowledged:
        assert head.number >= acknowledged[-1][0], f"entry {acknowledged[-1][0]} was acknowledged, the head is {head.number}"
        # Whatever was committed beyond the last acknowledged entry is one entry at most.
        assert head.number <= acknowledged[-1][0] + 1
        hashes = dict(Attacker(casebook).run("SELECT number, hash FROM ledger_entry"))
        assert all(hashes[number] == entry_hash for number, entry_hash in acknowledged)
    write_sources(casebook, 1, f"after {head.hash}", "goes on")
    assert casebook.settled_head().number == head.number + 1
    if any(STRAY_BYTES in problem for problem in found):
        note = root.parent / "after.txt"
        note.write_text("What takes files in sweeps before.", encoding="utf-8")
        add_captures(casebook, ACTOR, [note])
    problems = find_problems(casebook)
    assert problems == [], problems
    return casebook


class Steps:
    """Counts the steps at which something becomes durable or visible, and ends the process, or fails, at one of them."""

    def __init__(self, at: int, end: Callable[[], None]) -> None:
        self.left = at
        self._end = end

    def step(self) -> None:
        """Count one step."""
        if self.left == 0:
            self._end()
        self.left -= 1

    def _around(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **more: object) -> object:
            self.step()
            return real(*arguments, **more)

        return call

    def install(self, *, database: bool = True) -> None:
        """Replace the functions that make things durable, in this process."""
        for name in ("fsync", "replace", "rename", "unlink", "rmdir", "mkdir", "fchmod"):
            setattr(os, name, self._around(getattr(os, name)))
        if not database:
            return
        from django.db.backends.base.base import BaseDatabaseWrapper

        from cenotaph.casebook import bulk

        bulk.insert_rows = self._around(bulk.insert_rows)  # type: ignore[assignment]
        commit = BaseDatabaseWrapper._commit  # type: ignore[attr-defined]

        def commit_in_steps(wrapper: object) -> None:
            self.step()
            commit(wrapper)
            self.step()

        BaseDatabaseWrapper._commit = commit_in_steps  # type: ignore[attr-defined]


KILLED = 99


def kill_at_step(at: int, work: Callable[[], None]) -> bool:
    """Run something in a child that dies at a step; tell whether it did, rather than come to its end."""

    def run() -> None:
        Steps(at, lambda: os._exit(KILLED)).install()
        work()

    ended = wait(fork(run))
    assert ended in (0, KILLED), f"the child ended with {ended} at step {at}"
    assert at < 400, f"no end after {at} steps"
    return ended == KILLED


def count_steps(work: Callable[[], None]) -> int:
    """Run something to its end in a child, and return how many steps it has."""
    hear, say = os.pipe()

    def run() -> None:
        steps = Steps(1_000_000, lambda: None)
        steps.install()
        work()
        os.write(say, str(1_000_000 - steps.left).encode())

    assert wait(fork(run)) == 0
    os.close(say)
    with os.fdopen(hear) as stream:
        return int(stream.read())
