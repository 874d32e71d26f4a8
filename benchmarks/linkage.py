"""Link made-up worlds of several sizes, with Splink's stock settings and RapidFuzz beside; add new reports to the largest.

``python -m benchmarks.linkage [--reports 10000 --reports 100000 --reports 1000000] [--profile mixed] [--seed 1]``

Promised on two cores: 100,000 reports under 30 seconds, 1,000,000 under 120 and 5 GB, 1,000 new against 1,000,000 under 8.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.measuring import Measured, print_table, run, write

SIZES = (10_000, 100_000, 1_000_000)
LIMITS = {"link table": 120.0, "link add, 1,000 new": 8.0}
_NEW = 1_000
_ALL_PAIRS = 20_000  # reports; more than these are no matter of minutes for all pairs


def run_plain(what: str, rows: int, how: str, source: Path, target: Path) -> Measured:
    """Measure one of the programs beside in a process of its own."""
    load = os.getloadavg()[0]
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "benchmarks.plain_linkage", how, str(source), str(target)]) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{what} ended with {process.returncode}")
    return Measured(what, rows, round(time.perf_counter() - begun, 3), round(used.ru_maxrss / 1024, 1), round(load, 2))


def score(people: Path, truth: Path) -> str:
    """Return pairwise precision, recall and F1 in words; a report whose person nobody knows counts for itself."""
    found, known = pq.read_table(people), pq.read_table(truth)
    persons = known["person"].take(pc.index_in(found["report_id"], known["report_id"].combine_chunks())).combine_chunks()
    true = persons.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    alone = true < 0
    true[alone] = true.max(initial=0) + 1 + np.arange(alone.sum())
    said = found["person_id"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    both, one, other = (_pairs(codes) for codes in (true * (said.max(initial=0) + 1) + said, said, true))
    precision, recall = both / max(one, 1.0), both / max(other, 1.0)
    return f"precision {precision:.4f}, recall {recall:.4f}, F1 {2 * precision * recall / max(precision + recall, 1e-9):.4f}"


def _pairs(codes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> float:
    counts = np.unique(codes, return_counts=True)[1].astype(float)
    return float((counts * (counts - 1) / 2).sum())


def measure(folder: Path, rows: int, profile: str, seed: int) -> list[Measured]:
    """Measure one size."""
    world = ["--reports", str(rows), "--seed", str(seed), "--profile", profile, "--out", str(folder)]
    subprocess.run([sys.executable, "-m", "benchmarks.worlds", *world], check=True)
    reports, truth, people = (folder / f"{name}.parquet" for name in ("reports", "truth", "people"))
    table = pq.read_table(reports)
    found = [run("link table", rows, ["-q", "link", "table", str(reports), "--out", str(people)])]
    print(f"link table, {rows:,}: {score(people, truth)}", flush=True)
    found.append(run_plain("Splink, stock", rows, "stock", reports, people))
    print(f"Splink, stock, {rows:,}: {score(people, truth)}", flush=True)
    if rows <= _ALL_PAIRS:
        found.append(run_plain("RapidFuzz, all pairs", rows, "fuzz", reports, people))
        print(f"RapidFuzz, all pairs, {rows:,}: {score(people, truth)}", flush=True)
    new = np.arange(len(table)) % (len(table) // _NEW) == 0
    pq.write_table(table.filter(pa.array(~new)), folder / "old.parquet")
    pq.write_table(table.filter(pa.array(new)), folder / "new.parquet")
    state = str(folder / "state")
    run(
        "link table --save-state",
        rows,
        ["-q", "link", "table", str(folder / "old.parquet"), "--out", str(people), "--save-state", state],
    )
    found.append(
        run("link add, 1,000 new", rows, ["-q", "link", "add", state, str(folder / "new.parquet"), "--out", str(people)])
    )
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size, print a table, write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, action="append")
    parser.add_argument("--profile", default="mixed")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    found: list[Measured] = []
    for rows in options.reports or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found += measure(Path(folder), rows, options.profile, options.seed)
    print_table(found)
    write("linkage", found, LIMITS)


if __name__ == "__main__":
    main()
