"""Two lists linked one to one: what is evidence, what is not, and what must never happen."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cenotaph.link.pairs.linking import link_pair
from cenotaph.link.reading import check_reports

GIVEN = [
    "Ahmad",
    "Omar",
    "Yusuf",
    "Khaled",
    "Samir",
    "Tariq",
    "Nabil",
    "Fadi",
    "Rami",
    "Ziad",
    "Layla",
    "Huda",
    "Mona",
    "Salma",
    "Rania",
    "Dina",
    "Amal",
    "Nour",
    "Hala",
    "Reem",
]
FATHER = [
    "Ibrahim",
    "Hassan",
    "Salim",
    "Jamal",
    "Kamal",
    "Faris",
    "Munir",
    "Adel",
    "Walid",
    "Riyad",
    "Bashir",
    "Tawfiq",
    "Ghassan",
    "Issam",
    "Marwan",
]
FAMILY = [
    "Masri",
    "Haddad",
    "Khoury",
    "Najjar",
    "Shami",
    "Attar",
    "Zaqout",
    "Barakat",
    "Sabbagh",
    "Qassem",
    "Tamimi",
    "Darwish",
    "Hijazi",
    "Odeh",
    "Farra",
]


def as_list(rows: dict[str, object], **columns: dict[str, object]) -> pa.Table:
    ids = list(rows)
    table = {"report_id": pa.array(ids, pa.string()), "name_full": pa.array([rows[i] for i in ids], pa.string())}
    for name, values in columns.items():
        table[name] = pa.array([values.get(i) for i in ids], pa.string())
    return check_reports(pa.table(table))


def link(left: pa.Table, right: pa.Table, **more: float) -> dict[str, str]:
    return {row["left_id"]: row["right_id"] for row in link_pair(left, right, **more).links.to_pylist()}


def crowd(count: int, seed: int = 1) -> list[str]:
    draw = random.Random(seed)
    names: set[str] = set()
    while len(names) < count:
        names.add(f"{draw.choice(GIVEN)} {draw.choice(FATHER)} {draw.choice(FATHER)} {draw.choice(FAMILY)}")
    return sorted(names)


def test_who_is_in_both_lists_is_found_and_nobody_else() -> None:
    names = crowd(300)
    left = as_list({f"l{i}": name for i, name in enumerate(names[:200])})
    right = as_list({f"r{i}": name for i, name in enumerate(names[100:], 100)})
    found = link(left, right)
    assert found == {f"l{i}": f"r{i}" for i in range(100, 200)}


def test_brothers_are_not_each_other() -> None:
    names = crowd(200)
    brothers = {"l-a": "Majid Sulayman Khalid Wazani", "l-b": "Jawad Sulayman Khalid Wazani"}
    left = as_list({**{f"l{i}": n for i, n in enumerate(names)}, **brothers})
    right = as_list({**{f"r{i}": n for i, n in enumerate(names)}, "r-c": "Hisham Sulayman Khalid Wazani"})
    assert not {"l-a", "l-b"} & set(link(left, right))


def test_a_slip_in_one_word_is_forgiven() -> None:
    names = crowd(200)
    left = as_list({**{f"l{i}": n for i, n in enumerate(names)}, "x": "Majid Sulayman Khalid Wazani"})
    right = as_list({**{f"r{i}": n for i, n in enumerate(names)}, "y": "Majid Sulaiman Khalid Wazzani"})
    assert link(left, right)["x"] == "y"


def test_a_dropped_grandfather_is_forgiven() -> None:
    names = crowd(200)
    left = as_list({**{f"l{i}": n for i, n in enumerate(names)}, "x": "Majid Sulayman Khalid Wazani"})
    right = as_list({**{f"r{i}": n for i, n in enumerate(names)}, "y": "Majid Sulayman Wazani"})
    assert link(left, right)["x"] == "y"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عبد الله سالم حسن أبو شمالة", "عبدالله سالم حسن ابوشماله"),
        ("عبدالله سالم حسن الأسمر", "عبد هللا سالم حسن االسمر"),
        ("علاء سالم حسن الطلاع", "عالء سالم حسن الطالع"),
        ("منير سالم حسن العكر", "مني سالم حسن العكر"),
        ("Мухаммад Каримович Рахимов", "Muhammad Karimovich Rahimov"),
        ("Иванов Иван Петрович", "Иван Петрович Иванов"),
    ],
)
def test_one_name_in_two_spellings_is_one_name(one: str, other: str) -> None:
    names = crowd(120)
    left = as_list({**{f"l{i}": n for i, n in enumerate(names)}, "x": one})
    right = as_list({**{f"r{i}": n for i, n in enumerate(names)}, "y": other})
    assert link(left, right).get("x") == "y"


def test_a_word_that_a_list_always_writes_in_two_is_learnt() -> None:
    names = crowd(400, seed=5)
    whole = [name.split(" ", 1)[1] for name in names[:60]]
    # No letters' distance says that the one is the other: only how often they stand in each other's place.
    others = dict(enumerate(names[60:]))
    left = as_list({f"l{i}": n for i, n in others.items()} | {f"x{i}": f"Abdullah {n}" for i, n in enumerate(whole)})
    right = as_list({f"r{i}": n for i, n in others.items()} | {f"y{i}": f"Abd Hlla {n}" for i, n in enumerate(whole)})
    found = link(left, right)
    assert sum(found.get(f"x{i}") == f"y{i}" for i in range(60)) >= 55


def test_two_names_of_one_family_are_not_taken_for_one_another() -> None:
    names = crowd(300, seed=6)
    # One family listed four times over says no more than once that the one name stands for the other.
    fathers = ("Zaki Hilmi Wazani",) * 4
    left = as_list({**{f"l{i}": n for i, n in enumerate(names)}, **{f"x{i}": f"Mahmud {n}" for i, n in enumerate(fathers)}})
    right = as_list({**{f"r{i}": n for i, n in enumerate(names)}, **{f"y{i}": f"Yusuf {n}" for i, n in enumerate(fathers)}})
    assert not {"x0", "x1", "x2", "x3"} & set(link(left, right))


def test_letters_that_stand_for_a_vowel_or_a_glide_are_one() -> None:
    names = crowd(200)
    left = as_list({**{f"l{i}": n for i, n in enumerate(names)}, "x": "Ailaf Sulayman Khalid Wazani"})
    right = as_list({**{f"r{i}": n for i, n in enumerate(names)}, "y": "Aialf Sulayman Khalid Wazani"})
    assert link(left, right)["x"] == "y"


@pytest.mark.parametrize("name", ["N/A", "Неустановлен", "не опознан", "неопознано"])
def test_one_row_of_nobody_in_each_list_is_no_link(name: str) -> None:
    assert not link(as_list({"l": name}, age={"l": "30"}), as_list({"r": name}, age={"r": "30"}))


def test_ages_decide_between_namesakes() -> None:
    left = as_list({"a": "Majid Sulayman Khalid Wazani", "b": "Majid Sulayman Khalid Wazani"}, age={"a": "61", "b": "7"})
    right = as_list({"c": "Majid Sulayman Khalid Wazani", "d": "Majid Sulayman Khalid Wazani"}, age={"c": "8", "d": "61"})
    assert link(left, right) == {"a": "d", "b": "c"}


def test_twenty_years_apart_is_another_person() -> None:
    left = as_list({"a": "Majid Sulayman Khalid Wazani"}, age={"a": "61"})
    right = as_list({"c": "Majid Sulayman Khalid Wazani"}, age={"c": "38"})
    assert link(left, right) == {}


def test_birth_days_decide_where_names_are_the_same() -> None:
    days = {"a": "1990-03-07", "b": "1984-11-30", "c": "1984-11-30", "d": "1990-07-03"}
    left = as_list({"a": "Majid Wazani", "b": "Majid Wazani"}, birth_date_text=days)
    right = as_list({"c": "Majid Wazani", "d": "Majid Wazani"}, birth_date_text=days)
    assert link(left, right) == {"a": "d", "b": "c"}


def test_ages_of_two_reference_days_agree() -> None:
    names = crowd(100)
    left = as_list({f"l{i}": n for i, n in enumerate(names)}, age={f"l{i}": str(20 + i % 40) for i in range(100)})
    right = as_list({f"r{i}": n for i, n in enumerate(names)}, age={f"r{i}": str(24 + i % 40) for i in range(100)})
    assert link(left, right) == {f"l{i}": f"r{i}" for i in range(100)}


def test_the_order_of_the_rows_changes_nothing() -> None:
    names = crowd(150, seed=3)
    left = as_list({f"l{i}": n for i, n in enumerate(names[:100])})
    right = as_list({f"r{i}": n.replace("a", "e", 1) for i, n in enumerate(names[40:])})
    usual = link_pair(left, right).links
    for seed in range(3):
        one, other = list(range(len(left))), list(range(len(right)))
        random.Random(seed).shuffle(one)
        random.Random(seed + 9).shuffle(other)
        assert link_pair(left.take(one), right.take(other)).links.equals(usual)


def test_ten_thousand_unknown_people_are_linked_with_nobody() -> None:
    left = as_list({f"l{i}": "unknown" for i in range(5_000)})
    right = as_list({f"r{i}": word for i, word in enumerate(["unknown", "مجهول", "неизвестный", "N/A"] * 1_250)})
    assert link(left, right) == {}


def test_a_placeholder_is_nobody_whatever_else_agrees() -> None:
    same = {"death_date_text": dict.fromkeys("abcd", "2020-03-01"), "place_text": dict.fromkeys("abcd", "Springfield")}
    left = as_list({"a": "unknown", "b": "John Harrison"}, age={"a": "31", "b": "64"}, **same)
    right = as_list({"c": "Peter Rowland", "d": "John Harrison"}, age={"c": "31", "d": "64"}, **same)
    assert link(left, right) == {"b": "d"}


@pytest.mark.parametrize("threshold", [0.4, 0.0])
def test_no_links_come_of_nothing(threshold: float) -> None:
    empty = as_list({})
    some = as_list({"a": "Majid Wazani", "b": None, "c": ""})
    assert link(empty, some, threshold=threshold) == {}
    assert link(some, empty, threshold=threshold) == {}
    assert link(empty, empty, threshold=threshold) == {}
    nameless = as_list({"x": None, "y": ""})
    assert link(some, nameless, threshold=threshold) == {}


HOSTILE = [
    "A" * 100_000,
    "ا" * 100_000,
    "a " * 5_000,
    "\u202eAhmad\u202d علي",
    "\u0301" * 500,
    "\x00",
    "1 2 3",
    "…",
    "😀 😀",
    "́a",
]


def test_hostile_names_neither_crash_nor_link() -> None:
    left = as_list({f"l{i}": name for i, name in enumerate(HOSTILE)})
    right = as_list({f"r{i}": name for i, name in enumerate(crowd(40))})
    assert link(left, right) == {}
    assert link(right, left) == {}


texts = st.one_of(st.none(), st.text(max_size=30), st.sampled_from(crowd(30)), st.sampled_from(["سالم علي حسن", "Иван Петров"]))


@settings(max_examples=25, deadline=None)
@given(st.lists(texts, max_size=12), st.lists(texts, max_size=12), st.lists(st.text("0123456789-", max_size=4), max_size=12))
def test_every_row_is_linked_once_at_most(left: list[str | None], right: list[str | None], ages: list[str]) -> None:
    one = as_list({f"l{i}": n for i, n in enumerate(left)}, age={f"l{i}": a for i, a in enumerate(ages)})
    other = as_list({f"r{i}": n for i, n in enumerate(right)}, age={f"r{i}": a for i, a in enumerate(ages)})
    links = link_pair(one, other).links.to_pylist()
    assert len({row["left_id"] for row in links}) == len({row["right_id"] for row in links}) == len(links)
    assert all(0 <= row["probability"] <= 1 for row in links)


def test_two_releases_of_a_real_list_are_linked(shared_data: Callable[[str], Path]) -> None:
    import csv

    rows = []
    for release in ("2024-04", "2024-08"):
        path = shared_data(f"gaza-lists/release_{release}.csv")
        with path.open(encoding="utf-8", newline="") as stream:
            rows.append([row for row in csv.DictReader(stream) if row["truth_key"]][:4_000])
    shared = {row["truth_key"] for row in rows[0]} & {row["truth_key"] for row in rows[1]}
    for names in (("name_ar", "name_ar"), ("name_en", "name_ar")):
        tables = [as_list({row["truth_key"]: row[name] for row in part}) for name, part in zip(names, rows, strict=True)]
        found = link(*tables)
        right = sum(a == b for a, b in found.items())
        assert right / len(found) > 0.98
        assert right / len(shared) > 0.97


def test_days_of_death_and_places_decide_where_names_are_the_same() -> None:
    names = crowd(120)
    died = {f"{side}{i}": f"2019-{1 + i % 12:02}-{1 + i % 28:02}" for side in "lr" for i in range(120)}
    left = as_list(
        {**{f"l{i}": n for i, n in enumerate(names)}, "a": "John Smith", "b": "John Smith"},
        death_date_text={**died, "a": "2020-03-01", "b": "2021-08-11"},
        place_text={"a": "Springfield", "b": "Riverside"},
    )
    right = as_list(
        {**{f"r{i}": n for i, n in enumerate(names)}, "c": "John A. Smith", "d": "John Smith Jr."},
        death_date_text={**died, "c": "2021-08-12", "d": "2020-03-01"},
        place_text={"c": "Riverside", "d": "Springfield"},
    )
    found = link(left, right)
    assert (found["a"], found["b"]) == ("d", "c")


@pytest.mark.parametrize(
    ("one", "other"), [("Хасан", "Хусан"), ("محمد", "محمود"), ("احمد", "محمد"), ("Hasan", "Husan"), ("Muhammad", "Mahmoud")]
)
def test_twins_whose_names_look_alike_are_not_each_other(one: str, other: str) -> None:
    left = as_list({"a": f"{one} Nabhan"}, birth_date_text={"a": "1998-07-01"})
    right = as_list({"b": f"{other} Nabhan"}, birth_date_text={"b": "1998-07-01"})
    assert link(left, right) == {}


def test_a_short_name_is_its_full_form() -> None:
    others = {str(n): name for n, name in enumerate(crowd(60))}
    left, right = {**others, "x": "Саша Ковилин"}, {**others, "y": "Александр Ковилин"}
    assert link(as_list(left), as_list(right))["x"] == "y"
    assert "x" not in link(as_list(left), as_list({**others, "y": "Виктор Ковилин"}))


def test_a_family_name_may_stand_first_in_one_of_the_lists() -> None:
    others = {str(n): name for n, name in enumerate(crowd(60))}
    left, right = {**others, "x": "Gainulin Rustam"}, {**others, "y": "Rustam Gainulin"}
    assert link(as_list(left), as_list(right))["x"] == "y"


def test_an_age_is_set_beside_the_birth_that_the_other_list_has() -> None:
    names = {"a": "Hamdan Saleh", "b": "Hamdan Saleh"}
    day = dict.fromkeys("ab", "2023-11-02")
    left = as_list({"x": "Hamdan Saleh"}, age={"x": "24"}, death_date_text={"x": "2023-11-02"})
    right = as_list(names, birth_date_text={"a": "1958-03-04", "b": "1999-05-06"}, published_on=day)
    assert link(left, right)["x"] == "b"


def test_deaths_years_apart_are_two_people() -> None:
    left = as_list({"x": "Rustam Gainulin"}, death_date_text={"x": "2022-04-08"})
    right = as_list({"y": "Rustam Gainulin"}, death_date_text={"y": "2024-09-11"})
    assert link(left, right) == {}


@pytest.mark.parametrize(
    ("left", "right", "linked"),
    [
        ("محمد سالم حسن العطار", "Ahmad Salem Hasan al-Attar", False),
        ("محمود سالم حسن العطار", "Ahmad Salem Hasan al-Attar", False),
        ("سمير سالم حسن العطار", "Omar Salem Hasan al-Attar", False),
        ("محمد سالم حسن العطار", "Mohammed Salem Hasan al-Attar", True),
        ("ابراهيم سالم حسن العطار", "Ebrahim Salem Hasan al-Attar", True),
        ("إسماعيل سالم حسن العطار", "Esmail Salem Hasan al-Attar", True),
    ],
)
def test_brothers_are_two_people_across_scripts_too(left: str, right: str, linked: bool) -> None:
    others = (["حسن علي محمد الجمل", "Сидоров Пётр Ильич"], ["Hussein Ali Mohammad al-Jamal", "Козлов Денис Олегович"])
    rows = [
        [{"report_id": f"{side}{at}", "name_full": name, "age": "24"} for at, name in enumerate([first, *more])]
        for side, first, more in zip("ab", (left, right), others, strict=True)
    ]
    one, other = (check_reports(pa.Table.from_pylist(listed)) for listed in rows)
    links = link_pair(one, other).links.to_pylist()
    assert (("a0", "b0") in [(link["left_id"], link["right_id"]) for link in links]) == linked
