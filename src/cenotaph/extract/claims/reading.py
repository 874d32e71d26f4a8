"""What reading a text gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from cenotaph.domain.claims import Allegation, Claim, Notice


@dataclass(frozen=True, slots=True)
class Reading(Sequence["Claim | Allegation"]):
    """The claims and allegations of a text, in its order: a sequence of them, with the language and notices beside.

    Parameters
    ----------
    items
        Claims and allegations.
    language
        The tag of the language it was read in.
    notices
        What must be known of the reading as a whole: a language that is not read, for one.
    """

    items: tuple[Claim | Allegation, ...]
    language: str
    notices: tuple[Notice, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims alone."""
        return tuple(item for item in self.items if isinstance(item, Claim))

    @property
    def allegations(self) -> tuple[Allegation, ...]:
        """The allegations alone."""
        return tuple(item for item in self.items if isinstance(item, Allegation))

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Claim | Allegation]:
        return iter(self.items)

    @overload
    def __getitem__(self, index: int) -> Claim | Allegation: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Claim | Allegation, ...]: ...

    def __getitem__(self, index: int | slice) -> Claim | Allegation | tuple[Claim | Allegation, ...]:
        return self.items[index]
