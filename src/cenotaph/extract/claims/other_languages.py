"""A language that is not read: say so, and give no more than is safe."""

from __future__ import annotations

from cenotaph.domain.claims import Notice
from cenotaph.extract.claims.reading import Reading

OTHER_PART = Notice(
    "part_not_read", "Part of the text is in another language than the rest and was not read; a person must read it."
)
"""What is said of a text whose paragraphs are in more than one language."""


def read_plain(text: str, language: str, document: str) -> Reading:
    """Return a reading without claims and a notice that says why."""
    del text, document
    if language in ("und", "zxx"):
        message = "The text has no words by which to tell its language; nothing was read. If you know it, say it with --language."
        return Reading((), language, (Notice("language_unknown", message),))
    notice = Notice("language_not_read", f"Claims in '{language}' are not read yet; a person must read this text.")
    return Reading((), language, (notice,))
