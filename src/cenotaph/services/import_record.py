"""What an import writes: the capture, its document, sources, the reading, reports and changes, as one ledger entry."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cenotaph.capture.intake import Taken
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import CASUALTY_LIST, LIST_CHANGE, READING, REPORT, SOURCE
from cenotaph.casebook.ledger import Entry, PreparedRow
from cenotaph.domain.canonical import canonical_json
from cenotaph.domain.errors import BusyError
from cenotaph.extract.lists import Mapping, ReadingSummary
from cenotaph.services.capture_reading import ReadFile
from cenotaph.services.capture_record import CaptureRecorder
from cenotaph.services.import_plan import PROGRESS_ROWS, REPORTS, SOURCES, Changes, Plan, Progress
from cenotaph.services.intakes import Intakes
from cenotaph.services.sources import make_source, read_source_ids


def write_import(
    entry: Entry,
    intakes: Intakes,
    plan: Plan,
    mapping: Mapping,
    taken: Taken,
    path: Path | None,
    summary: ReadingSummary,
    progress: Progress,
) -> None:
    """Write a planned import into an entry.

    Parameters
    ----------
    path
        The file that it was read from; None where a capture of the record was read.

    Raises
    ------
    BusyError
        Another import of the list came in since it was planned.
    """
    last = bulk.fetch_one('SELECT MAX("row") FROM reading WHERE list = %s', [mapping.list_id])
    if ((last[0] if last else None) or 0) != plan.state.last_number:
        raise BusyError(f"Another import of '{mapping.list_id}' came in between.", "Run this one again.")
    speaker = make_source(mapping.source_name, mapping.source_kind, mapping.source_language)
    recorder = CaptureRecorder(entry, intakes, speaker, mapping.source_language, mapping.released_on)
    if path is not None:
        recorder.record(ReadFile(path, taken))
    document = recorder.add_document(taken.sha256, plan.document)
    recorder.write()
    standing = read_source_ids() if plan.cited else set()
    entry.add_prepared(SOURCE, (row for row in plan.spool.rows(SOURCES) if row.cells[0] not in standing))
    if not bulk.fetch_one("SELECT 1 FROM casualty_list WHERE id = %s", [mapping.list_id]):
        entry.add(CASUALTY_LIST, [(mapping.list_id, speaker[0], mapping.title)])
    entry.add(
        READING,
        [
            (
                plan.reading,
                mapping.list_id,
                mapping.release,
                mapping.released_on.edtf,
                mapping.complete,
                plan.state.base_id,
                document,
                mapping.reading_hash,
                mapping.text,
                canonical_json(summary.counts()),
            )
        ],
    )
    entry.add_prepared(REPORT, _count(plan.spool.rows(REPORTS), progress))
    entry.add(LIST_CHANGE, plan.list_changes)
    counts = {name: getattr(plan.changes, name) for name in Changes.__dataclass_fields__}
    entry.detail.update(
        {"list": mapping.list_id, "reading": plan.reading, "capture": taken.sha256, "changes": counts}
    )


def _count(rows: Iterator[PreparedRow], progress: Progress) -> Iterator[PreparedRow]:
    for count, row in enumerate(rows, 1):
        if count % PROGRESS_ROWS == 0:
            progress("rows written", PROGRESS_ROWS)
        yield row
