"""Link published test sets whose truth is known: FEBRL 4 one to one, and Splink's 50,578 records of historical people.

``python -m benchmarks.linkage_sets [--data DIR] [--set febrl4 --set historical]``

FEBRL 4 goes through ``link pair`` with names, birth dates and addresses (without the social security number), and with names and
birth dates alone. The historical records go through ``link table``, their columns renamed to ours and nothing tuned.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

DATA = Path(__file__).parents[2] / "shared" / "data" / "linkage"
PEOPLE = 5_000


def read_febrl(path: Path, address: bool) -> pa.Table:
    """Return a FEBRL list in our columns."""
    from cenotaph.link.reading import check_reports

    with path.open(encoding="utf-8", newline="") as stream:
        rows = [{key.strip(): (value or "").strip() for key, value in row.items()} for row in csv.DictReader(stream)]
    day = [row["date_of_birth"] for row in rows]
    columns: dict[str, list[str | None]] = {
        "report_id": [row["rec_id"] for row in rows],
        "name_given": [row["given_name"] or None for row in rows],
        "name_family": [row["surname"] or None for row in rows],
        "birth_date_text": [f"{d[:4]}-{d[4:6]}-{d[6:]}" if d else None for d in day],
    }
    if address:
        parts = ("street_number", "address_1", "address_2", "suburb", "postcode")
        columns["place_text"] = [" ".join(row[p] for p in parts if row[p]) or None for row in rows]
        columns["region"] = [row["state"] or None for row in rows]
    return check_reports(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))


def measure_febrl(data: Path) -> None:
    """Print how right the links of FEBRL 4 are."""
    from cenotaph.link.pairs.linking import link_pair

    for address in (True, False):
        left, right = (read_febrl(data / f"febrl_dataset4{side}.csv", address) for side in "ab")
        begun = time.process_time()
        links = link_pair(left, right).links.to_pylist()
        seconds = time.process_time() - begun
        good = sum(row["left_id"].split("-")[1] == row["right_id"].split("-")[1] for row in links)
        precision, recall = good / len(links), good / PEOPLE
        what = "names, birth dates, addresses" if address else "names, birth dates"
        print(
            f"FEBRL 4, {what}: precision {precision:.4f}, recall {recall:.4f}, "
            f"F1 {2 * good / (len(links) + PEOPLE):.4f}; {seconds:.1f} s of one processor"
        )


def measure_historical(path: Path, seed: int) -> None:
    """Print how right the people of the historical records are, by Splink with our name columns and by ``link table``."""
    from benchmarks.historical import link_records, read_records

    records, truth = read_records(path)
    begun = time.process_time()
    groups = link_records(records, seed)
    _print("Splink with our name columns", truth, groups, time.process_time() - begun)
    for merge in (None, 0.5):
        people, seconds = _link_as_reports(path, merge)
        _print("link table, untuned" if merge is None else f"link table --merge {merge}", truth, people, seconds)


def _link_as_reports(path: Path, merge: float | None) -> tuple[list[str], float]:
    import pyarrow.parquet as pq

    from cenotaph.link.tabling import link_table

    table = pq.read_table(path)
    # The postcode is the nearest thing to a unit that the set has.
    columns = {"unique_id": "report_id", "first_name": "name_given", "surname": "name_family", "dob": "birth_date_text"}
    columns |= {"birth_place": "place_text", "postcode_fake": "unit_text"}
    reports = table.select(list(columns)).rename_columns(list(columns.values()))
    begun = time.process_time()
    people = link_table(reports, merge=merge).people
    seconds = time.process_time() - begun
    return people["person_id"].to_pylist(), seconds


def _print(method: str, truth: Sequence[str], groups: Sequence[object], seconds: float) -> None:
    """Print pairwise and B-cubed measures of a grouping."""
    rows = list(zip(truth, groups, strict=True))
    true, found, both = Counter(truth), Counter(groups), Counter(rows)
    pairs = [sum(n * (n - 1) // 2 for n in counts.values()) for counts in (both, found, true)]
    precision, recall = pairs[0] / pairs[1], pairs[0] / pairs[2]
    cubed = (
        sum(n * n / found[group] for (_, group), n in both.items()) / len(rows),
        sum(n * n / true[person] for (person, _), n in both.items()) / len(rows),
    )
    print(
        f"Historical 50k, {method}: pairwise precision {precision:.4f}, recall {recall:.4f}, F1 {_mean(precision, recall):.4f}; "
        f"B-cubed {cubed[0]:.4f}, {cubed[1]:.4f}, F1 {_mean(*cubed):.4f}; {len(found):,} groups for {len(true):,} people; "
        f"{seconds:.0f} s of processor time",
        flush=True,
    )


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the sets and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--set", dest="sets", action="append", choices=("febrl4", "historical"), default=[])
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        print(f"The sets are not in {options.data}; name their folder with --data.")
        return
    sets = options.sets or ["febrl4", "historical"]
    if "febrl4" in sets:
        measure_febrl(options.data)
    if "historical" in sets:
        measure_historical(options.data / "historical_figures_with_errors_50k.parquet", options.seed)


if __name__ == "__main__":
    main()
