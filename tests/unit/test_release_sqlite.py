"""The SQLite file of a release: the same bytes whichever process writes it, and one whatever hinders the other process."""

from __future__ import annotations

from pathlib import Path

import pytest

from cenotaph.publish import release_sqlite
from cenotaph.publish.release_files import write_parquet
from cenotaph.publish.release_sqlite import SqliteBeside, SqliteFile
from cenotaph.publish.release_tables import Kind, Table, make_table

COLUMNS = (
    ("id", Kind.STRING, ""),
    ("number", Kind.INTEGER, ""),
    ("share", Kind.NUMBER, ""),
    ("yes", Kind.BOOLEAN, ""),
)
ROWS = [("б", 3, 0.1, True), ("a", None, None, None), ("=1", 2**40, 1.0, False), ("", 0, -0.5, None)]
TABLES = [make_table("one", "One", COLUMNS, ROWS, ("id",)), make_table("two", "Two", [("text", Kind.STRING, "")], [(None,)])]
TABLES.append(make_table("none", "None", COLUMNS, []))


def write(folder: Path, tables: list[Table], many: int, monkeypatch: pytest.MonkeyPatch, *, kept: bool = True) -> bytes:
    monkeypatch.setattr(release_sqlite, "MANY", many)
    folder.mkdir()
    beside = SqliteBeside(tables, folder / "release.sqlite")
    for table in tables:
        path = folder / f"{table.name}.parquet"
        write_parquet(table, path)
        if not kept:
            path.write_bytes(b"damaged")
        beside.add(table, path)
    beside.finish()
    return (folder / "release.sqlite").read_bytes()


def test_another_process_writes_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = write(tmp_path / "here", TABLES, 1_000, monkeypatch)
    monkeypatch.setattr(SqliteFile, "add", refuse)  # In this process; the other has its own.
    assert write(tmp_path / "beside", TABLES, 0, monkeypatch) == here


def test_where_the_other_process_fails_this_one_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = write(tmp_path / "here", TABLES, 1_000, monkeypatch)
    assert write(tmp_path / "damaged", TABLES, 0, monkeypatch, kept=False) == here


def refuse(*_: object) -> None:
    raise AssertionError("this process wrote it")
