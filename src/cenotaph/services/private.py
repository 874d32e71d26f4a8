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
