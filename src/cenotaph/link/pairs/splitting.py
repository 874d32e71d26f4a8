"""A list's names split at white space at once, so that whatever a word alone decides is asked once for each distinct word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Split:
    """The words of texts.

    Parameters
    ----------
    distinct
        The distinct words as they stand.
    codes
        The number of every word, texts one after the other.
    starts
        Where the words of each text begin, and where the last one's end.
    """

    distinct: list[str]
    codes: Array
    starts: Array

    def count(self, tell: Callable[[str], bool]) -> Array:
        """Return how many words of each text are of a kind; each distinct word is asked for once."""
        import numpy as np

        return self.add(np.fromiter(map(tell, self.distinct), dtype=bool, count=len(self.distinct)))

    def add(self, of_word: Array) -> Array:
        """Return how many words of each text are marked."""
        import numpy as np

        total = np.concatenate([[0], np.cumsum(of_word[self.codes])])
        found: Array = total[self.starts[1:]] - total[self.starts[:-1]]
        return found


def split_texts(texts: Sequence[str | None]) -> Split:
    """Split texts at white space; a text that is None has no words."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    lists = pc.utf8_split_whitespace(pc.fill_null(pa.array(texts, pa.string()), ""))
    starts = lists.offsets.to_numpy().astype(np.int64)
    words = lists.flatten()
    filled = pc.greater(pc.binary_length(words), 0).to_numpy(zero_copy_only=False)
    if not filled.all():
        starts = np.concatenate([[0], np.cumsum(filled)])[starts]
        words = words.filter(pa.array(filled))
    encoded = words.dictionary_encode()
    return Split(encoded.dictionary.to_pylist(), encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), starts)
