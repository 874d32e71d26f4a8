"""A rate, what it is taken per, a header's year and those who did it are no victims; what looks like them still is."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims


def read(text: str, language: str) -> list[tuple[str, str]]:
    return [(item.number_text, str(item.outcome)) for item in read_claims(text, language).items if isinstance(item, Claim)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The rate of deaths is 12 per 100,000 people."),
        ("en", "Road deaths fell to nine per thousand residents."),
        ("ru", "Смертность составила 12 погибших на 100 тысяч жителей."),
        ("ru", "Жители деревни были убиты 40 солдатами в ноябре."),
        ("ru", "Колонна расстреляна двумя боевиками."),
    ],
)
def test_it_gives_no_claim(language: str, text: str) -> None:
    assert read(text, language) == []


def test_those_of_whom_none_was_killed_are_not_killed() -> None:
    assert ("40", "killed") not in read("Not one of the 40 soldiers was killed in the ambush.", "en")


@pytest.mark.parametrize(
    ("language", "text", "claims"),
    [
        ("en", "Twelve people were killed per the ministry.", [("Twelve", "killed")]),
        ("en", "At least 12 per cent of the 400 soldiers were killed.", [("At least 12 per cent", "killed")]),
        ("en", "Region | Killed 2023 | Killed 2024\nNorth | 12 | 14", [("12", "killed"), ("14", "killed")]),
        ("en", "None of the six was found alive; of the twelve, four were killed.", [("four", "killed")]),
        ("en", "In all 2,023 people were killed.", [("2,023", "killed")]),
        ("ru", "Вместе с 40 солдатами погиб их командир.", [("40", "killed")]),
        ("ru", "На заводе погибли 12 жителей посёлка.", [("12", "killed")]),
        ("ru", "Убиты 40 солдат.", [("40", "killed")]),
    ],
)
def test_what_looks_like_it_is_still_read(language: str, text: str, claims: list[tuple[str, str]]) -> None:
    found = read(text, language)
    assert [claim for claim in claims if claim not in found] == []
    assert not {"2023", "2024"} & {words for words, _ in found}
