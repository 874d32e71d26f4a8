"""The columns of ``derived/.../changes-*.parquet``: rows that a reading withdraws or brings back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def schema() -> pa.Schema:
    """Return the Arrow schema; a null ``report`` is a withdrawal, another one stands again."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("reading", pa.int32(), nullable=False),
            pa.field("row_key", pa.binary(16), nullable=False),
            pa.field("report", pa.int64()),
        ]
    )
