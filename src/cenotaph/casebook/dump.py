"""The record as plain files: every guarded row and every entry, one JSON line each, the same from either database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from cenotaph.casebook import bulk
from cenotaph.casebook.guarded import GUARDED, LATER

DUMP_SCHEMA = 1

_LEDGER = {
    "ledger_entry": ("number", "previous", "at", "role", "account", "action", "detail", "rows", "blocks_hash", "hash"),
    "ledger_block": ("number", "entry", "table_name", "first", "rows", "hash"),
}
_BINARY = {"salt", "row_hash"}
_BOOLEAN = {"complete", "needs_review"}


def table_columns() -> dict[str, tuple[str, ...]]:
    """Return every table of the record with its columns, in the order in which they are written."""
    return {**{table.name: table.columns for table in GUARDED}, **_LEDGER}


def dump_table(table: str, stream: TextIO) -> int:
    """Write a table's rows to a stream in order, one JSON array a line; return how many."""
    columns = table_columns()[table]
    names = ", ".join(f'"{column}"' for column in columns)
    key = columns[0]
    binary = [at for at, column in enumerate(columns) if column in _BINARY]
    boolean = [at for at, column in enumerate(columns) if column in _BOOLEAN]
    count = 0
    stream.write(json.dumps({"schema": DUMP_SCHEMA, "table": table, "columns": columns}) + "\n")
    for chunk in bulk.stream_rows(f'SELECT {names} FROM "{table}" ORDER BY "{key}"'):  # noqa: S608
        for row in chunk:
            cells = list(row)
            for at in binary:
                if cells[at] is not None:
                    cells[at] = bytes(cells[at]).hex()
            for at in boolean:
                cells[at] = None if cells[at] is None else bool(cells[at])
            stream.write(json.dumps(cells, ensure_ascii=False, separators=(",", ":")) + "\n")
        count += len(chunk)
    return count


def read_dump(path: Path, table: str) -> Iterator[list[Any]]:
    """Yield the rows of a dumped table; one that the backup's version did not have yet has none."""
    columns = table_columns()[table]
    if table in LATER and not path.exists():
        return
    binary = [at for at, column in enumerate(columns) if column in _BINARY]
    with path.open(encoding="utf-8") as stream:
        head = json.loads(stream.readline())
        if head != {"schema": DUMP_SCHEMA, "table": table, "columns": list(columns)}:
            raise ValueError(f"{path.name} is not a dump of {table} that this version reads")
        for line in stream:
            cells = json.loads(line)
            for at in binary:
                if cells[at] is not None:
                    cells[at] = bytes.fromhex(cells[at])
            yield cells


def load_dump(folder: Path) -> None:
    """Write dumped tables into an empty database, entry by entry, so that every trigger agrees.

    To be called within a transaction; the walk of ``ledger verify`` is what checks the result.
    """
    columns = table_columns()
    streams = {name: _by_entry(read_dump(folder / f"{name}.jsonl", name)) for name in columns if name != "ledger_entry"}
    waiting: dict[str, tuple[int, Iterable[list[Any]]] | None] = {name: next(stream, None) for name, stream in streams.items()}
    for entry in read_dump(folder / "ledger_entry.jsonl", "ledger_entry"):
        for name in streams:
            group = waiting[name]
            if group is not None and group[0] == entry[0]:
                bulk.insert_rows(name, columns[name], group[1])
                waiting[name] = next(streams[name], None)
        bulk.insert_rows("ledger_entry", columns["ledger_entry"], [entry])
    left = [name for name, group in waiting.items() if group is not None]
    if left:
        raise ValueError(f"{left[0]}.jsonl has rows that no entry of the dump wrote")


def _by_entry(rows: Iterator[list[Any]]) -> Iterator[tuple[int, Iterable[list[Any]]]]:
    return groupby(rows, key=lambda row: int(row[1]))
