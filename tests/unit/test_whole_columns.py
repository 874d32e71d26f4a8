"""What is read of whole columns at once is what is read of each text alone."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from cenotaph.link.assignment import _solve_small
from cenotaph.link.intervals import NOTHING, read_column, read_interval
from cenotaph.link.pairs.splitting import split_texts


@pytest.mark.parametrize(
    "texts",
    [
        ["2023-10-07", None, "1969-12-31", "2023-10-07"],
        ["2023-10-07", "2023-02-30"],
        ["0000-01-01", "2023-10-07"],
        ["2023-10-07", "октябрь 2023"],
        [None, None],
    ],
)
def test_a_column_of_days_is_read_as_its_texts_are(texts: list[str | None]) -> None:
    low, high, kind = read_column(pa.chunked_array([pa.array(texts, pa.string())]), read_interval)
    expected = [read_interval(text) if text is not None else NOTHING for text in texts]
    assert list(zip(low.tolist(), high.tolist(), kind.tolist(), strict=True)) == [tuple(one) for one in expected]


def test_texts_are_split_where_they_are_one_by_one() -> None:
    texts = ["  Ali  Hassan ", None, "", "Ali", "محمد\u00a0علي"]
    split = split_texts(texts)
    words = [split.distinct[code] for code in split.codes.tolist()]
    found = [words[a:b] for a, b in zip(split.starts[:-1].tolist(), split.starts[1:].tolist(), strict=True)]
    assert found == [(text or "").split() for text in texts]
    assert split.count(lambda word: word == "Ali").tolist() == [1, 0, 0, 1, 0]


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (5, 3), (3, 7), (12, 12), (24, 20)])
def test_a_small_table_is_matched_as_heavily_as_scipy_does(rows: int, columns: int) -> None:
    from scipy.optimize import linear_sum_assignment

    draw = np.random.default_rng(rows * columns)
    for _ in range(20):
        table = np.where(draw.random((rows, columns)) < 0.5, draw.random((rows, columns)), 0.0)
        x, y = _solve_small(table)
        assert len(set(x)) == len(x) == len(set(y)) == min(rows, columns)
        assert table[x, y].sum() == pytest.approx(table[linear_sum_assignment(table, maximize=True)].sum())
