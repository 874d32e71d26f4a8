"""The columns of ``derived/reports.parquet``: one row for each report in the record, of every reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.domain.axes import AXES

if TYPE_CHECKING:
    import pyarrow as pa

AXIS_COLUMNS = tuple(name for axis in AXES for name in (axis.name, f"{axis.name}_stated"))
DATE_COLUMNS = ("birth_from", "birth_before", "death_from", "death_before")
AGE_COLUMNS = ("age_low", "age_high")

EVIDENCE = ("examined", "adopted", "without_source")


def schema() -> pa.Schema:
    """Return the Arrow schema.

    ``report`` is the row's number in the store, ``list`` the list's id (null where a person entered the report from a
    document), ``reading`` the reading's number, ``row_key`` a number for the row's identity in its list, ``evidence`` one of
    :data:`EVIDENCE`, ``hosts`` the cited addresses' hosts with spaces between. Dates are days of half-open intervals.
    """
    import pyarrow as pa

    word = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        [
            pa.field("report", pa.int64(), nullable=False),
            pa.field("id", pa.string(), nullable=False),
            pa.field("list", word),
            pa.field("reading", pa.int32()),
            pa.field("row_key", pa.int64()),
            pa.field("row_number", pa.int32()),
            pa.field("evidence", word, nullable=False),
            pa.field("hosts", word),
            pa.field("known_at", pa.timestamp("us", tz="UTC"), nullable=False),
            pa.field("published_from", pa.date32()),
            pa.field("published_before", pa.date32()),
            pa.field("sealed", pa.bool_(), nullable=False),
            *(pa.field(name, word) for name in AXIS_COLUMNS),
            *(pa.field(name, pa.date32()) for name in DATE_COLUMNS),
            *(pa.field(name, pa.int16()) for name in AGE_COLUMNS),
        ]
    )
