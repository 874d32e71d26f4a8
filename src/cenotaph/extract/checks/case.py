"""One document's claims with what ties them together and where they stand in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cenotaph.domain.claims import Claim
from cenotaph.text.layout import Unit, split_units

_DEEPEST = 100  # Parts of parts that are followed.


@dataclass
class Case:
    """The claims of one document.

    Parameters
    ----------
    claims
        In the order of the text.
    text
        The document; empty where only the claims are at hand, and then only their quotes are looked at.
    first
        Whether the claims begin with the document's first.
    known_units
        The sentences that the claims stand in, where the text was cut already.
    """

    claims: Sequence[Claim]
    text: str = ""
    first: bool = True
    known_units: Sequence[Unit] | None = None
    _ancestors: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def units(self) -> Sequence[Unit]:
        """Sentences, headings, items and rows of the text; furniture left out."""
        if self.known_units is not None:
            return self.known_units
        return [unit for unit in split_units(self.text) if unit.furniture is None]

    @cached_property
    def _starts(self) -> list[int]:
        return [unit.start for unit in self.units]

    @cached_property
    def wholes(self) -> frozenset[str]:
        """Ids of the claims that others, of other people, are parts of."""
        found: set[str] = set()
        for claim in self.claims:
            found |= {i for i in self.ancestors(claim) if self.by_id[i].nationality != claim.nationality}
        return frozenset(found)

    def split(self, size: int) -> Iterator[Case]:
        """Yield cases of up to so many claims each, in the order of the text: what costs pairs of claims stays bounded."""
        if len(self.claims) <= size:
            yield self
            return
        for at in range(0, len(self.claims), size):
            part = self.claims[at : at + size]
            begin = bisect_right(self._starts, part[0].number_start) - 1 if at else 0
            end = bisect_right(self._starts, part[-1].number_start)
            yield Case(part, self.text, at == 0, self.units[max(begin, 0) : end])

    def unit_of(self, claim: Claim) -> Unit | None:
        """Return the sentence, or what stands for one, that a claim's number is in."""
        at = bisect_right(self._starts, claim.number_start) - 1
        return self.units[at] if at >= 0 and claim.number_start < self.units[at].end else None

    def index_of(self, claim: Claim) -> int:
        """Return the place of a claim's sentence among the sentences."""
        return bisect_right(self._starts, claim.number_start) - 1

    def origin(self, claim: Claim) -> Claim:
        """Return the first claim that this one repeats, or itself."""
        seen = {claim.id}
        while claim.repeat_of in self.by_id and claim.repeat_of not in seen:
            claim = self.by_id[claim.repeat_of]
            seen.add(claim.id)
        return claim

    def whole_of(self, claim: Claim) -> Claim | None:
        """Return the claim that this one is a part of, as it was first made."""
        whole = self.by_id.get(claim.subset_of or "")
        return self.origin(whole) if whole is not None else None

    def ancestors(self, claim: Claim) -> frozenset[str]:
        """Return the ids of everything that a claim is a part of, and what that repeats."""
        if claim.id not in self._ancestors:
            found: set[str] = set()
            current: Claim | None = claim
            while current is not None and len(found) < _DEEPEST:
                whole = self.by_id.get(current.subset_of or "")
                if whole is None:
                    origin = self.origin(current)
                    whole = self.by_id.get(origin.subset_of or "") if origin is not current else None
                if whole is None or whole.id in found:
                    break
                found |= {whole.id, self.origin(whole).id}
                current = whole
            self._ancestors[claim.id] = frozenset(found)
        return self._ancestors[claim.id]

    def related(self, first: Claim, second: Claim) -> bool:
        """Tell whether one is a part of the other, or repeats it."""
        if self.origin(first).id == self.origin(second).id:
            return True
        return self.origin(second).id in self.ancestors(first) or self.origin(first).id in self.ancestors(second)
