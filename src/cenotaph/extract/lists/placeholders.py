"""Words that stand where nothing is known."""

from __future__ import annotations


def is_placeholder(words: str) -> bool:
    return words.strip("-–—?. ") == ""
