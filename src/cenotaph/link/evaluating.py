"""How well people were found, where the truth is known: pairs, groups, the count, and what was lost on the way.

Every measure is a ratio of two sums over the people of the truth, so one way of resampling people gives the interval of each. A
wrong pair belongs half to either person.

Sources: Bagga and Baldwin 1998 (B-cubed); Christen 2012, *Data Matching*, ch. 7 (pairs,
    and why pairs that are rightly not linked
are no part of a measure); Efron and Tibshirani 1993, ch. 13 (percentile intervals).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cenotaph.link.strata import Stratum, list_strata
from cenotaph.link.tallies import cells, encode, locate

if TYPE_CHECKING:
    import pyarrow as pa

Codes = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

GROUPS = 2_000
"""People are resampled in so many random groups at most: the intervals are the same, and a million reports take no longer."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its 95% interval; all null where there is nothing to measure on."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What people that were found are worth.

    Parameters
    ----------
    reports, people, found
        Reports with a known truth that name somebody; people in the truth; people that were found of them.
    precision, recall, f1
        Of pairs of reports.
    cubed_precision, cubed_recall, cubed_f1
        B-cubed: the mean over reports of how much of its group is its person's, and of its person's reports is in its group.
    exact
        Share of people whose reports are one group, all of them and no other.
    count_error
        How far the number of groups is from the number of people, as a share of these: .29 is 29% too many.
    largest, largest_people
        Reports of the largest group, and how many people they are about.
    unresolved
        Share of reports that were left unresolved.
    placeholders, placeholders_linked
        Reports that name nobody, and how many of them share a person with another report.
    not_compared
        Share of true pairs that are no edge: lost by blocking, or weighed so low that they were dropped. Null without edges.
    unreachable
        Share of true pairs between whose reports no chain of edges leads within their person.
    joined_precision
        Share of the edges joined without a person's word that are true. Null without edges.
    strata
        Pairs by script, kind of source and what else the truth says.
    """

    reports: int
    people: int
    found: int
    precision: Measure
    recall: Measure
    f1: Measure
    cubed_precision: Measure
    cubed_recall: Measure
    cubed_f1: Measure
    exact: Measure
    count_error: Measure
    largest: int
    largest_people: int
    unresolved: Measure
    placeholders: int
    placeholders_linked: int
    not_compared: Measure
    unreachable: Measure
    joined_precision: Measure
    strata: tuple[Stratum, ...]


def evaluate(
    people: pa.Table,
    truth: pa.Table,
    edges: pa.Table | None = None,
    reports: pa.Table | None = None,
    *,
    resamples: int = 500,
    seed: int = 1,
) -> Evaluation:
    """Hold people that were found against the truth.

    Parameters
    ----------
    people
        ``report_id``, ``person_id``, and ``resolution`` if there is one.
    truth
        ``report_id`` and ``person``; null where nobody knows. A column ``placeholder`` says which reports name nobody; they are
        counted apart and in no other measure. Every other column of text or true and false makes strata.
    edges
        ``left_id``, ``right_id``, ``cause``: for what was lost before grouping.
    reports
        ``report_id``, ``script``, ``source_kind``: for strata.
    resamples, seed
        How often people are drawn anew for the intervals, and the seed of that.

    Raises
    ------
    InputError
        A report of the truth is not among the people, or stands in a table twice.
    """
    import pyarrow.compute as pc

    ids = truth["report_id"].combine_chunks()
    at = locate(ids, people["report_id"], "truth", "people")
    known = pc.is_valid(truth["person"]).to_numpy(zero_copy_only=False)
    hidden = (
        pc.fill_null(truth["placeholder"], False).to_numpy(zero_copy_only=False)
        if "placeholder" in truth.column_names
        else ~known & False
    )
    group_all, _ = encode(people["person_id"])
    sizes = np.bincount(group_all)
    linked = int((sizes[group_all[at[hidden]]] > 1).sum())
    rows = np.flatnonzero(known & ~hidden)
    person, _ = encode(truth["person"].take(rows))
    _, group = np.unique(group_all[at[rows]], return_inverse=True)
    unresolved = np.zeros(len(rows))
    if "resolution" in people.column_names:
        unresolved = pc.equal(people["resolution"], "unresolved").to_numpy(zero_copy_only=False)[at[rows]].astype(float)
    sums = _sum_by_person(person, group, unresolved)
    draw = _Draws(int(person.max(initial=-1)) + 1, resamples, seed)
    lost = _lost(ids, rows, person, edges) if edges is not None else None
    nothing = Measure(None)
    table, _, inside, _ = cells(person, group)
    largest = int(np.argmax(np.bincount(group))) if len(rows) else 0
    return Evaluation(
        len(rows),
        int(person.max(initial=-1)) + 1,
        int(group.max(initial=-1)) + 1,
        draw(sums["both"], sums["found"]),
        draw(sums["both"], sums["true"]),
        draw(2 * sums["both"], sums["found"] + sums["true"]),
        draw(sums["cubed_precision"], sums["reports"]),
        draw(sums["cubed_recall"], sums["reports"]),
        draw.harmonic(sums["cubed_precision"], sums["cubed_recall"], sums["reports"]),
        draw(sums["exact"], sums["one"]),
        draw(sums["groups"] - sums["one"], sums["one"]),
        int(np.bincount(group).max(initial=0)),
        int((table[:, 1] == largest).sum()) if len(inside) else 0,
        draw(sums["unresolved"], sums["reports"]),
        int(hidden.sum()),
        linked,
        draw(lost[0], sums["true"]) if lost else nothing,
        draw(lost[1], sums["true"]) if lost else nothing,
        _precision_of_joined(ids, rows, person, edges, draw) if edges is not None else nothing,
        list_strata(truth, reports, rows, person, group),
    )


def _pairs(count: npt.NDArray[np.int64]) -> Numbers:
    return count.astype(float) * (count - 1) / 2


def _sum_by_person(person: Codes, group: Codes, unresolved: Numbers) -> dict[str, Numbers]:
    """Return, for each person, what it adds to every measure's two sums."""
    table, cell, inside, _ = cells(person, group)
    count = int(person.max(initial=-1)) + 1
    of_person, of_group = np.bincount(person, minlength=count), np.bincount(group)
    size_person, size_group, here = of_person[person], of_group[group], inside[cell]

    def by_person(values: Numbers) -> Numbers:
        return np.bincount(person, weights=values, minlength=count).astype(float)

    def by_cell(values: Numbers) -> Numbers:
        return np.bincount(table[:, 0], weights=values, minlength=count).astype(float)

    both = by_cell(_pairs(inside))
    # A report's pairs with others of its group that are about somebody else; half of each belongs to either.
    wrong = by_person((size_group - here) / 2)
    whole = (inside == of_person[table[:, 0]]) & (inside == of_group[table[:, 1]]) if len(table) else np.zeros(0, bool)
    return {
        "both": both,
        "found": both + wrong,
        "true": _pairs(of_person),
        "reports": of_person.astype(float),
        "one": np.ones(count),
        "cubed_precision": by_person(here / size_group),
        "cubed_recall": by_person(here / size_person),
        "exact": by_cell(whole.astype(float)),
        "groups": by_person(1 / size_group),
        "unresolved": by_person(unresolved),
    }


class _Draws:
    """Draws people anew: callable with two sums by person, returns their ratio with its interval."""

    def __init__(self, people: int, resamples: int, seed: int) -> None:
        chance = np.random.default_rng(seed)
        self.groups = min(people, GROUPS)
        self.member = chance.permutation(people) % max(self.groups, 1)
        self.drawn = (
            chance.multinomial(self.groups, np.full(self.groups, 1 / max(self.groups, 1)), size=resamples)
            if people
            else np.zeros((0, 0))
        )

    def _sums(self, values: Numbers) -> Numbers:
        whole = np.bincount(self.member, weights=values, minlength=self.groups)
        return np.concatenate([[whole.sum()], self.drawn @ whole]) if len(self.drawn) else np.array([whole.sum()])

    def __call__(self, above: Numbers, below: Numbers) -> Measure:
        return _measure(*_divide(self._sums(above), self._sums(below)))

    def harmonic(self, first: Numbers, second: Numbers, below: Numbers) -> Measure:
        one, two = (_divide(self._sums(values), self._sums(below))[0] for values in (first, second))
        return _measure(*_divide(2 * one * two, one + two))


def _divide(above: Numbers, below: Numbers) -> tuple[Numbers]:
    with np.errstate(invalid="ignore", divide="ignore"):
        return (np.where(below > 0, above / np.where(below > 0, below, 1), np.nan),)


def _measure(values: Numbers) -> Measure:
    if not len(values) or not np.isfinite(values[0]):
        return Measure(None)
    drawn = values[1:][np.isfinite(values[1:])]
    low, high = np.quantile(drawn, [0.025, 0.975]) if len(drawn) else (values[0], values[0])
    return Measure(round(float(values[0]), 6), round(float(low), 6), round(float(high), 6))


def _ends(ids: pa.Array, rows: Codes, edges: pa.Table) -> tuple[Codes, Codes, npt.NDArray[np.bool_]]:
    """Return the ends of edges as positions among the measured reports, and which edges lie between two such."""
    import pyarrow.compute as pc

    place = np.full(len(ids), -1)
    place[rows] = np.arange(len(rows))
    ends = []
    for side in ("left_id", "right_id"):
        found = pc.fill_null(pc.index_in(edges[side], ids), -1).to_numpy().astype(np.int64)
        ends.append(np.where(found >= 0, place[found], -1))
    return ends[0], ends[1], (ends[0] >= 0) & (ends[1] >= 0)


def _lost(ids: pa.Array, rows: Codes, person: Codes, edges: pa.Table) -> tuple[Numbers, Numbers]:
    """Return, for each person, true pairs that are no edge, and those that no chain of edges within the person connects."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    left, right, within = _ends(ids, rows, edges)
    count = int(person.max(initial=-1)) + 1
    true = within & (person[left] == person[right]) & (left != right)
    keys = np.unique(np.minimum(left[true], right[true]) * len(rows) + np.maximum(left[true], right[true]))
    first, second = keys // max(len(rows), 1), keys % max(len(rows), 1)
    graph = coo_array((np.ones(len(keys), np.int8), (first, second)), shape=(len(rows), len(rows)))
    _, part = connected_components(graph, directed=False)
    pairs = _pairs(np.bincount(person, minlength=count))
    size = np.bincount(part)
    owner = np.zeros(len(size), np.int64)
    owner[part] = person
    return pairs - np.bincount(person[first], minlength=count), pairs - np.bincount(owner, weights=_pairs(size), minlength=count)


def _precision_of_joined(ids: pa.Array, rows: Codes, person: Codes, edges: pa.Table, draw: _Draws) -> Measure:
    import pyarrow.compute as pc

    if "cause" not in edges.column_names:
        return Measure(None)
    left, right, within = _ends(ids, rows, edges.filter(pc.equal(edges["cause"], "joined")))
    left, right = left[within], right[within]
    count = int(person.max(initial=-1)) + 1
    right_one = (person[left] == person[right]).astype(float)
    above, below = (
        sum(np.bincount(person[side], weights=values / 2, minlength=count) for side in (left, right))
        for values in (right_one, np.ones(len(left)))
    )
    return draw(np.asarray(above), np.asarray(below))
