"""Sealing: what is sealed is nowhere any more, what is left still verifies, and only a seal's entry can do it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, Attacker, find_bytes, find_problems, report_cells, write_sources

from cenotaph.casebook import tombstones
from cenotaph.casebook.guarded import REPORT, SEAL
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import NotFoundError, RefusedError, StoreError, UsageError
from cenotaph.services.captures import add_captures
from cenotaph.services.seals import Sealed, finish_seals, seal

WORDS = "Погиб Иванов-Тайный под Угледаром."


def add_note(casebook: Casebook, folder: Path, text: str = WORDS, name: str = "Тайный-файл.txt") -> tuple[str, str]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (taken,) = add_captures(casebook, ACTOR, [path], source="Вестник", source_kind="outlet")
    assert taken.document and taken.capture
    return taken.capture, taken.document


def add_reports(casebook: Casebook) -> list[str]:
    rows = [
        report_cells(
            number,
            row_key=f"key{number}",
            name=f"Skrytov{number}",
            nationality="TJ",
            nationality_stated=f"tajikSTATED{number}",
            birth_from=f"19{number:02}-01-01",
            birth_before=f"19{number:02}-01-02",
            other={
                "names": [{"text": f"Skrytov{number}"}],
                "dates": {"birth": {"stated": f"bornSTATED{number}"}, "burial": {"stated": f"buriedSTATED{number}"}},
                "notes": {"remark": f"noteSTATED{number}"},
            },
        )
        for number in range(30)
    ]
    with casebook.writing(ACTOR, "reports") as entry:
        entry.add(REPORT, rows)
    return [str(row[0]) for row in rows]


def read_report(casebook: Casebook, identifier: str) -> dict[str, object]:
    columns = ("salt", "sealed", *REPORT.committed)
    (row,) = Attacker(casebook).run(
        f"SELECT {', '.join(f'{chr(34)}{name}{chr(34)}' for name in columns)} FROM report WHERE id = %s", parameters=[identifier]
    )
    return dict(zip(columns, row, strict=True))


def test_a_sealed_capture_takes_its_bytes_text_and_origin_with_it(casebook: Casebook, tmp_path: Path) -> None:
    capture, document = add_note(casebook, tmp_path)
    keep, _ = add_note(casebook, tmp_path, "Другая заметка.", "other.txt")
    assert find_bytes(casebook, "Иванов-Тайный")
    done = seal(casebook, ACTOR, "capture", capture[:10], "family_request")
    assert {(table, value) for table, _, value in done.rows} == {("capture", None), ("document", None), ("sighting", None)}
    assert find_bytes(casebook, "Иванов-Тайный", "Тайный-файл") == []
    attacker = Attacker(casebook)
    assert attacker.run("SELECT size, media_type, salt FROM capture WHERE id = %s", parameters=[capture]) == [(None, None, None)]
    assert attacker.run("SELECT text, language, salt FROM document WHERE id = %s", parameters=[document]) == [(None, None, None)]
    assert attacker.run("SELECT COUNT(*) FROM capture WHERE id = %s AND size IS NOT NULL", parameters=[keep]) == [(1,)]
    assert find_problems(casebook) == []


def test_a_tombstone_says_when_the_class_of_reason_and_the_role_and_no_more(casebook: Casebook, tmp_path: Path) -> None:
    capture, _ = add_note(casebook, tmp_path)
    done = seal(casebook, ACTOR, "capture", capture, "court_order")
    columns = ", ".join(SEAL.committed[1:])
    (row, *_) = Attacker(casebook).run(f'SELECT {columns} FROM seal ORDER BY "row"')
    assert row[:5] == ("capture", 1, capture, None, "court_order")
    assert row[5].startswith("2026-01-02T") and row[6:] == ("recorder", None)
    lines = [json.loads(line) for line in casebook.seals_file.read_text().splitlines()]
    assert [line["target_table"] for line in lines] == ["capture", "document", "sighting"]
    assert set(lines[0]) == {"target_table", "target", "field", "reason_class", "sealed_at", "role"}
    assert done.entry == casebook.settled_head().number


def test_a_sealed_report_is_empty_but_for_what_it_is_known_by(casebook: Casebook) -> None:
    ids = add_reports(casebook)
    done = seal(casebook, ACTOR, "report", ids[7], "law")
    row = read_report(casebook, ids[7])
    assert {name for name, cell in row.items() if cell is not None} == {"sealed", "id", "row_key"}
    assert find_bytes(casebook, "Skrytov7", "STATED7", "1907-01-01") == []
    assert done.rows == (("report", ids[7], None),)
    assert find_problems(casebook) == []


@pytest.mark.parametrize(
    ("value", "gone", "left"),
    [
        ("name", ["Skrytov7"], ["STATED7", "1907-01-01"]),
        ("birth", ["bornSTATED7", "1907-01-01", "1907-01-02"], ["buriedSTATED7", "Skrytov7"]),
        ("burial", ["buriedSTATED7"], ["bornSTATED7", "1907-01-01"]),
        ("nationality", ["tajikSTATED7"], ["Skrytov7"]),
        ("other.notes", ["noteSTATED7"], ["Skrytov7", "bornSTATED7"]),
        ("other.notes.remark", ["noteSTATED7"], ["Skrytov7"]),
    ],
)
def test_a_sealed_value_goes_with_all_its_fields_and_the_hash_of_its_row(
    casebook: Casebook, value: str, gone: list[str], left: list[str]
) -> None:
    ids = add_reports(casebook)
    content = str(read_report(casebook, ids[7])["content"])
    done = seal(casebook, ACTOR, "report", ids[7], "safety", value)
    assert done.rows == (("report", ids[7], value),)
    row = read_report(casebook, ids[7])
    text = json.dumps({name: cell for name, cell in row.items() if name not in ("sealed", "salt")}, ensure_ascii=False)
    assert not [word for word in [*gone, content] if word in text]
    assert [word for word in left if word in text] == left
    assert row["salt"] is None
    assert find_bytes(casebook, content, *gone) == []
    assert find_problems(casebook) == []


def test_values_are_sealed_one_after_the_other_and_then_the_whole(casebook: Casebook) -> None:
    ids = add_reports(casebook)
    for value in ("name", "birth", "other.notes", None):
        assert seal(casebook, ACTOR, "report", ids[3], "minor", value).rows
        assert find_problems(casebook) == []
    again = seal(casebook, ACTOR, "report", ids[3], "minor", "name")
    assert again.rows == () and seal(casebook, ACTOR, "report", ids[3], "minor").rows == ()
    assert find_problems(casebook) == []


def test_what_is_not_there_or_is_kept_cannot_be_sealed(casebook: Casebook, tmp_path: Path) -> None:
    ids = add_reports(casebook)
    head = casebook.settled_head()
    for value in ("rank", "row_key", "content", "birth_from", "other", "other.names", ""):
        with pytest.raises(RefusedError, match="has no value"):
            seal(casebook, ACTOR, "report", ids[0], "law", value)
    with pytest.raises(NotFoundError):
        seal(casebook, ACTOR, "report", "f" * 32, "law")
    with pytest.raises(NotFoundError):
        seal(casebook, ACTOR, "report", ids[0][:3], "law")
    for kind, reason, value in (("sighting", "law", None), ("report", "because", None), ("capture", "law", "size")):
        with pytest.raises(UsageError):
            seal(casebook, ACTOR, kind, ids[0], reason, value)
    assert casebook.settled_head() == head and find_problems(casebook) == []


def test_the_seal_says_where_the_words_still_stand(casebook: Casebook, tmp_path: Path) -> None:
    capture, document = add_note(casebook, tmp_path)
    cells = dict(zip(REPORT.committed, report_cells(1, name="Иванов-Тайный"), strict=True)) | {"document": document}
    with casebook.writing(ACTOR, "report") as entry:
        entry.add(REPORT, [tuple(cells[name] for name in REPORT.committed)])
    standing = ("1 report read from it", f"capture {capture}")
    assert seal(casebook, ACTOR, "document", document, "law").still_stands == standing
    assert seal(casebook, ACTOR, "report", str(cells["id"]), "law", "name").still_stands == (f"capture {capture}",)
    assert seal(casebook, ACTOR, "capture", capture, "law").still_stands == ("1 report read from it",)
    assert seal(casebook, ACTOR, "report", str(cells["id"]), "law").still_stands == ()


def test_bytes_under_seal_are_not_taken_in_again(casebook: Casebook, tmp_path: Path) -> None:
    capture, _ = add_note(casebook, tmp_path)
    seal(casebook, ACTOR, "capture", capture, "law")
    (taken,) = add_captures(casebook, ACTOR, [tmp_path / "Тайный-файл.txt"])
    assert taken.state == "sealed"
    assert find_bytes(casebook, "Иванов-Тайный") == []
    assert find_problems(casebook) == []


def seal_by_hand(casebook: Casebook, changes: str, *, with_seal: bool = True) -> None:
    """Try a change of the first report while a seal's entry is open."""
    from django.db import connection

    with casebook.writing(ACTOR, "seal") as entry:
        if with_seal:
            entry.add(SEAL, [("s1", "report", 1, "x", None, "law", entry.instant, "recorder", None)])
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE report SET {changes} WHERE "row" = 1')


def test_the_trigger_lets_a_row_be_emptied_only_where_the_seals_entry_exists(casebook: Casebook) -> None:
    add_reports(casebook)
    emptied = "salt = NULL, sealed = '{}', name = NULL"
    with pytest.raises(RefusedError, match="append-only"):
        seal_by_hand(casebook, emptied, with_seal=False)
    for more in (
        "salt = NULL, sealed = NULL",
        "sealed = '{}'",
        f"{emptied}, id = 'x'",
        f"{emptied}, row_key = NULL",
        f"{emptied}, rank = 'x'",
    ):
        with pytest.raises(RefusedError, match="append-only"):
            seal_by_hand(casebook, more)
    assert find_problems(casebook) == []
    seal_by_hand(casebook, emptied)  # The trigger lets it pass; the walk does not.
    assert find_problems(casebook)[0].startswith("report row 1: does not name the seal")


@pytest.fixture
def sealed(casebook: Casebook) -> tuple[Casebook, Attacker, dict[str, object]]:
    ids = add_reports(casebook)
    before = read_report(casebook, ids[0])
    seal(casebook, ACTOR, "report", ids[0], "law", "name")
    seal(casebook, ACTOR, "report", ids[1], "law")
    assert find_problems(casebook) == []
    return casebook, Attacker(casebook), before


def test_a_salt_or_a_value_that_came_back_is_named(sealed: tuple[Casebook, Attacker, dict[str, object]]) -> None:
    casebook, attacker, before = sealed
    attacker.unguarded("report", 'UPDATE report SET name = %s WHERE "row" = 1', parameters=[before["name"]])
    assert find_problems(casebook) == ["report row 1: is sealed, but its name is still there."]
    attacker.unguarded("report", "UPDATE report SET salt = %s, sealed = NULL WHERE \"row\" = 1", parameters=[before["salt"]])
    assert find_problems(casebook)[0].startswith("report row 1: was sealed by entry 3, but its salt is back")
    attacker.unguarded("report", "UPDATE report SET name = 'x' WHERE \"row\" = 2")
    assert "report row 2: is sealed, but its name is still there." in find_problems(casebook)


def test_a_value_that_goes_missing_beside_a_sealed_one_is_named(sealed: tuple[Casebook, Attacker, dict[str, object]]) -> None:
    """Who owns the database can move a field to those that the seal destroyed; no tombstone names it."""
    casebook, attacker, _ = sealed
    ((text,),) = attacker.run('SELECT sealed FROM report WHERE "row" = 1')
    mark = json.loads(text)
    from cenotaph.casebook.commitment import commit_field

    mark["fields"]["nationality"] = commit_field(bytes.fromhex(mark["salts"].pop("nationality")), "sTJ").hex()
    change = 'UPDATE report SET nationality = NULL, sealed = %s WHERE "row" = 1'
    attacker.unguarded("report", change, parameters=[json.dumps(mark)])
    assert find_problems(casebook) == ["report row 1: has lost its nationality, and no seal entry says so."]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("nationality = 'UZ'", "row 1: was changed after it was sealed."),
        ("rank = 'general'", "row 1: has a rank that was not there when the row was sealed."),
        ("sealed = 'not json'", "row 1: was changed: what a seal left of it is not what seals write."),
        ("sealed = '[]'", "row 1: was changed: what a seal left of it is not what seals write."),
    ],
)
def test_what_a_seal_left_of_a_row_still_verifies(
    sealed: tuple[Casebook, Attacker, dict[str, object]], change: str, message: str
) -> None:
    casebook, attacker, _ = sealed
    attacker.unguarded("report", f'UPDATE report SET {change} WHERE "row" = 1')
    assert find_problems(casebook) == [f"report {message}"]


def test_what_a_row_sealed_whole_is_known_by_still_verifies(sealed: tuple[Casebook, Attacker, dict[str, object]]) -> None:
    casebook, attacker, _ = sealed
    attacker.unguarded("report", "UPDATE report SET row_key = 'another' WHERE \"row\" = 2")
    assert find_problems(casebook) == ["report row 2: was changed after it was sealed."]


def test_a_forged_tombstone_is_named(sealed: tuple[Casebook, Attacker, dict[str, object]]) -> None:
    casebook, attacker, _ = sealed
    names = ", ".join(f'"{name}"' for name in ("row", "entry", "salt", "row_hash", "sealed", *SEAL.committed))
    attacker.unguarded(
        "seal",
        f"INSERT INTO seal ({names}) SELECT 3, 3, salt, row_hash, NULL, 'forged', 'report', 3, target, NULL, reason_class, "
        'sealed_at, role, NULL FROM seal WHERE "row" = 1',
    )
    attacker.unguarded("report", "UPDATE report SET salt = NULL, name = NULL, sealed = '{}' WHERE \"row\" = 3")
    problems = find_problems(casebook)
    assert any(p.startswith("seal row 3: (forged) is in no ledger entry") for p in problems), problems
    assert any(p.startswith("report row 3: does not name the seal") for p in problems), problems


def test_an_interrupted_seal_is_finished_by_the_next_writer(
    casebook: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture, _ = add_note(casebook, tmp_path)

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("cenotaph.services.seals.destroy_object", fail)
        with pytest.raises(StoreError, match="was written, but what follows it was not finished"):
            seal(casebook, ACTOR, "capture", capture, "law")
    assert tombstones.is_pending(casebook)
    assert find_problems(casebook) == [
        f"capture {capture}: is sealed, but bytes lie under its hash: the seal was interrupted, or they were put back. "
        "Seal it again."
    ]
    write_sources(casebook, 1, "next")
    assert find_problems(casebook) == [] and find_bytes(casebook, "Иванов-Тайный") == []
    assert not tombstones.is_pending(casebook)


def test_bytes_that_were_put_back_go_when_they_are_sealed_again(casebook: Casebook, tmp_path: Path) -> None:
    capture, _ = add_note(casebook, tmp_path)
    seal(casebook, ACTOR, "capture", capture, "law")
    path = casebook.objects / capture[:2] / capture
    path.write_bytes(WORDS.encode())
    assert find_problems(casebook)[0].startswith(f"capture {capture}: is sealed, but bytes lie under its hash")
    assert seal(casebook, ACTOR, "capture", capture, "law").rows == ()
    assert not path.exists() and find_problems(casebook) == []


def test_a_reader_that_holds_the_old_pages_is_waited_out(sqlite_casebook: Casebook) -> None:
    import sqlite3

    sqlite_casebook.settings.values["store.busy_seconds"] = 0
    ids = add_reports(sqlite_casebook)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    reader = sqlite3.connect(sqlite_casebook.root / "record.sqlite3")
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM report").fetchone()
    with pytest.raises(StoreError, match="Someone reads the casebook"):
        seal(sqlite_casebook, ACTOR, "report", ids[0], "law")
    assert tombstones.is_pending(sqlite_casebook)
    finish_seals(sqlite_casebook)
    assert tombstones.is_pending(sqlite_casebook)
    reader.close()
    finish_seals(sqlite_casebook)
    assert not tombstones.is_pending(sqlite_casebook)
    assert find_bytes(sqlite_casebook, "Skrytov0") == []


def test_derived_tables_go_with_a_seal(casebook: Casebook) -> None:
    ids = add_reports(casebook)
    (casebook.derived / "1-x").mkdir(parents=True)
    (casebook.derived / "1-x" / "reports.parquet").write_text("Skrytov0")
    seal(casebook, ACTOR, "report", ids[0], "law")
    assert find_bytes(casebook, "Skrytov0") == []


@pytest.mark.postgres
def test_neither_the_tables_files_nor_the_statistics_keep_what_was_sealed(
    postgres_casebook: Casebook, postgres_server: object
) -> None:
    ids = add_reports(postgres_casebook)
    attacker = Attacker(postgres_casebook)
    attacker.run("ANALYZE report")
    assert attacker.run("SELECT COUNT(*) FROM pg_stats WHERE histogram_bounds::text LIKE '%%Skrytov7%%'") != [(0,)]
    files = list_files(attacker, "report") + list_files(attacker, "pg_statistic")
    seal(postgres_casebook, ACTOR, "report", ids[7], "law")
    attacker_files = list_files(attacker, "report") + list_files(attacker, "pg_statistic")
    assert not set(files) & set(attacker_files)
    import psycopg

    with psycopg.connect(attacker.url, autocommit=True) as client:
        client.execute("CHECKPOINT")
    folder = Path(postgres_server.folder) / "data"  # type: ignore[attr-defined]
    read = b"".join((folder / name).read_bytes() for name in attacker_files if (folder / name).exists())
    assert b"Skrytov8" in read and b"Skrytov7" not in read and b"bornSTATED7" not in read
    assert attacker.run("SELECT COUNT(*) FROM pg_stats WHERE histogram_bounds::text LIKE '%%Skrytov7%%'") == [(0,)]


def list_files(attacker: Attacker, table: str) -> list[str]:
    ((own, toast),) = attacker.run(
        "SELECT pg_relation_filepath(oid), CASE WHEN reltoastrelid <> 0 THEN pg_relation_filepath(reltoastrelid) END "
        f"FROM pg_class WHERE oid = '{table}'::regclass"
    )
    return [name for name in (own, toast) if name]


def test_what_seal_returns_is_what_it_did(casebook: Casebook) -> None:
    ids = add_reports(casebook)
    assert seal(casebook, ACTOR, "report", ids[0], "law") == Sealed(3, (("report", ids[0], None),), ())
