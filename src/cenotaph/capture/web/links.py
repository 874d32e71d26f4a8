"""What a page shows from elsewhere: images, styles, and what styles name; found without running anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import urljoin

from cenotaph.capture.web.client import Exchange
from cenotaph.capture.web.page import body_of

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SET = re.compile(r"image-set\(((?:[^()\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}'|\([^()]{0,4000}\)){0,200})\)", re.IGNORECASE)
_QUOTED = re.compile(r"""(?<![\w(])["']([^"']{1,4000})["']\s*(?:[\d.]+(?:x|dpi|dppx)|,|$)""")
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
_SETS = {"img": ("srcset", "data-srcset"), "source": ("srcset", "data-srcset"), "link": ("imagesrcset",)}
_RELATIONS = frozenset({"stylesheet", "icon", "apple-touch-icon"})


def find_requisites(exchange: Exchange) -> list[str]:
    """Return the addresses of what a page, or a style, shows, in the order in which it names them, each once."""
    media = (exchange.header("content-type") or "").split(";")[0].strip().lower()
    if media not in ("text/html", "application/xhtml+xml", "text/css"):
        return []
    text = body_of(exchange, _MOST_BYTES).decode("utf-8", "replace")
    base = exchange.address
    if media == "text/css":
        targets = list(find_in_style(text))
    else:
        finder = _Finder()
        finder.feed(text)
        targets = finder.found
        if finder.base:
            with suppress(ValueError):  # A base that is no address is none.
                base = urljoin(base, finder.base)
    found: dict[str, None] = {}
    for target in targets:
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
        for name in _SETS.get(tag, ()):
            for part in split_set(named.get(name, "")):
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
        if target and _is_elsewhere(target):
            self.found.append(target)

    def _add_css(self, text: str) -> None:
        self.found += find_in_style(text)


def find_in_style(text: str) -> Iterator[str]:
    """Yield what a style names: pictures, fonts, other styles."""
    text = _COMMENT.sub(" ", text)
    for match in _CSS.finditer(text):
        target = match[1] or match[2]
        if _is_elsewhere(target):
            yield target.strip()
    for found in _SET.finditer(text):
        yield from (quoted[1] for quoted in _QUOTED.finditer(found[1]) if _is_elsewhere(quoted[1]))


def _is_elsewhere(target: str) -> bool:
    return not target.lstrip().lower().startswith(("data:", "javascript:", "about:", "blob:", "#"))


def split_set(words: str) -> Iterator[str]:
    """Yield every address of a set of pictures (HTML, 4.8.4.2.2): which of them is shown depends on who looks."""
    at, end = 0, len(words)
    while at < end:
        while at < end and (words[at].isspace() or words[at] == ","):
            at += 1
        start = at
        while at < end and not words[at].isspace():
            at += 1
        address = words[start:at]
        if address.endswith(","):
            address = address.rstrip(",")
        else:
            depth = 0
            while at < end and (depth or words[at] != ","):
                depth += (words[at] == "(") - (words[at] == ")" and depth > 0)
                at += 1
        if address:
            yield address
