from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest

from cenotaph.link.missing import measure_missed
from cenotaph.link.posterior import Missed, draw_partition, expect_people, make_graph


def none_missed(count: int) -> Missed:
    return Missed(np.zeros(count), 0.0, 0)


Pairs = dict[tuple[int, int], float]
Barred = frozenset[tuple[int, int]]


def graph_of(pairs: Pairs, barred: Barred = frozenset()):  # type: ignore[no-untyped-def]
    ends = np.array(list(pairs), dtype=np.int32).reshape(-1, 2)
    forbidden = np.array([pair in barred for pair in pairs], dtype=bool)
    return ends[:, 0], ends[:, 1], np.array(list(pairs.values()), dtype=float), forbidden


def expected(
    count: int, pairs: dict[tuple[int, int], float], barred: set[tuple[int, int]] = frozenset(), orders: int = 3000
) -> float:  # type: ignore[assignment]
    return expect_people(count, *graph_of(pairs, barred), np.ones(count, bool), none_missed(count), orders=orders).people


def by_enumeration(count: int, pairs: dict[tuple[int, int], float]) -> float:
    """Go through all orders and all choices of every report, and weigh each by its probability."""
    total = 0.0
    orders = list(itertools.permutations(range(count)))
    for order in orders:
        choices = []
        for at, report in enumerate(order):
            odds = [
                (2.0 ** pairs[tuple(sorted((report, other)))], other)
                for other in order[:at]
                if tuple(sorted((report, other))) in pairs
            ]  # type: ignore[index]
            whole = 1.0 + sum(value for value, _ in odds)
            choices.append([(1 / whole, None), *((value / whole, other) for value, other in odds)])
        for picked in itertools.product(*choices):
            probability = float(np.prod([chance for chance, _ in picked]))
            total += probability * sum(other is None for _, other in picked)
    return total / len(orders)


def test_the_expected_number_is_that_of_all_orders_and_choices() -> None:
    chance = np.random.default_rng(5)
    for _ in range(3):
        pairs = {pair: float(chance.normal(0, 3)) for pair in itertools.combinations(range(5), 2) if chance.random() < 0.7}
        assert expected(5, pairs) == pytest.approx(by_enumeration(5, pairs), abs=0.02)


def test_sure_pairs_make_one_person_and_no_pairs_make_many() -> None:
    assert expected(4, {(0, 1): 8.0, (1, 2): 8.0, (0, 2): 8.0}) == pytest.approx(2.0, abs=0.02)
    assert expected(4, {}) == 4.0


def test_a_report_that_fits_two_people_joins_one_and_does_not_make_them_one() -> None:
    # 0 and 1 contradict each other; 2 fits both. As connected components they would be one person.
    pairs = {(0, 2): 8.0, (1, 2): 8.0, (0, 1): 5.0}
    assert expected(3, pairs, frozenset({(0, 1)})) == pytest.approx(2.0, abs=0.02)


def test_no_draw_puts_those_together_who_contradict_each_other() -> None:
    pairs = dict.fromkeys(itertools.combinations(range(6), 2), 2.0)
    barred = frozenset({(0, 1), (2, 3)})
    graph = make_graph(6, *graph_of(pairs, barred))
    chance = np.random.default_rng(1)
    for _ in range(300):
        group = draw_partition(graph, np.zeros(6), np.ones(6, bool), chance).group
        assert group[0] != group[1]
        assert group[2] != group[3]


def test_groups_of_a_draw_are_as_many_as_new_and_unseen_reports() -> None:
    graph = make_graph(8, *graph_of(dict.fromkeys(itertools.combinations(range(8), 2), -1.0)))
    chance = np.random.default_rng(2)
    seen = 0
    for _ in range(200):
        draw = draw_partition(graph, np.full(8, 0.3), np.ones(8, bool), chance)
        assert set(draw.group) == {at for at in range(8) if draw.group[at] == at}
        assert all(draw.group[at] == at for at in np.flatnonzero(draw.unseen))
        seen += int(draw.unseen.sum())
    assert seen > 50


def test_who_names_nobody_is_no_person_and_joins_nobody() -> None:
    left, right, weight, barred = graph_of({(0, 1): 8.0, (1, 2): 8.0, (0, 2): 8.0})
    named = np.array([True, False, True])
    found = expect_people(3, left, right, weight, barred, named, none_missed(3), orders=200)
    assert found.people == pytest.approx(1.0, abs=0.02)
    assert found.reports == 2


def test_what_is_missed_lowers_the_number_and_widens_the_interval() -> None:
    count = 400
    pairs = {(at, at + 1): 8.0 for at in range(0, count, 2)}
    sure = expect_people(count, *graph_of(pairs), np.ones(count, bool), none_missed(count))
    missed = expect_people(count, *graph_of(pairs), np.ones(count, bool), Missed(np.full(count, 0.1), 0.3, 50))
    assert missed.people < sure.people - 5
    assert missed.high - missed.low > sure.high - sure.low
    assert missed.low < missed.people < missed.high
    assert missed.recognised == pytest.approx(sure.people, rel=0.02)


def test_the_same_seed_gives_the_same_number() -> None:
    pairs = dict.fromkeys(itertools.combinations(range(7), 2), 0.5)
    assert expected(7, pairs, orders=6) == expected(7, pairs, orders=6)


def partitions(items: list[int]) -> Iterator[list[list[int]]]:
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for part in partitions(rest):
        for at in range(len(part)):
            yield [*part[:at], [first, *part[at]], *part[at + 1 :]]
        yield [[first], *part]


def exact_number(marks: np.ndarray, alpha: float, values: int, error: float) -> float:
    """Return the posterior mean number of people over all partitions, for the model that :func:`make_small_world` draws from."""
    worth: dict[tuple[int, ...], float] = {}

    def weigh(block: list[int]) -> float:
        value = alpha * float(np.prod(np.arange(1, len(block))))
        for column in marks[block].T:
            told = column[column >= 0]
            chances = [np.prod(np.where(told == mark, 1 - error, error / (values - 1))) for mark in range(values)]
            value *= float(np.mean(chances))
        return value

    total, mean = 0.0, 0.0
    for part in partitions(list(range(len(marks)))):
        for block in part:
            if tuple(block) not in worth:
                worth[tuple(block)] = weigh(block)
        likelihood = float(np.prod([worth[tuple(block)] for block in part]))
        total += likelihood
        mean += likelihood * len(part)
    return mean / total


def make_small_world(chance: np.random.Generator, count: int, alpha: float, values: int, error: float) -> tuple[np.ndarray, int]:
    """Draw people as a Chinese restaurant does, and what reports say of them: five marks, some untold, some wrong."""
    person: list[int] = []
    for at in range(count):
        new = chance.random() < alpha / (alpha + at)
        person.append(max(person, default=-1) + 1 if new else person[int(chance.integers(at))])
    truth = chance.integers(0, values, (max(person) + 1, 5))
    marks = truth[person]
    wrong = chance.random(marks.shape) < error
    marks = np.where(wrong, (marks + chance.integers(1, values, marks.shape)) % values, marks)
    return np.where(chance.random(marks.shape) < 0.35, -1, marks), max(person) + 1


def test_the_number_is_near_the_exact_posterior_over_all_partitions_and_near_the_truth() -> None:
    chance = np.random.default_rng(11)
    count, alpha, values, error = 7, 2.5, 6, 0.05
    agree, differ = (
        np.log2(((1 - error) ** 2 + error**2 / (values - 1)) * values),
        np.log2(2 * error * values / (values - 1) * 0.98),
    )
    ours, exact, truth = [], [], []
    for _ in range(60):
        marks, people = make_small_world(chance, count, alpha, values, error)
        pairs = {}
        for i, j in itertools.combinations(range(count), 2):
            told = (marks[i] >= 0) & (marks[j] >= 0)
            # The prior odds of being this earlier report's person against being somebody new.
            pairs[i, j] = float(np.where(marks[i] == marks[j], agree, differ)[told].sum() - np.log2(alpha))
        ours.append(expected(count, pairs, orders=300))
        exact.append(exact_number(marks, alpha, values, error))
        truth.append(people)
    assert np.mean(exact) == pytest.approx(np.mean(truth), rel=0.08)
    assert np.mean(ours) == pytest.approx(np.mean(exact), rel=0.05)
    assert np.corrcoef(ours, exact)[0, 1] > 0.95


Row = tuple[int | None, int | None, str | None, str | None, str | None]


def prepared(rows: list[Row]) -> pa.Table:
    born, died, given, father, family = zip(*rows, strict=True)
    texts = [pa.array(values, pa.string()) for values in (given, given, father, family)]
    days = [pa.array(values, pa.int32()) for values in (born, died)]
    return pa.table(
        [*days, *texts], names=["birth_day", "death_day", "given_key", "given_formal_key", "father_key", "family_key"]
    )


def measured(rows: list[Row], weight: float = 25.0) -> Missed:
    """Measure reports that come in twos, each two compared and given a weight of which the dates make up 20."""
    left = np.arange(0, len(rows), 2)
    groups = np.arange(len(rows)) // 2
    kinds = np.zeros(len(rows), np.int64)
    return measure_missed(
        prepared(rows), kinds, left, left + 1, np.full(len(left), weight), np.zeros(len(left), bool), groups, 20.0
    )


def two(at: int, one: tuple[str | None, ...], other: tuple[str | None, ...]) -> list[Row]:
    return [(at * 3, at * 2, *one), (at * 3, at * 2, *other)]  # type: ignore[list-item]


IVAN, ALI = ("ivan", "petr", "smirnv"), ("ali", "hsn", "gnm")


UNDATED = [(None, None, *IVAN)] * 16_000


def test_names_that_fail_where_dates_agree_are_counted_as_missed_where_there_are_no_dates() -> None:
    rows = [
        row for at in range(2000) for row in two(at, IVAN, ("srjnt", None, "ivan") if at % 5 == 0 else ("ivan", None, "smirnv"))
    ]
    found = measured([*rows, *UNDATED], weight=12.0)
    assert found.counted == 4000
    assert found.share[-1] == pytest.approx(0.2, abs=0.02)
    assert found.share[0] == pytest.approx(0.2 * 0.8, abs=0.02)  # its dates help where another has dates too


def test_names_that_fail_are_not_missed_where_something_else_is_left_besides_the_dates() -> None:
    rows = [row for at in range(2000) for row in two(at, IVAN, ("srjnt", None, "ivan"))]
    assert measured([*rows, *UNDATED], weight=28.0).share.max() < 0.002


def test_names_that_hold_are_not_missed_whatever_their_order() -> None:
    rows = [row for at in range(2000) for row in two(at, IVAN, ("smirnf", None, "ivan"))]
    assert measured([*rows, *UNDATED], weight=12.0).share.max() < 0.002


def test_pairs_that_were_never_compared_are_missed() -> None:
    rows = [row for at in range(1000) for row in two(at, IVAN, IVAN)]
    nothing = np.zeros(0, np.int64)
    kinds, groups = np.zeros(len(rows), np.int64), np.arange(len(rows)) // 2
    found = measure_missed(prepared(rows), kinds, nothing, nothing, np.zeros(0), np.zeros(0, bool), groups, 20.0)
    assert found.share.mean() > 0.5


def test_without_dates_a_usual_share_is_taken_with_much_doubt() -> None:
    few = measured([(None, None, "ivan", None, "smirnv")] * 50)
    many = measured([row for at in range(3000) for row in two(at, IVAN, ALI)], weight=5.0)
    assert few.counted == 0
    assert few.share == pytest.approx(0.03)
    assert few.doubt > 2 * many.doubt


def test_weights_that_no_sure_pairs_tell_of_leave_more_doubt() -> None:
    pairs = {(2 * at, 2 * at + 1): 1.0 for at in range(200)}
    known, unknown = (
        expect_people(400, *graph_of(pairs), np.ones(400, bool), Missed(np.zeros(400), doubt, 0)) for doubt in (0.0, 0.7)
    )
    assert known.people == unknown.people
    assert unknown.high - unknown.low > 1.5 * (known.high - known.low)
