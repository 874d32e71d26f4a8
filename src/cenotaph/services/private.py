"""Captures that people see only in a cleaned derivative, because the original tells of whoever made it."""

from __future__ import annotations

from cenotaph.casebook import bulk

ORIGINAL = "private original"
"""How such a capture was seen: what is named so in a sighting is handed on and shown only where that is asked for."""


def derived_from(original: str) -> str:
    """Return how a derivative of a capture was seen."""
    return f"derived from {original[:12]}"


def is_private(capture: str) -> bool:
    """Tell whether a capture is such an original."""
    return bulk.fetch_one("SELECT 1 FROM sighting WHERE capture = %s AND how = %s LIMIT 1", [capture, ORIGINAL]) is not None


def holds_private(capture: str) -> bool:
    """Tell whether a capture is such an original and its bytes are kept: it is not under seal."""
    joined = "sighting s JOIN capture c ON c.id = s.capture"
    sql = f"SELECT 1 FROM {joined} WHERE c.id = %s AND s.how = %s AND c.size IS NOT NULL LIMIT 1"  # noqa: S608
    return bulk.fetch_one(sql, [capture, ORIGINAL]) is not None
