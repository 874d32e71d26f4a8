"""Comparing a file's rows with the list as it stood: what is new, changed, read anew, withdrawn, under seal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cenotaph.casebook import bulk
from cenotaph.casebook.commitment import Cell, drop_fields, list_fields
from cenotaph.casebook.guarded import REPORT, REPORT_CONTENT, REPORT_KEPT
from cenotaph.casebook.spool import RowSpool
from cenotaph.casebook.values import belongs_to_any
from cenotaph.domain.canonical import canonical_text, content_id
from cenotaph.domain.documents import TableDocument
from cenotaph.domain.reports import ReportRow
from cenotaph.extract.lists import Mapping, RowFailure
from cenotaph.services.judged_rows import holds_for
from cenotaph.services.membership import ListState, Standing
from cenotaph.services.sources import cite_source

Progress = Callable[[str, int], None]
PROGRESS_ROWS = 2_000
REPORTS, SOURCES = 0, 1
"""Places of the tables in the spool."""

CITED_UNDER_SEAL = "[]"
"""What a report keeps that was taken in when its citations were under seal: that there were some."""

UNDER_SEAL = "the row is under seal"
_CACHED_CITES = 100_000
_CITES = ReportRow._fields.index("cites")
_FIELD_AT = {name: at for at, name in enumerate(REPORT.committed)}


@dataclass
class Changes:
    """What a reading changes, counted in rows of the list; and judgements on rows that it changes or withdraws."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    read_anew: int = 0
    under_seal: int = 0
    failed: int = 0
    judgements_lapsed: int = 0


@dataclass
class Plan:
    """Everything that is worked out before the transaction.

    Parameters
    ----------
    reading, document
        The new reading's id, and the table it is of.
    state
        The list as it stood.
    spool
        Where new reports and cited sources wait, salted and hashed.
    judged
        Judgements on the list's rows, as :func:`cenotaph.services.judged_rows.read_judged` gives them.
    changes, failures
        What the reading changes, and the rows that cannot be read.
    list_changes
        Rows that it withdraws or brings back.
    cited
        Ids of the sources that its rows cite.
    sealed_numbers
        Numbers of the file's rows that are under seal, whole or in part.
    """

    reading: str
    document: TableDocument
    state: ListState
    spool: RowSpool
    judged: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)
    changes: Changes = field(default_factory=Changes)
    list_changes: list[tuple[str, str, str, str | None]] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    failures: list[RowFailure] = field(default_factory=list)
    sealed_numbers: set[int | None] = field(default_factory=set)


def work_out(plan: Plan, rows: Iterator[ReportRow | RowFailure], mapping: Mapping, progress: Progress) -> None:
    """Compare every row with the list as it stood, and spool the salted, hashed rows that are new."""
    seen: set[str] = set()
    for cells in _new_reports(plan, rows, mapping, seen, progress):
        plan.spool.add(REPORTS, cells)
    plan.spool.close()
    if mapping.complete:
        for key in plan.state.rows:
            if key not in seen:
                plan.changes.withdrawn += 1
                _count_lapsed(plan, key, None, None)
                plan.list_changes.append(_change(plan.reading, key, None))


def _new_reports(
    plan: Plan, rows: Iterator[ReportRow | RowFailure], mapping: Mapping, seen: set[str], progress: Progress
) -> Iterator[tuple[Cell, ...]]:
    state, changes = plan.state, plan.changes
    cites: dict[str | None, str | None] = {None: None}
    reading_hash, list_id, complete = mapping.reading_hash, mapping.list_id, mapping.complete
    for count, row in enumerate(rows, 1):
        if count % PROGRESS_ROWS == 0:
            progress("rows read", PROGRESS_ROWS)
        if isinstance(row, RowFailure):
            failed = content_id("row", list_id, row.row_key) if row.row_key is not None else ""
            if failed:  # What an earlier release said of this row stands: it was not withdrawn.
                seen.add(failed)
            if failed in state.sealed_rows:
                changes.under_seal += 1
                continue
            changes.failed += 1
            plan.failures.append(row._replace(value="", reason=UNDER_SEAL) if failed in state.sealed_fields else row)
            continue
        key = content_id("row", list_id, row.row_key)
        if complete:
            seen.add(key)
        sealed = state.sealed_fields.get(key)
        if key in state.sealed_rows or sealed:
            plan.sealed_numbers.add(row.row_number)
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
        elif before.content == row.content or (sealed and _read_from_same(state, key, before, row)):
            changes.read_anew += 1
        elif sealed and _says_the_same(before, _make_cells(plan, row, key, report, cites, sealed)):
            changes.unchanged += 1
            if not complete:
                plan.list_changes.append(_change(plan.reading, key, before.report))
            continue
        else:
            changes.changed += 1
        if key in plan.judged:
            _count_lapsed(plan, key, report, row.content)
        if report in state.reports:
            plan.list_changes.append(_change(plan.reading, key, report))
            continue
        changes.under_seal += sealed is not None
        yield _make_cells(plan, row, key, report, cites, sealed)


def _make_cells(
    plan: Plan, row: ReportRow, key: str, report: str, cites: dict[str | None, str | None], sealed: set[str] | None
) -> tuple[Cell, ...]:
    """Return a row's report, without the values of it that are under seal."""
    cell = row.cites
    if sealed and "cites" in sealed:
        cited = None if cell is None else CITED_UNDER_SEAL
    else:
        if cell not in cites:
            if len(cites) > _CACHED_CITES:
                cites.clear()
                cites[None] = None
            cites[cell] = _cite(plan, str(cell))
        cited = cites[cell]
    cells = (report, plan.reading, None, row.row_number, key, *row[2:_CITES], cited, *row[_CITES + 1 :])
    return _leave_out(cells, sealed) if sealed else cells


def _read_from_same(state: ListState, key: str, before: Standing, row: ReportRow) -> bool:
    """Tell whether a report that lost its content's hash to a seal was read from the same cells, under another mapping."""
    return any(
        content_id("report", key, row.content, reading_hash) == before.report for reading_hash in state.reading_hashes
    )


def _says_the_same(before: Standing, cells: tuple[Cell, ...]) -> bool:
    """Tell whether a row says what its standing report still says after a seal."""
    columns = ", ".join(f'"{name}"' for name in REPORT_CONTENT)
    found = bulk.fetch_one(f"SELECT {columns} FROM report WHERE id = %s", [before.report])  # noqa: S608
    if found is None:
        return False
    pairs = zip(REPORT_CONTENT, found, cells[len(REPORT_KEPT) :], strict=True)
    return all(old == new for name, old, new in pairs if name != "cites" or new != CITED_UNDER_SEAL)


def _count_lapsed(plan: Plan, key: str, report: str | None, content: str | None) -> None:
    """Count the judgements that held for a row as it stood, and do not hold for what it says now."""
    before = plan.state.rows.get(key)
    if before is not None:
        plan.changes.judgements_lapsed += sum(
            holds_for(judged, before.report, before.content) and not holds_for(judged, report, content)
            for judged in plan.judged.get(key, ())
        )


def _cite(plan: Plan, cell: str) -> str:
    """Turn a cell's cited addresses into the ids of cited sources."""
    sources = [cite_source(words) for words in json.loads(cell)]
    for source in sources:
        if source[0] not in plan.cited:
            plan.cited.add(source[0])
            plan.spool.add(SOURCES, source)
    return f"[{','.join([canonical_text(source[0]) for source in sources])}]"


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
    if "cites" in gone:
        left[_FIELD_AT["cites"]] = CITED_UNDER_SEAL
    return tuple(left)


def _change(reading: str, key: str, report: str | None) -> tuple[str, str, str, str | None]:
    return (content_id("list change", reading, key), reading, key, report)
