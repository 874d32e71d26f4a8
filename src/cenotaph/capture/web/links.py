"""What a page shows from elsewhere: images, styles, and what styles name; found without running anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

from cenotaph.capture.web.client import Exchange
from cenotaph.capture.web.page import body_of

_CSS = re.compile(r"""url\(\s*["']?([^"')]{1,4000})["']?\s*\)|@import\s+["']([^"']{1,4000})["']""", re.IGNORECASE)
_MOST_BYTES = 16 * 1024 * 1024
_ATTRIBUTES = {
    "img": ("src", "data-src"),
    "source": ("src",),
    "input": ("src",),
    "video": ("poster",),
    "image": ("href", "xlink:href"),
    "body": ("background",),
}
_RELATIONS = frozenset({"stylesheet", "icon", "apple-touch-icon"})


def find_requisites(exchange: Exchange) -> list[str]:
    """Return the addresses of what a page shows, in the order in which it names them, each once."""
    media = (exchange.header("content-type") or "").split(";")[0].strip().lower()
    if media not in ("text/html", "application/xhtml+xml"):
        return []
    text = body_of(exchange, _MOST_BYTES).decode("utf-8", "replace")
    finder = _Finder()
    finder.feed(text)
    base = urljoin(exchange.address, finder.base) if finder.base else exchange.address
    found: dict[str, None] = {}
    for target in finder.found:
        try:
            whole = urljoin(base, target.strip())
        except ValueError:
            continue
        if whole.startswith(("http://", "https://")):
            found.setdefault(whole.partition("#")[0])
    return list(found)


class _Finder(HTMLParser):
    """Walks a page's tags from front to back; how deep they lie plays no part."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.base = ""
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        named = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = named.get("href", "")
        if tag == "link" and _RELATIONS.intersection(named.get("rel", "").lower().split()):
            self._add(named.get("href"))
        for name in _ATTRIBUTES.get(tag, ()):
            self._add(named.get(name))
        if tag in ("img", "source"):
            for part in _split_set(named.get("srcset", "")):
                self._add(part)
        if "style" in named:
            self._add_css(named["style"])
        self._in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        """Note where a style ends."""
        if tag == "style":
            self._in_style = False

    def handle_data(self, data: str) -> None:
        """Look into a style."""
        if self._in_style:
            self._add_css(data)

    def _add(self, target: str | None) -> None:
        if target and not target.lstrip().lower().startswith(("data:", "javascript:", "about:", "blob:")):
            self.found.append(target)

    def _add_css(self, text: str) -> None:
        for match in _CSS.finditer(text):
            self._add(match[1] or match[2])


def _split_set(words: str) -> Iterator[str]:
    """Yield the address of the largest picture of a set: one is enough."""
    best, largest = "", -1.0
    for part in words.split(", "):
        pieces = part.strip().rstrip(",").split()
        if not pieces:
            continue
        try:
            size = float(pieces[1][:-1]) if len(pieces) > 1 else 1.0
        except ValueError:
            size = 1.0
        if size > largest:
            best, largest = pieces[0], size
    if best:
        yield best
