"""A claim while it is being read: what later steps may still change."""

from __future__ import annotations

from dataclasses import dataclass, field

from cenotaph.extract.claims.binding import Binding
from cenotaph.extract.claims.phrases import Population
from cenotaph.extract.claims.sentence import Sentence
from cenotaph.extract.claims.spans import Number


@dataclass(slots=True, eq=False)
class Draft:
    """A number of people with its outcome, and what else has been read of it."""

    sentence: Sentence
    index: int
    number: Number
    population: Population
    outcome: str
    unit: str
    binding: Binding | None
    how: str
    nationality: tuple[str, ...] = ()
    nationality_span: tuple[int, int] | None = None
    group: str | None = None
    side: str | None = None
    place: str | None = None
    attribution: str | None = None
    via: str | None = None
    modality: str = "stated"
    as_of: str | None = None
    window: bool = False
    parent: Draft | None = None
    repeats: Draft | None = None
    increment: bool = False
    retracted: bool = False
    has_source: bool = False
    sure: bool = False
    chance: float = 0.0
    doubts: dict[str, None] = field(default_factory=dict)

    def doubt(self, field_: str, words: str) -> None:
        """Add a doubt on a field."""
        self.doubts[f"{field_}: {words}"] = None

    @property
    def low(self) -> float | None:
        """The number's lower end."""
        return self.number.mention.low

    @property
    def high(self) -> float | None:
        """The number's upper end."""
        return self.number.mention.high

    @property
    def value(self) -> float | None:
        """The number that the words name."""
        mention = self.number.mention
        return mention.low if mention.low is not None else mention.high
