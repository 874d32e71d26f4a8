from __future__ import annotations

from collections import Counter, defaultdict

import pyarrow as pa
import pytest
from benchmarks.worlds.pools import PEOPLES, build, patronymic, woman_surname
from benchmarks.worlds.profiles import MIXED, PROFILES, SEALED
from benchmarks.worlds.reports import make_world


@pytest.fixture(scope="module")
def world() -> tuple[pa.Table, pa.Table]:
    return make_world(3000, MIXED, seed=4)


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    first, again, other = (make_world(300, MIXED, seed) for seed in (1, 1, 2))
    assert first[0].equals(again[0])
    assert first[1].equals(again[1])
    assert not first[0].equals(other[0])


def test_reports_have_the_documented_columns_and_unique_ids(world: tuple[pa.Table, pa.Table]) -> None:
    reports, truth = world
    assert reports.column_names == [
        "report_id", "source", "source_kind", "published_on", "name_full", "name_given", "name_family", "name_patronymic",
            "script", "language",
        "birth_date_text", "age", "death_date_text", "place_text", "region", "country_text", "nationality_text", "unit_text",
            "rank",
    ]  # fmt: skip
    assert len(set(reports["report_id"].to_pylist())) == reports.num_rows
    assert reports["report_id"].equals(truth["report_id"])
    assert "" not in {value for name in reports.column_names for value in reports[name].to_pylist()}


def test_people_have_between_one_and_forty_reports_and_many_have_one(world: tuple[pa.Table, pa.Table]) -> None:
    sizes = Counter(person for person in world[1]["person"].to_pylist() if person.startswith("p"))
    assert max(sizes.values()) <= 40
    assert 0.4 < sum(size == 1 for size in sizes.values()) / len(sizes) < 0.7


def test_a_persons_reports_come_in_several_scripts(world: tuple[pa.Table, pa.Table]) -> None:
    scripts = defaultdict(set)
    for person, script in zip(world[1]["person"].to_pylist(), world[0]["script"].to_pylist(), strict=True):
        scripts[person].add(script)
    assert set().union(*scripts.values()) == {"Cyrl", "Latn", "Arab", "Deva"}
    assert sum(len(found) > 1 for found in scripts.values()) > 300


def test_a_placeholder_is_a_person_of_its_own(world: tuple[pa.Table, pa.Table]) -> None:
    reports, truth = world
    hidden = [n for n, flag in enumerate(truth["placeholder"].to_pylist()) if flag]
    assert hidden
    people = Counter(truth["person"].to_pylist())
    assert all(people[truth["person"][n].as_py()] == 1 for n in hidden)
    assert all(reports["name_given"][n].as_py() is None for n in hidden)


def test_no_report_is_published_before_its_persons_first_possible_day(world: tuple[pa.Table, pa.Table]) -> None:
    assert min(world[0]["published_on"].to_pylist()) > "2022-02-24"
    assert max(world[0]["published_on"].to_pylist()) < "2026-11-20"


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("people", PEOPLES)
def test_every_writing_of_a_people_has_every_name(people: str, sealed: bool) -> None:
    writings = build(people, sealed=sealed)
    for writing in writings:
        for pool in ("given", "given_women", "father", "surname", "surname_women", "region", "village"):
            names = getattr(writing, pool)
            assert len(names) == len(getattr(writings[0], pool)), (writing.name, pool)
            assert all(name and name == name.strip() and "_" not in name for name in names), (writing.name, pool)


def test_the_sealed_pools_are_others() -> None:
    for people in ("russian", "uzbek", "gaza"):
        here, there = build(people)[0].surname[:60], build(people, sealed=True)[0].surname[:60]
        assert list(here) != list(there)
    assert SEALED.name not in PROFILES


def test_patronymics_and_womens_surnames_follow_the_grammar() -> None:
    assert [patronymic(name) for name in ("Иван", "Андрей", "Дмитрий", "Юрий", "Илья", "Никита", "Игорь", "Али", "Лев")] == [
        "Иванович", "Андреевич", "Дмитриевич", "Юрьевич", "Ильич", "Никитич", "Игоревич", "Алиевич", "Львович",
    ]  # fmt: skip
    assert [patronymic(name, female=True) for name in ("Иван", "Андрей", "Илья", "Никита")] == [
        "Ивановна",
        "Андреевна",
        "Ильинична",
        "Никитична",
    ]
    assert [woman_surname(name) for name in ("Иванов", "Покровский", "Донской", "Мельник")] == [
        "Иванова",
        "Покровская",
        "Донская",
        "Мельник",
    ]


def test_twins_share_their_birth_and_relatives_are_marked(world: tuple[pa.Table, pa.Table]) -> None:
    truth = world[1]
    families = defaultdict(set)
    for person, family in zip(truth["person"].to_pylist(), truth["family"].to_pylist(), strict=True):
        if family is not None:
            families[family].add(person)
    assert sum(len(members) > 1 for members in families.values()) > 50
    assert sum(truth["twin"].to_pylist()) > 0
    assert sum(truth["namesake"].to_pylist()) > 0
