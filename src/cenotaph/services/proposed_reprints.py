"""Reprints of captures as a person meets them: which documents are proposed as one lineage, and what was judged of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cenotaph.casebook import bulk
from cenotaph.services.lineages import read_lineage_judgements
from cenotaph.services.reprints import find_reprints_of
from cenotaph.services.seals import resolve_id


@dataclass(frozen=True, slots=True)
class ReprintLine:
    """Two documents of which one has most of the other's text.

    Parameters
    ----------
    first, second
        Ids of the documents.
    containment
        Share of the shorter text that stands in the other, from 0 to 1.
    state
        ``proposed``, ``accepted`` or ``rejected`` as one lineage.
    captures
        The captures that they were read from.
    """

    first: str
    second: str
    containment: float
    state: str
    captures: tuple[str, str]


def list_reprints(starts: Sequence[str]) -> Iterator[ReprintLine]:
    """Yield the reprints of captures' documents, by the captures' ids or their beginnings; none for all captures."""
    captures = {resolve_id("capture", start) for start in starts}
    owner: dict[str, str] = {}
    for chunk in bulk.stream_rows("SELECT id, capture FROM document WHERE text IS NOT NULL"):
        owner.update(chunk)
    wanted = {document for document, capture in owner.items() if not captures or capture in captures}
    judged = read_lineage_judgements()
    states = {"yes": "accepted", "no": "rejected"}
    for first, second, share in find_reprints_of(wanted):
        answer = judged.get((min(first, second), max(first, second)), ("", ""))[0]
        yield ReprintLine(first, second, share, states.get(answer, "proposed"), (owner[first], owner[second]))
