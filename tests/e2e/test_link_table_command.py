"""``cenotaph link table``, ``explain`` and ``add``, as a person runs them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.commands import run

ROWS = {
    "report_id": ["a", "b", "c", "d"],
    "name_full": ["Каримов Алишер Рустамович", "Alisher Rustam oʻgʻli Karimov", "Мороз Тарас Петрович", "неизвестный"],
    "birth_date_text": ["1990-03-04", "4 March 1990", "1985", None],
    "place_text": ["Ургут", "Urgut", "Полтава", None],
    "published_on": ["2023-05-10", "2023-06-10", "2023-06-11", "2023-06-11"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pq.write_table(pa.table(ROWS), tmp_path / "reports.parquet")
    return tmp_path


def test_a_file_of_reports_becomes_a_file_of_people(folder: Path) -> None:
    done = run("link", "table", "reports.parquet", "--out", "people.parquet", "--edges", "edges.parquet", cwd=folder)
    assert "4 reports, 1 of them name nobody" in done.stdout
    people = pq.read_table(folder / "people.parquet")
    assert people.column_names == ["report_id", "person_id", "probability", "resolution"]
    by_report = {row["report_id"]: row for row in people.to_pylist()}
    assert by_report["a"]["person_id"] == by_report["b"]["person_id"] != by_report["c"]["person_id"]
    assert by_report["d"]["resolution"] == "unresolved"
    assert pq.read_table(folder / "edges.parquet").column_names == [
        "left_id",
        "right_id",
        "weight",
        "probability",
        "veto",
        "cause",
    ]


def test_a_saved_model_gives_the_same_bytes(folder: Path) -> None:
    run("link", "table", "reports.parquet", "--out", "one.parquet", "--save-model", "model.json", cwd=folder)
    run("link", "table", "reports.parquet", "--out", "two.parquet", "--model", "model.json", cwd=folder)
    assert (folder / "one.parquet").read_bytes() == (folder / "two.parquet").read_bytes()
    changed = json.loads((folder / "model.json").read_text())
    changed["prior"] = 0.25
    (folder / "model.json").write_text(json.dumps(changed))
    done = run("link", "table", "reports.parquet", "--out", "three.parquet", "--model", "model.json", cwd=folder, code=1)
    assert "not those that were written" in done.stderr


def test_a_reviewers_word_is_taken_from_a_file(folder: Path) -> None:
    with (folder / "j.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([("left_id", "right_id", "same", "reason"), ("a", "b", "false", "two photographs")])
    run("link", "table", "reports.parquet", "--out", "people.parquet", "--judgements", "j.csv", cwd=folder)
    people = pq.read_table(folder / "people.parquet").to_pylist()
    assert people[0]["person_id"] != people[1]["person_id"]


def test_a_pair_is_explained_in_words_and_drawn(folder: Path) -> None:
    done = run("link", "explain", "a", "b", "--reports", "reports.parquet", "--svg", "why.svg", cwd=folder)
    assert "birth: the same day" in done.stdout
    assert "one person with probability" in done.stdout
    assert (folder / "why.svg").read_text().startswith("<svg")
    shown = json.loads(run("link", "explain", "a", "b", "--reports", "reports.parquet", "--json", cwd=folder).stdout)
    assert shown["weight"] == pytest.approx(shown["prior"] + sum(field["weight"] for field in shown["fields"]))
    assert "names nobody" in run("link", "explain", "a", "d", "--reports", "reports.parquet", cwd=folder, code=1).stderr


def test_new_reports_are_added_to_a_state(folder: Path) -> None:
    run("link", "table", "reports.parquet", "--out", "people.parquet", "--save-state", "state", cwd=folder)
    new = {name: [values[0]] for name, values in ROWS.items()} | {"report_id": ["e"]}
    pq.write_table(pa.table(new), folder / "new.parquet")
    run("link", "add", "state", "new.parquet", "--out", "added.parquet", "--merged", "merged.parquet", cwd=folder)
    people = pq.read_table(folder / "people.parquet").to_pylist()
    assert pq.read_table(folder / "added.parquet").to_pylist()[0]["person_id"] == people[0]["person_id"]


def test_what_cannot_be_written_is_refused_before_the_work(folder: Path) -> None:
    done = run("link", "table", "reports.parquet", "--out", "nowhere/people.parquet", cwd=folder, code=2)
    assert "no folder" in done.stderr
    done = run("link", "table", "reports.parquet", "--out", "reports.parquet", cwd=folder, code=2)
    assert "the same one" in done.stderr


def test_the_name_of_an_output_says_whether_it_is_csv_or_parquet(folder: Path) -> None:
    run("link", "table", "reports.parquet", "--out", "people.csv", cwd=folder)
    with (folder / "people.csv").open(newline="", encoding="utf-8") as stream:
        assert [row["report_id"] for row in csv.DictReader(stream)] == ["a", "b", "c", "d"]
    done = run("link", "table", "reports.parquet", "--out", "people.xlsx", cwd=folder, code=2)
    assert "neither .parquet nor .csv" in done.stderr
    assert not (folder / "people.xlsx").exists()


def test_a_pair_of_a_csv_file_is_explained(folder: Path) -> None:
    with (folder / "reports.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(ROWS)
        writer.writerows(zip(*ROWS.values(), strict=True))
    done = run("link", "explain", "a", "b", "--reports", "reports.csv", cwd=folder)
    assert "one person with probability" in done.stdout
