"""Who the counted are: what a Russian predicate says of a part, whose people a measured figure counts."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Из 80 погибших граждан Перу 31 были бывшими заключёнными.", "бывшими заключёнными"),
        ("31 из 80 погибших граждан Перу — бывшие заключённые.", "бывшие заключённые"),
        ("Из 80 погибших перуанцев 31 — бывшие заключённые.", "бывшие заключённые"),
        ("31 из 80 погибших перуанцев были заключёнными.", "заключёнными"),
    ],
)
def test_a_predicate_says_who_a_part_is(text: str, group: str) -> None:
    claims = read_claims(text, "ru").claims
    assert [claim.group for claim in claims if claim.low == 31] == [group]


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("The number of Peruvians killed stands at 80.", "en", ("PE",)),
        ("The number of Russian prisoners freed reached 80.", "en", ("RU",)),
        ("The toll of Peruvian civilians wounded stands at 80.", "en", ("PE",)),
        ("The number of people killed in Peru stands at 80.", "en", ()),
        ("Число погибших граждан Перу составило 80.", "ru", ("PE",)),
        ("Число погибших в Перу составило 80.", "ru", ()),
    ],
)
def test_a_measured_figure_is_of_the_people_it_measures(text: str, language: str, codes: tuple[str, ...]) -> None:
    (claim,) = read_claims(text, language).claims
    assert claim.nationality == codes
