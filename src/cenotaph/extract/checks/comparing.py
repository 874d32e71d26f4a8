"""Whether two claims are of one thing, and whether their numbers can both be right."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from cenotaph.domain.claims import Claim, Unit
from cenotaph.domain.counts import Bound, CountRange
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import CenotaphError, ValueFormatError
from cenotaph.extract.checks.cues import alike, fold_line, has, limits_nothing, same_group, stems, strip
from cenotaph.extract.checks.finding import Certainty

_SCALE = 100  # A percentage is compared in hundredths, so that its bound is one of whole numbers too.
_NEAR = 0.1  # "About 180" is taken to be nearer to 180 than this share of it.
_TELLING, _CLOSE, _CLOSE_GROUP = 10, 2, 1.5  # Two numbers from the first on, no further apart, are of one size.
_APART = 1.5  # A floor and a number this many times above it are not the same statement.

# What each outcome takes in. A combined one takes in its parts; "casualties" takes in the dead and the wounded.
_WIDER = {
    "casualties": {"killed", "wounded", "killed+wounded", "killed+missing", "missing+wounded", "killed+missing+wounded"},
    "killed": {"declared_dead", "body_returned"},
}


def measure(claim: Claim) -> CountRange:
    """Return a claim's number with its bound; a percentage in hundredths of one per cent."""
    scale = _SCALE if claim.unit is Unit.PERCENT else 1
    low = None if claim.low is None else math.floor(claim.low * scale)
    high = None if claim.high is None else math.floor(claim.high * scale)
    try:
        return CountRange(low, high, claim.bound)
    except ValueFormatError:
        return CountRange.vague(low) if low is None or low >= 0 else CountRange.vague()


def same_unit(first: Claim, second: Claim) -> bool:
    """Tell whether both count people, or both are shares."""
    return (first.unit is Unit.PERCENT) == (second.unit is Unit.PERCENT)


def takes_in(wider: str, narrower: str) -> bool:
    """Tell whether everybody of one outcome is among those of another."""
    if wider == narrower or narrower in _WIDER.get(wider, ()):
        return True
    parts = set(narrower.split("+"))
    return "+" in wider and parts < set(wider.split("+"))


def same_outcome(first: Claim, second: Claim) -> bool:
    """Tell whether two claims are of one outcome; "casualties" and the dead are not."""
    return first.outcome == second.outcome or {first.outcome, second.outcome} in (
        {"killed", "declared_dead"},
        {"killed", "body_returned"},
    )


def same_people(first: Claim, second: Claim) -> Certainty | None:
    """Tell whether two claims count the same people: None where their words say that they do not."""
    if set(first.nationality) != set(second.nationality) and first.nationality and second.nationality:
        return None
    if first.side and second.side and not alike(first.side, second.side):
        return None
    if first.event and second.event and not alike(first.event, second.event):
        return None
    if not same_group(_own_group(first), _own_group(second)):
        return None
    if first.place and second.place and not alike(first.place, second.place):
        return None
    open_fields = sum(map(bool, narrower(first, second))) + sum(map(bool, narrower(second, first)))
    return Certainty.CERTAIN if not open_fields else Certainty.LIKELY if open_fields == 1 else Certainty.POSSIBLE


def _own_group(claim: Claim) -> str | None:
    """Return a claim's group without the words for its nationality, which are compared apart."""
    if not claim.group or not claim.nationality_text:
        return claim.group
    return " ".join(word for word in claim.group.split() if not stems(word) & stems(claim.nationality_text)) or None


def same_thing(first: Claim, second: Claim) -> bool:
    """Tell whether something beyond the outcome says that two claims are of one thing.

    That is a nationality or a group of their own that they share; else numbers of a size that two events seldom share by chance.
    """
    if first.nationality and first.nationality == second.nationality:
        return True
    sizes = [claim.low if claim.low is not None else claim.high or 0 for claim in (first, second)]
    if first.group and second.group and not (limits_nothing(first.group) or limits_nothing(second.group)):
        return alike(first.group, second.group) and 0 < max(sizes) <= _CLOSE_GROUP * min(sizes)
    return min(sizes) >= _TELLING and max(sizes) <= _CLOSE * min(sizes)


def narrower(first: Claim, second: Claim) -> tuple[bool, bool, bool, bool]:
    """Tell in which fields a claim says more of its people than another: nationality, group, place, side."""
    return (
        bool(first.nationality) and not second.nationality,
        not limits_nothing(first.group) and limits_nothing(second.group),
        bool(first.place) and not second.place,
        bool(first.side) and not second.side,
    )


def same_time(first: Claim, second: Claim) -> bool:
    """Tell whether nothing in two claims says that they hold for different days or windows.

    Where both are resolved to days, the days decide; words decide only where they are not.
    """
    if has("other_time", first.as_of) != has("other_time", second.as_of):
        return False
    one, other = held_on(first), held_on(second)
    if one is not None and other is not None:
        if one.start is None and other.start is None:  # "By 1 March", "by 9 March": totals of those days.
            return one.end == other.end
        return one.overlaps(other)
    return all(_same_words(a, b) for a, b in ((first.as_of, second.as_of), (first.span, second.span)) if a and b)


def _same_words(first: str, second: str) -> bool:
    """Tell whether words for a day or a window can mean the same one."""
    numbers = [set(re.findall(r"\d+", words)) for words in (first, second)]
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        return False
    one, other = (stems(strip("time_unit", words)) - found for words, found in zip((first, second), numbers, strict=True))
    return not one or not other or bool(one & other)


@lru_cache(maxsize=4096)
def _read_edtf(words: str) -> PartialDate | None:
    try:
        return PartialDate.from_edtf(words)
    except CenotaphError:
        return None


def held_on(claim: Claim) -> PartialDate | None:
    """Return the day or interval that a claim's figure is resolved to, None where its words give none."""
    return _read_edtf(claim.as_of_edtf) if claim.as_of_edtf else None


def same_speaker(first: Claim, second: Claim) -> bool:
    """Tell whether two claims come from one source; the text's own voice is one too."""
    if not first.attribution or not second.attribution:
        return not first.attribution and not second.attribution
    return alike(first.attribution, second.attribution)


def differ(first: CountRange, second: CountRange) -> Certainty | None:
    """Tell whether two numbers for one thing cannot both be right, and how certainly; None where they can."""
    if first.excludes(second):
        return Certainty.CERTAIN
    if _near(first).excludes(_near(second)):
        return Certainty.LIKELY
    floors = [c for c in (first, second) if c.bound in (Bound.AT_LEAST, Bound.MORE_THAN)]
    others = [c for c in (first, second) if c not in floors]
    if len(floors) == 1 and others and others[0].bound is Bound.EXACT and (floors[0].low or 0) * _APART <= (others[0].low or 0):
        return Certainty.POSSIBLE if floors[0].low else None
    return None


def _near(count: CountRange) -> CountRange:
    """Return what "about" can be taken to mean; any other bound as it is."""
    if count.bound is not Bound.APPROX or not count.low:
        return count
    low, high = math.ceil(count.low * (1 - _NEAR)), math.floor(count.low * (1 + _NEAR))
    return CountRange.between(low, high) if low < high else CountRange.exact(count.low)


def at_least_near(count: CountRange) -> int:
    """Return the least that a number can be taken to mean, "about" read as near it."""
    return _near(count).minimum


def above(first: CountRange, second: CountRange) -> Certainty | None:
    """Tell whether a number is certainly above another."""
    if second.maximum is not None and first.minimum > second.maximum:
        return Certainty.CERTAIN
    one, other = _near(first), _near(second)
    return Certainty.LIKELY if other.maximum is not None and one.minimum > other.maximum else None


def least(*certainties: Certainty) -> Certainty:
    """Return the weakest of several certainties."""
    order = [Certainty.CERTAIN, Certainty.LIKELY, Certainty.POSSIBLE]
    return max(certainties, key=order.index)


def say(claim: Claim) -> str:
    """Return a claim's number, people and outcome in the text's own words, short enough for a sentence."""
    who = claim.nationality_text or claim.group or claim.place
    number = " ".join(claim.number_text.split())
    said = f"“{number}” {claim.outcome.replace('_', ' ').replace('+', ' or ')}"
    return f"{said} ({' '.join(who.split())})" if who and fold_line(who) not in fold_line(number) else said


def name_speaker(claim: Claim) -> str:
    """Return who vouches for a claim, as a sentence can begin with it."""
    return " ".join(claim.attribution.split()) if claim.attribution else "the text itself"
