"""What a count shows and refuses, on either database where it matters."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from tests.builders import BUILDER, add_document, add_release, add_report, judge, make_row
from tests.conftest import Clock

from cenotaph.casebook.store import Casebook
from cenotaph.count.backlog import Backlog, BacklogLine
from cenotaph.count.selection import Selection
from cenotaph.count.table import CountTable
from cenotaph.domain.errors import NotFoundError, UsageError, ValueFormatError
from cenotaph.services import counting, rendering, seals


def table(casebook: Casebook, *by: str, **options: object) -> CountTable:
    return counting.count(casebook, Selection("", by, **options)).tables[0]  # type: ignore[arg-type]


def now(casebook: Casebook) -> datetime:
    assert isinstance(casebook.clock, Clock)
    return casebook.clock.now


def backlog(casebook: Casebook, **options: object) -> Backlog:
    return counting.count(casebook, Selection("", **options)).backlog  # type: ignore[arg-type]


def test_the_example_of_the_design_reads_as_it_says(casebook: Casebook) -> None:
    rows = [make_row(f"p{n}", nationality="UZ", path="prison") for n in range(47)]
    rows += [make_row(f"m{n}", nationality="UZ", path="mobilised") for n in range(14)]
    rows += [make_row(f"u{n}", nationality="UZ") for n in range(9)]
    add_release(casebook, "list", "2025-11", rows)
    counted = counting.count(casebook, Selection("", ("nationality", "path")))
    text = "\n".join(rendering.count_text(counted))
    assert "Uzbekistan, from prison: at least 47; recruitment path known for 61 of 70." in text
    assert "61 of 70" in next(line for line in text.splitlines() if line.startswith("Uzbekistan  "))
    assert any(line.startswith("unknown") for line in text.splitlines()), "unknown is shown though nobody is"


def test_a_judgement_made_later_was_not_known_earlier(casebook: Casebook) -> None:
    reports = add_release(casebook, "list", "2025-11", [make_row("a", cites=["https://example.org/1"]), make_row("b")])
    before = now(casebook)
    judge(casebook, "examined", reports["a"])
    between = now(casebook)
    judge(casebook, "examined", reports["a"], "no")
    assert table(casebook, known_at=before).total.evidence == (0, 1, 1)
    assert table(casebook, known_at=between).total.evidence == (1, 0, 1)
    assert table(casebook).total.evidence == (0, 1, 1)


def test_a_judgement_on_one_value_does_not_examine_the_row(sqlite_casebook: Casebook) -> None:
    from cenotaph.services.judgements import Draft, add_judgement

    reports = add_release(sqlite_casebook, "list", "2025-11", [make_row("a")])
    add_judgement(sqlite_casebook, BUILDER, Draft("examined", "yes", reports["a"], "seen", "report", "path"))
    assert table(sqlite_casebook).total.evidence == (0, 0, 1)


def test_an_earlier_state_says_that_a_seal_since_took_something_from_it(casebook: Casebook) -> None:
    reports = add_release(casebook, "list", "2025-11", [make_row("a"), make_row("b", path="prison"), make_row("c")])
    before = now(casebook)
    assert table(casebook, known_at=before).notes == ()
    seals.seal(casebook, BUILDER, "report", reports["a"], "family_request")
    seals.seal(casebook, BUILDER, "report", reports["b"], "family_request", "path")
    earlier = table(casebook, "path", known_at=before)
    assert (earlier.total.value, earlier.aside.sealed, earlier.aside.sealed_values) == (2, 1, 1)
    assert "2 of the reports held then are under seal by now" in earlier.notes[0]
    assert table(casebook, "path").notes == ()


def test_several_lists_have_a_table_each_and_no_total(casebook: Casebook) -> None:
    add_release(casebook, "one", "2025-01", [make_row("a")], title="First list")
    add_release(casebook, "two", "2025-01", [make_row("a"), make_row("b")])
    add_release(casebook, "two", "2025-02", [make_row("b")])
    document = add_document(casebook, "A text.", source="paper")
    add_report(casebook, document, make_row("x"))
    counted = counting.count(casebook, Selection(""))
    assert [(t.selection.list_id, t.total.value) for t in counted.tables] == [("one", 1), ("two", 1), ("documents", 1)]
    assert counted.notes == (counting.NO_TOTAL,)
    assert "no total across lists: the same person may stand in several" in "\n".join(rendering.count_text(counted))
    alone = counting.count(casebook, Selection(""), ["two"])
    assert [t.selection.list_id for t in alone.tables] == ["two"]
    assert alone.notes == ()


def test_documents_count_as_of_when_they_were_certainly_public(sqlite_casebook: Casebook) -> None:
    for text, published in (("a", "2025-01-10"), ("b", "2025-01"), ("c", None)):
        add_report(sqlite_casebook, add_document(sqlite_casebook, text, published_on=published), make_row(text))
    counts = [table(sqlite_casebook, as_of=date(2025, 1, day)).total.value for day in (9, 10, 30, 31)]
    assert counts == [0, 1, 1, 2]
    assert table(sqlite_casebook).total.value == 3
    assert table(sqlite_casebook).total.evidence == (3, 0, 0)


def test_the_backlog_counts_a_capture_once_and_shows_it_under_each_source(casebook: Casebook) -> None:
    read = add_document(casebook, "Read.", source="paper")
    add_report(casebook, read, make_row("a"))
    twice = add_document(casebook, "Seen twice.", source="paper")
    assert add_document(casebook, "Seen twice.", source="radio") == twice
    assert add_document(casebook, "Seen twice.", source="radio") == twice
    add_document(casebook, "From nobody.")
    empty = add_document(casebook, "Nothing in it.", source="paper")
    judge(casebook, "nothing_to_report", empty, "yes", "document")
    assert backlog(casebook) == Backlog(
        2,
        (BacklogLine("no source stated", "2026-01", 1), BacklogLine("paper", "2026-01", 1), BacklogLine("radio", "2026-01", 1)),
        1,
        True,
    )


def test_a_list_that_was_read_is_no_backlog_and_neither_is_a_sealed_capture(sqlite_casebook: Casebook) -> None:
    from cenotaph.casebook import bulk

    add_release(sqlite_casebook, "list", "2025-11", [make_row("a")])
    document = add_document(sqlite_casebook, "To be sealed.")
    assert backlog(sqlite_casebook).captures == 1
    capture = bulk.fetch_rows("SELECT capture FROM document WHERE id = %s", [document])[0][0]
    seals.seal(sqlite_casebook, BUILDER, "capture", capture, "court_order")
    assert backlog(sqlite_casebook).captures == 0


def test_the_backlog_is_as_the_casebook_knew_it(sqlite_casebook: Casebook) -> None:
    document = add_document(sqlite_casebook, "Read later.", source="paper")
    unread = now(sqlite_casebook)
    add_report(sqlite_casebook, document, make_row("a"))
    empty = add_document(sqlite_casebook, "Judged later.", source="paper")
    unjudged = now(sqlite_casebook)
    judge(sqlite_casebook, "nothing_to_report", empty, "yes", "document")
    assert backlog(sqlite_casebook, known_at=unread - timedelta(seconds=1)).captures == 0
    assert backlog(sqlite_casebook, known_at=unread).captures == 1
    assert backlog(sqlite_casebook, known_at=unjudged).captures == 1
    assert backlog(sqlite_casebook).captures == 0
    judge(sqlite_casebook, "nothing_to_report", empty, "no", "document")
    assert backlog(sqlite_casebook).captures == 1


def test_the_backlog_as_of_a_day_holds_what_was_public_then(sqlite_casebook: Casebook) -> None:
    add_document(sqlite_casebook, "Old.", published_on="2025-01-10")
    add_document(sqlite_casebook, "Undated.")
    counts = [backlog(sqlite_casebook, as_of=day).captures for day in (date(2025, 1, 9), date(2025, 1, 10), date(2026, 1, 2))]
    assert counts == [0, 1, 2]


def test_a_key_that_an_axis_does_not_have_is_refused_and_never_counted_as_nobody(sqlite_casebook: Casebook) -> None:
    add_release(sqlite_casebook, "list", "2025-11", [make_row("a")])
    for where in (("path", "prisonn"), ("unit", "5th"), ("evidence", "unknown"), ("height", "tall")):
        with pytest.raises(UsageError):
            Selection("", (), (where,))
    with pytest.raises(ValueFormatError, match="Write UZ"):
        counting.count(sqlite_casebook, Selection("", (), (("nationality", "Uzbekistan"),)))
    with pytest.raises(ValueFormatError):
        counting.open_cell(sqlite_casebook, "list:nationality=ZZ")


def test_a_list_that_there_is_not_is_refused(sqlite_casebook: Casebook) -> None:
    add_release(sqlite_casebook, "list", "2025-11", [make_row("a")])
    for act in (
        lambda: counting.count(sqlite_casebook, Selection(""), ["other"]),
        lambda: counting.open_cell(sqlite_casebook, "other:all"),
        lambda: counting.fragility(sqlite_casebook, "other"),
    ):
        with pytest.raises(NotFoundError, match="'other'"):
            act()
    with pytest.raises(NotFoundError, match="roll-up"):
        counting.count(sqlite_casebook, Selection("", rollups=("atlantis",)))


@pytest.mark.parametrize(
    "cell", ["", "list", "list:", ":all", "list:path", "list:path=", "list:as-of=July", "list:path=%FF", "%FF:all"]
)
def test_what_is_no_cells_id_is_refused(sqlite_casebook: Casebook, cell: str) -> None:
    with pytest.raises(UsageError):
        counting.open_cell(sqlite_casebook, cell)


def test_a_cell_of_a_rolled_up_table_opens_where_the_condition_is_one_of_its_parts(sqlite_casebook: Casebook) -> None:
    rows = [
        make_row("a", nationality="GE"),
        make_row("b", nationality="x-abkhazia"),
        make_row("c", nationality="x-south-ossetia"),
    ]
    add_release(sqlite_casebook, "list", "2025-11", rows)
    name = "georgia-with-south-ossetia-abkhazia"
    found = table(sqlite_casebook, "nationality", where=(("nationality", "x-abkhazia"),), rollups=(name,))
    cell = found.cell("GE")
    assert cell is not None
    assert (cell.value, cell.id) == (1, f"list:nationality=GE,nationality=x-abkhazia,rollup={name}")
    assert len(counting.open_cell(sqlite_casebook, cell.id)) == 1


def test_a_table_of_too_many_cells_is_refused_before_it_fills_the_memory(
    sqlite_casebook: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cenotaph.count import table as module

    monkeypatch.setattr(module, "MOST_CELLS", 16)
    add_release(sqlite_casebook, "list", "2025-11", [make_row(f"r{n}", unit_stated=f"unit {n}") for n in range(8)])
    assert table(sqlite_casebook, "unit").total.value == 8
    with pytest.raises(UsageError, match="more than 16 cells"):
        table(sqlite_casebook, "unit", "path")


def test_ties_are_in_the_order_of_code_points_and_every_run_prints_the_same(casebook: Casebook) -> None:
    words = ("é", "z", "Я", "e\u0301", "ا", "10", "2")
    add_release(casebook, "list", "2025-11", [make_row(word, unit_stated=word) for word in words])
    first = counting.count(casebook, Selection("", ("unit", "path")))
    assert [k.removeprefix("stated.") for k in first.tables[0].axes[0][:-1]] == sorted(words)
    assert list(rendering.count_text(first)) == list(
        rendering.count_text(counting.count(casebook, Selection("", ("unit", "path"))))
    )


def test_fragility_counts_rows_without_source_date_and_age_and_every_host(casebook: Casebook) -> None:
    reports = add_release(
        casebook,
        "list",
        "2025-11",
        [
            make_row("a", death="2025", age=30, cites=["https://archive.ph/1", "https://archive.ph/2"]),
            make_row("b", cites=["https://www.example.org/x", "https://archive.ph/3"]),
            make_row("c", birth_from="1990-01-01"),
            make_row("d", cites=["a book"]),
        ],
    )
    judge(casebook, "examined", reports["a"])
    judge(casebook, "examined", reports["c"])
    found = counting.fragility(casebook, "list")
    assert (found.rows, found.without_source, found.without_death_date, found.without_birth_or_age, found.examined) == (
        4,
        1,
        3,
        2,
        2,
    )
    assert found.hosts == (("archive.ph", 2), ("example.org", 1))
    assert found.cited == 3
