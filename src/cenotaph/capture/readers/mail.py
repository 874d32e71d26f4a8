"""Messages (.eml) and pages that browsers saved as one (.mhtml): the text, who says it came from whom, and what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import cast

from cenotaph.capture.media_types import HTML, MHTML, PLAIN_TEXT
from cenotaph.capture.readers.contained import Contained, TableText, contained_types, read_contained, read_contained_tables
from cenotaph.capture.readers.frames import MOST_FRAMES, holds_words, tell_frame
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.documents import ENCODING, DocumentFacts, Place, TextDocument
from cenotaph.domain.errors import CenotaphError, DamagedFileError, EncodingError

NAME = "message"
VERSION = "2"
_MOST_PARTS = 200
_DEPTH = 3


def read(source: Contained) -> Iterator[TextDocument]:
    """Read a message: its own text first, then attachments that a reader reads; of a saved page the page.

    Raises
    ------
    DamagedFileError
        It is no message, or holds no text.
    """
    message = BytesParser(policy=policy.default).parsebytes(source.data)
    if source.media_type == MHTML:
        yield from _read_saved_page(source, message)
        return
    yield from _read_message(source, message, "", 0)


def read_tables(source: Contained) -> Iterator[TableText]:
    """Read the tables of a saved page, then those of its frames.

    Raises
    ------
    DamagedFileError
        It holds no page.
    """
    message = BytesParser(policy=policy.default).parsebytes(source.data)
    for number, page in enumerate(_find_pages(source, message)):
        try:
            yield from read_contained_tables(page)
        except CenotaphError:
            if not number:
                raise


def _read_saved_page(source: Contained, message: EmailMessage) -> Iterator[TextDocument]:
    """Yield the documents of a saved page, then those of the frames that were saved with it; a broken frame is passed over."""
    pages = _find_pages(source, message)
    tables = 0
    facts: DocumentFacts | None = None
    for number, page in enumerate(pages):
        try:
            for document in read_contained(page):
                facts = facts or document.facts
                if not number:
                    yield document
                elif holds_words(document):
                    yield tell_frame(document, f"saved frame {number}", facts, tables)
            tables += sum(1 for _ in read_contained_tables(page)) if len(pages) > 1 else 0
        except CenotaphError:
            if not number:
                raise


def _find_pages(source: Contained, message: EmailMessage) -> list[Contained]:
    """Return the page first, then the frames that were saved with it."""
    address = _header(message, "Snapshot-Content-Location")
    pages: list[Contained] = []
    for part in _parts(message):
        if part.get_content_type() == HTML and len(pages) <= MOST_FRAMES:
            location = (address if not pages else None) or _header(part, "Content-Location")
            pages.append(
                replace(
                    source,
                    data=_bytes(part),
                    media_type=HTML,
                    charset=part.get_content_charset(),
                    address=location if location and location.startswith(("http://", "https://")) else None,
                )
            )
    if not pages:
        raise DamagedFileError(f"{source.name} is a saved page without a page in it.", "Save it anew in the browser.")
    return pages


def _read_message(source: Contained, message: EmailMessage, prefix: str, depth: int) -> Iterator[TextDocument]:
    facts = _read_headers(message)
    found = 0
    body = None
    try:
        body = message.get_body(preferencelist=("plain", "html"))
    except (KeyError, AttributeError, ValueError, RecursionError):
        body = None
    for number, part in enumerate(_parts(message), 1):
        kind = part.get_content_type()
        name = f"{prefix}part {number}"
        if part is body:
            if kind == HTML:
                inner = replace(source, data=_bytes(part), media_type=HTML, charset=part.get_content_charset(), address=None)
                for document in read_contained(inner):
                    found += 1
                    own = document.facts or DocumentFacts()
                    yield replace(document, facts=_merge(facts, own), part=prefix.strip())
            else:
                text, encoding, said = _text(part, source.encoding)
                if text.strip():
                    found += 1
                    facts = replace(facts, other=(*facts.other, *said))
                    yield TextDocument(text, NAME, VERSION, encoding, facts, (Place(0, len(text), name, 0),), prefix.strip())
        elif kind == "message/rfc822" and depth < _DEPTH:
            for inside in part.iter_parts():
                for document in _read_message(source, cast(EmailMessage, inside), f"{name} ", depth + 1):
                    found += 1
                    yield document
        elif kind in contained_types() or kind == PLAIN_TEXT:
            if part.get_content_disposition() != "attachment" and kind in (HTML, PLAIN_TEXT):
                continue  # The same words once more, in another dress.
            for document in _read_attachment(source, part, kind, name):
                found += 1
                yield document
    if not found:
        raise DamagedFileError(f"{source.name} is a message without text.", "Look at it in a mail program.")


def _read_attachment(source: Contained, part: EmailMessage, kind: str, name: str) -> Iterator[TextDocument]:
    if kind == PLAIN_TEXT:
        try:
            text, encoding, said = _text(part, source.encoding)
        except EncodingError:
            return
        if text.strip():
            told = DocumentFacts(other=said) if said else None
            yield TextDocument(text, NAME, VERSION, encoding, told, (Place(0, len(text), name, 0),), name)
        return
    inner = replace(source, data=_bytes(part), media_type=kind, charset=part.get_content_charset(), address=None)
    try:
        for document in read_contained(inner):
            yield replace(document, part=name)
    except CenotaphError:
        return  # An attachment that cannot be read takes nothing from the message.


def _parts(message: EmailMessage) -> list[EmailMessage]:
    """Return the parts that hold something, in order; what lies in a forwarded message is that message's."""
    found: list[EmailMessage] = []
    waiting = [message]
    while waiting and len(found) < _MOST_PARTS:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart":
            inside = part.get_payload()
            if isinstance(inside, list):
                waiting[:0] = [cast(EmailMessage, item) for item in inside[:_MOST_PARTS]]
        else:
            found.append(part)
    return found


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage, stated: str | None) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return a part's text with line ends as line feeds, its encoding where stated, and what of that to know."""
    from cenotaph.capture.readers.html_tree import decode_declared

    labels = (stated,) if stated else (part.get_content_charset(),)
    decoded = decode_declared(_bytes(part), labels)
    text = decoded.text.replace("\r\n", "\n").replace("\0", "\ufffd")
    return text, decoded.encoding if stated else "", ((ENCODING, decoded.said),) if decoded.said else ()


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, IndexError, TypeError, AttributeError, LookupError):
        return None
    words = " ".join(str(value).replace("\0", " ").split())[:1000] if value else ""
    return "".join(c if not "\ud800" <= c <= "\udfff" else "\ufffd" for c in words) or None


def _read_headers(message: EmailMessage) -> DocumentFacts:
    from email.utils import parseaddr, parsedate_to_datetime

    on = at = None
    if stated := _header(message, "Date"):
        try:
            when = parsedate_to_datetime(stated)
            on, at = PartialDate.of_day(when.year, when.month, when.day), when.isoformat()
        except (ValueError, TypeError, IndexError, CenotaphError):
            on = at = None
    name, address = parseaddr(_header(message, "From") or "")
    return DocumentFacts(
        title=_header(message, "Subject"),
        author=name or address.partition("@")[0] or None,
        published_on=on,
        published_basis="message Date" if on else None,
        published_at=at,
    )


def _merge(outer: DocumentFacts, inner: DocumentFacts) -> DocumentFacts:
    return replace(outer, language=inner.language, title=outer.title or inner.title, other=inner.other)
