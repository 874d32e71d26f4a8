"""What a database could not hold is refused on each of them, before anything is written."""

from __future__ import annotations

from typing import Any

import pytest
from tests.casebooks import ACTOR, find_problems, report_cells

from cenotaph.casebook.guarded import CAPTURE, READING, REPORT, SOURCE
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.domain.errors import CenotaphError, InputError, SettingsError
from cenotaph.services.opening import start_casebook

SOURCE_ROW: tuple[Any, ...] = ("s1", "outlet", "name", "ru", None, None)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\udfff tail"])
def test_characters_that_postgresql_cannot_keep_are_refused_on_both(casebook: Casebook, text: str) -> None:
    head = casebook.settled_head()
    for row in ((text, *SOURCE_ROW[1:]), (*SOURCE_ROW[:2], text, *SOURCE_ROW[3:])):
        with pytest.raises(InputError, match=r"source .*(U\+0000|half a surrogate pair)"), casebook.writing(ACTOR, "x") as entry:
            entry.add(SOURCE, [row])
    with pytest.raises(InputError, match="account holds"), casebook.writing(Actor("recorder", text), "x"):
        pass
    if "\0" not in text:  # JSON has an escape for it.
        with pytest.raises(InputError, match="detail of the entry holds"), casebook.writing(ACTOR, "x") as entry:
            entry.detail["note"] = text
        with pytest.raises(CenotaphError), casebook.writing(ACTOR, "x") as entry:
            entry.add(REPORT, [report_cells(1, other={"notes": {"a": text}})])
    assert casebook.settled_head() == head and find_problems(casebook) == []


def test_a_zero_within_json_is_kept_on_both(casebook: Casebook) -> None:
    with casebook.writing(ACTOR, "x") as entry:
        entry.detail["note"] = "a\0b"
        entry.add(REPORT, [report_cells(1, other={"notes": {"a": "a\0b"}})])
    assert find_problems(casebook) == []


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        (SOURCE, ("s1", "k" * 41, None, None, None, None), "kind is more than 40 characters"),
        (SOURCE, ("s" * 65, "outlet", None, None, None, None), "id is more than 64 characters"),
        (CAPTURE, ("c", 2**63, "text/plain"), "size is more than"),
        (REPORT, report_cells(1, age_low=2**31), "age_low is more than"),
        (REPORT, report_cells(1, birth_from="2001-01-01T"), "birth_from is more than 10 characters"),
        (READING, ("r", "l" * 65, "1", "2025", True, None, "d", "h", None, None), "list is more than 64 characters"),
        (SOURCE, ("s1", "outlet", 1.5, None, None, None), "name is of type float"),
        (SOURCE, ("s1", "outlet", b"x", None, None, None), "name is of type bytes"),
        (REPORT, report_cells(1, other='{"a": 1}'), "not a canonical JSON object"),
    ],
)
def test_what_one_database_would_cut_or_refuse_is_refused_on_both(casebook: Casebook, table: Any, row: Any, words: str) -> None:
    with pytest.raises(InputError, match=words), casebook.writing(ACTOR, "x") as entry:
        entry.add(table, [row])
    assert casebook.settled_head().number == 1 and find_problems(casebook) == []


def test_the_longest_that_fits_is_taken_on_both(casebook: Casebook) -> None:
    with casebook.writing(ACTOR, "x") as entry:
        entry.add(SOURCE, [("ё" * 64, "😀" * 40, "x" * 100_000, None, None, None)])
        entry.add(CAPTURE, [("c" * 64, 2**63 - 1, "text/plain")])
        entry.add(REPORT, [report_cells(1, age_low=2**31 - 1, age_high=-(2**31) + 1)])
    assert [problem.partition(":")[0] for problem in find_problems(casebook)] == [f"capture {'c' * 64}"]


def test_the_same_id_twice_is_refused_and_leaves_nothing(casebook: Casebook) -> None:
    with pytest.raises(CenotaphError), casebook.writing(ACTOR, "x") as entry:
        entry.add(SOURCE, [SOURCE_ROW, SOURCE_ROW])
    assert casebook.settled_head().number == 1 and find_problems(casebook) == []


@pytest.mark.parametrize("url", ["postgresql://u:secret@h/d", "postgresql://u@h/d?password=secret"])
def test_a_password_in_the_settings_is_refused(tmp_path: Any, url: str) -> None:
    with pytest.raises(SettingsError, match="holds a password") as caught:
        start_casebook(tmp_path / "c", ACTOR, {"store.url": url})
    assert "secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []
