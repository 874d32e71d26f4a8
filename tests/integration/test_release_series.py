"""Attacks on a series of releases: what one gives back of whom another withholds."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from tests.builders import Row, make_row
from tests.conftest import ACTOR
from tests.release_builders import FIGURES, POLICY, link_lists, make_rules, person_of, run_stranger

from cenotaph.casebook.store import Casebook
from cenotaph.services.judgements import Draft, add_judgement
from cenotaph.services.release_text import built_text
from cenotaph.services.releases import Built, build_release

BY_NATION = POLICY + 'path = "show"\n'
BY_PATH = BY_NATION.replace('opaque = ["nationality"]', 'opaque = ["path"]')
MORE = FIGURES + """[[figure]]
id = "prison"
title = "From prison"
where = { path = ["prison"] }
[[figure]]
id = "missing"
title = "Missing"
fates = ["missing"]
"""
NAMES = ("Алишер", "Бахтиёр", "Улугбек", "Далер", "Фирдавс", "Сухроб", "Тимур", "Акмаль")
BLANK = "withheld"


def make_people() -> list[Row]:
    """Return eight people of one nationality and path; the first is a minor."""
    ages = (16, *range(30, 37))
    facts = {"nationality": "UZ", "path": "prison", "death": "2024-01-10"}
    return [make_row(f"r{n}", name=f"Отдельный{n} {NAMES[n]}", age=ages[n], **facts) for n in range(8)]


@pytest.fixture
def linked(casebook: Casebook) -> Casebook:
    return link_lists(casebook, {"list": make_people()})


class Series:
    """Releases of a casebook, one after another."""

    def __init__(self, casebook: Casebook, folder: Path) -> None:
        self.casebook, self.folder, self.made = casebook, folder, 0

    def build(self, policy: str, *, preview: bool = False) -> Built:
        rules = make_rules(self.casebook, self.folder, policy, MORE)
        label = f"r{self.made + 1}"
        asked = {"preview": preview, "confirmed": True}
        built = build_release(self.casebook, ACTOR, label, rules, self.folder / label, date(2025, 2, 1), **asked)
        self.made += 0 if preview else 1
        return built

    def judge(self, question: str, answer: str, keys: Iterable[str]) -> None:
        for key in keys:
            add_judgement(self.casebook, ACTOR, Draft(question, answer, person_of(key), "told", target_kind="person"))

    def read(self, table: str) -> list[dict[str, str]]:
        """Return a table of the last release."""
        with (self.folder / f"r{self.made}" / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def read_axis(self, axis: str) -> list[str]:
        """Return what withheld rows of the last release show on an axis."""
        return sorted(row[axis] for row in self.read("persons") if row["withheld"])


@pytest.fixture
def series(linked: Casebook, tmp_path: Path) -> Series:
    return Series(linked, tmp_path)


def test_a_change_of_axes_gives_back_nobody_who_was_never_shown(series: Series) -> None:
    series.build(BY_NATION)
    assert series.read_axis("nationality") == [BLANK], "the minor"
    series.build(BY_PATH)
    series.judge("may_publish", "no", ["r1", "r2"])
    series.build(BY_PATH)
    assert series.read_axis("path") == [BLANK] * 3, "three share it, of whom two are known"
    series.judge("may_publish", "no", ["r3"])
    for _ in range(2):
        series.build(BY_PATH)
        assert series.read_axis("path") == [*["prison"] * 3, BLANK], "those who are known to have been in it, and not the minor"
        assert {row["figure"]: row["at_least"] for row in series.read("figures")}["prison"] == "7"
    assert run_stranger(series.folder / "r4")[0] == 0
    rules = make_rules(series.casebook, series.folder, BY_PATH, MORE)
    again = build_release(series.casebook, ACTOR, "r4", rules, series.folder / "again", date(2025, 2, 1))
    assert again.again, "what a later release showed changes no byte of an earlier one"


@pytest.mark.parametrize("least", [1, 3])
def test_no_figure_of_another_fate_says_why_somebody_was_withdrawn(series: Series, least: int) -> None:
    policy = BY_NATION.replace("least = 3", f"least = {least}")
    series.judge("fate", "missing", ["r7"])
    series.build(policy)
    assert {row["figure"]: row["at_least"] for row in series.read("figures")}["missing"] == "1", "nobody had shown him"
    before = series.read("figures"), series.read("withheld")
    series.judge("fate", "missing", ["r1", "r2", "r3", "r4"])
    built = series.build(policy)
    assert len(built.gone) == 4
    assert series.read("withheld") == before[1]
    assert {row["figure"]: row["at_least"] for row in series.read("figures")}["missing"] == "1"
    assert sum(row["fate"] == "missing" for row in series.read("persons")) == 1
    series.judge("fate", "alive", ["r1"])  # Another reason changes nothing that a reader has.
    missing = everything_public(series)
    series.build(policy)
    assert everything_public(series) == missing


def everything_public(series: Series) -> list[list[str]]:
    """Return what a reader has of figures, classes and rows, without opaque ids."""
    tables = (series.read(name) for name in ("figures", "withheld", "persons", "cells"))
    return [sorted(str({k: v for k, v in row.items() if k != "id"}) for row in table) for table in tables]


def test_no_class_stands_beside_exactly_those_who_were_withdrawn(series: Series) -> None:
    series.build(BY_NATION)
    series.judge("may_publish", "no", [f"r{n}" for n in range(1, 6)])
    for _ in range(2):
        series.build(BY_NATION)
        assert [tuple(row.values()) for row in series.read("withheld")] == [("not_said", "6")]


def test_a_preview_names_whom_the_next_release_shows_and_the_next_one_names_them_again(series: Series) -> None:
    hidden = [f"r{n}" for n in range(1, 5)]
    series.judge("may_publish", "no", hidden)
    series.build(BY_NATION)
    those = tuple(sorted(person_of(key) for key in ("r0", *hidden)))
    previewed = series.build(BY_PATH, preview=True)
    assert previewed.widened.more == () and previewed.widened.next == those
    assert f"shown with more in the next release: {those[0]}" in "\n".join(built_text(previewed, "r2"))
    series.build(BY_PATH)
    following = series.build(BY_PATH, preview=True)
    assert following.widened.more == those and following.widened.next == ()
    series.build(BY_PATH)
    assert series.read_axis("path") == ["prison"] * 5
    assert series.build(BY_PATH, preview=True).widened.more == ()
