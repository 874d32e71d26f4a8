"""The reports that stand in a casebook as a table to link: names, dates, places, and which unit each speaks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.count.standing import read_standing
from cenotaph.services.counting import open_columns

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[str, int], None]
_COLUMNS = (
    "id",
    "list",
    "reading",
    "row_key",
    "document",
    "nationality",
    "nationality_stated",
    "residence_stated",
    "birthplace_stated",
    "origin_stated",
    "death_place_stated",
    "unit_stated",
    "rank_stated",
    "birth_from",
    "birth_before",
    "death_from",
    "death_before",
    "age_low",
    "age_high",
    "published_from",
)
_PLACES = ("residence_stated", "birthplace_stated", "origin_stated", "death_place_stated")


@dataclass(frozen=True, slots=True)
class Standing:
    """Reports that stand, ready to be linked.

    Parameters
    ----------
    head
        Hash of the ledger's head that they are of.
    units
        Key of the unit that each report speaks for: a list's row, or the report itself.
    table
        One row for each report, in the columns that ``link table`` reads.
    """

    head: str
    units: tuple[str, ...]
    table: pa.Table


def read_reports(casebook: Casebook, *, progress: Progress = lambda *_: None) -> Standing:
    """Return every report that stands, in the order in which the record took them in.

    A report whose name is under seal is there without a name: it is linked to nobody.
    """
    import pyarrow as pa

    with open_columns(casebook, progress=progress) as ready:
        found = read_standing(ready.columns, ready.readings, ready.titles, _COLUMNS)
        names = _read_names(found["report"].to_pylist(), progress)
        released = {reading.number: reading.released_on.start for reading in ready.readings}
        kinds = _read_kinds()
        columns = {name: found[name].to_pylist() for name in _COLUMNS}
    reports = [value.hex() for value in columns["id"]]
    units = tuple(key.hex() if key else report for key, report in zip(columns["row_key"], reports, strict=True))
    sources = [name or f"document {document}" for name, document in zip(columns["list"], columns["document"], strict=True)]
    made: dict[str, Sequence[Any]] = {
        "report_id": reports,
        "source": sources,
        "source_kind": [kinds.get(name) for name in sources],
        "published_on": [
            _day(released.get(reading) if reading is not None else published)
            for reading, published in zip(columns["reading"], columns["published_from"], strict=True)
        ],
        **names,
        "birth_date_text": [write_interval(*pair) for pair in zip(columns["birth_from"], columns["birth_before"], strict=True)],
        "age": [
            str(low) if low is not None and low == high else None
            for low, high in zip(columns["age_low"], columns["age_high"], strict=True)
        ],
        "death_date_text": [write_interval(*pair) for pair in zip(columns["death_from"], columns["death_before"], strict=True)],
        "place_text": [next((p for p in places if p), None) for places in zip(*(columns[n] for n in _PLACES), strict=True)],
        "country_text": columns["nationality"],
        "nationality_text": columns["nationality_stated"],
        "unit_text": columns["unit_stated"],
        "rank": columns["rank_stated"],
    }
    return Standing(ready.head, units, pa.table({name: pa.array(values, pa.string()) for name, values in made.items()}))


_NAME_KINDS = {"given": "name_given", "family": "name_family", "patronymic": "name_patronymic"}


def _read_names(rows: Sequence[int], progress: Progress) -> dict[str, list[str | None]]:
    """Return name columns for reports by their row numbers, which are in ascending order."""
    names: dict[str, list[str | None]] = {
        key: [None] * len(rows) for key in ("name_full", *_NAME_KINDS.values(), "script", "language")
    }
    place = {row: at for at, row in enumerate(rows)}
    for row, name, other in stream_names():
        at = place.get(row)
        if at is None or name is None:
            continue
        names["name_full"][at] = name
        for item in json.loads(other).get("names", ()) if other else ():
            column = _NAME_KINDS.get(item["kind"])
            if column and names[column][at] is None:
                names[column][at] = item["text"]
            if item["text"] == name or names["script"][at] is None:
                names["script"][at], names["language"][at] = item.get("script"), item.get("language")
        progress("names read", 1)
    return names


def stream_names() -> Iterator[tuple[int, str | None, str | None]]:
    """Yield each report's row number, its name, and its further values as canonical JSON, in order."""
    for chunk in bulk.stream_rows('SELECT "row", name, other FROM report ORDER BY "row"'):
        yield from chunk


_FEW = 20_000


def read_words(rows: Sequence[int]) -> list[tuple[str | None, str | None]]:
    """Return each row's name and its further values as canonical JSON, for rows by their numbers, each asked for once."""
    found: dict[int, tuple[str | None, str | None]] = {}
    if len(rows) > _FEW:
        wanted = set(rows)
        found = {row: (name, other) for row, name, other in stream_names() if row in wanted}
    else:
        for at in range(0, len(rows), 500):
            asked = rows[at : at + 500]
            marks = ", ".join(["%s"] * len(asked))
            sql = f'SELECT "row", name, other FROM report WHERE "row" IN ({marks})'  # noqa: S608
            found |= {row: (name, other) for row, name, other in bulk.fetch_rows(sql, asked)}
    return [found.get(row, (None, None)) for row in rows]


def _read_kinds() -> dict[str, str]:
    """Return the kind of source behind each list, and behind each document that has one."""
    found = dict(bulk.fetch_rows("SELECT l.id, s.kind FROM casualty_list l JOIN source s ON s.id = l.source"))
    sql = (
        "SELECT d.id, s.kind FROM document d JOIN sighting g ON g.capture = d.capture JOIN source s ON s.id = g.source "
        "WHERE d.kind = 'text' AND EXISTS (SELECT 1 FROM report p WHERE p.document = d.id) ORDER BY g.\"row\" DESC"
    )
    found.update({f"document {document}": kind for document, kind in bulk.fetch_rows(sql)})
    return found


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def write_interval(start: date | None, end: date | None) -> str | None:
    """Return a half-open interval of days as EDTF: a day, a month, a year, or from one day to another."""
    if start is None or end is None:
        return None if start is None and end is None else f"{_day(start) or ''}/{_day(end - timedelta(1)) if end else ''}"
    if end == start + timedelta(1):
        return start.isoformat()
    if start.day == 1 and end == (start.replace(day=28) + timedelta(4)).replace(day=1):
        return start.isoformat()[:7]
    if (start.month, start.day, end.month, end.day) == (1, 1, 1, 1) and end.year == start.year + 1:
        return start.isoformat()[:4]
    return f"{start.isoformat()}/{(end - timedelta(1)).isoformat()}"
