"""How much a report says of who somebody is: bits against a stranger, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cenotaph.link.model import Model
from cenotaph.names.keys import WordKeys
from cenotaph.names.rates import WORLD

if TYPE_CHECKING:
    import pyarrow as pa

    Weights = np.ndarray[tuple[int], np.dtype[np.float64]]

_PER_PERSON, _UNSEEN = 2.0, 0.3
WORLD_REPORTS, WORLD_PEOPLE = 1_000, 1_000_000
"""What is known of names anywhere counts as so many reports beside a table's own, and among so many people a common name is then
looked for: a table of ten rows says neither how common a name is nor among how many its bearer is to be found."""
_LEARNT = 100
"""That many times as many reports say all there is to be known of names."""
_TELLING_KEY = 3


def say(prepared: pa.Table, model: Model) -> Weights:
    """Return for every report the log2 odds that another report that says exactly the same would be about the same person.

    Below nought it says too little to be anybody's in particular: a common name and no more.
    """
    prior, trust = model.prior, len(prepared) / (len(prepared) + WORLD_REPORTS)
    odds = trust * np.log2(prior / (1 - prior)) - (1 - trust) * np.log2(WORLD_PEOPLE)
    return np.asarray(bits(prepared, model) + odds, dtype=np.float64)


def cap_bare(prepared: pa.Table, said: Weights) -> Weights:
    """Return the most that a pair with each report can weigh: what it says, where that is a name alone and the table is too small
    to say how common that is; else no bound."""
    if len(prepared) >= WORLD_REPORTS:
        return np.full(len(prepared), np.inf)
    told = np.zeros(len(prepared), bool)
    for name in ("birth_low", "birth_high", "place_key", "unit_key"):
        told |= prepared[name].is_valid().to_numpy(zero_copy_only=False)
    told |= prepared["death_kind"].to_numpy() != 0
    return np.where(told, np.inf, said)


def bits(prepared: pa.Table, model: Model) -> Weights:
    """Return log2 of the likelihood ratio that an identical report would have: name, birth, death and place."""
    out = np.zeros(len(prepared))
    for part in ("given", "father", "family"):
        out += _rarity(prepared, f"{part}_key", part)
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


def _rarity(prepared: pa.Table, column: str, part: str | None = None) -> Weights:
    """Return -log2 of the frequency of every row's value, nought where there is none; of a part of a name, anywhere besides."""
    array = prepared[column].combine_chunks()
    if not len(array):
        return np.zeros(0)
    encoded = array.dictionary_encode()
    at = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    counts = np.bincount(at[at >= 0], minlength=len(encoded.dictionary) + 1).astype(np.float64)
    whole, unseen = max(counts.sum(), 1.0), _UNSEEN
    anywhere: Weights | float = 0.0
    if part and len(prepared) < _LEARNT * WORLD_REPORTS:
        unseen *= whole / (whole + WORLD_REPORTS)  # What is known of names anywhere takes the place of what was not seen.
        anywhere, whole = WORLD_REPORTS * _share_anywhere(prepared, part), whole + WORLD_REPORTS
    own = ((np.maximum(counts / _PER_PERSON - 1, 0) + unseen) * _PER_PERSON)[at] + anywhere
    return np.where(at >= 0, -np.log2(np.minimum(own / whole, 1.0)), 0.0)


def _share_anywhere(prepared: pa.Table, part: str) -> Weights:
    """Return how common every row's part of a name is where it is commonest; a short key is many names', its spelling one."""
    import pyarrow.compute as pc

    layers = [pc.fill_null(prepared[f"{part}_{layer}"].combine_chunks(), "") for layer in ("key", "fold", "letters")]
    encoded = pc.binary_join_element_wise(*layers, "\x1f").dictionary_encode()
    shares = []
    for text in encoded.dictionary.to_pylist():
        key, fold, letters = text.split("\x1f")
        share = max(WORLD.exact(part, WordKeys(spelling, fold, key)) for spelling in (letters, fold))
        shares.append(max(share, WORLD.same_key(part, key)) if len(key) >= _TELLING_KEY else share)
    return np.asarray(np.array(shares)[encoded.indices.to_numpy()], dtype=np.float64)


def _width(prepared: pa.Table, what: str) -> Weights:
    """Return the days that an interval is wide; infinity where it is not told or open."""
    import pyarrow.compute as pc

    width = pc.subtract(prepared[f"{what}_high"].cast("int64"), prepared[f"{what}_low"].cast("int64"))
    return np.asarray(pc.fill_null(width.cast("float64"), np.inf).to_numpy(), dtype=np.float64)
