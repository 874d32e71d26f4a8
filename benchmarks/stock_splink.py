"""Splink as it comes, on the same tables: ``python -m benchmarks.stock_splink REPORTS.parquet --out PEOPLE.parquet``.

What somebody who knows Splink would do in an afternoon: names folded to ASCII and split, patronymics split off by their
endings, dates read, a missing birth taken from the age, Splink's own comparisons of names and dates with term frequencies, usual
blocking rules, training as its tutorial has it, connected components at a probability. With ``--truth TRUTH.parquet`` it also
says how good that is, by the same measures as ours.
"""

from __future__ import annotations

import argparse
import logging
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_PATRONYMIC = re.compile(r"(?:ovich|evich|ich|ovna|evna|ichna|ogly|uly|ugli|zoda|owic|ovic|evic)$")
THRESHOLD = 0.95
_MANY = 200_000
_MONTHS = (
    "jan yanv",
    "feb fevr",
    "mar",
    "apr",
    "may maya",
    "jun iyun",
    "jul iyul",
    "aug avg",
    "sep sent",
    "oct okt",
    "nov noyab",
    "dec dek",
)


def split_names(reports: pa.Table) -> pa.Table:
    """Return ``unique_id, given, patronymic, family, dob, place, region, death``: folded, null where empty."""
    import pyarrow as pa
    from anyascii import anyascii

    def fold(text: str | None) -> str | None:
        return re.sub(r"[^a-z ]+", "", anyascii(text).lower().replace("-", " ")).strip() or None if text else None

    rows = []
    names = ("report_id", "name_full", "name_given", "name_family", "name_patronymic", "birth_date_text", "age", "published_on",
             "death_date_text", "place_text", "region")  # fmt: skip
    for row in reports.select([name for name in names if name in reports.column_names]).to_pylist():
        given, family, father = (fold(row.get(name)) for name in ("name_given", "name_family", "name_patronymic"))
        words = (fold(row.get("name_full")) or "").split()
        if words and not given:
            fathers = [word for word in words[1:] if _PATRONYMIC.search(word)]
            father = fathers[0] if fathers else None
            rest = [word for word in words if word != father]
            # Given, patronymic, family or family, given, patronymic.
            first = bool(father) and words.index(str(father)) == len(words) - 1
            given, family = (rest[-1], rest[0]) if first or len(rest) == 1 else (rest[0], rest[-1])
        rows.append(
            {
                "unique_id": row["report_id"],
                "given": given,
                "patronymic": father,
                "family": family,
                "dob": _date(row.get("birth_date_text")),
                "year": _born(row),
                "death": _date(row.get("death_date_text")),
                "place": fold(row.get("place_text")),
                "region": fold(row.get("region")),
            }
        )
    text = pa.string()
    return pa.Table.from_pylist(rows, pa.schema([(name, text) for name in rows[0]]))


def _date(text: str | None) -> str | None:
    """Return a day as ISO 8601, else nothing."""
    from anyascii import anyascii

    words = re.findall(r"\d+|[a-z]+", anyascii(text or "").lower())
    months = [at for at, begins in enumerate(_MONTHS, start=1) if any(word.startswith(tuple(begins.split())) for word in words)]
    numbers = [int(word) for word in words if word.isdigit()]
    year = next((number for number in numbers if 1900 <= number <= 2030), None)
    rest = [number for number in numbers if number != year]
    if year is None or len(rest) + bool(months) < 2:
        return None
    if months:
        month, day = months[0], rest[0]
    else:
        month, day = rest[:2] if numbers[0] == year else (rest[1], rest[0])
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _born(row: dict[str, Any]) -> str | None:
    """Return the year of birth by the date or the age."""
    if found := re.search(r"(19|20)\d\d", row.get("birth_date_text") or ""):
        return found[0]
    age, published = row.get("age"), row.get("published_on")
    return str(int(published[:4]) - int(age)) if age is not None and published else None


def link(reports: pa.Table, seed: int = 1, threshold: float = THRESHOLD) -> pa.Table:
    """Return ``report_id, person_id`` as Splink's own comparisons give them."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI()
    frame = api.register(split_names(reports))
    rules: list[Any] = [
        block_on("given", "family", "dob"),
        block_on("family", "dob"),
        block_on("given", "dob"),
        block_on("given", "patronymic", "family"),
        block_on("given", "family", "year"),
        block_on("given", "family", "region"),
        block_on("given", "family", "death"),
        block_on("family", "place", "death"),
    ]
    if len(reports) < _MANY:
        rules.append(block_on("given", "family"))
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("given"),
            cl.NameComparison("family"),
            cl.JaroWinklerAtThresholds("patronymic", [0.92]),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.LevenshteinAtThresholds("year", 1),
            cl.ExactMatch("death"),
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("region"),
        ],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = Linker(frame, settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("given", "family", "dob")], recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=seed)
    training.estimate_parameters_using_expectation_maximisation(block_on("given", "family"), max_pairs=1e6)
    training.estimate_parameters_using_expectation_maximisation(block_on("dob"), max_pairs=1e6)
    predicted = linker.inference.predict(threshold_match_probability=threshold)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=threshold)
    table: pa.Table = clusters.as_pyarrow_table()  # type: ignore[no-untyped-call]
    return table.select(["unique_id", "cluster_id"]).rename_columns(["report_id", "person_id"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Link a file as stock Splink does, and measure it where the truth is known."""
    import pyarrow.parquet as pq

    parser = argparse.ArgumentParser(prog="python -m benchmarks.stock_splink", description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--out", type=Path, help="write people here")
    parser.add_argument("--truth", type=Path, help="measure against this")
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    chosen = parser.parse_args(arguments)
    reports = pq.read_table(chosen.reports)
    begun = time.perf_counter()
    people = link(reports, threshold=chosen.threshold)
    print(f"{len(reports):,} reports in {time.perf_counter() - begun:.1f} s")
    if chosen.out:
        pq.write_table(people, chosen.out)
    if chosen.truth:
        from cenotaph.link.evaluating import evaluate

        found = evaluate(people, pq.read_table(chosen.truth), reports=reports, resamples=200)
        for name in ("precision", "recall", "f1", "cubed_f1", "exact", "count_error"):
            measure = getattr(found, name)
            print(f"{name:16} {measure.value:.4f} ({measure.low:.4f} to {measure.high:.4f})")
        print(f"largest group {found.largest:,} reports on {found.largest_people:,} people")
        for stratum in found.strata:
            if stratum.by in ("script", "family", "twin", "namesake"):
                print(f"{stratum.by:10} {stratum.name:14} {stratum.pairs:>10,} {stratum.precision} {stratum.recall} {stratum.f1}")


if __name__ == "__main__":
    main()
