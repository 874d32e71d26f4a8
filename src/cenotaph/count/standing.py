"""The reports that stand now, of every list and of every document: what is linked to people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from cenotaph.count.membership import chain_readings
from cenotaph.count.query import Columns, standing_sql
from cenotaph.count.selection import DOCUMENTS, Selection
from cenotaph.domain.lists import ListReading
from cenotaph.tables.reports import SEALED

if TYPE_CHECKING:
    import pyarrow as pa


def read_standing(
    columns: Columns,
    readings: Sequence[ListReading],
    lists: Iterable[str],
    wanted: Sequence[str],
    known: tuple[datetime, int] | None = None,
    as_of: date | None = None,
    judged_by: datetime | None = None,
) -> pa.Table:
    """Return columns of the derived files for every report that stands, in the order in which the record took them in.

    Parameters
    ----------
    readings
        All readings of the record.
    lists
        The lists; reports that people entered from documents are always there.
    wanted
        Names of columns of :mod:`cenotaph.tables.reports`.
    known
        An instant and the last row that the record had then; without it, the record as it stands. ``readings`` are those of
        then. What was sealed since is left out all the same.
    as_of
        Only releases of lists that were certainly out by the end of this day; documents are all there.
    judged_by
        Only what was judged by this instant makes a row an examined one.

    Returns
    -------
    pyarrow.Table
        ``report``, the row's number, and the columns asked for. Reports under seal are left out, those with a sealed value
        are not.
    """
    import pyarrow as pa

    parts: list[pa.Table] = []
    connection = columns.connect()
    try:
        for name in (*lists, DOCUMENTS):
            selection = Selection(list_id=name, known_at=known[0] if known else None)
            sql, parameters = standing_sql(columns, selection, chain_readings(readings, name, as_of), judged_by)
            names = ", ".join(f'"{column}"' for column in ("report", *wanted))
            last = f" AND report <= {int(known[1])}" if known else ""
            query = f"SELECT {names} FROM ({sql}) WHERE seal <> {SEALED}{last}"  # noqa: S608
            parts.append(connection.sql(query, params=parameters).to_arrow_table())
    finally:
        connection.close()
    return pa.concat_tables(parts).sort_by("report")
