"""Documents that may go back to one origin: near-duplicate texts, or one attributed claim in several. A person accepts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from cenotaph.domain.claims import Claim
from cenotaph.reference.word_sets import read_word_set
from cenotaph.text.duplicates import find_near_duplicates
from cenotaph.text.tokens import fold_word, split_tokens

_LEAST = 5  # a smaller number attributed to one source is said too often to mean one origin
_FILLERS = read_word_set("lineage.fillers")


class LineageProposal(NamedTuple):
    """Two documents that may be one source.

    Parameters
    ----------
    first, second
        Their names.
    reason
        Why: the share of text, or the claim.
    strength
        From 0 to 1.
    """

    first: str
    second: str
    reason: str
    strength: float


def propose_by_text(texts: Iterable[tuple[str, str]], threshold: float = 0.6) -> list[LineageProposal]:
    """Return the pairs of documents of which one has most of the other's words, in order.

    Parameters
    ----------
    texts
        Names and texts.
    threshold
        Least share of the smaller text, from 0 to 1.
    """
    return [
        LineageProposal(
            pair.first,
            pair.second,
            f"{pair.containment:.0%} of the shorter text stands in the other",
            pair.containment,
        )
        for pair in find_near_duplicates(texts, threshold)
    ]


def propose_by_claim(claims: Iterable[Claim]) -> list[LineageProposal]:
    """Return the pairs of documents that carry the same number of the same people from the same source.

    Parameters
    ----------
    claims
        Of several documents, each with its document's name.
    """
    groups: dict[tuple[object, ...], dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        value = claim.low if claim.low is not None else claim.high
        source = frozenset(_key_words(claim.attribution or ""))
        if not source or value is None or value < _LEAST or not claim.document:
            continue
        key = (source, claim.low, claim.high, claim.bound, claim.outcome, tuple(sorted(claim.nationality)))
        groups[key].setdefault(claim.document, claim)
    found: dict[tuple[str, str], LineageProposal] = {}
    for documents in groups.values():
        names = list(documents)
        for at, first in enumerate(names):
            for second in names[at + 1 :]:
                claim = documents[first]
                reason = f"both say {claim.number_text} {claim.outcome}, after {claim.attribution}"
                found.setdefault((first, second), LineageProposal(first, second, reason, 0.5))
    return [found[pair] for pair in sorted(found)]


def _key_words(words: str) -> list[str]:
    return [fold_word(token.text) for token in split_tokens(words) if token.is_word and token.low not in _FILLERS]
