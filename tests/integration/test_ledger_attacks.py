"""What the walk of ``ledger verify`` says of a casebook that was changed around the services."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, Attacker, find_problems, source_row, write_sources

from cenotaph.casebook.guarded import CAPTURE, GUARDED
from cenotaph.casebook.head import Head, HeadFile, read_head, write_head
from cenotaph.casebook.store import Casebook
from cenotaph.casebook.triggers import expected_triggers
from cenotaph.domain.errors import LedgerBrokenError, RefusedError
from cenotaph.services.captures import add_captures
from cenotaph.services.ledger import mend_triggers


@pytest.fixture
def filled(casebook: Casebook) -> Casebook:
    write_sources(casebook, 5, "a")
    write_sources(casebook, 3, "b")
    return casebook


@pytest.fixture
def attacker(filled: Casebook) -> Attacker:
    return Attacker(filled)


def only(problems: list[str], start: str) -> None:
    assert problems and problems[0].startswith(start), problems


def test_an_untouched_casebook_has_no_problem(filled: Casebook) -> None:
    assert find_problems(filled) == []


def test_more_rows_than_a_block_verify_and_a_change_in_the_last_block_is_named(filled: Casebook, attacker: Attacker) -> None:
    write_sources(filled, 2500, "c")
    assert find_problems(filled) == []
    attacker.unguarded("source", "UPDATE source SET name = 'x' WHERE \"row\" = 2300")
    only(find_problems(filled), "source row 2300: ")


def test_a_changed_byte_in_a_capture_is_named(filled: Casebook, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Погиб под Угледаром.", encoding="utf-8")
    (taken,) = add_captures(filled, ACTOR, [note])
    assert find_problems(filled) == []
    path = next(filled.objects.glob(f"*/{taken.capture}"))
    data = bytearray(path.read_bytes())
    data[7] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    assert find_problems(filled) == [f"capture {taken.capture}: is changed: its bytes are not the ones that were kept."]
    path.unlink()
    only(find_problems(filled), f"capture {taken.capture}: is missing")


def test_a_changed_row_is_named_though_its_triggers_stand_again(filled: Casebook, attacker: Attacker) -> None:
    attacker.unguarded("source", "UPDATE source SET name = 'Another' WHERE \"row\" = 3")
    problems = find_problems(filled)
    only(problems, "source row 3: ")
    assert len(problems) == 1


@pytest.mark.parametrize(
    "change",
    ["kind = 'official'", "url = ''", "language = NULL", "entry = 3", "salt = NULL", "row_hash = 'x'", "sealed = '{}'"],
)
def test_any_changed_column_is_named(filled: Casebook, attacker: Attacker, change: str) -> None:
    attacker.unguarded("source", f"UPDATE source SET {change} WHERE \"row\" = 2")
    only(find_problems(filled), "source row 2: ")


def test_a_swapped_pair_of_rows_breaks_its_block(filled: Casebook, attacker: Attacker) -> None:
    """Each row still has its own hash; only their order is another."""
    attacker.unguarded(
        "source",
        'UPDATE source SET "row" = -1 WHERE "row" = 2',
        'UPDATE source SET "row" = 2 WHERE "row" = 4',
        'UPDATE source SET "row" = 4 WHERE "row" = -1',
    )
    assert [problem.partition(":")[0] for problem in find_problems(filled)] == ["source rows 1 to 5"]


def test_a_swapped_pair_of_entries_is_named(filled: Casebook, attacker: Attacker) -> None:
    attacker.unguarded(
        "ledger_entry",
        "UPDATE ledger_entry SET number = -1 WHERE number = 2",
        "UPDATE ledger_entry SET number = 2 WHERE number = 3",
        "UPDATE ledger_entry SET number = 3 WHERE number = -1",
    )
    problems = find_problems(filled)
    assert any(problem.startswith("entry 2: does not follow") for problem in problems), problems


def test_a_removed_last_entry_is_named_by_the_head(filled: Casebook, attacker: Attacker) -> None:
    attacker.unguarded("source", "DELETE FROM source WHERE entry = 3")
    attacker.unguarded("ledger_block", "DELETE FROM ledger_block WHERE entry = 3")
    attacker.unguarded("ledger_entry", "DELETE FROM ledger_entry WHERE number = 3")
    problems = find_problems(filled)
    only(problems, "head: The ledger ends at entry 2, but its head outside the database is entry 3: 1 entry is missing")
    assert len(problems) == 1
    with pytest.raises(LedgerBrokenError), filled.writing(ACTOR, "goes on"):
        pass


def test_a_removed_entry_in_the_middle_is_named(filled: Casebook, attacker: Attacker) -> None:
    attacker.unguarded("ledger_entry", "DELETE FROM ledger_entry WHERE number = 2")
    only(find_problems(filled), "entry 2: is missing")


def test_a_row_written_around_the_services_is_named(filled: Casebook, attacker: Attacker) -> None:
    row = "9, 4, %s, %s, NULL, %s, 'outlet', 'Alien', NULL, NULL, NULL"
    columns = '"row", entry, salt, row_hash, sealed, id, kind, name, language, url, host'
    attacker.run(f"INSERT INTO source ({columns}) VALUES ({row})", parameters=[b"s" * 16, b"h" * 32, "alien"])
    assert find_problems(filled) == ["source row 9: (alien) is in no ledger entry: it was written around the services."]
    with pytest.raises(LedgerBrokenError):
        write_sources(filled, 1, "z")


def test_an_entry_written_around_the_services_is_named_by_the_head(filled: Casebook, attacker: Attacker) -> None:
    attacker.run(
        'INSERT INTO ledger_entry (number, previous, at, role, account, action, detail, "rows", blocks_hash, hash) '
        "SELECT 4, hash, at, role, account, action, '{}', 0, blocks_hash, hash FROM ledger_entry WHERE number = 3"
    )
    only(find_problems(filled), "head: The ledger ends at entry 4, but its head outside the database is entry 3")


def test_a_dropped_trigger_is_named_and_can_be_mended(filled: Casebook, attacker: Attacker) -> None:
    attacker.run("DROP TRIGGER guard_report_delete" + ("" if attacker.is_sqlite else " ON report"))
    only(find_problems(filled), "trigger guard_report_delete: is missing")
    assert mend_triggers(filled, ACTOR) == ["guard_report_delete"]
    assert find_problems(filled) == []
    assert mend_triggers(filled, ACTOR) == []


def test_a_trigger_of_the_same_name_that_does_nothing_is_named(filled: Casebook, attacker: Attacker) -> None:
    if attacker.is_sqlite:
        attacker.run(
            "DROP TRIGGER guard_report_delete",
            "CREATE TRIGGER guard_report_delete BEFORE DELETE ON report BEGIN SELECT 1; END",
        )
    else:
        attacker.run(
            "CREATE OR REPLACE FUNCTION guard_report_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$"
        )
    only(find_problems(filled), "trigger guard_report_delete: ")
    mend_triggers(filled, ACTOR)
    assert find_problems(filled) == []


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER guard_source_update ON source; CREATE TRIGGER guard_source_update BEFORE UPDATE ON source FOR EACH ROW "
        "WHEN (false) EXECUTE FUNCTION guard_source_update()",
        "DROP TRIGGER guard_source_update ON source; CREATE TRIGGER guard_source_update AFTER UPDATE ON source FOR EACH ROW "
        "EXECUTE FUNCTION guard_source_update()",
        "DROP TRIGGER guard_source_update ON source; CREATE TRIGGER guard_source_update BEFORE UPDATE OF host ON source "
        "FOR EACH ROW EXECUTE FUNCTION guard_source_update()",
        "ALTER FUNCTION guard_source_update() SET search_path = pg_temp",
        "ALTER TABLE source ENABLE TRIGGER guard_source_update",
        "ALTER TABLE source DISABLE TRIGGER guard_source_update",
    ],
)
def test_a_weakened_trigger_is_named_on_postgresql(postgres_casebook: Casebook, statement: str) -> None:
    write_sources(postgres_casebook, 5, "a")
    attacker = Attacker(postgres_casebook)
    attacker.run(*statement.split("; "))
    only(find_problems(postgres_casebook), "trigger guard_source_update: ")
    mend_triggers(postgres_casebook, ACTOR)
    assert find_problems(postgres_casebook) == []


def test_a_stranger_that_can_change_rows_is_named(filled: Casebook, attacker: Attacker) -> None:
    if attacker.is_sqlite:
        attacker.run("CREATE TRIGGER zz AFTER INSERT ON source BEGIN SELECT 1; END")
        expected = ["trigger zz on source"]
    else:
        attacker.run(
            "CREATE FUNCTION zz() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := 'x'; RETURN NEW; END $$",
            "CREATE TRIGGER zz BEFORE INSERT ON source FOR EACH ROW EXECUTE FUNCTION zz()",
            "CREATE RULE swallow AS ON INSERT TO seal DO INSTEAD NOTHING",
            "CREATE TABLE more () INHERITS (report)",
            "ALTER TABLE judgement ENABLE ROW LEVEL SECURITY",
        )
        expected = [
            "child table more on report",
            "row security judgement on judgement",
            "rule swallow on seal",
            "trigger zz on source",
        ]
    assert [problem.partition(":")[0] for problem in find_problems(filled)] == expected


def test_a_table_that_is_gone_is_a_problem_and_no_crash(filled: Casebook, attacker: Attacker) -> None:
    attacker.run("DROP TABLE judgement")
    problems = find_problems(filled)
    assert any("judgement, which is no table" in problem for problem in problems), problems
    assert any(problem.startswith("table judgement: cannot be read") for problem in problems), problems


@pytest.mark.parametrize("entry", [2, 77, 0])
def test_an_extra_block_is_named(filled: Casebook, attacker: Attacker, entry: int) -> None:
    attacker.unguarded(
        "ledger_block",
        "INSERT INTO ledger_block (number, entry, table_name, first, \"rows\", hash) "
        f"SELECT 900, {entry}, table_name, first, \"rows\", hash FROM ledger_block WHERE number = 1",
    )
    expected = "entry 2: does not match its blocks" if entry == 2 else f"blocks of entry {entry}: belong to no entry"
    assert any(problem.startswith(expected) for problem in find_problems(filled)), find_problems(filled)


def test_a_count_of_rows_that_lies_is_named(filled: Casebook, attacker: Attacker) -> None:
    attacker.unguarded("ledger_block", 'UPDATE ledger_block SET "rows" = 4 WHERE number = 1')
    only(find_problems(filled), "entry 2: does not match its blocks")


@pytest.mark.parametrize("change", ["account = 'someone else'", "at = '2020'", "detail = '{}'", "action = 'x'", '"rows" = 1'])
def test_a_changed_entry_is_named(filled: Casebook, attacker: Attacker, change: str) -> None:
    attacker.unguarded("ledger_entry", f"UPDATE ledger_entry SET {change} WHERE number = 2")
    only(find_problems(filled), "entry 2: was changed")


def test_a_missing_or_unreadable_head_file_is_named(filled: Casebook) -> None:
    text = filled.head_file.read_text()
    filled.head_file.write_text(text[:20])
    only(find_problems(filled), "head: The ledger's head file head.json cannot be read")
    filled.head_file.unlink()
    only(find_problems(filled), "head: The ledger's head file head.json is missing")
    with pytest.raises(LedgerBrokenError):
        write_sources(filled, 1, "z")


def test_a_head_file_that_is_older_than_the_database_is_named(filled: Casebook) -> None:
    old = filled.head_file.read_text()
    write_sources(filled, 1, "c")
    filled.head_file.write_text(old)
    only(find_problems(filled), "head: The ledger ends at entry 4, but its head outside the database is entry 3")


def test_who_owns_both_files_can_shorten_the_ledger_unseen(filled: Casebook, attacker: Attacker) -> None:
    """What the documentation says only an outside stamp shows."""
    attacker.unguarded("source", "DELETE FROM source WHERE entry = 3")
    attacker.unguarded("ledger_block", "DELETE FROM ledger_block WHERE entry = 3")
    attacker.unguarded("ledger_entry", "DELETE FROM ledger_entry WHERE number = 3")
    ((number, entry_hash),) = attacker.run("SELECT number, hash FROM ledger_entry WHERE number = 2")
    write_head(filled.head_file, HeadFile(Head(number, entry_hash)))
    assert find_problems(filled) == []


def test_a_head_that_stays_next_is_settled_by_the_next_writer(filled: Casebook) -> None:
    head = filled.settled_head()
    write_head(filled.head_file, HeadFile(head, Head(head.number + 1, "f" * 64)))
    assert find_problems(filled) == []
    write_sources(filled, 1, "c")
    assert read_head(filled.head_file) == HeadFile(filled.settled_head())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE source SET name = 'x'",
        "DELETE FROM source",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_block SET first = 1",
        "UPDATE ledger_entry SET detail = '{}'",
        "INSERT INTO source SELECT * FROM source WHERE \"row\" = 1",
    ],
)
def test_triggers_refuse_every_other_change(attacker: Attacker, statement: str) -> None:
    with pytest.raises(Exception, match="append-only"):
        attacker.run(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO source SELECT \"row\", 4, salt, row_hash, sealed, id, kind, 'x', language, url, host "
        'FROM source WHERE "row" = 1',
        "INSERT OR REPLACE INTO source SELECT 99, 4, salt, row_hash, sealed, id, kind, 'x', language, url, host "
        'FROM source WHERE "row" = 1',
        'INSERT OR REPLACE INTO ledger_block SELECT number, 4, table_name, first, "rows", hash FROM ledger_block',
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry",
        "UPDATE OR REPLACE source SET id = 'x'",
    ],
)
def test_replacing_is_refused_on_sqlite(sqlite_casebook: Casebook, statement: str) -> None:
    write_sources(sqlite_casebook, 5, "a")
    attacker = Attacker(sqlite_casebook)
    columns = [name for _, name, *_ in attacker.run("PRAGMA table_info(source)")]
    statement = statement.replace("INTO source SELECT", "INTO source (\"row\", entry, salt, row_hash, sealed, id, kind, name, "
                                  "language, url, host) SELECT")
    assert {"row", "entry", "host"} <= set(columns)
    with pytest.raises(Exception, match="append-only"):
        attacker.run(statement)


@pytest.mark.postgres
@pytest.mark.parametrize("table", [*(table.name for table in GUARDED), "ledger_entry", "ledger_block"])
def test_truncating_is_refused_on_postgresql(postgres_casebook: Casebook, table: str) -> None:
    write_sources(postgres_casebook, 5, "a")
    attacker = Attacker(postgres_casebook)
    with pytest.raises(Exception, match="append-only"):
        attacker.run(f'TRUNCATE "{table}"')


@pytest.mark.postgres
def test_a_session_that_says_it_is_a_replica_is_refused_too(postgres_casebook: Casebook) -> None:
    write_sources(postgres_casebook, 5, "a")
    attacker = Attacker(postgres_casebook)
    with pytest.raises(Exception, match="append-only"):
        attacker.run("SET session_replication_role = replica", "DELETE FROM source")


def test_the_refusal_is_an_error_of_this_project_inside_a_writing(filled: Casebook) -> None:
    from django.db import connection

    with pytest.raises(RefusedError, match="append-only"), filled.writing(ACTOR, "x"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM source")
    assert find_problems(filled) == []


def test_a_damaged_sqlite_file_is_a_problem_and_no_crash(sqlite_casebook: Casebook) -> None:
    write_sources(sqlite_casebook, 5, "a")
    from django.db import connections

    write_sources(sqlite_casebook, 400, "c")
    connections.close_all()
    file = sqlite_casebook.root / "record.sqlite3"
    data = bytearray(file.read_bytes())
    assert not (sqlite_casebook.root / "record.sqlite3-wal").exists()
    at = data.find("Вестник c 399".encode())
    data[at] ^= 0xFF  # No longer UTF-8.
    file.write_bytes(data)
    problems = find_problems(sqlite_casebook)
    assert problems and "table source: cannot be read on from here" in problems[-1], problems
    data[100:8192] = os.urandom(8092)
    file.write_bytes(data)
    connections.close_all()
    assert find_problems(sqlite_casebook)


def test_a_changed_byte_in_an_index_is_found_too(sqlite_casebook: Casebook) -> None:
    """The walk reads rows by their numbers; a wrong index would make everything else find the wrong ones."""
    from django.db import connections

    write_sources(sqlite_casebook, 5, "a")
    connections.close_all()
    file = sqlite_casebook.root / "record.sqlite3"
    whole = file.read_bytes()
    needle = source_row("a", 3)[0].encode()
    places = [match.start() for match in re.finditer(needle, whole)]
    found = []
    for place in places:
        changed = bytearray(whole)
        changed[place + 5] ^= 1
        file.write_bytes(changed)
        connections.close_all()
        found.append(find_problems(sqlite_casebook)[0].partition(":")[0])
    assert sorted(set(found)) == ["the database's file"] and len(places) >= 2


def test_every_table_has_its_triggers(filled: Casebook, attacker: Attacker) -> None:
    vendor = "sqlite" if attacker.is_sqlite else "postgresql"
    events = {"INSERT", "UPDATE", "DELETE"} | (set() if attacker.is_sqlite else {"TRUNCATE"})
    tables = {table.name for table in GUARDED} | {"ledger_entry", "ledger_block"}
    assert {t.name for t in expected_triggers(vendor)} == {f"guard_{t}_{e.lower()}" for t in tables for e in events}


def test_each_entry_says_under_which_settings_it_was_made(filled: Casebook, attacker: Attacker) -> None:
    details = [json.loads(text) for (text,) in attacker.run("SELECT detail FROM ledger_entry ORDER BY number")]
    assert details[0]["settings_now"]["casebook.title"] == "Untitled casebook"
    assert {detail["settings"] for detail in details} == {filled.settings.name()}
    assert all("settings_now" not in detail for detail in details[1:])
    filled.settings.values["limits.rows"] = 7
    write_sources(filled, 1, "c")
    ((text,),) = attacker.run("SELECT detail FROM ledger_entry WHERE number = 4")
    assert json.loads(text)["settings_now"]["limits.rows"] == 7
    assert json.loads(text)["settings"] == filled.settings.name() != details[0]["settings"]


def test_a_capture_row_without_content_is_not_taken_for_sealed(filled: Casebook, attacker: Attacker) -> None:
    with filled.writing(ACTOR, "x") as entry:
        entry.add(CAPTURE, [("0" * 64, 3, "text/plain")])
    attacker.unguarded("capture", "UPDATE capture SET size = NULL, media_type = NULL, salt = NULL, sealed = '{}'")
    only(find_problems(filled), "capture row 1: has lost its salt, and no seal entry says so")
