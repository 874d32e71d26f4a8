"""Real lists: the example in both its forms, and four releases of one ministry's list."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.casebooks import find_problems
from tests.tables import column

from cenotaph.casebook import bulk
from cenotaph.casebook.ledger import Actor
from cenotaph.casebook.store import Casebook
from cenotaph.count.selection import Selection
from cenotaph.count.table import CountTable
from cenotaph.extract.lists import parse_mapping
from cenotaph.services import counting
from cenotaph.services.imports import Import, import_list, load

LIST = "foreign-fighters"


def read_table(
    casebook: Casebook, by: tuple[str, ...], rollups: tuple[str, ...] = (), list_id: str = LIST
) -> CountTable:
    return counting.count(casebook, Selection("", by, rollups=rollups), [list_id]).tables[0]


def value_of(table: CountTable, *keys: str | None) -> int:
    cell = table.cell(*keys)
    return cell.value if cell else 0


@pytest.fixture(params=["shipped", "full"])
def counted(
    request: pytest.FixtureRequest, sqlite_casebook: Casebook, actor: Actor, example: Path
) -> tuple[Casebook, Import]:
    path = example / "list_2025-11.csv"
    if request.param == "full":
        path = request.getfixturevalue("shared_data")("foreign-fighters/named_2025-11.csv")
    return sqlite_casebook, import_list(sqlite_casebook, actor, path, load(example / "mapping.toml"))


def test_the_examples_mapping_reads_the_shipped_part_and_the_full_list_alike(
    counted: tuple[Casebook, Import],
) -> None:
    casebook, done = counted
    assert (done.changes.added, done.failures, done.summary.unmapped) == (562, (), {})
    by = ("nationality", "path")
    expected = {
        ("UZ", None): 70, ("UZ", "prison"): 47, ("TJ", None): 70, ("TJ", "prison"): 41, ("NP", None): 71, ("NP", "prison"): 0,
        (None, "prison"): 155, (None, "mobilised"): 6, (None, "stated.добровольцы"): 248, (None, "unknown"): 153,
        ("x-south-ossetia", None): 59, ("x-abkhazia", None): 15, ("x-transnistria", None): 3, ("x-africa", None): 5,
        ("UA", None): 47, ("GE", None): 1,
    }  # fmt: skip
    table = read_table(casebook, by)
    assert {keys: value_of(table, *keys) for keys in expected} == expected
    branches = read_table(casebook, ("branch", "force"))
    apart = {
        ("motor_rifle", None): 41, ("airborne", None): 7, ("marines", None): 4, ("national_guard", None): 3, ("tank", None): 2,
        ("artillery", None): 2, ("special_forces", None): 1, ("other", None): 1, (None, "private_company"): 33,
    }  # fmt: skip
    assert {keys: value_of(branches, *keys) for keys in apart} == apart
    assert value_of(read_table(casebook, ("nationality",), rollups=("ukraine-regions",)), "UA") == 53


def test_every_rows_words_of_the_full_list_are_kept(
    sqlite_casebook: Casebook, actor: Actor, example: Path, shared_data: Callable[[str], Path]
) -> None:
    done = import_list(
        sqlite_casebook, actor, shared_data("foreign-fighters/named_2025-11.csv"), load(example / "mapping.toml")
    )
    assert done.summary.absent_columns == ["age_band", "death_year", "source_host"]
    assert done.summary.yearless == {"birth": 1}
    assert done.summary.unreadable == []
    counts = {
        "name IS NOT NULL": 562, "type": 562, "rank_stated IS NOT NULL": 562 - 467, "age_low IS NOT NULL": 562 - 143,
        "death_from IS NOT NULL": 562 - 171, "birth_from IS NOT NULL": 562 - 181 - 1, "cites IS NOT NULL": 562 - 123,
    }  # fmt: skip
    stated = " OR ".join(f"{axis}_stated IS NOT NULL" for axis in ("path", "branch", "force"))
    for condition, number in counts.items():
        sql = f"SELECT COUNT(*) FROM report WHERE {stated if condition == 'type' else condition}"
        assert bulk.fetch_one(sql) == (number,), condition


GAZA = (
    '[constants]\nfate = "dead"\n[[column]]\nname = "row"\nignore = true\n[[column]]\nname = "truth_key"\nsecret = true\n'
    + column("name_ar", "name")
    + column("name_en", "name", 'language = "en"')
    + column("age", "age", "[column.words]", '"-1" = "unknown"')
    + column("dob", "birth")
    + column("sex", "sex", "[column.words]", 'm = "m"', 'f = "f"')
    + column("source", "note")
)
RELEASES = ("release_2024-04", "release_2024-08", "release_2024-09", "release_2024-12_arabic_only")


def thin_out(path: Path, folder: Path) -> tuple[Path, int]:
    """Write the rows whose key begins with 0, and a sixteenth of those without one; return how many."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    kept = [row for row in rows if (row[1][0] == "0" if row[1] else int(row[0]) % 16 == 0)]
    thin = folder / path.name
    with thin.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *kept])
    return thin, len(kept)


def test_four_releases_of_one_list_stand_one_after_the_other(
    sqlite_casebook: Casebook, actor: Actor, shared_data: Callable[[str], Path], tmp_path: Path
) -> None:
    head = (
        'schema = 1\n[list]\nid = "gaza"\nrelease = "{day}"\ndate = "{day}"\ncomplete = true\nkey = "truth_key"\n'
        '[source]\nname = "Ministry of Health, Gaza"\nkind = "official"\nlanguage = "ar"\n'
    )
    total, withdrawn = 0, []
    for number, name in enumerate(RELEASES):
        mapping = parse_mapping(head.format(day=name[8:15]) + GAZA, "toml")
        path, rows = thin_out(shared_data(f"gaza-lists/{name}.csv"), tmp_path)
        done = import_list(sqlite_casebook, actor, path, mapping, confirmed=True)
        c, s = done.changes, done.summary
        assert (s.rows, c.failed, done.keyed) == (rows, 0, True)
        assert c.added + c.changed + c.unchanged == rows
        assert read_table(sqlite_casebook, (), list_id="gaza").total.value == rows
        assert ("name_en" in s.absent_columns) == (number == 3)
        assert len(s.unreadable) < 5
        assert import_list(sqlite_casebook, actor, path, mapping).nothing_new
        total += c.added + c.changed
        withdrawn.append(c.withdrawn)
    assert withdrawn[0] == 0
    assert min(withdrawn[1:]) > 0
    assert bulk.fetch_one("SELECT COUNT(*) FROM report") == (total,)
    assert find_problems(sqlite_casebook) == []
