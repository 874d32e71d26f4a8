"""What was captured and nobody has read yet: the part of the evidence that no count holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from cenotaph.domain.dates import PartialDate


class Sighting(NamedTuple):
    """One time that somebody kept a capture's bytes.

    Parameters
    ----------
    capture
        The capture.
    source
        Who speaks in it, or None where nobody said.
    seen_at, known_at
        When it was kept, and when the casebook held that.
    """

    capture: str
    source: str | None
    seen_at: datetime
    known_at: datetime


@dataclass(frozen=True, slots=True)
class BacklogLine:
    """Captures of one source, first kept in one month, that nobody has read yet."""

    source: str
    month: str
    captures: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """Captures that no report rests on, whose claims were not read, and that nobody called empty.

    Parameters
    ----------
    captures
        How many there are; a capture seen under several sources is one.
    lines
        By source and month; a capture seen under several sources stands in the line of each.
    several_sources
        How many captures stand in more than one line.
    by_hand
        True where the record has reports that people entered from documents.
    """

    captures: int = 0
    lines: tuple[BacklogLine, ...] = ()
    several_sources: int = 0
    by_hand: bool = False


NO_SOURCE = "no source stated"


def sum_backlog(
    sightings: Iterable[Sighting],
    read: set[str],
    published: dict[str, PartialDate],
    as_of: date | None = None,
    known_at: datetime | None = None,
    by_hand: bool = False,
) -> Backlog:
    """Add up the captures that nobody has read.

    Parameters
    ----------
    read
        Captures that a report, a reading of a list or of claims, or a judgement rests on, as the casebook knew at ``known_at``.
    published
        When captures were published, where that is known.
    as_of
        Only what was certainly public by the end of this day: published by then, or kept by then.
    known_at
        Only what the casebook held at this instant.
    """
    first: dict[tuple[str, str], datetime] = {}
    for capture, source, seen_at, held_at in sightings:
        if capture in read or (known_at is not None and held_at > known_at):
            continue
        if as_of is not None and seen_at.date() > as_of:
            day = published.get(capture)
            if day is None or not day.ends_by(as_of):
                continue
        place = (capture, source or NO_SOURCE)
        first[place] = min(seen_at, first.get(place, seen_at))
    lines = Counter((source, f"{seen_at:%Y-%m}") for (_, source), seen_at in first.items())
    sources = Counter(capture for capture, _ in first)
    return Backlog(
        len(sources),
        tuple(BacklogLine(source, month, number) for (source, month), number in sorted(lines.items())),
        sum(number > 1 for number in sources.values()),
        by_hand,
    )
