"""The date of the element that a page marks as one: as that of publication, by ``<time>``, by its class, in any language."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, NamedTuple

from cenotaph.capture.readers.shown_dates import Read, find_one, parse_stamp
from cenotaph.domain.dates import PartialDate, Precision

_MARKS = ("element datePublished", "element marked as published", "time element", "element marked as date")
_LONGEST = 120
_MOST = 200
_LEAST = 8
_LEAST_PART = 20
_TITLE = re.compile(r"\s+[-|–—·»:]+\s+")
_DAY_ARCHIVE = re.compile(r"/\d{4}/\d{1,2}(?:/\d{1,2})?/?$")
_CUT = re.compile(r"[-_\s]+|(?<=[a-z])(?=[A-Z])")
_ELSEWHERE = re.compile(r"comment|sidebar|widget|related|recent|teaser|popular|most-read|footer")
_DATES = frozenset({"date", "datum", "datetime", "dateline", "timestamp", "pubdate", "fecha", "data"})
_PUBLISHED = frozenset({"published", "publish", "publishdate", "pubdate", "posted", "created", "submitted"})
_OTHER = frozenset(
    {
        *("modified", "updated", "update", "changed", "edited", "revision", "picker", "datepicker", "event", "events", "start"),
        *("end", "from", "to", "until", "birth", "born", "died", "expire", "expires", "expiration", "due", "search", "filter"),
        *("archive", "calendar", "today", "now", "next", "prev", "select", "input", "count", "table", "grid", "row"),
    }
)


class Published(NamedTuple):
    """A day, where it was found, and the instant as it is written, where one is."""

    on: PartialDate
    basis: str
    at: str | None


def find_heading(tree: Any) -> Any:
    """Return the heading that a page's title repeats, else its first of the first rank that has words; None where there is none.

    Themes of blogs have the blog's name as the first heading, and the article's below it.
    """
    title = next((words for element in tree.iter("title") if (words := _words(element))), "")
    told = {element: _words(element) for element in islice(tree.iter("h1", "h2", "h3"), _MOST)}
    parts = [part for part in _TITLE.split(title) if len(part) >= _LEAST_PART]
    named = {
        element: words
        for element, words in told.items()
        if len(words) >= _LEAST and (words in title or any(part in words for part in parts))
    }
    if named:
        return max(named, key=lambda element: len(named[element]))
    return next((element for element, words in told.items() if words and element.tag == "h1"), None)


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def leads_away(element: Any, heading: Any, *, links: bool = True) -> bool:
    """Tell whether an element lies in what leads to other pages, or in what readers wrote.

    Parameters
    ----------
    heading
        The page's heading: what it lies in too is the page itself, whatever its class says.
    links
        Whether what is part of a link leads away.
    """
    around = set(heading.iterancestors()) if heading is not None else set()
    for parent in (element, *element.iterancestors()):
        if parent in around or parent.tag in ("body", "html"):
            return False
        if parent.tag in ("nav", "aside", "footer") or (links and parent.tag == "a" and not _leads_back(parent)):
            return True
        if parent is not element and _ELSEWHERE.search((parent.get("class") or "").lower()):
            return True
    return False


def names_other_day(element: Any) -> bool:
    """Tell whether an element's class says that its date is another than that of publication, such as of an event."""
    return bool(_cut_class(element) & _OTHER)


def _cut_class(element: Any) -> set[str]:
    return {part.lower() for name in (element.get("class") or "").split() for part in _CUT.split(name)}


def _leads_back(link: Any) -> bool:
    """Tell whether a link is one of those that blogs put around a date: to the article itself, or to all of that day."""
    return "bookmark" in (link.get("rel") or "").split() or bool(_DAY_ARCHIVE.search(link.get("href") or ""))


def find_marked(tree: Any, day_first: bool) -> Published | None:
    """Return the date of the element that is marked as one; of several of a kind that nearest to the heading.

    Parameters
    ----------
    day_first
        Whether 04/05/2025 is the fourth of May for certain.
    """
    kinds: list[list[tuple[int, Published]]] = [[] for _ in _MARKS]
    heading = find_heading(tree)
    here = 0
    for at, element in enumerate(tree.iter()):
        if element is heading:
            here = at
        if not isinstance(element.tag, str):
            continue
        kind = _mark_of(element)
        if kind is None or len(kinds[kind]) >= _MOST:
            continue
        read = _read(element, day_first)
        if read is None or (kind and read[0].precision is not Precision.DAY):
            continue
        if not leads_away(element, heading, links=kind > 0):
            kinds[kind].append((at, Published(read[0], _MARKS[kind], read[1])))
    for found in kinds:
        if found:
            return min(found, key=lambda item: (abs(item[0] - here), item[0]))[1]
    return None


def _read(element: Any, day_first: bool) -> Read | None:
    for name in ("datetime", "content", "title"):
        if value := element.get(name):
            read = parse_stamp(value)
            if read is not None or name != "title":
                return read or _read_shown(value, day_first)
    return _read_shown(_words(element), day_first)


def _read_shown(words: str, day_first: bool) -> Read | None:
    if len(words) > _LONGEST:
        return None
    read = parse_stamp(words)
    if read is not None:
        return read
    shown = find_one(words, day_first)
    return (shown.on, None) if shown is not None and shown.on is not None else None


def _mark_of(element: Any) -> int | None:
    if (element.get("itemprop") or "").lower() == "datepublished":
        return 0
    words = _cut_class(element)
    if words & _OTHER:
        return None
    dated = bool(words & _DATES) or any(word.endswith("datum") for word in words)
    if words & _PUBLISHED and (dated or element.tag in ("abbr", "time")):
        return 1
    if element.tag == "time":
        return 2
    if element.tag == "a" and _leads_back(element):
        return 3
    return 3 if dated or words & _PUBLISHED else None
