"""What a number covers and the text leaves open: "casualties", a nationality that means the side served, cases of what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cenotaph.domain.claims import Claim
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.comparing import say, takes_in
from cenotaph.extract.checks.cues import find, fold_line, has
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType


def check_scope(case: Case) -> Iterator[Finding]:
    """Yield claims whose people or outcome the text leaves open."""
    standing = [claim for claim in case.claims if not claim.retracted and claim.repeat_of is None]
    loose = tuple(c for c in standing if c.outcome == "casualties" and c.low != 0 and not _is_split(case, c))
    if loose:
        more = f" and {len(loose) - 1} more" if len(loose) > 1 else ""
        words = f"{say(loose[0])}{more}: the text does not say whether the dead alone are meant, or the wounded and missing too."
        yield Finding(FindingType.CASUALTIES_OPEN, loose, words, Certainty.CERTAIN)
    for claim in standing:
        if claim.nationality:
            yield from _check_side(case, claim)
        if _counts_cases(claim):
            words = f"{say(claim)}: the words count cases and do not say of what."
            yield Finding(FindingType.UNDEFINED_SCOPE, (claim,), words, Certainty.POSSIBLE)


def _is_split(case: Case, claim: Claim) -> bool:
    """Tell whether the dead and the wounded among casualties are given beside."""
    told = [other for other in case.claims if claim.id in case.ancestors(other) or _comes_next(case, claim, other)]
    dead, wounded = ([c for c in told if outcome in c.outcome.split("+")] for outcome in ("killed", "wounded"))
    if any(claim.id in case.ancestors(c) for c in dead) and any(claim.id in case.ancestors(c) for c in wounded):
        return True
    # "60 casualties: 12 killed and 48 wounded": they come to the whole, whether or not words make them its parts.
    return any((a.low or 0) + (b.low or 0) == claim.low for a in dead for b in wounded)


def _comes_next(case: Case, claim: Claim, other: Claim) -> bool:
    return other.number_start > claim.number_start and case.index_of(other) - case.index_of(claim) <= 1


def _check_side(case: Case, claim: Claim) -> Iterator[Finding]:
    """Find a nationality that can only mean the side served, since people of others are counted among them."""
    words = f"{claim.group or ''} {claim.nationality_text or ''} {claim.quote}"
    if not has("soldiers", words) or case.whole_of(claim) is not None:
        return
    for part in case.claims:
        if claim.id not in case.ancestors(part) or not takes_in(claim.outcome, part.outcome):
            continue
        others = bool(part.nationality) and not set(part.nationality) & set(claim.nationality)
        # A nationality without words of its own was taken over from the whole: "of them 120 were foreign volunteers".
        own_words = bool(part.nationality and part.nationality_text)
        foreign = not own_words and has("foreign", f"{part.group or ''} {part.nationality_text or ''}")
        if others or foreign:
            said = claim.nationality_text or " ".join(claim.nationality)
            explained = (
                f"In {say(claim)} the nationality “{said}” means the side served, not citizenship: "
                f"{say(part)} are counted among them."
            )
            yield Finding(FindingType.UNDEFINED_SCOPE, (claim, part), explained, Certainty.CERTAIN)
            return


def _counts_cases(claim: Claim) -> bool:
    """Tell whether all that a claim's words count are "cases"."""
    folded = fold_line(claim.quote)
    found = find("cases", folded)
    if not found or claim.group or claim.nationality:
        return False
    rest = folded[found[-1][1] :]
    return not re.search(r"\w", rest)
