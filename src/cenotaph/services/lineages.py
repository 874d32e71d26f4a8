"""Documents that go back to one origin: proposed by machine, decided by people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cenotaph.casebook import bulk
from cenotaph.casebook.history import NOW
from cenotaph.domain.claims import Claim
from cenotaph.extract.claims.lineage import propose_by_claim, propose_by_text


@dataclass(frozen=True, slots=True)
class Lineage:
    """Two documents, and whether they are one source.

    Parameters
    ----------
    first, second
        Ids of the documents, the smaller first.
    reason
        What speaks for one origin, or what the reviewer wrote.
    state
        ``proposed``, ``accepted`` or ``rejected``.
    strength
        Of a proposal, in per cent.
    """

    first: str
    second: str
    reason: str
    state: str
    strength: int


def propose_lineages(claims: Iterable[Claim], until: int = NOW, heard_until: int | None = None) -> list[Lineage]:
    """Return which documents of a casebook may go back to one origin, near-duplicate texts first.

    A reviewer's word overrides: ``same_origin`` on one document, with the other's id as its field. Only what the record held
    with the ledger entry ``until`` is looked at, and only words that it held with ``heard_until`` where that is given.
    """
    judged = read_lineage_judgements(until if heard_until is None else heard_until)
    found: dict[tuple[str, str], Lineage] = {}
    for proposal in (*propose_by_text(_stream_texts(until)), *propose_by_claim(claims)):
        pair = (min(proposal[:2]), max(proposal[:2]))
        if pair not in judged:
            found.setdefault(pair, Lineage(*pair, proposal.reason, "proposed", round(100 * proposal.strength)))
    for pair, (answer, reason) in judged.items():
        if answer in ("yes", "no"):
            found[pair] = Lineage(*pair, reason, "accepted" if answer == "yes" else "rejected", 100)
    return list(found.values())


def read_lineage_judgements(until: int = NOW) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what was last judged of two documents, the smaller id first: the answer and its reason."""
    sql = (
        "SELECT target, field, answer, reason FROM judgement WHERE question = 'same_origin' AND target_kind = 'document' "
        'AND entry <= %s ORDER BY "row"'
    )
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for target, other, answer, reason in bulk.fetch_rows(sql, [until]):
        if other and answer:
            found[min(target, other), max(target, other)] = (answer, reason or "")
    return found


def _stream_texts(until: int) -> Iterator[tuple[str, str]]:
    sql = "SELECT id, text FROM document WHERE kind = 'text' AND text IS NOT NULL AND entry <= %s ORDER BY \"row\""
    for chunk in bulk.stream_rows(sql, [until]):
        yield from chunk


def join_lineages(lineages: Iterable[Lineage], least: int = 60) -> list[frozenset[str]]:
    """Return the documents that are taken for one voice: those a reviewer joined, and near-duplicates nobody has judged."""
    group_of: dict[str, set[str]] = {}
    for lineage in lineages:
        if lineage.state == "rejected" or (lineage.state == "proposed" and lineage.strength < least):
            continue
        first = group_of.setdefault(lineage.first, {lineage.first})
        second = group_of.setdefault(lineage.second, {lineage.second})
        if first is second:
            continue
        large, small = (first, second) if len(first) >= len(second) else (second, first)
        large |= small
        group_of.update(dict.fromkeys(small, large))
    return [frozenset(group) for group in {id(group): group for group in group_of.values()}.values()]
