"""Figures that can only grow and went down: of one speaker, for one people, on two known days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from cenotaph.domain.claims import Claim, Unit
from cenotaph.domain.counts import Bound
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import CenotaphError
from cenotaph.extract.checks.comparing import above, held_on, least, measure, same_people, same_speaker, say
from cenotaph.extract.checks.cues import has
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType
from cenotaph.reference.date_words import read_date

# The missing are found and the captured released; these only grow, unless somebody corrects them.
_GROWING = frozenset(
    {"killed", "wounded", "recruited", "declared_dead", "identified", "casualties", "body_returned", "killed+wounded"}
)

_POINT = timedelta(days=31)  # What holds for longer is said of a window: a year's dead may be fewer than the last year's.


def resolve_date(claim: Claim, published: PartialDate | None) -> PartialDate | None:
    """Return the day or interval that a claim's figure holds for, where the text or its publication says it.

    What the reader resolved (``as_of_edtf``) stands first; else words without a year take the year of publication, where that
    makes the day no later than the publication. Without words of its own a figure holds for the day its text was published;
    where that is not known either, for none.

    Parameters
    ----------
    published
        When the text was published.
    """
    if not claim.as_of:
        return published
    return held_on(claim) or _read(claim.as_of, published)


def _read(words: str, published: PartialDate | None) -> PartialDate | None:
    trimmed = words.strip(" ,.;()")
    for form in (trimmed, trimmed.partition(" ")[2]):  # "on 3 March", "by July 2025", «на 1 марта»
        for year in ("", f" {published.start.year}" if published and published.start else ""):
            try:
                found = read_date(form + year) if form else None
            except (CenotaphError, ValueError):
                continue
            if found is not None and found.start is not None and (not year or _is_past(found, published)):
                return found
    return None


def _is_past(found: PartialDate, published: PartialDate | None) -> bool:
    return published is None or published.end is None or found.start is None or found.start < published.end


def check_decline(claims: Sequence[Claim], published: Mapping[str, PartialDate]) -> Iterator[Finding]:
    """Yield pairs of one speaker's figures of which the later is the lower.

    Parameters
    ----------
    published
        When documents were published, by the name that their claims carry.
    """
    dated: list[tuple[date, date, Claim]] = []
    for claim in claims:
        if claim.outcome not in _GROWING or claim.unit is Unit.PERCENT or claim.increment or claim.retracted or claim.low is None:
            continue
        if claim.bound in (Bound.VAGUE, Bound.MAY_EXCEED) or (claim.span and not has("since", claim.span)):
            continue
        when = resolve_date(claim, published.get(claim.document))
        if when is not None and when.start is not None and when.end is not None and when.end - when.start <= _POINT:
            dated.append((when.start, when.end, claim))
    dated.sort(key=lambda item: (item[0], item[2].document, item[2].number_start))
    for at, (_, ended, earlier) in enumerate(dated):
        for begun, _, later in dated[at + 1 :]:
            if (
                begun < ended
                or earlier.outcome != later.outcome
                or not (earlier.nationality or earlier.document == later.document)
            ):
                continue
            people = same_people(earlier, later)
            if people is None or not same_speaker(earlier, later) or later.subset_of or earlier.subset_of:
                continue
            certainty = above(measure(earlier), measure(later))
            if certainty is not None:
                words = (
                    f"A figure that can only grow went down: {say(earlier)}, later {say(later)}. "
                    "It was corrected, or they are not the same people."
                )
                yield Finding(FindingType.WENT_DOWN, (earlier, later), words, least(certainty, people, Certainty.LIKELY))
                break
