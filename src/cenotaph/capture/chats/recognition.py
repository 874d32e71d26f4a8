"""Whether a file is of an export of Telegram Desktop, told by what stands in it and not by its name."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import BinaryIO, Literal

from cenotaph.capture.files import open_regular

Form = Literal["json", "html"]

_PEEK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_ONE_MESSAGE = (
    re.compile(r'"type"\s*:\s*"(?:message|service)"'),
    re.compile(r'"date"\s*:\s*"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"'),
    re.compile(r'"(?:from|from_id|actor|actor_id|text_entities|date_unixtime)"\s*:'),
)
_CHAT = re.compile(
    r'"type"\s*:\s*"(?:saved_messages|replies|verification_codes|personal_chat|bot_chat'
    r'|(?:private|public)_(?:group|supergroup|channel))"'
)
_CHATS = re.compile(r'"(?:left_)?chats"\s*:\s*\{\s*(?:"about"\s*:\s*"[^"]*"\s*,\s*)?"list"\s*:\s*\[')
_ACCOUNT = (
    re.compile(r'"personal_information"\s*:\s*\{'),
    re.compile(r'"user_id"\s*:\s*"?\d'),
)
# What an account's export holds beside chats: of these two and more stand in no other file together.
_PARTS = tuple(
    re.compile(rf'"{name}"\s*:\s*[{{\[]')
    for name in ("profile_pictures", "stories", "contacts", "frequent_contacts", "sessions", "web_sessions", "other_data")
)
_LEAST_PARTS = 2
_WRAPPED = re.compile(r"<body\b[^>]*>\s*<div\b[^>]*?\bclass\s*=\s*[\"']?page_wrap\b", re.IGNORECASE)
_PAGE_PARTS = re.compile(
    r"\bclass\s*=\s*[\"']?(?:page_header|page_body|page_about|history|entry_list|sections|personal_info)\b"
    r"|\bclass\s*=\s*[\"']?message (?:default|service)\b|<title>\s*Exported Data\s*</title>|\bCheckLocation\(",
    re.IGNORECASE,
)
_BESIDE = ("export_results.html", "messages.html", "result.json")
_LEVELS = 3


def recognise_export(path: Path) -> Form | None:
    """Tell in which form a file is of an export, None where it is of none.

    Raises
    ------
    InputError
        It is no regular file, or cannot be opened.
    """
    with open_regular(path) as stream:
        words = _read_head(stream)
    form = recognise_text(words)
    if form is None and _WRAPPED.search(words) and _lies_in_export(path):
        return "html"  # A page of lists may say little: where it lies tells the rest.
    return form


def recognise_text(words: str) -> Form | None:
    """Tell in which form a text, or the beginning of one, is an export."""
    start = words.lstrip()[:1]
    if start in ("{", "["):
        return "json" if _is_json(words) else None
    return "html" if start == "<" and _WRAPPED.search(words) and _PAGE_PARTS.search(words) else None


def _is_json(words: str) -> bool:
    if _MESSAGES.search(words) and (all(mark.search(words) for mark in _ONE_MESSAGE) or _CHAT.search(words)):
        return True
    if _CHATS.search(words) or all(mark.search(words) for mark in _ACCOUNT):
        return True
    return '"about"' in words and sum(bool(part.search(words)) for part in _PARTS) >= _LEAST_PARTS


def _read_head(stream: BinaryIO) -> str:
    data = stream.read(_PEEK)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    if data[1:4:2] == b"\0\0" or data[:3:2] == b"\0\0":  # UTF-16 that does not say so.
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    return data.decode("utf-8", "replace")


def _lies_in_export(path: Path) -> bool:
    for folder in list(path.absolute().parents)[:_LEVELS]:
        for name in _BESIDE:
            beside = folder / name
            if beside.is_file() and beside != path.absolute():
                if name == "export_results.html":
                    return True
                with open_regular(beside) as stream:
                    if recognise_text(_read_head(stream)) is not None:
                        return True
    return False
