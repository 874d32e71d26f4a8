"""Groups grow from the strongest pair on, and never across what contradicts them."""

from __future__ import annotations

import numpy as np
import pytest
from tests.link_tables import reports_table

from cenotaph.link.clustering import JOINED, REFUSED, VETOED, Grouping, group_reports
from cenotaph.link.forest import share_out
from cenotaph.link.preparing import prepare
from cenotaph.link.traits import BIRTH, DEATH, FATHER, GIVEN, NONE, read_traits
from cenotaph.link.vetoes import find_vetoes

NO_PAIRS = np.zeros((0, 2), dtype=np.int32)


def traits_of(rows: list[dict[str, str]]) -> object:
    return read_traits(prepare(reports_table(rows)))


def group(
    rows: list[dict[str, str]],
    edges: list[tuple[int, int, float]],
    same: list[tuple[int, int]] | None = None,
    different: list[tuple[int, int]] | None = None,
) -> Grouping:
    traits = traits_of(rows)
    left, right, weight = (np.array(column) for column in zip(*edges, strict=True))
    left, right = left.astype(np.int32), right.astype(np.int32)
    words = [np.array(pairs, dtype=np.int32).reshape(-1, 2) if pairs else NO_PAIRS for pairs in (same, different)]
    veto = find_vetoes(traits, left, right)
    against = np.minimum(weight, 0).astype(np.float32)
    return group_reports(len(rows), left, right, weight.astype(float), against, veto, traits, 3.0, *words)


ANYBODY = {"name_full": "Иван Петров"}


def test_strong_pairs_join_and_weak_ones_do_not() -> None:
    found = group([ANYBODY] * 4, [(0, 1, 8.0), (1, 2, 7.0), (2, 3, -5.0)])
    assert found.group.tolist() == [0, 0, 0, 3]


def test_births_years_apart_are_two_people_whatever_the_weight() -> None:
    rows = [{**ANYBODY, "birth_date_text": "1980-01-01"}, {**ANYBODY, "birth_date_text": "1990-06-02"}]
    found = group(rows, [(0, 1, 30.0)])
    assert found.group.tolist() == [0, 1]
    assert found.fate.tolist() == [VETOED]


def test_a_slip_of_the_pen_in_a_birth_is_no_contradiction() -> None:
    rows = [{**ANYBODY, "birth_date_text": "1978-03-12"}, {**ANYBODY, "birth_date_text": "1987-03-12"}]
    assert group(rows, [(0, 1, 9.0)]).group.tolist() == [0, 0]


def test_a_poor_report_does_not_bring_two_people_together() -> None:
    rows = [{**ANYBODY, "birth_date_text": "1980-01-01"}, ANYBODY, {**ANYBODY, "birth_date_text": "1995-01-01"}]
    found = group(rows, [(0, 1, 11.0), (1, 2, 8.0)])
    assert found.group.tolist() == [0, 0, 2]
    torn = group(rows, [(0, 1, 9.0), (1, 2, 8.0)])
    assert torn.group.tolist() == [0, 1, 2]
    assert found.fate.tolist() == [JOINED, REFUSED]


def test_a_report_that_fits_two_people_alike_joins_neither() -> None:
    rows = [{**ANYBODY, "birth_date_text": "1980-01-01"}, ANYBODY, {**ANYBODY, "birth_date_text": "1995-01-01"}]
    assert group(rows, [(0, 1, 4.0), (1, 2, 3.5)]).group.tolist() == [0, 1, 2]


def test_several_pairs_support_each_other() -> None:
    edges = [(0, 1, 9.0), (0, 2, 9.0), (1, 2, 9.0), (0, 3, 2.0), (1, 3, 2.0), (2, 3, 2.0)]
    assert group([ANYBODY] * 4, edges).group.tolist() == [0, 0, 0, 0]
    assert group([ANYBODY] * 2, [(0, 1, 2.0)]).group.tolist() == [0, 1]


def test_evidence_against_outweighs_one_pair() -> None:
    edges = [(0, 1, 9.0), (2, 3, 9.0), (1, 2, 7.0), (0, 2, -6.0), (0, 3, -6.0), (1, 3, -6.0)]
    assert group([ANYBODY] * 4, edges).group.tolist() == [0, 0, 2, 2]


def test_a_reviewers_same_binds_across_a_contradiction() -> None:
    rows = [{**ANYBODY, "birth_date_text": "1980-01-01"}, {**ANYBODY, "birth_date_text": "1990-06-02"}]
    assert group(rows, [(0, 1, -9.0)], same=[(0, 1)]).group.tolist() == [0, 0]


def test_a_reviewers_not_the_same_holds_between_the_groups_of_both() -> None:
    found = group([ANYBODY] * 4, [(0, 1, 9.0), (2, 3, 9.0), (1, 2, 9.0)], different=[(3, 0)])
    assert found.group.tolist() == [0, 0, 0, 3]


def veto(left: dict[str, str], right: dict[str, str]) -> int:
    return int(find_vetoes(traits_of([left, right]), np.array([0], dtype=np.int32), np.array([1], dtype=np.int32))[0])


def test_contradicting_fathers_are_two_people() -> None:
    assert veto({"name_full": "Иван Сергеевич Петров"}, {"name_full": "Иван Викторович Петров"}) == FATHER


def test_the_same_father_in_another_script_is_no_contradiction() -> None:
    assert veto({"name_full": "Алишер Каримович Юсупов"}, {"name_full": "Alisher Karim oʻgʻli Yusupov"}) == NONE


def test_a_death_after_the_other_report_of_it_is_another_death() -> None:
    left = {**ANYBODY, "published_on": "2023-03-01"}
    assert veto(left, {**ANYBODY, "death_date_text": "2023-05-01", "published_on": "2023-05-03"}) == DEATH
    assert veto(left, {**ANYBODY, "death_date_text": "2023-02-20", "published_on": "2023-05-03"}) == NONE


def test_an_age_that_is_a_year_off_is_no_contradiction_and_one_that_is_ten_years_off_is() -> None:
    left = {**ANYBODY, "age": "30", "death_date_text": "2023-02-20"}
    assert veto(left, {**ANYBODY, "age": "31", "death_date_text": "2023-02-20"}) == NONE
    assert veto(left, {**ANYBODY, "age": "41", "death_date_text": "2023-02-20"}) == BIRTH


def test_brothers_are_two_people_and_short_forms_and_initials_are_not() -> None:
    assert veto({"name_full": "Хасан Рустамович Каримов"}, {"name_full": "Шерзод Рустамович Каримов"}) == GIVEN
    assert veto({"name_full": "Саша Петров"}, {"name_full": "Александр Петров"}) == NONE
    assert veto({"name_full": "А. Петров"}, {"name_full": "Сергей Петров"}) == NONE


WELL_KNOWN = {**ANYBODY, "birth_date_text": "1980-01-01", "death_date_text": "2023-03-01", "published_on": "2023-03-04"}
MISDATED = {**ANYBODY, "death_date_text": "2023-09-01", "published_on": "2023-09-09"}
LATER = {**ANYBODY, "birth_date_text": "1980-01-01", "published_on": "2023-10-01"}
EDGES = [(0, 1, 12.0), (2, 3, 14.0), (0, 3, 8.0), (1, 3, 8.0)]


def test_one_misprinted_death_keeps_no_groups_apart_where_two_agree_against_it_and_two_pairs_join_it() -> None:
    edges = [*EDGES, (2, 4, 13.0), (3, 4, 12.0), (0, 4, 8.0), (1, 4, 8.0)]
    found = group([WELL_KNOWN, WELL_KNOWN, MISDATED, LATER, LATER], edges)
    assert found.group.tolist() == [0, 0, 0, 0, 0]
    assert group([WELL_KNOWN, WELL_KNOWN, MISDATED, LATER], EDGES).group.tolist() == [0, 0, 2, 2]


@pytest.mark.parametrize(
    "pairs",
    [
        (("Ahmad Mahmoud Khalil", "40"), ("Mahmoud Ahmad Khalil", "15"), ("محمود أحمد خليل", ""), ("أحمد محمود خليل", "")),
        (("Hasan Ali Noori", "24"), ("Husayn Ali Noori", "24"), ("حسين علي نوري", "24"), ("حسن علي نوري", "24")),
        (("Ольга Петрова", "24"), ("Мария Петрова", "24"), ("Maria Petrova", "24"), ("Olga Petrova", "24")),
    ],
)  # fmt: skip
def test_one_report_of_each_list_on_two_relatives_makes_no_one_person_of_them(pairs: tuple[tuple[str, str], ...]) -> None:
    rows = [{"name_full": name, "age": age, "death_date_text": "2023-11-01", "place_text": "Rafah"} for name, age in pairs]
    found = group(rows, [(1, 2, 16.0), (0, 3, 15.0), (0, 2, 7.1), (1, 3, 7.0), (2, 3, 5.7), (0, 1, 4.0)])
    assert found.group.tolist() == [0, 1, 1, 0]


def test_another_given_name_is_no_misprint_however_many_reports_agree() -> None:
    brother = {**WELL_KNOWN, "name_full": "Сергей Петров"}
    bare = {key: value for key, value in WELL_KNOWN.items() if key != "name_full"} | {"name_family": "Петров"}
    rows = [WELL_KNOWN, WELL_KNOWN, WELL_KNOWN, brother, bare, bare]
    edges = [(0, 1, 16.0), (0, 2, 16.0), (1, 2, 16.0), (3, 4, 15.0), (3, 5, 15.0), (4, 5, 15.0), (0, 4, 12.0), (1, 5, 12.0)]
    assert group(rows, edges).group.tolist() == [0, 0, 0, 3, 3, 3]


def test_a_misprint_is_not_believed_where_nothing_but_the_name_agrees() -> None:
    bare = {**ANYBODY, "published_on": "2023-10-01"}
    assert group([WELL_KNOWN, WELL_KNOWN, MISDATED, bare], EDGES).group.tolist() == [0, 0, 2, 2]


def test_two_reports_that_agree_on_another_birth_are_no_misprint() -> None:
    other = {**WELL_KNOWN, "birth_date_text": "1990-06-02"}
    rows = [WELL_KNOWN, WELL_KNOWN, other, other]
    assert group(rows, [(0, 1, 12.0), (2, 3, 12.0), (1, 2, 10.0)]).group.tolist() == [0, 0, 2, 2]


def test_a_report_alone_with_its_contradiction_stays_alone() -> None:
    assert group([WELL_KNOWN, WELL_KNOWN, MISDATED], [(0, 1, 12.0), (1, 2, 12.0)]).group.tolist() == [0, 0, 2]


def test_a_third_group_that_would_join_as_well_is_no_rival() -> None:
    edges = [(0, 1, 4.0), (0, 2, 4.0), (1, 2, 4.0)]
    assert group([ANYBODY] * 3, edges).group.tolist() == [0, 0, 0]
    assert group([ANYBODY] * 3, edges[:2]).group.tolist() == [0, 1, 2]


OTHER_GIVEN = {**WELL_KNOWN, "name_full": "Степан Петров"}
NAMELESS = {key: value for key, value in WELL_KNOWN.items() if key != "name_full"} | {"name_family": "Петров"}
FULL, SHORT, MISPRINTED = ({**NAMELESS, "name_given": given} for given in ("Владимир", "Вова", "Влатимир"))


def well_joined(first: int, last: int) -> list[tuple[int, int, float]]:
    return [(i, j, 14.0) for i in range(first, last) for j in range(i + 1, last)]


def test_one_of_many_reports_that_contradicts_is_outvoted_by_three_that_agree() -> None:
    assert veto(SHORT, MISPRINTED) == GIVEN and veto(SHORT, FULL) == NONE
    rows = [FULL, FULL, FULL, SHORT, MISPRINTED]
    assert group(rows, [*well_joined(0, 4), (0, 4, 6.5), (1, 4, 6.5)]).group.tolist() == [0, 0, 0, 0, 0]
    assert group(rows[1:], [*well_joined(0, 3), (0, 3, 6.5)]).group.tolist() == [0, 0, 0, 3]


def test_a_majority_of_another_name_outvotes_nobody() -> None:
    rows = [WELL_KNOWN, WELL_KNOWN, WELL_KNOWN, WELL_KNOWN, OTHER_GIVEN, OTHER_GIVEN]
    edges = [*well_joined(0, 4), (4, 5, 14.0), (3, 4, 12.0)]
    assert group(rows, edges).group.tolist() == [0, 0, 0, 0, 4, 4]


def test_who_says_nothing_of_a_date_has_no_vote_on_it() -> None:
    rows = [ANYBODY, ANYBODY, ANYBODY, {**ANYBODY, "birth_date_text": "1980-01-01"}, {**ANYBODY, "birth_date_text": "1995-01-01"}]
    assert group(rows, [*well_joined(0, 4), (0, 4, 6.5)]).group.tolist() == [0, 0, 0, 0, 4]


def test_pairs_that_say_little_are_no_evidence_against() -> None:
    traits = traits_of([ANYBODY] * 3)
    left, right, weight = np.array([0, 0, 1], np.int32), np.array([1, 2, 2], np.int32), np.array([9.0, 7.0, -9.0])
    veto = np.zeros(3, np.int8)

    def groups(against: float) -> list[int]:
        said = np.array([0.0, 0.0, against], np.float32)
        return group_reports(3, left, right, weight, said, veto, traits, 3.0, NO_PAIRS, NO_PAIRS).group.tolist()

    assert groups(0.0) == [0, 0, 0]
    assert groups(-9.0) == [0, 0, 2]


def test_two_threads_find_the_groups_that_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(5)
    births = [{}, {"birth_date_text": "1980-01-01"}, {"birth_date_text": "1995-06-02"}]
    rows = [{**ANYBODY, **births[kind]} for kind in chance.integers(0, 3, 300)]
    # Villages of ten, with light pairs between them: of what lies in two shares neither says anything to the other.
    pairs = {(int(a), int(b)) for a, b in chance.integers(0, 300, (4_000, 2)) if a < b}
    pairs |= {(a, b) for a in range(300) for b in range(a + 1, a + 10 - a % 10)}
    edges = [(a, b, float(chance.normal(5 if a // 10 == b // 10 else -7, 3))) for a, b in sorted(pairs)]
    edges = [(a, b, weight if a // 10 == b // 10 else min(weight, 0.4)) for a, b, weight in edges]
    words = [(3, 295), (40, 41)], [(100, 101), (102, 107)]
    one = group(rows, edges, *words)
    monkeypatch.setattr("cenotaph.link.clustering.MANY_EDGES", 0)
    two = group(rows, edges, *words)
    assert two.group.tolist() == one.group.tolist()
    assert two.fate.tolist() == one.fate.tolist()
    assert len(set(one.group.tolist())) < 250
    assert {JOINED, VETOED} < set(one.fate.tolist())


def test_shares_cut_no_path_of_edges_and_are_of_one_size() -> None:
    chance = np.random.default_rng(2)
    left, right = np.sort((chance.integers(0, 40, (2, 900)) + 40 * chance.integers(0, 25, 900)).astype(np.int32), axis=0)
    root = np.arange(1000, dtype=np.int32)
    root[999] = 0
    shares = share_out(root, left, right, np.arange(900))
    assert (shares[left] == shares[right]).all()
    assert shares[999] == shares[0]
    assert 300 < shares[left].sum() < 600
