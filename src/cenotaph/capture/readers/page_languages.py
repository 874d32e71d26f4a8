"""The languages of pages and comments that state none, told by their words.

Not in the process apart: the model that tells them unpacks itself into a file, which that process may not write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cenotaph.capture.readers import html_comments, page
from cenotaph.domain.documents import DocumentFacts, TextDocument

_LEAST = 40
_PAGES = (page.NAME, page.WHOLE)


def tell_languages(documents: Iterable[TextDocument]) -> Iterator[TextDocument]:
    """Yield documents; a page that states no language gets the likely one, and so does each comment, else its page's."""
    around: str | None = None
    for document in documents:
        facts = document.facts or DocumentFacts()
        if document.reader not in (*_PAGES, html_comments.NAME):
            yield document
            continue
        language = facts.language
        if document.reader in _PAGES:
            around = language = language or guess_language(document.text)
        else:
            language = guess_language(document.text) or around
        yield document if language == facts.language else replace(document, facts=replace(facts, language=language))


def guess_language(text: str) -> str | None:
    """Return the language that a text is likely in; None of a short one."""
    if len(text) < _LEAST:
        return None
    from cenotaph.text.languages import detect_language

    found = detect_language(text[:5000])
    return None if found in ("", "und", "other") else found
