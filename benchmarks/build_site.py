"""Build the site of a made-up release: all of it, again after a thousand new reports, and again with nothing new.

``python -m benchmarks.build_site [--people 118000] [--keep DIR] [--seed 1]``

Promised for 118,000 people on two cores: under 180 seconds and 2 GB, under 60 seconds after 1,000 new reports.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.made_releases import CLAIMS, Made, make_person, write_made
from benchmarks.measuring import Measured, print_table, run, write

PEOPLE = 118_000
NEW_REPORTS = 1_000
LIMITS = {"site build": 180.0, "site build after 1,000 new reports": 60.0}


def make_releases(root: Path, people: int, seed: int) -> int:
    """Write a release, and one after it in which 1,000 people have one report more; return how many reports there are."""
    everybody = [make_person(at, seed) for at in range(people)]
    first = date(2025, 10, 31)
    write_made(root / "release-1", Made("2025-10", first, tuple(everybody), claims=CLAIMS))
    step = max(people // NEW_REPORTS, 1)
    for at in range(0, step * NEW_REPORTS, step):
        if at < people and everybody[at].pieces:
            piece = everybody[at].pieces[0]
            more = replace(piece, report=f"{piece.report}-new", month="2025-11")
            everybody[at] = replace(everybody[at], pieces=(*everybody[at].pieces, more))
    write_made(root / "release-2", Made("2025-11", first + timedelta(25), tuple(everybody), claims=CLAIMS, before="2025-10"))
    return sum(len(person.pieces) for person in everybody)


def measure(root: Path, people: int) -> list[Measured]:
    """Measure the builds, each in a process of its own; its peak of memory is the largest single process's."""
    site, one, two = root / "site", root / "release-1", root / "release-2"
    shutil.rmtree(site, ignore_errors=True)
    found = [run("site build", people, ["site", "build", str(one), "--out", str(site)])]
    both = ["site", "build", str(one), str(two), "--out", str(site)]
    found.append(run("site build after 1,000 new reports", people, both))
    found.append(run("site build, nothing new", people, both))
    return found


def measure_pages(site: Path) -> dict[str, int]:
    """Return sizes in bytes: the front page, the largest page of a person, the largest shard of the search."""
    sizes = {"front page": max((site / tag / "index.html").stat().st_size for tag in ("en", "ru"))}
    with_style = (site / "style.css").stat().st_size
    largest = 0
    for tag in ("en", "ru"):
        for folder in os.scandir(site / tag / "people"):
            if folder.is_dir():
                largest = max(largest, *(entry.stat().st_size for entry in os.scandir(folder.path)))
    sizes |= {"style sheet": with_style, "largest page of a person": largest}
    shards = [path.stat().st_size for path in (site / "search").rglob("*.js")]
    sizes |= {"search: index": (site / "search" / "index.js").stat().st_size, "search: largest shard": max(shards)}
    return sizes


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the releases, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep releases and site here, and use the releases that are here")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        root = options.keep or Path(folder)
        if not (root / "release-2").exists():
            shutil.rmtree(root / "release-1", ignore_errors=True)
            print(f"Making releases of {options.people:,} people ...", flush=True)
            print(f"They have {make_releases(root, options.people, options.seed):,} reports.", flush=True)
        found = measure(root, options.people)
        print_table(found)
        for what, size in measure_pages(root / "site").items():
            print(f"{what:28} {size / 1000:>9,.1f} kB")
        write("build_site", found, LIMITS)


if __name__ == "__main__":
    main()
