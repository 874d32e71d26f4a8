"""Exports of Telegram Desktop as a test or a benchmark makes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PICTURE = b"\xff\xd8\xff\xe0" + b"picture "


def message(number: int, text: Any = "", **values: Any) -> dict[str, Any]:
    """Return a message as the JSON export writes it."""
    return {
        "id": number,
        "type": "message",
        "date": "2025-07-22T23:10:00",
        "date_unixtime": str(1753207800 + number * 60),
        "from": "Вестник",
        "from_id": "channel1001",
        "text": text,
        "text_entities": [],
        **values,
    }


def write_export(folder: Path, messages: list[dict[str, Any]], **more: Any) -> Path:
    """Write the export of one channel."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {"name": "Вестник", "type": "public_channel", "id": 1001, **more, "messages": messages}
    (folder / "result.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def write_account(folder: Path, messages: list[dict[str, Any]]) -> Path:
    """Write the export of a whole account: profile, contacts, sessions and one chat."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 77, "first_name": "Volunteer", "phone_number": "+992900000001", "bio": "my bio"},
        "contacts": {"list": [{"first_name": "Friend of the volunteer", "phone_number": "+992900000002"}]},
        "sessions": {"list": [{"last_ip": "203.0.113.9", "device_model": "Volunteer's laptop"}]},
        "chats": {"about": "x", "list": [{"name": "Группа", "type": "private_group", "id": 5, "messages": messages}]},
    }
    (folder / "result.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def write_large(folder: Path, count: int, media: int, size: int) -> Path:
    """Write a channel of many messages, each ``count / media`` of them with a picture of its own."""
    (folder / "photos").mkdir(parents=True)
    step = count // media
    with (folder / "result.json").open("w", encoding="utf-8") as stream:
        stream.write('{\n "name": "Вестник",\n "type": "public_channel",\n "id": 1001,\n "messages": [\n')
        for number in range(1, count + 1):
            values: dict[str, Any] = {}
            if number % step == 0:
                name = f"photos/photo_{number}.jpg"
                (folder / name).write_bytes((PICTURE + str(number).encode()).ljust(size, b"."))
                values = {"photo": name, "width": 800, "height": 600}
            if number % 7 == 0:
                values["reply_to_message_id"] = number - 3
            text = [
                f"Сообщение {number}: в бою погиб ",
                {"type": "bold", "text": f"Каримов Алишер {number}"},
                f", уроженец Душанбе, {1970 + number % 30} года рождения. Родственники подтвердили его гибель в разговоре.",
            ]
            line = json.dumps(message(number, text, **values), ensure_ascii=False, indent=1)
            stream.write(line + (",\n" if number < count else "\n"))
        stream.write(" ]\n}\n")
    return folder
