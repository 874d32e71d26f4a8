"""The distinct words of a table of names, each read once and numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.names.keys import key_word
from cenotaph.names.units import Unit, UnitFacts, read_unit

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int32]

_SCRIPTS = {"": 0, "Latn": 1, "Cyrl": 2, "Arab": 3, "Pers": 3, "Deva": 4, "other": 5, "mixed": 6}


class Vocabulary:
    """The distinct words of a table, numbered as they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.units: list[Unit] = []
        self.facts: list[int] = []
        self.scripts: list[int] = []
        self.distinct_facts: dict[UnitFacts, int] = {}
        self._known: dict[int, tuple[int, int]] = {}  # By the identity of facts, which read_unit keeps one of each of.

    def number(self, text: str) -> int:
        """Return the number of a word."""
        found = self.numbers.get(text)
        return self._add(text, read_unit(text)) if found is None else found

    def _add(self, text: str, unit: Unit) -> int:
        found = self.numbers[text] = len(self.units)
        self.units.append(unit)
        known = self._known.get(id(unit.facts))
        if known is None:
            code = self.distinct_facts.setdefault(unit.facts, len(self.distinct_facts))
            script = 0 if len(unit.facts.kind) == 1 else _SCRIPTS[unit.facts.script]
            known = self._known[id(unit.facts)] = (code, script)
        self.facts.append(known[0])
        self.scripts.append(known[1])
        return found

    def join_givens(self, one: Ints, other: Ints) -> Ints:
        """Return the given names' numbers, those of two words taken together."""
        import numpy as np

        both = (one >= 0) & (other >= 0)
        if not both.any():
            return one
        texts = {number: text for text, number in self.numbers.items()}
        pairs = one[both].astype(np.int64) * (1 << 31) + other[both]
        distinct, of_row = np.unique(pairs, return_inverse=True)
        joined = []
        for pair in distinct.tolist():
            text = texts[pair >> 31] + texts[pair & ((1 << 31) - 1)]
            number = self.numbers.get(text)
            if number is None:
                number = self._add(text, read_unit(texts[pair >> 31])._replace(keys=key_word(text)))
            joined.append(number)
        found = one.copy()
        found[both] = np.array(joined, dtype=np.int32)[of_row]
        return found
