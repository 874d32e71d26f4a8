"""Reports that people enter: every value has its quote, a bad line is named, the others go in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.casebooks import find_problems

from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import EncodingError
from cenotaph.services import captures, reports, seals
from cenotaph.services.judgements import Entered
from cenotaph.services.report_entry import add_reports

TEXT = "Гражданин Узбекистана Иванов Иван, 30 лет, погиб 7 мая 2023 года. С ним погиб неизвестный."


class Desk:
    """A casebook with one document, and files of reports about it."""

    def __init__(self, casebook: Casebook, actor: Actor, folder: Path) -> None:
        self.casebook, self.actor, self.folder = casebook, actor, folder
        (folder / "news.txt").write_text(TEXT, encoding="utf-8")
        kept = captures.add_captures(casebook, actor, [folder / "news.txt"], language="ru")
        assert kept[0].document
        self.document = kept[0].document

    def quote(self, words: str, **more: Any) -> dict[str, Any]:
        start = TEXT.index(words)
        return {"start": start, "end": start + len(words), "words": words, **more}

    def line(self, **values: Any) -> str:
        return json.dumps({"document": self.document, "values": values}, ensure_ascii=False)

    def add(self, *lines: str | bytes, **options: bool) -> Entered:
        path = self.folder / "reports.jsonl"
        path.write_bytes(
            b"\n".join(line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass") for line in lines)
        )
        return add_reports(self.casebook, self.actor, path, **options)


@pytest.fixture
def desk(casebook: Casebook, actor: Actor, tmp_path: Path) -> Desk:
    return Desk(casebook, actor, tmp_path)


@pytest.fixture
def sqlite_desk(sqlite_casebook: Casebook, actor: Actor, tmp_path: Path) -> Desk:
    return Desk(sqlite_casebook, actor, tmp_path)


def test_a_report_is_kept_with_the_quote_of_every_value(desk: Desk) -> None:
    entered = desk.add(
        desk.line(
            name=desk.quote("Иванов Иван"),
            nationality=desk.quote("Узбекистана", code="UZ"),
            age=desk.quote("30 лет"),
            death=desk.quote("7 мая 2023 года"),
            fate=desk.quote("погиб", code="dead"),
        )
    )
    assert (len(entered.ids), entered.bad) == (1, ())
    shown = {v.field: (v.value, v.words) for v in reports.show_report(desk.casebook, entered.ids[0]).values}
    assert shown == {
        "name": ("Иванов Иван", "Иванов Иван"),
        "nationality": ("UZ", "Узбекистана"),
        "fate": ("dead", "погиб"),
        "age": ("30", "30 лет"),
        "death": ("2023-05-07", "7 мая 2023 года"),
    }
    assert find_problems(desk.casebook) == []


def test_the_same_report_twice_is_one(desk: Desk) -> None:
    line = desk.line(name=desk.quote("Иванов Иван"))
    assert (len(desk.add(line, line).ids), desk.add(line).already) == (1, 1)
    before = desk.casebook.settled_head()
    assert desk.add(line).ids == ()
    assert desk.casebook.settled_head() == before


def test_a_stated_date_overrides_what_the_words_say(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    entered = desk.add(desk.line(name=desk.quote("Иванов Иван"), death=desk.quote("мая", edtf="2023-05")))
    shown = {v.field: v.value for v in reports.show_report(desk.casebook, entered.ids[0]).values}
    assert shown["death"] == "2023-05"


def test_a_placeholder_is_nobodys_name(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    entered = desk.add(desk.line(name=desk.quote("неизвестный"), fate=desk.quote("погиб", code="dead")))
    name, other = bulk.fetch_rows("SELECT name, other FROM report")[0]
    assert name is None
    assert json.loads(other)["names"][0]["kind"] == "placeholder"
    assert reports.show_report(desk.casebook, entered.ids[0]).values[0].words == "неизвестный"


def test_a_bad_line_is_named_with_its_reason_and_the_others_go_in(desk: Desk) -> None:
    entered = desk.add(
        desk.line(name=desk.quote("Иванов Иван")), "{", desk.line(fate=desk.quote("погиб", code="dead")), ""
    )
    assert len(entered.ids) == 2
    assert [(bad.line, bad.reason[:14]) for bad in entered.bad] == [(2, "It is not JSON")]


BAD: list[tuple[str, str]] = [
    ("null", "not a JSON object"),
    ('{"document": "x", "values": {"name": {}}}', "no text document 'x'"),
    ('{"document": 5, "values": {}}', "nothing else"),
    ('{"document": "DOC", "values": {}, "more": 1}', "nothing else"),
    (
        '{"document": "DOC", "values": {"name": {"start": 0, "end": 5}, "name": {"start": 0, "end": 6}}}',
        "stands twice",
    ),
    ('{"document": "DOC", "values": {"nmae": {"start": 0, "end": 5}}}', "no field"),
    ('{"document": "DOC", "values": {"name": [0, 5]}}', "not an object"),
    ('{"document": "DOC", "values": {"name": {"start": 5, "end": 5}}}', "runs from 5 to 5"),
    ('{"document": "DOC", "values": {"name": {"start": -1, "end": 5}}}', "runs from -1"),
    ('{"document": "DOC", "values": {"name": {"start": 0, "end": 99999999999999999999999}}}', "runs from 0"),
    ('{"document": "DOC", "values": {"name": {"start": 0.0, "end": 5}}}', "no number"),
    ('{"document": "DOC", "values": {"name": {"start": NaN, "end": 5}}}', "no number"),
    ('{"document": "DOC", "values": {"name": {"start": true, "end": 5}}}', "runs from True"),
    ('{"document": "DOC", "values": {"name": {"start": 0, "end": 5, "words": "Иван"}}}', "do not stand at 0 to 5"),
    ('{"document": "DOC", "values": {"name": {"start": 0, "end": 5, "wrods": "Иван"}}}', "no key"),
    ('{"document": "DOC", "values": {"name": {"start": 9, "end": 10}}}', "white space"),
    ('{"document": "DOC", "values": {"path": {"start": 0, "end": 5, "code": "prision"}}}', "no code 'prision'"),
    ('{"document": "DOC", "values": {"path": {"start": 0, "end": 5, "code": 5}}}', "no text"),
    (
        '{"document": "DOC", "values": {"nationality": {"start": 0, "end": 5, "code": "\\u202eZU"}}}',
        r"no code '\u202eZU'",
    ),
    ('{"document": "DOC", "values": {"rank": {"start": 0, "end": 5, "code": "major"}}}', "no code"),
    ('{"document": "DOC", "values": {"death": {"start": 0, "end": 5}}}', "no date that can be read"),
    ('{"document": "DOC", "values": {"death": {"start": 0, "end": 5, "edtf": "last year"}}}', "not a date in EDTF"),
    ('{"document": "DOC", "values": {"death": {"start": 0, "end": 5, "edtf": 2023}}}', "no text"),
    ('{"document": "DOC", "values": {"age": {"start": 0, "end": 5, "years": 131}}}', "0 to 130"),
    ('{"document": "DOC", "values": {"age": {"start": 0, "end": 5}}}', "not an age"),
    ('{"document": "DOC\\u0000", "values": {"age": {"start": 0, "end": 5}}}', "no text document"),
    ('{"document": "\\ud800", "values": {"age": {"start": 0, "end": 5}}}', "no text document"),
    ("[" * 100_000, "not JSON"),
    ("9" * 10_000, "not JSON"),
    ('"' + "a" * 1000, "not JSON"),
]


@pytest.mark.parametrize(("line", "words"), BAD)
def test_a_hostile_line_ends_in_a_clear_reason_and_leaves_nothing(sqlite_desk: Desk, line: str, words: str) -> None:
    before = sqlite_desk.casebook.settled_head()
    entered = sqlite_desk.add(line.replace("DOC", sqlite_desk.document))
    assert [bad.line for bad in entered.bad] == [1]
    assert words in entered.bad[0].reason
    assert len(entered.bad[0].reason) < 1000
    assert entered.ids == ()
    assert sqlite_desk.casebook.settled_head() == before


def test_a_document_is_looked_up_on_both_databases_whatever_it_is_called(desk: Desk) -> None:
    entered = desk.add('{"document": "a\\u0000b", "values": {"name": {"start": 0, "end": 5}}}')
    assert "no text document" in entered.bad[0].reason


def test_a_file_that_is_not_utf8_is_refused_whole(sqlite_desk: Desk) -> None:
    with pytest.raises(EncodingError, match="not UTF-8"):
        sqlite_desk.add(sqlite_desk.line(name=sqlite_desk.quote("Иванов Иван")), b"\xff\xfe")
    assert bulk.fetch_one("SELECT COUNT(*) FROM report") == (0,)


def test_a_dry_run_says_what_would_be_entered(sqlite_desk: Desk) -> None:
    before = sqlite_desk.casebook.settled_head()
    assert len(sqlite_desk.add(sqlite_desk.line(name=sqlite_desk.quote("Иванов Иван")), dry_run=True).ids) == 1
    assert sqlite_desk.casebook.settled_head() == before


def test_a_sealed_report_is_not_entered_again(sqlite_desk: Desk) -> None:
    line = sqlite_desk.line(name=sqlite_desk.quote("Иванов Иван"))
    identifier = sqlite_desk.add(line).ids[0]
    seals.seal(sqlite_desk.casebook, sqlite_desk.actor, "report", identifier, "family_request")
    assert sqlite_desk.add(line).ids == ()
    assert bulk.fetch_one("SELECT name FROM report") == (None,)
