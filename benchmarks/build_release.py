"""From a casebook to release and site: people with several reports each, and again after a thousand new reports.

``python -m benchmarks.build_release [--people 118000] [--reports 400000] [--keep DIR]``

The casebook has one list of made-up rows, and one accepted run that gives every person several of them: how long linking takes
is another benchmark's. Promised on two cores: under 240 seconds and 3 GB together; under 60 seconds after 1,000 new reports.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.generated import ACTOR, LIST, make_casebook
from benchmarks.made_releases import POLICY
from benchmarks.measuring import Measured, print_table, run, write
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import ASSIGNMENT, LINK_RUN
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.opening import open_casebook

PEOPLE, REPORTS, NEW = 118_000, 400_000, 1_000
LIMITS = {"release and site": 240.0, "release and site after 1,000 new reports": 60.0}
FIGURES = """schema = 1
[[figure]]
id = "dead"
title = "Documented dead"
by = ["nationality", "path"]
[[figure]]
id = "by-month"
title = "By month of death"
series = "death"
[[figure]]
id = "by-month-recorded"
title = "By month recorded"
series = "recorded"
[[figure]]
id = "prison"
title = "From prison"
where = { path = ["prison"] }
by = ["nationality"]
"""


def make(root: Path, people: int, reports: int) -> None:
    """Make the casebook: reports of a list, all but the last thousand assigned."""
    casebook = make_casebook(root / "casebook", reports)
    rows = bulk.fetch_rows('SELECT row_key, id FROM report ORDER BY "row"')
    assign(casebook, rows[:-NEW], people, None)
    (root / "figures.toml").write_text(FIGURES, encoding="utf-8")
    (root / "policy.toml").write_text(POLICY.replace('death_place = "show"\n', ""), encoding="utf-8")


def assign(casebook: Casebook, rows: Iterable[tuple[str, str]], people: int, before: str | None) -> str:
    """Accept a run that gives rows to people, one after the other; return its id."""
    name = content_id("link run", before or "", LIST)
    with casebook.writing(ACTOR, "people full") as entry:
        entry.add(LINK_RUN, [(name, before, "full", None, "{}")])
        entry.add(
            ASSIGNMENT,
            (
                (content_id("assignment", name, unit), name, unit, report, owner(at, people), 990_000, "resolved")
                for at, (unit, report) in enumerate(rows)
            ),
        )
    return name


def owner(at: int, people: int) -> str:
    """Return the id of the person whose a row is."""
    return content_id("person", str(at % people))


def add_new(root: Path, people: int) -> None:
    """Assign the last thousand reports, and enter a reviewer's word."""
    casebook = open_casebook(root / "casebook")
    rows = bulk.fetch_rows('SELECT row_key, id FROM report ORDER BY "row"')[-NEW:]
    found = bulk.fetch_one('SELECT id FROM link_run ORDER BY "row" DESC LIMIT 1')
    assign(casebook, rows, people, found[0] if found else None)
    add_judgement(casebook, ACTOR, Draft("examined", "yes", rows[0][1], "looked at"))


def measure(root: Path, people: int, label: str) -> list[Measured]:
    """Measure one release and the site brought up to it, each in a process of its own."""
    folder = root / label
    build = ["--casebook", str(root / "casebook"), "release", "build", label, "--out", str(folder)]
    rules = ["--figures", str(root / "figures.toml"), "--policy", str(root / "policy.toml"), "--standard", "newsroom"]
    found = [run("release build", people, [*build, *rules])]
    releases = [str(path) for path in sorted(root.glob("r-*"))]
    found.append(run("site build", people, ["site", "build", *releases, "--out", str(root / "site")]))
    return found


def add_up(what: str, parts: Sequence[Measured]) -> Measured:
    """Return the sum of seconds and the largest peak of memory."""
    seconds, mebibytes = sum(part.seconds for part in parts), max(part.mebibytes for part in parts)
    return Measured(what, parts[0].rows, round(seconds, 3), mebibytes, parts[0].load)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the casebook, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--keep", type=Path, help="keep everything here, and use the casebook that is here")
    parser.add_argument("--make", action="store_true", help="make the casebook and measure nothing")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        root = options.keep or Path(folder)
        root.mkdir(parents=True, exist_ok=True)
        if not (root / "figures.toml").exists():
            make(root, options.people, options.reports)
        if options.make:
            return
        first = measure(root, options.people, "r-1")
        add_new(root, options.people)
        second = measure(root, options.people, "r-2")
        sums = [add_up("release and site", first), add_up("release and site after 1,000 new reports", second)]
        print_table([*first, *second, *sums])
        write("build_release", sums, LIMITS)


if __name__ == "__main__":
    main()
