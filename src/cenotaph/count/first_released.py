"""Since which release a row of a list has said what it says of somebody's fate: a corrected row is not a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cenotaph.count.query import Columns
from cenotaph.domain.lists import ListReading, order_releases

if TYPE_CHECKING:
    import pyarrow as pa

_REPEATED = "SELECT row_key FROM {files} WHERE row_key IS NOT NULL GROUP BY row_key HAVING COUNT(*) > 1"
_FILES = "read_parquet(CAST(? AS VARCHAR[]))"


def find_first_released(columns: Columns, readings: Sequence[ListReading], table: pa.Table) -> dict[str, ListReading]:
    """Return the first release since which a row has said the same fate without a break, by the report that speaks for it now.

    Parameters
    ----------
    readings
        All readings of the record.
    table
        Reports that stand, with ``id``, ``row_key`` and ``reading``.

    Returns
    -------
    dict of ListReading
        Only reports that speak for a row which an earlier release had.
    """
    words = _read_words(columns)
    if not words:
        return {}
    by_number = {reading.number: reading for reading in readings}
    releases = {name: order_releases(r for r in readings if r.list_id == name) for name in {r.list_id for r in readings}}
    found: dict[str, ListReading] = {}
    standing = zip(*(table[name].to_pylist() for name in ("id", "row_key", "reading")), strict=True)
    for report, key, number in standing:
        said = words.get(key)
        if said is None or number not in by_number:
            continue
        own = by_number[number]
        first = _walk_back(releases[own.list_id], own, _by_release(said, by_number))
        if first is not None and first.release != own.release:
            found[report.hex()] = first
    return found


_Word = tuple[int, int, str | None]  # The reading, whether it is a change, and the fate; None where the row was withdrawn.


def _read_words(columns: Columns) -> dict[bytes, list[_Word]]:
    """Return what readings said of rows that more than one report speaks for."""
    reports, changes = ([str(path) for path in files] for files in (columns.reports, columns.changes))
    repeated = _REPEATED.format(files=_FILES)
    connection = columns.connect()
    try:
        own = f"SELECT row_key, reading, 0, fate FROM {_FILES} WHERE row_key IN ({repeated})"  # noqa: S608
        rows = connection.execute(own, [reports, reports]).fetchall()
        if not rows:
            return {}
        changed = (
            f"SELECT c.row_key, c.reading, 1, r.fate FROM {_FILES} c LEFT JOIN {_FILES} r ON r.report = c.report "  # noqa: S608
            f"WHERE c.row_key IN ({repeated})"
        )
        rows += connection.execute(changed, [changes, reports, reports]).fetchall()
    finally:
        connection.close()
    found: dict[bytes, list[_Word]] = {}
    for key, *word in rows:
        found.setdefault(bytes(key), []).append((word[0], word[1], word[2]))
    return found


def _by_release(words: Iterable[_Word], readings: dict[int, ListReading]) -> dict[str, str | None]:
    """Return the last word on a row in each release."""
    return {readings[number].release: fate for number, _, fate in sorted(words, key=lambda w: w[:2]) if number in readings}


def _walk_back(releases: Sequence[ListReading], own: ListReading, said: dict[str, str | None]) -> ListReading | None:
    """Return the earliest release since which the row has said the fate of its own release; None where that has none."""
    fate = said.get(own.release)
    first: ListReading | None = None
    for reading in releases:
        word = said.get(reading.release, ...)
        if word is None or (word is not ... and word != fate):
            first = None
        elif word is not ... and first is None:
            first = reading
        if reading.release == own.release:
            return first
    return None
