"""Whether a predicted claim agrees with an annotated one, field by field, as the guideline's scoring says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from benchmarks.claims.records import GoldDocument, Row, Value, whole, word

# A share may be stated rounded: 8.3 and 8.33 per cent of "one in twelve" are the same value.
TOLERANCE = 0.05
OVERLAP = 0.5
WORD = re.compile(r"\w+")
BOUNDS_WITHOUT_LOW = frozenset({"at_most"})
BOUNDS_WITHOUT_HIGH = frozenset({"at_least", "more_than", "may_exceed"})
HEDGES = ("exact", "at_least", "more_than", "at_most", "approx")


def overlaps(a_start: int, a_end: int, b_start: int, b_end: int) -> bool:
    return a_start < b_end and b_start < a_end


def number_spans(claim: Row, document: GoldDocument) -> list[tuple[int, int]]:
    """Return the span of the number's words and, where another reading is accepted, of that reading's words."""
    spans = [(whole(claim, "number_start"), whole(claim, "number_end"))]
    other = claim.get("alt_number")
    if isinstance(other, str):
        found = document.text.find(other, whole(claim, "start"), whole(claim, "end"))
        if found >= 0:
            spans.append((found, found + len(other)))
    return spans


def is_core(claim: Row) -> bool:
    """Return whether a default system must find the claim; the others are neither required nor wrong."""
    return not (claim.get("extended") or claim.get("ambiguous") or claim.get("furniture"))


def listed(value: Value) -> list[Value]:
    return list(value) if isinstance(value, list | tuple) else [value]


def accepted_outcomes(gold: Row) -> set[str]:
    return {str(gold["outcome"]), *(str(v) for v in listed(gold.get("alt_outcome")) if v)}


def same_outcome(gold: Row, predicted: Row) -> bool:
    return predicted.get("outcome") in accepted_outcomes(gold)


def _near(a: Value, b: Value) -> bool:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) < TOLERANCE
    return a is None and b is None


def _hedged(number: Value, bound: str) -> tuple[Value, Value, str]:
    low = None if bound in BOUNDS_WITHOUT_LOW else number
    high = None if bound in BOUNDS_WITHOUT_HIGH else number
    return low, high, bound


def accepted_values(gold: Row) -> list[tuple[Value, Value, str]]:
    """Return each (low, high, bound) that agrees with the annotation."""
    low, high, bound = gold.get("low"), gold.get("high"), str(gold["bound"])
    values: list[tuple[Value, Value, str]] = [(low, high, bound)]
    number = low if low is not None else high
    values += [_hedged(number, str(other)) for other in listed(gold.get("alt_bound")) if other]
    if gold.get("scope_ambiguous"):
        # A hedge stands before the first of two coordinated numbers: exact or that hedge.
        values += [_hedged(number, other) for other in HEDGES]
    other_value = gold.get("alt_value")
    if isinstance(other_value, list) and len(other_value) == 2:
        values += [(other_value[0], other_value[1], other) for other in dict.fromkeys((bound, "exact", "approx"))]
    return values


def same_value(gold: Row, predicted: Row) -> bool:
    return any(
        bound == predicted.get("bound") and _near(low, predicted.get("low")) and _near(high, predicted.get("high"))
        for low, high, bound in accepted_values(gold)
    )


def words(text: Value) -> frozenset[str]:
    return frozenset(WORD.findall(str(text).casefold())) if text else frozenset()


def same_words(a: Value, b: Value) -> bool:
    """Return whether two strings share half their words (Dice's coefficient); two absent ones agree."""
    first, second = words(a), words(b)
    if not first or not second:
        return not first and not second
    return 2 * len(first & second) / (len(first) + len(second)) >= OVERLAP


def codes(value: Value) -> frozenset[str]:
    return frozenset(str(code) for code in listed(value) if code)


def accepted_nationalities(gold: Row) -> list[frozenset[str]]:
    return [codes(gold.get("nationality")), *(codes(other) for other in listed(gold.get("alt_nationality") or []))]


def wrong_nationality(gold: Row, predicted: Row) -> bool:
    """Return whether a nationality is stated that the text does not give; an absent one is a gap, not an error of this kind."""
    stated = codes(predicted.get("nationality"))
    return bool(stated) and stated not in accepted_nationalities(gold)


Links = Mapping[str, frozenset[str]]


class Repeats:
    """Which claims of a document are mentions of one claim, through ``repeat_of``."""

    def __init__(self, claims: tuple[Row, ...]) -> None:
        self._head = {str(c["id"]): word(c, "repeat_of") for c in claims}

    def first(self, identifier: str) -> str:
        """Return the first mention of the claim; a circle of repeats is known by its least id."""
        seen = {identifier}
        while (earlier := self._head.get(identifier)) is not None:
            if earlier in seen:
                return min(seen)
            seen.add(earlier)
            identifier = earlier
        return identifier


# A slot's judgement: (predicted says something, gold says something, they agree).
Verdict = tuple[bool, bool, bool]
Judge = Callable[[Row, Row], Verdict]


def _by_words(field: str, *others: str) -> Judge:
    def judge(gold: Row, predicted: Row) -> Verdict:
        right = [gold.get(field), *listed(gold.get(f"alt_{field}") or [])]
        said = [predicted.get(name) for name in (field, *others) if predicted.get(name)] or [None]
        agree = any(same_words(a, b) for a in right for b in said)
        return said != [None], bool(right[0]), agree

    return judge


def _by_value(field: str, default: Value = None) -> Judge:
    def judge(gold: Row, predicted: Row) -> Verdict:
        right = [gold.get(field) or default, *listed(gold.get(f"alt_{field}") or [])]
        said = predicted.get(field) or default
        return said != default, right[0] != default, said in right

    return judge


def _nationality(gold: Row, predicted: Row) -> Verdict:
    said, right = codes(predicted.get("nationality")), accepted_nationalities(gold)
    return bool(said), bool(right[0]), said in right


def _span(gold: Row, predicted: Row) -> Verdict:
    # A gold set without spans keeps its windows in as_of: those words, or none, are then right.
    stated = gold.get("span")
    right = [stated] if stated else [None, gold.get("as_of")]
    said = predicted.get("span")
    return bool(said), bool(stated), any(same_words(a, said) for a in right)


# A window ("since May") is a date of the figure too: either of the system's two fields may hold the words of as_of.
JUDGES: dict[str, Judge] = {
    "nationality": _nationality,
    "group": _by_words("group"),
    "attribution": _by_words("attribution"),
    "via": _by_words("via"),
    "modality": _by_value("modality"),
    "as_of": _by_words("as_of", "span"),
    "span": _span,
    "increment": _by_value("increment", False),
    "unit": _by_value("unit", "people"),
    "side": _by_words("side"),
    "place": _by_words("place"),
}
LINKS = ("subset_of", "repeat_of")
SLOTS = (*JUDGES, *LINKS)


def judge_link(
    field: str, gold: Row, predicted: Row, gold_of: Mapping[str, str], repeats: Repeats, absent: frozenset[str]
) -> Verdict:
    """Judge a reference to another claim, through the claims that were matched.

    Any mention of the claim referred to is as good as another. A reference to a claim that was not matched agrees with nothing.

    Parameters
    ----------
    gold_of
        Gold id by predicted id, over the matched pairs of the document.
    absent
        First mentions of claims that need not be found and were not: no reference to them can be asked for.
    """
    key = f"alt_{field.removesuffix('_of')}"
    right = {repeats.first(str(v)) if v else None for v in [word(gold, field), *(listed(gold[key]) if key in gold else [])]}
    required = word(gold, field) is not None
    if right & absent:
        right.add(None)
    said = word(predicted, field)
    meant = None if said is None else repeats.first(gold_of.get(said, f"unmatched {said}"))
    return said is not None, required, meant in right
