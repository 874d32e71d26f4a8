"""A headline's figure that nothing in the body bears out."""

from __future__ import annotations

from collections.abc import Iterator

from cenotaph.domain.claims import Claim
from cenotaph.domain.counts import Bound
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.comparing import (
    differ,
    least,
    measure,
    narrower,
    same_outcome,
    same_people,
    same_thing,
    same_unit,
    say,
)
from cenotaph.extract.checks.finding import Certainty, Finding, FindingType


def check_headline(case: Case) -> Iterator[Finding]:
    """Yield figures of the headline that the body contradicts and nowhere repeats."""
    first = next(iter(case.units), None)
    if not case.first or first is None or first.kind != "heading":
        return
    # A headline may have a second line; what follows the first sentence of text is the body.
    end = next((unit.start for unit in case.units if unit.kind == "sentence"), len(case.text))
    head = [c for c in case.claims if c.number_start < end and (unit := case.unit_of(c)) is not None and unit.kind == "heading"]
    body = [c for c in case.claims if c.number_start >= end and not c.retracted and not c.increment]
    opening = next((at for at, unit in enumerate(case.units) if unit.kind == "sentence"), 0)
    for claim in head:
        if claim.retracted or claim.increment or claim.bound is Bound.MAY_EXCEED:
            continue
        same = [c for c in body if same_outcome(claim, c) and same_unit(claim, c) and same_people(claim, c) is not None]
        if any(c.repeat_of == claim.id or differ(measure(claim), measure(c)) is None for c in same if _is_total(c)):
            continue
        lead = {c.id for c in same if case.index_of(c) <= opening}
        same = [c for c in same if c.id in lead or same_thing(claim, c)]
        # What is said of fewer people than the headline's is a part of them, or of others; but a text's first sentence gives
        # the place that the headline left out.
        same = [c for c in same if _is_total(c) and not any(narrower(c, claim)[: 2 if c.id in lead else 3])]
        told = [(c, differ(measure(claim), measure(c))) for c in same if c.subset_of is None]
        nearest = _nearest(claim, [(c, certainty) for c, certainty in told if certainty is not None])
        if nearest is not None:
            other, certainty = nearest
            people = same_people(claim, other) or Certainty.POSSIBLE
            words = f"The headline has {say(claim)}, the text below {say(other)}, and nowhere the headline's number."
            yield Finding(FindingType.HEADLINE_VS_BODY, (claim, other), words, least(certainty, people))


def _is_total(claim: Claim) -> bool:
    """Tell whether a figure of the text below can bear out a headline's."""
    return claim.bound is not Bound.MAY_EXCEED and claim.low != 0


def _nearest(claim: Claim, told: list[tuple[Claim, Certainty]]) -> tuple[Claim, Certainty] | None:
    """Return the figure of the body that is most likely meant by the headline: the nearest in size."""
    sized = [(other, certainty) for other, certainty in told if other.low or other.high]
    mine = claim.low or claim.high or 0
    within = [pair for pair in sized if mine / 4 <= (pair[0].low or pair[0].high or 0) <= mine * 4]
    return min(within, key=lambda pair: abs((pair[0].low or pair[0].high or 0) - mine), default=None)
