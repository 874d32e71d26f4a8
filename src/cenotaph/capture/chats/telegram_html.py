"""Telegram Desktop's export in HTML (``messages.html``, ``messages2.html``, ...): it tells less than the JSON does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from cenotaph.capture.chats.messages import MOST_LINKS, ChatMessage, LeftOut, clean_text, read_link, tidy
from cenotaph.domain.errors import DamagedFileError

CUT = "cut off"
"""The key under which a page says at last whether it breaks off: ``yes`` or ``no``."""

OTHERS = "other pages"
"""The key under which it names the pages that it leads to, one a line."""

_NUMBER = re.compile(r"message(-?\d{1,18})$")
PAGE = re.compile(r"messages(\d{0,6})\.html")
_END = re.compile(rb"</html\s*>\s*(?:<!--.*-->\s*)?\Z", re.IGNORECASE | re.DOTALL)
_TAIL = 4096
_REPLY = re.compile(r"message(\d{1,18})$")
_WHEN = re.compile(r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})(?: UTC([+-]\d{2}:\d{2}))?")
_MEDIA = ("photo_wrap", "media_file", "media_photo", "media_video", "video_file_wrap", "media_voice_message", "media_audio_file")
_LAID_OUT = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_OWN_LINES = ("blockquote", "pre")
_ANSWER = re.compile(r"^-\s*")


def read_page(data: bytes, name: str, author: str | None) -> Iterator[dict[str, str | None] | ChatMessage | LeftOut]:
    """Yield the chat's head, then the messages of one page of it, at last whether it is whole and which pages it leads to.

    Parameters
    ----------
    author
        Who wrote the last message of the page before: those that follow without a name are theirs.

    Raises
    ------
    DamagedFileError
        It is no page of an export.
    """
    from cenotaph.capture.readers.html_tree import parse_page

    tree = parse_page(data.decode("utf-8", "replace"), name)
    header = _first(tree, "page_header")
    title = _words(_first(header, "text")) if header is not None else None
    yield {"name": tidy(title), "type": None, "id": None}
    found = seen = 0
    for element in tree.iter("div"):
        classes = (element.get("class") or "").split()
        if "message" not in classes:
            continue
        seen += 1
        number = _NUMBER.search(element.get("id") or "")
        if number is None:
            yield LeftOut(seen, "it has no id")
            continue
        found += 1
        if "service" in classes:
            if int(number[1]) > 0:
                yield ChatMessage(number[1], _text(_first(element, "body")), kind="service")
            continue
        message = _read_message(element, number[1], author if "joined" in classes else None)
        author = message.author
        yield message
    if not found:
        raise DamagedFileError(f"{name} is no page of an export of Telegram Desktop.", "It is messages.html of one.")
    others = {link.get("href") for link in tree.iter("a") if "pagination" in (link.get("class") or "").split()}
    named = sorted(other for other in others if other and PAGE.fullmatch(other))
    yield {CUT: "no" if _END.search(data[-_TAIL:]) else "yes", OTHERS: "\n".join(named)}


def _read_message(element: Any, number: str, author: str | None) -> ChatMessage:
    forwarded = _first(element, "forwarded")
    named = _first(element, "from_name", outside=forwarded)
    when = _first(element, "date", outside=forwarded)
    at, local = _read_time(when.get("title") if when is not None else None)
    reply = _first(element, "reply_to")
    target = next((link.get("href") for link in reply.iter("a")), None) if reply is not None else None
    replied = _REPLY.search(target or "")
    passed = _first(forwarded, "from_name") if forwarded is not None else None
    media, kind = _find_media(element)
    text = _first(element, "text", outside=_first(element, "media_wrap"))
    return ChatMessage(
        id=number,
        text=clean_text(_text(text) + _find_poll(element)),
        author=tidy(_own_words(named)) if named is not None else author,
        at=at,
        local=local,
        forwarded_from=tidy(_own_words(passed)) if passed is not None else None,
        reply_to=replied[1] if replied else None,
        media=media,
        media_type=kind,
        links=_find_links(text),
    )


def _first(element: Any, name: str, outside: Any = None) -> Any:
    """Return the first element below one that has a class, not within ``outside``."""
    if element is None:
        return None
    for found in element.iter("div", "a", "span"):
        if name in (found.get("class") or "").split():
            if outside is not None and any(parent is outside for parent in found.iterancestors()):
                continue
            return found
    return None


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _own_words(element: Any) -> str:
    """Return an element's own words: within a name stands the time of what was passed on."""
    return " ".join((element.text or "").split())


def _text(element: Any) -> str:
    """Return words as they were written: breaks of line stand as such, a quotation and a listing on lines of their own."""
    if element is None:
        return ""
    parts: list[str] = []
    listings = 0

    def add(words: str | None) -> None:
        if words:
            # The program writes a break of line as an element: one in the file only lays the file out.
            parts.append(words if listings else _LAID_OUT.sub(" ", words))

    def part() -> None:
        if parts and not parts[-1].endswith("\n"):
            parts.append("\n")

    waiting: list[tuple[Any, bool]] = [(element, False)]
    while waiting:
        item, left = waiting.pop()
        own_lines = item is not element and item.tag in _OWN_LINES
        if left:
            listings -= item.tag == "pre"
            following = item.getnext()
            if own_lines and ((item.tail or "").strip() or (following is not None and following.tag != "br")):
                part()
            add(item.tail)
            continue
        if item is not element:
            waiting.append((item, True))
        if own_lines:
            part()
        listings += item.tag == "pre"
        if item.tag == "br":
            parts.append("\n")
        elif isinstance(item.tag, str):
            add(item.text)
        waiting += [(child, False) for child in reversed(item)]
    return clean_text("".join(parts).strip())


def _find_poll(element: Any) -> str:
    """Return a poll's question and answers as the JSON export's are told."""
    poll = _first(element, "media_poll")
    question = _words(_first(poll, "question")) if poll is not None else ""
    if not question:
        return ""
    answers = [found for found in poll.iter("div") if "answer" in (found.get("class") or "").split()]
    return "".join([f"\n{question}", *(f"\n- {_ANSWER.sub('', _own_words(found))}" for found in answers)])


def _find_links(element: Any) -> tuple[str, ...]:
    """Return where words of a message lead that do not say so themselves, in order, each once."""
    links: dict[str, None] = {}
    for found in element.iter("a") if element is not None else ():
        if (link := read_link(found.get("href"))) and link != _words(found):
            links[link] = None
    return tuple(links)[:MOST_LINKS]


def _read_time(title: str | None) -> tuple[str | None, str | None]:
    match = _WHEN.match(title or "")
    if not match:
        return None, None
    day, month, year, time, offset = match.groups()
    try:
        if offset:
            moment = datetime.fromisoformat(f"{year}-{month}-{day}T{time}{offset}")
            return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), None
        return None, datetime.fromisoformat(f"{year}-{month}-{day}T{time}").isoformat()
    except ValueError:
        return None, None


def _find_media(element: Any) -> tuple[str | None, str | None]:
    for link in element.iter("a", "div"):
        classes = (link.get("class") or "").split()
        if not any(name in classes for name in _MEDIA):
            continue
        target = link.get("href") or ""
        kind = next((name.removeprefix("media_") for name in classes if name in _MEDIA), "file").removesuffix("_wrap")
        return ("" if not target or ":" in target else target[:1000]), kind
    return None, None
