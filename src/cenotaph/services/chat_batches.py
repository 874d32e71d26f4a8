"""Writing the messages of a chat by the batch: each a document, with what is attached to it; each batch one ledger entry."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cenotaph.capture.chats.messages import EXPORTER, ChatMessage, message_line
from cenotaph.capture.chats.recognition import recognise_export
from cenotaph.capture.intake import Taken
from cenotaph.capture.media_types import HTML, PLAIN_TEXT, UNKNOWN
from cenotaph.capture.passing import facts_to, places_to
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import DOCUMENT, DOCUMENT_DETAIL
from cenotaph.casebook.ledger import Actor, Entry
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.documents import DocumentFacts, Place, TextDocument
from cenotaph.domain.errors import CenotaphError, InputError
from cenotaph.services.capture_reading import ReadFile
from cenotaph.services.capture_record import LAST_DETAIL, CaptureRecorder, document_id
from cenotaph.services.intakes import Intakes
from cenotaph.services.private import ORIGINAL
from cenotaph.services.reprints import LEAST_WORDS
from cenotaph.services.sources import SourceRow

READER, READER_VERSION = "telegram", "2"
NOT_KEPT = "not kept"
_TOLD = ("application/json", "application/x-ndjson", HTML, PLAIN_TEXT, UNKNOWN)
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
        How many messages have a file that is kept, now or before, and how many one that the export left out.
    left_out
        How many messages no document can be made of: they are no objects, or have no id that is a whole number.
    reprints
        How many of the new messages are, for the most part, the words of another document: one lineage each is proposed.
    taken, not_taken
        The chats that were taken, by name and id, and how many others the export holds.
    told
        What a person should know, which is no fault.
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
    taken: list[str] = field(default_factory=list)
    not_taken: int = 0
    told: list[str] = field(default_factory=list)
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
        """Write one batch as one entry; what is known already is passed over, but a file not kept before is tried again."""
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
        attached = [item for item in documents.values() if item[0] in known and item[3].media]
        late = self._find_untied([item[0] for item in attached])
        self._done.media += len(attached) - len(late)
        again = [item for item in attached if item[0] in late]
        kept: dict[str, Taken] = {}
        for *_, message in [*fresh, *again]:
            if message.media and (taken := self._take(message.media)) is not None:
                kept[message.media] = taken
        again = [item for item in again if item[3].media in kept]
        if not fresh and not again:
            return
        self._intakes.make_durable()
        with self._casebook.writing(self._actor, "capture chat") as entry:
            recorder = CaptureRecorder(entry, self._intakes, self._speaker, self._language, None)
            sealed = {path for path, taken in kept.items() if self._is_refused(recorder, path, taken)}
            recorder.write()
            media = {path: taken.sha256 for path, taken in kept.items() if path not in sealed}
            again = [item for item in again if item[3].media in media]
            self._add_documents(entry, fresh, media)
            self._tie(entry, again, media)
            entry.detail.update({"capture": self._derivative.sha256, "messages": len(fresh), "media": len(kept)})
            if again:
                entry.detail["tied"] = len(again)
            entry.detail["sha256"] = sorted({taken.sha256 for taken in kept.values()})
        self._intakes.keep()
        self._done.media += len(again) + sum(message.media in media for *_, message in fresh)
        self._done.new += len(fresh)
        self.long_texts.update(identifier for identifier, *_, message in fresh if _is_long(message.text))

    def _is_refused(self, recorder: CaptureRecorder, path: str, taken: Taken) -> bool:
        """Note a file's capture; tell whether it is under seal, which keeps it out."""
        whole = self._folder / path
        # An export that somebody passed on in a chat tells of whoever made it as this one does.
        how = ORIGINAL if taken.media_type in _TOLD and recognise_export(whole) else "file"
        sealed = recorder.record(ReadFile(whole, taken), how).state == "sealed"
        if sealed:
            self._done.notes.append(f"{path[:200]}: its bytes are under seal and were not kept")
        return sealed

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

    def _find_untied(self, identifiers: list[str]) -> set[str]:
        """Return which of the documents known stand without the file that is attached to them; a sealed one wants none."""
        found: set[str] = set()
        for at in range(0, len(identifiers), 500):
            some = identifiers[at : at + 500]
            marks = ", ".join(["%s"] * len(some))
            sql = (
                "SELECT d.id, t.facts FROM document d JOIN document_detail t ON t.document = d.id "  # noqa: S608
                f"WHERE d.id IN ({marks}) AND d.sealed IS NULL AND t.facts IS NOT NULL AND {LAST_DETAIL}"
            )
            for identifier, facts in bulk.fetch_rows(sql, some):
                if json.loads(facts).get("other", {}).get("media") == NOT_KEPT:
                    found.add(identifier)
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
            on = message.published()[0]
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
            details.append(_make_detail(content_id("document detail", identifier), identifier, part, head, message, media))
        if rows:
            entry.add(DOCUMENT, rows)
            entry.add(DOCUMENT_DETAIL, details)

    def _tie(self, entry: Entry, again: list[Fresh], media: dict[str, str]) -> None:
        """Tie files that came late to their messages: a further detail, which stands in the place of the one before."""
        details = [
            _make_detail(content_id("document detail", item[0], media[str(item[3].media)]), *item, media) for item in again
        ]
        if details:
            entry.add(DOCUMENT_DETAIL, details)


def _make_detail(
    name: str, identifier: str, part: str, head: Head, message: ChatMessage, media: dict[str, str]
) -> tuple[str | None, ...]:
    on, basis, at = message.published()
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
    told = canonical_json(places_to(places)) if places else None
    return (name, identifier, None, part, canonical_json(facts_to(facts)), told)


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
        yield "media", media.get(message.media, "not in the export" if message.media == "" else NOT_KEPT)
    if message.links:
        yield "links", " ".join(link.replace(" ", "%20") for link in message.links)
