"""Kill writers at random moments, hundreds of times on each database, and check what is left each time.

``python -m benchmarks.torture --kills 300 --seed 1 --store sqlite --store postgresql`` ends with 0 where every casebook
opened, held, and had lost nothing that was acknowledged; with 1 at the first that did not, whose folder is left to look at.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.casebooks import ACTOR, find_problems
from tests.killing import check_after, close_database, fork, kill_a_writer, wait
from tests.servers import PostgresServer, find_postgres

from cenotaph.domain.errors import CenotaphError, LedgerBrokenError
from cenotaph.services.backups import back_up, restore
from cenotaph.services.opening import open_casebook, start_casebook

RENEW = 15  # A new casebook after so many kills, so that each walk stays short.
MAKINGS = 12  # Every so manieth kill hits a backup and a restore instead of a writer.


def main() -> int:
    """Run it and return the exit code."""
    parser = argparse.ArgumentParser(description="Kill writers at random moments and check what is left.")
    parser.add_argument("--kills", type=int, default=300, help="kills on each database (default 300)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the moments (default 1)")
    parser.add_argument("--longest", type=float, default=0.4, help="longest life of a writer, in seconds (default 0.4)")
    parser.add_argument("--store", choices=("sqlite", "postgresql"), action="append", help="which database (default: both)")
    options = parser.parse_args()
    failed = False
    for store in options.store or ("sqlite", "postgresql"):
        server = None
        if store == "postgresql":
            programs = find_postgres()
            if programs is None:
                print("postgresql: its programs are not on this machine: FAILED")
                failed = True
                continue
            server = PostgresServer(programs)
            server.start()
        try:
            failed |= not torture(store, server, options.kills, options.seed, options.longest)
        finally:
            close_database()
            if server:
                server.stop()
    return int(failed)


def torture(store: str, server: PostgresServer | None, kills: int, seed: int, longest: float) -> bool:
    """Kill on one database; print progress and a summary, and return whether everything held."""
    folder = Path(tempfile.mkdtemp(prefix="cenotaph-torture-"))
    rng = random.Random(f"{store} {seed}")
    seen: Counter[str] = Counter()
    began = time.monotonic()

    def make_url() -> str:
        return server.make_database() if server else "sqlite"

    root = folder
    for number in range(kills):
        if number % RENEW == 0:
            root = folder / f"casebook{number}"
            start_casebook(root, ACTOR, {"store.url": make_url()})
            (folder / "notes").mkdir(exist_ok=True)
        moment = rng.randrange(2**32)
        try:
            if number % MAKINGS == MAKINGS - 1:
                seen["backups and restores killed"] += 1
                seen[kill_a_restore(root, folder, make_url, moment, longest)] += 1
            else:
                heard = kill_a_writer(root, folder / "notes", moment, longest)
                casebook = check_after(root, heard)
                seen["writers killed"] += 1
                seen["entries acknowledged"] += len(heard)
                # The one that the check itself wrote does not count; where nothing was heard, nothing can be said.
                beyond = casebook.settled_head().number - 1 - heard[-1][0] if heard else 0
                seen["entries committed and not acknowledged"] += beyond
        except (AssertionError, CenotaphError, OSError) as error:
            print(f"{store}: FAILED at kill {number} (seed {seed}): {error}\n  the casebook is {root}", flush=True)
            return False
        if number % RENEW == RENEW - 1:
            close_database()
            shutil.rmtree(root)
            shutil.rmtree(folder / "notes")
            print(f"{store}: {number + 1} of {kills} kills, {time.monotonic() - began:.0f} s", flush=True)
    close_database()
    shutil.rmtree(folder)
    summary = ", ".join(f"{count} {what}" for what, count in sorted(seen.items()))
    print(f"{store}: OK, {kills} kills in {time.monotonic() - began:.0f} s: {summary}", flush=True)
    return True


def kill_a_restore(root: Path, folder: Path, make_url: Callable[[], str], moment: int, longest: float) -> str:
    """Kill a backup, then a restore of a whole one, at random moments; both must be whole or able to be repeated."""
    rng = random.Random(moment)
    for name in ("b.tar", "restored"):
        shutil.rmtree(folder / name, ignore_errors=True) if (folder / name).is_dir() else (folder / name).unlink(missing_ok=True)
    backup, restored, url = folder / "b.tar", folder / "restored", make_url()
    kill_in(rng.uniform(0, longest / 2), lambda: back_up(open_casebook(root), backup))
    if not backup.exists():
        back_up(open_casebook(root), backup)
    killed = kill_in(rng.uniform(0, 2 * longest), lambda: restore(backup, restored, ACTOR, store_url=url))
    outcome = "restores killed and begun anew"
    try:
        open_casebook(restored)
        outcome = "restores whole though killed" if killed else "restores that were quicker"
    except CenotaphError as error:
        assert not restored.exists() or (isinstance(error, LedgerBrokenError) and "never finished" in error.message), str(error)
        restore(backup, restored, ACTOR, store_url=url)
    check_after(restored, [])
    close_database()
    assert find_problems(open_casebook(root)) == []
    assert not list(folder.glob(".*"))
    return outcome


def kill_in(seconds: float, work: Callable[[], object]) -> bool:
    """Kill something after so many seconds; tell whether it was still at work."""
    child = fork(work)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    ended = wait(child)
    assert ended in (0, -signal.SIGKILL), f"it ended by itself with {ended}"
    return ended != 0


if __name__ == "__main__":
    sys.exit(main())
