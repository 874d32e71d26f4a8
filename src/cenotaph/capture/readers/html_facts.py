"""What a page says of itself: title, author, site, address, language, and when it was published and where it says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from cenotaph.domain.dates import PartialDate
from cenotaph.domain.documents import DocumentFacts
from cenotaph.domain.errors import CenotaphError
from cenotaph.domain.languages import check_language_tag

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
_ARTICLES = ("article", "newsarticle", "blogposting", "reportagenewsarticle", "webpage", "socialmediaposting", "report")
_LONGEST = 1000
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
_MOST_JSON = 2_000_000


class _Published(NamedTuple):
    on: PartialDate
    basis: str
    at: str | None


def read_facts(tree: Any, address: str | None) -> DocumentFacts:
    """Return what a page says of itself.

    Parameters
    ----------
    tree
        The page.
    address
        Where it was fetched from, if that is known.
    """
    metas = list(_read_metas(tree))
    linked = list(read_linked_data(tree))
    base = address or ""
    canonical = next((link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None)
    canonical = canonical or _find(metas, ("property", "og:url"))
    published = _find_published(tree, metas, linked, address or (_join(base, canonical) if canonical else None))
    title = _find(metas, ("property", "og:title")) or _linked_text(linked, "headline") or _element_text(tree, "h1")
    return DocumentFacts(
        title=_tidy(title or _element_text(tree, "title")),
        author=_tidy(_find_author(metas, linked)),
        site=_tidy(_find(metas, ("property", "og:site_name")) or _linked_name(linked, "publisher") or _host(address)),
        address=_tidy(_join(base, canonical) if canonical else address),
        published_on=published.on if published else None,
        published_basis=published.basis if published else None,
        published_at=published.at if published else None,
        language=_find_language(tree, metas),
    )


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


def _read_metas(tree: Any) -> Iterator[tuple[str, str, str]]:
    for meta in tree.iter("meta"):
        content = meta.get("content")
        if content:
            for key in ("property", "name", "itemprop"):
                if name := meta.get(key):
                    yield key, name.strip().lower(), content


def _find(metas: list[tuple[str, str, str]], *wanted: tuple[str, str]) -> str | None:
    for key, name in wanted:
        for found, named, content in metas:
            if (found, named) == (key, name) and content.strip():
                return content
    return None


def read_linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD, those of articles first."""
    found: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = (script.text or "")[:_MOST_JSON]
        try:
            waiting: list[Any] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and len(found) < 500:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting += item[:100]
            elif isinstance(item, dict):
                found.append(item)
                waiting += [item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item]
    yield from sorted(found, key=lambda item: not _is_article(item))


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.lower() in _ARTICLES for name in names)


def _linked_text(linked: list[dict[str, Any]], key: str) -> str | None:
    return next((item[key] for item in linked if isinstance(item.get(key), str) and item[key].strip()), None)


def _linked_name(linked: list[dict[str, Any]], key: str) -> str | None:
    for item in linked:
        value = item.get(key)
        people = value if isinstance(value, list) else [value]
        names = [person.get("name") if isinstance(person, dict) else person for person in people]
        spelt = [name.strip() for name in names if isinstance(name, str) and name.strip()]
        if spelt:
            return ", ".join(spelt[:5])
    return None


def _find_author(metas: list[tuple[str, str, str]], linked: list[dict[str, Any]]) -> str | None:
    found = _linked_name(linked, "author") or _find(metas, ("name", "author"), ("property", "article:author"))
    found = found or _find(metas, ("name", "dc.creator"), ("name", "parsely-author"), ("name", "sailthru.author"))
    return None if found and found.startswith(("http://", "https://")) else found


def _find_published(
    tree: Any, metas: list[tuple[str, str, str]], linked: list[dict[str, Any]], address: str | None
) -> _Published | None:
    for item in linked:
        value = item.get("datePublished")
        if isinstance(value, str) and (read := parse_stamp(value)):
            return _Published(read[0], "json-ld datePublished", read[1])
    for key, name in _PUBLISHED:
        value = _find(metas, (key, name))
        if value and (read := parse_stamp(value) or parse_words(value)):
            return _Published(read[0], f"meta {name}", read[1])
    marked = _find_marked(tree)
    if marked is not None:
        return marked
    if address and (match := _IN_PATH.search(urlsplit(address).path)):
        try:
            return _Published(PartialDate.of_day(int(match[1]), int(match[2]), int(match[3])), "address", None)
        except (ValueError, CenotaphError):
            return None
    return None


def _find_marked(tree: Any) -> _Published | None:
    """Return the date of the element that is marked as one: as that of publication first, then ``<time>``, then by its class.

    Of several of a kind the one nearest to the heading counts; what leads to other pages, and what readers wrote, is left out.
    """
    kinds: list[list[tuple[int, _Published]]] = [[], [], []]
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
            kinds[kind].append((at, _Published(read[0], _MARKS[kind], read[1])))
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


def _find_language(tree: Any, metas: list[tuple[str, str, str]]) -> str | None:
    spoken = tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    for words in (tree.get("lang"), spoken, _find(metas, ("property", "og:locale"))):
        if words:
            try:
                return check_language_tag(words.strip().replace("_", "-"))
            except CenotaphError:
                continue
    return None


def _element_text(tree: Any, tag: str) -> str | None:
    for element in tree.iter(tag):
        if words := " ".join("".join(element.itertext()).split()):
            return words
    return None


def _join(base: str, target: str) -> str | None:
    try:
        joined = urljoin(base, target.strip())
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None


def _host(address: str | None) -> str | None:
    if not address:
        return None
    host = urlsplit(address).hostname
    return host.removeprefix("www.") if host else None


def _tidy(words: str | None) -> str | None:
    if not words:
        return None
    return " ".join(words.replace("\0", " ").split())[:_LONGEST] or None
