"""The columns of ``derived/.../hosts-*.parquet``: the hosts of the addresses that reports cite, a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def schema() -> pa.Schema:
    """Return the Arrow schema; a report that cites one host twice has one row."""
    import pyarrow as pa

    return pa.schema([pa.field("report", pa.int64(), nullable=False), pa.field("host", pa.string(), nullable=False)])
