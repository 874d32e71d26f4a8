"""What our linkage is held against: Splink with its stock comparisons on ASCII-folded names, and RapidFuzz on all pairs.

``python -m benchmarks.plain_linkage stock|fuzz REPORTS.parquet PEOPLE.parquet``
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from anyascii import anyascii

from cenotaph.link.intervals import EXACT, read_interval

_ENDINGS = ("ovich", "evich", "ovna", "evna", "ich", "ichna")
_RATIO = 90


def fold_names(reports: pa.Table) -> list[tuple[str | None, str | None, str | None]]:
    """Return given name, patronymic and family name in ASCII: the columns where there are any, else the words in their order."""
    out = []
    names = (reports[c].to_pylist() for c in ("name_full", "name_given", "name_patronymic", "name_family"))
    for full, given, father, family in zip(*names, strict=True):
        if given or family:
            parts = [anyascii(part).lower() if part else None for part in (given, father, family)]
        else:
            words = anyascii(full or "").lower().split()
            middle = next((word for word in words[1:] if word.endswith(_ENDINGS)), None)
            others = [word for word in words if word != middle]
            if words[-1:] == [middle] and len(others) > 1:  # The patronymic stands last: the family name comes first.
                others.reverse()
            parts = [others[0] if others else None, middle, others[-1] if len(others) > 1 else None]
        out.append((parts[0], parts[1], parts[2]))
    return out


def write_day(text: str | None) -> str | None:
    """Return a day as ISO 8601 writes it, None for what is no day: dates are no matter of the comparison."""
    low, _, kind = read_interval(text) if text else (0, 0, 0)
    return date.fromordinal(low + date(1970, 1, 1).toordinal()).isoformat() if kind == EXACT else None


def link_stock(reports: pa.Table) -> list[str]:
    """Return people of Splink with stock comparisons, expectation maximisation and connected components at .9."""
    import logging

    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    names = fold_names(reports)
    born = [write_day(text) for text in reports["birth_date_text"].to_pylist()]
    table = pa.table(
        {
            "unique_id": np.arange(len(reports)),
            **{name: [row[at] for row in names] for at, name in enumerate(("given", "father", "family"))},
            "dob": pa.array(born, pa.string()),
            "place": [anyascii(text).lower() if text else None for text in reports["place_text"].to_pylist()],
        }
    )
    api = DuckDBAPI()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("given").configure(term_frequency_adjustments=True),
            cl.NameComparison("father").configure(term_frequency_adjustments=True),
            cl.NameComparison("family").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[block_on("given", "family"), block_on("family", "dob"), block_on("given", "dob")],
    )
    linker = Linker(api.register(table), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match([block_on("given", "family", "dob")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1, num_chunks=1)
    for rule in (block_on("dob"), block_on("given", "family")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=2e5)
    predicted = linker.inference.predict(threshold_match_probability=0.5)
    groups = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=0.9)
    rows = groups.as_pyarrow_table()  # type: ignore[no-untyped-call]
    found = dict(zip(rows["unique_id"].to_pylist(), rows["cluster_id"].to_pylist(), strict=True))
    return [str(found.get(at, at)) for at in range(len(reports))]


def link_fuzz(reports: pa.Table) -> list[str]:
    """Return people of RapidFuzz's token sort ratio over all pairs, connected at a ratio of 90."""
    from rapidfuzz import fuzz, process
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    names = [" ".join(sorted(" ".join(part for part in row if part).split())) for row in fold_names(reports)]
    left, right = [], []
    for start in range(0, len(names), 1000):
        scores = process.cdist(
            names[start : start + 1000], names, scorer=fuzz.ratio, score_cutoff=_RATIO, workers=2, dtype=np.uint8
        )
        rows, columns = np.nonzero(scores)
        left.append(rows + start)
        right.append(columns)
    pairs = np.concatenate(left), np.concatenate(right)
    _, groups = connected_components(coo_matrix((np.ones(len(pairs[0]), dtype=np.int8), pairs), shape=(len(names),) * 2))
    return [str(group) for group in groups]


def main(arguments: list[str] | None = None) -> None:
    """Link a file and write people."""
    how, source, target = arguments or sys.argv[1:]
    reports = pq.read_table(source)
    people = {"stock": link_stock, "fuzz": link_fuzz}[how](reports)
    pq.write_table(pa.table({"report_id": reports["report_id"], "person_id": people}), Path(target))


if __name__ == "__main__":
    main()
