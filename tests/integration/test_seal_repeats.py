"""What repeats a sealed record goes with it or can be sealed, and an import brings none of it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.casebooks import ACTOR, Attacker, find_bytes, find_problems
from tests.tables import HEAD, column, make_mapping

from cenotaph.casebook import bulk
from cenotaph.casebook.store import Casebook
from cenotaph.count.selection import Selection
from cenotaph.domain.canonical import canonical_json
from cenotaph.domain.errors import RefusedError, UsageError
from cenotaph.extract.lists import Mapping
from cenotaph.services import counting, import_text, reports
from cenotaph.services.backups import back_up, restore
from cenotaph.services.captures import add_captures
from cenotaph.services.imports import Import, import_list
from cenotaph.services.judgements import Draft, add_judgement, list_judgements
from cenotaph.services.opening import open_casebook
from cenotaph.services.report_entry import add_reports
from cenotaph.services.reports import report_text, show_report
from cenotaph.services.seals import seal

COLUMNS = (
    '[constants]\nfate = "dead"\n'
    + column("uid", "id")
    + column("name", "name")
    + column("age", "age")
    + column("type", "path", "[column.words]", '"зк" = "prison"')
    + column("source", "cites")
)
OWN, SHARED = "https://one.example/skrytov", "https://both.example/list"


def mapping_of(release: str = "1", day: str = "2025-11", columns: str = COLUMNS, complete: bool = True) -> Mapping:
    head = HEAD.replace('release = "1"', f'release = "{release}"').replace("2025-11", day)
    return make_mapping(columns, '"uid"', head.replace("complete = true", f"complete = {str(complete).lower()}"))


def take(casebook: Casebook, folder: Path, mapping: Mapping, *rows: str) -> Import:
    path = folder / f"list-{mapping.release}.csv"
    path.write_text("\n".join(["uid,name,age,type,source", *rows, ""]), encoding="utf-8")
    return import_list(casebook, ACTOR, path, mapping, confirmed=True)


ROWS = (
    f"1,Скрытов Первый,стоwords,тайноеслово,{OWN}",
    f"2,Открытов Второй,33,зк,{SHARED}",
    f"3,Открытов Третий,34,зк,{SHARED}",
)


@pytest.fixture
def ids(casebook: Casebook, tmp_path: Path) -> list[str]:
    take(casebook, tmp_path, mapping_of(), *ROWS)
    return [row[0] for row in bulk.fetch_rows('SELECT id FROM report ORDER BY "row"')]


def count_evidence(casebook: Casebook) -> tuple[int, ...]:
    return counting.count(casebook, Selection("dead"), ["dead"]).tables[0].total.evidence


def test_the_record_keeps_counts_of_what_an_import_met_and_no_words(casebook: Casebook, ids: list[str]) -> None:
    ((text,),) = bulk.fetch_rows("SELECT summary FROM reading")
    assert "тайноеслово" not in text and "стоwords" not in text
    kept = json.loads(text)
    assert kept["unmapped_words"] == {"type": 1} and kept["unreadable_by_column"] == {"age": 1}
    assert (kept["rows"], kept["unreadable_values"]) == (3, 1)


def test_a_report_and_its_capture_under_seal_leave_no_word_of_it(
    casebook: Casebook, ids: list[str], tmp_path: Path
) -> None:
    add_judgement(casebook, ACTOR, Draft("examined", "yes", ids[0], "Вдова Скрытова сказала"))
    done = seal(casebook, ACTOR, "report", ids[0], "family_request")
    assert [(table, value) for table, _, value in done.rows] == [
        ("report", None),
        ("judgement", "reason"),
        ("source", None),
    ]
    ((capture,),) = bulk.fetch_rows("SELECT id FROM capture")
    assert done.still_stands == (f"capture {capture}",)
    assert seal(casebook, ACTOR, "capture", capture, "family_request").still_stands == ("2 reports read from it",)
    words = ("Скрытов", "тайноеслово", "стоwords", "one.example", "Вдова")
    assert find_bytes(casebook, *words) == []
    for table in ("source", "reading", "judgement", "report"):
        rows = Attacker(casebook).run(f"SELECT * FROM {table}")
        assert not [word for word in words for row in rows if word in str(row)]
    assert Attacker(casebook).run("SELECT url FROM source WHERE url IS NOT NULL") == [(SHARED,)]
    (line,) = list_judgements(ids[0])
    assert (line.answer, line.reason) == ("yes", None)
    assert find_problems(casebook) == []


def test_sealed_citations_take_the_source_with_them_that_nothing_else_cites(casebook: Casebook, ids: list[str]) -> None:
    before = count_evidence(casebook)
    done = seal(casebook, ACTOR, "report", ids[0], "safety", "cites")
    assert [(table, value) for table, _, value in done.rows] == [("report", "cites"), ("source", None)]
    shared = seal(casebook, ACTOR, "report", ids[1], "safety", "cites")
    assert [table for table, _, _ in shared.rows] == ["report"]
    (source,) = [words.split()[1].rstrip(",") for words in shared.still_stands if words.startswith("source ")]
    assert shared.still_stands[-1] == f"source {source}, which 1 other report cites"
    assert find_bytes(casebook, "both.example") and count_evidence(casebook) == before
    assert [t for t, _, _ in seal(casebook, ACTOR, "source", source[:12], "safety").rows] == ["source"]
    assert Attacker(casebook).run("SELECT url FROM source WHERE url IS NOT NULL") == []
    assert count_evidence(casebook) == before == (0, 3, 0)
    text = "\n".join(report_text(show_report(casebook, ids[2])))
    assert f"cites source {source}, under seal" in text
    assert find_problems(casebook) == []


def test_only_cited_sources_and_no_answers_can_be_sealed(casebook: Casebook, ids: list[str]) -> None:
    ((speaker,),) = bulk.fetch_rows("SELECT id FROM source WHERE kind = 'outlet'")
    with pytest.raises(RefusedError, match="speaks in what is kept"):
        seal(casebook, ACTOR, "source", speaker, "law")
    (made,) = add_judgement(casebook, ACTOR, Draft("examined", "yes", ids[1], "a reason")).ids
    with pytest.raises(UsageError, match="counts rest on it"):
        seal(casebook, ACTOR, "judgement", made, "law", "answer")
    assert seal(casebook, ACTOR, "judgement", made, "law").rows == (("judgement", made, "reason"),)
    assert seal(casebook, ACTOR, "judgement", made, "law", "account").rows == (("judgement", made, "account"),)
    assert find_problems(casebook) == [] and count_evidence(casebook) == (1, 2, 0)


def test_a_sealed_reason_does_not_come_back_with_the_same_judgement(casebook: Casebook, ids: list[str]) -> None:
    draft = Draft("examined", "yes", ids[1], "a reason that must go")
    (made,) = add_judgement(casebook, ACTOR, draft).ids
    seal(casebook, ACTOR, "judgement", made, "law")
    assert add_judgement(casebook, ACTOR, draft).already == 1
    assert find_bytes(casebook, "a reason that must go") == []


def test_a_sealed_value_names_the_judgements_that_may_hold_it(casebook: Casebook, ids: list[str]) -> None:
    (made,) = add_judgement(casebook, ACTOR, Draft("examined", "yes", ids[0], "Скрытов, I say")).ids
    done = seal(casebook, ACTOR, "report", ids[0], "law", "name")
    assert done.still_stands[-1] == f"judgement {made}, whose reason is words of its own"
    seal(casebook, ACTOR, "judgement", made, "law")
    assert not [words for words in seal(casebook, ACTOR, "report", ids[0], "law", "age").still_stands if "judge" in words]


def test_a_reading_whose_mapping_is_sealed_still_counts_and_shows(casebook: Casebook, ids: list[str]) -> None:
    ((reading,),) = bulk.fetch_rows("SELECT id FROM reading")
    assert seal(casebook, ACTOR, "reading", reading[:8], "law", "mapping").rows == (("reading", reading, "mapping"),)
    assert count_evidence(casebook) == (0, 3, 0)
    assert "a reading whose mapping is under seal" in "\n".join(report_text(show_report(casebook, ids[1])))
    assert seal(casebook, ACTOR, "reading", reading, "law").rows == (("reading", reading, None),)
    assert Attacker(casebook).run("SELECT mapping, summary FROM reading") == [(None, None)]
    assert find_problems(casebook) == []


def test_a_summary_of_an_earlier_version_goes_with_its_capture(
    casebook: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cenotaph.extract.lists import ReadingSummary

    monkeypatch.setattr(ReadingSummary, "counts", ReadingSummary.as_json)
    monkeypatch.setattr(
        ReadingSummary, "as_json", lambda self: json.loads(canonical_json({"unreadable": [self.unreadable[0].value]}))
    )
    monkeypatch.setattr(ReadingSummary, "counts", ReadingSummary.as_json)
    done = take(casebook, tmp_path, mapping_of(), *ROWS)
    ((report,),) = bulk.fetch_rows('SELECT id FROM report ORDER BY "row" LIMIT 1')
    standing = seal(casebook, ACTOR, "report", report, "law").still_stands
    assert [words for words in standing if words.startswith(f"reading {done.reading}, whose summary lists words")]
    assert find_bytes(casebook, "стоwords")
    rows = seal(casebook, ACTOR, "capture", done.capture, "law").rows
    assert ("reading", done.reading, "summary") in rows
    assert Attacker(casebook).run("SELECT summary FROM reading") == [(None,)] and find_problems(casebook) == []


def test_later_seals_of_every_kind_are_applied_to_an_older_backup(
    casebook: Casebook, ids: list[str], tmp_path: Path
) -> None:
    add_judgement(casebook, ACTOR, Draft("examined", "yes", ids[0], "Вдова Скрытова сказала"))
    back_up(casebook, tmp_path / "old.tar")
    seal(casebook, ACTOR, "report", ids[0], "law")
    stones = tmp_path / "seals.jsonl"
    stones.write_bytes(casebook.seals_file.read_bytes())
    done = restore(tmp_path / "old.tar", tmp_path / "back", ACTOR, store_url="sqlite", seals=[stones])
    assert done.sealed_again == 3
    again = open_casebook(done.root)
    assert Attacker(again).run("SELECT reason FROM judgement") == [(None,)]
    assert find_problems(again) == []


def test_a_row_under_seal_brings_nothing_back_when_it_is_imported_again(
    casebook: Casebook, ids: list[str], tmp_path: Path
) -> None:
    seal(casebook, ACTOR, "report", ids[0], "law")
    done = take(casebook, tmp_path, mapping_of("2", "2025-12"), *ROWS, "4,Новый,20,зк,")
    assert (done.changes.under_seal, done.changes.added, done.changes.changed, done.changes.unchanged) == (1, 1, 0, 2)
    said = "\n".join([*import_text.import_text(done), *import_text.failure_text(done)])
    assert "стоwords" not in said and "стоwords" not in json.dumps(import_text.import_json(done), ensure_ascii=False)
    for table in ("source", "reading", "report"):
        rows = Attacker(casebook).run(f"SELECT * FROM {table}")
        assert not [word for word in ("Скрытов", "тайноеслово", "стоwords", "one.example") if word in str(rows)]


def test_a_row_with_a_sealed_value_is_changed_only_where_something_else_did(
    casebook: Casebook, ids: list[str], tmp_path: Path
) -> None:
    seal(casebook, ACTOR, "report", ids[0], "law", "name")
    seal(casebook, ACTOR, "report", ids[0], "law", "cites")
    before = count_evidence(casebook)
    same = take(casebook, tmp_path, mapping_of("2", "2025-12"), *ROWS)
    assert (same.changes.changed, same.changes.unchanged) == (0, 3)
    other_name = "1,Скрытов Иначе,стоwords,тайноеслово,https://another.example/skrytov"
    only_sealed = take(casebook, tmp_path, mapping_of("3", "2026-01"), other_name, *ROWS[1:])
    assert (only_sealed.changes.changed, only_sealed.changes.unchanged) == (0, 3)
    words = COLUMNS.replace('"зк" = "prison"', '"зк" = "prison"\n"моб" = "mobilised"')
    anew = take(casebook, tmp_path, mapping_of("4", "2026-02", words), *ROWS)
    assert (anew.changes.changed, anew.changes.read_anew) == (0, 3)
    changed = take(casebook, tmp_path, mapping_of("5", "2026-03", words), ROWS[0].replace("стоwords", "41"), *ROWS[1:])
    assert (changed.changes.changed, changed.changes.unchanged) == (1, 2)
    assert find_problems(casebook) == []
    assert count_evidence(casebook) == before == (0, 3, 0)
    rows = Attacker(casebook).run("SELECT * FROM report") + Attacker(casebook).run("SELECT * FROM source")
    assert not [word for word in ("Скрытов", "another.example", "one.example") if word in str(rows)]
    (latest,) = bulk.fetch_rows('SELECT id FROM report WHERE age_low = 41')
    shown = show_report(casebook, latest[0])
    assert shown.sealed_values == ("cites", "name") and not shown.sealed


def test_an_addition_says_its_sealed_rows_again(casebook: Casebook, tmp_path: Path) -> None:
    take(casebook, tmp_path, mapping_of(complete=False), *ROWS)
    ((report,),) = bulk.fetch_rows('SELECT id FROM report ORDER BY "row" LIMIT 1')
    seal(casebook, ACTOR, "report", report, "law", "name")
    other = ROWS[0].replace("Первый", "Другой")
    done = take(casebook, tmp_path, mapping_of("2", "2025-12", complete=False), other, *ROWS[1:])
    assert (done.changes.changed, done.changes.unchanged) == (0, 3)
    assert counting.count(casebook, Selection("dead"), ["dead"]).tables[0].total.value == 3


def test_a_report_shows_what_is_under_seal(casebook: Casebook, ids: list[str]) -> None:
    seal(casebook, ACTOR, "report", ids[0], "law", "name")
    shown = show_report(casebook, ids[0])
    assert shown.sealed_values == ("name",) and not shown.sealed
    lines = list(reports.report_text(shown))
    assert "  name: under seal" in lines and not [line for line in lines if "Скрытов" in line]
    assert show_report(casebook, ids[1]).sealed_values == ()
    seal(casebook, ACTOR, "report", ids[0], "law")
    assert show_report(casebook, ids[0]).sealed_values == ()


def test_the_words_of_a_sealed_document_are_under_seal_not_missing(casebook: Casebook, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Погиб Иванов.", encoding="utf-8")
    (taken,) = add_captures(casebook, ACTOR, [note])
    line = {"document": taken.document, "values": {"name": {"start": 6, "end": 12}}}
    (tmp_path / "reports.jsonl").write_text(json.dumps(line), encoding="utf-8")
    (report,) = add_reports(casebook, ACTOR, tmp_path / "reports.jsonl").ids
    assert "<- “Иванов”" in "\n".join(report_text(show_report(casebook, report)))
    seal(casebook, ACTOR, "document", str(taken.document), "law")
    text = "\n".join(report_text(show_report(casebook, report)))
    assert "<- under seal, code points 6 to 12 of a document that is under seal" in text and "no words" not in text
