"""Pages within a page: what frames hold that were kept with it, as SingleFile and browsers save them. Nothing is loaded."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote_to_bytes

from cenotaph.capture.media_types import HTML
from cenotaph.capture.readers.contained import Contained
from cenotaph.capture.readers.html_tree import decode_page, parse_page
from cenotaph.domain.documents import DocumentFacts, TextDocument
from cenotaph.domain.errors import CenotaphError

MOST_FRAMES = 50
_DEEPEST = 2
_LEAST_WORDS = 5
_DATA = "data:text/html"


@dataclass(frozen=True, slots=True)
class Framed:
    """A page or a frame of it.

    Parameters
    ----------
    part
        Empty for the page, ``frame 2`` for its second frame that was kept with it, ``frame 2.1`` for the first in that.
    source, decoded, encoding, tree
        Its bytes, its text and what that was decoded from, and its elements.
    said
        What a person should know of the encoding.
    """

    part: str
    source: Contained
    decoded: str
    encoding: str
    tree: Any
    said: str = ""


def walk_frames(source: Contained) -> Iterator[Framed]:
    """Yield a page, then the frames whose pages it holds in itself, each before those in it; broken ones are passed over.

    Raises
    ------
    DamagedFileError, EncodingError
        The page itself cannot be read.
    """
    decoded, encoding, said = decode_page(source.data, source.encoding, source.charset)
    whole = Framed("", source, decoded, encoding, parse_page(decoded, source.name), said)
    yield whole
    waiting = [(framed, 1) for framed in reversed(_find_frames(whole))]
    count = 0
    while waiting and count < MOST_FRAMES:
        inner, depth = waiting.pop()
        try:
            decoded, encoding, said = decode_page(inner.data, inner.encoding, inner.charset)
            own = replace(inner, name=source.name)
            framed = Framed(inner.name, own, decoded, encoding, parse_page(decoded, source.name), said)
        except CenotaphError:
            continue
        count += 1
        yield framed
        if depth < _DEEPEST:
            waiting += [(found, depth + 1) for found in reversed(_find_frames(framed))]


def holds_words(document: TextDocument) -> bool:
    """Tell whether a frame's text is more than a word or two, as those of counters and buttons are; a comment always is."""
    return bool(document.part) or len(document.text.split(None, _LEAST_WORDS)) >= _LEAST_WORDS


def tell_frame(document: TextDocument, part: str, page: DocumentFacts | None, tables: int) -> TextDocument:
    """Return a frame's document as a part of its page.

    Parameters
    ----------
    part
        The frame's name.
    page
        What the page says of itself: where the frame does not say whose it is, it is the page's.
    tables
        How many tables stand before those of the frame.
    """
    facts = document.facts or DocumentFacts()
    if page is not None:
        facts = replace(facts, site=facts.site or page.site, address=facts.address or page.address)
    cells = tuple(cell._replace(table=cell.table + tables) for cell in document.cells)
    return replace(document, part=f"{part} {document.part}".strip(), facts=facts, cells=cells)


def _find_frames(framed: Framed) -> list[Contained]:
    """Return the pages that frames hold in themselves, each under the name of its part."""
    found: list[Contained] = []
    for frame in framed.tree.iter("iframe", "frame"):
        data = _read_frame(frame)
        if data is not None and len(found) < MOST_FRAMES:
            number = f"{framed.part}.{len(found) + 1}" if framed.part else f"frame {len(found) + 1}"
            inner = replace(framed.source, data=data, name=number, media_type=HTML, encoding=None, charset=None, address=None)
            found.append(inner)
    return found


def _read_frame(frame: Any) -> bytes | None:
    srcdoc = frame.get("srcdoc")
    if srcdoc and srcdoc.strip():
        return bytes('<meta charset="utf-8">' + srcdoc, "utf-8", "replace")
    address = frame.get("src") or ""
    if address[: len(_DATA)].lower() != _DATA:
        return None
    head, comma, body = address.partition(",")
    if not comma:
        return None
    try:
        data = unquote_to_bytes(body)
        return base64.b64decode(data, validate=False) if head.lower().endswith(";base64") else data
    except (binascii.Error, ValueError):
        return None
