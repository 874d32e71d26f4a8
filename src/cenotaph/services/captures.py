"""Taking files in: bytes kept under their hash, each sighting noted, text read where a reader is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cenotaph.capture.intake import Limits, Skipped, Taken, walk
from cenotaph.capture.objects import ObjectState, check_object, destroy_object, object_path
from cenotaph.capture.readers import read_document, readable_types
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import CAPTURE, DOCUMENT, SIGHTING
from cenotaph.casebook.ledger import Actor, Entry, format_instant
from cenotaph.casebook.settings import Settings
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.documents import TableDocument, TextDocument
from cenotaph.domain.errors import CenotaphError, RefusedError
from cenotaph.services.intakes import Intakes, taking_in
from cenotaph.services.sources import SourceRow, add_missing_sources, make_source


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file."""

    path: str
    capture: str | None
    document: str | None = None
    state: str = "new"
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    path: Path
    taken: Taken
    document: TextDocument | None
    note: str


def read_limits(settings: Settings) -> Limits:
    """Return the limits on what comes in, from the settings."""
    return Limits(
        text_bytes=settings.number("limits.text_bytes"),
        csv_bytes=settings.number("limits.csv_bytes"),
        xlsx_bytes=settings.number("limits.xlsx_bytes"),
        other_bytes=settings.number("limits.other_bytes"),
        unzipped_bytes=settings.number("limits.unzipped_bytes"),
        columns=settings.number("limits.columns"),
        cell_characters=settings.number("limits.cell_characters"),
        rows=settings.number("limits.rows"),
    )


def add_captures(
    casebook: Casebook,
    actor: Actor,
    paths: Iterable[Path],
    *,
    source: str | None = None,
    source_kind: str = "other",
    language: str | None = None,
    published_on: PartialDate | None = None,
    encoding: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
    dry_run: bool = False,
) -> list[Intake]:
    """Keep files and the files of folders, and read the text of those that are text.

    The same bytes twice are one capture seen twice. A file that cannot be taken in is reported with its reason; the
    others go in, all in one ledger entry.

    Parameters
    ----------
    source, source_kind, language
        Who speaks in them; the source is added where the record does not have it.
    published_on
        When they were published, with the precision that is known.
    encoding
        The encoding of text files that are not UTF-8.

    Returns
    -------
    list of Intake
        One for each path, in order; ``state`` is ``new``, ``seen again``, ``sealed``, ``skipped`` or ``failed``.
    """
    outcomes: list[Intake] = []
    reads: list[_Read] = []
    limits = read_limits(casebook.settings)
    with taking_in(casebook, limits) as intakes:
        for found in walk(paths):
            if isinstance(found, Skipped):
                outcomes.append(Intake(str(found.path), None, state="skipped", note=found.reason))
                continue
            progress(str(found))
            try:
                reads.append(_read_file(found, intakes, limits, encoding))
            except CenotaphError as error:
                outcomes.append(Intake(str(found), None, state="failed", note=str(error)))
        if not reads:
            return outcomes
        speaker = make_source(source, source_kind, language) if source else None
        with casebook.writing(actor, "capture add", dry_run=dry_run) as entry:
            recorder = CaptureRecorder(entry, intakes, speaker, language, published_on)
            outcomes += [recorder.record(read.path, read.taken, read.document, read.note) for read in reads]
            recorder.write()
            entry.detail.update({"captures": len({r.taken.sha256 for r in reads}), "files": len(reads)})
        if not dry_run:
            intakes.keep()
    return outcomes


def _read_file(path: Path, intakes: Intakes, limits: Limits, encoding: str | None) -> _Read:
    taken = intakes.take_in(path)
    if taken.media_type not in readable_types():
        return _Read(path, taken, None, f"kept, not read: no reader for {taken.media_type} yet")
    try:
        kept = object_path(intakes.objects, taken.sha256)
        document = read_document(kept, taken.media_type, limits, encoding=encoding)
    except CenotaphError as error:
        return _Read(path, taken, None, f"kept, not read: {error}")
    if isinstance(document, TextDocument):
        return _Read(path, taken, document, "")
    return _Read(path, taken, None, "a table: `cenotaph list import` reads it")


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


@dataclass(frozen=True, slots=True)
class CaptureLine:
    """One capture as a person reads it."""

    id: str
    media_type: str | None
    size: int | None
    sightings: int
    origin: str | None
    documents: tuple[str, ...] = ()


def list_captures() -> Iterator[CaptureLine]:
    """Yield captures in the order they came."""
    sql = (
        "SELECT c.id, c.media_type, c.size, (SELECT COUNT(*) FROM sighting s WHERE s.capture = c.id), "
        '(SELECT MIN(s.origin) FROM sighting s WHERE s.capture = c.id) FROM capture c ORDER BY c."row"'
    )
    documents: dict[str, list[str]] = {}
    for identifier, capture in bulk.fetch_rows('SELECT id, capture FROM document ORDER BY "row"'):
        documents.setdefault(capture, []).append(identifier)
    for chunk in bulk.stream_rows(sql):
        for identifier, media_type, size, sightings, origin in chunk:
            yield CaptureLine(identifier, media_type, size, sightings, origin, tuple(documents.get(identifier, ())))


def check_all(casebook: Casebook) -> Iterator[tuple[CaptureLine, str]]:
    """Yield every capture with the state of its bytes: ``ok``, ``missing``, ``changed``; a sealed one is ``ok`` when gone."""
    for line in list_captures():
        state = check_object(casebook.objects, line.id)
        if line.size is None:
            yield line, "ok" if state is ObjectState.MISSING else "sealed, but bytes lie there"
        else:
            yield line, state.value


def read_bytes_path(casebook: Casebook, sha256: str) -> Path:
    """Return where a capture's bytes lie.

    Raises
    ------
    RefusedError
        It is under seal.
    """
    found = bulk.fetch_one("SELECT size FROM capture WHERE id = %s", [sha256])
    if found and found[0] is None:
        raise RefusedError(f"Capture {sha256} is under seal.", "Its bytes were destroyed; the tombstone is in the ledger.")
    return object_path(casebook.objects, sha256)
