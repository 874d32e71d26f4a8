"""Parts above the floor stated for their whole: whether they are among it the text does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cenotaph.domain.claims import Claim, Unit
from cenotaph.domain.counts import Bound
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.comparing import above, measure, say, takes_in
from cenotaph.extract.checks.cues import alike, has
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType
from cenotaph.extract.checks.parts import is_misread, is_said

_CLEARLY = 1.1  # A part this many times above a floor is no matter of rounding.
_FOLLOWING = 40  # Characters after a number in which its people are named.


def check_floors(case: Case) -> Iterator[Finding]:
    """Yield figures that are above the floor stated for what they are, or may be, a part of."""
    yield from _check_scope(case)
    yield from _check_floor(case)


def _check_scope(case: Case) -> Iterator[Finding]:
    """Find a figure above the number stated for what it would be a part of, where neither excludes the other.

    "More than 500 foreigners" and "losses among the North Koreans may exceed 600" can both be true, but a reader cannot tell
    whether the 600 are among the 500.
    """
    for whole in case.claims:
        if not _is_foreign(case, whole) or whole.nationality or not whole.low:
            continue
        if whole.unit is Unit.PERCENT or whole.retracted or case.origin(whole) is not whole:
            continue
        for claim in case.claims:
            if claim is whole or not claim.nationality or claim.low is None or claim.unit is Unit.PERCENT or claim.retracted:
                continue
            stated_part = case.whole_of(claim) is whole
            if not (takes_in(claim.outcome, whole.outcome) or takes_in(whole.outcome, claim.outcome)):
                continue
            if claim.id in case.ancestors(whole) or _is_own(case, claim, whole) or _other_side(claim, whole):
                continue
            if claim.low > whole.low and above(measure(claim), measure(whole)) is None:
                how = "is said to be a part of" if stated_part else "may or may not be a part of"
                words = (
                    f"Scope unclear: possibly not included. {say(claim)} {how} {say(whole)}, a smaller number"
                    f"{' that sets no upper limit' if measure(whole).maximum is None else ''}: "
                    "the text does not say whether they are among them."
                )
                yield Finding(
                    FindingType.SCOPE_UNCLEAR,
                    (whole, claim),
                    words,
                    Certainty.POSSIBLE if not stated_part else Certainty.LIKELY,
                )


def _is_foreign(case: Case, claim: Claim) -> bool:
    """Tell whether a number's own words, or those that follow it, say that it is of foreigners."""
    after = re.split(r"[,.;:()]", case.text[claim.number_end : claim.number_end + _FOLLOWING])[0] if case.text else ""
    return has("foreign", f"{claim.group or ''} {claim.nationality_text or ''} {after}")


def _check_floor(case: Case) -> Iterator[Finding]:
    """Find a part above the floor stated for its whole: "more than 40 women, among them nearly 60 from the north"."""
    for claim in case.claims:
        whole = case.whole_of(claim)
        if whole is None or claim.low is None or not whole.low or whole.high is not None or claim.retracted or claim.repeat_of:
            continue
        if Unit.PERCENT in (claim.unit, whole.unit) or whole.bound is Bound.MAY_EXCEED or has("foreign", whole.group):
            continue
        if not takes_in(whole.outcome, claim.outcome) or is_misread(claim, whole) or not is_said(case, claim, whole):
            continue
        if claim.low > _CLEARLY * whole.low:
            words = (
                f"Scope unclear: {say(claim)} is said to be a part of {say(whole)}, a smaller number that sets no upper limit: "
                "one of the two is out of date, or they are not all among them."
            )
            yield Finding(FindingType.SCOPE_UNCLEAR, (whole, claim), words, Certainty.LIKELY)


def _is_own(case: Case, claim: Claim, whole: Claim) -> bool:
    """Tell whether a claim is of the people whom the foreigners are told apart from."""
    above_whole = [case.by_id[i] for i in case.ancestors(whole) if i in case.by_id]
    return any(set(claim.nationality) & set(other.nationality) for other in above_whole)


def _other_side(claim: Claim, whole: Claim) -> bool:
    return bool(claim.side and whole.side and not alike(claim.side, whole.side))
