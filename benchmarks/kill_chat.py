"""A chat whose import is killed at times drawn from a seed: what is there in the end is all of it, and once."""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import time
from pathlib import Path

from tests.casebooks import find_problems
from tests.chat_exports import write_large
from tests.killing import STRAY_BYTES, close_database, fork, wait

from cenotaph.casebook import bulk
from cenotaph.services.chats import import_chat
from cenotaph.services.opening import name_actor, open_casebook, start_casebook


def main(arguments: list[str] | None = None) -> None:
    """Make an export, kill imports of it, finish one, and check what is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--media", type=int, default=20_000)
    parser.add_argument("--bytes", type=int, default=20_000, help="Size of a picture.")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="Where the casebook is made; without it where temporary files lie.")
    chosen = parser.parse_args(arguments)
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        export = write_large(Path(folder, "export"), chosen.messages, chosen.media, chosen.bytes)
        root = Path(folder, "casebook")
        start_casebook(root, name_actor(None))
        for number in range(1, chosen.kills + 1):
            # The first within the reading of the export, the others while messages go in, at any moment of a batch.
            before = _count(root)[0]
            target = 0 if number == 1 else before + chance.randint(1, max(1, (chosen.messages - before) // 2))
            seconds = chance.uniform(0.5, 5.0) if number == 1 else chance.uniform(0.0, 1.0)
            ended = _kill_after(root, export, target, seconds)
            there = _count(root)
            strays = [problem for problem in _problems(root) if STRAY_BYTES not in problem and "no row names" not in problem]
            how = "killed" if ended else "had ended"
            print(f"{number}: {how} {seconds:.2f} s after message {target:,}; {there[0]:,} messages are there", flush=True)
            _stop_if(strays, "the record was broken by a kill")
        start = time.perf_counter()
        casebook = open_casebook(root)
        done = import_chat(casebook, name_actor(None), export)
        print(f"the rest: {done.new:,} messages in {time.perf_counter() - start:.1f} s")
        documents, ids, captures, sightings = _count(root)
        print(f"{documents:,} documents, {ids:,} ids, {captures:,} captures, {sightings:,} sightings of files")
        _stop_if(_problems(root), "the casebook does not verify")
        wanted = (chosen.messages, chosen.messages, chosen.media + 2, chosen.media)
        _stop_if([] if (documents, ids, captures, sightings) == wanted else [str(wanted)], "it should be")
        print("Nothing is lost and nothing double.")


def _kill_after(root: Path, export: Path, target: int, seconds: float) -> bool:
    """Start an import and kill it so many seconds after it came past a message; tell whether it was still at work."""
    reading, writing = os.pipe()

    def tell(_: str, done: int) -> None:
        os.write(writing, b"%d\n" % done)

    def work() -> None:
        os.close(reading)
        import_chat(open_casebook(root), name_actor(None), export, progress=tell)

    child = fork(work)
    os.close(writing)
    with os.fdopen(reading) as told:
        passed = 0
        while passed < target and (line := told.readline()):
            passed += int(line)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        return wait(child) == -signal.SIGKILL


def _count(root: Path) -> tuple[int, int, int, int]:
    open_casebook(root)
    (documents, ids), (captures,), (sightings,) = (
        bulk.fetch_one(sql) or (0, 0)
        for sql in (
            "SELECT COUNT(*), COUNT(DISTINCT id) FROM document",
            "SELECT COUNT(*) FROM capture",
            "SELECT COUNT(*) FROM sighting WHERE how = 'file'",
        )
    )
    close_database()
    return documents, ids, captures, sightings


def _problems(root: Path) -> list[str]:
    found = find_problems(open_casebook(root))
    close_database()
    return found


def _stop_if(problems: list[str], words: str) -> None:
    if problems:
        raise SystemExit(f"{words}: {'; '.join(problems[:5])}")


if __name__ == "__main__":
    main()
