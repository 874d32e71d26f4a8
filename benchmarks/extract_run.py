"""Read the claims of a casebook's made-up texts: documents a second, memory, and a run that is stopped and goes on.

``python -m benchmarks.extract_run [--documents 1000 --documents 10000 --documents 100000] [--keep DIR] [--seed 1]``

A text is about a news item: eight sentences in English or Russian, every third of them with a number of people. Memory is the
peak of the process that writes, and of the largest that reads.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measuring import Measured, print_table, write
from cenotaph.casebook.commitment import Cell
from cenotaph.casebook.guarded import CAPTURE, DOCUMENT
from cenotaph.casebook.ledger import Actor, prepare_rows
from cenotaph.domain.canonical import content_id
from cenotaph.services.opening import start_casebook

SIZES = (1_000, 10_000, 100_000)
ACTOR = Actor("recorder", "benchmark")
_FILLING = {
    "en": (
        "The road to the village was closed on Monday.",
        "Nobody answered the phone at the office.",
        "It had rained for three days.",
    ),
    "ru": ("Дорога к посёлку была закрыта в понедельник.", "В управлении на звонки не ответили.", "Три дня шёл дождь."),
}
_CLAIMS = {
    "en": (
        "At least {} {} citizens were killed, the ministry said.",
        "{} {} fighters are missing, according to their families.",
        "Another {} {} soldiers were wounded.",
    ),
    "ru": (
        "Погибли не менее {} граждан {}, сообщили в министерстве.",
        "Пропали без вести {} граждан {}, говорят родственники.",
        "Ранены {} военных из {}.",
    ),
}
_PEOPLE = {"en": ("Nepali", "Uzbek", "Kenyan", "Cuban"), "ru": ("Непала", "Узбекистана", "Кении", "Кубы")}


def make_text(chance: random.Random) -> str:
    """Return one made-up news item."""
    language = chance.choice(("en", "ru"))
    sentences = []
    for at in range(8):
        if at % 3:
            sentences.append(chance.choice(_FILLING[language]))
        else:
            sentences.append(chance.choice(_CLAIMS[language]).format(chance.randint(2, 900), chance.choice(_PEOPLE[language])))
    return " ".join(sentences)


def make_casebook(root: Path, documents: int, seed: int) -> None:
    """Make a casebook with so many texts, written through the ledger; their captures have no bytes."""
    chance = random.Random(seed)
    casebook = start_casebook(root, ACTOR, salts=random.Random(seed + 1).randbytes)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for number in range(documents):
            text = make_text(chance)
            yield (
                content_id("document", str(number)),
                content_id("capture", str(number)),
                "plain_text",
                "1",
                "text",
                None,
                "utf-8",
                text,
                "2025-07",
            )

    with casebook.writing(ACTOR, "capture add") as entry:
        captures = ((content_id("capture", str(number)), 1, "text/plain") for number in range(documents))
        entry.add_prepared(CAPTURE, prepare_rows(CAPTURE, captures, casebook.salts))
        entry.add_prepared(DOCUMENT, prepare_rows(DOCUMENT, rows(), casebook.salts))


_CODE = """
import json, resource, sys
from cenotaph.cli.main import main
if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    finally:
        own, others = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        print(json.dumps({"own": own, "others": others}), file=sys.stderr)
"""


def run_extraction(root: Path, script: Path, stop_after: float | None = None) -> tuple[float, dict[str, float]]:
    """Run ``extract run`` in a process of its own; return seconds and mebibytes. It may be killed after some seconds."""
    script.write_text(_CODE, encoding="utf-8")
    begun = time.perf_counter()
    command = [sys.executable, str(script), "--casebook", str(root), "extract", "run"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        said = process.communicate(timeout=stop_after)[1]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return time.perf_counter() - begun, {}
    if process.returncode:
        raise SystemExit(said)
    return time.perf_counter() - begun, json.loads(said.splitlines()[-1])


def count_read(root: Path) -> int:
    """Return how many documents have a reading."""
    import sqlite3

    with sqlite3.connect(f"file:{root / 'record.sqlite3'}?mode=ro", uri=True) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM claim_reading").fetchone()[0])


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size, print a table, write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="leave the casebooks here")
    options = parser.parse_args(arguments)
    found: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder:
        for documents in options.documents or SIZES:
            root = (options.keep or Path(folder)) / f"texts-{documents}"
            script = Path(folder) / "extract_here.py"
            print(f"Making {documents:,} texts ...", flush=True)
            make_casebook(root, documents, options.seed)
            load = os.getloadavg()[0]
            killed, _ = run_extraction(root, script, stop_after=max(documents / 4_000, 3))
            before = count_read(root)
            seconds, used = run_extraction(root, script)
            read = count_read(root)
            if read != documents:
                raise SystemExit(f"{read} of {documents} texts were read")
            rest = documents - before
            print(
                f"  killed at {killed:.1f} s, {before:,} read; {rest:,} more in {seconds:.1f} s: {rest / seconds:,.0f} a second"
            )
            if used:
                found.append(Measured("extract run, writes", rest, round(seconds, 2), round(used["own"], 1), round(load, 2)))
                found.append(Measured("extract run, reads", rest, round(seconds, 2), round(used["others"], 1), round(load, 2)))
            if not options.keep:
                shutil.rmtree(root)
    print_table(found)
    write("extract_run", found)


if __name__ == "__main__":
    main()
