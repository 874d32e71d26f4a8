"""From what probability two reports are joined: a setting, and more of it among very many reports."""

from __future__ import annotations

import pytest
from tests.link_tables import reports_table

from cenotaph.link.model import MERGE_PROBABILITY, find_threshold, start_model
from cenotaph.link.tabling import link_table


def test_the_threshold_is_one_up_to_many_reports_and_rises_beyond() -> None:
    assert find_threshold(1) == find_threshold(200_000) == pytest.approx(MERGE_PROBABILITY)
    assert find_threshold(400_000) < find_threshold(1_000_000) < find_threshold(50_000_000) < 1.0
    assert start_model(1_000_000).merge == find_threshold(1_000_000) == pytest.approx(0.949, abs=0.002)


@pytest.mark.parametrize("merge", [None, 0.6])
def test_a_threshold_that_is_given_takes_the_place_of_the_models(merge: float | None) -> None:
    rows = [{"name_full": "Иван Петров"}, {"name_full": "Пётр Сидоров"}]
    assert link_table(reports_table(rows), merge=merge).model.merge == (merge or MERGE_PROBABILITY)
