"""Pages: the article's text, each code point with the text node it stands in, and what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cenotaph.capture.readers.contained import Contained
from cenotaph.capture.readers.html_article import choose_article
from cenotaph.capture.readers.html_facts import read_facts
from cenotaph.capture.readers.html_text import cut_blocks, decode_page, join_blocks, parse_page
from cenotaph.domain.documents import TextDocument
from cenotaph.domain.errors import DamagedFileError

NAME = "page"
VERSION = "1"
_HEAD = 8192
_SAVED = re.compile(
    r"<!--[^>]{0,200}?saved from url=\(\d{1,6}\)(https?://[^\s<>\"]{1,2000})|"
    r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://[^\s<>\"]{1,2000})"
)


def _find_saved_address(decoded: str) -> str | None:
    """Return the address that a page names which a browser or SingleFile saved."""
    match = _SAVED.search(decoded[:_HEAD])
    return match[1] or match[2] if match else None


def read(source: Contained) -> Iterator[TextDocument]:
    """Read a page's article.

    Raises
    ------
    DamagedFileError
        It holds no text, or is nested so deeply that part of it would be lost.
    """
    decoded, encoding = decode_page(source.data, source.encoding, source.charset)
    tree = parse_page(decoded, source.name)
    blocks = cut_blocks(tree)
    if not blocks:
        raise DamagedFileError(
            f"{source.name} holds no text.", "A page that scripts fill must be fetched with --browser, or saved by one."
        )
    title = next(("".join(element.itertext()) for element in tree.iter("h1")), None)
    chosen, found = choose_article(tree, blocks, title)
    text, places = join_blocks(chosen)
    facts = read_facts(tree, source.address or _find_saved_address(decoded), text)
    yield TextDocument(text, NAME if found else "whole page", VERSION, encoding, facts, places)
