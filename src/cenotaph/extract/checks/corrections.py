"""Figures that the text takes back or corrects, each beside the one that stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cenotaph.domain.claims import Claim
from cenotaph.domain.counts import Bound
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.comparing import (
    differ,
    measure,
    name_speaker,
    same_outcome,
    same_people,
    same_speaker,
    same_unit,
    say,
)
from cenotaph.extract.checks.cues import alike, has, limits_nothing
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType
from cenotaph.extract.checks.scene import apart_in_list, distance
from cenotaph.extract.checks.ties import has_own_group, list_standing

_CLOSE = 1.5  # What stands instead of a withdrawn figure, further off in the text, is no further from it than this.
_REACH = 20  # A correction stands near what it corrects; further on there is no end to looking.


def check_retracted(case: Case) -> Iterator[Finding]:
    """Set a withdrawn figure beside the one that stands."""
    for claim in case.claims:
        if not claim.retracted or (claim.repeat_of is not None and case.origin(claim).retracted):
            continue
        standing = [
            other
            for other in case.claims
            if not other.retracted
            and same_outcome(claim, other)
            and same_unit(claim, other)
            and same_people(claim, other) is not None
            and not other.increment
            and other.low is not None
            and other.bound not in (Bound.VAGUE, Bound.MAY_EXCEED)
            and differ(measure(other), measure(claim)) is not None
        ]
        repeats = [c for c in case.claims if c.repeat_of == claim.id] or [claim]
        instead = [other for other in standing if _replaces(case, other, [*repeats, claim])]
        nearest = min(instead, key=lambda other: _distance(case, other, claim, repeats), default=None)
        if nearest is None and claim.low == 1:
            continue
        if nearest is None:
            yield Finding(
                FindingType.SELF_CONTRADICTION,
                (claim,),
                f"The text takes back {say(claim)}, and does not say how many there were instead.",
                Certainty.LIKELY,
            )
            continue
        said = _find_contradicted(case, claim, nearest)
        if said is not None:
            words = f"{name_speaker(nearest)} says that {say(said)} ({name_speaker(said)}) is wrong: {say(nearest)}."
            yield Finding(FindingType.TWO_SOURCES_DIFFER, _order(said, nearest), words, Certainty.LIKELY)
            continue
        words = f"The text takes back {say(claim)}; {say(nearest)} stands instead."
        yield Finding(FindingType.SELF_CONTRADICTION, _order(claim, nearest), words, Certainty.CERTAIN)


def check_corrected(case: Case, done: frozenset[str]) -> Iterator[Finding]:
    """Find two figures for one thing of which words of correction say that the later stands: "it corrected this to 64"."""
    standing = list_standing(case.claims)
    for at, first in enumerate(standing):
        if first.id in done:
            continue
        for second in standing[at + 1 : at + 1 + _REACH]:
            if distance(case, first, second) > 1 or not same_outcome(first, second) or not same_unit(first, second):
                continue
            if same_people(first, second) is None or case.related(first, second) or not case.text:
                continue
            if not has("corrected", case.text[_begin(case, first) : second.number_start]):
                continue
            if differ(measure(first), measure(second)) is not None and not apart_in_list(case, first, second):
                words = f"The text corrects a figure: {say(first)}, then {say(second)}."
                yield Finding(FindingType.SELF_CONTRADICTION, (first, second), words, Certainty.LIKELY)
            break


def _begin(case: Case, claim: Claim) -> int:
    unit = case.unit_of(claim)
    return unit.start if unit is not None else claim.number_start


def _order(*claims: Claim) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda claim: claim.number_start))


def _replaces(case: Case, claim: Claim, retracted: Sequence[Claim]) -> bool:
    """Tell whether a figure can be what stands instead of a withdrawn one: of its people, or beside it."""
    named = any(claim.nationality and claim.nationality == c.nationality for c in retracted)
    own = any(has_own_group(claim) and has_own_group(c) and alike(claim.group or "", c.group or "") for c in retracted)
    if not (named or own) and any(apart_in_list(case, claim, c) for c in retracted):
        return False
    near = min(distance(case, claim, c) for c in retracted)
    sizes = [c.low or c.high or 0 for c in (claim, retracted[-1])]
    return near <= 1 or named or own or max(sizes) <= _CLOSE * min(sizes)


def _find_contradicted(case: Case, retracted: Claim, standing: Claim) -> Claim | None:
    """Return the claim of another speaker that is taken back: a number that the text gave before, and did not withdraw there."""
    for claim in case.claims:
        before = claim.number_start < retracted.number_start and not claim.retracted and claim.low == retracted.low
        if before and same_outcome(claim, retracted) and not same_speaker(claim, standing):
            return claim
    return None


def _distance(case: Case, other: Claim, claim: Claim, repeats: Sequence[Claim]) -> tuple[bool, bool, int]:
    """Return how far a standing figure is from a withdrawn one: of the same group first, then in its sentence, then by place."""
    return (
        limits_nothing(other.group) != limits_nothing(claim.group),
        case.unit_of(other) not in [case.unit_of(c) for c in (*repeats, claim)],
        min(abs(other.number_start - c.number_start) for c in (*repeats, claim)),
    )
