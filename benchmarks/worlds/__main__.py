"""Write a synthetic world: ``python -m benchmarks.worlds --people 30000 --seed 1 --profile mixed --out DIR``.

``--reports N`` asks for about so many reports instead of so many people. The folder gets ``reports.parquet``, with the columns
that ``cenotaph link table`` reads,
    and ``truth.parquet``. The sealed profile cannot be written out: see benchmarks.worlds.sealed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.worlds.profiles import PROFILES, Profile


def people_for(reports: int, profile: Profile) -> int:
    """Return how many people have about so many reports."""
    sizes = np.arange(1, 41)
    weights = sizes**-profile.many
    return max(round(reports / float((sizes * weights).sum() / weights.sum())), 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write one world."""
    import pyarrow.parquet as pq

    from benchmarks.worlds.reports import make_world

    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.worlds", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--people", type=int, help="how many dead")
    size.add_argument("--reports", type=int, help="about how many reports")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", choices=sorted(PROFILES), default="mixed")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    profile = PROFILES[chosen.profile]
    begun = time.perf_counter()
    reports, truth = make_world(chosen.people or people_for(chosen.reports, profile), profile, chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    pq.write_table(reports, chosen.out / "reports.parquet")
    pq.write_table(truth, chosen.out / "truth.parquet")
    dead, seconds = len(set(truth["person"].to_pylist())), time.perf_counter() - begun
    print(f"{reports.num_rows:,} reports on {dead:,} people in {seconds:.1f} s.")


if __name__ == "__main__":
    main()
