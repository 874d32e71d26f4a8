"""What the finder of numbers gives: one mention of a number, with its words, its value and what sort of number it is."""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.domain.counts import Bound

EXCLUDED_KINDS = frozenset(
    {"year", "date", "time", "age", "money", "distance", "duration", "ordinal", "unit_number", "code", "measure", "thing"}
)
"""Kinds of numbers that count no people."""
PEOPLE_KINDS = frozenset({"people_candidate", "percent", "indefinite", "zero", "another"})
"""Kinds that may: the reader decides on them."""


@dataclass(frozen=True, slots=True)
class NumberMention:
    """One number as a text words it.

    Parameters
    ----------
    start, end
        Code points of the number's words with their hedges.
    core_start, core_end
        Code points without the hedges.
    low, high
        What the words allow; whole numbers but for a percentage, a rate or a measure, None for an open end.
    bound
        ``exact``, ``at_least``, ``more_than`` (``low`` is the number that is surpassed), ``at_most``, ``approx``, ``range``,
        ``may_exceed`` or ``vague``.
    kind
        ``people_candidate``, ``percent``, ``zero``, ``indefinite`` ("a woman"), ``another``, or one of
        :data:`EXCLUDED_KINDS`.
    certain
        Whether words beside the number say that it counts people; where not, a candidate is what nothing speaks against.
    retracted
        Whether the text takes the number back ("not 27 but 25": 27).
    distributive
        Whether it holds for each of several ("two each", "по три").
    increment
        Whether words say that it comes on top ("another 12", "12 more", "ещё 12"); what it comes on top of, the reader knows.
    words
        Whether it is written in words.
    head_hint
        Code points of the noun that it counts, where the grammar of numbers knows it.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    low: int | float | None
    high: int | float | None
    bound: Bound
    kind: str
    certain: bool = False
    retracted: bool = False
    distributive: bool = False
    increment: bool = False
    words: bool = False
    head_hint: tuple[int, int] | None = None

    @property
    def percent(self) -> bool:
        """Whether it is a share: a percentage, a fraction, "one in five"."""
        return self.kind == "percent"
