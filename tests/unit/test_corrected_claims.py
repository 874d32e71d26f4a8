"""Corrections: the figure that holds now, the one it takes the place of, and hedges that look like numbers."""

from __future__ import annotations

import pytest

from cenotaph.extract import read_claims


@pytest.mark.parametrize(
    ("text", "language", "old", "new"),
    [
        ("The death toll, initially put at 31, was revised to 27.", "en", 31, 27),
        ("The toll was revised down to six from eight.", "en", 8, 6),
        ("We earlier reported 19 dead; the correct number is 17.", "en", 19, 17),
        ("A previous version of this story said 5 people were killed. The correct figure is 4.", "en", 5, 4),
        ("Police corrected the number of wounded from 40 to 38.", "en", 40, 38),
        ("Ранее мы сообщали о 9 погибших; верное число — 7.", "ru", 9, 7),
        ("Сначала сообщалось о 21 погибшем, но позже число исправили на 18.", "ru", 21, 18),
        ("Число погибших уточнено: не 8, а 6.", "ru", 8, 6),
    ],
)
def test_the_figure_taken_back_is_marked_and_the_one_that_holds_is_not(text: str, language: str, old: int, new: int) -> None:
    found = {claim.low: claim for claim in read_claims(text, language).claims}
    assert set(found) == {old, new}
    assert found[old].retracted and found[old].modality == "unconfirmed"
    assert not found[new].retracted and found[new].modality != "unconfirmed"
    assert found[old].outcome == found[new].outcome


@pytest.mark.parametrize(
    "text",
    [
        "The number of dead rose from 31 to 37.",
        "The toll climbed to 12 from nine overnight.",
        "Earlier, two people had been killed in a raid; on Monday five more died.",
    ],
)
def test_a_figure_that_grew_takes_nothing_back(text: str) -> None:
    assert not any(claim.retracted for claim in read_claims(text, "en").claims)


@pytest.mark.parametrize(
    ("text", "language", "low", "high", "bound"),
    [
        ("At most 30 miners died.", "en", None, 30, "at_most"),
        ("The fire killed at most seven people.", "en", None, 7, "at_most"),
        ("No fewer than 11 people were hurt.", "en", 11, None, "at_least"),
        ("Пострадали не более 6 человек.", "ru", None, 6, "at_most"),
        ("Ранены до 15 рабочих.", "ru", None, 15, "at_most"),
    ],
)
def test_a_bound_in_words_is_a_bound(text: str, language: str, low: int | None, high: int | None, bound: str) -> None:
    (claim,) = read_claims(text, language).claims
    assert (claim.low, claim.high, claim.bound.value) == (low, high, bound)


@pytest.mark.parametrize(
    ("text", "language", "outcome", "low"),
    [
        ("Никто из экипажа не выжил.", "ru", "survived", 0),
        ("Не выжил ни один пассажир.", "ru", "survived", 0),
        ("No one survived the fire.", "en", "survived", 0),
        ("Никто не погиб.", "ru", "killed", 0),
        ("Четверо не выжили.", "ru", "killed", 4),
    ],
)
def test_that_nobody_lives_is_not_that_nobody_died(text: str, language: str, outcome: str, low: int) -> None:
    (claim,) = read_claims(text, language).claims
    assert (claim.outcome, claim.low, claim.high) == (outcome, low, low)
