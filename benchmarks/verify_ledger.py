"""Walk the ledger over made-up reports: every row is hashed again.

``python -m benchmarks.verify_ledger [--rows 10000 --rows 100000 --rows 1000000] [--keep DIR] [--seed 1]``
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import Measured, run
from benchmarks.sizes import measure_sizes


def measure(root: Path, rows: int) -> list[Measured]:
    """Measure one casebook."""
    return [run("ledger verify", rows, ["--casebook", str(root), "ledger", "verify"])]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size, print a table, write the results."""
    measure_sizes("verify_ledger", __doc__, measure, arguments)


if __name__ == "__main__":
    main()
