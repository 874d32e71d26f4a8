"""Rows of a list as reports: each column's distinct words are read once, and every row is put together from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from cenotaph.domain.canonical import canonical_text
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.documents import TableDocument, TableRow, UnreadableCell
from cenotaph.domain.reports import DATE_FIELDS, ReportRow
from cenotaph.extract.lists.effects import SLOT, VERBATIM, CellReader, Effect, date_slots, write_item
from cenotaph.extract.lists.fields import NAME_KINDS, is_axis
from cenotaph.extract.lists.mapping import Mapping
from cenotaph.extract.lists.matching import Found, find_key, match_columns
from cenotaph.extract.lists.naming import NameReader
from cenotaph.extract.lists.placeholders import says_nothing
from cenotaph.extract.lists.summary import ReadingSummary, RowFailure, Unreadable
from cenotaph.extract.lists.words import fold_word

CACHED_WORDS = 100_000
"""Most distinct words of a column that are kept; then the column starts afresh, so that addresses do not fill memory."""

_MANY = ("note", "id", "cites", "cited_host", *NAME_KINDS)
_NAME, _CITES = SLOT["name"], SLOT["cites"]


def read_table(table: TableDocument, mapping: Mapping, summary: ReadingSummary) -> Iterator[ReportRow | RowFailure]:
    """Yield a report for each row of a table, or why the row cannot be one, in the file's order.

    Parameters
    ----------
    table
        The list's file, opened.
    mapping
        How it is read.
    summary
        Filled while the rows are walked; whole when the last was yielded.

    Raises
    ------
    InputError
        The file has no such sheet, no header, or is damaged.
    """
    reader = _RowReader(mapping, table.header(mapping.sheet), summary)
    for row in table.rows(mapping.sheet):
        made = reader.read(row)
        summary.failed += isinstance(made, RowFailure)
        yield made
    summary.merged = table.count_merged(mapping.sheet)


class _RowReader:
    """Everything that is worked out once for a file, and the one pass over a row's cells."""

    def __init__(self, mapping: Mapping, header: tuple[str, ...], summary: ReadingSummary) -> None:
        self._summary = summary
        self._header = header
        found, absent = match_columns(mapping, header)
        self._key = find_key(mapping, header, found)
        summary.keyed = bool(self._key)
        matched = {item.at for item in found}
        summary.absent_columns += [column.name for column in absent]
        declared = {name for column in mapping.columns for name in column.headers}
        summary.absent_columns += [
            name
            for name in mapping.key
            if fold_word(name) not in declared and fold_word(name) not in map(fold_word, header)
        ]
        left_alone = {item.at for item in found if item.column.ignore or item.column.secret}
        own = {item.at: item.column.name for item in found}
        # The key's columns are read even where no section names them: their words are the list's own numbers.
        alone = [(at, name) for at, name in enumerate(header) if at not in matched and name]
        summary.unread_columns += [name for at, name in alone if at not in self._key]
        verbatim = [(at, "ids" if at in self._key else "unread", name) for at, name in alone]
        verbatim += [(i.at, VERBATIM[f], i.column.name) for i in found for f in i.column.fields if f in VERBATIM]
        self._verbatim = [(at, group, name, f"{canonical_text(name)}:") for at, group, name in verbatim]
        # A row's content is all its cells that are not left alone, by name, so that neither order nor absence of columns matters.
        named = sorted((own.get(at, name), at) for at, name in enumerate(header) if at not in left_alone)
        self._content = [(f"{fold_word(name)}\0", at) for name, at in named]
        self._ignored = {item.at for item in found if item.column.ignore}
        self._secret = {item.at for item in found if item.column.secret}
        self._names = NameReader(found, mapping, summary)
        self._template, self._constant_dates = _lay_out(mapping)
        self._columns = self._prepare(found, mapping)
        self._seen: set[bytes | str] = set()
        self._repeats: Counter[bytes | str] = Counter()
        self._cites: dict[tuple[str, ...], str | None] = {(): None}

    def _prepare(
        self, found: list[Found], mapping: Mapping
    ) -> list[tuple[int, str, CellReader, dict[str, Effect], bool]]:
        apart = (*NAME_KINDS, *VERBATIM)
        read = [item for item in found if any(field not in apart for field in item.column.fields)]
        uses = Counter(field for item in read for field in item.column.fields if field not in _MANY)
        return [
            (
                item.at,
                item.column.name,
                CellReader(item.column, mapping.language_of(item.column)),
                {},
                any(uses[field] > 1 for field in item.column.fields),
            )
            for item in read
        ]

    def read(self, row: TableRow) -> ReportRow | RowFailure:
        """Return a row's report."""
        summary = self._summary
        summary.rows += 1
        cells = [cell.strip() for cell in row.cells]
        if len(cells) != len(self._header) and (failure := self._fit(row, cells)):
            return failure
        parts = [prefix + cells[at] for prefix, at in self._content if cells[at]]
        text = "\0".join(parts)
        if text.count("\0") >= max(2 * len(parts), 1):
            return RowFailure(row.number, row.line, "", "", "a cell holds a zero character", self._name_key(cells))
        digest = sha256(b"cenotaph row content 1\n" + text.encode("utf-8", "surrogatepass")).digest()[:16]
        report = self._template.copy()
        report[0] = row.number
        report[1] = self._find_key(cells, digest)
        report[2] = digest.hex()
        other: dict[str, list[tuple[str, str]]] = {}
        cites: tuple[str, ...] = ()
        said: set[str] = set()
        for at, name, reader, cache, contested in self._columns:
            cell = cells[at]
            if not cell:
                continue
            effect = cache.get(cell)
            if effect is None:
                if len(cache) >= CACHED_WORDS:
                    cache.clear()
                effect = cache[cell] = reader.read(cell)
            if contested:
                if not said.isdisjoint(effect.fields):
                    other.setdefault("unread", []).append((name, f"{canonical_text(name)}:{canonical_text(cell)}"))
                    continue
                said.update(effect.fields)
            for slot, value in effect.slots:
                report[slot] = value
            for group, key, item in effect.extras:
                if group in other:
                    other[group].append((key, item))
                else:
                    other[group] = [(key, item)]
            if effect.cites:
                cites = (*cites, *effect.cites)
            if effect.unmapped:
                summary.unmapped.setdefault(name, Counter())[cell] += 1
            if effect.several:
                summary.several[name] += 1
            if effect.yearless:
                summary.yearless[name] += 1
            for _, reason in effect.unreadable:
                summary.unreadable.append(Unreadable(row.number, row.line, name, cell, reason))
        for bad in row.unreadable:
            self._add_unreadable(row, bad)
        for at, group, name, head in self._verbatim:
            if cells[at]:
                words = (name, head + canonical_text(cells[at]))
                if group in other:
                    other[group].append(words)
                else:
                    other[group] = [words]
        for field, item in self._constant_dates:
            if all(key != field for key, _ in other.get("dates", ())):
                other.setdefault("dates", []).append((field, item))
        report[_NAME], names = self._names.read(cells)
        if cites:
            report[_CITES] = self._write_cites(cites)
        if other or names:
            report[-1] = _write_other(other, names)
        return ReportRow._make(report)

    def _add_unreadable(self, row: TableRow, bad: UnreadableCell) -> None:
        if bad.at not in self._ignored:
            name = self._header[bad.at] if bad.at < len(self._header) else f"column {bad.at + 1}"
            value = "" if bad.at in self._secret else bad.value
            self._summary.unreadable.append(Unreadable(row.number, row.line, name, value, bad.reason, False))

    def _fit(self, row: TableRow, cells: list[str]) -> RowFailure | None:
        """Cut empty cells beyond the header; any other number of cells is no row of this table."""
        wanted = len(self._header)
        if len(cells) > wanted and not any(cells[wanted:]):
            del cells[wanted:]
            return None
        reason = f"the row has {len(cells)} cells, the header {wanted}"
        extra = " ".join(cells[wanted:])[:80]
        return RowFailure(row.number, row.line, "", extra, reason, self._name_key(cells))

    def _name_key(self, cells: list[str]) -> str | None:
        """Return a failed row's key where it can be told, so that its earlier report is not taken for withdrawn."""
        if not self._key or max(self._key) >= len(cells):
            return None
        values = [cells[at] for at in self._key]
        return "key\0" + "\0".join(values) if any(values) else None

    def _find_key(self, cells: list[str], digest: bytes) -> str:
        """Return what the row is known by: its key, else its content; and its ordinal among rows that share that."""
        summary = self._summary
        identity: bytes | str = digest
        if self._key:
            values = [cells[at] for at in self._key]
            if any(value and not says_nothing(value) for value in values):
                identity = "key\0" + "\0".join(values)
            else:
                summary.empty_keys += 1
        words = identity if isinstance(identity, str) else f"row\0{identity.hex()}"
        if identity not in self._seen:
            self._seen.add(identity)
            return words
        if isinstance(identity, str):
            summary.repeated_keys += 1
        else:
            summary.identical_rows += 1
        self._repeats[identity] += 1
        return f"{words}\0#{self._repeats[identity] + 1}"

    def _write_cites(self, cites: tuple[str, ...]) -> str | None:
        if cites not in self._cites:
            if len(self._cites) >= CACHED_WORDS:
                self._cites.clear()
            self._cites[cites] = f"[{','.join(map(canonical_text, dict.fromkeys(cites)))}]"
        return self._cites[cites]


def _write_other(groups: dict[str, list[tuple[str, str]]], names: str) -> str:
    """Return the canonical column: groups in order of name, in each the items in order of key."""
    written = {
        group: f'"{group}":{{{",".join([item for _, item in _order(items)])}}}' for group, items in groups.items()
    }
    if names:
        written["names"] = f'"names":[{names}]'
    return f"{{{','.join([written[group] for group in sorted(written)])}}}"


def _order(items: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return items if len(items) == 1 else sorted(dict(items).items())


def _lay_out(mapping: Mapping) -> tuple[list[Any], list[tuple[str, str]]]:
    """Return the report that a row without a word would be: the mapping's constants."""
    template: list[Any] = [None] * len(ReportRow._fields)
    dates: list[tuple[str, str]] = []
    for constant in mapping.constants:
        if is_axis(constant.field):
            template[SLOT[constant.field]] = constant.code
            template[SLOT[f"{constant.field}_stated"]] = constant.words
        elif constant.field in DATE_FIELDS:
            day = PartialDate.from_edtf(str(constant.code))
            for slot, value in date_slots(constant.field, day):
                template[slot] = value
            dates.append((constant.field, write_item(constant.field, {"edtf": day.edtf, "stated": constant.words})))
    return template, dates
