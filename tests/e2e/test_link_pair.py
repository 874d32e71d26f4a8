"""``cenotaph link pair`` as a person runs it: two files in, links out, errors in words."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.commands import run

LEFT = [
    ("a1", "أحمد محمد علي المصري", "34"),
    ("a2", "محمود محمد علي المصري", "31"),
    ("a3", "هدى سالم حسن العطار", "8"),
    ("a4", "كامل يوسف ناجي الشاعر", "52"),
]
RIGHT = [
    ("b1", "Mahmoud Muhammad Ali al-Masri", "31"),
    ("b2", "Ahmad Mohammed Ali Al Masri", "35"),
    ("b3", "Huda Salem Hassan al-Attar", "8"),
    ("b4", "Rami Farid Odeh Zaqout", "19"),
]


def write_csv(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["report_id", "name_full", "age"])
        writer.writerows(rows)
    return path


def write_parquet(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    ids, names, ages = zip(*rows, strict=True)
    pq.write_table(pa.table({"report_id": ids, "name_full": names, "age": [int(a) for a in ages]}), path)
    return path


@pytest.mark.parametrize("write", [write_csv, write_parquet], ids=["csv", "parquet"])
def test_two_lists_in_two_scripts_are_linked_one_to_one(tmp_path: Path, write: object) -> None:
    ending = "csv" if write is write_csv else "parquet"
    left, right = write(tmp_path / f"left.{ending}", LEFT), write(tmp_path / f"right.{ending}", RIGHT)  # type: ignore[operator]
    done = run("link", "pair", left, right, "--out", tmp_path / "links.parquet", cwd=tmp_path)
    links = pq.read_table(tmp_path / "links.parquet")
    assert links.column_names == ["left_id", "right_id", "probability"]
    assert {(row["left_id"], row["right_id"]) for row in links.to_pylist()} == {("a1", "b2"), ("a2", "b1"), ("a3", "b3")}
    assert all(0.4 <= p <= 1 for p in links["probability"].to_pylist())
    assert "3 people are in both lists" in done.stdout


def test_what_became_of_every_row_is_written(tmp_path: Path) -> None:
    left, right = (
        write_csv(tmp_path / "left.csv", LEFT),
        write_csv(tmp_path / "right.csv", [("c1", LEFT[0][1], "44"), *LEFT[1:3]]),
    )
    changes, page = tmp_path / "changes.csv", tmp_path / "page.html"
    run("link", "pair", left, right, "--out", tmp_path / "l.parquet", "--changes", changes, "--page", page, cwd=tmp_path)
    with changes.open(encoding="utf-8", newline="") as stream:
        kinds = sorted(row["kind"] for row in csv.DictReader(stream))
    # The first has another age by ten years: nobody says that it is the same person.
    assert kinds == ["added", "same", "same", "withdrawn", "withdrawn"]
    html = page.read_text(encoding="utf-8")
    assert "not found again" in html and "المصري" not in html and "<script" not in html


def test_a_program_may_read_what_it_came_to(tmp_path: Path) -> None:
    left, right = write_csv(tmp_path / "left.csv", LEFT), write_csv(tmp_path / "right.csv", RIGHT)
    done = run("link", "pair", left, right, "--out", tmp_path / "links.parquet", "--json", cwd=tmp_path)
    assert {k: v for k, v in json.loads(done.stdout).items() if k in ("left", "right", "links", "only_left")} == {
        "left": 4,
        "right": 4,
        "links": 3,
        "only_left": 1,
    }


def test_a_list_without_ids_is_refused_in_words(tmp_path: Path) -> None:
    left = tmp_path / "left.csv"
    left.write_text("name_full\nAhmad\n", encoding="utf-8")
    right = write_csv(tmp_path / "right.csv", RIGHT)
    done = run("link", "pair", left, right, "--out", tmp_path / "links.parquet", cwd=tmp_path, code=1)
    assert "report_id" in done.stderr
    assert not (tmp_path / "links.parquet").exists()


def test_a_file_that_is_no_csv_is_refused_in_words(tmp_path: Path) -> None:
    left = tmp_path / "left.csv"
    left.write_bytes(b"\xff\xfe\x00report_id\x00\xff")
    right = write_csv(tmp_path / "right.csv", RIGHT)
    done = run("link", "pair", left, right, "--out", tmp_path / "links.parquet", cwd=tmp_path, code=1)
    assert "left.csv" in done.stderr


def test_a_list_is_never_written_over(tmp_path: Path) -> None:
    left, right = write_csv(tmp_path / "left.csv", LEFT), write_csv(tmp_path / "right.csv", RIGHT)
    before = left.read_bytes()
    run("link", "pair", left, right, "--out", left, cwd=tmp_path, code=2)
    assert left.read_bytes() == before
