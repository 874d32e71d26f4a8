"""When a page was published, by its own word, and where it says so: metadata, marked elements, its address, a byline."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from cenotaph.capture.readers.byline_dates import find_byline
from cenotaph.capture.readers.html_text import Block
from cenotaph.capture.readers.marked_dates import Published, find_marked
from cenotaph.capture.readers.shown_dates import Read, find_one, is_day_first, parse_stamp, parse_words
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import CenotaphError

Find = Callable[[tuple[str, str]], str | None]
"""Gives what a page's metadata say under a kind of name and a name."""

_IN_PATH = re.compile(r"/(20\d{2}|19\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/_-]|$|\.)")
_MONTH_IN_PATH = re.compile(r"/(20\d{2}|19\d{2})/(0[1-9]|1[0-2])/(?=[^/]*\D)[^/]+")
_LONGEST_DATE = 60
_PUBLISHED = (
    ("property", "article:published_time"),
    ("property", "og:article:published_time"),
    ("name", "article:published_time"),
    ("itemprop", "datepublished"),
    ("name", "datepublished"),
    ("property", "datepublished"),
    ("name", "pubdate"),
    ("name", "publishdate"),
    ("name", "publish-date"),
    ("name", "publish_date"),
    ("name", "publication_date"),
    ("name", "dc.date.issued"),
    ("name", "dcterms.issued"),
    ("name", "dcterms.created"),
    ("name", "dc.date"),
    ("name", "dc.date.created"),
    ("name", "mediator_published_time"),
    ("name", "parsely-pub-date"),
    ("name", "sailthru.date"),
    ("name", "cxenseparse:recs:publishtime"),
    ("name", "citation_publication_date"),
    ("name", "date"),
    ("property", "og:pubdate"),
    ("name", "article_date_original"),
    ("name", "article.published"),
    ("name", "article:published"),
    ("name", "originalpublicationdate"),
    ("name", "publicationdate"),
    ("name", "publish_time"),
    ("name", "publishtime"),
    ("name", "pub_date"),
    ("name", "bt:pubdate"),
    ("name", "date.created"),
    ("name", "created"),
    ("itemprop", "datecreated"),
)


def find_published(
    tree: Any,
    find: Find,
    linked: Sequence[dict[str, Any]],
    address: str | None,
    blocks: Sequence[Block] = (),
    language: str | None = None,
) -> Published | None:
    """Return when a page was published.

    Parameters
    ----------
    tree
        The page.
    find
        Its named metadata.
    linked
        The objects of its linked data, those of articles first.
    address
        Where it was fetched from, or what it gives as its own.
    blocks
        Its blocks of text.
    language
        What it says its language is.
    """
    for item in linked:
        value = item.get("datePublished")
        if isinstance(value, str) and (read := _read_value(value)):
            return Published(read[0], "json-ld datePublished", read[1])
    for key, name in _PUBLISHED:
        value = find((key, name))
        if value and (read := _read_value(value)):
            return Published(read[0], f"meta {name}", read[1])
    day_first = is_day_first(language)
    path = urlsplit(address).path if address else ""
    return find_marked(tree, day_first) or _read_path(path) or find_byline(tree, blocks, day_first) or _read_month(path)


def _read_value(value: str) -> Read | None:
    read = parse_stamp(value) or parse_words(value)
    if read is None and len(value) <= _LONGEST_DATE:
        shown = find_one(value)
        read = (shown.on, None) if shown is not None and shown.on is not None else None
    return read


def _read_path(path: str) -> Published | None:
    match = _IN_PATH.search(path)
    if not match:
        return None
    try:
        return Published(PartialDate.of_day(int(match[1]), int(match[2]), int(match[3])), "address", None)
    except (ValueError, CenotaphError):
        return None


def _read_month(path: str) -> Published | None:
    """Return the month that an address begins with, as those of blogs do: no more precisely than it says."""
    match = _MONTH_IN_PATH.match(path)
    return Published(PartialDate.of_month(int(match[1]), int(match[2])), "address", None) if match else None
