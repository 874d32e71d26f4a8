"""The columns of ``derived/.../reports-*.parquet``: one row for each report in the record, of every reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cenotaph.domain.axes import AXES

if TYPE_CHECKING:
    import pyarrow as pa

AXIS_COLUMNS = tuple(name for axis in AXES for name in (axis.name, f"{axis.name}_stated"))
DATE_COLUMNS = ("birth_from", "birth_before", "death_from", "death_before")
AGE_COLUMNS = ("age_low", "age_high")

EVIDENCE = ("examined", "adopted", "without_source")
NOT_SEALED, VALUES_SEALED, SEALED = 0, 1, 2


def schema() -> pa.Schema:
    """Return the Arrow schema.

    ``report`` is the row's number in the store and ``id`` its id's 16 bytes; ``list`` is the list's id and ``reading`` the
    reading's number (null where a person entered the report from a document), ``row_key`` the 16 bytes of the row's identity
    in its list, ``document`` the document's id (null for a list's row), ``evidence`` one of :data:`EVIDENCE` before any
    judgement, ``known_at`` when the casebook took it in, ``seal`` one of the three numbers above. Dates are days of
    half-open intervals. Where a closed axis has neither code nor words both columns are null.
    """
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("report", pa.int64(), nullable=False),
            pa.field("id", pa.binary(16), nullable=False),
            pa.field("list", pa.string()),
            pa.field("reading", pa.int32()),
            pa.field("row_key", pa.binary(16)),
            pa.field("document", pa.string()),
            pa.field("evidence", pa.string(), nullable=False),
            pa.field("known_at", pa.timestamp("us", tz="UTC"), nullable=False),
            pa.field("published_from", pa.date32()),
            pa.field("published_before", pa.date32()),
            pa.field("seal", pa.int8(), nullable=False),
            *(pa.field(name, pa.string()) for name in AXIS_COLUMNS),
            *(pa.field(name, pa.date32()) for name in DATE_COLUMNS),
            *(pa.field(name, pa.int16()) for name in AGE_COLUMNS),
        ]
    )
