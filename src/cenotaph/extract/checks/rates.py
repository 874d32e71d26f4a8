"""Rates between two claims: only of one population and one claimant, with the bounds that their numbers allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cenotaph.domain.claims import Claim, Unit
from cenotaph.extract.checks.case import Case
from cenotaph.extract.checks.comparing import measure, same_speaker

_OF = {
    "recruited": ("killed", "wounded", "missing", "captured"),
    "fighting": ("killed", "wounded", "missing", "captured"),
    "on_board": ("killed", "rescued", "missing"),
}
_MOST = 400  # Claims that are held against each other in pairs.


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of one claim in another.

    Parameters
    ----------
    part, whole
        The claims.
    low, high
        The least and the most that the numbers' bounds allow, from 0 to 1; ``high`` is None where they set no limit. A range
        has no mean, and none is given.
    """

    part: Claim
    whole: Claim
    low: float
    high: float | None

    @property
    def words(self) -> str:
        """The rate with its bounds: ``at most 5.6%``."""
        low, high = f"{100 * self.low:.1f}%", None if self.high is None else f"{100 * self.high:.1f}%"
        if high is None:
            return f"at least {low}"
        if self.low == self.high:
            return low
        return f"at most {high}" if not self.low else f"{low} to {high}"


def find_rates(claims: Sequence[Claim]) -> Iterator[Rate]:
    """Yield the rates that a document's claims allow.

    The part must be said to be a part of the whole, or both must be of the same nationality, group and side; both must come
    from one claimant, and neither be withdrawn.
    """
    for case in Case(claims).split(_MOST):
        yield from _find(case)


def _find(case: Case) -> Iterator[Rate]:
    for part in case.claims:
        if part.unit is Unit.PERCENT or part.retracted or part.increment or part.low is None or part.repeat_of is not None:
            continue
        for whole in case.claims:
            if (
                part.outcome not in _OF.get(whole.outcome, ())
                or whole.retracted
                or whole.increment
                or whole.repeat_of is not None
            ):
                continue
            stated = case.whole_of(part) is whole
            same = bool(part.nationality or part.group) and (part.nationality, part.group, part.side) == (
                whole.nationality,
                whole.group,
                whole.side,
            )
            if (stated or same) and same_speaker(part, whole) and whole.unit is not Unit.PERCENT:
                rate = _divide(part, whole)
                if rate is not None:
                    yield rate


def _divide(part: Claim, whole: Claim) -> Rate | None:
    upper, lower = measure(part), measure(whole)
    low = upper.minimum / lower.maximum if lower.maximum else 0.0
    high = upper.maximum / lower.minimum if upper.maximum is not None and lower.minimum else None
    if high is not None and high > 1:
        return None  # The bounds exclude that it is a part: that is a finding, no rate.
    return None if high is None and not low else Rate(part, whole, low, high)
