"""Telegram Desktop's export in JSON (``result.json``): of one chat, or of a whole account, of which only chats are read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
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
TAKEN = "taken"
"""The key under which the head of an account's chat says whether its messages follow: ``yes`` or ``no``."""

MATCHED = "exporter's"
"""The key under which the reader says at last how many traces of the exporter it left away."""

_HEAD = ("name", "type", "id")
_LEFT_OUT = "(File "
_SHARED = (
    "private_group",
    "public_group",
    "private_supergroup",
    "public_supergroup",
    "private_channel",
    "public_channel",
)
_OWN = "saved_messages"
_NUMBER = re.compile(r"-?[0-9]{1,40}")


class Own:
    """Whoever made an export: their id, the handle of their profile, and how often they were met.

    Parameters
    ----------
    id
        As messages name it: ``user123``.
    """

    def __init__(self, id: str | None) -> None:
        self.id = id
        self.met = 0
        self._handle: re.Pattern[str] | None = None

    def learn(self, profile: object) -> None:
        """Take the id and the handle from a profile."""
        if not isinstance(profile, dict):
            return
        if profile.get("user_id") is not None and self.id is None:
            self.id = f"user{profile['user_id']}"
        name = profile.get("username")
        handle = name.strip().removeprefix("@") if isinstance(name, str) else ""
        if handle and self.id == f"user{profile.get('user_id')}":
            shown = rf"(?:(?:https?://)?(?:www\.)?t(?:elegram)?\.me/|tg://resolve\?domain=|@){re.escape(handle)}(?!\w)"
            self._handle = re.compile(rf"(?<![\w@]){shown}", re.IGNORECASE)

    def is_id(self, found: object) -> bool:
        """Tell whether an id is theirs, and count it."""
        same = self.id is not None and found is not None and str(found) in (self.id, self.id.removeprefix("user"))
        self.met += same
        return same

    def clean(self, words: str) -> str:
        """Return a text with their handle left away."""
        if self._handle is None:
            return words
        words, count = self._handle.subn(EXPORTER, words)
        self.met += count
        return words

    def is_link(self, link: str) -> bool:
        """Tell whether an address leads to them, and count it."""
        number = link.removeprefix("tg://user?id=").partition("&")[0]
        same = self.id is not None and number != link and f"user{number}" == self.id
        same = same or (self._handle is not None and self._handle.match(link) is not None)
        self.met += same
        return same


def is_personal(head: dict[str, str | None]) -> bool:
    """Tell whether a chat is somebody's own dialogue, or may be: neither group nor channel."""
    return head["type"] not in _SHARED


def is_named(head: dict[str, str | None], wanted: str) -> bool:
    """Tell whether words are a chat's id or its name."""
    name = head["name"]
    return wanted == head["id"] or (name is not None and (tidy(wanted) or "").casefold() == name.casefold())


def read_export(
    stream: BinaryIO, name: str, exporter: str | None, chats: Collection[str] = (), every: bool = False
) -> Iterator[Item]:
    """Yield for each chat its head (name, type, id), then its messages, and those that no document can be made of.

    Where ``exporter`` is said, what comes last tells under :data:`MATCHED` how many traces of theirs were left away.
    The account's profile, contacts, sessions and whatever else is not a chat are passed over.

    Parameters
    ----------
    exporter
        The id of whoever made the export, as messages name it (``user123``); where the export tells it, it is found there.
    chats, every
        Of a whole account, the chats to read by name or id, and whether every group and channel is. Of those that are not
        read only the head comes, with :data:`TAKEN` ``no``.

    Raises
    ------
    DamagedFileError
        It is no export of Telegram, or broken, or says what must be known beforehand only behind the messages.
    """
    reader = JsonStream(stream, name)
    if reader.peek() != "{":
        raise DamagedFileError(f"{name} is no export of Telegram Desktop.", "It is the file result.json of one.")
    head: dict[str, str | None] = dict.fromkeys(_HEAD)
    own = Own(exporter)
    found = accounts = 0
    for key in reader.members():
        if key == "messages":
            found += 1
            yield dict(head)
            yield from _read_messages(reader, own)
        elif key in ("chats", "left_chats"):
            accounts += 1
            for inner in reader.members():
                if inner != "list":
                    reader.value()
                    continue
                for _ in reader.items():
                    found += 1
                    yield from _read_chat(reader, own, name, chats, every)
        else:
            value = reader.value()
            if key in _HEAD:
                head[key] = tidy(value)
            elif key == "personal_information":
                if accounts:
                    raise DamagedFileError(f"{name} tells only after its chats whose account it is.", "Export it again.")
                own.learn(value)
    if not found:
        raise DamagedFileError(f"{name} is an export of Telegram without a chat.", "Export the chat's history.")
    if exporter is not None:
        yield {MATCHED: str(own.met)}


def _read_chat(reader: JsonStream, own: Own, file: str, chats: Collection[str], every: bool) -> Iterator[Item]:
    head: dict[str, str | None] = dict.fromkeys(_HEAD)
    seen: set[str] = set()
    for key in reader.members():
        if key == "messages":
            if not {"type", "id"} <= seen:
                raise DamagedFileError(f"{file} tells only after its messages what a chat is.", "Export it again.")
            taken = any(is_named(head, wanted) for wanted in chats) or (every and not is_personal(head))
            yield {**head, TAKEN: "yes" if taken else "no"}
            if not taken:
                for _ in reader.items():
                    reader.value()
                continue
            yield from _read_messages(reader, Own(f"user{head['id']}") if head["type"] == _OWN and own.id is None else own)
            continue
        seen.add(key)
        value = reader.value()
        if key in _HEAD:
            head[key] = tidy(value)


def _read_messages(reader: JsonStream, own: Own) -> Iterator[ChatMessage | LeftOut]:
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


def _read_message(found: dict[str, Any], number: str, own: Own) -> ChatMessage:
    author, author_id = tidy(found.get("from") or found.get("actor")), tidy(found.get("from_id") or found.get("actor_id"))
    passed, passed_id = tidy(found.get("forwarded_from")), tidy(found.get("forwarded_from_id"))
    if own.is_id(author_id):
        author, author_id = EXPORTER, None
    if own.is_id(passed_id):
        passed, passed_id = EXPORTER, None
    at = write_instant(found.get("date_unixtime"))
    media, kind = _find_media(found)
    text = _join_text(found, own)
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
        links=_find_links(found, own),
        cut=str(len(text) - LONGEST_TEXT) if len(text) > LONGEST_TEXT else "",
    )


def _join_text(found: dict[str, Any], own: Own) -> str:
    words = [_words_of(found.get("text"), own)]
    poll = found.get("poll")
    if isinstance(poll, dict):
        words += [f"\n{tidy(_words_of(poll.get('question'))) or ''}"]
        answers = poll.get("answers")
        offered = [item for item in answers if isinstance(item, dict)] if isinstance(answers, list) else []
        words += [f"\n- {tidy(_words_of(item.get('text'))) or ''}" for item in offered]
    return own.clean(clean_text("".join(words)))


def _words_of(value: object, own: Own | None = None) -> str:
    """Return the words of a text: one, or its runs, each with its form or without."""
    words: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, dict):
            theirs = own is not None and part.get("user_id") is not None and own.is_id(part["user_id"])
            part = EXPORTER if theirs else part.get("text")
        if isinstance(part, str):
            words.append(part)
    return "".join(words)


def _find_links(found: dict[str, Any], own: Own) -> tuple[str, ...]:
    """Return where runs of words lead, in order, each once; an address that stands in the words is in the text."""
    links: dict[str, None] = {}
    lists = [value for key in ("text", "text_entities") if isinstance(value := found.get(key), list)]
    for part in chain.from_iterable(lists):
        if not isinstance(part, dict) or not (link := read_link(part.get("href"))) or link == part.get("text"):
            continue
        if not own.is_link(link):
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
