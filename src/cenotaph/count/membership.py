"""Which reports of a list stood on a day, as the casebook knew it at an instant.

A reading's own reports stand from then on; its changes withdraw a row or bring an earlier report back. What stood is the
replay of a chain of readings, the last word on each row winning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from cenotaph.domain.lists import ListReading, order_releases


@dataclass(frozen=True, slots=True)
class Chain:
    """The readings to replay, in order, and what was left out of them.

    Parameters
    ----------
    readings
        In order of replay.
    releases
        Labels of the releases that are in force, in the order of their dates.
    notes
        What a reader must know of releases that were left out.
    """

    readings: tuple[ListReading, ...]
    releases: tuple[str, ...]
    notes: tuple[str, ...] = ()


def chain_readings(
    readings: Iterable[ListReading], list_id: str, as_of: date | None = None, known_at: datetime | None = None
) -> Chain:
    """Return the readings that say what stood in a list.

    Parameters
    ----------
    readings
        All readings of the record.
    as_of
        Only releases that were certainly public by the end of this day.
    known_at
        Only what the casebook had taken in by this instant.
    """
    own = [r for r in readings if r.list_id == list_id and (known_at is None or r.known_at <= known_at)]
    by_number = {reading.number: reading for reading in own}
    notes: list[str] = []
    public: list[ListReading] = []
    for reading in order_releases(own):
        if as_of is None or reading.released_on.ends_by(as_of):
            public.append(reading)
        elif reading.released_on.may_be_on_or_before(as_of):
            notes.append(
                f"Release {reading.release} of {list_id} is dated {reading.released_on.edtf}, which may be before or after "
                f"{as_of}: it is left out."
            )
    last = max((at for at, reading in enumerate(public) if reading.complete), default=None)
    if last is None:
        return Chain(tuple(public), tuple(r.release for r in public), tuple(notes))
    base: list[ListReading] = []
    step: ListReading | None = public[last]
    while step is not None:
        base.append(step)
        step = by_number.get(step.base) if step.base is not None else None
    additions = public[last + 1 :]
    return Chain((*reversed(base), *additions), tuple(r.release for r in (public[last], *additions)), tuple(notes))

