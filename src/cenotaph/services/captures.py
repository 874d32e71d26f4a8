"""Taking files in: bytes kept under their hash, text read where a reader is known; and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cenotaph.capture.intake import Limits, Skipped, walk
from cenotaph.capture.objects import ObjectState, check_object
from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.settings import Settings
from cenotaph.casebook.store import Casebook
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import CenotaphError
from cenotaph.domain.plurals import count_words
from cenotaph.services.capture_reading import ReadFile, read_file
from cenotaph.services.capture_record import CaptureRecorder, Intake
from cenotaph.services.intakes import taking_in
from cenotaph.services.reprints import describe_reprints
from cenotaph.services.sources import check_kind, make_source
from cenotaph.services.strays import describe_stray, find_strays

_NAMED = 1000


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
        read_bytes=settings.number("limits.read_bytes"),
        reader_mib=settings.number("limits.reader_mib"),
        reader_seconds=settings.number("limits.reader_seconds"),
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
        Who speaks in them, of a kind of :class:`~cenotaph.domain.sources.SourceKind`; the source is added where the record
        does not have it.
    published_on
        When they were published, with the precision that is known.
    encoding
        The encoding of text files that are not UTF-8.

    Returns
    -------
    list of Intake
        One for each path, in order; ``state`` is ``new``, ``seen again``, ``sealed``, ``skipped`` or ``failed``.

    Raises
    ------
    UsageError
        There is no such kind of source.
    """
    check_kind(source_kind)
    outcomes: list[Intake] = []
    reads: list[ReadFile] = []
    limits = read_limits(casebook.settings)
    with taking_in(casebook, limits) as intakes:
        for found in walk(paths):
            if isinstance(found, Skipped):
                outcomes.append(Intake(str(found.path), None, state="skipped", note=found.reason))
                continue
            progress(str(found))
            try:
                reads.append(read_file(found, intakes, limits, encoding))
            except CenotaphError as error:
                outcomes.append(Intake(str(found), None, state="failed", note=str(error)))
        if not reads:
            return outcomes
        speaker = make_source(source, source_kind, language) if source else None
        with casebook.writing(actor, "capture add", dry_run=dry_run) as entry:
            recorder = CaptureRecorder(entry, intakes, speaker, language, published_on)
            outcomes += [recorder.record(read) for read in reads]
            recorder.write()
            hashes = sorted({taken.sha256 for read in reads for taken in (read.taken, read.original) if taken is not None})
            entry.detail.update({"captures": len(hashes), "files": len(reads)})
            if len(hashes) <= _NAMED:  # So that the entry's own text shows which bytes it is about.
                entry.detail["sha256"] = hashes
        if not dry_run:
            intakes.keep()
            outcomes = _tell_reprints(outcomes, recorder.new_texts())
    return outcomes


def _tell_reprints(outcomes: list[Intake], texts: dict[str, dict[str, str]]) -> list[Intake]:
    """Add to what became of each file whether its texts stand in the record already."""
    told = describe_reprints([item for own in texts.values() for item in own.items()])
    found = []
    for outcome in outcomes:
        own = [told[identifier] for identifier in texts.get(outcome.capture or "", ()) if identifier in told]
        if own and outcome.state == "new":
            more = f"; {count_words(len(own), 'text')} of it are told so: `cenotaph capture reprints`" if len(own) > 1 else ""
            outcome = replace(outcome, note="; ".join(filter(None, (outcome.note, own[0] + more))))
        found.append(outcome)
    return found


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
    """Yield every capture with the state of its bytes: ``ok``, ``missing``, ``changed``; a sealed one is ``ok`` when gone.

    Files that no capture names come after them, each under its name.
    """
    for line in list_captures():
        state = check_object(casebook.objects, line.id)
        if line.size is None:
            yield line, "ok" if state is ObjectState.MISSING else "sealed, but bytes lie there"
        else:
            yield line, state.value
    for path in find_strays(casebook):
        name = path.relative_to(casebook.objects.parent)
        yield CaptureLine(ascii(str(name))[1:-1], None, None, 0, None), describe_stray(casebook, path)
