"""Tables in memory, and mappings in few words, for tests of how lists are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cenotaph.domain.documents import TableRow
from cenotaph.domain.reports import ReportRow
from cenotaph.extract.lists import Mapping, ReadingSummary, RowFailure, parse_mapping, read_table

HEAD = """
schema = 1
[list]
id = "dead"
title = "A list"
release = "1"
date = "2025-11"
complete = true
{key}
[source]
name = "An outlet"
kind = "outlet"
language = "ru"
"""


class MemoryTable:
    """A table whose rows lie in memory."""

    reader = "memory"
    reader_version = "1"
    encoding: str | None = "utf-8"

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._header = tuple(header)
        self._rows = [tuple(row) for row in rows]

    def start_at(self, row: int) -> None:
        raise NotImplementedError

    def sheets(self) -> tuple[str, ...]:
        return ("",)

    def header(self, sheet: str | None = None) -> tuple[str, ...]:
        return self._header

    def rows(self, sheet: str | None = None) -> Iterator[TableRow]:
        for number, cells in enumerate(self._rows, 1):
            if any(cells):
                yield TableRow(number, number + 1, cells)

    def count_rows(self, sheet: str) -> int:
        return len(self._rows)

    def count_merged(self, sheet: str | None = None) -> int:
        return 0


def make_mapping(columns: str, key: str = "", head: str = HEAD) -> Mapping:
    return parse_mapping(head.format(key=f"key = {key}" if key else "") + columns, "toml", "mapping.toml")


def column(name: str, fields: str, *more: str) -> str:
    """Return a column's section; ``fields`` is a field or several, apart by spaces."""
    names = ", ".join(f'"{field}"' for field in fields.split())
    return "\n".join(["[[column]]", f'name = "{name}"', f"fields = [{names}]", *more, ""])


def read_rows(
    mapping: Mapping, header: Sequence[str], *rows: Sequence[str]
) -> tuple[list[ReportRow], list[RowFailure], ReadingSummary]:
    summary = ReadingSummary()
    read = list(read_table(MemoryTable(header, rows), mapping, summary))
    reports = [row for row in read if isinstance(row, ReportRow)]
    return reports, [row for row in read if isinstance(row, RowFailure)], summary


def read_one(mapping: Mapping, header: Sequence[str], row: Sequence[str]) -> ReportRow:
    reports, failures, _ = read_rows(mapping, header, row)
    assert not failures
    return reports[0]


def other_of(row: ReportRow) -> dict[str, Any]:
    import json

    return json.loads(row.other) if row.other else {}
