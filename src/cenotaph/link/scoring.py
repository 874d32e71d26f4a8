"""Candidate pairs and their weights: Splink's prediction with a model, blocks and frequencies."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from cenotaph.link.blocking import rules_sql
from cenotaph.link.frequencies import register_frequencies
from cenotaph.link.model import Model, make_settings, with_prior

if TYPE_CHECKING:
    import duckdb
    import numpy as np
    import pyarrow as pa
    from splink import DuckDBAPI, SplinkDataFrame

LEAST_WEIGHT = -12.0
"""Log2 of the odds below which a pair is no candidate; what lies between it and nought still speaks against joining groups."""


class Pairs(NamedTuple):
    """Compared pairs: row numbers, weight (log2 of the likelihood ratio, without the prior), and the levels of agreement."""

    left: np.ndarray[tuple[int], np.dtype[np.int32]]
    right: np.ndarray[tuple[int], np.dtype[np.int32]]
    ratio: np.ndarray[tuple[int], np.dtype[np.float64]]
    levels: pa.Table


def score(
    api: DuckDBAPI,
    reports: SplinkDataFrame,
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    frequencies: dict[str, pa.Table],
) -> Pairs:
    """Return every candidate pair with its weight, ordered by row numbers."""
    import numpy as np
    from splink import Linker

    linker = Linker(reports, make_settings(with_prior(model, 0.5), rules_sql()), log_level=logging.ERROR)
    register_frequencies(api, linker, frequencies)
    predicted = linker.inference.predict()
    found = connection.sql(
        f"SELECT least(row_l, row_r) AS l, greatest(row_l, row_r) AS r, match_weight FROM {predicted.physical_name} ORDER BY l, r"
    ).to_arrow_table()
    left, right, weight = (found[name].to_numpy() for name in ("l", "r", "match_weight"))
    predicted.drop_table_from_database_and_remove_from_cache()
    return Pairs(left.astype(np.int32), right.astype(np.int32), weight.astype(np.float64), found.select([]))
