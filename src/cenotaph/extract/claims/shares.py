"""The total of which English words tell a share, the rest, or an item: "31 per cent were children", "the other seven"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cenotaph.extract.claims.draft import Draft

_REACH = 12
_NEAR = 6
_LIST_BLOCKS = 2
_WHO = frozenset({"recruited", "fighting", "detained", "other"})
_SAYING = frozenset({"were", "was", "are", "is", "had", "have", "has"})
_REMAINING = frozenset({"other", "remaining"})
_RAISING = frozenset(
    {"bringing", "raising", "taking", "pushing", "lifting", "brings", "raises", "brought", "raised", "takes", "makes"}
)
_RAISE_REACH = 9
_MAKING_REACH = 14
_BODY_REACH = 3
_BODIES = frozenset({"group", "crew", "team", "unit", "party", "platoon", "company", "squad", "batch", "convoy", "contingent"})


def relative_whole(draft: Draft, same: Sequence[Draft]) -> Draft | None:
    """Return the 500 of "more than 500 foreigners, many of whom were recruited", "500 conscripts, 40 of whom died"."""
    sentence, at = draft.sentence, draft.number.end
    behind = [token.low for token in sentence.tokens[at : at + 2]]
    if sentence.language != "en" or behind not in (["of", "whom"], ["of", "which"]):
        return None
    for other in reversed(same):
        fits = draft.value is None or other.value is None or draft.value <= other.value
        if other.population.end <= draft.number.start and other.unit != "percent" and fits:
            return other
    return None


def raises_total(draft: Draft) -> bool:
    """Return whether a number is the total that others brought it to: "raising the number of those killed to 16"."""
    tokens = draft.sentence.tokens
    at = draft.number.start
    if not at or draft.population.partitive == "them":
        return False
    before = [token.low for token in tokens[max(0, at - _RAISE_REACH) : at]]
    if before[-1] != "to":
        return draft.number.start > 1 and before[-1] == "makes" and before[-2:-1] == ["that"]
    return bool(_RAISING.intersection(before))


def find_shared_whole(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the total that a share, an item of a list or the rest of some people is a part of, None where nothing says so.

    Parameters
    ----------
    draft
        An English claim, with the whole that other rules found, if any.
    before
        Claims before it, in the order of the text.
    """
    beside = before[-1] if before and before[-1].sentence is draft.sentence else None
    if draft.population.label and beside is not None and draft.how in ("list", "coordinate", "part"):
        if beside.unit == "percent" and _makes_up(draft):
            return beside
        if beside.population.label and beside.parent is not None and beside.parent.unit == "percent":
            return beside.parent
    whole = draft.parent
    if whole is not None:
        return whole.parent if whole.parent is not None and _is_beside(draft, whole) else None
    if draft.number.mention.increment or draft.increment:
        return None
    if _says_the_rest(draft):
        return _find_divided(draft, before)
    if draft.sentence.unit.kind == "item" and _is_told_of_a_list(draft):
        return _find_led(draft, before)
    if draft.unit == "percent" and beside is not None and beside.unit == "percent":
        return beside.parent
    if beside is not None and _stands_in_brackets(draft, beside):
        return beside
    if beside is not None and _goes_on(draft, beside):
        return beside.parent
    return _find_body(draft, before)


def _goes_on(draft: Draft, beside: Draft) -> bool:
    """Return whether a bare number goes on with what befell those of whom the part beside is: "four are dead and one is lame"."""
    whole = beside.parent
    if whole is None or whole.sentence is draft.sentence or "percent" in (whole.unit, beside.unit, draft.unit):
        return False
    if draft.population.kind != "bare" or draft.population.more or draft.how not in ("own", "coordinate"):
        return False
    between = [token.low for token in draft.sentence.tokens[beside.number.end : draft.number.start]]
    if {";", ":", "that", "elsewhere"}.intersection(between) or (between and between[-1] in ("to", "at", "from", "against")):
        return False
    total, first, second = whole.value, beside.value, draft.value
    return None not in (total, first, second) and (first or 0) + (second or 0) <= (total or 0)


def _stands_in_brackets(draft: Draft, beside: Draft) -> bool:
    """Return whether a number opens the brackets behind what befell the number beside: "64 civilians killed (11 children)"."""
    opening = next((a for a, z in draft.sentence.brackets if a < draft.number.start < z), None)
    if opening is None or draft.number.start - opening > 1 or opening - beside.number.end > _BRACKET_REACH:
        return False
    alike = beside.outcome == draft.outcome and beside.unit != "percent" and beside.number.end <= opening
    smaller = (draft.value or 0) < (beside.value or 0)
    return alike and smaller and draft.population.kind == "people" and not draft.population.label


_BRACKET_REACH = 8


def _find_body(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the men of whom "ten of the group", "two of the crew" are: the last larger number of people, near."""
    population, tokens = draft.population, draft.sentence.tokens
    at = draft.number.end
    if at + 2 >= len(tokens) or tokens[at].low != "of" or tokens[at + 1].low not in ("the", "this", "that"):
        return None
    if tokens[at + 2].low not in _BODIES or draft.value is None or population.more:
        return None
    for other in reversed(before):
        if draft.index - other.index > _BODY_REACH:
            return None
        if other.unit != "percent" and other.parent is None and (other.value or 0) > draft.value:
            return other
    return None


def _makes_up(draft: Draft) -> bool:
    """Return whether the rest of a clause says that those listed are of the share before: "making up most of them"."""
    behind = [token.low for token in draft.sentence.tokens[draft.number.end : draft.number.end + _MAKING_REACH]]
    return any(first == "of" and second in ("them", "these", "those") for first, second in pairwise(behind))


def _is_beside(draft: Draft, whole: Draft) -> bool:
    """Return whether what was taken for a whole is a part beside: too small, or in another item of the list."""
    if draft.unit == "percent":
        listed = draft.sentence is not whole.sentence and draft.sentence.unit.kind == whole.sentence.unit.kind == "item"
        return whole.unit == "percent" or listed
    exact = whole.number.mention.bound in ("exact", "approx")
    return exact and whole.unit != "percent" and (draft.value or 0) > (whole.value or 0)


def _says_the_rest(draft: Draft) -> bool:
    """Return whether "the other seven", "the remaining two" tells who is left of a number told before."""
    tokens, at = draft.sentence.tokens, draft.number.start
    lead = [token.low for token in tokens[max(0, at - 2) : at]]
    if lead == ["the"]:
        return False
    if len(lead) == 2 and lead[0] == "the" and lead[1] in _REMAINING:
        return True
    inner = tokens[at].low if at < len(tokens) else ""
    return bool(lead) and lead[-1] == "the" and inner in _REMAINING


def _find_divided(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the number that was divided: the whole of the parts right before, or the last larger one of the same outcome."""
    value = draft.value or 0
    for other in reversed(before):
        if draft.index - other.index > _NEAR:
            break
        whole = other.parent
        if whole is not None and whole.unit != "percent" and (whole.value or 0) > value + (other.value or 0) - 1:
            return whole
    for other in reversed(before):
        if draft.index - other.index > _NEAR or other.sentence is draft.sentence:
            continue
        if other.outcome == draft.outcome and other.unit != "percent" and (other.value or 0) > value:
            return other
    return None


def _is_told_of_a_list(draft: Draft) -> bool:
    """Return whether an item tells of some of those whom the list is about: a share, or a bare number with what they were."""
    if draft.unit == "percent":
        return draft.binding is None or draft.outcome in _WHO
    if draft.binding is not None or draft.how not in ("list", "coordinate") or draft.population.kind != "bare":
        return False
    tokens, end = draft.sentence.tokens, draft.population.end
    if end < len(tokens) and tokens[end].text == "," and draft.sentence.numbers:
        after = next((n.end for n in draft.sentence.numbers if end < n.start <= end + 2), end)
        end = after + 1 if after < len(tokens) and tokens[after].text == "," else after
    return draft.population.label is False and end < len(tokens) and tokens[end].low in _SAYING


def _find_led(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the total that leads in the list in which an item stands: the last number of people outside it."""
    for other in reversed(before[-_REACH:]):
        unit = other.sentence.unit
        if draft.sentence.unit.block - unit.block > _LIST_BLOCKS:
            return None
        if unit.kind == "item" or other.unit == "percent":
            continue
        if other.outcome != draft.outcome and draft.outcome not in _WHO:
            return None
        return other if draft.unit == "percent" or (other.value or 0) > (draft.value or 0) else None
    return None
