from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from cenotaph.domain.errors import InputError
from cenotaph.link.evaluating import Evaluation, evaluate


def tables(person: str, group: str, **columns: list[object]) -> tuple[pa.Table, pa.Table]:
    """Make tables of reports 0, 1, ...: a letter for each report's person, and for the group that it was put in."""
    ids = [str(n) for n in range(len(person))]
    truth = pa.table({"report_id": ids, "person": [None if p == "-" else p for p in person], **columns})
    people = pa.table(
        {"report_id": ids, "person_id": list(group), "resolution": ["unresolved" if g.isupper() else "resolved" for g in group]}
    )
    return people, truth


def measured(person: str, group: str) -> Evaluation:
    return evaluate(*tables(person, group), resamples=50)


def test_what_is_right_is_right_everywhere() -> None:
    found = measured("aabbbc", "xxyyyz")
    for measure in (
        found.precision,
        found.recall,
        found.f1,
        found.cubed_precision,
        found.cubed_recall,
        found.cubed_f1,
        found.exact,
    ):
        assert (measure.value, measure.low, measure.high) == (1, 1, 1)
    assert found.count_error.value == 0
    assert (found.reports, found.people, found.found, found.largest, found.largest_people) == (6, 3, 3, 3, 1)


def test_pairs_by_hand() -> None:
    # Truth {0,1,2}, {3,4}; found {0,1}, {2,3,4}: true pairs 3 + 1, found 1 + 3, both 1 + 1.
    found = measured("aaabb", "xxyyy")
    assert found.precision.value == 0.5
    assert found.recall.value == 0.5
    assert found.f1.value == 0.5
    assert found.exact.value == 0
    assert (found.largest, found.largest_people) == (3, 2)


def test_b_cubed_by_hand() -> None:
    # Precision of each report: 1, 1, 1/3, 2/3, 2/3; recall: 2/3, 2/3, 1/3, 1, 1.
    found = measured("aaabb", "xxyyy")
    assert found.cubed_precision.value == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5, abs=1e-6)
    assert found.cubed_recall.value == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5, abs=1e-6)


def test_b_cubed_of_bagga_and_baldwin() -> None:
    # Their example: truth {1..5}, {6, 7}, {8..12}. Response 1 joins the second with the third: precision .76; response 2 the
    # first with the third: .583... Recall is 1 both times.
    truth = "aaaaabbccccc"
    first, second = measured(truth, "xxxxxyyyyyyy"), measured(truth, "xxxxxyyxxxxx")
    assert first.cubed_precision.value == pytest.approx(0.76, abs=0.005)
    assert second.cubed_precision.value == pytest.approx(0.583, abs=0.005)
    assert first.cubed_recall.value == second.cubed_recall.value == 1


def test_the_count_is_off_by_the_groups_too_many() -> None:
    assert measured("aabb", "wxyz").count_error.value == 1
    assert measured("abcd", "xxxx").count_error.value == -0.75


def test_unresolved_reports_are_a_share_of_all() -> None:
    assert measured("aabc", "xxYZ").unresolved.value == 0.5


def test_a_report_of_which_nobody_knows_the_truth_is_in_no_measure() -> None:
    found = measured("aa-b", "xxyy")
    assert (found.reports, found.people, found.precision.value) == (3, 2, 1)


def test_placeholders_are_counted_apart() -> None:
    people, truth = tables("aauvb", "xxxyz", placeholder=[False, False, True, True, False])
    found = evaluate(people, truth, resamples=10)
    assert (found.placeholders, found.placeholders_linked, found.people, found.precision.value) == (2, 1, 2, 1)


def test_what_blocking_loses() -> None:
    # Person a has 3 pairs: 0-1 and 1-2 are edges, 0-2 is none but is reached through 1. Person b has one, lost.
    edges = pa.table({"left_id": ["0", "2", "2"], "right_id": ["1", "1", "3"], "cause": ["joined", "doubt", "joined"]})
    found = evaluate(*tables("aaabb", "xxyyz"), edges, resamples=10)
    assert found.not_compared.value == 0.5
    assert found.unreachable.value == 0.25
    assert found.joined_precision.value == 0.5


def test_strata_by_script_and_by_what_the_truth_says() -> None:
    person = "a" * 10 + "b" * 10
    people, truth = tables(person, "x" * 5 + "y" * 15, twin=[True] * 10 + [False] * 10)
    reports = pa.table({"report_id": truth["report_id"], "script": ["Cyrl"] * 5 + ["Latn"] * 15})
    strata = {(s.by, s.name): s for s in evaluate(people, truth, reports=reports, resamples=10).strata}
    assert ("script", "Cyrl-Cyrl") not in strata  # ten pairs are too few to show
    assert strata["script", "Cyrl-Latn"].recall == 0
    # Latin pairs: 10 true within a, 45 within b; all 15 * 14 / 2 = 105 found.
    latin = strata["script", "Latn-Latn"]
    assert (latin.pairs, latin.recall, latin.precision) == (55, 1, round(55 / 105, 4))
    # Pairs with a twin in them: 10 + 10 found right, 50 with the other person.
    twin = strata["twin", "twin"]
    assert (twin.pairs, twin.recall, twin.precision) == (45, round(20 / 45, 4), round(20 / 70, 4))


def test_intervals_hold_the_value_and_narrow_with_more_people() -> None:
    chance = np.random.default_rng(1)

    def width(people: int) -> float:
        person = np.repeat(np.arange(people), 3)
        group = np.where(chance.random(len(person)) < 0.2, np.arange(len(person)) + people, person)
        ids = [str(n) for n in range(len(person))]
        truth = pa.table({"report_id": ids, "person": [str(p) for p in person]})
        found = evaluate(pa.table({"report_id": ids, "person_id": [str(g) for g in group]}), truth)
        assert found.recall.value is not None
        assert found.recall.low is not None
        assert found.recall.high is not None
        assert found.recall.low < found.recall.value < found.recall.high
        return found.recall.high - found.recall.low

    assert width(5000) < width(500) / 2


def test_the_same_seed_gives_the_same_intervals() -> None:
    people, truth = tables("aabbccdd", "xxyzwwvv")
    assert evaluate(people, truth, seed=3) == evaluate(people, truth, seed=3)


def test_tables_of_other_reports_are_refused() -> None:
    people, truth = tables("aabb", "xxyy")
    with pytest.raises(InputError, match="'3' of the truth is not among the people"):
        evaluate(people.slice(0, 3), truth)
    with pytest.raises(InputError, match="stands twice"):
        evaluate(pa.concat_tables([people, people]), truth)


def test_nothing_at_all_is_measured_as_nothing() -> None:
    people, truth = tables("--", "xy")
    found = evaluate(people, truth.set_column(1, "person", pa.array([None, None], pa.string())), resamples=10)
    assert (found.reports, found.people, found.f1.value) == (0, 0, None)
