"""What follows a seal's commit: bytes destroyed, the database scrubbed, tombstones written outside it.

The file of tombstones is written last. While it is shorter than the table of seals, something is still to be done, and the
next writer does it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import connection

from cenotaph.casebook import bulk
from cenotaph.casebook.derived import drop_derived
from cenotaph.casebook.failures import told_apart
from cenotaph.casebook.guarded import GUARDED
from cenotaph.casebook.head import sync_folder
from cenotaph.casebook.store import Casebook
from cenotaph.domain.canonical import canonical_json
from cenotaph.domain.errors import BusyError, CenotaphError

SEAL_FILE_COLUMNS = ("target_table", "target", "field", "reason_class", "sealed_at", "role")
_SEALABLE = tuple(table.name for table in GUARDED if table.content)


def sealed_captures() -> list[str]:
    """Return the SHA-256 of every sealed capture, in order of sealing."""
    return [row[0] for row in bulk.fetch_rows("SELECT target FROM seal WHERE target_table = 'capture' ORDER BY \"row\"")]


def is_pending(casebook: Casebook) -> bool:
    """Tell whether a seal was committed and what follows it was not finished."""
    found = bulk.fetch_one("SELECT COUNT(*) FROM seal")
    return found is not None and _count_lines(casebook) != int(found[0])


def _count_lines(casebook: Casebook) -> int:
    try:
        with casebook.seals_file.open("rb") as stream:
            return sum(1 for _ in stream)
    except FileNotFoundError:
        return 0


def finish(casebook: Casebook, locate: Callable[[str], Path], destroy: Callable[[str], None]) -> None:
    """Destroy whatever is left of what is sealed; safe to repeat.

    Parameters
    ----------
    locate
        Says where the bytes under a SHA-256 lie.
    destroy
        Removes them and makes that durable.

    Raises
    ------
    BusyError
        A reader still needs the old content; of the database's files and what is derived something is left.
    """
    done = _count_lines(casebook)
    for row, target in bulk.fetch_rows("SELECT \"row\", target FROM seal WHERE target_table = 'capture' ORDER BY \"row\""):
        if row > done or locate(target).exists():
            destroy(target)
    drop_derived(casebook)
    _scrub_database()
    columns = ", ".join(SEAL_FILE_COLUMNS)
    rows = bulk.fetch_rows(f'SELECT {columns} FROM seal ORDER BY "row"')  # noqa: S608
    _write_lines(casebook, (canonical_json(dict(zip(SEAL_FILE_COLUMNS, row, strict=True))) for row in rows))


def _scrub_database() -> None:
    """Overwrite what deleted content leaves in the database's files, as far as the database can."""
    with told_apart(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in _SEALABLE:
                cursor.execute(f'VACUUM (FULL, ANALYZE) "{name}"')  # The statistics hold samples of the content too.
            _scrub_statistics()
            return
        # What was deleted is overwritten already (`PRAGMA secure_delete`); the log still holds pages as they were.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    if busy:
        raise BusyError(
            "Someone reads the casebook, so that the sealed content is still in the database's write-ahead log.",
            "It goes with the next seal or write once the reader has ended.",
        )


def _scrub_statistics() -> None:
    """Rewrite the table of statistics, which the database's owner may do and other users may not."""
    try:
        with told_apart(), connection.cursor() as cursor:
            cursor.execute("VACUUM FULL pg_catalog.pg_statistic")
    except CenotaphError:
        return


def _write_lines(casebook: Casebook, lines: Iterable[str]) -> None:
    """Write the file of tombstones, synced, in one step."""
    temporary = casebook.seals_file.with_suffix(".new")
    with told_apart():
        with temporary.open("w", encoding="utf-8") as stream:
            stream.writelines(line + "\n" for line in lines)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(casebook.seals_file)
        sync_folder(temporary.parent)
