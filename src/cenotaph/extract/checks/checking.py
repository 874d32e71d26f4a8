"""All checks over one document's claims, and over several documents'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cenotaph.domain.claims import Claim
from cenotaph.domain.dates import PartialDate
from cenotaph.extract.checks.across import check_across
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType
from cenotaph.extract.checks.floors import check_floors
from cenotaph.extract.checks.headline import check_headline
from cenotaph.extract.checks.over_time import check_decline
from cenotaph.extract.checks.parts import check_parts
from cenotaph.extract.checks.ranking import check_ranking
from cenotaph.extract.checks.scope import check_scope
from cenotaph.extract.checks.speakers import check_speakers

_ORDER = list(FindingType)
MOST_CLAIMS = 400  # Held against each other in pairs.


def check_document(claims: Sequence[Claim], text: str = "", published: PartialDate | None = None) -> list[Finding]:
    """Return what in one document's claims contradicts or is left open.

    A document with more than :data:`MOST_CLAIMS` is checked in parts of so many claims that follow one another.

    Parameters
    ----------
    claims
        In the order of the text.
    text
        The document. Without it rankings and headlines are not looked at.
    published
        When it was published, where that is known.
    """
    name = claims[0].document if claims else ""
    found: list[Finding] = []
    for case in Case(claims, text).split(MOST_CLAIMS):
        for check in (check_ranking, check_parts, check_floors, check_headline, check_speakers, check_scope):
            found.extend(check(case))
        # A figure that the text itself corrects did not go down unsaid.
        corrected = {finding.ids for finding in found if finding.type is FindingType.SELF_CONTRADICTION}
        fell = check_decline(case.claims, {name: published} if published else {})
        found.extend(finding for finding in fell if finding.ids not in corrected)
    return sorted(map(_weigh, found), key=lambda f: (_ORDER.index(f.type), f.claims[0].number_start))


def _weigh(finding: Finding) -> Finding:
    """Return a finding no more certain than the reading it rests on: a claim to be reviewed carries nothing for certain."""
    if finding.certainty is Certainty.CERTAIN and len(finding.claims) > 1 and any(claim.needs_review for claim in finding.claims):
        return replace(finding, certainty=Certainty.LIKELY)
    return finding


def check_claims(
    claims: Iterable[Claim],
    texts: Mapping[str, str] | None = None,
    published: Mapping[str, PartialDate] | None = None,
    lineages: Iterable[frozenset[str]] = (),
) -> Iterator[Finding]:
    """Yield what contradicts or is left open in the claims of several documents: in each, then between them.

    Parameters
    ----------
    texts, published
        Texts and dates of publication, by the name that claims carry.
    lineages
        Documents that go back to one origin: what they repeat is no second source.
    """
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document].append(claim)
    dates = published or {}
    for name, own in by_document.items():
        yield from check_document(own, (texts or {}).get(name, ""), dates.get(name))
    if len(by_document) > 1:
        yield from check_across(by_document, dates, lineages)
