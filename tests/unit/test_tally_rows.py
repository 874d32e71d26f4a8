"""A number that ends a row of a tally takes no noun from the line below it."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims
from cenotaph.extract.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Killed: 7\nWounded: 31\nSource: NIS.\n", "en"),
        ("Killed: 7\r\nWounded: 31\r\nSource: NIS.\r\n", "en"),
        ("Killed: 7\nWounded: 31\nBuildings were damaged too.\n", "en"),
        ("Погибли: 7\nРанены: 31\nИсточник: НИС.\n", "ru"),
    ],
)
def test_the_last_row_of_a_tally_stands_before_a_line_of_text(text: str, language: str) -> None:
    found = [(claim.low, claim.outcome) for claim in read_claims(text, language).claims]
    assert found == [(7, "killed"), (31, "wounded")]


def test_a_noun_on_the_next_line_of_a_sentence_is_still_counted() -> None:
    text = "The governor of the region said in the evening that the flood had destroyed 31\nhouses and killed 12\npeople."
    assert [number.kind for number in find_numbers(text, "en")] == ["thing", "people_candidate"]
