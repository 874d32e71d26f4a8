"""Cells of the reports that stand, out of the derived columns: codes, days and ages as people's values are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from cenotaph.count.selection import STATED
from cenotaph.domain.axes import AXES, UNKNOWN
from cenotaph.services.standing_reports import write_interval

if TYPE_CHECKING:
    import pyarrow as pa

_AXES = tuple(axis.name for axis in AXES)
_DATES = ("birth_from", "birth_before", "death_from", "death_before")
COLUMNS = (
    *("id", "list", "reading", "row_key", "document", "evidence", "known_at", "published_from", "published_before"),
    *_DATES,
    *("age_low", "age_high"),
    *(name for axis in _AXES for name in (axis, f"{axis}_stated")),
)
"""Columns of the derived files that a person is made from."""
_LONG_AGO, _FAR_OFF = date(1850, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Cells:
    """Columns of some rows as Python's values, those that the rows share with others once."""

    id: Sequence[bytes]
    list: Sequence[str | None]
    document: Sequence[str | None]
    reading: Sequence[int | None]
    evidence: Sequence[str]
    known_at: Sequence[date]
    published_from: Sequence[date | None]
    published_before: Sequence[date | None]
    fate: Sequence[str | None]
    death_from: Sequence[date | None]
    death_before: Sequence[date | None]
    ages: Sequence[str | None]
    births: Sequence[tuple[str, int] | None]
    deaths: Sequence[tuple[str, int] | None]
    axes: Sequence[tuple[str, Sequence[str | None]]]

    @classmethod
    def read(cls, table: pa.Table) -> Cells:
        """Return the cells of a table, which has no column without a value."""
        import pyarrow as pa

        there = set(table.column_names)

        def cells(name: str, form: pa.DataType | None = None) -> list[Any]:
            if name not in there:
                return [None] * len(table)
            column = table[name].combine_chunks()
            return _share(column if form is None else column.cast(form))

        dates = {name: cells(name) for name in _DATES}
        ages = [_write_age(*pair) for pair in zip(cells("age_low"), cells("age_high"), strict=True)]
        births = [_write_span(*pair) for pair in zip(dates["birth_from"], dates["birth_before"], strict=True)]
        deaths = [_write_span(*pair) for pair in zip(dates["death_from"], dates["death_before"], strict=True)]
        axes = [
            (axis, [_place(*pair) for pair in zip(cells(axis), cells(f"{axis}_stated"), strict=True)])
            for axis in _AXES
            if axis in there or f"{axis}_stated" in there
        ]
        return cls(
            id=table["id"].to_pylist(),
            list=cells("list"),
            document=cells("document"),
            reading=cells("reading"),
            evidence=cells("evidence"),
            known_at=cells("known_at", pa.date32()),
            published_from=cells("published_from"),
            published_before=cells("published_before"),
            fate=cells("fate"),
            death_from=dates["death_from"],
            death_before=dates["death_before"],
            ages=ages,
            births=births,
            deaths=deaths,
            axes=axes,
        )

    def values(self, at: int, name: str | None) -> Iterator[tuple[str, str, int]]:
        """Yield each value that a report gives: field, the value as text, and how many days a date leaves open."""
        if name:
            yield "name", name, 0
        for axis, words in self.axes:
            value = words[at]
            if value is not None:
                yield axis, value, 0
        age = self.ages[at]
        if age is not None:
            yield "age", age, 0
        for field_name, spans in (("birth", self.births), ("death", self.deaths)):
            span = spans[at]
            if span is not None:
                yield field_name, *span


def _share(column: pa.Array) -> list[Any]:
    """Return a column's values, equal ones as one object."""
    coded = column.dictionary_encode()
    values = coded.dictionary.to_pylist()
    values.append(None)
    return [values[at] for at in coded.indices.fill_null(len(values) - 1).to_pylist()]


def _place(code: str | None, words: str | None) -> str | None:
    """Return the key that a report gives on an axis: its code, else its words; none where words were said to be "unknown"."""
    if code is not None:
        return None if code == UNKNOWN else code
    return f"{STATED}{words}" if words is not None else None


def _write_age(low: int | None, high: int | None) -> str | None:
    if low is None:
        return None
    return str(low) if low == high else f"{low}-{high if high is not None else ''}"


def _write_span(start: date | None, end: date | None) -> tuple[str, int] | None:
    """Return an interval of days in words, and how many days it leaves open."""
    if start is None and end is None:
        return None
    return write_interval(start, end) or "", ((end or _FAR_OFF) - (start or _LONG_AGO)).days - 1
