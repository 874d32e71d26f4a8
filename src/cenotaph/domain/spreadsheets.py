"""Texts in files that spreadsheets open: none is run as a formula, and each can be read back as it was."""

from __future__ import annotations

import re

# Spreadsheets set to East Asian languages run the wide forms too.
_ARMED = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")

_FIRST = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def disarm(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula.

    Where it begins like a formula, after any apostrophes, it gets one apostrophe more; :func:`rearm` takes that away again.
    """
    return f"'{text}" if text[:1] in _FIRST and _ARMED.match(text) else text


def rearm(text: str) -> str:
    """Return the text that :func:`disarm` was given."""
    return text[1:] if text.startswith("'") and _ARMED.match(text) else text
