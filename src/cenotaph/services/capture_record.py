"""What taking a file in writes: its capture, the sighting of it, and the document read out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cenotaph.capture.intake import Taken
from cenotaph.capture.objects import destroy_object
from cenotaph.capture.passing import facts_to, places_to
from cenotaph.capture.readers.html_comments import NAME as COMMENT
from cenotaph.capture.warc.entries import PayloadEntry
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import CAPTURE, DOCUMENT, DOCUMENT_DETAIL, PAYLOAD, SIGHTING
from cenotaph.casebook.ledger import Entry, format_instant
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.documents import TEXT, TableDocument, TextDocument
from cenotaph.services.capture_reading import ReadFile
from cenotaph.services.intakes import Intakes
from cenotaph.services.private import ORIGINAL, derived_from
from cenotaph.services.sources import SourceRow, add_missing_sources

LAST_DETAIL = 't."row" = (SELECT MAX(last."row") FROM document_detail last WHERE last.document = d.id)'
"""Of the details ``t`` of a document ``d`` the one that stands: what comes later stands in the place of what came before."""

_KIND_AT, _TEXT_AT = DOCUMENT.committed.index("kind"), DOCUMENT.committed.index("text")


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file."""

    path: str
    capture: str | None
    document: str | None = None
    state: str = "new"
    note: str = ""
    documents: int = 0
    in_part: bool = False
    """Whether a part of it is broken and was not read."""


class CaptureRecorder:
    """Collects the rows of captures, sightings and documents, and writes each table once."""

    def __init__(
        self, entry: Entry, intakes: Intakes, speaker: SourceRow | None, language: str | None, published_on: PartialDate | None
    ) -> None:
        self._entry = entry
        self._intakes = intakes
        self._speaker = speaker
        self._language = language
        self._published_on = published_on.edtf if published_on else None
        self._captures: dict[str, tuple[str, int, str]] = {}
        self._documents: dict[str, tuple[str | None, ...]] = {}
        self._sightings: list[tuple[str | None, ...]] = []
        self._payloads: dict[str, tuple[str | int | None, ...]] = {}
        self._details: dict[str, tuple[str | None, ...]] = {}

    def record(self, read: ReadFile, how: str = "file") -> Intake:
        """Note one sighting of a file's bytes, its texts, and what it holds where it is an archive."""
        path, taken, note = read.path, read.taken, read.note
        capture = taken.sha256
        brought = [item for item in (read.original, taken) if item is not None]
        if sealed := [item.sha256 for item in brought if is_sealed(item.sha256)]:
            self._leave_off(brought)
            return Intake(str(path), sealed[0], state="sealed", note="these bytes are under seal and were not kept")
        for item in brought:
            self._intakes.make_sure(path, item)
        if read.texts and any(has_sealed_text(item.sha256) for item in brought):
            self._leave_off(brought)
            note = "a document of this capture is under seal: its text was not read again"
            return Intake(str(path), capture, state="sealed", note=note)
        if read.original is not None:
            original, how = read.original, derived_from(read.original.sha256)
            self.add_capture(original)
            self.add_sighting(original.sha256, ORIGINAL, original.name, format_instant(original.modified))
        again = self.add_capture(taken)
        self.add_sighting(capture, how, taken.name, None if read.original else format_instant(taken.modified))
        payloads = self.add_payloads(capture, read.payloads)
        documents = [
            self.add_document(capture, item.document, None if item.payload is None else payloads[item.payload])
            for item in read.texts
        ]
        first = documents[0] if documents else None
        return Intake(str(path), capture, first, "seen again" if again else "new", note, len(documents), read.in_part)

    def _leave_off(self, brought: Sequence[Taken]) -> None:
        """Destroy those bytes of a file that is not taken in which no capture holds."""
        for item in brought:
            found = bulk.fetch_one("SELECT size FROM capture WHERE id = %s", [item.sha256])
            if (found is None or found[0] is None) and item.sha256 not in self._captures:
                destroy_object(self._intakes.objects, item.sha256)

    def add_capture(self, taken: Taken) -> bool:
        """Note a capture; return whether it was known."""
        known = taken.sha256 in self._captures or bulk.fetch_one("SELECT 1 FROM capture WHERE id = %s", [taken.sha256])
        if not known:
            self._captures[taken.sha256] = (taken.sha256, taken.size, taken.media_type)
        return bool(known)

    def add_sighting(self, capture: str, how: str, origin: str, modified: str | None = None) -> None:
        """Note when, how and from where a capture was seen."""
        number = f"{self._entry.number}:{len(self._sightings)}"
        self._sightings.append(
            (
                content_id("sighting", capture, number),
                capture,
                self._speaker[0] if self._speaker else None,
                self._entry.instant,
                how,
                origin,
                modified,
            )
        )

    def add_payloads(self, capture: str, entries: Sequence[PayloadEntry]) -> list[str]:
        """Note what a WARC file holds; return the payloads' ids in order."""
        found = []
        for entry in entries:
            identifier = payload_id(capture, entry.offset)
            found.append(identifier)
            if not bulk.fetch_one("SELECT 1 FROM payload WHERE id = %s", [identifier]):
                self._payloads[identifier] = (
                    identifier,
                    capture,
                    entry.kind,
                    entry.role,
                    entry.offset,
                    entry.length,
                    entry.address,
                    entry.at,
                    entry.status,
                    entry.media_type,
                    entry.sha256,
                    entry.size,
                )
        return found

    def add_document(self, capture: str, document: TextDocument | TableDocument, payload: str | None = None) -> str:
        """Note a document read out of a capture; a table's cells stay in the capture."""
        text = document.text if isinstance(document, TextDocument) and document.kind == TEXT else None
        facts = document.facts if isinstance(document, TextDocument) else None
        identifier = document_id(capture, document, payload)
        if not bulk.fetch_one("SELECT 1 FROM document WHERE id = %s", [identifier]):
            stated = facts.published_on.edtf if facts and facts.published_on else None
            # What is said of the file's day is not said of the comments under it.
            published = stated if document.reader == COMMENT else self._published_on or stated
            self._documents[identifier] = (
                identifier,
                capture,
                document.reader,
                document.reader_version,
                document.kind if isinstance(document, TextDocument) else "table",
                self._language or (facts.language if facts else None),
                document.encoding or None,
                text,
                published,
            )
            if isinstance(document, TextDocument) and (facts or document.places):
                self._details[identifier] = (
                    content_id("document detail", identifier),
                    identifier,
                    payload,
                    document.part or None,
                    canonical_json(facts_to(facts)) if facts else None,
                    canonical_json(places_to(document.places, document.cells)) if document.places else None,
                )
        return identifier

    def new_texts(self) -> dict[str, dict[str, str]]:
        """Return the texts that were not known, by capture and document."""
        found: dict[str, dict[str, str]] = {}
        for row in self._documents.values():
            if row[_KIND_AT] == TEXT and row[_TEXT_AT]:
                found.setdefault(str(row[1]), {})[str(row[0])] = str(row[_TEXT_AT])
        return found

    def write(self) -> None:
        """Write what was collected."""
        if self._speaker:
            add_missing_sources(self._entry, [self._speaker])
        for table, rows in (
            (CAPTURE, self._captures.values()),
            (DOCUMENT, self._documents.values()),
            (SIGHTING, self._sightings),
            (PAYLOAD, self._payloads.values()),
            (DOCUMENT_DETAIL, self._details.values()),
        ):
            if rows:
                self._entry.add(table, list(rows))


def document_id(capture: str, document: TextDocument | TableDocument, payload: str | None = None) -> str:
    """Return a document's id: what was read, which part of it, by which reader, as which encoding."""
    kind = document.kind if isinstance(document, TextDocument) else "table"
    part = [name for name in (payload, document.part) if name] if isinstance(document, TextDocument) else []
    return content_id("document", capture, document.reader, document.reader_version, kind, document.encoding or "", *part)


def payload_id(capture: str, offset: int) -> str:
    """Return the id of a payload: its WARC file and where in it its record stands."""
    return content_id("payload", capture, str(offset))


def is_sealed(capture: str) -> bool:
    """Tell whether a capture is in the record and under seal."""
    found = bulk.fetch_one("SELECT size FROM capture WHERE id = %s", [capture])
    return found is not None and found[0] is None


def has_sealed_text(capture: str) -> bool:
    """Tell whether a text read out of a capture is under seal: read as another encoding it would be there again."""
    sql = "SELECT 1 FROM document WHERE capture = %s AND kind = 'text' AND sealed IS NOT NULL"
    return bulk.fetch_one(sql, [capture]) is not None
