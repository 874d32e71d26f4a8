"""A number that the end of a line cuts is one number; two numbers with a line's end between them are two."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims
from cenotaph.extract.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "language", "value", "words"),
    [
        ("The blast killed forty-\nsix workers in the yard.", "en", 46, "forty-\nsix"),
        ("The flood killed some 2,\n340 villagers.", "en", 2340, "some 2,\n340"),
        ("The flood killed 1,\r\n250,300 people.", "en", 1_250_300, "1,\r\n250,300"),
        ("За год погибли 14\n000 солдат.", "ru", 14_000, "14\n000"),
        ("По данным районной больницы, за неделю ранены 11\n650 человек.", "ru", 11_650, "11\n650"),
    ],
)
def test_a_number_that_a_line_s_end_cuts_is_one(text: str, language: str, value: int, words: str) -> None:
    (claim,) = read_claims(text, language).claims
    assert (claim.low, claim.number_text) == (value, words)
    assert text[claim.number_start : claim.number_end] == words


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("On June 3,\n200 villagers fled.", "en", [200]),
        ("In blocks 2, 4,\n310 tenants were ill.", "en", [310]),
        ("Killed: 12\n345", "en", [12, 345]),
        ("Ранены 12\n450 человек эвакуированы", "ru", [12, 450]),
        ("Погибших — 12\n\n000", "ru", [12]),
        ("Between 1939 and 1945,\n120 men left.", "en", [120]),
    ],
)
def test_numbers_on_two_lines_stay_two(text: str, language: str, values: list[int]) -> None:
    found = find_numbers(text, language)
    assert not any("\n" in text[mention.core_start : mention.core_end] for mention in found)
    assert {mention.low for mention in found} >= set(values)


def test_a_dash_at_a_line_s_end_joins_nothing() -> None:
    assert [m.low for m in find_numbers("Of them thirty -\ntwo officers too - died.", "en")] == [30, 2]
