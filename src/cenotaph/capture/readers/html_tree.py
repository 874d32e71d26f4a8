"""A page's bytes decoded as browsers do, and its elements; nothing is loaded and no script is run."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from cenotaph.capture.likely_encodings import find_likely
from cenotaph.domain.errors import DamagedFileError, EncodingError

_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,400}\?>")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 4096
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_FEW = 0.01
_SURELY = 8
_MANY_BYTES = frozenset({"gb18030", "cp932", "cp949", "big5", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be"})
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


class Decoded(NamedTuple):
    """A text out of bytes.

    Parameters
    ----------
    text, encoding
        It, and what it was decoded from.
    said
        What a person should know of that: the declaration that it contradicts, bytes that do not fit; empty where nothing.
    """

    text: str
    encoding: str
    said: str = ""


def decode_page(data: bytes, stated: str | None, header: str | None) -> Decoded:
    """Return a page's text and the encoding it was decoded from.

    What is asked for by the caller counts first, then a byte order mark, the header, the page's own word, and UTF-8. Where the
    bytes do not fit what is declared first, see :func:`decode_declared`.

    Raises
    ------
    EncodingError
        The caller states an encoding that there is none of, or nothing that is declared or likely fits.
    """
    marked = next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if stated is not None:
        found = look_up(stated)
        if found is None:
            raise EncodingError(f"There is no encoding {stated[:40]!a}.", "Known are, for example: utf-8, cp1251, koi8-r.")
        return _replace(data, found)
    if marked:
        return _replace(data, marked)
    own = _META.search(data[:_HEAD]) or _XML.match(data[:_HEAD])
    return decode_declared(data, (header, own[1].decode("ascii") if own else None))


def decode_declared(data: bytes, labels: Sequence[str | None]) -> Decoded:
    """Return the text of bytes whose encoding is declared, rightly or not; where nothing is declared, UTF-8 is.

    The first declaration counts where the bytes fit it, or all but a few of them do; those stay as U+FFFD, and are counted.
    Else UTF-8 where the bytes are that, the other declaration where their letters say the same, and the one encoding that
    their letters are likely in.

    Raises
    ------
    EncodingError
        None of these fits.
    """
    declared = list(dict.fromkeys(name for label in labels if label and (name := look_up(label))))
    first = declared[0] if declared else "utf-8"
    if _is_utf8(data, strange=first not in _MANY_BYTES):
        return _contradict(_replace(data, "utf-8"), declared)
    strict = _decode(data, first)
    if strict is not None and len(declared) < 2:
        return Decoded(strict, first)
    likely = find_likely(data)
    if strict is not None:
        # Servers that add one encoding to all pages are common: the page's own word counts where the letters bear it out.
        return _contradict(_replace(data, likely), declared) if likely in declared[1:] and likely else Decoded(strict, first)
    if likely:
        return _contradict(_replace(data, likely), declared)
    for name in declared[1:]:
        if name in _MANY_BYTES and (text := _decode(data, name)) is not None:  # Bytes that are not in it fit it by no chance.
            return _contradict(Decoded(text, name), declared)
    replaced = _replace(data, first)
    wrong, letters = replaced.text.count("\ufffd"), len(_MARKUP.sub("", replaced.text))
    if wrong <= _FEW * letters:
        return replaced
    raise EncodingError(
        f"The bytes are not text in {' or '.join(declared) or first}, as "
        f"{'is declared' if declared else 'pages are without a word of it'}, and no other encoding is surely theirs.",
        "State theirs with --encoding, such as cp1251, koi8-r or cp1252.",
    )


def _decode(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _replace(data: bytes, name: str) -> Decoded:
    text = data.decode(name, "replace")
    wrong = text.count("\ufffd")
    if wrong and name == "utf-8":
        wrong -= data.count("\ufffd".encode())
    few = "places do" if wrong > 1 else "place does"
    return Decoded(text, name, f"{wrong:,} {few} not fit {name}: U+FFFD stands there" if wrong > 0 else "")


def _is_utf8(data: bytes, *, strange: bool) -> bool:
    """Tell whether bytes are UTF-8, but for a broken place in fifty, with so many characters that it is no chance.

    Parameters
    ----------
    strange
        Whether something else may be declared that such bytes would be rubbish in.
    """
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - data.count("\ufffd".encode())
    good = sum(c > "\x7f" for c in text) - text.count("\ufffd")
    return strange and good >= _SURELY and wrong <= 0.02 * good


def _contradict(decoded: Decoded, declared: Sequence[str]) -> Decoded:
    if not declared or declared[0] == decoded.encoding:
        return decoded
    said = f"read as {decoded.encoding}, though {' and '.join(declared)} is declared"
    return decoded._replace(said="; ".join(filter(None, (said, decoded.said))))


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
