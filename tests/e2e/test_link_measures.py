"""``link table``, ``link evaluate`` and ``link sample`` on a small world, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from benchmarks.worlds.profiles import PROFILES
from benchmarks.worlds.reports import make_world
from tests.commands import run


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    reports, truth = make_world(160, PROFILES["slavic"], seed=3)
    pq.write_table(reports, folder / "reports.parquet")
    pq.write_table(truth, folder / "truth.parquet")
    run("link", "table", "reports.parquet", "--out", "people.parquet", "--edges", "edges.parquet", cwd=folder)
    return folder


def test_linked_people_are_held_against_the_truth(linked: Path) -> None:
    arguments = ("link", "evaluate", "--people", "people.parquet", "--truth", "truth.parquet", "--edges", "edges.parquet")
    printed = run(*arguments, "--reports", "reports.parquet", cwd=linked).stdout
    assert "expected number of people" in printed
    assert "Cyrl-Cyrl" in printed
    values = json.loads(run(*arguments, "--json", cwd=linked).stdout)
    assert values["precision"]["value"] > 0.8
    assert values["people"] <= 160
    assert values["expected"]["low"] < values["expected"]["people"] < values["expected"]["high"]
    assert abs(values["expected"]["error"]) < 0.3


def test_who_names_nobody_is_left_out_also_where_the_truth_does_not_say_so(linked: Path) -> None:
    truth = pq.read_table(linked / "truth.parquet")
    pq.write_table(truth.select(["report_id", "person"]), linked / "short.parquet")
    values = json.loads(
        run("link", "evaluate", "--people", "people.parquet", "--truth", "short.parquet", "--json", cwd=linked).stdout
    )
    hidden = pc.sum(truth["placeholder"]).as_py()
    assert hidden
    assert values["placeholders"] >= hidden
    assert values["placeholders_linked"] == 0
    assert values["people"] <= 160


def test_draws_repeat_with_their_seed_and_give_every_report_a_place(linked: Path) -> None:
    arguments = ("link", "sample", "edges.parquet", "--people", "people.parquet", "--draws", "5")
    first = json.loads(run(*arguments, "--seed", "7", "--out", "first.parquet", "--json", cwd=linked).stdout)
    again = json.loads(run(*arguments, "--seed", "7", "--out", "again.parquet", "--json", cwd=linked).stdout)
    other = json.loads(run(*arguments, "--seed", "8", "--out", "other.parquet", "--json", cwd=linked).stdout)
    assert first == again
    assert first["people"] != other["people"]
    drawn, people = pq.read_table(linked / "first.parquet"), pq.read_table(linked / "people.parquet")
    assert pq.read_table(linked / "again.parquet").equals(drawn)
    assert len(drawn) == 5 * len(people)
    for number, expected in enumerate(first["people"], start=1):
        draw = drawn.filter(pc.equal(drawn["draw"], number))
        assert draw["report_id"].to_pylist() == people["report_id"].to_pylist()
        assert pc.count_distinct(draw["person"]).as_py() - pc.sum(draw["unseen"]).as_py() == expected


def test_files_that_do_not_belong_together_are_refused(linked: Path, tmp_path: Path) -> None:
    stranger = pa.table({"report_id": ["x"], "person_id": ["y"]})
    pq.write_table(stranger, tmp_path / "people.parquet")
    refused = run("link", "evaluate", "--people", tmp_path / "people.parquet", "--truth", "truth.parquet", cwd=linked, code=1)
    assert "is not among the people" in refused.stderr
    refused = run(
        "link", "sample", "edges.parquet", "--people", tmp_path / "people.parquet", "--out", "d.parquet", cwd=linked, code=1
    )
    assert "of the edges is not among the people" in refused.stderr
    assert not list(linked.glob("d.parquet*"))
    refused = run("link", "evaluate", "--people", "truth.parquet", "--truth", "truth.parquet", cwd=linked, code=1)
    assert "has no column person_id" in refused.stderr


def test_people_without_a_note_are_evaluated_without_an_expected_number(linked: Path) -> None:
    people = pq.read_table(linked / "people.parquet").replace_schema_metadata(None)
    pq.write_table(people, linked / "bare.parquet")
    values = json.loads(
        run("link", "evaluate", "--people", "bare.parquet", "--truth", "truth.parquet", "--json", cwd=linked).stdout
    )
    assert values["expected"] is None
    assert values["f1"]["value"] > 0.5
