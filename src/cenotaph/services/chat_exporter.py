"""Who made a chat's export, as they are named on the command line: by id in JSON, by the name that is shown in HTML."""

from __future__ import annotations

import re
from dataclasses import replace

from cenotaph.capture.chats.messages import EXPORTER, ChatMessage, tidy
from cenotaph.domain.errors import UsageError

UNNAMED = (
    "An export in HTML names nobody by id, so the exporter's own messages cannot be told apart. If they wrote in this chat, "
    "say the name that it shows of them with --exporter, or export it as JSON."
)
_ID = re.compile(r"(?:user)?(\d{1,20})")


def check_exporter(exporter: str | None, form: str) -> str | None:
    """Return whoever made an export as its form names them.

    Raises
    ------
    UsageError
        It is no id where the form has ids, or one where it has none.
    """
    if exporter is None:
        return None
    found = _ID.fullmatch(exporter.strip())
    if form == "html":
        if found:
            raise UsageError(
                "--exporter is an id, but an export in HTML names nobody by id.",
                "Give the name that messages.html shows above their messages, or export the chat as JSON.",
            )
        return tidy(exporter)
    if not found:
        raise UsageError("--exporter is no id, such as user123.", _where("json"))
    return f"user{found[1]}"


def refuse_exporter(form: str) -> UsageError:
    """Return the error that nothing in the export is of whoever was named; it names nobody."""
    return UsageError("--exporter matches nothing in this export; nothing was taken in.", _where(form))


def leave_away(message: ChatMessage, exporter: str | None) -> ChatMessage:
    """Return a message of an HTML export without whoever made it: itself where nothing of it is theirs."""
    if exporter is None or exporter not in (message.author, message.forwarded_from):
        return message
    return replace(
        message,
        author=EXPORTER if message.author == exporter else message.author,
        forwarded_from=EXPORTER if message.forwarded_from == exporter else message.forwarded_from,
    )


def _where(form: str) -> str:
    if form == "html":
        return "It is the name above their messages in messages.html, letter by letter. Leave it away where they wrote none."
    return "It is the from_id of a message of theirs in result.json. Leave it away where the chat holds nothing of theirs."
