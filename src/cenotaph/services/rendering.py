"""Count tables as text, CSV rows and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cenotaph.count.backlog import Backlog
from cenotaph.count.selection import NOT_DATED, STATED, escape_key
from cenotaph.count.table import Cell, CountTable, Coverage
from cenotaph.domain.axes import UNKNOWN
from cenotaph.domain.canonical import JsonValue
from cenotaph.domain.plurals import choose, count_words
from cenotaph.domain.spreadsheets import disarm
from cenotaph.services.comparison_text import comparison_text, fragility_text, say_difference
from cenotaph.services.counting import Count
from cenotaph.services.wording import TO_ALL, clean, draw_rows, name_axis, name_key, say_coverage, say_share
from cenotaph.tables.reports import EVIDENCE

__all__ = [
    "backlog_text",
    "clean",
    "comparison_text",
    "count_json",
    "count_rows",
    "count_text",
    "disarm",
    "fragility_text",
    "name_key",
    "say_coverage",
    "say_difference",
    "say_share",
    "table_text",
]


def table_text(table: CountTable, title: str, *, ids: bool = False, split: bool = False) -> Iterator[str]:
    """Yield a table's lines for a terminal: counts, coverage, what stands aside, and how to open a cell."""
    yield clean(title)
    yield _describe(table)
    yield ""
    by = table.selection.by
    if len(by) == 2 and not ids and not split:
        yield from draw_rows(list(_matrix(table)), 1)
    else:
        rows = list(_long(table, ids, split))
        yield from draw_rows(rows, len(by) or 1, len(rows[0]) - ids)
    yield ""
    yield from _notes(table)


def _describe(table: CountTable) -> str:
    s = table.selection
    words = [f"release {', '.join(table.releases)}"] if table.releases else []
    words += [f"as of {s.as_of}"] if s.as_of else []
    words += [f"as the casebook held it at {s.known_at.isoformat()}"] if s.known_at else []
    words += [f"died by {s.died_by}"] if s.died_by else []
    words += [f"rolled up by {', '.join(s.rollups)}"] if s.rollups else []
    words += [f"{name_axis(axis)}: {name_key(axis, key)}" for axis, key in s.where]
    return "Reports of the dead, a documented minimum; " + ("; ".join(words) or "everything in the record")


def _matrix(table: CountTable) -> Iterator[list[str]]:
    first, second = table.selection.by
    heads = [name_key(second, key) for key in table.axes[1]]
    known = [] if second == "evidence" else [f"{name_axis(second)} known"]
    yield [name_axis(first), "total", *heads, *known]
    for key in (*table.axes[0], None):
        cells = [table.cell(key, other) for other in (None, *table.axes[1])]
        coverage = table.row_coverage[key][0] if key is not None else table.coverage[1]
        numbers = [f"{cell.value:,}" if cell else "0" for cell in cells]
        yield [name_key(first, key), *numbers, *(say_share(coverage) for _ in known)]


def _long(table: CountTable, ids: bool, split: bool) -> Iterator[list[str]]:
    by = table.selection.by
    head = [name_axis(axis) for axis in by] or ["all"]
    yield [
        *head,
        "reports",
        *((name.replace("_", " ") for name in EVIDENCE) if split else ()),
        *(f"{name_axis(axis)} known" for axis in by[1:] if axis != "evidence"),
        *(["id"] if ids else []),
    ]
    for cell in table.cells:
        names = [name_key(axis, key) for axis, key in zip(by, cell.keys, strict=True)] or ["all"]
        coverage = table.coverage[1:] if cell.keys[:1] == (None,) else table.row_coverage[str(cell.keys[0])] if by[1:] else ()
        yield [
            *names,
            f"{cell.value:,}",
            *((f"{part:,}" for part in cell.evidence) if split else ()),
            *(say_share(c) for c in coverage if c.axis != "evidence"),
            *([cell.id] if ids else []),
        ]


def _notes(table: CountTable) -> Iterator[str]:
    by, total = table.selection.by, table.total
    examined, adopted, without = total.evidence
    yield f"At least {total.value:,} in all: examined {examined:,}, adopted {adopted:,}, without source {without:,}."
    for coverage in table.coverage:
        if coverage.axis != "evidence":
            quoted = f", only quoted in words for {coverage.quoted:,}" if coverage.quoted else ""
            yield f"{name_axis(coverage.axis).capitalize()} known for {coverage.known:,} of {coverage.total:,}{quoted}."
    if len(by) == 2 and by[1] != "evidence":
        for key in [key for key in table.axes[0][:3] if key not in (UNKNOWN, NOT_DATED)]:
            best = max((c for c in table.cells if c.keys[0] == key and _is_known(c.keys[1])), key=lambda c: c.value, default=None)
            if best:
                said = say_coverage(best.value, table.row_coverage[key][0])
                yield f"{name_key(by[0], key)}, {name_key(by[1], best.keys[1])}: {said}."
    yield from _aside(table)


def _is_known(key: str | None) -> bool:
    return key is not None and key not in (UNKNOWN, NOT_DATED) and not key.startswith(STATED)


def _aside(table: CountTable) -> Iterator[str]:
    aside = table.aside
    if aside.straddling:
        yield f"Not counted: {aside.straddling:,} who may have died by the date or after it."
    if aside.undated:
        yield f"Not counted: {aside.undated:,} without a date of death."
    if aside.died_later:
        yield f"Not counted: {aside.died_later:,} who died after the date."
    for fate, number in aside.other_fate:
        yield f"Not counted: {number:,} whose fate is '{clean(fate)}'."
    if aside.sealed:
        yield f"Not counted: {aside.sealed:,} under seal."
    if aside.unread:
        release = f"release {', '.join(map(clean, table.releases))}"
        are, them = choose(aside.unread, "is", "are"), choose(aside.unread, "it", "them")
        rows = count_words(aside.unread, "row")
        yield f"{rows} of {release} could not be read and {are} in no count, unless an earlier release has {them}."
    if aside.sealed_values:
        yield f"Of those counted, {aside.sealed_values:,} have lost values to a seal."


def count_text(count: Count, *, ids: bool = False, split: bool = False) -> Iterator[str]:
    """Yield the lines of every table, then the backlog and the notes."""
    for table in count.tables:
        yield from table_text(table, count.titles[table.selection.list_id], ids=ids, split=split)
        yield ""
    yield from backlog_text(count.backlog)
    yield from count.notes
    if count.tables:
        yield f"Open any number: cenotaph count members '{_sample(count.tables[0]).id}'  (--ids shows every id)"


def backlog_text(backlog: Backlog) -> Iterator[str]:
    """Yield what was captured and not read yet, by source and month, with the number of captures that are in no count."""
    if not backlog.captures:
        return
    yield f"Captured and not read yet, in no count above, by month of capture: {backlog.captures:,}"
    for line in backlog.lines:
        yield f"  {line.month}  {clean(line.source)}: {line.captures:,}"
    if backlog.several_sources:
        yield f"  {backlog.several_sources:,} of them were seen under several sources and stand in the line of each."


def _sample(table: CountTable) -> Cell:
    return table.cells[0]


def count_json(count: Count) -> dict[str, JsonValue]:
    """Return every table as JSON values: definition, cells with ids, coverage, what stands aside."""
    return {
        "ledger_head": count.head,
        "tables": [_table_json(table, count.titles[table.selection.list_id]) for table in count.tables],
        "backlog": {
            "captures": count.backlog.captures,
            "seen_under_several_sources": count.backlog.several_sources,
            "lines": [{"source": b.source, "month": b.month, "captures": b.captures} for b in count.backlog.lines],
        },
        "notes": list(count.notes),
    }


def _table_json(table: CountTable, title: str) -> dict[str, JsonValue]:
    s = table.selection
    return {
        "list": s.list_id,
        "title": title,
        "releases": list(table.releases),
        "unit": "reports of the dead",
        "bound": "at_least",
        "by": list(s.by),
        "where": dict(s.where),
        "as_of": s.as_of.isoformat() if s.as_of else None,
        "known_at": s.known_at.isoformat() if s.known_at else None,
        "died_by": s.died_by.isoformat() if s.died_by else None,
        "rollups": list(s.rollups),
        "cells": [
            {
                "id": cell.id,
                "keys": dict(zip(s.by, cell.keys, strict=True)),
                "labels": {axis: name_key(axis, key) for axis, key in zip(s.by, cell.keys, strict=True)},
                "value": cell.value,
                "evidence": dict(zip(EVIDENCE, cell.evidence, strict=True)),
            }
            for cell in table.cells
        ],
        "coverage": [_coverage_json(c) for c in table.coverage],
        "coverage_by_row": {key: [_coverage_json(c) for c in row] for key, row in table.row_coverage.items()},
        "aside": {
            "sealed": table.aside.sealed,
            "other_fate": dict(table.aside.other_fate),
            "straddling": table.aside.straddling,
            "undated": table.aside.undated,
            "died_later": table.aside.died_later,
            "values_sealed": table.aside.sealed_values,
            "rows_not_read": table.aside.unread,
        },
        "notes": list(table.notes),
    }


def _coverage_json(c: Coverage) -> dict[str, JsonValue]:
    return {"axis": c.axis, "known": c.known, "quoted": c.quoted, "total": c.total}


def count_rows(count: Count) -> Iterator[list[str]]:
    """Yield the rows of a CSV file: one cell each, the head first.

    A text that a spreadsheet would take for a formula has an apostrophe before it; a key is escaped as in a cell's id.
    """
    by: Iterable[str] = count.tables[0].selection.by if count.tables else ()
    names = [name for axis in by for name in (axis, f"{axis}_label")]
    yield ["list", *names, "reports_at_least", *EVIDENCE, "id"]
    for table in count.tables:
        for cell in table.cells:
            keys = [w for a, k in zip(table.selection.by, cell.keys, strict=True) for w in (_write_key(k), name_key(a, k))]
            words = [disarm(word) for word in (table.selection.list_id, *keys)]
            yield [*words, str(cell.value), *map(str, cell.evidence), disarm(cell.id)]


def _write_key(key: str | None) -> str:
    return TO_ALL if key is None else escape_key(key)
