"""Lists as a person meets them: a draft of how a file is read, and the readings that a casebook has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cenotaph.capture.readers import open_table
from cenotaph.casebook import bulk
from cenotaph.casebook.settings import default_settings
from cenotaph.casebook.store import Casebook, read_clock
from cenotaph.extract.lists import propose_mapping
from cenotaph.services.captures import read_limits
from cenotaph.services.sheets import find_other_sheets, say_sheet


def propose(
    path: Path,
    *,
    list_id: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    header: int | None = None,
    media_type: str | None = None,
    name: str | None = None,
    clock: Callable[[], datetime] = read_clock,
) -> str:
    """Return a draft of a mapping for a list's file, as TOML.

    Parameters
    ----------
    media_type, name
        What the file is and is called, where neither is as its bytes and its path say.
    """
    from cenotaph.capture.media_types import find_media_type

    limits = read_limits(default_settings())
    table = open_table(path, media_type or find_media_type(path), limits, encoding=encoding)
    if header is not None:
        table.start_at(header)
    return propose_mapping(
        table,
        file_name=name or path.name,
        today=clock().date(),
        list_id=list_id,
        language=language,
        encoding=encoding,
        sheet=sheet,
        header=header,
        remarks=[f"{say_sheet(other)}; --sheet names another." for other in find_other_sheets(table, sheet)],
    )


def propose_kept(casebook: Casebook, start: str, **options: Any) -> str:
    """Return a draft of a mapping for the tables of a capture, by its id or its beginning, as :func:`propose` does."""
    from cenotaph.services.kept_tables import find_kept

    kept = find_kept(casebook, start)
    return propose(kept.path, media_type=kept.taken.media_type, name=kept.taken.name, **options)


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading of a list as a person reads it.

    ``reports`` are those that it wrote, ``standing`` the rows that stood after it; ``reading_hash`` names how it was read.
    """

    list_id: str
    release: str
    released_on: str
    complete: bool
    known_at: str
    reports: int
    id: str
    reading_hash: str
    standing: int | None = None


def list_readings() -> Iterator[ReadingLine]:
    """Yield every reading of every list, in the order they were taken in."""
    sql = (
        "SELECT r.list, r.release, r.released_on, r.complete, e.at, "
        "(SELECT COUNT(*) FROM report p WHERE p.reading = r.id), r.id, r.reading_hash "
        'FROM reading r JOIN ledger_entry e ON e.number = r.entry ORDER BY r."row"'
    )
    for list_id, release, released_on, complete, at, count, identifier, reading_hash in bulk.fetch_rows(sql):
        yield ReadingLine(list_id, release, released_on, bool(complete), at, count, identifier, reading_hash)


def show_readings(casebook: Casebook) -> list[ReadingLine]:
    """Return every reading of every list, with the rows that stood after it."""
    from cenotaph.services.counting import count_standing_rows

    standing = count_standing_rows(casebook)
    numbers: dict[str, int] = dict(bulk.fetch_rows('SELECT id, "row" FROM reading'))
    return [replace(line, standing=standing.get(numbers[line.id])) for line in list_readings()]
