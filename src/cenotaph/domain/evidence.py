"""What a report is worth as evidence of a fate: who speaks, of what origin, since when, and what happened by its account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cenotaph.domain.errors import ValueFormatError
from cenotaph.domain.sources import SourceKind
from cenotaph.domain.standing import Fate


class Event(StrEnum):
    """What happened by a report's account that bears on a fate."""

    COURT = "court"  # a court declared somebody dead
    FOUND = "found"  # a body was found
    RETURNED = "returned"  # a body was handed over
    IDENTIFIED = "identified"  # a body was identified
    BURIAL = "burial"
    SIGN_OF_LIFE = "sign_of_life"  # somebody was seen, heard or exchanged alive
    ANNULLED = "annulled"  # a court took its declaration back


class Basis(StrEnum):
    """Whether somebody looked at what a report rests on."""

    EXAMINED = "examined"
    ADOPTED = "adopted"  # a list's row that nobody has examined
    WITHOUT_SOURCE = "without_source"  # a list's row that cites nothing


@dataclass(frozen=True, slots=True)
class Evidence:
    """One report of a person, as a standard weighs it.

    Parameters
    ----------
    report
        Its id.
    lineage
        What it goes back to; reports of one lineage count as one source.
    kind
        Who speaks.
    fate
        What it says became of the person.
    known_on
        The day by which it certainly was out; None where nobody says.
    events
        What happened by its account.
    basis
        Whether somebody examined it.
    independent
        Whether a reviewer said, or a named rule says, that its lineage is an origin of its own. An unknown origin is not.
    fields
        Names of the values it gives.
    sealed_source
        Whether it comes from a leaked or sealed source, which may verify and is never shown.
    known_from
        The first day on which it may have been out, where that is not ``known_on``: a list of 2024-03 came out in that month.

    Raises
    ------
    ValueFormatError
        The lineage is empty.
    """

    report: str
    lineage: str
    kind: SourceKind
    fate: Fate
    known_on: date | None = None
    events: tuple[Event, ...] = ()
    basis: Basis = Basis.EXAMINED
    independent: bool = False
    fields: frozenset[str] = frozenset()
    sealed_source: bool = False
    known_from: date | None = None

    @property
    def first_known(self) -> date | None:
        """The first day on which it may have been out."""
        return self.known_from or self.known_on

    @property
    def known_words(self) -> str:
        """When it came out, as precisely as that is known."""
        return write_known(self.first_known, self.known_on)

    def __post_init__(self) -> None:
        if not self.lineage:
            raise ValueFormatError(f"The report {self.report} has no lineage.", "Where nothing is known, its document is one.")


def write_known(first: date | None, last: date | None) -> str:
    """Return a span of days as the day, month or year that holds it; nothing where it spans years or is not known."""
    if first is None or last is None:
        return ""
    if first == last:
        return last.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return last.isoformat()[:7]
    return last.isoformat()[:4] if first.year == last.year else ""
