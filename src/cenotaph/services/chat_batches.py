"""Writing the messages of a chat by the batch: each a document, with what is attached to it; each batch one ledger entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cenotaph.capture.chats.messages import EXPORTER, ChatMessage, message_line
from cenotaph.capture.intake import Taken
from cenotaph.capture.passing import facts_to, places_to
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import DOCUMENT, DOCUMENT_DETAIL
from cenotaph.casebook.ledger import Actor, Entry
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.documents import DocumentFacts, Place, TextDocument
from cenotaph.domain.errors import CenotaphError, InputError
from cenotaph.services.capture_reading import ReadFile
from cenotaph.services.capture_record import CaptureRecorder, document_id
from cenotaph.services.intakes import Intakes
from cenotaph.services.reprints import LEAST_WORDS
from cenotaph.services.sources import SourceRow

READER, READER_VERSION = "telegram", "2"
Head = dict[str, str | None]
Fresh = tuple[str, str, Head, ChatMessage]
"""A message with the id of its document and the name of its part."""


@dataclass
class ChatImport:
    """What an import did.

    Parameters
    ----------
    original, derivative
        Ids of the export's first file and of the cleaned derivative.
    chats, messages, texts
        How many chats and messages it holds, and how many of the messages have words.
    new
        How many documents were not known before.
    media, missing
        How many files were attached and kept, and how many the export left out.
    left_out
        How many messages no document can be made of: they are no objects, or have no id that is a whole number.
    reprints
        How many of the new messages are, for the most part, the words of another document: one lineage each is proposed.
    notes
        Files that could not be kept, each with its reason, and the first messages that were left out.
    """

    original: str = ""
    derivative: str = ""
    chats: int = 0
    messages: int = 0
    texts: int = 0
    new: int = 0
    media: int = 0
    missing: int = 0
    left_out: int = 0
    reprints: int = 0
    notes: list[str] = field(default_factory=list)


class PartNames:
    """Names the parts of a derivative: a second, different message of one id has a name of its own."""

    def __init__(self, repeated: set[str]) -> None:
        self._repeated = repeated
        self._seen: defaultdict[str, dict[bytes, str]] = defaultdict(dict)

    def name(self, head: Head, message: ChatMessage) -> str:
        """Return a message's name; to be asked in the order of the derivative."""
        part = name_part(head, message)
        if part not in self._repeated:
            return part
        seen = self._seen[part]
        return seen.setdefault(sha256(message_line(message)).digest(), f"{part} ({len(seen) + 1})" if seen else part)


class ChatBatches:
    """Writes batches of messages with their media."""

    def __init__(
        self,
        casebook: Casebook,
        actor: Actor,
        folder: Path,
        intakes: Intakes,
        speaker: SourceRow,
        language: str | None,
        derivative: Taken,
        done: ChatImport,
        parts: PartNames,
    ) -> None:
        self._casebook = casebook
        self._actor = actor
        self._folder = folder if folder.is_dir() else folder.parent
        self._real = self._folder.resolve()
        self._intakes = intakes
        self._speaker = speaker
        self._language = language
        self._derivative = derivative
        self._done = done
        self._parts = parts
        self.long_texts: set[str] = set()
        """Ids of the new messages that are long enough to be told from others."""

    def write(self, batch: list[tuple[Head, ChatMessage | None]]) -> None:
        """Write one batch as one entry; what of it is known already is passed over, with its media."""
        messages = [(head, message) for head, message in batch if message is not None]
        self._done.chats += len(batch) - len(messages)
        self._done.messages += len(messages)
        named = [(self._parts.name(head, message), head, message) for head, message in messages]
        # One that stands twice, word for word, is one document.
        documents = {identifier: (identifier, *item) for item in named for identifier in [self._make_id(item[0])]}
        known = self._find_known(list(documents))
        self._done.texts += sum(bool(message.text.strip()) for _, message in messages)
        fresh = [item for item in documents.values() if item[0] not in known]
        self._done.missing += sum(message.media == "" for *_, message in documents.values())
        self._done.media += sum(bool(message.media) for *_, message in documents.values())
        if not fresh:
            return
        media = [(message.media, self._take(message.media)) for *_, message in fresh if message.media]
        kept = {path: taken for path, taken in media if taken is not None}
        self._intakes.make_durable()
        self._done.media -= len(media) - sum(taken is not None for _, taken in media)
        with self._casebook.writing(self._actor, "capture chat") as entry:
            recorder = CaptureRecorder(entry, self._intakes, self._speaker, self._language, None)
            sealed: set[str] = set()
            for path, taken in kept.items():
                if recorder.record(ReadFile(self._folder / path, taken)).state == "sealed":
                    sealed.add(path)
            recorder.write()
            self._add_documents(entry, fresh, {path: taken.sha256 for path, taken in kept.items() if path not in sealed})
            entry.detail.update({"capture": self._derivative.sha256, "messages": len(fresh), "media": len(kept)})
            entry.detail["sha256"] = sorted({taken.sha256 for taken in kept.values()})
        self._intakes.keep()
        self._done.new += len(fresh)
        self.long_texts.update(identifier for identifier, *_, message in fresh if _is_long(message.text))

    def _make_id(self, part: str) -> str:
        document = TextDocument("", READER, READER_VERSION, "utf-8", part=part)
        return document_id(self._derivative.sha256, document)

    def _find_known(self, identifiers: list[str]) -> set[str]:
        found: set[str] = set()
        for at in range(0, len(identifiers), 500):
            some = identifiers[at : at + 500]
            marks = ", ".join(["%s"] * len(some))
            found.update(row[0] for row in bulk.fetch_rows(f"SELECT id FROM document WHERE id IN ({marks})", some))  # noqa: S608
        return found

    def _take(self, name: str) -> Taken | None:
        """Keep a file that is attached; one that lies outside the export is none of it."""
        path = self._folder / name
        try:
            if not path.resolve().is_relative_to(self._real):
                raise InputError("it lies outside the export", "It is not taken in.")
            return self._intakes.take_in(path, durable=False)
        except (CenotaphError, OSError, ValueError) as error:
            words = error.message if isinstance(error, CenotaphError) else "it cannot be opened"
            self._done.notes.append(f"{name[:200]}: {words}")
            return None

    def _add_documents(self, entry: Entry, fresh: list[Fresh], media: dict[str, str]) -> None:
        rows: list[tuple[str | None, ...]] = []
        details: list[tuple[str | None, ...]] = []
        for identifier, part, head, message in fresh:
            on, basis, at = message.published()
            rows.append(
                (
                    identifier,
                    self._derivative.sha256,
                    READER,
                    READER_VERSION,
                    "text",
                    self._language,
                    "utf-8",
                    message.text,
                    on.edtf if on else None,
                )
            )
            facts = DocumentFacts(
                author=message.author,
                site=head["name"],
                published_on=on,
                published_basis=basis,
                published_at=at,
                about=f"message {message.reply_to}" if message.reply_to else None,
                other=tuple(_list_other(message, media)),
            )
            places = (Place(0, len(message.text), part, 0),) if message.text else ()
            details.append(
                (
                    content_id("document detail", identifier),
                    identifier,
                    None,
                    part,
                    canonical_json(facts_to(facts)),
                    canonical_json(places_to(places)) if places else None,
                )
            )
        entry.add(DOCUMENT, rows)
        entry.add(DOCUMENT_DETAIL, details)


def _is_long(text: str) -> bool:
    return len(text.split(None, LEAST_WORDS)) >= LEAST_WORDS


def name_part(head: Head, message: ChatMessage) -> str:
    """Return the name of a message as a part of its chat."""
    return f"chat {head['id']} message {message.id}" if head["id"] else f"message {message.id}"


def _list_other(message: ChatMessage, media: dict[str, str]) -> Iterator[tuple[str, str]]:
    if message.kind != "message":
        yield "kind", message.kind
    if message.cut:
        yield "left out", f"the last {int(message.cut):,} code points of the text; the private original holds them"
    if message.edited:
        yield "edited", message.edited
    if message.forwarded_from:
        yield "forwarded from", message.forwarded_from
    if message.author_id and message.author != EXPORTER:
        yield "author id", message.author_id
    if message.forwarded_from_id:
        yield "forwarded from id", message.forwarded_from_id
    if message.media_type:
        yield "media type", message.media_type
    if message.media is not None:
        yield "media", media.get(message.media, "not in the export" if message.media == "" else "not kept")
    if message.links:
        yield "links", " ".join(link.replace(" ", "%20") for link in message.links)
