"""Splink's 50,578 records of historical people through Splink, with our name columns in place of its stock name comparisons.

The records are of a kind that ``link table`` is not made for: names, days and postcodes were mutilated at random, so that a birth
date that contradicts is no contradiction. What is measured is what the name columns are worth to Splink by themselves.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

LEAST_WEIGHT = 4.0
"""Match weight (log2 of the odds, prior included) from which two records are joined: 16 to 1."""


def read_records(path: Path) -> tuple[pa.Table, list[str]]:
    """Return the records with name columns, and the person of each."""
    from cenotaph.names.columns import name_columns

    table = pq.read_table(path)
    names = name_columns(pa.table({"name_given": table["first_name"], "name_family": table["surname"]}))
    postcode = table["postcode_fake"]
    records = pa.table(
        {
            "unique_id": table["unique_id"],
            "given": names["given_fold"],
            "family": names["family_fold"],
            "given_key": names["given_key"],
            "family_key": names["family_key"],
            "given_formal": names["given_formal_key"],
            "dob": table["dob"],
            "place": table["birth_place"],
            "postcode": postcode,
            "area": pc.utf8_slice_codeunits(postcode, 0, 3),
            "outward": pc.list_element(pc.split_pattern(postcode, " "), 0),
            "occupation": table["occupation"],
        }
    )
    return records, table["cluster"].to_pylist()


def make_settings() -> Any:
    """Return Splink's settings."""
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import SettingsCreator, block_on

    def compare(column: str, *levels: tuple[str, str], frequent: bool = False) -> Any:
        between = [cll.CustomLevel(sql, label) for sql, label in levels]
        same = cll.ExactMatchLevel(column, term_frequency_adjustments=frequent)
        return cl.CustomComparison(
            output_column_name=column, comparison_levels=[cll.NullLevel(column), same, *between, cll.ElseLevel()]
        )

    def near(column: str, most: int) -> tuple[str, str]:
        return f"levenshtein({column}_l, {column}_r) <= {most}", f"within {most}"

    def alike(column: str, least: float) -> tuple[str, str]:
        return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}", "alike"

    def same(column: str) -> tuple[str, str]:
        return f"{column}_l = {column}_r", f"same {column}"

    held = "contains(place_l, place_r) or contains(place_r, place_l)"
    blocks = (
        ("given_formal", "family_key"),
        ("family", "dob"),
        ("given", "dob"),
        ("postcode", "given"),
        ("postcode", "family"),
        ("postcode", "dob"),
        ("dob", "place"),
        ("dob", "occupation"),
        ("area", "dob"),
        ("area", "family"),
        ("area", "given", "occupation"),
        ("place", "family_key"),
        ("outward", "given"),
    )
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare("given", near("given", 1), same("given_formal"), same("given_key"), alike("given", 0.85), frequent=True),
            compare("family", near("family", 1), same("family_key"), alike("family", 0.85), frequent=True),
            compare("dob", near("dob", 1), near("dob", 2), ("substr(dob_l, 1, 4) = substr(dob_r, 1, 4)", "year"), frequent=True),
            compare("postcode", same("outward"), same("area")),
            compare("place", (f"{alike('place', 0.8)[0]} or {held}", "alike"), frequent=True),
            compare("occupation", frequent=True),
        ],
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in blocks],
        additional_columns_to_retain=["area", "outward"],
    )


def link_records(records: pa.Table, seed: int) -> list[int]:
    """Return the group of every record: records joined by a pair of enough weight, and theirs."""
    import duckdb
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from splink import DuckDBAPI, Linker, block_on

    database = DuckDBAPI(duckdb.connect())
    linker = Linker(database.register(records, table_name="records"), make_settings(), log_level=logging.ERROR)
    training = linker.training
    sure = [block_on("given", "family", "dob"), block_on("family", "postcode", "dob")]
    training.estimate_probability_two_random_records_match(sure, recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=seed)
    training.estimate_parameters_using_expectation_maximisation(block_on("given", "family"), max_pairs=2e5)
    training.estimate_parameters_using_expectation_maximisation(block_on("dob"), max_pairs=2e5)
    edges = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT).as_pyarrow_table()
    row = {record: number for number, record in enumerate(records["unique_id"].to_pylist())}
    left, right = ([row[record] for record in edges[f"unique_id_{side}"].to_pylist()] for side in "lr")
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(len(row), len(row)))
    groups: list[int] = connected_components(graph, directed=False)[1].tolist()
    return groups
