"""Small tables of reports for tests of linkage."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from cenotaph.link.reading import check_reports
from cenotaph.link.tables import REPORT_COLUMNS


def reports_table(rows: Sequence[dict[str, str]]) -> pa.Table:
    """Return reports r0, r1, ... (unless they say their id) with every column."""
    columns = {name: [row.get(name) for row in rows] for name in REPORT_COLUMNS[1:]}
    ids = [row.get("report_id", f"r{n}") for n, row in enumerate(rows)]
    return check_reports(
        pa.table({"report_id": pa.array(ids, pa.string()), **{n: pa.array(c, pa.string()) for n, c in columns.items()}})
    )
