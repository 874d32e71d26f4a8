"""Candidate pairs and their weights: what Splink's prediction gives with a model, blocks and frequencies, in less time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numba
import numpy as np

from cenotaph.link.agreeing import Agreement
from cenotaph.link.comparisons import Comparison, list_comparisons
from cenotaph.link.levels import FIELDS

if TYPE_CHECKING:
    import duckdb
    import numpy.typing as npt
    import pyarrow as pa

    from cenotaph.link.model import Model

    Rows = npt.NDArray[np.int32]
    Weights = npt.NDArray[np.float64]
    Levels = npt.NDArray[np.int8]


class Pairs(NamedTuple):
    """Compared pairs: rows, log2 of the likelihood ratio (the weight without the prior), and what of it is contradictions."""

    left: Rows
    right: Rows
    ratio: Weights
    against: npt.NDArray[np.float32]


def read_agreement(connection: duckdb.DuckDBPyConnection, prepared: pa.Table, model: Model) -> Agreement:
    """Return prepared reports as levels are found on; of a model only what it compares counts, and no number."""
    return Agreement(connection, prepared, list_comparisons(model))


def score(
    agreement: Agreement,
    prepared: pa.Table,
    candidates: Iterable[tuple[Rows, Rows]],
    model: Model,
    frequencies: dict[str, pa.Table],
) -> Pairs:
    """Return candidate pairs with their weights.

    Parameters
    ----------
    agreement
        The same reports as :func:`read_agreement` gives them.
    prepared
        What is compared of every report, the columns of :func:`cenotaph.link.blocking.together_sql` among them.
    candidates
        Places of reports in that table, parts of all pairs.
    model, frequencies
        The numbers: of levels, and of values.
    """
    comparisons = list_comparisons(model)
    shares = {name: read_shares(prepared[name], name, table) for name, table in frequencies.items()}
    rows = prepared["row"].to_numpy()
    found = [no_pairs()]
    for left, right in candidates:
        levels = agreement.find_levels(left, right)
        ratio = weigh(comparisons, levels, shares, left, right)
        found.append(Pairs(rows[left], rows[right], ratio, count_against(comparisons, levels)))
    return Pairs(*(np.concatenate(values) for values in zip(*found, strict=True)))


def no_pairs() -> Pairs:
    """Return no pairs at all."""
    return Pairs(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0), np.zeros(0, np.float32))


def read_shares(values: pa.ChunkedArray, name: str, table: pa.Table) -> Weights:
    """Return the share of strangers' reports with each row's value; NaN where it has none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    at = pc.index_in(values.combine_chunks(), table[name].combine_chunks())
    share = pc.fill_null(table[f"tf_{name}"].combine_chunks().cast(pa.float64()).take(at), np.nan)
    return np.asarray(share.to_numpy(zero_copy_only=False), np.float64)


def weigh(
    comparisons: tuple[Comparison, ...], levels: list[Levels], shares: dict[str, Weights], left: Rows, right: Rows
) -> Weights:
    """Return the sum of what every comparison says, in bits, in the order in which Splink adds it up."""
    weight = np.zeros(len(left))
    for comparison, level in zip(comparisons, levels, strict=True):
        base = np.array([*(np.log2(found.m / found.u) for found in comparison.levels), 0.0])
        adjusted = np.array([found.frequency is not None for found in comparison.levels])
        _add(weight, level, base)
        for at in np.flatnonzero(adjusted).tolist():
            found = comparison.levels[at]
            _adjust(weight, level, np.int8(at), np.log2(found.u), shares[str(found.frequency)], left, right)
    return weight


def count_against(comparisons: tuple[Comparison, ...], levels: list[Levels]) -> npt.NDArray[np.float32]:
    """Return what fields say against a pair, in bits, nought or less: that much of the weight is contradiction, not silence."""
    against = np.zeros(len(levels[0]), np.float32)
    fields = {field.name for field in FIELDS}
    for comparison, level in zip(comparisons, levels, strict=True):
        if comparison.name in fields:
            base = np.array([*(min(0.0, np.log2(found.m / found.u)) for found in comparison.levels), 0.0], np.float32)
            _add(against, level, base)
    return against


@numba.njit(cache=True, nogil=True)
def _add(weight, level, base):  # type: ignore[no-untyped-def]
    for at in range(len(level)):
        weight[at] += base[level[at]]  # -1, nothing told, is the last, nought.


@numba.njit(cache=True, nogil=True)
def _adjust(weight, level, wanted, usual, share, left, right):  # type: ignore[no-untyped-def]
    """Put the frequency of the value, of the more frequent one, in the place of ``u``."""
    for at in range(len(level)):
        if level[at] == wanted:
            one, other = share[left[at]], share[right[at]]
            if np.isnan(one):
                one = other
            if np.isnan(other):
                other = one
            if not np.isnan(one):
                weight[at] += usual - np.log2(max(one, other))
