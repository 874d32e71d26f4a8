"""Made-up casebooks of several sizes, one after the other, for what is measured on each."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.generated import make_casebook
from benchmarks.measuring import Measured, print_table, write

SIZES = (10_000, 100_000, 1_000_000)


def close_database() -> None:
    """Let go of the database that this process opened, so that the next casebook can be another one."""
    from django.db import connections

    connections.close_all()


def measure_sizes(
    name: str,
    words: str | None,
    measure: Callable[[Path, int], Sequence[Measured]],
    arguments: Sequence[str] | None = None,
    limits: dict[str, float] | None = None,
) -> None:
    """Measure every size, print a table, write the results.

    Parameters
    ----------
    name
        The results' file name without its ending.
    words
        What ``--help`` says.
    measure
        Measures the casebook in a folder, which has so many rows.
    arguments
        The command's arguments; without them, those of this process.
    limits
        Seconds that are promised for the largest size, by what is done.
    """
    parser = argparse.ArgumentParser(description=words)
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
                close_database()
            found += measure(root, rows)
            if not options.keep:
                shutil.rmtree(root)
    print_table(found)
    write(name, found, limits)
