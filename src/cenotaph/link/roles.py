"""Which of two names is the given one, where a report does not show it: what the other reports of the table use the words for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

_UNSEEN = 0.3
_SURE = 1.0
"""Natural log of the odds from which the two change places."""


def settle_roles(names: pa.Table) -> pa.Table:
    """Return names with given and family name exchanged where the order is in doubt and the table's other names speak against it.

    Parameters
    ----------
    names
        Columns of :func:`cenotaph.names.columns.name_columns`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    doubt = pc.fill_null(names["order_doubt"], False).to_numpy().astype(bool)
    if not doubt.any():
        return names
    keys = (
        pa.chunked_array([*names["given_key"].chunks, *names["family_key"].chunks], pa.string())
        .combine_chunks()
        .dictionary_encode()
    )
    codes = keys.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    given, family = codes[: len(names)], codes[len(names) :]
    both = (given >= 0) & (family >= 0)
    size = len(keys.dictionary) + 1
    as_given = np.bincount(given[both & ~doubt], minlength=size) + _UNSEEN
    as_family = np.bincount(family[both & ~doubt], minlength=size) + _UNSEEN
    odds = np.log(as_given) - np.log(as_family)
    swap = pa.array(both & doubt & (odds[given] - odds[family] < -_SURE))
    columns = {name: names[name] for name in names.column_names}
    for layer in ("key", "fold", "letters"):
        one, two = columns[f"given_{layer}"], columns[f"family_{layer}"]
        columns[f"given_{layer}"] = pc.if_else(swap, two, one)
        columns[f"family_{layer}"] = pc.if_else(swap, one, two)
    columns["given_formal_key"] = pc.if_else(swap, columns["given_key"], columns["given_formal_key"])
    return pa.table(columns)
