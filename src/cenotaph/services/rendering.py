"""Count tables as text, CSV rows and JSON, with the words a reader sees for every key."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cenotaph.count.backlog import Backlog
from cenotaph.count.comparison import Comparison, find_common
from cenotaph.count.fragility import Fragility
from cenotaph.count.selection import DERIVED_AXES, NOT_DATED, STATED
from cenotaph.count.table import Cell, CountTable, Coverage
from cenotaph.domain.axes import AXIS_BY_NAME, UNKNOWN, AxisKind
from cenotaph.domain.errors import ValueFormatError
from cenotaph.services.counting import Count
from cenotaph.services.reports import ShownReport
from cenotaph.tables.reports import EVIDENCE

_TO_ALL = "all"
_LEFT_TO_RIGHT = "\u200e"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def name_axis(axis: str) -> str:
    """Return what a reader sees for an axis."""
    return AXIS_BY_NAME[axis].title if axis in AXIS_BY_NAME else DERIVED_AXES[axis]


def name_key(axis: str, key: str | None, language: str = "en") -> str:
    """Return what a reader sees for a key of an axis; words kept as quoted stand in quotation marks."""
    if key is None:
        return _TO_ALL
    if key.startswith(STATED):
        return f"“{clean(key.removeprefix(STATED))}” (as stated)"
    if key == NOT_DATED:
        return "not dated so precisely"
    if key == UNKNOWN:
        return "unknown"
    if axis not in AXIS_BY_NAME:
        return clean(key).replace("_", " ") if axis == "evidence" else clean(key)
    if AXIS_BY_NAME[axis].kind is AxisKind.PLACE:
        from cenotaph.reference import places

        try:
            return places.label(key, language)
        except ValueFormatError:  # A code of reference data that has since left it out.
            return clean(key)
    return AXIS_BY_NAME[axis].label(key) or key


def clean(words: str) -> str:
    """Return words on one line, with control and direction characters shown instead of obeyed."""
    shown = (
        c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") or c in "\u200c\u200d" else f"<{ord(c):04X}>"
        for c in words
    )
    return "".join(shown)


def say_coverage(value: int, coverage: Coverage) -> str:
    """Return a minimum with what is known of an axis: ``at least 47; recruitment path known for 61 of 70``."""
    words = f"{name_axis(coverage.axis)} known for {coverage.known:,} of {coverage.total:,}"
    if coverage.quoted:
        words += f", only quoted for {coverage.quoted:,}"
    return f"at least {value:,}; {words}"


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    width = 0
    for c in text:
        if unicodedata.combining(c) or unicodedata.category(c) in ("Cf", "Mn"):
            continue
        width += 2 if unicodedata.east_asian_width(c) in "WF" else 1
    return width


def pad(text: str, width: int, right: bool = False) -> str:
    """Return a text filled with spaces to a width in terminal columns.

    Words written from right to left stand between two left-to-right marks, so that what follows them on the line is not
    drawn into their order.
    """
    gap = " " * max(width - display_width(text), 0)
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in text):
        text = f"{_LEFT_TO_RIGHT}{text}{_LEFT_TO_RIGHT}"
    return gap + text if right else text + gap


def draw_rows(rows: Sequence[Sequence[str]], numbers_from: int, numbers_to: int | None = None) -> Iterator[str]:
    """Yield lines of a table, the first row its head; columns from one to before another hold numbers."""
    last = len(rows[0]) if numbers_to is None else numbers_to
    rows = [[clean(cell) for cell in row] for row in rows]
    widths = [max(display_width(row[at]) for row in rows) for at in range(len(rows[0]))]
    for number, row in enumerate(rows):
        yield "  ".join(
            pad(cell, width, numbers_from <= at < last) for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)


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


def say_share(coverage: Coverage) -> str:
    """Return how much is known of an axis in few words: ``61 of 70``."""
    quoted = f", {coverage.quoted:,} quoted" if coverage.quoted else ""
    return f"{coverage.known:,} of {coverage.total:,}{quoted}"


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
    yield f"Captured and not read yet, in no count above: {backlog.captures:,}"
    for line in backlog.lines:
        yield f"  {line.month}  {clean(line.source)}: {line.captures:,}"
    if backlog.several_sources:
        yield f"  {backlog.several_sources:,} of them were seen under several sources and stand in the line of each."


def _sample(table: CountTable) -> Cell:
    return table.cells[0]


def count_json(count: Count) -> dict[str, Any]:
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


def _table_json(table: CountTable, title: str) -> dict[str, Any]:
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
        },
        "notes": list(table.notes),
    }


def _coverage_json(c: Coverage) -> dict[str, Any]:
    return {"axis": c.axis, "known": c.known, "quoted": c.quoted, "total": c.total}


def count_rows(count: Count) -> Iterator[list[str]]:
    """Yield the rows of a CSV file: one cell each, the head first.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    by: Iterable[str] = count.tables[0].selection.by if count.tables else ()
    names = [name for axis in by for name in (axis, f"{axis}_label")]
    yield ["list", *names, "reports_at_least", *EVIDENCE, "id"]
    for table in count.tables:
        for cell in table.cells:
            keys = [w for a, k in zip(table.selection.by, cell.keys, strict=True) for w in (k or _TO_ALL, name_key(a, k))]
            words = [disarm(word) for word in (table.selection.list_id, *keys)]
            yield [*words, str(cell.value), *map(str, cell.evidence), disarm(cell.id)]


def disarm(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula: with an apostrophe before it where it begins like one."""
    return "'" + text if text.startswith(_FORMULA) else text


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
        words = f"“{clean(value.words)}”" if value.words else "no words"
        yield f"  {value.field}: {clean(value.value)}  <- {words}, {clean(value.where)}"
    for address in report.cites:
        yield f"  cites {clean(address)} (not captured)"
    yield f"  in capture {report.capture}" + (f" ({clean(report.origin)})" if report.origin else "")


def comparison_text(comparisons: Iterable[Comparison]) -> Iterator[str]:
    """Yield published figures beside the list's own, and under each what the record explains."""
    compared = list(comparisons)
    common = find_common(compared)
    rows = [["published figure", "published", "ours", "difference"]]
    for c in compared:
        ours = str(c.ours) if c.ours is not None else "-"
        rows.append([clean(c.figure.words), c.figure.stated.text, ours, say_difference(c)])
    lines = list(draw_rows(rows, 1))
    yield from lines[:2]
    for line, c in zip(lines[2:], compared, strict=True):
        yield line
        if c.reason:
            yield f"    not comparable: {clean(c.reason)}"
        for explanation in (e for e in c.explanations if e.words not in common):
            yield f"    {clean(explanation.words)}" + (f": explains {explanation.explains:+d}" if explanation.explains else "")
        if c.unexplained:
            yield f"    not explained by the record: {c.unexplained:+d}"
    yield from (clean(words) for words in sorted(common))


def say_difference(c: Comparison) -> str:
    """Return how far ours lies outside a published number; ``none`` where it lies within its bound."""
    if c.difference is None:
        return "-"
    return f"{c.difference:+d}" if c.difference else "0" if c.figure.stated.is_exact else "none"


def comparison_json(c: Comparison) -> dict[str, Any]:
    """Return one comparison as JSON values."""
    return {
        "population": c.figure.population,
        "subgroup": c.figure.subgroup,
        "claimant": c.figure.claimant,
        "as_of": c.figure.as_of.edtf,
        "published": {"text": c.figure.stated.text, "low": c.figure.stated.low, "high": c.figure.stated.high},
        "bound": c.figure.stated.bound.value,
        "ours_at_least": c.ours,
        "cell": c.cell,
        "difference": c.difference,
        "explanations": [{"kind": e.kind, "words": e.words, "explains": e.explains} for e in c.explanations],
        "not_explained_by_the_record": c.unexplained,
        "not_comparable": c.reason or None,
    }


def fragility_text(f: Fragility) -> Iterator[str]:
    """Yield in plain words how much of a list rests on little."""

    def share(part: int, whole: int) -> str:
        return f"{part:,} of {whole:,} ({part / whole:.0%})" if whole else "0 of 0"

    yield f"Rows without a source: {share(f.without_source, f.rows)}"
    yield f"Rows without a date of death: {share(f.without_death_date, f.rows)}"
    yield f"Rows without birth date and age: {share(f.without_birth_or_age, f.rows)}"
    yield f"Rows that somebody has examined: {share(f.examined, f.rows)}"
    for host, rows in f.hosts[:5]:
        yield f"Rows that cite {clean(host)}: {share(rows, f.cited)} of those with a source"
