"""What the record knows of a list's releases, and what of them stood on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cenotaph.domain.dates import PartialDate


@dataclass(frozen=True, slots=True)
class ListReading:
    """One release of a list, read under one mapping.

    Parameters
    ----------
    number
        The reading's row number in the store; a later reading has a higher one.
    list_id
        The list it belongs to.
    release
        The release's label; two readings with one label are the same release read twice, and the later one stands.
    released_on
        When the release became public.
    complete
        True where the file is the whole list, so that a row it lacks is withdrawn; False where it only adds.
    base
        The reading that this one's changes are relative to, or None where it starts afresh.
    known_at
        When the casebook took it in (UTC).
    """

    number: int
    list_id: str
    release: str
    released_on: PartialDate
    complete: bool
    base: int | None
    known_at: datetime


def order_day(day: PartialDate) -> tuple[date, date]:
    """Return what dates of releases are ordered by: when they begin, then when they end."""
    return (day.start or date.min, day.end or date.max)


def order_releases(readings: Iterable[ListReading]) -> list[ListReading]:
    """Return the latest reading of each release of one list, in order of date.

    Releases of one date stand in the order in which they were first read, so that reading one of them again does not
    change which of them is in force.
    """
    first: dict[str, int] = {}
    latest: dict[str, ListReading] = {}
    for reading in sorted(readings, key=lambda r: r.number):
        first.setdefault(reading.release, reading.number)
        latest[reading.release] = reading
    return sorted(latest.values(), key=lambda r: (*order_day(r.released_on), first[r.release]))
