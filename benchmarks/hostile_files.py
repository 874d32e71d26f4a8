"""Thousands of hostile files read one after the other: how many were refused, read or broke something, and at what size."""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.hostile_inputs import make_inputs, read_input
from tests.made_files import LIMITS

from cenotaph.capture.isolation import ReaderProcess
from cenotaph.domain.errors import InputError


def main(arguments: list[str] | None = None) -> None:
    """Read them, and say what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    outcomes: Counter[str] = Counter()
    slowest = (0.0, "")
    start = time.perf_counter()
    process = ReaderProcess()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "made")
        made.mkdir()
        for name, data in make_inputs(made, chosen.count, chosen.seed):
            path = Path(folder, "read", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            began = time.perf_counter()
            try:
                read_input(process, path, LIMITS)
                outcomes["read"] += 1
            except InputError:
                outcomes["refused with a reason"] += 1
            except Exception as error:  # Whatever else it is, it is a fault to be named.
                outcomes[f"FAULT {type(error).__name__}: {error} ({name})"] += 1
            slowest = max(slowest, (time.perf_counter() - began, name))
            path.unlink()
            if [item for item in Path(folder, "read").rglob("*") if item.is_file()]:
                outcomes["FAULT left something"] += 1
    process.close()
    for outcome, count in outcomes.most_common():
        print(f"{count:>7,}  {outcome}")
    print(f"{time.perf_counter() - start:.0f} s; slowest {slowest[0]:.1f} s ({slowest[1]})")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"largest reading process: {largest:.0f} MiB resident, of {LIMITS.reader_mib:,} MiB allowed")


if __name__ == "__main__":
    main()
