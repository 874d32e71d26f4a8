"""Link made-up worlds of several sizes, with Splink's stock settings and RapidFuzz beside; add new reports to each.

``python -m benchmarks.linkage [--reports 10000 --reports 100000 --reports 1000000] [--profile mixed] [--seed 1] [--only-ours]
[--world DIR]``; a world that was made before is taken from DIR instead.

Promised on two cores: 100,000 reports under 30 seconds, 1,000,000 under 120 and 5 GB, 1,000 new against 1,000,000 under 8. It
prints seconds, peak memory, pairs, and how right each is on the world's truth; what adding gives is held against a full run on
the same reports. Beside the JSON it draws seconds, and pairs, against reports.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.measuring import OUT, Measured, draw, print_table, run, run_program, write

SIZES = (10_000, 100_000, 1_000_000)
LIMITS = {"link table": 120.0, "link add, 1,000 new": 8.0}
_NEW = 1_000
_ALL_PAIRS = 20_000  # reports; more than these are no matter of minutes for all pairs


@dataclass(frozen=True, slots=True)
class Compared(Measured):
    """What was measured, with the pairs that were compared: for a second picture."""

    pairs: int


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


def put_together(before: Path, changes: Path, target: Path) -> None:
    """Write the people of an earlier run with what became of old and new reports since."""
    now: dict[str, str] = {}
    for path in (before, changes):
        table = pq.read_table(path, columns=["report_id", "person_id"])
        now |= dict(zip(table["report_id"].to_pylist(), table["person_id"].to_pylist(), strict=True))
    pq.write_table(pa.table({"report_id": list(now), "person_id": list(now.values())}), target)


def share_otherwise(one: Path, other: Path) -> float:
    """Return the share of reports that are together with others in one table of people than in another."""
    full, added = (pq.read_table(path, columns=["report_id", "person_id"]) for path in (one, other))
    here = full["person_id"].to_pylist()
    at = pc.index_in(full["report_id"], added["report_id"].combine_chunks())
    there = added["person_id"].take(at).to_pylist()
    both, ours, theirs = Counter(zip(here, there, strict=True)), Counter(here), Counter(there)
    same = sum(count for (a, b), count in both.items() if count == ours[a] == theirs[b])
    return 1 - same / max(len(here), 1)


def make_world(folder: Path, rows: int, profile: str, seed: int) -> Path:
    """Make a world in a folder and return that."""
    world = ["--reports", str(rows), "--seed", str(seed), "--profile", profile, "--out", str(folder)]
    subprocess.run([sys.executable, "-m", "benchmarks.worlds", *world], check=True)
    return folder


def measure(folder: Path, world: Path, *, beside: bool) -> list[Measured]:
    """Measure one world."""
    reports, truth = world / "reports.parquet", world / "truth.parquet"
    people, said = folder / "people.parquet", folder / "said.json"
    table = pq.read_table(reports)
    rows = len(table)
    ours = run("link table", rows, ["-q", "link", "table", str(reports), "--out", str(people), "--json"], said)
    pairs = int(json.loads(said.read_text(encoding="utf-8"))["pairs"])
    found: list[Measured] = [Compared(ours.what, ours.rows, ours.seconds, ours.mebibytes, ours.load, pairs)]
    print(f"link table, {rows:,}: {score(people, truth)}; {pairs:,} pairs", flush=True)
    if beside:
        found += measure_beside(folder, world, rows)
    new = np.arange(rows) % max(rows // _NEW, 1) == 0
    old, added, state, changes = (folder / name for name in ("old.parquet", "new.parquet", "state", "changes.parquet"))
    pq.write_table(table.filter(pa.array(~new)), old)
    pq.write_table(table.filter(pa.array(new)), added)
    before = folder / "before.parquet"
    save = ["-q", "link", "table", str(old), "--out", str(before), "--save-state", str(state)]
    found.append(run("link table --save-state", rows, save))
    found.append(run("link add, 1,000 new", rows, ["-q", "link", "add", str(state), str(added), "--out", str(changes)]))
    put_together(before, changes, now := folder / "now.parquet")
    print(f"link add, {rows:,}: {score(now, truth)}", flush=True)
    same = ["-q", "link", "table", str(reports), "--out", str(folder / "same.parquet"), "--model", str(state / "model.json")]
    found.append(run("link table --model", rows, same))
    for what, full in (("that model", folder / "same.parquet"), ("a model of its own", people)):
        print(f"  {share_otherwise(full, now):.2%} of reports are otherwise together than in a full run with {what}", flush=True)
    return found


def measure_beside(folder: Path, world: Path, rows: int) -> list[Measured]:
    """Measure the programs beside on the same reports."""
    reports, truth, people = world / "reports.parquet", world / "truth.parquet", folder / "others.parquet"
    programs = [("Splink, stock", ["-m", "benchmarks.stock_splink", str(reports), "--out", str(people)])]
    if rows <= _ALL_PAIRS:
        programs.append(("RapidFuzz, all pairs", ["-m", "benchmarks.plain_linkage", "fuzz", str(reports), str(people)]))
    found = []
    for what, arguments in programs:
        found.append(run_program(what, rows, arguments))
        print(f"{what}, {rows:,}: {score(people, truth)}", flush=True)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size, print a table, write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, action="append")
    parser.add_argument("--profile", default="mixed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-ours", action="store_true", help="measure nothing beside")
    parser.add_argument("--world", type=Path, action="append", help="a folder with reports.parquet and truth.parquet")
    options = parser.parse_args(arguments)
    found: list[Measured] = []
    for given in options.world or options.reports or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder)
            world = given if isinstance(given, Path) else make_world(made, given, options.profile, options.seed)
            found += measure(made, world, beside=not options.only_ours)
    print_table(found)
    write("linkage", found, LIMITS)
    compared = [m for m in found if isinstance(m, Compared)]
    (OUT / "linkage-pairs.svg").write_text(draw(compared, "pairs", "pairs compared"), encoding="utf-8")


if __name__ == "__main__":
    main()
