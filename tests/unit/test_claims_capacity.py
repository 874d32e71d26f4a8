"""What something holds, and how many came to see, are no claims of victims."""

from __future__ import annotations

import pytest

from cenotaph.domain.claims import Claim
from cenotaph.extract import read_claims


def values(text: str, language: str = "en") -> list[tuple[float | None, str]]:
    return [(claim.low, claim.outcome) for claim in read_claims(text, language).claims if isinstance(claim, Claim)]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry was licensed to carry up to 120 passengers; 31 died.",
        "The boat, built for 20 people, sank and 31 died.",
        "A vigil for the victims drew 3,000 people; 31 died in the fire.",
        "The funeral brought out 5,000 mourners for the 31 who died.",
    ],
)
def test_neither_a_capacity_nor_a_crowd_is_a_claim(text: str) -> None:
    assert values(text) == [(31, "killed")]


def test_russian_capacity_is_no_claim() -> None:
    assert values("Судно рассчитано на 50 человек, на борту было 118, утонули 30.", "ru") == [(118, "on_board"), (30, "killed")]
    assert values("Лодка вместимостью до 20 человек перевернулась, погибли семеро.", "ru") == [(7, "killed")]


def test_people_who_were_carried_are_no_capacity() -> None:
    assert values("The rally brought together relatives of 40 missing men.") == [(40, "missing")]
    assert (12, "wounded") in values("They were cleared to take 12 wounded across the river, and all 12 wounded survived.")


@pytest.mark.parametrize(
    "text",
    [
        "In the province deaths rose by 14 per cent, the ministry said.",
        "Road deaths fell by 8 per cent.",
        "Thailand has issued 38 arrest warrants.",
        "Ghana says up to ten Ghanaians lived on the third floor.",
    ],
)
def test_neither_growth_nor_papers_nor_tenants_are_claims(text: str) -> None:
    assert values(text) == []


def test_those_who_lived_are_survivors() -> None:
    assert (2, "survived") in values("Of the 30 passengers, only two lived.")
