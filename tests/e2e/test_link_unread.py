"""``cenotaph link`` says what it could not read, refuses what is no number, and says what a number without doubt is."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.commands import run

ROWS = {
    "report_id": ["a", "b", "c", "d", "e"],
    "name_full": ["Каримов Алишер", "Alisher Karimov", "Мороз Тарас", "Zed Quackenbush", "Zed Quackenbush"],
    "birth_date_text": ["1990-03-04", "99.99.9999", "2999-01-01", "-0500", ""],
    "age": ["33", "-5", None, "9999", "abc"],
    "published_on": ["2023-05-10", "2023-06-10", "2023-06-11", "2023-06-11", "soon"],
}
LINES = (
    "3 values of birth_date_text could not be read and tell nothing, such as '99.99.9999' of report b.",
    "3 values of age could not be read and tell nothing, such as '-5' of report b.",
    "1 value of published_on could not be read and tells nothing, such as 'soon' of report e.",
)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    pq.write_table(pa.table(ROWS), tmp_path / "reports.parquet")
    return tmp_path / "reports.parquet"


def test_ages_and_dates_that_could_not_be_read_are_told(reports: Path) -> None:
    folder = reports.parent
    done = run("link", "table", reports, "--out", "people.parquet", cwd=folder)
    for line in LINES:
        assert f"reports.parquet: {line}" in done.stderr
    assert "death_date_text" not in done.stderr
    done = run("link", "pair", reports, reports, "--out", "links.parquet", cwd=folder)
    for line in LINES:
        assert done.stderr.count(f"reports.parquet: {line}") == 2


def test_new_reports_that_could_not_be_read_are_told(reports: Path) -> None:
    folder = reports.parent
    whole = {"report_id": ["x", "y"], "name_full": ["Мороз Тарас", "Каримов Алишер"], "age": ["30", "31"]}
    pq.write_table(pa.table(whole), folder / "old.parquet")
    done = run("link", "table", "old.parquet", "--out", "p.parquet", "--save-state", "state", cwd=folder)
    assert "could not be read" not in done.stderr
    done = run("link", "add", "state", reports, "--out", "added.parquet", cwd=folder)
    assert f"reports.parquet: {LINES[0]}" in done.stderr


@pytest.mark.parametrize(("verb", "option"), [("table", "--merge"), ("pair", "--threshold")])
def test_what_is_no_number_is_no_probability(reports: Path, verb: str, option: str) -> None:
    files = [reports] * (2 if verb == "pair" else 1)
    done = run("link", verb, *files, "--out", "o.parquet", option, "nan", cwd=reports.parent, code=2)
    assert "nan is no number" in done.stderr
    assert not (reports.parent / "o.parquet").exists()


def test_a_number_of_people_that_nothing_tells_is_called_so(tmp_path: Path) -> None:
    names = {"report_id": [f"r{at}" for at in range(1500)], "name_full": ["Ivan Petrov"] * 1500}
    pq.write_table(pa.table(names), tmp_path / "reports.parquet")
    done = run("link", "table", "reports.parquet", "--out", "people.parquet", cwd=tmp_path)
    assert "1,500 people at most: no report says enough to be compared with another" in done.stdout
    assert "95%" not in done.stdout
    more = {"report_id": [*names["report_id"], "x", "y"], "name_full": [*names["name_full"], "Zed Quackenbush", "Zelda Zorro"]}
    pq.write_table(pa.table(more), tmp_path / "reports.parquet")
    done = run("link", "table", "reports.parquet", "--out", "people.parquet", cwd=tmp_path)
    assert "1,500 of these were compared with nobody, and are a person each here: the most there can be" in done.stdout
