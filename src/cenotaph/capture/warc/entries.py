"""What a WARC file holds, record by record, as it is indexed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PayloadEntry:
    """One answer or file in a WARC file.

    Parameters
    ----------
    offset, length
        Where its record stands, in bytes.
    kind
        ``response``, ``resource`` or ``revisit``.
    address, at
        What was asked for, and when.
    status, media_type
        What was answered.
    sha256, size
        Of its payload as it went over the wire.
    role
        ``page`` for the page itself, ``redirect`` on the way to it, ``requisite`` for what it shows, ``other`` else.
    """

    offset: int
    length: int
    kind: str
    address: str
    at: str
    status: int | None
    media_type: str | None
    sha256: str
    size: int
    role: str = "other"
