"""Reports as they are looked at: every value with the words it rests on, down to the capture they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import REPORT
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import NotFoundError
from cenotaph.services.quoted_cells import CellReader, CheckedBytes, ShownValue, state_values
from cenotaph.services.seals import resolve_id
from cenotaph.services.wording import clean


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report as a person reads it, down to the bytes."""

    id: str
    list_id: str | None
    release: str | None
    document: str
    capture: str
    origin: str | None
    row_number: int | None
    sealed: bool
    values: tuple[ShownValue, ...]
    cites: tuple[str, ...]
    sealed_values: tuple[str, ...] = ()


def show_reports(casebook: Casebook, identifiers: Sequence[str]) -> list[ShownReport]:
    """Return reports with every value's quote, read again from the captures' bytes or the documents' texts.

    Raises
    ------
    NotFoundError
        There is no report with one of the ids.
    LedgerBrokenError
        The bytes of a capture are not those that were taken in: nothing is quoted from them.
    """
    rows = CellReader(casebook)
    found = [_fetch(identifier) for identifier in identifiers]
    for fields in found:
        rows.want(fields)
    return [_show(fields, rows) for fields in found]


def show_report(casebook: Casebook, identifier: str) -> ShownReport:
    """Return one report; a beginning of its id is enough where it is the only one."""
    return show_reports(casebook, [resolve_id("report", identifier)])[0]


def _fetch(identifier: str) -> dict[str, Any]:
    selection = ", ".join(f'p."{column}"' for column in REPORT.committed)
    found = bulk.fetch_one(
        f"SELECT p.sealed, r.list, r.release, r.mapping, d.id, d.capture, d.encoding, {selection} "  # noqa: S608
        "FROM report p LEFT JOIN reading r ON r.id = p.reading JOIN document d ON d.id = COALESCE(p.document, r.document) "
        "WHERE p.id = %s",
        [identifier],
    )
    if found is None:
        raise NotFoundError(f"There is no report {identifier}.", "`cenotaph count members CELL` lists ids.")
    names = ("mark", "list", "release", "mapping", "source_document", "source_capture", "encoding", *REPORT.committed)
    return dict(zip(names, found, strict=True))


def _show(fields: dict[str, Any], rows: CellReader) -> ShownReport:
    capture, document = fields["source_capture"], fields["source_document"]
    origin = bulk.fetch_one('SELECT origin FROM sighting WHERE capture = %s ORDER BY "row" LIMIT 1', [capture])
    sealed = fields["mark"] is not None and "fields" not in json.loads(fields["mark"])
    values: tuple[ShownValue, ...] = ()
    if not sealed:
        values = tuple(rows.quote(fields) if fields["list"] else _quote_text(fields, document, rows.bytes))
    cites = tuple(_name_source(source) for source in json.loads(fields["cites"] or "[]"))
    return ShownReport(
        fields["id"],
        fields["list"],
        fields["release"],
        document,
        capture,
        origin[0] if origin else None,
        fields["row_number"],
        sealed,
        values,
        cites,
        () if sealed else tuple(_list_sealed(fields["id"])),
    )


def _list_sealed(report: str) -> list[str]:
    """Return the values of a report that are under seal: sealed in it, or left out of it as sealed before it came."""
    sql = (
        "SELECT DISTINCT s.field FROM report p JOIN report o ON o.id = p.id OR o.row_key = p.row_key "
        "JOIN seal s ON s.target_table = 'report' AND s.target = o.id "
        "WHERE p.id = %s AND s.field IS NOT NULL AND (o.id = p.id OR s.entry < p.entry) ORDER BY s.field"
    )
    return [row[0] for row in bulk.fetch_rows(sql, [report])]


def _name_source(identifier: str) -> str:
    found = bulk.fetch_one("SELECT url, name FROM source WHERE id = %s", [identifier])
    return str((found[0] or found[1] or f"source {identifier}, under seal") if found else identifier)


def _quote_text(fields: dict[str, Any], document: str, checked: CheckedBytes) -> Iterator[ShownValue]:
    quotes = json.loads(fields["other"] or "{}").get("quotes", {})
    found = bulk.fetch_one("SELECT text FROM document WHERE id = %s", [document])
    text = found[0] if found else None
    if text is not None:
        checked.find(fields["source_capture"])
    for name, value, _ in state_values(fields):
        if name in quotes:
            start, end = quotes[name]
            place = f"code points {start} to {end}" + (" of a document that is under seal" if text is None else "")
            yield ShownValue(name, value, text[start:end] if text is not None else None, place, text is None)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a listing."""

    id: str
    list_id: str | None
    row_number: int | None
    document: str | None
    sealed: bool
    release: str | None = None
    reading: str | None = None


def list_reports(list_id: str | None = None, limit: int | None = None) -> Iterator[ReportLine]:
    """Yield reports in the order they came, those of one list where it is named."""
    sql = (
        "SELECT p.id, r.list, p.row_number, p.document, p.sealed IS NOT NULL, r.release, r.id FROM report p "
        "LEFT JOIN reading r ON r.id = p.reading"
    )
    where = " WHERE r.list = %s" if list_id else ""
    end = f" LIMIT {int(limit)}" if limit is not None else ""
    for chunk in bulk.stream_rows(f'{sql}{where} ORDER BY p."row"{end}', [list_id] if list_id else ()):
        for identifier, name, number, document, sealed, release, reading in chunk:
            yield ReportLine(identifier, name, number, document, bool(sealed), release, reading)


def report_text(report: ShownReport) -> Iterator[str]:
    """Yield a report's lines: where it stands, then every value with its words."""
    place = (
        f"{report.list_id}, release {report.release}, row {report.row_number}"
        if report.list_id
        else f"document {report.document}"
    )
    yield f"report {report.id}  ({place})"
    if report.sealed:
        yield "  under seal: its content was destroyed"
    for value in report.values:
        words = f"“{clean(value.words)}”" if value.words else "under seal" if value.sealed else "no words"
        yield f"  {value.field}: {clean(value.value)}  <- {words}, {clean(value.where)}"
    for name in report.sealed_values:
        yield f"  {clean(name)}: under seal"
    for address in report.cites:
        yield f"  cites {clean(address)} (not captured)"
    yield f"  in capture {report.capture}" + (f" ({clean(report.origin)})" if report.origin else "")
