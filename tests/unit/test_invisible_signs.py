"""Signs that are not seen stand in nobody's way, and offsets stay those of the text."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims
from cenotaph.text.invisible import see


@pytest.mark.parametrize(
    ("text", "number", "low"),
    [
        ("At least 1\u200b2 people were killed.", "At least 1\u200b2", 12),
        ("\u202aPolice said 1,\u206020\u200d0 people were \u200ewounded.\u202c", "1,\u206020\u200d0", 1200),
        ("Погибли 1\u200b2 человек.", "1\u200b2", 12),
        ("\ufeffThree soldiers died.", "Three", 3),
    ],
)
def test_an_invisible_sign_inside_a_number_changes_nothing(text: str, number: str, low: int) -> None:
    (claim,) = read_claims(text).claims
    assert (claim.number_text, claim.low) == (number, low)
    assert text[claim.start : claim.end] == claim.quote
    assert text[claim.number_start : claim.number_end] == claim.number_text


def test_a_span_neither_begins_nor_ends_with_what_is_not_seen() -> None:
    text = "a\u200b\u200bbc\u200d d"
    seen = see(text)
    assert seen is not None
    assert seen.text == "abc d"
    assert text[seen.restore(1) : seen.restore(3, end=True)] == "bc"


def test_a_text_that_hides_nothing_is_left_as_it_is() -> None:
    assert see("plain") is None
    assert see("простой") is None
