"""Reports as they are looked at: every value with the words it rests on, read again from the captures' bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cenotaph.capture.readers import read_document
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import REPORT
from cenotaph.casebook.store import Casebook
from cenotaph.domain.axes import AXES
from cenotaph.domain.documents import TableDocument, TextDocument
from cenotaph.domain.errors import NotFoundError, RefusedError
from cenotaph.extract.lists import Mapping, parse_mapping, quote_columns
from cenotaph.services.captures import read_bytes_path, read_limits
from cenotaph.services.seals import resolve_id


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value of a report and the words it rests on."""

    field: str
    value: str
    words: str | None
    where: str


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


def show_reports(casebook: Casebook, identifiers: Sequence[str]) -> list[ShownReport]:
    """Return reports with every value's quote, read again from the captures' bytes or the documents' texts.

    Raises
    ------
    NotFoundError
        There is no report with one of the ids.
    """
    rows = _CellReader(casebook)
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


def _show(fields: dict[str, Any], rows: _CellReader) -> ShownReport:
    capture, document = fields["source_capture"], fields["source_document"]
    origin = bulk.fetch_one('SELECT origin FROM sighting WHERE capture = %s ORDER BY "row" LIMIT 1', [capture])
    sealed = fields["mark"] is not None and "fields" not in json.loads(fields["mark"])
    values: tuple[ShownValue, ...] = ()
    if not sealed:
        values = tuple(rows.quote(fields) if fields["list"] else _quote_text(fields, document))
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
    )


def _name_source(identifier: str) -> str:
    found = bulk.fetch_one("SELECT url, name FROM source WHERE id = %s", [identifier])
    return str((found[0] or found[1]) if found else identifier)


def _stated_values(fields: dict[str, Any]) -> Iterator[tuple[str, str, str | None]]:
    """Yield a report's values: the field, what it was read as, and the words that the record keeps of it."""
    other = json.loads(fields["other"] or "{}")
    if fields["name"]:
        yield "name", fields["name"], None
    for name in other.get("names", ()):
        if name["text"] != fields["name"]:
            tongue = name["language"] or name["script"] or "no language stated"
            yield "name", f"{name['text']} ({name['kind'].replace('_', ' ')}, {tongue})", name["text"]
    for axis in AXES:
        code, words = fields[axis.name], fields[f"{axis.name}_stated"]
        if code or words:
            yield axis.name, code or "as quoted", words
    if fields["age_low"] is not None:
        low, high = fields["age_low"], fields["age_high"]
        yield "age", str(low) if low == high else f"{low}-{high}", None
    for name, value in other.get("dates", {}).items():
        yield name, value["edtf"], value["stated"]
    for name, words in other.get("unreadable", {}).items():
        yield name, "could not be read", words
    for name, words in other.get("yearless", {}).items():
        yield name, "says no year", words
    for axis_name, values in other.get("values", {}).items():
        yield axis_name, " or ".join(value["code"] or value["stated"] for value in values), None
    for group, field in (("notes", "note"), ("ids", "id")):
        for words in other.get(group, {}).values():
            yield field, words, words


def open_table(
    casebook: Casebook, capture: str, media_type: str, encoding: str | None, mapping: Mapping
) -> TableDocument:
    """Open the table in a capture's bytes as a mapping says.

    Raises
    ------
    RefusedError
        The capture is under seal.
    """
    path = read_bytes_path(casebook, capture)
    table = read_document(
        path, media_type, read_limits(casebook.settings), encoding=encoding, delimiter=mapping.delimiter
    )
    assert not isinstance(table, TextDocument)
    if mapping.header_row is not None:
        table.start_at(mapping.header_row)
    return table


class _CellReader:
    """Reads rows of tables again from their bytes, each capture once however many of its rows are wanted."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook
        self._wanted: dict[tuple[str, str, str | None], set[int]] = {}
        self._read: dict[tuple[str, str, str | None], dict[int, tuple[int, dict[str, str]]]] = {}
        self._headers: dict[tuple[str, str, str | None], tuple[str, ...]] = {}
        self._mappings: dict[str, Mapping] = {}

    def want(self, fields: dict[str, Any]) -> None:
        """Say that a report's row will be asked for."""
        if fields["list"]:
            self._wanted.setdefault(_table_of(fields), set()).add(fields["row_number"])

    def quote(self, fields: dict[str, Any]) -> Iterator[ShownValue]:
        """Yield each value of a report beside the cell it was read from; where the capture is under seal, without it."""
        place = _table_of(fields)
        if place not in self._read:
            try:
                self._read_table(place)
            except RefusedError:
                self._read[place], self._headers[place] = {}, ()
        mapping = self._mapping(fields["mapping"])
        number, header = fields["row_number"], self._headers[place]
        line, cells = self._read[place].get(number, (0, {}))
        for name, value, kept in _stated_values(fields):
            if not header:
                yield ShownValue(name, value, kept, f"row {number} of a capture that is under seal")
                continue
            columns = [column for column in quote_columns(mapping, header, name) if cells.get(column, "").strip()]
            if kept is not None:
                columns = [column for column in columns if kept in cells[column]] or columns
            words = " | ".join(cells[column] for column in columns) or None
            if columns:
                yield ShownValue(name, value, words, f"row {number} (line {line}), column {', '.join(columns)}")
            else:
                yield ShownValue(name, value, kept, "the mapping, for the whole list")

    def _mapping(self, text: str) -> Mapping:
        if text not in self._mappings:
            self._mappings[text] = parse_mapping(text)
        return self._mappings[text]

    def _read_table(self, place: tuple[str, str, str | None]) -> None:
        capture, text, encoding = place
        mapping = self._mapping(text)
        media = bulk.fetch_one("SELECT media_type FROM capture WHERE id = %s", [capture])
        assert media is not None
        table = open_table(self._casebook, capture, media[0], encoding, mapping)
        wanted = set(self._wanted[place])
        self._headers[place] = header = table.header(mapping.sheet)
        found = self._read[place] = {}
        for row in table.rows(mapping.sheet):
            if row.number in wanted:
                found[row.number] = (row.line, dict(zip(header, row.cells, strict=False)))
                wanted.discard(row.number)
                if not wanted:
                    return


def _table_of(fields: dict[str, Any]) -> tuple[str, str, str | None]:
    return fields["source_capture"], fields["mapping"], fields["encoding"]


def _quote_text(fields: dict[str, Any], document: str) -> Iterator[ShownValue]:
    quotes = json.loads(fields["other"] or "{}").get("quotes", {})
    found = bulk.fetch_one("SELECT text FROM document WHERE id = %s", [document])
    text = found[0] if found else None
    for name, value, _ in _stated_values(fields):
        if name in quotes:
            start, end = quotes[name]
            yield ShownValue(name, value, text[start:end] if text else None, f"code points {start} to {end}")


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a listing."""

    id: str
    list_id: str | None
    row_number: int | None
    document: str | None
    sealed: bool


def list_reports(list_id: str | None = None, limit: int | None = None) -> Iterator[ReportLine]:
    """Yield reports in the order they came, those of one list where it is named."""
    sql = (
        "SELECT p.id, r.list, p.row_number, p.document, p.sealed IS NOT NULL FROM report p "
        "LEFT JOIN reading r ON r.id = p.reading"
    )
    where = " WHERE r.list = %s" if list_id else ""
    end = f" LIMIT {int(limit)}" if limit is not None else ""
    for chunk in bulk.stream_rows(f'{sql}{where} ORDER BY p."row"{end}', [list_id] if list_id else ()):
        for identifier, name, number, document, sealed in chunk:
            yield ReportLine(identifier, name, number, document, bool(sealed))
