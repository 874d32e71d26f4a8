"""Derived files: what they hold on either database, what makes them worthless, and what a seal leaves of them."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.builders import BUILDER, Row, add_document, add_release, add_report, judge, make_row
from tests.conftest import Clock

from cenotaph.casebook import derived, tombstones
from cenotaph.casebook.blocks import BlockReader
from cenotaph.casebook.derived import Derived, hold_derived
from cenotaph.casebook.store import Casebook
from cenotaph.count.selection import Selection
from cenotaph.domain.axes import AXES
from cenotaph.domain.errors import BusyError
from cenotaph.services import counting, seals
from cenotaph.services.opening import start_casebook


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "BLOCK_ROWS", 4)


def hold(casebook: Casebook) -> Derived:
    with hold_derived(casebook, hosts=True) as files:
        return files


def total(casebook: Casebook, list_id: str = "list") -> int:
    return counting.count(casebook, Selection("", ("nationality",)), [list_id]).tables[0].total.value


def rows(first: int, last: int, **values: Any) -> list[Row]:
    return [make_row(f"r{n}", nationality="UZ", cites=[f"https://example.org/{n}"], **values) for n in range(first, last)]


def test_an_empty_casebook_has_files_without_rows(casebook: Casebook) -> None:
    files = hold(casebook)
    assert len(files.reports) == len(files.changes) == len(files.examined) == len(files.hosts) == 1
    assert counting.count(casebook, Selection("")).tables == ()


def test_both_databases_give_the_same_bytes(casebook: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Derived means recomputable: what comes of a casebook on PostgreSQL is what comes of one on SQLite."""
    import random

    def tell(casebook: Casebook) -> None:
        codes = {a.name: a.codes[0][0] if a.codes else "UZ" if a.kind == "place" else None for a in AXES}
        axes: dict[str, Any] = {name: code for name, code in codes.items() if name != "fate"}
        stated: dict[str, Any] = {f"{name}_stated": f"“{name}”\n'\t\\,=%" for name in axes}
        add_release(casebook, "list", "2023-01-01", [make_row("full", death="2023-05", age=30, **axes, **stated), *rows(0, 6)])
        judge(casebook, "examined", add_release(casebook, "list", "2023-02-01", rows(3, 9))["r4"])
        document = add_document(casebook, "A text.", source="paper", published_on="2023-01")
        report = add_report(casebook, document, make_row("x", unit_stated="5th", cites=["https://example.org/1", "a book"]))
        seals.seal(casebook, BUILDER, "report", report, "error", "unit")

    tell(casebook)
    other = tmp_path / "other"
    names = [path.name for path in sorted(p for p in casebook.derived.rglob("*.parquet"))]
    assert not names
    files = hold(casebook)
    found = {
        path.name: path.read_bytes() for kind in (files.reports, files.changes, files.examined, files.hosts) for path in kind
    }
    again = start_casebook(other, BUILDER, clock=Clock(), salts=random.Random(7).randbytes)
    tell(again)
    files = hold(again)
    assert {p.name: p.read_bytes() for kind in (files.reports, files.changes, files.examined, files.hosts) for p in kind} == {
        _rename(name, again): data for name, data in found.items()
    }


def _rename(name: str, casebook: Casebook) -> str:
    """The ledgers' hashes differ in the settings of their first entry; everything else in a name must agree."""
    kind, first, last, _, digest = name.split("-")
    folder = next(p for p in casebook.derived.iterdir() if p.is_dir())
    return next(p.name for p in folder.iterdir() if p.name.startswith(f"{kind}-{first}-{last}-") and p.name.endswith(digest))


def test_a_small_entry_leaves_full_blocks_alone(sqlite_casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = add_release(sqlite_casebook, "list", "2023-01-01", rows(0, 10))
    before = hold(sqlite_casebook)
    read: list[tuple[int, int]] = []
    real = BlockReader.read_reports

    def spy(self: BlockReader, first: int, last: int) -> object:
        read.append((first, last))
        return real(self, first, last)

    monkeypatch.setitem(derived._KINDS, "reports", ("report", spy))
    judge(sqlite_casebook, "examined", reports["r0"])
    assert hold(sqlite_casebook).reports == before.reports
    assert read == []
    add_release(sqlite_casebook, "other", "2023-01-01", rows(0, 1))
    after = hold(sqlite_casebook)
    assert read == [(9, 11)]
    assert after.reports[:2] == before.reports[:2]
    assert not before.reports[2].exists()


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "foreign", "half"])
def test_a_damaged_or_foreign_file_is_never_counted(sqlite_casebook: Casebook, tmp_path: Path, damage: str) -> None:
    add_release(sqlite_casebook, "list", "2023-01-01", rows(0, 6))
    path = hold(sqlite_casebook).reports[0]
    data = path.read_bytes()
    match damage:
        case "cut":
            path.write_bytes(data[:-9])
        case "changed":
            path.write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:])
        case "empty":
            path.write_bytes(b"")
        case "half":
            path.rename(path.with_name(".1-1.building"))
        case "foreign":
            other = start_casebook(tmp_path / "other", BUILDER)
            add_release(other, "list", "2023-01-01", rows(10, 13))
            foreign = hold(other).reports[0]
            shutil.copy(foreign, path.parent)
            path.unlink()
            from cenotaph.casebook.store import open_casebook

            sqlite_casebook = open_casebook(sqlite_casebook.root)
    assert total(sqlite_casebook) == 6
    assert path.read_bytes() == data
    assert len(list(path.parent.glob("*reports*"))) == 2
    assert not list(path.parent.glob(".*"))


def test_an_axis_that_only_a_later_block_has_is_read(sqlite_casebook: Casebook) -> None:
    late = [make_row(f"late{n}", unit_stated=f"unit {n}", nationality_stated="x") for n in range(5)]
    add_release(sqlite_casebook, "list", "2023-01-01", [*rows(0, 7), *late, *rows(7, 12)])
    table = counting.count(sqlite_casebook, Selection("", ("unit",))).tables[0]
    assert {str(cell.keys[0]): cell.value for cell in table.cells} == {
        "None": 17,
        "unknown": 12,
        **{f"stated.unit {n}": 1 for n in range(5)},
    }


def test_a_seal_leaves_no_derived_byte(casebook: Casebook) -> None:
    reports = add_release(casebook, "list", "2023-01-01", [make_row("a", unit_stated="SECRETWORD"), *rows(0, 5)])
    counting.count(casebook, Selection("", ("unit", "host")))
    assert any(b"SECRETWORD" in path.read_bytes() for path in casebook.derived.rglob("*.parquet"))
    seals.seal(casebook, BUILDER, "report", reports["a"], "family_request", "unit")
    assert not any(path.is_file() for path in casebook.derived.rglob("*"))
    table = counting.count(casebook, Selection("", ("unit",))).tables[0]
    assert table.aside.sealed_values == 1
    assert not any(b"SECRETWORD" in path.read_bytes() for path in casebook.derived.rglob("*") if path.is_file())


def test_a_seal_whose_follow_up_never_came_is_kept_all_the_same(
    sqlite_casebook: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = add_release(sqlite_casebook, "list", "2023-01-01", rows(0, 6))
    assert total(sqlite_casebook) == 6
    monkeypatch.setattr(tombstones, "finish", lambda *_: None)
    seals.seal(sqlite_casebook, BUILDER, "report", reports["r1"], "family_request")
    before = set(sqlite_casebook.derived.iterdir())
    assert total(sqlite_casebook) == 5
    assert not before & set(sqlite_casebook.derived.iterdir())


def test_a_seal_waits_for_a_count_and_then_deletes_what_it_wrote(sqlite_casebook: Casebook) -> None:
    reports = add_release(sqlite_casebook, "list", "2023-01-01", rows(0, 3))
    order: list[str] = []
    counting_now, sealed = threading.Event(), threading.Event()

    def seal() -> None:
        from django.db import connections

        counting_now.wait(10)
        seals.seal(sqlite_casebook_again(sqlite_casebook), BUILDER, "report", reports["r1"], "family_request")
        order.append("sealed")
        connections.close_all()
        sealed.set()

    thread = threading.Thread(target=seal)
    thread.start()
    with hold_derived(sqlite_casebook):
        counting_now.set()
        assert not sealed.wait(0.5)
        assert list(sqlite_casebook.derived.rglob("reports-*"))
        order.append("counted")
    thread.join(20)
    assert order == ["counted", "sealed"]
    assert not list(sqlite_casebook.derived.rglob("reports-*"))


def sqlite_casebook_again(casebook: Casebook) -> Casebook:
    return Casebook(casebook.root, casebook.settings, casebook.clock, casebook.salts)


def test_a_seal_that_cannot_wait_says_what_still_lies_there(sqlite_casebook: Casebook) -> None:
    add_release(sqlite_casebook, "list", "2023-01-01", rows(0, 3))
    settings = sqlite_casebook.settings
    sqlite_casebook.settings = type(settings)({**settings.values, "store.busy_seconds": 0})
    with hold_derived(sqlite_casebook), pytest.raises(BusyError, match="derived from what is sealed"):
        derived.drop_derived(sqlite_casebook)
    derived.drop_derived(sqlite_casebook)


def test_a_count_deletes_no_file_that_another_count_uses(sqlite_casebook: Casebook) -> None:
    add_release(sqlite_casebook, "list", "2023-01-01", rows(0, 3))

    def add_and_count() -> None:
        from django.db import connections

        again = sqlite_casebook_again(sqlite_casebook)
        add_release(again, "other", "2023-01-01", rows(0, 4))
        with hold_derived(again) as second:
            assert set(second.reports).isdisjoint(first.reports)
        connections.close_all()

    with hold_derived(sqlite_casebook) as first:
        thread = threading.Thread(target=add_and_count)
        thread.start()
        thread.join(20)
        assert len(list(sqlite_casebook.derived.rglob("reports-*"))) == 3
        assert all(path.exists() for path in first.reports)
    assert total(sqlite_casebook) == 3
    assert len(list(sqlite_casebook.derived.rglob("reports-*"))) == 2


def test_a_clock_set_back_hides_nothing_that_the_casebook_held_before(sqlite_casebook: Casebook) -> None:
    """What was held at an instant is always a beginning of the ledger."""
    from datetime import timedelta

    clock = sqlite_casebook.clock
    assert isinstance(clock, Clock)
    add_release(sqlite_casebook, "list", "2023-01-01", rows(0, 2))
    noon = clock.now
    clock.now -= timedelta(hours=1)
    add_release(sqlite_casebook, "list", "2023-02-01", rows(0, 3))
    counts = [
        counting.count(sqlite_casebook, Selection("", (), (), None, instant)).tables[0].total.value
        for instant in (noon - timedelta(minutes=30), noon)
    ]
    assert counts == [0, 3]
