"""Writing a release: the same bytes from the same content, whatever the day, the database and the time zone."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cenotaph.domain.spreadsheets import disarm
from cenotaph.publish.release_sqlite import SqliteBeside
from cenotaph.publish.release_tables import Cell, Kind, Table

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
BUILT = "built.json"
OUTSIDE = (SUMS, SIGNATURE, BUILT)
"""Files of a release that its sums do not cover."""
VERIFY = Path(__file__).parent / "templates" / "verify.py.txt"


@dataclass(frozen=True, slots=True)
class Head:
    """What a release says of itself.

    Parameters
    ----------
    name, title, dated
        Its label, what it is, and the day it is dated (YYYY-MM-DD): never the clock's.
    authors, licence, licence_text
        Who publishes it, and under what.
    rests_on
        The versions of everything it rests on, by name.
    """

    name: str
    title: str
    dated: str
    authors: tuple[str, ...]
    licence: str
    rests_on: Mapping[str, str]
    homepage: str = ""


def write_release(folder: Path, head: Head, tables: Sequence[Table], texts: Mapping[str, str]) -> str:
    """Write a release into an empty folder; return the hash of its ``SHA256SUMS``.

    Parameters
    ----------
    texts
        Further files by name, such as the method in words.
    """
    data = folder / "data"
    data.mkdir()
    with closing(SqliteBeside(tables, data / "release.sqlite")) as beside:
        for table in tables:
            write_parquet(table, data / f"{table.name}.parquet")
            beside.add(table, data / f"{table.name}.parquet")
        for table in tables:
            (data / f"{table.name}.csv").write_text(csv_text(table), encoding="utf-8", newline="")
        (data / "people.ftm.json").write_text(_entities(tables), encoding="utf-8", newline="\n")
        beside.finish()
    licence = f"The data of this release are published under {head.licence} (SPDX), by {', '.join(head.authors)}.\n"
    (folder / "LICENCE.txt").write_text(licence, encoding="utf-8", newline="\n")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / "verify.py").write_bytes(VERIFY.read_bytes())
    (folder / "CITATION.cff").write_text(_citation(head), encoding="utf-8", newline="\n")
    (folder / "codebook.md").write_text(_codebook(head, tables), encoding="utf-8", newline="\n")
    package = _package(head, tables, data)
    (folder / "datapackage.json").write_text(
        json.dumps(package, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )
    return write_sums(folder)


def write_built(folder: Path, at: datetime, rests_on: Mapping[str, str]) -> None:
    """Write when and with what a release was built: the one file that differs from build to build, outside the sums."""
    import platform

    said = {
        "built_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "sqlite": sqlite3.sqlite_version,
        "cenotaph": rests_on.get("cenotaph", ""),
    }
    text = json.dumps(said, sort_keys=True, indent=1)
    (folder / BUILT).write_text(text + "\n", encoding="utf-8", newline="\n")


def write_sums(folder: Path) -> str:
    """Write the hashes of every file of a folder, as ``sha256sum -c`` reads them; return the hash of that file."""
    lines = []
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in OUTSIDE:
            lines.append(f"{hash_file(path)}  {name}\n")
    text = "".join(lines)
    (folder / SUMS).write_text(text, encoding="utf-8", newline="\n")
    return hashlib.sha256(text.encode()).hexdigest()


def hash_file(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def csv_text(table: Table) -> str:
    """Return a table as CSV: UTF-8, comma, LF, an empty cell for what is not known or not shown.

    A text that a spreadsheet would run as a formula is disarmed; Parquet and SQLite have it as it is.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(table.replace_cells({Kind.STRING: _disarm, Kind.BOOLEAN: _say}))
    return stream.getvalue()


def _disarm(cell: Cell) -> Cell:
    return disarm(cell) if isinstance(cell, str) else cell


def _say(cell: Cell) -> Cell:
    return ("true" if cell else "false") if isinstance(cell, bool) else cell


def write_parquet(table: Table, path: Path) -> None:
    """Write a table as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {Kind.STRING: pa.string(), Kind.INTEGER: pa.int64(), Kind.NUMBER: pa.float64(), Kind.BOOLEAN: pa.bool_()}
    columns = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(table.columns)
    arrays = [pa.array(cells, kinds[column.kind]) for column, cells in zip(table.columns, columns, strict=True)]
    made = pa.table(arrays, schema=pa.schema([pa.field(c.name, kinds[c.kind]) for c in table.columns]))
    pq.write_table(made, path, compression="zstd", compression_level=3, store_schema=False)


def _package(head: Head, tables: Sequence[Table], data: Path) -> dict[str, object]:
    """Return the Data Package (Frictionless, version 2) that describes the CSV files."""
    resources = []
    for table in tables:
        path = data / f"{table.name}.csv"
        schema: dict[str, object] = {
            "fields": [{"name": c.name, "type": c.kind.value, "description": c.words} for c in table.columns],
            "missingValues": [""],
        }
        if table.key:
            schema["primaryKey"] = list(table.key)
        resources.append(
            {
                "name": table.name,
                "title": table.title,
                "path": f"data/{table.name}.csv",
                "profile": "tabular-data-resource",
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": path.stat().st_size,
                "hash": f"sha256:{hash_file(path)}",
                "schema": schema,
            }
        )
    return {
        "name": head.name.lower(),
        "title": head.title,
        "version": head.name,
        "created": f"{head.dated}T00:00:00Z",
        "profile": "tabular-data-package",
        "contributors": [{"title": author, "role": "author"} for author in head.authors],
        "licenses": [{"name": head.licence}],
        "resources": resources,
        "rests_on": dict(sorted(head.rests_on.items())),
    }


_PROPERTIES = {"name": "name", "birth": "birthDate", "death": "deathDate", "nationality": "nationality"}


def _entities(tables: Sequence[Table]) -> str:
    """Return the people who are shown as FollowTheMoney entities, one JSON object a line."""
    by_name = {table.name: table for table in tables}
    persons, names = by_name["persons"], by_name["names"]
    place = {column.name: at for at, column in enumerate(persons.columns)}
    identifier, withheld, derivation = place["id"], place["withheld"], place["derivation"]
    shown = [(column, property_, place[column]) for column, property_ in _PROPERTIES.items() if column in place]
    spelt: dict[object, list[str]] = {}
    for person, text, *_ in names.rows:
        spelt.setdefault(person, []).append(str(text))
    encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    lines = []
    for row in persons.rows:
        if row[withheld]:
            continue
        properties: dict[str, list[str]] = {}
        for column, property_, at in shown:
            value = row[at]
            if column == "nationality" and not (isinstance(value, str) and len(value) == 2 and value.isupper()):
                continue
            if value and "/" not in str(value):
                properties[property_] = [str(value).lower() if column == "nationality" else str(value)]
        if own := spelt.get(row[identifier]):
            properties["name"] = sorted({*properties.get("name", []), *own})
        properties["notes"] = [str(row[derivation])]
        lines.append(encoder.encode({"id": row[identifier], "schema": "Person", "properties": properties}))
    return "".join(f"{line}\n" for line in lines)


def _citation(head: Head) -> str:
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these figures, please cite the release they are of.",
        "type: dataset",
        f"title: {json.dumps(head.title, ensure_ascii=False)}",
        f"version: {json.dumps(head.name)}",
        f"date-released: {head.dated}",
        f"license: {json.dumps(head.licence)}",
    ]
    if head.homepage:
        lines.append(f"url: {json.dumps(head.homepage)}")
    lines.append("authors:")
    lines += [f"  - name: {json.dumps(author, ensure_ascii=False)}" for author in head.authors]
    return "\n".join(lines) + "\n"


def _codebook(head: Head, tables: Sequence[Table]) -> str:
    lines = [
        f"# Codebook of {head.title}, release {head.name}",
        "",
        "An empty cell is a value that is not known or not shown. Every number of people is a minimum.",
        "",
        "In the CSV files a text that a spreadsheet would run as a formula has an apostrophe before it. Where a text begins with "
        "one apostrophe or more and then `=`, `+`, `-`, `@`, a wide form of these or the end of a line, take the first one away "
        "and it is as it was. `verify.py` does so; the Parquet and SQLite files have the texts as they are.",
        "",
        "U+FFFD stands in any text for a character that would steer a terminal or turn the direction of what follows: a control "
        "character other than the end of a line, or one that sets the direction of writing. The words are otherwise as printed.",
        "",
    ]
    for table in tables:
        lines += [f"## {table.name}", "", table.title + ".", "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.kind.value} | {c.words} |" for c in table.columns]
        lines.append("")
    return "\n".join(lines)
