"""Reports that people enter from documents, and reports as they are looked at, down to their words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenotaph.capture.readers import read_document
from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import REPORT
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.axes import AXES, AXIS_BY_NAME, AxisKind
from cenotaph.domain.canonical import canonical_json, content_id
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.documents import TableDocument, TextDocument
from cenotaph.domain.errors import CenotaphError, InputError, NotFoundError, ValueFormatError
from cenotaph.domain.reports import DATE_FIELDS, ReportRow
from cenotaph.extract.lists import Mapping, parse_mapping, quote_columns
from cenotaph.services.captures import read_bytes_path, read_limits
from cenotaph.services.judgements import BadLine, Entered
from cenotaph.services.seals import resolve_id

_COLUMN_DATES = ("birth", "death")


def add_reports(casebook: Casebook, actor: Actor, path: Path, *, dry_run: bool = False) -> Entered:
    """Enter the reports of a JSON Lines file; a bad line is reported with its reason, the others go in.

    Each line is ``{"document": ID, "values": {FIELD: VALUE, ...}}``. A field is ``name``, ``age``, an axis or a date; its
    value is ``{"start": N, "end": N}``, the code points of the document that say it, with ``"words"`` to be checked
    against them, ``"code"`` on an axis and ``"edtf"`` on a date.

    Raises
    ------
    InputError
        The file is not JSON Lines in UTF-8.
    """
    good: list[tuple[str | int | None, ...]] = []
    bad: list[BadLine] = []
    already = 0
    texts: dict[str, str] = {}
    for number, line in _read_lines(path):
        try:
            row = _read_report(line, texts)
        except CenotaphError as error:
            bad.append(BadLine(number, str(error)))
            continue
        known = bulk.fetch_one("SELECT 1 FROM report WHERE id = %s", [row[0]]) or row[0] in {other[0] for other in good}
        if known:
            already += 1
        else:
            good.append(row)
    if good:
        with casebook.writing(actor, "report add", dry_run=dry_run) as entry:
            entry.add(REPORT, good)
            entry.detail.update({"reports": len(good), "already": already, "bad": len(bad)})
    return Entered(tuple(str(row[0]) for row in good), already, tuple(bad))


def _read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, 1):
                if not line.strip():
                    continue
                value = json.loads(line)
                if not isinstance(value, dict):
                    raise InputError(f"Line {number} of {path.name} is not a JSON object.", "Write one object a line.")
                yield number, value
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise InputError(f"{path.name} is not JSON Lines in UTF-8: {error}.", "Write one JSON object a line.") from error


def _read_report(line: dict[str, Any], texts: dict[str, str]) -> tuple[str | int | None, ...]:
    document, values = line.get("document"), line.get("values")
    unknown = set(line) - {"document", "values"}
    if not isinstance(document, str) or not isinstance(values, dict) or not values or unknown:
        raise ValueFormatError("A report is {\"document\": ID, \"values\": {...}} and nothing else.", "See docs/how-to/enter-reports.md.")
    if document not in texts:
        found = bulk.fetch_one("SELECT text FROM document WHERE id = %s", [document])
        if not found or found[0] is None:
            raise NotFoundError(f"There is no text document {document}.", "`cenotaph capture list` shows documents.")
        texts[document] = found[0]
    columns: dict[str, str | int | None] = {}
    other: dict[str, Any] = {}
    quotes: dict[str, list[int]] = {}
    for field, value in values.items():
        _read_value(field, value, texts[document], columns, other, quotes)
    other["quotes"] = quotes
    columns["other"] = canonical_json(other)
    content = content_id("values", canonical_json(values))
    columns["content"] = content
    row = [columns.get(name) for name in ReportRow._fields[2:]]
    return (content_id("report", document, content), None, document, None, None, *row)


def _read_value(
    field: str, value: Any, text: str, columns: dict[str, str | int | None], other: dict[str, Any], quotes: dict[str, list[int]]
) -> None:
    if not isinstance(value, dict):
        raise ValueFormatError(f"The value of '{field}' is not an object.", "Write {\"start\": N, \"end\": N}.")
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise ValueFormatError(
            f"The quote of '{field}' runs from {start} to {end}; the document has {len(text)} code points.",
            "Give start and end as code points, counted from 0.",
        )
    words = text[start:end]
    if "words" in value and value["words"] != words:
        raise ValueFormatError(f"The quote of '{field}' is not at {start} to {end} of the document.", "Count code points from 0.")
    quotes[field] = [start, end]
    if field == "name":
        columns["name"] = words
    elif field == "age":
        _read_age(value.get("years", words), columns)
    elif field in AXIS_BY_NAME:
        columns[f"{field}_stated"] = words
        columns[field] = _check_code(field, value.get("code"))
    elif field in DATE_FIELDS:
        _read_date(field, value.get("edtf"), words, columns, other)
    else:
        allowed = ", ".join(("name", "age", *(axis.name for axis in AXES), *DATE_FIELDS))
        raise ValueFormatError(f"There is no field '{field}'.", f"Fields: {allowed}.")


def _read_age(value: Any, columns: dict[str, str | int | None]) -> None:
    try:
        years = int(value)
    except (TypeError, ValueError):
        years = -1
    if not 0 <= years <= 130:
        raise ValueFormatError("An age is 0 to 130 completed years.", "Quote the digits, or give them as `years`.")
    columns["age_low"] = columns["age_high"] = years


def _check_code(field: str, code: Any) -> str | None:
    axis = AXIS_BY_NAME[field]
    if code is None:
        return None
    if axis.kind is AxisKind.CLOSED and axis.label(str(code)) is None:
        raise ValueFormatError(f"'{field}' has no code '{code}'.", f"Codes: {', '.join(c for c, _ in axis.codes)}.")
    if axis.kind is AxisKind.PLACE:
        from cenotaph.reference import places

        places.get(str(code))
    if axis.kind is AxisKind.OPEN:
        raise ValueFormatError(f"'{field}' takes words and no code.", "Leave `code` away.")
    return str(code)


def _read_date(field: str, edtf: Any, words: str, columns: dict[str, str | int | None], other: dict[str, Any]) -> None:
    if not isinstance(edtf, str):
        raise ValueFormatError(f"'{field}' lacks `edtf`.", "Write the date that the words give, such as 2023-05 or 2023-05-07.")
    day = PartialDate.from_edtf(edtf)
    other.setdefault("dates", {})[field] = {"stated": words, "edtf": day.edtf}
    if field in _COLUMN_DATES:
        columns[f"{field}_from"] = day.start.isoformat() if day.start else None
        columns[f"{field}_before"] = day.end.isoformat() if day.end else None


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


def _stated_values(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if fields["name"]:
        yield "name", fields["name"]
    for axis in AXES:
        code, words = fields[axis.name], fields[f"{axis.name}_stated"]
        if code or words:
            yield axis.name, code or "as quoted"
    if fields["age_low"] is not None:
        yield "age", str(fields["age_low"]) if fields["age_low"] == fields["age_high"] else f"{fields['age_low']}-{fields['age_high']}"
    for name, value in json.loads(fields["other"] or "{}").get("dates", {}).items():
        yield name, value["edtf"]


class _CellReader:
    """Reads rows of tables again from their bytes, each capture once however many of its rows are wanted."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook
        self._wanted: dict[tuple[str, str, str | None], set[int]] = {}
        self._read: dict[tuple[str, str, str | None], dict[int, tuple[int, dict[str, str]]]] = {}
        self._headers: dict[tuple[str, str, str | None], tuple[str, ...]] = {}

    def want(self, fields: dict[str, Any]) -> None:
        """Say that a report's row will be asked for."""
        if fields["list"]:
            self._wanted.setdefault(_table_of(fields), set()).add(fields["row_number"])

    def quote(self, fields: dict[str, Any]) -> Iterator[ShownValue]:
        """Yield each value of a report beside the cell it was read from."""
        place = _table_of(fields)
        if place not in self._read:
            self._read_table(place)
        line, cells = self._read[place].get(fields["row_number"], (0, {}))
        mapping = parse_mapping(fields["mapping"])
        number = fields["row_number"]
        for name, value in _stated_values(fields):
            columns = quote_columns(mapping, self._headers[place], name)
            words = " | ".join(cells[column] for column in columns if column in cells) or None
            where = f"row {number} (line {line}), column {', '.join(columns)}" if columns else "the mapping, for the whole list"
            yield ShownValue(name, value, words, where)

    def _read_table(self, place: tuple[str, str, str | None]) -> None:
        capture, text, encoding = place
        mapping = parse_mapping(text)
        media = bulk.fetch_one("SELECT media_type FROM capture WHERE id = %s", [capture])
        assert media is not None
        path = read_bytes_path(self._casebook, capture)
        table = read_document(path, media[0], read_limits(self._casebook.settings), encoding=encoding, delimiter=mapping.delimiter)
        assert not isinstance(table, TextDocument)
        wanted = set(self._wanted[place])
        self._headers[place] = header = table.header(mapping.sheet)
        found = self._read[place] = {}
        for row in table.rows(mapping.sheet):
            if row.number in wanted:
                found[row.number] = (row.line, dict(zip(header, row.cells, strict=False)))
                wanted.discard(row.number)
                if not wanted:
                    return


def read_header(casebook: Casebook, list_id: str) -> tuple[str, ...]:
    """Return the columns of the file that a list was last read from."""
    table, mapping = _open_latest(casebook, list_id)
    return table.header(mapping.sheet)


def read_raw_rows(casebook: Casebook, list_id: str) -> Iterator[tuple[str, int, tuple[str, ...], bool]]:
    """Yield the reports of a list's last reading: id, row, the row's own words in the file's order, whether it cites anything."""
    table, mapping = _open_latest(casebook, list_id)
    words = {row.number: tuple(row.cells) for row in table.rows(mapping.sheet)}
    sql = (
        "SELECT p.id, p.row_number, p.cites IS NOT NULL FROM report p JOIN reading r ON r.id = p.reading "
        'WHERE r.list = %s AND p.salt IS NOT NULL ORDER BY p."row"'
    )
    for identifier, number, cites in bulk.fetch_rows(sql, [list_id]):
        yield identifier, number, words.get(number, ()), bool(cites)


def _open_latest(casebook: Casebook, list_id: str) -> tuple[TableDocument, Mapping]:
    found = bulk.fetch_one(
        "SELECT r.mapping, d.capture, d.encoding, c.media_type FROM reading r JOIN document d ON d.id = r.document "
        'JOIN capture c ON c.id = d.capture WHERE r.list = %s ORDER BY r."row" DESC LIMIT 1',
        [list_id],
    )
    if found is None:
        raise NotFoundError(f"There is no list '{list_id}' in this casebook.", "`cenotaph list show` names them.")
    text, capture, encoding, media = found
    mapping = parse_mapping(text)
    path = read_bytes_path(casebook, capture)
    table = read_document(path, media, read_limits(casebook.settings), encoding=encoding, delimiter=mapping.delimiter)
    assert not isinstance(table, TextDocument)
    return table, mapping


def _table_of(fields: dict[str, Any]) -> tuple[str, str, str | None]:
    return fields["source_capture"], fields["mapping"], fields["encoding"]


def _quote_text(fields: dict[str, Any], document: str) -> Iterator[ShownValue]:
    quotes = json.loads(fields["other"] or "{}").get("quotes", {})
    found = bulk.fetch_one("SELECT text FROM document WHERE id = %s", [document])
    text = found[0] if found else None
    for name, value in _stated_values(fields):
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
        'SELECT p.id, r.list, p.row_number, p.document, p.sealed IS NOT NULL FROM report p LEFT JOIN reading r ON r.id = p.reading '
        "WHERE %s = '' OR r.list = %s ORDER BY p.\"row\""
    ) + (f" LIMIT {int(limit)}" if limit is not None else "")
    for chunk in bulk.stream_rows(sql, [list_id or "", list_id or ""]):
        for row in chunk:
            yield ReportLine(*row[:4], bool(row[4]))
