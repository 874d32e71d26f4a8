"""Ids of people: carried by overlap, minted from a first report, and what becomes of those that are merged or split."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cenotaph.domain.canonical import content_id
from cenotaph.link.holding import Held, Word, hold_published
from cenotaph.link.identities import Carried, PersonChange, carry_identities

NO_WORD = Word()
Edges = tuple[tuple[int, int, float], ...]


def carry(groups: list[int], before: list[int], people: list[str], *, retired: frozenset[str] = frozenset()) -> Carried:
    units = [f"u{at}" for at in range(len(groups))]
    return carry_identities(units, np.array(groups, np.int64), np.array(before, np.int64), people, "run", retired)


def minted(unit: str) -> str:
    return content_id("person", unit)


def test_a_first_run_mints_an_id_from_each_groups_first_unit() -> None:
    found = carry([0, 1, 0, 2], [-1] * 4, [])
    assert found.people == (minted("u0"), minted("u1"), minted("u3"))
    assert found.minted == set(found.people)
    assert found.changes == ()


def test_a_run_that_finds_the_same_groups_changes_nothing() -> None:
    found = carry([0, 1, 0, 2], [1, 0, 1, 2], ["A", "B", "C"])
    assert found.people == ("B", "A", "C")
    assert found.changes == () and not found.minted


def test_a_new_report_takes_the_id_of_the_group_it_joins() -> None:
    assert carry([0, 0, 1], [0, -1, 1], ["A", "B"]).people == ("A", "B")


def test_a_merge_keeps_the_id_with_more_units_and_redirects_the_other() -> None:
    found = carry([0, 0, 0], [0, 1, 1], ["A", "B"])
    assert found.people == ("B",)
    assert found.changes == (PersonChange("merged", "A", "B", 1),)


def test_a_merge_of_equals_keeps_the_older_id() -> None:
    found = carry([0, 0], [1, 0], ["A", "B"])
    assert found.people == ("A",)
    assert found.changes == (PersonChange("merged", "B", "A", 1),)


def test_a_split_leaves_the_id_with_the_larger_part_and_says_what_went_where() -> None:
    found = carry([0, 1, 1], [0, 0, 0], ["A"])
    assert found.people == (minted("u0"), "A")
    assert found.changes == (PersonChange("split", "A", minted("u0"), 1),)


def test_a_person_whose_units_all_go_to_others_is_merged_into_the_one_that_took_most() -> None:
    found = carry([0, 0, 0, 1, 1, 1, 1], [1, 1, 0, 2, 2, 0, 0], ["A", "B", "C"])
    assert found.people == ("B", "A")  # Two of A's units outweigh nothing: the tie with C's two goes to the older.
    assert found.changes == (PersonChange("merged", "C", "A", 2), PersonChange("split", "A", "B", 1))


def test_a_merge_that_comes_apart_again_restores_the_id_that_it_retired() -> None:
    old = minted("u1")
    found = carry([0, 1], [0, 0], ["A"], retired=frozenset({old}))
    assert found.people == ("A", old)
    assert not found.minted
    assert found.changes == (PersonChange("restored", old, None, 1), PersonChange("split", "A", old, 1))


def test_an_id_in_use_is_not_minted_again_by_the_unit_that_it_came_from() -> None:
    own = minted("u0")
    found = carry([0, 1, 1], [0, 0, 0], [own])
    assert found.people == (content_id("person", "u0", "run"), own)


def test_an_id_that_stands_for_somebody_the_run_does_not_touch_is_not_minted_again() -> None:
    units, none = ["u0"], np.array([-1], np.int64)
    found = carry_identities(units, np.array([0], np.int64), none, [], "run", in_use=frozenset({minted("u0")}))
    assert found.people == (content_id("person", "u0", "run"),)


def test_the_id_of_a_person_without_standing_units_stays_theirs() -> None:
    found = carry([0], [1], ["A", "B"])
    assert found.people == ("B",) and found.changes == ()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 4)), max_size=30))
def test_every_group_has_one_id_and_every_id_one_group(rows: list[tuple[int, int]]) -> None:
    numbers = {g: at for at, g in enumerate(dict.fromkeys(g for g, _ in rows))}
    groups, before = [numbers[g] for g, _ in rows], [b for _, b in rows]
    people = ["A", "B", "C", "D", "E"]
    found = carry(groups, before, people)
    assert len(found.people) == len(numbers) == len(set(found.people))
    # Who is not where the id went is told of, and only they.
    moved = {(people[b], found.people[g]) for g, b in zip(groups, before, strict=True) if b >= 0 and people[b] != found.people[g]}
    assert {(c.person, c.other) for c in found.changes if c.kind != "restored"} == moved
    for change in found.changes:
        if change.kind == "merged":
            assert change.person not in found.people


def hold(
    groups: list[int], before: list[int], published: set[int], word: Word = NO_WORD, edges: Edges = ()
) -> tuple[list[int], tuple[Held, ...]]:
    made, held = hold_published(np.array(groups, np.int64), np.array(before, np.int64), published, word, edges)
    return made.tolist(), held


def test_two_published_people_are_not_merged_without_a_word() -> None:
    made, held = hold([0, 0, 0], [0, 1, -1], {0, 1}, edges=((0, 2, 3.0), (1, 2, 9.0)))
    assert made == [0, 1, 1]
    assert held == (Held("merge", 0, 1, 0, 1),)


def test_a_unit_between_two_published_people_stays_alone_where_nothing_says_whose_it_is() -> None:
    assert hold([0, 0, 0], [0, 1, -1], {0, 1})[0] == [0, 1, 2]


def test_a_reviewers_same_lets_two_published_people_merge() -> None:
    assert hold([0, 0], [0, 1], {0, 1}, Word(same=frozenset({(0, 1)}))) == ([0, 0], ())


def test_a_published_person_is_not_split_without_a_word() -> None:
    made, held = hold([0, 0, 1], [0, 0, 0], {0})
    assert made == [0, 0, 0]
    assert held == (Held("split", 0, -1, 0, 2),)


def test_a_reviewers_different_lets_a_published_person_be_split() -> None:
    assert hold([0, 0, 1], [0, 0, 0], {0}, Word(different=frozenset({(1, 2)}))) == ([0, 0, 1], ())


def test_people_who_are_not_published_are_merged_and_split_freely() -> None:
    assert hold([0, 0, 1], [0, 1, 1], set()) == ([0, 0, 1], ())


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(-1, 4)), min_size=1, max_size=25),
    st.sets(st.integers(0, 4)),
)
def test_published_people_stay_whole_and_apart(rows: list[tuple[int, int]], published: set[int]) -> None:
    numbers = {g: at for at, g in enumerate(dict.fromkeys(g for g, _ in rows))}
    groups, before = [numbers[g] for g, _ in rows], [b for _, b in rows]
    made, _ = hold(groups, before, published)
    for person in published:
        assert len({g for g, b in zip(made, before, strict=True) if b == person}) <= 1
    for group in set(made):
        assert len({b for g, b in zip(made, before, strict=True) if g == group and b in published}) <= 1


@pytest.mark.parametrize("size", [0, 1])
def test_tables_of_none_and_one_are_carried(size: int) -> None:
    assert len(carry([0] * size, [-1] * size, []).people) == size
    assert hold([0] * size, [-1] * size, set()) == ([0] * size, ())
