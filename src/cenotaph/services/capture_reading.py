"""What one file holds, read after its bytes were taken in: its texts, and where it is an archive what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from cenotaph.capture.chats.recognition import recognise_export
from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.files import printable
from cenotaph.capture.intake import HashingOut, Limits, Taken
from cenotaph.capture.isolation import shared_process
from cenotaph.capture.media_types import EML, WACZ, WARC
from cenotaph.capture.message_copies import clean_message
from cenotaph.capture.readers import read_document, readable_types
from cenotaph.capture.readers.contained import contained_types
from cenotaph.capture.warc.entries import PayloadEntry
from cenotaph.domain.documents import ENCODING, TextDocument
from cenotaph.domain.errors import CenotaphError, RefusedError
from cenotaph.domain.plurals import count_words
from cenotaph.services.intakes import Intakes
from cenotaph.services.private import holds_private

_SHOWN = 5
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_SHOWN = 200


class ReadText(NamedTuple):
    """A text, and which of a file's payloads it was read from."""

    document: TextDocument
    payload: int | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was taken in and read.

    Parameters
    ----------
    path, taken
        The file, and its bytes as they are kept.
    texts, payloads
        What was read out of it, and what it holds where it is an archive.
    note
        What a person should know: why it was not read, or what was not.
    in_part
        Whether it is an archive of which a part is broken and was not read.
    original
        The file's own bytes where they are private and ``taken`` is what was derived from them.
    """

    path: Path
    taken: Taken
    texts: tuple[ReadText, ...] = ()
    payloads: tuple[PayloadEntry, ...] = ()
    note: str = ""
    in_part: bool = False
    original: Taken | None = None


def read_file(path: Path, intakes: Intakes, limits: Limits, encoding: str | None) -> ReadFile:
    """Keep a file's bytes for now and read it; a file that cannot be read is kept all the same.

    Raises
    ------
    RefusedError
        It is of an export of a chat, or its bytes are kept already as an original that is private.
    CenotaphError
        It could not be taken in.
    """
    _refuse_chat(path)
    taken = intakes.take_in(path)
    if taken.media_type == EML:
        return _read_message(path, taken, intakes, limits, encoding)
    if holds_private(taken.sha256):
        raise RefusedError(
            f"{taken.name} has the bytes of capture {taken.sha256[:12]}, an original that is private.",
            "It is kept already; people see what was derived from it.",
        )
    kept = readable_path(intakes.objects, taken.sha256)
    if taken.media_type in (WARC, WACZ):
        return _read_archive(path, taken, kept, limits)
    if taken.media_type not in readable_types():
        return ReadFile(path, taken, note=f"kept, not read: no reader for {taken.media_type} yet")
    try:
        if taken.media_type in contained_types():
            found = shared_process().read(kept, taken.media_type, limits, encoding=encoding)
            return ReadFile(path, taken, tuple(ReadText(document) for document in found), note=tell_encoding(found))
        document = read_document(kept, taken.media_type, limits, encoding=encoding)
    except CenotaphError as error:
        return ReadFile(path, taken, note=f"kept, not read: {error}")
    if isinstance(document, TextDocument):
        return ReadFile(path, taken, (ReadText(document),))
    return ReadFile(path, taken, note="a table: `cenotaph list import` reads it")


def _read_message(path: Path, original: Taken, intakes: Intakes, limits: Limits, encoding: str | None) -> ReadFile:
    """Read what is derived from a message: whom it went to, and by which ways, stays in the original, which is private."""

    def write(out: HashingOut) -> None:
        with readable_path(intakes.objects, original.sha256).open("rb") as stream:
            for line in clean_message(stream):
                out.write(line)

    taken = intakes.keep_made(original.name, EML, write, _NO_TIME)
    # One that tells nothing of who got it is its own derivative, and open.
    private, note = (None, "") if taken.sha256 == original.sha256 else (original, "the original is private")
    taken = original if private is None else taken
    try:
        found = shared_process().read(readable_path(intakes.objects, taken.sha256), EML, limits, encoding=encoding)
    except CenotaphError as error:
        told = "; ".join(filter(None, (f"kept, not read: {error}", note)))
        return ReadFile(path, taken, note=told, original=private)
    note = "; ".join(filter(None, (tell_encoding(found), note)))
    return ReadFile(path, taken, tuple(ReadText(document) for document in found), note=note, original=private)


def tell_encoding(documents: Sequence[TextDocument]) -> str:
    """Return what a person should know of how texts were decoded, once; nothing where all is as declared."""
    said = [value for item in documents if item.facts for name, value in item.facts.other if name == ENCODING]
    return "; ".join(dict.fromkeys(said))


def _refuse_chat(path: Path) -> None:
    """Refuse the export of a chat: taken in as a file it would lie open with whatever it tells of the exporter."""
    if recognise_export(path) is not None:
        raise RefusedError(
            f"{printable(path.name)} is of an export of Telegram, which tells of whoever made it.",
            "Take its folder in with `cenotaph capture chat`, which keeps the original private.",
        )


def _read_archive(path: Path, taken: Taken, kept: Path, limits: Limits) -> ReadFile:
    """Index what an archive holds, and read its pages: what was answered with 200 and a reader reads, pictures left out."""
    entries: list[PayloadEntry] = []
    wrong: list[str] = []
    try:
        for start, end in _find_parts(taken, kept, limits, wrong):
            entries += shared_process().index(kept, limits, start=start, end=end)
    except CenotaphError as error:
        wrong.append(error.message.rstrip("."))
    texts: list[ReadText] = []
    unread: list[str] = []
    for at, entry in enumerate(entries):
        media = entry.media_type or ""
        if entry.kind == "revisit" or entry.status not in (200, None) or entry.role in ("redirect", "requisite"):
            continue
        if media not in contained_types() or media.startswith("image/"):
            continue
        try:
            texts += (ReadText(document, at) for document in shared_process().read(kept, WARC, limits, record=entry))
        except CenotaphError as error:
            unread.append(f"{entry.address[:_LONGEST_SHOWN]}: {error.message}")
    notes = [f"holds {count_words(len(entries), 'answer')}, {count_words(len(texts), 'text')} read"]
    if unread:
        more = ", ..." if len(unread) > _SHOWN else ""
        notes.append(f"{count_words(len(unread), 'page')} could not be read ({', '.join(unread[:_SHOWN])}{more})")
    if len(wrong) > _SHOWN:
        wrong[_SHOWN:] = [f"and {len(wrong) - _SHOWN:,} more"]
    return ReadFile(path, taken, tuple(texts), tuple(entries), "; ".join([*notes, *wrong]), bool(wrong))


def _find_parts(taken: Taken, kept: Path, limits: Limits, wrong: list[str]) -> list[tuple[int, int | None]]:
    if taken.media_type == WARC:
        return [(0, None)]
    parts: list[tuple[int, int | None]] = []
    for found in shared_process().inspect(kept, limits):
        if "wrong" in found:
            wrong.append(str(found["wrong"]))
        else:
            parts.append((int(found["start"]), int(found["end"])))
    return parts
