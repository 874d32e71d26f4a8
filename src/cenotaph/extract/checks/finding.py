"""What a check finds: its kind, the claims it is about, words that explain it, and how certain it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cenotaph.domain.claims import Claim


class FindingType(StrEnum):
    """What was found."""

    RANK_ORDER = "rank_order"
    SUBSET_EXCEEDS = "subset_exceeds"
    TOTAL_VS_PARTS = "total_vs_parts"
    HEADLINE_VS_BODY = "headline_vs_body"
    TWO_SOURCES_DIFFER = "two_sources_differ"
    SELF_CONTRADICTION = "self_contradiction"
    SCOPE_UNCLEAR = "scope_unclear"
    UNDEFINED_SCOPE = "undefined_scope"
    CASUALTIES_OPEN = "casualties_open"
    TWO_SPEAKERS = "two_speakers"
    WENT_DOWN = "went_down"


# These cannot all be true; the others are questions that the text leaves open.
CONTRADICTIONS = frozenset(
    {
        FindingType.RANK_ORDER,
        FindingType.SUBSET_EXCEEDS,
        FindingType.TOTAL_VS_PARTS,
        FindingType.HEADLINE_VS_BODY,
        FindingType.TWO_SOURCES_DIFFER,
        FindingType.SELF_CONTRADICTION,
        FindingType.WENT_DOWN,
    }
)


class Certainty(StrEnum):
    """How far the words alone carry a finding."""

    CERTAIN = "certain"  # the bounds, or the text's own words, leave no other reading
    LIKELY = "likely"  # a rounded number or a read field would have to be well off
    POSSIBLE = "possible"  # another reading is open: for a person to look at


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    Parameters
    ----------
    type
        What kind.
    claims
        The claims it is about, in the order of the text.
    words
        What is wrong or open, in a sentence or two, with the numbers as the text gives them.
    certainty
        How certain.
    passage
        The sentence that says what the figures contradict, where it is not in a claim's own quote.
    """

    type: FindingType
    claims: tuple[Claim, ...]
    words: str
    certainty: Certainty
    passage: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """The claims' ids."""
        return tuple(claim.id for claim in self.claims)

    @property
    def is_contradiction(self) -> bool:
        """Whether the claims cannot all be true; else the text leaves something open."""
        return self.type in CONTRADICTIONS

    def as_record(self) -> dict[str, object]:
        """Return a flat record with the quotes side by side."""
        return {
            "kind": "inconsistency",
            "type": self.type.value,
            "contradiction": self.is_contradiction,
            "certainty": self.certainty.value,
            "claims": list(self.ids),
            "words": self.words,
            "passage": self.passage or None,
            "quotes": [
                {"claim": claim.id, "document": claim.document, "start": claim.start, "end": claim.end, "quote": claim.quote}
                for claim in self.claims
            ],
        }
