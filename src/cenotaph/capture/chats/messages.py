"""One message of a chat, as the cleaned derivative of an export holds it: one JSON line each, nothing of the exporter."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, BinaryIO

from cenotaph.domain.canonical import canonical_json
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import DamagedFileError

FORMAT = "cenotaph chat 2"
EXPORTER = "the exporter"
LONGEST_TEXT = 1_000_000
MOST_LINKS = 100
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message.

    Parameters
    ----------
    id
        As the chat numbers it.
    text
        Its words, marks of form left away.
    author, author_id
        Who wrote it, as the export names them; :data:`EXPORTER` for whoever made the export.
    at
        When, in UTC, where that is known: ``2025-07-22T18:10:00Z``.
    local
        When, by the exporter's clock, where only that is known: ``2025-07-22T23:10:00``.
    edited
        When it was last changed, as ``at`` or ``local``.
    forwarded_from, forwarded_from_id
        From whom it was passed on.
    reply_to
        The id of the message that it answers.
    media, media_type
        The path in the export of what is attached, and what that is; the path is empty where the export left it out.
    kind
        ``message`` or, of what the program says itself, its name, such as ``pin_message``.
    links
        Where words of it lead that do not say so themselves, in order.
    cut
        How many code points at the end of its words are left out, for there are more than :data:`LONGEST_TEXT`; empty for none.
    """

    id: str
    text: str = ""
    author: str | None = None
    author_id: str | None = None
    at: str | None = None
    local: str | None = None
    edited: str | None = None
    forwarded_from: str | None = None
    forwarded_from_id: str | None = None
    reply_to: str | None = None
    media: str | None = None
    media_type: str | None = None
    kind: str = "message"
    links: tuple[str, ...] = ()
    cut: str = ""

    def published(self) -> tuple[PartialDate | None, str | None, str | None]:
        """Return the days on which it may have been posted, where that is from, and the instant where it is known.

        By a clock whose offset nobody knows, the day in UTC may be the one before or the one after.
        """
        if self.at:
            day = datetime.fromisoformat(self.at).date()
            return PartialDate.of_day(day.year, day.month, day.day), "message's instant", self.at
        if self.local:
            local = datetime.fromisoformat(self.local)
            first, last = (local - timedelta(hours=14)).date(), (local + timedelta(hours=12)).date()
            whole = PartialDate.of_day(first.year, first.month, first.day)
            return (whole if first == last else PartialDate.between(first, last)), "message's time without offset", None
        return None, None, None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A message that no document can be made of.

    Parameters
    ----------
    at
        Which of its file's or its chat's messages it is, from 1.
    reason
        Why, in words.
    """

    at: int
    reason: str


_FIELDS = tuple(item.name for item in fields(ChatMessage))


def head_line(name: str | None, kind: str | None, chat_id: str | None) -> bytes:
    """Return the line that a chat's messages follow."""
    return (canonical_json({"format": FORMAT, "name": name, "type": kind, "id": chat_id}) + "\n").encode("utf-8")


def message_line(message: ChatMessage) -> bytes:
    """Return a message as one line."""
    values = {name: value for name, value in asdict(message).items() if value or (name == "media" and value is not None)}
    return (canonical_json(values) + "\n").encode("utf-8")


def message_from(values: Mapping[str, Any]) -> ChatMessage:
    """Return the message that plain values hold."""
    plain = {name: str(values[name]) for name in _FIELDS if name != "links" and values.get(name) is not None}
    return ChatMessage(**plain, links=tuple(map(str, values.get("links") or ())))


def read_lines(stream: BinaryIO) -> Iterator[tuple[dict[str, str | None], ChatMessage | None]]:
    """Yield each chat's head and its messages in order; a head comes alone first.

    Raises
    ------
    DamagedFileError
        It is no derivative that this version wrote.
    """
    head: dict[str, str | None] | None = None
    for line in stream:
        values = json.loads(line)
        if values.get("format") == FORMAT:
            head = {key: values.get(key) for key in ("name", "type", "id")}
            yield head, None
        elif head is None:
            raise DamagedFileError("A chat's derivative does not begin with its head.", "Import the export again.")
        else:
            yield head, message_from(values)


def tidy(value: object, longest: int = _LONGEST) -> str | None:
    """Return a stranger's value as text on one line, None where it is none."""
    if value is None or isinstance(value, dict | list | bool | float):
        return None
    words = " ".join(str(value).replace("\0", " ").split())[:longest]
    return clean_text(words) or None


def clean_text(words: str) -> str:
    """Return a text without what no database can keep; halves of a character that marks of form tore apart are put together."""
    if any("\ud800" <= c <= "\udbff" for c in words):
        words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(c if not "\ud800" <= c <= "\udfff" else "\ufffd" for c in words.replace("\0", "\ufffd"))


def read_link(value: object) -> str | None:
    """Return where words lead, None where it is nowhere on the web."""
    words = tidy(value, 2000)
    return words if words and words.startswith(("http://", "https://", "tg://")) else None


def write_instant(seconds: object) -> str | None:
    """Return seconds since 1970 as an instant, None where they are none that can be."""
    try:
        moment = datetime.fromtimestamp(int(str(seconds)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if date(2000, 1, 1) <= moment.date() < date(2200, 1, 1) else None


def write_local(words: object) -> str | None:
    """Return a time without an offset as it was written, None where it is none."""
    try:
        moment = datetime.fromisoformat(str(words))
    except ValueError:
        return None
    if moment.tzinfo is not None:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.strftime("%Y-%m-%dT%H:%M:%S") if 2000 <= moment.year < 2200 else None
