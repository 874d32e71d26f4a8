"""Walk the ledger over made-up reports: every row is hashed again.

``python -m benchmarks.verify_ledger [--rows 10000 --rows 100000 --rows 1000000] [--keep DIR] [--seed 1]``
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.count_table import SIZES
from benchmarks.generated import make_casebook
from benchmarks.measuring import Measured, print_table, run, write


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
            found.append(run("ledger verify", rows, ["--casebook", str(root), "ledger", "verify"]))
            if not options.keep:
                shutil.rmtree(root)
    print_table(found)
    write("verify_ledger", found)


if __name__ == "__main__":
    main()
