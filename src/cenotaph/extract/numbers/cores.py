"""One number as it is read, between the tokens it takes."""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.extract.numbers.literals import Literal


@dataclass(slots=True)
class Core:
    """A number between two tokens, both inclusive, and what is known of it so far."""

    first: int
    last: int
    low: int | float | None
    high: int | float | None
    role: str = "count"
    words: bool = True
    literal: Literal | None = None
    bound: str = "exact"
    kind: str = ""
    certain: bool = False
    retracted: bool = False
    distributive: bool = False
    increment: bool = False
    begin: int = -1
    finish: int = -1
    head: int = -1
    genitive: bool = False
    scale: int | float = 1

    def __post_init__(self) -> None:
        """Start without hedges."""
        self.begin = self.first
        self.finish = self.last


def round_share(share: int | float) -> int | float:
    """Return a share of a hundred as it is usually said: whole from ten on, else with one decimal."""
    rounded = round(share) if share >= 10 else round(share, 1)
    return int(rounded) if float(rounded).is_integer() else rounded
