"""Columns for counting, written as Parquet from the record: derived, keyed by the ledger's head, disposable."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.domain.axes import AXES
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.lists import ListReading

if TYPE_CHECKING:
    import pyarrow as pa

DERIVED_SCHEMA = 1
CHUNK_ROWS = 50_000

_AXIS_COLUMNS = tuple(name for axis in AXES for name in (axis.name, f"{axis.name}_stated"))
_DATE_COLUMNS = ("birth_from", "birth_before", "death_from", "death_before")
_AGE_COLUMNS = ("age_low", "age_high")


def parse_instant(text: str) -> datetime:
    """Return the instant that the record's text stands for."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def read_readings() -> list[ListReading]:
    """Return every reading of every list, in the order they were taken in."""
    rows = bulk.fetch_rows(
        'SELECT r."row", r.id, r.list, r.release, r.released_on, r.complete, r.base, e.at '
        'FROM reading r JOIN ledger_entry e ON e.number = r.entry ORDER BY r."row"'
    )
    numbers = {identifier: number for number, identifier, *_ in rows}
    return [
        ListReading(
            number,
            list_id,
            release,
            PartialDate.from_edtf(released_on),
            bool(complete),
            numbers[base] if base else None,
            parse_instant(at),
        )
        for number, _, list_id, release, released_on, complete, base, at in rows
    ]


def ensure_derived(casebook: Casebook) -> Path:
    """Return the folder of derived tables for the ledger's present head, building it where it is not there."""
    head = casebook.settled_head()
    folder = casebook.derived / f"{DERIVED_SCHEMA}-{head.number}-{head.hash[:16]}"
    if folder.is_dir():
        return folder
    casebook.derived.mkdir(exist_ok=True)
    building = casebook.derived / f".{folder.name}.{id(head):x}"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    try:
        keys: dict[str, int] = {}
        _write_reports(building / "reports.parquet", keys)
        _write_changes(building / "changes.parquet", keys)
        building.rename(folder)
    except OSError:
        if not folder.is_dir():  # Another process may have built the same folder meanwhile.
            raise
    finally:
        shutil.rmtree(building, ignore_errors=True)
    for other in casebook.derived.iterdir():
        if other != folder and other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
    return folder


def drop_derived(casebook: Casebook) -> None:
    """Delete everything derived, as after a seal."""
    shutil.rmtree(casebook.derived, ignore_errors=True)


def _write_changes(path: Path, keys: dict[str, int]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from cenotaph.tables.changes import schema

    rows = bulk.fetch_rows(
        'SELECT g."row", c.row_key, r."row" FROM list_change c JOIN reading g ON g.id = c.reading '
        'LEFT JOIN report r ON r.id = c.report ORDER BY c."row"'
    )
    numbers = [keys.setdefault(row[1], len(keys)) for row in rows]
    columns = [[row[0] for row in rows], numbers, [row[2] for row in rows]]
    form = schema()
    pq.write_table(pa.table([pa.array(c, f.type) for c, f in zip(columns, form, strict=True)], schema=form), path)


def _write_reports(path: Path, keys: dict[str, int]) -> None:
    import pyarrow.parquet as pq

    from cenotaph.tables.reports import schema

    form = schema()
    columns = ("row", "id", "reading", "document", "row_number", "row_key", "entry", "sealed", "cites", *_AXIS_COLUMNS, *_DATE_COLUMNS, *_AGE_COLUMNS)
    used = _used_columns(columns)
    present = [column for column in columns if column in used]
    selection = ", ".join(f'"{column}"' for column in present)
    context = _Context(keys)
    with pq.ParquetWriter(path, form, compression="zstd", compression_level=1) as writer:
        pending: list[tuple[Any, ...]] = []
        for chunk in bulk.stream_rows(f'SELECT {selection} FROM report ORDER BY "row"'):  # noqa: S608
            pending += chunk
            if len(pending) >= CHUNK_ROWS:
                writer.write_table(context.build_table(form, present, pending))
                pending = []
        writer.write_table(context.build_table(form, present, pending))


def _used_columns(columns: Sequence[str]) -> set[str]:
    """Return the columns that are not null in every row: most axes of most lists are empty."""
    counts = ", ".join(f'MAX("{column}" IS NOT NULL)' for column in columns)
    from django.db import connection

    if connection.vendor == "postgresql":
        counts = ", ".join(f'BOOL_OR("{column}" IS NOT NULL)' for column in columns)
    found = bulk.fetch_one(f"SELECT {counts} FROM report")  # noqa: S608
    assert found is not None
    needed = {"row", "id", "reading", "document", "row_number", "row_key", "entry", "sealed", "cites"}
    return needed | {column for column, used in zip(columns, found, strict=True) if used}


class _Context:
    """What a report's row is joined with: readings, entries, cited hosts, judgements, publication dates."""

    def __init__(self, keys: dict[str, int]) -> None:
        self.keys = keys
        self.readings = {i: (n, name) for n, i, name in bulk.fetch_rows('SELECT "row", id, list FROM reading')}
        self.instants = {n: parse_instant(at) for n, at in bulk.fetch_rows("SELECT number, at FROM ledger_entry")}
        self.hosts: dict[str, str | None] = dict(bulk.fetch_rows("SELECT id, host FROM source"))
        self.published = {
            i: PartialDate.from_edtf(text)
            for i, text in bulk.fetch_rows("SELECT id, published_on FROM document WHERE published_on IS NOT NULL")
        }
        self.examined = _read_examined()
        self.days: dict[str | None, date | None] = {None: None}
        self.cited: dict[str | None, str | None] = {None: None}

    def build_table(self, form: pa.Schema, present: Sequence[str], rows: list[tuple[Any, ...]]) -> pa.Table:
        import pyarrow as pa

        by_name: dict[str, Sequence[Any]] = dict(zip(present, zip(*rows, strict=True), strict=True)) if rows else {}
        size = len(rows)
        empty: Sequence[Any] = [None] * size

        def take(name: str) -> Sequence[Any]:
            return by_name.get(name, empty)

        readings = [self.readings.get(i, (None, None)) for i in take("reading")]
        documents = [self.published.get(i) if i else None for i in take("document")]
        made: dict[str, Sequence[Any]] = {
            "report": take("row"),
            "list": [name for _, name in readings],
            "reading": [number for number, _ in readings],
            "row_key": [self._number_key(key) for key in take("row_key")],
            "evidence": self._name_evidence(take("id"), take("document"), take("cites")),
            "hosts": [self._name_hosts(cell) for cell in take("cites")],
            "known_at": [self.instants[entry] for entry in take("entry")],
            "published_from": [d.start if d else None for d in documents],
            "published_before": [d.end if d else None for d in documents],
            "sealed": [mark is not None and '"fields"' not in mark for mark in take("sealed")],
            **{name: [self._day(text) for text in take(name)] for name in _DATE_COLUMNS},
        }
        arrays = []
        for column in form:
            cells = made.get(column.name)
            if cells is None:
                cells = take(column.name)
            if cells is empty:
                arrays.append(pa.nulls(size, column.type))
            elif pa.types.is_dictionary(column.type):
                arrays.append(pa.array(cells, column.type.value_type).dictionary_encode().cast(column.type))
            else:
                arrays.append(pa.array(cells, column.type))
        return pa.table(arrays, schema=form)

    def _number_key(self, key: str | None) -> int | None:
        return None if key is None else self.keys.setdefault(key, len(self.keys))

    def _day(self, text: str | None) -> date | None:
        if text not in self.days:
            self.days[text] = date.fromisoformat(str(text))
        return self.days[text]

    def _name_hosts(self, cell: str | None) -> str | None:
        if cell not in self.cited:
            hosts = {self.hosts.get(source) for source in json.loads(str(cell))}
            self.cited[cell] = " ".join(sorted(host for host in hosts if host)) or None
        return self.cited[cell]

    def _name_evidence(self, ids: Sequence[Any], documents: Sequence[Any], cites: Sequence[Any]) -> list[str]:
        """A person read the words of a hand-entered report; a list's row is adopted until it is examined."""
        return [
            "examined" if document or identifier in self.examined else "adopted" if cited else "without_source"
            for identifier, document, cited in zip(ids, documents, cites, strict=True)
        ]


def _read_examined() -> set[str]:
    """Return the reports that a standing judgement calls examined."""
    rows = bulk.fetch_rows(
        "SELECT target, answer FROM judgement j WHERE question = 'examined' AND NOT EXISTS "
        '(SELECT 1 FROM judgement later WHERE later.replaces = j.id) ORDER BY "row"'
    )
    return {target for target, answer in rows if answer == "yes"}
