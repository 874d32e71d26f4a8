"""An army's losses: whose they are, what they leave open, and equipment beside them."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


@pytest.mark.parametrize(
    ("text", "language", "side", "outcome", "doubted"),
    [
        ("Russia lost 60 soldiers at the crossing.", "en", "Russia", "killed", True),
        ("Ethiopia has lost 400 men since May.", "en", "Ethiopia", "killed", True),
        ("The Ukrainian army lost 90 killed and wounded.", "en", "Ukraine", "killed+wounded", False),
        ("ВСУ потеряли 70 военнослужащих.", "ru", "Ukraine", "killed", True),
        ("Россия потеряла 40 солдат убитыми.", "ru", "Russia", "killed", False),
        ("«Мы потеряли 15 человек», — сказал комбат.", "ru", None, "killed", True),
        ("Потери ВСУ составили 120 человек.", "ru", "Ukraine", "casualties", True),
        # Nobody's army.
        ("Деревня потеряла двоих.", "ru", None, "killed", False),
        ("Мой дед потерял трёх сыновей.", "ru", None, "killed", False),
        ("Ukraine lost 30 children that winter.", "en", None, "killed", True),
    ],
)
def test_whose_losses_they_are_and_what_they_leave_open(
    text: str, language: str, side: str | None, outcome: str, doubted: bool
) -> None:
    (claim,) = read_claims(text, language).claims
    assert (claim.side, claim.outcome, claim.needs_review) == (side, outcome, doubted)
    assert claim.nationality == ()


@pytest.mark.parametrize(
    ("text", "language", "outcomes"),
    [
        ("Losses: 800 killed and wounded, 14 tanks.", "en", ["killed+wounded"]),
        ("9 killed and wounded, three guns destroyed.", "en", ["killed+wounded"]),
        ("Потери за сутки составили 640 убитыми и ранеными, 9 танков.", "ru", ["killed+wounded"]),
        ("Nine killed and 30 wounded, three guns destroyed.", "en", ["killed", "wounded"]),
    ],
)
def test_equipment_behind_it_splits_no_figure_of_two_outcomes(text: str, language: str, outcomes: list[str]) -> None:
    assert [claim.outcome for claim in read_claims(text, language).claims] == outcomes


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("We lost four people from our house, she said.", "killed"),
        ("Some 300 people lost their homes in the flood.", "displaced"),
        ("The storm drove 40 people from their homes.", "displaced"),
    ],
)
def test_who_lost_people_is_told_from_who_lost_a_home(text: str, outcome: str) -> None:
    assert [claim.outcome for claim in read_claims(text, "en").claims] == [outcome]
