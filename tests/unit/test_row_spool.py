"""Rows salted and hashed ahead come out the same, whether one process hashes them or two."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cenotaph.casebook import spool as spool_module
from cenotaph.casebook.guarded import JUDGEMENT, SOURCE
from cenotaph.casebook.ledger import PreparedRow
from cenotaph.casebook.spool import RowSpool
from cenotaph.domain.errors import InputError, StoreError


def source(number: int, name: str = "Вестник") -> tuple[str | None, ...]:
    return (f"{number:032x}", "outlet", f"{name} {number}", "ru", None, None)


def fill(folder: Path, count: int, helper: bool) -> tuple[list[PreparedRow], list[PreparedRow]]:
    with RowSpool((SOURCE, JUDGEMENT), random.Random(3).randbytes, folder, helper) as spool:
        for number in range(count):
            spool.add(0, source(number))
            if number % 3 == 0:
                spool.add(
                    1,
                    (f"{number:032x}", "examined", "report", "r", None, None, "now", "recorder", "yes", "why", None),
                )
        spool.close()
        return list(spool.rows(0)), list(spool.rows(1))


@pytest.mark.parametrize("count", [0, 1, 999, 2_500])
def test_two_processes_hash_as_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(spool_module, "ALONE_ROWS", 500)
    alone, together = fill(tmp_path, count, False), fill(tmp_path, count, True)
    assert alone == together
    assert [row.cells for row in alone[0]] == [source(number) for number in range(count)]
    assert len({row.salt for row in alone[0]}) == count
    assert list(tmp_path.iterdir()) == []


def test_a_row_that_the_record_cannot_hold_is_an_error_in_either_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for alone in (10**6, 1_500):
        monkeypatch.setattr(spool_module, "ALONE_ROWS", alone)
        with (
            RowSpool((SOURCE,), random.Random(3).randbytes, tmp_path) as spool,
            pytest.raises(InputError, match=r"U\+0000"),
        ):
            for number in range(5_000):
                spool.add(0, source(number, "Вест\0ник" if number == 3_300 else "Вестник"))
            spool.close()


def test_a_second_process_that_is_ended_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_module, "ALONE_ROWS", 500)
    with (
        RowSpool((SOURCE,), random.Random(3).randbytes, tmp_path) as spool,
        pytest.raises(StoreError, match="hashes rows"),
    ):
        for number in range(20_000):
            spool.add(0, source(number))
            if number == 4_500:
                assert spool._child is not None
                spool._child.kill()
        spool.close()


def test_where_no_second_process_can_be_started_one_does_it_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool_module, "ALONE_ROWS", 500)
    monkeypatch.setattr("sys.executable", str(tmp_path / "nothing"))
    assert len(fill(tmp_path, 3_000, True)[0]) == 3_000
