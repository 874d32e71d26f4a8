"""Backups: the same casebook on either database, later seals applied again, and every changed byte found."""

from __future__ import annotations

import json
import os
import random
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, Attacker, find_bytes, find_problems, report_cells, write_sources
from tests.servers import PostgresServer

from cenotaph.casebook import archive
from cenotaph.casebook.guarded import GUARDED, REPORT
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import CenotaphError, DamagedFileError, InputError, LedgerBrokenError, RefusedError
from cenotaph.services.backups import Restored, back_up, restore
from cenotaph.services.captures import add_captures
from cenotaph.services.opening import open_casebook
from cenotaph.services.seals import seal

MakeUrl = Callable[[], str]


@pytest.fixture
def filled(casebook: Casebook, tmp_path: Path) -> Casebook:
    write_sources(casebook, 1200, "a")
    note = tmp_path / "Тайная.txt"
    note.write_text("Погиб Иванов-Тайный. 😀", encoding="utf-8")
    add_captures(casebook, ACTOR, [note])
    with casebook.writing(ACTOR, "reports") as entry:
        entry.add(
            REPORT,
            [
                report_cells(n, name=f"Skrytov{n}\t\"\\\r\n\u2028", age_low=n, other={"notes": {"a": f"line\nЁ{n}"}})
                for n in range(20)
            ],
        )
    return casebook


@pytest.fixture
def other_url(store_url: str, request: pytest.FixtureRequest) -> str:
    """Return a database of the other kind."""
    if store_url != "sqlite":
        return "sqlite"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.make_database()


def read_everything(casebook: Casebook) -> dict[str, list[tuple[object, ...]]]:
    attacker = Attacker(casebook)
    found = {}
    for table in GUARDED:
        columns = ", ".join(f'"{name}"' for name in table.columns)
        rows = attacker.run(f'SELECT {columns} FROM "{table.name}" ORDER BY "row"')
        booleans = [at for at, name in enumerate(table.columns) if name == "complete"]
        found[table.name] = [tuple(bool(c) if at in booleans else c for at, c in enumerate(row)) for row in rows]
    return found


@pytest.mark.postgres
def test_a_backup_restores_to_the_other_database_and_back(filled: Casebook, tmp_path: Path, other_url: str) -> None:
    before, head = read_everything(filled), filled.settled_head()
    made = back_up(filled, tmp_path / "one.tar")
    assert made.head == head and made.bytes == (tmp_path / "one.tar").stat().st_size
    done = restore(tmp_path / "one.tar", tmp_path / "other", ACTOR, store_url=other_url)
    other = open_casebook(tmp_path / "other")
    assert other.settings.text("store.url") == other_url
    assert done == Restored(tmp_path / "other", other.settled_head(), 0)
    assert done.head.number == head.number + 1
    assert read_everything(other) == before
    assert find_problems(other) == []
    write_sources(other, 2, "more")
    back_up(other, tmp_path / "two.tar")
    restore(tmp_path / "two.tar", tmp_path / "back", ACTOR, store_url="sqlite")
    back = open_casebook(tmp_path / "back")
    assert read_everything(back) == read_everything(other) and find_problems(back) == []
    assert {p.name for p in tmp_path.iterdir()} == {"casebook", "Тайная.txt", "one.tar", "two.tar", "other", "back"}
    assert {p.name for p in back.root.iterdir()} >= {"casebook.toml", "captures", "ledger", "record.sqlite3"}
    assert not (back.root / "record").exists()


def test_a_backup_of_what_was_sealed_does_not_hold_it(filled: Casebook, tmp_path: Path) -> None:
    ids = [row[REPORT.columns.index("id")] for row in read_everything(filled)["report"]]
    (capture,) = (row[5] for row in read_everything(filled)["capture"])
    seal(filled, ACTOR, "capture", str(capture), "law")
    seal(filled, ACTOR, "report", str(ids[3]), "law")
    seal(filled, ACTOR, "report", str(ids[4]), "law", "name")
    back_up(filled, tmp_path / "b.tar")
    data = (tmp_path / "b.tar").read_bytes()
    assert b"Skrytov5" in data and not [w for w in ("Иванов-Тайный", "Тайная", "Skrytov3", "Skrytov4") if w.encode() in data]
    restore(tmp_path / "b.tar", tmp_path / "r", ACTOR, store_url="sqlite")
    again = open_casebook(tmp_path / "r")
    assert find_problems(again) == []
    assert again.seals_file.read_text() == filled.seals_file.read_text()


def test_an_older_backup_gets_later_seals_again(filled: Casebook, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "old.tar")
    ids = [row[REPORT.columns.index("id")] for row in read_everything(filled)["report"]]
    (capture,) = (row[5] for row in read_everything(filled)["capture"])
    with filled.writing(ACTOR, "later") as entry:
        entry.add(REPORT, [report_cells(99, name="Later")])
    filled_ids = [str(row[REPORT.columns.index("id")]) for row in read_everything(filled)["report"]]
    seal(filled, ACTOR, "capture", str(capture), "court_order")
    seal(filled, ACTOR, "report", str(ids[3]), "minor", "name")
    seal(filled, ACTOR, "report", filled_ids[-1], "law")  # The backup does not have this one.
    stones = read_everything(filled)["seal"]
    done = restore(tmp_path / "old.tar", tmp_path / "r", ACTOR, store_url="sqlite", seals=[filled.seals_file])
    again = open_casebook(tmp_path / "r")
    assert done.sealed_again == 4
    assert find_bytes(again, "Иванов-Тайный", "Тайная", "Skrytov3") == []
    assert find_bytes(again, "Skrytov5")
    assert find_problems(again) == []
    when = slice(SEAL_AT("target_table"), SEAL_AT("role") + 1)
    restored = read_everything(again)["seal"]
    assert [row[when] for row in restored] == [row[when] for row in stones[:4]]
    assert all(row[-1] is not None for row in restored)


def SEAL_AT(name: str) -> int:
    from cenotaph.casebook.guarded import SEAL

    return SEAL.columns.index(name)


@pytest.mark.parametrize("line", ["{", '{"target_table": "source"}', '{"target_table": "report", "field": 3}', "[]", "7"])
def test_a_file_that_holds_no_tombstones_is_refused(sqlite_casebook: Casebook, tmp_path: Path, line: str) -> None:
    back_up(sqlite_casebook, tmp_path / "b.tar")
    (tmp_path / "seals").write_text(line)
    with pytest.raises(InputError, match="is not a file of tombstones"):
        restore(tmp_path / "b.tar", tmp_path / "r", ACTOR, seals=[tmp_path / "seals"])
    assert not (tmp_path / "r").exists()


@pytest.fixture
def small(sqlite_casebook: Casebook, tmp_path: Path) -> tuple[Path, bytes]:
    """Return a backup of a small casebook."""
    write_sources(sqlite_casebook, 2, "a")
    note = tmp_path / "n.txt"
    note.write_text("x" * 700)
    add_captures(sqlite_casebook, ACTOR, [note])
    path = tmp_path / "b.tar"
    back_up(sqlite_casebook, path)
    return path, path.read_bytes()


def unpack(path: Path, folder: Path) -> None:
    folder.mkdir()
    archive.unpack(path, lambda name: folder / name.replace("/", "_"), lambda *_: None)


def test_a_changed_byte_anywhere_in_a_backup_is_found(small: tuple[Path, bytes], tmp_path: Path) -> None:
    path, data = small
    unpack(path, tmp_path / "whole")
    rng = random.Random(3)
    end = data.rfind(b"SHA256SUMS")
    places = [*range(0, 512, 2), *range(end, len(data), 37), *rng.sample(range(len(data)), 400)]
    for number, at in enumerate(places):
        changed = bytearray(data)
        changed[at] ^= 1 << rng.randrange(8)
        path.write_bytes(changed)
        with pytest.raises(DamagedFileError):
            archive.unpack(path, lambda name: Path(os.devnull), lambda *_: None)
        if number % 200 == 0:
            with pytest.raises(CenotaphError):
                restore(path, tmp_path / "r", ACTOR)
            assert not (tmp_path / "r").exists()


def test_a_truncated_or_lengthened_backup_is_found(small: tuple[Path, bytes], tmp_path: Path) -> None:
    path, data = small
    lengths = [*range(0, len(data), 1024), len(data) - 1, len(data) - 511]
    for length in lengths:
        path.write_bytes(data[:length])
        with pytest.raises(DamagedFileError):
            archive.unpack(path, lambda name: Path(os.devnull), lambda *_: None)
    for more in (b"\0", b"x", bytes(512), bytes(10240), data):
        path.write_bytes(data + more)
        with pytest.raises(DamagedFileError):
            archive.unpack(path, lambda name: Path(os.devnull), lambda *_: None)
    with pytest.raises(DamagedFileError):
        restore(path, tmp_path / "r", ACTOR)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar", "casebook", "n.txt"]


def test_any_tar_program_reads_a_backup(small: tuple[Path, bytes]) -> None:
    with tarfile.open(small[0]) as tar:
        names = tar.getnames()
        stream = tar.extractfile("SHA256SUMS")
        assert stream and stream.read().count(b"\n") == len(names) - 1
    assert names[0] == "casebook.toml" and names[-1] == "SHA256SUMS"


def repack(path: Path, change: Callable[[str, bytes], bytes | None], *more: tuple[str, bytes]) -> None:
    """Write a backup anew with right sums, as someone does who wants it to pass."""
    with tarfile.open(path) as tar:
        members = []
        for name in tar.getnames()[:-1]:
            stream = tar.extractfile(name)
            assert stream
            members.append((name, stream.read()))
    with path.open("wb") as raw:
        out = archive.ArchiveWriter(raw)
        for name, data in [*members, *more]:
            changed = change(name, data)
            if changed is not None:
                with out.spooled(name) as stream:
                    stream.buffer.write(changed)  # type: ignore[attr-defined]
        out.close()


CHANGES: dict[str, Callable[[str, bytes], bytes | None]] = {
    "a word of a row": lambda name, data: data.replace("Вестник".encode(), "Вестник!".encode()) if "source" in name else data,
    "a row twice": lambda name, data: data + data.splitlines(True)[-1] if "source" in name else data,
    "no rows": lambda name, data: data.splitlines(True)[0] if name.endswith("source.jsonl") else data,
    "a row of another entry": lambda name, data: data.replace(b"[1,2,", b"[1,3,") if "source" in name else data,
    "no entries": lambda name, data: data.splitlines(True)[0] if "ledger_entry" in name else data,
    "not JSON": lambda name, data: data + b"[" if "ledger_entry" in name else data,
    "not a list": lambda name, data: data + b"7\n" if "source" in name else data,
    "not UTF-8": lambda name, data: data + b"\xff\n" if "source" in name else data,
    "an empty table's file": lambda name, data: b"" if "judgement" in name else data,
    "no table": lambda name, data: None if "judgement" in name else data,
    "no settings": lambda name, data: None if name == "casebook.toml" else data,
    "another head": lambda name, data: data.replace(b'"number": 3', b'"number": 2') if name == "head.json" else data,
    "no head": lambda name, data: b"{}" if name == "head.json" else data,
    "other bytes of a capture": lambda name, data: b"y" * 700 if name.startswith("captures") else data,
    "no capture": lambda name, data: None if name.startswith("captures") else data,
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_backup_that_was_changed_with_its_sums_does_not_restore(
    small: tuple[Path, bytes], tmp_path: Path, store_url: str, change: str
) -> None:
    path, data = small
    repack(path, CHANGES[change])
    with pytest.raises((DamagedFileError, LedgerBrokenError)):
        restore(path, tmp_path / "r", ACTOR, store_url=store_url)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar", "casebook", "n.txt"]
    path.write_bytes(data)
    restore(path, tmp_path / "r", ACTOR, store_url=store_url)  # The database was left empty.


@pytest.mark.parametrize(
    "name", ["../evil", "/evil", "captures/../evil", "captures/short", "record/other.jsonl", "ledger/head.json"]
)
def test_a_name_that_no_backup_has_is_refused(small: tuple[Path, bytes], tmp_path: Path, name: str) -> None:
    path, _ = small
    repack(path, lambda _, data: data, (name, b"x"))
    with pytest.raises(DamagedFileError, match="which no backup has"):
        restore(path, tmp_path / "r", ACTOR)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.tar", "casebook", "n.txt"]


def test_a_restore_needs_a_new_folder_and_an_empty_database(filled: Casebook, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b.tar")
    with pytest.raises(RefusedError, match="exists and is not an empty folder"):
        restore(tmp_path / "b.tar", filled.root, ACTOR)
    if filled.settings.text("store.url") != "sqlite":
        with pytest.raises(RefusedError, match="holds a casebook already"):
            restore(tmp_path / "b.tar", tmp_path / "r", ACTOR)
    assert not (tmp_path / "r").exists() and find_problems(open_casebook(filled.root)) == []


def test_a_backup_is_never_overwritten_and_a_broken_casebook_gives_none(filled: Casebook, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_text("x")
    with pytest.raises(RefusedError, match="exists already"):
        back_up(filled, tmp_path / "b.tar")
    next(filled.objects.glob("*/*")).unlink()
    with pytest.raises(LedgerBrokenError, match="has lost its bytes"):
        back_up(filled, tmp_path / "c.tar")
    assert not list(tmp_path.glob("c.tar*"))


def test_a_restored_casebook_counts_its_restoration_as_an_entry(filled: Casebook, tmp_path: Path) -> None:
    head = back_up(filled, tmp_path / "b.tar").head
    restore(tmp_path / "b.tar", tmp_path / "r", ACTOR, store_url="sqlite")
    ((action, detail),) = Attacker(open_casebook(tmp_path / "r")).run(
        "SELECT action, detail FROM ledger_entry WHERE number = %s", parameters=[head.number + 1]
    )
    assert action == "restore" and json.loads(detail)["from_head"] == head.hash
    assert json.loads(detail)["sealed_again"] == 0
