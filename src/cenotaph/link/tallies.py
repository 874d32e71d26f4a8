"""Reports as numbers: where ids lie in another table, values as codes, and people against groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cenotaph.domain.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

Codes = npt.NDArray[np.int64]


def locate(ids: pa.Array, among: pa.ChunkedArray, what: str, where: str) -> Codes:
    """Return the rows of ids in another column."""
    import pyarrow.compute as pc

    found = pc.index_in(ids, among.combine_chunks())
    if found.null_count:
        missing = ids.filter(pc.is_null(found))[0].as_py()
        raise InputError(
            f"The report {str(missing)[:80]!r} of the {what} is not among the {where}.", "Give tables of the same reports."
        )
    for column in (ids, among):
        if pc.count_distinct(column).as_py() != len(column):
            raise InputError(f"A report stands twice in the {what if column is ids else where}.", "Give each report one row.")
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def encode(column: pa.ChunkedArray) -> tuple[Codes, list[str]]:
    """Return numbers for the values of a column, from nought on, and the values."""
    encoded = column.combine_chunks() if hasattr(column, "combine_chunks") else column
    if str(encoded.type).startswith("dictionary"):
        encoded = encoded.cast("string")
    encoded = encoded.dictionary_encode()
    return encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary.to_pylist()


def cells(person: Codes, group: Codes) -> tuple[npt.NDArray[np.int64], Codes, Codes, Codes]:
    """Return the cells of the table of people by groups: (person, group), the cell of each report, reports in each, and so on."""
    keys = person * (int(group.max(initial=0)) + 1) + group
    unique, cell, inside = np.unique(keys, return_inverse=True, return_counts=True)
    width = int(group.max(initial=0)) + 1
    return np.stack([unique // width, unique % width], axis=1), cell, inside, keys
