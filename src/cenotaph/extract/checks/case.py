"""One document's claims with what ties them together and where they stand in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cenotaph.domain.claims import Claim
from cenotaph.text.layout import Unit, split_units


@dataclass
class Case:
    """The claims of one document.

    Parameters
    ----------
    claims
        In the order of the text.
    text
        The document; empty where only the claims are at hand, and then only their quotes are looked at.
    """

    claims: Sequence[Claim]
    text: str = ""
    _ancestors: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def units(self) -> list[Unit]:
        """Sentences, headings, items and rows of the text; furniture left out."""
        return [unit for unit in split_units(self.text) if unit.furniture is None]

    @cached_property
    def _starts(self) -> list[int]:
        return [unit.start for unit in self.units]

    def unit_of(self, claim: Claim) -> Unit | None:
        """Return the sentence, or what stands for one, that a claim's number is in."""
        at = bisect_right(self._starts, claim.number_start) - 1
        return self.units[at] if at >= 0 and claim.number_start < self.units[at].end else None

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
            while current is not None:
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
