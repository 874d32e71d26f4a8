"""The columns of ``derived/.../examined-*.parquet``: judgements that a report was examined, or was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def schema() -> pa.Schema:
    """Return the Arrow schema: each judgement with each report that it holds for.

    Of two judgements on one report the one with the higher ``judgement`` number stands.
    """
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("judgement", pa.int64(), nullable=False),
            pa.field("report", pa.int64(), nullable=False),
            pa.field("yes", pa.bool_(), nullable=False),
            pa.field("known_at", pa.timestamp("us", tz="UTC"), nullable=False),
        ]
    )
