"""Releases of a list: what each changes, what it never loses, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.casebooks import find_problems
from tests.tables import HEAD, column, make_mapping

from cenotaph.capture.objects import object_path
from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.count.selection import Selection
from cenotaph.domain.errors import ConfirmationNeeded, InputError, LedgerBrokenError, RefusedError
from cenotaph.extract.lists import Mapping
from cenotaph.services import counting, import_text, raw_rows, reports, seals
from cenotaph.services.imports import Import, import_list
from cenotaph.services.judgements import Draft, add_judgement, list_judgements
from cenotaph.services.lists import list_readings

COLUMNS = (
    '[constants]\nfate = "dead"\n'
    + column("uid", "id")
    + column("name", "name")
    + column("age", "age")
    + column("type", "path", "[column.words]", '"зк" = "prison"')
    + column("source", "cites")
)
KEY = '"uid"'


def mapping_of(release: str, day: str, *, complete: bool = True, key: str = KEY, columns: str = COLUMNS) -> Mapping:
    head = HEAD.replace('release = "1"', f'release = "{release}"').replace("2025-11", day)
    return make_mapping(columns, key, head.replace("complete = true", f"complete = {str(complete).lower()}"))


class Lists:
    """Imports files into one casebook."""

    def __init__(self, casebook: Casebook, actor: Actor, folder: Path) -> None:
        self.casebook, self.actor, self.folder = casebook, actor, folder
        self._files = 0

    def write(self, *rows: str, header: str = "uid,name,age,type,source") -> Path:
        self._files += 1
        path = self.folder / f"list{self._files}.csv"
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return path

    def take(self, mapping: Mapping, *rows: str, header: str = "uid,name,age,type,source", **options: Any) -> Import:
        return import_list(self.casebook, self.actor, self.write(*rows, header=header), mapping, **options)

    def count(self, as_of: str | None = None) -> int:
        from datetime import date

        selection = Selection("dead", as_of=date.fromisoformat(as_of) if as_of else None)
        return counting.count(self.casebook, selection, ["dead"]).tables[0].total.value

    def names(self) -> list[str]:
        cells = counting.open_cell(self.casebook, "dead:all")
        shown = reports.show_reports(self.casebook, [member.id for member in cells])
        return sorted(value.value for report in shown for value in report.values if value.field == "name")


@pytest.fixture
def lists(casebook: Casebook, actor: Actor, tmp_path: Path) -> Lists:
    return Lists(casebook, actor, tmp_path)


@pytest.fixture
def sqlite_lists(sqlite_casebook: Casebook, actor: Actor, tmp_path: Path) -> Lists:
    return Lists(sqlite_casebook, actor, tmp_path)


def said(done: Import) -> Sequence[int]:
    c = done.changes
    return c.added, c.changed, c.withdrawn, c.unchanged, c.read_anew


ONE = ("1,Анна,20,зк,https://a.org/1", "2,Борис,30,,", "3,Вера,40,зк,https://a.org/1")


def test_a_first_release_adds_every_row_and_its_sources_once(lists: Lists) -> None:
    done = lists.take(mapping_of("1", "2025-01"), *ONE)
    assert said(done) == (3, 0, 0, 0, 0)
    assert (done.in_part, done.keyed, done.nothing_new) == (False, True, False)
    assert lists.count() == 3
    assert bulk.fetch_rows("SELECT url, host FROM source WHERE kind = 'cited'") == [("https://a.org/1", "a.org")]
    assert find_problems(lists.casebook) == []


def test_the_same_bytes_under_the_same_mapping_change_nothing(lists: Lists) -> None:
    mapping = mapping_of("1", "2025-01")
    lists.take(mapping, *ONE)
    before = lists.casebook.settled_head()
    done = lists.take(mapping, *ONE)
    assert done.nothing_new
    assert lists.casebook.settled_head() == before


def test_a_complete_release_changes_withdraws_and_adds(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    done = lists.take(
        mapping_of("2", "2025-02"), "1,Анна,21,зк,", "3,Вера,40,зк,https://a.org/1", "4,Глеб,50,,", confirmed=True
    )
    assert said(done) == (1, 1, 1, 1, 0)
    assert lists.names() == ["Анна", "Вера", "Глеб"]
    assert (lists.count("2025-01-31"), lists.count("2025-02-28")) == (3, 3)
    assert bulk.fetch_one("SELECT COUNT(*) FROM report") == (5,)
    assert find_problems(lists.casebook) == []


def test_an_addition_withdraws_nobody(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    done = lists.take(
        mapping_of("2", "2025-02", complete=False), "4,Глеб,50,,", "2,Борис,31,,", "3,Вера,40,зк,https://a.org/1"
    )
    assert said(done) == (1, 1, 0, 1, 0)
    assert lists.count() == 4


def test_an_addition_stands_by_itself_whatever_becomes_of_the_release_before_it(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    lists.take(mapping_of("3", "2025-03", complete=False), "3,Вера,40,зк,https://a.org/1", "4,Глеб,50,,")
    done = lists.take(mapping_of("2", "2025-02"), "1,Анна,20,зк,https://a.org/1", "2,Борис,30,,", confirmed=True)
    assert said(done) == (0, 0, 1, 2, 0)
    assert lists.names() == ["Анна", "Борис", "Вера", "Глеб"]
    assert any("Releases of a later date stand already (3)" in note for note in done.notes)


def test_too_many_withdrawals_ask_first_and_write_nothing(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    before = lists.casebook.settled_head()
    with pytest.raises(ConfirmationNeeded, match="lacks 2 of the list's 3 rows"):
        lists.take(mapping_of("2", "2025-02"), "1,Анна,20,зк,https://a.org/1")
    assert lists.casebook.settled_head() == before
    assert lists.count() == 3
    done = lists.take(mapping_of("2", "2025-02"), "1,Анна,20,зк,https://a.org/1", dry_run=True)
    assert done.changes.withdrawn == 2
    assert lists.casebook.settled_head() == before
    assert find_problems(lists.casebook) == []


def test_a_changed_mapping_reads_the_same_rows_anew_and_keeps_the_old_reading(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    cells = [member.id for member in counting.open_cell(lists.casebook, "dead:path=prison")]
    other = mapping_of("1", "2025-01", columns=COLUMNS.replace('"prison"', '"mobilised"'))
    done = lists.take(other, *ONE)
    assert said(done) == (0, 0, 0, 0, 3)
    assert lists.count() == 3
    assert [
        len(list(counting.open_cell(lists.casebook, f"dead:path={code}"))) for code in ("prison", "mobilised")
    ] == [0, 2]
    assert reports.show_report(lists.casebook, cells[0]).id == cells[0]
    assert [line.reports for line in list_readings()] == [3, 3]


def examined_of(lists: Lists) -> int:
    return counting.count(lists.casebook, Selection("dead"), ["dead"]).tables[0].total.evidence[0]


def test_a_row_read_again_from_the_same_words_stays_examined_and_a_changed_one_does_not(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    for member in counting.open_cell(lists.casebook, "dead:all"):
        add_judgement(lists.casebook, lists.actor, Draft("examined", "yes", member.id, "seen"))
    assert examined_of(lists) == 3
    held = lists.casebook.clock()
    other = COLUMNS.replace('"prison"', '"mobilised"')
    done = lists.take(mapping_of("1", "2025-01", columns=other), *ONE)
    assert said(done) == (0, 0, 0, 0, 3) and done.changes.judgements_lapsed == 0
    assert examined_of(lists) == 3
    assert [line.lapsed for line in list_judgements()] == [None, None, None]
    changed = [ONE[0].replace("20", "21"), *ONE[1:2]]
    done = lists.take(mapping_of("2", "2025-02", columns=other), *changed, confirmed=True)
    assert said(done)[1:4] == (1, 1, 1) and done.changes.judgements_lapsed == 2
    assert any("2 judgements no longer hold" in line for line in import_text.import_text(done))
    assert examined_of(lists) == 1
    assert sorted(str(line.lapsed) for line in list_judgements()) == ["None", "changed", "withdrawn"]
    (first,) = [line for line in list_judgements() if line.lapsed == "changed"]
    assert [line.lapsed for line in list_judgements(first.target[:12])] == ["changed"]
    before = counting.count(lists.casebook, Selection("dead", known_at=held), ["dead"])
    assert before.tables[0].total.evidence[0] == 3
    done = lists.take(mapping_of("3", "2025-03", columns=other), *ONE)
    assert examined_of(lists) == 3 and done.changes.judgements_lapsed == 0


def test_going_back_to_the_first_mapping_brings_its_reports_back(lists: Lists) -> None:
    first = mapping_of("1", "2025-01")
    lists.take(first, *ONE)
    lists.take(mapping_of("1", "2025-01", columns=COLUMNS.replace('"prison"', '"mobilised"')), *ONE)
    done = lists.take(first, *ONE)
    assert not done.nothing_new
    assert said(done) == (0, 0, 0, 0, 3)
    assert len(list(counting.open_cell(lists.casebook, "dead:path=prison"))) == 2
    assert bulk.fetch_one("SELECT COUNT(*) FROM report") == (6,)
    assert lists.take(first, *ONE).nothing_new
    assert find_problems(lists.casebook) == []


def test_a_corrected_file_of_one_release_is_compared_with_the_one_before(lists: Lists) -> None:
    mapping = mapping_of("1", "2025-01")
    lists.take(mapping, *ONE)
    done = lists.take(mapping, *ONE[:2], "3,Вера,41,зк,https://a.org/1", "4,Глеб,50,,")
    assert said(done) == (1, 1, 0, 2, 0)
    assert lists.count() == 4


def test_an_old_release_read_anew_leaves_newer_ones_as_they_were_and_says_so(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    lists.take(mapping_of("2", "2025-02"), *ONE, "4,Глеб,50,зк,")
    changed = COLUMNS.replace('"prison"', '"mobilised"')
    done = lists.take(mapping_of("1", "2025-01", columns=changed), *ONE)
    assert done.changes.read_anew == 3
    assert any("under another mapping" in note for note in done.notes)
    assert len(list(counting.open_cell(lists.casebook, "dead:path=prison"))) == 3
    assert len(list(counting.open_cell(lists.casebook, "dead:path=mobilised,as-of=2025-01-31"))) == 2
    done = lists.take(mapping_of("2", "2025-02", columns=changed), *ONE, "4,Глеб,50,зк,")
    assert (done.changes.read_anew, done.notes) == (4, ())
    assert len(list(counting.open_cell(lists.casebook, "dead:path=mobilised"))) == 3


def test_a_release_whose_date_moves_is_said_to_move(sqlite_lists: Lists) -> None:
    sqlite_lists.take(mapping_of("1", "2025-01"), *ONE)
    done = sqlite_lists.take(mapping_of("1", "2025-03"), *ONE)
    assert done.notes == (
        "The date of release 1 moves from 2025-01 to 2025-03: counts as of a day go by the new one.",
    )
    assert sqlite_lists.count("2025-02-28") == 0 and sqlite_lists.count("2025-03-31") == 3
    assert sqlite_lists.take(mapping_of("1", "2025-03"), *ONE[:2], confirmed=True).notes == ()


def test_releases_may_come_out_of_order(lists: Lists) -> None:
    lists.take(mapping_of("3", "2025-03"), *ONE, "4,Глеб,50,,")
    done = lists.take(mapping_of("1", "2025-01"), *ONE[:2])
    assert said(done) == (2, 0, 0, 0, 0)
    assert (lists.count("2025-01-31"), lists.count("2025-03-31"), lists.count()) == (2, 4, 4)
    done = lists.take(mapping_of("2", "2025-02"), *ONE)
    assert said(done) == (1, 0, 0, 2, 0)
    assert (lists.count("2025-01-31"), lists.count("2025-02-28"), lists.count()) == (2, 3, 4)


def test_a_row_withdrawn_and_brought_back_is_the_same_report(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    lists.take(mapping_of("2", "2025-02"), *ONE[:2], confirmed=True)
    assert lists.count() == 2
    done = lists.take(mapping_of("3", "2025-03"), *ONE)
    assert said(done) == (1, 0, 0, 2, 0)
    assert lists.count() == 3
    assert bulk.fetch_one("SELECT COUNT(*) FROM report") == (3,)
    assert find_problems(lists.casebook) == []


def test_without_a_key_a_changed_row_is_a_withdrawal_and_an_addition_and_is_said_to_be(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01", key=""), *ONE)
    done = lists.take(mapping_of("2", "2025-02", key=""), *ONE[:2], "3,Вера,41,зк,", confirmed=True)
    assert said(done) == (1, 0, 1, 2, 0)
    assert any("a changed row is a withdrawal and an addition" in line for line in import_text.import_text(done))


def test_identical_rows_without_a_key_stay_separate_and_one_can_go(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01", key=""), *[",,20,зк,"] * 3, *[f",Имя {n},,," for n in range(20)])
    assert lists.count() == 23
    done = lists.take(mapping_of("2", "2025-02", key=""), *[",,20,зк,"] * 2, *[f",Имя {n},,," for n in range(20)])
    assert said(done) == (0, 0, 1, 22, 0)
    assert lists.count() == 22


def test_a_file_without_the_keys_column_is_not_taken_for_the_same_rows(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    with pytest.raises(ConfirmationNeeded):
        lists.take(mapping_of("2", "2025-02"), "Анна,20,зк,", header="name,age,type,source")
    done = lists.take(mapping_of("2", "2025-02"), "Анна,20,зк,", header="name,age,type,source", confirmed=True)
    assert (said(done), done.keyed) == ((1, 0, 3, 0, 0), False)
    assert any("lacks the columns of the key" in note for note in done.notes)


def test_a_row_that_cannot_be_read_is_said_and_the_rest_goes_in(lists: Lists) -> None:
    done = lists.take(mapping_of("1", "2025-01"), ONE[0], "2,Борис,30,,,лишнее", "3,Вера,999,зк,", "4,Глеб")
    assert said(done) == (2, 0, 0, 0, 0)
    assert (done.in_part, done.changes.failed, lists.count()) == (True, 2, 2)
    lines = list(import_text.failure_text(done))
    assert [line.split(":")[0] for line in lines] == ["Line 3", "Line 5", "Line 4, column age"]
    assert "'999'" in lines[2]
    form: dict[str, Any] = dict(import_text.import_json(done))
    assert [f["line"] for f in form["failures"]] == [3, 5]


def test_a_row_that_cannot_be_read_is_not_withdrawn_where_its_key_can(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    done = lists.take(mapping_of("2", "2025-02"), *ONE[:2], "3,Вера,40,зк,https://a.org/1,лишнее")
    assert (said(done), done.changes.failed) == ((0, 0, 0, 2, 0), 1)
    assert lists.count() == 3


def test_a_sealed_row_does_not_come_back(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    sealed = reports.list_reports("dead").__next__().id
    seals.seal(lists.casebook, lists.actor, "report", sealed, "family_request")
    done = lists.take(mapping_of("2", "2025-02"), "1,Анна,21,,", *ONE[1:], "4,Глеб,50,,")
    assert (said(done), done.changes.under_seal) == ((1, 0, 0, 2, 0), 1)
    assert lists.names() == ["Борис", "Вера", "Глеб"]
    assert bulk.fetch_rows("SELECT COUNT(*) FROM report WHERE name = 'Анна'") == [(0,)]


def test_a_sealed_value_does_not_come_back(lists: Lists) -> None:
    lists.take(mapping_of("1", "2025-01"), *ONE)
    sealed = next(iter(reports.list_reports("dead"))).id
    seals.seal(lists.casebook, lists.actor, "report", sealed, "family_request", "name")
    done = lists.take(mapping_of("2", "2025-02"), "1,Анна,21,зк,", *ONE[1:])
    assert (done.changes.changed, done.changes.under_seal) == (1, 1)
    rows = bulk.fetch_rows("SELECT name, age_low, other FROM report WHERE age_low = 21")
    assert rows[0][:2] == (None, 21)
    assert "Анна" not in (rows[0][2] or "")
    assert lists.count() == 3


def test_sealed_bytes_are_not_taken_in_again(lists: Lists) -> None:
    path = lists.write(*ONE)
    done = import_list(lists.casebook, lists.actor, path, mapping_of("1", "2025-01"))
    seals.seal(lists.casebook, lists.actor, "capture", done.capture, "court_order")
    with pytest.raises(RefusedError, match="under seal"):
        import_list(lists.casebook, lists.actor, path, mapping_of("1b", "2025-01"))
    assert not list(lists.casebook.objects.rglob(done.capture))
    shown = reports.show_report(lists.casebook, next(iter(reports.list_reports("dead"))).id)
    assert any("under seal" in value.where for value in shown.values)


def test_a_report_is_shown_beside_the_cells_it_was_read_from(sqlite_lists: Lists) -> None:
    sqlite_lists.take(mapping_of("1", "2025-01"), *ONE)
    sqlite_lists.take(mapping_of("2", "2025-02"), "9,Зоя,50,,", "1,Анна,21,зк,", *ONE[1:])
    shown = {
        next(v.value for v in report.values if v.field == "name"): report
        for report in reports.show_reports(sqlite_lists.casebook, [line.id for line in reports.list_reports("dead")])
    }
    values = {value.field: value for value in shown["Анна"].values}
    assert (values["age"].value, values["age"].words, values["age"].where) == (
        "21",
        "21",
        "row 2 (line 3), column age",
    )
    assert (values["path"].value, values["path"].words) == ("prison", "зк")
    assert values["fate"].where == "the mapping, for the whole list"
    assert values["id"].value == "1"
    assert {v.field: v.words for v in shown["Зоя"].values}["name"] == "Зоя"


def test_nothing_is_quoted_from_bytes_that_were_changed(sqlite_lists: Lists) -> None:
    done = sqlite_lists.take(mapping_of("1", "2025-01"), "1,Иванов,30,зк,")
    (cell,) = counting.open_cell(sqlite_lists.casebook, "dead:all")
    path = object_path(sqlite_lists.casebook.objects, done.capture)
    path.chmod(0o644)
    right = path.read_bytes()
    for words in ("Петров".encode(), b"\xff\xff"):  # Also bytes that are no text: that is no question of encodings.
        path.write_bytes(right.replace("Иванов".encode(), words))
        with pytest.raises(LedgerBrokenError, match=f"{done.capture} were changed") as caught:
            reports.show_report(sqlite_lists.casebook, cell.id)
        assert "ledger verify" in caught.value.hint and "encoding" not in str(caught.value)
        with pytest.raises(LedgerBrokenError, match="were changed"):
            list(raw_rows.read_raw_rows(sqlite_lists.casebook, "dead"))
    path.unlink()
    with pytest.raises(LedgerBrokenError, match=f"{done.capture} are gone"):
        reports.show_report(sqlite_lists.casebook, cell.id)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "empty"), ("uid,uid\n1,2\n", "same name"), ("uid,name\n1,\0", "NUL"), ('uid,name\n1,"А', "closes")],
)
def test_a_damaged_file_is_named_and_leaves_nothing(sqlite_lists: Lists, text: str, words: str) -> None:
    path = sqlite_lists.folder / "damaged.csv"
    path.write_text(text, encoding="utf-8")
    before = sqlite_lists.casebook.settled_head()
    with pytest.raises(InputError, match=words) as caught:
        import_list(sqlite_lists.casebook, sqlite_lists.actor, path, mapping_of("1", "2025-01"))
    assert "damaged.csv" in caught.value.message
    assert sqlite_lists.casebook.settled_head() == before


def test_a_file_whose_columns_the_mapping_does_not_know_goes_in_with_its_words(sqlite_lists: Lists) -> None:
    done = sqlite_lists.take(mapping_of("1", "2025-01"), "a,b", header="x,y")
    assert done.summary.absent_columns == ["uid", "name", "age", "type", "source"]
    assert done.summary.unread_columns == ["x", "y"]
    assert bulk.fetch_rows("SELECT other FROM report") == [('{"unread":{"x":"a","y":"b"}}',)]


def test_a_title_above_the_header_is_passed_over(sqlite_lists: Lists) -> None:
    path = sqlite_lists.folder / "titled.csv"
    path.write_text("Список,,,\n,,,\nuid,name,age,type\n1,Анна,20,зк\n", encoding="utf-8")
    mapping = mapping_of("1", "2025-01", columns="[file]\nheader = 3\n" + COLUMNS)
    assert said(import_list(sqlite_lists.casebook, sqlite_lists.actor, path, mapping)) == (1, 0, 0, 0, 0)
    shown = reports.show_report(sqlite_lists.casebook, next(iter(reports.list_reports("dead"))).id)
    assert {value.field: value.words for value in shown.values}["name"] == "Анна"


def test_many_rows_are_hashed_by_two_processes_and_verify(
    sqlite_lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cenotaph.casebook.spool.ALONE_ROWS", 500)
    rows = [f"{n},Имя {n},{n % 90},зк,https://a.org/{n}" for n in range(3_500)]
    assert said(sqlite_lists.take(mapping_of("1", "2025-01"), *rows)) == (3_500, 0, 0, 0, 0)
    assert sqlite_lists.count() == 3_500
    assert find_problems(sqlite_lists.casebook) == []


def test_an_import_that_another_one_overtook_writes_nothing(
    sqlite_lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cenotaph.domain.errors import BusyError
    from cenotaph.services.import_plan import work_out as whole

    def overtaken(*arguments: object) -> None:
        whole(*arguments)  # type: ignore[arg-type]
        monkeypatch.setattr("cenotaph.services.imports.work_out", whole)
        sqlite_lists.take(mapping_of("2", "2025-02"), *ONE)

    monkeypatch.setattr("cenotaph.services.imports.work_out", overtaken)
    with pytest.raises(BusyError, match="came in between"):
        sqlite_lists.take(mapping_of("1", "2025-01"), *ONE)
    assert [line.release for line in list_readings()] == ["2"]


def test_a_sheet_of_a_workbook_is_a_list_like_any_other(sqlite_lists: Lists) -> None:
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.create_sheet("Потери")
    day = dt.datetime(2024, 5, 1)  # noqa: DTZ001  (a workbook knows no time zones)
    for row in (["Список погибших"], [], ["uid", "name", "age", "d"], [7, "Анна", 20, day], [8, "Борис"]):
        sheet.append(row)
    path = sqlite_lists.folder / "list.xlsx"
    book.save(path)
    columns = '[file]\nsheet = "Потери"\nheader = 3\n' + COLUMNS + column("d", "death")
    done = import_list(sqlite_lists.casebook, sqlite_lists.actor, path, mapping_of("1", "2025-01", columns=columns))
    assert (said(done), done.failures) == ((2, 0, 0, 0, 0), ())
    assert bulk.fetch_rows("SELECT name, age_low, death_from FROM report ORDER BY name") == [
        ("Анна", 20, "2024-05-01"),
        ("Борис", None, None),
    ]
