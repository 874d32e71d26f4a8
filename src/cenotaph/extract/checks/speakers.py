"""Who says what: two sources on one thing, one number with two speakers or two meanings, figures taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from cenotaph.domain.claims import Claim, Unit
from cenotaph.domain.counts import Bound
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.comparing import (
    above,
    at_least_near,
    differ,
    least,
    measure,
    name_speaker,
    narrower,
    same_outcome,
    same_people,
    same_speaker,
    same_time,
    same_unit,
    say,
    takes_in,
)
from cenotaph.extract.checks.corrections import check_corrected, check_retracted
from cenotaph.extract.checks.cues import alike, has, limits_nothing
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType
from cenotaph.extract.checks.scene import clause_of, distance
from cenotaph.extract.checks.ties import find_tie, is_explained, is_named, list_standing

_FAR = 2  # A part this many times above the floor stated for all is none.
_TELLING = 10  # A number below this is the same by chance too often to be taken for the same statement.


def check_speakers(case: Case) -> Iterator[Finding]:
    """Yield what two sources, or one text in two places, say of the same people."""
    retracted = list(check_retracted(case))
    yield from retracted
    corrected = list(check_corrected(case, frozenset(i for finding in retracted for i in finding.ids)))
    yield from corrected
    meant_twice = list(_check_meanings(case))
    yield from meant_twice
    taken = {frozenset(finding.ids) for finding in [*retracted, *corrected, *meant_twice]}
    conflicts: list[tuple[Claim, Claim, Certainty]] = []
    for first, second in combinations(list_standing(case.claims), 2):
        certainty = _conflict(case, first, second)
        if certainty is not None and frozenset((first.id, second.id)) not in taken:
            conflicts.append((first, second, certainty))
    yield from _group(conflicts)
    yield from _check_additions(case)
    yield from _check_shared(case)


def _conflict(case: Case, first: Claim, second: Claim) -> Certainty | None:
    """Tell whether two speakers give numbers for one thing that cannot both be right."""
    if not same_unit(first, second) or first.unit is Unit.PERCENT or case.related(first, second):
        return None
    if not same_time(first, second) or not (is_named(first) or is_named(second)) or same_speaker(first, second):
        return None
    tie = find_tie(case, first, second)
    if tie is None or is_explained(case, first, second):
        return None
    if first.subset_of is not None and first.subset_of == second.subset_of and not distance(case, first, second) and case.text:
        return None  # "Eight by the word of comrades and one by a certificate": parts of one whole, side by side.
    if Bound.MAY_EXCEED in (first.bound, second.bound) or _is_told_part(case, first) or _is_told_part(case, second):
        return None
    earlier, later = sorted((first, second), key=lambda claim: claim.number_start)
    # A place that was said once need not be said again: only what is narrowed later tells of fewer people.
    if _is_narrower(later, earlier) or _is_narrower(earlier, later, placed=False) or _is_anybody(case, first, second):
        return None
    if first.outcome == second.outcome:
        certainty = differ(measure(first), measure(second))
    elif takes_in(first.outcome, second.outcome):
        certainty = _exceeds(second, first)
    elif takes_in(second.outcome, first.outcome):
        certainty = _exceeds(first, second)
    else:
        return None
    people = same_people(first, second)
    if people is None or certainty is None:
        return None
    if _was_told_before(case, *sorted((first, second), key=lambda claim: measure(claim).minimum)):
        return None
    if 0 in (first.high, second.high) and people is Certainty.POSSIBLE:
        return None  # "None of ours": what a zero is of is too often left unsaid.
    return least(certainty, people, tie)


def _was_told_before(case: Case, less: Claim, more: Claim) -> bool:
    """Tell whether the smaller figure is told as an earlier one, which has grown since: "had earlier reported 14 dead"."""
    if has("told_before", clause_of(case, more)):
        return False
    return has("told_before", clause_of(case, less)) and (more.high is None or more.high > (less.high or less.low or 0))


def _exceeds(narrow: Claim, wide: Claim) -> Certainty | None:
    """Tell whether the dead are more than all casualties can be."""
    limit = measure(wide).maximum
    return Certainty.CERTAIN if limit is not None and measure(narrow).minimum > limit else None


def _is_told_part(case: Case, claim: Claim) -> bool:
    """Tell whether a claim is a part of one of the same outcome, which is set beside others itself."""
    whole = case.whole_of(claim)
    return whole is not None and same_outcome(whole, claim)


def _is_narrower(first: Claim, second: Claim, *, placed: bool = True) -> bool:
    """Tell whether a claim is of some of the other's people alone, and no more of them: that contradicts nothing."""
    nationality, group, place, side = narrower(first, second)
    # A place or a side is often left unsaid where the people are named: only "none there" is then no contradiction.
    named = bool(first.nationality) and first.nationality == second.nationality
    only = group or nationality or (placed and place and not named) or (side and first.high == 0)
    other = narrower(second, first)
    if not only or ((other[0] or other[1] or other[2]) and not group):
        return False
    one, whole = measure(first), measure(second)
    # More of some than the floor stated for all, and by far: the two are not of part and whole.
    return above(one, whole) is None and not (whole.low and _FAR * whole.low <= (one.low or 0))


def _is_anybody(case: Case, first: Claim, second: Claim) -> bool:
    """Tell whether one of two claims names no nationality where the text tells several apart: it may be of any of them."""
    if bool(first.nationality) == bool(second.nationality):
        return False
    return len({claim.nationality for claim in case.claims if claim.nationality}) > 1


def _check_additions(case: Case) -> Iterator[Finding]:
    """Set a figure with what is said to come on top of it beside another speaker's."""
    before: Claim | None = None
    for claim in case.claims:
        if claim.retracted or claim.repeat_of is not None:
            continue
        if not claim.increment:
            before = claim
            continue
        if before is None or before.outcome != claim.outcome or not same_speaker(before, claim) or not same_unit(before, claim):
            continue
        total = at_least_near(measure(before)) + measure(claim).minimum
        for other in list_standing(case.claims):
            limit = measure(other).maximum
            if other is before or limit is None or not other.attribution or not before.attribution or not measure(claim).minimum:
                continue
            if same_outcome(other, before) and not same_speaker(other, before) and same_people(other, before) and total > limit:
                if not limits_nothing(other.group) or 2 * limit < total or case.related(other, before):
                    continue
                words = (
                    f"Sources do not agree on one thing. {name_speaker(before)}: {say(before)} and on top of it {say(claim)}, "
                    f"{total:,} or more together; {name_speaker(other)}: {say(other)}."
                )
                yield Finding(FindingType.TWO_SOURCES_DIFFER, (before, claim, other), words, Certainty.LIKELY)


def _group(conflicts: list[tuple[Claim, Claim, Certainty]]) -> Iterator[Finding]:
    """Yield one finding for everything that is said of one thing."""
    groups: list[tuple[dict[str, Claim], list[Certainty]]] = []
    for first, second, certainty in conflicts:
        joined: tuple[dict[str, Claim], list[Certainty]] = ({first.id: first, second.id: second}, [certainty])
        rest = []
        for group in groups:
            one_thing = all(same_people(a, b) for a in group[0].values() for b in joined[0].values())
            if group[0].keys() & joined[0].keys() and one_thing:
                joined = ({**group[0], **joined[0]}, [*group[1], *joined[1]])
            else:
                rest.append(group)
        groups = [*rest, joined]
    for claims, certainties in groups:
        ordered = tuple(sorted(claims.values(), key=lambda claim: (claim.document, claim.number_start)))
        sides = "; ".join(f"{name_speaker(claim)}: {say(claim)}" for claim in ordered)
        best = min(certainties, key=[Certainty.CERTAIN, Certainty.LIKELY, Certainty.POSSIBLE].index)
        verb = "do not agree" if best is not Certainty.POSSIBLE else "may not agree"
        yield Finding(FindingType.TWO_SOURCES_DIFFER, ordered, f"Sources {verb} on one thing. {sides}.", best)


def _check_meanings(case: Case) -> Iterator[Finding]:
    """Find one number that is given once as one outcome and once as another."""
    for first, second in combinations(list_standing(case.claims), 2):
        if (
            first.bound is not Bound.EXACT
            or second.bound is not Bound.EXACT
            or first.low != second.low
            or (first.low or 0) < _TELLING
        ):
            continue
        if first.outcome == second.outcome or case.related(first, second) or not same_unit(first, second):
            continue
        included = takes_in(first.outcome, second.outcome) or takes_in(second.outcome, first.outcome)
        if same_speaker(first, second) and not (included and first.attribution and distance(case, first, second)):
            continue
        groups = [None if limits_nothing(c.group) else c.group for c in (first, second)]
        if same_people(first, second) is None or (groups[0] is None) != (groups[1] is None):
            continue
        people_named = bool(first.nationality or groups[0])
        if not included and not (people_named and "killed" in (first.outcome, second.outcome)):
            continue
        kind = FindingType.SELF_CONTRADICTION if included else FindingType.TWO_SOURCES_DIFFER
        words = f"One number with two meanings: {say(first)} ({name_speaker(first)}), {say(second)} ({name_speaker(second)})."
        yield Finding(kind, (first, second), words, Certainty.LIKELY if included else Certainty.POSSIBLE)


def _check_shared(case: Case) -> Iterator[Finding]:
    """Find one number that two speakers are named for: two sources, or one repeated by the other, the text does not say."""
    seen: set[str] = set()
    alike_numbers: dict[tuple[float, float | None, Bound], list[Claim]] = defaultdict(list)
    for claim in case.claims:
        if not claim.retracted and claim.low is not None and claim.low >= _TELLING:
            alike_numbers[claim.low, claim.high, claim.bound].append(claim)
    for first, second in (pair for claims in alike_numbers.values() for pair in combinations(claims, 2)):
        if not same_outcome(first, second) or not same_unit(first, second):
            continue
        if not first.attribution or not second.attribution or same_speaker(first, second) or same_people(first, second) is None:
            continue
        if (
            (first.via and alike(first.via, second.attribution))
            or (second.via and alike(second.via, first.attribution))
            or second.id in seen
        ):
            continue
        seen |= {first.id, second.id}
        words = (
            f"One number, two speakers: {name_speaker(first)} and {name_speaker(second)} are both named for {say(first)}. "
            "Whether one repeats the other the text does not say."
        )
        yield Finding(FindingType.TWO_SPEAKERS, (first, second), words, Certainty.POSSIBLE)
