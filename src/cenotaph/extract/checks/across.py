"""Claims of different documents held against each other: a nationality and an outcome at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from cenotaph.domain.claims import Claim, Unit
from cenotaph.domain.counts import Bound
from cenotaph.domain.dates import PartialDate
from cenotaph.extract.checks.comparing import differ, least, measure, name_speaker, same_people, same_speaker, say
from cenotaph.extract.checks.cues import has, limits_nothing
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType
from cenotaph.extract.checks.over_time import check_decline, resolve_date

MOST = 200  # Claims of one people and outcome that are held against each other.


def check_across(
    by_document: Mapping[str, Sequence[Claim]], published: Mapping[str, PartialDate], lineages: Iterable[frozenset[str]] = ()
) -> Iterator[Finding]:
    """Yield figures of different documents, of one people and outcome, that cannot both be right.

    Two figures for days that are known to differ are no contradiction; one speaker's that fell is. Documents of one lineage
    are one voice.
    """
    origin = {name: min(group) for group in lineages for name in group}
    for found in _group(by_document, origin):
        kept = found[:MOST]
        for finding in check_decline(kept, published):
            if len({claim.document for claim in finding.claims}) > 1:
                yield finding
        for first, second in combinations(kept, 2):
            certainty = _conflict(first, second, published, origin)
            if certainty is not None:
                sides = "; ".join(f"{name_speaker(claim)}: {say(claim)}" for claim in (first, second))
                yield Finding(
                    FindingType.TWO_SOURCES_DIFFER,
                    (first, second),
                    f"Two documents do not agree on one thing. {sides}.",
                    certainty,
                )


def count_left_out(by_document: Mapping[str, Sequence[Claim]], lineages: Iterable[frozenset[str]] = ()) -> int:
    """Return how many claims were held against none of another document, since :data:`MOST` of their kind were."""
    origin = {name: min(group) for group in lineages for name in group}
    return sum(max(len(found) - MOST, 0) for found in _group(by_document, origin))


def _group(by_document: Mapping[str, Sequence[Claim]], origin: Mapping[str, str]) -> list[list[Claim]]:
    """Return the claims that stand alone, those of one people and outcome together, each number of a speaker once."""
    groups: dict[tuple[tuple[str, ...], str], list[Claim]] = defaultdict(list)
    for claims in by_document.values():
        for claim in claims:
            if stands_alone(claim):
                groups[claim.nationality, claim.outcome].append(claim)
    return [_distinct(found, origin) for found in groups.values()]


def stands_alone(claim: Claim) -> bool:
    """Tell whether a claim is a total of a people: no part, share, addition or vague word."""
    plain = claim.nationality and claim.low is not None and limits_nothing(claim.group) and not has("prisoners", claim.quote)
    return (
        bool(plain)
        and claim.unit is not Unit.PERCENT
        and not (claim.increment or claim.retracted or claim.repeat_of)
        and (claim.bound not in (Bound.VAGUE, Bound.MAY_EXCEED))
    )


def _distinct(claims: Sequence[Claim], origin: Mapping[str, str]) -> list[Claim]:
    """Return one claim for each speaker and number of a lineage."""
    seen: dict[tuple[str, str, str, object, object], Claim] = {}
    for claim in claims:
        key = (origin.get(claim.document, claim.document), claim.attribution or "", claim.bound.value, claim.low, claim.high)
        seen.setdefault(key, claim)
    return list(seen.values())


def _conflict(first: Claim, second: Claim, published: Mapping[str, PartialDate], origin: Mapping[str, str]) -> Certainty | None:
    if first.document == second.document or (same_speaker(first, second) and first.attribution):
        return None
    if origin.get(first.document, first.document) == origin.get(second.document, second.document):
        return None
    days = [resolve_date(claim, published.get(claim.document)) for claim in (first, second)]
    if days[0] is None or days[1] is None or not _overlap(days[0], days[1]):
        return None
    people, certainty = same_people(first, second), differ(measure(first), measure(second))
    return None if people is None or certainty is None else least(people, certainty, Certainty.LIKELY)


def _overlap(first: PartialDate, second: PartialDate) -> bool:
    """Tell whether two intervals may be the same day."""
    before = first.end is not None and second.start is not None and first.end <= second.start
    after = second.end is not None and first.start is not None and second.end <= first.start
    return not before and not after
