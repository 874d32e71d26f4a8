"""An outcome taken over from what was told before."""

from __future__ import annotations

from dataclasses import dataclass

from cenotaph.extract.claims.draft import Draft


@dataclass(slots=True)
class Inherited:
    """An outcome taken over, from which claim, how, and whether it must be looked at."""

    outcome: str
    unit: str
    parent: Draft | None
    how: str
    doubtful: bool
