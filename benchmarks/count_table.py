"""Count made-up reports: cold, warm, after a small entry, and the members of one cell.

``python -m benchmarks.count_table [--rows 10000 --rows 100000 --rows 1000000] [--keep DIR] [--seed 1]``

Promised for 1,000,000 reports on two cores: under 2 seconds warm, under 10 cold.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generated import ACTOR, LIST, make_casebook, make_report
from benchmarks.measuring import Measured, print_table, run, write

SIZES = (10_000, 100_000, 1_000_000)
LIMITS = {"count table, warm": 2.0, "count table, cold": 10.0}


def measure(root: Path, rows: int) -> list[Measured]:
    """Measure one casebook: every command is a process of its own."""
    from cenotaph.casebook.guarded import READING, REPORT
    from cenotaph.services.opening import open_casebook

    table = ["--casebook", str(root), "count", "table", "--by", "nationality", "--by", "path"]
    cell = f"{LIST}:nationality=UZ,path=prison"
    shutil.rmtree(root / "derived", ignore_errors=True)
    found = [run("count table, cold", rows, table), run("count table, warm", rows, table)]
    found.append(run("count table --by death_month, warm", rows, [*table[:-4], "--by", "death_month"]))
    found.append(
        run("count members of one cell", rows, ["--casebook", str(root), "count", "members", cell, "--json", "--limit", "0"])
    )
    casebook = open_casebook(root)
    document = _first_document()
    with casebook.writing(ACTOR, "list import") as entry:
        reading = f"{entry.number:032x}"
        entry.add(READING, [(reading, LIST, f"r{entry.number}", "2026-02-01", False, None, document, reading, "", "{}")])
        entry.add(REPORT, [make_report(random.Random(entry.number), reading, rows + entry.number)])
    _close()
    found.append(run("count table, after an entry with one report", rows, table))
    return found


def _first_document() -> str:
    from cenotaph.casebook import bulk

    return str(bulk.fetch_rows('SELECT id FROM document ORDER BY "row" LIMIT 1')[0][0])


def _close() -> None:
    from django.db import connections

    connections.close_all()


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size, print a table, write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep the casebooks here, and use those that are here")
    options = parser.parse_args(arguments)
    found: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in options.rows or SIZES:
            root = (options.keep or Path(folder)) / f"casebook-{rows}"
            if not root.exists():
                print(f"Making {rows:,} rows ...", flush=True)
                make_casebook(root, rows, options.seed)
                _close()
            found += measure(root, rows)
            if not options.keep:
                shutil.rmtree(root)
    print_table(found)
    write("count_table", found, LIMITS)


if __name__ == "__main__":
    main()
