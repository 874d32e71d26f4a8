"""What a page says of itself: title, author, site, address, language, and when it was published and where it says so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from cenotaph.capture.readers.html_dates import find_published
from cenotaph.capture.readers.html_text import Block
from cenotaph.domain.documents import DocumentFacts
from cenotaph.domain.errors import CenotaphError
from cenotaph.domain.languages import check_language_tag

_ARTICLES = ("article", "newsarticle", "blogposting", "reportagenewsarticle", "webpage", "socialmediaposting", "report")
_LONGEST = 1000
_MOST_JSON = 2_000_000


def read_facts(tree: Any, address: str | None, blocks: Sequence[Block] = ()) -> DocumentFacts:
    """Return what a page says of itself.

    Parameters
    ----------
    tree
        The page.
    address
        Where it was fetched from, if that is known.
    blocks
        Its blocks of text, where a date may be shown.
    """
    metas = list(_read_metas(tree))
    linked = list(read_linked_data(tree))
    base = address or ""
    canonical = next((link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None)
    canonical = canonical or _find(metas, ("property", "og:url"))
    language = _find_language(tree, metas)
    own = address or (_join(base, canonical) if canonical else None)
    published = find_published(tree, lambda name: _find(metas, name), linked, own, blocks, language)
    title = _find(metas, ("property", "og:title")) or _linked_text(linked, "headline") or _element_text(tree, "h1")
    return DocumentFacts(
        title=_tidy(title or _element_text(tree, "title")),
        author=_tidy(_find_author(metas, linked)),
        site=_tidy(_find(metas, ("property", "og:site_name")) or _linked_name(linked, "publisher") or _host(address)),
        address=_tidy(_join(base, canonical) if canonical else address),
        published_on=published.on if published else None,
        published_basis=published.basis if published else None,
        published_at=published.at if published else None,
        language=language,
    )


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
