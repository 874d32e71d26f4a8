"""What taking a file in writes: its capture, the sighting of it, and the document read out of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cenotaph.capture.intake import Taken
from cenotaph.capture.objects import destroy_object
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import CAPTURE, DOCUMENT, SIGHTING
from cenotaph.casebook.ledger import Entry, format_instant
from cenotaph.domain.canonical import content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.documents import TableDocument, TextDocument
from cenotaph.services.intakes import Intakes
from cenotaph.services.sources import SourceRow, add_missing_sources


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file."""

    path: str
    capture: str | None
    document: str | None = None
    state: str = "new"
    note: str = ""


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

    def record(self, path: Path, taken: Taken, text: TextDocument | None, note: str = "") -> Intake:
        """Note one sighting of a file's bytes, and its text."""
        capture = taken.sha256
        known = bulk.fetch_one("SELECT size FROM capture WHERE id = %s", [capture])
        if known and known[0] is None:
            destroy_object(self._intakes.objects, capture)
            return Intake(str(path), capture, state="sealed", note="these bytes are under seal and were not kept")
        self._intakes.make_sure(path, taken)
        if text is not None and has_sealed_text(capture):
            note = "a document of this capture is under seal: its text was not read again"
            return Intake(str(path), capture, state="sealed", note=note)
        again = known is not None or capture in self._captures
        if not again:
            self._captures[capture] = (capture, taken.size, taken.media_type)
        number = f"{self._entry.number}:{len(self._sightings)}"
        self._sightings.append(
            (
                content_id("sighting", capture, number),
                capture,
                self._speaker[0] if self._speaker else None,
                self._entry.instant,
                "file",
                taken.name,
                format_instant(taken.modified),
            )
        )
        document = self.add_document(capture, text) if text else None
        return Intake(str(path), capture, document, "seen again" if again else "new", note)

    def add_document(self, capture: str, document: TextDocument | TableDocument) -> str:
        """Note a document read out of a capture; a table's cells stay in the capture."""
        text = document.text if isinstance(document, TextDocument) else None
        identifier = document_id(capture, document)
        if not bulk.fetch_one("SELECT 1 FROM document WHERE id = %s", [identifier]):
            self._documents[identifier] = (
                identifier,
                capture,
                document.reader,
                document.reader_version,
                "table" if text is None else "text",
                self._language,
                document.encoding,
                text,
                self._published_on,
            )
        return identifier

    def write(self) -> None:
        """Write what was collected."""
        if self._speaker:
            add_missing_sources(self._entry, [self._speaker])
        for table, rows in (
            (CAPTURE, self._captures.values()),
            (DOCUMENT, self._documents.values()),
            (SIGHTING, self._sightings),
        ):
            if rows:
                self._entry.add(table, list(rows))


def document_id(capture: str, document: TextDocument | TableDocument) -> str:
    """Return a document's id: what was read, by which reader, as which encoding."""
    kind = "text" if isinstance(document, TextDocument) else "table"
    return content_id("document", capture, document.reader, document.reader_version, kind, document.encoding or "")


def is_sealed(capture: str) -> bool:
    """Tell whether a capture is in the record and under seal."""
    found = bulk.fetch_one("SELECT size FROM capture WHERE id = %s", [capture])
    return found is not None and found[0] is None


def has_sealed_text(capture: str) -> bool:
    """Tell whether a text read out of a capture is under seal: read as another encoding it would be there again."""
    sql = "SELECT 1 FROM document WHERE capture = %s AND kind = 'text' AND sealed IS NOT NULL"
    return bulk.fetch_one(sql, [capture]) is not None
