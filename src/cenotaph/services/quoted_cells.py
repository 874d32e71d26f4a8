"""A report's values beside the cells they were read from, read again from the captures' bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cenotaph.capture.clear_copies import readable_path
from cenotaph.capture.objects import ObjectState, check_object
from cenotaph.capture.readers import open_table
from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.axes import AXES
from cenotaph.domain.documents import TableDocument
from cenotaph.domain.errors import LedgerBrokenError, RefusedError
from cenotaph.extract.lists import Mapping, parse_mapping, quote_columns
from cenotaph.services.capture_record import is_sealed
from cenotaph.services.captures import read_limits


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value of a report and the words it rests on."""

    field: str
    value: str
    words: str | None
    where: str
    sealed: bool = False
    """Whether the words are under seal with what they stood in."""


class CheckedBytes:
    """Captures' bytes for one call: each is hashed again before anything is quoted from it, and once only."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook
        self._sound: set[str] = set()

    def find(self, sha256: str) -> Path:
        """Return where a capture's bytes lie.

        Raises
        ------
        RefusedError
            It is under seal.
        LedgerBrokenError
            They are gone, or are not those that were taken in.
        """
        if is_sealed(sha256):
            raise RefusedError(
                f"Capture {sha256} is under seal.", "Its bytes were destroyed; the tombstone is in the ledger."
            )
        if sha256 not in self._sound:
            state = check_object(self._casebook.objects, sha256)
            if state is not ObjectState.OK:
                what = "are gone" if state is ObjectState.MISSING else "were changed: they do not have that hash"
                raise LedgerBrokenError(
                    f"The casebook's bytes of capture {sha256} {what}. Nothing is quoted from them.",
                    "Run `cenotaph ledger verify`, and take the bytes from a backup.",
                )
            self._sound.add(sha256)
        return readable_path(self._casebook.objects, sha256)

    def open_table(self, capture: str, media_type: str, encoding: str | None, mapping: Mapping) -> TableDocument:
        """Open the table in a capture's bytes as a mapping says; raises what :meth:`find` does."""
        table = open_table(
            self.find(capture),
            media_type,
            read_limits(self._casebook.settings),
            encoding=encoding,
            delimiter=mapping.delimiter,
        )
        if mapping.header_row is not None:
            table.start_at(mapping.header_row)
        return table


class CellReader:
    """Reads rows of tables again from their bytes, each capture once however many of its rows are wanted."""

    def __init__(self, casebook: Casebook) -> None:
        self.bytes = CheckedBytes(casebook)
        self._wanted: dict[tuple[str, str, str | None], set[int]] = {}
        self._read: dict[tuple[str, str, str | None], dict[int, tuple[int, dict[str, str]]]] = {}
        self._headers: dict[tuple[str, str, str | None], tuple[str, ...]] = {}
        self._mappings: dict[str, Mapping] = {}

    def want(self, fields: dict[str, Any]) -> None:
        """Say that a report's row will be asked for."""
        if fields["list"] and fields["mapping"] is not None:
            self._wanted.setdefault(_table_of(fields), set()).add(fields["row_number"])

    def quote(self, fields: dict[str, Any]) -> Iterator[ShownValue]:
        """Yield each value of a report beside the cell it was read from; where the capture is under seal, without it."""
        if fields["mapping"] is None:
            for name, value, kept in state_values(fields):
                yield ShownValue(name, value, kept, "a reading whose mapping is under seal", True)
            return
        place = _table_of(fields)
        if place not in self._read:
            try:
                self._read_table(place)
            except RefusedError:
                self._read[place], self._headers[place] = {}, ()
        mapping = self._mapping(fields["mapping"])
        number, header = fields["row_number"], self._headers[place]
        line, cells = self._read[place].get(number, (0, {}))
        for name, value, kept in state_values(fields):
            if not header:
                yield ShownValue(name, value, kept, f"row {number} of a capture that is under seal", True)
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
        table = self.bytes.open_table(capture, media[0], encoding, mapping)
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


def state_values(fields: dict[str, Any]) -> Iterator[tuple[str, str, str | None]]:
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
