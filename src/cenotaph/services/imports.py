"""Taking a list's release in: rows become reports, and what changed since the release before is said."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cenotaph.capture.intake import Taken, take_in
from cenotaph.capture.objects import destroy_object, object_path, sweep_temporary
from cenotaph.capture.readers import read_document
from cenotaph.casebook import bulk
from cenotaph.casebook.commitment import Cell, drop_fields, list_fields
from cenotaph.casebook.guarded import CASUALTY_LIST, LIST_CHANGE, READING, REPORT, REPORT_CONTENT, REPORT_KEPT, SOURCE
from cenotaph.casebook.ledger import Actor, Entry, PreparedRow
from cenotaph.casebook.settings import default_settings
from cenotaph.casebook.spool import RowSpool
from cenotaph.casebook.store import Casebook, read_clock
from cenotaph.casebook.values import belongs_to_any
from cenotaph.domain.canonical import JsonValue, canonical_json, content_id
from cenotaph.domain.documents import TableDocument, TextDocument
from cenotaph.domain.errors import BusyError, ConfirmationNeeded, InputError, RefusedError
from cenotaph.domain.reports import ReportRow
from cenotaph.extract.lists import Mapping, ReadingSummary, RowFailure, load_mapping, propose_mapping, read_table
from cenotaph.services.captures import CaptureRecorder, document_id, read_limits
from cenotaph.services.membership import ListState, read_state
from cenotaph.services.rendering import clean
from cenotaph.services.sources import cite_source, make_source, read_source_ids

Progress = Callable[[str, int], None]
_PROGRESS_ROWS = 2_000
_CACHED_CITES = 100_000
_SHOWN_WORDS = 20
_REPORTS, _SOURCES = 0, 1  # Places of the tables in the spool.
_SHOWN_LINES = 10
_CITES = ReportRow._fields.index("cites")
_FIELD_AT = {name: at for at, name in enumerate(REPORT.committed)}


@dataclass
class Changes:
    """What a reading changes, counted in rows of the list."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    read_anew: int = 0
    under_seal: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Import:
    """The outcome of one import."""

    list_id: str
    release: str
    reading: str
    capture: str
    changes: Changes
    summary: ReadingSummary
    failures: tuple[RowFailure, ...]
    keyed: bool
    notes: tuple[str, ...] = ()
    nothing_new: bool = False

    @property
    def in_part(self) -> bool:
        """Whether something of the file could not be read: a row, or a value of one."""
        return bool(self.failures or self.summary.unreadable)


@dataclass
class _Plan:
    """Everything that was worked out before the transaction."""

    reading: str
    document: TableDocument
    state: ListState
    spool: RowSpool
    changes: Changes = field(default_factory=Changes)
    list_changes: list[tuple[str, str, str, str | None]] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    failures: list[RowFailure] = field(default_factory=list)


def import_list(
    casebook: Casebook,
    actor: Actor,
    path: Path,
    mapping: Mapping,
    *,
    confirmed: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda *_: None,
) -> Import:
    """Read a list's file under a mapping and write its reports, as one ledger entry.

    Everything is parsed, hashed and compared before the transaction. The same bytes under the same mapping change
    nothing. A row that cannot be read is returned with its reason; the others go in.

    Parameters
    ----------
    mapping
        The list, its release, and how its columns are read.
    confirmed
        Go on where a complete release withdraws more of the list than ``imports.withdraw_share``.
    progress
        Called with a stage's name and the rows done in it.

    Raises
    ------
    InputError, MappingError
        The file or the mapping cannot be used; nothing was written.
    ConfirmationNeeded
        Too many rows would be withdrawn.
    """
    limits = read_limits(casebook.settings)
    with casebook.locked():
        sweep_temporary(casebook.objects)
    taken = take_in(path, casebook.objects, limits)
    _refuse_sealed(casebook, taken)
    table = read_document(
        object_path(casebook.objects, taken.sha256),
        taken.media_type,
        limits,
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
    )
    if isinstance(table, TextDocument):
        raise InputError(f"{path.name} is {taken.media_type}, not a table.", "Lists are CSV or XLSX files.")
    summary = ReadingSummary()
    rows = read_table(table, mapping, summary)
    reading, stands = _name_reading(mapping, document_id(taken.sha256, table))
    if stands:
        return Import(
            mapping.list_id, mapping.release, reading, taken.sha256, Changes(), summary, (), mapping.keyed, nothing_new=True
        )
    state = read_state(mapping.list_id, mapping.release, mapping.released_on, mapping.complete)
    with RowSpool((REPORT, SOURCE), casebook.salts, casebook.root / "ledger", casebook.settings.number("work.threads") > 1) as spool:
        plan = _Plan(reading, table, state, spool)
        _work_out(plan, rows, mapping, progress)
        _ask(plan, mapping, casebook, confirmed or dry_run)
        with casebook.writing(actor, "list import", dry_run=dry_run) as entry:
            _write(entry, casebook.objects, plan, mapping, taken, path, summary, progress)
    return Import(
        mapping.list_id,
        mapping.release,
        reading,
        taken.sha256,
        plan.changes,
        summary,
        tuple(plan.failures),
        summary.keyed,
        _note(plan, mapping, summary),
    )


def _refuse_sealed(casebook: Casebook, taken: Taken) -> None:
    found = bulk.fetch_one("SELECT size FROM capture WHERE id = %s", [taken.sha256])
    if found and found[0] is None:
        destroy_object(casebook.objects, taken.sha256)
        raise RefusedError(
            f"The bytes of {taken.name} are under seal.", "They were destroyed for a reason and are not taken in again."
        )


def _name_reading(mapping: Mapping, document: str) -> tuple[str, bool]:
    """Return the reading's id, and whether it is the one that stands for this release already."""
    parts = (
        mapping.list_id,
        mapping.release,
        mapping.released_on.edtf,
        "complete" if mapping.complete else "addition",
        document,
        mapping.reading_hash,
    )
    reading = content_id("reading", *parts)
    sql = 'SELECT id FROM reading WHERE list = %s AND release = %s ORDER BY "row" DESC'
    standing = [row[0] for row in bulk.fetch_rows(sql, [mapping.list_id, mapping.release])]
    while reading in standing:
        if reading == standing[0]:
            return reading, True
        # It was read so before, and another reading of the release has come in between: it is read once more.
        reading = content_id("reading", *parts, standing[0], reading)
    return reading, False


def _note(plan: _Plan, mapping: Mapping, summary: ReadingSummary) -> tuple[str, ...]:
    """Say what a person must know of where this reading stands among the list's others."""
    notes: list[str] = []
    if mapping.keyed and not summary.keyed:
        notes.append("The file lacks the columns of the key: its rows are known by their content.")
    if plan.state.later:
        names = ", ".join(sorted({release for release, _ in plan.state.later}))
        notes.append(f"Releases of a later date stand already ({names}): this one holds for the days before them.")
        if any(reading_hash != mapping.reading_hash for _, reading_hash in plan.state.later):
            notes.append("They were read under another mapping; import their files under this one too, if it should hold for them.")
    lost = sum(failure.row_key is None for failure in plan.failures)
    if lost and plan.changes.withdrawn:
        notes.append(f"{lost:,} rows could not be read and have no key: rows that count as withdrawn may be among them.")
    return tuple(notes)


def _work_out(plan: _Plan, rows: Iterator[ReportRow | RowFailure], mapping: Mapping, progress: Progress) -> None:
    """Compare every row with the list as it stood, and spool the salted, hashed rows that are new."""
    seen: set[str] = set()
    for cells in _new_reports(plan, rows, mapping, seen, progress):
        plan.spool.add(_REPORTS, cells)
    plan.spool.close()
    if mapping.complete:
        for key in plan.state.rows:
            if key not in seen:
                plan.changes.withdrawn += 1
                plan.list_changes.append(_change(plan.reading, key, None))


def _new_reports(
    plan: _Plan, rows: Iterator[ReportRow | RowFailure], mapping: Mapping, seen: set[str], progress: Progress
) -> Iterator[tuple[Cell, ...]]:
    state, changes = plan.state, plan.changes
    cites: dict[str | None, str | None] = {None: None}
    reading_hash, list_id, complete = mapping.reading_hash, mapping.list_id, mapping.complete
    for count, row in enumerate(rows, 1):
        if count % _PROGRESS_ROWS == 0:
            progress("rows read", _PROGRESS_ROWS)
        if isinstance(row, RowFailure):
            changes.failed += 1
            plan.failures.append(row)
            if row.row_key is not None:  # What an earlier release said of this row stands: it was not withdrawn.
                seen.add(content_id("row", list_id, row.row_key))
            continue
        key = content_id("row", list_id, row.row_key)
        if complete:
            seen.add(key)
        if key in state.sealed_rows:
            changes.under_seal += 1
            continue
        report = content_id("report", key, row.content, reading_hash)
        before = state.rows.get(key)
        if before is None:
            changes.added += 1
        elif before.report == report:
            changes.unchanged += 1
            if not complete:  # An addition says all its rows itself, whatever becomes of the releases before it.
                plan.list_changes.append(_change(plan.reading, key, report))
            continue
        elif before.content == row.content:
            changes.read_anew += 1
        else:
            changes.changed += 1
        if report in state.reports:
            plan.list_changes.append(_change(plan.reading, key, report))
            continue
        cell = row.cites
        if cell not in cites:
            if len(cites) > _CACHED_CITES:
                cites = {None: None}
            cites[cell] = _cite(plan, str(cell))
        cells: tuple[Cell, ...] = (
            report,
            plan.reading,
            None,
            row.row_number,
            key,
            *row[2:_CITES],
            cites[cell],
            *row[_CITES + 1 :],
        )
        if key in state.sealed_fields:
            changes.under_seal += 1
            cells = _leave_out(cells, state.sealed_fields[key])
        yield cells


def _cite(plan: _Plan, cell: str) -> str:
    """Turn a cell's cited addresses into the ids of cited sources."""
    sources = [cite_source(words) for words in json.loads(cell)]
    for source in sources:
        if source[0] not in plan.cited:
            plan.cited.add(source[0])
            plan.spool.add(_SOURCES, source)
    return canonical_json([source[0] for source in sources])


def _leave_out(cells: tuple[Cell, ...], values: set[str]) -> tuple[Cell, ...]:
    """Blank the values of a row that are under seal, so that a new release does not bring them back."""
    gone = {name for name in list_fields(REPORT_CONTENT, cells[len(REPORT_KEPT) :]) if belongs_to_any(name, values)}
    left = list(cells)
    for name in gone:
        if "." not in name:
            left[_FIELD_AT[name]] = None
    other = left[_FIELD_AT["other"]]
    if other is not None:
        left[_FIELD_AT["other"]] = drop_fields(str(other), gone)
    return tuple(left)


def _change(reading: str, key: str, report: str | None) -> tuple[str, str, str, str | None]:
    return (content_id("list change", reading, key), reading, key, report)


def _count(rows: Iterator[PreparedRow], progress: Progress) -> Iterator[PreparedRow]:
    for count, row in enumerate(rows, 1):
        if count % _PROGRESS_ROWS == 0:
            progress("rows written", _PROGRESS_ROWS)
        yield row


def _ask(plan: _Plan, mapping: Mapping, casebook: Casebook, confirmed: bool) -> None:
    standing = len(plan.state.rows)
    share = casebook.settings.share("imports.withdraw_share")
    if confirmed or not standing or plan.changes.withdrawn <= share * standing:
        return
    raise ConfirmationNeeded(
        f"This complete release of '{mapping.list_id}' lacks {plan.changes.withdrawn} of the list's {standing} rows; they would "
        f"be withdrawn, which is more than the {share:.0%} that imports.withdraw_share allows.",
        "Is it the whole list? If it only adds, say `complete = false` or --addition; if the rows are gone, repeat with --yes.",
    )


def _write(
    entry: Entry,
    objects: Path,
    plan: _Plan,
    mapping: Mapping,
    taken: Taken,
    path: Path,
    summary: ReadingSummary,
    progress: Progress,
) -> None:
    last = bulk.fetch_one('SELECT MAX("row") FROM reading WHERE list = %s', [mapping.list_id])
    if ((last[0] if last else None) or 0) != plan.state.last_number:
        raise BusyError(f"Another import of '{mapping.list_id}' came in between.", "Run this one again.")
    speaker = make_source(mapping.source_name, mapping.source_kind, mapping.source_language)
    recorder = CaptureRecorder(entry, objects, speaker, mapping.source_language, mapping.released_on)
    recorder.record(path, taken, None)
    document = recorder.add_document(taken.sha256, plan.document)
    recorder.write()
    standing = read_source_ids() if plan.cited else set()
    entry.add_prepared(SOURCE, (row for row in plan.spool.rows(_SOURCES) if row.cells[0] not in standing))
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
                canonical_json(summary.as_json()),
            )
        ],
    )
    entry.add_prepared(REPORT, _count(plan.spool.rows(_REPORTS), progress))
    entry.add(LIST_CHANGE, plan.list_changes)
    counts = {name: getattr(plan.changes, name) for name in Changes.__dataclass_fields__}
    entry.detail.update({"list": mapping.list_id, "reading": plan.reading, "capture": taken.sha256, "changes": counts})


def load(path: Path, *, release: str | None = None, released_on: str | None = None, complete: bool | None = None) -> Mapping:
    """Read a mapping, with the release's label, date and completeness from the call where it gives them."""
    return load_mapping(path, release=release, date=released_on, complete=complete)


def propose(
    path: Path,
    *,
    list_id: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    clock: Callable[[], datetime] = read_clock,
) -> str:
    """Return a draft of a mapping for a list's file, as TOML."""
    from cenotaph.capture.media_types import find_media_type

    limits = read_limits(default_settings())
    table = read_document(path, find_media_type(path), limits, encoding=encoding)
    if isinstance(table, TextDocument):
        raise InputError(f"{path.name} is a text, not a table.", "Lists are CSV or XLSX files.")
    return propose_mapping(
        table,
        file_name=path.name,
        today=clock().date(),
        list_id=list_id,
        language=language,
        encoding=encoding,
        sheet=sheet,
    )


def import_text(done: Import) -> Iterator[str]:
    """Yield in plain words what an import did, and everything it met that a person should look at."""
    c, s = done.changes, done.summary
    yield f"{done.list_id}, release {done.release}: {s.rows:,} rows read."
    words = [f"{c.added:,} added", f"{c.changed:,} changed", f"{c.withdrawn:,} withdrawn", f"{c.unchanged:,} unchanged"]
    yield "  " + ", ".join(words) + (f", {c.read_anew:,} read anew under a changed mapping" if c.read_anew else "")
    if not done.keyed and (c.added or c.withdrawn) and c.unchanged:
        yield "  Rows are known by their content: a changed row is a withdrawal and an addition."
    for note in done.notes:
        yield f"  {note}"
    if c.under_seal:
        yield f"  {c.under_seal:,} rows are under seal and were not taken in again, or not whole."
    yield from _summary_text(s)
    if done.failures:
        yield f"  {len(done.failures):,} rows could not be read and were not taken in; the others were."


def _summary_text(s: ReadingSummary) -> Iterator[str]:
    for column in s.absent_columns:
        yield f"  The mapping reads a column '{clean(column)}' that the file does not have."
    for column in s.unread_columns:
        yield f"  The file has a column '{clean(column)}' that the mapping does not read; its words are kept."
    for column, found in s.unmapped.items():
        for word, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN_WORDS]:
            yield f"  Column '{clean(column)}': no code for {clean(repr(word))} ({number:,} rows); the words are kept."
        if len(found) > _SHOWN_WORDS:
            rest = sum(found.values()) - sum(number for _, number in found.most_common(_SHOWN_WORDS))
            yield f"  ... and for {len(found) - _SHOWN_WORDS:,} more words of column '{clean(column)}' ({rest:,} rows)."
    for column, number in s.several.items():
        yield f"  Column '{clean(column)}': {number:,} rows name several codes; none is chosen, all are kept."
    if s.empty_names:
        yield f"  {s.empty_names:,} rows have no name."
    if s.placeholders:
        yield f"  {s.placeholders:,} rows have a placeholder for a name: they identify nobody."
    if s.empty_keys:
        yield f"  {s.empty_keys:,} rows have an empty key: they are known by their content."
    if s.repeated_keys:
        yield f"  {s.repeated_keys:,} rows have the key of a row before them: they are kept apart by their order."
    if s.identical_rows:
        yield f"  {s.identical_rows:,} rows say the same as a row before them: they stay separate people."
    if s.unreadable:
        yield f"  {len(s.unreadable):,} values could not be read: their rows were taken in, the words kept, the value unknown."


def failure_text(done: Import) -> Iterator[str]:
    """Yield a line for each row that was not taken in, then for each distinct value that could not be read, with its lines."""
    for f in done.failures:
        where = f"Line {f.line}" + (f", column {clean(f.column)}" if f.column else "")
        value = f": {clean(repr(f.value))[:80]}" if f.value else ""
        yield f"{where}{value}: {clean(f.reason)}; the row was not taken in"
    lines: dict[tuple[str, str, str], list[int]] = {}
    for u in done.summary.unreadable:
        lines.setdefault((u.column, u.value, u.reason), []).append(u.line)
    for (column, value, reason), found in lines.items():
        shown = ", ".join(str(line) for line in found[:_SHOWN_LINES])
        more = f" and {len(found) - _SHOWN_LINES:,} more (--json lists them)" if len(found) > _SHOWN_LINES else ""
        where = f"Line{'s' * (len(found) > 1)} {shown}{more}, column {clean(column)}"
        yield f"{where}: {clean(repr(value))[:80]}: {clean(reason)}; the words were kept"


def import_json(done: Import) -> dict[str, JsonValue]:
    """Return an import's outcome as JSON values; its summary lists every value that could not be read."""
    return {
        "list": done.list_id,
        "release": done.release,
        "reading": done.reading,
        "capture": done.capture,
        "nothing_new": done.nothing_new,
        "keyed": done.keyed,
        "changes": {name: getattr(done.changes, name) for name in Changes.__dataclass_fields__},
        "notes": list(done.notes),
        "summary": {**done.summary.as_json(), "unreadable": [item._asdict() for item in done.summary.unreadable]},
        "failures": [
            {"row": f.row_number, "line": f.line, "column": f.column, "value": f.value, "reason": f.reason} for f in done.failures
        ],
    }


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading of a list as a person reads it."""

    list_id: str
    release: str
    released_on: str
    complete: bool
    known_at: str
    reports: int
    id: str


def list_readings() -> Iterator[ReadingLine]:
    """Yield every reading of every list, in the order they were taken in."""
    sql = (
        "SELECT r.list, r.release, r.released_on, r.complete, e.at, (SELECT COUNT(*) FROM report p WHERE p.reading = r.id), r.id "
        'FROM reading r JOIN ledger_entry e ON e.number = r.entry ORDER BY r."row"'
    )
    for list_id, release, released_on, complete, at, count, identifier in bulk.fetch_rows(sql):
        yield ReadingLine(list_id, release, released_on, bool(complete), at, count, identifier)
