"""The list's own words, folded for looking up, and what the mapping says they stand for."""

from __future__ import annotations

import unicodedata


def fold_word(words: str) -> str:
    """Return words as a mapping's table and a file's header are matched: case, ё/е and white space do not matter."""
    text = unicodedata.normalize("NFC", words).casefold().replace("ё", "е").replace("\ufeff", "")
    return " ".join(text.split())
