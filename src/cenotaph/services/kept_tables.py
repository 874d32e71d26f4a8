"""Captures whose tables a list is read from: a page that was fetched, a file that was kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from cenotaph.capture.intake import Taken
from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import RefusedError
from cenotaph.services.private import is_private
from cenotaph.services.quoted_cells import CheckedBytes
from cenotaph.services.seals import resolve_id


class Kept(NamedTuple):
    """A capture's bytes, hashed again, and what the record says of them."""

    taken: Taken
    path: Path


def find_kept(casebook: Casebook, start: str) -> Kept:
    """Return a capture by its id or its beginning.

    Raises
    ------
    NotFoundError, RefusedError, LedgerBrokenError
        There is none, it is under seal or private, or its bytes are not those that were kept.
    """
    capture = resolve_id("capture", start)
    path = CheckedBytes(casebook).find(capture)
    sql = 'SELECT how, origin, seen_at FROM sighting WHERE capture = %s ORDER BY "row"'
    seen = bulk.fetch_rows(sql, [capture])
    if is_private(capture):
        raise RefusedError(f"Capture {capture[:12]} is a private original.", "Read what was derived from it.")
    size, media_type = bulk.fetch_one("SELECT size, media_type FROM capture WHERE id = %s", [capture]) or (0, "")
    name, at = next(((origin, at) for _, origin, at in seen if origin), (capture[:12], "1970-01-01T00:00:00+00:00"))
    return Kept(Taken(capture, size, media_type, name, datetime.fromisoformat(at), new=False), path)
