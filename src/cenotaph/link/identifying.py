"""How much a report says of who somebody is: bits against a stranger, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cenotaph.link.model import Model

if TYPE_CHECKING:
    import pyarrow as pa

    Weights = np.ndarray[tuple[int], np.dtype[np.float64]]

_PER_PERSON = 2.0


def bits(prepared: pa.Table, model: Model) -> Weights:
    """Return log2 of the likelihood ratio that an identical report would have: name, birth, death and place."""
    out = np.zeros(len(prepared))
    for part in ("given", "father", "family"):
        out += _rarity(prepared, f"{part}_key")
    out += _rarity(prepared, "place_key")
    width = _width(prepared, "birth")
    u = model.u["birth"]
    out += np.select([width == 0, width <= 40, width <= 800], [-np.log2(u[0]), -np.log2(u[2]), -np.log2(u[3])], 0.0)
    width = _width(prepared, "death")
    u = model.u["death"]
    out += np.select([width == 0, width <= 40], [-np.log2(u[0]), -np.log2(u[2])], 0.0)
    return out - _stock(prepared, model)


def _stock(prepared: pa.Table, model: Model) -> Weights:
    """Return what is taken off since parts of a name come from one stock."""
    whole = prepared["given_key"].is_valid().to_numpy(zero_copy_only=False) & prepared["family_key"].is_valid().to_numpy(
        zero_copy_only=False
    )
    father = prepared["father_key"].is_valid().to_numpy(zero_copy_only=False)
    return np.select([whole & father, whole], [3.0, 1.5], 0.0)


def _rarity(prepared: pa.Table, column: str) -> Weights:
    """Return -log2 of the frequency of every row's value, nought where there is none."""
    array = prepared[column].combine_chunks()
    if not len(array):
        return np.zeros(0)
    encoded = array.dictionary_encode()
    at = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    counts = np.bincount(at[at >= 0], minlength=len(encoded.dictionary) + 1).astype(np.float64)
    share = (np.maximum(counts / _PER_PERSON - 1, 0) + 0.3) * _PER_PERSON / max(counts.sum(), 1.0)
    return np.where(at >= 0, -np.log2(np.minimum(share, 1.0))[at], 0.0)


def _width(prepared: pa.Table, what: str) -> Weights:
    """Return the days that an interval is wide; infinity where it is not told or open."""
    import pyarrow.compute as pc

    width = pc.subtract(prepared[f"{what}_high"].cast("int64"), prepared[f"{what}_low"].cast("int64"))
    return np.asarray(pc.fill_null(width.cast("float64"), np.inf).to_numpy(), dtype=np.float64)
