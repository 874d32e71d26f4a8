"""A page's bytes decoded as browsers do, and its elements; nothing is loaded and no script is run."""

from __future__ import annotations

import codecs
import re
from typing import Any

from cenotaph.domain.errors import DamagedFileError, EncodingError

_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 4096
# As browsers take them (WHATWG Encoding, 4.2): who says Latin-1 or ASCII means Windows' Western European.
_LABELS = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "utf-16": "utf-16-le",
    "unicode": "utf-16-le",
    "win-1251": "cp1251",
    "x-cp1251": "cp1251",
    "utf8": "utf-8",
}
_DEPTH = "Excessive depth"


def decode_page(data: bytes, stated: str | None, header: str | None) -> tuple[str, str]:
    """Return a page's text and the encoding it was decoded from.

    What is asked for by the caller counts first, then a byte order mark, the header, the page's own word, and UTF-8; where
    none of them fits, what the page is likely in. A byte that does not fit stays as U+FFFD.

    Raises
    ------
    EncodingError
        The caller states an encoding that there is none of.
    """
    marked = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if stated is not None:
        found = look_up(stated)
        if found is None:
            raise EncodingError(f"There is no encoding {stated[:40]!a}.", "Known are, for example: utf-8, cp1251, koi8-r.")
        return data.decode(found, "replace"), found
    if marked:
        return data.decode(marked, "replace"), marked
    own = _META.search(data[:_HEAD]) or _XML.match(data[:_HEAD])
    for label in (header, own[1].decode("ascii") if own else None, "utf-8"):
        name = look_up(label) if label else None
        if name is None:
            continue
        try:
            return data.decode(name), name
        except (UnicodeDecodeError, UnicodeError):
            continue
    first = look_up(header) if header else look_up(own[1].decode("ascii")) if own else None
    name = first or "utf-8"
    text = data.decode(name, "replace")
    if first is None and text.count("\ufffd") > 0.01 * len(text):
        from cenotaph.capture.encodings import guess_encoding

        name = guess_encoding(data[:65_536])
        text = data.decode(name, "replace")
    return text, name


def look_up(label: str) -> str | None:
    """Return Python's name of an encoding that a page names, None where there is none."""
    low = label.strip().lower()
    try:
        info = codecs.lookup(_LABELS.get(low, low))
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in ("idna", "punycode", "utf-7", "undefined"):
        return None
    return info.name


def parse_page(text: str, name: str) -> Any:
    """Parse a page as browsers do where it is broken; nothing is loaded and no script is run.

    Raises
    ------
    DamagedFileError
        It holds nothing, or is nested so deeply that some of it would be lost.
    """
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_blank_text=False)
    body = _DECLARATION.sub("", text.replace("\0", "\ufffd"), count=1)
    try:
        tree = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise DamagedFileError(f"{name} holds no page: {str(error)[:100]}.", "Look at it in a browser.") from error
    if any(_DEPTH in entry.message for entry in parser.error_log):
        raise DamagedFileError(
            f"{name} is nested over 255 elements deep; part of it would be lost.", "No page made for people is: look at it."
        )
    return tree
