"""When a page was published, by its own word, and where it says so: linked data, named metadata, marked elements, its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import CenotaphError

Find = Callable[[tuple[str, str]], str | None]
"""Gives what a page's metadata say under a kind of name and a name."""

_TIME = r"(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:[.,]\d{1,9})?)\s?(Z|[+-]\d{2}:?\d{2})?)?"
_DATE = re.compile(rf"^\s*(\d{{4}})(?:-(\d{{2}})(?:-(\d{{2}}){_TIME})?)?\b")
_IN_PATH = re.compile(r"/(20\d{2}|19\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/_-]|$|\.)")
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
)
_LONGEST_DATE = 60
_MOST_MARKED = 200
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SHOWN = re.compile(
    r"\b\d{1,2}[./]\d{1,2}[./]\d{4}\b|\b\d{1,2}\.?\s+[^\W\d_]{3,12}\.?,?\s+\d{4}\b|"
    r"\b[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b"
)
_ELSEWHERE = re.compile(r"comment|sidebar|widget|related|recent|teaser|popular|most-read|footer")
_EITHER = re.compile(r"\b(?:0?[1-9]|1[0-2])/(?:0?[1-9]|1[0-2])/\d{4}\b")  # Day and month, or month and day: nobody knows.
_MARKS = ("element datePublished", "time element", "element marked as date")
_DATE_CLASS = re.compile(
    r"(?:[a-z]+[-_]{1,2})*(?:pub(?:lish(?:ed)?)?[-_]?)?(?:date|datetime|dateline)(?:[-_]{1,2}(?:published|header|posted|created))?"
    r"|(?:[a-z]+[-_]{1,2})*published|posted-on|timestamp"
)


class Published(NamedTuple):
    """A day, where it was found, and the instant as it is written, where one is."""

    on: PartialDate
    basis: str
    at: str | None


def find_published(tree: Any, find: Find, linked: Sequence[dict[str, Any]], address: str | None) -> Published | None:
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
    """
    for item in linked:
        value = item.get("datePublished")
        if isinstance(value, str) and (read := parse_stamp(value)):
            return Published(read[0], "json-ld datePublished", read[1])
    for key, name in _PUBLISHED:
        value = find((key, name))
        if value and (read := parse_stamp(value) or parse_words(value)):
            return Published(read[0], f"meta {name}", read[1])
    marked = _find_marked(tree)
    if marked is not None:
        return marked
    if address and (match := _IN_PATH.search(urlsplit(address).path)):
        try:
            return Published(PartialDate.of_day(int(match[1]), int(match[2]), int(match[3])), "address", None)
        except (ValueError, CenotaphError):
            return None
    return None


def _find_marked(tree: Any) -> Published | None:
    """Return the date of the element that is marked as one: as that of publication first, then ``<time>``, then by its class.

    Of several of a kind the one nearest to the heading counts; what leads to other pages, and what readers wrote, is left out.
    """
    kinds: list[list[tuple[int, Published]]] = [[], [], []]
    heading: int | None = None
    for at, element in enumerate(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if heading is None and element.tag == "h1":
            heading = at
        kind = _mark_of(element)
        if kind is None or len(kinds[kind]) >= _MOST_MARKED or _leads_away(element, kind):
            continue
        value = element.get("datetime") or element.get("content") or " ".join("".join(element.itertext()).split())
        read = parse_stamp(value) or (_find_shown(value) if len(value) <= _LONGEST_DATE else None)
        if read and (kind == 0 or _DAY.fullmatch(read[0].edtf)):
            kinds[kind].append((at, Published(read[0], _MARKS[kind], read[1])))
    for found in kinds:
        if found:
            return min(found, key=lambda item: (abs(item[0] - (heading or 0)), item[0]))[1]
    return None


def _find_shown(words: str) -> tuple[PartialDate, str | None] | None:
    """Read the one date in what a page shows, whatever stands around it; none of two, and none that may be of two days."""
    found = parse_words(words)
    if found is None:
        shown = _SHOWN.findall(words)
        found = parse_words(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", shown[0])) if len(shown) == 1 else None
    return None if _EITHER.search(words) else found


def _mark_of(element: Any) -> int | None:
    if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None:
        return 0
    if element.tag == "time":
        return 1
    names = (element.get("class") or "").lower().split()
    return 2 if any(_DATE_CLASS.fullmatch(name) for name in names) else None


def _leads_away(element: Any, kind: int) -> bool:
    if kind == 0:
        return False
    for parent in element.iterancestors():
        if parent.tag in ("nav", "aside", "footer", "a") and (kind == 1 or parent.tag != "footer"):
            return True
        if _ELSEWHERE.search((parent.get("class") or "").lower()):
            return True
    return False


def parse_words(words: str) -> tuple[PartialDate, str | None] | None:
    """Read a date in words, such as ``22 июля 2025``, where it is one day."""
    from cenotaph.reference.date_words import read_date

    try:
        found = read_date(" ".join(words.split())[:60])
    except CenotaphError:
        return None
    ok = found.start is not None and found.end is not None and date(1990, 1, 1) <= found.start and not found.qualifier
    return (found, None) if ok else None


def parse_stamp(words: str) -> tuple[PartialDate, str | None] | None:
    """Read a date as machines write it, ``2025-07``, ``2025-07-22``, with or without a time; None where it is none.

    The day is the one that is written, in the offset that is written; the time comes second where it stands there.
    """
    match = _DATE.match(words)
    if not match:
        return None
    year, month, day, time, offset = match.groups()
    try:
        if day is not None:
            on = PartialDate.of_day(int(year), int(month), int(day))
        elif month is not None:
            on = PartialDate.of_month(int(year), int(month))
        else:
            on = PartialDate.of_year(int(year))
    except (ValueError, CenotaphError):
        return None
    if not 1900 <= int(year) <= 2200:
        return None
    return on, f"{year}-{month}-{day}T{time}{offset or ''}" if time else None
