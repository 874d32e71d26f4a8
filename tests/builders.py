"""Records for tests, written straight through the ledger: lists with releases, documents, reports, judgements.

A release is compared with the list as it stood in the way an import does it, so that what is in the store is what an import
of such a file leaves there. No file is needed: captures have an id and no bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cenotaph.casebook import bulk
from cenotaph.casebook.commitment import Cell
from cenotaph.casebook.guarded import (
    CAPTURE,
    CASUALTY_LIST,
    DOCUMENT,
    JUDGEMENT,
    LIST_CHANGE,
    READING,
    REPORT,
    SIGHTING,
)
from cenotaph.casebook.ledger import Actor, Entry, format_instant
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.reports import ReportRow
from cenotaph.services.membership import read_state
from cenotaph.services.sources import add_missing_sources, cite_source, make_source

BUILDER = Actor("recorder", "builder")


@dataclass(frozen=True)
class Row:
    """One line of a made-up list: its key, the columns of the report it becomes, and what it cites."""

    key: str
    values: Mapping[str, Cell] = field(default_factory=dict)
    cites: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        return content_id("test row", self.key, canonical_json(dict(self.values)), *self.cites)


def make_row(key: str, *, death: str | None = None, age: int | None = None, cites: Iterable[str] = (), **values: Any) -> Row:
    """Return a row of somebody dead; ``death`` is EDTF, an axis is ``path="prison"`` and its words ``path_stated="..."``."""
    columns: dict[str, Cell] = {"fate": "dead", **values}
    if death is not None:
        day = PartialDate.from_edtf(death)
        columns["death_from"] = day.start.isoformat() if day.start else None
        columns["death_before"] = day.end.isoformat() if day.end else None
    if age is not None:
        columns["age_low"] = columns["age_high"] = age
    return Row(key, columns, tuple(cites))


def add_release(
    casebook: Casebook,
    list_id: str,
    released_on: str,
    rows: Iterable[Row],
    *,
    release: str | None = None,
    complete: bool = True,
    mapping: str = "first",
    title: str | None = None,
) -> dict[str, str]:
    """Take in a release of a list; return the report of each row's key. ``mapping`` names how it is read."""
    release = release or released_on
    rows = list(rows)
    state = read_state(list_id, release, PartialDate.from_edtf(released_on), complete)
    capture = content_id("capture", list_id, release, *(row.content for row in rows)) * 2
    reading = content_id("reading", list_id, release, released_on, str(complete), capture, mapping)
    found: dict[str, str] = {}
    reports: list[tuple[Cell, ...]] = []
    changes: list[tuple[Cell, ...]] = []
    cited = {source[0]: source for row in rows for source in map(cite_source, row.cites)}

    def change(key: str, report: str | None) -> None:
        changes.append((content_id("list change", reading, key), reading, key, report))

    for number, row in enumerate(rows, 1):
        key = content_id("row", list_id, row.key)
        report = found[row.key] = content_id("report", key, row.content, mapping)
        standing = state.rows.get(key)
        unchanged = standing is not None and standing.report == report
        if key in state.sealed_rows or (unchanged and complete):
            continue
        if report in state.reports:
            change(key, report)
            continue
        reports.append(report_cells(report, row, reading=reading, row_number=number, row_key=key))
    if complete:
        present = {content_id("row", list_id, row.key) for row in rows}
        for key in state.rows:
            if key not in present:
                change(key, None)
    with casebook.writing(BUILDER, "list import") as entry:
        speaker = make_source(f"The newsroom behind {list_id}", "outlet", "en")
        add_missing_sources(entry, [speaker, *cited.values()])
        document = _write_capture(entry, capture, speaker[0], released_on, "table", None)
        if not bulk.fetch_one("SELECT 1 FROM casualty_list WHERE id = %s", [list_id]):
            entry.add(CASUALTY_LIST, [(list_id, speaker[0], title or list_id)])
        cells = (reading, list_id, release, released_on, complete, state.base_id, document, mapping, "", "{}")
        entry.add(READING, [cells])
        entry.add(REPORT, reports)
        entry.add(LIST_CHANGE, changes)
    return found


def report_cells(
    report: str, row: Row, *, reading: str | None = None, document: str | None = None, **place: Cell
) -> tuple[Cell, ...]:
    """Return a report's committed cells, in the order of its table."""
    values = dict(row.values)
    if row.cites:
        values["cites"] = canonical_json([cite_source(words)[0] for words in row.cites])
    kept = (report, reading, document, place.get("row_number"), place.get("row_key"))
    return (*kept, row.content, *(values.get(name) for name in ReportRow._fields[3:]))


def _write_capture(entry: Entry, capture: str, source: str | None, published_on: str | None, kind: str, text: str | None) -> str:
    document = content_id("document", capture)
    if not bulk.fetch_one("SELECT 1 FROM capture WHERE id = %s", [capture]):
        entry.add(CAPTURE, [(capture, 1, "text/plain" if text else "text/csv")])
        entry.add(DOCUMENT, [(document, capture, "test", "1", kind, "en", "utf-8", text, published_on)])
    sighting = content_id("sighting", capture, str(entry.number))
    entry.add(SIGHTING, [(sighting, capture, source, format_instant(entry.at), "file", "file", None)])
    return document


def add_document(casebook: Casebook, text: str, *, source: str | None = None, published_on: str | None = None) -> str:
    """Keep a text seen under a source; return its document. The same text again is another sighting of one capture."""
    capture = content_id("capture", text) * 2
    with casebook.writing(BUILDER, "capture add") as entry:
        speaker = make_source(source, "outlet", "en") if source else None
        if speaker:
            add_missing_sources(entry, [speaker])
        return _write_capture(entry, capture, speaker[0] if speaker else None, published_on, "text", text)


def add_report(casebook: Casebook, document: str, row: Row) -> str:
    """Enter a report from a document, as a person does by hand; return its id."""
    report = content_id("report", document, row.content)
    with casebook.writing(BUILDER, "report add") as entry:
        add_missing_sources(entry, map(cite_source, row.cites))
        entry.add(REPORT, [report_cells(report, row, document=document)])
    return report


def judge(casebook: Casebook, question: str, target: str, answer: str = "yes", target_kind: str = "report") -> str:
    """Enter a judgement that replaces the last one on the same question."""
    before = bulk.fetch_one(
        'SELECT id FROM judgement WHERE question = %s AND target = %s ORDER BY "row" DESC LIMIT 1', [question, target]
    )
    with casebook.writing(BUILDER, "judgement") as entry:
        identifier = content_id("judgement", question, target, answer, str(entry.number))
        cells = (identifier, question, target_kind, target, None, before[0] if before else None, entry.instant, "recorder")
        entry.add(JUDGEMENT, [(*cells, answer, "seen", "builder")])
    return identifier
