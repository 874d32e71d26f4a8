"""A reviewer's "no" is never overruled by two that say "yes" around it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.unit.test_link_table import HOME, KARIMOV, OTHERS, link

from cenotaph.link.judging import settle_words

THREE = [KARIMOV, {**KARIMOV, "source": "b"}, {**HOME, "name_full": "Каримов Алишер", "source": "d"}, *OTHERS]


@pytest.mark.parametrize("last", [("r1", "r2", True), ("r2", "r1", True)])
def test_no_stands_over_yes_through_a_third(last: tuple[str, str, bool]) -> None:
    linked = link(THREE, [("r0", "r1", True), last, ("r0", "r2", False)])
    person = linked.people["person_id"].to_pylist()
    assert person[0] == person[1] != person[2]
    asked = linked.queue.to_pylist()[0]
    assert (asked["left_id"], asked["right_id"], asked["cause"], asked["value"]) == ("r1", "r2", "judgement", 1.0)
    assert len({(row["left_id"], row["right_id"]) for row in linked.queue.to_pylist()}) == len(linked.queue)


def test_words_that_agree_are_all_done_and_nothing_is_asked() -> None:
    linked = link(THREE, [("r0", "r1", True), ("r1", "r2", True), ("r0", "r2", True), ("r0", "r3", False)])
    assert len(set(linked.people["person_id"].to_pylist()[:3])) == 1
    assert "judgement" not in linked.queue["cause"].to_pylist()


def test_a_long_chain_of_yes_stops_at_the_last_word() -> None:
    same = np.array([(0, 1), (3, 4), (1, 2), (2, 3), (3, 2)], np.int32)
    done, undone = settle_words(same, np.array([(4, 0)], np.int32))
    assert done.tolist() == [[0, 1], [3, 4], [1, 2]]
    assert undone.tolist() == [[2, 3], [3, 2]]
