"""Telegram Desktop's export in JSON (``result.json``): of one chat, or of a whole account, of which only chats are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from cenotaph.capture.chats.json_stream import JsonStream
from cenotaph.capture.chats.messages import (
    EXPORTER,
    LONGEST_TEXT,
    MOST_LINKS,
    ChatMessage,
    LeftOut,
    clean_text,
    read_link,
    tidy,
    write_instant,
    write_local,
)
from cenotaph.domain.errors import DamagedFileError

Item = dict[str, str | None] | ChatMessage | LeftOut
_HEAD = ("name", "type", "id")
_LEFT_OUT = "(File "
_OWN = "saved_messages"
_NUMBER = re.compile(r"-?[0-9]{1,40}")


def read_export(stream: BinaryIO, name: str, exporter: str | None) -> Iterator[Item]:
    """Yield for each chat its head (name, type, id), then its messages, and those that no document can be made of.

    The account's profile, contacts, sessions and whatever else is not a chat are passed over.

    Parameters
    ----------
    exporter
        The id of whoever made the export, as messages name it (``user123``); where the export tells it, it is found there.

    Raises
    ------
    DamagedFileError
        It is no export of Telegram, or broken.
    """
    reader = JsonStream(stream, name)
    if reader.peek() != "{":
        raise DamagedFileError(f"{name} is no export of Telegram Desktop.", "It is the file result.json of one.")
    head: dict[str, str | None] = dict.fromkeys(_HEAD)
    own = exporter
    chats = 0
    for key in reader.members():
        if key == "messages":
            chats += 1
            yield dict(head)
            yield from _read_messages(reader, own)
        elif key in ("chats", "left_chats"):
            for inner in reader.members():
                if inner != "list":
                    reader.value()
                    continue
                for _ in reader.items():
                    chats += 1
                    yield from _read_chat(reader, own)
        else:
            value = reader.value()
            if key in _HEAD:
                head[key] = tidy(value)
            elif key == "personal_information" and isinstance(value, dict) and value.get("user_id") is not None:
                own = own or f"user{value['user_id']}"
    if not chats:
        raise DamagedFileError(f"{name} is an export of Telegram without a chat.", "Export the chat's history.")


def _read_chat(reader: JsonStream, own: str | None) -> Iterator[Item]:
    head: dict[str, str | None] = dict.fromkeys(_HEAD)
    for key in reader.members():
        if key == "messages":
            yield dict(head)
            yield from _read_messages(reader, f"user{head['id']}" if head["type"] == _OWN and own is None else own)
            continue
        value = reader.value()
        if key in _HEAD:
            head[key] = tidy(value)


def _read_messages(reader: JsonStream, own: str | None) -> Iterator[ChatMessage | LeftOut]:
    for at, _ in enumerate(reader.items(), 1):
        value = reader.value()
        if not isinstance(value, dict):
            yield LeftOut(at, "it is no message")
        elif value.get("id") is None:
            yield LeftOut(at, "it has no id")
        elif (number := tidy(value["id"], 41)) is None or not _NUMBER.fullmatch(number):
            yield LeftOut(at, f"its id {ascii(value['id'])[:40]} is no whole number")
        else:
            yield _read_message(value, number, own)


def _read_message(found: dict[str, Any], number: str, own: str | None) -> ChatMessage:
    author, author_id = tidy(found.get("from") or found.get("actor")), tidy(found.get("from_id") or found.get("actor_id"))
    passed, passed_id = tidy(found.get("forwarded_from")), tidy(found.get("forwarded_from_id"))
    if own is not None:
        if author_id == own:
            author, author_id = EXPORTER, None
        if passed_id == own:
            passed, passed_id = EXPORTER, None
    at = write_instant(found.get("date_unixtime"))
    media, kind = _find_media(found)
    text = _join_text(found)
    return ChatMessage(
        id=number,
        text=text[:LONGEST_TEXT],
        author=author,
        author_id=author_id,
        at=at,
        local=None if at else write_local(found.get("date")),
        edited=write_instant(found.get("edited_unixtime")) or (None if at else write_local(found.get("edited"))),
        forwarded_from=passed,
        forwarded_from_id=passed_id,
        reply_to=tidy(found.get("reply_to_message_id"), 40),
        media=media,
        media_type=kind,
        kind="message" if found.get("type") == "message" else tidy(found.get("action"), 60) or "service",
        links=_find_links(found),
        cut=str(len(text) - LONGEST_TEXT) if len(text) > LONGEST_TEXT else "",
    )


def _join_text(found: dict[str, Any]) -> str:
    words = [_words_of(found.get("text"))]
    poll = found.get("poll")
    if isinstance(poll, dict):
        words += [f"\n{tidy(_words_of(poll.get('question'))) or ''}"]
        answers = poll.get("answers")
        offered = [item for item in answers if isinstance(item, dict)] if isinstance(answers, list) else []
        words += [f"\n- {tidy(_words_of(item.get('text'))) or ''}" for item in offered]
    return clean_text("".join(words))


def _words_of(value: object) -> str:
    """Return the words of a text: one, or its runs, each with its form or without."""
    words: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            part = part.get("text")
        if isinstance(part, str):
            words.append(part)
    return "".join(words)


def _find_links(found: dict[str, Any]) -> tuple[str, ...]:
    """Return where runs of words lead, in order, each once; an address that stands in the words is in the text."""
    links: dict[str, None] = {}
    lists = [value for key in ("text", "text_entities") if isinstance(value := found.get(key), list)]
    for part in chain.from_iterable(lists):
        if isinstance(part, dict) and (link := read_link(part.get("href"))) and link != part.get("text"):
            links[link] = None
    return tuple(links)[:MOST_LINKS]


def _find_media(found: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return the path of what is attached and what it is; an empty path where the export left it out."""
    photo, file = found.get("photo"), found.get("file")
    path = photo if isinstance(photo, str) else file if isinstance(file, str) else None
    if path is None:
        return None, None
    kind = tidy(found.get("mime_type"), 100) or ("photo" if photo else tidy(found.get("media_type"), 100) or "file")
    return ("" if path.startswith(_LEFT_OUT) else path[:1000]), kind
