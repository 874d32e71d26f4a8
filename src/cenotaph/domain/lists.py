"""What the record knows of a list's releases, and what of them stood on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
