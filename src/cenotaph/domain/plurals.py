"""Numbers with the noun they count."""

from __future__ import annotations


def count_words(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: ``1 row``, ``1,204 rows``; the plural is the noun and an s unless given."""
    return f"{number:,} {choose(number, noun, plural or noun + 's')}"


def choose(number: int, one: str, many: str) -> str:
    """Return the word for one, or for any other number of things."""
    return one if number == 1 else many
