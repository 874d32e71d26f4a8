"""Who says what: two sources on one thing, one number with two speakers or two meanings, figures taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
    same_thing,
    same_time,
    same_unit,
    say,
    takes_in,
)
from cenotaph.extract.checks.cues import alike, has, limits_nothing, stems
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType
from cenotaph.extract.checks.scene import (
    apart_in_list,
    clause_of,
    distance,
    is_update,
    read_scene,
    said_of,
    sentence_of,
    spoke_apart,
    stamps,
    tell_apart,
    written_at,
    years,
)

_NEAR_BY = 3  # Sentences: what stands further apart needs more than a like number to be of one thing.
_FAR = 2
_CLOSE = 1.5
_FEW = 3
_TELLING = 10  # A number below this is the same by chance too often to be taken for the same statement.


def check_speakers(case: Case) -> Iterator[Finding]:
    """Yield what two sources, or one text in two places, say of the same people."""
    retracted = list(_check_retracted(case))
    yield from retracted
    corrected = list(_check_corrected(case, frozenset(i for finding in retracted for i in finding.ids)))
    yield from corrected
    meant_twice = list(_check_meanings(case))
    yield from meant_twice
    taken = {frozenset(finding.ids) for finding in [*retracted, *corrected, *meant_twice]}
    conflicts: list[tuple[Claim, Claim, Certainty]] = []
    for first, second in combinations(_standing(case.claims), 2):
        certainty = _conflict(case, first, second)
        if certainty is not None and frozenset((first.id, second.id)) not in taken:
            conflicts.append((first, second, certainty))
    yield from _group(conflicts)
    yield from _check_additions(case)
    yield from _check_shared(case)


def _standing(claims: Sequence[Claim]) -> list[Claim]:
    return [c for c in claims if not c.retracted and not c.increment and c.repeat_of is None]


def _conflict(case: Case, first: Claim, second: Claim) -> Certainty | None:
    """Tell whether two speakers give numbers for one thing that cannot both be right."""
    if not same_unit(first, second) or first.unit is Unit.PERCENT or case.related(first, second):
        return None
    if not same_time(first, second) or not (_is_named(first) or _is_named(second)) or same_speaker(first, second):
        return None
    tie = _tie(case, first, second)
    if tie is None or _is_explained(case, first, second):
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
    if 0 in (first.high, second.high) and people is Certainty.POSSIBLE:
        return None  # "None of ours": what a zero is of is too often left unsaid.
    return least(certainty, people, tie)


def _tie(case: Case, first: Claim, second: Claim) -> Certainty | None:
    """Tell how surely two claims are of one thing: by their people, their place, or how the text sets one against the other."""
    named = bool(first.nationality) and first.nationality == second.nationality
    scenes = read_scene(case, first), read_scene(case, second)
    if apart_in_list(case, first, second) or (not named and scenes[0].excludes(scenes[1])):
        return None
    if tell_apart(case, first, second):
        return None
    near = distance(case, first, second) <= _NEAR_BY
    voices = _is_named(first) and _is_named(second)
    own = _has_own_group(first) and _has_own_group(second) and alike(first.group or "", second.group or "")
    together = scenes[0].shares(scenes[1])
    if not voices:  # The text's own figure is a side only where its people or place say that it is of the same thing.
        meant = together or ((named or own) and _is_disputed(case, first, second))
        return Certainty.LIKELY if near and meant and _are_telling(first, second) else None
    if named:
        return Certainty.CERTAIN
    alike_in_size = same_thing(first, second)
    if (near and (together or own)) or (alike_in_size and (near or own or together)):
        return Certainty.LIKELY
    if _is_denied(first, second) and near and _in_one_paragraph(case, first, second):
        return Certainty.LIKELY
    if first.outcome != second.outcome and not alike_in_size:
        return None
    if near and _is_disputed(case, first, second) and limits_nothing(first.group) == limits_nothing(second.group):
        return Certainty.POSSIBLE
    if alike_in_size and (_is_rival(case, first, second) or _is_only_topic(case, first)):
        return Certainty.POSSIBLE
    return None


def _is_denied(first: Claim, second: Claim) -> bool:
    """Tell whether one speaker has dead and the other none."""
    return any(a.outcome == "killed" and b.low == b.high == 0 for a, b in ((first, second), (second, first)))


def _in_one_paragraph(case: Case, first: Claim, second: Claim) -> bool:
    one, other = case.unit_of(first), case.unit_of(second)
    return one is not None and other is not None and one.block == other.block


def _is_rival(case: Case, first: Claim, second: Claim) -> bool:
    """Tell whether the words of the later claim say that it is another figure for what was given before."""
    later = max(first, second, key=lambda claim: claim.number_start)
    return has("rival", sentence_of(case, later))


def _is_only_topic(case: Case, claim: Claim) -> bool:
    """Tell whether a text gives so few figures of an outcome that they are hardly of several events."""
    told = [c for c in _standing(case.claims) if c.outcome == claim.outcome and c.subset_of is None]
    return sum((c.low or c.high or 0) >= _TELLING for c in told) <= _FEW


def _same_days(first: Claim, second: Claim) -> bool:
    """Tell whether both claims say for which days they hold; these were compared then."""
    return bool((first.as_of and second.as_of) or (first.span and second.span))


def _has_own_group(claim: Claim) -> bool:
    return not limits_nothing(claim.group)


def _are_telling(first: Claim, second: Claim) -> bool:
    """Tell whether neither number is so small that it is more likely of somebody else."""
    return min(claim.low if claim.low is not None else claim.high or 0 for claim in (first, second)) >= _TELLING


def _is_disputed(case: Case, first: Claim, second: Claim) -> bool:
    """Tell whether the words of the later claim set it against the earlier one, in the next sentence or the same."""
    later = max(first, second, key=lambda claim: claim.number_start)
    return distance(case, first, second) <= 1 and has("dispute", sentence_of(case, later))


def _is_explained(case: Case, first: Claim, second: Claim) -> bool:
    """Tell whether the text says why two figures differ: it grew, it was written later, it is of another year."""
    earlier, later = sorted((first, second), key=lambda claim: claim.number_start)
    if is_update(case, earlier, later) or any(has("explained", words) for words in said_of(case, earlier, later)):
        return True
    if (later.low or later.high or 0) > (earlier.low or earlier.high or 0) and spoke_apart(case, earlier, later):
        return True
    one, other = years(case, earlier), years(case, later)
    if one and other and not one & other and not _same_days(earlier, later):
        return True
    if bool(one) != bool(other) and any(has("now", clause_of(case, claim)) for claim in (earlier, later)):
        return True
    found = stamps(case)
    at = [written_at(found, claim) for claim in (earlier, later)]
    if at[0] is None or at[1] is None or at[0] == at[1]:
        return False
    before, after = (earlier, later) if at[0] < at[1] else (later, earlier)
    return (after.low or after.high or 0) > (before.low or before.high or 0)


def _is_named(claim: Claim) -> bool:
    """Tell whether a claim's speaker is more than an article or a pronoun."""
    return bool(claim.attribution and stems(claim.attribution))


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
        for other in _standing(case.claims):
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


def _check_retracted(case: Case) -> Iterator[Finding]:
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


def _check_corrected(case: Case, done: frozenset[str]) -> Iterator[Finding]:
    """Find two figures for one thing of which words of correction say that the later stands: "it corrected this to 64"."""
    standing = _standing(case.claims)
    for at, first in enumerate(standing):
        if first.id in done:
            continue
        for second in standing[at + 1 :]:
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
    own = any(_has_own_group(claim) and _has_own_group(c) and alike(claim.group or "", c.group or "") for c in retracted)
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


def _check_meanings(case: Case) -> Iterator[Finding]:
    """Find one number that is given once as one outcome and once as another."""
    for first, second in combinations(_standing(case.claims), 2):
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
