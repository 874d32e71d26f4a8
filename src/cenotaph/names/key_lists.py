"""Keys of several parts of names as one list for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.names.keys import WordKeys

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Ints = npt.NDArray[np.int32]


class KeyLists:
    """Keys of several parts of each row, as numbers that sort as the keys do."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.parts: list[tuple[Ints, list[WordKeys]]] = []

    def add(self, at: Ints, layer: list[WordKeys]) -> None:
        """Add a part: where its word stands in the vocabulary, and the vocabulary's keys in that part."""
        if (at >= 0).any():
            self.parts.append((at, layer))

    def lists(self, *, sort: bool) -> pa.ListArray:
        """Return the keys of each row as a list, null where there are none."""
        import numpy as np
        import pyarrow as pa

        if not self.parts:
            return pa.nulls(self.rows, pa.list_(pa.string()))
        layers = {id(layer): layer for _, layer in self.parts}
        distinct = sorted({key for layer in layers.values() for _, _, key in layer if key})
        none = len(distinct)
        number: dict[str | None, int] = {key: rank for rank, key in enumerate(distinct)}
        number[None] = none
        ranks_of = {
            name: np.array([*(number[key] for _, _, key in layer), none], dtype=np.int32) for name, layer in layers.items()
        }
        matrix = np.empty((self.rows, len(self.parts)), dtype=np.int32)
        for column, (at, layer) in enumerate(self.parts):
            matrix[:, column] = ranks_of[id(layer)][at]
        if sort:
            matrix.sort(axis=1)
        filled = matrix < none
        counts = filled.sum(axis=1, dtype=np.int32)
        offsets = np.zeros(self.rows + 1, dtype=np.int32)
        np.cumsum(counts, out=offsets[1:])
        values = pa.array(distinct, pa.string()).take(pa.array(matrix[filled]))
        mask = counts == 0
        return pa.ListArray.from_arrays(pa.array(offsets), values, mask=pa.array(mask))
