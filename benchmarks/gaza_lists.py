"""Link releases of the Gaza Ministry of Health's list one to one, and measure it by the national ids that linkage never sees.

``python -m benchmarks.gaza_lists [--data DIR] [--release 2024-04 --release 2024-09] [--baseline] [--seed 1]``

Every setting is measured twice. *In both*: rows whose id is in both releases, where everybody has a partner. *Whole*: the lists
as they are; precision is then of the links between two rows with an id. Some wrong ones of these are none: the release corrected
the id of the same person. The 95% intervals are of a bootstrap over people. ``--baseline`` sets RapidFuzz's ratio of folded names
with an age penalty beside it, all pairs, each row with the partner that has it as the best too, above the best threshold.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

DATA = Path(__file__).parents[2] / "shared" / "data" / "gaza-lists"
SCRIPTS = (("name_ar", "name_ar"), ("name_en", "name_en"), ("name_en", "name_ar"))
WORDS = {"name_ar": "Arabic", "name_en": "Latin"}
DRAWS = 400
THRESHOLDS = (70, 75, 80, 82, 84, 86, 88, 90)

Row = dict[str, str]
Links = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each with its interval."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float


def read(release: str, data: Path) -> list[Row]:
    """Return the rows of a release."""
    found = [data / f"release_{release}.csv", data / f"release_{release}_arabic_only.csv"]
    path = next(path for path in found if path.is_file())
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def as_table(rows: Sequence[Row], name: str, ages: bool) -> pa.Table:
    """Return rows as linkage reads them: never with the id."""
    import pyarrow as pa

    from cenotaph.link.reading import check_reports

    columns: dict[str, list[str | None]] = {
        "report_id": [str(number) for number in range(len(rows))],
        "name_full": [row[name] or None for row in rows],
    }
    if ages:
        columns["age"] = [row["age"] or None for row in rows]
        columns["birth_date_text"] = [row["dob"] or None for row in rows]
    return check_reports(pa.table({k: pa.array(v, pa.string()) for k, v in columns.items()}))


def link(left: Sequence[Row], right: Sequence[Row], names: tuple[str, str], ages: bool) -> tuple[Links, float]:
    """Return our links, and the processor's seconds from names to links."""
    from cenotaph.link.pairs.linking import link_pair

    one, other = as_table(left, names[0], ages), as_table(right, names[1], ages)
    begun = time.process_time()
    linked = link_pair(one, other)
    seconds = time.process_time() - begun
    rows = linked.links.to_pylist()
    return [(int(row["left_id"]), int(row["right_id"])) for row in rows], seconds


def link_by_ratio(left: Sequence[Row], right: Sequence[Row], names: tuple[str, str], ages: bool) -> tuple[list[Links], float]:
    """Return the baseline's links at every threshold, and the processor's seconds."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cdist

    from cenotaph.reference.folding import fold

    one, other = [fold(row[names[0]]) for row in left], [fold(row[names[1]]) for row in right]
    begun = time.process_time()
    table: Any = cdist(one, other, scorer=ratio, dtype=np.float32, workers=1)
    if ages:
        born = [
            np.array([float(row["age"]) if row["age"] not in ("", "-1") else np.nan for row in side]) for side in (left, right)
        ]
        for number in range(len(one)):
            apart = np.abs(born[1] - born[0][number])
            table[number] -= np.where(np.isnan(apart), 0.0, np.minimum(apart, 10.0))
    best, back = table.argmax(axis=1), table.argmax(axis=0)
    rows = np.arange(len(one))
    mutual = rows[back[best] == rows]
    links = [[(int(i), int(best[i])) for i in mutual if table[i, best[i]] >= least] for least in THRESHOLDS]
    return links, time.process_time() - begun


def measure(links: Links, left: Sequence[Row], right: Sequence[Row], seed: int) -> Score:
    """Return how right the links are by the ids, with an interval of a bootstrap over people."""
    shared = {row["truth_key"] for row in left} & {row["truth_key"] for row in right} - {""}
    counts = Counter[str]()
    right_ones: dict[str, int] = {}
    made: dict[str, int] = {}
    for i, j in links:
        a, b = left[i]["truth_key"], right[j]["truth_key"]
        if a and b:
            made[a] = 1
            right_ones[a] = int(a == b)
            counts["made"] += 1
    people = sorted(shared | set(made))
    table = np.array([(made.get(p, 0), right_ones.get(p, 0), int(p in shared)) for p in people])
    draw = np.random.default_rng(seed)
    samples = []
    for _ in range(DRAWS):
        weights = np.bincount(draw.integers(0, len(people), len(people)), minlength=len(people))
        samples.append(_f1(*(weights @ table)))
    total = table.sum(axis=0)
    low, high = np.quantile(samples, [0.025, 0.975])
    return Score(total[1] / total[0], total[1] / total[2], _f1(*total), float(low), float(high))


def _f1(made: float, right: float, shared: float) -> float:
    return 2 * right / (made + shared)


def explain(links: Links, left: Sequence[Row], right: Sequence[Row], name: str) -> tuple[Counter[str], Counter[str]]:
    """Return the causes of wrong links and of missed ones, for two lists in one script."""
    from cenotaph.link.pairs.words import repair
    from cenotaph.reference.folding import fold

    def words(row: Row) -> str:
        return "".join(repair(word) for word in fold(row[name]).split())

    def apart(a: Row, b: Row) -> str:
        ages = [row["age"] for row in (a, b)]
        if "" in ages or "-1" in ages:
            return "age not given"
        years = abs(int(ages[0]) - int(ages[1]))
        return "ages agree" if years <= 2 else "ages differ by 3 to 9" if years < 10 else "ages differ by 10 or more"

    by_key = {row["truth_key"]: number for number, row in enumerate(right) if row["truth_key"]}
    linked, taken = dict(links), {j: i for i, j in links}
    wrong, missed = Counter[str](), Counter[str]()
    for i, j in links:
        a, b = left[i], right[j]
        if a["truth_key"] and b["truth_key"] and a["truth_key"] != b["truth_key"]:
            both = a["truth_key"] in by_key
            same = "same name" if words(a) == words(b) else "another name"
            wrong[f"{same}, {apart(a, b)}, {'own id is there too' if both else 'own id is nowhere'}"] += 1
    for i, a in enumerate(left):
        number = by_key.get(a["truth_key"], -1) if a["truth_key"] else -1
        if number < 0 or linked.get(i) == number:
            continue
        b = right[number]
        alike = words(a) == words(b)
        if number in taken and words(left[taken[number]]) == words(b):
            missed["a row with the same name, often the same person twice, has the partner"] += 1
        elif alike:
            missed[f"same name, {apart(a, b)}"] += 1
        elif i in linked:
            missed["another name, linked elsewhere"] += 1
        else:
            missed[f"another name, {apart(a, b)}"] += 1
    return wrong, missed


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every setting and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--release", action="append", default=[])
    parser.add_argument("--baseline", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        print(f"The lists are not in {options.data}; name their folder with --data.")
        return
    first, second = options.release or ["2024-04", "2024-09"]
    whole = read(first, options.data), read(second, options.data)
    shared = {row["truth_key"] for row in whole[0]} & {row["truth_key"] for row in whole[1]} - {""}
    both = tuple([row for row in rows if row["truth_key"] in shared] for rows in whole)
    print(f"{first}: {len(whole[0]):,} rows; {second}: {len(whole[1]):,} rows; {len(shared):,} ids in both\n")
    print("| names | with | rows | method | links | precision | recall | F1 (95%) | CPU s |")
    print("|---|---|---|---|---|---|---|---|---|")
    explained: list[tuple[str, Counter[str], Counter[str]]] = []
    for names in SCRIPTS:
        for ages in (True, False):
            for kind, (left, right) in (("in both", both), ("whole", whole)):
                links, seconds = link(left, right, names, ages)
                label = f"| {WORDS[names[0]]} to {WORDS[names[1]]} | {'ages' if ages else 'names only'} | {kind} "
                _print(label, "Cenotaph", links, measure(links, left, right, options.seed), seconds)
                if names[0] == names[1] == "name_ar":
                    explained.append((label, *explain(links, left, right, "name_ar")))
                if options.baseline and names[0] == names[1]:
                    found, taken = link_by_ratio(left, right, names, ages)
                    scored = [(measure(one, left, right, options.seed), one) for one in found]
                    score, best = max(scored, key=lambda pair: pair[0].f1)
                    _print(label, "RapidFuzz, all pairs", best, score, taken)
    for label, wrong, missed in explained:
        print(f"\n{label.strip('| ').replace(' | ', ', ')}")
        for title, causes in (("wrong", wrong), ("missed", missed)):
            for cause, times in causes.most_common():
                print(f"  {title}: {times:4} {cause}")


def _print(label: str, method: str, links: Links, score: Score, seconds: float) -> None:
    print(
        f"{label}| {method} | {len(links):,} | {score.precision:.4f} | {score.recall:.4f} | "
        f"{score.f1:.4f} ({score.low:.4f}-{score.high:.4f}) | {seconds:.1f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
