"""Judgements: entered with a reason, replaced and never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.casebooks import find_problems, report_cells

from cenotaph.casebook.guarded import REPORT
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import CenotaphError, EncodingError, InputError, NotFoundError, ValueFormatError
from cenotaph.services.judgement_files import import_judgements
from cenotaph.services.judgements import Draft, add_judgement, list_judgements


@pytest.fixture
def ids(casebook: Casebook, actor: Actor) -> list[str]:
    return write_reports(casebook, actor)


def write_reports(casebook: Casebook, actor: Actor) -> list[str]:
    rows = [report_cells(number) for number in range(3)]
    with casebook.writing(actor, "test") as entry:
        entry.add(REPORT, rows)
    return [row[0] for row in rows]


def write(folder: Path, *lines: str) -> Path:
    path = folder / "judgements.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_judgement_undone_is_a_later_one_and_both_stay(casebook: Casebook, actor: Actor, ids: list[str]) -> None:
    add_judgement(casebook, actor, Draft("examined", "yes", ids[0], "read the obituary"))
    add_judgement(casebook, actor, Draft("examined", "no", ids[0], "it was another man's"))
    lines = list(list_judgements(ids[0]))
    assert [(line.answer, line.replaced) for line in lines] == [("yes", True), ("no", False)]
    assert find_problems(casebook) == []


def test_the_same_answer_with_the_same_reason_is_not_entered_twice(
    casebook: Casebook, actor: Actor, ids: list[str]
) -> None:
    draft = Draft("fate", "dead", ids[0], "buried")
    add_judgement(casebook, actor, draft)
    before = casebook.settled_head()
    assert add_judgement(casebook, actor, draft).already == 1
    assert casebook.settled_head() == before
    assert len(add_judgement(casebook, actor, Draft("fate", "dead", ids[0], "another reason")).ids) == 1


def test_a_field_and_a_whole_record_are_judged_apart(casebook: Casebook, actor: Actor, ids: list[str]) -> None:
    add_judgement(casebook, actor, Draft("field_right", "no", ids[0], "a typing error", field="age"))
    add_judgement(casebook, actor, Draft("field_right", "yes", ids[0], "as in the passport", field="name"))
    assert [line.replaced for line in list_judgements()] == [False, False]


def test_the_beginning_of_an_id_is_enough_where_it_is_the_only_one(
    casebook: Casebook, actor: Actor, ids: list[str]
) -> None:
    add_judgement(casebook, actor, Draft("examined", "yes", ids[1][:10], "seen"))
    assert next(list_judgements()).target == ids[1]


def test_a_file_of_judgements_goes_in_with_its_bad_lines_named(
    casebook: Casebook, actor: Actor, ids: list[str], tmp_path: Path
) -> None:
    path = write(
        tmp_path,
        "question,target_kind,target,field,answer,reason",
        f"examined,report,{ids[0]},,yes,seen",
        f"examined,report,{ids[1]},,perhaps,seen",
        "",
        f"examined,,{ids[1]},,yes,",
        "examined,report,0000000000000000000000000000dead,,yes,seen",
        f'field_right,report,{ids[2]},age,no,"a typing error, ""30"""',
        f"examined,report,{ids[2]},,yes,one,cell too many",
    )
    entered = import_judgements(casebook, actor, path)
    assert len(entered.ids) == 2
    assert [bad.line for bad in entered.bad] == [3, 5, 6, 8]
    again = import_judgements(casebook, actor, path)
    assert (again.ids, again.already, len(again.bad)) == ((), 2, 4)
    assert 'a typing error, "30"' in [line.reason for line in list_judgements(ids[2])]


def test_a_file_may_judge_one_record_twice_and_the_last_answer_stands(
    casebook: Casebook, actor: Actor, ids: list[str], tmp_path: Path
) -> None:
    path = write(tmp_path, "question,target,answer,reason", f"examined,{ids[0]},yes,a", f"examined,{ids[0]},no,b")
    import_judgements(casebook, actor, path)
    assert [(line.answer, line.replaced) for line in list_judgements()] == [("yes", True), ("no", False)]


@pytest.mark.parametrize(
    ("draft", "error", "words"),
    [
        (("exmined", "yes", "ID", "why"), ValueFormatError, "Questions: examined"),
        (("examined", "maybe", "ID", "why"), ValueFormatError, "Answers: yes, no"),
        (("examined", "yes", "ID", "  "), ValueFormatError, "without a reason"),
        (("examined", "yes", "ID", "why\0"), InputError, "U\\+0000"),
        (("examined", "yes", "\u202e", "why"), NotFoundError, "'.u202e' is no id"),
        (("examined", "yes", "a" * 7, "why"), NotFoundError, "no id"),
        (("examined", "yes", "a" * 32, "why"), NotFoundError, "no report"),
        (("examined", "yes", "ID", "why", "unnamed"), ValueFormatError, "not judged"),
        (("field_right", "yes", "ID", "why"), ValueFormatError, "Name the value"),
        (("field_right", "yes", "ID", "why", "report", "aeg"), ValueFormatError, "Did you mean age"),
    ],
)
def test_a_judgement_that_cannot_be_kept_is_refused(
    sqlite_casebook: Casebook, actor: Actor, draft: tuple[str, ...], error: type[CenotaphError], words: str
) -> None:
    identifier = write_reports(sqlite_casebook, actor)[0]
    with pytest.raises(error, match=words):
        add_judgement(sqlite_casebook, actor, Draft(*(identifier if part == "ID" else part for part in draft)))
    assert list(list_judgements()) == []


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", InputError, "lacks the column question"),
        (b"question,target,answer\n", InputError, "lacks the column reason"),
        (b"question,target,answer,reason,feild\n", InputError, "'feild'"),
        (b"question,target,answer,reason,reason\n", InputError, "twice"),
        (b"question,target,answer,reason\n\xff\n", EncodingError, "not UTF-8"),
        (b'question,target,answer,reason\nexamined,a,yes,"why\n', InputError, "not CSV"),
    ],
)
def test_a_file_that_holds_no_judgements_is_refused_whole(
    sqlite_casebook: Casebook, actor: Actor, tmp_path: Path, data: bytes, error: type[CenotaphError], words: str
) -> None:
    path = tmp_path / "judgements.csv"
    path.write_bytes(data)
    with pytest.raises(error, match=words):
        import_judgements(sqlite_casebook, actor, path)


def test_many_judgements_are_replaced_as_few_are(sqlite_casebook: Casebook, actor: Actor, tmp_path: Path) -> None:
    rows = [report_cells(number) for number in range(600)]
    with sqlite_casebook.writing(actor, "test") as entry:
        entry.add(REPORT, rows)
    for answer in ("yes", "no"):
        path = write(tmp_path, "question,target,answer,reason", *(f"examined,{row[0]},{answer},seen" for row in rows))
        assert len(import_judgements(sqlite_casebook, actor, path).ids) == 600
    assert sum(line.replaced for line in list_judgements()) == 600


def test_a_dry_run_enters_nothing(sqlite_casebook: Casebook, actor: Actor) -> None:
    identifier = write_reports(sqlite_casebook, actor)[0]
    assert (
        len(add_judgement(sqlite_casebook, actor, Draft("examined", "yes", identifier, "why"), dry_run=True).ids) == 1
    )
    assert list(list_judgements()) == []
