"""Rows of the record turned into columns, a block of row numbers at a time.

A block holds what never changes but by a seal: rows are append-only, and what they refer to was there before them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cenotaph.casebook import bulk
from cenotaph.casebook.history import read_instants
from cenotaph.domain.dates import PartialDate
from cenotaph.domain.errors import StoreError
from cenotaph.tables.reports import AGE_COLUMNS, AXIS_COLUMNS, DATE_COLUMNS, NOT_SEALED, SEALED, VALUES_SEALED

if TYPE_CHECKING:
    import pyarrow as pa

_EXAMINED = "j.question = 'examined' AND j.target_kind = 'report' AND j.field IS NULL"
_FIXED = ("row", "id", "reading", "document", "row_key", "entry", "sealed")


@dataclass
class BlockReader:
    """Reads blocks of rows as Arrow tables; what rows refer to is read once.

    Parameters
    ----------
    present
        Axis columns that the last block filled: most lists leave most of them empty, and what is empty is not fetched.
    """

    present: list[str] | None = None
    _cached: dict[str, Any] = field(default_factory=dict)

    def _once(self, name: str, read: Callable[[], Any]) -> Any:
        if name not in self._cached:
            self._cached[name] = read()
        return self._cached[name]

    def _readings(self) -> dict[str, tuple[int, str]]:
        rows = bulk.fetch_rows
        return self._once("readings", lambda: {i: (n, name) for n, i, name in rows('SELECT "row", id, list FROM reading')})  # type: ignore[no-any-return]

    def _known_at(self, entries: Sequence[int]) -> pa.Array:
        import pyarrow as pa

        instants = self._once("instants", read_instants)
        coded = pa.array(entries, pa.int64()).dictionary_encode()
        values = pa.array([instants[n] for n in coded.dictionary.to_pylist()], pa.timestamp("us", tz="UTC"))
        return values.take(coded.indices)

    def read_reports(self, first: int, last: int) -> pa.Table:
        """Return the reports from one row number to another, as :mod:`cenotaph.tables.reports` has them."""
        import pyarrow as pa

        from cenotaph.tables.reports import schema

        cells, axes = self._fetch_reports(first, last)
        size = len(cells["row"])
        documents = self._published(cells["document"])
        made: dict[str, Any] = {
            **axes,
            **{name: _cast_days(cells[name]) for name in DATE_COLUMNS},
            **{name: cells[name] for name in ("document", *AGE_COLUMNS)},
            "report": cells["row"],
            "id": _pack_ids("report", cells["id"]),
            **self._place(cells["reading"]),
            "row_key": _pack_ids("row", cells["row_key"]),
            "evidence": [
                "examined" if document else "adopted" if cited or (mark and _has_cited(mark)) else "without_source"
                for document, cited, mark in zip(cells["document"], cells["cited"], cells["sealed"], strict=True)
            ],
            "known_at": self._known_at(cells["entry"]),
            "published_from": [d.start if d else None for d in documents],
            "published_before": [d.end if d else None for d in documents],
            "seal": [NOT_SEALED if mark is None else _name_seal(mark) for mark in cells["sealed"]],
        }
        form = schema()
        arrays = []
        for column in form:
            values = made.get(column.name)
            if values is None:
                values = pa.nulls(size, column.type)
            elif not isinstance(values, pa.Array):
                values = pa.array(values, column.type)
            arrays.append(values)
        return pa.table(arrays, schema=form)

    def _fetch_reports(self, first: int, last: int) -> tuple[dict[str, Sequence[Any]], dict[str, pa.Array]]:
        """Return the columns of a block, and apart from them those of the axes that some row has.

        A row's axes come as one text, since most rows share theirs with many others: what stands for a text is worked out once.
        """
        import pyarrow as pa
        from django.db import connection

        axes = AXIS_COLUMNS if self.present is None else self.present
        rest = [column for column in AXIS_COLUMNS if column not in axes]
        packed = "json_build_array({})::text" if connection.vendor == "postgresql" else "json_array({})"
        columns, others = (*_FIXED, *DATE_COLUMNS, *AGE_COLUMNS), _quote(rest) or "NULL"
        sql = (
            f"SELECT {_quote(columns)}, cites IS NOT NULL, {packed.format(_quote(axes))}, COALESCE(NULL, {others}) "  # noqa: S608
            'FROM report WHERE "row" BETWEEN %s AND %s ORDER BY "row"'
        )
        names = (*columns, "cited", "axes")
        turned: dict[str, list[Any]] = {name: [] for name in names}
        for chunk in bulk.stream_rows(sql, [first, last]):
            *cells, unexpected = zip(*chunk, strict=True)
            if any(cell is not None for cell in unexpected):
                self.present = None
                return self._fetch_reports(first, last)
            for name, values in zip(names, cells, strict=True):
                turned[name].extend(values)
        coded = pa.array(turned.pop("axes"), pa.string()).dictionary_encode()
        texts = [json.loads(text) for text in coded.dictionary.to_pylist()]
        if self.present is None:
            self.present = [name for at, name in enumerate(axes) if any(text[at] is not None for text in texts)]
        kept = [(at, name) for at, name in enumerate(axes) if name in self.present]
        return dict(turned), {name: pa.array([text[at] for text in texts], pa.string()).take(coded.indices) for at, name in kept}

    def _place(self, readings: Sequence[str | None]) -> dict[str, pa.Array]:
        """Return the columns that say which list and reading each row is of."""
        import pyarrow as pa

        numbers = self._readings()
        coded = pa.array(readings, pa.string()).dictionary_encode()
        values = [numbers[i] for i in coded.dictionary.to_pylist()]
        return {
            "list": pa.array([name for _, name in values], pa.string()).take(coded.indices),
            "reading": pa.array([number for number, _ in values], pa.int32()).take(coded.indices),
        }

    def _published(self, documents: Sequence[str | None]) -> list[PartialDate | None]:
        if not any(documents):
            return [None] * len(documents)
        sql = "SELECT id, published_on FROM document WHERE published_on IS NOT NULL"
        dates = self._once("published", lambda: {i: PartialDate.from_edtf(text) for i, text in bulk.fetch_rows(sql)})
        return [dates.get(i) if i else None for i in documents]

    def read_changes(self, first: int, last: int) -> pa.Table:
        """Return what readings withdraw or bring back, as :mod:`cenotaph.tables.changes` has it."""
        import pyarrow as pa

        from cenotaph.tables.changes import schema

        rows = _fetch(
            'SELECT g."row", c.row_key, r."row" FROM list_change c JOIN reading g ON g.id = c.reading '
            'LEFT JOIN report r ON r.id = c.report WHERE c."row" BETWEEN %s AND %s ORDER BY c."row"',
            first,
            last,
        )
        form = schema()
        arrays = [
            pa.array([row[0] for row in rows], form.field("reading").type),
            _pack_ids("row", [row[1] for row in rows]),
            pa.array([row[2] for row in rows], form.field("report").type),
        ]
        return pa.table(arrays, schema=form)

    def read_examined(self, first: int, last: int) -> pa.Table:
        """Return judgements on whether a report was examined, as :mod:`cenotaph.tables.examined` has them.

        A judgement on a list's row holds for every report of that row that was read from the same words.
        """
        import pyarrow as pa

        from cenotaph.tables.examined import schema

        rows = _fetch(
            'SELECT j."row", p."row", j.answer, j.entry, p.row_key, p.content FROM judgement j '  # noqa: S608
            "JOIN report p ON p.id = j.target "
            f'WHERE j."row" BETWEEN %s AND %s AND {_EXAMINED} ORDER BY j."row"',
            first,
            last,
        )
        same = _read_same(first, last) if any(row[5] is not None for row in rows) else {}
        made = [
            (judgement, number, answer == "yes", entry)
            for judgement, report, answer, entry, key, content in rows
            for number in sorted({report, *(same.get((key, content), ()) if content is not None else ())})
        ]
        form = schema()
        arrays = [
            pa.array([row[0] for row in made], form.field("judgement").type),
            pa.array([row[1] for row in made], form.field("report").type),
            pa.array([row[2] for row in made], pa.bool_()),
            self._known_at([row[3] for row in made]),
        ]
        return pa.table(arrays, schema=form)

    def read_hosts(self, first: int, last: int) -> pa.Table:
        """Return the hosts that reports cite, as :mod:`cenotaph.tables.hosts` has them."""
        import pyarrow as pa
        from django.db import connection

        from cenotaph.tables.hosts import schema

        each = (
            "LATERAL jsonb_array_elements_text(p.cites::jsonb) AS cited(value)"
            if connection.vendor == "postgresql"
            else "json_each(p.cites) AS cited"
        )
        rows = _fetch(
            f'SELECT DISTINCT p."row", s.host FROM report p, {each} JOIN source s ON s.id = cited.value '  # noqa: S608
            'WHERE p."row" BETWEEN %s AND %s AND p.cites IS NOT NULL AND s.host IS NOT NULL ORDER BY 1, 2',
            first,
            last,
        )
        form = schema()
        columns = zip(*rows, strict=True) if rows else ((), ())
        return pa.table([pa.array(c, f.type) for c, f in zip(columns, form, strict=True)], schema=form)


def _read_same(first: int, last: int) -> dict[tuple[str, str], list[int]]:
    """Return the reports of the rows that a block of judgements is about, by row and content.

    That looks at every report, so it is left alone where each list was read but once.
    """
    again = "SELECT 1 FROM reading GROUP BY list HAVING COUNT(*) > 1 LIMIT 1"
    if bulk.fetch_one(again) is None:
        return {}
    found: dict[tuple[str, str], list[int]] = {}
    sql = (
        'SELECT "row", row_key, content FROM report WHERE content IS NOT NULL AND row_key IN ('  # noqa: S608
        "SELECT p.row_key FROM judgement j JOIN report p ON p.id = j.target "
        f'WHERE j."row" BETWEEN %s AND %s AND {_EXAMINED} AND p.row_key IS NOT NULL)'
    )
    for number, key, content in _fetch(sql, first, last):
        found.setdefault((key, content), []).append(number)
    return found


def _fetch(sql: str, first: int, last: int) -> list[tuple[Any, ...]]:
    return [row for chunk in bulk.stream_rows(sql, [first, last]) for row in chunk]


def _quote(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _name_seal(mark: str) -> int:
    return VALUES_SEALED if "fields" in json.loads(mark) else SEALED


def _has_cited(mark: str) -> bool:
    """Tell whether a row cited something before a seal took that."""
    return "cites" in json.loads(mark).get("fields", {})


def _pack_ids(kind: str, ids: Sequence[str | None]) -> pa.Array:
    """Return ids of 32 hexadecimal digits as their 16 bytes."""
    import pyarrow as pa

    try:
        if None in ids:
            return pa.array([None if i is None else bytes.fromhex(i) for i in ids], pa.binary(16))
        packed = bytes.fromhex("".join(ids))  # type: ignore[arg-type]
        if len(packed) != 16 * len(ids):
            raise ValueError(kind)
    except (ValueError, pa.ArrowInvalid) as error:
        raise StoreError(f"The record holds the id of a {kind} that is none.", "Run `cenotaph ledger verify`.") from error
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(16), len(ids), [None, pa.py_buffer(packed)])


def _cast_days(texts: Sequence[str | None]) -> pa.Array:
    import pyarrow as pa

    try:
        return pa.array(texts, pa.string()).cast(pa.date32())
    except pa.ArrowInvalid as error:
        raise StoreError("The record holds a date that is none.", "Run `cenotaph ledger verify`.") from error
