"""Whether two claims are of one thing: by their people, their place, or how the text sets one against the other."""

from __future__ import annotations

from collections.abc import Sequence

from cenotaph.domain.claims import Claim
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.comparing import same_thing
from cenotaph.extract.checks.cues import alike, has, limits_nothing, stems
from cenotaph.extract.checks.finding import Certainty
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
_FEW = 3  # Figures of one outcome in a text that is hardly of several events.
_TELLING = 10  # A number below this is the same by chance too often to be taken for the same statement.


def find_tie(case: Case, first: Claim, second: Claim) -> Certainty | None:
    """Tell how surely two claims are of one thing: by their people, their place, or how the text sets one against the other."""
    named = bool(first.nationality) and first.nationality == second.nationality
    scenes = read_scene(case, first), read_scene(case, second)
    if apart_in_list(case, first, second) or (not named and scenes[0].excludes(scenes[1])):
        return None
    if tell_apart(case, first, second):
        return None
    near = distance(case, first, second) <= _NEAR_BY
    voices = is_named(first) and is_named(second)
    own = has_own_group(first) and has_own_group(second) and alike(first.group or "", second.group or "")
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
    told = [c for c in list_standing(case.claims) if c.outcome == claim.outcome and c.subset_of is None]
    return sum((c.low or c.high or 0) >= _TELLING for c in told) <= _FEW


def _same_days(first: Claim, second: Claim) -> bool:
    """Tell whether both claims say for which days they hold; these were compared then."""
    return bool((first.as_of and second.as_of) or (first.span and second.span))


def has_own_group(claim: Claim) -> bool:
    """Tell whether a claim's group is of fewer people than anybody who served."""
    return not limits_nothing(claim.group)


def _are_telling(first: Claim, second: Claim) -> bool:
    """Tell whether neither number is so small that it is more likely of somebody else."""
    return min(claim.low if claim.low is not None else claim.high or 0 for claim in (first, second)) >= _TELLING


def _is_disputed(case: Case, first: Claim, second: Claim) -> bool:
    """Tell whether the words of the later claim set it against the earlier one, in the next sentence or the same."""
    later = max(first, second, key=lambda claim: claim.number_start)
    return distance(case, first, second) <= 1 and has("dispute", sentence_of(case, later))


def is_explained(case: Case, first: Claim, second: Claim) -> bool:
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


def is_named(claim: Claim) -> bool:
    """Tell whether a claim's speaker is more than an article or a pronoun."""
    return bool(claim.attribution and stems(claim.attribution))


def list_standing(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that are neither withdrawn nor additions nor repeats."""
    return [c for c in claims if not c.retracted and not c.increment and c.repeat_of is None]
